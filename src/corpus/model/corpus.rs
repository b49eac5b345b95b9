//! The corpus: documents in name order, and the places they are about.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::metadata::places::{self, Place};
use crate::corpus::model::change::Change;
use crate::corpus::model::document::Document;
use crate::corpus::model::issue::{Issue, IssueKind};
use crate::corpus::model::neighbours;
use crate::corpus::model::neighbours::FolderPlaces;
use crate::corpus::model::report::Report;

/// Index of a document in its corpus. Documents are only ever appended, so it stays valid while loading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// A report: its document and its index there. Ordered as in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId {
    /// The document.
    pub document: DocumentId,
    /// Index in [`Document::reports`].
    pub index: u32,
}

/// Index of a place in its corpus, in order of first appearance: stays valid while loading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// A place and its reports.
#[derive(Debug, Clone)]
pub struct PlaceEntry {
    /// Full name as it is today, such as 长春市 or 长春市朝阳区; empty for reports whose place is not known.
    pub name: String,
    /// Other names under which its reports stand: 清苑县 of 保定市清苑区.
    pub names: Vec<String>,
    /// Full name of the prefecture it lies in, its own for a prefecture; empty if it lies in none, or is not known.
    pub prefecture: String,
    /// Full name of its province; empty if not known.
    pub province: String,
    /// One pinyin syllable (lower case, no tone, ü as v) per character of `name`; a character that has none stands for itself.
    pub pinyin: Vec<String>,
    /// Its reports, in corpus order.
    pub reports: Vec<ReportId>,
}

impl PlaceEntry {
    /// A place without reports yet.
    pub fn new(name: String, province: String) -> Self {
        let pinyin = places::readings(&name, &province);
        let known = places::known(&name, &province);
        let prefecture = known.and_then(Place::prefecture).map(Place::name);
        // 乌有市南柯区, which no list knows, still says where it lies.
        let written = || name.find('市').and_then(|at| name.get(..at + '市'.len_utf8())).unwrap_or("");
        let prefecture = prefecture.unwrap_or_else(|| if known.is_none() { written() } else { "" }).to_owned();
        Self { name, names: Vec::new(), prefecture, province, pinyin, reports: Vec::new() }
    }
}

/// Everything that was loaded. Immutable once shared; loading makes a new one from the old by appending.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    documents: Vec<Arc<Document>>,
    places: Vec<PlaceEntry>,
    place_ids: FxHashMap<(String, String), PlaceId>,
    report_places: FxHashMap<ReportId, PlaceId>,
    /// The first report whose sketch holds a hash.
    sketched: FxHashMap<u64, ReportId>,
    /// The first report with the same text, of those that are not the first.
    duplicates: FxHashMap<ReportId, ReportId>,
    issues: Vec<Issue>,
    roots: Vec<PathBuf>,
    sample: bool,
}

impl Corpus {
    /// An empty corpus that will be filled from `roots`; `sample` says that it is the built-in one.
    pub fn new(roots: Vec<PathBuf>, sample: bool) -> Self {
        Self { roots, sample, ..Self::default() }
    }

    /// Appends a document and files its reports under their places.
    pub fn push(&mut self, document: Arc<Document>) {
        let id = DocumentId(u32::try_from(self.documents.len()).unwrap_or(u32::MAX));
        self.documents.push(document);
        let document = Arc::clone(&self.documents[id.0 as usize]);
        for (index, report) in document.reports.iter().enumerate() {
            let report_id = ReportId { document: id, index: u32::try_from(index).unwrap_or(u32::MAX) };
            self.find_duplicate(report_id, report);
            let place = self.place_id(report);
            self.places[place.0 as usize].reports.push(report_id);
            self.report_places.insert(report_id, place);
        }
        self.issues.extend(self.issues_of(id));
    }

    /// What is certain of the places of each folder that holds an unsettled name.
    fn folders_of_unsettled(&self) -> FxHashMap<PathBuf, FolderPlaces> {
        let folder = |document: &Document| document.path.parent().unwrap_or(Path::new("")).to_owned();
        let unsure = self.documents.iter().filter(|document| document.issues.iter().any(neighbours::is_unsure));
        let mut folders: FxHashMap<PathBuf, FolderPlaces> =
            unsure.map(|d| (folder(d), FolderPlaces::default())).collect();
        if folders.is_empty() {
            return folders;
        }
        for (number, document) in (0..).zip(&self.documents) {
            let Some(known) = document.path.parent().and_then(|folder| folders.get_mut(folder)) else { continue };
            for (index, _) in
                (0..).zip(&document.reports).filter(|(_, report)| neighbours::is_certain(document, report))
            {
                let id = ReportId { document: DocumentId(number), index };
                if let Some(entry) = self.place_of(id).and_then(|place| self.places.get(place.0 as usize)) {
                    known.add(&entry.name, &entry.prefecture, &entry.province);
                }
            }
        }
        folders
    }

