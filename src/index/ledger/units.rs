//! What is compared: headings and sentences. In: a report. Out: its units in reading order. Does not know about: pairs.

use crate::corpus::{Document, LineKind, Report};
use crate::index::scope::each_stretch;
use crate::text::Span;
use crate::text::letters::letters;

/// A heading or a sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
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

impl Unit {
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
pub fn units(document: &Document, report: &Report) -> Vec<Unit> {
    let text = document.text();
    let mut units: Vec<Unit> = Vec::new();
    // Whether the last unit is a sentence without an end, which the next line may go on with.
    let mut open = false;
    each_stretch(document, report, &mut |stretch| {
        let line = document.line(stretch.line);
        let apart = line.is_some_and(|line| {
            matches!(line.kind, LineKind::Title | LineKind::Subtitle | LineKind::Salutation | LineKind::Dateline)
        });
        if stretch.noise || apart {
            return true;
        }
        let section = stretch.part.checked_sub(1);
        let heading = section.and_then(|section| report.sections.get(section)).map(|section| section.heading);
        let mut span = stretch.span;
        // The first stretch of a section begins with its heading; one on two lines has its second half to itself.
        let begins = heading.and_then(|heading| heading.intersection(span)).filter(|part| part.start == span.start);
        if let Some(heading) = begins {
            let first = section.and_then(|s| report.sections.get(s)).is_some_and(|s| s.heading.start == span.start);
            match units.last_mut().filter(|unit| !first && unit.heading && unit.section == section) {
                Some(unit) => {
                    unit.spans.push(heading);
                    unit.letters = heading_letters(&unit.text(text));
                }
                None => {
                    let letters = heading_letters(heading.slice(text));
                    units.push(Unit { spans: vec![heading], line: stretch.line, heading: true, section, letters });
                }
            }
            open = false;
            span.start = heading.end;
        }
        let joins = open && line.is_some_and(|line| line.joins && line.span.start == span.start);
        let pieces = sentences(span.slice(text));
        for (index, piece) in pieces.iter().enumerate() {
            let span = Span::new(span.start + piece.0, span.start + piece.1);
            let words = span.slice(text);
            open = !words.trim_end_matches(closes).ends_with(ends);
            let letters: Vec<char> = letters(words).map(|(_, c)| c).collect();
            if joins
                && index == 0
                && let Some(unit) = units.last_mut().filter(|unit| !unit.heading)
            {
                unit.spans.push(span);
                unit.letters.extend(letters);
            } else if !letters.is_empty() {
                units.push(Unit { spans: vec![span], line: stretch.line, heading: false, section, letters });
            }
        }
        true
    });
    units.retain(|unit| !unit.letters.is_empty());
    units
}

/// Byte ranges of the sentences of `text`, blanks and what is left over of a heading's punctuation cut off.
fn sentences(text: &str) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut push = |from: usize, to: usize| {
        let Some(words) = text.get(from..to) else { return };
        let begin =
            from + words.len() - words.trim_start_matches(|c: char| c.is_whitespace() || ends(c) || closes(c)).len();
        let end = from + words.trim_end().len();
        if begin < end {
            let span = Span::of(begin..end);
            found.push((span.start, span.end));
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
    let kept: Vec<char> = letters(words).map(|(_, c)| c).collect();
    if kept.is_empty() { letters(heading).map(|(_, c)| c).collect() } else { kept }
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
