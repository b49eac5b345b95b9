//! Page numbers and running heads: what a printed page adds to every page of a text.
//!
//! In: a document's lines. Out: those lines marked [`LineKind::Running`]. Does not know about: reports.
//!
//! A number between dashes (— 3 —) or named (第3页) is a page number wherever it stands alone; bare digits are one only if
//! they count upwards. A short line is a running head if it comes again and again beside page numbers.

use rustc_hash::FxHashMap;

use crate::corpus::structure::line_predicates;
use crate::corpus::{Line, LineKind, Reason};
use crate::text::numeral;

/// A running head has at most this many characters.
const HEAD_CHARS: usize = 40;
/// A line comes at least this often to be a running head.
const HEAD_TIMES: usize = 3;

/// Marks them.
pub fn mark(text: &str, lines: &mut [Line]) {
    let numbers = page_numbers(text, lines);
    for &i in &numbers {
        lines[i].set(LineKind::Running, Reason::PageNumber);
    }
    if numbers.len() < HEAD_TIMES {
        return;
    }
    for i in running_heads(text, lines, &numbers) {
        lines[i].set(LineKind::Running, Reason::RunningHead);
    }
}

/// A page number and whether it says that it is one.
pub fn page_number(line: &str) -> Option<(u32, bool)> {
    if line.len() > 48 || !line.contains(|c: char| numeral::digit(c).is_some()) {
        return None;
    }
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '·' | '~' | '～' | '_');
    let bare = compact.trim_matches(dash);
    let digits = |s: &str| {
        let number = numeral::digits(s).filter(|n| n.places <= 4 && n.bytes == s.len())?;
        Some(number.value)
    };
    if let Some(value) = digits(bare) {
        let dashed = compact.starts_with(dash) && compact.ends_with(dash);
        return Some((value, dashed));
    }
    let named = bare.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    if let Some((number, rest)) = named {
        let total = rest.trim_matches(['(', ')', '（', '）', '/', '／', ',', '，']);
        let whole = total.is_empty() || (total.starts_with(['共', '总']) && total.ends_with('页'));
        return digits(number).filter(|_| whole).map(|value| (value, true));
    }
    let (page, total) = bare.split_once(['/', '／'])?;
    digits(page).zip(digits(total)).filter(|(page, total)| page <= total).map(|(page, _)| (page, false))
}

fn page_numbers(text: &str, lines: &[Line]) -> Vec<usize> {
    let found: Vec<(usize, u32, bool)> = (0..lines.len())
        .filter(|&i| lines[i].kind == LineKind::Paragraph)
        .filter_map(|i| page_number(lines[i].span.slice(text)).map(|(value, sure)| (i, value, sure)))
        .collect();
    let counts_up = |n: usize| {
        let follows = |a: Option<&(usize, u32, bool)>, b: Option<&(usize, u32, bool)>| {
            a.zip(b).is_some_and(|(a, b)| b.1 == a.1 + 1 && b.0 > a.0 + 2)
        };
        let before = n.checked_sub(1).and_then(|p| found.get(p));
        follows(before, found.get(n)) || follows(found.get(n), found.get(n + 1))
    };
    // Two in a row prove nothing: figures of a table count up as well.
    let steps = (1..found.len()).filter(|&n| found[n].1 == found[n - 1].1 + 1).count();
    (0..found.len()).filter(|&n| found[n].2 || (steps >= 2 && counts_up(n))).map(|n| found[n].0).collect()
}

fn running_heads(text: &str, lines: &[Line], numbers: &[usize]) -> Vec<usize> {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind != LineKind::Blank).collect();
    let mut places: FxHashMap<&str, Vec<(u32, bool)>> = FxHashMap::default();
    let is_number = |n: Option<usize>| n.and_then(|n| filled.get(n)).is_some_and(|i| numbers.binary_search(i).is_ok());
    for (n, &i) in filled.iter().enumerate() {
        let words = lines[i].span.slice(text);
        let fits = lines[i].kind == LineKind::Paragraph
            && line_predicates::is_short(words, HEAD_CHARS)
            && !line_predicates::ends_sentence_strictly(words);
        if fits {
            let beside = is_number(n.checked_sub(1)) || is_number(Some(n + 1)) || is_number(n.checked_sub(2));
            places.entry(words).or_default().push((u32::try_from(i).unwrap_or(u32::MAX), beside));
        }
    }
    let mut heads = Vec::new();
    for at in places.into_values().filter(|at| at.len() >= HEAD_TIMES) {
        let beside = at.iter().filter(|(_, beside)| *beside).count();
        if beside + 1 >= at.len() {
            // On the first page the same words are the title itself.
            heads.extend(at.iter().skip(1).map(|(i, _)| *i as usize));
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    fn running(text: &str) -> Vec<usize> {
        let mut lines = clean::lines(text);
        mark(text, &mut lines);
        (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Running).map(|i| i + 1).collect()
    }

    #[test]
    fn page_numbers_stand_alone() {
        for line in ["— 3 —", "-12-", "第 3 页", "第3页 共20页", "第１页（共９页）", "－ ７ －"] {
            assert_eq!(running(&format!("灯亮了。\n{line}\n盐白了。\n")), [2], "{line}");
        }
        for line in ["3", "2022", "——3个百分点", "第3页写着灯塔", "1.5", "12/8", "3/12"] {
            assert_eq!(running(&format!("灯亮了。\n{line}\n盐白了。\n")), [] as [usize; 0], "{line}");
        }
    }

    #[test]
    fn bare_digits_count_upwards() {
        let page = |n: usize| format!("灯亮了，盐白了，网晒干了。\n潮退了三回，船回了港。\n{n}\n");
        assert_eq!(running(&(1..5).map(page).collect::<String>()), [3, 6, 9, 12]);
        assert_eq!(running("产量\n3\n4\n5\n盐\n"), [] as [usize; 0]);
    }

    #[test]
    fn a_head_on_every_page_is_kept_once() {
        let page = |n: usize| format!("乌有市政府工作报告\n灯亮了，盐白了，网晒干了。\n— {n} —\n");
        assert_eq!(running(&(1..5).map(page).collect::<String>()), [3, 4, 6, 7, 9, 10, 12]);
        let said = |n: usize| format!("各位代表！\n灯亮了{n}回。\n— {n} —\n");
        assert_eq!(running(&(1..5).map(said).collect::<String>()), [3, 6, 9, 12]);
    }
}
