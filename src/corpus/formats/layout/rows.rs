//! What is drawn on a page, to rows of text.
//!
//! In: runs of characters, each with where it is drawn. Out: rows from the top of the page down, each from left to right.
//! Does not know about: paragraphs, page numbers, how a file says what stands where.
//!
//! What stands at one height is one row; which characters stand in one column `columns` knows.

/// Two runs stand in one row if their baselines differ by less than this part of their size: a footnote's mark stands
/// higher than its line, the next line stands a whole size lower.
const RAISED: f64 = 0.45;
/// A gap this wide (in sizes) is a blank; lines set to both edges are stretched by less.
const BLANK: f64 = 0.9;
/// A gap this wide parts the cells of a table.
const CELL: f64 = 2.0;
/// So many runs at about the height of a mark are looked at.
const MOST_NEAR: usize = 2_000;
/// Latin letters, and figures, that stand further apart than this are two words, two figures.
const LETTERS: f64 = 0.15;
const FIGURES: f64 = 0.35;
/// The same run drawn again so near (in sizes) makes it bold, and says nothing more.
const AGAIN: f64 = 0.25;

/// Characters drawn in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRun {
    /// The characters.
    pub text: String,
    /// Where the first begins, from the left edge of the page.
    pub x: f64,
    /// Their baseline, from the bottom of the page.
    pub y: f64,
    /// How wide they are together.
    pub width: f64,
    /// The size of the letters.
    pub size: f64,
    /// Whether it stood above the line that it was put on.
    pub raised: bool,
}

/// A row of text on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRow {
    /// Its text, without the blanks around it.
    pub text: String,
    /// Where its text begins and ends.
    pub left: f64,
    /// See `left`.
    pub right: f64,
    /// Its baseline.
    pub y: f64,
    /// The size of most of its letters.
    pub size: f64,
    /// Whether it is parted into cells.
    pub has_cells: bool,
    /// Which column of its page it stands in; 0 where it stands in none.
    pub column: usize,
    /// Whether it stands for what could not be read.
    pub gap: bool,
}

impl GlyphRow {
    /// What stands where a page, or the rest of one, cannot be read.
    pub fn of_gap() -> Self {
        Self { gap: true, ..Self::of_text("\u{fffd}") }
    }

    /// A row that stands nowhere and apart from all others.
    pub fn of_text(text: &str) -> Self {
        Self { text: text.into(), left: 0.0, right: 0.0, y: 0.0, size: 0.0, has_cells: true, column: 0, gap: false }
    }
}

/// A mark is at most this part of the size of the letters beside it, no further away (in their sizes), and so far above or
/// below their baseline.
const MARK: f64 = 0.8;
const BESIDE: f64 = 1.5;
const ABOVE: f64 = 0.85;
const BELOW: f64 = 0.3;
/// A mark whose baseline is so far above that of its letters is a raised one.
const RAISED_MARK: f64 = 0.15;

/// Puts raised and lowered marks (of notes, m², H₂O) on the baseline of what they stand beside.
pub fn settle_marks(runs: &mut [GlyphRun]) {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let largest = runs.iter().map(|run| run.size).filter(|size| size.is_finite()).fold(0.0, f64::max);
    let settled: Vec<(usize, f64, bool)> = runs
        .iter()
        .enumerate()
        .filter(|(_, mark)| mark.size < largest * MARK)
        .filter_map(|(n, mark)| {
            let from = runs.partition_point(|run| run.y < mark.y - largest * ABOVE);
            let near = runs.get(from..)?.iter().take_while(|run| run.y <= mark.y + largest * BELOW).take(MOST_NEAR);
            let beside = near.filter(|run| {
                let (above, apart) = ((mark.y - run.y) / run.size, BESIDE * run.size);
                mark.size <= run.size * MARK
                    && (-BELOW..ABOVE).contains(&above)
                    && mark.x <= run.x + run.width + apart
                    && mark.x + mark.width >= run.x - apart
            });
            let distance = |run: &&GlyphRun| (mark.x - run.x - run.width).abs().min((mark.x - run.x).abs());
            let nearest = beside.min_by(|a, b| distance(a).total_cmp(&distance(b)));
            nearest.map(|run| (n, run.y, mark.y - run.y > run.size * RAISED_MARK))
        })
        .collect();
    for (n, y, raised) in settled {
        if let Some(mark) = runs.get_mut(n) {
            (mark.y, mark.raised) = (y, raised);
        }
    }
}

