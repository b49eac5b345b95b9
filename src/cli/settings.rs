//! From the command line to what holds for the run, and `yilan config`. In: arguments, environment, config file. Out: a
//! [`Setting`], or the message that says why not. Does not know about: what the settings are used for.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use super::{Arguments, Command, ConfigCommand, General, Outcome, Setting, say};
use crate::config::{AmbiguousWidth, Config, ConfigError, Language, Paths, ThemeChoice, language, theme_names};
use crate::text::Lang;

impl Setting {
    /// What the arguments, the config file and the environment say. Commands that explain the program itself do without
    /// a config file that is broken, so that it can be mended with their help.
    ///
    /// # Errors
    /// The message to show, when the config file cannot be used.
    pub fn read(arguments: &Arguments) -> Result<Self, String> {
        let general = &arguments.general;
        let places = Paths::discover(general.config.as_deref(), |name| env::var_os(name));
        let explains = matches!(
            arguments.command,
            Some(Command::Config { .. } | Command::Completions { .. } | Command::Man { .. })
        );
        let mut config = if explains {
            load(&places).ok().flatten().unwrap_or_default()
        } else {
            let told = |error: Box<ConfigError>| error.message(language_of(general, Language::Auto));
            let mut config = load(&places).map_err(told)?.unwrap_or_default();
            if let Some(words) = &places.words_file {
                config.add_words(words).map_err(|error| told(Box::new(error)))?;
            }
            if let Some(file) = &places.groups_file {
                config.add_groups(file).map_err(|error| told(Box::new(error)))?;
            }
            if let Some(file) = &places.config_file {
                config.add_indicators(file).map_err(|error| told(Box::new(error)))?;
            }
            config
        };
        if let Some(theme) = &general.theme {
            let valid = theme_names(&config.theme);
            if !valid.contains(theme) {
                return Err(match language_of(general, config.language) {
                    Lang::Zh => format!("--theme 的值不能是 {theme}；可用：{}", valid.join("、")),
                    Lang::En => format!("--theme cannot be {theme}; valid: {}", valid.join(", ")),
                });
            }
            config.view.theme = ThemeChoice(theme.clone());
        }
        if let Some(width) = general.ambiguous.as_deref().and_then(AmbiguousWidth::from_name) {
            config.view.ambiguous = width;
        }
        config.corpus.cache &= !general.no_cache;
        config.corpus.watch |= arguments.watch;
        config.secure |= general.secure || is_secured(general)?;
        let places = if config.secure { secured(&mut config, places) } else { places };
        let (lang, progress) = (language_of(general, config.language), !general.no_progress);
        Ok(Self { lang, progress, encoding: general.encoding, config, places })
    }
}

/// Whether an administrator wants nothing to be started and written. A file that cannot be read wants it.
fn is_secured(general: &General) -> Result<bool, String> {
    let file = system_file();
    match Config::load(&file) {
        Ok(config) => Ok(config.secure),
        Err(error) if error.is_missing() => Ok(false),
        Err(error) => Err(error.message(language_of(general, Language::Auto))),
    }
}

/// Lets a test have a file of its own; not in release builds, where it would be a way round.
fn system_file() -> PathBuf {
    #[cfg(debug_assertions)]
    if let Some(file) = env::var_os("YILAN_TEST_SYSTEM_CONFIG") {
        return file.into();
    }
    Paths::SYSTEM_FILE.into()
}

/// Takes away whatever would be written to.
fn secured(config: &mut Config, places: Paths) -> Paths {
    config.corpus.cache = false;
    config.terms.user_words_file = None;
    Paths { state_dir: None, cache_dir: None, groups_file: None, ..places }
}

fn language_of(general: &General, setting: Language) -> Lang {
    language::resolve(general.lang, setting, |name| env::var(name).ok())
}

/// The language of help and of what is wrong with arguments: as asked for, else by the settings where they can be read, else by
/// the locale.
pub fn language(asked: Option<Lang>) -> Lang {
    let places = Paths::discover(None, |name| env::var_os(name));
    let setting = load(&places).ok().flatten().map_or(Language::Auto, |config| config.language);
    language::resolve(asked, setting, |name| env::var(name).ok())
}

/// The config file's settings; `None` where there is no such file and none was named.
fn load(places: &Paths) -> Result<Option<Config>, Box<ConfigError>> {
    let Some(path) = &places.config_file else { return Ok(None) };
    // A file that cannot be looked at counts as there: reading it then says why.
    if !places.config_named && matches!(path.try_exists(), Ok(false)) {
        return Ok(None);
    }
    Ok(Some(Config::load(path)?))
}

/// `yilan config path` and `check`.
pub fn answer(out: &mut dyn Write, action: ConfigCommand, setting: &Setting) -> io::Result<Outcome> {
    let lang = setting.lang;
    let Some(path) = &setting.places.config_file else {
        say(lang.pick(
            "没有个人主目录；请用 --config 指定配置文件",
            "there is no home directory; name a file with --config",
        ));
        return Ok(Outcome::Nothing);
    };
    if matches!(action, ConfigCommand::Path) {
        writeln!(out, "{}", path.display())?;
        return Ok(Outcome::Found);
    }
    match load(&setting.places) {
        Ok(Some(_)) => writeln!(out, "{}: {}", path.display(), lang.pick("没有问题", "no problem"))?,
        Ok(None) => writeln!(
            out,
            "{}: {}",
            path.display(),
            lang.pick("没有这个文件，使用默认设置", "there is no such file; the defaults hold")
        )?,
        Err(_) => {
            for error in Config::problems(path) {
                say(&error.message(lang));
            }
            return Ok(Outcome::Wrong);
        }
    }
    Ok(Outcome::Found)
}
