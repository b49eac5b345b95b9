//! The commands that answer a question with a table: all of them, by one path. In: a question of the command line. Out: its
//! table as text, JSON, CSV, TSV or Markdown; its settings on standard error. Does not know about: any single question.

use std::io::{self, Write};
use std::path::{Component, PathBuf};

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, Subcommand};

use super::open::{self, say};
use super::{FormatFlags, Input, Outcome, Setting};
use crate::analysis::{Context, Question, Unanswered};
use crate::corpus::Corpus;
use crate::corpus::load::gate;
use crate::index::comparison_indexes::ComparisonIndexes;
use crate::index::search::context as context_of;
use crate::index::terms::Occurrence;
use crate::index::terms::{CountContext, Segmenter, TermCache};
use crate::store::{CountsFile, PassageFiles};
use crate::table::Table;
use crate::table::plot::{OpenedPassage, Passages};
use crate::table::write::{self, OutputFormat, WriteStyle};
use crate::text::Lang;

/// Rows of a page whose figures open, passages behind each, and characters on either side of an occurrence.
const OPENED: usize = 100;
/// Passages of a figure.
const PASSAGES: usize = 20;
/// Characters around an occurrence.
const AROUND: usize = 60;
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
    /// ‖ 打印多少行［默认：表格 50，其他格式全部］
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// Begin JSON, CSV and TSV with the settings too, as an object {"settings":…} or a line that begins with #; end Markdown
    /// with them.
    /// ‖ 设置也写进去：JSON 以 {"settings":…} 开头，CSV、TSV 以 # 行开头，Markdown 放在末尾
    #[arg(long)]
    pub settings_first: bool,
}

impl FromArgMatches for AskedQuestion {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let own = matches.subcommand().map_or(matches, |(_, own)| own);
        let mut question = Question::from_arg_matches(matches)?;
        let mut input = Input::from_arg_matches(own)?;
        // Where several words may be given they stand before the paths: up to the first that is one, or looks like one.
        let is_word = |path: &PathBuf| {
            path.components().eq([Component::Normal(path.as_os_str())])
                && path.as_os_str() != gate::INPUT
                && !path.exists()
        };
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
        let whole = |own: &Command| {
            let about = own.get_about().cloned().unwrap_or_default();
            let with_flags = Input::augment_args(FormatFlags::augment_args(RowFlags::augment_args(own.clone())));
            // Flags that many commands share say what they are themselves, in the place of the command.
            with_flags.about(about).long_about(None)
        };
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
        match gate::input(gate::WORDS) {
            // Bytes that are no text name no file.
            Ok(typed) => asked.question.analysis_mut().take_input(&String::from_utf8_lossy(typed)),
            Err(why) => {
                say(&format!("{}: {}", gate::INPUT_NAME, why.text(setting.lang)));
                return Ok(Outcome::Wrong);
            }
        }
    }
    let files = asked.question.analysis().files();
    let corpus = open::corpus(files.iter().map(PathBuf::as_path), asked.input.paths.clone(), true, setting);
    if open::nothing_there(&corpus) {
        return Ok(Outcome::Wrong);
    }
    let outcome = answer(out, &corpus, &asked, setting)?;
    open::report_lost(corpus.roots(), &corpus, setting);
    Ok(outcome)
}

