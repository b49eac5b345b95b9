//! The contents list before a body.
//!
//! In: a document's lines. Out: the list's lines marked [`LineKind::Contents`]. Does not know about: reports.
//!
//! A list begins at 目录 and ends where something else begins: the first entry again (as a heading), a salutation, a
//! formula, running text. Without the word 目录, lines that end in leaders and page numbers one after another are a list.

use rustc_hash::FxHashSet;

use crate::corpus::structure::{line_predicates, title};
use crate::corpus::{Line, LineKind};
use crate::text::han::is_han;
use crate::text::numeral;

/// An entry has at most this many characters.
const ENTRY_CHARS: usize = 64;
/// So many paged lines in a row are a list without its head.
const FEWEST: usize = 3;

/// Marks them.
pub fn mark(text: &str, lines: &mut [Line]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Paragraph).collect();
    let words = |n: usize| lines[filled[n]].span.slice(text);
    let mut found = Vec::new();
    let mut n = 0;
    while n < filled.len() {
        let end = if is_head(words(n)) {
            headed_list(&words, n, filled.len())
        } else if is_paged(words(n)) {
            let end = (n..filled.len()).find(|&m| !is_paged(words(m))).unwrap_or(filled.len());
            if end - n >= FEWEST { end } else { n }
        } else {
            n
        };
        found.extend(n..end);
        n = end.max(n + 1);
    }
    for n in found {
        lines[filled[n]].kind = LineKind::Contents;
    }
}

/// 目录, 目 录, 目次.
pub fn is_head(line: &str) -> bool {
    line.len() < 30
        && matches!(line.chars().filter(|c| is_han(*c)).collect::<String>().as_str(), "目录" | "目次")
        && !line.contains(['。', '：', ':'])
}

/// 二、收盐 …… 12: an entry with leaders and a page number, or far from it.
fn is_paged(line: &str) -> bool {
    if !line.ends_with(|c: char| numeral::digit(c).is_some()) || !line_predicates::is_short(line, ENTRY_CHARS + 60) {
        return false;
    }
    let bare = line.trim_end_matches(|c: char| numeral::digit(c).is_some());
    let digits = line.len() - bare.len();
    let leaders = ["…", "...", "···", "．．", "--", "——"].iter().any(|leader| bare.trim_end().ends_with(leader));
    let gap = leaders || ["  ", "\u{3000}", "\t"].iter().any(|blank| bare.ends_with(blank));
    digits <= 9 && gap && bare.chars().any(is_han)
}

/// Where the list that begins at `head` ends; `head` itself if it is none.
fn headed_list<'t>(words: &impl Fn(usize) -> &'t str, head: usize, end: usize) -> usize {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    // Titles above the list come again below it.
    seen.extend((head.saturating_sub(4)..head).map(|n| entry(words(n))));
    let mut n = head + 1;
    while n < end {
        let line = words(n);
        let stops = !line_predicates::is_short(line, ENTRY_CHARS)
            || line_predicates::holds_sentence(line)
            || line_predicates::is_salutation(line)
            || line_predicates::is_formula(line)
            || seen.contains(&entry(line))
            || begins_report(words, n, end);
        if stops {
            break;
        }
        seen.insert(entry(line));
        n += 1;
    }
    // One entry may be the title of what follows.
    if n > head + 1 { n } else { head + 1 }
}

/// Whether a title stands here that its report follows.
fn begins_report<'t>(words: &impl Fn(usize) -> &'t str, n: usize, end: usize) -> bool {
    title::title_shape(words(n)).is_some_and(|t| !t.listed)
        && (n + 1..end.min(n + 5)).map(words).take_while(|line| title::title_shape(line).is_none()).any(|line| {
            line_predicates::is_salutation(line)
                || line_predicates::is_formula(line)
                || line_predicates::is_dateline(line)
        })
}

/// An entry without blanks, leaders and page number.
fn entry(line: &str) -> String {
    let digit_or_leader = |c: char| numeral::digit(c).is_some() || matches!(c, '.' | '…' | '·' | '．' | '-' | '—');
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    compact.trim_end_matches(digit_or_leader).trim_end_matches(['(', '（', ')', '）']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    fn contents(text: &str) -> Vec<usize> {
        let mut lines = clean::lines(text);
        mark(text, &mut lines);
        (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Contents).map(|i| i + 1).collect()
    }

    const TEXT: &str = "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐。";

    #[test]
    fn a_list_ends_where_its_first_entry_comes_again() {
        let text = format!("乌有市政府工作报告\n目 录\n一、守灯\n(一)点灯\n二、收盐\n一、守灯\n{TEXT}\n");
        assert_eq!(contents(&text), [2, 3, 4, 5]);
    }

    #[test]
    fn a_list_ends_at_a_salutation_or_at_the_title() {
        let text = format!("目录\n一、守灯……1\n二、收盐……9\n各位代表：\n{TEXT}\n");
        assert_eq!(contents(&text), [1, 2, 3]);
        let text = format!("目录\n一、守灯\n二、收盐\n政府工作报告\n——2024年1月8日在会议上\n各位代表：\n{TEXT}\n");
        assert_eq!(contents(&text), [1, 2, 3]);
    }

    #[test]
    fn leaders_and_page_numbers_make_a_list() {
        let text = format!("一、守灯 ………… 1\n二、收盐 ………… 12\n三、看潮\t30\n{TEXT}\n");
        assert_eq!(contents(&text), [1, 2, 3]);
        assert_eq!(contents(&format!("一、守灯 ………… 1\n{TEXT}\n")), [] as [usize; 0]);
        assert_eq!(contents("灯塔3\n盐田4\n渔船5\n"), [] as [usize; 0]);
    }
}
