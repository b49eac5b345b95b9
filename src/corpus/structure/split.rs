//! Lines to pieces: which lines make one report.
//!
//! In: a document's lines. Out: [`Piece`]s, with the kinds of the lines that surround a body (title, salutation, advert …)
//! set. Does not know about: places, years, headings.
//!
//! A work report announces itself: a title, then within a few short lines a salutation or a formula. A title that keeps no
//! such promise is a line of a contents list, unless much text follows it. A document without any such title is a
//! newspaper page, and [`page`] looks for headlines instead.

use crate::corpus::model::piece::{Piece, number, range};
use crate::corpus::structure::chrome::signs::{Sign, sign};
use crate::corpus::structure::opening::{HEAD_LINES, mark_opening};
use crate::corpus::structure::title::{TitleShape, fullness, labelled, other_shape, say_the_same, title_shape};
use crate::corpus::structure::{chrome, contents, furniture, line_predicates, numbering, page, session_news};
use crate::corpus::{Line, LineKind, LineRange, Reason, ReportKind};

/// Bytes of text that make a title without salutation believable.
const BODY_BYTES: u32 = 3_000;
/// Bytes of text that make a title with nothing but a date under it believable.
const DATED_BYTES: u32 = 150;

/// Splits a document of which nothing is known but its text.
pub fn split(text: &str, lines: &mut [Line]) -> Vec<Piece> {
    split_beside_tables(text, lines, &[])
}

/// Splits a document; `tables` are ranges of lines that the file itself sets as rows of tables.
pub fn split_beside_tables(text: &str, lines: &mut [Line], tables: &[LineRange]) -> Vec<Piece> {
    furniture::mark(text, lines);
    contents::mark(text, lines, tables);
    chrome::mark(text, lines);
    let titles = find_titles(text, lines);
    for head in titles.iter().filter(|t| t.running) {
        lines[head.title].set(LineKind::Running, Reason::RunningTitle);
    }
    let starts: Vec<&Candidate> = titles.iter().filter(|t| t.confirmed).collect();
    if starts.is_empty() {
        return page::split(text, lines);
    }
    let mut pieces = Vec::with_capacity(starts.len());
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(lines.len(), |next| next.first);
        let end = trim_tail(text, lines, start.last + 1, end);
        mark_head(text, lines, start);
        pieces.push(Piece {
            kind: start.shape.kind,
            ranges: cut_outside(lines, start.first, end),
            title: Some(start.shape.text.clone()),
            title_line: Some(number(start.title)),
            subtitle_line: None,
            organ_line: None,
        });
    }
    let first = starts[0].first;
    for line in &mut lines[..first] {
        if line.kind == LineKind::Paragraph {
            let (kind, reason) = outside_kind(line.span.slice(text));
            line.set(kind, reason);
        }
    }
    pieces
}

/// The ranges of `first..end` (0-based, half-open) without the lines that belong to no report, and without blank ends.
pub fn cut_outside(lines: &[Line], first: usize, end: usize) -> Vec<LineRange> {
    let mut ranges: Vec<LineRange> = Vec::new();
    let mut cut = true;
    for (i, line) in lines.iter().enumerate().take(end).skip(first) {
        if line.kind.is_outside() {
            cut = true;
        } else if line.kind != LineKind::Blank {
            match ranges.last_mut().filter(|_| !cut) {
                Some(range) => range.last = number(i),
                None => ranges.push(range(i, i + 1)),
            }
            cut = false;
        }
    }
    ranges
}

/// A line that could be a title; 0-based indices.
#[derive(Debug)]
struct Candidate {
    /// First line of the report: the title, or the organ above a title of two lines.
    first: usize,
    /// The line of the title.
    title: usize,
    /// The last line of a title: behind the title's own where it is printed again.
    last: usize,
    /// Lines that are titles as well: its first half, or another print of it.
    also: Vec<usize>,
    shape: TitleShape,
    confirmed: bool,
    /// The title of the report that stands open, printed again on a later page.
    running: bool,
}

impl Candidate {
    fn new(first: usize, title: usize, shape: TitleShape) -> Self {
        Self { first, title, last: title, also: Vec::new(), shape, confirmed: false, running: false }
    }
}

