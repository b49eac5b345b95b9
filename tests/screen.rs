//! Whole screens: keys go in as text, the picture is read. Every default key stands in some test (see the last one).

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::sync::Arc;

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::style::Modifier;
use support::corpus::{corpus, document, drafts};
use support::emulator::Emulator;
use support::stage::Stage;
use yilan::testing::app::notice::Notice;
use yilan::testing::app::overlay::Overlay;
use yilan::testing::app::session::Session;
use yilan::testing::app::{Effect, Event, Look, Panel};
use yilan::testing::command::{Action, key};
use yilan::testing::config::ThemeName;
use yilan::testing::config::theme::{Capability, Depth, Theme};
use yilan::testing::corpus::Corpus;
use yilan::testing::text::Lang;
use yilan::testing::text::width::Ambiguous;

#[test]
fn the_first_report_opens_by_itself_with_all_three_panels() {
    let stage = Stage::new(120, 40);
    let rows = stage.rows();
    assert!(rows[0].contains("城市 3 · 5 篇") && rows[0].contains("云岭市 · 人大常委会 · 2022"), "{}", rows[0]);
    assert!(rows[0].contains("关键词 本篇 对 其余"));
    stage.expect("云岭市人民代表大会常务委员会工作报告");
    stage.expect("▌第1部分的工作");
    assert!(rows[38].contains("a.txt") && rows[38].ends_with("第 1 行"), "{}", rows[38]);
    assert!(rows[39].ends_with("? 帮助"));
    assert!(stage.has("第1部分的工作", Modifier::BOLD));
    assert!(stage.has("（1）办好身边的小事", Modifier::BOLD), "a run-in heading is bold within its paragraph");
    assert!(!stage.has("云岭市把路灯", Modifier::BOLD));
    let indent = |text: &str| stage.find(text).unwrap().0;
    assert_eq!(indent("云岭市全年修成") - indent("一、修渠引水"), 4, "paragraphs are set in by two characters");
    assert!(indent("村规民约") > indent("一、修渠引水"), "a paragraph that its file broke goes on in its row");
}

#[test]
fn a_line_says_why_it_was_read_so() {
    let mut stage = Stage::new(120, 40);
    stage.keys(";");
    stage.expect("行 1 · 标题 · 没有规则适用，当作正文（text）");
    stage.keys("e");
    let proposed = stage.asked.iter().any(|effect| {
        matches!(effect, Effect::Copy(entry) if entry.contains("[[file]]\npath = \"a.txt\"") && entry.contains("place = \"云岭市\""))
    });
    assert!(proposed, "{:?}", stage.asked);
    stage.keys("; j e");
    assert!(matches!(stage.asked.last(), Some(Effect::Edit { .. })), "another key has come between");
}

#[test]
fn layouts_by_size() {
    let stage = Stage::new(80, 24);
    assert!(stage.shows("城市 3") && stage.shows("云岭市 · 人大常委会") && !stage.rows()[0].contains("关键词"));
    let mut stage = Stage::new(50, 20);
    assert!(!stage.shows("城市 3") && stage.rows()[0].contains("▾ 云岭市"));
    stage.keys("w");
    assert!(stage.rows()[0].contains("关键词"));
    stage.keys("w");
    stage.expect("云岭市 · 人大常委会");
    stage.keys("shift-tab");
    stage.expect("城市 3 · 5 篇");
    stage.expect("望川市");
    stage.keys("down enter");
    assert!(!stage.shows("城市 3"), "the drop-down closes once a city is chosen");
    let stage = Stage::new(30, 8);
    assert!(stage.shows("云岭市") && !stage.shows("太小"));
    for (width, height) in [(29, 8), (30, 7), (20, 5), (2, 1), (1, 1), (0, 0), (0, 9), (300, 1)] {
        let stage = Stage::new(width, height);
        assert_eq!(stage.rows().len(), usize::from(height));
        if width >= 8 && height > 0 {
            stage.expect("30x8");
        }
    }
    Stage::new(44, 5).expect("窗口 44x5 太小，请放大到 30x8");
}

#[test]
fn any_storm_of_sizes_and_keys_leaves_reading_where_it_was() {
    let mut stage = Stage::new(120, 40);
    stage.keys("} } pagedown");
    let here = stage.app.reading.page.here();
    let sizes = [
        (80, 24),
        (50, 20),
        (30, 8),
        (20, 5),
        (2, 1),
        (1, 1),
        (0, 0),
        (61, 9),
        (59, 12),
        (99, 30),
        (100, 8),
        (200, 60),
    ];
    for (width, height) in sizes {
        stage.resize(width, height);
    }
    stage.resize(120, 40);
    assert_eq!(stage.app.reading.page.here(), here);
    for (i, (width, height)) in sizes.iter().cycle().take(60).enumerate() {
        stage.resize(*width, *height);
        stage.keys(["j", "w", "tab", "t", "esc", "?", "esc", "c", "esc", "/ 水 enter", "n", "ctrl-d"][i % 12]);
    }
}

#[test]
fn no_wide_character_is_cut_at_any_width() {
    for width in 30..130 {
        let stage = Stage::new(width, 20);
        let buffer = stage.terminal.backend().buffer();
        for y in 0..20 {
            let last = &buffer[(width - 1, y)];
            assert!(ratatui::buffer::CellWidth::cell_width(last) <= 1, "width {width}, row {y}");
        }
    }
}

