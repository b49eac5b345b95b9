//! Choosing reports and sections by what a person types. In: a corpus and words. Out: ids, line numbers.
//! Does not know about: how they are printed.

use crate::corpus::{Corpus, Document, PlaceEntry, PlaceId, Report, ReportId};
use crate::index::cities::CityIndex;
use crate::index::search::{Query, search_text};

/// The place meant by `words`: the one of that very name, with its province before it where several have that name, else the
/// best match by name or pinyin.
pub fn place(corpus: &Corpus, words: &str) -> Option<PlaceId> {
    let of = |same: &dyn Fn(&PlaceEntry) -> bool| {
        let found = corpus.places().iter().position(|place| !place.name.is_empty() && same(place));
        found.and_then(|i| u32::try_from(i).ok()).map(PlaceId)
    };
    let whole = |place: &PlaceEntry| {
        let rest = words.strip_prefix(place.province.as_str()).filter(|_| !place.province.is_empty());
        rest.is_some_and(|rest| rest.trim_start() == place.name)
    };
    let exact = of(&|place| place.name == words).or_else(|| of(&whole));
    exact.or_else(|| CityIndex::new(corpus).rank(words).first().map(|best| best.place))
}

/// Words by which [`place`] finds just this place; `None` if there are none.
pub fn name_of(corpus: &Corpus, id: PlaceId) -> Option<String> {
    let known = corpus.places().get(id.0 as usize)?;
    let names = [known.name.clone(), format!("{} {}", known.province, known.name)];
    names.into_iter().find(|name| place(corpus, name) == Some(id))
}

/// The reports of a place whose title holds `title`, where one is asked for.
pub fn reports(corpus: &Corpus, place: PlaceId, title: Option<&str>) -> Vec<ReportId> {
    let holds = |id: &&ReportId| corpus.report(**id).is_some_and(|(_, report)| holds(&report.title, title));
    corpus.place(place).reports.iter().filter(holds).copied().collect()
}

/// The sections of a report whose heading holds `words`, without those inside another of them.
pub fn sections(document: &Document, report: &Report, words: &str) -> Vec<usize> {
    let matching =
        |i: usize| report.sections.get(i).is_some_and(|section| holds(&section.title(document.text()), Some(words)));
    let outermost = |&i: &usize| {
        let above = report.section_path(i);
        matching(i) && !above.iter().any(|&up| up != i && matching(up))
    };
    (0..report.sections.len()).filter(outermost).collect()
}

/// Source lines of a section, in reading order; those its page put elsewhere are not among them.
pub fn section_lines(report: &Report, section: usize) -> Vec<u32> {
    let Some(section) = report.sections.get(section) else { return Vec::new() };
    let (first, last) = (section.line, section.last_line.max(section.line));
    report.line_numbers().filter(|line| (first..=last).contains(line)).collect()
}

/// Whether `text` holds `words`, compared as the search compares; blank words are held by all.
fn holds(text: &str, words: Option<&str>) -> bool {
    words.and_then(Query::literal).is_none_or(|query| !search_text(text, &query).is_empty())
}
