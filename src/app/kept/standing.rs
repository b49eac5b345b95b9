//! What has become of a marked passage: whether it is where it was, or its text is another, or it is gone.
//!
//! In: a mark, the corpus. Out: where it stands. Does not know about: who asks.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Corpus, Document, LineKind, LineRange, Report, ReportId};
use crate::index::quotation::{LocatedPassage, Permalink, paragraph_at, passage_text};
use crate::store::marks::KeptMark;
use crate::text::Lang;

/// Bytes of a corpus that may be looked through for a mark whose report is not found by its title.
const SMALL: usize = 8 << 20;

/// How much of two paragraphs must be alike for the one to be what the other became: Dice's coefficient of their pairs of
/// characters.
const ALIKE: f64 = 0.5;

/// What has become of a marked passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkStanding {
    /// It says what it said.
    Kept(LocatedPassage),
    /// Its report is there; this is what is most like it now.
    Changed(LocatedPassage),
    /// Its report is there, and nothing in it is like it.
    Lost(ReportId),
    /// No report here holds it.
    Elsewhere,
}

/// A report with its document.
type Found<'c> = (ReportId, &'c Arc<Document>, &'c Report);

/// What has become of each mark: the reports are looked through once for all of them.
pub fn standing_of(marks: &[KeptMark], corpus: &Corpus) -> Vec<MarkStanding> {
    let links: Vec<Option<Permalink>> = marks.iter().map(|mark| Permalink::parse(&mark.quotation.link)).collect();
    let wanted: FxHashSet<u64> = links.iter().flatten().map(|link| link.report).collect();
    let mut named: FxHashMap<u64, Vec<Found<'_>>> = FxHashMap::default();
    if !wanted.is_empty() {
        for (id, document, report) in corpus.reports() {
            let digest = Permalink::report_of(report);
            if wanted.contains(&digest) {
                named.entry(digest).or_default().push((id, document, report));
            }
        }
    }
    let size: usize = corpus.documents().iter().map(|document| document.source.size()).sum();
    let standing = |(mark, link): (&KeptMark, Option<Permalink>)| {
        let Some(link) = link else { return MarkStanding::Elsewhere };
        let named = named.get(&link.report).map_or(&[][..], Vec::as_slice);
        MarkStanding::among(mark, &link, named, Some(corpus).filter(|_| size <= SMALL))
    };
    marks.iter().zip(links).map(standing).collect()
}

impl MarkStanding {
    /// What has become of a mark: in one of the reports called like its own, else, where it is given, anywhere in a corpus.
    fn among(mark: &KeptMark, link: &Permalink, named: &[Found<'_>], anywhere: Option<&Corpus>) -> Self {
        for (id, document, report) in named {
            if let Some(lines) = link.find_in(document, report) {
                return Self::Kept(LocatedPassage { report: *id, lines });
            }
        }
        if let Some(found) = anywhere.and_then(|corpus| link.find(corpus)) {
            return Self::Kept(found);
        }
        let changed = |(id, document, report): &Found<'_>| {
            let lines = most_alike(document, report, &mark.quotation.text)?;
            Some(Self::Changed(LocatedPassage { report: *id, lines }))
        };
        let lost = named.first().map_or(Self::Elsewhere, |(id, ..)| Self::Lost(*id));
        named.iter().find_map(changed).unwrap_or(lost)
    }

    /// Where it stands, or what it became.
    pub const fn place(self) -> Option<LocatedPassage> {
        match self {
            Self::Kept(place) | Self::Changed(place) => Some(place),
            Self::Lost(_) | Self::Elsewhere => None,
        }
    }

    /// What there is to say of it; nothing where all is as it was.
    pub const fn says(self, lang: Lang) -> &'static str {
        match self {
            Self::Kept(_) => "",
            Self::Changed(_) => lang.pick("原文已改", "text changed"),
            Self::Lost(_) => lang.pick("原文已删", "text gone"),
            Self::Elsewhere => lang.pick("不在此处", "not here"),
        }
    }
}

/// The paragraph of a report that is most like a text, if one is like it at all.
fn most_alike(document: &Document, report: &Report, text: &str) -> Option<LineRange> {
    let wanted = pairs(text);
    let filled = report.line_numbers().filter(|n| {
        document.line(*n).is_some_and(|line| line.kind != LineKind::Blank && !line.joins && !line.kind.is_noise())
    });
    let alike = |n: u32| {
        let lines = paragraph_at(document, report, n);
        let own = pairs(&passage_text(document, lines));
        let shared = own.intersection(&wanted).count();
        let score = 2.0 * shared as f64 / (own.len() + wanted.len()).max(1) as f64;
        (score >= ALIKE).then_some((score, lines))
    };
    // Of those that are alike as much the first.
    filled.filter_map(alike).reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, lines)| lines)
}

fn pairs(text: &str) -> FxHashSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    chars.iter().copied().zip(chars.iter().copied().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;
    use crate::index::quotation::Quotation;

    fn standing(mark: &KeptMark, corpus: &Corpus) -> MarkStanding {
        standing_of(std::slice::from_ref(mark), corpus)[0]
    }

    #[test]
    fn a_mark_says_whether_its_text_is_as_it_was() {
        let corpus = fixture::corpus();
        let (id, document, report) = corpus.reports().next().unwrap();
        let line = report.line_numbers().find(|n| document.line_text(*n).contains("云岭市全年修成")).unwrap();
        let lines = paragraph_at(document, report, line);
        let mark = KeptMark { quotation: Quotation::of(document, report, lines), ..KeptMark::default() };
        assert_eq!(standing(&mark, &corpus), MarkStanding::Kept(LocatedPassage { report: id, lines }));
        assert_eq!(standing(&mark, &Corpus::new(Vec::new(), false)), MarkStanding::Elsewhere);
        // One character is another (the paragraph is printed twice); then nothing is left of the text.
        let whole = document.line_text(line);
        let blank = |c: char| if c.len_utf8() == 3 { '〇' } else { c };
        let changes = [
            ("changed", document.text().replace(whole, &whole.replacen("坡地。", "坡地！", 1))),
            ("lost", document.text().chars().map(blank).collect()),
        ];
        for (want, replaced) in changes {
            let mut other = Document::clone(document);
            let text = document.text();
            assert_ne!(text, replaced);
            assert_eq!(replaced.len() / 3, text.len() / 3);
            other.source = replaced.into();
            let mut changed = Corpus::new(Vec::new(), false);
            changed.push(Arc::new(other));
            let is = standing(&mark, &changed);
            match want {
                "changed" => assert!(matches!(is, MarkStanding::Changed(place) if place.lines == lines), "{is:?}"),
                _ => assert!(matches!(is, MarkStanding::Lost(_)), "{is:?}"),
            }
        }
    }
}
