//! The views that compare reports, as one drives them: targets over the years, what became of the last report.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use support::stage::Stage;
use yilan::testing::app::{Look, Panel};
use yilan::testing::corpus::load;

/// The built-in sample: 乌有市 has the government's reports of 2023 and 2024.
fn stage(width: u16, height: u16) -> Stage {
    let mut stage = Stage::empty(width, height, Look::default(), Default::default());
    stage.count_terms();
    stage.load(load::sample());
    stage
}

#[test]
fn a_target_is_shown_with_what_came_of_it_and_opens_its_span() {
    let mut stage = stage(120, 40);
    stage.keys("#");
    stage.expect("目标与完成 · 乌有市");
    stage.expect("完成");
    let answer = stage.app.view().unwrap().view.answer().unwrap();
    let table = answer.table.clone().unwrap();
    let row = (0..table.len()).find(|row| table.get(*row, "verdict").exact() == "met").expect("a target that was met");
    assert_eq!(table.get(row, "status").exact(), "achieved");
    stage.expect("✓");
    // All places of the year, and back.
    stage.keys("y");
    stage.expect("目标与完成 · 全部");
    stage.keys("y enter");
    assert!(stage.app.view().is_none() && stage.app.screen.focus == Panel::Page);
    let (id, span) = stage.app.reading.highlight.expect("the value is marked");
    let (document, _) = stage.app.corpus.report(id).unwrap();
    let shown = span.slice(document.text());
    let first = table.get(0, "value").value().unwrap();
    assert!(shown.starts_with(&format!("{first}")), "{shown} {first}");
    stage.keys("esc");
    stage.expect("目标与完成 · 乌有市");
}

#[test]
fn views_fit_every_screen() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12), (30, 8)] {
        let mut stage = stage(width, height);
        stage.keys("# j l l y j l esc");
    }
}
