//! The keyword panel and its pictures as whole screens: every number opens, and holds as many occurrences as it says.

#[path = "support/program.rs"]
mod program;
#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::sync::Arc;

use program::program;
use proptest::prelude::*;
use support::corpus::{Draft, document};
use support::stage::Stage;
use yilan::testing::analysis::{OccurrenceKind, OccurrenceRow, Order, Question};
use yilan::testing::app::terms::comparison::{Comparison, Layers, Target};
use yilan::testing::app::terms::keywords::{TermRequest, TermSheet};
use yilan::testing::app::views::View;
use yilan::testing::app::views::answer::Answer;
use yilan::testing::app::views::figure_detail::FigureDetail;
use yilan::testing::app::views::request::{ViewAnswer, ViewQuestion, ViewRequest};
use yilan::testing::app::{Event, Panel};
use yilan::testing::config::Config;
use yilan::testing::corpus::{Body, Corpus, PlaceId};
use yilan::testing::engine::Counter;
use yilan::testing::index::groups::Groups;
use yilan::testing::index::terms::{KeywordOrder, Reference};
use yilan::testing::table::{Cell, Shape};
use yilan::testing::text::Lang;

/// The panel of the fixture, counted, with the focus.
fn panel(width: u16, height: u16) -> Stage {
    let mut stage = Stage::empty(width, height, Default::default(), Default::default());
    stage.count_terms();
    stage.load(support::corpus::corpus());
    stage.keys("w");
    stage
}

fn number(stage: &Stage) -> &FigureDetail {
    match stage.app.view().map(|shown| &shown.view) {
        Some(View::FigureDetail(number)) => number,
        other => panic!("no number is open: {other:?}"),
    }
}

/// The answer that is seen.
fn answer(stage: &Stage) -> &Answer {
    match stage.app.view().map(|shown| &shown.view) {
        Some(View::Answer(answer)) => answer,
        other => panic!("no answer is seen: {other:?}"),
    }
}

/// What the panel shows.
fn sheet(stage: &Stage) -> Arc<TermSheet> {
    stage.app.keywords.sheet.clone().unwrap()
}

/// A whole number of a row.
fn count(sheet: &TermSheet, row: usize, column: &str) -> u64 {
    match sheet.table.get(row, column) {
        Cell::Count(count) => count,
        other => panic!("{column} of row {row} is {other:?}"),
    }
}

/// The count of the selected cell of an answer.
fn selected(stage: &Stage, column: &str) -> u64 {
    let answer = answer(stage);
    match answer.table.as_ref().unwrap().get(answer.row().unwrap(), column) {
        Cell::Count(count) => count,
        other => panic!("{column} is {other:?}"),
    }
}

/// How many occurrences the list of a kind says it has, and how many rows it holds.
fn list(number: &FigureDetail, kind: OccurrenceKind) -> (usize, usize) {
    let lists = &number.opened.as_ref().unwrap().lists;
    let found = lists.iter().find(|list| list.kind == kind).unwrap();
    let hits = found.rows.iter().filter(|row| matches!(row, OccurrenceRow::Hit { .. })).count();
    (found.count, hits)
}

#[test]
fn every_number_of_the_panel_opens_to_as_many_occurrences_as_it_says() {
    let mut stage = panel(120, 40);
    for keys in ["s s s", "s", "a l", "l s", "a a s", "1 2"] {
        stage.keys(keys);
        let sheet = sheet(&stage);
        for row in (0..sheet.table.len()).step_by(sheet.table.len() / 9 + 1) {
            let term = sheet.term(row).unwrap();
            stage.app.keywords.selected = Some(term.clone());
            stage.keys("enter");
            let opened = number(&stage);
            let figure = opened.opened.as_ref().unwrap();
            let own = figure.row.as_ref().unwrap();
            let same = |id: &str, value: f64| match sheet.table.get(row, id) {
                Cell::None => {}
                cell => assert_eq!(cell.value(), Some(value), "{id} of {term} is that of the panel"),
            };
            same("rate", own.rate);
            same("g2", own.g2);
            same("dp", own.dp);
            same("tf_idf", own.tf_idf);
            assert_eq!((own.count, own.rest_count), (count(&sheet, row, "count"), count(&sheet, row, "rest_count")));
            assert_eq!(figure.figure, own.count, "{term}");
            let (here, rest) = (own.count as usize, own.rest_count as usize);
            assert_eq!(list(opened, OccurrenceKind::Counted), (here, here), "{term}");
            if figure.lists.iter().any(|list| list.kind == OccurrenceKind::Reference) {
                assert_eq!(list(opened, OccurrenceKind::Reference), (rest, rest), "{term}");
            } else {
                assert_eq!(rest, 0);
            }
            stage.keys("esc");
        }
    }
}

