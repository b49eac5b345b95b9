//! The keyword panel and its pictures as whole screens: every number opens, and holds as many occurrences as it says.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use support::stage::Stage;
use yilan::app::Panel;
use yilan::app::comparison::Target;
use yilan::app::keywords::TermOrder;
use yilan::app::pictures::Picture;
use yilan::app::pictures::ask::{ListKind, OpenedRow};
use yilan::app::pictures::number::Number;
use yilan::index::terms::Reference;
use yilan::index::trend::Axis;

/// The panel of the fixture, counted, with the focus.
fn panel(width: u16, height: u16) -> Stage {
    let mut stage = Stage::empty(width, height, Default::default(), Default::default());
    stage.count_terms();
    stage.load(support::corpus::corpus());
    stage.keys("w");
    stage
}

fn number(stage: &Stage) -> &Number {
    match stage.app.picture().map(|shown| &shown.picture) {
        Some(Picture::Number(number)) => number,
        other => panic!("no number is open: {other:?}"),
    }
}

/// How many occurrences the list of a kind says it has, and how many rows it holds.
fn list(number: &Number, kind: ListKind) -> (usize, usize) {
    let lists = &number.opened.as_ref().unwrap().lists;
    let found = lists.iter().find(|list| list.kind == kind).unwrap();
    let hits = found.rows.iter().filter(|row| matches!(row, OpenedRow::Hit { .. })).count();
    (found.count, hits)
}

#[test]
fn every_number_of_the_panel_opens_to_as_many_occurrences_as_it_says() {
    let mut stage = panel(120, 40);
    for keys in ["s s s", "s", "a l", "l s", "a a s", "1 2"] {
        stage.keys(keys);
        let rows = stage.app.keywords.sheet.clone().unwrap().rows.clone();
        for row in rows.iter().step_by(rows.len() / 9 + 1) {
            stage.app.keywords.selected = Some(row.term.clone());
            stage.keys("enter");
            let opened = number(&stage);
            let figure = opened.opened.as_ref().unwrap();
            assert_eq!(figure.row.as_ref(), Some(row), "the figures are those of the panel");
            assert_eq!(figure.figure, row.count, "{}", row.term);
            let count = usize::try_from(row.count).unwrap();
            assert_eq!(list(opened, ListKind::Counted), (count, count), "{}", row.term);
            if figure.lists.iter().any(|list| list.kind == ListKind::Reference) {
                let rest = usize::try_from(row.rest_count).unwrap();
                assert_eq!(list(opened, ListKind::Reference), (rest, rest), "{}", row.term);
            } else {
                assert_eq!(row.rest_count, 0);
            }
            stage.keys("esc");
        }
    }
}

#[test]
fn a_number_shows_its_table_its_formulas_and_its_lines() {
    let mut stage = panel(120, 40);
    stage.keys("j k enter");
    let term = stage.app.keywords.selected.clone().unwrap();
    stage.expect(&format!("{term} · 云岭市 2022 · 作为词"));
    for text in ["其余汉字", "合计", "G² = 2 (a ln(a / E₁)", "所计", "参照中", "长词内 +", "跨词 +", "FDR q", "对数比"]
    {
        stage.expect(text);
    }
    stage.keys("f");
    assert!(!stage.shows("E₁ = "));
    stage.keys("f j l");
    assert_eq!(number(&stage).shown().unwrap().kind, ListKind::Reference);
    stage.keys("h i");
    assert_eq!(number(&stage).shown().unwrap().kind, ListKind::Inside);
    stage.keys("i left right g j");
    let before = stage.app.page.report;
    let row = number(&stage).row().cloned();
    let Some(OpenedRow::Hit { report, span, .. }) = row else { panic!("an occurrence is selected: {row:?}") };
    stage.keys("enter");
    assert!(stage.app.picture().is_none());
    assert_eq!((stage.app.focus, stage.app.page.report), (Panel::Page, Some(report)));
    assert_eq!(stage.app.highlight, Some((report, span)));
    stage.expect(&term);
    stage.keys("esc");
    assert_eq!(stage.app.highlight, None);
    stage.keys("ctrl-o");
    assert_eq!(stage.app.page.report, before);
}

