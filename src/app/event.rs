//! What comes into [`crate::app::App::update`], and what it asks the loop to do.
//!
//! In: nothing. Out: [`Event`] and [`Effect`]. Does not know about: who sends the one and who performs the other.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

use crate::app::notice::Notice;
use crate::app::reading::rows::Row;
use crate::app::search::marks::Marks;
use crate::app::terms::keywords::{TermRequest, TermSheet};
use crate::app::views::request::{ViewAnswer, ViewRequest};
use crate::config::PhraseDecision;
use crate::corpus::{Corpus, ReportId};
use crate::index::cities::CityIndex;
use crate::index::kwic::{KwicLine, KwicOrder};
use crate::index::search::{Query, ReportCount};
use crate::text::Span;
use crate::text::width::Ambiguous;

/// Something happened: a key, an answer, a signal.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// Text was pasted in brackets.
    Paste(String),
    /// The terminal has a new size: columns, rows.
    Resize(u16, u16),
    /// The terminal said how wide it shows ambiguous characters.
    Ambiguous(Ambiguous),
    /// Files of the corpus have changed.
    Renewed(Renewed),
    /// Whether changed files are taken in from now on.
    Watching(bool),
    /// More of the corpus is there.
    Loaded(Loaded),
    /// How often some reports say what search number `seq` looks for, in corpus order.
    Counts {
        /// Number of the request that is answered.
        seq: u64,
        /// The counts of some reports, none of which came before.
        counts: Vec<ReportCount>,
    },
    /// What is to be marked in a large report.
    Here {
        /// Number of the request that is answered.
        seq: u64,
        /// The pin whose marks they are; none for the search that is on.
        slot: Option<u8>,
        /// The marks.
        marks: Marks,
    },
    /// How often some reports say what is pinned.
    PinCounts {
        /// Number of the request that is answered.
        seq: u64,
        /// The pin.
        slot: u8,
        /// The counts of some reports, none of which came before.
        counts: Vec<ReportCount>,
        /// Whether they are the last.
        last: bool,
    },
    /// Search number `seq` has seen the whole corpus.
    SearchEnded {
        /// Number of the request that is answered.
        seq: u64,
    },
    /// Lines of the list of hits in context.
    Lines {
        /// Number of the request that is answered.
        seq: u64,
        /// Number of the first line given.
        first: u64,
        /// How many lines there are in all.
        total: u64,
        /// Number of the line of the hit that was to be followed, if it is among them.
        followed: Option<u64>,
        /// Whether contexts were compared word by word.
        by_word: bool,
        /// The lines.
        lines: Vec<KwicLine>,
    },
    /// Terms were counted.
    Terms {
        /// Number of the request that is answered.
        seq: u64,
        /// The answer.
        sheet: Arc<TermSheet>,
        /// Whether it is the last to this request.
        ended: bool,
    },
    /// So many reports have been counted.
    Counting {
        /// Until now.
        counted: usize,
        /// In all.
        all: usize,
    },
    /// What a view asked for.
    View {
        /// Number of the request that is answered.
        seq: u64,
        /// The answer.
        answer: ViewAnswer,
    },
    /// A decision on a phrase holds from now on.
    Judged,
    /// The selected term was found in the open report.
    Strip {
        /// Number of the request that is answered.
        seq: u64,
        /// Where it stands.
        spans: Vec<Span>,
    },
    /// A large report was wrapped.
    Wrapped {
        /// Number of the request that is answered.
        seq: u64,
        /// Its rows.
        rows: Arc<Vec<Row>>,
    },
    /// The editor was left; what went wrong, if anything did.
    Edited(Result<(), String>),
    /// Something to tell.
    Notice(Notice),
    /// The shell asks us to stop.
    Stop,
    /// We were stopped and go on.
    Continued,
    /// Leave: a signal came, or the terminal is gone.
    Quit,
}

/// The corpus after files have changed; documents have kept their numbers.
#[derive(Debug, Clone)]
pub struct Renewed {
    /// All of it.
    pub corpus: Arc<Corpus>,
    /// Match keys of its places.
    pub cities: Arc<CityIndex>,
    /// How many files are others now, new, gone.
    pub files: (usize, usize, usize),
}

/// A newer state of the corpus.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Everything read so far.
    pub corpus: Arc<Corpus>,
    /// Match keys of its places.
    pub cities: Arc<CityIndex>,
    /// How many files there are in all, once known.
    pub files: Option<usize>,
    /// Whether loading has ended.
    pub done: bool,
}

/// Something the loop must do. Requests with a `seq` make older ones of their kind void.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Look after changed files from now on, or no more.
    Watch(bool),
    /// Clear the terminal and draw everything.
    Redraw,
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Take the terminal again: while we were stopped the shell had it.
    Retake,
    /// Send text to the clipboard.
    Copy(String),
    /// Open an editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// 1-based line to stand at.
        line: u32,
    },
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
    /// Drop whatever search is under way.
    StopSearch,
    /// Count terms.
    Terms(TermRequest),
    /// Drop whatever counting is under way: nobody sees the panel.
    StopTerms,
    /// Find what a view shows.
    View(ViewRequest),
    /// Drop what is being found for a view.
    CancelView,
    /// Keep what the user says of a phrase.
    Judge(String, PhraseDecision),
    /// Find a term in a report, for the strip.
    Strip {
        /// Number of this request.
        seq: u64,
        /// The corpus to look in.
        corpus: Arc<Corpus>,
        /// The report.
        report: ReportId,
        /// The term.
        term: String,
    },
    /// Wrap a large report.
    Wrap(WrapRequest),
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
