//! In which form a quotation says where it stands. Does not know about: what a form looks like.

use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// In which form a quotation says where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum CitationForm {
    /// 《题名》，地方·机构，届次或年份，章节，第n段.
    #[default]
    #[serde(rename = "plain")]
    Plain,
    /// As GB/T 7714-2015 sets down for reports.
    #[serde(rename = "gbt7714")]
    Gbt7714,
    /// A Markdown quotation with a link that opens the passage.
    #[serde(rename = "markdown")]
    Markdown,
}

impl CitationForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Gbt7714, Self::Markdown];

    /// The next one.
    pub const fn next(self) -> Self {
        match self {
            Self::Plain => Self::Gbt7714,
            Self::Gbt7714 => Self::Markdown,
            Self::Markdown => Self::Plain,
        }
    }

    /// Its name for people.
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Plain => lang.pick("普通出处", "plain source"),
            Self::Gbt7714 => "GB/T 7714-2015",
            Self::Markdown => "Markdown",
        }
    }
}
