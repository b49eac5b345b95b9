//! The headings of a report, and their levels.
//!
//! In: the lines of one report. Out: its [`Section`]s; lines that are headings get that kind. Refuses to know: places, years.
//!
//! A heading is known by what it lacks: it ends no sentence and holds none. Numbered lines may be headings whatever
//! follows; a line without a number must be short, and the text before it must have come to its end. A paragraph whose
//! first sentence is short and numbered, or a short topic sentence, has a run-in heading.
//!
//! Levels follow from the families of marks a report uses, in their usual order. Headings without a number are parts if
//! the numbering begins anew behind them; inside a run of numbers they stand below it.

use super::numbering::{self, Family, Mark};
use super::{Line, LineKind, Section, shape};
use crate::text::Span;
use crate::text::han::is_han;

/// A numbered heading on its own line has at most this many characters.
const NUMBERED_CHARS: usize = 64;
/// A heading without a number has at most this many.
const PLAIN_CHARS: usize = 38;
/// A run-in heading has at most this many.
const RUN_IN_CHARS: usize = 48;
/// A topic sentence has at most this many, and at least [`TOPIC_REST`] follow it.
const TOPIC_CHARS: usize = 32;
/// Characters behind a topic sentence that make the paragraph more than the sentence.
const TOPIC_REST: usize = 40;

/// What a heading is made of, before it has a level.
#[derive(Debug, Clone, Copy)]
struct Heading {
    /// 0-based line.
    index: usize,
    span: Span,
    kind: Kind,
    run_in: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Markdown's own depth, 1 to 6.
    Marked(u8),
    Numbered(Family, u32),
    /// No number, on its own line.
    Plain,
    /// No number, the first sentence of a paragraph.
    Topic,
}

/// Finds the headings of the report whose lines are `indices` (0-based, in reading order, `title` and the head included).
pub fn outline(text: &str, lines: &mut [Line], indices: &[usize], markdown: bool) -> Vec<Section> {
    let headings = find(text, lines, indices, markdown);
    for heading in headings.iter().filter(|h| !h.run_in) {
        lines[heading.index].kind = LineKind::Heading;
    }
    let levels = levels(text, &headings);
    assemble(&headings, &levels, indices)
}

fn find(text: &str, lines: &[Line], indices: &[usize], markdown: bool) -> Vec<Heading> {
    // The body begins behind the head: nothing above a title is a heading of the report.
    let head = indices.iter().rposition(|&i| {
        matches!(lines[i].kind, LineKind::Title | LineKind::Subtitle | LineKind::Dateline | LineKind::Formula)
    });
    let body: Vec<usize> =
        indices[head.map_or(0, |n| n + 1)..].iter().copied().filter(|&i| lines[i].kind != LineKind::Blank).collect();
    let mut headings = Vec::new();
    let mut closed = true;
    for (n, &i) in body.iter().enumerate() {
        if lines[i].kind != LineKind::Paragraph {
            // Pictures and repeats may stand in the middle of a broken paragraph; all else ends one.
            closed |= !matches!(lines[i].kind, LineKind::Caption | LineKind::Repeat);
            continue;
        }
        let line = lines[i].span;
        let words = line.slice(text);
        let found = if markdown { hashed(words) } else { None }
            .or_else(|| numbered(words))
            .or_else(|| plain(text, lines, &body, n, closed))
            .or_else(|| if lines[i].joins { None } else { topic(words) });
        match found {
            Some((range, kind, run_in)) => {
                let span = Span::new(line.start + range.start as u32, line.start + range.end as u32);
                headings.push(Heading { index: i, span, kind, run_in });
                closed = !run_in || shape::ends_sentence(words);
            }
            None => closed = shape::ends_sentence(words),
        }
    }
    drop_lists(text, lines, &body, headings)
}

type Found = (std::ops::Range<usize>, Kind, bool);