fn find_titles(text: &str, lines: &[Line]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut previous = None;
    for (i, line) in lines.iter().enumerate() {
        if line.kind != LineKind::Paragraph {
            continue;
        }
        let words = line.span.slice(text);
        let above = previous.map(|p: usize| (p, lines[p].span.slice(text)));
        if let Some(mut shape) = shape_of(words) {
            let joined = above.and_then(|(p, above)| Some((p, first_half(above, &shape)?)));
            let first = joined.as_ref().map_or(i, |(p, _)| *p);
            if let Some((_, whole)) = joined {
                shape.text = whole;
            }
            found.push(Candidate::new(first, i, shape));
        } else if let Some((p, shape)) = above.and_then(|(p, above)| Some((p, broken_title(above, words)?))) {
            found.push(Candidate::new(p, i, shape));
        }
        previous = Some(i);
    }
    let spans: Vec<(usize, u32)> = found.iter().map(|c| (c.title, lines[c.title].span.end)).collect();
    let whole = lines.last().map_or(0, |l| l.span.end);
    for (n, candidate) in found.iter_mut().enumerate() {
        let next = spans.get(n + 1);
        let body = next.map_or(whole, |&(line, _)| lines[line].span.start).saturating_sub(spans[n].1);
        candidate.confirmed = match candidate.shape.kind {
            ReportKind::Resolution => !candidate.shape.listed && resolves(text, lines, candidate.title),
            ReportKind::Bulletin => !candidate.shape.listed && body >= BODY_BYTES,
            kind => match opens(text, lines, candidate.title, &candidate.shape) {
                Opening::Announced => true,
                // A date alone opens nothing: lists of titles have dates as well.
                Opening::Dated if body >= DATED_BYTES => !session_news::tells(text, &lines[candidate.title..]),
                Opening::Dated | Opening::Repeated => false,
                Opening::Silent => {
                    kind == ReportKind::Report
                        && !candidate.shape.listed
                        && body >= BODY_BYTES
                        && shape_of(lines[candidate.title].span.slice(text)).is_some()
                        && !session_news::tells(text, &lines[candidate.title..])
                }
            },
        };
    }
    mark_running_titles(text, lines, &mut found);
    unite_titles(text, lines, &mut found);
    found
}

/// The shape of a line as a title: by its end, or because a label says so.
fn shape_of(line: &str) -> Option<TitleShape> {
    let title = labelled(line);
    let words = title.unwrap_or(line);
    title_shape(words).or_else(|| other_shape(words)).or_else(|| {
        let told = title.filter(|t| line_predicates::is_short(t, 90))?;
        Some(TitleShape { text: told.to_owned(), listed: false, kind: ReportKind::Report })
    })
}

/// A title broken over two lines in mid-word: …会议关于乌有县人民 / 代表大会常务委员会工作报告的决议.
fn broken_title(above: &str, line: &str) -> Option<TitleShape> {
    let ends = line.ends_with(['议', '定', '告', '报']) || line.ends_with(['）', ')']);
    let fits = ends
        && line_predicates::is_short(above, 44)
        && line_predicates::is_short(line, 44)
        && !line_predicates::holds_sentence(above)
        && !above.ends_with(['：', ':', '，', '、', '）', ')', '日'])
        && shape_of(above).is_none()
        && numbering::mark(above).is_none()
        && numbering::mark(line).is_none()
        && !line_predicates::is_dateline(above)
        && sign(above).is_none();
    let whole = fits.then(|| format!("{above}{line}"))?;
    other_shape(&whole).filter(|shape| shape.kind == ReportKind::Resolution)
}

/// Titles one after another that say the same open one report, at the first of them; the fullest names it.
fn unite_titles(text: &str, lines: &[Line], found: &mut [Candidate]) {
    for n in 1..found.len() {
        if !found[n].confirmed {
            continue;
        }
        for m in (0..n).rev() {
            let (before, after) = found.split_at_mut(n);
            let (above, open) = (&before[m], &mut after[0]);
            let same = !above.confirmed
                && !above.running
                && !above.shape.listed
                && (above.shape.text == open.shape.text || say_the_same(&above.shape.text, &open.shape.text));
            if !same || !gap_is_short(text, lines, above.title, open.first) {
                break;
            }
            open.also.push(open.title);
            open.also.extend([above.first, above.title].iter().chain(&above.also));
            open.first = above.first;
            if fullness(&above.shape.text) > fullness(&open.shape.text) {
                open.shape.text = above.shape.text.clone();
                open.title = above.title;
            }
        }
    }
}

