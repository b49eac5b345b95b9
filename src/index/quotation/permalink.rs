//! A link to a passage by what it says: it opens the passage in any folder that holds the report, whatever its file is called
//! and however it is encoded.
//!
//! In: a passage, or the text of a link. Out: the text of a link, or where the passage stands now. Does not know about: who
//! opens it. A link holds no words of the report and no name of a file.

use std::fmt;

use rayon::prelude::*;

use super::lines::{paragraph_at, paragraphs_in, passage_text};
use crate::corpus::{Corpus, Document, LineKind, LineRange, Report, ReportId};
use crate::text::digest::{Digest, Digester, digest};

const SCHEME: &str = "yilan://passage/";

/// What finds a passage again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Permalink {
    /// Of its text without any blanks.
    pub passage: Digest,
    /// Of its report's title and place: where to look first.
    pub report: u64,
    /// Where it stood: source lines, 1-based. Looked at first.
    pub lines: LineRange,
    /// How many paragraphs it has.
    pub paragraphs: u32,
}

/// Where a passage was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocatedPassage {
    /// The report.
    pub report: ReportId,
    /// The source lines (1-based).
    pub lines: LineRange,
}

impl Permalink {
    /// The link to these lines of a report.
    pub fn of(document: &Document, report: &Report, lines: LineRange) -> Self {
        let paragraphs = u32::try_from(paragraphs_in(document, lines)).unwrap_or(u32::MAX).max(1);
        Self { passage: dense(document, lines), report: Self::report_of(report), lines, paragraphs }
    }

    /// What a report is looked for by.
    pub fn report_of(report: &Report) -> u64 {
        let mut digester = Digester::default();
        digester.add(report.title.split_whitespace().collect::<String>().as_bytes());
        digester.add(report.place.as_bytes());
        digester.finish().0
    }

    /// Reads a link; none if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (passage, rest) = text.trim().strip_prefix(SCHEME)?.split_once('?')?;
        let hex = |text: &str| u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16);
        let passage = Digest(hex(passage.get(..16)?)?, hex(passage.get(16..)?)?);
        let field = |name: &str| rest.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let (first, last) = field("lines")?.split_once('-')?;
        let lines = LineRange { first: first.parse().ok()?, last: last.parse().ok()? };
        let paragraphs = field("n").map_or(Some(1), |n| n.parse().ok())?;
        (lines.first <= lines.last && paragraphs > 0).then_some(())?;
        Some(Self { passage, report: hex(field("report")?)?, lines, paragraphs })
    }

    /// Where the passage stands in a document, if it stands where it stood.
    pub fn find_there(&self, document: &Document) -> Option<LineRange> {
        let there = self.lines.last as usize <= document.lines.len() && dense(document, self.lines) == self.passage;
        there.then_some(self.lines)
    }

    /// Where the passage stands in a report now; none if the report does not hold it.
    pub fn find_in(&self, document: &Document, report: &Report) -> Option<LineRange> {
        if let Some(lines) = self.find_there(document) {
            return Some(lines);
        }
        // Every stretch of so many paragraphs, from the one nearest to where it stood on.
        let begins: Vec<u32> = report
            .line_numbers()
            .filter(|n| document.line(*n).is_some_and(|l| l.kind != LineKind::Blank && !l.joins))
            .collect();
        let count = usize::try_from(self.paragraphs).unwrap_or(usize::MAX);
        let noise = |n: u32| document.line(n).is_some_and(|line| line.kind.is_noise());
        let stretch = |at: usize| {
            let first = *begins.get(at)?;
            let last =
                if count == 1 { first } else { *begins.get(at..)?.iter().filter(|n| !noise(**n)).nth(count - 1)? };
            let lines = LineRange { first, last: paragraph_at(document, report, last).last };
            (dense(document, lines) == self.passage).then_some(lines)
        };
        (0..begins.len()).filter_map(stretch).min_by_key(|lines| lines.first.abs_diff(self.lines.first))
    }

    /// Where the passage stands in the corpus, in a report of that title.
    pub fn find_named(&self, corpus: &Corpus) -> Option<LocatedPassage> {
        let mut named = corpus.reports().filter(|(.., report)| Self::report_of(report) == self.report);
        named.find_map(|(report, document, found)| {
            Some(LocatedPassage { report, lines: self.find_in(document, found)? })
        })
    }

    /// Where the passage stands in the corpus: in a report of that title, else in any. Reads every text that it looks at.
    pub fn find(&self, corpus: &Corpus) -> Option<LocatedPassage> {
        self.find_named(corpus).or_else(|| {
            let all: Vec<_> = corpus.reports().map(|(id, document, report)| (id, &**document, report)).collect();
            all.into_par_iter().find_map_first(|(report, document, found)| {
                Some(LocatedPassage { report, lines: self.find_in(document, found)? })
            })
        })
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Digest(a, b) = self.passage;
        let (first, last, n) = (self.lines.first, self.lines.last, self.paragraphs);
        write!(f, "{SCHEME}{a:016x}{b:016x}?report={:016x}&lines={first}-{last}&n={n}", self.report)
    }
}

/// What the text of these lines is recognised by: blanks do not count, as encodings, editors and hard wraps change them.
fn dense(document: &Document, lines: LineRange) -> Digest {
    let text: String = passage_text(document, lines).split_whitespace().collect();
    digest(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::fixture;

    const TEXT: &str = "= 题\n开场。\n#1 一、甲\n各村修渠。\n@ 记者甲\n每一户通水。\n#1 二、乙\n一段。\n";

    #[test]
    fn a_passage_is_found_where_it_is_now() {
        let old = fixture::document("乌有市", TEXT);
        let link = Permalink::of(&old, &old.reports[0], LineRange { first: 4, last: 6 });
        let again = Permalink::parse(&link.to_string()).unwrap();
        assert_eq!(again, link);
        let moved = fixture::document("乌有市", "= 题\n开场。\n又一段。\n#1 一、甲\n 各村修渠。\n每一户通水。\n");
        assert_eq!(link.find_in(&moved, &moved.reports[0]), Some(LineRange { first: 5, last: 6 }));
        // Another title in another file.
        let corpus =
            fixture::corpus(vec![fixture::document("南柯区", "= 题\n别的。\n"), fixture::document("子墟", TEXT)]);
        let found = link.find(&corpus).unwrap();
        assert_eq!((found.report.document.0, found.lines), (1, LineRange { first: 4, last: 6 }));
        let changed = fixture::document("乌有市", "= 题\n开场。\n#1 一、甲\n各村修路。\n每一户通水。\n");
        assert_eq!(link.find_in(&changed, &changed.reports[0]), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_link_or_none(text in "(yilan://passage/)?[0-9a-f?&=n报-]{0,80}") {
            if let Some(link) = Permalink::parse(&text) {
                prop_assert_eq!(Permalink::parse(&link.to_string()), Some(link));
            }
        }

        #[test]
        fn every_link_is_read_as_it_was_written(a: u64, b: u64, report: u64, first in 1..99_999u32, more in 0..50u32, paragraphs in 1..60u32) {
            let link = Permalink { passage: Digest(a, b), report, lines: LineRange { first, last: first + more }, paragraphs };
            prop_assert_eq!(Permalink::parse(&link.to_string()), Some(link));
        }
    }
}
