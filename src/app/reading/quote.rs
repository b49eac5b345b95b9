//! Copying: a paragraph or a section, with the words that say where it stands.

use crate::app::App;
use crate::app::event::Effect;
use crate::corpus::{Document, LineKind, Report};
use crate::text::visible::visible;
use crate::text::{Lang, Span};

/// Bytes a terminal may be asked to copy; many take less, none that we know takes more.
const LONGEST: usize = 1 << 20;

impl App {
    /// Copies the paragraph being read, put together where the page broke it.
    pub(in crate::app) fn copy_paragraph(&mut self) {
        let Some((_, document, report)) = self.opened() else { return };
        let line = document.line_at(self.reading.page.here());
        let (first, text) = paragraph(document, report, line);
        self.copy(first, text);
    }

    /// Copies the section being read.
    pub(in crate::app) fn copy_section(&mut self) {
        let Some((_, document, report)) = self.opened() else { return };
        let Some(at) = report.section_at(self.reading.page.here()) else {
            return self.say("这里不在任何章节里", "no section here");
        };
        let (line, text) = (report.sections[at].line, section(document, report, at));
        self.copy(line, text);
    }

    fn copy(&mut self, line: u32, text: String) {
        let Some((_, document, report)) = self.opened() else { return };
        let chars = text.chars().count();
        let quoted = format!("{text}\n{}", source(document, report, line, self.screen.look.lang));
        if quoted.len() > LONGEST {
            return self.say("太长，终端的剪贴板放不下", "too long for a terminal's clipboard");
        }
        self.effects.push(Effect::Copy(quoted));
        self.say(format!("已复制 {chars} 字，附出处"), format!("copied {chars} characters with their source"));
    }
}

/// The paragraph at `line`: with the pieces before and after that belong to the same sentence. Its first line and text.
fn paragraph(document: &Document, report: &Report, line: u32) -> (u32, String) {
    let lines: Vec<u32> = report
        .line_numbers()
        .filter(|n| document.line(*n).is_some_and(|l| l.kind != LineKind::Blank && (*n == line || !l.kind.is_noise())))
        .collect();
    let joins = |i: usize| lines.get(i).and_then(|n| document.line(*n)).is_some_and(|l| l.joins);
    let Some(at) = lines.iter().position(|n| *n == line) else { return (line, String::new()) };
    let (mut first, mut last) = (at, at);
    while first > 0 && joins(first) {
        first -= 1;
    }
    while joins(last + 1) {
        last += 1;
    }
    let text = lines[first..=last].iter().map(|n| document.line_text(*n)).collect();
    (lines[first], text)
}

/// A section's text, from its heading to the next heading of its level or above; noise is left out.
fn section(document: &Document, report: &Report, at: usize) -> String {
    let head = &report.sections[at];
    let next = report.sections[at + 1..].iter().find(|s| s.level <= head.level);
    let end = next.map_or(u32::MAX, |s| s.heading.start);
    let whole = Span::new(head.heading.start, end);
    let mut out = String::new();
    for line in report.line_numbers().filter(|n| (head.line..=head.last_line.max(head.line)).contains(n)) {
        let Some(line) = document.line(line).filter(|l| !l.kind.is_noise()) else { continue };
        let Some(span) = line.span.intersection(whole) else { continue };
        if !out.is_empty() && !line.joins {
            out.push('\n');
        }
        out.push_str(span.slice(document.text()));
    }
    out
}

/// Where a quotation stands: place, body, years, file and line.
fn source(document: &Document, report: &Report, line: u32, lang: Lang) -> String {
    let years = report.named_years(lang);
    let named: Vec<&str> =
        [report.place.as_str(), report.body.name(), years.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
    let (named, path) = (named.join(" · "), document.path.to_string_lossy());
    // A file name may hold anything; what is copied is pasted elsewhere.
    let path = visible(&path);
    match lang {
        Lang::Zh => format!("（{named}，{path} 第 {line} 行）"),
        Lang::En => format!("({named}, {path} line {line})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn a_broken_paragraph_is_copied_whole() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        let line = report.line_numbers().find(|n| document.line(*n).is_some_and(|l| l.joins)).unwrap();
        for at in [line - 1, line] {
            let (first, text) = paragraph(document, report, at);
            assert_eq!(first, line - 1);
            assert!(text.starts_with("各村把护坡林的管护写进村规民约"), "{text}");
        }
        let said = source(document, report, line, Lang::Zh);
        assert_eq!(
            said,
            format!("（云岭市 · 人大常委会 · 2022，fixture/a.txt 第 {line} 行）")
                .replace('/', std::path::MAIN_SEPARATOR_STR)
        );
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        for (at, head) in report.sections.iter().enumerate() {
            let text = section(document, report, at);
            assert!(text.starts_with(head.heading.slice(document.text())));
            if let Some(next) = report.sections[at + 1..].iter().find(|s| s.level <= head.level) {
                assert!(
                    next.line <= head.line
                        || !text.contains(next.heading.slice(document.text()))
                        || next.level == head.level
                );
            }
        }
    }
}
