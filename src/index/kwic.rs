//! The concordance (KWIC): one hit a line, with what stands to its left and right.
//!
//! In: a [`Search`] and its counts. Out: how many lines there are, and any page of them, in a chosen order. Lines are
//! made when they are asked for: in the order of the corpus or of places nothing is kept per hit, sorted by context some
//! bytes are. Filters are the query's own ([`crate::index::search::Query::with_filter`]): count again within what was
//! found, and make a concordance of that. Does not know about: columns, widths, keys.

use std::ops::Range;

use rayon::prelude::*;

use super::search::{Hit, ReportCount, Search};
use super::terms::Segmenter;
use crate::corpus::{Corpus, Document, LineKind, Report, ReportId};
use crate::text::fold::fold_char;

/// Up to so many hits are sorted by word; more of them by character, which takes 32 bytes each and no dictionary.
const BY_WORD: u64 = 300_000;
/// Words that are compared, nearest first: 1L 2L 3L or 1R 2R 3R.
const WORDS: usize = 3;
/// Characters that are compared where words are not: what fits into a key.
const CHARS: usize = 6;
/// Characters in which those words are looked for.
const REACH: usize = 20;

/// In which order hits stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum KwicOrder {
    /// As in the corpus.
    #[default]
    Corpus,
    /// By place (as the places of the corpus follow one another), then as in the corpus.
    Place,
    /// By year (the last that is reported on; where none is known last), then as in the corpus.
    Year,
    /// By what stands to the left, nearest word first.
    Left,
    /// By what stands to the right, nearest word first.
    Right,
}

/// One hit in context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KwicLine {
    /// The report.
    pub report: ReportId,
    /// Where the hit stands.
    pub hit: Hit,
    /// The 1-based source line where it begins.
    pub line: u32,
    /// Headings above it, outermost first.
    pub section: Vec<String>,
    /// What stands before it in its paragraph, also where that was broken.
    pub left: String,
    /// The hit's own text; of a hit on two lines both parts.
    pub middle: String,
    /// What stands behind it.
    pub right: String,
}

/// A hit that was sorted: its report's number in the concordance, and its own number in the report.
type KwicEntry = (u32, u32);

/// An ordered list of hits.
#[derive(Debug, Clone, Default)]
pub struct Concordance {
    /// Reports with hits, in order, and how many hits stand before each.
    reports: Vec<(ReportId, u64)>,
    total: u64,
    /// The order of the hits where it is not that of the reports.
    sorted: Option<Vec<KwicEntry>>,
    by_word: bool,
}

impl Concordance {
    /// Orders the hits that `counts` (all of a search's counts) tell of; `None` once `cancelled` says so. `segmenter` is
    /// what words are; without one (its dictionary may not be loaded yet) characters are compared.
    pub fn new(
        corpus: &Corpus,
        search: &Search<'_>,
        counts: &[ReportCount],
        order: KwicOrder,
        segmenter: Option<&Segmenter>,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let mut with_hits: Vec<&ReportCount> = counts.iter().filter(|count| count.hits > 0).collect();
        with_hits.sort_by_key(|count| match order {
            KwicOrder::Place => (corpus.place_of(count.report), None, count.report),
            KwicOrder::Year => {
                let years = corpus.report(count.report).map(|(_, report)| report.years.as_slice());
                let last = years.and_then(|years| years.iter().max().copied());
                (None, Some(last.unwrap_or(u16::MAX)), count.report)
            }
            _ => (None, None, count.report),
        });
        let (mut reports, mut total) = (Vec::with_capacity(with_hits.len()), 0);
        for count in with_hits {
            reports.push((count.report, total));
            total += u64::from(count.hits);
        }
        let mut made = Self { reports, total, sorted: None, by_word: false };
        let left = match order {
            KwicOrder::Corpus | KwicOrder::Place | KwicOrder::Year => return Some(made),
            KwicOrder::Left => true,
            KwicOrder::Right => false,
        };
        made.sorted = Some(match segmenter.filter(|_| total <= BY_WORD) {
            Some(segmenter) => {
                made.by_word = true;
                made.sort(corpus, search, cancelled, &|d, r, hit| by_words(segmenter, &nearby(d, r, hit, left), left))?
            }
            None => made.sort(corpus, search, cancelled, &|d, r, hit| by_chars(&nearby(d, r, hit, left)))?,
        });
        Some(made)
    }

