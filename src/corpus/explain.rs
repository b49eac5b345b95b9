//! Why a document was read as it was: the rule of each line, and the words that tell a report's place, body and years.
//!
//! In: a document. Out: reasons in the order of its lines. Does not know about: how they are printed. Rules are those that the
//! passes over the lines left with each line; nothing is guessed again for them. What tells a report's place, body and years is
//! looked for where reading looks, strongest first.

use crate::corpus::model::document::Document;
use crate::corpus::model::line::{Line, LineKind};
use crate::corpus::model::report::Report;
use crate::text::fold;
use crate::text::numeral;

/// A line and the rule that made it what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineReason<'d> {
    /// Its number (1-based).
    pub line: u32,
    /// The line.
    pub is: Line,
    /// Its level, if it is a heading or begins with one.
    pub level: Option<u8>,
    /// Which report of its document (0-based) it belongs to.
    pub report: Option<usize>,
    /// Its text.
    pub text: &'d str,
}

/// What a report is said to be, and where that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldReason<'d> {
    /// Which field: place, body, year, session.
    pub field: &'static str,
    /// Its value.
    pub value: String,
    /// Where it is told.
    pub told: Told<'d>,
}

/// Where something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<'d> {
    /// On this line (1-based), in these words.
    Line(u32, &'d str),
    /// In the file's name or its folder's.
    FileName,
    /// Nowhere in so many words: it follows from what else is known (a count of names, the neighbours on the page, the year
    /// before the session's).
    Inferred,
}

/// The lines that are not blank, each with its rule.
pub fn lines(document: &Document) -> impl Iterator<Item = LineReason<'_>> {
    let numbers = 1..=u32::try_from(document.lines.len()).unwrap_or(u32::MAX);
    numbers.filter_map(|number| line(document, number))
}

/// Line `number` (1-based) with its rule; none for a blank one.
pub fn line(document: &Document, number: u32) -> Option<LineReason<'_>> {
    let is = *document.line(number).filter(|line| line.kind != LineKind::Blank)?;
    let report = document.reports.iter().position(|report| report.covers(number));
    let sections = report.and_then(|n| document.reports.get(n)).map(|report| report.sections.as_slice());
    let level = sections.unwrap_or_default().iter().find(|section| section.line == number).map(|section| section.level);
    Some(LineReason { line: number, is, level, report, text: document.line_text(number) })
}

/// What tells a report's place, body, last year and session.
pub fn fields<'d>(document: &'d Document, report: &Report) -> Vec<FieldReason<'d>> {
    let mut found = Vec::new();
    let mut push = |field, value: String, names: &[String]| {
        if !value.is_empty() {
            found.push(FieldReason { field, value, told: told(document, report, names) });
        }
    };
    push("place", report.place.clone(), &names_of(&report.place));
    let body = report.body.name().to_owned();
    let organs: Vec<String> = organs(&body).iter().map(|word| (*word).to_owned()).collect();
    push("body", body, &organs);
    let spelled = |year: u16| -> Vec<String> { vec![year.to_string()] };
    if let Some(year) = report.years.last() {
        push("year", year.to_string(), &spelled(*year));
    }
    if let Some(year) = report.session_year {
        push("session", year.to_string(), &spelled(year));
    }
    found
}

/// The entry of `yilan.toml` that says of a report what is known of it, to be corrected by hand: the name of its file, its lines
/// where the file holds more than this report, place, body, last year.
pub fn proposed_entry(document: &Document, report: &Report) -> String {
    let text = |words: &str| toml::Value::from(words).to_string();
    let name = document.path.file_name().unwrap_or_default().to_string_lossy();
    let mut entry = format!("[[file]]\npath = {}\n", text(&name));
    if let (Some(first), Some(last), true) = (report.ranges.first(), report.ranges.last(), document.reports.len() > 1) {
        entry.push_str(&format!("lines = [{}, {}]\n", first.first, last.last));
    }
    entry.push_str(&format!("place = {}\nbody = {}\n", text(&report.place), text(report.body.name())));
    if let Some(year) = report.years.last() {
        entry.push_str(&format!("year = {year}\n"));
    }
    entry
}

/// The entry of `yilan.toml` that leaves out a file of this name.
pub fn leaving_out(name: &str) -> String {
    format!("[[file]]\npath = {}\nignore = true\n", toml::Value::from(name))
}

