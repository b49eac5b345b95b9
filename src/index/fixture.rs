//! Small corpora for tests, made by hand: no loader, no disk.
//!
//! A report is written line by line; a mark at the head of a line says what it is and is not part of the text:
//! `#1 ` to `#9 ` a heading of that level, `= ` the title, `~ ` a repeat, `@ ` a byline, `! ` an advert outside every
//! report, `> ` a paragraph that begins with a run-in heading up to its first 。 (level 3). Blanks at the head of other
//! lines stay in the text.

use std::path::PathBuf;
use std::sync::Arc;

use crate::corpus::{
    Body, Corpus, Document, DocumentText, Encoding, Line, LineKind, LineRange, Reason, Report, ReportKind, Section,
};
use crate::index::scope::{Extent, Scope};
use crate::text::Span;

/// A document with one report about `place`.
pub fn document(place: &str, lines: &str) -> Document {
    reports(&[(place, lines)])
}

/// A document with several reports, one after another.
pub fn reports(drafts: &[(&str, &str)]) -> Document {
    let mut document = Document {
        path: PathBuf::from("fixture.txt"),
        encoding: Encoding::Utf8,
        source: DocumentText::default(),
        lines: Vec::new().into(),
        reports: Vec::new(),
        issues: Vec::new(),
    };
    let mut text = String::new();
    for (place, lines) in drafts {
        let first = document.lines.len() as u32 + 1;
        let mut sections = Vec::new();
        for source in lines.lines() {
            push_line(&mut document, &mut text, source, &mut sections);
        }
        let last = document.lines.len() as u32;
        close_sections(&mut sections, last);
        let of_lines = |keep: &dyn Fn(&Line) -> bool| {
            let lines = document.lines[first as usize - 1..].iter().filter(|line| keep(line));
            lines.map(|l| l.span.slice(&text)).collect::<String>()
        };
        let (own, counted) = (of_lines(&|_| true), of_lines(&|line| !line.kind.is_noise()));
        document.reports.push(Report {
            ranges: vec![LineRange { first, last }],
            kind: ReportKind::Report,
            title: format!("{place}工作报告"),
            title_line: None,
            subtitle: None,
            place: (*place).to_owned(),
            province: "云州省".into(),
            body: Body::Congress,
            years: vec![2022],
            chars: own.chars().filter(|c| !c.is_whitespace()).count() as u32,
            han: counted.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() as u32,
            sections,
            ..Report::default()
        });
    }
    document.source = text.into();
    document
}

/// A corpus of these documents.
pub fn corpus(documents: Vec<Document>) -> Corpus {
    let mut corpus = Corpus::new(Vec::new(), false);
    documents.into_iter().for_each(|d| corpus.push(Arc::new(d)));
    corpus
}

/// The text of a scope.
pub fn extent(corpus: &Corpus, scope: Scope) -> Extent {
    scope.extent(corpus, &|| false).unwrap()
}

fn push_line(document: &mut Document, whole: &mut String, source: &str, sections: &mut Vec<Section>) {
    let number = document.lines.len() as u32 + 1;
    let (mark, kind) = match source.get(..2).unwrap_or("") {
        "= " => (2, LineKind::Title),
        "~ " => (2, LineKind::Repeat),
        "@ " => (2, LineKind::Byline),
        "! " => (2, LineKind::Advert),
        "> " => (2, LineKind::Paragraph),
        m if m.starts_with('#') => (3, LineKind::Heading),
        _ if source.trim().is_empty() => (0, LineKind::Blank),
        _ => (0, LineKind::Paragraph),
    };
    let text = &source[mark..];
    let at = whole.len() + text.len() - text.trim_start().len();
    let span = Span::of(at..at + text.trim().len());
    let level = match mark {
        3 => source[1..2].parse().unwrap_or(1),
        2 if source.starts_with('>') => 3,
        _ => 0,
    };
    if level > 0 {
        let run_in = kind == LineKind::Paragraph;
        let len = if run_in { text.find('。').map_or(text.len(), |i| i + '。'.len_utf8()) } else { text.len() };
        let parent = sections.iter().rposition(|s: &Section| s.level < level).map(|i| i as u32);
        let heading = Span::of(at..at + len);
        sections.push(Section { line: number, level, heading, run_in, last_line: number, parent });
    }
    whole.push_str(text);
    whole.push('\n');
    document.lines.push(Line { span, kind, joins: false, reason: Reason::default() });
}

fn close_sections(sections: &mut [Section], last: u32) {
    for i in 0..sections.len() {
        let level = sections[i].level;
        let next = sections[i + 1..].iter().find(|s| s.level <= level).map_or(last, |s| s.line - 1);
        sections[i].last_line = next.max(sections[i].line);
    }
}
