//! The terminal: entered, drawn on, and given back whatever happens.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;

use super::canvas::{Ability, CompactBackend};
use crate::app::App;
use crate::config::theme::Theme;
use crate::store::Traffic;
use crate::view;

/// Whether the terminal is ours now. A panic in any thread must be able to tell.
static OURS: AtomicBool = AtomicBool::new(false);

/// A frame of a large screen fits, so that it is sent in one piece.
const FRAME: usize = 1 << 16;

/// The terminal while it is ours. Dropping it gives the terminal back.
pub(super) struct TerminalScreen {
    /// Dropped by hand: the library's own drop prints to standard error when the terminal is gone, and panics if that
    /// is gone too.
    terminal: ManuallyDrop<Canvas>,
    mouse: bool,
}

impl TerminalScreen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is none that can be used so.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        hook_panics();
        take(mouse)?;
        let terminal = ManuallyDrop::new(canvas().inspect_err(|_| give_back())?);
        Ok(Self { terminal, mouse })
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// When the terminal does not say.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws the state.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        if !OURS.load(Ordering::Acquire) {
            return Ok(());
        }
        self.terminal.draw(|frame| view::draw(app, theme, frame))?;
        Ok(())
    }

    /// Forgets what the terminal shows: the next frame clears it and is drawn whole.
    pub fn forget(&mut self) {
        self.terminal.backend_mut().forget();
    }

    /// The terminal said that it moves rows between side margins.
    pub fn scroll_sides(&mut self) {
        self.terminal.backend_mut().scroll_sides();
    }

    /// Asks the terminal whether it moves rows between side margins (DECRQM of mode 69), if that is harmless.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ask_for_sides(&mut self) -> io::Result<()> {
        let named = |name: &str| std::env::var(name).unwrap_or_default();
        if Ability::can_be_asked(&named("TERM"), &named("TERM_PROGRAM")) { self.send("\x1b[?69$p") } else { Ok(()) }
    }

    /// What was sent since the terminal was taken.
    pub fn traffic(&self) -> Traffic {
        self.terminal.backend().sent()
    }

    /// Sends the terminal a sequence that draws nothing.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        execute!(io::stdout(), Print(sequence))
    }

    /// Gives the terminal away for as long as `others` use it.
    ///
    /// # Errors
    /// When it cannot be had back.
    pub fn lend<T>(&mut self, others: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let outcome = others();
        self.retake()?;
        Ok(outcome)
    }

    /// Takes the terminal again after somebody else used it.
    ///
    /// # Errors
    /// When it cannot be had back.
    pub fn retake(&mut self) -> io::Result<()> {
        take(self.mouse)?;
        self.forget();
        Ok(())
    }
}

impl Drop for TerminalScreen {
    fn drop(&mut self) {
        give_back();
    }
}

type Canvas = Terminal<CompactBackend<BufWriter<Stdout>>>;

/// What is drawn on; the first frame clears it.
fn canvas() -> io::Result<Canvas> {
    let ability = Ability::of_term(&std::env::var("TERM").unwrap_or_default());
    Terminal::new(CompactBackend::new(BufWriter::with_capacity(FRAME, io::stdout()), ability))
}

/// Clicks, the wheel and dragging; not every movement of the mouse, which means nothing here and would wake the loop.
#[cfg(unix)]
fn take_mouse(out: &mut impl Write) -> io::Result<()> {
    queue!(out, Print("\x1b[?1000h\x1b[?1002h\x1b[?1006h"))
}

#[cfg(not(unix))]
fn take_mouse(out: &mut impl Write) -> io::Result<()> {
    queue!(out, crossterm::event::EnableMouseCapture)
}

/// What is asked of the terminal goes out with what is drawn next, in one piece.
fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::Release);
    let mut out = io::stdout();
    let entered = queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide);
    let entered = if mouse { entered.and_then(|()| take_mouse(&mut out)) } else { entered };
    entered.inspect_err(|_| give_back())
}

/// Gives the terminal back; does nothing when it is not ours. Errors are passed over: there is nobody to tell.
fn give_back() {
    if !OURS.swap(false, Ordering::AcqRel) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// Before a panic says what happened, the terminal is one on which that can be read.
fn hook_panics() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let say = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // Of a panic that ends as an issue nothing need be read: the screen stays.
            if crate::corpus::is_contained() {
                return;
            }
            give_back();
            say(info);
        }));
    });
}
