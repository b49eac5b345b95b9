//! `yilan doctor`: what the terminal says of itself, and a ruler to check by eye.
//!
//! In: the settings. Out: lines on standard output. Nothing is opened, nothing changed.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};

use super::probe;
use crate::config::theme::{Capability, Depth};
use crate::config::{AmbiguousWidth, Config, Paths};
use crate::store::Traffic;
use crate::text::Lang;
use crate::text::width::{Ambiguous, char_width, fit};

/// Asked one by one; the last is of no doubt and shows whether the terminal can be believed.
const ASKED: [char; 9] = ['“', '”', '‘', '—', '…', '·', '①', '○', '汉'];
/// Somebody waits for this, but not long.
const PATIENCE: Duration = Duration::from_millis(500);

/// Asks and prints.
///
/// # Errors
/// When standard output takes nothing more.
pub fn doctor(config: &Config, places: &Paths, lang: Lang) -> io::Result<()> {
    let answered = if io::stdin().is_terminal() && io::stdout().is_terminal() { interview()? } else { Vec::new() };
    let mut out = io::stdout().lock();
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| "-".into());
    let mut row = |name: &str, value: String| writeln!(out, "{name:<14}{value}");
    row("yilan", env!("CARGO_PKG_VERSION").into())?;
    for name in ["TERM", "COLORTERM", "LANG", "LC_ALL", "NO_COLOR", "TMUX", "SSH_TTY"] {
        row(name, variable(name))?;
    }
    row("size", size().map_or_else(|_| "-".into(), |(columns, rows)| format!("{columns}x{rows}")))?;
    let capability = Capability::of_env(|name| std::env::var(name).ok());
    let depth = match capability.depth {
        Depth::Mono => "mono",
        Depth::Ansi16 => "16",
        Depth::Indexed => "256",
        Depth::True => "truecolor",
    };
    row("colours", format!("{depth}, {}", if capability.light { "light" } else { "dark" }))?;
    for (name, path) in [
        ("config", places.config_file.as_ref()),
        ("state", places.state_dir.as_ref()),
        ("cache", places.cache_dir.as_ref()),
    ] {
        row(name, path.map_or_else(|| "-".into(), |p| p.display().to_string()))?;
    }
    let said = places.state_dir.as_deref().and_then(Traffic::kept).map(|last| describe(&last, lang));
    row("sent", said.unwrap_or_else(|| "-".into()))?;
    writeln!(out)?;
    write_widths(&mut out, &answered, config.view.ambiguous, lang)?;
    write_ruler(&mut out, lang)
}

/// What the last session sent.
fn describe(last: &Traffic, lang: Lang) -> String {
    let Traffic { frames, bytes, largest } = last;
    match lang {
        Lang::Zh => {
            format!("上次使用：{bytes} 字节，{frames} 帧，平均 {} 字节一帧，最多 {largest} 字节", last.mean())
        }
        Lang::En => format!("last session: {bytes} bytes, {frames} frames, {} a frame, {largest} at most", last.mean()),
    }
}

/// Asks the terminal, whatever happens giving it back.
fn interview() -> io::Result<Vec<u16>> {
    enable_raw_mode()?;
    let asked = probe::ask(&mut io::stdout(), &ASKED);
    let answer = probe::listen(ASKED.len(), Instant::now() + PATIENCE);
    disable_raw_mode()?;
    asked?;
    Ok(answer)
}

fn write_widths(out: &mut impl Write, answered: &[u16], setting: AmbiguousWidth, lang: Lang) -> io::Result<()> {
    if answered.is_empty() {
        writeln!(out, "{}", lang.pick("终端没有回答光标位置；歧义宽度按窄处理，可用 --ambiguous wide 改", "the terminal does not say where its cursor is; ambiguous characters are taken as narrow (--ambiguous wide changes that)"))?;
    }
    for (character, columns) in ASKED.iter().zip(answered) {
        writeln!(
            out,
            "{character}  {} {columns}   ({} {}, {} {})",
            lang.pick("终端", "terminal"),
            lang.pick("窄", "narrow"),
            char_width(*character, Ambiguous::Narrow),
            lang.pick("宽", "wide"),
            char_width(*character, Ambiguous::Wide)
        )?;
    }
    let decided = match (setting, answered.first()) {
        (AmbiguousWidth::Wide, _) | (AmbiguousWidth::Auto, Some(2)) => "wide",
        _ => "narrow",
    };
    writeln!(out, "ambiguous     {} → {decided}\n", setting.name())
}

/// Rows that end under the same column if, and only if, widths are as the first column says.
fn write_ruler(out: &mut impl Write, lang: Lang) -> io::Result<()> {
    writeln!(out, "{}", lang.pick("下面每行右端的 | 应当对齐；没有对齐的一行说明终端的宽度与它的名字不同：", "the bars at the right should be in one column; a row whose bar is not says that the terminal's widths are not as its name:"))?;
    let rows = [
        ("ascii", "01234567890123456789"),
        ("汉字", "一览城市工作报告全文"),
        ("narrow", "“”‘’—…·①○●“”‘’—…·①○●"),
        ("wide", "“”‘’—…·①○●"),
    ];
    for (name, row) in rows {
        writeln!(out, "{}{row}|", fit(name, 10, Ambiguous::Narrow))?;
    }
    Ok(())
}
