//! What a piece says of itself: title, place, body, years.
//!
//! In: the lines of one piece and what its document is called. Out: a [`Report`]. Does not know about: which lines are whose, and
//! what a heading is.

use std::path::Path;

use crate::corpus::metadata::issuer;
use crate::corpus::metadata::organ;
use crate::corpus::metadata::places;
use crate::corpus::metadata::years;
use crate::corpus::metadata::years::YearEvidence;
use crate::corpus::model::piece;
use crate::corpus::model::piece::Piece;
use crate::corpus::structure::{line_predicates, title};
use crate::corpus::{Body, Line, LineKind, MinHash, Report, ReportKind, Section};
use crate::text::{fold, han, numeral};

/// How many bytes of an article are searched for the places it names.
const VOTE_BYTES: usize = 60_000;

/// How many lines of a report are searched for what its page says of it.
const HEAD_LINES: usize = 12;

/// What the pieces of a document share: file names, and for a newspaper page the place that most of it is about.
#[derive(Debug, Clone)]
pub struct PageFacts {
    /// File and folder, columns of a row before them; script folded.
    names: Vec<String>,
    /// The title of a report that has none: what its file is called.
    title: String,
    place: Option<issuer::Origin>,
    province: String,
    /// Lines before the first piece that say when the page was put up.
    dates: Vec<String>,
    /// Offices that the page names as its own: 主办：某市人民政府办公室, 发文单位：某市人民政府.
    hosts: Vec<String>,
}

impl PageFacts {
    /// Gathers it.
    pub fn of(path: &Path, text: &str, lines: &[Line], pieces: &[Piece]) -> Self {
        let stem = |p: &Path| p.file_stem().map(|s| s.to_string_lossy().into_owned());
        let folder = path.parent().and_then(|p| p.file_name()).map(|s| s.to_string_lossy().into_owned());
        let title = stem(path).unwrap_or_default();
        let names = stem(path).into_iter().chain(folder).map(|name| fold::same_length(&name).into_owned()).collect();
        let newspaper = pieces.iter().all(|p| p.kind == ReportKind::Article);
        let organs: Vec<issuer::Origin> = pieces
            .iter()
            .filter_map(|p| issuer::place_of(p.organ_line.map(|n| lines[n as usize - 1].span.slice(text)), &[]))
            .collect();
        // 省人大 on a page of one province's cities is that province's.
        let province = match organs.split_first() {
            Some((first, rest)) if rest.iter().all(|o| o.province == first.province) => first.province.clone(),
            _ => String::new(),
        };
        let place = newspaper
            .then(|| {
                issuer::vote(
                    lines.iter().filter(|l| l.kind != LineKind::Blank).map(|l| head(l.span.slice(text), VOTE_BYTES)),
                )
            })
            .flatten();
        let first = pieces.iter().filter_map(|p| p.ranges.first()).map(|r| r.first as usize - 1).min().unwrap_or(0);
        let head = lines.iter().take(first).map(|l| l.span.slice(text));
        let dates = head.filter(|line| says_when(line)).map(str::to_owned).collect();
        let hosts = lines.iter().filter_map(|l| host(l.span.slice(text))).map(str::to_owned).collect();
        Self { names, title, place, province, dates, hosts }
    }

    /// The same for one row of a table: what its columns say stands before the file's name.
    pub fn of_row(&self, row: &crate::corpus::formats::SheetReport) -> Self {
        let said = row.names.iter().map(|name| fold::same_length(name).into_owned());
        let title = row.names.first().unwrap_or(&self.title).clone();
        let names = said.chain(self.names.iter().cloned()).collect();
        Self { names, title, ..self.clone() }
    }
}

