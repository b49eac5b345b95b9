//! The contents list before a body.
//!
//! In: a document's lines, and which of them are rows of tables. Out: the list's lines marked [`LineKind::Contents`]. Does
//! not know about: reports.
//!
//! A list begins at 目录 and ends where something else begins: the first entry again (as a heading), a salutation, a
//! formula, running text. Without the word 目录, lines that end in leaders and page numbers one after another are a list,
//! if they stand before the first sentence. Page numbers never fall: figures that do are a table's.

use rustc_hash::FxHashSet;

use crate::corpus::structure::{line_predicates, title};
use crate::corpus::{Line, LineKind, LineRange, Reason};
use crate::text::han::is_han;
use crate::text::numeral;

/// An entry has at most this many characters.
const ENTRY_CHARS: usize = 64;
/// So many paged lines in a row are a list without its head.
const FEWEST: usize = 3;
/// A page number has at most this many digits.
const PAGE_DIGITS: usize = 4;

/// Marks them. `tables` are ranges of lines that the file itself sets as rows of tables.
pub fn mark(text: &str, lines: &mut [Line], tables: &[LineRange]) {
    let in_table =
        |i: usize| tables.iter().any(|range| (range.first as usize..=range.last as usize).contains(&(i + 1)));
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Paragraph).collect();
    // What a list can be made of: a row of a table is as good as running text.
    let words = |n: usize| Some(lines[filled[n]].span.slice(text)).filter(|_| !in_table(filled[n]));
    let opens = |n: usize| words(n).is_none_or(is_running_text);
    let body = (0..filled.len()).find(|&n| opens(n)).unwrap_or(filled.len());
    let mut found = Vec::new();
    let mut n = 0;
    while n < filled.len() {
        let end = match words(n) {
            Some(line) if is_head(line) => headed_list(&words, n, filled.len()),
            Some(line) if n < body && page_of(line).is_some() => {
                let end = paged_run(&words, n, body);
                if end - n >= FEWEST { end } else { n }
            }
            _ => n,
        };
        found.extend(n..end);
        n = end.max(n + 1);
    }
    for n in found {
        lines[filled[n]].set(LineKind::Contents, Reason::Contents);
    }
}

fn is_running_text(line: &str) -> bool {
    line_predicates::holds_sentence(line) || line_predicates::is_salutation(line) || line_predicates::is_formula(line)
}

/// Where the entries from `n` on end whose page numbers do not fall.
fn paged_run<'t>(words: &impl Fn(usize) -> Option<&'t str>, n: usize, end: usize) -> usize {
    let mut last = 0;
    let goes_on = |m: &usize| {
        let page = words(*m).and_then(page_of).filter(|page| *page >= last);
        last = page.unwrap_or(last);
        page.is_some()
    };
    n + (n..end).take_while(goes_on).count()
}

/// 目录, 目 录, 目次.
pub fn is_head(line: &str) -> bool {
    line.len() < 30
        && matches!(line.chars().filter(|c| is_han(*c)).collect::<String>().as_str(), "目录" | "目次")
        && !line.contains(['。', '：', ':'])
}

/// 二、收盐 …… 12: the page number of an entry, behind leaders or far from its words.
fn page_of(line: &str) -> Option<u32> {
    let short = line_predicates::is_short(line, ENTRY_CHARS + 60);
    let bare = line.trim_end_matches(|c: char| numeral::digit(c).is_some());
    let page = line.get(bare.len()..).filter(|digits| short && !digits.is_empty()).and_then(numeral::digits)?;
    let leaders = ["…", "...", "···", "．．", "--", "——"].iter().any(|leader| bare.trim_end().ends_with(leader));
    let gap = leaders || ["  ", "\u{3000}", "\t"].iter().any(|blank| bare.ends_with(blank));
    let one_column = line.matches('\t').count() <= 1;
    (page.places <= PAGE_DIGITS && gap && one_column && bare.chars().any(is_han)).then_some(page.value)
}

/// Where the list that begins at `head` ends; `head` itself if it is none.
fn headed_list<'t>(words: &impl Fn(usize) -> Option<&'t str>, head: usize, end: usize) -> usize {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    // Titles above the list come again below it.
    seen.extend((head.saturating_sub(4)..head).filter_map(words).map(entry));
    let mut n = head + 1;
    let (mut page, mut paged, mut behind_paged) = (0, 0, n);
    while n < end {
        let Some(line) = words(n) else { break };
        let number = page_of(line);
        let stops = !line_predicates::is_short(line, ENTRY_CHARS)
            || is_running_text(line)
            || line.matches('\t').count() > 1
            || number.is_some_and(|number| number < page)
            || seen.contains(&entry(line))
            || begins_report(words, n, end);
        if stops {
            break;
        }
        seen.insert(entry(line));
        n += 1;
        if let Some(number) = number {
            (page, paged, behind_paged) = (number, paged + 1, n);
        }
    }
    // Where entries have page numbers, lines without stand behind the list.
    if paged >= FEWEST && paged * 2 > behind_paged - head - 1 { behind_paged } else { n }
}

/// Whether a title stands here that its report follows.
fn begins_report<'t>(words: &impl Fn(usize) -> Option<&'t str>, n: usize, end: usize) -> bool {
    words(n).and_then(title::title_shape).is_some_and(|t| !t.listed)
        && (n + 1..end.min(n + 5)).map_while(words).take_while(|line| title::title_shape(line).is_none()).any(|line| {
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
        mark(text, &mut lines, &[]);
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

    #[test]
    fn figures_in_the_body_are_no_page_numbers() {
        let table = "工业\t12\n农业\t9\n服务业\t21\n建筑业\t22\n";
        assert_eq!(contents(&format!("乌有市政府工作报告\n{TEXT}\n{table}{TEXT}\n")), [] as [usize; 0]);
        assert_eq!(contents(&format!("各位代表：\n工业\t9\n农业\t12\n服务业\t21\n{TEXT}\n")), [] as [usize; 0]);
        // Before the first sentence a list goes on as long as its numbers do not fall.
        assert_eq!(contents(&format!("{table}{TEXT}\n")), [2, 3, 4]);
        assert_eq!(contents(&format!("工业\t3\t9\n农业\t2\t12\n建筑\t1\t15\n{TEXT}\n")), [] as [usize; 0]);
        assert_eq!(contents(&format!("工业\t20200\n农业\t20201\n建筑\t20202\n{TEXT}\n")), [] as [usize; 0]);
    }

    #[test]
    fn rows_of_a_table_are_never_a_list() {
        let text = format!("目录\n一、守灯\t1\n二、收盐\t9\n三、看潮\t12\n工业\t20\n农业\t30\n{TEXT}\n");
        let mut lines = clean::lines(&text);
        mark(&text, &mut lines, &[LineRange { first: 5, last: 6 }]);
        let list: Vec<usize> =
            (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Contents).map(|i| i + 1).collect();
        assert_eq!(list, [1, 2, 3, 4]);
    }

    #[test]
    fn what_has_no_page_stands_behind_a_list_with_pages() {
        let text = format!("目录\n一、守灯……1\n二、收盐……9\n三、看潮……12\n守灯人的一年\n南柯区\n{TEXT}\n");
        assert_eq!(contents(&text), [1, 2, 3, 4]);
        let text = format!("目录\n一、守灯……1\n二、收盐……9\n三、看潮……12\n产量\t3\n{TEXT}\n");
        assert_eq!(contents(&text), [1, 2, 3, 4]);
    }
}
