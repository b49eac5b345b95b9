//! What a person would miss between two runs: where they were, in every report, and how the panels were set.
//!
//! In: reports and offsets. Out: a small value that serde can write. Does not know about: where it is kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::cities::CityOrder;
use crate::app::screen::panel_widths::PanelWidths;
use crate::app::search::pins::KeptPin;
use crate::app::terms::comparison::{CountedText, KeptReference};
use crate::corpus::{Corpus, Document, Report, ReportId};
use crate::index::search::QueryOptions;
use crate::index::terms::KeywordOrder;

/// How many queries are kept.
const QUERIES: usize = 100;
/// How many reports' positions are kept.
const KEPT: usize = 2_000;

/// The state kept between runs. Unknown fields are ignored: a newer version may have written it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// How wide the user made the panels.
    pub widths: PanelWidths,
    /// Order of the city list.
    pub city_order: CityOrder,
    /// Reach of the keyword panel.
    pub reach: CountedText,
    /// Order of the keyword panel.
    pub term_order: KeywordOrder,
    /// What the keyword panel compares with.
    pub reference: KeptReference,
    /// Queries of the past, the newest last.
    pub queries: Vec<String>,
    /// The query that was on.
    pub query: Option<String>,
    /// Whether search was exact.
    pub exact: bool,
    /// Whether Latin letters were pinyin.
    pub pinyin: bool,
    /// Whether repeated paragraphs counted.
    pub repeats: bool,
    /// Pinned queries.
    pub pins: Vec<KeptPin>,
    /// Last report, by what was opened (the corpus's paths, joined).
    pub last: BTreeMap<String, ReportKey>,
    /// Source line at the top, by report.
    pub positions: BTreeMap<String, u32>,
}

/// A report, named so that it is found again in a later run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportKey {
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its first source line, to tell reports of one title apart.
    pub line: u32,
}

impl ReportKey {
    /// The key of a report.
    pub fn of(document: &Document, report: &Report) -> Self {
        Self {
            path: document.path.to_string_lossy().into_owned(),
            title: report.title.clone(),
            line: report.ranges.first().map_or(0, |r| r.first),
        }
    }

    /// The report it names: title and line, or else the title alone (the file may have been edited).
    pub fn find(&self, corpus: &Corpus) -> Option<ReportId> {
        let mut by_title = None;
        for (id, document, report) in corpus.reports() {
            if report.title == self.title && document.path.to_string_lossy() == self.path {
                if report.ranges.first().is_some_and(|r| r.first == self.line) {
                    return Some(id);
                }
                by_title = by_title.or(Some(id));
            }
        }
        by_title
    }

    fn text(&self) -> String {
        format!("{}#{}#{}", self.path, self.line, self.title)
    }
}

impl Session {
    /// The name under which the last report of a corpus is kept.
    pub fn corpus_name(corpus: &Corpus) -> String {
        if corpus.is_sample() {
            return "sample".to_owned();
        }
        let roots: Vec<_> = corpus.roots().iter().map(|p| p.to_string_lossy()).collect();
        roots.join("\n")
    }

    /// Remembers a query as the newest.
    pub fn keep_query(&mut self, text: &str) {
        self.queries.retain(|query| query != text);
        self.queries.push(text.to_owned());
        let excess = self.queries.len().saturating_sub(QUERIES);
        self.queries.drain(..excess);
    }

    /// The switches of the search as they were left.
    pub const fn query_options(&self) -> QueryOptions {
        QueryOptions { exact: self.exact, regex: false, pinyin: self.pinyin, repeats: self.repeats }
    }

    /// Remembers that `line` of a report stands at the top.
    pub fn remember(&mut self, corpus: &Corpus, report: ReportId, line: u32) {
        let Some((document, report)) = corpus.report(report) else { return };
        let key = ReportKey::of(document, report);
        if self.positions.len() >= KEPT && !self.positions.contains_key(&key.text()) {
            self.positions.pop_first();
        }
        self.positions.insert(key.text(), line);
        self.last.insert(Self::corpus_name(corpus), key);
    }

    /// The source line that stood at the top of a report.
    pub fn recall(&self, corpus: &Corpus, report: ReportId) -> Option<u32> {
        let (document, report) = corpus.report(report)?;
        self.positions.get(&ReportKey::of(document, report).text()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn a_report_is_found_again_after_being_written_and_read() {
        let corpus = fixture::corpus();
        let mut session = Session::default();
        let ids: Vec<ReportId> = corpus.reports().map(|(id, ..)| id).collect();
        for (line, id) in (1..).zip(&ids) {
            session.remember(&corpus, *id, line);
        }
        let text = serde_json::to_string(&session).unwrap();
        let again: Session = serde_json::from_str(&text).unwrap();
        assert_eq!(again, session);
        for (line, id) in (1..).zip(&ids) {
            assert_eq!(again.recall(&corpus, *id), Some(line));
        }
        let key = &again.last[&Session::corpus_name(&corpus)];
        assert_eq!(key.find(&corpus), ids.last().copied());
        let moved = ReportKey { line: 9_999, ..key.clone() };
        assert!(moved.find(&corpus).is_some(), "an edited file keeps its reports");
        assert_eq!(ReportKey { title: "别的".into(), ..moved }.find(&corpus), None);
    }

    #[test]
    fn queries_are_kept_once_and_not_for_ever() {
        let mut session = Session::default();
        for n in 0..300 {
            session.keep_query(&format!("第{}", n % 150));
        }
        assert_eq!(session.queries.len(), QUERIES);
        assert_eq!(session.queries.last().unwrap(), "第149");
        session.keep_query("第100");
        assert_eq!((session.queries.len(), session.queries.last().unwrap().as_str()), (QUERIES, "第100"));
    }

    #[test]
    fn fields_of_another_version_do_no_harm() {
        let session: Session =
            serde_json::from_str(r#"{"reach":"corpus","reference":"same-body","tomorrow":1}"#).unwrap();
        assert_eq!(session.reach, CountedText::Corpus);
        assert_eq!(KeptReference::of(&session.reference.reference()), KeptReference::SameBody);
    }
}
