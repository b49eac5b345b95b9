//! What a web page prints before and behind a text: menus, labels, buttons, an abstract, neighbours, its foot.
//!
//! In: a document's lines. Out: such lines marked [`LineKind::Chrome`], before titles and headings are looked for. Does not
//! know about: reports, headings.
//!
//! Behind a text the page begins at a line that stands only there (上一篇, 相关文章, ICP备), if no long sentence follows that
//! was not printed before. Before a text only what is surely the page's is taken: buttons, labels without a value and what
//! stands in their place, an abstract whose words the text has again.

pub mod signs;

use crate::corpus::model::reason::Reason;
use crate::corpus::structure::chrome::signs::{Sign, sign};
use crate::corpus::structure::numbering::Family;
use crate::corpus::structure::{annex, line_predicates, numbering, title};
use crate::corpus::{Line, LineKind};
use crate::text::han::is_han;

/// A sentence is long from here on, in bytes (some 40 汉字): below it links and mottos end like sentences as well.
const LONG_BYTES: usize = 120;
/// Links before a page's foot are at least so many short lines in a row.
const LINKS: usize = 8;
/// A link is no longer than this, in characters.
const LINK_CHARS: usize = 18;
/// A page's foot without any sure sign has at most so many lines.
const LAST_LINES: usize = 6;
/// How far back (in bytes) a sentence behind the text is looked for, to know it as printed before.
const LOOK_BACK: usize = 400_000;

/// Marks them.
pub fn mark(text: &str, lines: &mut [Line]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Paragraph).collect();
    let words = |n: usize| lines[filled[n]].span.slice(text);
    let mut found: Vec<(usize, Reason)> = Vec::new();
    let body = mark_head(&words, filled.len(), &mut found);
    let mut n = body;
    while n < filled.len() {
        let Some(tail) = sign(words(n)).filter(|_| !annex::opens(words(n))) else {
            n += 1;
            continue;
        };
        let here = lines[filled[n]].span.start as usize;
        let end = tail_end(text, &words, n, filled.len(), here);
        let begins = if tail == Sign::Tail || tail == Sign::FileLink { Some(n) } else { None };
        // A button or label ends the text as well, if a sign of the page's foot comes behind it; so do a few last lines.
        let at_end = || {
            tail == Sign::Weak
                && end == filled.len()
                && end - n <= LAST_LINES
                && !(body..n).any(|m| annex::opens(words(m)))
        };
        let begins = begins.or_else(|| (at_end() || (n..end).any(|m| sign(words(m)) == Some(Sign::Tail))).then_some(n));
        let Some(begins) = begins.filter(|_| end > n) else {
            n += 1;
            continue;
        };
        let links = links_before(&words, body, begins);
        found.extend((links..begins).map(|m| (m, Reason::PageLinks)));
        found.extend((begins..end).map(|m| (m, Reason::PageTail)));
        n = end;
    }
    for (n, reason) in found {
        lines[filled[n]].set(LineKind::Chrome, reason);
    }
}

/// Whether the text itself has begun: people are addressed, the formula is said, or it is a long sentence.
fn begins_text(words: &str) -> bool {
    line_predicates::is_salutation(words)
        || line_predicates::is_formula(words)
        || is_long(words) && signs::abstract_label(words).is_none()
}

fn is_long(words: &str) -> bool {
    words.len() >= LONG_BYTES && line_predicates::holds_sentence(words) && !signs::is_legal(words)
}

/// Where the page's part that begins at `from` ends: before the next long sentence that is new, or the title above it, or an
/// annex.
fn tail_end<'t>(text: &str, words: &impl Fn(usize) -> &'t str, from: usize, count: usize, here: usize) -> usize {
    let mut last_title = None;
    let mut n = from;
    while n < count {
        let line = words(n);
        if n > from && annex::opens(line) && sign(line).is_none() && followed_by_text(words, n, count) {
            return n;
        }
        // What counts on is text, however short.
        let counted = numbering::mark(line).is_some_and(|m| m.family <= Family::CjkParen);
        if (begins_text(line) || counted) && !is_printed_before(text, line, here) {
            break;
        }
        if title::title_shape(line).is_some_and(|t| !t.listed) {
            last_title = Some(n);
        }
        n += 1;
    }
    if n >= count {
        return count;
    }
    // A new text begins here, with its title if it has one; else the sign stands in the middle of a text and is alone.
    match last_title {
        Some(title) if n - title <= 12 => title,
        _ => (from..n).find(|&m| sign(words(m)).is_none()).unwrap_or(n),
    }
}

/// Whether something other than the page's own lines stands under an annex's head.
fn followed_by_text<'t>(words: &impl Fn(usize) -> &'t str, head: usize, count: usize) -> bool {
    head + 1 < count && sign(words(head + 1)).is_none()
}

