//! The words by which a line shows that it belongs to the web page around a text and not to the text.
//!
//! In: one trimmed line. Out: what sort of line it is. Does not know about: the lines around it; [`super`] weighs those.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use crate::corpus::structure::{line_predicates, numbering};
use crate::text::han::is_han;

/// The words of `signs.txt`, by what they are.
struct SignWords {
    tail: FxHashSet<&'static str>,
    tail_labels: FxHashSet<&'static str>,
    weak: FxHashSet<&'static str>,
    within: Option<AhoCorasick>,
    buttons: FxHashSet<&'static str>,
    labels: FxHashSet<&'static str>,
    text_labels: FxHashSet<&'static str>,
    abstracts: Vec<&'static str>,
    files: Vec<&'static str>,
}

static WORDS: LazyLock<SignWords> = LazyLock::new(|| {
    let of = |wanted: &str| -> Vec<&'static str> {
        let mut open = false;
        let mut words = Vec::new();
        for line in include_str!("signs.txt").lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                Some(name) => open = name == wanted,
                None if open => words.extend(line.split(' ').filter(|word| !word.is_empty())),
                None => {}
            }
        }
        words
    };
    let set = |wanted: &str| of(wanted).into_iter().collect();
    SignWords {
        tail: set("tail"),
        tail_labels: set("tail-label"),
        weak: set("weak"),
        within: AhoCorasick::new(of("within").into_iter().map(|word| word.replace('_', " "))).ok(),
        buttons: set("button"),
        labels: set("label"),
        text_labels: set("text-label"),
        abstracts: of("abstract"),
        files: of("file"),
    }
});

/// What a short line of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It stands behind texts only: 上一篇, 相关文章, 版权所有, ICP备.
    Tail,
    /// Much the same, but a table may say so as well: 主办：某局, 联系电话：….
    Weak,
    /// Something to press: 打印, 字号 大 中 小, 分享.
    Button,
    /// A label and its value: 来源：某报, 浏览次数：12, 2024-01-15 07:41.
    Label,
    /// A label without its value, which stands on the next line.
    EmptyLabel,
    /// A link to a file: 附件：报告.pdf.
    FileLink,
}

/// A line no longer than this (in bytes; about 60 汉字) may be a sign.
const SIGN_BYTES: usize = 200;

/// What the line is, if it is of the page.
pub fn sign(line: &str) -> Option<Sign> {
    if line.len() > SIGN_BYTES {
        return None;
    }
    let bare = unbracketed(line);
    if bare.is_empty() {
        return (!line.is_empty()).then_some(Sign::Button);
    }
    if is_file_link(bare) {
        return Some(Sign::FileLink);
    }
    if numbering::mark(line).is_some() {
        return None;
    }
    if WORDS.tail.contains(bare.trim_matches(['-', '—', ' ']))
        || is_pager(bare)
        || is_paper_page(bare)
        || name_before_colon(bare).is_some_and(|(name, _)| WORDS.tail_labels.contains(&*name))
        || is_within(line)
    {
        return Some(Sign::Tail);
    }
    if WORDS.weak.contains(bare) || name_before_colon(bare).is_some_and(|(name, _)| WORDS.weak.contains(&*name)) {
        return Some(Sign::Weak);
    }
    // 阅读： waits for its value, 阅读 is pressed.
    let waits = if line.ends_with([':', '：']) { label(line, bare) } else { None };
    waits.or_else(|| is_buttons(line).then_some(Sign::Button)).or_else(|| label(line, bare))
}

/// Whether the page says of itself who owns it, what it answers for and what may be copied: long, but no report's sentence.
pub fn is_legal(line: &str) -> bool {
    line_predicates::is_short(line, 240)
        && [
            "本站",
            "本网站",
            "本网",
            "版权",
            "侵权",
            "转载",
            "免责",
            "浏览器",
            "分辨率",
            "公众号",
            "扫一扫",
            "客户端",
            "投稿",
        ]
        .iter()
        .filter(|word| line.contains(*word))
        .count()
            >= 2
        || ["免责声明", "版权声明", "特别声明", "声明："].iter().any(|word| line.starts_with(word))
            && line_predicates::is_short(line, 240)
}

/// 正文： and the like.
pub fn is_text_label(line: &str) -> bool {
    WORDS.text_labels.contains(unbracketed(line))
}

