//! The flags of `yilan search`. In: arguments. Out: [`SearchFlags`]. Does not know about: how anything is found.

use clap::{Args, ValueEnum};

/// The language of queries, for the end of the help.
pub const QUERIES: &str = "\
Queries:
  乡村振兴                text; width, 简/繁, case, quotes and blanks inside Chinese make no difference
  \"乡村 振兴\"             text with blanks or signs of this list
  乡村振兴 产业           occurrences of the first in paragraphs that hold the second as well
  乡村振兴 -产业          in paragraphs without it
  乡村|农村               either
  监督 ~10 代表           with the second at most 10 characters away
  city:长春 body:政协 year:2018-2022 part:打算 province:吉林
                          only there; -city:长春 everywhere else; 城市: 机构: 年: 部分: 省: are the same;
                          session: section: title: likewise; city:=长春市 is that very place
  py:xczx                 pinyin: xiangcunzhenxing, xczx, 乡cunzx
  re:\\d+(件|项)           a regular expression, up to the next blank

A query that begins with - stands behind --.
Exit status: 0 found, 1 nothing found, 2 wrong usage, settings or paths.";

/// How a query is read, where it is looked for, and what is printed.
#[derive(Debug, Clone, Default, Args)]
pub struct SearchFlags {
    /// Print counts per report instead of occurrences.
    #[arg(long, conflicts_with_all = ["without", "sort"])]
    pub count: bool,
    /// What counts are split by [default: report].
    #[arg(long, value_name = "AXIS", requires = "count", value_parser = ["report", "place"])]
    pub by: Option<String>,
    /// Print the places that do not say it.
    #[arg(long, conflicts_with = "sort")]
    pub without: bool,
    /// Compare text as it stands: no folding of width, script, case, quotes and blanks.
    #[arg(short, long)]
    pub exact: bool,
    /// The whole query is a regular expression.
    #[arg(short, long, conflicts_with = "pinyin")]
    pub regex: bool,
    /// Latin letters are pinyin: syllables, initials, mixed with 汉字.
    #[arg(short, long)]
    pub pinyin: bool,
    /// Also find what does not count: paragraphs printed a second time, captions, bylines, page heads.
    #[arg(long)]
    pub repeats: bool,
    /// Only this place: its name, pinyin or initials, as in the other commands.
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Only places whose name holds this, or whose pinyin or initials begin so; several by `|`.
    #[arg(long, value_name = "PLACE")]
    pub city: Option<String>,
    /// Only places of this province.
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
    /// Only this part of a report: 回顾 (review) or 打算 (plan).
    #[arg(long, value_name = "PART")]
    pub part: Option<String>,
    /// Only sections with this in their heading.
    #[arg(long, value_name = "TEXT")]
    pub section: Option<String>,
    /// Only reports with this in their title.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Only paragraphs in which this text stands; rates are of these paragraphs.
    #[arg(long, value_name = "TEXT")]
    pub matching: Option<String>,
    /// Also print what stands in lines that belong to no report (adverts, contents lists, the frame of a web page).
    #[arg(long, conflicts_with_all = ["no_outside", "without", "sort"])]
    pub outside: bool,
    /// Do not look at lines that belong to no report.
    #[arg(long)]
    pub no_outside: bool,
    /// Characters of context on either side [default: 15 for people, 30 for programs].
    #[arg(short = 'C', long, value_name = "N")]
    pub context: Option<usize>,
    /// Print at most so many; the sum tells of all.
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// In which order occurrences are printed [default: corpus].
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<HitOrder>,
}

/// In which order occurrences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HitOrder {
    /// As the files follow one another.
    Corpus,
    /// Place by place.
    Place,
    /// By the year reported on, the last of several.
    Year,
    /// By the words to the left, nearest first.
    Left,
    /// By the words to the right, nearest first.
    Right,
}
