//! How a table was made, in one line. In: options, segmenter, sizes. Out: what a reader needs to make it again.
//! Does not know about: the figures.

use serde::Serialize;

use super::{Segmenter, StopLayer, StopList, TermOptions};
use crate::text::Lang;

/// Everything that decides over the figures of an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// What was counted, for people.
    pub scope: String,
    /// What it was compared with; `None` where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What counts as an occurrence: `words` or `text` (any place where the string stands).
    pub counts: &'static str,
    /// Which words were left out, layer by layer.
    pub stops: String,
    /// Version of the phrases that are never split, the user's own among them.
    pub lexicon: String,
    /// Fewest characters of a term.
    pub min_chars: usize,
    /// Fewest occurrences.
    pub min_count: u64,
    /// Reports counted.
    pub reports: usize,
    /// Their 汉字.
    pub han: u64,
    /// Reports compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_reports: Option<usize>,
    /// Their 汉字.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_han: Option<u64>,
    /// Settings of this command alone, such as a window.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub also: String,
    /// The same for people who read Chinese; programs get the other.
    #[serde(skip)]
    pub also_zh: String,
    /// Version of the program.
    pub program: &'static str,
}

impl Provenance {
    /// Of a count of `scope` that holds `reports` and `han`; the rest is filled in by the caller.
    pub fn new(scope: String, (reports, han): (usize, u64), segmenter: &Segmenter, options: &TermOptions) -> Self {
        Self {
            scope,
            reference: None,
            counts: "words",
            stops: describe(&options.stops),
            lexicon: segmenter.version().to_string(),
            min_chars: options.min_chars,
            min_count: options.min_count,
            reports,
            han,
            reference_reports: None,
            reference_han: None,
            also: String::new(),
            also_zh: String::new(),
            program: concat!("yilan ", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Says what holds for this command alone, in Chinese and English.
    pub fn add(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        (self.also_zh, self.also) = (zh.into(), en.into());
    }

    /// All of it in one line.
    pub fn line(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let mut line = match lang {
            Lang::Zh => format!("范围 {}（{} 篇，{} 汉字）", self.scope, self.reports, self.han),
            Lang::En => format!("scope: {} (reports: {}, 汉字: {})", self.scope, self.reports, self.han),
        };
        if let Some(reference) = &self.reference {
            let (reports, han) = (self.reference_reports.unwrap_or(0), self.reference_han.unwrap_or(0));
            line += &match lang {
                Lang::Zh => format!("；参照 {reference}（{reports} 篇，{han} 汉字）"),
                Lang::En => format!("; reference: {reference} (reports: {reports}, 汉字: {han})"),
            };
        }
        let counts = match (self.counts, zh) {
            ("text", true) => "字串",
            ("text", false) => "strings",
            (_, true) => "词",
            (_, false) => "words",
        };
        line += &match lang {
            Lang::Zh => format!(
                "；计 {counts}；停用 {}；词库 {}；最少 {} 字 {} 次",
                in_chinese(&self.stops),
                self.lexicon,
                self.min_chars,
                self.min_count
            ),
            Lang::En => format!(
                "; counts: {counts}; stops: {}; lexicon: {}; at least {} characters, {} occurrences",
                self.stops, self.lexicon, self.min_chars, self.min_count
            ),
        };
        if !self.also.is_empty() {
            line += lang.pick("；", "; ");
            line += lang.pick(&self.also_zh, &self.also);
        }
        line + lang.pick("；", "; ") + self.program
    }
}

/// The layers as people who read Chinese call them.
fn in_chinese(stops: &str) -> String {
    let names = [("function", "虚词"), ("filler", "套语"), ("own names", "自称"), ("own", "自定"), ("none", "无")];
    names.iter().fold(stops.to_owned(), |stops, (en, zh)| stops.replace(en, zh))
}

/// The layers that are on, with how many words each has; `*` after one that the user replaced.
fn describe(stops: &StopList) -> String {
    let layer = |layer: StopLayer| {
        let name = match layer {
            StopLayer::Function => "function",
            StopLayer::Filler => "filler",
            StopLayer::Names => return stops.is_on(layer).then(|| "own names".to_owned()),
        };
        let star = if stops.is_replaced(layer) { "*" } else { "" };
        stops.is_on(layer).then(|| format!("{name}{star} {}", stops.len_of(layer)))
    };
    let own = (stops.own_words() > 0).then(|| format!("own {}", stops.own_words()));
    let on: Vec<String> = StopLayer::ALL.into_iter().filter_map(layer).chain(own).collect();
    if on.is_empty() { "none".to_owned() } else { on.join(" + ") }
}
