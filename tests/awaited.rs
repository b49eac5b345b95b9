//! Long work: every lane whose answer a user waits for tells how far it has come, and Esc stops it.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::sync::Arc;

use support::stage::Stage;
use yilan::testing::app::{Effect, Event, Lane, Loaded, Look};
use yilan::testing::index::cities::CityIndex;

/// How one comes to wait for a lane: keys, what its worker tells on its way, what the screen then says. `None`: nobody waits
/// for it, what it makes ready or marks is there when it is there.
fn waiting(lane: Lane) -> Option<(&'static str, Option<Event>, &'static str)> {
    let counting = || Some(Event::Counting { counted: 9, all: 20 });
    match lane {
        Lane::Search => Some(("/ 水 enter", None, "城中的 0 0%")),
        Lane::Terms => Some(("w", counting(), "计数 45%")),
        Lane::Wording => Some(("} j j b", Some(Event::Indexing { done: 9, all: 20 }), "编索引 45%")),
        Lane::View => Some(("w u", counting(), "正在计数… 45%")),
        Lane::Export => Some(("shift-tab shift-e enter", None, "正在写")),
        Lane::Concordance => Some(("/ 水 enter v", None, "语境")),
        // Counted on beside: the board and the bottom line show what is known of each pin.
        Lane::Pins => None,
        // Made ready, marked, kept or wrapped behind what is read.
        Lane::Here | Lane::Index | Lane::Strip | Lane::Lexicon | Lane::Wrap => None,
    }
}

fn held(lane: Lane) -> Stage {
    let mut stage = Stage::empty(120, 40, Look::default(), Default::default());
    stage.count_terms();
    stage.load(support::corpus::corpus());
    stage.held = vec![lane];
    stage
}

#[test]
fn every_lane_that_is_waited_for_tells_its_progress_and_esc_stops_it() {
    let mut seen = 0;
    for lane in Lane::ALL {
        let Some((keys, told, words)) = waiting(lane) else { continue };
        let mut stage = held(lane);
        // What was counted before the lane was held.
        if lane == Lane::Terms {
            stage.keys("s");
        }
        stage.keys(keys);
        stage.writes = true;
        if let Some(event) = told {
            stage.send(event);
        }
        stage.expect(words);
        stage.cancelled.clear();
        stage.keys("esc");
        assert!(stage.cancelled.contains(&lane), "{lane:?}: {:?}\n{}", stage.cancelled, stage.picture());
        assert!(!stage.shows(words) || lane == Lane::Concordance, "{lane:?} still waits:\n{}", stage.picture());
        seen += 1;
    }
    assert!(seen >= 6);
}

#[test]
fn questions_of_a_view_are_stopped_too() {
    for keys in ["} u", "} b a", "w m", "w t", "w enter", "%"] {
        let mut stage = held(Lane::View);
        // The panel of shared wording needs its own lane, whose last key opens the summary.
        stage.keys(keys.strip_suffix(" a").map_or(keys, |_| "} b tab a"));
        stage.send(Event::Counting { counted: 1, all: 4 });
        stage.expect("正在计数… 25%");
        stage.cancelled.clear();
        stage.keys("esc");
        assert!(stage.cancelled.contains(&Lane::View), "{keys}");
        assert!(!stage.shows("25%"), "{keys}:\n{}", stage.picture());
    }
}

#[test]
fn reading_files_is_stopped_where_esc_means_nothing_else() {
    let mut stage = Stage::empty(140, 40, Look::default(), Default::default());
    let part = |done| {
        let corpus = support::corpus::corpus();
        let cities = Arc::new(CityIndex::new(&corpus));
        Event::Loaded(Loaded { corpus: Arc::new(corpus), cities, files: Some(20), done })
    };
    stage.send(part(false));
    stage.expect("5/20 个文件 25%");
    stage.expect("esc 停止");
    stage.keys("esc");
    assert!(matches!(stage.asked.as_slice(), [Effect::StopReading]), "{:?}", stage.asked);
    stage.send(part(true));
    stage.keys("k");
    stage.expect("只读了 5/20 个文件");
    // With another panel in focus, Esc goes back to the page first.
    let mut stage = Stage::empty(120, 40, Look::default(), Default::default());
    stage.load_part(support::corpus::corpus(), false);
    stage.keys("shift-tab esc");
    assert!(stage.asked.is_empty(), "{:?}", stage.asked);
}

#[test]
fn what_was_stopped_is_asked_for_again_when_something_else_is_wanted() {
    let mut stage = held(Lane::Terms);
    stage.keys("w s");
    stage.send(Event::Counting { counted: 9, all: 20 });
    stage.keys("esc");
    stage.expect("已停止计数");
    assert!(!stage.app.keywords.waiting);
    stage.keys("j s");
    assert!(stage.app.keywords.waiting, "another scope is counted");
}
