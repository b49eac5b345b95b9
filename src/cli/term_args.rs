//! The command line of the commands about words. In: arguments. Out: flags. Does not know about: what the commands do.

use clap::{Args, ValueEnum};

/// What to count words in.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What to count")]
pub struct ScopeFlags {
    /// Only this place: its name, pinyin or initials [default: the whole corpus].
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Only places of this province; several by `|`.
    #[arg(long, value_name = "PROVINCE")]
    pub province: Option<String>,
    /// Only reports of this body: 人大, 政协, 政府, 法院, 检察院, 其他.
    #[arg(long, value_name = "BODY")]
    pub body: Option<String>,
    /// Only reports on this year, or on years such as 2018-2022.
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// Only reports given to a session of this year, or of years such as 2018-2022.
    #[arg(long, value_name = "YEAR")]
    pub session: Option<String>,
    /// Only reports with this in their title.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Only this part of each report: 回顾 (review) or 打算 (plan).
    #[arg(long, value_name = "PART")]
    pub part: Option<String>,
    /// Only sections with this in their heading, in every report.
    #[arg(long, value_name = "TEXT")]
    pub section: Option<String>,
    /// Only paragraphs in which this text stands.
    #[arg(long, value_name = "TEXT")]
    pub matching: Option<String>,
}

/// Which words are terms, and how many of them to print.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which words")]
pub struct WordFlags {
    /// Fewest occurrences of a keyword that is a finding, of a collocate or a run of words that is listed [default: 3; of
    /// phrases found without a dictionary 5].
    #[arg(long, value_name = "N")]
    pub min_count: Option<u64>,
    /// Fewest characters of a term.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min_chars: usize,
    /// Do not leave out function words (的, 和, 在).
    #[arg(long)]
    pub keep_function_words: bool,
    /// Do not leave out the filler of official prose (加强, 推进, 进一步).
    #[arg(long)]
    pub keep_filler: bool,
    /// Do not leave out what a text calls itself (its own place, its people's congress).
    #[arg(long)]
    pub keep_own_names: bool,
    /// How many rows to print [default: 50 in a table, all in JSON and CSV].
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// Begin JSON and CSV with the settings too, as an object {"settings":…} or a line that begins with #.
    #[arg(long)]
    pub settings_first: bool,
}

/// `yilan keywords`
#[derive(Debug, Clone, Args)]
pub struct KeywordFlags {
    /// What to count.
    #[command(flatten)]
    pub scope: ScopeFlags,
    /// What to compare it with: rest, body, province or year (the rest of the corpus, or its reports of the same body,
    /// province, year), or a place.
    #[arg(long, value_name = "REFERENCE", default_value = "rest")]
    pub against: String,
    /// Which terms come first [default: keyness; count for the whole corpus].
    #[arg(long, value_name = "ORDER")]
    pub by: Option<Order>,
    /// Instead of a table: every occurrence of this term, with its figures worked out on standard error.
    #[arg(long, value_name = "TERM")]
    pub open: Option<String>,
    /// Which words are terms.
    #[command(flatten)]
    pub words: WordFlags,
}

/// Which terms come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// The most frequent.
    Count,
    /// Those most typical of the scope (highest G²).
    Keyness,
    /// Those the scope has less than the reference (lowest G²).
    Negative,
    /// Those whose rate is most times that of the reference.
    LogRatio,
    /// The highest TF-IDF.
    TfIdf,
    /// The most evenly spread (lowest DP).
    Dispersion,
    /// Those that most reports of the corpus use.
    Range,
    /// Those that most places of the corpus use.
    Places,
}

/// `yilan collocates`
#[derive(Debug, Clone, Args)]
pub struct CollocateFlags {
    /// What to count.
    #[command(flatten)]
    pub scope: ScopeFlags,
    /// How many words to the left and to the right are near.
    #[arg(long, value_name = "N", default_value_t = crate::index::collocates::WINDOW)]
    pub window: usize,
    /// Which collocates come first.
    #[arg(long, value_name = "MEASURE", default_value = "log-dice")]
    pub by: Measure,
    /// Instead of a table: every occurrence of this collocate near the term.
    #[arg(long, value_name = "COLLOCATE")]
    pub open: Option<String>,
    /// Which words are terms.
    #[command(flatten)]
    pub words: WordFlags,
}

/// By what collocates are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Measure {
    /// logDice.
    LogDice,
    /// Occurrences together.
    Count,
    /// Mutual information.
    Mi,
    /// t-score.
    T,
    /// G².
    G2,
}

/// `yilan ngrams`
#[derive(Debug, Clone, Args)]
pub struct NgramFlags {
    /// What to count.
    #[command(flatten)]
    pub scope: ScopeFlags,
    /// How many words a run has, 2 to 8.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(2..=8))]
    pub length: u8,
    /// Instead of runs: phrases found without a dictionary, to be added to your own words.
    #[arg(long, conflicts_with = "length")]
    pub discover: bool,
    /// Which words are terms.
    #[command(flatten)]
    pub words: WordFlags,
}

/// `yilan groups`
#[derive(Debug, Clone, Args)]
pub struct GroupFlags {
    /// What to count.
    #[command(flatten)]
    pub scope: ScopeFlags,
    /// What the figures are split by.
    #[arg(long, value_name = "AXIS", default_value = "place")]
    pub by: By,
    /// Count words of the text only, not strings inside longer words.
    #[arg(long)]
    pub whole_words: bool,
    /// Instead of a table: every hit of this group.
    #[arg(long, value_name = "GROUP")]
    pub open: Option<String>,
    /// Which words are terms.
    #[command(flatten)]
    pub words: WordFlags,
}

/// `yilan trend`
#[derive(Debug, Clone, Args)]
pub struct TrendFlags {
    /// What to count.
    #[command(flatten)]
    pub scope: ScopeFlags,
    /// What the figures are split by; places come with the highest rate first.
    #[arg(long, value_name = "AXIS", default_value = "year")]
    pub by: By,
    /// Count the string inside longer words too.
    #[arg(long)]
    pub strings: bool,
    /// Which words are terms.
    #[command(flatten)]
    pub words: WordFlags,
}

/// What figures are split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The year reported on, the last of several.
    Year,
    /// The place.
    Place,
}