    /// Settles shared place names by what else is there: to be asked once everything is, for what comes last tells as much as what came
    /// first. Reports change their place by it. Each document is looked at twice, however many are in its folder.
    pub fn settle_places(&mut self) {
        let mut folders = self.folders_of_unsettled();
        let mut settled: FxHashSet<(PathBuf, Option<u32>)> = FxHashSet::default();
        for at in 0..self.documents.len() {
            let Some(old) =
                self.documents.get(at).filter(|document| document.issues.iter().any(neighbours::is_unsure)).cloned()
            else {
                continue;
            };
            let Some(beside) = old.path.parent().and_then(|folder| folders.get_mut(folder)) else { continue };
            let new = neighbours::settled_by_neighbours(&old, beside);
            if new.issues.len() == old.issues.len() {
                continue;
            }
            let document = DocumentId(u32::try_from(at).unwrap_or(u32::MAX));
            for (index, report) in (0..).zip(&new.reports) {
                let id = ReportId { document, index };
                let (before, now) = (self.place_of(id), self.place_id(report));
                if neighbours::is_certain(&new, report) && !neighbours::is_certain(&old, report) {
                    settled.insert((new.path.clone(), neighbours::begins(report)));
                    self.places
                        .get(now.0 as usize)
                        .into_iter()
                        .for_each(|entry| beside.add(&entry.name, &entry.prefecture, &entry.province));
                }
                if before == Some(now) {
                    continue;
                }
                if let Some(entry) = before.and_then(|place| self.places.get_mut(place.0 as usize))
                    && let Ok(at) = entry.reports.binary_search(&id)
                {
                    entry.reports.remove(at);
                }
                if let Some(entry) = self.places.get_mut(now.0 as usize) {
                    let behind = entry.reports.partition_point(|report| *report < id);
                    entry.reports.insert(behind, id);
                }
                self.report_places.insert(id, now);
            }
            if let Some(place) = self.documents.get_mut(at) {
                *place = Arc::new(new);
            }
        }
        self.issues
            .retain(|issue| !(neighbours::is_unsure(issue) && settled.contains(&(issue.path.clone(), issue.line))));
    }

    /// Looks for an earlier report of the corpus with the same text.
    fn find_duplicate(&mut self, id: ReportId, report: &Report) {
        let mut candidates: Vec<ReportId> =
            report.sketch.hashes().iter().filter_map(|hash| self.sketched.get(hash).copied()).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let same = |first: &ReportId| self.report(*first).is_some_and(|(_, r)| report.sketch.matches(&r.sketch));
        match candidates.into_iter().find(same) {
            Some(first) => {
                self.duplicates.insert(id, first);
            }
            None => {
                for &hash in report.sketch.hashes() {
                    self.sketched.entry(hash).or_insert(id);
                }
            }
        }
    }

    /// What could not be taken of a document as it stands, in the order of its lines: its own issues, and its reports whose
    /// text an earlier one has.
    pub fn issues_of(&self, id: DocumentId) -> Vec<Issue> {
        let Some(document) = self.document(id) else { return Vec::new() };
        let mut issues = document.issues.clone();
        for (index, report) in (0..).zip(&document.reports) {
            let Some((earlier, first)) =
                self.duplicate_of(ReportId { document: id, index }).and_then(|id| self.report(id))
            else {
                continue;
            };
            let kind = IssueKind::Duplicate(earlier.path.clone(), first.ranges.first().map_or(1, |r| r.first));
            let line = report.title_line.or(report.ranges.first().map(|r| r.first));
            issues.push(Issue { path: document.path.clone(), line, kind });
        }
        issues.sort_by_key(|issue| issue.line.unwrap_or(0));
        issues
    }

    /// The corpus after some of its files have changed. Documents and places keep their numbers: a document that is gone
    /// leaves an empty one, new ones come last.
    pub fn renewed(&self, change: &Change) -> Self {
        let mut next = Self { roots: self.roots.clone(), sample: self.sample, ..Self::default() };
        for (number, place) in (0..).zip(&self.places) {
            next.place_ids.insert((place.name.clone(), place.province.clone()), PlaceId(number));
            next.places.push(PlaceEntry { reports: Vec::new(), ..place.clone() });
        }
        let all = || change.read.iter().flat_map(|(_, documents)| documents);
        let mut fresh: FxHashMap<&Path, &Arc<Document>> = all().map(|d| (d.path.as_path(), d)).collect();
        for document in &self.documents {
            next.push(if !change.concerns(&document.path) {
                Arc::clone(document)
            } else if let Some(new) = fresh.remove(document.path.as_path()) {
                Arc::clone(new)
            } else {
                Arc::new(Document::gone(&document.path))
            });
        }
        for document in all().filter(|document| fresh.contains_key(document.path.as_path())) {
            next.push(Arc::clone(document));
        }
        next.issues.extend(change.issues.iter().cloned());
        next.settle_places();
        next
    }

