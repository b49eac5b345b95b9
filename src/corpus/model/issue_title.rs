//! Kinds of issues as they are listed together: the name of each, and how much it keeps from being read.
//!
//! In: a kind. Out: words, a rank. Does not know about: any one issue (see [`super::issue`]).

use crate::corpus::model::issue::IssueKind;
use crate::text::Lang;

impl IssueKind {
    /// How much it keeps from being read: 0 a file, 1 what a report is, 2 lines, 3 nothing.
    pub const fn gravity(&self) -> u8 {
        match self {
            Self::BadBytes(_) | Self::Damaged(_) | Self::ControlCharacters(_) => 2,
            Self::Doubled(_) | Self::Misread(_) => 2,
            Self::NoReport | Self::UnknownPlace | Self::AmbiguousPlace(..) | Self::Override(_) => 1,
            Self::Repeat(_) | Self::Duplicate(..) | Self::Outside(_) => 3,
            _ => 0,
        }
    }

    /// The name of its kind, for people.
    pub const fn title(&self, lang: Lang) -> &'static str {
        match self {
            Self::Missing => lang.pick("没有这个文件", "no such file"),
            Self::Unreadable(_) => lang.pick("无法读取", "cannot be read"),
            Self::Binary => lang.pick("不是文本", "not text"),
            Self::Empty => lang.pick("空文件", "empty files"),
            Self::NoDocuments => lang.pick("没有可读的文件", "no documents"),
            Self::NoContent => lang.pick("没有正文", "no text inside"),
            Self::CutShort => lang.pick("文件不完整", "cut short"),
            Self::UnknownFormat(_) => lang.pick("不认识的格式", "unknown formats"),
            Self::NotAFile => lang.pick("不是普通文件", "not plain files"),
            Self::LoadFull => lang.pick("读到上限", "more than can be read"),
            Self::TooLarge { .. } => lang.pick("太大", "too large"),
            Self::Broken(_) => lang.pick("文件已损坏", "broken files"),
            Self::Bomb(_) => lang.pick("压缩包展开太大", "archives that unpack to too much"),
            Self::Nested => lang.pick("压缩包套得太深", "archives too deep"),
            Self::Frames(_) => lang.pick("框架网页", "frame pages"),
            Self::Encrypted => lang.pick("有密码", "protected by a password"),
            Self::NoTextLayer => lang.pick("没有文字层", "no text layer"),
            Self::LostPages(..) => lang.pick("读不全的页", "pages that cannot be read"),
            Self::PicturePages(..) => lang.pick("只有图片的页", "pages that are pictures"),
            Self::TooManyPages(_) => lang.pick("页数太多", "too many pages"),
            Self::TooSlow(_) => lang.pick("读得太久", "too slow"),
            Self::Override(_) => lang.pick("yilan.toml 有误", "yilan.toml"),
            Self::LinkLoop => lang.pick("链接成环", "links in a loop"),
            Self::BadBytes(_) => lang.pick("不成文字的字节", "bytes that are no text"),
            Self::Damaged(_) => lang.pick("原文已有乱码", "damaged in the source"),
            Self::ControlCharacters(_) => lang.pick("控制字符", "control characters"),
            Self::NoReport => lang.pick("没有认出报告", "no report recognised"),
            Self::UnknownPlace => lang.pick("地方不明", "place not known"),
            Self::AmbiguousPlace(..) => lang.pick("地方同名", "several places of that name"),
            Self::Misread(_) => lang.pick("认错的字", "misread characters"),
            Self::Doubled(_) => lang.pick("字印重", "characters printed twice"),
            Self::Repeat(_) => lang.pick("重复的行", "repeated lines"),
            Self::Duplicate(..) => lang.pick("重复的报告", "reports that stand elsewhere too"),
            Self::Outside(_) => lang.pick("报告以外的行", "lines outside every report"),
        }
    }
}