    fn sort<K: Ord + Send>(
        &self,
        corpus: &Corpus,
        search: &Search<'_>,
        cancelled: &(dyn Fn() -> bool + Sync),
        key: &(dyn Fn(&Document, &Report, &Hit) -> K + Sync),
    ) -> Option<Vec<KwicEntry>> {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let keyed: Option<Vec<Vec<(K, KwicEntry)>>> = self
            .reports
            .par_iter()
            .enumerate()
            .map(|(number, &(id, _))| {
                let (document, report) = corpus.report(id)?;
                let mut keyed = Vec::new();
                for (nth, hit) in search.hits_until(id, cancelled)?.iter().enumerate() {
                    if nth % 256 == 0 && cancelled() {
                        return None;
                    }
                    keyed.push((key(document, report, hit), (short(number), short(nth))));
                }
                Some(keyed)
            })
            .collect();
        let mut keyed: Vec<(K, KwicEntry)> = keyed?.into_iter().flatten().collect();
        keyed.par_sort_unstable();
        (!cancelled()).then(|| keyed.into_iter().map(|(_, entry)| entry).collect())
    }

    /// Whether contexts were compared word by word: not those of very many hits, nor without a dictionary.
    pub const fn is_by_word(&self) -> bool {
        self.by_word
    }

    /// How many lines there are.
    pub const fn len(&self) -> u64 {
        self.total
    }

    /// The lines with these numbers (from 0), with at most `chars` characters on either side of the hit.
    pub fn page(&self, corpus: &Corpus, search: &Search<'_>, range: Range<u64>, chars: usize) -> Vec<KwicLine> {
        let (mut lines, mut open): (Vec<KwicLine>, Option<(ReportId, Vec<Hit>)>) = (Vec::new(), None);
        for at in range.start..range.end.min(self.total) {
            let Some((id, nth)) = self.entry(at) else { break };
            if open.as_ref().is_none_or(|(report, _)| *report != id) {
                open = Some((id, search.hits_in(id)));
            }
            let hit = open.as_ref().and_then(|(_, hits)| hits.get(nth));
            if let (Some(hit), Some((document, report))) = (hit, corpus.report(id)) {
                lines.push(line(document, report, id, hit, chars));
            }
        }
        lines
    }

    /// The report of line `at`, and the number of its hit there (from 0).
    pub fn entry(&self, at: u64) -> Option<(ReportId, usize)> {
        match &self.sorted {
            Some(sorted) => {
                let &(number, nth) = sorted.get(usize::try_from(at).ok()?)?;
                Some((self.reports.get(number as usize)?.0, nth as usize))
            }
            None if at >= self.total => None,
            None => {
                let number = self.reports.partition_point(|&(_, before)| before <= at).checked_sub(1)?;
                let &(id, before) = self.reports.get(number)?;
                Some((id, usize::try_from(at - before).ok()?))
            }
        }
    }

    /// The line of hit `nth` (from 0) of a report.
    pub fn position(&self, report: ReportId, nth: usize) -> Option<u64> {
        let number = self.reports.iter().position(|&(id, _)| id == report)?;
        match &self.sorted {
            Some(sorted) => {
                let wanted = (u32::try_from(number).ok()?, u32::try_from(nth).ok()?);
                sorted.iter().position(|&entry| entry == wanted).and_then(|at| u64::try_from(at).ok())
            }
            None => Some(self.reports.get(number)?.1 + nth as u64).filter(|&at| at < self.total),
        }
    }
}

/// A hit in context, made for a page.
pub fn line(document: &Document, report: &Report, id: ReportId, hit: &Hit, chars: usize) -> KwicLine {
    let path = report.section_at(hit.span.start).map(|section| report.section_path(section)).unwrap_or_default();
    let heading = |i: usize| Some(report.sections.get(i)?.title(document.text()).into_owned());
    KwicLine {
        report: id,
        hit: hit.clone(),
        line: document.line_at(hit.span.start),
        section: path.into_iter().filter_map(heading).collect(),
        left: before(document, report, hit, chars),
        middle: hit.parts().map(|part| part.slice(document.text())).collect(),
        right: after(document, report, hit, chars),
    }
}

