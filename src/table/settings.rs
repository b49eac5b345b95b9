//! How a table was made. In: what decided over its figures. Out: one line for people, one object for programs. Does not
//! know about: what decided.

use crate::index::terms::Provenance;
use crate::text::Lang;

/// How a table was made, so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// A JSON object in one line.
    pub object: String,
    /// The same for people, in one line.
    pub line: String,
    /// 汉字 of the scope: the denominator of its rates.
    pub han: u64,
    /// 汉字 of what it was compared with; `None` where it was compared with nothing.
    pub reference_han: Option<u64>,
}

impl Settings {
    /// Of counted words.
    pub fn of_words(provenance: &Provenance, lang: Lang) -> Self {
        let object = serde_json::to_string(provenance).unwrap_or_default();
        let (line, han, reference_han) = (provenance.line(lang), provenance.han, provenance.reference_han);
        Self { object, line, han, reference_han }
    }

    /// Of names and values in order, such as `k` 6 and `w` 8; the program's own name and version stand before them.
    pub fn of_pairs(command: &str, pairs: &[(&str, String)]) -> Self {
        let program = concat!("yilan ", env!("CARGO_PKG_VERSION"));
        let mut line = format!("{program} {command}");
        let mut object = serde_json::Map::new();
        object.insert("program".into(), program.into());
        object.insert("command".into(), command.into());
        for (name, value) in pairs {
            line += &format!(" {name}={value}");
            object.insert((*name).to_owned(), value.as_str().into());
        }
        Self { object: serde_json::Value::Object(object).to_string(), line, ..Self::default() }
    }
}
