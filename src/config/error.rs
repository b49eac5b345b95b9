//! What can be wrong with the settings, and how it is said. In: the problem and its place. Out: a message that names the
//! file, shows the line and lists the valid words. Does not know about: how the problem was found.

use std::fmt;
use std::path::PathBuf;

use super::source::ConfigPosition;
use crate::text::Lang;

/// Why the settings cannot be used; the program stops before the screen opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The config file.
    pub path: PathBuf,
    /// Where in it, if one place is meant.
    pub place: Option<Box<ConfigPosition>>,
    /// What is wrong.
    pub problem: Problem,
}

/// What kinds of problem a config file may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no such file.
    Missing,
    /// The file cannot be read; why, in either language.
    Unreadable([String; 2]),
    /// The file is not UTF-8.
    NotUtf8,
    /// It is not TOML; the parser's words (English).
    Syntax(String),
    /// A setting that does not exist, and those that do.
    UnknownKey {
        /// As written.
        key: String,
        /// What stands there instead.
        valid: Vec<String>,
    },
    /// A word that is none of the choices.
    UnknownWord {
        /// Dotted name of the setting.
        key: String,
        /// As written.
        word: String,
        /// The choices.
        valid: Vec<String>,
    },
    /// A value of the wrong type or out of range.
    WrongValue {
        /// Dotted name of the setting.
        key: String,
        /// As written.
        found: String,
        /// What is wanted, in English.
        expected: String,
    },
    /// A word file that cannot be read.
    NoWordFile {
        /// The file.
        file: PathBuf,
        /// Why, in either language.
        why: [String; 2],
    },
    /// A key of `[keys]` that names no action.
    UnknownAction {
        /// As written.
        name: String,
        /// The actions.
        valid: Vec<String>,
    },
    /// A key that cannot be understood.
    BadKey {
        /// As written.
        key: String,
    },
    /// A key that another action has in the same context.
    KeyTaken {
        /// The key, in key notation.
        key: String,
        /// The action that has it.
        by: String,
    },
}

impl ConfigError {
    /// Whether there is no such file.
    pub const fn is_missing(&self) -> bool {
        matches!(self.problem, Problem::Missing)
    }

    /// The whole message: one line, then the excerpt where there is one.
    pub fn message(&self, lang: Lang) -> String {
        let (what, note) = (self.problem.what(lang), self.problem.note(lang));
        let path = self.path.display();
        match &self.place {
            Some(place) => format!("{path}:{}:{}: {what}\n{}", place.line, place.column, place.excerpt(&note)),
            None if note.is_empty() => format!("{path}: {what}"),
            None => format!("{path}: {what} ({note})"),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::default()))
    }
}

impl std::error::Error for ConfigError {}

impl Problem {
    /// What is wrong.
    fn what(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Missing => lang.pick("没有这个配置文件", "there is no such config file").into(),
            Self::Unreadable([why, _]) if zh => format!("无法读取配置文件：{why}"),
            Self::Unreadable([_, why]) => format!("the config file cannot be read: {why}"),
            Self::NotUtf8 => lang.pick("配置文件不是 UTF-8 编码", "the config file is not UTF-8").into(),
            Self::Syntax(_) => lang.pick("TOML 语法错误", "not valid TOML").into(),
            Self::UnknownKey { key, .. } if zh => format!("没有设置项 {key}"),
            Self::UnknownKey { key, .. } => format!("there is no setting {key}"),
            Self::UnknownWord { key, word, .. } if zh => format!("{key} 的值 \"{word}\" 不对"),
            Self::UnknownWord { key, word, .. } => format!("{key} cannot be \"{word}\""),
            Self::WrongValue { key, found, .. } if zh => format!("{key} 的值 {found} 不对"),
            Self::WrongValue { key, found, .. } => format!("{key} cannot be {found}"),
            Self::NoWordFile { file, .. } if zh => format!("无法读取词表文件 {}", file.display()),
            Self::NoWordFile { file, .. } => format!("the word file {} cannot be read", file.display()),
            Self::UnknownAction { name, .. } if zh => format!("没有操作 {name}"),
            Self::UnknownAction { name, .. } => format!("there is no action {name}"),
            Self::BadKey { key } if zh => format!("看不懂的按键 \"{key}\""),
            Self::BadKey { key } => format!("\"{key}\" is not a key"),
            Self::KeyTaken { key, by } if zh => format!("按键 {key} 已用于 {by}"),
            Self::KeyTaken { key, by } => format!("the key {key} already belongs to {by}"),
        }
    }

    /// What would be right.
    fn note(&self, lang: Lang) -> String {
        match self {
            Self::Missing | Self::Unreadable(_) | Self::NotUtf8 => String::new(),
            Self::Syntax(why) => why.clone(),
            Self::NoWordFile { why: [zh, en], .. } => lang.pick(zh, en).to_owned(),
            Self::UnknownKey { key, valid } => choices(key, valid, lang),
            Self::UnknownWord { word, valid, .. } => choices(word, valid, lang),
            Self::UnknownAction { name, valid } => choices(name, valid, lang),
            Self::WrongValue { expected, .. } => match lang {
                Lang::Zh => format!("应为{}", in_chinese(expected)),
                Lang::En => format!("wanted: {}", in_english(expected)),
            },
            Self::BadKey { .. } => lang
                .pick(
                    "按键写作 a、G、/、enter、esc、space、f5、ctrl-p、alt-left 等",
                    "write a, G, /, enter, esc, space, f5, ctrl-p, alt-left…",
                )
                .into(),
            Self::KeyTaken { by, .. } => match lang {
                Lang::Zh => format!("请换一个键，或先解除：{by} = []"),
                Lang::En => format!("choose another key, or free it first: {by} = []"),
            },
        }
    }
}