/// At most `bytes` bytes of `text`, cut at a character.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// Reads a report's metadata; beside it the places of that name, the one taken first, where nothing tells which one is meant.
pub fn describe(
    page: &PageFacts,
    text: &str,
    lines: &[Line],
    piece: &Piece,
    indices: &[usize],
    sections: Vec<Section>,
) -> (Report, Vec<String>) {
    let slice = |i: usize| lines[i].span.slice(text);
    let line = |n: u32| slice(n as usize - 1);
    let of_kind = |kind: LineKind| indices.iter().copied().filter(move |&i| lines[i].kind == kind).map(slice);
    let mut counts = han::Counts::default();
    for &i in indices.iter().filter(|&&i| !lines[i].kind.is_noise()) {
        counts += han::count(slice(i));
    }
    let article =
        matches!(piece.kind, ReportKind::Article | ReportKind::Other) && !given_to_session(piece, text, lines, indices);
    let subtitle_line = piece
        .subtitle_line
        .or_else(|| indices.iter().copied().find(|&i| lines[i].kind == LineKind::Subtitle).map(piece::number));
    let named = piece.title.clone().unwrap_or_else(|| page.title.clone());
    // A file's name is weaker evidence than the words that open a report.
    let spoken = piece.title.as_deref().or(Some(named.as_str()).filter(|_| article));
    let mut heads: Vec<&str> =
        [spoken, piece.organ_line.map(line), subtitle_line.map(line)].into_iter().flatten().collect();
    heads.extend(piece.title_line.into_iter().flat_map(|n| titles_around(text, lines, n)));
    let said = indices.iter().take(HEAD_LINES).copied().filter(|&i| lines[i].kind == LineKind::Paragraph).map(slice);
    // A resolution names its meeting in its first sentence.
    let resolved: Vec<&str> = match piece.kind {
        ReportKind::Resolution => of_kind(LineKind::Paragraph).filter(|words| words.contains("会议")).take(2).collect(),
        _ => Vec::new(),
    };
    let formulas: Vec<&str> = of_kind(LineKind::Formula)
        .chain(resolved)
        .chain(said.filter(|words| !article && line_predicates::is_formula(words)))
        .chain(of_kind(LineKind::Salutation).take(1))
        .chain(of_kind(LineKind::Dateline))
        .collect();

    let origin = if article {
        article_origin(page, &heads, piece, text, lines, indices)
    } else {
        report_origin(page, &heads, &formulas, text, lines, indices)
    };
    let body = body_of(page, piece, &heads, text, lines, indices);

    let paragraphs: Vec<&str> = of_kind(LineKind::Paragraph).collect();
    let own: Vec<&Section> = sections.iter().filter(|s| s.level == 1 && !s.run_in).collect();
    let outlook = own.get(1..).and_then(<[_]>::last).and_then(|s| {
        indices.iter().copied().find(|&i| piece::number(i) > s.line && lines[i].kind == LineKind::Paragraph).map(slice)
    });
    let looks_ahead_from = own.get(1..).and_then(<[_]>::last).map_or(u32::MAX, |s| s.line);
    let review = indices
        .iter()
        .copied()
        .filter(|&i| lines[i].kind == LineKind::Paragraph && piece::number(i) < looks_ahead_from)
        .map(slice)
        .collect();
    let evidence = YearEvidence {
        titles: heads.clone(),
        datelines: of_kind(LineKind::Dateline)
            .chain(indices.iter().take(HEAD_LINES).copied().map(slice).filter(|line| says_session(line)))
            .collect(),
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
        page_dates: indices
            .iter()
            .take(HEAD_LINES)
            .copied()
            .map(slice)
            .chain(page.dates.iter().map(String::as_str))
            .filter(|line| says_when(line))
            .collect(),
        resolved: if piece.kind == ReportKind::Resolution {
            paragraphs.iter().copied().take(3).collect()
        } else {
            Vec::new()
        },
        article,
        bulletin: piece.kind == ReportKind::Bulletin,
    };
    let years = years::recognise(&evidence);
    let sketch = MinHash::of(paragraphs.iter().copied());
    let mut alike: Vec<String> = origin.candidates.into_iter().map(|(name, _)| name).collect();
    alike.sort_by_key(|name| *name != origin.place);
    let report = Report {
        ranges: piece.ranges.clone(),
        kind: piece.kind,
        title: named.clone(),
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
    };
    (report, alike)
}

/// Other titles of work reports in the lines right above and below the one taken: a page's own title says the place, the report's
/// often does not.
fn titles_around<'t>(text: &'t str, lines: &[Line], title_line: u32) -> impl Iterator<Item = &'t str> {
    let at = title_line as usize - 1;
    let near = lines.get(at.saturating_sub(6)..(at + 6).min(lines.len())).unwrap_or_default();
    let words: Vec<&str> = near.iter().map(|line| line.span.slice(text)).collect();
    let own = lines.get(at).map_or("", |line| line.span.slice(text));
    words.into_iter().filter(move |words| *words != own && title::title_shape(words).is_some_and(|shape| !shape.listed))
}

