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
fn two_years_stand_side_by_side_and_lead_to_both() {
    let mut stage = stage(120, 40);
    stage.keys("d");
    stage.expect("提法账 · 乌有市 2023 → 乌有市 2024");
    let table = stage.app.view().unwrap().view.answer().unwrap().table.clone().unwrap();
    stage.keys("n");
    let row = stage.app.view().unwrap().view.answer().unwrap().cursor.row;
    assert!(table.get(row, "kind").exact() != "kept");
    // One kind after the other.
    stage.keys("o");
    let only = stage.app.view().unwrap().view.answer().unwrap().table.clone().unwrap();
    assert!((0..only.len()).all(|row| only.get(row, "kind").exact() == "number"));
    stage.keys("esc d n enter");
    assert!(stage.app.view().is_none());
    let (id, span) = stage.app.reading.highlight.expect("the words are marked");
    let (document, _) = stage.app.corpus.report(id).unwrap();
    let words = [table.get(row, "new.text"), table.get(row, "old.text")];
    assert!(words.iter().any(|text| text.exact().contains(span.slice(document.text()))));
}

#[test]
fn a_formula_leads_to_who_said_it_first() {
    let mut stage = stage(120, 40);
    stage.keys("d y");
    let answer = stage.app.view().unwrap().view.answer().unwrap();
    let term = answer.term().expect("a formula is selected");
    stage.keys("'");
    stage.expect(&format!("{term} · 最早"));
}

#[test]
fn a_report_is_compared_with_that_of_another_place() {
    let mut stage = stage(120, 40);
    stage.keys("shift-d");
    stage.keys("南 柯 enter");
    stage.expect("提法账 · ");
    stage.expect("南柯市");
}

#[test]
fn a_draft_is_checked_and_every_remark_leads_somewhere() {
    let mut stage = stage(120, 40);
    stage.keys("c 南 柯 enter %");
    stage.expect("稿件检查");
    let table = stage.app.view().unwrap().view.answer().unwrap().table.clone().unwrap();
    assert!(!table.is_empty());
    for row in 0..table.len() {
        assert!(table.evidence(row).is_some(), "row {row}");
    }
}

#[test]
fn views_fit_every_screen() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12), (30, 8)] {
        let mut stage = stage(width, height);
        stage.keys("# j l l y j l esc");
        stage.keys("d n n shift-n j shift-g o o y j ' esc esc % j esc");
    }
}

#[test]
fn a_map_leads_inside_and_to_what_was_counted() {
    let mut stage = stage(120, 40);
    stage.keys("/ 发 展 enter @");
    stage.expect("地图 · 发展 · 各地次数 · 每万字");
    // The places of the sample lie in no province: they share a tile, and have one each inside.
    stage.keys("enter");
    stage.expect("乌有市");
    let first = stage.app.view().unwrap().view.answer().unwrap().cursor.row;
    stage.keys("l");
    assert!(stage.app.view().unwrap().view.answer().unwrap().cursor.row != first);
    stage.keys("o esc esc");
    assert!(stage.app.view().is_none());
}

#[test]
fn each_kind_of_change_has_a_key() {
    let mut stage = stage(120, 40);
    stage.keys("d");
    let kinds = |stage: &Stage| -> std::collections::BTreeSet<String> {
        let table = stage.app.view().unwrap().view.answer().unwrap().table.clone().unwrap();
        (0..table.len()).map(|row| table.get(row, "kind").exact().into_owned()).collect()
    };
    let all = kinds(&stage);
    stage.keys("3");
    assert_eq!(kinds(&stage).into_iter().collect::<Vec<_>>(), ["number"]);
    stage.keys("4");
    assert!(kinds(&stage).iter().all(|kind| kind == "new" || kind == "lengthened"));
    stage.keys("4");
    assert_eq!(kinds(&stage), all);
    stage.keys("1 2 5 6 7 7");
    assert_eq!(kinds(&stage), all);
}
