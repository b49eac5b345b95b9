//! yilan (一览): a terminal explorer for a folder of Chinese city work reports.
//!
//! # The ten-minute map
//! Bytes climb the floors once and become an immutable corpus. Keys go round one loop,
//! `Key -> Action -> update -> Effect`, and after each round the whole screen is drawn from `&App`.
//!
//! - **Flow one**: read -> decode -> clean -> split -> outline -> [`corpus::Corpus`] -> [`index`] -> `Arc` ->
//!   `Event` -> `update` -> view. From `clean` on nothing copies text: reports, sections, hits and wrapped rows are
//!   [`text::Span`]s into one string per document, so a highlight is an overlap of spans.
//! - **Flow two**: terminal event -> keymap -> [`command::Action`] -> [`app`] -> effects -> the loop performs them -> [`view`].
//!
//! # Floors
//! A module imports only from floors below its own; `tests/floors.rs` reads the `use` lines and checks it.
//!
//! | floor | module | knows |
//! |---|---|---|
//! | 0 | [`text`] | `&str`: spans, display width, wrapping, folding, pinyin, language; neither reports nor screens |
//! | 1 | [`corpus`] | bytes to reports; the only place that reads documents from disk |
//! | 2 | [`index`] | answers over a corpus: cities, search, terms, statistics, comparison of reports |
//! | 3 | [`table`] | an answer as columns and rows, the occurrences behind each figure, text, JSON, CSV of it |
//! | 4 | [`analysis`] | the questions, one file each: parameters in, a table out; the table of all of them |
//! | 5 | [`command`] | what a user may ask: the action table, keys |
//! | 6 | [`config`] | the user's settings, their errors, the theme, where files live |
//! | 7 | [`store`] | what is kept between runs: caches, the session, the user's words; the only place that writes |
//! | 8 | [`app`] | all mutable state; `update` is the only place that changes it |
//! | 9 | [`engine`] | the workers without a terminal: a lane for each kind of job, the newest job of a lane counts |
//! | 9 | [`view`] | draws `&App` |
//! | 10 | [`run`], [`cli`] | the terminal, threads and the event loop; the subcommands without a screen |
//! | 11 | [`mod@start`] | from arguments to one of them |
//!
//! The engine stands above `app`, not below: a job is data that `app` writes and a test can read, so `app` says what can be
//! asked and the engine knows how it is done.
//!
//! Rows of a table are no list of cells but the rows that the index counted, read through fields: a grid of 300 terms by
//! 3,000 places is then no copy of 900,000 rows, and a figure has one place where it is read.
//!
//! # Words
//! corpus 语料, document 文件, report 报告, place 地方, body 机构, section 章节, paragraph 段, line 行 (of the source file, 1-based),
//! row 屏行 (a wrapped line on the screen), hit 命中, term 词, rate 每万字 (per 10,000 Han characters), notice 提示, issue 问题.

#[cfg(test)]
extern crate self as yilan;

mod analysis;
mod app;
mod cli;
mod command;
mod config;
mod corpus;
mod engine;
mod index;
mod run;
mod start;
mod store;
mod table;
mod text;
mod view;

pub use start::start;

