//! A decoded text to a [`Document`]: lines, pieces, outlines, metadata, issues, one after another.
//!
//! In: a path (for its name only) and text. Out: a document. Refuses to know: disks and bytes.

use std::path::Path;

use super::decode::Decoded;
use super::split::{self, Piece};
use super::years::{self, Evidence};
use super::{
    Body, Document, Issue, IssueKind, Line, LineKind, Report, ReportKind, Section, Sketch, clean, origin, outline,
};
use crate::text::{han, numeral};

/// How many bytes of an article are searched for the places it names.
const VOTE_BYTES: usize = 60_000;

/// Reads a document.
pub fn understand(path: &Path, decoded: Decoded) -> Document {
    let Decoded { text, encoding, malformed } = decoded;
    let mut lines = clean::lines(&text);
    let markdown = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"));
    let mut issues = Vec::new();
    let pieces = split::split(&text, &mut lines);
    let mut reports: Vec<Report> = Vec::with_capacity(pieces.len());
    let page = Page::of(path, &text, &lines, &pieces);
    for piece in &pieces {
        let indices: Vec<usize> = piece.ranges.iter().flat_map(|r| r.first as usize - 1..r.last as usize).collect();
        let article = piece.kind == ReportKind::Article;
        for (line, first) in clean::mark_repeats(&text, &mut lines, &indices, article) {
            issues.push(issue(path, Some(line), IssueKind::Repeat(first)));
        }
        clean::mark_joins(&text, &mut lines, &indices);
        let sections = outline::outline(&text, &mut lines, &indices, markdown);
        // A heading ends what stands above it; only now is it known to be one.
        clean::mark_joins(&text, &mut lines, &indices);
        reports.push(describe(&page, &text, &lines, piece, &indices, sections));
    }
    share_years(&mut reports);
    share_place(&mut reports);
    for report in &reports {
        if report.place.is_empty() {
            issues.push(issue(
                path,
                report.title_line.or(report.ranges.first().map(|r| r.first)),
                IssueKind::UnknownPlace,
            ));
        }
    }
    note_lines(path, &text, &lines, malformed, &mut issues);
    if reports.is_empty() {
        issues.push(issue(path, None, IssueKind::NoReport));
    }
    issues.sort_by_key(|i| i.line.unwrap_or(0));
    Document { path: path.to_owned(), encoding, text, lines, reports, issues }
}

/// Reports of one compendium, articles of one page are of one year: those that tell none have the year of most others.
fn share_years(reports: &mut [Report]) {
    let mut counts = std::collections::BTreeMap::<u16, usize>::new();
    for year in reports.iter().filter_map(|r| r.years.last()) {
        *counts.entry(*year).or_default() += 1;
    }
    let Some((year, count)) = counts.into_iter().max_by_key(|&(_, count)| count) else { return };
    if count * 2 > reports.len() {
        for report in reports.iter_mut().filter(|r| r.years.is_empty()) {
            report.years.push(year);
        }
    }
}

/// Articles of one page that name no place have the place of most others.
fn share_place(reports: &mut [Report]) {
    let named = |r: &&Report| r.kind == ReportKind::Article && !r.place.is_empty();
    let mut counts: Vec<(String, String, usize)> = Vec::new();
    for report in reports.iter().filter(named) {
        match counts.iter_mut().find(|c| c.0 == report.place && c.1 == report.province) {
            Some(found) => found.2 += 1,
            None => counts.push((report.place.clone(), report.province.clone(), 1)),
        }
    }
    let Some((place, province, _)) = counts.into_iter().find(|c| c.2 * 2 > reports.len()) else { return };
    for report in reports.iter_mut().filter(|r| r.kind == ReportKind::Article && r.place.is_empty()) {
        (report.place, report.province) = (place.clone(), province.clone());
    }
}

fn issue(path: &Path, line: Option<u32>, kind: IssueKind) -> Issue {
    Issue { path: path.to_owned(), line, kind }
}

/// Issues of single lines: damage, control characters, lines outside every report.
fn note_lines(path: &Path, text: &str, lines: &[Line], malformed: bool, issues: &mut Vec<Issue>) {
    let damaged = memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes()).is_some();
    let controlled = han::count(text).controls > 0;
    for (i, line) in lines.iter().enumerate() {
        let number = Some(split::number(i));
        let outside = match line.kind {
            LineKind::Advert => Some("广告 advert"),
            LineKind::Contents => Some("目录行 contents line"),
            LineKind::PageHead => Some("版面标题 page heading"),
            LineKind::Stray => Some("其他 other"),
            _ => None,
        };
        if let Some(what) = outside {
            issues.push(issue(path, number, IssueKind::Outside(what)));
        }
        if !damaged && !controlled {
            continue;
        }
        let words = line.span.slice(text);
        let replaced = if damaged { u32::try_from(words.matches('\u{fffd}').count()).unwrap_or(u32::MAX) } else { 0 };
        if replaced > 0 {
            issues.push(issue(
                path,
                number,
                if malformed { IssueKind::BadBytes(replaced) } else { IssueKind::Damaged(replaced) },
            ));
        }
        let controls = if controlled { han::count(words).controls } else { 0 };
        if controls > 0 {
            issues.push(issue(path, number, IssueKind::ControlCharacters(controls)));
        }
    }
}

