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

pub mod analysis;
pub mod app;
pub mod cli;
pub mod command;
pub mod config;
pub mod corpus;
pub mod engine;
pub mod index;
pub mod run;
pub mod store;
pub mod table;
pub mod text;
pub mod view;