/// A label of an abstract, and what follows it on its line.
pub fn abstract_label(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches(opens).trim_start();
    WORDS.abstracts.iter().find_map(|name| {
        let rest = bare.strip_prefix(name)?.trim_start_matches([']', '】', '〗', '）', ')', ' ', '\u{3000}']);
        rest.strip_prefix(['：', ':'])
            .or_else(|| (rest.is_empty() || bare.len() < line.len()).then_some(rest))
            .map(str::trim)
    })
}

/// A line without the brackets, bars, blanks and the colon around it.
fn unbracketed(line: &str) -> &str {
    line.trim_matches(|c: char| opens(c) || closes(c))
}

fn opens(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '[' | '【'
                | '('
                | '（'
                | '〖'
                | '［'
                | '«'
                | '»'
                | '<'
                | '>'
                | '|'
                | '｜'
                | '·'
                | '•'
                | '▪'
                | '■'
                | '☆'
                | '★'
                | '*'
                | '?'
        )
}

fn closes(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ']' | '】' | ')' | '）' | '〗' | '］' | ':' | '：' | '"' | '|' | '｜' | '>' | '»' | '?' | '›')
}

/// What stands before the first colon, without blanks and brackets, and what stands behind it; names are short.
fn name_before_colon(bare: &str) -> Option<(String, &str)> {
    let (name, value) = bare.split_once(['：', ':']).filter(|(name, _)| name.len() <= 48)?;
    Some((name.chars().filter(|c| !closes(*c) && !opens(*c)).collect(), value))
}

/// 第02版：要闻, 第A01版: a page of a newspaper.
fn is_paper_page(bare: &str) -> bool {
    let number =
        bare.strip_prefix('第').and_then(|rest| rest.split_once('版')).map(|(number, rest)| (number.trim(), rest));
    number.is_some_and(|(number, rest)| {
        number.len() <= 4
            && number.bytes().any(|b| b.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_alphanumeric())
            && (rest.is_empty() || rest.trim_start().starts_with([':', '：']))
            && line_predicates::is_short(bare, 20)
    })
}

/// 上一页 1 2 3 下一页, 首页 尾页 共3页: a text cut into pages.
fn is_pager(bare: &str) -> bool {
    let mut turns = false;
    let words = bare.split(|c: char| opens(c) || closes(c) || matches!(c, '/' | '.' | '…'));
    let fits = words.filter(|word| !word.is_empty()).all(|word| {
        let turn = matches!(word, "上一页" | "下一页" | "尾页" | "末页" | "前一页" | "后一页");
        turns |= turn;
        let inner = word.trim_start_matches(['第', '共', '到']).trim_end_matches('页');
        turn || word == "首页" || !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit())
    });
    fits && turns
}

fn is_within(line: &str) -> bool {
    line.starts_with(['©', '®'])
        || WORDS.within.as_ref().is_some_and(|words| words.is_match(line)) && !line_predicates::ends_sentence(line)
}

/// 附件：工作报告.pdf, 1.附表.xlsx (12KB).
fn is_file_link(bare: &str) -> bool {
    let bare = bare.rsplit_once(['(', '（', '[']).map_or(bare, |(head, size)| {
        if size.contains(['K', 'k', 'M', 'B', '下', '点']) {
            head.trim_end_matches(|c: char| c.is_whitespace())
        } else {
            bare
        }
    });
    let lower = bare.get(bare.len().saturating_sub(5)..).or_else(|| bare.get(bare.len().saturating_sub(4)..));
    bare.is_ascii() && bare.starts_with("http")
        || lower.is_some_and(|end| WORDS.files.iter().any(|file| end.to_ascii_lowercase().ends_with(file)))
}

/// Whether nothing stands on the line but what can be pressed.
fn is_buttons(line: &str) -> bool {
    let mut words = line
        .split(|c: char| opens(c) || closes(c) || matches!(c, '/' | '／' | '、' | '，' | ','))
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && words.all(|word| WORDS.buttons.contains(word))
}

fn label(line: &str, bare: &str) -> Option<Sign> {
    if is_text_label(line) && line.ends_with([':', '：', ']', '】']) {
        return Some(Sign::EmptyLabel);
    }
    let waits = line.ends_with([':', '：']);
    if waits && WORDS.labels.contains(bare) {
        return Some(Sign::EmptyLabel);
    }
    if let Some((_, value)) = name_before_colon(bare).filter(|(name, _)| WORDS.labels.contains(&**name)) {
        // The last of several labels may have its value on the next line.
        return Some(if waits || value.trim().is_empty() { Sign::EmptyLabel } else { Sign::Label });
    }
    is_stamp(bare).then_some(Sign::Label)
}

