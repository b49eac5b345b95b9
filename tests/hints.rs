//! Hints do not lie: in every focus and state each key that is named on the screen is pressed, and does what its word says.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use support::stage::Stage;
use yilan::testing::analysis::Question;
use yilan::testing::app::overlay::Overlay;
use yilan::testing::app::prompt::Ask;
use yilan::testing::app::screen::hints::Hint;
use yilan::testing::app::views::View;
use yilan::testing::app::{Cover, Effect, Look, Panel};
use yilan::testing::command::{Action, KeyContext, Keymap, key};
use yilan::testing::text::Lang;

/// Keys that lead to a state, from a corpus that has been read and counted.
const STATES: &[&str] = &[
    // The panels, without a search and with one.
    "",
    "}",
    "} shift-v j",
    "} j . j . ,",
    "} j . j . , d",
    "} j . j . , /",
    "} j . j . , / 渠",
    "} j . .",
    "} j . , x",
    "shift-tab",
    "shift-tab j l",
    "w",
    "w j",
    "/ 水 渠 enter",
    "/ 水 渠 enter n",
    "/ 水 渠 enter m",
    "/ 水 渠 enter shift-tab",
    "/ 水 渠 enter -",
    "/ 水 渠 enter w",
    "/ 水 渠 enter m w",
    // Windows and prompts.
    "?",
    "? r t",
    "w ? r t",
    "!",
    "t",
    "t 水",
    "c",
    "c w",
    "c x x x",
    ":",
    "/",
    "/ 水",
    "/ 水 (",
    "/ 没 有 这 样 的 话",
    "/ 水 alt-v",
    "w shift-a",
    // What stands in place of the page.
    "/ 水 enter v",
    "/ 水 enter v j j",
    "/ 水 enter v 1",
    "/ 水 enter v 5",
    "/ 水 enter m v",
    "/ 没 有 这 样 的 话 enter v",
    "/ 水 enter m shift-m",
    "/ 水 enter m / 路 enter m shift-m",
    "/ 水 enter m / 路 enter m shift-m l",
    "/ 水 enter m / 路 enter m shift-m o",
    "w enter",
    "w enter l",
    "w enter f",
    "w enter enter",
    "w t",
    "w t o",
    "w b",
    "w b y",
    "w m",
    "w m l l",
    "w m d",
    "w h",
    "w d",
    "w d l l",
    "w u",
    "w '",
    "w ~",
    "#",
    "w ' j",
    "d",
    "%",
    "shift-d",
    "shift-d w",
    "# y",
    "w #",
    "w u a",
    "w u ?",
    "w m shift-e",
    "/ 水 enter v shift-e",
    "shift-tab shift-e",
    "w m !",
    "} b",
    "} j j b",
    "} j j b tab",
    "} j j b tab 1",
    "} j j b tab t",
    "} j j b tab a",
    "} u",
    "} u l l",
    "} u 4",
    "} u s j",
    "} u w",
    "/ 水 enter v ?",
];

fn stage(width: u16, lang: Lang, keys: &str) -> Stage {
    let mut stage = Stage::empty(width, 50, Look { lang, ..Look::default() }, Default::default());
    // Counting loads the dictionary, which only the keyword panel needs.
    if keys.split(' ').any(|key| matches!(key, "w" | "u" | "b")) {
        stage.count_terms();
    }
    stage.load(support::corpus::corpus());
    stage.keys(keys);
    stage
}

/// Everything a hint may promise to change.
#[derive(Debug, PartialEq)]
struct Seen {
    context: KeyContext,
    focus: Panel,
    ask: Option<Ask>,
    overlay: Option<&'static str>,
    cover: Option<Cover>,
    view: String,
    page: String,
    search: String,
    current: Option<String>,
    only: bool,
    rows: usize,
    order: String,
    row: Option<usize>,
    pins: usize,
    marks: usize,
    board: String,
    list: String,
    terms: String,
    phrases: (usize, usize),
    wording: String,
    highlight: bool,
    export: String,
    left: bool,
}