    /// The corpus as it stands, to be looked at: without what only taking in more documents needs.
    pub fn snapshot(&self) -> Self {
        Self {
            documents: self.documents.clone(),
            places: self.places.clone(),
            place_ids: FxHashMap::default(),
            report_places: self.report_places.clone(),
            sketched: FxHashMap::default(),
            duplicates: self.duplicates.clone(),
            issues: self.issues.clone(),
            roots: self.roots.clone(),
            sample: self.sample,
        }
    }

    /// How many reports there are, those printed twice counted once.
    pub fn distinct_count(&self) -> usize {
        self.report_count() - self.duplicates.len()
    }

    /// The reports that count: those whose text no earlier one has, in corpus order.
    pub fn distinct(&self) -> impl Iterator<Item = (ReportId, &Arc<Document>, &Report)> {
        self.reports().filter(|(id, ..)| self.duplicate_of(*id).is_none())
    }

    /// The first report with the text of `id`: itself, unless it is a duplicate.
    pub fn original(&self, id: ReportId) -> ReportId {
        self.duplicate_of(id).unwrap_or(id)
    }

    /// The first report with the text of `id`, if that is another: what is counted over the corpus counts that one only.
    pub fn duplicate_of(&self, id: ReportId) -> Option<ReportId> {
        self.duplicates.get(&id).copied()
    }

    /// Adds an issue that belongs to no loaded document.
    pub fn push_issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn place_id(&mut self, report: &Report) -> PlaceId {
        let written = (report.place.clone(), report.province.clone());
        if let Some(&id) = self.place_ids.get(&written) {
            return id;
        }
        // A name given up is filed under today's, so that its years run through.
        let now = places::today(&written.0, &written.1).map(|(name, province)| (name, province.to_owned()));
        let key = now.unwrap_or_else(|| written.clone());
        let id = self.place_ids.get(&key).copied().unwrap_or_else(|| {
            let id = PlaceId(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
            self.places.push(PlaceEntry::new(key.0.clone(), key.1.clone()));
            id
        });
        if let Some(entry) = self.places.get_mut(id.0 as usize).filter(|entry| entry.name != written.0)
            && !entry.names.contains(&written.0)
        {
            entry.names.push(written.0.clone());
        }
        self.place_ids.insert(key, id);
        self.place_ids.insert(written, id);
        id
    }

    /// Its documents, in name order.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// The places, in order of first appearance.
    pub fn places(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// The ids of the places, likewise.
    pub fn place_ids(&self) -> impl Iterator<Item = PlaceId> + use<> {
        (0..u32::try_from(self.places.len()).unwrap_or(u32::MAX)).map(PlaceId)
    }

    /// A place of this corpus (or of an older state of it).
    pub fn place(&self, id: PlaceId) -> &PlaceEntry {
        &self.places[id.0 as usize]
    }

    /// 汉字 of a place's reports: what rates by place are of. A report that says the same as another is left out.
    pub fn han_of(&self, place: PlaceId) -> u64 {
        let own = self.place(place).reports.iter().filter(|&&id| self.duplicate_of(id).is_none());
        own.filter_map(|&id| self.report(id)).map(|(_, report)| u64::from(report.han)).sum()
    }

    /// Where a report stands when files are sorted by name: the same in whatever order they were read.
    pub fn file_order(&self, report: ReportId) -> (Option<&Path>, u32) {
        (self.document(report.document).map(|document| document.path.as_path()), report.index)
    }

    /// The place a report is filed under.
    pub fn place_of(&self, report: ReportId) -> Option<PlaceId> {
        self.report_places.get(&report).copied()
    }

    /// A document by its id.
    pub fn document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.documents.get(id.0 as usize)
    }

    /// A report and its document.
    pub fn report(&self, id: ReportId) -> Option<(&Arc<Document>, &Report)> {
        let document = self.document(id.document)?;
        Some((document, document.reports.get(id.index as usize)?))
    }

    /// Every report in corpus order.
    pub fn reports(&self) -> impl Iterator<Item = (ReportId, &Arc<Document>, &Report)> {
        self.documents.iter().enumerate().flat_map(|(d, document)| {
            let id = DocumentId(u32::try_from(d).unwrap_or(u32::MAX));
            document.reports.iter().enumerate().map(move |(i, report)| {
                (ReportId { document: id, index: u32::try_from(i).unwrap_or(u32::MAX) }, document, report)
            })
        })
    }

    /// How many reports there are.
    pub fn report_count(&self) -> usize {
        self.report_places.len()
    }

    /// Everything that could not be taken as it stands, files first to last.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The paths it was loaded from.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Whether it is the built-in sample of invented places.
    pub fn is_sample(&self) -> bool {
        self.sample
    }
}
