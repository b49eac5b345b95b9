//! Punctuation of the wrong width. In: a report. Out: one remark a line that has any. Does not know about: other reports.

use super::remark::{Remark, RemarkKind};
use crate::corpus::{Document, Report};
use crate::index::paragraphs::{Standing, each_paragraph};
use crate::text::Span;
use crate::text::han::is_han;

/// Pairs that open and close.
const PAIRS: [(char, char); 5] = [('“', '”'), ('‘', '’'), ('（', '）'), ('《', '》'), ('〔', '〕')];

/// Adds lines with half-width marks between 汉字, full-width digits or letters, or marks without their other half.
pub fn check(document: &Document, report: &Report, remarks: &mut Vec<Remark>) {
    each_paragraph(document, report, &mut |paragraph| {
        if paragraph.standing == Standing::Own {
            for span in paragraph.lines() {
                remarks.extend(slips(span.slice(document.text()), span, paragraph.rest.is_empty()));
            }
        }
        true
    });
}

/// The slips of a line as one remark: where the first is, and which marks. Pairs are counted only where a line is `whole`.
fn slips(text: &str, span: Span, whole: bool) -> Option<Remark> {
    let mut marks: Vec<char> = Vec::new();
    let mut first = None;
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let half = matches!(c, ',' | ';' | ':' | '?' | '!' | '(' | ')')
            && before.is_some_and(|c| is_han(c) || c.is_ascii_digit() || matches!(c, '%' | '％' | '”' | '》' | '）'))
            && after.is_none_or(|c| is_han(c) || matches!(c, '“' | '《'));
        let full = matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％');
        if half || full {
            first = first.or(Some(at));
            if !marks.contains(&c) {
                marks.push(c);
            }
        }
        before = Some(c);
    }
    for (open, close) in PAIRS.iter().filter(|_| whole) {
        let (opened, closed) = (text.matches(*open).count(), text.matches(*close).count());
        if opened != closed {
            let mark = if opened > closed { *open } else { *close };
            first = first.or_else(|| text.find(mark));
            marks.push(mark);
        }
    }
    let at = first?;
    let width = text.get(at..)?.chars().next()?.len_utf8();
    let own = Span::of(at..at + width);
    let note: Vec<String> = marks.iter().map(char::to_string).collect();
    let span = Span::new(span.start + own.start, span.start + own.end);
    Some(Remark { kind: RemarkKind::Width, span, note: note.join(" "), other: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_once_a_line() {
        let of =
            |text: &str| slips(text, Span::of(0..text.len()), true).map(|r| (r.span.slice(text).to_owned(), r.note));
        let told = |at: &str, note: &str| Some((at.to_owned(), note.to_owned()));
        assert_eq!(of("修渠,种树,守灯。"), told(",", ","));
        assert_eq!(of("增长５％，GDP增长(初步)。"), told("５", "５ ％ ("));
        assert_eq!(of("修“渠，种树"), told("“", "“"));
        assert_eq!(of("修渠，种树（三年）：8:30开工，a,b。"), None);
    }
}