/// What the pieces of a document share: file names, and for a newspaper page the place that most of it is about.
struct Page<'a> {
    path: &'a Path,
    names: Vec<String>,
    place: Option<origin::Origin>,
    province: String,
}

impl<'a> Page<'a> {
    fn of(path: &'a Path, text: &str, lines: &[Line], pieces: &[Piece]) -> Self {
        let stem = |p: &Path| p.file_stem().map(|s| s.to_string_lossy().into_owned());
        let folder = path.parent().and_then(|p| p.file_name()).map(|s| s.to_string_lossy().into_owned());
        let names: Vec<String> = stem(path).into_iter().chain(folder).collect();
        let newspaper = pieces.iter().all(|p| p.kind == ReportKind::Article);
        let organs: Vec<origin::Origin> = pieces
            .iter()
            .filter_map(|p| origin::place_of(p.organ_line.map(|n| lines[n as usize - 1].span.slice(text)), &[]))
            .collect();
        // 省人大 on a page of one province's cities is that province's.
        let province = match organs.split_first() {
            Some((first, rest)) if rest.iter().all(|o| o.province == first.province) => first.province.clone(),
            _ => String::new(),
        };
        let place = newspaper
            .then(|| {
                origin::vote(
                    lines.iter().filter(|l| l.kind != LineKind::Blank).map(|l| head(l.span.slice(text), VOTE_BYTES)),
                )
            })
            .flatten();
        Self { path, names, place, province }
    }
}

/// At most `bytes` bytes of `text`, cut at a character.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

fn describe(
    page: &Page<'_>,
    text: &str,
    lines: &[Line],
    piece: &Piece,
    indices: &[usize],
    sections: Vec<Section>,
) -> Report {
    let slice = |i: usize| lines[i].span.slice(text);
    let line = |n: u32| slice(n as usize - 1);
    let of_kind = |kind: LineKind| indices.iter().copied().filter(move |&i| lines[i].kind == kind).map(slice);
    let mut counts = han::Counts::default();
    for &i in indices {
        counts += han::count(slice(i));
    }
    let article = piece.kind == ReportKind::Article;
    let subtitle_line = piece
        .subtitle_line
        .or_else(|| indices.iter().copied().find(|&i| lines[i].kind == LineKind::Subtitle).map(split::number));
    let title = piece.title.clone().unwrap_or_else(|| page.names.first().cloned().unwrap_or_default());
    let heads: Vec<&str> =
        [Some(title.as_str()), piece.organ_line.map(line), subtitle_line.map(line)].into_iter().flatten().collect();
    let formulas: Vec<&str> = of_kind(LineKind::Formula)
        .chain(of_kind(LineKind::Salutation).take(1))
        .chain(of_kind(LineKind::Dateline))
        .collect();

    let origin = if article {
        article_origin(page, &heads, piece, text, lines, indices)
    } else {
        report_origin(page, &heads, &formulas, text, lines, indices)
    };
    let body = heads
        .iter()
        .chain(&formulas)
        .find_map(|h| origin::body_of(h))
        .or_else(|| body_by_count(text, lines, indices))
        .unwrap_or(Body::Other);

    let paragraphs: Vec<&str> = of_kind(LineKind::Paragraph).collect();
    let own: Vec<&Section> = sections.iter().filter(|s| s.level == 1 && !s.run_in).collect();
    let outlook = own.get(1..).and_then(<[_]>::last).and_then(|s| {
        indices.iter().copied().find(|&i| split::number(i) > s.line && lines[i].kind == LineKind::Paragraph).map(slice)
    });
    let looks_ahead_from = own.get(1..).and_then(<[_]>::last).map_or(u32::MAX, |s| s.line);
    let review = indices
        .iter()
        .copied()
        .filter(|&i| lines[i].kind == LineKind::Paragraph && split::number(i) < looks_ahead_from)
        .map(slice)
        .collect();
    let evidence = Evidence {
        titles: heads.clone(),
        datelines: of_kind(LineKind::Dateline).collect(),
        parts: own.iter().map(|s| s.heading.slice(text)).collect(),
        opening: if article {
            of_kind(LineKind::Paragraph).chain(of_kind(LineKind::Caption)).collect()
        } else {
            paragraphs.iter().copied().take(3).collect()
        },
        outlook,
        review: if article { Vec::new() } else { review },
        names: if piece.title.as_deref().is_some_and(|t| numeral::years(t).next().is_some()) {
            Vec::new()
        } else {
            page.names.clone()
        },
        article,
    };
    let years = years::recognise(&evidence);
    let sketch = Sketch::of(paragraphs.iter().copied());
    Report {
        ranges: piece.ranges.clone(),
        kind: piece.kind,
        title,
        title_line: piece.title_line,
        subtitle: subtitle_line.map(|n| line(n).to_owned()),
        place: origin.place,
        province: origin.province,
        body,
        years: years.reviewed,
        session_year: years.session,
        chars: counts.chars,
        han: counts.han,
        sections,
        sketch,
        duplicate_of: None,
    }
}

