//! The annotated example config. In: the checked-in file and the action table. Out: its text with every key in it.
//! Does not know about: what the user has set.

use std::fmt::Write as _;

use crate::command::{Action, ActionGroup, key, keymap};
use crate::text::Lang;

/// The example as checked in: every setting, commented out, with its default.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// The example with `[keys]` as the action table has it now; a test holds the checked-in file to it.
pub fn example() -> String {
    let mut in_keys = false;
    let mut text = String::new();
    for line in EXAMPLE.lines() {
        in_keys |= line == "#[keys]";
        // The first group or key after the section's own words begins the generated part.
        if in_keys && line.starts_with("# --") {
            break;
        }
        let _ = writeln!(text, "{line}");
    }
    for group in ActionGroup::ALL {
        let _ = writeln!(text, "# -- {} / {}", group.title(Lang::En), group.title(Lang::Zh));
        for action in Action::ALL.iter().filter(|action| action.group() == group) {
            let keys: Vec<toml::Value> =
                keymap::defaults(*action).into_iter().map(|key| key::format(key).into()).collect();
            let entry = format!("#{} = {}", action.name(), toml::Value::Array(keys));
            let _ = writeln!(text, "{entry:<52} # {} / {}", action.doc(Lang::En), action.doc(Lang::Zh));
        }
    }
    text
}
