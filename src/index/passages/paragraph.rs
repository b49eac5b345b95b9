//! Paragraphs as they are compared. In: a report. Out: the letters of each of its paragraphs, with the way back, and which
//! of them are no wording of their own. Does not know about: other reports.

use crate::corpus::{Document, LineKind, Report};
use crate::index::paragraphs::{Standing, each_paragraph};
use crate::text::Span;
use crate::text::letters::{letters, push_letters};

/// A law's title is never longer than so many characters between 依照 and 的规定.
const LONGEST_CITATION: usize = 120;

/// A paragraph of a report, whole even where its page broke it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PassageParagraph {
    /// Source line where it begins, 1-based.
    pub line: u32,
    /// Its letters.
    pub letters: Vec<char>,
    /// The byte of the document where each stands.
    pub at: Vec<u32>,
    /// Whether each is in a title (《…》) or in 依照…的规定.
    pub cited: Vec<bool>,
}

impl PassageParagraph {
    /// The spans of letters `first..last` in the document, one a line.
    pub fn spans(&self, document: &Document, first: usize, last: usize) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let text = document.text();
        for &at in self.at.get(first..last).unwrap_or_default() {
            let width = text.get(at as usize..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let end = at + u32::try_from(width).unwrap_or(0);
            match spans.last_mut() {
                // What stands between two letters of one line belongs to the passage.
                Some(span) if !text.get(span.end as usize..at as usize).is_none_or(|gap| gap.contains('\n')) => {
                    span.end = end
                }
                _ => spans.push(Span::new(at, end)),
            }
        }
        spans
    }
}

/// Whether a line's words are compared: not those that every report has in its place.
const fn counts(kind: LineKind) -> bool {
    matches!(kind, LineKind::Heading | LineKind::Paragraph)
}

/// Hands over the letters of every paragraph of a report, in reading order, with the source line where it begins (1-based):
/// paragraphs as [`paragraph_at`] reads them, without the way back.
pub fn each_letters(document: &Document, report: &Report, take: &mut dyn FnMut(u32, &[char])) {
    let mut found: Vec<char> = Vec::new();
    each_paragraph(document, report, &mut |whole| {
        let line = document.line_at(whole.first.start);
        if whole.standing == Standing::Own && document.line(line).is_some_and(|line| counts(line.kind)) {
            found.clear();
            whole.lines().for_each(|span| push_letters(span.slice(document.text()), &mut found));
            if !found.is_empty() {
                take(line, &found);
            }
        }
        true
    });
}

/// The paragraph of a report that begins at source line `line` (1-based).
pub fn paragraph_at(document: &Document, report: &Report, line: u32) -> Option<PassageParagraph> {
    let start = document.line(line)?.span.start;
    let mut found = None;
    each_paragraph(document, report, &mut |whole| {
        if whole.first.start == start && whole.standing == Standing::Own {
            found = read(document, line, &whole);
        }
        found.is_none()
    });
    found
}

/// The letters of a paragraph; none if it has no letter.
fn read(
    document: &Document,
    line: u32,
    whole: &crate::index::paragraphs::CountedParagraph,
) -> Option<PassageParagraph> {
    let mut paragraph = PassageParagraph { line, ..PassageParagraph::default() };
    for span in whole.lines() {
        let words = span.slice(document.text());
        let cited = citations(words);
        let mut rest = cited.as_slice();
        for (at, c) in letters(words) {
            while rest.first().is_some_and(|(_, end)| *end <= at) {
                rest = &rest[1..];
            }
            paragraph.letters.push(c);
            paragraph.at.push(span.start + u32::try_from(at).unwrap_or(0));
            paragraph.cited.push(rest.first().is_some_and(|(start, end)| (*start..*end).contains(&at)));
        }
    }
    (!paragraph.letters.is_empty()).then_some(paragraph)
}

/// Byte ranges of titles in 《》 and of 依照…的规定, ascending; they do not overlap.
fn citations(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (open, _) in text.match_indices('《') {
        let end =
            text.get(open..).and_then(|rest| rest.find('》')).map_or(text.len(), |at| open + at + '》'.len_utf8());
        found.push((open, end));
    }
    for start in ["依照", "根据", "按照", "遵照"] {
        for (open, _) in text.match_indices(start) {
            let rest = text.get(open..).unwrap_or_default();
            let sentence = rest.split('。').next().unwrap_or_default();
            let Some(at) = ["的规定", "有关规定", "的要求", "精神"]
                .iter()
                .filter_map(|end| Some(sentence.find(end)? + end.len()))
                .min()
            else {
                continue;
            };
            if sentence.get(..at).is_some_and(|cited| {
                cited.chars().count() <= LONGEST_CITATION && (cited.contains('》') || cited.contains('法'))
            }) {
                found.push((open, open + at));
            }
        }
    }
    found.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (start, end) in found {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::document;

    #[test]
    fn titles_and_citations_are_marked() {
        let document = document("云和市", "= 题\n依照《水渠法》第3条的规定，修渠。据《渠志》记载");
        let mut read = Vec::new();
        each_letters(&document, &document.reports[0], &mut |line, letters| read.push((line, letters.to_vec())));
        let (line, letters) = &read[0];
        let found = paragraph_at(&document, &document.reports[0], *line).unwrap();
        assert_eq!(found.letters, *letters);
        let marked: String =
            found.letters.iter().zip(&found.cited).map(|(c, cited)| if *cited { '.' } else { *c }).collect();
        assert_eq!(marked, "...........修渠据..记载");
        let spans = found.spans(&document, 11, 13);
        assert_eq!(spans.iter().map(|span| span.slice(document.text())).collect::<String>(), "修渠");
    }
}
