//! Copying: what one points at, or its section, with the words that say where it stands.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::kept::KeepRequest;
use crate::corpus::{Document, LineRange, Report};
use crate::index::quotation::Quotation;
use crate::text::Span;

/// Bytes a terminal may be asked to copy; many take less, none that we know takes more.
const LONGEST: usize = 1 << 20;

impl App {
    /// Copies what one points at: the paragraph of the cursor or of the selected hit, or a range of paragraphs.
    pub(in crate::app) fn copy_paragraph(&mut self) {
        let Some(passage) = self.pointed() else { return };
        let Some((document, report)) = self.corpus.report(passage.report) else { return };
        let quotation = Quotation::of(document, report, passage.lines);
        self.copy(quotation);
        self.reading.page.range = None;
    }

    /// Copies the section in which that stands.
    pub(in crate::app) fn copy_section(&mut self) {
        let Some(passage) = self.pointed() else { return };
        let Some(at) = passage.section else { return };
        let Some((document, report)) = self.corpus.report(passage.report) else { return };
        let Some((lines, whole)) = report.section_extent(at) else { return };
        let quotation = Quotation::of(document, report, lines).with_text(section(document, report, lines, whole));
        self.copy(quotation);
    }

    /// Copies a quotation, and keeps it among the clips.
    pub(in crate::app) fn copy(&mut self, quotation: Quotation) {
        let lang = self.screen.look.lang;
        let text = quotation.whole(self.reading.kept.form, lang);
        let (chars, form) = (quotation.text.chars().count(), self.reading.kept.form.title(lang));
        self.effects.push(Effect::Keep(KeepRequest::Clip(self.reading.kept.form, Box::new(quotation))));
        if text.len() > LONGEST {
            return self.say(
                "太长，终端的剪贴板放不下；已存入摘录（yilan clips）",
                "too long for a terminal; kept among the clips",
            );
        }
        self.effects.push(Effect::Copy(text));
        self.say(
            format!("{chars} 字及出处（{form}）已送往终端，并存入摘录"),
            format!("{chars} characters and their source ({form}) sent to the terminal, kept among the clips"),
        );
    }

    /// Says where a copy is from in another form from now on.
    pub(in crate::app) fn turn_form(&mut self) {
        self.reading.kept.form = self.reading.kept.form.next();
        let form = self.reading.kept.form;
        let lang = self.screen.look.lang;
        self.say(format!("复制的出处：{}", form.title(lang)), format!("copies are cited as: {}", form.title(lang)));
    }
}

/// A section's text, from its heading to the next heading of its level or above; noise is left out.
fn section(document: &Document, report: &Report, lines: LineRange, whole: Span) -> String {
    let mut out = String::new();
    for line in report.line_numbers().filter(|n| (lines.first..=lines.last).contains(n)) {
        let Some(line) = document.line(line).filter(|l| !l.kind.is_noise()) else { continue };
        let Some(span) = line.span.intersection(whole) else { continue };
        if !out.is_empty() && !line.joins {
            out.push('\n');
        }
        out.push_str(span.slice(document.text()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        for (at, head) in report.sections.iter().enumerate() {
            let (lines, whole) = report.section_extent(at).unwrap();
            let text = section(document, report, lines, whole);
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