#[test]
fn moving_on_the_page() {
    let mut stage = Stage::new(120, 20);
    let top = |stage: &Stage| stage.app.reading.page.scroll.top;
    let at = |stage: &Stage| stage.app.reading.page.paragraph_rows().start;
    stage.keys("j j down");
    let third = at(&stage);
    assert!(top(&stage) == 0 && third > 3, "the cursor goes from paragraph to paragraph");
    stage.keys("k up");
    assert!(0 < at(&stage) && at(&stage) < third);
    for _ in 0..8 {
        stage.keys("j");
    }
    assert!(top(&stage) > 0, "the page follows");
    stage.keys("g space");
    let screen = top(&stage);
    assert_eq!(screen, 16, "one row of the old screen stays");
    stage.keys("pagedown ctrl-f pageup ctrl-b");
    assert_eq!(top(&stage), screen);
    stage.keys("g ctrl-d");
    assert_eq!(top(&stage), 8);
    stage.keys("ctrl-u");
    assert_eq!(top(&stage), 0);
    stage.keys("end");
    stage.expect("100%");
    stage.keys("home");
    stage.expect(" 0%");
    stage.keys("shift-g g");
    assert_eq!(top(&stage), 0);
}

#[test]
fn the_cursor_is_what_copying_and_editing_are_about() {
    let mut stage = Stage::new(120, 40);
    let copied = |stage: &Stage| match stage.asked.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    stage.keys("] ] j y");
    assert!(copied(&stage).starts_with("云岭市全年修成"), "{}", copied(&stage));
    let passage = stage.app.pointed().unwrap();
    assert_eq!((passage.paragraphs, passage.section), (1, Some(1)));
    // Where it is shows in the margin, on every row of the paragraph and on no other.
    let row = stage.rows().into_iter().find(|row| row.contains("云岭市全年修成")).unwrap();
    let before = row.split("云岭市全年修成").next().unwrap();
    assert!(before.contains('▌'), "{row}");
    stage.keys("shift-v j");
    stage.expect("已选 2 段");
    stage.keys("shift-down y");
    assert_eq!(copied(&stage).lines().count(), 4, "three paragraphs and their source");
    assert!(!stage.shows("已选"), "what was copied is no longer chosen");
    stage.keys("shift-v shift-up esc");
    assert_eq!(stage.app.reading.page.range, None);
    // A click moves it.
    let (x, y) = stage.find("云岭市全年修成").unwrap();
    stage.click(x, y);
    stage.keys("y");
    assert!(copied(&stage).starts_with("云岭市全年修成"));
    // The selected hit in context is what is copied there.
    stage.keys("/ 水 enter v j j y");
    let hit = stage.app.search.concordance.as_ref().and_then(|list| list.line(list.selected).cloned()).unwrap();
    assert!(copied(&stage).contains(&hit.middle), "{}", copied(&stage));
    stage.keys("e");
    assert!(
        matches!(stage.asked.last(), Some(Effect::Edit { line, .. }) if *line == hit.line),
        "{:?}",
        stage.asked.last()
    );
}

#[test]
fn sections_and_parts() {
    let mut stage = Stage::new(140, 30);
    let here = |stage: &Stage| {
        let (_, document, report) = stage.app.opened().unwrap();
        stage.app.section_here().map(|i| report.sections[i].heading.slice(document.text()).to_owned())
    };
    assert_eq!(here(&stage), None);
    stage.keys("]");
    assert_eq!(here(&stage).unwrap(), "第1部分的工作");
    stage.keys("shift-j shift-j");
    assert_eq!(here(&stage).unwrap(), "（1）办好身边的小事。");
    assert!(stage.rows()[0].contains("›"), "the path is in the heading: {}", stage.rows()[0]);
    stage.keys("[");
    assert_eq!(here(&stage).unwrap(), "一、修渠引水");
    stage.keys("shift-k [");
    assert_eq!(here(&stage), None, "before the first heading stands the title");
    stage.keys("} }");
    assert_eq!(here(&stage).unwrap(), "第2部分的工作");
    stage.keys("} }");
    assert_eq!(here(&stage).unwrap(), "第3部分的工作");
    stage.expect("后面没有章节了");
    stage.keys("{");
    assert_eq!(here(&stage).unwrap(), "第2部分的工作");
    stage.keys("ctrl-l");
    assert!(matches!(stage.asked.pop(), Some(Effect::Redraw)));
}

#[test]
fn folding() {
    let mut stage = Stage::new(120, 60);
    stage.keys("] z");
    stage.expect("▸ 10 行");
    assert!(!stage.shows("一、修渠引水") || stage.shows("第2部分"));
    stage.keys("z shift-z");
    stage.expect("已折叠到第 1 级");
    assert!(!stage.shows("一、修渠引水"));
    stage.keys("shift-z");
    stage.expect("一、修渠引水");
    assert!(!stage.shows("20公里"));
    stage.keys("shift-z");
    stage.expect("已全部展开");
    stage.expect("20公里");
    stage.keys("shift-z / 坡 地 enter");
    stage.expect("坡地");
    assert!(stage.app.reading.page.folds.len() < 3, "a hit is never hidden by a fold");
}

#[test]
fn noise_and_repeats_are_dimmed_and_can_be_hidden() {
    let mut stage = Stage::new(120, 40);
    stage.keys("c y q enter");
    stage.expect("雁栖县 · 政协");
    stage.expect("重复围绕河湖治理");
    stage.expect("本报记者 记述");
    stage.keys("x");
    assert!(!stage.shows("重复围绕") && !stage.shows("本报记者"));
    stage.expect("围绕河湖治理");
    stage.keys("x");
    stage.expect("本报记者");
}