/// More words than this are not listed, only the nearest is.
const LISTED: usize = 16;

/// The valid words, and the one that was probably meant.
fn choices(word: &str, valid: &[String], lang: Lang) -> String {
    let nearest = valid.iter().map(|v| (slips(word, v), v)).min().filter(|(n, v)| *n <= 1 + v.chars().count() / 4);
    let nearest = nearest.map(|(_, v)| v.as_str());
    let list = match (valid.len() > LISTED, lang) {
        (false, Lang::Zh) => format!("可用：{}", valid.join(", ")),
        (false, Lang::En) => format!("valid: {}", valid.join(", ")),
        (true, Lang::Zh) => "全部列在 yilan config default 中".into(),
        (true, Lang::En) => "all are listed by yilan config default".into(),
    };
    match (lang, nearest) {
        (_, None) => list,
        (Lang::Zh, Some(v)) => format!("{list}（是不是 {v}？）"),
        (Lang::En, Some(v)) => format!("{list} (did you mean {v}?)"),
    }
}

/// How many slips (insert, delete, replace, swap neighbours) turn `a` into `b`: optimal string alignment distance.
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut two_back = Vec::new();
    let mut back: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = back[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(back[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                let before: &Vec<usize> = &two_back;
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        two_back = std::mem::replace(&mut back, row);
    }
    back[b.len()]
}

/// What the parser wants, without the words of its own language.
fn in_english(expected: &str) -> &str {
    match expected {
        "a boolean" => "true or false",
        "a sequence" => "a list [ … ]",
        "path string" => "a path in quotes",
        "a map" => "a table of settings",
        _ if expected.starts_with("struct ") => "a table of settings",
        other => other,
    }
}

/// Chinese for what the parser wants; its own English where there is none.
fn in_chinese(expected: &str) -> String {
    match expected {
        "a string" => "文字（加引号）".into(),
        "a boolean" => " true 或 false".into(),
        "a sequence" => "列表 [ … ]".into(),
        "a map" => "一组设置".into(),
        "a key or a list of keys" => "一个按键或按键列表".into(),
        "path string" => "路径（加引号）".into(),
        "a name that no built-in theme has" => "内置配色没有用过的名称".into(),
        "a theme that does not inherit from this one" => "不反过来继承它的配色".into(),
        "a style such as \"bold #e2bd6f on #191b20\"" => "一种样式，如 \"bold #e2bd6f on #191b20\"".into(),
        _ if expected.starts_with("struct ") => "一组设置".into(),
        _ => match expected.strip_prefix("a whole number from ") {
            Some(range) => format!(" {} 的整数", range.replace(" to ", " 到 ")),
            None => match expected.strip_prefix("one of ") {
                Some(words) => format!("其中之一：{words}"),
                None => format!("：{expected}"),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_with_swaps_as_one() {
        for (a, b, want) in
            [("drak", "dark", 1), ("", "ab", 2), ("dark", "dark", 0), ("thme", "theme", 1), ("16", "mono", 4)]
        {
            assert_eq!(slips(a, b), want, "{a} {b}");
        }
    }

    #[test]
    fn a_far_word_is_not_suggested() {
        let valid = ["auto".to_owned(), "dark".to_owned()];
        assert_eq!(choices("drak", &valid, Lang::En), "valid: auto, dark (did you mean dark?)");
        assert_eq!(choices("purple", &valid, Lang::Zh), "可用：auto, dark");
    }
}
