//! Work that is done behind the screen: what is asked, in which lane.
//!
//! In: nothing. Out: [`Job`]. Does not know about: who does it (see `engine`). A job is data, not code: what `update` asked
//! for can be printed, compared and done anywhere.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::shared_wording::WordingRequest;
use crate::app::terms::keywords::TermRequest;
use crate::app::views::request::ViewRequest;
use crate::config::PhraseDecision;
use crate::corpus::{Corpus, ReportId};
use crate::index::kwic::KwicOrder;
use crate::index::search::{Query, ReportCount};
use crate::text::width::Ambiguous;

/// A kind of work. Lanes go on beside one another; in a lane a newer job takes the place of an older one with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Counting the hits of the search that is on.
    Search,
    /// Finding what is marked in a large report.
    Here,
    /// Counting the hits of pinned queries.
    Pins,
    /// Lines of the list of hits in context.
    Concordance,
    /// Making ready for searching.
    Index,
    /// The keyword panel's figures.
    Terms,
    /// Where the selected term stands.
    Strip,
    /// Who else uses the wording of a paragraph.
    Wording,
    /// What a view shows.
    View,
    /// The user's word file.
    Lexicon,
    /// Wrapping a large report.
    Wrap,
    /// Writing a file.
    Export,
}

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 12] = [
        Self::Search,
        Self::Here,
        Self::Pins,
        Self::Concordance,
        Self::Index,
        Self::Terms,
        Self::Strip,
        Self::Wording,
        Self::View,
        Self::Lexicon,
        Self::Wrap,
        Self::Export,
    ];

    /// Its name, for a thread.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Here => "here",
            Self::Pins => "pins",
            Self::Concordance => "concordance",
            Self::Index => "index",
            Self::Terms => "terms",
            Self::Strip => "strip",
            Self::Wording => "wording",
            Self::View => "view",
            Self::Lexicon => "lexicon",
            Self::Wrap => "wrap",
            Self::Export => "export",
        }
    }
}

/// Something to do behind the screen.
#[derive(Debug, Clone)]
pub enum Job {
    /// Count the hits of every report.
    Search(SearchRequest),
    /// Find what is to be marked in a report that is too large to be searched between two keys.
    FindHere(HereRequest),
    /// Count the hits of pinned queries.
    CountPins(PinRequest),
    /// Make lines of the list of hits in context.
    Concordance(KwicRequest),
    /// All of the corpus is there: make ready for searching it.
    Index(Arc<Corpus>),
    /// Count terms.
    Terms(TermRequest),
    /// Find a term in a report, for the strip.
    Strip(StripRequest),
    /// Find who else uses the wording of a paragraph.
    Wording(WordingRequest),
    /// Find what a view shows.
    View(ViewRequest),
    /// Keep what the user says of a phrase.
    Decide(String, PhraseDecision),
    /// Wrap a large report.
    Wrap(WrapRequest),
    /// Write the answer to a command line into a file.
    Export(ExportRequest),
}

impl Job {
    /// In which lane it is done.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Search(_) => Lane::Search,
            Self::FindHere(_) => Lane::Here,
            Self::CountPins(_) => Lane::Pins,
            Self::Concordance(_) => Lane::Concordance,
            Self::Index(_) => Lane::Index,
            Self::Terms(_) => Lane::Terms,
            Self::Strip(_) => Lane::Strip,
            Self::Wording(_) => Lane::Wording,
            Self::View(_) => Lane::View,
            Self::Decide(..) => Lane::Lexicon,
            Self::Wrap(_) => Lane::Wrap,
            Self::Export(_) => Lane::Export,
        }
    }

    /// Jobs of one lane with different keys wait for one another; a newer one with the same key makes the older void. No
    /// decision on a phrase may be lost for one on another.
    pub const fn key(&self) -> &str {
        match self {
            Self::Decide(phrase, _) => phrase.as_str(),
            _ => "",
        }
    }
}

/// The answer to a command line, into a file.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus that is asked.
    pub corpus: Arc<Corpus>,
    /// The words of the command line, without the program's name.
    pub words: Vec<String>,
    /// The file.
    pub path: PathBuf,
    /// Whether one that is there gives way.
    pub overwriting: bool,
}

/// What became of a file that was to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportOutcome {
    /// It is there: so many bytes.
    Written(u64),
    /// There is one of that name already.
    Exists,
    /// It could not be made; why, for people.
    Failed(String),
}

/// Where a term stands in a report.
#[derive(Debug, Clone)]
pub struct StripRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus to look in.
    pub corpus: Arc<Corpus>,
    /// The report.
    pub report: ReportId,
    /// The term.
    pub term: String,
}

/// A search over the corpus.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// Number of this request.
    pub seq: u64,
    /// What to look for.
    pub query: Query,
    /// Where.
    pub corpus: Arc<Corpus>,
}

/// What is to be marked in one report.
#[derive(Debug, Clone)]
pub struct HereRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus the report is in.
    pub corpus: Arc<Corpus>,
    /// The report.
    pub report: ReportId,
    /// What to look for, and the pin it is; none for the search that is on.
    pub queries: Vec<(Option<u8>, Query)>,
}

/// Counting what is pinned.
#[derive(Debug, Clone)]
pub struct PinRequest {
    /// Number of this request.
    pub seq: u64,
    /// Where.
    pub corpus: Arc<Corpus>,
    /// What to look for, and the pin it is.
    pub queries: Vec<(u8, Query)>,
}

/// Some lines of the list of hits in context.
#[derive(Debug, Clone)]
pub struct KwicRequest {
    /// Number of this request.
    pub seq: u64,
    /// Number of the search whose hits are listed.
    pub search: u64,
    /// What is looked for.
    pub query: Query,
    /// Where.
    pub corpus: Arc<Corpus>,
    /// How often each report says it, as far as is known.
    pub counts: Arc<Vec<ReportCount>>,
    /// In which order lines stand.
    pub order: KwicOrder,
    /// Which lines are wanted, counted from 0.
    pub lines: std::ops::Range<u64>,
    /// The hit that is to be seen: its report, and a byte at or before which it begins. As many lines are then given, but
    /// around that one.
    pub follow: Option<(ReportId, u32)>,
    /// Characters wanted on either side of the hit.
    pub chars: usize,
}

/// Wrapping a report too large to be wrapped between two keys.
#[derive(Debug, Clone)]
pub struct WrapRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus the report is in.
    pub corpus: Arc<Corpus>,
    /// The report.
    pub report: ReportId,
    /// Columns of text.
    pub width: u16,
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
}
