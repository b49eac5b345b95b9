//! What comes into [`crate::app::App::update`], and what it asks the loop to do.
//!
//! In: nothing. Out: [`Event`] and [`Effect`]. Does not know about: who sends the one and who performs the other.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

use crate::app::job::{ExportOutcome, Job, Lane};
use crate::app::kept::KeepRequest;
use crate::app::notice::Notice;
use crate::app::reading::rows::PageRow;
use crate::app::search::marks::Marks;
use crate::app::shared_wording::WordingSheet;
use crate::app::terms::keywords::TermSheet;
use crate::app::views::request::ViewAnswer;
use crate::corpus::Corpus;
use crate::index::cities::CityIndex;
use crate::index::kwic::KwicLine;
use crate::index::quotation::ChosenSource;
use crate::index::search::{MeantQuery, ReportCount};
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
        /// With the last of them 汉字 of every place, of what the query's conditions leave: its rates are of these.
        han: Option<Vec<u64>>,
    },
    /// Search number `seq` has found nothing; this may be meant.
    Meant {
        /// Number of the request that is answered.
        seq: u64,
        /// What may be meant.
        meant: MeantQuery,
    },
    /// Search number `seq` has seen the whole corpus.
    SearchEnded {
        /// Number of the request that is answered.
        seq: u64,
    },
    /// How often search number `seq` is met in lines that belong to no report.
    SearchedOutside {
        /// Number of the request that is answered.
        seq: u64,
        /// Occurrences.
        hits: usize,
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
    /// Who else uses the wording of a paragraph.
    Wording {
        /// Number of the request that is answered.
        seq: u64,
        /// The answer.
        sheet: Arc<WordingSheet>,
        /// Whether it is the last to this request.
        ended: bool,
    },
    /// So many reports are in the index of shared wording.
    Indexing {
        /// Until now.
        done: usize,
        /// In all.
        all: usize,
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
        rows: Arc<Vec<PageRow>>,
    },
    /// A file was to be written.
    Exported {
        /// Number of the request that is answered.
        seq: u64,
        /// What became of it.
        outcome: ExportOutcome,
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

/// Something the loop must do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Read no more files: the user has enough.
    StopReading,
    /// Look after changed files from now on, or no more.
    Watch(bool),
    /// Leave the program with what was chosen.
    Choose(Box<ChosenSource>),
    /// Clear the terminal and draw everything.
    Redraw,
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Take the terminal again: while we were stopped the shell had it.
    Retake,
    /// Send text to the clipboard.
    Copy(String),
    /// Keep something between runs.
    Keep(KeepRequest),
    /// Open an editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// 1-based line to stand at.
        line: u32,
    },
    /// Do this behind the screen; answers come as events.
    Run(Box<Job>),
    /// Nobody wants the answer of this lane any more.
    Cancel(Lane),
}

impl Effect {
    /// A job behind the screen.
    pub fn run(job: Job) -> Self {
        Self::Run(Box::new(job))
    }
}
