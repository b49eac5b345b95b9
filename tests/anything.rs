//! Whatever a person does, in whatever order, at whatever size, while the corpus grows: nothing panics, what is selected
//! stands in its list, and a count equals the hits that open.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{MouseButton, MouseEventKind};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use support::corpus::{document, drafts};
use support::stage::Stage;
use yilan::testing::app::session::Session;
use yilan::testing::app::{Event, Look};
use yilan::testing::command::Action;
use yilan::testing::corpus::Corpus;
use yilan::testing::text::width::Ambiguous;

#[derive(Debug, Clone)]
enum Step {
    Key(usize),
    Text(&'static str),
    Mouse(MouseEventKind, u16, u16),
    Resize(u16, u16),
    Paste(String),
    Wide(bool),
    Grow,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let texts = ["水", "渠", "村", "“", "|", "-", "~", "re:", "py:", "city:", "shui", "qu", " ", "\"", "(", "9", "\\d"];
    let kinds = [
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
    ];
    let step = prop_oneof![
        24 => (0..1000usize).prop_map(Step::Key),
        6 => prop::sample::select(texts.to_vec()).prop_map(Step::Text),
        4 => (prop::sample::select(kinds.to_vec()), 0..130u16, 0..45u16).prop_map(|(kind, x, y)| Step::Mouse(kind, x, y)),
        2 => (0..140u16, 0..45u16).prop_map(|(w, h)| Step::Resize(w, h)),
        1 => "[水渠\n\u{1b}a]{0,4}".prop_map(Step::Paste),
        1 => any::<bool>().prop_map(Step::Wide),
        1 => Just(Step::Grow),
    ];
    prop::collection::vec(step, 1..60)
}

fn part(documents: usize) -> Corpus {
    let mut corpus = Corpus::new(support::corpus::corpus().roots().to_vec(), false);
    for draft in drafts().iter().take(documents) {
        corpus.push(Arc::new(document(draft)));
    }
    corpus
}

fn check(stage: &Stage) -> Result<(), TestCaseError> {
    let app = &stage.app;
    if let Some((id, document, report)) = app.opened() {
        prop_assert!(report.covers(document.line_at(app.reading.page.here())), "reading stands in the open report");
        let open = app.search.hits_in(id).len();
        let counted = app.search.found().iter().find(|count| count.report == id).map_or(0, |count| count.hits as usize);
        if app.search.query.is_some() && !app.search.running {
            prop_assert_eq!(open, counted, "a count equals the hits that open");
        }
    }
    if !app.search.running {
        let sum: u64 = app.search.found().iter().map(|count| u64::from(count.hits)).sum();
        prop_assert_eq!(sum, app.search.counts.total);
    }
    for pin in app.search.pins.list.iter().filter(|pin| !pin.running) {
        let sum: u64 = app.corpus.place_ids().map(|place| u64::from(pin.of_place(place))).sum();
        prop_assert_eq!(sum, pin.counts.total);
    }
    if let Some(list) = app.search.concordance.as_ref().filter(|list| list.total > 0) {
        prop_assert!(list.selected < list.total && list.scroll.top < list.total);
    }
    Ok(())
}

/// How many events there shall be, where somebody asks for more than the suite has.
fn wanted() -> Option<usize> {
    std::env::var("YILAN_EVENTS").ok()?.parse().ok()
}

/// `YILAN_EVENTS=1000000 cargo test --test anything -- --nocapture`: so many events in sessions of random length, each
/// session another; at the end how many there were.
#[test]
fn as_many_events_as_are_wanted() {
    let Some(wanted) = wanted() else { return };
    let begun = Instant::now();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(u32::MAX));
    let inputs = (steps(), 0..140u16, 0..45u16);
    let (mut events, mut sessions, mut longest) = (0, 0, Duration::ZERO);
    while events < wanted {
        let session = inputs.new_tree(&mut runner).expect("a session").current();
        let begun = Instant::now();
        if let Err(failure) = perform(session.clone()) {
            panic!("{failure}: {session:?}");
        }
        longest = longest.max(begun.elapsed());
        (events, sessions) = (events + session.0.len(), sessions + 1);
    }
    println!("{events} events in {sessions} sessions in {:?}, the longest session {longest:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_can_be_done_does_harm(steps in steps(), width in 0..140u16, height in 0..45u16) {
        perform((steps, width, height))?;
    }
}

/// One session: what a person does at a terminal of a size, from the start.
fn perform((steps, width, height): (Vec<Step>, u16, u16)) -> Result<(), TestCaseError> {
    let keys: Vec<&str> = Action::ALL.iter().flat_map(|action| action.default_keys()).copied().collect();
    let mut stage = Stage::empty(width, height, Look::default(), Session::default());
    let mut documents = 1;
    stage.load_part(part(documents), false);
    for step in steps {
        match step {
            Step::Key(n) => stage.keys(keys[n % keys.len()]),
            Step::Text(text) => {
                stage.keys("/");
                stage.send(Event::Paste(text.to_owned()));
            }
            Step::Mouse(kind, x, y) => stage.mouse(kind, x, y),
            Step::Resize(width, height) => stage.resize(width, height),
            Step::Paste(text) => stage.send(Event::Paste(text)),
            Step::Wide(wide) => stage.send(Event::Ambiguous(if wide { Ambiguous::Wide } else { Ambiguous::Narrow })),
            Step::Grow => {
                documents = (documents + 1).min(drafts().len());
                stage.load_part(part(documents), documents == drafts().len());
            }
        }
        check(&stage)?;
    }
    Ok(())
}