/// A short line that says when and where a text was given or passed: 2023.1.10在…会议上, (2015年4月10日…通过).
fn says_session(line: &str) -> bool {
    line_predicates::is_short(line, 80)
        && !line.contains('。')
        && (line.contains("会议上") || line.contains("会议通过") || line.contains("大会上"))
}

/// The office that a line of a page names as the page's own, behind its label.
fn host(line: &str) -> Option<&str> {
    const LABELS: &[&str] =
        &["主办单位", "主办", "承办单位", "承办", "版权所有", "发文单位", "发布机构", "信息来源", "来源", "作者单位"];
    if line.len() > 300 {
        return None;
    }
    // Copyright © 2023 版权所有：某县人民政府: the label need not begin its line, but then a colon stands behind it.
    let begins = |label: &&str| line.strip_prefix(*label);
    let labelled = |label: &&str| line.split_once(*label).map(|(_, rest)| rest).filter(|r| r.starts_with([':', '：']));
    let rest = LABELS.iter().find_map(begins).or_else(|| LABELS.iter().find_map(labelled))?;
    let name = rest.trim_start_matches([':', '：', ' ', '\u{3000}']);
    ["政府", "人大", "政协", "法院", "检察院"].iter().any(|organ| name.contains(organ)).then_some(name)
}

/// A line in which a page says when it was put up.
fn says_when(line: &str) -> bool {
    let bare = line.trim_start_matches(['【', '[', '(', '（', ' ', '\u{3000}']);
    line_predicates::is_short(line, 120)
        && ["发布时间", "发布日期", "发文时间", "发文日期", "成文日期", "发表时间", "更新时间", "时间", "日期"]
            .iter()
            .any(|name| bare.starts_with(name))
}

/// Whether people are addressed, as in every text given to a session.
fn given_to_session(piece: &Piece, text: &str, lines: &[Line], indices: &[usize]) -> bool {
    piece.kind == ReportKind::Other
        && indices.iter().take(20).any(|&i| {
            matches!(lines[i].kind, LineKind::Salutation | LineKind::Formula)
                || line_predicates::is_salutation(lines[i].span.slice(text))
        })
}

/// What labels in a report's head say of who gave or issued it: 报告人：…, 发文单位：….
fn stated<'t>(text: &'t str, lines: &'t [Line], indices: &'t [usize]) -> impl Iterator<Item = &'t str> + Clone {
    indices.iter().take(HEAD_LINES).filter_map(|&i| {
        let (label, value) = lines[i].span.slice(text).split_once(['：', ':'])?;
        ["报告人", "发文单位", "发文机关", "制发单位", "发布机构"].contains(&label.trim()).then_some(value.trim())
    })
}

/// A report names its place in its title, else in the words that open it, else its file does.
fn report_origin(
    page: &PageFacts,
    heads: &[&str],
    formulas: &[&str],
    text: &str,
    lines: &[Line],
    indices: &[usize],
) -> issuer::Origin {
    let names: Vec<&str> = page.names.iter().map(String::as_str).collect();
    // Formulas say 我受某市…委托: the place stands behind the first words.
    let opened = formulas.iter().map(|f| {
        f.trim_start_matches(['现', '在', ',', '，', '我', '受', '代', '表', '由', '向', '—', ' ', '(', '（'])
    });
    // Who prints a text is not who wrote it: 来源：某报 does not vote.
    let voters = || indices.iter().take(40).filter(|&&i| !lines[i].kind.is_noise()).map(|&i| lines[i].span.slice(text));
    // XX市政府工作报告: its writer took the place out, and the places left in it are others.
    let hidden = heads.iter().chain(formulas).any(|h| issuer::is_anonymised(h));
    let whole = || indices.iter().copied().map(|i| lines[i].span.slice(text));
    let national = || heads.iter().chain(formulas).any(|h| issuer::names_nation(h));
    let kind = || formulas.iter().find_map(|formula| issuer::kind_of_place(formula));
    let found = issuer::place_of(heads.iter().copied(), &names)
        .or_else(|| national().then(issuer::nation))
        .or_else(|| issuer::place_of(opened, &names).filter(|_| !hidden))
        .or_else(|| issuer::vote(formulas.iter().copied()).filter(|_| !hidden))
        .or_else(|| issuer::place_of(stated(text, lines, indices), &names).filter(|_| !hidden))
        .or_else(|| issuer::place_of(names.iter().copied(), &[]))
        .or_else(|| page.names.iter().any(|name| issuer::names_nation(name)).then(issuer::nation))
        .or_else(|| issuer::place_of(page.hosts.iter().map(String::as_str), &[]).filter(|_| !hidden))
        .or_else(|| issuer::own_name(whole(), kind()?).filter(|_| !hidden))
        .or_else(|| issuer::vote(voters()).filter(|_| !hidden))
        .unwrap_or_default();
    let near = names.iter().copied().chain(heads.iter().copied()).chain(formulas.iter().copied());
    let mut found = issuer::settled(found, near.chain(whole()));
    if found.province.is_empty() && !found.place.is_empty() && found.place != "全国" {
        // The row of a table says where an unknown place lies.
        found.province = page.names.iter().find_map(|name| province_called(name)).unwrap_or_default();
    }
    found
}

