//! Rows of pages to paragraphs.
//!
//! In: the rows of every page, page numbers and heads taken out. Out: the text of each paragraph. Does not know about: headings,
//! reports, how a file says what stands where.
//!
//! A row goes on with the row above, on this page or the one before, unless something says that a paragraph begins: an
//! indent, a row above that ends short of the right edge, a heading's number, other letters, a wider gap. All of it is
//! weighed against the page's own margins.

use rustc_hash::FxHashMap;

use crate::corpus::formats::layout::rows::GlyphRow;
use crate::corpus::structure::line_predicates;
use crate::corpus::structure::numbering;
use crate::corpus::structure::numbering::Family;

/// A row begins this much (in sizes) right of the margin to be indented.
const INDENT: f64 = 0.9;
/// What may be free at the end of a full row (in sizes), besides the room that the next word did not find.
const SLACK: f64 = 0.6;
/// Pages of one kind need this many rows between them to show their own margins.
const FEWEST: usize = 8;
/// A gap so many times the usual one begins a paragraph.
const GAP: f64 = 1.45;
/// Letters whose sizes differ by more than this part are other letters.
const OTHER_SIZE: f64 = 0.1;

/// A paragraph of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagedParagraph {
    /// Its text.
    pub text: String,
    /// Whether it stands for what could not be read.
    pub gap: bool,
}

/// The paragraphs of a document.
pub fn paragraphs(pages: &[Vec<GlyphRow>]) -> Vec<PagedParagraph> {
    let layout = PageLayout::of(pages);
    let mut paragraphs: Vec<PagedParagraph> = Vec::new();
    let mut above: Option<(usize, &GlyphRow)> = None;
    for (page, rows) in pages.iter().enumerate() {
        for row in rows {
            let goes_on = above.is_some_and(|above| layout.goes_on(above, (page, row)));
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(paragraph) => join(&mut paragraph.text, &row.text),
                None => paragraphs.push(PagedParagraph { text: row.text.clone(), gap: row.gap }),
            }
            above = Some((page, row));
        }
    }
    paragraphs
}

/// Adds a row to a paragraph: 汉字 follow one another, Latin words keep their blank.
fn join(paragraph: &mut String, row: &str) {
    let letter = |c: char| c.is_ascii_alphabetic() || (c.is_alphabetic() && (c as u32) < 0x250);
    let mark = |c: char| letter(c) || matches!(c, ',' | '.' | ';' | ':');
    if paragraph.ends_with(mark) && row.starts_with(letter) {
        paragraph.push(' ');
    }
    paragraph.push_str(row);
}

/// Where the text of a page begins and ends.
#[derive(Debug, Clone, Copy)]
struct Margins {
    left: f64,
    right: f64,
    /// Whether paragraphs are told by their indent.
    has_indents: bool,
}

struct PageLayout {
    /// By page and column.
    margins: FxHashMap<(usize, usize), Margins>,
    /// From one baseline to the next, usually.
    leading: f64,
}

