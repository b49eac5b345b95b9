//! Lines to paragraphs: which lines go on where the line before broke off, though their file gives each a line of its own.
//!
//! In: the lines of one report. Out: which lines continue another, and paragraphs as one text each, with a
//! way back into the document. Does not know about: headings' levels, places, years.
//!
//! Two things break a paragraph: a file wrapped at a fixed width (mail, PDF), and a heading set over two lines.

use std::borrow::Cow;
use std::ops::Range;

use crate::corpus::structure::line_predicates;
use crate::corpus::structure::line_set::LineSet;
use crate::corpus::structure::numbering;
use crate::corpus::structure::numbering::Family;
use crate::corpus::{Line, LineKind, Reason};
use crate::text::Span;
use crate::text::han::is_han;

/// Fewer lines than this show no fixed width.
const FEWEST: usize = 10;
/// A line that is at most this many cells shorter than the fixed width is full (禁则 and Latin words leave some free).
const SLACK: usize = 6;
/// The widest that a fixed width is, in cells; the narrowest.
const WIDTHS: Range<usize> = 20..130;

/// A paragraph: one line, or several that make one text.
pub struct Paragraph<'t> {
    /// 0-based index of its first line.
    pub index: usize,
    /// Its text, line breaks taken out.
    pub words: Cow<'t, str>,
    /// Where each of its lines begins in `words`, and in the document.
    parts: Vec<(usize, u32)>,
}

impl Paragraph<'_> {
    /// The span in the document of a range of [`words`](Self::words).
    pub fn span(&self, range: &Range<usize>) -> Span {
        let place = |at: usize, after: bool| {
            let found = self.parts.iter().rev().find(|(start, _)| if after { *start < at } else { *start <= at });
            let (start, line) = found.or(self.parts.first()).copied().unwrap_or_default();
            line + u32::try_from(at.saturating_sub(start)).unwrap_or(0)
        };
        Span::new(place(range.start, false), place(range.end, true).max(place(range.start, false)))
    }
}

/// Gathers `body` (0-based lines in reading order) into paragraphs.
pub fn gather<'t>(text: &'t str, lines: &[Line], body: &[usize], continued: &Continued) -> Vec<Paragraph<'t>> {
    let mut paragraphs: Vec<Paragraph<'t>> = Vec::with_capacity(body.len());
    // A page number may stand in the middle of a paragraph: it keeps its own place, behind the paragraph it interrupts.
    let mut open: Option<usize> = None;
    for &i in body {
        let span = lines[i].span;
        let words = span.slice(text);
        match open.filter(|_| continued.contains(i)) {
            Some(at) => {
                let paragraph = &mut paragraphs[at];
                paragraph.parts.push((paragraph.words.len(), span.start));
                paragraph.words.to_mut().push_str(words);
            }
            None => {
                if lines[i].kind == LineKind::Paragraph {
                    open = Some(paragraphs.len());
                }
                paragraphs.push(Paragraph { index: i, words: Cow::Borrowed(words), parts: vec![(0, span.start)] });
            }
        }
    }
    paragraphs
}

/// Lines (0-based) that continue the one before.
#[derive(Debug, Default)]
pub struct Continued {
    lines: LineSet,
    /// Those of them that are pieces of a broken line, not halves of a heading. None where the file is wrapped.
    fragments: LineSet,
    /// The whole file is wrapped, so that every break in it is known.
    wrapped: bool,
}

impl Continued {
    /// Whether line `index` continues the one before.
    pub fn contains(&self, index: usize) -> bool {
        self.lines.contains(index)
    }