impl Seen {
    fn of(stage: &Stage) -> Self {
        let app = &stage.app;
        let view = app.view().map(|shown| match &shown.view {
            View::FigureDetail(n) => format!("figure {:?} {} {:?}", n.figure, n.list, n.formulas),
            // What a view is named by: the action whose key asks it.
            View::Answer(a) => {
                let name = a.keyed().map_or("none", |keyed| keyed.action);
                let beside = a.beside.as_ref().map(|side| (side.shown(), side.in_step));
                format!("{name} {:?} {:?} {} {} {:?} {beside:?}", a.question, a.cursor, a.by_row, a.plotted, a.term)
            }
        });
        let panel = &app.keywords;
        Self {
            context: app.context(),
            focus: app.screen.focus,
            ask: app.prompt.as_ref().map(|prompt| prompt.ask),
            marks: app.reading.kept.marks.len(),
            overlay: app.overlay.as_ref().map(|overlay| match overlay {
                Overlay::Marks(_) => "marks",
                Overlay::Palette(_) => "palette",
                Overlay::Issues(_) => "issues",
                Overlay::Outline(_) => "outline",
                Overlay::Export(_) => "export",
            }),
            cover: app.cover(),
            view: view.unwrap_or_default(),
            page: format!(
                "{:?} {:?} {:?} {:?}",
                app.reading.page.report,
                app.reading.page.here(),
                app.reading.page.folds,
                app.reading.page.range
            ),
            search: format!("{:?} {:?}", app.search.query.as_ref().map(|query| query.text()), app.search.options),
            current: app.search.current.map(|current| format!("{current:?}")),
            only: app.cities.only.is_some(),
            rows: app.cities.rows.len(),
            order: format!("{:?}", app.cities.order),
            row: match &app.overlay {
                Some(Overlay::Outline(outline)) => outline.selected_row(),
                Some(Overlay::Palette(palette)) => palette.selected_row(),
                _ => app.cities.selected_row(),
            },
            pins: app.search.pins.list.len(),
            board: format!(
                "{:?}",
                app.search.pins.board.as_ref().map(|b| (b.column, b.sorted, format!("{:?}", b.unit)))
            ),
            list: format!("{:?}", app.search.concordance.as_ref().map(|list| (list.order, list.selected))),
            terms: format!("{:?} {:?} {:?} {:?}", panel.reach, panel.reference, panel.order, panel.layers),
            phrases: (app.keywords.decisions.accepted.len(), app.keywords.decisions.refused.len()),
            wording: format!(
                "{} {} {:?}",
                app.reading.wording.open, app.reading.wording.formulas, app.reading.wording.selection
            ),
            highlight: app.reading.highlight.is_some(),
            export: match &app.overlay {
                Some(Overlay::Export(export)) => format!("{export:?}"),
                _ => String::new(),
            },
            left: stage.asked.iter().any(|effect| matches!(effect, Effect::Quit)),
        }
    }
}

