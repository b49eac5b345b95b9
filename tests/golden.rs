//! Whole screens against files under `tests/golden`: what stands in every cell, and in which style.
//!
//! `UPDATE=1 cargo test --test golden` writes them anew; the change is then read in the diff. A file holds the rows as they
//! are seen, then one letter for every column that says in which style it is drawn, then what the letters mean.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Style};
use support::corpus::{Draft, document};
use support::stage::Stage;
use yilan::testing::app::Look;
use yilan::testing::config::ThemeName;
use yilan::testing::config::theme::{Capability, Depth, Theme};
use yilan::testing::corpus::{Body, Corpus, load};
use yilan::testing::text::Lang;

/// A screen: its file, its size, the keys that lead there.
type Screen = (&'static str, (u16, u16), &'static str);

const SCREENS: &[Screen] = &[
    // The main three where there is least room for all that matters.
    ("page-80x24", (80, 24), "}"),
    ("keywords-80x24", (80, 24), "w j"),
    ("concordance-80x24", (80, 24), "/ 水 enter v j"),
    ("page", (120, 40), "} z"),
    ("search", (120, 40), "/ 水 | 村 enter n m"),
    ("search-prompt", (120, 40), "/ 水 ("),
    ("cities", (120, 40), "c y"),
    ("keywords", (120, 40), "w j"),
    ("outline", (120, 40), "t 水"),
    ("help", (120, 40), "?"),
    ("issues", (120, 40), "!"),
    ("concordance", (120, 40), "/ 水 enter v j 5"),
    ("board", (120, 40), "/ 水 enter m / 村 enter m shift-m l"),
    ("figure", (120, 40), "w enter j"),
    ("collocates", (120, 40), "w t j"),
    ("ranking", (120, 40), "w b"),
    ("heat-map", (120, 40), "w m j l"),
    ("trend", (120, 40), "w h"),
    ("map", (120, 40), "/ 水 enter @"),
    ("map-80x24", (80, 24), "/ 水 enter @ j"),
    ("map-60x20", (60, 20), "/ 水 enter @"),
    ("map-inside", (120, 40), "/ 水 enter @ enter j"),
    ("map-of-ranking-80x24", (80, 24), "w b @"),
    ("groups", (120, 40), "w d j l"),
    ("phrases", (120, 40), "w u"),
    ("marks", (120, 40), "] ] j . j . ,"),
    ("range", (120, 40), "] ] j shift-v j"),
    ("page-60x20", (60, 20), "}"),
    ("concordance-60x20", (60, 20), "/ 水 enter v j"),
    ("outline-80x24", (80, 24), "t 水"),
    ("marks-80x24", (80, 24), "] ] j . j . ,"),
    ("page-200x50", (200, 50), "}"),
    ("concordance-200x50", (200, 50), "/ 水 enter v j"),
    ("heat-map-200x50", (200, 50), "w m j l"),
    ("issues-60x20", (60, 20), "!"),
    ("help-60x20", (60, 20), "?"),
    ("keywords-60x20", (60, 20), "w j"),
    ("board-80x24", (80, 24), "/ 水 enter m / 村 enter m shift-m l"),
    ("export-80x24", (80, 24), "w b shift-e"),
    ("ranking-200x50", (200, 50), "w b"),
    ("shared-wording", (120, 40), "} j j b tab 1 j"),
    ("shared-wording-80x24", (80, 24), "} j j b"),
    ("shared-wording-60x20", (60, 20), "} j j b 1"),
    ("side-by-side", (120, 40), "} u l"),
    ("side-by-side-80x24", (80, 24), "} u j"),
    ("side-by-side-56x20", (56, 20), "} u tab"),
];

/// The same over the built-in sample, which has two reports of one place.
const COMPARED: &[Screen] = &[
    ("targets", (120, 40), "# l"),
    ("targets-80x24", (80, 24), "# l"),
    ("diff", (120, 40), "d n n"),
    ("diff-80x24", (80, 24), "d n"),
    ("diff-60x20", (60, 20), "d n"),
    ("formulas", (120, 40), "d y j"),
    ("draft", (120, 40), "c 南 柯 enter %"),
];