/// What the tests, benches and fuzz targets of this crate use: no interface for others. All else is private, so that the compiler
/// finds what nobody uses.
#[doc(hidden)]
pub mod testing {
    pub mod analysis {
        pub use crate::analysis::{Context, OccurrenceKind, OccurrenceRow, Order, Question};
    }
    pub mod app {
        pub use crate::app::{App, Cover, Effect, Event, Lane, Loaded, Look, Panel, Renewed};
        pub mod export {
            pub use crate::app::export::Export;
        }
        pub mod notice {
            pub use crate::app::notice::{Notice, Weight};
        }
        pub mod overlay {
            pub use crate::app::overlay::Overlay;
        }
        pub mod palette {
            pub use crate::app::palette::PaletteRow;
        }
        pub mod prompt {
            pub use crate::app::prompt::Ask;
        }
        pub mod screen {
            pub mod hints {
                pub use crate::app::screen::hints::Hint;
            }
        }
        pub mod session {
            pub use crate::app::session::Session;
        }
        pub mod terms {
            pub mod comparison {
                pub use crate::app::terms::comparison::{Comparison, Layers, Target};
            }
            pub mod keywords {
                pub use crate::app::terms::keywords::{TermRequest, TermSheet};
            }
        }
        pub mod views {
            pub use crate::app::views::View;
            pub mod answer {
                pub use crate::app::views::answer::Answer;
            }
            pub mod figure_detail {
                pub use crate::app::views::figure_detail::FigureDetail;
            }
            pub mod request {
                pub use crate::app::views::request::{ViewAnswer, ViewQuestion, ViewRequest};
            }
        }
    }
    pub mod cli {
        pub use crate::cli::{Arguments, Command, perform};
    }
    pub mod command {
        pub use crate::command::{Action, ActionGroup, KeyContext, Keymap, key};
    }
    pub mod config {
        pub use crate::config::{Config, ConfigError, EXAMPLE, Language, Paths, Problem, ThemeName, example};
        pub mod theme {
            pub use crate::config::theme::{Capability, Depth, Theme};
        }
    }
    pub mod corpus {
        pub use crate::corpus::{
            Body, Change, Corpus, Document, EXTENSIONS, Encoding, FilePart, Issue, IssueKind, Limits, Line, LineKind,
            LineRange, PlaceId, Reason, Report, ReportId, ReportKind, Said, Section, allow_child_at, checksum,
            hush_contained, is_contained, load, places, read_bytes,
        };
    }
    pub mod engine {
        pub use crate::engine::{Counter, Engine, Workers};
    }
    pub mod index {
        pub mod cities {
            pub use crate::index::cities::{CityIndex, tree};
        }
        pub mod collocates {
            pub use crate::index::collocates::{WINDOW, collocates};
        }
        pub mod comparison_indexes {
            pub use crate::index::comparison_indexes::ComparisonIndexes;
        }
        pub mod discover {
            pub use crate::index::discover::{Thresholds, discover};
        }
        pub mod groups {
            pub use crate::index::groups::{Groups, group_grid};
        }
        pub mod ledger {
            pub use crate::index::ledger::compare;
        }
        pub mod ngrams {
            pub use crate::index::ngrams::ngrams;
        }
        pub mod passages {
            pub use crate::index::passages::{FoundPassage, GUARANTEE, PassageIndex, PassageKind, all_pairs};
        }
        pub mod scope {
            pub use crate::index::scope::Reference;
        }
        pub mod search {
            pub use crate::index::search::{
                FoldedFile, HitCounts, Query, QueryOptions, ReportCount, Search, SearchIndex, search, search_outside,
            };
        }
        pub mod sections {
            pub use crate::index::sections::{SectionId, SectionIndex};
        }
        pub mod targets {
            pub use crate::index::targets::{Indicators, Measure, read};
        }
        pub mod terms {
            pub use crate::index::terms::{
                CountContext, Extent, KeywordOrder, Reference, Scope, Segmenter, TermCache, TermOptions, compare,
                count_scope, count_words, keywords, open_term,
            };
        }
        pub mod trend {
            pub use crate::index::trend::{Axis, Counting, grid};
        }
    }
    pub mod store {
        pub use crate::store::{Shelf, ShelfNews};
    }
    pub mod table {
        pub use crate::table::{Cell, Kind, Shape, Table};
        pub mod write {
            pub use crate::table::write::{OutputFormat, json, separated};
        }
    }
    pub mod text {
        pub use crate::text::{Lang, Span};
        pub mod fold {
            pub use crate::text::fold::fold;
        }
        pub mod visible {
            pub use crate::text::visible::{is_hidden, visible};
        }
        pub mod width {
            pub use crate::text::width::{Ambiguous, char_width, str_width, truncate};
        }
        pub mod wrap {
            pub use crate::text::wrap::{Wrap, wrap};
        }
    }
    pub mod view {
        pub use crate::view::draw;
    }
}
