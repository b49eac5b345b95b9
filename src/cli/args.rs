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
use crate::config::AmbiguousWidth;
use crate::corpus::Encoding;
use crate::text::Lang;

const ABOUT: &str = "Explore a folder of Chinese city work reports ‖ 一览：城市工作报告的终端浏览器";
const LONG_ABOUT: &str = "\
Explore a folder of Chinese city work reports.

Without a command, opens the explorer on the paths given. ‖
一览：城市工作报告的终端浏览器。

不写命令则打开所给的路径。";

const PICKED: &str = "\
The screen is drawn on the terminal, whatever standard output is: it gets one line, with tabs between the parts.
  hx \"$(yilan pick ~/reports)\"                          open the paragraph in an editor that takes FILE:LINE
  yilan show \"$(yilan pick --places ~/reports)\" ~/reports
  yilan pick --query 清泉 --print link,text ~/reports >> notes.txt

Exit status: 0 chosen, 1 left without, 2 wrong usage, settings or paths. ‖
屏幕总是画在终端上；标准输出只得到一行，各项之间是制表符。
  hx \"$(yilan pick ~/reports)\"     用认得“文件:行”的编辑器打开这一段
  yilan show \"$(yilan pick --places ~/reports)\" ~/reports
  yilan pick --query 清泉 --print link,text ~/reports >> notes.txt

退出状态：0 选定，1 没有选，2 用法、设置或路径有误。";

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

Exit status: 0 found or done, 1 nothing found, 2 wrong usage, settings or paths. ‖
例：
  yilan ~/reports                       浏览一个文件夹的报告（? 列出按键）
  yilan                                 浏览内置样例
  yilan list --json ~/reports           每篇报告：地方、年份、提纲
  yilan search 乡村振兴 ~/reports       每一处，连同上下文
  yilan search 乡村振兴 --count --csv . 每篇多少次，每万字多少次
  yilan show cc ~/reports | less        读长春市：拼音或首字母都可以
  yilan keywords --place 长春 .         一个地方特别多说的词
  yilan keywords --open 营商环境 .      一个数字背后的每一处，和它的算式
  yilan collocates 养老 .               一个词与哪些词搭配
  yilan trend 乡村振兴,脱贫攻坚 .       历年变化；--by place 按地方排名
  yilan similar a.txt:12 ~/reports      别的报告里写同一件事的章节
  yilan diff 南柯区:2023 南柯区:2024 .   新报告沿用、改写、新增、删去了什么
  yilan reuse --at a.txt:12 ~/reports   还有谁这样写一个段落
  yilan targets --pair ~/reports        目标，和下一篇报告所说的完成情况
  yilan draft draft.txt ~/reports       动笔的人会再看一眼的地方
  yilan marks --markdown > quotes.md    阅读时标记的段落，附出处
  pdftotext a.pdf - | yilan -           读别的程序的输出
  yilan pick ~/reports                  选一段，打印文件和行号
  yilan --select-1 cc ~/reports         只有一处就打印；不止一处就选
  yilan check ~/reports                 没能照原样读进来的地方
  yilan ./list                          与命令同名的文件夹

退出状态：0 找到或完成，1 没有找到，2 用法、设置或路径有误。";

/// The command line of the program.
#[derive(Debug, Clone, Parser)]
#[command(name = "yilan", version, about = ABOUT, long_about = LONG_ABOUT, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// Files and folders to explore [default: corpus.paths of the config, else the built-in sample].
    /// ‖ 要看的文件和文件夹；- 是标准输入［默认：配置中的 corpus.paths，没有则用内置样例］
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Take in changed, new and removed files while reading.
    /// ‖ 阅读时自动收取改动、新增和删除的文件
    #[arg(long)]
    pub watch: bool,
    /// Where only one passage or place matches the query, print where it stands; else open the hits to choose from.
    /// ‖ 只有一段或一个地方符合时打印其位置；否则打开各处命中供选择
    #[arg(long, value_name = "QUERY")]
    pub select_1: Option<String>,
    /// What to print of what was chosen, as for `yilan pick`.
    /// ‖ 选定之后打印什么，同 `yilan pick`
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
    /// ‖ 界面语言：zh 或 en［默认：按配置，再按系统语言］
    #[arg(long, global = true, value_name = "LANG", value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Config file to use instead of the usual one.
    /// ‖ 改用这个配置文件
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Colours of the explorer: auto, dark, light, 16, mono, or a theme of your own.
    /// ‖ 浏览界面的配色：auto、dark、light、16、mono，或自己写的配色
    #[arg(long, global = true, value_name = "THEME")]
    pub theme: Option<String>,
    /// Columns of “ ” — … · ① on this terminal.
    /// ‖ 终端上 “ ” — … · ① 占几列
    #[arg(long, global = true, value_name = "WIDTH", value_parser = PossibleValuesParser::new(AmbiguousWidth::NAMES))]
    pub ambiguous: Option<String>,
    /// Neither use nor leave what was understood of the files in the cache.
    /// ‖ 不用缓存，也不留缓存
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Start no other program, copy nothing, write nothing: no cache, no session, no words.
    /// ‖ 安全模式：不启动程序、不复制、不写任何文件（缓存、阅读位置、词表都不写）
    #[arg(long, global = true)]
    pub secure: bool,
    /// Encoding of all text files, instead of finding it out file by file.
    /// ‖ 所有文本文件的编码，不再逐个判断
    #[arg(long, global = true, value_name = "NAME", value_parser = parse_encoding)]
    pub encoding: Option<Encoding>,
    /// No progress bar on standard error.
    /// ‖ 不在标准错误显示进度条
    #[arg(long, global = true)]
    pub no_progress: bool,
}

