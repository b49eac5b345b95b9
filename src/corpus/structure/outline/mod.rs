//! The headings of a report, and their levels.
//!
//! In: the lines of one report. Out: its [`Section`]s; lines that are headings get that kind. Does not know about: places, years.
//!
//! A heading is known by what it lacks: it ends no sentence and holds none. Numbered lines may be headings whatever
//! follows; a line without a number must be short, and the text before it must have come to its end. A paragraph whose
//! first sentence is short and numbered, or a short topic sentence, has a run-in heading.
//!
//! A heading may be glued to the end of a paragraph (…请予审议。过去一年的主要工作) or run over two lines. Where a file's own
//! markup says what a heading is, it is believed unless it contradicts itself.

mod find;
mod heading;
mod levels;
mod series;

use crate::corpus::structure::outline::heading::Heading;
use crate::corpus::structure::paragraph::Continued;
use crate::corpus::{Line, LineKind, Reason, Section};

pub use heading::Markup;

/// Finds the headings of the report whose lines are `indices` (0-based, in reading order, `title` and the head included);
/// `continued` are the lines that go on with the paragraph of the line before.
pub fn outline(
    text: &str,
    lines: &mut [Line],
    indices: &[usize],
    continued: &Continued,
    markup: Markup<'_>,
) -> Vec<Section> {
    let headings = find::find(text, lines, indices, continued, markup);
    for heading in headings.iter().filter(|h| !h.run_in && !h.glued) {
        let mut i = heading.index;
        lines[i].set(LineKind::Heading, heading.reason);
        // The rest of a heading set over several lines.
        while let Some(next) = (i + 1..lines.len()).find(|&n| lines[n].kind == LineKind::Paragraph) {
            if !continued.contains(next) || lines[next].span.start >= heading.span.end {
                break;
            }
            lines[next].set(LineKind::Heading, Reason::HeadingHalf);
            i = next;
        }
    }
    for heading in headings.iter().filter(|h| h.run_in || h.glued) {
        lines[heading.index].reason = heading.reason;
    }
    let levels = levels::levels(text, &headings);
    assemble(&headings, &levels, indices)
}