#[test]
fn the_command_prints_the_panels_figures_to_the_last_digit() {
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms();
    stage.load(yilan::testing::corpus::load::sample());
    stage.keys("w");
    // The scope, the reference and the order of the panel, as keys and as flags.
    let place = {
        let report = stage.app.reading.page.report.unwrap();
        stage.app.corpus.place(stage.app.corpus.place_of(report).unwrap()).name.clone()
    };
    let cases: [(&str, &[&str]); 4] = [
        ("s", &["--place", &place, "--by", "keyness"]),
        ("a", &["--place", &place, "--against", "body", "--by", "keyness"]),
        ("a o o o o", &["--place", &place, "--against", "province", "--by", "log-ratio"]),
        ("a s o o", &["--against", "year", "--by", "count"]),
    ];
    for (keys, flags) in cases {
        stage.keys(keys);
        if keys.ends_with("s o o") {
            stage.app.keywords.order = KeywordOrder::Count;
            stage.keys("w w");
        }
        let sheet = sheet(&stage);
        let output =
            program(&["keywords", "--json", "--max", &sheet.table.len().to_string()]).args(flags).output().unwrap();
        assert!(sheet.compared && sheet.table.len() > 50, "{flags:?}");
        // All rows that the panel holds, all columns, byte for byte.
        let mut want = Vec::new();
        yilan::testing::table::write::json::write(&mut want, &sheet.table).unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), String::from_utf8(want).unwrap(), "{flags:?}");
    }
}

/// A corpus of three places whose reports hold these lines.
fn corpus_of(lines: &[Vec<String>]) -> Corpus {
    let mut corpus = Corpus::new(vec!["made".into()], false);
    let places = [("云岭市", "青禾省"), ("雁栖县", "白鹭省"), ("望川市", "青禾省")];
    for (index, lines) in lines.iter().enumerate() {
        let place = places[index % places.len()];
        let year = if index % 2 == 0 { 2021 } else { 2022 };
        let draft = Draft { file: "made.txt", place, body: Body::Congress, year, lines: lines.clone() };
        let mut document = document(&draft);
        // Reports of equal text would count once.
        document.reports[0].sketch = Default::default();
        corpus.push(Arc::new(document));
    }
    corpus
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_the_text_a_number_opens_to_as_many_occurrences(
        lines in prop::collection::vec(
            prop::collection::vec("[12=]?(发展|高质量发展|养老|养老服务|乡村振兴|工人大会|加强|的|，|。|x){1,9}", 1..6), 2..7),
        target in 0usize..4,
        reference in 0usize..5,
        function in any::<bool>(),
    ) {
        let corpus = Arc::new(corpus_of(&lines));
        let counter = Counter::new(&Config::default(), None, Lang::Zh);
        let first = corpus.reports().next().unwrap().0;
        let target = match target {
            0 => Target::Section(first, 0),
            1 => Target::Report(first),
            2 => Target::Place(PlaceId(0)),
            _ => Target::Corpus,
        };
        let reference = match reference {
            0 => Reference::Rest,
            1 => Reference::SameBody,
            2 => Reference::SameProvince,
            3 => Reference::SameYear,
            _ => Reference::Place(PlaceId(1)),
        };
        let layers = Layers { function, filler: false, ..Layers::default() };
        let comparison = Comparison { target, reference, layers, query: None };
        let request = TermRequest {
            seq: 1, corpus: Arc::clone(&corpus), comparison: comparison.clone(), order: KeywordOrder::Count, alone: false,
        };
        let mut sheets = Vec::new();
        counter.answer(&request, &|| false, &mut |event| {
            if let Event::Terms { sheet, .. } = event {
                sheets.push(sheet);
            }
        });
        let sheet: Arc<TermSheet> = sheets.pop().unwrap();
        for row in 0..sheet.table.len() {
            let request = ViewRequest {
                seq: 1,
                corpus: Arc::clone(&corpus),
                comparison: comparison.clone(),
                groups: Arc::new(Groups::built_in()),
                lang: Lang::Zh,
                ask: ViewQuestion::Figure(sheet.table.evidence(row).unwrap()),
            };
            let mut answers = Vec::new();
            counter.answer_view(&request, &|_| false, &|| false, &mut |event| {
                if let Event::View { answer: ViewAnswer::Figure(opened), .. } = event {
                    answers.push(opened);
                }
            });
            let opened = answers.pop().unwrap();
            let (here, rest) = (count(&sheet, row, "count"), count(&sheet, row, "rest_count"));
            let own = opened.row.as_ref().map(|row| (row.count, row.rest_count));
            prop_assert_eq!(own, Some((here, rest)));
            let of = |kind| opened.lists.iter().find(|list| list.kind == kind).map_or(0, |list| list.rows.len() as u64);
            prop_assert_eq!((of(OccurrenceKind::Counted), of(OccurrenceKind::Reference)), (here, rest), "{:?}", sheet.term(row));
        }
    }
}

