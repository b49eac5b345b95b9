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
  part:打算               conditions alone: the paragraphs where they hold, and how many there are
  py:xczx                 pinyin: xiangcunzhenxing, xczx, 乡cunzx
  re:\\d+(件|项)           a regular expression, up to the next blank

A query that begins with - stands behind --.
Exit status: 0 found, 1 nothing found, 2 wrong usage, settings or paths. ‖
检索词：
  乡村振兴                文字；全半角、简繁、大小写、引号、中文之间的空格都不论
  \"乡村 振兴\"             含空格或下列符号的文字
  乡村振兴 产业           前者的各处，所在段落还须有后者
  乡村振兴 -产业          所在段落没有后者
  乡村|农村               二者之一
  监督 ~10 代表           与后者相距至多十字
  city:长春 body:政协 year:2018-2022 part:打算 province:吉林
                          只看这些；-city:长春 则只看别处；也可写 城市: 机构: 年: 部分: 省:；
                          session: section: title: 用法相同；city:=长春市 只指这一个地方
  part:打算               只有条件：列出符合的段落，数的是段
  py:xczx                 拼音：xiangcunzhenxing、xczx、乡cunzx
  re:\\d+(件|项)           正则表达式，到下一个空格为止

以 - 开头的检索词写在 -- 之后。
退出状态：0 找到，1 没有找到，2 用法、设置或路径有误。";

/// How a query is read, where it is looked for, and what is printed.
#[derive(Debug, Clone, Default, Args)]
pub struct SearchFlags {
    /// Print counts per report instead of occurrences.
    /// ‖ 只打印每篇的次数
    #[arg(long, conflicts_with_all = ["without", "sort"])]
    pub count: bool,
    /// What counts are split by [default: report].
    /// ‖ 次数按什么分开［默认 report，即逐篇；place 逐地］
    #[arg(long, value_name = "AXIS", requires = "count", value_parser = ["report", "place"])]
    pub by: Option<String>,
    /// Print the places that do not say it.
    /// ‖ 打印没有说到的地方
    #[arg(long, conflicts_with = "sort")]
    pub without: bool,
    /// Compare text as it stands: no folding of width, script, case, quotes and blanks.
    /// ‖ 原样比较：全半角、简繁、大小写、引号、空格各算各的
    #[arg(short, long)]
    pub exact: bool,
    /// The whole query is a regular expression.
    /// ‖ 整个检索词是正则表达式
    #[arg(short, long, conflicts_with = "pinyin")]
    pub regex: bool,
    /// Latin letters are pinyin: syllables, initials, mixed with 汉字.
    /// ‖ 字母当作拼音：音节、首字母，可与汉字混写
    #[arg(short, long)]
    pub pinyin: bool,
    /// Also find what does not count: paragraphs printed a second time, captions, bylines, page heads.
    /// ‖ 不计数的也找：重印的段落、图片说明、署名、页眉
    #[arg(long)]
    pub repeats: bool,
    /// Only this place: its name, pinyin or initials, as in the other commands.
    /// ‖ 只看这个地方：名称、拼音或首字母，同其他命令
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Only places whose name holds this, or whose pinyin or initials begin so; several by `|`.
    /// ‖ 只看名称含此、或拼音、首字母以此开头的地方；几个用 `|` 隔开
    #[arg(long, value_name = "PLACE")]
    pub city: Option<String>,
    /// Only places of this province.
    /// ‖ 只看这个省的地方
    #[arg(long, value_name = "PROVINCE")]
    pub province: Option<String>,
    /// Only reports of this body: 人大, 政协, 政府, 法院, 检察院, 其他.
    /// ‖ 只看这个机构的报告：人大、政协、政府、法院、检察院、其他
    #[arg(long, value_name = "BODY")]
    pub body: Option<String>,
    /// Only reports on this year, or on years such as 2018-2022.
    /// ‖ 只看述及此年的报告，或几年如 2018-2022
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// Only reports given to a session of this year, or of years such as 2018-2022.
    /// ‖ 只看在此年会议上作的报告，或几年如 2018-2022
    #[arg(long, value_name = "YEAR")]
    pub session: Option<String>,
    /// Only this part of a report: 回顾 (review) or 打算 (plan).
    /// ‖ 只看报告的这一部分：回顾或打算
    #[arg(long, value_name = "PART")]
    pub part: Option<String>,
    /// Only sections with this in their heading.
    /// ‖ 只看标题含此文字的章节
    #[arg(long, value_name = "TEXT")]
    pub section: Option<String>,
    /// Only reports with this in their title.
    /// ‖ 只看标题含此文字的报告
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Only paragraphs in which this text stands; rates are of these paragraphs.
    /// ‖ 只看含此文字的段落；每万字以这些段落计
    #[arg(long, value_name = "TEXT")]
    pub matching: Option<String>,
    /// Also print what stands in lines that belong to no report (adverts, contents lists, the frame of a web page).
    /// ‖ 不属于任何报告的行（广告、目录、网页边框）里的也打印
    #[arg(long, conflicts_with_all = ["no_outside", "without", "sort"])]
    pub outside: bool,
    /// Do not look at lines that belong to no report.
    /// ‖ 不看不属于任何报告的行
    #[arg(long)]
    pub no_outside: bool,
    /// Characters of context on either side [default: 15 for people, 30 for programs].
    /// ‖ 左右各多少字的上下文［默认：给人看 15，给程序 30］
    #[arg(short = 'C', long, value_name = "N")]
    pub context: Option<usize>,
    /// Print at most so many; the sum tells of all.
    /// ‖ 最多打印多少处；总数仍是全部
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// In which order occurrences are printed [default: corpus].
    /// ‖ 打印的次序［默认 corpus 原序；place 地方、year 年份、left 左文、right 右文］
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
