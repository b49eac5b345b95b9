//! From arguments to the explorer or a subcommand. In: arguments. Out: an exit code. Does not know about: everything between.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::{self, Command, Found, Outcome, PickFlags, Setting, say};
use crate::corpus::IssueKind;
use crate::corpus::load::{gate, read_input};
use crate::index::quotation::Permalink;
use crate::run::{self, Launch};
use crate::text::Lang;

/// Runs the program: reads the arguments, does what they ask, says how it ended.
pub fn start() -> ExitCode {
    crate::corpus::hush_contained();
    crate::corpus::serve_child();
    let words: Vec<OsString> = std::env::args_os().collect();
    let arguments = match cli::read(&words, cli::settings::language) {
        Ok(arguments) => arguments,
        Err(refused) => return refused.print(),
    };
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
        Some(_) if arguments.select_1.is_some() => {
            say(setting.lang.pick("--select-1 后面不能再写命令", "--select-1 goes without a command"));
            Outcome::Wrong.code()
        }
        Some(Command::Pick { flags }) => choose(&flags, arguments.general.options(), setting),
        Some(command) => cli::run(&command, &setting),
        None if arguments.select_1.is_some() => {
            let (query, print, paths) = (arguments.select_1, arguments.print, arguments.paths);
            let flags = PickFlags { select_1: true, query, print, paths, ..PickFlags::default() };
            choose(&flags, arguments.general.options(), setting)
        }
        None => explore(&arguments.paths, arguments.general.options(), setting, Purpose::Read(None)),
    }
}

/// What the explorer is opened for.
enum Purpose<'f> {
    /// To read, beginning with a passage where one is named.
    Read(Option<Permalink>),
    /// To choose something for another program.
    Choose(&'f PickFlags),
}

/// Prints the only match, or opens the explorer to choose from.
fn choose(flags: &PickFlags, options: Vec<String>, setting: Setting) -> ExitCode {
    if let Some(query) = &flags.query {
        if flags.select_1 {
            match cli::find_one(query, flags, &setting) {
                Found::Wrong => return Outcome::Wrong.code(),
                Found::One(chosen) => {
                    let people = io::stdout().is_terminal();
                    return cli::finish(
                        |out| {
                            cli::print_chosen(out, &chosen, flags, &setting, people)?;
                            Ok(Outcome::Found)
                        },
                        setting.lang,
                    );
                }
                // A script without a screen is told at once.
                Found::Nothing if !run::has_terminal() => {
                    say(setting.lang.pick("没有找到", "nothing found"));
                    return Outcome::Nothing.code();
                }
                Found::Several if !run::has_terminal() => {
                    say(setting.lang.pick("不止一处，而没有终端可供选择", "several match, and there is no terminal"));
                    return Outcome::Wrong.code();
                }
                Found::Nothing | Found::Several => {}
            }
        } else if cli::check_query(query, flags.kind(), &setting).is_none() {
            return Outcome::Wrong.code();
        }
    }
    explore(&flags.paths, options, setting, Purpose::Choose(flags))
}

/// Opens the explorer, unless it is plain that there is nothing to open or nobody to see it.
fn explore(given: &[PathBuf], options: Vec<String>, setting: Setting, purpose: Purpose<'_>) -> ExitCode {
    let lang = setting.lang;
    let paths = cli::paths_or_configured(given, &setting);
    let piped = paths.iter().any(|path| path.as_os_str() == gate::INPUT);
    // A path that is only partly readable opens, with issues; one that is a typing error should not.
    if !piped && !paths.is_empty() && paths.iter().all(|path| matches!(path.try_exists(), Ok(false))) {
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
    let taken = match take_terminal(piped, matches!(purpose, Purpose::Choose(_)), lang) {
        Ok(taken) => taken,
        Err(code) => return code,
    };
    let launch = Launch {
        sample: paths.is_empty(),
        paths,
        encoding: setting.encoding,
        config: setting.config.clone(),
        lang,
        link: if let Purpose::Read(link) = purpose { link } else { None },
        pick: match purpose {
            Purpose::Choose(flags) => Some((flags.kind(), flags.query.clone())),
            Purpose::Read(_) => None,
        },
        places: setting.places.clone(),
        options,
        command_line: cli::perform,
    };
    match (run::explore(launch), purpose) {
        (Ok((code, Some(chosen))), Purpose::Choose(flags)) => {
            let printed = match taken {
                Some(mut out) => cli::print_chosen(&mut out, &chosen, flags, &setting, false),
                None => cli::print_chosen(&mut io::stdout(), &chosen, flags, &setting, true),
            };
            match printed {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    say(&format!("{}: {error}", lang.pick("无法写出结果", "results cannot be written")));
                    Outcome::Wrong.code()
                }
                _ => code,
            }
        }
        (Ok((code, _)), _) => code,
        (Err(error), _) => {
            say(&format!("{}: {error}", lang.pick("无法使用终端", "the terminal cannot be used")));
            Outcome::Wrong.code()
        }
    }
}

/// Sees to it that standard input and output are the terminal: what comes through a pipe is read first, and what goes into one
/// is kept for what will be chosen. `Err` where nobody would see a screen; that has been said.
fn take_terminal(piped: bool, choosing: bool, lang: Lang) -> Result<Option<run::KeptOutput>, ExitCode> {
    let needs = |hint: bool| {
        say(lang.pick(
            "浏览界面需要终端；输出到文件或管道请用 yilan list、show、search 等命令",
            "the explorer needs a terminal; for files and pipes use yilan list, show, search…",
        ));
        if hint {
            say(lang.pick("要读标准输入，请写 yilan -", "to read standard input write yilan -"));
        }
        Outcome::Wrong.code()
    };
    if !choosing && !io::stdout().is_terminal() {
        return Err(needs(false));
    }
    if piped {
        // What cannot be read is an issue, which the screen lists.
        let _ = read_input();
    }
    if !io::stdin().is_terminal() && (!(piped || choosing) || run::take_keys_from_terminal().is_err()) {
        return Err(needs(!piped && !choosing));
    }
    if io::stdout().is_terminal() {
        return Ok(None);
    }
    run::draw_on_terminal().map(Some).map_err(|_| needs(false))
}

/// Opens the passage of a link: in the explorer, or printed where nobody sees a screen.
fn open_link(text: &str, paths: &[PathBuf], options: Vec<String>, setting: Setting) -> ExitCode {
    let Some(link) = Permalink::parse(text) else {
        let words = setting.lang.pick("不是 yilan://passage/… 链接", "no link of the form yilan://passage/…");
        say(&format!("{words}: {text}"));
        return Outcome::Wrong.code();
    };
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return explore(paths, options, setting, Purpose::Read(Some(link)));
    }
    cli::print_passage(link, paths, &setting)
}