#[test]
fn jumping_to_a_city_by_pinyin_from_anywhere() {
    let mut stage = Stage::new(120, 30);
    stage.keys("tab c w c");
    let (x, y) = stage.find("❯ wc").unwrap();
    assert_eq!(stage.cursor(), Some((x + 4, y)), "the real cursor stands behind what is typed");
    assert!(stage.has("望川市  ", Modifier::BOLD), "matched characters are marked");
    assert!(!stage.shows("雁栖县"));
    stage.keys("enter");
    stage.expect("望川市 · 政府 · 2022");
    assert_eq!((stage.app.screen.focus, stage.cursor()), (Panel::Page, None));
    stage.expect("雁栖县");
    stage.keys("f");
    stage.keys("云 esc");
    assert!(stage.app.cities.filter.is_empty());
    stage.expect("望川市 · 政府 · 2022");
    stage.keys("ctrl-p z z z z enter");
    stage.expect("没有匹配「zzzz」的城市");
    stage.keys("ctrl-p down down up ctrl-n ctrl-p pagedown pageup ctrl-c");
    stage.expect("望川市 · 政府 · 2022");
    stage.keys("c down tab shift-tab enter");
    assert!(stage.app.prompt.is_none());
}

#[test]
fn places_unfold_to_their_reports() {
    let mut stage = Stage::new(120, 30);
    stage.keys("shift-tab shift-g l");
    stage.expect("2021 政协");
    stage.keys("j j enter");
    stage.expect("望川市 · 人大常委会 · 2021");
    stage.keys("shift-tab h");
    assert!(!stage.shows("2021 政协"));
    stage.keys("right left o");
    stage.expect("拼音");
    let places: Vec<_> = stage.rows()[2..5].iter().map(|r| r.chars().skip(3).take(3).collect::<String>()).collect();
    assert_eq!(places, ["望川市", "雁栖县", "云岭市"]);
    stage.keys("o o o");
    stage.expect("原序");
}

#[test]
fn next_and_previous_report_and_city() {
    let mut stage = Stage::new(120, 30);
    stage.keys("(");
    stage.expect("已是第一篇");
    stage.keys(")");
    stage.expect("雁栖县 · 政协");
    stage.keys(") )");
    stage.expect("望川市 · 人大常委会 · 2021");
    stage.keys(") )");
    stage.expect("已是最后一篇");
    stage.keys("<");
    stage.expect("雁栖县 · 政协");
    stage.keys("< <");
    stage.expect("已是第一个城市");
    stage.keys("> >");
    stage.expect("望川市 · 政协 · 2021");
    stage.keys("ctrl-o alt-left");
    stage.expect("云岭市 · 人大常委会");
    stage.keys("alt-right ctrl-n");
    stage.expect("望川市 · 政协 · 2021");
    stage.keys("backspace");
    stage.expect("雁栖县 · 政协");
}

#[test]
fn the_outline_filters_and_jumps() {
    let mut stage = Stage::new(120, 40);
    stage.keys("t");
    stage.expect("提纲");
    stage.expect("❯");
    assert!(stage.cursor().is_some());
    stage.keys("第 3");
    assert!(stage.shows("第3部分的工作"));
    stage.keys("enter");
    assert!(!stage.shows("提纲 ─"));
    assert!(stage.rows()[0].contains("第3部分的工作"), "{}", stage.rows()[0]);
    stage.keys("ctrl-o t down down esc");
    assert!(stage.app.section_here().is_none(), "Esc stays where reading was");
    stage.keys("t z s h p");
    stage.expect("二、植树护坡");
    stage.keys("q q q enter");
    assert!(stage.app.prompt.is_none() && stage.app.overlay.is_none());
}

#[test]
fn search_marks_as_one_types_and_counts_per_city() {
    let mut stage = Stage::new(120, 30);
    stage.keys("/ 水");
    let plain = stage.app.search.counts.total;
    stage.keys("渠");
    assert!(stage.app.search.counts.total < plain, "a longer query finds no more");
    stage.expect("3 城中的 2");
    stage.expect("/水渠");
    let (x, y) = stage.find("/水渠").unwrap();
    assert_eq!(stage.cursor(), Some((x + 5, y)));
    let current = stage.style_of("水渠1");
    stage.keys("enter");
    assert_eq!(stage.cursor(), None);
    stage.keys("n");
    assert_ne!(stage.style_of("水渠1"), current, "the current hit looks different");
    stage.keys("shift-n");
    assert_eq!(stage.style_of("水渠1"), current);
    stage.keys("n n n n n n");
    stage.expect("望川市 · 政府");
    stage.keys("shift-n");
    stage.expect("云岭市 · 人大常委会");
    stage.keys("esc");
    assert!(stage.app.search.query.is_none() && !stage.shows("城中的"));
    stage.keys("n");
    stage.expect("还没有检索");
}

#[test]
fn escape_from_a_search_restores_place_and_query() {
    let mut stage = Stage::new(120, 30);
    stage.keys("/ 清 泉 enter } }");
    let (here, top) = (stage.app.reading.page.here(), stage.app.reading.page.scroll.top);
    stage.keys("/ 各 位 tab ctrl-n shift-tab ctrl-p esc");
    assert_eq!((stage.app.reading.page.here(), stage.app.reading.page.scroll.top), (here, top));
    stage.expect("/清泉");
    stage.keys("/ 清 淤 enter");
    stage.expect("本篇没有");
    stage.keys("n");
    stage.expect("雁栖县 · 政协");
    stage.expect("清淤");
    stage.keys("/ 无 此 词 enter");
    stage.expect("没有找到");
}