    /// Marks the lines among `indices` that continue; where the file is wrapped, no guess from open ends stands beside.
    pub fn mark(&self, lines: &mut [Line], indices: &[usize]) {
        for &i in indices {
            let guessed = lines[i].joins && !self.wrapped;
            lines[i].joins = self.contains(i) || guessed;
            if guessed && lines[i].reason == Reason::Text {
                lines[i].reason = Reason::OpenEnd;
            }
        }
        let (told, reason) =
            if self.wrapped { (&self.lines, Reason::Wrapped) } else { (&self.fragments, Reason::Fragment) };
        for &i in indices {
            if told.contains(i) && lines[i].reason == Reason::Text {
                lines[i].reason = reason;
            }
        }
    }
}

/// Finds the lines (0-based, among `indices`) that continue the one before.
pub fn continued(text: &str, lines: &[Line], indices: &[usize]) -> Continued {
    let own: Vec<usize> = indices.iter().copied().filter(|&i| lines[i].kind == LineKind::Paragraph).collect();
    let ways = [indented, wrapped, letters];
    // A line that stands earlier word for word broke its paragraph all the same.
    let with_repeats: Vec<usize> =
        indices.iter().copied().filter(|&i| matches!(lines[i].kind, LineKind::Paragraph | LineKind::Repeat)).collect();
    let mut found =
        ways.iter().map(|way| way(text, lines, &with_repeats)).find(|found| !found.is_empty()).unwrap_or_default();
    for pair in with_repeats.windows(2).filter(|pair| pair.iter().any(|&i| lines[i].kind == LineKind::Repeat)) {
        found.remove(pair[1]);
    }
    if found.is_empty() {
        let fragments = fragments(text, lines, &own);
        let mut all = split_headings(text, lines, &own);
        all.insert_all(&fragments);
        Continued { lines: all, fragments, wrapped: false }
    } else {
        Continued { lines: found, fragments: LineSet::default(), wrapped: true }
    }
}

/// Width in cells: 汉字 and full-width marks two, all else one.
fn cells(words: &str) -> usize {
    words.chars().map(|c| if c.len_utf8() >= 3 { 2 } else { 1 }).sum()
}

/// Whether the line is indented, by what stands between the line break and its first character.
fn is_indented(text: &str, line: &Line) -> bool {
    let before = &text[..line.span.range().start];
    let blank: usize =
        before.chars().rev().take_while(|c| c.is_whitespace() && !matches!(c, '\n' | '\r')).map(|c| c.len_utf8()).sum();
    blank >= 2
}

/// The lines of a file wrapped at a fixed width that continue a paragraph; none if it is not wrapped so.
fn wrapped(text: &str, lines: &[Line], own: &[usize]) -> LineSet {
    let words = |i: usize| lines[i].span.slice(text);
    // Running text has lines of any length: a few long ones and it is no wrapped file.
    let longest = own.iter().map(|&i| lines[i].span.len()).max().unwrap_or(0);
    if own.len() < FEWEST || longest > WIDTHS.end * 3 {
        return LineSet::default();
    }
    let widths: Vec<usize> = own.iter().map(|&i| cells(words(i))).collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let width = sorted[sorted.len() * 19 / 20];
    let is_full = |n: usize| widths[n] + SLACK >= width;
    let full = (0..own.len()).filter(|&n| is_full(n)).count();
    let broken = (0..own.len()).filter(|&n| is_full(n) && !line_predicates::ends_sentence(words(own[n]))).count();
    if !WIDTHS.contains(&width) || full * 3 < own.len() || broken * 2 < full {
        return LineSet::default();
    }
    let indented = own.iter().filter(|&&i| is_indented(text, &lines[i])).count();
    let has_indents = indented * 20 >= own.len() && indented * 10 <= own.len() * 7;
    let spaced = own.windows(2).filter(|p| p[1] - p[0] > 1).count() * 2 > own.len();
    let continues = |n: usize| {
        let (above, line) = (own[n - 1], own[n]);
        let apart = lines[above + 1..line].iter().any(|l| l.kind == LineKind::Blank) && !spaced;
        let mark = numbering::mark(words(line)).is_some_and(|m| m.family <= Family::CjkParen);
        let begins = has_indents && is_indented(text, &lines[line]);
        let ended = line_predicates::ends_sentence(words(above)) && (mark || !has_indents);
        // A page number between the halves leaves blank lines around it.
        let across = lines[above + 1..line].iter().any(|l| l.kind == LineKind::Running);
        is_full(n - 1) && (!apart || across) && !begins && !ended && !line_predicates::is_salutation(words(line))
    };
    (1..own.len()).filter(|&n| continues(n)).map(|n| own[n]).collect()
}