impl PageLayout {
    fn of(pages: &[Vec<GlyphRow>]) -> Self {
        let mut margins = FxHashMap::default();
        let mut columns: Vec<usize> = pages.iter().flatten().map(|row| row.column).collect();
        columns.sort_unstable();
        columns.dedup();
        let of_column = |pages: &mut dyn Iterator<Item = &'_ Vec<GlyphRow>>, column: usize| -> Vec<GlyphRow> {
            pages.flatten().filter(|row| row.column == column).cloned().collect()
        };
        for column in columns {
            let all = Margins::of(of_column(&mut pages.iter(), column).iter());
            // Left and right pages may be set apart from the spine; columns stand where their page has them.
            let sides = [0, 1].map(|side| {
                let rows = of_column(&mut pages.iter().skip(side).step_by(2), column);
                if rows.len() < FEWEST { all } else { Margins::of(rows.iter()) }
            });
            for (page, rows) in pages.iter().enumerate() {
                let own: Vec<&GlyphRow> = rows.iter().filter(|row| row.column == column).collect();
                let own =
                    if column > 0 && own.len() >= FEWEST { Margins::of(own.into_iter()) } else { sides[page % 2] };
                margins.insert((page, column), own);
            }
        }
        let steps = pages.iter().flat_map(|rows| rows.windows(2)).map(|pair| pair[0].y - pair[1].y);
        let leading = middle(steps.filter(|step| *step > 0.0).collect(), 1, 2);
        Self { margins, leading }
    }

    fn goes_on(&self, (page_above, above): (usize, &GlyphRow), (page, row): (usize, &GlyphRow)) -> bool {
        let of = |page: usize, row: &GlyphRow| self.margins.get(&(page, row.column)).copied();
        let Some((before, here)) = of(page_above, above).zip(of(page, row)) else { return false };
        let size = row.size;
        if (above.size - size).abs() > size * OTHER_SIZE || above.has_cells || row.has_cells {
            return false;
        }
        // What stands across a page is no part of its columns.
        if (above.column == 0) != (row.column == 0) {
            return false;
        }
        if page_above == page && above.column == row.column && above.y - row.y > self.leading * GAP {
            return false;
        }
        let free = before.right - above.right;
        if line_predicates::is_salutation(&row.text)
            || is_led(&above.text)
            || free > (first_word(&row.text) + SLACK) * size
        {
            return false;
        }
        if row.left - here.left > INDENT * size {
            // What did not fit into a centred line stands centred below it.
            let centred = ((row.left - here.left) - (here.right - row.right)).abs() < size;
            // A date in brackets or behind dashes is a line of its own.
            let apart = row.text.starts_with(['（', '(', '—', '－', '–']);
            let goes_on = !apart && numbering::mark(&row.text).is_none();
            return centred && goes_on && !line_predicates::ends_sentence(&above.text);
        }
        let numbered = numbering::mark(&row.text).is_some_and(|mark| mark.family <= Family::CjkParen);
        // Where paragraphs are indented, a number at the margin begins a heading or stands inside a paragraph.
        let heading = here.right - row.right > 2.0 * size && !line_predicates::ends_sentence(&row.text);
        !(numbered && line_predicates::ends_sentence(&above.text) && (!here.has_indents || heading))
    }
}

impl Margins {
    fn of<'r>(rows: impl Iterator<Item = &'r GlyphRow>) -> Self {
        let rows: Vec<&GlyphRow> = rows.filter(|row| !row.has_cells).collect();
        let size = middle(rows.iter().map(|row| row.size).collect(), 1, 2);
        let near = |a: f64, b: f64| (a - b).abs() < size * 0.5;
        // The leftmost place where more than a stray row begins.
        let least = (rows.len() / 20).max(2);
        let mut lefts: Vec<f64> = rows.iter().map(|row| row.left).collect();
        lefts.sort_by(f64::total_cmp);
        let often = lefts.iter().find(|left| lefts.iter().filter(|other| near(**other, **left)).count() >= least);
        let left = often.or(lefts.first()).copied().unwrap_or(0.0);
        let right = middle(rows.iter().map(|row| row.right).collect(), 19, 20);
        let indented = rows.iter().filter(|row| (row.left - left - 2.0 * size).abs() < size * 0.7).count();
        let has_indents = indented * 20 >= rows.len() && indented > 1;
        Self { left, right, has_indents }
    }
}

/// The number at `part`/`of` of the way from the least to the greatest.
fn middle(mut numbers: Vec<f64>, part: usize, of: usize) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get((numbers.len() * part / of).min(numbers.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Whether the row is one of a contents list: dots lead to a page number.
fn is_led(row: &str) -> bool {
    let bare =
        row.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）'));
    let dots = bare.chars().rev().take_while(|c| matches!(c, '.' | '…' | '·' | '．' | '⋯' | ' ')).count();
    bare.len() < row.len() && (dots >= 4 || bare.ends_with("……"))
}

/// How wide (in sizes) the first piece of a row is that cannot be broken: it may not have found room in the row above.
fn first_word(row: &str) -> f64 {
    let mut width: f64 = 0.0;
    let mut chars = row.chars().peekable();
    let width_of = |c: char| if c.len_utf8() >= 3 { 1.0 } else { 0.55 };
    // What opens belongs to what follows.
    while let Some(c) = chars.next_if(|c| matches!(c, '“' | '‘' | '（' | '《' | '【' | '〔' | '(')) {
        width += width_of(c);
    }
    let first = chars.peek().copied().unwrap_or(' ');
    if first.len_utf8() < 3 {
        while let Some(c) = chars.next_if(|c| c.len_utf8() < 3 && !c.is_whitespace()) {
            width += width_of(c);
        }
    } else {
        chars.next();
        width += width_of(first);
    }
    while let Some(c) = chars.next_if(|c| {
        matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '’' | '）' | '》' | '】' | '〕' | '％' | '%')
    }) {
        width += width_of(c);
    }
    width.min(12.0)
}
