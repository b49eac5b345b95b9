//! The commands that answer a question with a table: all of them, by one path. In: a question of the command line. Out: its
//! table as text, JSON, CSV, TSV or Markdown; its settings on standard error. Does not know about: any single question.

use std::io::{self, Read, Write};
use std::path::{Component, PathBuf};

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, Subcommand};

use super::compare;
use super::format::OutputFormat;
use super::open::{self, say};
use super::{FormatFlags, Input, Outcome, Setting};
use crate::analysis::{Context, Question, Unanswered};
use crate::corpus::Corpus;
use crate::index::terms::{CountContext, Segmenter, TermCache};
use crate::store::CountsFile;
use crate::table::Table;
use crate::table::write::{json, markdown, separated, text};
use crate::text::Lang;

/// Rows in a table for people, unless they say otherwise.
const SHOWN: usize = 50;

/// A question, how its answer is printed, and what is read.
#[derive(Debug, Clone)]
pub struct AskedQuestion {
    /// The question.
    pub question: Question,
    /// Which rows.
    pub rows: RowFlags,
    /// How they are printed.
    pub format: FormatFlags,
    /// What is read.
    pub input: Input,
}

/// How much of a table is printed.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "What to print")]
pub struct RowFlags {
    /// How many rows to print [default: 50 in a table, all in other formats].
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// Begin JSON, CSV and TSV with the settings too, as an object {"settings":…} or a line that begins with #.
    #[arg(long)]
    pub settings_first: bool,
}