/// Whether a line stands, in its first words, earlier in the text: the text printed a second time, or quoted beside a link.
fn is_printed_before(text: &str, line: &str, here: usize) -> bool {
    let end = (0..=90.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let from = (here.saturating_sub(LOOK_BACK)..=here).find(|&at| text.is_char_boundary(at)).unwrap_or(here);
    let before = text.get(from..here).unwrap_or_default();
    memchr::memmem::find(before.as_bytes(), &line.as_bytes()[..end]).is_some()
}

/// Where the links begin that stand right before a sign at `sign_at`: short lines in a row that are no sentences, numbers
/// or figures.
fn links_before<'t>(words: &impl Fn(usize) -> &'t str, body: usize, sign_at: usize) -> usize {
    let is_link = |n: usize| {
        let line = words(n);
        line_predicates::is_short(line, LINK_CHARS)
            && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '。' | '，' | '、' | '；' | '：'))
            && numbering::mark(line).is_none()
            && !line_predicates::is_salutation(line)
    };
    let first = (body + 1..sign_at).rev().take_while(|&n| is_link(n)).last().unwrap_or(sign_at);
    let in_annex = (body + 1..first).rev().take(200).any(|n| annex::opens(words(n)));
    if sign_at - first >= LINKS && !in_annex { first } else { sign_at }
}

/// Marks what is the page's before a text; returns where the text begins.
fn mark_head<'t>(words: &impl Fn(usize) -> &'t str, count: usize, found: &mut Vec<(usize, Reason)>) -> usize {
    let mut n = 0;
    while n < count {
        let line = words(n);
        let told = signs::abstract_label(line);
        // The words of an abstract stand on the label's line or on the next.
        let at = n + usize::from(told.is_some_and(str::is_empty));
        let told = if at == n { told } else { (at < count).then(|| words(at)) };
        if told.is_some_and(|told| is_told_again(words, told, at + 1, count, false)) {
            found.extend((n..=at).map(|m| (m, Reason::PageAbstract)));
            n = at + 1;
            continue;
        }
        if begins_text(line) {
            // A page's description that nothing names: the opening in one line, title and all, before the opening itself.
            if line.len() < LONG_BYTES || !is_told_again(words, line, n + 1, count, true) {
                break;
            }
            found.push((n, Reason::PageAbstract));
        }
        match sign(line) {
            Some(Sign::Button | Sign::Tail | Sign::Weak) if !is_lone_character(words, n, count) => {
                found.push((n, Reason::PageButton))
            }
            Some(Sign::EmptyLabel) => {
                found.push((n, Reason::PageLabel));
                // What stands in the place of the value: a name, a number, nothing that opens a report.
                if n + 1 < count && !signs::is_text_label(line) && is_value(words(n + 1)) {
                    found.push((n + 1, Reason::PageLabel));
                    n += 1;
                }
            }
            _ => {}
        }
        n += 1;
    }
    n.min(count)
}

/// 大, 中, 小 are buttons beside other buttons only: a text may be printed one character a line.
fn is_lone_character<'t>(words: &impl Fn(usize) -> &'t str, n: usize, body: usize) -> bool {
    let one = |n: usize| words(n).chars().filter(|c| is_han(*c)).count() == 1 && words(n).chars().count() == 1;
    let button = |n: usize| matches!(sign(words(n)), Some(Sign::Button | Sign::EmptyLabel));
    one(n) && !(n > 0 && button(n - 1) || n + 1 < body && button(n + 1))
}

/// Whether a line can be the value of the label above it.
fn is_value(line: &str) -> bool {
    line_predicates::is_short(line, 16)
        && !begins_text(line)
        && !line.contains(['：', ':', '。', '—'])
        && title::title_shape(line).is_none()
        && title::other_shape(line).is_none()
        && !line_predicates::is_dateline(line)
        && !crate::corpus::structure::opening::is_speaker(line)
        && numbering::mark(line).is_none()
}