/// Reports of invented places in seven provinces, which say 水 the more often the later they come.
fn provinces() -> Corpus {
    let mut corpus = Corpus::new(vec!["fixture".into()], false);
    let places = [
        ("a.txt", ("乌有市", "河北省")),
        ("b.txt", ("子墟市", "吉林省")),
        ("c.txt", ("槐安县", "四川省")),
        ("d.txt", ("水月县", "云南省")),
        ("e.txt", ("南柯市", "福建省")),
        ("f.txt", ("望川市", "湖南省")),
        ("g.txt", ("云岭市", "甘肃省")),
    ];
    for (at, (file, place)) in places.into_iter().enumerate() {
        let lines = vec![
            format!("#{}政府工作报告", place.0),
            "1过去一年的工作".to_owned(),
            format!("渠修好了，{}人人都说好。", "水到了田头，".repeat(at)),
        ];
        let draft = Draft { file, place, body: Body::Government, year: 2022, lines };
        corpus.push(Arc::new(document(&draft)));
    }
    corpus
}

fn stage((width, height): (u16, u16), lang: Lang, keys: &str) -> Stage {
    let mut stage = Stage::empty(width, height, Look { lang, ..Look::default() }, Default::default());
    if keys.split(' ').any(|key| matches!(key, "w" | "u" | "b" | "@")) {
        stage.count_terms();
    }
    stage.load(support::corpus::corpus());
    stage.keys(keys);
    stage
}

fn colour(name: &str, colour: Color, out: &mut String) {
    match colour {
        Color::Reset => {}
        Color::Rgb(r, g, b) => {
            let _ = write!(out, " {name} #{r:02x}{g:02x}{b:02x}");
        }
        other => {
            let _ = write!(out, " {name} {}", format!("{other:?}").to_lowercase());
        }
    }
}

fn described(style: Style) -> String {
    let mut out = String::new();
    colour("ink", style.fg.unwrap_or_default(), &mut out);
    colour("ground", style.bg.unwrap_or_default(), &mut out);
    for (name, _) in style.add_modifier.iter_names() {
        let _ = write!(out, " {}", name.to_lowercase());
    }
    if out.is_empty() { " plain".to_owned() } else { out }
}

/// The screen as a file holds it.
fn written(buffer: &Buffer) -> String {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut styles: Vec<Style> = Vec::new();
    let (mut text, mut letters) = (String::new(), String::new());
    for y in 0..buffer.area.height {
        let (mut row, mut x) = (String::new(), 0);
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        text += row.trim_end();
        text.push('\n');
        // The second half of a wide character is never drawn: it looks as the first does.
        let mut covered = 0;
        for x in 0..buffer.area.width {
            if covered > 0 {
                covered -= 1;
                letters.extend(letters.chars().next_back());
                continue;
            }
            let cell = &buffer[(x, y)];
            covered = cell.cell_width().max(1) - 1;
            let style = cell.style();
            let known = styles.iter().position(|s| *s == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            letters.push(LETTERS.chars().nth(known).unwrap_or('?'));
        }
        letters.push('\n');
    }
    let mut legend = String::new();
    for (letter, style) in LETTERS.chars().zip(&styles) {
        let _ = writeln!(legend, "{letter}{}", described(*style));
    }
    format!("{text}\n{letters}\n{legend}")
}

fn check(name: &str, buffer: &Buffer) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.txt"));
    let is = written(buffer);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of the screens");
        fs::write(&path, is).expect("the file of a screen");
        return Ok(());
    }
    let was = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if was == is {
        return Ok(());
    }
    let rows = was.lines().zip(is.lines()).enumerate().filter(|(_, (was, is))| was != is);
    let mut told = format!("{name} is not what its file holds (UPDATE=1 writes it anew):\n");
    for (row, (was, is)) in rows.take(6) {
        let _ = writeln!(told, "{row:3} was {was}\n    is  {is}");
    }
    Err(told)
}