/// The whole title, if `above` is the first half of a title whose second line has this shape: 乌有市人民代表大会常务委员会
/// / 工作报告; 2023年 / 政府工作报告; 乌有市 / 政府工作报告.
fn first_half(above: &str, shape: &TitleShape) -> Option<String> {
    let bare = match shape.text.as_str() {
        "政府工作报告" => "工作报告",
        "工作报告" | "人大常委会工作报告" | "常务委员会工作报告" | "常委会工作报告" => {
            shape.text.as_str()
        }
        _ => return None,
    };
    if line_predicates::is_organ(above) {
        return Some(format!("{above}{bare}"));
    }
    let names = line_predicates::is_short(above, 12)
        && (above.ends_with(['省', '市', '县', '区', '州', '盟', '旗']) || above.ends_with('年'))
        && !line_predicates::holds_sentence(above);
    names.then(|| format!("{above}{}", shape.text))
}

/// A title that opens nothing and is that of the report above it was printed on every page.
fn mark_running_titles(text: &str, lines: &[Line], found: &mut [Candidate]) {
    let mut open: Option<String> = None;
    for candidate in found.iter_mut() {
        let silent = || matches!(opens(text, lines, candidate.title, &candidate.shape), Opening::Silent);
        if open.as_ref() == Some(&candidate.shape.text) && silent() {
            (candidate.confirmed, candidate.running) = (false, true);
        } else if candidate.confirmed {
            open = Some(candidate.shape.text.clone());
        }
    }
}

/// Whether a resolution's own words follow its title: (…通过), or …会议…决定….
fn resolves(text: &str, lines: &[Line], title: usize) -> bool {
    lines[title + 1..].iter().filter(|l| l.kind == LineKind::Paragraph).take(4).any(|line| {
        let words = line.span.slice(text);
        (words.contains("通过") && line_predicates::is_short(words, 60))
            || (words.contains("会议")
                && ["决定", "批准", "同意", "号召", "审议", "审查"].iter().any(|w| words.contains(w)))
    })
}

enum Opening {
    /// A salutation or formula follows.
    Announced,
    /// A dateline follows.
    Dated,
    /// Another title follows first.
    Repeated,
    /// Neither.
    Silent,
}

fn opens(text: &str, lines: &[Line], title: usize, shape: &TitleShape) -> Opening {
    let mut dated = false;
    for line in lines[title + 1..].iter().filter(|l| l.kind == LineKind::Paragraph).take(HEAD_LINES) {
        let words = line.span.slice(text);
        if line_predicates::is_salutation(words) || line_predicates::is_formula(words) {
            return Opening::Announced;
        }
        if title_shape(words).is_some() {
            return Opening::Repeated;
        }
        let label = matches!(sign(words), Some(Sign::Label | Sign::FileLink));
        if !label && !line_predicates::is_short(words, 90) {
            break;
        }
        if label {
            continue;
        }
        dated |= line_predicates::is_dateline(words);
    }
    if dated && !shape.listed { Opening::Dated } else { Opening::Silent }
}

/// Whether only a few short lines that do not open a text stand between two lines.
fn gap_is_short(text: &str, lines: &[Line], from: usize, to: usize) -> bool {
    let between = lines.get(from + 1..to).unwrap_or_default().iter().filter(|l| l.kind == LineKind::Paragraph);
    let fits = |line: &Line| {
        let words = line.span.slice(text);
        line_predicates::is_short(words, 90) || matches!(sign(words), Some(Sign::Label | Sign::FileLink))
    };
    between.clone().count() <= HEAD_LINES && between.clone().all(fits)
}

/// Sets the kinds of the lines from the title to the formula.
fn mark_head(text: &str, lines: &mut [Line], start: &Candidate) {
    for &i in start.also.iter().filter(|&&i| i != start.title) {
        if lines[i].kind == LineKind::Paragraph {
            lines[i].set(LineKind::Title, Reason::SecondTitle);
        }
    }
    let title = lines[start.title].span.slice(text);
    let reason = match start.shape.kind {
        _ if labelled(title).is_some() => Reason::TitleLabel,
        ReportKind::Report => Reason::Title,
        _ => Reason::OtherTitle,
    };
    lines[start.title].set(LineKind::Title, reason);
    for line in &mut lines[start.first..start.title] {
        if line.kind == LineKind::Paragraph && start.also.is_empty() {
            line.set(LineKind::Title, Reason::TitleHalf);
        }
    }
    mark_opening(text, &mut lines[start.first..]);
}

/// Takes adverts and contents lines off the end of `from..end`; returns the new end.
fn trim_tail(text: &str, lines: &mut [Line], from: usize, end: usize) -> usize {
    let mut last = end;
    for i in (from..end).rev() {
        if lines[i].kind != LineKind::Paragraph {
            continue;
        }
        let words = lines[i].span.slice(text);
        if line_predicates::is_advert(words) {
            lines[i].set(LineKind::Advert, Reason::Advert);
        } else if title_shape(words).is_some() {
            lines[i].set(LineKind::Contents, Reason::Contents);
        } else {
            break;
        }
        last = i;
    }
    while last > from && lines[last - 1].kind == LineKind::Blank {
        last -= 1;
    }
    last
}