/// The province of that very name: a column of a table, a folder.
fn province_called(name: &str) -> Option<String> {
    places::find(name.trim())
        .filter(|place| place.level() == places::PlaceLevel::Province)
        .map(|place| place.name().to_owned())
}

/// An article's organ or headline names its place, else its words do, else the page's.
fn article_origin(
    page: &PageFacts,
    heads: &[&str],
    piece: &Piece,
    text: &str,
    lines: &[Line],
    indices: &[usize],
) -> issuer::Origin {
    let organ = piece.organ_line.map(|n| lines[n as usize - 1].span.slice(text));
    let speaks = piece.title.as_deref().filter(|_| piece.title_line.is_none());
    if speaks.is_some_and(|t| t.starts_with("省")) && !page.province.is_empty() {
        return issuer::Origin::certain(page.province.clone(), page.province.clone());
    }
    let bare = heads.iter().map(|h| h.trim_start_matches(['—', '―', '–', ' ', '写', '在', '记']));
    let whole = indices.iter().copied().map(|i| lines[i].span.slice(text));
    let found = issuer::place_of(organ, &[])
        .or_else(|| issuer::vote(heads.iter().copied()))
        .or_else(|| issuer::place_of(bare, &[]))
        .or_else(|| {
            issuer::vote(indices.iter().map(|&i| lines[i].span.slice(text)))
                .filter(|o| o.place != o.province || page.place.is_none())
        })
        .or_else(|| page.place.clone())
        .or_else(|| issuer::place_of(page.names.iter().map(String::as_str), &[]))
        .unwrap_or_default();
    issuer::settled(found, page.names.iter().map(String::as_str).chain(whole))
}

/// Whose it is, by the strongest evidence that there is: title, office, formula, salutation, file name, meeting, words.
fn body_of(page: &PageFacts, piece: &Piece, heads: &[&str], text: &str, lines: &[Line], indices: &[usize]) -> Body {
    let slice = |i: usize| lines[i].span.slice(text);
    let of_kind = |kind: LineKind| indices.iter().copied().filter(move |&i| lines[i].kind == kind).map(slice);
    let resolution = || {
        let own = indices.iter().copied().map(slice).find(|line| line.contains("会议") && line.contains("审"));
        (piece.title.is_some() || own.is_some()).then(|| organ::of_resolution(piece.title.as_deref(), own))
    };
    let words = || {
        // Figures for a city are published by an office that is none of the five.
        let report = !matches!(piece.kind, ReportKind::Article | ReportKind::Bulletin);
        organ::by_words(indices.iter().copied().map(slice), report).filter(|_| piece.kind != ReportKind::Bulletin)
    };
    let office = piece.organ_line.map(|n| slice(n as usize - 1));
    (piece.kind == ReportKind::Resolution)
        .then(resolution)
        .flatten()
        .or_else(|| heads.iter().find_map(|head| organ::of_title(head)))
        .or_else(|| office.and_then(|name| organ::of_organ(name).or_else(|| organ::mentioned(name))))
        .or_else(|| of_kind(LineKind::Formula).find_map(organ::of_formula))
        .or_else(|| heads.iter().find_map(|head| organ::mentioned(head)))
        .or_else(|| of_kind(LineKind::Salutation).take(1).find_map(organ::of_salutation))
        .or_else(|| page.names.iter().find_map(|name| organ::of_title(name).or_else(|| organ::mentioned(name))))
        .or_else(|| of_kind(LineKind::Dateline).find_map(organ::of_meeting))
        .or_else(words)
        .unwrap_or_default()
}