#[test]
fn screens_are_what_their_files_hold() {
    let mut faults: Vec<String> = Vec::new();
    for &(name, size, keys) in SCREENS {
        let stage = stage(size, Lang::Zh, keys);
        faults.extend(check(name, stage.terminal.backend().buffer()).err());
    }
    for &(name, size, keys) in COMPARED {
        let mut stage = Stage::empty(size.0, size.1, Look::default(), Default::default());
        stage.count_terms();
        stage.load(load::sample());
        stage.keys(keys);
        faults.extend(check(name, stage.terminal.backend().buffer()).err());
    }
    let mut plain = Stage::empty(80, 24, Look::default(), Default::default());
    plain.count_terms();
    plain.load(load::sample());
    plain.keys("d n");
    plain.theme(Theme::new(ThemeName::Auto, Capability { depth: Depth::Mono, light: false }));
    faults.extend(check("diff-without-colour", plain.terminal.backend().buffer()).err());
    // A map in colour, in the terminal's own sixteen, and without any.
    for (file, size, name, capability) in [
        ("map-of-provinces", (120, 40), ThemeName::Auto, Capability { depth: Depth::True, light: false }),
        ("map-sixteen-colours", (80, 24), ThemeName::Ansi16, Capability { depth: Depth::Ansi16, light: false }),
        ("map-without-colour", (80, 24), ThemeName::Mono, Capability { depth: Depth::Mono, light: false }),
    ] {
        let mut map = Stage::empty(size.0, size.1, Look::default(), Default::default());
        map.count_terms();
        map.load(provinces());
        map.keys("/ 水 enter @ j");
        map.theme(Theme::new(name, capability));
        faults.extend(check(file, map.terminal.backend().buffer()).err());
    }
    let english = stage((120, 40), Lang::En, "w j");
    faults.extend(check("english", english.terminal.backend().buffer()).err());
    let mut plain = stage((120, 40), Lang::Zh, "/ 水 enter m shift-tab j");
    plain.theme(Theme::new(ThemeName::Auto, Capability { depth: Depth::Mono, light: false }));
    faults.extend(check("without-colour", plain.terminal.backend().buffer()).err());
    // The same passage chosen and marked, light and in the terminal's own colours.
    for (file, name, capability) in [
        ("light", ThemeName::Light, Capability { depth: Depth::True, light: true }),
        ("sixteen-colours", ThemeName::Ansi16, Capability { depth: Depth::Ansi16, light: false }),
        ("marks-without-colour", ThemeName::Mono, Capability { depth: Depth::Mono, light: false }),
    ] {
        let mut themed = stage((120, 40), Lang::Zh, "] ] j . j shift-v j");
        themed.theme(Theme::new(name, capability));
        faults.extend(check(file, themed.terminal.backend().buffer()).err());
    }
    // A selected row turned inside out keeps its bars.
    for (file, keys, depth) in [
        ("board-sixteen-colours", "/ 水 enter m / 村 enter m shift-m l", Depth::Ansi16),
        ("ranking-sixteen-colours", "w b", Depth::Ansi16),
        ("heat-map-without-colour", "w m j l", Depth::Mono),
    ] {
        let mut themed = stage((120, 40), Lang::Zh, keys);
        let name = if depth == Depth::Mono { ThemeName::Mono } else { ThemeName::Ansi16 };
        themed.theme(Theme::new(name, Capability { depth, light: false }));
        faults.extend(check(file, themed.terminal.backend().buffer()).err());
    }
    let mut wide = stage((200, 50), Lang::Zh, "w m j l");
    wide.theme(Theme::new(ThemeName::Light, Capability { depth: Depth::True, light: true }));
    faults.extend(check("heat-map-200x50-light", wide.terminal.backend().buffer()).err());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
