//! Page numbers and running heads: what is printed on every page and belongs to none.
//!
//! In: the rows of every page. Out: the same without them. Does not know about: paragraphs, reports.
//!
//! Where a row stands says more here than its words, so that these rows can be left out and the halves of a paragraph
//! meet. A row goes only on two proofs: a number at a page's edge that counts with the pages or is set between dashes;
//! the same words at the same height on page after page. A head whose words stand nowhere else is kept once, on top.

use rustc_hash::FxHashMap;

use crate::corpus::formats::layout::rows::GlyphRow;
use crate::corpus::structure::furniture;
use crate::text::numeral;

/// How many rows from the top or bottom are a page's edge.
const EDGE: usize = 2;
/// Heights that differ by less (in points) are one.
const HEIGHT: f64 = 4.0;
/// A head has at most this many characters.
const HEAD_CHARS: usize = 60;

/// Takes them out of `pages`.
pub fn take_out(pages: &mut [Vec<GlyphRow>]) {
    let mut marked: Vec<Vec<bool>> = pages.iter().map(|rows| vec![false; rows.len()]).collect();
    // A number may stand outside or inside of the head: whichever is taken first uncovers the other.
    for (page, row) in numbers(pages) {
        marked[page][row] = true;
    }
    let heads = heads(pages, &marked);
    for head in &heads {
        for &(page, row) in head {
            marked[page][row] = true;
        }
    }
    let kept: Vec<GlyphRow> = heads.iter().filter_map(|head| only_one(pages, &marked, head)).collect();
    for (rows, marks) in pages.iter_mut().zip(marked) {
        let mut marks = marks.into_iter();
        rows.retain(|_| !marks.next().unwrap_or(false));
    }
    if let Some(first) = pages.first_mut() {
        first.splice(0..0, kept);
    }
}

/// Where page numbers stand: page and row.
fn numbers(pages: &[Vec<GlyphRow>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize, i64, bool)> = Vec::new();
    for (page, rows) in pages.iter().enumerate() {
        for (n, row) in rows.iter().enumerate().filter(|(n, _)| is_edge(*n, rows.len())) {
            if let Some((value, sure)) = furniture::page_number(&row.text) {
                found.push((page, n, i64::from(value) - page as i64, sure));
            }
        }
    }
    let counts = |at: &(usize, usize, i64, bool)| found.iter().any(|other| other.0 != at.0 && other.2 == at.2);
    found.iter().filter(|at| at.3 || counts(at)).map(|at| (at.0, at.1)).collect()
}

fn is_edge(row: usize, rows: usize) -> bool {
    row < EDGE || row + EDGE >= rows
}

