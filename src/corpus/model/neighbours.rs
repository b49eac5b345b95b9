//! Shared place names (鼓楼区) by what else lies in their folder.
//!
//! In: a document and what is certain of its folder. Out: the document, its places settled. Does not know about: the corpus.

use rustc_hash::FxHashSet;

use crate::corpus::metadata::places::{self, Place};
use crate::corpus::model::document::Document;
use crate::corpus::model::issue::{Issue, IssueKind};
use crate::corpus::model::report::Report;

/// Where the reports of a folder are of whose place is certain.
#[derive(Debug, Default)]
pub struct FolderPlaces {
    names: FxHashSet<String>,
    prefectures: FxHashSet<String>,
    provinces: FxHashSet<String>,
}

impl FolderPlaces {
    /// Adds a place of the folder.
    pub fn add(&mut self, name: &str, prefecture: &str, province: &str) {
        let add = |set: &mut FxHashSet<String>, name: &str| {
            if !set.contains(name) {
                set.insert(name.to_owned());
            }
        };
        add(&mut self.names, name);
        add(&mut self.prefectures, prefecture);
        add(&mut self.provinces, province);
    }

    /// The one of the places called `alike` that lies next to some of them, if no other does: in a prefecture, else in a province.
    fn neighbour(&self, alike: &[String]) -> Option<&'static Place> {
        let candidates: Vec<&'static Place> = alike.iter().filter_map(|name| places::known(name, "")).collect();
        let only = |near: &dyn Fn(&Place) -> bool| {
            let mut with = candidates.iter().copied().filter(|place| near(place));
            let first = with.next();
            first.filter(|_| with.next().is_none())
        };
        let prefecture = |place: &Place| {
            let above = place.parent().map_or("", Place::name);
            !above.is_empty() && (self.prefectures.contains(above) || self.names.contains(above))
        };
        only(&prefecture).or_else(|| only(&|place| self.provinces.contains(place.province_name())))
    }
}

/// Whether an issue says that a shared place name was not settled.
pub const fn is_unsure(issue: &Issue) -> bool {
    matches!(issue.kind, IssueKind::AmbiguousPlace(..))
}

/// The line at which a report begins, as issues name it.
pub fn begins(report: &Report) -> Option<u32> {
    report.title_line.or(report.ranges.first().map(|range| range.first))
}

/// Whether nothing in its document says that the report's place is not certain.
pub fn is_certain(document: &Document, report: &Report) -> bool {
    !document.issues.iter().any(|issue| is_unsure(issue) && issue.line == begins(report))
}

/// The document, its shared place names (鼓楼区) settled by what else lies in its folder: the one whose prefecture the reports that
/// are there by now are of, else the one whose province. Left open where they are of none of those, or of several.
pub fn settled_by_neighbours(document: &Document, beside: &FolderPlaces) -> Document {
    let mut settled = Document::clone(document);
    let mut open = Vec::new();
    for issue in std::mem::take(&mut settled.issues) {
        let IssueKind::AmbiguousPlace(_, alike) = &issue.kind else {
            open.push(issue);
            continue;
        };
        let at = |report: &&mut Report| begins(report) == issue.line;
        match (beside.neighbour(alike), settled.reports.iter_mut().find(at)) {
            (Some(place), Some(report)) => {
                (report.place, report.province) = (place.full_name(), place.province_name().to_owned());
            }
            _ => open.push(issue),
        }
    }
    settled.issues = open;
    settled
}
