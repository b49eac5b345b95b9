//! From arguments to the explorer or a subcommand. In: arguments. Out: an exit code. Does not know about: everything between.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::{self, Arguments, Command, Outcome, Setting, say};
use crate::corpus::IssueKind;
use crate::index::quotation::Permalink;
use crate::run::{self, Launch};
use crate::text::Lang;
use clap::Parser;

/// Runs the program: reads the arguments, does what they ask, says how it ended.
pub fn start() -> ExitCode {
    crate::corpus::hush_contained();
    crate::corpus::serve_child();
    let arguments = Arguments::parse();
    let setting = match Setting::read(&arguments) {
        Ok(setting) => setting,
        Err(message) => {
            say(&message);
            return Outcome::Wrong.code();
        }
    };
    // Where no program may be started, not even this one is started again.
    if !setting.config.secure {
        crate::corpus::allow_child();
    }
    match arguments.command {
        Some(Command::Doctor) => match run::doctor(&setting.config, &setting.places, setting.lang) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                say(&error.to_string());
                Outcome::Wrong.code()
            }
        },
        Some(Command::Open { link, paths }) => open_link(&link, &paths, arguments.general.options(), setting),
        Some(command) => cli::run(&command, &setting),
        None => explore(&arguments.paths, arguments.general.options(), setting, None),
    }
}

/// Opens the explorer, unless it is plain that there is nothing to open or nobody to see it.
fn explore(given: &[PathBuf], options: Vec<String>, setting: Setting, link: Option<Permalink>) -> ExitCode {
    let lang = setting.lang;
    let paths = cli::paths_or_configured(given, &setting);
    // A path that is only partly readable opens, with issues; one that is a typing error should not.
    if !paths.is_empty() && paths.iter().all(|path| matches!(path.try_exists(), Ok(false))) {
        for path in &paths {
            say(&format!("{}: {}", path.display(), IssueKind::Missing.message(lang)));
        }
        if let Some(command) = given.first().and_then(|word| cli::suggested(&word.to_string_lossy())) {
            say(&match lang {
                Lang::Zh => format!("没有这个命令；是不是 yilan {command}？"),
                Lang::En => format!("there is no such command; did you mean yilan {command}?"),
            });
        }
        say(lang.pick("命令和用法见 yilan --help", "for commands and usage see yilan --help"));
        return Outcome::Wrong.code();
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        say(lang.pick(
            "浏览界面需要终端；输出到文件或管道请用 yilan list、show、search 等命令",
            "the explorer needs a terminal; for files and pipes use yilan list, show, search…",
        ));
        return Outcome::Wrong.code();
    }
    let launch = Launch {
        sample: paths.is_empty(),
        paths,
        encoding: setting.encoding,
        config: setting.config,
        lang,
        link,
        places: setting.places,
        options,
        command_line: cli::perform,
    };
    run::explore(launch).unwrap_or_else(|error| {
        say(&format!("{}: {error}", lang.pick("无法使用终端", "the terminal cannot be used")));
        Outcome::Wrong.code()
    })
}

/// Opens the passage of a link: in the explorer, or printed where nobody sees a screen.
fn open_link(text: &str, paths: &[PathBuf], options: Vec<String>, setting: Setting) -> ExitCode {
    let Some(link) = Permalink::parse(text) else {
        let words = setting.lang.pick("不是 yilan://passage/… 链接", "no link of the form yilan://passage/…");
        say(&format!("{words}: {text}"));
        return Outcome::Wrong.code();
    };
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return explore(paths, options, setting, Some(link));
    }
    cli::print_passage(link, paths, &setting)
}