/// At most `chars` characters before a hit in its paragraph.
fn before(document: &Document, report: &Report, hit: &Hit, chars: usize) -> String {
    let mut number = document.line_at(hit.span.start);
    let start = document.line(number).map_or(0, |line| line.span.start as usize);
    let mut out: Vec<char> = Vec::new();
    let mut text = document.text().get(start..hit.span.start as usize).unwrap_or_default();
    loop {
        out.extend(text.chars().rev().take(chars - out.len()));
        if out.len() >= chars || !document.line(number).is_some_and(|line| line.joins) {
            break;
        }
        let Some(earlier) = neighbour(document, report, number, false) else { break };
        (number, text) = (earlier, document.line_text(earlier));
    }
    out.iter().rev().collect()
}

/// At most `chars` characters after a hit in its paragraph.
fn after(document: &Document, report: &Report, hit: &Hit, chars: usize) -> String {
    let last = hit.parts().last().unwrap_or(hit.span);
    let mut number = document.line_at(last.start);
    let end = document.line(number).map_or(0, |line| line.span.end as usize);
    let mut text = document.text().get(last.end as usize..end).unwrap_or_default();
    let (mut out, mut count) = (String::new(), 0);
    loop {
        for c in text.chars().take(chars - count) {
            out.push(c);
            count += 1;
        }
        let Some(later) = neighbour(document, report, number, true).filter(|_| count < chars) else { break };
        if !document.line(later).is_some_and(|line| line.joins) {
            break;
        }
        (number, text) = (later, document.line_text(later));
    }
    out
}

/// The paragraph before or after a line of a report, past what may stand inside a broken one.
fn neighbour(document: &Document, report: &Report, line: u32, forward: bool) -> Option<u32> {
    let mut own: Box<dyn Iterator<Item = u32>> = if forward {
        Box::new(report.ranges.iter().flat_map(move |r| r.first.max(line + 1)..=r.last))
    } else {
        Box::new(report.ranges.iter().rev().flat_map(move |r| (r.first..=r.last.min(line.saturating_sub(1))).rev()))
    };
    let found = own.find(|&number| {
        let kind = document.line(number).map(|line| line.kind);
        !matches!(kind, Some(LineKind::Blank | LineKind::Caption | LineKind::Repeat))
    })?;
    document.line(found).filter(|line| line.kind == LineKind::Paragraph).map(|_| found)
}

/// The text on one side of a hit in which the nearest words are looked for; on the left in reading order too.
fn nearby(document: &Document, report: &Report, hit: &Hit, left: bool) -> (String, bool) {
    let text = if left { before(document, report, hit, REACH) } else { after(document, report, hit, REACH) };
    (text, left)
}

/// The nearest words, nearest first.
fn by_words(segmenter: &Segmenter, (text, _): &(String, bool), left: bool) -> Vec<String> {
    let mut words = Vec::new();
    segmenter.each_word(text, &mut |word| words.push(word.chars().map(fold_char).collect::<String>()));
    if left {
        words.reverse();
    }
    words.truncate(WORDS);
    words
}