#[test]
fn the_whole_grammar_is_searched_as_one_types() {
    let mut stage = Stage::new(120, 30);
    let total = |stage: &Stage| stage.app.search.counts.total;
    for (query, want) in [
        ("水渠", 14),
        ("水渠 city:云岭", 6),
        ("水渠 -清泉", 0),
        ("\"水库清淤\"", 1),
        ("水库|水井 body:政协", 3),
        ("清淤 ~4 水库", 1),
        ("re:[0-9]+人次", 1),
        ("py:shuikuqy", 1),
    ] {
        stage.keys("/");
        stage.send(Event::Paste(query.into()));
        assert_eq!(total(&stage), want, "{query}");
        let marked = stage.app.search.hits_in(stage.app.reading.page.report.unwrap()).len();
        assert!(marked as u64 <= total(&stage));
        stage.keys("enter");
    }
}

#[test]
fn a_query_that_cannot_be_parsed_says_where_and_keeps_what_was_found() {
    let mut stage = Stage::new(120, 30);
    stage.keys("/ 水 渠");
    let (total, marks) = (stage.app.search.counts.total, stage.style_of("水渠1"));
    stage.send(Event::Paste(" \"清".into()));
    stage.expect("引号没有配对");
    let (caret, y) = stage.find("^ 引号没有配对").unwrap();
    let (prompt, _) = stage.find("/水渠 \"清").unwrap();
    assert_eq!((caret, y), (prompt + 6, 29), "the caret stands under the quotation mark");
    assert!(stage.has("\"清", Modifier::UNDERLINED) && !stage.has("/水渠", Modifier::UNDERLINED));
    assert_eq!((stage.app.search.counts.total, stage.style_of("水渠1")), (total, marks), "the last good hits stay");
    stage.keys("enter");
    assert!(stage.app.prompt.is_some(), "the prompt stays with what is wrong");
    stage.keys("backspace backspace backspace");
    assert!(stage.app.search.error.is_none() && !stage.shows("引号"));
    stage.keys("space y e a r : 9 enter");
    stage.expect("不认识这个值");
    stage.resize(44, 12);
    stage.expect("不认识这个值");
    stage.keys("esc");
    assert!(stage.app.search.query.is_none() && stage.app.search.error.is_none());
}

#[test]
fn switches_of_the_search_work_in_the_prompt_and_outside() {
    let mut stage = Stage::new(120, 30);
    let total = |stage: &Stage| stage.app.search.counts.total;
    stage.keys("/ s h u i k u");
    assert_eq!(total(&stage), 0);
    stage.expect("精确 拼音 重复");
    stage.keys("alt-p");
    assert_eq!(total(&stage), 1);
    assert!(stage.has("拼音 重复", Modifier::REVERSED) && !stage.has("精确 拼音", Modifier::REVERSED));
    stage.keys("alt-r");
    assert_eq!(total(&stage), 2, "the repeat counts as well");
    stage.keys("enter");
    stage.expect("拼音 重复  2 处");
    assert!(!stage.shows("精确"), "what is off is shown only while one types");
    stage.keys("r");
    assert_eq!(total(&stage), 1);
    stage.expect("计入重复段落：关");
    stage.keys("p");
    assert_eq!(total(&stage), 0);
    stage.keys("/ 水 庫");
    assert_eq!(total(&stage), 1, "scripts are folded");
    stage.keys("ctrl-x");
    assert_eq!(total(&stage), 0);
    stage.keys("alt-e ctrl-t ctrl-t ctrl-r");
    assert_eq!(total(&stage), 2);
    stage.keys("esc");
    assert!(!stage.app.search.options.repeats, "Esc puts the switches back");
    stage.keys("= =");
    stage.expect("精确检索：关");
}

#[test]
fn who_does_not_say_it() {
    let mut stage = Stage::new(120, 30);
    stage.keys("-");
    stage.expect("还没有检索");
    stage.keys("/ 清 淤 enter -");
    stage.expect("没有提到的 2 / 3 城");
    let list = |stage: &Stage| stage.app.cities.rows.len();
    assert_eq!(list(&stage), 2);
    assert!(!stage.shows("雁栖县"));
    stage.keys(">");
    stage.expect("望川市 · 政府");
    stage.keys("-");
    assert_eq!(list(&stage), 3);
    stage.keys("- / 村");
    stage.expect("没有提到的 1 / 3 城");
    stage.keys("enter esc");
    stage.expect("城市 3 · 5 篇");
    stage.keys("/ 清 淤 enter - / 的 enter");
    stage.expect("没有提到的 1 / 3 城");
}

#[test]
fn queries_of_the_past_come_back_also_after_a_restart() {
    let mut stage = Stage::new(120, 30);
    stage.keys("/ 水 渠 enter / 清 淤 enter / 村 up");
    stage.expect("/清淤");
    assert_eq!(stage.app.search.counts.total, 1, "it is searched at once");
    stage.keys("up up down down down");
    stage.expect("/村");
    stage.keys("up up enter r");
    let mut next = Stage::empty(120, 30, Look::default(), stage.app.session());
    next.load(corpus());
    next.expect("/水渠");
    assert_eq!(next.app.search.counts.total, stage.app.search.counts.total);
    assert!(next.app.search.options.repeats);
    next.keys("esc / up up");
    next.expect("/清淤");
}

