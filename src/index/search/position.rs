//! Which places of a report the filters on its parts and sections let pass. In: filters, a report. Out: a yes or no for a
//! byte of the document. Does not know about: text search.

use super::filter::{Filter, FilterValues};
use super::part::{Part, part_at, parts};
use crate::corpus::{Document, Report};
use crate::text::Span;
use crate::text::fold::fold;

/// Filters on parts and sections, made ready for one report.
pub struct Positions<'q, 'd> {
    report: &'d Report,
    /// Each filter with, for one on sections, which sections of the outline it means.
    filters: Vec<(&'q Filter, Vec<bool>)>,
    directions: Vec<(Span, Part)>,
}

impl<'q, 'd> Positions<'q, 'd> {
    /// Makes those of `filters` ready that are about places in a report; `None` if there are none.
    pub fn new(filters: &'q [Filter], document: &Document, report: &'d Report) -> Option<Self> {
        let filters: Vec<(&Filter, Vec<bool>)> = filters
            .iter()
            .filter(|filter| filter.is_about_positions())
            .map(|filter| (filter, sections_meant(filter, document, report)))
            .collect();
        let by_part = filters.iter().any(|(filter, _)| matches!(filter.wanted, FilterValues::Part(_)));
        let directions = if by_part { parts(document, report) } else { Vec::new() };
        (!filters.is_empty()).then_some(Self { report, filters, directions })
    }

    /// Whether text at byte `offset` of the document passes.
    pub fn admit(&self, offset: u32) -> bool {
        let part = part_at(&self.directions, offset);
        let section = self.report.section_at(offset);
        self.filters.iter().all(|(filter, meant)| {
            let matches = match &filter.wanted {
                FilterValues::Part(wanted) => part.is_some_and(|part| wanted.contains(&part)),
                _ => section.is_some_and(|section| meant.get(section).copied().unwrap_or(false)),
            };
            matches != filter.negated
        })
    }
}

/// For every section whether its heading, or one above it, holds one of the words of a filter on sections.
fn sections_meant(filter: &Filter, document: &Document, report: &Report) -> Vec<bool> {
    let FilterValues::Section(words) = &filter.wanted else { return Vec::new() };
    let holds = |heading: &str| {
        let heading = fold(heading);
        words.iter().any(|word| heading.contains(word.as_str()))
    };
    let mut meant: Vec<bool> = Vec::with_capacity(report.sections.len());
    for section in &report.sections {
        let above = section.parent.and_then(|up| meant.get(up as usize)).copied().unwrap_or(false);
        meant.push(above || holds(&section.title(document.text())));
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;
    use crate::index::search::{Query, QueryField};

    #[test]
    fn parts_and_sections_are_told_by_their_headings() {
        let text = "开头\n#1 工作回顾\n#2 一、农業\n修渠\n#2 二、守灯\n守塔\n#1 今后打算\n#2 一、农业\n再修渠";
        let document = fixture::document("云和市", text);
        let report = &document.reports[0];
        let admitted = |query: &str| -> Vec<&str> {
            let query = Query::parse(query).unwrap();
            let positions = Positions::new(query.filters(), &document, report).unwrap();
            let at = |word: &&str| positions.admit(document.text().find(*word).unwrap() as u32);
            ["开头", "修渠", "守塔", "再修渠"].into_iter().filter(at).collect()
        };
        assert_eq!(admitted("渠 part:回顾"), ["修渠", "守塔"]);
        assert_eq!(admitted("渠 section:农业"), ["修渠", "再修渠"]);
        assert_eq!(admitted("渠 section:守灯|打算"), ["守塔", "再修渠"]);
        assert_eq!(admitted("渠 section:农业 part:打算"), ["再修渠"]);
        assert_eq!(admitted("渠 -section:农业"), ["开头", "守塔"]);
        assert!(Positions::new(&[Filter::read(QueryField::Year, "2022").unwrap()], &document, report).is_none());
    }
}
