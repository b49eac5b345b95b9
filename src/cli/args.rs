//! The command line. In: arguments. Out: [`Arguments`], or clap's own message. Does not know about: what the commands do.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::analysis::AskedQuestion;
use super::input_args::{FormatFlags, Input};
use super::kept::QuotationFlags;
use super::pick::{PARTS, PickFlags};
use super::search_args::{QUERIES, SearchFlags};
use crate::config::{AmbiguousWidth, ThemeName};
use crate::corpus::Encoding;
use crate::text::Lang;

const PICKED: &str = "\
The screen is drawn on the terminal, whatever standard output is: it gets one line, with tabs between the parts.
  hx \"$(yilan pick ~/reports)\"                          open the paragraph in an editor that takes FILE:LINE
  yilan show \"$(yilan pick --places ~/reports)\" ~/reports
  yilan pick --query 清泉 --print link,text ~/reports >> notes.txt

Exit status: 0 chosen, 1 left without, 2 wrong usage, settings or paths.";

const EXAMPLES: &str = "\
Examples:
  yilan ~/reports                       explore a folder of reports (? shows the keys)
  yilan                                 explore the built-in sample
  yilan list --json ~/reports           every report: place, year, outline
  yilan search 乡村振兴 ~/reports       every occurrence, in context
  yilan search 乡村振兴 --count --csv . how often per report, and per 10,000 汉字
  yilan show cc ~/reports | less        read 长春市: pinyin or initials will do
  yilan keywords --place 长春 .         the words that set a place apart
  yilan keywords --open 营商环境 .      the occurrences behind a number, and its formulas
  yilan collocates 养老 .               the company a word keeps
  yilan trend 乡村振兴,脱贫攻坚 .       year by year; --by place ranks the cities
  yilan similar a.txt:12 ~/reports      the sections of other reports about the same thing
  yilan diff 南柯区:2023 南柯区:2024 .   what the new report keeps, changes, adds and drops
  yilan reuse --at a.txt:12 ~/reports   who else uses the wording of a paragraph
  yilan targets --pair ~/reports        targets, met or missed by the next report
  yilan draft draft.txt ~/reports       what a writer would look at again
  yilan marks --markdown > quotes.md    the passages marked while reading, with their sources
  pdftotext a.pdf - | yilan -           read what another program writes
  yilan pick ~/reports                  choose a paragraph, print its file and line
  yilan --select-1 cc ~/reports         the only match; several: choose
  yilan check ~/reports                 what could not be read as it stands
  yilan ./list                          a folder that has the name of a command

Exit status: 0 found or done, 1 nothing found, 2 wrong usage, settings or paths.";

/// Explore a folder of Chinese city work reports (一览).
///
/// Without a command, opens the explorer on the paths given.
#[derive(Debug, Clone, Parser)]
#[command(name = "yilan", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// Files and folders to explore [default: corpus.paths of the config, else the built-in sample].
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Take in changed, new and removed files while reading.
    #[arg(long)]
    pub watch: bool,
    /// Where only one passage or place matches the query, print where it stands; else open the hits to choose from.
    #[arg(long, value_name = "QUERY")]
    pub select_1: Option<String>,
    /// What to print of what was chosen, as for `yilan pick`.
    #[arg(long, value_name = "PART", value_delimiter = ',', requires = "select_1", value_parser = PARTS)]
    pub print: Vec<String>,
    /// What every command takes.
    #[command(flatten)]
    pub general: General,
    /// What to do instead of exploring.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct General {
    /// Language of messages: zh or en [default: by config, then locale].
    #[arg(long, global = true, value_name = "LANG", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Config file to use instead of the usual one.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Colours of the explorer.
    #[arg(long, global = true, value_name = "THEME", value_parser = PossibleValuesParser::new(ThemeName::NAMES))]
    pub theme: Option<String>,
    /// Columns of “ ” — … · ① on this terminal.
    #[arg(long, global = true, value_name = "WIDTH", value_parser = PossibleValuesParser::new(AmbiguousWidth::NAMES))]
    pub ambiguous: Option<String>,
    /// Neither use nor leave what was understood of the files in the cache.
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Start no other program, copy nothing, write nothing: no cache, no session, no words.
    #[arg(long, global = true)]
    pub secure: bool,
    /// Encoding of all text files, instead of finding it out file by file.
    #[arg(long, global = true, value_name = "NAME", value_parser = parse_encoding)]
    pub encoding: Option<Encoding>,
    /// No progress bar on standard error.
    #[arg(long, global = true)]
    pub no_progress: bool,
}

