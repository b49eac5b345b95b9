//! Which lines of a report are headings.
//!
//! In: the lines of a report's body. Out: [`Heading`]s, in order. Does not know about: their levels.

use rustc_hash::FxHashMap;

use crate::corpus::structure::chrome::signs::sign;
use crate::corpus::structure::numbering;
use crate::corpus::structure::numbering::{Family, Mark};
use crate::corpus::structure::outline::heading::{Heading, HeadingKind, Markup};
use crate::corpus::structure::outline::series::{add_series, drop_lists};
use crate::corpus::structure::paragraph;
use crate::corpus::structure::paragraph::{Continued, Paragraph};
use crate::corpus::structure::{annex, clean, line_predicates, opening, title};
use crate::corpus::{Line, LineKind, Reason};
use crate::text::han::is_han;

/// A numbered heading on its own line has at most this many characters.
const NUMBERED_CHARS: usize = 64;
/// A heading without a number has at most this many.
const PLAIN_CHARS: usize = 38;
/// A heading that ends in a colon has at most this many.
const LED_CHARS: usize = 26;
/// A run-in heading has at most this many.
const RUN_IN_CHARS: usize = 48;
/// A topic sentence has at most this many, and at least [`TOPIC_REST`] follow it.
const TOPIC_CHARS: usize = 32;
/// Characters behind a topic sentence that make the paragraph more than the sentence.
const TOPIC_REST: usize = 40;
/// A heading glued to the end of a paragraph has at most this many.
const GLUED_CHARS: usize = 26;

/// So many short lines in a row are the cells of a table.
const CELLS: usize = 6;
/// A cell has at most this many characters.
const CELL_CHARS: usize = 24;

/// Finds the headings, in order; says of lines that look like headings why they are none.
pub fn find(
    text: &str,
    lines: &mut [Line],
    indices: &[usize],
    continued: &Continued,
    markup: Markup<'_>,
) -> Vec<Heading> {
    // The body begins behind the head: nothing above a title is a heading of the report.
    let head = indices.iter().rposition(|&i| {
        matches!(lines[i].kind, LineKind::Title | LineKind::Subtitle | LineKind::Dateline | LineKind::Formula)
    });
    let body: Vec<usize> =
        indices[head.map_or(0, |n| n + 1)..].iter().copied().filter(|&i| lines[i].kind != LineKind::Blank).collect();
    let paragraphs = paragraph::gather(text, lines, &body, continued);
    let depths = believed(&paragraphs, markup.levels);
    let mut headings = Vec::new();
    let mut refused: Vec<(usize, Reason)> = Vec::new();
    if let Some(&i) = head.and_then(|n| indices.get(n)).filter(|&&i| lines[i].kind == LineKind::Formula) {
        let formula = paragraph::gather(text, lines, &[i], continued);
        headings.extend(formula.first().and_then(glued));
    }
    let explicit = markup.markdown && paragraphs.iter().filter(|p| hashed(&p.words).is_some()).count() >= 2;
    let mut closed = true;
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let line = &lines[paragraph.index];
        if line.kind != LineKind::Paragraph {
            // Pictures, repeats and page numbers may stand in the middle of a broken paragraph; all else ends one.
            closed |= !matches!(line.kind, LineKind::Caption | LineKind::Repeat | LineKind::Running);
            continue;
        }
        let words: &str = &paragraph.words;
        let depth = depths.get(&paragraph.index).copied();
        let never = refusal(words, markup.markdown).or_else(|| signs_off(&paragraphs, n).then_some(Reason::Signature));
        let under_annex = n > 0
            && headings.last().is_some_and(|h| h.kind == HeadingKind::Annex && h.index == paragraphs[n - 1].index);
        let found = marked(words, markup.markdown, depth)
            .map(|(f, depth)| (f, depth, Reason::Markup))
            .or_else(|| annexed(words, n, under_annex).map(|f| (f, None, Reason::Annex)))
            .or_else(|| if never.is_some() { None } else { told(lines, &paragraphs, n, closed, explicit) });
        match found {
            Some(((range, kind, run_in), depth, reason)) => {
                let span = paragraph.span(&range);
                headings.push(Heading { index: paragraph.index, span, kind, depth, run_in, glued: false, reason });
                closed = !run_in || line_predicates::ends_sentence(words);
            }
            None => {
                closed = line_predicates::ends_sentence(words);
                refused.extend(never.map(|reason| (paragraph.index, reason)));
            }
        }
        if let Some(tail) = glued(paragraph).filter(|_| found_run_in_or_none(&headings, paragraph.index)) {
            headings.push(tail);
            closed = true;
        }
    }
    add_series(&paragraphs, &mut headings);
    let kept = drop_lists(&paragraphs, headings, &mut refused);
    for (index, reason) in refused {
        lines[index].reason = reason;
    }
    kept
}

