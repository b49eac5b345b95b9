//! What the documents say against what the program is: the reference of keys is made from the action table.

use std::fs;
use std::path::PathBuf;

use yilan::testing::command::{Action, ActionGroup};
use yilan::testing::text::Lang;

/// Every action: its name in the settings, where its keys apply, its keys, what it does.
fn reference() -> String {
    let mut out = String::from(
        "# Keys\n\nMade from the table of actions (`src/command/action.rs`); `UPDATE=1 cargo test --test readme` writes it \
         anew. A key is looked up where the focus is, then everywhere (`global`). The name is that of `[keys]` in the \
         settings.\n",
    );
    for group in ActionGroup::ALL {
        out += &format!("\n## {} {}\n\n", group.title(Lang::Zh), group.title(Lang::En));
        out += "| name | where | keys | hint | what it does |\n|---|---|---|---|---|\n";
        for action in Action::ALL.iter().filter(|a| a.group() == group) {
            let keys: Vec<String> = action.default_keys().iter().map(|key| format!("`{key}`")).collect();
            let (name, place, keys) = (action.name(), action.context().name(), keys.join(" "));
            let hints = [Lang::Zh, Lang::En].map(|lang| action.hint(lang)).join(" / ");
            let docs = [Lang::Zh, Lang::En].map(|lang| action.doc(lang)).join(" / ");
            out += &format!("| `{name}` | {place} | {keys} | {hints} | {docs} |\n");
        }
    }
    out
}

#[test]
fn the_reference_of_keys_is_that_of_the_program() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, reference()).expect("docs/keys.md");
    }
    let held = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(held, reference(), "docs/keys.md is old; UPDATE=1 cargo test --test readme renews it");
}

#[test]
fn the_readme_names_every_subcommand_that_is_no_plumbing() {
    let text = include_str!("../README.md");
    let commands = [
        "list",
        "cities",
        "show",
        "search",
        "keywords",
        "similar",
        "diff",
        "reuse",
        "targets",
        "draft",
        "map",
        "pick",
        "check",
        "config",
        "completions",
        "man",
    ];
    for command in commands {
        assert!(text.contains(&format!("yilan {command}")), "{command}");
    }
}