/// The commands that need no screen.
#[expect(clippy::large_enum_variant, reason = "one of it is made in a run")]
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// List the reports: place, body, year, title, outline.
    List {
        /// How to print them.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// Find places by name, pinyin or initials, best first.
    Cities {
        /// 汉字, pinyin, initials or a mixture: 长春, changchun, cc, chang春; "": all places.
        query: String,
        /// In which order all places are listed, where nothing is typed: corpus, pinyin, province or length.
        #[arg(long, value_name = "ORDER", default_value = "corpus", value_parser = PossibleValuesParser::new(CITY_ORDERS))]
        order: String,
        /// How to print them.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// Print the text of the reports of a place.
    Show {
        /// The place: its name, pinyin or initials.
        #[arg(required_unless_present = "explain")]
        place: Option<String>,
        /// Say why the lines of a file (or one of them) and its reports were read as they were.
        #[arg(long, value_name = "FILE[:LINE]", conflicts_with_all = ["title", "section", "all"])]
        explain: Option<String>,
        /// Only reports with this in their title.
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// Only sections with this in their heading.
        #[arg(long, value_name = "TEXT")]
        section: Option<String>,
        /// Also print repeats, bylines, captions and other noise.
        #[arg(long)]
        all: bool,
        /// How to print it.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// Find every occurrence of a text, in context.
    #[command(after_help = QUERIES)]
    Search {
        /// What to find: text, or words with conditions (see below).
        query: String,
        /// How to read the query, where to look, what to print.
        #[command(flatten)]
        how: SearchFlags,
        /// How to print them.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// A question about the corpus, answered by a table.
    #[command(flatten)]
    Analysis(AskedQuestion),
    /// List every issue found in the files, with file and line.
    Check {
        /// How to print them.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// Print what was copied, oldest first, with its sources.
    Clips {
        /// Take all of it away.
        #[arg(long, conflicts_with_all = ["json", "csv", "markdown", "text"])]
        clear: bool,
        /// How to print it.
        #[command(flatten)]
        flags: QuotationFlags,
    },
    /// Print the marked passages with their sources, notes and tags.
    Marks {
        /// Only those with this tag.
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
        /// How to print them.
        #[command(flatten)]
        flags: QuotationFlags,
    },
    /// Open the passage of a yilan:// link; without a screen, print it.
    Open {
        /// The link, as a copy in Markdown or a mark has it.
        link: String,
        /// Files and folders in which to look [default: corpus.paths of the config].
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Choose a passage or a place on the screen, and print where it stands.
    #[command(after_help = PICKED)]
    Pick {
        /// What to choose, and what to print of it.
        #[command(flatten)]
        flags: PickFlags,
    },
    /// Show where the config file belongs, check it, or print an annotated one.
    Config {
        /// What to do.
        #[command(subcommand)]
        action: ConfigCommand,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page (roff).
    Man,
    /// Print what the terminal says of itself, and a ruler to check its character widths by eye.
    Doctor,
}

/// `yilan config …`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Print where the config file is, or would be.
    Path,
    /// Check the config file.
    Check,
    /// Print a config file with every setting explained.
    Default,
}

impl General {
    /// The options that say what a corpus is and where settings are, as they would be written again.
    pub fn options(&self) -> Vec<String> {
        let mut options = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            options.extend(value.into_iter().flat_map(|value| [format!("--{name}"), value]));
        };
        add("config", self.config.as_ref().map(|path| path.to_string_lossy().into_owned()));
        add("encoding", self.encoding.map(|encoding| encoding.name().to_owned()));
        add("lang", self.lang.map(|lang| lang.pick("zh", "en").to_owned()));
        options.extend(self.no_cache.then(|| "--no-cache".to_owned()));
        options
    }
}

/// Orders of `yilan cities ''`.
const CITY_ORDERS: [&str; 4] = ["corpus", "pinyin", "province", "length"];

fn parse_encoding(text: &str) -> Result<Encoding, String> {
    Encoding::called(text).ok_or_else(|| format!("valid: {}", Encoding::NAMES))
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    match text {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err("valid: zh, en".into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn read(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn paths_and_commands_are_told_apart() {
        assert_eq!(read("yilan a b").unwrap().paths.len(), 2);
        assert!(read("yilan list a").unwrap().command.is_some());
        assert!(read("yilan --lang en list a").unwrap().command.is_some());
        for line in ["yilan ./list", "yilan -- list"] {
            let arguments = read(line).unwrap();
            assert!(arguments.command.is_none() && arguments.paths.len() == 1, "{line}");
        }
    }

    #[test]
    fn bad_usage_is_refused() {
        for line in
            ["yilan list --json --csv", "yilan --lang fr", "yilan --theme pink", "yilan search", "yilan --nonsense"]
        {
            assert_eq!(read(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