#[test]
fn the_reference_is_chosen_and_shown() {
    let mut stage = panel(120, 40);
    stage.expect("关键词 本篇 对 其余");
    for name in ["同机构", "同省", "同年", "其余"] {
        stage.keys("a");
        stage.expect(&format!("本篇 对 {name}"));
    }
    stage.keys("shift-a 雁 enter");
    assert_eq!(stage.app.focus, Panel::Keywords);
    assert!(matches!(stage.app.keywords.reference, Reference::Place(_)));
    stage.expect("本篇 对 雁栖县");
    stage.keys("shift-a esc");
    stage.expect("本篇 对 雁栖县");
    // The place itself is nothing to compare with.
    stage.keys("s shift-a 云 enter");
    stage.expect("无参照");
}

#[test]
fn orders_show_their_figures_and_what_is_said_less() {
    let mut stage = panel(200, 40);
    for head in ["对数比", "篇", "地", "DP", "万字"] {
        stage.expect(head);
    }
    stage.keys("l");
    let sheet = stage.app.keywords.sheet.clone().unwrap();
    assert!(sheet.rows.iter().all(|row| row.g2 < 0.0));
    stage.keys("l");
    for order in TermOrder::ALL.into_iter().skip(1).chain([TermOrder::Keyness]) {
        stage.keys("o");
        assert_eq!(stage.app.keywords.order, order);
    }
    stage.keys("shift-o");
    assert_eq!(stage.app.keywords.order, TermOrder::TfIdf);
}

#[test]
fn stop_layers_are_switched_and_shown() {
    let mut stage = panel(120, 40);
    stage.expect("1 -虚词");
    stage.expect("2 -套语");
    let before = stage.app.keywords.sheet.clone().unwrap().terms;
    stage.keys("1 2");
    stage.expect("1 +虚词");
    stage.expect("2 +套语");
    assert!(stage.app.keywords.sheet.clone().unwrap().terms > before);
}

#[test]
fn hits_of_a_search_are_a_scope() {
    let mut stage = panel(120, 40);
    stage.keys("/ 水 渠 enter w s s s");
    stage.expect("关键词 命中段 对 其余");
    let sheet = stage.app.keywords.sheet.clone().unwrap();
    assert!(matches!(sheet.comparison.target, Target::Hits(_)) && sheet.han > 0);
    stage.keys("enter");
    stage.expect("命中段 水渠");
    stage.keys("esc s");
    stage.expect("关键词 本节");
}

#[test]
fn places_are_ranked_and_open() {
    let mut stage = panel(120, 40);
    stage.app.keywords.selected = Some("水渠".into());
    stage.keys("b");
    stage.expect("水渠 · 各地排名 · 3 地中 2 地用到");
    stage.expect("中位");
    stage.keys("enter");
    let opened = number(&stage).opened.clone().unwrap();
    assert!(opened.figure > 0);
    stage.keys("q l h y");
    let Some(Picture::Bars(bars)) = stage.app.picture().map(|shown| &shown.picture) else { panic!("no bars") };
    assert_eq!((bars.axis, bars.order.len()), (Axis::Year, 2));
    stage.expect("历年");
    stage.keys("esc h");
    stage.expect("历年");
    stage.keys("tab shift-tab esc");
    assert!(stage.app.picture().is_none());
}

#[test]
fn every_cell_of_the_heat_map_opens() {
    let mut stage = panel(120, 40);
    stage.keys("m");
    stage.expect("热图 关键词 × 城市");
    stage.expect("云");
    for keys in ["", "l", "right", "left j", "o h", "y l", "d", "j", "y l"] {
        stage.keys(keys);
        let Some(Picture::Matrix(matrix)) = stage.app.picture().map(|shown| &shown.picture) else { panic!("no map") };
        let count = matrix.grid.as_ref().unwrap().cell(matrix.cursor.row, matrix.cursor.column).count;
        stage.keys("enter");
        assert_eq!(number(&stage).opened.as_ref().unwrap().figure, count, "after {keys}");
        stage.keys("esc");
    }
    stage.expect("热图 民生");
}

