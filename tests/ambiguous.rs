//! Characters that some terminals show in one column and others in two: rows, marks, the list of hits in context and the
//! cursor are right on both kinds, read off a terminal emulator.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use support::emulator::Emulator;
use support::stage::Stage;
use yilan::testing::app::Look;
use yilan::testing::config::ThemeName;
use yilan::testing::config::theme::{Capability, Depth, Theme};
use yilan::testing::text::width::Ambiguous;

const KEYS: &str =
    "j j ctrl-d / 清 泉 enter n n v j o o q m shift-m u q - - ? esc t j esc w j w ) / “ 水 left right enter esc";

fn theme() -> Theme {
    Theme::new(ThemeName::Dark, Capability { depth: Depth::True, light: false })
}

fn stage(width: u16, height: u16, ambiguous: Ambiguous) -> Stage {
    let mut stage = Stage::with_look(width, height, Look { ambiguous, ..Look::default() });
    stage.theme(theme());
    stage
}

#[test]
fn every_cell_stands_where_the_program_thinks_it_does() {
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        for (width, height) in [(120, 30), (80, 24), (45, 12)] {
            let mut stage = stage(width, height, ambiguous);
            let mut emulator = Emulator::new(width, height, ambiguous);
            for key in KEYS.split_whitespace() {
                stage.keys(key);
                let seen = emulator.draw(&stage, &theme());
                for (at, ((cell, _), meant)) in seen.iter().zip(stage.cells()).enumerate() {
                    let (x, y) = (at % usize::from(width), at / usize::from(width));
                    let meant = emulator.shown(meant.trim());
                    let after = format!("{ambiguous:?} {width}x{height} after {key}, at {x},{y}");
                    assert_eq!(*cell, meant, "{after}\n{}", stage.picture());
                }
                assert_eq!(emulator.cursor(), stage.cursor(), "{ambiguous:?} {width}x{height} after {key}");
            }
        }
    }
}

#[test]
fn hits_stand_in_one_column_of_the_terminal() {
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        for (width, height) in [(120, 24), (80, 24), (60, 20)] {
            let mut stage = stage(width, height, ambiguous);
            let mut emulator = Emulator::new(width, height, ambiguous);
            // What stands to the left of this hit begins or ends with a quotation mark.
            stage.keys("/ 工 程 enter v g");
            let cells = emulator.draw(&stage, &theme());
            let rows: Vec<&[(String, vt100::Color)]> = cells.chunks(usize::from(width)).collect();
            let ground = theme().hit.bg;
            assert!(ground.is_some());
            let hits: Vec<usize> = rows[3..]
                .iter()
                .filter_map(|row| row.windows(3).position(|w| w[0].0 == "工" && w[2].0 == "程" && w[0].1 != row[0].1))
                .collect();
            assert!(hits.len() >= 10, "{ambiguous:?} {width}: {hits:?}\n{}", stage.picture());
            assert!(hits.iter().all(|x| *x == hits[0]), "{ambiguous:?} {width}: {hits:?}\n{}", stage.picture());
            let quotes = rows[3..].iter().filter(|row| row.iter().any(|c| c.0 == emulator.shown("“"))).count();
            assert!(quotes >= 10, "the rows do hold ambiguous characters: {quotes}");
        }
    }
}

#[test]
fn the_cursor_stands_behind_what_is_typed() {
    for (ambiguous, columns) in [(Ambiguous::Narrow, 3), (Ambiguous::Wide, 4)] {
        let mut stage = stage(80, 24, ambiguous);
        let mut emulator = Emulator::new(80, 24, ambiguous);
        stage.keys("/ “ 水");
        emulator.draw(&stage, &theme());
        assert_eq!(emulator.cursor(), Some((2 + columns, 22)));
    }
}