/// `## heading` in Markdown.
fn hashed(words: &str) -> Option<Found> {
    let depth = words.bytes().take_while(|b| *b == b'#').count();
    let rest = words.get(depth..)?;
    let heading = rest.trim_start();
    ((1..=6).contains(&depth) && heading.len() < rest.len() && !heading.is_empty())
        .then(|| (words.len() - heading.len()..words.len(), Kind::Marked(u8::try_from(depth).unwrap_or(6)), false))
}

fn numbered(words: &str) -> Option<Found> {
    let Mark { family, value, bytes } = numbering::mark(words)?;
    let rest = words.get(bytes..)?;
    let kind = Kind::Numbered(family, value);
    if !rest.chars().any(is_han) {
        return None;
    }
    let counts_aloud = matches!(family, Family::Spoken | Family::Dash);
    // 六、权力是什么?权力就是责任: a question may stand in a heading.
    if !words.contains(['。', '；', ';', '！', '!'])
        && !rest.ends_with([':', '：', '，', ',', '、'])
        && shape::is_short(words, NUMBERED_CHARS)
        && !counts_aloud
    {
        return Some((0..words.len(), kind, false));
    }
    let end = first_stop(words, bytes)?;
    let lone = end.behind >= words.len();
    // A short line that is one whole sentence is an item of a list, unless it is high in the hierarchy.
    if lone && (!matches!(family, Family::Chapter | Family::Cjk | Family::CjkParen) || !words.ends_with('。')) {
        return None;
    }
    (shape::is_short(&words[..end.at], RUN_IN_CHARS)).then_some((0..end.at, kind, true))
}

/// Where the first sentence ends: `at` before its stop, `behind` after it (bytes).
struct Stop {
    at: usize,
    behind: usize,
}

fn first_stop(words: &str, from: usize) -> Option<Stop> {
    let (at, stop) = words
        .get(from..)?
        .char_indices()
        .take(RUN_IN_CHARS + 2)
        .find(|(_, c)| matches!(c, '。' | '！' | '；' | '：' | ':' | ';'))?;
    Some(Stop { at: from + at, behind: from + at + stop.len_utf8() })
}

fn plain(text: &str, lines: &[Line], body: &[usize], n: usize, closed: bool) -> Option<Found> {
    let words = lines[body[n]].span.slice(text);
    let fits = (closed || has_halves(words))
        && shape::is_headline(words)
        && shape::is_short(words, PLAIN_CHARS)
        && !shape::is_dateline(words)
        && !shape::is_byline(words)
        && !shape::is_attribution(words)
        && !words.ends_with(|c: char| c.is_ascii_digit());
    // Something must stand under it.
    let followed = body
        .get(n + 1)
        .is_some_and(|&next| matches!(lines[next].kind, LineKind::Paragraph | LineKind::Repeat | LineKind::Caption));
    (fits && followed).then_some((0..words.len(), Kind::Plain, false))
}

/// Two or three halves parted by blanks, as newspapers set headings: no running text looks so, broken or not.
fn has_halves(words: &str) -> bool {
    let halves: Vec<&str> = words.split([' ', '\u{3000}', '\u{a0}']).filter(|half| !half.is_empty()).collect();
    (2..=4).contains(&halves.len()) && halves.iter().all(|half| half.chars().filter(|c| is_han(*c)).count() >= 3)
}

/// A short first sentence that names what its paragraph is about: no time, no quantity, no address.
fn topic(words: &str) -> Option<Found> {
    let stop = first_stop(words, 0)?;
    let sentence = &words[..stop.at];
    let is_topic = words[stop.at..].starts_with('。')
        && shape::is_short(sentence, TOPIC_CHARS)
        && !shape::is_short(&words[stop.behind..], TOPIC_REST)
        && shape::chars_up_to(sentence, 4) >= 4
        && !sentence.contains(['“', '《', '?', '？'])
        && !sentence.contains(|c: char| crate::text::numeral::digit(c).is_some())
        && !["各位", "我们", "过去", "一年来", "同时", "当前", "今年", "去年", "这", "但", "人民", "是"]
            .iter()
            .any(|w| sentence.starts_with(w))
        && !["是", "的"].iter().any(|w| sentence.ends_with(w));
    is_topic.then_some((0..stop.at, Kind::Topic, true))
}

