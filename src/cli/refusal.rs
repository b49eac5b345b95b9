//! Reading the command line, and what is said where it asks for help or cannot be read. In: words. Out: [`Arguments`], or a text
//! in the user's language and where it goes. Does not know about: what the commands do.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error, FromArgMatches, Parser};

use super::in_language::{BETWEEN, COLUMNS, half, in_language};
use super::{Arguments, Outcome, say};
use crate::text::Lang;

/// Why there are no arguments: help was asked for, or they cannot be read.
#[derive(Debug)]
pub struct Refused {
    error: Error,
    lang: Lang,
}

/// Reads the words of a command line, the program's name first; `lang` says in which language they are answered if they cannot
/// be read, and is asked only then.
///
/// # Errors
/// When help was asked for, or the words are wrong.
pub fn read(words: &[OsString], lang: impl FnOnce(Option<Lang>) -> Lang) -> Result<Arguments, Box<Refused>> {
    if let Ok(arguments) = Arguments::try_parse_from(words) {
        return Ok(arguments);
    }
    let lang = lang(asked_for(words));
    let mut command = in_language(Arguments::command(), lang, Some(COLUMNS));
    let matched = command.try_get_matches_from_mut(words);
    let read = matched.and_then(|matches| Arguments::from_arg_matches(&matches));
    read.map_err(|error| Box::new(Refused { error: error.format(&mut command), lang }))
}

/// The language that the words ask for, whatever else is wrong with them.
fn asked_for(words: &[OsString]) -> Option<Lang> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--").collect();
    let after =
        words.iter().zip(words.iter().skip(1)).find(|(flag, _)| *flag == "--lang").map(|(_, word)| word.as_ref());
    match after.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang=")))? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

impl Refused {
    /// Prints it: help to standard output, anything else to standard error. How the program ends.
    pub fn print(&self) -> ExitCode {
        let out = !self.error.use_stderr();
        let seen = if out { io::stdout().is_terminal() } else { io::stderr().is_terminal() };
        let coloured = seen && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let text = self.text(coloured);
        let written = match out {
            true => io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()),
            false => io::stderr().write_all(text.as_bytes()),
        };
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                say(&error.to_string());
                Outcome::Wrong.code()
            }
            _ if out => ExitCode::SUCCESS,
            _ => Outcome::Wrong.code(),
        }
    }

    /// What is said, in the user's language.
    pub fn text(&self, coloured: bool) -> String {
        let help = !self.error.use_stderr() || self.error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        if help || self.lang == Lang::En {
            let shown = self.error.render();
            let shown = if coloured { shown.ansi().to_string() } else { shown.to_string() };
            return in_own_words(&shown, self.lang);
        }
        let usage =
            self.context(ContextKind::Usage).replace("Usage:", "用法：").replace("：  ", "：").replace("： ", "：");
        let usage = if usage.is_empty() { usage } else { format!("\n\n{}", in_own_words(usage.trim_end(), self.lang)) };
        format!("错误：{}{usage}\n\n用法见 --help\n", self.chinese())
    }

    fn context(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(all)) => all.join("、"),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            Some(ContextValue::StyledStrs(all)) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("；"),
            Some(ContextValue::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    fn chinese(&self) -> String {
        let of = |kind| self.context(kind);
        let argument = of(ContextKind::InvalidArg);
        let meant = |kind| match of(kind) {
            text if text.is_empty() => String::new(),
            text => format!("；是不是 {text}？"),
        };
        match self.error.kind() {
            ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
                format!("{argument} 后面要有值{}", self.choices())
            }
            ErrorKind::InvalidValue => {
                let value = of(ContextKind::InvalidValue);
                format!("{argument} 的值不能是 {value}{}{}", self.choices(), meant(ContextKind::SuggestedValue))
            }
            ErrorKind::UnknownArgument => {
                let known = meant(ContextKind::SuggestedArg);
                let dashed = argument.starts_with('-') && known.is_empty();
                let note = if dashed { "（以 - 开头的词写在 -- 之后）" } else { "" };
                format!("没有选项 {argument}{known}{note}")
            }
            ErrorKind::InvalidSubcommand => {
                format!("没有命令 {}{}", of(ContextKind::InvalidSubcommand), meant(ContextKind::SuggestedSubcommand))
            }
            ErrorKind::ValueValidation => {
                let why = self.error.source().map(|why| reason(&why.to_string())).unwrap_or_default();
                format!("{argument} 的值不能是 {}：{why}", of(ContextKind::InvalidValue))
            }
            ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
                prior if prior == argument => format!("{argument} 只能写一次"),
                prior => format!("{argument} 不能与 {prior} 同用"),
            },
            ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
            ErrorKind::MissingSubcommand => format!("缺少命令：{}", of(ContextKind::ValidSubcommand)),
            ErrorKind::NoEquals => format!("{argument} 与它的值之间要写 ="),
            ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                format!("{argument} 的值个数不对")
            }
            ErrorKind::InvalidUtf8 => "参数不是 UTF-8".to_owned(),
            _ => self.error.to_string(),
        }
    }

    fn choices(&self) -> String {
        match self.context(ContextKind::ValidValue) {
            valid if valid.is_empty() => valid,
            valid => format!("；可用：{valid}"),
        }
    }
}