impl FromArgMatches for AskedQuestion {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let own = matches.subcommand().map_or(matches, |(_, own)| own);
        let mut question = Question::from_arg_matches(matches)?;
        let mut input = Input::from_arg_matches(own)?;
        // Where several words may be given they stand before the paths: up to the first that is one, or looks like one.
        let is_word = |path: &PathBuf| path.components().eq([Component::Normal(path.as_os_str())]) && !path.exists();
        while let Some(word) = input.paths.first().filter(|path| is_word(path)).and_then(|path| path.to_str()) {
            if !question.analysis_mut().takes_word(word) {
                break;
            }
            input.paths.remove(0);
        }
        question.analysis_mut().settle_paths(&mut input.paths);
        let (rows, format) = (RowFlags::from_arg_matches(own)?, FormatFlags::from_arg_matches(own)?);
        Ok(Self { question, rows, format, input })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for AskedQuestion {
    fn augment_subcommands(command: Command) -> Command {
        let questions = Question::augment_subcommands(Command::new("questions"));
        let whole = |own: &Command| Input::augment_args(FormatFlags::augment_args(RowFlags::augment_args(own.clone())));
        questions.get_subcommands().fold(command, |command, own| command.subcommand(whole(own)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Question::has_subcommand(name)
    }
}

/// Reads what a question is about, answers it and prints the table.
pub fn run(out: &mut dyn Write, asked: &AskedQuestion, setting: &Setting) -> io::Result<Outcome> {
    let mut asked = asked.clone();
    if asked.question.analysis().reads_input() {
        let mut typed = Vec::new();
        io::stdin().read_to_end(&mut typed)?;
        // Bytes that are no text name no file.
        asked.question.analysis_mut().take_input(&String::from_utf8_lossy(&typed));
    }
    let files = asked.question.analysis().files();
    let corpus = compare::corpus(files.iter().map(PathBuf::as_path), asked.input.paths.clone(), true, setting);
    if open::nothing_there(&corpus) {
        return Ok(Outcome::Wrong);
    }
    let outcome = answer(out, &corpus, &asked, setting)?;
    open::report_lost(corpus.roots(), &corpus, setting);
    Ok(outcome)
}

/// Answers a question and prints the table.
fn answer(out: &mut dyn Write, corpus: &Corpus, asked: &AskedQuestion, setting: &Setting) -> io::Result<Outcome> {
    match table(corpus, asked, setting) {
        Ok(table) => print(out, &table, asked, setting),
        Err(Unanswered::Cancelled) => Ok(Outcome::Nothing),
        Err(Unanswered::Nothing(message)) => {
            say(&message);
            Ok(Outcome::Nothing)
        }
        Err(Unanswered::Wrong(message)) => {
            say(&message);
            Ok(Outcome::Wrong)
        }
    }
}

/// The answer to a question, with the user's words, stop words and groups, and with what an earlier run counted.
fn table(corpus: &Corpus, asked: &AskedQuestion, setting: &Setting) -> Result<Table, Unanswered> {
    let (question, terms) = (&asked.question, &setting.config.terms);
    let own = Segmenter::with_words(&terms.user_words);
    // Counts of words that are kept whole for this question alone are not shared with other runs.
    let kept = own.keeping(&question.analysis().kept_whole());
    let lasting = kept.is_none() && question.analysis().counts_words();
    let segmenter = kept.unwrap_or(own);
    let cache = TermCache::new();
    let file = kept_counts(corpus, &segmenter, setting).filter(|_| lasting);
    if let Some(file) = &file {
        remember(file, &cache, &segmenter, setting.lang);
    }
    let options = question.options(&terms.stop_list());
    let groups = setting.config.keyword_groups();
    let context = Context {
        basis: CountContext { corpus, segmenter: &segmenter, options: &options, cache: &cache },
        groups: &groups,
        indicators: &setting.config.indicators(),
        own_groups: !setting.config.groups.is_empty(),
        refused: &|phrase| terms.refused_words.iter().any(|word| word == phrase),
        lang: setting.lang,
        rows: asked.shown(),
    };
    let table = question.run(&context, &|| false)?;
    if let Some(file) = file.filter(|_| cache.fresh() > 0)
        && let Err(why) = file.store(&cache, corpus, &segmenter)
    {
        say(&match setting.lang {
            Lang::Zh => format!("无法写入缓存 {}：{why}", file.folder().display()),
            Lang::En => format!("the cache {} cannot be written: {why}", file.folder().display()),
        });
    }
    Ok(table)
}

fn kept_counts(corpus: &Corpus, segmenter: &Segmenter, setting: &Setting) -> Option<CountsFile> {
    let folder = setting.places.cache_dir.as_deref().filter(|_| !corpus.is_sample())?;
    Some(CountsFile::of(folder, corpus, segmenter))
}

/// Takes in what an earlier run counted.
fn remember(file: &CountsFile, cache: &TermCache, segmenter: &Segmenter, lang: Lang) {
    // A cache that cannot be read is made anew; only damage is worth a word.
    if file.load(cache, segmenter) {
        say(&match lang {
            Lang::Zh => format!("缓存文件 {} 已损坏，重新计算", file.path().display()),
            Lang::En => format!("the cache file {} is damaged; counting anew", file.path().display()),
        });
    }
}

impl AskedQuestion {
    /// How many rows are printed.
    fn shown(&self) -> usize {
        self.rows.max.unwrap_or(if self.format.format().is_for_people() { SHOWN } else { usize::MAX })
    }
}

/// Prints a table; its settings before it if that is wanted, and in any case as one line on standard error.
fn print(out: &mut dyn Write, table: &Table, asked: &AskedQuestion, setting: &Setting) -> io::Result<Outcome> {
    let format = asked.format.format();
    if asked.rows.settings_first {
        let settings = crate::text::visible::visible(&table.settings.object);
        match format {
            OutputFormat::Json => writeln!(out, "{{\"settings\":{settings}}}")?,
            OutputFormat::Csv | OutputFormat::Tsv => writeln!(out, "# {settings}")?,
            OutputFormat::Excel | OutputFormat::Text | OutputFormat::Markdown => {}
        }
    }
    out.flush()?;
    say(&table.settings.line);
    let (rows, lang) = (asked.shown(), setting.lang);
    match format {
        OutputFormat::Json => json::write(out, table)?,
        OutputFormat::Csv => separated::write(out, table, separated::Separator::Comma)?,
        OutputFormat::Excel => separated::write(out, table, separated::Separator::Spreadsheet)?,
        OutputFormat::Tsv => separated::write(out, table, separated::Separator::Tab)?,
        OutputFormat::Markdown => markdown::write(out, table, rows, lang)?,
        OutputFormat::Text => text::write(out, table, rows, lang, setting.ambiguous())?,
    }
    out.flush()?;
    table.notes.iter().for_each(|note| say(note));
    Ok(Outcome::found(table.found))
}
