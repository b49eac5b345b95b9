//! Floor 10: the terminal, threads and the event loop.
//!
//! In: what to open and how. Out: a screen, until the user leaves. The loop is short: block for an event, take what else
//! has come, draw once. Does not know about: what events mean (see `app`), what the screen looks like (see `view`).

mod canvas;
mod clipboard;
mod doctor;
mod editor;
mod event_loop;
mod input;
mod keyboard;
mod launch;
mod message;
mod passage_keeper;
mod probe;
mod reader;
mod session_writer;
mod signals;
mod terminal;
mod tty;
mod watch_toggle;

pub use doctor::doctor;
pub use launch::Launch;
pub use tty::{KeptOutput, draw_on_terminal, has_terminal, take_keys_from_terminal};

use std::io;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, mpsc};

use clipboard::Clipboard;
use message::{Message, spawn};
use passage_keeper::PassageKeeper;

use crate::app::notice::Notice;
use crate::app::screen::panel_widths::PanelWidths;
use crate::app::terms::comparison::Layers;
use crate::app::views::phrase_decisions::PhraseDecisions;
use crate::app::{App, Event, Look};
use crate::config::theme::{Capability, Theme};
use crate::config::{AmbiguousWidth, Background};
use crate::corpus::Corpus;
use crate::engine::{Engine, Workers};
use crate::index::quotation::ChosenSource;
use crate::store::marks;
use crate::store::session::{self, Keeper};
use crate::text::width::Ambiguous;

/// Opens the screen and stays until the user leaves; what was chosen, where something was to be.
///
/// # Errors
/// When the terminal cannot be used.
pub fn explore(launch: Launch) -> io::Result<(ExitCode, Option<ChosenSource>)> {
    let (send, receive) = mpsc::channel();
    // Reading begins before the terminal is set up: both take about as long.
    let toggle = Arc::new(watch_toggle::WatchToggle::new(launch.config.corpus.watch && !launch.sample));
    let stop_reading = Arc::new(AtomicBool::new(false));
    reader::start(reader::ReadRequest::of(&launch), &toggle, &stop_reading, &send);
    let (session, told) = session::load(launch.places.state_dir.as_deref(), launch.lang);
    let keymap = launch.config.keymap().map_err(|error| io::Error::other(format!("{error:?}")))?;
    let theme = Theme::chosen(
        &launch.config.view.theme,
        &launch.config.theme,
        Capability::of_env(|name| std::env::var(name).ok()),
    );
    let theme = match launch.config.view.background {
        Background::Theme => theme,
        Background::Terminal => theme.unpainted(),
    };
    let look = Look {
        lang: launch.lang,
        text_width: launch.config.view.text_width,
        ambiguous: match launch.config.view.ambiguous {
            AmbiguousWidth::Wide => Ambiguous::Wide,
            AmbiguousWidth::Narrow | AmbiguousWidth::Auto => Ambiguous::Narrow,
        },
    };
    let corpus = Corpus::new(launch.paths.clone(), launch.sample);
    // Before the size is asked for, so that no change of it is missed.
    signals::start(&send)?;
    let mut screen = terminal::TerminalScreen::enter(launch.config.view.mouse)?;
    let terms = &launch.config.terms;
    let layers = Layers {
        function: terms.function_words,
        filler: terms.filler_words,
        names: terms.own_names,
        ..Layers::default()
    };
    let decisions = PhraseDecisions {
        accepted: terms.user_words.iter().cloned().collect(),
        refused: terms.refused_words.iter().cloned().collect(),
    };
    let mut app = App::new(corpus, look, keymap, session, screen.size()?).with_words(
        launch.config.keyword_groups(),
        layers,
        decisions,
    );
    app.screen.options.clone_from(&launch.options);
    let view = &launch.config.view;
    app.screen.widths = app.screen.widths.or(PanelWidths::of_settings(view.cities_width, view.keywords_width));
    app.reading.kept.form = launch.config.copy.form;
    let (marks, unread) = match launch.places.state_dir.as_deref().map(|folder| marks::load(folder, launch.lang)) {
        Some(Err(why)) => (Vec::new(), Some(why)),
        read => (read.and_then(Result::ok).unwrap_or_default(), None),
    };
    app = app.with_marks(marks).wanting(launch.link);
    if let Some((kind, query)) = &launch.pick {
        app = app.picking(*kind, query.as_deref());
    }
    if let Some(told) = told.or(unread) {
        app.update(Event::Notice(Notice::trouble(told)));
    }
    app.welcome();
    app.update(Event::Watching(launch.config.corpus.watch && !launch.sample));
    // The answers come through the input thread, after the first frame.
    let _ = screen.ask_for_sides();
    let asked = (launch.config.view.ambiguous == AmbiguousWidth::Auto)
        .then(|| probe::ask(&mut io::stdout(), &[probe::TELLING]))
        .is_some_and(|asked| asked.is_ok());
    input::start(&send, asked);
    // Where another program asks for one passage, the next run goes on where the last one of the user's own ended.
    let keeper = Arc::new(Keeper::new(launch.places.state_dir.clone().filter(|_| launch.pick.is_none())));
    let workers = Workers::new(&launch.config, launch.places.cache_dir.clone(), launch.lang);
    let engine = Engine::new(workers.answering(launch.command_line));
    let post = send.clone();
    // A closed channel means the program is ending.
    engine.start(|name, task| spawn(name, &send, task), &move |event| drop(post.send(Message::Event(event))));
    let writer = session_writer::SessionWriter::start(&keeper, launch.lang, &send);
    let kept = PassageKeeper::start(
        launch.places.state_dir.clone(),
        launch.places.groups_file.clone(),
        launch.config.secure,
        launch.lang,
        &send,
    );
    let clipboard = Clipboard::new(launch.config.copy.clipboard, launch.lang, send.clone());
    let behind =
        event_loop::Behind { engine, toggle, stop_reading, writer, secure: launch.config.secure, kept, clipboard };
    let ended = event_loop::run(&mut app, &theme, &mut screen, &receive, &behind);
    // Before the terminal is given back, which may be gone.
    let saved = keeper.save(u64::MAX, &app.session());
    if let Some(folder) = &launch.places.state_dir {
        // For `yilan doctor` only: not worth a word where it cannot be kept.
        let _ = screen.traffic().keep(folder);
    }
    drop(screen);
    // All that was to be kept is written before the program ends.
    drop(behind);
    match ended {
        event_loop::End::Left => {
            if let Err(error) = saved {
                let words = launch.lang.pick("阅读位置没有保存", "the reading position was not saved");
                // Standard error may be the terminal that is gone.
                let _ = io::Write::write_fmt(&mut io::stderr(), format_args!("yilan: {words}: {error}\n"));
            }
            Ok((if launch.pick.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }, None))
        }
        event_loop::End::Chosen(chosen) => Ok((ExitCode::SUCCESS, Some(*chosen))),
        event_loop::End::TerminalGone => Ok((ExitCode::FAILURE, None)),
        event_loop::End::Broken(Some(panic)) => std::panic::resume_unwind(panic),
        // The thread that panicked has said why.
        event_loop::End::Broken(None) => Ok((ExitCode::from(101), None)),
    }
}