fn assemble(headings: &[Heading], levels: &[u8], indices: &[usize]) -> Vec<Section> {
    let last = indices.last().map_or(0, |&i| i + 1);
    let as_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut open: Vec<usize> = Vec::new();
    let mut sections = Vec::with_capacity(headings.len());
    for (n, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|&p| levels[p] >= levels[n]) {
            open.pop();
        }
        let next = (n + 1..headings.len()).find(|&m| levels[m] <= levels[n]);
        // A heading glued to a paragraph's end leaves the paragraph to the section above.
        let end = next.map_or(last, |m| headings[m].index + usize::from(headings[m].glued));
        sections.push(Section {
            line: as_u32(heading.index + 1),
            level: levels[n],
            heading: heading.span,
            run_in: heading.run_in,
            last_line: as_u32(end.max(heading.index + 1)),
            parent: open.last().map(|&p| as_u32(p)),
        });
        open.push(n);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::{clean, paragraph, split};

    /// (line, level, run_in) of every heading of the first report of `text`.
    fn outline_of(text: &str) -> Vec<(u32, u8, bool)> {
        let mut lines = clean::lines(text);
        let pieces = split::split(text, &mut lines);
        let indices: Vec<usize> = pieces[0].ranges.iter().flat_map(|r| r.first as usize - 1..r.last as usize).collect();
        clean::mark_joins(text, &mut lines, &indices);
        let continued = paragraph::continued(text, &lines, &indices);
        outline(text, &mut lines, &indices, &continued, Markup::default())
            .iter()
            .map(|s| (s.line, s.level, s.run_in))
            .collect()
    }

    fn report(body: &str) -> Vec<(u32, u8, bool)> {
        let text =
            format!("乌有市人大常委会工作报告\n各位代表:\n受市人大常委会委托,我向大会报告工作,请予审议。\n{body}");
        outline_of(&text).into_iter().map(|(line, level, run_in)| (line - 3, level, run_in)).collect()
    }

    const TEXT: &str = "一年来,守灯人守住了每一夜的灯,盐工晒出了每一季的盐,渔家收回了每一张的网。";

    #[test]
    fn parts_without_numbers_stand_above_numbers_that_begin_anew() {
        let body = format!(
            "2022年工作回顾\n{TEXT}\n一、守灯\n{TEXT}\n二、收盐\n{TEXT}\n2023年工作安排\n{TEXT}\n一、修塔\n{TEXT}\n"
        );
        assert_eq!(report(&body), [(1, 1, false), (3, 2, false), (5, 2, false), (7, 1, false), (9, 2, false)]);
    }

    #[test]
    fn numbers_are_parts_where_nothing_stands_above_them() {
        let body = format!(
            "一、2022年工作回顾\n{TEXT}\n(一)守灯\n{TEXT}\n1.点灯\n{TEXT}\n(二)收盐\n{TEXT}\n二、2023年工作安排\n{TEXT}\n"
        );
        assert_eq!(report(&body), [(1, 1, false), (3, 2, false), (5, 3, false), (7, 2, false), (9, 1, false)]);
    }

    #[test]
    fn a_heading_without_number_between_numbers_stands_below_them() {
        let body = format!("一、守灯\n{TEXT}\n夜里的灯\n{TEXT}\n二、收盐\n{TEXT}\n");
        assert_eq!(report(&body), [(1, 1, false), (3, 2, false), (5, 1, false)]);
    }

    #[test]
    fn headings_without_numbers_under_a_named_part_are_its_sections() {
        let body =
            format!("2022年工作回顾\n{TEXT}\n灯火照亮归途\n{TEXT}\n盐田映照天光\n{TEXT}\n2023年工作打算\n{TEXT}\n");
        assert_eq!(report(&body), [(1, 1, false), (3, 2, false), (5, 2, false), (7, 1, false)]);
    }

    #[test]
    fn run_in_headings_share_their_line() {
        let body = format!(
            "一、守灯\n一是勤点灯。{TEXT}\n(一)擦亮玻璃。{TEXT}\n第二,要看潮。{TEXT}\n持续守好每一盏灯。{TEXT}{TEXT}\n——必须听风。{TEXT}\n"
        );
        assert_eq!(
            report(&body),
            [(1, 1, false), (2, 2, true), (3, 2, true), (4, 3, true), (5, 3, true), (6, 3, true)]
        );
    }

    #[test]
    fn a_numbered_heading_that_ends_as_a_sentence_has_its_line_for_itself() {
        let body = format!("一、2022年守灯。\n{TEXT}\n(一)点灯。\n{TEXT}\n二、2023年看潮。{TEXT}\n");
        assert_eq!(report(&body), [(1, 1, false), (3, 2, false), (5, 1, true)]);
    }

    #[test]
    fn what_is_no_heading() {
        for line in [
            "各位代表:",
            "重点抓好四个方面工作:",
            "灯塔是航船的眼睛。",
            "过去一年,灯塔有了四个新样子:",
            "(市人大常委会办公室供稿)",
            "2023年1月8日",
        ] {
            let body = format!("{TEXT}\n{line}\n{TEXT}\n");
            assert_eq!(report(&body), [], "{line}");
        }
        // Broken in mid-sentence: the short line is the end of a paragraph.
        let broken = TEXT.trim_end_matches('。');
        assert_eq!(report(&format!("{broken},又把网\n晒在了礁石上\n{TEXT}\n")), []);
        // A list under a lead-in.
        assert_eq!(report(&format!("要做三件事:\n1.点灯;\n2.看潮;\n3.听风。\n{TEXT}\n")), []);
    }

    #[test]
    fn a_section_ends_where_the_next_of_its_level_begins() {
        let text =
            format!("乌有市人大常委会工作报告\n各位代表:\n一、守灯\n{TEXT}\n(一)点灯\n{TEXT}\n二、收盐\n{TEXT}\n");
        let mut lines = clean::lines(&text);
        let indices: Vec<usize> = (0..lines.len()).collect();
        split::split(&text, &mut lines);
        let sections = outline(&text, &mut lines, &indices, &Continued::default(), Markup::default());
        let ends: Vec<_> = sections.iter().map(|s| (s.line, s.last_line, s.parent)).collect();
        assert_eq!(ends, [(3, 6, None), (5, 6, Some(0)), (7, 8, None)]);
    }

    #[test]
    fn markdown_says_its_own_levels() {
        let text = "# 槐安县人民法院工作报告\n\n## 一、守灯\n\n灯亮了。\n\n### (一)点灯\n\n灯又亮了。\n";
        let mut lines = clean::lines(text);
        split::split(text, &mut lines);
        let indices: Vec<usize> = (0..lines.len()).collect();
        let sections =
            outline(text, &mut lines, &indices, &Continued::default(), Markup { markdown: true, levels: &[] });
        let got: Vec<_> = sections.iter().map(|s| (s.level, s.heading.slice(text))).collect();
        assert_eq!(got, [(1, "一、守灯"), (2, "(一)点灯")]);
    }
}