#[test]
fn hits_stand_in_context_one_below_another() {
    let mut stage = Stage::new(120, 30);
    stage.keys("] ]");
    let here = stage.app.reading.page.here();
    stage.keys("/ 水 渠 ctrl-v");
    stage.expect("/14 · 原序");
    assert!(stage.app.prompt.is_some(), "one goes on typing");
    let column = |stage: &Stage, text: &str| stage.find(text).unwrap().0;
    assert_eq!(column(&stage, "水渠120公里"), column(&stage, "水渠220公里"));
    assert!(stage.shows("云岭市    2022 一、修渠") && stage.shows("云岭市           6 "));
    stage.keys("2");
    stage.expect("语境 1/4 ·");
    stage.keys("backspace pagedown pageup tab enter");
    stage.expect("语境 2/14");
    stage.keys("j k down n shift-n shift-g");
    stage.expect("语境 14/14");
    stage.keys("?");
    stage.expect("全部命令：按汉字、拼音或英文查找");
    stage.keys("?");
    stage.expect("语境 14/14");
    stage.keys("q");
    assert!(!stage.shows("语境 14"));
    assert_eq!(stage.app.reading.page.here(), here, "one comes back to where reading was");
    stage.keys("v g j j j j j j j enter");
    stage.expect("望川市 · 政府");
    assert!(stage.app.search.current.is_some_and(|(_, index)| index == 1));
    stage.keys("ctrl-o");
    assert_eq!(stage.app.reading.page.here(), here);
    stage.keys("v / 清 淤 esc");
    stage.expect("/14");
    stage.keys("esc esc v");
    stage.expect("键入要找的词");
    stage.keys("清 淤 alt-v alt-v enter enter");
    stage.expect("雁栖县 · 政协");
}

#[test]
fn the_list_of_hits_is_ordered_and_filtered() {
    let mut stage = Stage::new(120, 30);
    let total = |stage: &Stage| stage.app.search.counts.total;
    let rights = |stage: &Stage| {
        let list = stage.app.search.concordance.as_ref().unwrap();
        list.lines.iter().map(|line| line.right.clone()).collect::<Vec<_>>()
    };
    stage.keys("/ 水 enter v g");
    let in_corpus = rights(&stage);
    stage.keys("o");
    stage.expect("按地方");
    stage.keys("o");
    stage.expect("按左文");
    stage.keys("o");
    stage.expect("按右文");
    assert_ne!(rights(&stage), in_corpus);
    stage.keys("o");
    assert_eq!(rights(&stage), in_corpus);
    let all = total(&stage);
    for (key, field) in [("1", "city:云岭市"), ("2", "province:青禾省"), ("3", "body:"), ("4", "year:2022")] {
        stage.keys(key);
        stage.expect(&format!("/水 {field}"));
        assert!(total(&stage) < all && total(&stage) > 0, "{field}");
        stage.keys(key);
        assert_eq!(total(&stage), all);
    }
    stage.keys("1 2 3 4");
    stage.expect("year:2022");
    stage.keys("1 2 3 4 5");
    stage.expect("part:回顾");
    stage.keys("5 5");
    assert_eq!(total(&stage), all);
    stage.resize(80, 24);
    stage.expect("语境 1/");
    stage.resize(40, 12);
    stage.expect("语境 1/");
    stage.mouse(MouseEventKind::ScrollDown, 10, 5);
    assert_eq!(stage.app.search.concordance.as_ref().unwrap().selected, 3);
    stage.click(5, 4);
    stage.click(5, 4);
    assert!(stage.app.search.concordance.is_none());
}

#[test]
fn hits_of_a_report_too_large_to_be_searched_between_two_keys() {
    let mut stage = Stage::empty(120, 30, Look::default(), Session::default());
    let mut drafts = drafts();
    drafts.truncate(2);
    drafts[1].lines.extend((0..6000).map(|n| format!("第{n}条水利工程已经完工，管护责任落实到人，年底逐条验收。")));
    let mut large = Corpus::new(corpus().roots().to_vec(), false);
    drafts.iter().for_each(|draft| large.push(Arc::new(document(draft))));
    stage.load(large);
    stage.keys("/ 水 利 enter n n n n n n");
    stage.expect("雁栖县 · 政协");
    stage.expect("第0条水利");
    stage.keys("shift-n");
    stage.expect("云岭市 · 人大");
    stage.keys("n n shift-n ctrl-o");
    stage.keys("/ 5 9 9 9 条");
    stage.expect("城中的 1");
    stage.keys("enter n");
    stage.expect("第5999条水利");
}

#[test]
fn pasted_text_is_text_and_control_characters_are_dropped() {
    let mut stage = Stage::new(120, 30);
    stage.send(Event::Paste("q".into()));
    assert!(stage.asked.is_empty(), "outside a prompt it means nothing");
    stage.keys("/");
    stage.send(Event::Paste("水\x1b[2J渠\r\n".into()));
    stage.expect("/水[2J渠");
    stage.keys("ctrl-u");
    stage.send(Event::Paste("水渠".into()));
    stage.expect("城中的 2");
}

#[test]
fn a_long_prompt_scrolls_so_that_the_cursor_is_seen() {
    let mut stage = Stage::new(60, 12);
    stage.keys("/");
    stage.send(Event::Paste("村".repeat(90)));
    let (x, y) = stage.cursor().unwrap();
    assert!(x < 60 && y == 10);
    stage.keys("home");
    assert_eq!(stage.cursor(), Some((2, 10)));
}

