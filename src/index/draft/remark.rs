//! A remark on a draft. In: what a check found. Out: its kind and place, a name for it. Does not know about: how it was found.

use serde::Serialize;

use crate::corpus::ReportId;
use crate::text::Span;

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RemarkKind {
    /// 同文: wording that few others have.
    Shared,
    /// 提法: a set of phrases that is not whole.
    Incomplete,
    /// 旧称: a name that is another now.
    Renamed,
    /// 数字: a figure that another report states otherwise.
    Figure,
    /// 缺节: a section that most reports of its kind have.
    Section,
    /// 标点: punctuation of the wrong width, or without its other half.
    Width,
}

impl RemarkKind {
    /// Its name in the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Incomplete => "incomplete",
            Self::Renamed => "renamed",
            Self::Figure => "figure",
            Self::Section => "section",
            Self::Width => "width",
        }
    }

    /// Its Chinese name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Shared => "同文",
            Self::Incomplete => "提法不全",
            Self::Renamed => "旧称",
            Self::Figure => "数字不同",
            Self::Section => "缺章节",
            Self::Width => "标点",
        }
    }
}

/// A remark on a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub kind: RemarkKind,
    /// Where in the draft; empty for what is missing.
    pub span: Span,
    /// What is to be looked at: the members that are missing, the new name, the other value, the marks.
    pub note: String,
    /// Where another report says it, or says it otherwise.
    pub other: Option<(ReportId, Span)>,
}