/// Answers a question and prints the table.
pub fn answer(out: &mut dyn Write, corpus: &Corpus, asked: &AskedQuestion, setting: &Setting) -> io::Result<Outcome> {
    match table(corpus, asked, setting) {
        Ok((table, passages)) => print(out, (&table, &passages), asked, setting),
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
fn table(corpus: &Corpus, asked: &AskedQuestion, setting: &Setting) -> Result<(Table, Passages), Unanswered> {
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
    let indexes = ComparisonIndexes::new();
    let wording = question.analysis().compares_wording().then(|| kept_wording(corpus, setting)).flatten();
    if let Some(files) = &wording {
        indexes.begin_passages(files.open());
    }
    let context = Context {
        count_context: CountContext { corpus, segmenter: &segmenter, options: &options, cache: &cache },
        indexes: &indexes,
        groups: &groups,
        indicators: &setting.config.indicators(),
        refused: &|phrase| terms.refused_words.iter().any(|word| word == phrase),
        lang: setting.lang,
        rows: asked.shown(),
    };
    let table = question.run(&context, &|| false)?;
    let page = asked.format.format() == OutputFormat::Html;
    let passages = if page { passages(&context, &table) } else { Passages::new() };
    if let Some((files, made)) = wording.zip(indexes.made_passages()) {
        // It can be made anew: nobody need hear that it was not kept.
        let _ = files.keep(&made);
    }
    if let Some(file) = file.filter(|_| cache.fresh() > 0)
        && let Err(why) = file.store(&cache, corpus, &segmenter)
    {
        say(&match setting.lang {
            Lang::Zh => format!("无法写入缓存 {}：{why}", file.folder().display()),
            Lang::En => format!("the cache {} cannot be written: {why}", file.folder().display()),
        });
    }
    Ok((table, passages))
}

/// What the figures of the first rows open to.
fn passages(context: &Context<'_>, table: &Table) -> Passages {
    let columns = table.for_people();
    let mut all = Passages::new();
    for row in 0..table.len().min(OPENED) {
        for &(at, _) in &columns {
            let found =
                table.evidence_of(row, at).and_then(|evidence| evidence.occurrences(context.sources(), &|| false));
            let Some(found) = found.filter(|found| !found.is_empty()) else { continue };
            let passage = |one: &Occurrence| {
                let (document, report) = context.corpus().report(one.report)?;
                let here = context_of(document, one.span, AROUND);
                let source = format!("{} · {} · {}", report.place, report.title, here.line);
                let [left, hit, right] = [here.left, here.hit, here.right].map(str::to_owned);
                Some(OpenedPassage { source, left, hit, right })
            };
            all.insert((row, at), (found.iter().take(PASSAGES).filter_map(passage).collect(), found.len()));
        }
    }
    all
}

fn kept_wording(corpus: &Corpus, setting: &Setting) -> Option<PassageFiles> {
    PassageFiles::of(corpus.roots(), &setting.config, setting.places.cache_dir.as_deref())
}

fn kept_counts(corpus: &Corpus, segmenter: &Segmenter, setting: &Setting) -> Option<CountsFile> {
    let folder = setting.places.cache_dir.as_deref().filter(|_| !corpus.is_sample())?;
    Some(CountsFile::of(folder, corpus, segmenter))
}

/// Takes in what an earlier run counted.
fn remember(file: &CountsFile, cache: &TermCache, segmenter: &Segmenter, lang: Lang) {
    // A cache that cannot be read is made anew; only damage is worth a word.
    for path in file.load(cache, segmenter) {
        say(&match lang {
            Lang::Zh => format!("缓存文件 {} 已损坏，重新计算", path.display()),
            Lang::En => format!("the cache file {} is damaged; counting anew", path.display()),
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
fn print(
    out: &mut dyn Write,
    (table, passages): (&Table, &Passages),
    asked: &AskedQuestion,
    setting: &Setting,
) -> io::Result<Outcome> {
    out.flush()?;
    say(&table.settings.line);
    let style = WriteStyle {
        format: asked.format.format(),
        lang: setting.lang,
        ambiguous: setting.ambiguous(),
        rows: asked.shown(),
        settings: asked.rows.settings_first,
    };
    match write::write(out, table, style, passages) {
        Err(why) if why.kind() == io::ErrorKind::Unsupported => {
            say(&why.to_string());
            return Ok(Outcome::Wrong);
        }
        written => written?,
    }
    out.flush()?;
    table.notes.iter().for_each(|note| say(note));
    Ok(Outcome::found(table.found))
}
