//! Why a line is what it is. In: the rule that said so. Out: its name and one sentence for a person. Does not know about: lines.

use crate::text::lang::Lang;

/// Declares [`Reason`] with, for each rule, its name and what it says in both languages.
macro_rules! reasons {
    ($($variant:ident $name:literal $zh:literal $en:literal,)*) => {
        /// The rule that made a line what it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        #[repr(u8)]
        pub enum Reason {
            $(#[doc = $en] $variant,)*
            /// No rule spoke: running text, or nothing.
            #[default]
            Text,
        }

        impl Reason {
            /// All of them, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant,)* Self::Text];

            /// Its name, the same in every language.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Text => "text",
                }
            }

            /// What it says of its line.
            pub const fn says(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$variant => lang.pick($zh, $en),)*
                    Self::Text => lang.pick("没有规则适用，当作正文", "no rule speaks of it: running text"),
                }
            }
        }
    };
}

reasons! {
    Title "title" "行末是“工作报告”之类，后面跟着称呼、日期或长篇正文" "it ends as titles of reports do, and a salutation, a date or much text follows",
    OtherTitle "other-title" "行末是“决议”“公报”之类" "it ends as titles of resolutions and bulletins do",
    TitleHalf "title-half" "与下一行合起来是一个标题" "with the next line it makes one title",
    SecondTitle "second-title" "同一篇报告的另一个标题" "another title of the same report",
    TitleLabel "title-label" "“标题：”说它是标题" "a label says that it is the title",
    Headline "headline" "正文之前的短行，不是句子" "a short line before the text that is no sentence",
    Subtitle "subtitle" "标题之下以破折号开头" "it begins with a dash under a title",
    Organ "organ" "只写着一个机关的名称" "it names an organ and nothing else",
    Salutation "salutation" "只有称呼" "people are addressed, and nothing else",
    Formula "formula" "“受…委托”“代表…向大会报告”" "it says on whose behalf the report is given",
    Dateline "dateline" "标题之下的日期或会议" "a date or a meeting under a title",
    Speaker "speaker" "报告人的职务与姓名" "office and name of the speaker",
    Head "head" "标题与称呼之间的短行" "a short line between the title and the salutation",
    Label "label" "标签说明它是什么（来源、时间、作者…）" "a label says what it is (source, time, author…)",
    Attribution "attribution" "供稿、编辑或来源" "it says who supplied or edited the text",
    Byline "byline" "记者或作者" "it names a reporter or author",
    Caption "caption" "图片的说明" "words of a picture",
    Numbered "numbered" "行首有序号，且不是句子" "it begins with a number and is no sentence",
    Series "series" "前后同类序号的标题之间缺它这一个" "the headings before and after it count past it",
    RunIn "run-in" "行首有序号，首句是标题" "it begins with a number, and its first sentence is the heading",
    Topic "topic" "段首的短句概括全段" "the short first sentence names what the paragraph is about",
    Plain "plain" "独立的短行，不是句子，下面有正文" "a short line on its own that is no sentence, with text under it",
    Markup "markup" "文件自身的格式说它是标题" "the file's own markup says that it is a heading",
    Annex "annex" "附件、名词解释等，其下另行编号" "an annex or glossary, which counts for itself",
    HeadingHalf "heading-half" "与上一行合起来是一个标题" "with the line above it makes one heading",
    Glued "glued" "段末连着一个标题" "a heading is glued to the paragraph's end",
    Wrapped "wrapped" "全文按固定宽度折行，接上一行" "the file is wrapped at a fixed width; it goes on with the line above",
    Fragment "fragment" "被链接等断开，接上一行" "broken off by a link; it goes on with the line above",
    OpenEnd "open-end" "上一段没有说完，接上一段" "the paragraph above broke off in mid-sentence",
    ListItem "list-item" "列表中的一项，不是标题" "an item of a list, no heading",
    TableRow "table-row" "表格的一行，不是标题" "a row of a table, no heading",
    Quotation "quotation" "引文，不是标题" "a quotation, no heading",
    Signature "signature" "署名，不是标题" "a signature, no heading",
    Repeat "repeat" "本篇前面已有同样的一段" "the same paragraph stands earlier in the report",
    PageNumber "page-number" "页码" "a page number",
    RunningHead "running-head" "每页重复的页眉" "a head printed on every page",
    RunningTitle "running-title" "每页重复的标题" "the open report's title, printed again",
    Advert "advert" "广告" "an advert",
    Contents "contents" "目录行" "a line of a contents list",
    PageTail "page-tail" "网页正文之后的内容：分享、上下篇、相关文章、版权、备案" "behind the text of a web page: sharing, neighbours, related articles, rights",
    PageButton "page-button" "网页按钮：字号、打印、分享" "buttons of a web page: size, print, share",
    PageLabel "page-label" "网页栏目：来源、时间、浏览次数" "what a web page tells about its text: source, time, views",
    PageAbstract "page-abstract" "网页摘要，与正文开头重复" "an abstract of a web page that repeats the opening",
    PageLinks "page-links" "网页导航：一连串短行，后面是页脚" "links of a web page: short lines in a row before its foot",
    Beside "beside" "网页上正文栏之外的文字" "text beside the main text of its web page",
    FileLink "file-link" "附件下载的链接" "a link to a file",
    PrintedAgain "printed-again" "同一文件里又印了一遍" "printed a second time in the same file",
    PageHead "page-head" "报纸版面的标题" "the heading of a newspaper page",
    PageCredit "page-credit" "整版的供稿或图片说明" "a credit for the whole page",
    Before "before" "在第一篇报告之前" "it stands before the first report",
    Between "between" "没有报告要它" "no report has taken it",
    Person "person" "yilan.toml 这样说" "yilan.toml says so",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_them_apart() {
        let names: std::collections::BTreeSet<&str> = Reason::ALL.iter().map(|reason| reason.name()).collect();
        assert_eq!(names.len(), Reason::ALL.len());
        for (n, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(*reason as usize, n, "{}", reason.name());
            assert_ne!(reason.says(Lang::Zh), reason.says(Lang::En));
        }
    }
}
