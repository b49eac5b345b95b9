//! A decoded text to a [`Document`]: lines, pieces, outlines, metadata, issues, one after another.
//!
//! In: a path (for its name only) and text. Out: a document. Does not know about: disks and bytes.

use std::borrow::Cow;
use std::path::Path;

use crate::corpus::corrections::overrides::Rule;
use crate::corpus::corrections::user_boundaries;
use crate::corpus::formats::{SheetReport, Source};
use crate::corpus::metadata::describe::{PageFacts, describe};
use crate::corpus::metadata::kind;
use crate::corpus::model::piece;
use crate::corpus::model::piece::Piece;
use crate::corpus::structure::{clean, outline, paragraph, split};
use crate::corpus::{Document, Issue, IssueKind, Line, LineKind, Reason, Report, ReportKind};
use crate::text::{fold, han, misread};

/// How many lines from above a title on hold it and what is under it.
const HEAD_LINES: usize = 24;

/// Reads a document; `rules` are what a person says of it.
pub fn understand(path: &Path, source: Source, rules: &[Rule]) -> Document {
    let Source { text: written, encoding, malformed, levels, rows, tables, beside, issues: missing } = source;
    // Script and stand-ins of ideographs are folded before anything is read; what is found stands at the same place in the source.
    let text = fold::same_length(&written);
    let mut lines = clean::lines(&text);
    for range in rules.iter().filter(|rule| rule.ignore).filter_map(|rule| rule.lines) {
        let (first, last) = (range.first as usize - 1, (range.last as usize).min(lines.len()));
        for line in lines.get_mut(first..last).unwrap_or_default().iter_mut().filter(|l| l.kind != LineKind::Blank) {
            line.set(LineKind::Stray, Reason::Person);
        }
    }
    for range in beside {
        let (first, last) = (range.first as usize - 1, (range.last as usize).min(lines.len()));
        for line in lines.get_mut(first..last).unwrap_or_default().iter_mut().filter(|l| l.kind != LineKind::Blank) {
            line.set(LineKind::Chrome, Reason::Beside);
        }
    }
    let markdown = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"));
    let markup = outline::Markup { markdown, levels: &levels };
    let mut issues = Vec::new();
    let pieces = if rows.is_empty() {
        split::split_beside_tables(&text, &mut lines, &tables)
    } else {
        split_rows(&text, &mut lines, &rows)
    };
    let pieces = user_boundaries::cut(&text, &mut lines, pieces, rules);
    let mut reports: Vec<Report> = Vec::with_capacity(pieces.len());
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut unsure: Vec<(usize, Issue)> = Vec::new();
    let indices_of = |piece: &Piece| -> Vec<usize> {
        piece.ranges.iter().flat_map(|r| r.first as usize - 1..r.last as usize).collect()
    };
    let refine = |piece: Piece| {
        let indices = indices_of(&piece);
        kind::refined(piece, &text, &lines, &indices)
    };
    let pieces: Vec<Piece> = pieces.into_iter().map(refine).collect();
    let page = PageFacts::of(path, &text, &lines, &pieces);
    for piece in &pieces {
        let indices = indices_of(piece);
        let article = piece.kind == ReportKind::Article;
        for (line, first) in clean::mark_repeats(&text, &mut lines, &indices, article) {
            issues.push(issue(path, Some(line), IssueKind::Repeat(first)));
        }
        clean::mark_joins(&text, &mut lines, &indices);
        let continued = paragraph::continued(&text, &lines, &indices);
        continued.mark(&mut lines, &indices);
        let sections = outline::outline(&text, &mut lines, &indices, &continued, markup);
        // A heading ends what stands above it; only now is it known to be one.
        clean::mark_joins(&text, &mut lines, &indices);
        continued.mark(&mut lines, &indices);
        let page = rows
            .iter()
            .find(|row| piece.ranges.first().is_some_and(|range| range.first == row.first))
            .map_or_else(|| page.clone(), |row| page.of_row(row));
        let (report, alike) = describe(&page, &text, &lines, piece, &indices, sections);
        if !alike.is_empty() {
            let line = report.title_line.or(report.ranges.first().map(|r| r.first));
            unsure.push((reports.len(), issue(path, line, IssueKind::AmbiguousPlace(file.clone(), alike))));
        }
        reports.push(report);
    }
    share_years(&mut reports);
    share_place(&mut reports);
    if matches!(text, Cow::Owned(_)) {
        reports.iter_mut().for_each(|report| unfold_titles(report, &written, &lines));
    }
    for (index, report) in reports.iter_mut().enumerate() {
        let taken = report.place.clone();
        rules.iter().for_each(|rule| rule.apply(report));
        if report.place != taken {
            // A person has said which one it is.
            unsure.retain(|(of, _)| *of != index);
        }
        if report.place.is_empty() {
            issues.push(issue(
                path,
                report.title_line.or(report.ranges.first().map(|r| r.first)),
                IssueKind::UnknownPlace,
            ));
        }
    }
    if let Some((places, at)) = misread::misread(&text) {
        let line = lines.partition_point(|line| line.span.end as usize <= at);
        issues.push(issue(path, Some(piece::number(line)), IssueKind::Misread(places)));
    }
    let owned = owned_lines(&reports, lines.len());
    issues.extend(unsure.into_iter().map(|(_, issue)| issue));
    let told: Vec<u32> = missing.iter().map(|(line, _)| *line).collect();
    note_lines(path, &written, &mut lines, &owned, Replaced { malformed, told: &told }, &mut issues);
    issues.extend(missing.into_iter().map(|(line, kind)| issue(path, Some(line), kind)));
    if reports.is_empty() {
        issues.push(issue(path, None, IssueKind::NoReport));
    }
    issues.sort_by_key(|i| i.line.unwrap_or(0));
    drop(text);
    Document { path: path.to_owned(), encoding, source: written.into(), lines: lines.into(), reports, issues }
}