#[test]
fn a_number_shows_its_table_its_formulas_and_its_lines() {
    let mut stage = panel(120, 40);
    stage.keys("j k enter");
    let term = stage.app.keywords.selected.clone().unwrap();
    stage.expect(&format!("{term} · 云岭市 2022 · 作为词"));
    for text in ["汉字", "合计", "G² = 2 (a ln(a / E₁)", "所计", "参照中", "长词内 +", "跨词 +", "FDR q", "对数比"]
    {
        stage.expect(text);
    }
    stage.keys("f");
    assert!(!stage.shows("E₁ = "));
    stage.keys("f j l");
    assert_eq!(number(&stage).shown().unwrap().kind, OccurrenceKind::Reference);
    stage.keys("h i");
    assert_eq!(number(&stage).shown().unwrap().kind, OccurrenceKind::Inside);
    stage.keys("i left right g j");
    let before = stage.app.reading.page.report;
    let row = number(&stage).row().cloned();
    let Some(OccurrenceRow::Hit { report, span, .. }) = row else { panic!("an occurrence is selected: {row:?}") };
    stage.keys("enter");
    assert!(stage.app.view().is_none());
    assert_eq!((stage.app.screen.focus, stage.app.reading.page.report), (Panel::Page, Some(report)));
    assert_eq!(stage.app.reading.highlight, Some((report, span)));
    stage.expect(&term);
    stage.keys("esc");
    assert_eq!(stage.app.reading.highlight, None);
    assert_eq!(number(&stage).row().cloned(), row, "one comes back to where one was in the list");
    stage.keys("esc");
    assert!(stage.app.view().is_none());
    stage.keys("ctrl-o");
    assert_eq!(stage.app.reading.page.report, before);
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
    assert_eq!(stage.app.screen.focus, Panel::Keywords);
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
    let less = sheet(&stage);
    assert!((0..less.table.len()).all(|row| less.table.get(row, "g2").value() < Some(0.0)));
    stage.keys("l");
    for &order in KeywordOrder::ALL.iter().skip(1).chain([&KeywordOrder::Keyness]) {
        stage.keys("o");
        assert_eq!(stage.app.keywords.order, order);
    }
    stage.keys("shift-o");
    assert_eq!(stage.app.keywords.order, KeywordOrder::TfIdf);
}

#[test]
fn what_is_not_said_here_opens_where_it_is() {
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms();
    stage.load(yilan::testing::corpus::load::sample());
    stage.keys("w l");
    let sheet = sheet(&stage);
    let absent = (0..sheet.table.len()).find(|row| count(&sheet, *row, "count") == 0).unwrap();
    stage.app.keywords.selected = sheet.term(absent);
    stage.keys("enter");
    let rest = usize::try_from(count(&sheet, absent, "rest_count")).unwrap();
    assert_eq!(number(&stage).shown().unwrap().kind, OccurrenceKind::Reference);
    assert_eq!(
        (list(number(&stage), OccurrenceKind::Counted), list(number(&stage), OccurrenceKind::Reference)),
        ((0, 0), (rest, rest))
    );
}