/// Gathers the runs of a page into rows.
pub fn rows(mut runs: Vec<GlyphRun>) -> Vec<GlyphRow> {
    let usable = |run: &GlyphRun| {
        run.size > 0.0 && [run.x, run.y, run.width, run.size].iter().all(|n| n.is_finite() && n.abs() < 1e6)
    };
    runs.retain(|run| usable(run) && !run.text.trim().is_empty());
    runs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows = Vec::new();
    let mut open: Vec<GlyphRun> = Vec::new();
    for run in runs {
        let apart = open.first().is_some_and(|first| {
            let size = open.iter().map(|other| other.size).fold(run.size, f64::max);
            first.y - run.y >= size * RAISED
        });
        if apart {
            rows.extend(row(std::mem::take(&mut open)));
        }
        open.push(run);
    }
    rows.extend(row(open));
    rows
}

/// The row that `runs` make.
fn row(mut runs: Vec<GlyphRun>) -> Option<GlyphRow> {
    runs.sort_by(|a, b| a.x.total_cmp(&b.x));
    runs.dedup_by(|run, before| run.text == before.text && (run.x - before.x).abs() < run.size * AGAIN);
    // The height of the longest run is the row's: those of marks and of a bigger initial are not.
    let main = runs.iter().max_by_key(|run| run.text.len())?;
    let (y, size) = (main.y, main.size);
    let mut row =
        GlyphRow { text: String::new(), left: 0.0, right: 0.0, y, size, has_cells: false, column: 0, gap: false };
    // Where runs begin and end without the blanks around them, and how far (in sizes) each is behind the one before.
    let mut places: Vec<(f64, f64, f64)> = Vec::with_capacity(runs.len());
    let mut end: Option<f64> = None;
    for run in &runs {
        let before = blank_width(&run.text[..run.text.len() - run.text.trim_start_matches(is_blank).len()]) * run.size;
        let after = blank_width(&run.text[run.text.trim_end_matches(is_blank).len()..]) * run.size;
        let (left, right) = (run.x + before, (run.x + run.width - after).max(run.x + before));
        places.push((left, right, end.map_or(0.0, |end| (left - end) / size)));
        end = Some(end.map_or(right, |end| end.max(right)));
    }
    row.has_cells = places.iter().any(|(.., gap)| *gap >= CELL);
    for (run, (left, right, gap)) in runs.iter().zip(places) {
        let words = run.text.trim_matches(is_blank);
        if row.text.is_empty() {
            row.left = left;
        } else {
            let written = row.text.ends_with(is_blank) || run.text.starts_with(is_blank);
            let both = |is: fn(char) -> bool| row.text.ends_with(is) && words.starts_with(is);
            let letters = both(|c| c.is_ascii_alphabetic()) && gap > LETTERS;
            // Figures that stand apart are two; in a row of cells each has its own.
            let figures = both(|c| c.is_ascii_digit()) && gap > FIGURES;
            let cell = row.has_cells && gap >= BLANK && (row.text.ends_with(is_figure) || words.starts_with(is_figure));
            if gap >= CELL || cell || figures && row.has_cells {
                row.text.push('\t');
            } else if gap >= BLANK || (written && gap > 0.1) || letters || figures {
                row.text.push(' ');
            }
        }
        let small = run.raised && run.size <= size * MARK;
        row.text.extend(words.chars().map(|c| match c {
            c if c.is_control() => ' ',
            c if small => raised_digit(c),
            c => c,
        }));
        row.right = right.max(row.right);
    }
    let wide = row.text.split(|c: char| !is_blank(c)).any(|blanks| blank_width(blanks) >= CELL);
    row.has_cells |= wide;
    (!row.text.is_empty()).then_some(row)
}

/// The first of ten characters that stand for raised figures until it is known which are marks of notes: Unicode has them for no
/// text (noncharacters).
const RAISED_ZERO: char = '\u{fdd0}';

fn raised_digit(c: char) -> char {
    let own = c.to_digit(10).and_then(|digit| char::from_u32(u32::from(RAISED_ZERO) + digit));
    own.unwrap_or(c)
}

/// The figure that a character stands for, if it is a raised one.
pub fn digit_of_raised(c: char) -> Option<char> {
    let digit = u32::from(c).checked_sub(u32::from(RAISED_ZERO)).filter(|digit| *digit < 10)?;
    char::from_digit(digit, 10)
}