/// Numbered lines one after another without text between them are a list if they end like one.
fn drop_lists(text: &str, lines: &[Line], body: &[usize], headings: Vec<Heading>) -> Vec<Heading> {
    let place: rustc_hash::FxHashMap<usize, usize> = body.iter().enumerate().map(|(n, &i)| (i, n)).collect();
    let is_item = |h: &Heading| match h.kind {
        Kind::Numbered(Family::Arabic | Family::ArabicParen | Family::Circled, _) => {
            let next = place.get(&h.index).and_then(|n| body.get(n + 1));
            let words = next.map(|&i| lines[i].span.slice(text));
            // Its neighbour below is the next number of the family: nothing stands under this one.
            !h.run_in
                && words
                    .and_then(numbering::mark)
                    .is_some_and(|m| matches!(h.kind, Kind::Numbered(f, v) if f == m.family && m.value == v + 1))
        }
        _ => false,
    };
    let items: Vec<bool> = headings.iter().map(is_item).collect();
    let mut kept = Vec::with_capacity(headings.len());
    for (n, heading) in headings.iter().enumerate() {
        // The last of a list has no next number, but the one before it is an item.
        let last_item = n > 0
            && items[n - 1]
            && matches!((headings[n - 1].kind, heading.kind), (Kind::Numbered(f, v), Kind::Numbered(g, w)) if f == g && w == v + 1);
        if !items[n] && !last_item {
            kept.push(*heading);
        }
    }
    kept
}

/// The level of each heading, 1 for the highest.
fn levels(text: &str, headings: &[Heading]) -> Vec<u8> {
    let depth = headings.iter().filter_map(|h| if let Kind::Marked(d) = h.kind { Some(d) } else { None }).min();
    // Which families are used; spoken counts and dashes always stand below the rest.
    let mut families: Vec<Family> = headings
        .iter()
        .filter_map(|h| match h.kind {
            Kind::Numbered(f, _) if !matches!(f, Family::Spoken | Family::Dash) => Some(f),
            _ => None,
        })
        .collect();
    families.sort_unstable();
    families.dedup();
    let plain_is_part: Vec<bool> = (0..headings.len())
        .map(|n| headings[n].kind == Kind::Plain && !is_inside(headings, n) && !is_under_part(text, headings, n))
        .collect();
    let parts_above =
        headings.iter().enumerate().any(|(n, h)| h.kind == Kind::Plain && plain_is_part[n] && begins_anew(headings, n));
    let base = match depth {
        Some(_) => {
            headings.iter().filter_map(|h| if let Kind::Marked(d) = h.kind { Some(d) } else { None }).max().unwrap_or(0)
                - depth.unwrap_or(1)
                + 1
        }
        None => u8::from(parts_above),
    };
    let of_family =
        |family: Family| base + 1 + u8::try_from(families.iter().position(|f| *f == family).unwrap_or(0)).unwrap_or(0);
    let mut above = 0u8;
    headings
        .iter()
        .enumerate()
        .map(|(n, heading)| {
            let level = match heading.kind {
                Kind::Marked(d) => d - depth.unwrap_or(1) + 1,
                Kind::Numbered(Family::Spoken | Family::Dash, _) | Kind::Topic => above + 1,
                Kind::Numbered(family, _) => of_family(family),
                Kind::Plain if plain_is_part[n] => 1 + if depth.is_some() { base } else { 0 },
                Kind::Plain if is_under_part(text, headings, n) => 2,
                Kind::Plain => above_number(headings, n).map_or(1, |f| of_family(f) + 1),
            };
            if !matches!(heading.kind, Kind::Topic | Kind::Numbered(Family::Spoken | Family::Dash, _)) {
                above = level;
            }
            level.max(1)
        })
        .collect()
}

/// The marks that order a report: its numbered headings, run-in ones as well, spoken counts not.
fn order_mark(heading: &Heading) -> Option<(Family, u32)> {
    match heading.kind {
        Kind::Numbered(f, v) if !matches!(f, Family::Spoken | Family::Dash) => Some((f, v)),
        _ => None,
    }
}