#[test]
fn stop_layers_are_switched_and_shown() {
    let mut stage = panel(120, 40);
    stage.expect("1 -虚词");
    stage.expect("2 -套语");
    let before = sheet(&stage).table.total;
    stage.keys("1 2");
    stage.expect("1 +虚词");
    stage.expect("2 +套语");
    assert!(sheet(&stage).table.total > before);
}

#[test]
fn hits_of_a_search_are_a_scope() {
    let mut stage = panel(120, 40);
    stage.keys("/ 水 渠 enter w s s s");
    stage.expect("关键词 命中段 对 其余");
    let sheet = sheet(&stage);
    assert!(matches!(sheet.comparison.target, Target::Hits(_)) && sheet.table.settings.han > 0);
    stage.keys("enter");
    stage.expect("命中段 水渠");
    stage.keys("esc s");
    stage.expect("关键词 本节");
}

#[test]
fn every_collocate_opens() {
    let mut stage = panel(120, 40);
    stage.keys("s s");
    stage.app.keywords.selected = Some("水渠".into());
    stage.keys("t");
    stage.expect("水渠 · 搭配 · 全部");
    for keys in ["", "j", "o j", "o", "o", "o", "o"] {
        stage.keys(keys);
        let shown = answer(&stage);
        assert!(matches!(shown.question, Question::Collocates(_)));
        let table = shown.table.clone().unwrap();
        let row = shown.row().unwrap();
        stage.keys("enter");
        stage.expect(&format!("水渠 + {}", table.get(row, "term").exact()));
        let together = table.get(row, "together");
        assert_eq!(Cell::Count(number(&stage).opened.as_ref().unwrap().figure), together, "after {keys}");
        stage.keys("esc");
    }
    stage.keys("l h");
}

#[test]
fn the_fewest_occurrences_of_a_finding_and_the_strip_have_keys() {
    let mut stage = panel(120, 40);
    stage.keys("4");
    stage.expect("至少 5 次");
    let drawn = stage.app.keywords.strip.len();
    assert!(drawn > 0);
    stage.keys(".");
    assert_eq!(number(&stage).opened.clone().unwrap().figure, drawn as u64);
    stage.keys("esc 4");
    stage.expect("至少 10 次");
}

#[test]
fn what_stands_behind_every_figure_of_a_term_is_listed() {
    let mut stage = panel(120, 40);
    stage.keys("enter");
    let opened = number(&stage).opened.clone().unwrap();
    let row = opened.row.clone().unwrap();
    let count = |kind: OccurrenceKind| opened.lists.iter().find(|list| list.kind == kind).map(|list| list.count);
    assert_eq!(count(OccurrenceKind::Reports), Some(row.reports as usize));
    assert_eq!(count(OccurrenceKind::Places), Some(row.places as usize));
    let hits: usize = count(OccurrenceKind::Counted).unwrap();
    assert_eq!(hits as u64, row.count);
    assert!(count(OccurrenceKind::Parts).unwrap() > 1 && count(OccurrenceKind::Scope) == Some(1));
}

#[test]
fn places_are_ranked_and_open() {
    let mut stage = panel(120, 40);
    stage.app.keywords.selected = Some("水渠".into());
    stage.keys("b");
    stage.expect("水渠 · 各地排名 · 全部 · 3 地中 2 地用到");
    stage.expect("中位");
    stage.keys("enter");
    let opened = number(&stage).opened.clone().unwrap();
    assert!(opened.figure > 0);
    stage.keys("q l h y");
    assert_eq!((answer(&stage).shape(), answer(&stage).table.as_ref().unwrap().len()), (Shape::Trend, 2));
    stage.expect("历年");
    stage.keys("esc h");
    stage.expect("历年");
    stage.keys("tab shift-tab esc");
    assert!(stage.app.view().is_none());
    stage.keys("b g");
    assert_eq!(answer(&stage).shape(), Shape::Bars);
    let report = answer(&stage).table.as_ref().unwrap().reports(0)[0];
    stage.keys("r");
    assert_eq!((stage.app.reading.page.report, stage.app.screen.focus), (Some(report), Panel::Page));
    assert!(stage.app.view().is_none());
}