/// Why a value is refused, as the parsers of numbers and of our own say it.
fn reason(why: &str) -> String {
    match why {
        _ if why.contains(BETWEEN) => half(why, Lang::Zh),
        "invalid digit found in string" | "cannot parse integer from empty string" => "不是整数".to_owned(),
        "number too large to fit in target type" => "数太大".to_owned(),
        "number too small to fit in target type" => "数太小".to_owned(),
        _ => match why.split_once(" is not in ") {
            Some((_, range)) => format!("应在 {} 之内", range.replace("..=", " 到 ")),
            None => why.to_owned(),
        },
    }
}

/// What the library says in its own words, and in Chinese.
const OWN_WORDS: &[(&str, &str)] = &[("[OPTIONS]", "[选项]"), ("Arguments:", "参数："), ("Options:", "选项：")];

/// A text of the library in one language: its own words for what can be left out, and pairs in what it quotes.
fn in_own_words(text: &str, lang: Lang) -> String {
    let line = |line: &str| match (line.split_once(BETWEEN), lang) {
        (Some((en, _)), Lang::En) => en.trim_end().to_owned(),
        (_, Lang::Zh) => {
            let line = OWN_WORDS.iter().fold(line.to_owned(), |line, (en, zh)| line.replace(en, zh));
            // A heading ends with a colon of its own width.
            let heads = ["命令:", "通用:", "数什么:", "哪些词:", "打印什么:"];
            heads.iter().fold(line, |line, head| line.replace(head, &head.replace(':', "：")))
        }
        _ => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str, lang: Lang) -> String {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        read(&words, |asked| asked.unwrap_or(lang)).expect_err(line).text(false)
    }

    #[test]
    fn what_is_wrong_is_said_in_chinese() {
        let table = [
            ("yilan list --jsn", "错误：没有选项 --jsn；是不是 --json？"),
            ("yilan search", "错误：缺少 <检索词>"),
            ("yilan --lang fr", "错误：--lang <语言> 的值不能是 fr：可用：zh、en"),
            ("yilan list --json --csv", "错误：--json 不能与 --csv 同用"),
            ("yilan ngrams --length 9", "应在 2 到 8 之内"),
            ("yilan search x --max many", "错误：--max <数> 的值不能是 many：不是整数"),
            ("yilan search x --count --by year", "；可用：report、place"),
            ("yilan config chek", "没有命令 chek；是不是 check？"),
            ("yilan list --max", "没有选项 --max"),
        ];
        for (line, want) in table {
            let text = said(line, Lang::Zh);
            assert!(text.contains(want), "{line}: {text}");
            let library = ["error:", "Usage", "OPTIONS", "tip:", "For more"];
            assert!(library.iter().all(|word| !text.contains(word)), "{line}: {text}");
        }
    }

    #[test]
    fn english_has_no_chinese_in_it() {
        for line in
            ["yilan --lang fr", "yilan --encoding x", "yilan clips --form x", "yilan list --jsn", "yilan config chek"]
        {
            let text = said(line, Lang::En);
            assert!(text.starts_with("error: ") && !text.contains(BETWEEN) && text.is_ascii(), "{line}: {text}");
        }
    }

    #[test]
    fn the_language_is_the_one_asked_for() {
        assert!(said("yilan --help --lang zh", Lang::En).contains("用法："));
        assert!(said("yilan --lang=en list --help", Lang::Zh).contains("Usage:"));
        for line in ["yilan --help", "yilan -h", "yilan list --help", "yilan help search", "yilan config --help"] {
            let text = said(line, Lang::Zh);
            assert!(text.contains("用法：yilan"), "{line}: {text}");
            for word in ["Usage", "OPTIONS", "Options", "Commands", "Arguments", "Print", "[default", "possible values"]
            {
                assert!(!text.contains(word), "{line}: {word}: {text}");
            }
        }
    }
}