/// A report names its place in its title, else in the words that open it, else its file does.
fn report_origin(
    page: &Page<'_>,
    heads: &[&str],
    formulas: &[&str],
    text: &str,
    lines: &[Line],
    indices: &[usize],
) -> origin::Origin {
    let names: Vec<&str> = page.names.iter().map(String::as_str).collect();
    let _ = page.path;
    // Formulas say 我受某市…委托: the place stands behind the first words.
    let opened = formulas.iter().map(|f| {
        f.trim_start_matches(['现', '在', ',', '，', '我', '受', '代', '表', '由', '向', '—', ' ', '(', '（'])
    });
    origin::place_of(heads.iter().copied(), &names)
        .or_else(|| origin::place_of(opened, &names))
        .or_else(|| origin::vote(formulas.iter().copied()))
        .or_else(|| origin::place_of(names.iter().copied(), &[]))
        .or_else(|| {
            heads
                .iter()
                .chain(formulas)
                .any(|h| h.contains("全国人民代表大会") || h.contains("国务院"))
                .then(origin::nation)
        })
        .or_else(|| origin::vote(indices.iter().take(40).map(|&i| lines[i].span.slice(text))))
        .unwrap_or_default()
}

/// An article's organ or headline names its place, else its words do, else the page's.
fn article_origin(
    page: &Page<'_>,
    heads: &[&str],
    piece: &Piece,
    text: &str,
    lines: &[Line],
    indices: &[usize],
) -> origin::Origin {
    let organ = piece.organ_line.map(|n| lines[n as usize - 1].span.slice(text));
    let speaks = piece.title.as_deref().filter(|_| piece.title_line.is_none());
    if speaks.is_some_and(|t| t.starts_with("省")) && !page.province.is_empty() {
        return origin::Origin { place: page.province.clone(), province: page.province.clone() };
    }
    let bare = heads.iter().map(|h| h.trim_start_matches(['—', '―', '–', ' ', '写', '在', '记']));
    origin::place_of(organ, &[])
        .or_else(|| origin::vote(heads.iter().copied()))
        .or_else(|| origin::place_of(bare, &[]))
        .or_else(|| {
            origin::vote(indices.iter().map(|&i| lines[i].span.slice(text)))
                .filter(|o| o.place != o.province || page.place.is_none())
        })
        .or_else(|| page.place.clone())
        .unwrap_or_default()
}

/// Whom an article without a telling headline speaks of most.
fn body_by_count(text: &str, lines: &[Line], indices: &[usize]) -> Option<Body> {
    let names: [(Body, &[&str]); 5] = [
        (Body::Congress, &["人大"]),
        (Body::Consultative, &["政协"]),
        (Body::Court, &["法院"]),
        (Body::Procuratorate, &["检察"]),
        (Body::Government, &["市政府", "县政府", "区政府", "省政府", "政府工作"]),
    ];
    let count = |words: &[&str]| -> usize {
        indices
            .iter()
            .map(|&i| {
                words
                    .iter()
                    .map(|w| memchr::memmem::find_iter(lines[i].span.slice(text).as_bytes(), w.as_bytes()).count())
                    .sum::<usize>()
            })
            .sum()
    };
    let counted: Vec<(Body, usize)> = names.iter().map(|(body, words)| (*body, count(words))).collect();
    let best = counted.iter().max_by_key(|(_, n)| *n)?;
    (best.1 >= 3).then_some(best.0)
}

#[cfg(test)]
mod tests {
    use super::super::Encoding;
    use super::*;

    #[test]
    fn a_paragraph_under_a_long_heading_does_not_join_it() {
        let text = "海边守灯记\n\n——乌有市人大常委会2022年工作综述\n\n灯亮了。\n\n踏上守灯护航新征程 耕海牧渔写希望 初心如灯照归途\n\n守灯的人每夜登塔三回，把灯芯剪得齐齐整整。\n";
        let decoded = Decoded { text: text.into(), encoding: Encoding::Utf8, malformed: false };
        let document = understand(Path::new("a.txt"), decoded);
        assert_eq!(document.line(7).map(|l| l.kind), Some(LineKind::Heading));
        assert_eq!(document.line(9).map(|l| l.joins), Some(false));
    }
}