/// What a line outside every report is.
fn outside_kind(words: &str) -> (LineKind, Reason) {
    if line_predicates::is_advert(words) {
        (LineKind::Advert, Reason::Advert)
    } else if title_shape(words).is_some() || matches!(words.replace([' ', '\u{3000}'], "").as_str(), "目录" | "目次")
    {
        (LineKind::Contents, Reason::Contents)
    } else if sign(words).is_some() {
        (LineKind::Chrome, Reason::PageLabel)
    } else {
        (LineKind::Stray, Reason::Before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    const TEXT: &str = "一年来,守灯人守住了每一夜的灯,盐工晒出了每一季的盐,渔家收回了每一张的网。";

    /// (first, last, title) of each report, and the kinds of the lines.
    fn pieces_of(text: &str) -> (Vec<(u32, u32, String)>, Vec<LineKind>) {
        let mut lines = clean::lines(text);
        let pieces = split(text, &mut lines);
        let found = pieces.iter().map(|p| (p.ranges[0].first, p.ranges[0].last, p.title.clone().unwrap_or_default()));
        (found.collect(), lines.iter().map(|l| l.kind).collect())
    }

    #[test]
    fn a_compendium_with_strays() {
        let text = format!(
            "某某文库(www.example.com)整理,更多资料\n3.南柯市人大常委会工作报告\n乌有市人大常委会工作报告\n各位代表:\n{TEXT}\n\n\
             镜花市委员会常务委员会工作报告\n各位委员:\n我代表政协镜花市委员会常务委员会,向大会报告工作,请予审议。\n{TEXT}\n\n购买更多资料请加微信\n"
        );
        let (found, kinds) = pieces_of(&text);
        assert_eq!(
            found,
            [(3, 5, "乌有市人大常委会工作报告".into()), (7, 10, "镜花市委员会常务委员会工作报告".into())]
        );
        assert_eq!(
            kinds[..5],
            [LineKind::Advert, LineKind::Contents, LineKind::Title, LineKind::Salutation, LineKind::Paragraph]
        );
        assert_eq!(kinds[8], LineKind::Formula);
        assert_eq!(kinds[11], LineKind::Advert);
    }

    #[test]
    fn a_contents_list_is_no_report() {
        let text = format!(
            "目 录\n乌有市人大常委会工作报告 1\n南柯市人大常委会工作报告 13\n乌有市人大常委会工作报告\n各位代表:\n{TEXT}\n南柯市人大常委会工作报告\n各位代表:\n{TEXT}\n"
        );
        let (found, kinds) = pieces_of(&text);
        assert_eq!(found.iter().map(|f| (f.0, f.1)).collect::<Vec<_>>(), [(4, 6), (7, 9)]);
        assert_eq!(kinds[..3], [LineKind::Contents; 3]);
    }

    #[test]
    fn a_title_printed_twice_opens_one_report() {
        let text = format!(
            "政府工作报告\n\n政 府 工 作 报 告\n——2023年1月8日在乌有市第八届人民代表大会第二次会议上\n乌有市市长 ○○○\n各位代表：\n{TEXT}\n"
        );
        let (found, kinds) = pieces_of(&text);
        assert_eq!(found, [(1, 7, "政府工作报告".into())]);
        assert_eq!(kinds[3..6], [LineKind::Dateline, LineKind::Dateline, LineKind::Salutation]);
    }

    #[test]
    fn a_title_of_two_lines() {
        let (found, _) = pieces_of(&format!("乌有市人民代表大会常务委员会\n工作报告\n各位代表:\n{TEXT}\n"));
        assert_eq!(found, [(1, 4, "乌有市人民代表大会常务委员会工作报告".into())]);
    }

    #[test]
    fn without_a_salutation_much_text_must_follow() {
        let (found, _) = pieces_of(&format!("乌有市人大常委会工作报告\n{}", format!("{TEXT}\n").repeat(40)));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].2, "乌有市人大常委会工作报告");
    }

    #[test]
    fn a_report_without_title_is_one_by_its_salutation() {
        let mut lines = clean::lines("各位代表:\n灯亮了。");
        let pieces = split("各位代表:\n灯亮了。", &mut lines);
        assert_eq!((pieces.len(), pieces[0].kind), (1, ReportKind::Report));
    }
}