#[test]
fn source_lines() {
    let mut stage = Stage::new(120, 30);
    stage.keys(": 1 2 enter");
    let (_, document, _) = stage.app.opened().unwrap();
    assert_eq!(document.line_at(stage.app.reading.page.here()), 12);
    assert!(stage.rows()[28].ends_with("第 12 行"));
    stage.keys(": 9 9 9 9 enter");
    stage.expect("文件只有");
    stage.keys(": x enter");
    stage.expect("请输入行号");
    stage.keys(": esc e");
    assert!(matches!(stage.asked.pop(), Some(Effect::Edit { line: 12, path }) if path.ends_with("a.txt")));
    stage.send(Event::Edited(Err("编辑器不在".into())));
    stage.expect("编辑器不在");
    stage.keys("ctrl-z");
    assert!(matches!(stage.asked.pop(), Some(Effect::Suspend)));
    stage.send(Event::Stop);
    assert!(matches!(stage.asked.pop(), Some(Effect::Suspend)));
    stage.send(Event::Continued);
    assert!(matches!(stage.asked.pop(), Some(Effect::Retake)));
    stage.keys("q");
    assert!(matches!(stage.asked.pop(), Some(Effect::Quit)));
    stage.keys("ctrl-c");
    assert!(matches!(stage.asked.pop(), Some(Effect::Quit)));
}

#[test]
fn copying_says_where_it_stands() {
    let mut stage = Stage::new(120, 30);
    stage.keys("] ] y");
    let copied = |effect: Option<Effect>| match effect {
        Some(Effect::Copy(text)) => text,
        other => panic!("{other:?}"),
    };
    let text = copied(stage.asked.pop());
    assert_eq!(
        text,
        "一、修渠引水\n《云岭市人民代表大会常务委员会工作报告》，云岭市·人大常委会，2022年，第1部分的工作／一、修渠引水"
    );
    stage.expect("已送往终端");
    stage.keys("j shift-c y");
    let text = copied(stage.asked.pop());
    assert!(text.ends_with("云岭市人民代表大会常务委员会, 2022: 第1部分的工作／一、修渠引水，第1段."), "{text}");
    stage.keys("shift-c y");
    let text = copied(stage.asked.pop());
    assert!(text.starts_with("> 云岭市全年修成") && text.contains("yilan://passage/"), "{text}");
    assert!(!text.contains("a.txt"), "{text}");
    stage.keys("shift-c k");
    stage.keys("shift-y");
    let text = copied(stage.asked.pop());
    assert!(text.contains("坡地。\n（1）办好身边的小事。") && !text.contains("植树"), "{text}");
    assert!(text.contains("写进村规民约"), "pieces of one sentence are put together");
}

#[test]
fn what_one_chooses_from_is_shown_at_once_and_esc_comes_back() {
    let mut stage = Stage::new(120, 40);
    let at =
        |stage: &Stage| (stage.app.reading.page.report, stage.app.reading.page.here(), stage.app.reading.page.scroll);
    stage.keys("j j");
    let before = at(&stage);
    stage.keys("c y");
    stage.expect("雁栖县 ·");
    stage.keys("esc");
    assert_eq!(at(&stage), before);
    stage.keys("t down down");
    assert_ne!(at(&stage), before);
    stage.keys("esc");
    assert_eq!(at(&stage), before);
    // Pinyin finds a heading, in the outline and from the palette.
    stage.keys("t x i u q u enter");
    let heading = |stage: &Stage| {
        let (_, document, report) = stage.app.opened().unwrap();
        stage.app.section_here().map(|i| report.sections[i].heading.slice(document.text()).to_owned())
    };
    assert_eq!(heading(&stage).unwrap(), "一、修渠引水");
    stage.keys("g ? x i u q u y i n");
    stage.expect("个标题含「xiuquyin」");
    stage.keys("enter enter");
    assert_eq!(heading(&stage).unwrap(), "一、修渠引水");
    // The whole paragraph of the selected hit: below, or at the side.
    for (width, height) in [(120, 40), (200, 50)] {
        let mut stage = Stage::new(width, height);
        stage.keys("/ 坡 地 enter v");
        let whole = stage.picture().split_whitespace().collect::<String>();
        assert!(stage.shows("云岭市 · 人大常委会") && whole.contains("云岭市全年修成水渠"), "{}", stage.picture());
    }
}

#[test]
fn passages_are_marked_and_noted() {
    let mut stage = Stage::new(120, 40);
    stage.keys("] ] j .");
    stage.expect("已标记（共 1 处）");
    let row = |stage: &Stage| stage.rows().into_iter().find(|row| row.contains("云岭市全年修成")).unwrap();
    assert!(row(&stage).contains("◆"), "{}", row(&stage));
    stage.keys(". # 水 利 space 用 enter");
    assert_eq!(stage.app.reading.kept.marks[0].typed(), "用 #水利");
    let kept = stage.asked.iter().filter(|effect| matches!(effect, Effect::Keep(_))).count();
    assert_eq!(kept, 2, "the mark, and the mark with its note");
    // A range, and a hit in context.
    stage.keys("j shift-v j .");
    stage.keys("/ 水 enter v .");
    assert_eq!(stage.app.reading.kept.marks.len(), 3);
    assert_eq!(stage.app.reading.kept.marks[1].quotation.text.lines().count(), 2);
    assert_eq!(stage.app.reading.kept.marks[2].hit, "水");
    // The list shows each on the page as it is selected, and Esc goes back.
    let at =
        |stage: &Stage| (stage.app.reading.page.report, stage.app.reading.page.here(), stage.app.reading.page.scroll);
    stage.keys("esc esc g");
    let before = at(&stage);
    stage.keys(", up up");
    stage.expect("标记 3");
    stage.expect("#水利");
    assert_ne!(at(&stage), before);
    let cursor = stage.rows().into_iter().find(|row| row.contains("云岭市全年修成")).unwrap();
    assert!(cursor.contains('▌'), "the passage is seen above the list: {}", stage.picture());
    stage.keys("esc");
    assert_eq!(at(&stage), before);
    stage.keys(", d");
    assert_eq!(stage.app.reading.kept.marks.len(), 2);
    stage.keys("u / # 水 enter");
    assert_eq!(stage.app.reading.kept.marks.len(), 3);
    stage.expect("#水利");
    stage.keys("e 改 enter delete u x enter");
    let exported = stage.asked.iter().any(|effect| format!("{effect:?}").contains("marks.md"));
    assert!(exported);
    stage.keys("enter");
    assert!(stage.app.overlay.is_none());
}