/// Whether what was seen after the key is what its word promises.
fn kept(hint: &Hint, was: &Seen, is: &Seen, stage: &Stage) -> bool {
    let shown = |kind: &str| is.cover == Some(Cover::View) && is.view.starts_with(kind);
    let closed = is.cover.is_none() && is.focus == Panel::Page && is.ask.is_none();
    match hint.action {
        Action::Help => is.overlay == Some("palette") && is.ask == Some(Ask::Command),
        Action::Issues => is.overlay == Some("issues") && hint.word.contains(|c: char| c.is_ascii_digit()),
        Action::NextPanel => is.focus != was.focus && is.context != was.context,
        Action::ShowKeywords => is.focus == Panel::Keywords,
        Action::Quit => is.left,
        Action::Cancel if hint.word.contains("选段") => is.page != was.page,
        Action::Cancel if was.highlight => is.cover == Some(Cover::View),
        Action::Cancel => is.search.starts_with("None"),
        Action::CloseOverlay if was.overlay.is_some() => is.overlay.is_none() && is.cover == was.cover,
        Action::CloseOverlay => is.cover != was.cover || is.view != was.view,
        Action::Activate => match was.context {
            KeyContext::Cities => closed,
            KeyContext::Page => is.page != was.page,
            KeyContext::Keywords => shown("figure"),
            KeyContext::Overlay | KeyContext::Marks => is.overlay.is_none(),
            KeyContext::Concordance | KeyContext::Board => closed && is.current.is_some(),
            KeyContext::SharedWording => is.page != was.page && is.highlight,
            KeyContext::SideBySide => closed && is.highlight,
            KeyContext::View if matches!(&*hint.word, "到原文" | "go there") => closed && is.highlight,
            KeyContext::View => shown("figure"),
            KeyContext::Global | KeyContext::Prompt => false,
        },
        Action::JumpCity => is.ask == Some(Ask::City),
        Action::Search => is.ask == Some(Ask::Search),
        Action::Outline => is.ask == Some(Ask::Outline) && is.overlay == Some("outline"),
        Action::Unfold => is.rows > was.rows,
        Action::Fold => is.rows < was.rows,
        Action::CityOrder => is.order != was.order,
        Action::NextSection if was.cover.is_some() => is.view != was.view,
        Action::NextSection => is.page != was.page,
        Action::CopyParagraph => stage.asked.iter().any(|effect| matches!(effect, Effect::Copy(_))),
        Action::MarkNote => is.ask == Some(Ask::Note),
        Action::MarkFilter => is.ask == Some(Ask::Marks),
        Action::MarkExport => is.ask == Some(Ask::Export),
        Action::MarkRemove => is.marks + 1 == was.marks,
        Action::MarkUndo => is.marks == was.marks + 1,
        Action::ExtendDown => is.page != was.page,
        Action::NextHit | Action::PreviousHit if was.context == KeyContext::View => is.view != was.view,
        Action::Reuse | Action::CloseReuse | Action::ReuseFormulas => is.wording != was.wording,
        Action::SideNext | Action::SidePrevious | Action::InStep => is.view != was.view && is.cover == was.cover,
        Action::SameYear | Action::SamePhase | Action::SameProvince | Action::SameBody => is.view != was.view,
        Action::SideWords => is.view != was.view && is.context == KeyContext::View,
        Action::NextHit | Action::PreviousHit => is.current.is_some() && stage.app.reading.highlight.is_none(),
        Action::Concordance => is.cover == Some(Cover::Concordance),
        Action::Silent => is.only != was.only,
        Action::Pin => is.pins != was.pins && (is.pins > was.pins) != matches!(&*hint.word, "不再固定" | "unpin"),
        Action::Board => is.cover == Some(Cover::Board),
        Action::BoardLeft | Action::BoardRight | Action::BoardOrder | Action::BoardUnit => is.board != was.board,
        Action::Unpin => is.pins + 1 == was.pins,
        Action::ConcordanceOrder => is.list != was.list,
        Action::OnlyPlace | Action::OnlyProvince | Action::OnlyBody | Action::OnlyYear | Action::OnlyPart => {
            is.search != was.search && is.cover == Some(Cover::Concordance)
        }
        Action::TermScope | Action::TermAgainst | Action::TermOrder => is.terms != was.terms,
        Action::FunctionWords | Action::FillerWords => is.terms != was.terms,
        Action::SearchTerm => is.search != was.search && is.focus == Panel::Page,
        action if Question::keyed().any(|keyed| keyed.action == action.name()) => {
            shown(&format!("{} ", hint.action.name()))
        }
        Action::NextView => is.view.split(' ').next() != was.view.split(' ').next(),
        Action::ViewLeft | Action::ViewRight => is.view != was.view && is.cover == was.cover,
        Action::ViewFirst => shown("first "),
        Action::DiffWith => is.ask == Some(Ask::Compare),
        Action::ViewAxis | Action::ViewRows | Action::ViewScale | Action::ViewChart => is.view != was.view,
        Action::Export => is.overlay == Some("export"),
        Action::InsideWords | Action::Formulas => is.view != was.view,
        Action::ViewReport => closed,
        Action::AcceptPhrase => is.phrases.0.abs_diff(was.phrases.0) == 1,
        Action::RefusePhrase => is.phrases.1.abs_diff(was.phrases.1) == 1,
        Action::PromptAccept if was.ask == Some(Ask::Table) => is.export != was.export || is.ask.is_none(),
        Action::PromptNext if was.ask == Some(Ask::Table) => is.export != was.export,
        Action::PromptDown | Action::PromptSettings if was.ask == Some(Ask::Table) => is.export != was.export,
        Action::PromptCopy => stage.asked.iter().any(|effect| matches!(effect, Effect::Copy(_))),
        Action::PromptAccept | Action::PromptCancel => is.ask.is_none(),
        // Headings are passed over.
        Action::PromptDown => is.row > was.row,
        Action::PromptNext => is.current.is_some() || is.list != was.list,
        Action::PromptConcordance => (is.cover == Some(Cover::Concordance)) != (was.cover == Some(Cover::Concordance)),
        Action::PromptExact | Action::PromptPinyin | Action::PromptRepeats => is.search != was.search,
        other => panic!("{other:?} is named on the screen, but nobody has said here what it should do"),
    }
}