/// The nearest letters, nearest first, in the bits of one number.
fn by_chars((text, left): &(String, bool)) -> u128 {
    let letters = |c: &char| c.is_alphanumeric();
    let pack = |key: u128, c: char| (key << 21) | u128::from(u32::from(fold_char(c)));
    let near: Vec<char> = if *left {
        text.chars().rev().filter(letters).take(CHARS).collect()
    } else {
        text.chars().filter(letters).take(CHARS).collect()
    };
    // Fewer letters come first.
    let key = near.iter().fold(0, |key, &c| pack(key, c));
    key << (21 * (CHARS - near.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;
    use crate::index::search::{Query, SearchIndex};

    fn concordance(corpus: &Corpus, query: &str, order: KwicOrder, by_word: bool) -> Vec<KwicLine> {
        let index = SearchIndex::new();
        index.sync(corpus);
        let search = Search::new(corpus, &index, &Query::parse(query).unwrap());
        let mut counts = Vec::new();
        assert!(search.count(&|| false, &mut |chunk| counts.extend(chunk)));
        let segmenter = by_word.then(Segmenter::get);
        let made = Concordance::new(corpus, &search, &counts, order, segmenter, &|| false).unwrap();
        let whole = made.page(corpus, &search, 0..made.len() + 9, 12);
        assert_eq!(whole.len() as u64, made.len());
        // Any page is that part of the whole, and every line knows its place.
        for from in 0..made.len() {
            let page = made.page(corpus, &search, from..from + 2, 12);
            assert_eq!(page, whole[from as usize..(from as usize + 2).min(whole.len())]);
            let (report, nth) = made.entry(from).unwrap();
            assert_eq!(made.position(report, nth), Some(from));
        }
        assert!(
            Concordance::new(corpus, &search, &counts, order, segmenter, &|| true).is_none_or(|c| c.sorted.is_none())
        );
        whole
    }

    fn corpus() -> Corpus {
        fixture::corpus(vec![
            fixture::document("云和市", "#1 一、监督\n加强监督工作，改进监督。"),
            fixture::document("雾山县", "#1 二、守灯\n依法监督工作；民主监督实效"),
            fixture::document("云和市", "开展监督检查"),
        ])
    }

    #[test]
    fn lines_stand_in_every_order() {
        let left = |order, by_word| -> Vec<String> {
            concordance(&corpus(), "监督", order, by_word).into_iter().map(|line| line.left).collect()
        };
        let right = |by_word| -> Vec<String> {
            concordance(&corpus(), "监督", KwicOrder::Right, by_word).into_iter().map(|line| line.right).collect()
        };
        let in_corpus = ["一、", "加强", "加强监督工作，改进", "依法", "依法监督工作；民主", "开展"];
        assert_eq!(left(KwicOrder::Corpus, false), in_corpus);
        assert_eq!(
            left(KwicOrder::Place, false),
            ["一、", "加强", "加强监督工作，改进", "开展", "依法", "依法监督工作；民主"]
        );
        let by_word = ["一、", "依法", "加强", "开展", "加强监督工作，改进", "依法监督工作；民主"];
        assert_eq!(left(KwicOrder::Left, true), by_word);
        // Character by character 主 comes before 强.
        let by_char = ["一、", "依法监督工作；民主", "开展", "加强", "依法", "加强监督工作，改进"];
        assert_eq!(left(KwicOrder::Left, false), by_char);
        for by_word in [true, false] {
            assert_eq!(right(by_word)[..2], ["", "。"]);
            assert!(right(by_word)[3].starts_with("工作"));
        }
    }

    #[test]
    fn lines_stand_by_year() {
        let mut documents = ["监督甲", "监督乙", "监督丙", "监督丁"].map(|text| fixture::document("云和市", text));
        for (document, years) in documents.iter_mut().zip([vec![2022], vec![], vec![2018, 2020], vec![2022]]) {
            document.reports[0].years = years;
        }
        let lines = concordance(&fixture::corpus(documents.into()), "监督", KwicOrder::Year, false);
        assert_eq!(lines.iter().map(|line| line.right.as_str()).collect::<Vec<_>>(), ["丙", "甲", "丁", "乙"]);
    }

    #[test]
    fn a_line_tells_where_it_stands_and_spans_a_broken_paragraph() {
        let mut document = fixture::document("云和市", "#1 一、守灯\n全面推进乡\n图：灯塔\n村振兴，守好\n灯塔。");
        document.lines[2].kind = LineKind::Caption;
        document.lines[3].joins = true;
        document.lines[4].joins = true;
        let corpus = fixture::corpus(vec![document]);
        let lines = concordance(&corpus, "乡村|好", KwicOrder::Corpus, false);
        let told: Vec<(&str, &str, &str, u32)> =
            lines.iter().map(|l| (l.left.as_str(), l.middle.as_str(), l.right.as_str(), l.line)).collect();
        assert_eq!(told, [("全面推进", "乡村", "振兴，守好灯塔。", 2), ("全面推进乡村振兴，守", "好", "灯塔。", 4)]);
        assert_eq!(lines[0].section, ["一、守灯"]);
        // A caption does not count.
        assert_eq!(concordance(&corpus, "灯塔", KwicOrder::Corpus, false).len(), 1);
    }
}
