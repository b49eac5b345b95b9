//! The pictures of the READMEs: the explorer on its built-in sample, drawn by the program.
//!
//! `UPDATE=1 cargo test --test pictures` writes them anew into `docs/pictures`. Without it each is drawn and looked at: that it is
//! well formed, and that the READMEs show it.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;
#[path = "support/svg.rs"]
mod svg;

use std::fs;
use std::path::Path;

use support::stage::Stage;
use svg::{Frame, picture, recording};
use yilan::testing::app::Look;
use yilan::testing::corpus::load;
use yilan::testing::text::Lang;

/// Name, title, keys.
const PICTURES: [(&str, &str, &str); 3] = [
    ("page", "The explorer on its built-in sample", "] ] ] / 代 表 enter"),
    ("concordance", "Every hit of a phrase in one column", "/ 代 表 enter v j j"),
    ("number", "A keyword opened: its table, its formulas, and the occurrences counted", "w enter"),
];

/// What is typed in the recording, how long what comes of it stands (tenths of a second), and what is said of it.
const TOUR: [(&str, u32, &str); 16] = [
    ("", 25, ""),
    ("c", 6, "c"),
    ("n", 6, "c n"),
    ("k", 14, "c n k"),
    ("enter", 20, "c n k ⏎"),
    ("]", 8, "]"),
    ("]", 14, "] ]"),
    ("/", 6, "/"),
    ("民", 7, "/民"),
    ("生", 16, "/民生"),
    ("enter", 12, "/民生 ⏎"),
    ("n", 12, "n"),
    ("v", 25, "v"),
    ("esc", 6, "esc"),
    ("w", 16, "w"),
    ("enter", 35, "w ⏎"),
];

fn stage() -> Stage {
    let mut stage = Stage::empty(120, 36, Look { lang: Lang::Zh, ..Look::default() }, Default::default());
    stage.count_terms();
    stage.load(load::sample());
    stage
}

/// Writes or checks one.
fn keep(name: &str, drawn: &str) {
    let mut reader = quick_xml::Reader::from_str(drawn);
    let mut texts = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(start) if start.name().as_ref() == "text" => texts += 1,
            _ => {}
        }
    }
    assert!(texts > 50, "{name}: {texts} texts");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("docs/pictures").join(format!("{name}.svg"));
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of the pictures");
        fs::write(&path, drawn).expect("a picture");
    }
    assert!(path.exists(), "{name}: UPDATE=1 cargo test --test pictures draws it");
    for readme in ["README.md", "README.zh.md"] {
        let text = fs::read_to_string(root.join(readme)).expect(readme);
        assert!(text.contains(&format!("docs/pictures/{name}.svg")), "{readme} does not show {name}");
    }
}

#[test]
fn pictures_show_the_program() {
    for (name, title, keys) in PICTURES {
        let mut stage = stage();
        stage.keys(keys);
        keep(name, &picture(stage.terminal.backend().buffer(), title));
    }
}

#[test]
fn the_recording_shows_the_program() {
    let mut stage = stage();
    let mut frames = Vec::new();
    for (keys, tenths, typed) in TOUR {
        if !keys.is_empty() {
            stage.keys(keys);
        }
        frames.push(Frame { screen: stage.terminal.backend().buffer().clone(), typed: typed.to_owned(), tenths });
    }
    keep("tour", &recording(&frames, "Jump to a city, read, search as you type, open a number"));
}
