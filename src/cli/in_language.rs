//! The command line in the user's language. In: what clap makes of the definitions, in which every text is a pair: English,
//! ‖, Chinese. Out: the same with the texts of one language. Does not know about: what any command does.
//!
//! Reading arguments needs no texts: they are chosen only where somebody will read them.

use clap::{Arg, ArgAction, Command};

use crate::text::Lang;
use crate::text::width::Ambiguous;
use crate::text::wrap::{Wrap, wrap};

/// What stands between the English and the Chinese of a text.
pub const BETWEEN: char = '‖';

/// Columns of a line of help, so that a common terminal shows it whole.
pub const COLUMNS: usize = 78;
/// Columns before the text of an argument.
const INDENT: usize = 10;

/// Headings under which options stand.
const HEADINGS: &[(&str, &str)] =
    &[("Everywhere", "通用"), ("What to count", "数什么"), ("Which words", "哪些词"), ("What to print", "打印什么")];

/// What values are called in usage lines.
const VALUES: &[(&str, &str)] = &[
    ("PATH", "路径"),
    ("AXIS", "分法"),
    ("BODY", "机构"),
    ("COLLOCATE", "搭配词"),
    ("COMMAND", "命令"),
    ("CONDITIONS", "条件"),
    ("FILE", "文件"),
    ("FILE:LINE", "文件:行"),
    ("FILE[:LINE]", "文件[:行]"),
    ("FOLDER", "文件夹"),
    ("FORM", "写法"),
    ("GROUP", "词组"),
    ("KIND", "类"),
    ("LANG", "语言"),
    ("LINK", "链接"),
    ("MEASURE", "度量"),
    ("N", "数"),
    ("NAME", "名称"),
    ("NEW", "新"),
    ("OLD", "旧"),
    ("AT", "文件:行"),
    ("ORDER", "次序"),
    ("PART", "部分"),
    ("PHASE", "回顾或打算"),
    ("PLACE", "地方"),
    ("PROVINCE", "省"),
    ("QUERY", "检索词"),
    ("QUERIES", "检索词"),
    ("REFERENCE", "参照"),
    ("REPORT", "报告"),
    ("SHELL", "SHELL"),
    ("TAG", "标签"),
    ("TERM", "词"),
    ("TERMS", "词"),
    ("TEXT", "文字"),
    ("THEME", "配色"),
    ("UNIT", "单位"),
    ("WIDTH", "宽度"),
    ("YEAR", "年份"),
    ("QUESTION", "问题"),
    ("COLUMN", "列"),
    ("COLUMN=VALUE", "列=值"),
    ("HOW", "取法"),
];

/// The half of a pair in a language; of a text that is no pair, all of it.
pub fn half(text: &str, lang: Lang) -> String {
    let Some((en, zh)) = text.split_once(BETWEEN) else { return text.to_owned() };
    lang.pick(zh, en).trim_matches(['\n', ' ']).to_owned()
}

/// A heading in Chinese.
fn heading(name: &str) -> Option<&'static str> {
    HEADINGS.iter().find(|(en, _)| *en == name).map(|(_, zh)| *zh)
}

/// What a value is called in Chinese.
pub fn value_name(name: &str) -> Option<&'static str> {
    VALUES.iter().find(|(en, _)| *en == name).map(|(_, zh)| *zh)
}

/// A command and all below it, with the texts of one language; for a terminal the Chinese ones in lines of so many columns.
pub fn in_language(command: Command, lang: Lang, columns: Option<usize>) -> Command {
    let mut command = translate(with_own_flags(command, true), lang, columns);
    if lang == Lang::Zh {
        // The library adds a command of its own when it is about to read.
        command.build();
        command = with_chinese_help(command);
    }
    command
}

fn with_chinese_help(command: Command) -> Command {
    command.mut_subcommands(|below| match below.get_name() {
        "help" => {
            let words = |argument: Arg| argument.help("命令").value_name("命令");
            // It holds the names of the commands beside it, its own among them.
            with_chinese_help(below.about("显示这段用法，或一个命令的用法").mut_args(words))
        }
        _ => with_chinese_help(below),
    })
}