/// The lines of a file that sets each paragraph in and wraps it, at whatever width: a line that is not set in, right under one
/// that has not come to its end, goes on with it.
fn indented(text: &str, lines: &[Line], own: &[usize]) -> LineSet {
    let words = |n: usize| lines[own[n]].span.slice(text);
    let longest = own.iter().map(|&i| lines[i].span.len()).max().unwrap_or(0);
    if own.len() < FEWEST || longest > WIDTHS.end * 3 {
        return LineSet::default();
    }
    let set_in: Vec<bool> = own.iter().map(|&i| is_indented(text, &lines[i])).collect();
    let below = |n: usize| {
        let between = &lines[own[n - 1] + 1..own[n]];
        let across = between.iter().any(|l| l.kind == LineKind::Running);
        !set_in[n] && (across || between.is_empty()) && !line_predicates::is_salutation(words(n))
    };
    let candidates: Vec<usize> = (1..own.len()).filter(|&n| below(n)).collect();
    // A heading set in over text that is not looks the same: only running text broken off proves anything.
    let running =
        |n: &&usize| numbering::mark(words(**n - 1)).is_none() && words(**n - 1).contains(['，', '。', '、', ',']);
    let (open, ended): (Vec<usize>, Vec<usize>) =
        candidates.iter().filter(running).partition(|&&n| !line_predicates::ends_sentence(words(n - 1)));
    let firsts = set_in.iter().filter(|set_in| **set_in).count();
    if open.len() < 3 || open.len() < ended.len() * 6 || firsts < 3 || firsts + candidates.len() + 3 < own.len() {
        return LineSet::default();
    }
    candidates.into_iter().map(|n| own[n]).collect()
}

/// The lines of a file with one character on each: all go on up to a sentence's end or a blank line.
fn letters(text: &str, lines: &[Line], own: &[usize]) -> LineSet {
    let words = |n: usize| lines[own[n]].span.slice(text);
    let is_letter = |n: &usize| line_predicates::is_short(words(*n), 2);
    if own.len() < 4 * FEWEST || (0..own.len()).filter(is_letter).count() * 10 < own.len() * 8 {
        return LineSet::default();
    }
    let goes_on = |n: &usize| own[*n] - own[n - 1] == 1 && !words(n - 1).ends_with(['。', '！', '？']);
    (1..own.len()).filter(goes_on).map(|n| own[n]).collect()
}

/// The pieces of paragraphs that links and other markup broke off: a line that begins with what ends a clause, a word or two
/// in mid-sentence and what follows them.
fn fragments(text: &str, lines: &[Line], own: &[usize]) -> LineSet {
    let words = |n: usize| lines[own[n]].span.slice(text);
    let mut found = LineSet::default();
    let proven = (1..own.len()).any(|n| begins_with_stop(words(n)));
    for n in 1..own.len() {
        let (above, line) = (words(n - 1), words(n));
        if begins_with_stop(line) && !(line.starts_with(CLOSERS) && is_whole_heading(above)) {
            found.insert(own[n]);
            continue;
        }
        if numbering::mark(line).is_some()
            || line_predicates::is_salutation(line)
            || line_predicates::ends_sentence(above)
        {
            continue;
        }
        let joined = n > 1 && found.contains(own[n - 1]);
        // What follows a piece goes on with it.
        if joined && (is_piece(above) || line_predicates::holds_sentence(above) || line.ends_with(['。', '；'])) {
            found.insert(own[n]);
            continue;
        }
        let in_sentence =
            line_predicates::holds_sentence(above) || above.contains('，') && numbering::mark(above).is_none();
        let Some(next) = own.get(n + 1).map(|_| words(n + 1)) else { continue };
        let goes_on = begins_with_stop(next) || numbering::mark(next).is_none() && next.ends_with(['。', '；', '！']);
        let broken = if proven {
            line_predicates::is_short(line, 12) && !line_predicates::is_short(above, 12)
        } else {
            line_predicates::is_short(line, 6) && is_uneven(above) && first_clause(next) <= 8
        };
        if in_sentence && broken && goes_on && is_piece(line) {
            found.insert(own[n]);
        }
    }
    found
}