fn above_number(headings: &[Heading], n: usize) -> Option<Family> {
    headings[..n].iter().rev().find_map(order_mark).map(|(f, _)| f)
}

/// Whether a heading without number stands inside a run of numbers: the count goes on behind it.
fn is_inside(headings: &[Heading], n: usize) -> bool {
    let Some((family, value)) = headings[..n].iter().rev().find_map(order_mark) else { return false };
    headings[n + 1..]
        .iter()
        .filter_map(order_mark)
        .find(|(f, _)| *f <= family)
        .is_some_and(|(f, v)| (f == family && v == value + 1) || (f < family && v > 1))
}

/// 2022年工作回顾, 今后一年的任务: words that only the parts of a work report are named by.
fn names_part(heading: &str) -> bool {
    let timed = crate::text::numeral::years(heading).next().is_some()
        || ["过去", "今年", "今后", "新一年", "新的一年", "本届", "一年来", "五年"].iter().any(|w| heading.contains(w));
    timed
        && ["工作", "任务", "回顾", "安排", "打算", "建议", "体会"].iter().any(|w| heading.contains(w))
        && shape::is_short(heading, 26)
}

/// Whether a heading without number stands, among others like it and without any numbers, under a heading that is named as a
/// part is: then these are the next level.
fn is_under_part(text: &str, headings: &[Heading], n: usize) -> bool {
    let own = |h: &&Heading| !h.run_in;
    let is_plain_topic = |h: &Heading| h.kind == Kind::Plain && !names_part(h.span.slice(text));
    if !is_plain_topic(&headings[n]) {
        return false;
    }
    let before: Vec<&Heading> = headings[..n].iter().filter(own).rev().take_while(|h| is_plain_topic(h)).collect();
    let after = headings[n + 1..].iter().filter(own).take_while(|h| is_plain_topic(h)).count();
    let above = headings[..n].iter().filter(own).rev().nth(before.len());
    before.len() + after >= 1 && above.is_some_and(|h| h.kind == Kind::Plain && names_part(h.span.slice(text)))
}

/// Whether the count begins anew behind a heading without number, before another such heading.
fn begins_anew(headings: &[Heading], n: usize) -> bool {
    headings[n + 1..]
        .iter()
        .take_while(|h| h.kind != Kind::Plain)
        .find_map(order_mark)
        .is_some_and(|(_, value)| value == 1)
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
        let end = next.map_or(last, |m| headings[m].index.max(heading.index + 1));
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
    use super::super::{clean, split};
    use super::*;

    /// (line, level, run_in) of every heading of the first report of `text`.
    fn outline_of(text: &str) -> Vec<(u32, u8, bool)> {
        let mut lines = clean::lines(text);
        let pieces = split::split(text, &mut lines);
        let indices: Vec<usize> = pieces[0].ranges.iter().flat_map(|r| r.first as usize - 1..r.last as usize).collect();
        clean::mark_joins(text, &mut lines, &indices);
        outline(text, &mut lines, &indices, false).iter().map(|s| (s.line, s.level, s.run_in)).collect()
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
        let sections = outline(&text, &mut lines, &indices, false);
        let ends: Vec<_> = sections.iter().map(|s| (s.line, s.last_line, s.parent)).collect();
        assert_eq!(ends, [(3, 6, None), (5, 6, Some(0)), (7, 8, None)]);
    }

    #[test]
    fn markdown_says_its_own_levels() {
        let text = "# 槐安县人民法院工作报告\n\n## 一、守灯\n\n灯亮了。\n\n### (一)点灯\n\n灯又亮了。\n";
        let mut lines = clean::lines(text);
        split::split(text, &mut lines);
        let indices: Vec<usize> = (0..lines.len()).collect();
        let sections = outline(text, &mut lines, &indices, true);
        let got: Vec<_> = sections.iter().map(|s| (s.level, s.heading.slice(text))).collect();
        assert_eq!(got, [(1, "一、守灯"), (2, "(一)点灯")]);
    }
}
