//! `yilan man`: the manual, a page for the program and one for every command. In: the command line in a language, the table of
//! actions. Out: roff. Does not know about: how a page is shown.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::in_language::in_language;
use super::{Arguments, Outcome, Setting, say};
use crate::command::{Action, ActionGroup};
use crate::config::Paths;
use crate::store::atomic;
use crate::text::Lang;

/// A line of a section: what it is of, and what is said of it in Chinese and English.
type Told = (&'static str, &'static str, &'static str);

/// Where files are.
const FILES: &[Told] = &[
    (
        "~/.config/yilan/config.toml",
        "设置；yilan config path 打印实际位置，yilan config default 打印逐项说明",
        "settings; yilan config path prints where it really is, yilan config default what can be set",
    ),
    (
        "~/.config/yilan/words.txt",
        "自己的词表，每行一词；! 开头的是拒绝的短语",
        "words of your own, one a line; ! begins a refused phrase",
    ),
    (
        "~/.config/yilan/indicators.toml",
        "自己的指标，供 yilan targets 使用",
        "indicators of your own, for yilan targets",
    ),
    (Paths::SYSTEM_FILE, "管理员的设置；只看 secure", "an administrator's settings; only secure counts"),
    (
        "yilan.toml",
        "放在文件旁边：对编码、地方、标题、边界等的更正",
        "beside documents: what a person says of their encoding, places, titles, borders",
    ),
    ("~/.local/state/yilan/", "阅读位置、标记、摘录", "the reading position, marks, clips"),
    ("~/.cache/yilan/", "可以随时删除的缓存", "caches, which can be deleted at any time"),
];

/// What the environment says.
const ENVIRONMENT: &[Told] = &[
    (Paths::CONFIG_VARIABLE, "改用这个配置文件", "a config file to use instead of the usual one"),
    (Paths::STATE_VARIABLE, "改用这个状态文件夹", "a folder for state instead of the usual one"),
    (Paths::CACHE_VARIABLE, "改用这个缓存文件夹", "a folder for caches instead of the usual one"),
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "界面语言：取第一个不空的；中文或未设为中文，其他为英文",
        "the language: the first that is not empty; Chinese where it is Chinese or none is set, else English",
    ),
    (
        "NO_COLOR, COLORTERM, TERM, COLORFGBG",
        "终端能显示哪些颜色、底色深浅",
        "which colours the terminal shows, and on which background",
    ),
    ("VISUAL, EDITOR", "按 e 时启动的编辑器", "the editor that e starts"),
    ("WAYLAND_DISPLAY, DISPLAY, TMUX", "复制送往哪里", "where copies go"),
];

/// How the program ends.
const EXIT: &[Told] = &[
    ("0", "找到或完成", "found or done"),
    ("1", "没有找到，或没有选", "nothing found, or nothing chosen"),
    ("2", "用法、设置或路径有误", "wrong usage, settings or paths"),
];

/// Headings as the library writes them.
const HEADINGS: &[(&str, &str)] = &[
    ("NAME", "名称"),
    ("SYNOPSIS", "提要"),
    ("DESCRIPTION", "描述"),
    ("OPTIONS", "选项"),
    ("SUBCOMMANDS", "命令"),
    ("EXTRA", "说明"),
    ("VERSION", "版本"),
];

/// Prints the page of the program or of a command; with a folder, writes all pages there.
pub fn write(out: &mut dyn Write, name: Option<&str>, to: Option<&Path>, setting: &Setting) -> io::Result<Outcome> {
    let lang = setting.lang;
    let mut whole = in_language(without_help(Arguments::command()), lang, None);
    whole.build();
    if let Some(folder) = to {
        if setting.config.secure {
            say(lang.pick("安全模式：不写文件", "secure: no file is written"));
            return Ok(Outcome::Wrong);
        }
        atomic::make_folder(folder)?;
        let mut all = Vec::new();
        collect(&whole, &mut all);
        for (number, command) in all.iter().enumerate() {
            let name = command.get_display_name().unwrap_or_else(|| command.get_name());
            atomic::replace(&folder.join(format!("{name}.1")), page(command, number == 0, lang)?.as_bytes())?;
        }
        return Ok(Outcome::Found);
    }
    let command = match name {
        None => Some(&whole),
        Some(name) => whole.find_subcommand(name),
    };
    let Some(command) = command else {
        let words = lang.pick("没有这个命令", "there is no such command");
        say(&format!("{words}: {}", name.unwrap_or_default()));
        return Ok(Outcome::Wrong);
    };
    out.write_all(page(command, name.is_none(), lang)?.as_bytes())?;
    Ok(Outcome::Found)
}

/// Help on help needs no page.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

fn collect<'c>(command: &'c Command, all: &mut Vec<&'c Command>) {
    all.push(command);
    command.get_subcommands().for_each(|below| collect(below, all));
}

/// One page.
fn page(command: &Command, whole: bool, lang: Lang) -> io::Result<String> {
    let mut bytes = Vec::new();
    Man::new(command.clone()).render(&mut bytes)?;
    let rendered = String::from_utf8_lossy(&bytes);
    let mut text: String = rendered.lines().map(|line| heading(line, lang) + "\n").collect();
    if whole {
        section(&mut text, lang.pick("文件", "FILES"), FILES, lang);
        section(&mut text, lang.pick("环境变量", "ENVIRONMENT"), ENVIRONMENT, lang);
        let _ = writeln!(text, ".SH {}", lang.pick("按键", "KEYS"));
        ActionGroup::ALL.into_iter().for_each(|group| keys(&mut text, group, lang));
    }
    section(&mut text, lang.pick("退出状态", "\"EXIT STATUS\""), EXIT, lang);
    if !whole {
        let _ = writeln!(text, ".SH {}\n\\fByilan\\fR(1)", lang.pick("另见", "\"SEE ALSO\""));
    }
    Ok(text)
}

fn heading(line: &str, lang: Lang) -> String {
    let name = line.strip_prefix(".SH ").map(|name| name.trim_matches('"'));
    match name.and_then(|name| HEADINGS.iter().find(|(en, _)| *en == name)) {
        Some(("EXTRA", _)) if lang == Lang::En => ".SH NOTES".to_owned(),
        Some((_, zh)) if lang == Lang::Zh => format!(".SH {zh}"),
        _ => line.to_owned(),
    }
}

fn section(text: &mut String, title: &str, lines: &[Told], lang: Lang) {
    // Writing to memory cannot fail.
    let _ = writeln!(text, ".SH {title}");
    for (name, zh, en) in lines {
        entry(text, name, lang.pick(zh, en));
    }
}

/// The keys of a group of actions, as they are unless the settings say otherwise.
fn keys(text: &mut String, group: ActionGroup, lang: Lang) {
    let _ = writeln!(text, ".SS {}", group.title(lang));
    for action in Action::ALL.iter().filter(|action| action.group() == group) {
        entry(text, &action.default_keys().join(", "), action.doc(lang));
    }
}

fn entry(text: &mut String, name: &str, said: &str) {
    let _ = writeln!(text, ".TP\n\\fB{}\\fR\n{}", escaped(name), escaped(said));
}

/// Text as roff takes it for text.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