/// The commands that need no screen.
#[expect(clippy::large_enum_variant, reason = "one of it is made in a run")]
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// List the reports: place, body, year, title, outline.
    /// ‖ 列出报告：地方、机构、年份、标题、提纲
    List {
        /// How to print them.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// Find places by name, pinyin or initials, best first.
    /// ‖ 按名称、拼音或首字母找地方，最像的在前
    Cities {
        /// 汉字, pinyin, initials or a mixture: 长春, changchun, cc, chang春; "": all places.
        /// ‖ 汉字、拼音、首字母或混写：长春、changchun、cc、chang春；""：全部地方
        query: String,
        /// In which order all places are listed, where nothing is typed: corpus, pinyin, province or length.
        /// ‖ 不写名称时全部地方的次序：corpus 原序、pinyin 拼音、province 省份、length 篇幅
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
    /// ‖ 打印一个地方的报告正文
    Show {
        /// The place: its name, pinyin or initials.
        /// ‖ 地方：名称、拼音或首字母
        #[arg(required_unless_present = "explain")]
        place: Option<String>,
        /// Say why the lines of a file (or one of them) and its reports were read as they were.
        /// ‖ 说明一个文件（或其中一行）及其报告为什么被读成这样
        #[arg(long, value_name = "FILE[:LINE]", conflicts_with_all = ["title", "section", "all"])]
        explain: Option<String>,
        /// Only reports with this in their title.
        /// ‖ 只看标题含此文字的报告
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// Only sections with this in their heading.
        /// ‖ 只看标题含此文字的章节
        #[arg(long, value_name = "TEXT")]
        section: Option<String>,
        /// Also print repeats, bylines, captions and other noise.
        /// ‖ 重复段落、署名、图片说明等杂行也打印
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
    /// ‖ 找出一段文字的每一处，连同上下文
    #[command(after_help = QUERIES)]
    Search {
        /// What to find: text, or words with conditions (see below).
        /// ‖ 检索什么：文字，或带条件的词（见下）
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
    /// ‖ 列出文件中发现的每个问题，附文件和行号
    Check {
        /// How to print them.
        #[command(flatten)]
        format: FormatFlags,
        /// What to read.
        #[command(flatten)]
        input: Input,
    },
    /// Print what was copied, oldest first, with its sources.
    /// ‖ 打印复制过的段落及出处，最早的在前
    Clips {
        /// Take all of it away.
        /// ‖ 全部清除
        #[arg(long, conflicts_with_all = ["json", "csv", "markdown", "text"])]
        clear: bool,
        /// How to print it.
        #[command(flatten)]
        flags: QuotationFlags,
    },
    /// Print the marked passages with their sources, notes and tags.
    /// ‖ 打印标记的段落及出处、批注、标签
    Marks {
        /// Only those with this tag.
        /// ‖ 只要有此标签的
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
        /// How to print them.
        #[command(flatten)]
        flags: QuotationFlags,
    },
    /// Open the passage of a yilan:// link; without a screen, print it.
    /// ‖ 打开 yilan:// 链接所指的段落；没有屏幕则打印
    Open {
        /// The link, as a copy in Markdown or a mark has it.
        /// ‖ 链接，见 Markdown 写法的复制或标记
        link: String,
        /// Files and folders in which to look [default: corpus.paths of the config].
        /// ‖ 在哪些文件和文件夹里找［默认：配置中的 corpus.paths］
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Choose a passage or a place on the screen, and print where it stands.
    /// ‖ 在屏幕上选一段或一个地方，打印它在哪里
    #[command(after_help = PICKED)]
    Pick {
        /// What to choose, and what to print of it.
        #[command(flatten)]
        flags: PickFlags,
    },
    /// Show where the config file belongs, check it, or print an annotated one.
    /// ‖ 配置文件：在哪里、检查、打印带说明的一份
    Config {
        /// What to do.
        #[command(subcommand)]
        action: ConfigCommand,
    },
    /// Print a completion script for a shell.
    /// ‖ 打印命令行补全脚本
    Completions {
        /// The shell.
        /// ‖ 哪种 shell
        shell: Shell,
    },
    /// Print the manual (roff): the page of the program or of a command.
    /// ‖ 打印手册（roff）：整个程序的一页，或一个命令的一页
    Man {
        /// The command whose page is wanted, instead of that of the program.
        /// ‖ 要哪个命令的一页；不写则是整个程序的一页
        #[arg(value_name = "COMMAND")]
        name: Option<String>,
        /// Write every page into this folder.
        /// ‖ 把全部各页写进这个文件夹
        #[arg(long, value_name = "FOLDER", conflicts_with = "name")]
        to: Option<PathBuf>,
    },
    /// Print what the terminal says of itself, and a ruler to check its character widths by eye.
    /// ‖ 打印终端的自述，和一把供肉眼核对字宽的尺
    Doctor,
}

/// `yilan config …`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Print where the config file is, or would be.
    /// ‖ 打印配置文件的位置
    Path,
    /// Check the config file.
    /// ‖ 检查配置文件
    Check,
    /// Print a config file with every setting explained.
    /// ‖ 打印一份逐项说明的配置文件
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
    Encoding::called(text).ok_or_else(|| format!("valid: {0} ‖ 可用：{0}", Encoding::NAMES))
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    match text {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err("valid: zh, en ‖ 可用：zh、en".into()),
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
        for line in ["yilan list --json --csv", "yilan --lang fr", "yilan search", "yilan --nonsense"] {
            assert_eq!(read(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