/// What a figure begins or ends with.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '%' | '％' | '-')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// How wide blanks are, in sizes: a full-width one is as wide as a 汉字, others differ from font to font.
fn blank_width(blanks: &str) -> f64 {
    blanks.chars().map(|c| if c == '\u{3000}' { 1.0 } else { 0.3 }).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(text: &str, x: f64, y: f64, width: f64) -> GlyphRun {
        GlyphRun { text: text.into(), x, y, width, size: 10.0, raised: false }
    }

    fn texts(runs: Vec<GlyphRun>) -> Vec<String> {
        rows(runs).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn rows_go_down_and_runs_go_right() {
        let runs = vec![run("塔", 20.0, 80.0, 10.0), run("灯", 10.0, 80.2, 10.0), run("盐", 10.0, 95.0, 10.0)];
        assert_eq!(texts(runs), ["盐", "灯塔"]);
    }

    #[test]
    fn gaps_are_blanks_and_cells() {
        let runs = |x| vec![run("东塔", 10.0, 80.0, 20.0), run("3盏", x, 80.0, 15.0)];
        assert_eq!(texts(runs(32.0)), ["东塔3盏"]);
        assert_eq!(texts(runs(41.0)), ["东塔 3盏"]);
        assert_eq!(texts(runs(60.0)), ["东塔\t3盏"]);
        assert!(rows(runs(60.0))[0].has_cells && !rows(runs(41.0))[0].has_cells);
    }

    #[test]
    fn figures_of_a_table_stand_in_cells_of_their_own() {
        let row = |third: f64, fourth: f64| {
            vec![
                run("晒盐", 10.0, 80.0, 20.0),
                run("312", 60.0, 80.0, 15.0),
                run("330", third, 80.0, 15.0),
                run("18", fourth, 80.0, 10.0),
            ]
        };
        assert_eq!(texts(row(85.0, 104.5)), ["晒盐\t312\t330\t18"]);
        assert_eq!(texts(vec![run("3", 10.0, 80.0, 5.0), run("12", 15.5, 80.0, 10.0)]), ["312"]);
        assert_eq!(texts(vec![run("3", 10.0, 80.0, 5.0), run("12", 19.5, 80.0, 10.0)]), ["3 12"]);
    }

    #[test]
    fn a_raised_mark_stays_in_its_row_and_bold_is_no_repeat() {
        let runs = vec![
            run("灯塔", 10.0, 80.0, 20.0),
            run("灯塔", 10.3, 80.0, 20.0),
            GlyphRun { size: 6.0, ..run("①", 30.0, 84.0, 6.0) },
            run("亮了", 36.0, 80.0, 20.0),
        ];
        assert_eq!(texts(runs), ["灯塔①亮了"]);
    }

    #[test]
    fn marks_stand_in_the_row_of_their_word() {
        let mark = |text: &str, x: f64, y: f64| GlyphRun { size: 6.0, ..run(text, x, y, 4.0) };
        let mut runs = vec![
            run("灯亮了。", 10.0, 95.0, 40.0),
            mark("12", 30.0, 88.0),
            run("12km", 10.0, 80.0, 20.0),
            run("多", 34.0, 80.0, 10.0),
            mark("2", 60.0, 78.0),
            run("H", 50.0, 80.0, 7.0),
        ];
        settle_marks(&mut runs);
        let raised: String = "12".chars().map(raised_digit).collect();
        assert_eq!(texts(runs), ["灯亮了。".to_owned(), format!("12km{raised}多H2")]);
        // A small row of its own is no mark.
        let mut runs = vec![run("灯塔", 10.0, 80.0, 20.0), mark("1 灯塔，在东滩。", 10.0, 66.0)];
        settle_marks(&mut runs);
        assert_eq!(texts(runs).len(), 2);
    }

    #[test]
    fn blanks_that_are_drawn_are_an_indent() {
        let rows = rows(vec![run("\u{3000}\u{3000}灯亮了。 ", 10.0, 80.0, 65.0)]);
        assert_eq!((rows[0].text.as_str(), rows[0].left), ("灯亮了。", 30.0));
    }

    proptest! {
        #[test]
        fn nothing_drawn_is_lost(at in proptest::collection::vec((0u16..500, 0u16..60, 1u16..9), 0..40)) {
            let runs: Vec<GlyphRun> = at
                .iter()
                .enumerate()
                .map(|(n, (x, y, width))| run(&format!("{n}灯"), f64::from(*x), f64::from(*y * 5), f64::from(*width * 10)))
                .collect();
            let mut want: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).collect();
            let mut found: Vec<char> = texts(runs).concat().chars().filter(|c| !c.is_whitespace()).collect();
            want.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, want);
        }
    }
}
