//! The lines of a source file: where each stands and what it is. Does not know about: how that is decided.

use crate::corpus::model::reason::Reason;
use crate::text::Span;
use crate::text::lang::Lang;

/// What a source line is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// A report's title.
    Title,
    /// A report's subtitle.
    Subtitle,
    /// 各位代表: and the like.
    Salutation,
    /// 受…委托,… and the like.
    Formula,
    /// Meeting, date or speaker under a title.
    Dateline,
    /// A heading on a line of its own (see the report's sections for its level).
    Heading,
    /// Running text.
    Paragraph,
    /// Who wrote it.
    Byline,
    /// Words under a picture.
    Caption,
    /// Who supplied the text or pictures.
    Attribution,
    /// A paragraph that stands earlier in the same report.
    Repeat,
    /// A page number, or a head printed on every page.
    Running,
    /// Outside: an advert.
    Advert,
    /// Outside: a line of a contents list.
    Contents,
    /// Outside: the heading of a newspaper page.
    PageHead,
    /// Outside: what a web page prints around a text (menus, buttons, neighbours, its foot).
    Chrome,
    /// Outside for another reason.
    Stray,
}

impl LineKind {
    /// Its name for a person.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Blank => lang.pick("空行", "blank"),
            Self::Title => lang.pick("标题", "title"),
            Self::Subtitle => lang.pick("副标题", "subtitle"),
            Self::Salutation => lang.pick("称呼", "salutation"),
            Self::Formula => lang.pick("开场语", "formula"),
            Self::Dateline => lang.pick("题下行", "dateline"),
            Self::Heading => lang.pick("章节标题", "heading"),
            Self::Paragraph => lang.pick("正文", "text"),
            Self::Byline => lang.pick("作者", "byline"),
            Self::Caption => lang.pick("图片说明", "caption"),
            Self::Attribution => lang.pick("来源与编辑", "attribution"),
            Self::Repeat => lang.pick("重复段", "repeat"),
            Self::Running => lang.pick("页码页眉", "running head"),
            Self::Advert => lang.pick("广告", "advert"),
            Self::Contents => lang.pick("目录", "contents"),
            Self::PageHead => lang.pick("版面标题", "page head"),
            Self::Chrome => lang.pick("网页部件", "page chrome"),
            Self::Stray => lang.pick("篇外", "outside"),
        }
    }

    /// Whether the line is dimmed on the screen and left out of term counts: it carries no words of the report's own.
    pub const fn is_noise(self) -> bool {
        matches!(
            self,
            Self::Byline
                | Self::Caption
                | Self::Attribution
                | Self::Repeat
                | Self::Running
                | Self::Advert
                | Self::Contents
                | Self::PageHead
                | Self::Chrome
                | Self::Stray
        )
    }

    /// Whether the line belongs to no report.
    pub const fn is_outside(self) -> bool {
        matches!(self, Self::Advert | Self::Contents | Self::PageHead | Self::Chrome | Self::Stray)
    }
}

/// One line of the source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The line's text without the white space around it (full-width and non-breaking blanks included).
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
    /// Whether it goes on in mid-sentence from the paragraph before it.
    pub joins: bool,
    /// The rule that made it so.
    pub reason: Reason,
}

impl Line {
    /// Says what the line is, and which rule says so.
    pub const fn set(&mut self, kind: LineKind, reason: Reason) {
        (self.kind, self.reason) = (kind, reason);
    }
}

/// Source lines `first..=last`, 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LineRange {
    /// First line.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

impl LineRange {
    /// Whether `line` lies inside.
    pub const fn contains(self, line: u32) -> bool {
        self.first <= line && line <= self.last
    }
}
