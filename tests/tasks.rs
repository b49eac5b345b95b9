//! The pages for writers, researchers and journalists: every command in them is run on the sample and finds something, and the
//! two languages give the same commands.

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use program::program;

/// The pages, without their endings.
const PAGES: [&str; 3] = ["writers", "researchers", "journalists"];

/// The lines of the `sh` blocks of a page.
fn commands(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tasks").join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut inside = false;
    let mut out = Vec::new();
    for line in text.lines() {
        match (inside, line) {
            (false, "```sh") => inside = true,
            (true, "```") => inside = false,
            (true, line) => out.push(line.to_owned()),
            (false, _) => {}
        }
    }
    out
}

#[test]
fn both_languages_give_the_same_commands() {
    for page in PAGES {
        assert_eq!(commands(&format!("{page}.md")), commands(&format!("{page}.zh.md")), "{page}");
    }
}

#[test]
fn every_command_finds_something_in_the_sample() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let sample = sample.to_str().expect("a path in UTF-8");
    for page in PAGES {
        let commands = commands(&format!("{page}.md"));
        assert!(commands.len() > 4, "{page}: its commands are not found");
        for command in commands {
            let words = shlex::split(&command).unwrap_or_else(|| panic!("{page}: {command}"));
            let (name, arguments) = words.split_first().unwrap_or_else(|| panic!("{page}: an empty command"));
            assert_eq!(name, "yilan", "{page}: {command}");
            let arguments: Vec<String> = arguments.iter().map(|word| word.replace("DIR", sample)).collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let done = program(&arguments).output().expect("the program");
            let said = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.code(), Some(0), "{page}: {command}: {said}");
            assert!(!done.stdout.is_empty(), "{page}: {command}: nothing printed");
        }
    }
}