#[test]
fn help_and_issues() {
    let mut stage = Stage::new(120, 40);
    stage.keys("?");
    stage.expect("全部命令：按汉字、拼音或英文查找");
    stage.keys("pagedown pageup down up ?");
    assert!(stage.app.overlay.is_none() && stage.app.prompt.is_none(), "the key that opened it closes it");
    stage.keys("f1 esc !");
    stage.expect("b.txt:6");
    stage.expect("与第 5 行重复");
    stage.keys("enter");
    stage.expect("雁栖县 · 政协");
    assert!(stage.rows()[38].ends_with("第 6 行"), "{}", stage.rows()[38]);
    stage.keys("! esc ! !");
    assert!(stage.app.overlay.is_none());
}

#[test]
fn the_palette_finds_and_runs_every_command() {
    let mut stage = Stage::new(120, 40);
    for typed in ["提 纲", "t i g a n g", "o u t l i n e"] {
        stage.keys(&format!("? {typed}"));
        stage.expect("提纲：键入即可筛选，回车跳转");
        stage.keys("enter");
        assert!(matches!(stage.app.overlay, Some(Overlay::Outline(_))), "{typed}");
        stage.keys("esc");
    }
    // What works elsewhere is found too, and says where.
    stage.keys("? r e t u enter");
    stage.expect("「热图」（m）在关键词栏可用");
    stage.keys("w ? p a n e l enter");
    assert_eq!(stage.app.screen.focus, Panel::Cities);
    stage.keys("? z z z");
    stage.expect("没有这样的命令");
    stage.keys("enter");
    assert!(stage.app.overlay.is_none() && stage.app.prompt.is_none());
    // A click runs what it points at.
    stage.keys("? t i g a n g");
    let (x, y) = stage.find("提纲：键入即可筛选").unwrap();
    stage.click(x, y);
    assert!(matches!(stage.app.overlay, Some(Overlay::Outline(_))));
}

#[test]
fn keywords_follow_the_reader() {
    let mut stage = Stage::new(120, 40);
    stage.keys("j");
    stage.expect("计算中…");
    stage.count_terms();
    stage.keys("s");
    stage.expect("关键词 本地 对 其余");
    stage.expect("特色");
    stage.keys("shift-s o");
    stage.expect("排序：次数");
    stage.expect("云岭市");
    assert!(!stage.app.keywords.is_empty() && !stage.shows("计算中"));
    let most = stage.app.keywords.sheet.as_ref().unwrap().term(0).unwrap();
    stage.keys("w j k");
    assert_eq!(stage.app.keywords.selected.as_ref(), Some(&most));
    stage.expect("含词内");
    stage.keys("*");
    assert_eq!(stage.app.search.query.as_ref().unwrap().text(), most);
    assert_eq!(stage.app.screen.focus, Panel::Page);
    stage.keys("s s s ] ]");
    stage.expect("关键词 本节");
    let section = stage.app.keywords.sheet.clone().unwrap();
    stage.keys("} }");
    assert_ne!(stage.app.keywords.sheet.clone().unwrap().comparison.target, section.comparison.target);
    stage.keys("shift-s shift-s tab tab tab");
}

#[test]
fn the_mouse_opens_scrolls_and_drags() {
    let mut stage = Stage::new(120, 24);
    let (x, y) = stage.find("雁栖县").unwrap();
    stage.click(x, y);
    stage.expect("雁栖县 · 政协");
    let (x, y) = stage.find("云岭市").unwrap();
    stage.click(x, y);
    stage.mouse(MouseEventKind::ScrollDown, 60, 10);
    assert_eq!(stage.app.reading.page.scroll.top, 3);
    stage.mouse(MouseEventKind::ScrollUp, 60, 10);
    assert_eq!(stage.app.reading.page.scroll.top, 0);
    let bar = stage.find("┃").unwrap().0;
    stage.click(bar, 21);
    stage.expect("100%");
    stage.mouse(MouseEventKind::Drag(MouseButton::Left), bar, 1);
    assert_eq!(stage.app.reading.page.scroll.top, 0);
    stage.keys("t");
    let (x, y) = stage.find("第2部分的工作").unwrap();
    stage.click(x, y);
    assert!(stage.rows()[0].contains("第2部分的工作"));
    stage.keys("?");
    stage.mouse(MouseEventKind::ScrollDown, 60, 10);
    stage.click(0, 0);
    assert!(stage.app.overlay.is_none());
    stage.keys("c 望");
    let (x, y) = stage.find("望川市  ").unwrap();
    stage.click(x, y);
    stage.expect("望川市 · 政府");
    for y in 0..24 {
        for x in (0..120).step_by(3) {
            stage.click(x, y);
            stage.mouse(MouseEventKind::ScrollDown, x, y);
        }
    }
}