/// Titles are shown as the source writes them.
fn unfold_titles(report: &mut Report, source: &str, lines: &[Line]) {
    let Some(at) = report.title_line.or(report.ranges.first().map(|r| r.first)) else { return };
    let first = (at as usize).saturating_sub(4);
    let near = lines.get(first..(first + HEAD_LINES).min(lines.len())).unwrap_or_default();
    let (Some(start), Some(end)) = (near.first().map(|l| l.span.start), near.last().map(|l| l.span.end)) else {
        return;
    };
    let head = source.get(start as usize..end as usize).unwrap_or_default();
    report.title = fold::unfold(&report.title, head);
    report.subtitle = report.subtitle.take().map(|subtitle| fold::unfold(&subtitle, head));
}

/// Each row of a table is one report, whatever else its text looks like.
fn split_rows(text: &str, lines: &mut [Line], rows: &[SheetReport]) -> Vec<Piece> {
    let count = lines.len();
    let ranged = rows.iter().filter_map(|row| {
        let (first, last) = (row.first as usize - 1, (row.last as usize).min(count));
        let own = lines.get_mut(first..last).filter(|own| own.iter().any(|line| line.kind != LineKind::Blank))?;
        let piece = user_boundaries::piece_of(text, own, piece::range(first, last), false);
        let ranges = split::cut_outside(lines, first, last);
        // Nothing but what a page prints around a text: its lines are told of as lines outside every report.
        if ranges.is_empty() {
            return None;
        }
        Some(Piece { title: piece.title.or_else(|| row.title.clone()), ranges, ..piece })
    });
    ranged.collect()
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

/// Which lines (0-based) some report covers.
fn owned_lines(reports: &[Report], count: usize) -> Vec<bool> {
    let mut owned = vec![false; count];
    for range in reports.iter().flat_map(|report| &report.ranges) {
        let (first, last) = (range.first as usize - 1, (range.last as usize).min(count));
        owned.get_mut(first..last).unwrap_or_default().fill(true);
    }
    owned
}

/// What U+FFFD in a text is.
#[derive(Debug, Clone, Copy)]
struct Replaced<'l> {
    /// Whether its reader may have put it there.
    malformed: bool,
    /// The lines (1-based) of which its reader says more.
    told: &'l [u32],
}

