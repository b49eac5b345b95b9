//! Whole screens: pinned queries, the board that compares them by city, the list of hits that stays on its hit.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use ratatui::style::Modifier;
use support::stage::Stage;
use yilan::testing::app::session::Session;
use yilan::testing::app::{Look, Panel};
use yilan::testing::config::ThemeName;
use yilan::testing::config::theme::{Capability, Depth, Theme};

#[test]
fn pinned_queries_are_marked_counted_and_compared_by_city() {
    let mut stage = Stage::new(120, 30);
    let theme = Theme::new(ThemeName::Dark, Capability { depth: Depth::True, light: false });
    stage.theme(theme);
    stage.keys("shift-m");
    stage.expect("检索后按 m");
    stage.keys("m");
    stage.expect("还没有检索");
    stage.keys("/ 水 渠 enter m");
    stage.expect("已固定「水渠」");
    stage.keys("/ 路 灯 alt-m enter esc");
    stage.expect(" 1 水渠  14   2 路灯  14");
    assert_eq!(stage.style_of("路灯、水井").bg, theme.pins[1].bg, "a pin is marked though no search is on");
    stage.keys("shift-m");
    stage.expect("固定检索对比 · 命中次数");
    let cells = |stage: &Stage, place: &str| -> Vec<String> {
        let rows = stage.rows();
        let row = rows.iter().filter_map(|row| row.split_once('│')).find(|(_, board)| board.contains(place)).unwrap().1;
        let figures = row.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_ascii_digit() || c == '·'));
        figures.map(str::to_owned).collect()
    };
    assert_eq!(cells(&stage, "云岭市"), ["6", "6"]);
    assert_eq!(cells(&stage, "雁栖县"), ["·", "·"]);
    assert_eq!(cells(&stage, "合计"), ["14", "14"]);
    stage.keys("u");
    stage.expect("每万字");
    let han = stage.app.corpus.place_ids().map(|id| stage.app.corpus.han_of(id)).next().unwrap();
    assert_eq!(cells(&stage, "云岭市")[0], format!("{:.2}", 60_000.0 / han as f64));
    stage.keys("u l o");
    stage.expect("按 路灯");
    let order: Vec<_> = stage.app.search.pins.board.as_ref().unwrap().rows.iter().map(|p| p.0).collect();
    assert_eq!(order[2], 1, "who says it least stands last");
    stage.keys("o shift-g g down");
    assert_eq!(stage.app.search.pins.board.as_ref().unwrap().rows.len(), 3);
    stage.keys("h right left l enter");
    assert!(stage.app.search.pins.board.is_none());
    assert_eq!(stage.app.search.query.as_ref().unwrap().text(), "路灯");
    assert_eq!(stage.app.screen.focus, Panel::Page);
    stage.keys("shift-m d");
    stage.expect("固定检索对比");
    stage.keys("delete");
    assert!(stage.app.search.pins.board.is_none() && stage.app.search.pins.list.is_empty());
}

#[test]
fn pins_come_back_in_the_next_run_and_a_thirteenth_is_refused() {
    let mut stage = Stage::new(120, 30);
    for query in ["水", "渠", "路", "灯", "桥", "林", "村", "民", "山", "田", "河", "树", "城"] {
        stage.keys(&format!("/ {query} enter m"));
    }
    stage.expect("最多固定 12 个");
    stage.keys("/ 灯 enter m");
    stage.expect("不再固定「灯」");
    let session: Session = serde_json::from_str(&serde_json::to_string(&stage.app.session()).unwrap()).unwrap();
    assert_eq!(
        session.pins.iter().map(|p| p.query.as_str()).collect::<Vec<_>>(),
        ["水", "渠", "路", "桥", "林", "村", "民", "山", "田", "河", "树"]
    );
    let mut next = Stage::empty(120, 30, Look::default(), session);
    next.load(support::corpus::corpus());
    next.keys("esc shift-m");
    next.expect(" 5 林 ");
    let totals = |stage: &Stage| stage.app.search.pins.list.iter().map(|p| p.counts.total).collect::<Vec<_>>();
    assert_eq!(totals(&next), totals(&stage));
    for (width, height) in [(80, 24), (60, 12), (40, 10), (30, 8)] {
        next.resize(width, height);
        next.expect("固定检索");
    }
}