/// What closes a quotation or bracket.
const CLOSERS: [char; 8] = ['”', '’', '）', '》', '」', '』', ')', '"'];

/// Whether a line is a numbered heading that has come to its end: nothing in it waits to be closed.
fn is_whole_heading(line: &str) -> bool {
    numbering::mark(line).is_some() && !line_predicates::holds_sentence(line) && !is_open(line)
}

/// A word or two, no clause of its own.
fn is_piece(line: &str) -> bool {
    line_predicates::is_short(line, 12)
        && !line.contains(['，', '。', '；', '：', '、', ' '])
        && line.chars().any(is_han)
}

/// ，地区生产总值…; ”，全面…: no paragraph begins so.
fn begins_with_stop(line: &str) -> bool {
    line.starts_with(['，', '。', '；', '：', '、', '！', '？', '”', '’', '）', '》', '」', '』', ',', ';', ')', '%'])
}

/// Characters up to the first comma.
fn first_clause(line: &str) -> usize {
    line.split(['，', '。', '、']).next().map_or(0, |clause| clause.chars().count())
}

/// Whether a line's clauses are of different lengths, as those of headings are not: 做好今年工作，必须认真守灯，全面落实市委九届八.
fn is_uneven(line: &str) -> bool {
    let clauses: Vec<usize> = line.split('，').map(|clause| clause.chars().count()).collect();
    let (most, fewest) = (clauses.iter().max(), clauses.iter().min());
    clauses.len() >= 3 && most.zip(fewest).is_some_and(|(most, fewest)| most > &(fewest + 2)) || line.len() >= 180
}

/// The second halves of headings set over two lines.
fn split_headings(text: &str, lines: &[Line], own: &[usize]) -> LineSet {
    let words = |n: usize| lines[own[n]].span.slice(text);
    let mut found = LineSet::default();
    for n in 0..own.len().saturating_sub(2) {
        let (first, second) = (words(n), words(n + 1));
        if first.len() > 150
            || second.len() > 110
            || found.contains(own[n])
            || !(is_open(first) || is_bare_number(first))
        {
            continue;
        }
        let halves = !line_predicates::holds_sentence(first)
            && !line_predicates::holds_sentence(second)
            && line_predicates::is_short(first, 40)
            && line_predicates::is_short(second, 30)
            && !second.ends_with(['，', ',', '、', '：', ':'])
            && numbering::mark(second).is_none()
            && second.chars().any(is_han)
            && !line_predicates::is_salutation(second);
        let numbered = numbering::mark(first).is_some_and(|m| m.family <= Family::Arabic);
        let named = || crate::corpus::structure::part_name::names_part(&format!("{first}{second}"));
        // Text stands under the whole.
        let followed = !line_predicates::is_short(words(n + 2), 30) || numbering::mark(words(n + 2)).is_some();
        if halves && followed && (numbered || named()) || is_bare_number(first) && halves {
            found.insert(own[n + 1]);
        }
    }
    found
}

/// 第一部分, 一、: a number whose heading stands on the next line.
fn is_bare_number(line: &str) -> bool {
    numbering::mark(line).is_some_and(|m| m.family <= Family::CjkParen && m.bytes == line.len())
}

