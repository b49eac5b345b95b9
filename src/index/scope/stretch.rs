//! Stretches: the pieces of a report that no word crosses. In: a report. Out: its paragraphs that count, cut where a
//! heading begins, in reading order, each as one text with the way back into the document. Does not know about: words, counts.

use std::borrow::Cow;

use crate::corpus::{Document, Report};
use crate::index::paragraphs::{CountedParagraph, Standing, each_paragraph};
use crate::text::Span;
use crate::text::fold::same_length;

/// A paragraph of a report, or the part of one between two headings. A paragraph broken over lines is whole here.
#[derive(Debug, Clone)]
pub struct Stretch<'d> {
    /// Under which heading it stands: 0 before the first, else one more than the section's index.
    pub part: usize,
    /// Its text, line breaks taken out, in simplified script ([`same_length`]).
    pub text: Cow<'d, str>,
    /// Where in the document its first line stands, and which part of that belongs to it.
    pub first: Span,
    /// Where the other lines begin in `text`, and where they stand.
    rest: Vec<(u32, Span)>,
    document: &'d str,
}

impl<'d> Stretch<'d> {
    /// Makes one of the parts of lines that belong to it; `None` without any.
    fn new(document: &'d str, part: usize, spans: &[Span]) -> Option<Self> {
        let (&first, others) = spans.split_first()?;
        // Words are of one script, whatever the source is written in; each stands where it stood.
        let mut text = same_length(first.slice(document));
        let mut rest = Vec::new();
        for &span in others {
            rest.push((Span::of(0..text.len()).end, span));
            text.to_mut().push_str(&same_length(span.slice(document)));
        }
        Some(Self { part, text, first, rest, document })
    }

    /// Where in the document a range of `text` stands. One over a line break is one span over both lines if nothing but
    /// blanks is between them, else as its part on the first line.
    pub fn locate(&self, range: Span) -> Span {
        let mut at = self.first;
        let mut begins = 0;
        for &(begin, line) in &self.rest {
            if range.start < begin {
                break;
            }
            (at, begins) = (line, begin);
        }
        let start = at.start + (range.start - begins);
        let mut end = (start + (range.end - range.start)).min(at.end);
        for &(begin, line) in self.rest.iter().filter(|(begin, _)| range.start < *begin && *begin < range.end) {
            let between = self.document.get(end as usize..line.start as usize);
            if !between.is_some_and(|text| text.chars().all(char::is_whitespace)) {
                break;
            }
            end = line.start + (range.end - begin).min(line.end - line.start);
        }
        Span::new(start, end)
    }

    /// The parts of lines it consists of, in reading order.
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().map(|(_, span)| *span))
    }

    /// The text of a range of `text`, borrowed from the document where it stands on one line.
    pub fn borrow(&self, range: Span) -> Cow<'d, str> {
        match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(range.slice(text)),
            Cow::Owned(text) => {
                let word = range.slice(text);
                let there = self.locate(range).slice(self.document);
                if there == word { Cow::Borrowed(there) } else { Cow::Owned(word.to_owned()) }
            }
        }
    }
}

/// Hands over every stretch that counts until `take` says `false`; whether it never did.
pub fn each_stretch<'d>(document: &'d Document, report: &Report, take: &mut dyn FnMut(Stretch<'d>) -> bool) -> bool {
    let text = document.text();
    let mut spans: Vec<Span> = Vec::new();
    each_paragraph(document, report, &mut |paragraph| {
        paragraph.standing != Standing::Own || cut(text, report, &paragraph, &mut spans, take)
    })
}

/// Cuts a paragraph where headings begin.
fn cut<'d>(
    text: &'d str,
    report: &Report,
    paragraph: &CountedParagraph,
    spans: &mut Vec<Span>,
    take: &mut dyn FnMut(Stretch<'d>) -> bool,
) -> bool {
    spans.clear();
    let mut part = 0;
    for line in paragraph.lines() {
        let mut at = line.start;
        while at < line.end {
            // A part's number is one more than its section's index, and so the index of the next section.
            let own = report.section_at(at).map_or(0, |section| section + 1);
            if own != part && !spans.is_empty() {
                if !Stretch::new(text, part, spans).is_none_or(&mut *take) {
                    return false;
                }
                spans.clear();
            }
            part = own;
            let next = report.sections.get(own).map_or(line.end, |section| section.heading.start);
            let end = next.clamp(at + 1, line.end);
            spans.push(Span::new(at, end));
            at = end;
        }
    }
    Stretch::new(text, part, spans).is_none_or(take)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    #[test]
    fn a_word_over_a_line_break_is_one() {
        let mut document = fixture::document("云和市", "全面推进乡\n　　村振兴\n@ 图\n守灯");
        document.lines[1].joins = true;
        document.lines[3].joins = true;
        let mut seen = Vec::new();
        each_stretch(&document, &document.reports[0], &mut |stretch| {
            seen.push(stretch);
            true
        });
        let [one] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!(one.text, "全面推进乡村振兴守灯");
        let found = |word: &str| {
            let at = one.text.find(word).unwrap();
            let range = Span::of(at..at + word.len());
            (one.locate(range).slice(document.text()).to_owned(), one.borrow(range).into_owned())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(found("推进"), pair("推进", "推进"));
        assert_eq!(found("乡村"), pair("乡\n　　村", "乡村"));
        assert_eq!(found("振兴"), pair("振兴", "振兴"));
        // Something else stands between the lines.
        assert_eq!(found("兴守"), pair("兴", "兴守"));
        assert_eq!(found("守灯"), pair("守灯", "守灯"));
    }

    #[test]
    fn words_are_of_one_script_and_stand_where_they_stood() {
        let document = fixture::document("云和市", "推進鄉村振興，⼈⼤⼯作");
        each_stretch(&document, &document.reports[0], &mut |stretch| {
            assert_eq!(stretch.text, "推进乡村振兴，人大工作");
            let at = stretch.text.find("人大").unwrap();
            assert_eq!(stretch.locate(Span::of(at..at + 6)).slice(document.text()), "⼈⼤");
            true
        });
    }

    #[test]
    fn headings_cut_and_noise_is_left_out() {
        let document = fixture::document("云和市", "= 题\n开头\n> 小标题。正文\n~ 开头\n#1 一、回顾\n做了");
        let mut seen = Vec::new();
        each_stretch(&document, &document.reports[0], &mut |stretch| {
            seen.push((stretch.part, stretch.text.into_owned()));
            true
        });
        let want = [(0, "题"), (0, "开头"), (1, "小标题。正文"), (2, "一、回顾"), (2, "做了")];
        assert_eq!(seen, want.map(|(part, text)| (part, text.to_owned())));
    }
}