#[test]
fn every_cell_of_the_heat_map_opens() {
    let mut stage = panel(120, 40);
    stage.keys("m");
    stage.expect("热图 关键词 × 城市");
    stage.expect("云");
    for keys in ["", "l", "right", "left j", "o h", "y l", "d", "j", "y l"] {
        stage.keys(keys);
        let count = selected(&stage, "count");
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
        let count = selected(&stage, "count");
        stage.keys("enter");
        assert_eq!(number(&stage).opened.as_ref().unwrap().figure, count, "after {keys}");
        assert_eq!(number(&stage).opened.as_ref().unwrap().lists[1].kind, OccurrenceKind::Shared);
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
    let mut config = yilan::testing::config::Config::default();
    config.terms.user_words_file = Some(file.clone());
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms_with(&config);
    stage.load(support::corpus::corpus());
    stage.keys("w u");
    stage.expect("语料中发现的新词");
    let list = answer(&stage).table.clone().unwrap();
    let phrase = |row: usize| list.get(row, "phrase").exact().into_owned();
    assert!(list.len() > 2, "{list:?}");
    stage.keys("enter");
    assert_eq!(Cell::Count(number(&stage).opened.as_ref().unwrap().figure), list.get(0, "count"));
    stage.keys("esc a x a k a");
    let (first, second) = (&phrase(0), &phrase(1));
    // The third was accepted and taken back.
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{first}\n!{second}\n"));
    stage.expect("收");
    stage.expect("拒");
    stage.keys("esc s s");
    let sheet = sheet(&stage);
    let counted = sheet.table.find("term", first).unwrap_or_else(|| panic!("{first} is not counted"));
    assert_eq!(sheet.table.get(counted, "count"), list.get(0, "count"));
    assert_eq!(sheet.table.find("term", second), None);
    stage.keys("u");
    let again = answer(&stage).table.clone().unwrap();
    assert!(again.find("phrase", first).is_none() && again.find("phrase", second).is_none());
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
        assert!(stage.app.view().is_none());
    }
}

#[test]
fn a_corpus_that_is_still_being_read_is_counted_without_comparison() {
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms();
    stage.load_part(support::corpus::corpus(), false);
    stage.keys("w");
    let alone = sheet(&stage);
    assert!(!alone.compared && !alone.table.is_empty() && !stage.app.keywords.waiting);
    stage.keys("b");
    stage.expect("读完语料后计数…");
    stage.load(support::corpus::corpus());
    stage.expect("各地排名");
    stage.keys("esc");
    assert!(sheet(&stage).compared);
}

#[test]
fn pictures_can_be_read_without_colour_and_with_wide_ambiguous_signs() {
    use yilan::testing::config::ThemeName;
    use yilan::testing::config::theme::{Capability, Depth, Theme};
    let mut stage = panel(120, 40);
    stage.theme(Theme::new(ThemeName::Auto, Capability { depth: Depth::Mono, light: false }));
    stage.keys("s s s m");
    for shade in ["░", "█", "≤25%"] {
        stage.expect(shade);
    }
    stage.send(yilan::testing::app::Event::Ambiguous(yilan::testing::text::width::Ambiguous::Wide));
    stage.expect("#");
    assert!(!stage.shows("█"));
}

#[test]
fn who_said_it_first_has_a_key() {
    let mut stage = panel(120, 40);
    stage.keys("j '");
    assert!(stage.app.view().is_some(), "{}", stage.picture());
    stage.keys("esc");
    assert!(stage.app.view().is_none());
}

#[test]
fn who_writes_like_the_place_being_read_has_a_key() {
    let mut stage = panel(120, 40);
    stage.keys("j ~");
    assert!(stage.app.view().is_some(), "{}", stage.picture());
    stage.expect("谁写得最像");
    stage.keys("esc");
    assert!(stage.app.view().is_none());
}