#[test]
fn every_share_opens_and_shared_hits_are_told() {
    let mut stage = panel(120, 40);
    stage.keys("d");
    stage.expect("词组分类 × 城市");
    for keys in ["", "l", "j", "l l", "y"] {
        stage.keys(keys);
        let Some(Picture::Shares(shares)) = stage.app.picture().map(|shown| &shown.picture) else {
            panic!("no shares")
        };
        let count = shares.groups.as_ref().unwrap().grid.cell(shares.cursor.column, shares.cursor.row).count;
        stage.keys("enter");
        assert_eq!(number(&stage).opened.as_ref().unwrap().figure, count, "after {keys}");
        assert_eq!(number(&stage).opened.as_ref().unwrap().lists[1].kind, ListKind::Shared);
        stage.keys("esc");
    }
    for _ in 0..12 {
        stage.keys("l");
    }
    stage.expect("每类各计一次");
}

#[test]
fn proposed_phrases_are_accepted_refused_and_then_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("words.txt");
    let mut config = yilan::config::Config::default();
    config.terms.user_words_file = Some(file.clone());
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms_with(&config);
    stage.load(support::corpus::corpus());
    stage.keys("w u");
    stage.expect("语料中发现的新词");
    let Some(Picture::Proposals(proposals)) = stage.app.picture().map(|shown| &shown.picture) else { panic!("none") };
    let list = proposals.list.clone().unwrap();
    assert!(list.len() > 2, "{list:?}");
    stage.keys("enter");
    assert_eq!(number(&stage).opened.as_ref().unwrap().figure, list[0].count);
    stage.keys("esc a x a k a");
    let (first, second) = (&list[0].phrase, &list[1].phrase);
    // The third was accepted and taken back.
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{first}\n!{second}\n"));
    stage.expect("收");
    stage.expect("拒");
    stage.keys("esc s s");
    let sheet = stage.app.keywords.sheet.clone().unwrap();
    let counted = sheet.rows.iter().find(|row| row.term == *first).unwrap_or_else(|| panic!("{first} is not counted"));
    assert_eq!(counted.count, list[0].count);
    assert!(sheet.rows.iter().all(|row| row.term != *second));
    stage.keys("u");
    let Some(Picture::Proposals(proposals)) = stage.app.picture().map(|shown| &shown.picture) else { panic!("none") };
    let again = proposals.list.clone().unwrap();
    assert!(again.iter().all(|row| row.phrase != *first && row.phrase != *second));
}

#[test]
fn the_ring_of_pictures_comes_round_and_closes_at_any_size() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (45, 12), (30, 8), (200, 50)] {
        let mut stage = panel(width, height);
        stage.keys("enter");
        for _ in 0..7 {
            stage.keys("j l enter f i pagedown shift-g g esc tab");
            stage.resize(width + 3, height + 1);
            stage.resize(width, height);
        }
        for y in 0..height {
            for x in (0..width).step_by(7) {
                stage.click(x, y);
                stage.mouse(crossterm::event::MouseEventKind::ScrollDown, x, y);
            }
        }
        stage.keys("esc esc esc esc esc");
        assert!(stage.app.picture().is_none());
    }
}

#[test]
fn a_corpus_that_is_still_being_read_is_counted_without_comparison() {
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms();
    stage.load_part(support::corpus::corpus(), false);
    stage.keys("w");
    let sheet = stage.app.keywords.sheet.clone().unwrap();
    assert!(!sheet.compared && !sheet.rows.is_empty() && !stage.app.keywords.waiting);
    stage.keys("b");
    stage.expect("读完语料后计数…");
    stage.load(support::corpus::corpus());
    stage.expect("各地排名");
    stage.keys("esc");
    assert!(stage.app.keywords.sheet.clone().unwrap().compared);
}

#[test]
fn pictures_can_be_read_without_colour_and_with_wide_ambiguous_signs() {
    use yilan::config::ThemeName;
    use yilan::config::theme::{Capability, Depth, Theme};
    let mut stage = panel(120, 40);
    stage.theme(Theme::new(ThemeName::Auto, Capability { depth: Depth::Mono, light: false }));
    stage.keys("s s s m");
    for shade in ["░", "█", "≤25%"] {
        stage.expect(shade);
    }
    stage.send(yilan::app::Event::Ambiguous(yilan::text::width::Ambiguous::Wide));
    stage.expect("#");
    assert!(!stage.shows("█"));
}
