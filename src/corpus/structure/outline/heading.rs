//! What is known of a heading before it has a level. Does not know about: the lines around it.

use crate::corpus::structure::line_predicates;
use crate::corpus::structure::numbering::Family;
use crate::text::Span;

/// What a file's markup says of headings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markup<'a> {
    /// Whether `#` begins a heading.
    pub markdown: bool,
    /// Levels (1 to 6) by line (1-based), ascending by line.
    pub levels: &'a [(u32, u8)],
}

/// What a heading is made of, before it has a level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heading {
    /// 0-based line.
    pub(crate) index: usize,
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// The level that the file's markup gives it.
    pub(crate) depth: Option<u8>,
    /// Text follows it on its line.
    pub(crate) run_in: bool,
    /// Text stands before it on its line.
    pub(crate) glued: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Numbered(Family, u32),
    /// No number, on its own line (or with depth, by its markup).
    Plain,
    /// No number, the first sentence of a paragraph.
    Topic,
}

/// 附件, 名词解释, 2024年民生实事项目清单: what stands behind a report, with numbers of its own.
pub(crate) fn is_annex(heading: &str) -> bool {
    let compact: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
    let compact = compact.trim_start_matches(['（', '(', '《', '【', '“']);
    let opens = ["附件", "附录", "附表", "附：", "附:"].iter().any(|w| compact.starts_with(w));
    let explains =
        ["名词解释", "名词注释", "名词说明", "术语解释", "用语说明", "用语解释"].iter().any(|w| compact.contains(w));
    let lists = ["实事", "重点项目", "重大项目", "主要指标"].iter().any(|w| compact.contains(w))
        && ["清单", "项目", "项目表", "任务表", "安排表", "计划表", "一览表"].iter().any(|w| compact.ends_with(w));
    let notes = ["注释", "注", "注释说明"].contains(&compact.trim_end_matches(['：', ':', '）', ')', '】']));
    line_predicates::is_short(compact, 40)
        && !line_predicates::holds_sentence(compact)
        && (opens || explains || lists || notes)
}