/// Gives the help and version flags texts of their own, which the library has in English only.
fn with_own_flags(command: Command, top: bool) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = command.disable_help_flag(true).arg(help.help("Print help ‖ 显示用法"));
    let command = if top {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command.disable_version_flag(true).arg(version.help("Print version ‖ 显示版本"))
    } else {
        command
    };
    command.mut_subcommands(|below| with_own_flags(below, false))
}

fn translate(mut command: Command, lang: Lang, columns: Option<usize>) -> Command {
    let said = |text: Option<&clap::builder::StyledStr>| text.map(|text| sentence(&half(&text.to_string(), lang)));
    if let Some(text) = said(command.get_about()) {
        command = command.about(text);
    }
    if let Some(text) = said(command.get_long_about()) {
        command = command.long_about(text);
    }
    if let Some(text) = command.get_after_help().map(|text| half(&text.to_string(), lang)) {
        command = command.after_help(text);
    }
    if lang == Lang::Zh {
        let template = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
        command = command.help_template(template).subcommand_help_heading("命令").subcommand_value_name("命令");
    }
    let below = |below: Command| translate(below, lang, columns);
    command.mut_args(|argument| argument_in(argument, lang, columns)).mut_subcommands(below)
}

/// The text of an argument is no whole sentence.
fn sentence(text: &str) -> String {
    let ends = |text: &str| text.ends_with('.') && !text.ends_with("..") && text.matches(". ").count() == 0;
    if ends(text) { text[..text.len() - 1].to_owned() } else { text.trim_end_matches('。').to_owned() }
}

fn argument_in(argument: Arg, lang: Lang, columns: Option<usize>) -> Arg {
    let text = argument.get_help().map(|text| sentence(&half(&text.to_string(), lang))).unwrap_or_default();
    let heading = argument.get_help_heading().map(heading);
    let argument = match heading {
        Some(Some(zh)) if lang == Lang::Zh => argument.help_heading(zh),
        Some(_) => argument,
        None => argument,
    };
    if lang == Lang::En {
        return argument.help(text.clone()).long_help(text);
    }
    let names: Vec<String> = match argument.get_value_names() {
        Some(names) => names.iter().map(ToString::to_string).collect(),
        None => vec![argument.get_id().as_str().to_uppercase()],
    };
    let names: Option<Vec<&'static str>> = names.iter().map(|name| value_name(name)).collect();
    let takes = argument.get_action().takes_values();
    let text = text.clone() + &values(&argument, &text);
    let text = columns.map_or_else(|| text.clone(), |columns| lines(&text, columns));
    let argument = match names.filter(|_| takes) {
        Some(names) => argument.value_names(names),
        None => argument,
    };
    let argument = if takes { argument.hide_default_value(true).hide_possible_values(true) } else { argument };
    let argument = argument.next_line_help(true);
    argument.help(text.clone()).long_help(text)
}

/// The default and the words that may be given, where the text does not name them.
fn values(argument: &Arg, text: &str) -> String {
    if !argument.get_action().takes_values() {
        return String::new();
    }
    let mut said = String::new();
    let named: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if named.iter().any(|name| !text.contains(name.as_str())) {
        said += &format!("［可用：{}］", named.join("、"));
    }
    let default: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() && !text.contains("［默认") {
        said += &format!("［默认 {}］", default.join("、"));
    }
    said
}