/// Where running heads (and feet) stand, those that are one together.
fn heads(pages: &[Vec<GlyphRow>], marked: &[Vec<bool>]) -> Vec<Vec<(usize, usize)>> {
    let mut places: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
    for (page, rows) in pages.iter().enumerate() {
        let free: Vec<usize> = (0..rows.len()).filter(|n| !marked[page][*n]).collect();
        for (n, &row) in free.iter().enumerate() {
            if !rows[row].gap && rows[row].text.chars().count() <= HEAD_CHARS && is_edge(n, free.len()) {
                places.entry(masked(&rows[row].text)).or_default().push((page, row));
            }
        }
    }
    let mut found: Vec<Vec<(usize, usize)>> = Vec::new();
    for mut places in places.into_values() {
        while let Some(&(page, row)) = places.first() {
            let height = pages[page][row].y;
            let (same, others) = places.into_iter().partition(|(p, r)| (pages[*p][*r].y - height).abs() < HEIGHT);
            places = others;
            let mut same: Vec<(usize, usize)> = same;
            same.dedup_by_key(|(page, _)| *page);
            // Heads of left and right pages differ: each stands on half of them.
            let often = same.len() * 5 >= pages.len() * 2;
            let alike = same.iter().all(|(p, r)| pages[*p][*r].text == pages[page][row].text);
            if often && ((same.len() >= 2 && alike) || (same.len() >= 3 && count_with_pages(pages, &same))) {
                found.push(same);
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether a head holds a number that counts with the pages.
fn count_with_pages(pages: &[Vec<GlyphRow>], head: &[(usize, usize)]) -> bool {
    let numbers = |text: &str| -> Vec<i64> {
        let runs = text.split(|c| numeral::digit(c).is_none()).filter_map(numeral::digits);
        runs.map(|number| i64::from(number.value)).collect()
    };
    let offsets = |&(page, row): &(usize, usize)| -> Vec<i64> {
        numbers(&pages[page][row].text).into_iter().map(|n| n - page as i64).collect()
    };
    let mut all = head.iter().map(offsets);
    let first = all.next().unwrap_or_default();
    let rest: Vec<Vec<i64>> = all.collect();
    (0..first.len()).any(|n| rest.iter().all(|other| other.get(n) == first.get(n)))
}

/// The words of a head, whatever page it stands on.
fn masked(text: &str) -> String {
    let compact = text.chars().filter(|c| !c.is_whitespace());
    let mut masked = String::with_capacity(text.len());
    for c in compact {
        match c {
            '0'..='9' | '０'..='９' if masked.ends_with('#') => {}
            '0'..='9' | '０'..='９' => masked.push('#'),
            c => masked.push(c),
        }
    }
    masked
}

/// The first row of a head whose words stand nowhere else.
fn only_one(pages: &[Vec<GlyphRow>], marked: &[Vec<bool>], head: &[(usize, usize)]) -> Option<GlyphRow> {
    let &(page, row) = head.first()?;
    let first = &pages[page][row];
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let wanted = words(&first.text);
    let rest = pages.iter().zip(marked).flat_map(|(rows, marks)| rows.iter().zip(marks));
    let text: String = rest.filter(|(_, marked)| !**marked).map(|(row, _)| words(&row.text)).collect();
    (!wanted.is_empty() && !text.contains(&wanted)).then(|| first.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of rows at the heights 800, 780, …
    fn page(rows: &[&str]) -> Vec<GlyphRow> {
        let row = |(n, text): (usize, &&str)| GlyphRow {
            text: (*text).to_owned(),
            left: 80.0,
            right: 500.0,
            y: 800.0 - 20.0 * n as f64,
            size: 16.0,
            has_cells: false,
            column: 0,
            gap: false,
        };
        rows.iter().enumerate().map(row).collect()
    }

    /// A row of the text, on every page another.
    fn said(words: &str, n: usize) -> String {
        words.repeat(n)
    }

    fn left(mut pages: Vec<Vec<GlyphRow>>) -> Vec<String> {
        take_out(&mut pages);
        pages.into_iter().flatten().map(|row| row.text).collect()
    }

    #[test]
    fn numbers_at_the_edge_go() {
        let pages = vec![page(&["灯塔", "灯", "亮", "了", "7"]), page(&["盐", "白", "了", "看", "8"])];
        assert_eq!(left(pages), ["灯塔", "灯", "亮", "了", "盐", "白", "了", "看"]);
        assert_eq!(left(vec![page(&["灯塔", "灯", "亮", "了", "— 7 —"])]), ["灯塔", "灯", "亮", "了"]);
    }

    #[test]
    fn figures_stay() {
        let one = ["产量", "灯", "亮", "了", "2024"];
        assert_eq!(left(vec![page(&one)]), one);
        let pages = vec![page(&["盐", "产量", "31", "万", "担"]), page(&["船", "条数", "32", "多", "条"])];
        assert_eq!(left(pages).len(), 10);
        let pages = vec![page(&["盐", "产量", "万担", "31"]), page(&["船", "条数", "条", "128"])];
        assert_eq!(left(pages).len(), 8);
    }

    #[test]
    fn heads_go_and_the_title_stays() {
        let pages: Vec<_> = (1..5)
            .map(|n| {
                let first = if n == 1 { "乌有市政府工作报告".to_owned() } else { said("灯亮了", n) };
                page(&[
                    "乌有市政府工作报告",
                    &first,
                    &said("盐白了", n),
                    &said("网晒干了", n),
                    &format!("第{n}页 共4页"),
                ])
            })
            .collect();
        let found = left(pages);
        assert_eq!(found.iter().filter(|row| row.contains("报告")).count(), 1);
        assert_eq!(found.len(), 1 + 2 + 3 * 3);
    }

    #[test]
    fn a_head_that_stands_nowhere_else_is_kept_on_top() {
        let pages: Vec<_> = (1..5)
            .map(|n| page(&[&said("灯亮了", n), &said("盐白了", n), &said("网晒干了", n), &format!("乌有市公报 {n}")]))
            .collect();
        assert_eq!(left(pages)[0], "乌有市公报 1");
    }

    #[test]
    fn the_same_words_at_other_heights_stay() {
        let pages = vec![
            page(&["各位代表！", "灯亮了，", "盐白了，", "网晒干了。"]),
            page(&["灯亮了。", "各位代表！", "盐白了。", "潮退了，", "船回港。"]),
            page(&["盐白了。", "灯亮了。", "网晒干了。", "各位代表！"]),
        ];
        assert_eq!(left(pages).len(), 13);
    }
}