/// Whether the words of `told` are those that the lines from `from` on say, one after another; `glued` asks for more than one
/// line, as a paragraph that begins like another is no abstract of it.
fn is_told_again<'t>(words: &impl Fn(usize) -> &'t str, told: &str, from: usize, count: usize, glued: bool) -> bool {
    let han = |line: &str| -> String { line.chars().filter(|c| is_han(*c)).take(40).collect() };
    let told = han(told);
    if told.chars().count() < 12 {
        return false;
    }
    let mut said = String::new();
    // Each line may be where the opening begins.
    for first in from..(from + 12).min(count) {
        said.clear();
        for n in first..(first + 8).min(count) {
            said.push_str(&han(words(n)));
            if said.len() >= told.len() {
                if n == first && glued {
                    said.clear();
                }
                break;
            }
        }
        // Some pages leave the title's blanks or the last words out.
        if said.starts_with(&told) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    const TEXT: &str = "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网，岸上的人放下了悬着的心，潮水退了三回。";
    const MORE: &str =
        "今年的盐场要修三道堤，再把旧闸换成可以自己看潮的新闸，守闸人从此睡得安稳，盐工从此走得放心，灯塔也要换新灯。";

    fn chrome(text: &str) -> Vec<usize> {
        let mut lines = clean::lines(text);
        mark(text, &mut lines);
        (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Chrome).map(|i| i + 1).collect()
    }

    #[test]
    fn behind_the_text_all_is_the_page_s() {
        let text = format!(
            "乌有市政府工作报告\n各位代表：\n{TEXT}\n谢谢大家！\n分享到：\nQQ空间\n上一篇：\n南柯市2023年政府工作报告\n2024-01-08\n相关文章\n01-08\n槐安县2024年政府工作报告\n"
        );
        assert_eq!(chrome(&text), [5, 6, 7, 8, 9, 10, 11, 12]);
    }

    #[test]
    fn a_sign_in_the_middle_of_a_text_is_alone() {
        let text = format!("乌有市政府工作报告\n各位代表：\n{TEXT}\n分享到：\n{MORE}\n一、守灯\n{TEXT}完。\n");
        assert_eq!(chrome(&text), [4]);
    }

    #[test]
    fn annexes_behind_a_sign_stay() {
        let text = format!("乌有市政府工作报告\n各位代表：\n{TEXT}\n[打印本页]\n附件1\n一、守灯工程\n3座\n网站地图\n");
        assert_eq!(chrome(&text), [4, 8]);
        let text =
            format!("乌有市政府工作报告\n各位代表：\n{TEXT}\n名词解释\n灯塔：{MORE}\n版权所有：乌有市人民政府\n");
        assert_eq!(chrome(&text), [6]);
    }

    #[test]
    fn a_table_of_an_annex_may_speak_as_a_foot_does() {
        let text = format!("乌有市政府工作报告\n各位代表：\n{TEXT}\n附件1\n主办：市水利局\n3座\n承办：市盐务局\n9块\n");
        assert_eq!(chrome(&text), [] as [usize; 0]);
        let text = format!(
            "乌有市政府工作报告\n各位代表：\n{TEXT}\n上一页 1 2 下一页\n二、2024年工作安排\n灯亮了。\n主办：乌有市人民政府\n"
        );
        assert_eq!(chrome(&text), [4, 7]);
    }

    #[test]
    fn the_next_report_is_not_the_page_s() {
        let text = format!(
            "乌有市政府工作报告\n各位代表：\n{TEXT}\n下一篇：南柯市政府工作报告\n南柯市政府工作报告\n各位代表：\n{MORE}\n"
        );
        assert_eq!(chrome(&text), [4]);
    }

    #[test]
    fn a_text_saved_twice_is_kept_once() {
        let page = format!("政府工作报告\n各位代表：\n{TEXT}\n{MORE}\n版权所有：乌有市人民政府\n");
        assert_eq!(chrome(&format!("{page}首页\n>>\n{page}")), [5, 6, 7, 8, 9, 10, 11, 12]);
    }

    #[test]
    fn links_before_the_foot_go_with_it() {
        let links = "省发展改革委\n省教育厅\n省科技厅\n省公安厅\n省民政厅\n省司法厅\n省财政厅\n省水利厅\n";
        let text = format!("乌有省政府工作报告\n各位代表：\n{TEXT}\n{links}关于本站\n乌ICP备00000000号\n");
        assert_eq!(chrome(&text), (4..=13).collect::<Vec<_>>());
        // A table of an annex has short lines as well.
        let text = format!("乌有省政府工作报告\n各位代表：\n{TEXT}\n附件1\n{links}关于本站\n");
        assert_eq!(chrome(&text), [13]);
    }

    #[test]
    fn before_the_text_buttons_and_labels_without_value() {
        let text = format!(
            "打印\n全屏\n【字号：\n大\n中\n小\n】\n乌有市政府工作报告\n来源:\n子墟日报\n阅读：\n130\n2024年1月8日\n乌有市市长 无名氏\n各位代表：\n{TEXT}\n"
        );
        assert_eq!(chrome(&text), [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]);
    }

    #[test]
    fn an_abstract_that_repeats_the_opening() {
        let opening = "在乌有市第八届人民代表大会第三次会议上\n乌有市市长 无名氏\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。";
        let glued = opening.replace('\n', "");
        let text = format!("乌有市政府工作报告\n内容摘要：\n{glued}…\n{opening}\n{TEXT}\n");
        assert_eq!(chrome(&text), [2, 3]);
        let text = format!("乌有市政府工作报告\n摘要：{TEXT}\n各位代表：\n{MORE}\n");
        assert_eq!(chrome(&text), [] as [usize; 0]);
    }

    #[test]
    fn a_paragraph_that_begins_like_another_stays() {
        let text = format!("乌有市政府工作报告\n{TEXT}\n（一）守灯。{TEXT}\n{TEXT}又。\n");
        assert_eq!(chrome(&text), [] as [usize; 0]);
    }

    #[test]
    fn a_report_without_a_page_keeps_every_line() {
        let text = format!(
            "乌有市政府工作报告\n各位代表：\n一、2023年工作回顾\n{TEXT}\n二、2024年工作安排\n{MORE}\n谢谢大家！\n"
        );
        assert_eq!(chrome(&text), [] as [usize; 0]);
    }
}