#[test]
fn a_board_too_narrow_for_all_pins_moves_along_with_the_selection() {
    let mut stage = Stage::new(80, 24);
    for query in ["水", "渠", "路", "灯", "桥", "林", "村", "民"] {
        stage.keys(&format!("/ {query} enter m"));
    }
    stage.keys("esc shift-m");
    stage.expect("1–5/8");
    stage.expect(" 1 水");
    stage.keys("l l l l l l l");
    stage.expect("4–8/8");
    stage.expect(" 8 民");
    assert_eq!(stage.app.search.pins.board.as_ref().unwrap().column, 7);
}

#[test]
fn pins_are_told_apart_without_colour() {
    let mut stage = Stage::new(120, 30);
    stage.theme(Theme::new(ThemeName::Mono, Capability { depth: Depth::Mono, light: false }));
    stage.keys("/ 水 渠 enter m / 路 灯 enter m esc");
    assert!(stage.has("路灯、水井", Modifier::ITALIC));
    assert!(stage.has("水渠120公里", Modifier::UNDERLINED) && !stage.has("水渠120公里", Modifier::ITALIC));
}

#[test]
fn conditions_are_marked_beside_the_hits() {
    let mut stage = Stage::new(120, 30);
    let theme = Theme::new(ThemeName::Dark, Capability { depth: Depth::True, light: false });
    stage.theme(theme);
    stage.keys("/ 水 渠 space 村 民 enter");
    assert!(stage.has("村民说", Modifier::UNDERLINED));
    assert_eq!(stage.style_of("村民说").bg, theme.text.bg, "marked, but no hit");
}

#[test]
fn the_list_of_hits_stays_on_its_hit() {
    let mut stage = Stage::new(120, 20);
    let selected = |stage: &Stage| {
        let list = stage.app.search.concordance.as_ref().unwrap();
        let line = list.line(list.selected).unwrap();
        (line.report, line.hit.span.start)
    };
    stage.keys("/ 村 enter v g j j j j j j j j j j j");
    let hit = selected(&stage);
    for order in ["按地方", "按左文 1L", "按右文 1R", "原序"] {
        stage.keys("o");
        stage.expect(order);
        assert_eq!(selected(&stage), hit, "{order}");
        let list = stage.app.search.concordance.as_ref().unwrap();
        assert!((list.scroll.top..list.scroll.top + 16).contains(&list.selected), "and it is seen");
    }
    for filter in ["1", "1", "4", "4"] {
        stage.keys(filter);
        assert_eq!(selected(&stage), hit, "{filter}");
    }
    let list = stage.app.search.concordance.as_ref().unwrap();
    assert!(list.total > 16, "the list is longer than the screen");
    let bar: Vec<String> = stage.rows()[2..18].iter().map(|row| row.chars().last().unwrap().to_string()).collect();
    assert!(bar.contains(&"┃".to_owned()) && bar.contains(&"│".to_owned()), "{bar:?}");
    stage.click(119, 17);
    let list = stage.app.search.concordance.as_ref().unwrap();
    assert_eq!((list.scroll.top, list.selected), (list.total - 16, list.total - 16), "what is selected is seen");
    stage.click(119, 2);
    assert_eq!(stage.app.search.concordance.as_ref().unwrap().scroll.top, 0);
}

#[test]
fn a_caret_follows_what_is_typed_when_it_is_scrolled() {
    for (width, height) in [(120, 24), (60, 20), (40, 12)] {
        let mut stage = Stage::new(width, height);
        stage.keys("/");
        // The quotation that is never closed stands at the end, beyond the left edge of a narrow screen.
        stage.send(yilan::testing::app::Event::Paste(format!("{}|\"渠", "水渠".repeat(14))));
        let rows = stage.rows();
        let (prompt, status) = (&rows[usize::from(height) - 2], &rows[usize::from(height) - 1]);
        let column = |row: &str, sign: char| {
            row.find(sign).map(|at| yilan::testing::text::width::str_width(&row[..at], stage.app.screen.look.ambiguous))
        };
        let quote = column(prompt, '"');
        assert!(quote.is_some(), "{}", stage.picture());
        let caret = column(status, '^');
        assert!(caret.is_none() || caret == quote, "{width}: {caret:?} {quote:?}\n{}", stage.picture());
        assert!(width < 60 || caret.is_some(), "{width}\n{}", stage.picture());
    }
}