/// What the words of a paragraph say by themselves: a number, a line on its own, a topic sentence.
fn told(
    lines: &[Line],
    paragraphs: &[Paragraph<'_>],
    n: usize,
    closed: bool,
    explicit: bool,
) -> Option<(HeadingMatch, Option<u8>, Reason)> {
    let words: &str = &paragraphs[n].words;
    let reason = |f: HeadingMatch| {
        let reason = if f.2 { Reason::RunIn } else { Reason::Numbered };
        (f, None, reason)
    };
    // Where a file says itself which lines are headings, what has neither sign nor 汉字 number is none.
    let counted = numbered(words)
        .filter(|f| !explicit || f.2 || !matches!(f.1, HeadingKind::Numbered(Family::Arabic | Family::ArabicParen, _)));
    counted
        .map(reason)
        .or_else(|| if explicit { None } else { plain(lines, paragraphs, n, closed).map(|f| (f, None, Reason::Plain)) })
        .or_else(
            || if lines[paragraphs[n].index].joins { None } else { topic(words).map(|f| (f, None, Reason::Topic)) },
        )
}

/// Why a line is no heading, whatever its words: a row of a table, an item or a quotation of Markdown, a signature, the title.
fn refusal(words: &str, markdown: bool) -> Option<Reason> {
    if words.len() > 400 {
        return None;
    }
    let behind = numbering::mark(words).map_or(0, |m| m.bytes);
    if words.get(behind..).is_some_and(|rest| rest.trim().contains('\t')) {
        return Some(Reason::TableRow);
    }
    if markdown && words.starts_with("> ") {
        return Some(Reason::Quotation);
    }
    if markdown && ["- ", "* ", "+ "].iter().any(|mark| words.starts_with(mark)) {
        return Some(Reason::ListItem);
    }
    if opening::is_signature(words) {
        return Some(Reason::Signature);
    }
    title::title_shape(words).filter(|title| !title.listed).map(|_| Reason::SecondTitle)
}

/// 附件1, 名词解释：: an annex, however short its head; not above the first words of a body, and not its title right under it.
fn annexed(words: &str, n: usize, under_annex: bool) -> Option<HeadingMatch> {
    let kind = if under_annex { HeadingKind::Plain } else { HeadingKind::Annex };
    (n > 0 && annex::opens(words)).then(|| (0..words.trim_end_matches([':', '：', ' ']).len(), kind, false))
}

/// 乌有市人民政府 / 2024年1月8日: who signs at the end of a text.
fn signs_off(paragraphs: &[Paragraph<'_>], n: usize) -> bool {
    let behind = paragraphs.get(n + 1..).unwrap_or_default();
    line_predicates::is_organ(&paragraphs[n].words)
        && behind.len() <= 2
        && behind.first().is_none_or(|p| line_predicates::is_dateline(&p.words))
}

/// Whether the paragraph at `index` has no heading yet, or one that shares its line.
fn found_run_in_or_none(headings: &[Heading], index: usize) -> bool {
    headings.last().is_none_or(|h| h.index != index || h.run_in)
}

/// The markup's levels by line, if the markup can be believed: not if much of the text is set as headings, if what is set so
/// does not look like headings, or if one level holds several families of numbers or one family several levels.
fn believed(paragraphs: &[Paragraph<'_>], levels: &[(u32, u8)]) -> FxHashMap<usize, u8> {
    let of_line = |index: usize| {
        let at = levels.binary_search_by_key(&(index + 1), |&(line, _)| line as usize).ok()?;
        levels.get(at).map(|&(_, level)| level)
    };
    let set: Vec<(&Paragraph<'_>, u8)> = if levels.is_empty() {
        Vec::new()
    } else {
        paragraphs.iter().filter_map(|p| of_line(p.index).map(|level| (p, level))).collect()
    };
    let odd = set
        .iter()
        .filter(|(p, _)| !line_predicates::is_short(&p.words, NUMBERED_CHARS) || p.words.contains('。'))
        .count();
    let mut families: Vec<(u8, Family)> = set
        .iter()
        .filter_map(|(p, level)| numbering::mark(&p.words).map(|m| (*level, m.family)))
        .filter(|(_, family)| *family < Family::Spoken)
        .collect();
    families.sort_unstable();
    families.dedup();
    let contradicts =
        (0..families.len()).any(|a| families[a + 1..].iter().any(|b| b.0 == families[a].0 || b.1 == families[a].1));
    if set.len() * 2 > paragraphs.len() || odd * 5 > set.len() || contradicts {
        return FxHashMap::default();
    }
    set.into_iter().map(|(p, level)| (p.index, level)).collect()
}

/// A heading by the file's own markup.
fn marked(words: &str, markdown: bool, depth: Option<u8>) -> Option<(HeadingMatch, Option<u8>)> {
    let of_text = |rest: &str| {
        numbering::mark(rest)
            .filter(|m| m.family < Family::Spoken)
            .map_or(HeadingKind::Plain, |m| HeadingKind::Numbered(m.family, m.value))
    };
    if let Some((range, depth)) = if markdown { hashed(words) } else { None } {
        let kind = of_text(&words[range.clone()]);
        return Some(((range, kind, false), Some(depth)));
    }
    depth?;
    let fits = line_predicates::is_short(words, NUMBERED_CHARS)
        && !words.contains('。')
        && !line_predicates::is_salutation(words)
        && words.chars().any(is_han);
    fits.then(|| ((0..words.len(), of_text(words), false), depth))
}

/// A heading that a paragraph's end runs into: …请予审议。过去一年的主要工作.
fn glued(paragraph: &Paragraph<'_>) -> Option<Heading> {
    let words: &str = &paragraph.words;
    if line_predicates::ends_sentence(words) {
        return None;
    }
    let (at, stop) = words.char_indices().rev().take(GLUED_CHARS + 1).find(|(_, c)| matches!(c, '。' | '！' | '!'))?;
    let rest = words.get(at + stop.len_utf8()..)?;
    let heading = rest.trim();
    let named = crate::corpus::structure::part_name::names_part(heading)
        || numbering::mark(heading).is_some_and(|m| m.family <= Family::Cjk);
    if !named
        || !line_predicates::is_headline(heading)
        || heading.contains(['，', ',', '、']) && numbering::mark(heading).is_none()
    {
        return None;
    }
    let from = words.len() - rest.trim_start().len();
    let kind = numbering::mark(heading).map_or(HeadingKind::Plain, |m| HeadingKind::Numbered(m.family, m.value));
    let span = paragraph.span(&(from..from + heading.len()));
    Some(Heading { index: paragraph.index, span, kind, depth: None, run_in: false, glued: true, reason: Reason::Glued })
}

type HeadingMatch = (std::ops::Range<usize>, HeadingKind, bool);

/// `## heading` in Markdown.
fn hashed(words: &str) -> Option<(std::ops::Range<usize>, u8)> {
    let depth = words.bytes().take_while(|b| *b == b'#').count();
    let rest = words.get(depth..)?;
    let heading = rest.trim_start();
    ((1..=6).contains(&depth) && heading.len() < rest.len() && !heading.is_empty())
        .then(|| (words.len() - heading.len()..words.len(), u8::try_from(depth).unwrap_or(6)))
}

fn numbered(words: &str) -> Option<HeadingMatch> {
    let Mark { family, value, bytes } = numbering::mark(words)?;
    let rest = words.get(bytes..)?;
    let kind = HeadingKind::Numbered(family, value);
    if !rest.chars().any(is_han) {
        return None;
    }
    let counts_aloud = matches!(family, Family::Spoken | Family::Dash);
    let whole = unstarred(words);
    // 六、权力是什么?权力就是责任: a question may stand in a heading.
    if !words.contains(['。', '；', ';', '！', '!'])
        && !rest.ends_with([':', '：', '，', ',', '、'])
        && line_predicates::is_short(words, NUMBERED_CHARS)
        && !counts_aloud
    {
        return Some((whole, kind, false));
    }
    // 二、2024年工作安排：
    let led = family <= Family::Cjk
        && rest.ends_with([':', '：'])
        && rest.matches([':', '：', '，', '。', '；']).count() == 1;
    if led && line_predicates::is_short(words, LED_CHARS) {
        return Some((0..words.trim_end_matches([':', '：']).len(), kind, false));
    }
    let end = first_stop(words, bytes)?;
    let lone = end.behind >= words.len();
    // A short line that is one whole sentence is an item of a list, unless it is high in the hierarchy.
    if lone && (family > Family::CjkParen || !words.ends_with('。')) {
        return None;
    }
    // 一、2023年工作回顾。 has its line for itself.
    (line_predicates::is_short(&words[..end.at], RUN_IN_CHARS)).then_some((0..end.at, kind, !lone))
}

/// The line without the stars that set it in bold.
fn unstarred(words: &str) -> std::ops::Range<usize> {
    if !words.starts_with("**") {
        return 0..words.len();
    }
    2..words.trim_end_matches('*').len().max(2)
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

fn plain(lines: &[Line], paragraphs: &[Paragraph<'_>], n: usize, closed: bool) -> Option<HeadingMatch> {
    let words: &str = &paragraphs[n].words;
    let fits = (closed || has_halves(words))
        && line_predicates::is_headline(words)
        && line_predicates::is_short(words, PLAIN_CHARS)
        && !line_predicates::is_dateline(words)
        && !line_predicates::is_byline(words)
        && !line_predicates::is_attribution(words)
        && !words.ends_with(|c: char| c.is_ascii_digit())
        && sign(words).is_none()
        && !is_cell(lines, paragraphs, n);
    // Something must stand under it.
    let followed = paragraphs[n + 1..]
        .iter()
        .map(|p| lines[p.index].kind)
        .find(|kind| *kind != LineKind::Running)
        .is_some_and(|kind| matches!(kind, LineKind::Paragraph | LineKind::Repeat | LineKind::Caption));
    // The last line of a page may be half a paragraph.
    let across = paragraphs.get(n + 1).is_some_and(|p| lines[p.index].kind == LineKind::Running);
    let fits = fits && !(across && words.len() >= clean::BROKEN_BYTES);
    // 一是抓好灯塔, on a line of its own: the count does not order the report, but the line stands below what does.
    let aloud = numbering::mark(words).filter(|m| m.family == Family::Spoken);
    let kind = aloud.map_or(HeadingKind::Plain, |m| HeadingKind::Numbered(m.family, m.value));
    (fits && followed).then_some((0..words.len(), kind, false))
}

/// Whether a line stands among others like it, as the cells of a table do that was saved one a line.
fn is_cell(lines: &[Line], paragraphs: &[Paragraph<'_>], n: usize) -> bool {
    let like = |p: &&Paragraph<'_>| {
        lines[p.index].kind == LineKind::Paragraph
            && line_predicates::is_short(&p.words, CELL_CHARS)
            && !line_predicates::ends_sentence(&p.words)
            && numbering::mark(&p.words).is_none()
    };
    let before = paragraphs[..n].iter().rev().take(CELLS).take_while(like).count();
    before + 1 + paragraphs[n + 1..].iter().take(CELLS).take_while(like).count() >= CELLS
}

/// Two or three halves parted by blanks, as newspapers set headings: no running text looks so, broken or not.
fn has_halves(words: &str) -> bool {
    let halves: Vec<&str> = words.split([' ', '\u{3000}', '\u{a0}']).filter(|half| !half.is_empty()).collect();
    (2..=4).contains(&halves.len()) && halves.iter().all(|half| half.chars().filter(|c| is_han(*c)).count() >= 3)
}

/// A short first sentence that names what its paragraph is about: no time, no quantity, no address.
fn topic(words: &str) -> Option<HeadingMatch> {
    let stop = first_stop(words, 0)?;
    let sentence = &words[..stop.at];
    let is_topic = words[stop.at..].starts_with('。')
        && line_predicates::is_short(sentence, TOPIC_CHARS)
        && !line_predicates::is_short(&words[stop.behind..], TOPIC_REST)
        && line_predicates::chars_up_to(sentence, 4) >= 4
        && !sentence.contains(['“', '《', '?', '？'])
        && !sentence.contains(|c: char| crate::text::numeral::digit(c).is_some())
        && !["各位", "我们", "过去", "一年来", "同时", "当前", "今年", "去年", "这", "但", "人民", "是"]
            .iter()
            .any(|w| sentence.starts_with(w))
        && !["是", "的"].iter().any(|w| sentence.ends_with(w));
    is_topic.then_some((0..stop.at, HeadingKind::Topic, true))
}
