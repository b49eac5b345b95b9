//! What is compared: headings and sentences. In: a report. Out: its units in reading order. Does not know about: pairs.

use crate::corpus::{Document, LineKind, Report};
use crate::index::scope::{Stretch, each_stretch};
use crate::text::Span;
use crate::text::letters::only_letters;

/// A heading or a sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerUnit {
    /// Where it stands in the document; more than one span where its page broke it in mid-sentence.
    pub spans: Vec<Span>,
    /// Source line where it begins, 1-based.
    pub line: u32,
    /// Whether it is a heading.
    pub heading: bool,
    /// The section it stands in (index in the outline); none before the first heading.
    pub section: Option<usize>,
    /// Its letters, of a heading without its number.
    pub letters: Vec<char>,
}

impl LedgerUnit {
    /// Its words; `text` is its document's.
    pub fn text(&self, text: &str) -> String {
        self.spans.iter().map(|span| span.slice(text)).collect()
    }
}

/// Whether a sentence ends here.
const fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

/// Whether `c` goes with the sentence that ended before it.
const fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '》' | '」' | '』' | '"')
}

/// The units of a report, headings and sentences, in reading order. Title, date, salutation and noise are none.
pub fn units(document: &Document, report: &Report) -> Vec<LedgerUnit> {
    let mut units: Vec<LedgerUnit> = Vec::new();
    each_stretch(document, report, &mut |stretch| {
        let kind = document.line(document.line_at(stretch.first.start)).map(|line| line.kind);
        let apart = [LineKind::Title, LineKind::Subtitle, LineKind::Salutation, LineKind::Dateline];
        if kind.is_some_and(|kind| apart.contains(&kind)) {
            return true;
        }
        let section = stretch.part.checked_sub(1);
        let heading = section.and_then(|section| report.sections.get(section)).map(|section| section.heading);
        // The first stretch of a section begins with its heading, which may go over several lines.
        let heading = heading.filter(|heading| heading.start == stretch.first.start);
        let in_heading =
            |line: Span| heading.and_then(|heading| heading.intersection(line)).map_or(0, |part| part.len());
        let headed: usize = stretch.lines().map(in_heading).sum();
        let mut push = |range: Span, heading: bool| {
            let words = range.slice(&stretch.text);
            let letters = if heading { heading_letters(words) } else { only_letters(words) };
            let spans = parts(&stretch, range);
            let line = document.line_at(spans.first().map_or(stretch.first.start, |span| span.start));
            if !letters.is_empty() {
                units.push(LedgerUnit { spans, line, heading, section, letters });
            }
        };
        if headed > 0 {
            push(Span::of(0..headed), true);
        }
        for (start, end) in sentences(stretch.text.get(headed..).unwrap_or_default()) {
            push(Span::of(headed + start..headed + end), false);
        }
        true
    });
    units
}

/// Where a range of a stretch's text stands in the document, one span a line.
fn parts(stretch: &Stretch<'_>, range: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut begin = 0;
    for line in stretch.lines() {
        let own = Span::new(begin, begin + (line.end - line.start));
        if let Some(part) = own.intersection(range) {
            spans.push(Span::new(line.start + (part.start - begin), line.start + (part.end - begin)));
        }
        begin = own.end;
    }
    spans
}

/// Byte ranges of the sentences of `text`, blanks and what is left over of a heading's punctuation cut off.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut push = |from: usize, to: usize| {
        let Some(words) = text.get(from..to) else { return };
        let begin =
            from + words.len() - words.trim_start_matches(|c: char| c.is_whitespace() || ends(c) || closes(c)).len();
        let end = from + words.trim_end().len();
        if begin < end {
            found.push((begin, end));
        }
    };
    while let Some((at, c)) = chars.next() {
        if !ends(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(at, c)) = chars.peek().filter(|(_, c)| ends(*c) || closes(*c)) {
            end = at + c.len_utf8();
            chars.next();
        }
        push(start, end);
        start = end;
    }
    push(start, text.len());
    found
}

/// The letters of a heading without its number: 一、 (二) 3. are places in a list, not wording.
fn heading_letters(heading: &str) -> Vec<char> {
    let number = |c: char| {
        matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十') || c.is_ascii_digit()
    };
    let trimmed = heading.trim_start().trim_start_matches(['（', '(', '第']);
    let rest = trimmed.trim_start_matches(number);
    let stop = |c: char| matches!(c, '、' | '）' | ')' | '．' | '.' | '，' | ',' | '：' | '章' | '是');
    let words = match rest.strip_prefix(stop) {
        Some(words) if rest.len() < trimmed.len() => words,
        _ => heading,
    };
    let kept = only_letters(words);
    if kept.is_empty() { only_letters(heading) } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::document;

    fn of(lines: &str) -> Vec<String> {
        let document = document("云和市", lines);
        units(&document, &document.reports[0]).iter().map(|unit| unit.text(document.text())).collect()
    }

    #[test]
    fn headings_and_sentences_follow_one_another() {
        let want = ["一、修渠", "清淤了；", "闸门“换新。”", "果树上山！", "（一）育苗。", "苗圃很大"];
        assert_eq!(of("= 题目\n#1 一、修渠\n清淤了；闸门“换新。”果树上山！\n> （一）育苗。苗圃很大\n~ 清淤了。"), want);
    }

    #[test]
    fn a_number_is_no_wording() {
        let cases = [
            ("一、修渠", "修渠"),
            ("（十二）修渠", "修渠"),
            ("3.修渠", "修渠"),
            ("第一，修渠", "修渠"),
            ("一是修渠", "修渠"),
            ("一府两院", "一府两院"),
            ("2023年工作安排", "2023年工作安排"),
            ("一、", "一"),
        ];
        for (heading, want) in cases {
            assert_eq!(heading_letters(heading).into_iter().collect::<String>(), want, "{heading}");
        }
    }
}