/// Where one of `names` stands: in the title, in what opens the report, in its parts, in its file's name.
fn told<'d>(document: &'d Document, report: &Report, names: &[String]) -> Told<'d> {
    let says = |words: &str| {
        let folded = fold::fold(words);
        let years = || numeral::years(words).any(|(_, year)| names.contains(&year.to_string()));
        names.iter().any(|name| folded.contains(&fold::fold(name))) || years()
    };
    let of = |wanted: &[LineKind]| {
        let lines = report.line_numbers().take(HEAD_LINES);
        lines.filter(|n| document.line(*n).is_some_and(|l| wanted.contains(&l.kind))).collect::<Vec<u32>>()
    };
    let parts = report.sections.iter().filter(|s| s.level == 1).map(|s| s.line);
    let first = of(&[LineKind::Title])
        .into_iter()
        .chain(of(&[LineKind::Subtitle, LineKind::Dateline]))
        .chain(of(&[LineKind::Formula, LineKind::Salutation, LineKind::Byline]))
        .chain(parts)
        .chain(of(&[LineKind::Attribution, LineKind::Paragraph]))
        .find(|&n| says(document.line_text(n)));
    if let Some(line) = first {
        return Told::Line(line, document.line_text(line));
    }
    let name = document.path.iter().rev().take(2).any(|part| says(&part.to_string_lossy()));
    if name { Told::FileName } else { Told::Inferred }
}

/// How many lines of a report tell what it is.
const HEAD_LINES: usize = 60;

/// 保定市清苑区, 清苑区, 清苑: a place's name, its last part, and that without its kind.
fn names_of(place: &str) -> Vec<String> {
    let cut =
        place.char_indices().filter(|(_, c)| matches!(c, '市' | '州' | '盟' | '省')).map(|(at, c)| at + c.len_utf8());
    let last = cut.rev().find(|&at| at < place.len()).and_then(|at| place.get(at..)).unwrap_or(place);
    let stem = last.strip_suffix(['省', '市', '县', '区', '旗', '州', '盟']).filter(|stem| stem.chars().count() >= 2);
    [Some(place), Some(last), stem].into_iter().flatten().map(str::to_owned).collect()
}

fn organs(body: &str) -> &'static [&'static str] {
    match body {
        "人大常委会" => &["人大", "人民代表大会"],
        "政协" => &["政协", "政治协商"],
        "政府" => &["政府"],
        "法院" => &["法院"],
        "检察院" => &["检察"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::formats::decode::Decoded;
    use crate::corpus::understand::understand;
    use crate::corpus::{Encoding, Reason};
    use std::path::Path;

    fn read(text: &str) -> Document {
        let decoded = Decoded { text: text.into(), encoding: Encoding::Utf8, malformed: false };
        understand(Path::new("乌有市2024.txt"), decoded.into(), &[])
    }

    #[test]
    fn every_line_knows_its_rule() {
        let long =
            "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网，岸上的人放下了悬着的心。";
        let document = read(&format!(
            "政府工作报告\n来源：子墟日报\n市长 无名氏\n各位代表：\n一、2023年工作回顾\n{long}\n（一）守灯。{long}再。\n附件1\n1.灯塔\n\n分享到：\n微信\n"
        ));
        let reasons: Vec<(u32, Reason)> = lines(&document).map(|l| (l.line, l.is.reason)).collect();
        use Reason::{Annex, Label, Numbered, PageTail, RunIn, Salutation, Speaker, Text, Title};
        let want = [Title, Label, Speaker, Salutation, Numbered, Text, RunIn, Annex];
        assert_eq!(reasons.iter().map(|r| r.1).take(8).collect::<Vec<_>>(), want);
        assert_eq!(reasons[9..], [(11, PageTail), (12, PageTail)]);
        let levels: Vec<Option<u8>> = lines(&document).map(|l| l.level).take(8).collect();
        assert_eq!(levels, [None, None, None, None, Some(1), None, Some(2), Some(1)]);
        assert_eq!(line(&document, 10), None);
    }

    #[test]
    fn fields_say_where_they_are_told() {
        let document = read(
            "乌有市政府工作报告\n——二○二四年一月八日在乌有市第八届人民代表大会第三次会议上\n各位代表：\n守灯的人老了。\n",
        );
        let report = &document.reports[0];
        let told: Vec<(&str, Told<'_>)> = fields(&document, report).into_iter().map(|f| (f.field, f.told)).collect();
        assert!(matches!(told[0], ("place", Told::Line(1, _))), "{told:?}");
        assert!(matches!(told[1], ("body", Told::Line(1, _))), "{told:?}");
        assert!(told.iter().any(|t| matches!(t, ("session", Told::Line(2, _)))), "{told:?}");
        // The year before the session's is written nowhere.
        assert!(told.iter().any(|t| matches!(t, ("year", Told::Inferred))), "{told:?}");
    }
}
