//! Floor 4: the questions about the corpus, one file each, every one answered by a [`Table`].
//!
//! In: a question with its parameters, a [`Context`]. Out: a table. Does not know about: screens, threads, where settings
//! come from, how a table is printed.
//!
//! Architecture invariant: a view of the screen and the subcommand of a question call the same [`Question::run`]; neither
//! counts, sorts, filters or names anything itself.
//!
//! To add a question: write `analysis/NAME.rs` with a `Params` (its parameters, read by clap), an `ABOUT` and an
//! [`Analysis`]; add its line to the table at the end of this file; where it has a key, add that action to
//! `command/action.rs`. Its subcommand, `--json` and the other formats, its help, its view and its place in the round of
//! views follow. `tests/analyses.rs` asks for an example of it.

mod answer;
mod arguments;
mod axis;
pub mod choose;
mod context;
mod figure_occurrences;
mod flags;
mod keyword_order;
pub mod occurrences;
mod order;
mod reuse_summary;
mod similar_words;
pub mod spot;
mod unanswered;

pub use answer::{About, KeyedQuestion, Subject};
pub use arguments::ArgumentList;
pub use context::Context;
pub use figure_occurrences::{FigureOccurrences, OccurrenceKind, OccurrenceList, OccurrenceRow, figure_occurrences};
pub use flags::{ScopeFlags, WordFlags};
pub use order::Order;
pub use unanswered::Unanswered;

use std::path::PathBuf;

use crate::corpus::Corpus;
use crate::index::terms::{StopLayer, StopList, TermOptions};
use crate::table::Table;

/// Whether nobody wants the answer any more; asked often, from every thread that works on it.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// A question, as its parameters say it.
pub trait Analysis {
    /// Answers it.
    ///
    /// # Errors
    /// When there is no answer: the scope names nothing or too much, or nobody wants it any more.
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered>;

    /// Which text it is about; `None` if it chooses its own.
    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        None
    }

    /// Which words count; `None` if it counts no words.
    fn words(&self) -> Option<&WordFlags> {
        None
    }

    /// Fewest occurrences that count unless the flags say otherwise.
    fn least(&self) -> u64 {
        TermOptions::default().min_count
    }

    /// Words that must not be split for this question alone.
    fn kept_whole(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether it looks at the words of the whole corpus, so that they are worth keeping for the next time.
    fn counts_words(&self) -> bool {
        false
    }

    /// Whether it takes the index of shared wording, which is long in the making.
    fn compares_wording(&self) -> bool {
        false
    }

    /// Whether it takes the index of sections.
    fn compares_sections(&self) -> bool {
        false
    }

    /// Takes one more word of the command line, where several may be given; says whether it did.
    fn takes_word(&mut self, _word: &str) -> bool {
        false
    }

    /// Files that it names: they are read beside the paths.
    fn files(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Settles with the paths of the command line what is whose: a flag may make its first word a path, and files that it
    /// names may be all that is to be read.
    fn settle_paths(&mut self, _paths: &mut Vec<PathBuf>) {}

    /// Whether standard input says what it is about: the text is then handed to [`Analysis::take_input`].
    fn reads_input(&self) -> bool {
        false
    }

    /// Takes what standard input says.
    fn take_input(&mut self, _text: &str) {}

    /// Turns to the next order of its rows, or the one before; `None` if it has but one.
    fn turn_order(&mut self, _forward: bool) -> Option<&'static str> {
        None
    }

    /// Takes over the order of another question of its kind.
    fn keep_order_of(&mut self, _other: &Question) {}

    /// Says in the flags of the command line what was chosen on the screen; `None` where no flag says it.
    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        self.scope().map_or(Some(()), |scope| scope.write_out(corpus))
    }

    /// Turns from places to years or back; says whether it did.
    fn turn_axis(&mut self) -> bool {
        false
    }
}

macro_rules! questions {
    ($( $variant:ident $module:ident; )*) => {
        $( pub mod $module; )*

        /// Every question. The rows of this table make the subcommands and the views.
        #[derive(Debug, Clone, PartialEq, clap::Subcommand, serde::Serialize)]
        pub enum Question {
            $(
                #[doc = concat!("`yilan ", stringify!($module), "`")]
                #[command(name = $module::ABOUT.name, about = $module::ABOUT.help, long_about = None)]
                $variant($module::Params),
            )*
        }

        impl Question {
            /// What is known of every question, in the order of the help.
            pub const ALL: &'static [&'static About] = &[$( &$module::ABOUT, )*];

            /// What is known of it.
            pub const fn about(&self) -> &'static About {
                match self { $( Self::$variant(_) => &$module::ABOUT, )* }
            }

            /// Its parameters.
            pub fn analysis(&self) -> &(dyn Analysis + Send + Sync) {
                match self { $( Self::$variant(params) => params, )* }
            }

            /// Its parameters, to be changed.
            pub fn analysis_mut(&mut self) -> &mut (dyn Analysis + Send + Sync) {
                match self { $( Self::$variant(params) => params, )* }
            }
        }

        $(
            impl From<$module::Params> for Question {
                fn from(params: $module::Params) -> Self {
                    Self::$variant(params)
                }
            }
        )*
    };
}

impl Question {
    /// Every question that a key asks, in the order in which they come round.
    pub fn keyed() -> impl Iterator<Item = &'static KeyedQuestion> {
        Self::ALL.iter().flat_map(|about| about.views)
    }

    /// Answers it.
    ///
    /// # Errors
    /// As [`Analysis::run`].
    pub fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let table = self.analysis().run(context, cancelled)?;
        if cancelled() { Err(Unanswered::Cancelled) } else { Ok(table) }
    }

    /// Which words count as terms, given those that the settings leave out.
    pub fn options(&self, stops: &StopList) -> TermOptions {
        let least = self.analysis().least();
        let Some(words) = self.analysis().words() else {
            return TermOptions { stops: stops.clone(), min_count: least, ..TermOptions::default() };
        };
        let mut stops = stops.clone();
        let layers = [
            (StopLayer::Function, words.keep_function_words),
            (StopLayer::Filler, words.keep_filler),
            (StopLayer::Names, words.keep_own_names),
        ];
        for (layer, kept) in layers {
            stops = if kept { stops.switched(layer, false) } else { stops };
        }
        TermOptions { stops, min_chars: words.min_chars, min_count: words.min_count.unwrap_or(least).max(1) }
    }
}

questions! {
    Keywords keywords;
    Collocates collocates;
    Trend trend;
    Dispersion dispersion;
    Groups groups;
    Ngrams ngrams;
    First first;
    Likeness likeness;
    Similar similar;
    Reuse reuse;
    Targets targets;
    Diff diff;
    Draft draft;
    Counts counts;
    Map map;
}