fn named(stage: &Stage) -> Vec<Hint> {
    let app = &stage.app;
    let panel = [Action::JumpCity, Action::FunctionWords, Action::FillerWords].into_iter().filter_map(|a| app.hint(a));
    app.hints().into_iter().chain(app.cover_hints()).chain(panel).collect()
}

#[test]
fn every_key_that_is_named_does_what_its_word_says() {
    let mut pressed = std::collections::HashSet::new();
    for &keys in STATES {
        let before = stage(240, Lang::Zh, keys);
        let was = Seen::of(&before);
        let hints = named(&before);
        assert!(!hints.is_empty(), "after {keys:?} no key is named");
        for hint in hints {
            let mut after = stage(240, Lang::Zh, keys);
            let key = key::format(hint.key);
            after.keys(&key);
            let is = Seen::of(&after);
            assert!(
                kept(&hint, &was, &is, &after),
                "after {keys:?} the screen says {key} {}, which did:\n{was:#?}\n{is:#?}\n{}\n{}",
                hint.word,
                before.picture(),
                after.picture()
            );
            pressed.insert(hint.action);
        }
    }
    assert!(pressed.len() > 50, "only {} different actions were named", pressed.len());
}

#[test]
fn what_is_drawn_is_what_was_pressed() {
    for lang in [Lang::Zh, Lang::En] {
        for &keys in STATES {
            let stage = stage(240, lang, keys);
            let rows = stage.rows();
            let drawn = |line: &str, hint: &Hint| line.contains(&format!("{} {}", key::format(hint.key), hint.word));
            let bottom = rows.last().unwrap();
            // What is wrong with a query takes the whole line.
            if stage.app.search.error.is_none() {
                for hint in stage.app.hints() {
                    assert!(drawn(bottom, &hint), "{keys:?}: {hint:?} is not in {bottom}");
                }
            }
            if stage.app.overlay.is_none() {
                for hint in stage.app.cover_hints() {
                    assert!(drawn(&rows[1], &hint), "{keys:?}: {hint:?} is not in {}", rows[1]);
                }
            }
        }
    }
}

#[test]
fn keys_of_the_panels_are_not_named_where_they_mean_something_else() {
    // The fault this file is for: with a search on, t and m were said to mean outline and pin in the keyword panel.
    let stage = stage(240, Lang::Zh, "/ 水 渠 enter w");
    let bottom = stage.rows().pop().unwrap();
    for lie in ["t 提纲", "m 固定"] {
        assert!(!bottom.contains(lie), "{bottom}");
    }
    for truth in ["t 搭配", "m 热图", "v 语境", "n 下一处"] {
        assert!(bottom.contains(truth), "{bottom}");
    }
}

#[test]
fn keys_of_ones_own_are_named_and_lost_ones_are_not() {
    let own = [("search", vec!["ctrl-s".to_owned()]), ("outline", vec![]), ("collocates", vec!["/".to_owned()])];
    let keymap = Keymap::new(own.iter().map(|(name, keys)| (*name, keys.as_slice()))).unwrap();
    let mut stage = stage(240, Lang::En, "");
    stage.app.screen.keymap = keymap;
    stage.keys("esc");
    stage.expect("ctrl-s search");
    assert!(!stage.shows("t outline") && !stage.shows(" outline"));
}
