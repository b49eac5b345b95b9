//! Copying: a paragraph or a section, with the words that say where it stands.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::reading::pointed::passage_text;
use crate::corpus::{Document, Report, ReportId};
use crate::text::visible::visible;
use crate::text::{Lang, Span};

/// Bytes a terminal may be asked to copy; many take less, none that we know takes more.
const LONGEST: usize = 1 << 20;

impl App {
    /// Copies what one points at: the paragraph of the cursor or of the selected hit, or a range of paragraphs.
    pub(in crate::app) fn copy_paragraph(&mut self) {
        let Some(passage) = self.pointed() else { return };
        let Some(document) = self.corpus.document(passage.report.document) else { return };
        let text = passage_text(document, passage.lines);
        self.copy(passage.report, passage.lines.first, text);
        self.reading.page.range = None;
    }

    /// Copies the section in which that stands.
    pub(in crate::app) fn copy_section(&mut self) {
        let Some(passage) = self.pointed() else { return };
        let Some(at) = passage.section else { return self.say("这里不在任何章节里", "no section here") };
        let Some((document, report)) = self.corpus.report(passage.report) else { return };
        let (line, text) = (report.sections[at].line, section(document, report, at));
        self.copy(passage.report, line, text);
    }

    fn copy(&mut self, id: ReportId, line: u32, text: String) {
        let Some((document, report)) = self.corpus.report(id) else { return };
        let chars = text.chars().count();
        let quoted = format!("{text}\n{}", source(document, report, line, self.screen.look.lang));
        if quoted.len() > LONGEST {
            return self.say("太长，终端的剪贴板放不下", "too long for a terminal's clipboard");
        }
        self.effects.push(Effect::Copy(quoted));
        self.say(format!("已复制 {chars} 字，附出处"), format!("copied {chars} characters with their source"));
    }
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
    fn a_quotation_says_where_it_stands() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        assert_eq!(
            source(document, report, 7, Lang::Zh),
            "（云岭市 · 人大常委会 · 2022，fixture/a.txt 第 7 行）".replace('/', std::path::MAIN_SEPARATOR_STR)
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