/// A date with a time of day, or a date and what else a page prints beside it: 2024-01-15 07:41, 2024年01月15日 07时41分.
fn is_stamp(bare: &str) -> bool {
    let Some((_, time)) = bare.split_once([' ', '\u{3000}', '\u{a0}']) else { return false };
    let dated = bare.starts_with(|c: char| c.is_ascii_digit()) && line_predicates::is_short(bare, 30);
    let time = time.trim_start();
    let clock = time.starts_with(|c: char| c.is_ascii_digit())
        && (time.contains(':') || time.contains('：') || time.contains('时') && time.contains('分'));
    dated && (clock || time.starts_with("星期")) && time.chars().filter(|c| is_han(*c)).count() <= 4
        || is_stamp_with_labels(bare)
}

/// A date, perhaps a time of day, and labels with their values: 2023-01-09 08:30:12 来源：乌有日报 作者：某甲.
fn is_stamp_with_labels(bare: &str) -> bool {
    let mut words = bare.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty());
    let dated = words.next().is_some_and(|date| {
        let numbers = date.chars().filter(char::is_ascii_digit).count();
        numbers >= 6 && date.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日'))
    });
    let mut labels = 0;
    let told = words.all(|word| {
        let labelled = name_before_colon(word).is_some_and(|(name, _)| WORDS.labels.contains(&*name));
        labels += usize::from(labelled);
        // What has no colon is the value of the label before it.
        labelled || labels > 0 || word.starts_with(|c: char| c.is_ascii_digit()) && word.contains([':', '：', '时'])
    });
    dated && told && labels > 0 && line_predicates::is_short(bare, 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page() {
        let cases = [
            ("分享到：", Some(Sign::Tail)),
            ("上一篇：黄粱市2024年政府工作报告", Some(Sign::Tail)),
            ("【相关文章】", Some(Sign::Tail)),
            ("乌ICP备00000000号-1", Some(Sign::Tail)),
            ("主办：乌有市人民政府办公室", Some(Sign::Weak)),
            ("Copyright © 乌有市人民政府", Some(Sign::Tail)),
            ("扫一扫在手机打开当前页", Some(Sign::Tail)),
            ("【字体：大 中 小】 打印", Some(Sign::Button)),
            ("[打印] [关闭]", Some(Sign::Button)),
            ("】", Some(Sign::Button)),
            (">>", Some(Sign::Button)),
            ("上一页 1 2 3 下一页", Some(Sign::Tail)),
            ("-END-", Some(Sign::Tail)),
            ("第02版：要闻", Some(Sign::Tail)),
            ("2024年01月12日 星期五", Some(Sign::Label)),
            ("字号：", Some(Sign::EmptyLabel)),
            ("来源：子墟日报", Some(Sign::Label)),
            ("时间：2024-01-15 作者：某甲 阅读：", Some(Sign::EmptyLabel)),
            ("来源:", Some(Sign::EmptyLabel)),
            ("2024年01月15日 07时41分", Some(Sign::Label)),
            ("2024/1/23 19:45:59", Some(Sign::Label)),
            ("2023-01-09 08:30:12　　来源：乌有日报", Some(Sign::Label)),
            ("2023-01-09 来源：乌有日报 作者：某甲", Some(Sign::Label)),
            ("2023年的来源：乌有", None),
            ("附件：2024年工作报告.pdf", Some(Sign::FileLink)),
            // What a report may say.
            ("2024年1月8日", None),
            ("主办全国守灯大会", None),
            ("名称叫作守灯的塔", None),
            ("一、2023年工作回顾", None),
            ("附件1", None),
            ("推进政务网站建设，网站支持IPv6的有九家，群众满意。", None),
            ("各位代表：", None),
            ("乌有市市长 无名氏", None),
        ];
        for (line, want) in cases {
            assert_eq!(sign(line), want, "{line}");
        }
    }

    #[test]
    fn an_abstract_is_labelled() {
        assert_eq!(abstract_label("内容摘要："), Some(""));
        assert_eq!(abstract_label("【摘要】守灯人守灯"), Some("守灯人守灯"));
        assert_eq!(abstract_label("摘要：守灯人守灯"), Some("守灯人守灯"));
        assert_eq!(abstract_label("提要求的人"), None);
        assert_eq!(abstract_label("简介绍了灯塔"), None);
    }

    #[test]
    fn what_a_page_answers_for() {
        assert!(is_legal("免责声明：本文仅代表作者观点，不代表本站立场。凡注明为本站原创作品的，未经许可，不得转载！"));
        assert!(!is_legal("一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐。"));
    }
}