/// Whether a heading cannot end so: in a comma, a word that leads on, a bracket or quote left open.
fn is_open(words: &str) -> bool {
    words.ends_with(['，', ',', '、', '的', '和', '与', '及', '以', '为', '在', '对', '向', '把', '“', '《', '（'])
        || [('“', '”'), ('《', '》'), ('（', '）')]
            .iter()
            .any(|(open, close)| words.matches(*open).count() > words.matches(*close).count())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::structure::clean;

    fn paragraphs(text: &str) -> Vec<String> {
        let lines = clean::lines(text);
        let indices: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind != LineKind::Blank).collect();
        let continued = continued(text, &lines, &indices);
        gather(text, &lines, &indices, &continued).into_iter().map(|p| p.words.into_owned()).collect()
    }

    const LONG: [&str; 3] = [
        "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐。渔家收回了每一张的网，归途有灯，潮头有船，岸上的人放心。",
        "一、守好每一座灯塔",
        "守灯人每夜登塔三回，把灯芯剪得齐齐整整，把玻璃擦得一尘不染，再把当夜的风向和潮位记在册子上，交给下一班的守灯人。",
    ];

    /// Wraps at `width` 汉字, the first line of each paragraph indented or not.
    fn wrap(width: usize, indent: &str) -> String {
        let mut out = String::new();
        for paragraph in LONG.iter().cycle().take(12) {
            let chars: Vec<char> = indent.chars().chain(paragraph.chars()).collect();
            for row in chars.chunks(width) {
                out.extend(row);
                out.push('\n');
            }
        }
        out
    }

    #[test]
    fn a_file_of_fixed_width_gives_its_paragraphs_back() {
        let want: Vec<&str> = LONG.iter().copied().cycle().take(12).collect();
        for width in [17, 23, 31] {
            assert_eq!(paragraphs(&wrap(width, "\u{3000}\u{3000}")), want, "{width}");
            assert_eq!(paragraphs(&wrap(width, "")), want, "{width}");
        }
    }

    #[test]
    fn whole_paragraphs_stay_as_they_are() {
        let text = LONG.iter().cycle().take(30).copied().collect::<Vec<_>>().join("\n");
        assert_eq!(paragraphs(&text).len(), 30);
    }

    #[test]
    fn a_heading_over_two_lines_is_one() {
        let text = format!("（一）坚持守灯为民，\n照亮每一条归途\n{}\n2022年的\n主要工作\n{}\n", LONG[0], LONG[2]);
        assert_eq!(paragraphs(&text), ["（一）坚持守灯为民，照亮每一条归途", LONG[0], "2022年的主要工作", LONG[2]]);
        let text = format!("第一部分\n2022年的主要工作\n{}\n二、\n看潮\n{}\n", LONG[0], LONG[2]);
        assert_eq!(paragraphs(&text), ["第一部分2022年的主要工作", LONG[0], "二、看潮", LONG[2]]);
        let text = format!("一、守灯\n夜里的灯\n{}\n要做好，\n守灯\n{}\n", LONG[0], LONG[2]);
        assert_eq!(paragraphs(&text).len(), 6);
    }

    #[test]
    fn one_character_a_line() {
        let letters = |words: &str| words.chars().map(|c| format!("{c}\n")).collect::<String>();
        let text = format!("{}\n{}{}", letters(LONG[1]), letters(LONG[0]), letters(LONG[2]));
        let want = LONG[0].split_inclusive('。').chain([LONG[2]]);
        assert_eq!(paragraphs(&text), [LONG[1]].into_iter().chain(want).collect::<Vec<_>>());
    }

    #[test]
    fn pieces_broken_off_by_links_come_together() {
        let whole = "做好今年工作，必须认真守灯，全面落实市委九届八次全会精神，一年来，守灯人守住了每一夜的灯。";
        let text = format!(
            "{}\n{}\n做好今年工作，必须认真守灯，全面落实市委九届八\n次全会\n精神，一年来，守灯人守住了每一夜的灯。\n（一）守灯。{}\n",
            LONG[1], LONG[0], LONG[2]
        );
        assert_eq!(paragraphs(&text), [LONG[1], LONG[0], whole, &format!("（一）守灯。{}", LONG[2])]);
        let text = format!(
            "守灯人每夜登塔三回，把玻璃\n擦亮\n，再把风向记在册子上。严格\n执行地\n方守灯规矩，人人放心。\n{}\n",
            LONG[0]
        );
        assert_eq!(
            paragraphs(&text),
            ["守灯人每夜登塔三回，把玻璃擦亮，再把风向记在册子上。严格执行地方守灯规矩，人人放心。", LONG[0]]
        );
        // A quotation's end that strayed is no end of the heading above it.
        let text = format!("{}\n三、守好灯塔，看好潮水\n”{}\n", LONG[0], LONG[2]);
        assert_eq!(paragraphs(&text).len(), 3);
        // A heading above a heading is none.
        let text = format!("{}\n把握新机遇，开创新局面\n守灯\n今年，守灯人登塔。\n{}\n", LONG[0], LONG[2]);
        assert_eq!(paragraphs(&text).len(), 5);
    }

    #[test]
    fn a_file_that_sets_paragraphs_in_gives_them_back_at_any_width() {
        let text = "    一、守灯\n    守灯人每夜登塔三回，把灯芯剪得齐\n齐整整，把玻璃擦得一尘不染，再把\n风向和潮位记在册子上\n，交给下一班。\n    （一）把守灯的规矩刻\n在塔上，传给后人\n    今年守灯人要登塔九回，把新\n灯点亮。\n    二、收盐\n    今年盐工要修三道堤，\n再修一座闸。\n";
        assert_eq!(
            paragraphs(text),
            [
                "一、守灯",
                "守灯人每夜登塔三回，把灯芯剪得齐齐整整，把玻璃擦得一尘不染，再把风向和潮位记在册子上，交给下一班。",
                "（一）把守灯的规矩刻在塔上，传给后人",
                "今年守灯人要登塔九回，把新灯点亮。",
                "二、收盐",
                "今年盐工要修三道堤，再修一座闸。"
            ]
        );
        // Lines that stand twice belong to their own paragraphs.
        let again = "    守灯人每夜登塔三回，把灯芯剪得齐\n齐整整，把玻璃擦得一尘不染，再把\n    （一）";
        let text = text.replace("    （一）", again);
        let mut lines = clean::lines(&text);
        let indices: Vec<usize> = (0..lines.len()).collect();
        clean::mark_repeats(&text, &mut lines, &indices, false);
        let got = gather(&text, &lines, &indices, &continued(&text, &lines, &indices));
        let words: Vec<&str> = got.iter().map(|p| &*p.words).collect();
        assert!(words.contains(&"（一）把守灯的规矩刻在塔上，传给后人"), "{words:?}");
        // Headings set in over text that is not.
        let text = format!("    一、守灯\n{}\n    二、收盐\n{}\n", LONG[0], LONG[2]).repeat(3);
        assert_eq!(paragraphs(&text).len(), 12);
    }

    proptest! {
        #[test]
        fn spans_lead_back(text in "[灯塔盐，。\n\u{3000}一、]{0,300}", cut in 0usize..40) {
            let lines = clean::lines(&text);
            let indices: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind != LineKind::Blank).collect();
            let continued = continued(&text, &lines, &indices);
            for paragraph in gather(&text, &lines, &indices, &continued) {
                let cut = paragraph.words.char_indices().nth(cut).map_or(paragraph.words.len(), |(at, _)| at);
                let back = paragraph.span(&(0..cut)).slice(&text).replace(['\n', '\r', '\u{3000}'], "");
                prop_assert_eq!(back, paragraph.words[..cut].replace('\u{3000}', ""));
            }
        }
    }
}