/// A text as lines that a terminal shows whole: the library breaks lines at blanks only.
fn lines(text: &str, columns: usize) -> String {
    let room =
        Wrap { width: columns.saturating_sub(INDENT), first_indent: 0, rest_indent: 0, ambiguous: Ambiguous::Narrow };
    let rows = wrap(text, 0, &room);
    let row = |span: crate::text::Span| span.slice(text).trim_end().to_owned();
    rows.iter().map(|it| row(it.span)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;

    /// Every text of a command and those below it: what it is of, and the text.
    fn texts(command: &Command, above: &str, take: &mut dyn FnMut(String, String)) {
        let name = format!("{above} {}", command.get_name());
        let long = command.get_long_about().map(ToString::to_string);
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        take(name.clone(), about);
        long.into_iter()
            .chain(command.get_after_help().map(ToString::to_string))
            .for_each(|text| take(name.clone(), text));
        for argument in command.get_arguments() {
            let id = format!("{name} {}", argument.get_id());
            take(id.clone(), argument.get_help().map(ToString::to_string).unwrap_or_default());
            let heading = argument.get_help_heading().filter(|name| !HEADINGS.iter().any(|(_, zh)| zh == name));
            assert!(
                heading.is_none_or(|name| super::heading(name).is_some() || ["参数", "选项"].contains(&name)),
                "{id}"
            );
        }
        command.get_subcommands().for_each(|below| texts(below, &name, take));
    }

    fn is_han(c: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
    }

    /// What an English text may quote of the reports, which are Chinese.
    const QUOTED: &[&str] = &[
        "汉字",
        "长春",
        "春",
        "人大常委会",
        "人大",
        "政协",
        "政府",
        "法院",
        "检察院",
        "其他",
        "回顾",
        "打算",
        "的",
        "和",
        "在",
        "加强",
        "推进",
        "进一步",
        "一览",
    ];

    #[test]
    fn no_option_and_no_command_lacks_a_language() {
        let whole = with_own_flags(Arguments::command(), true);
        let mut count = 0;
        texts(&whole, "", &mut |of, text| {
            count += 1;
            let halves: Vec<&str> = text.split(BETWEEN).collect();
            assert_eq!(halves.len(), 2, "{of}: {text:?}");
            assert!(halves.iter().all(|half| !half.trim().is_empty()), "{of}: {text:?}");
            assert!(halves[1].chars().any(is_han), "{of}: no Chinese in {text:?}");
        });
        assert!(count > 300, "{count} texts");
    }

    #[test]
    fn no_text_mixes_two_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let whole = in_language(Arguments::command(), lang, Some(COLUMNS));
            texts(&whole, "", &mut |of, text| {
                assert!(!text.contains(BETWEEN), "{of}: {text}");
                // Examples hold queries and names.
                if text.contains("\n  ") {
                    return;
                }
                match lang {
                    Lang::En => {
                        // What stands between quotation marks is an example.
                        let plain: String = text.split('\'').step_by(2).collect();
                        let rest = QUOTED.iter().fold(plain, |rest, word| rest.replace(word, ""));
                        assert!(!rest.chars().any(is_han), "{of}: {text}");
                    }
                    Lang::Zh => {
                        let joined = text.replace('\n', "");
                        assert!(joined.is_empty() || joined.chars().any(is_han), "{of}: {text}");
                        // Two English words in a row are English.
                        let words: Vec<&str> = joined.split(' ').collect();
                        let english = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
                        assert!(!words.windows(2).any(|two| two.iter().all(|word| english(word))), "{of}: {text}");
                    }
                }
            });
        }
    }

    #[test]
    fn every_value_has_a_chinese_name() {
        fn look(command: &Command) {
            for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
                let names = argument.get_value_names().map(|names| names.iter().map(ToString::to_string).collect());
                let names: Vec<String> = names.unwrap_or_else(|| vec![argument.get_id().as_str().to_uppercase()]);
                for name in names {
                    assert!(value_name(&name).is_some(), "{} {}: {name}", command.get_name(), argument.get_id());
                }
            }
            command.get_subcommands().for_each(look);
        }
        look(&Arguments::command());
    }

    #[test]
    fn the_definition_is_sound_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            in_language(Arguments::command(), lang, Some(COLUMNS)).debug_assert();
        }
    }

    #[test]
    fn help_is_no_wider_than_a_terminal() {
        let mut whole = in_language(Arguments::command(), Lang::Zh, Some(COLUMNS));
        whole.build();
        for command in whole.get_subcommands_mut() {
            let help = command.render_long_help().to_string();
            for line in help.lines().take_while(|line| !line.starts_with("检索词：")) {
                let width = crate::text::width::str_width(line, Ambiguous::Narrow);
                assert!(width <= 80 || line.contains("用法："), "{width}: {line}");
            }
        }
    }
}