/// Issues of single lines: damage, control characters, lines outside every report. Whatever no report has taken is one.
fn note_lines(
    path: &Path,
    text: &str,
    lines: &mut [Line],
    owned: &[bool],
    marks: Replaced<'_>,
    issues: &mut Vec<Issue>,
) {
    let damaged = memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes()).is_some();
    let controlled = han::controls(text) > 0;
    let doubled = han::is_doubled(text);
    let mut in_chrome = false;
    for (i, line) in lines.iter_mut().enumerate() {
        let number = Some(piece::number(i));
        let astray = !owned.get(i).copied().unwrap_or_default() && line.kind != LineKind::Blank;
        if astray && !line.kind.is_outside() && line.kind != LineKind::Running {
            line.set(LineKind::Stray, Reason::Between);
        }
        // What a page prints around a text is one issue, where it begins.
        let told = in_chrome && line.kind == LineKind::Chrome;
        in_chrome = line.kind == LineKind::Chrome || in_chrome && line.kind == LineKind::Blank;
        if (line.kind.is_outside() || astray) && !told {
            issues.push(issue(path, number, IssueKind::Outside(line.kind)));
        }
        let twice = if doubled { han::doubled(line.span.slice(text)) } else { 0 };
        if twice > 0 {
            issues.push(issue(path, number, IssueKind::Doubled(twice)));
        }
        if !damaged && !controlled {
            continue;
        }
        let words = line.span.slice(text);
        let replaced = if damaged { u32::try_from(words.matches('\u{fffd}').count()).unwrap_or(u32::MAX) } else { 0 };
        if replaced > 0 && !number.is_some_and(|number| marks.told.contains(&number)) {
            let kind = if marks.malformed { IssueKind::BadBytes } else { IssueKind::Damaged };
            issues.push(issue(path, number, kind(replaced)));
        }
        let controls = if controlled { han::controls(words) } else { 0 };
        if controls > 0 {
            issues.push(issue(path, number, IssueKind::ControlCharacters(controls)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::formats::decode::Decoded;
    use crate::corpus::{Body, Encoding};

    #[test]
    fn a_paragraph_under_a_long_heading_does_not_join_it() {
        let text = "海边守灯记\n\n——乌有市人大常委会2022年工作综述\n\n灯亮了。\n\n踏上守灯护航新征程 耕海牧渔写希望 初心如灯照归途\n\n守灯的人每夜登塔三回，把灯芯剪得齐齐整整。\n";
        let decoded = Decoded { text: text.into(), encoding: Encoding::Utf8, malformed: false };
        let document = understand(Path::new("a.txt"), decoded.into(), &[]);
        assert_eq!(document.line(7).map(|l| l.kind), Some(LineKind::Heading));
        assert_eq!(document.line(9).map(|l| l.joins), Some(false));
    }

    const TEXT: &str =
        "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网，岸上的人放下了悬着的心。";

    fn read(name: &str, text: &str) -> Document {
        let decoded = Decoded { text: text.into(), encoding: Encoding::Utf8, malformed: false };
        understand(Path::new(name), decoded.into(), &[])
    }

    /// (line, level, text) of the headings on lines of their own.
    fn headings(document: &Document) -> Vec<(u32, u8, &str)> {
        let own = document.reports[0].sections.iter().filter(|s| !s.run_in);
        own.map(|s| (s.line, s.level, s.heading.slice(document.text()))).collect()
    }

    /// Lines of every kind that rules look for, in any order.
    const ANY_LINE: &str = "(乌有市政府工作报告|——2024年1月8日在乌有市第三届人民代表大会上|各位代表：|一、2023年工作回顾|（一）守灯|\
        附件|名词解释|目录|1.灯塔 …… 3|分享到：|版权所有：乌有市政府|上一篇：盐田|来源：乌有日报|标题：盐田|第1页|— 3 —||灯塔\\t12|\
        灯亮了。|守灯的人每夜登塔三回，把灯芯剪得齐齐整整，岸上的人放下了悬着的心。|现在，我代表市政府向大会报告工作，请予审议。)";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn any_lines_in_any_rows_are_understood(
            lines in proptest::collection::vec(ANY_LINE, 1..24),
            cuts in proptest::collection::vec(1u32..30, 0..6),
        ) {
            let mut source: Source =
                Decoded { text: lines.join("\n"), encoding: Encoding::Utf8, malformed: false }.into();
            let mut cuts = cuts;
            cuts.sort_unstable();
            cuts.dedup();
            source.rows = cuts
                .windows(2)
                .map(|w| SheetReport { first: w[0], last: w[1] - 1, title: None, names: Vec::new() })
                .collect();
            let document = understand(Path::new("a.csv"), source, &[]);
            for report in &document.reports {
                prop_assert!(!report.ranges.is_empty());
                for range in &report.ranges {
                    prop_assert!(range.first <= range.last && range.last as usize <= document.lines.len());
                }
            }
        }
    }

    #[test]
    fn a_heading_glued_to_a_paragraph() {
        let text = format!(
            "乌有市人大常委会工作报告\n各位代表:\n现在,我受市人大常委会委托,向大会报告工作,请予审议。过去一年的主要工作\n{TEXT}\n一、守灯\n{TEXT}二、2024年的任务\n{TEXT}\n"
        );
        let document = read("a.txt", &text);
        assert_eq!(headings(&document), [(3, 1, "过去一年的主要工作"), (5, 2, "一、守灯"), (6, 2, "二、2024年的任务")]);
        assert_eq!(document.reports[0].sections[0].last_line, 7);
    }

    #[test]
    fn an_annex_counts_for_itself() {
        let text = format!(
            "乌有市政府工作报告\n各位代表：\n一、2023年工作回顾\n{TEXT}\n（一）守灯\n{TEXT}\n二、2024年工作安排\n{TEXT}\n名词解释\n一、灯塔\n{TEXT}\n二、盐田\n{TEXT}\n"
        );
        let got: Vec<(u32, u8)> = headings(&read("a.txt", &text)).iter().map(|h| (h.0, h.1)).collect();
        assert_eq!(got, [(3, 1), (5, 2), (7, 1), (9, 1), (10, 2), (12, 2)]);
    }

    #[test]
    fn pages_of_print() {
        let page = |n: usize, body: &str| format!("{body}\n— {n} —\n乌有市政府工作报告\n");
        let broken = TEXT.split_at(TEXT.len() / 2 / 3 * 3);
        let text = format!(
            "乌有市政府工作报告\n目  录\n一、2023年工作回顾 …… 1\n二、2024年工作安排 …… 9\n各位代表：\n{}{}{}",
            page(1, &format!("一、2023年工作回顾\n{TEXT}\n{}", broken.0)),
            page(2, &format!("{}\n二、2024年工作安排\n{TEXT}", broken.1)),
            page(3, TEXT),
        );
        let document = read("a.txt", &text);
        assert_eq!(document.reports.len(), 1);
        let report = &document.reports[0];
        let ranges: Vec<_> = report.ranges.iter().map(|r| (r.first, r.last)).collect();
        assert_eq!(ranges, [(1, 1), (5, 18)]);
        assert_eq!(headings(&document).iter().map(|h| h.0).collect::<Vec<_>>(), [6, 12]);
        let running = |n: u32| document.line(n).is_some_and(|l| l.kind == LineKind::Running);
        assert!([9, 10, 14, 15, 17, 18].into_iter().all(running));
    }

    #[test]
    fn kinds_tell_reports_from_what_goes_with_them() {
        let cases = [
            (format!("乌有市政府工作报告\n各位代表：\n{TEXT}"), ReportKind::Report, Body::Government, Some(2024)),
            (
                format!(
                    "乌有市第八届人民代表大会第三次会议关于政府工作报告的决议\n（2024年1月10日通过）\n乌有市第八届人民代表大会第三次会议审议了报告，会议决定批准这个报告。{TEXT}"
                ),
                ReportKind::Resolution,
                Body::Government,
                Some(2024),
            ),
            (
                format!(
                    "乌有市2023年国民经济和社会发展统计公报\n乌有市统计局\n（2024年4月）\n{}",
                    format!("一、综合\n{TEXT}{TEXT}\n").repeat(20)
                ),
                ReportKind::Bulletin,
                Body::Other,
                None,
            ),
            (format!("守灯人的一年\n本报记者 无名氏\n{TEXT}\n{TEXT}"), ReportKind::Article, Body::Other, None),
            (
                format!(
                    "关于乌有市2023年预算执行情况和2024年预算草案的报告\n——2024年1月8日在乌有市第八届人民代表大会第三次会议上\n各位代表：\n受市政府委托，向大会报告，请予审议。\n{TEXT}"
                ),
                ReportKind::Other,
                Body::Government,
                Some(2024),
            ),
        ];
        for (text, kind, body, session) in cases {
            let document = read("乌有市2024.txt", &text);
            let report = &document.reports[0];
            assert_eq!((report.kind, report.body, report.place.as_str()), (kind, body, "乌有市"), "{}", report.title);
            if kind != ReportKind::Report {
                assert_eq!(report.session_year, session, "{}", report.title);
            }
        }
    }

    #[test]
    fn a_place_taken_out_is_no_other_place() {
        let text = format!(
            "XX市政府工作报告\n——2024年1月8日在XX市第八届人民代表大会第三次会议上\n各位代表：\n去年我们到长春市看灯，到长春市看塔。\n{TEXT}"
        );
        let report = &read("范文.txt", &text).reports[0];
        assert_eq!((report.place.as_str(), report.title.as_str()), ("", "XX市政府工作报告"));
        assert_eq!((report.years.as_slice(), report.session_year), (&[2023u16][..], Some(2024)));
    }

    #[test]
    fn who_prints_a_report_is_not_who_gave_it() {
        let text = format!(
            "政府工作报告\n来源：北京日报\n发布时间：2024-01-20 10:00 浏览次数：12\n——2024年1月8日在乌有市第八届人民代表大会第三次会议上\n乌有市市长 无名氏\n各位代表：\n{TEXT}"
        );
        let document = read("a.txt", &text);
        assert_eq!(document.reports[0].place, "乌有市");
        assert_eq!(document.line(2).map(|l| l.kind), Some(LineKind::Attribution));
        assert_eq!(document.line(4).map(|l| l.kind), Some(LineKind::Dateline));
    }

    #[test]
    fn short_names_of_regions() {
        for (title, place) in [
            ("2024年宁夏政府工作报告", "宁夏回族自治区"),
            ("广西人大常委会工作报告", "广西壮族自治区"),
            ("新疆维吾尔自治区政府工作报告", "新疆维吾尔自治区"),
            ("内蒙古政协常委会工作报告", "内蒙古自治区"),
            ("西藏自治区高级人民法院工作报告", "西藏自治区"),
        ] {
            let document = read("a.txt", &format!("{title}\n各位代表：\n{TEXT}"));
            assert_eq!(document.reports[0].place, place, "{title}");
        }
    }

    #[test]
    fn a_report_without_title() {
        let text = format!(
            "——2024年1月8日在乌有市第八届人民代表大会第三次会议上\n乌有市市长 无名氏\n各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n一、2023年工作回顾\n{TEXT}\n"
        );
        let document = read("南柯市2024年报告.txt", &text);
        let report = &document.reports[0];
        assert_eq!(document.reports.len(), 1);
        assert_eq!(
            (report.kind, report.title.as_str(), report.place.as_str()),
            (ReportKind::Report, "南柯市2024年报告", "乌有市")
        );
        assert_eq!(
            (report.body, report.years.last(), report.session_year),
            (Body::Government, Some(&2023), Some(2024))
        );
        assert_eq!(headings(&document), [(5, 1, "一、2023年工作回顾")]);
    }

    #[test]
    fn footnote_marks_end_no_line() {
        let text = format!(
            "乌有市政府工作报告①\n各位代表：\n2023年工作回顾\n{TEXT}[1]\n灯火照亮归途[2]\n{TEXT}③\n盐田映照天光\n{TEXT}\n2024年工作安排\n{TEXT}\n"
        );
        let got: Vec<(u32, u8)> = headings(&read("a.txt", &text)).iter().map(|h| (h.0, h.1)).collect();
        assert_eq!(got, [(3, 1), (5, 2), (7, 2), (9, 1)]);
    }

    #[test]
    fn a_wrapped_file_has_the_outline_of_its_text() {
        let other = "守灯人每夜登塔三回，把灯芯剪得齐齐整整，把玻璃擦得一尘不染，再把风向和潮位记在册子上。";
        let third = "今年的盐场要修三道堤，再把旧闸换成可以自己看潮的新闸，守闸人从此睡得安稳，盐工从此走得放心。";
        let body: String = [
            "一、2023年工作回顾",
            TEXT,
            "（一）守灯为民、看潮为业、晒盐为生，奋力开创灯塔事业的崭新局面",
            other,
            "二、2024年工作安排",
            third,
        ]
        .iter()
        .flat_map(|p| {
            let row: Vec<char> = format!("\u{3000}\u{3000}{p}").chars().collect();
            row.chunks(20).map(|c| c.iter().collect::<String>() + "\n").collect::<Vec<_>>()
        })
        .collect();
        let document = read("a.txt", &format!("乌有市政府工作报告\n各位代表：\n{body}"));
        let got: Vec<(u8, String)> =
            headings(&document).iter().map(|h| (h.1, h.2.split_whitespace().collect())).collect();
        assert_eq!(
            got,
            [
                (1, "一、2023年工作回顾".into()),
                (2, "（一）守灯为民、看潮为业、晒盐为生，奋力开创灯塔事业的崭新局面".into()),
                (1, "二、2024年工作安排".into())
            ]
        );
    }

    #[test]
    fn counts_aloud_on_lines_of_their_own_stand_below_the_numbers() {
        let text = format!(
            "乌有市政府工作报告\n各位代表：\n一、2023年工作回顾\n{TEXT}\n二、2024年重点工作\n一是抓好灯塔，照亮归途\n{TEXT}\n二是抓好盐田，晒出新盐\n{TEXT}\n"
        );
        let got: Vec<(u32, u8)> = headings(&read("a.txt", &text)).iter().map(|h| (h.0, h.1)).collect();
        assert_eq!(got, [(3, 1), (5, 1), (6, 2), (8, 2)]);
    }
}