#[test]
fn the_session_brings_one_back() {
    let mut stage = Stage::new(120, 24);
    stage.keys(") ) } ]");
    let session = stage.app.session();
    let line = |stage: &Stage| {
        let (_, document, _) = stage.app.opened().unwrap();
        document.line_at(stage.app.reading.page.here())
    };
    let mut next = Stage::empty(120, 24, Look::default(), session.clone());
    next.load_part(Corpus::new(corpus().roots().to_vec(), false), false);
    let mut part = Corpus::new(corpus().roots().to_vec(), false);
    part.push(Arc::new(document(&drafts()[0])));
    next.load_part(part, false);
    next.expect("正在读取");
    assert!(next.app.reading.page.report.is_none(), "the report of the last run is still to come");
    next.load(corpus());
    next.expect("望川市 · 政府");
    assert_eq!(line(&next), line(&stage));
    let mut gone = Stage::empty(120, 24, Look::default(), session);
    let mut other = Corpus::new(corpus().roots().to_vec(), false);
    other.push(Arc::new(document(&drafts()[1])));
    gone.load(other);
    gone.expect("雁栖县 · 政协");
}

#[test]
fn an_empty_corpus_is_said_and_every_key_is_harmless() {
    let mut stage = Stage::empty(120, 30, Look::default(), Session::default());
    stage.expect("正在读取");
    let all: Vec<&str> = Action::ALL.iter().flat_map(|a| a.default_keys()).copied().collect();
    for key in &all {
        stage.keys(key);
    }
    stage.load(Corpus::new(Vec::new(), false));
    stage.keys("esc esc");
    stage.expect("没有可读的报告");
    for key in &all {
        stage.keys(key);
    }
}

#[test]
fn every_key_everywhere_is_harmless() {
    let all: Vec<&str> = Action::ALL.iter().flat_map(|a| a.default_keys()).copied().collect();
    for (width, height) in [(120, 40), (80, 24), (50, 20), (30, 8), (2, 1)] {
        let mut stage = Stage::new(width, height);
        for first in &all {
            stage.keys(first);
            for second in ["j", "enter", "esc", "tab"] {
                stage.keys(second);
            }
        }
    }
}

#[test]
fn english_speaks_english() {
    let mut stage = Stage::with_look(120, 40, Stage::speak(Lang::En));
    stage.expect("3 cities · 5 reports");
    stage.expect("report vs rest");
    stage.keys("?");
    stage.expect("Focus the next panel");
    stage.send(Event::Notice(Notice::trouble("a notice")));
    stage.expect("a notice");
}

#[test]
fn terminals_with_wide_ambiguous_characters_get_plain_lines() {
    let look = Look { ambiguous: Ambiguous::Wide, ..Look::default() };
    for (width, height) in [(120, 40), (80, 24), (50, 20), (30, 8)] {
        let mut stage = Stage::with_look(width, height, look);
        assert!(!stage.shows("│") && !stage.shows("┃"));
        stage.keys("? esc t esc / “ enter");
    }
}

#[test]
fn focus_and_selection_show_without_colour() {
    for depth in [Depth::Mono, Depth::Ansi16] {
        let mut stage = Stage::new(120, 30);
        stage.theme(Theme::new(ThemeName::Auto, Capability { depth, light: false }));
        assert!(stage.has("云岭市 · 人大", Modifier::REVERSED), "the focused heading");
        assert!(!stage.has("城市 3", Modifier::REVERSED));
        stage.keys("shift-tab");
        assert!(stage.has("城市 3", Modifier::REVERSED));
        stage.keys("j");
        assert!(stage.has("雁栖县", Modifier::REVERSED), "the selected row");
    }
}

#[test]
fn cities_stand_in_a_tree_whose_branches_close() {
    let mut stage = Stage::new(120, 40);
    stage.keys("shift-tab shift-t");
    stage.expect("省市县");
    stage.expect("青禾省");
    let all = stage.app.cities.rows.len();
    stage.keys("g h");
    assert!(stage.app.cities.rows.len() < all, "a province closes");
    stage.keys("enter");
    assert_eq!(stage.app.cities.rows.len(), all);
    stage.keys("shift-t");
    stage.expect("原序");
    assert!(!stage.shows("青禾省"));
}

#[test]
fn every_default_key_stands_in_some_test() {
    let sources = [
        include_str!("screen.rs"),
        include_str!("pins.rs"),
        include_str!("panel.rs"),
        include_str!("watch.rs"),
        include_str!("compare_screens.rs"),
        include_str!("export.rs"),
        include_str!("own_settings.rs"),
    ];
    let mut pressed = std::collections::HashSet::new();
    for call in sources.iter().flat_map(|source| source.split(".keys(\"").skip(1)) {
        let keys = call.split('"').next().unwrap_or_default();
        pressed.extend(keys.split_whitespace().filter_map(key::parse).map(key::format));
    }
    for action in Action::ALL {
        for name in action.default_keys() {
            let named = key::format(key::parse(name).unwrap());
            assert!(pressed.contains(&named), "{named} ({}) is pressed in no test", action.name());
        }
    }
}

#[test]
fn what_is_drawn_step_by_step_is_what_is_drawn_at_once() {
    let theme = Theme::new(ThemeName::Light, Capability { depth: Depth::True, light: true });
    for (width, height) in [(120, 24), (77, 20), (45, 12)] {
        let mut stage = Stage::new(width, height);
        let mut steps = Emulator::new(width, height, Ambiguous::Narrow);
        let keys = "j j ctrl-d / 水 渠 enter n n ? esc t j esc ) ] z shift-z shift-z w w ! esc c w enter x : 9 enter k k g shift-g";
        for key in keys.split_whitespace() {
            stage.keys(key);
            let (by_step, at_once) =
                (steps.draw(&stage, &theme), Emulator::new(width, height, Ambiguous::Narrow).draw(&stage, &theme));
            let wrong = by_step.iter().zip(&at_once).position(|(a, b)| a != b);
            let place = wrong.map(|at| (at % usize::from(width), at / usize::from(width), &by_step[at], &at_once[at]));
            assert_eq!(place, None, "after {key}:\n{}", stage.picture());
        }
    }
}
