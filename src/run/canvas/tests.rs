//! A terminal that took the bytes shows what was drawn, and the bytes are few.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::*;

const ALL: Ability = Ability { erases: true, ..Ability::NONE };

/// A terminal in memory and what draws on it.
struct Bench {
    terminal: Terminal<CompactBackend<Vec<u8>>>,
    screen: vt100::Parser,
    size: Size,
}

impl Bench {
    fn new(width: u16, height: u16, ability: Ability) -> Self {
        let mut backend = CompactBackend::new(Vec::new(), ability);
        let size = Size { width, height };
        backend.fixed = Some(size);
        let many = |n: u16| std::num::NonZeroU16::new(n).expect("not zero");
        let screen = vt100::Parser::new(many(height), many(width), 0);
        Self { terminal: Terminal::new(backend).expect("memory"), screen, size }
    }

    /// Draws a frame; gives its bytes.
    fn draw(&mut self, draw: impl FnOnce(&mut Buffer)) -> Vec<u8> {
        self.terminal.draw(|frame| draw(frame.buffer_mut())).expect("memory takes everything");
        let bytes = std::mem::take(&mut self.terminal.backend_mut().out);
        self.screen.process(&bytes);
        bytes
    }

    /// What the terminal shows: text and background of every cell, row by row.
    fn shows(&self) -> Vec<(String, vt100::Color)> {
        let Size { width, height } = self.size;
        let cells = (0..height).flat_map(|y| (0..width).map(move |x| (y, x)));
        let cell = |(y, x)| self.screen.screen().cell(y, x).expect("inside");
        let text = |cell: &vt100::Cell| match cell.contents() {
            "" if cell.is_wide_continuation() => String::new(),
            "" => " ".to_owned(),
            text => text.to_owned(),
        };
        cells.map(|at| (text(cell(at)), cell(at).bgcolor())).collect()
    }
}

fn styled(number: u8) -> Style {
    let ground = Style::new().fg(Color::Indexed(7)).bg(Color::Indexed(17));
    match number % 5 {
        0 => ground,
        1 => ground.fg(Color::Indexed(3)).add_modifier(Modifier::BOLD),
        2 => ground.bg(Color::Indexed(20)),
        3 => ground.add_modifier(Modifier::REVERSED),
        _ => ground.fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
    }
}

fn put(buffer: &mut Buffer, ground: Style, texts: &[(u16, u16, String, u8)]) {
    buffer.set_style(buffer.area, ground);
    for (x, y, text, style) in texts {
        buffer.set_string(*x, *y, text, styled(*style));
    }
}

/// Two texts a row that do not meet: a wide character of which half is covered is the business of who draws.
fn texts() -> impl Strategy<Value = Vec<(u16, u16, String, u8)>> {
    let text = |from: u16| (from..from + 4, "[灯塔、a ─]{0,5}", any::<u8>());
    let row = (text(0), text(15)).prop_map(|(left, right)| [left, right]);
    proptest::collection::vec(row, 0..5).prop_map(|rows| {
        let placed = (0..).zip(rows).flat_map(|(y, row)| row.map(|(x, text, style)| (x, y, text, style)));
        placed.collect()
    })
}

proptest! {
    #[test]
    fn any_change_of_the_screen_arrives(first in texts(), second in texts(), third in texts(), erases: bool, lost: bool) {
        let mut bench = Bench::new(30, 4, Ability { erases, scrolls: true, ..Ability::NONE });
        for (number, frame) in [first, second, third].iter().enumerate() {
            if lost && number == 2 {
                bench.terminal.backend_mut().forget();
                bench.screen.process("\x1b[2;3H\x1b[41m乱\x1b[0m".as_bytes());
            }
            bench.draw(|buffer| put(buffer, styled(0), frame));
            let mut fresh = Bench::new(30, 4, Ability::NONE);
            fresh.draw(|buffer| put(buffer, styled(0), frame));
            prop_assert!(bench.shows() == fresh.shows(), "frame {}", number);
        }
    }
}

#[test]
fn what_is_drawn_is_what_the_library_drew() {
    // The yardstick of the test above, once against the buffer itself.
    let mut bench = Bench::new(12, 2, ALL);
    bench.draw(|buffer| {
        buffer.set_style(Rect::new(0, 0, 12, 2), styled(0));
        buffer.set_string(1, 0, "灯塔─a", styled(1));
    });
    let row: String = bench.shows().iter().take(12).map(|(text, _)| text.as_str()).collect();
    assert_eq!(row.split_whitespace().collect::<String>(), "灯塔─a");
    let mut painted = bench.shows().into_iter().filter(|(text, _)| !text.is_empty());
    assert!(painted.all(|(_, back)| back == vt100::Color::Idx(17)));
}

#[test]
fn nothing_is_sent_where_nothing_changes() {
    let mut bench = Bench::new(40, 3, ALL);
    let frame = [(1, 1, "灯塔看海".to_owned(), 1)];
    assert!(!bench.draw(|buffer| put(buffer, styled(0), &frame)).is_empty());
    assert_eq!(bench.draw(|buffer| put(buffer, styled(0), &frame)), b"");
    assert_eq!(bench.terminal.backend().sent().frames, 1);
}

#[test]
fn a_page_is_little_more_than_its_text() {
    let mut bench = Bench::new(120, 40, ALL);
    let row = "灯塔看海，潮起潮落。".repeat(4);
    let page = |shift: usize| -> Vec<(u16, u16, String, u8)> {
        let text = |y: u16| row.chars().cycle().skip(shift + usize::from(y)).take(36).collect();
        (0..40).map(|y| (20, y, text(y), 0)).collect()
    };
    let text = 40 * 36 * 3;
    let first = bench.draw(|buffer| put(buffer, styled(0), &page(0))).len();
    assert!(first < text + 40 * 9 + 60, "{first}");
    let next = bench.draw(|buffer| put(buffer, styled(0), &page(1))).len();
    assert!(next < text + 40 * 9 + 60, "{next}");
    // An emptied screen is erased, not painted.
    let emptied = bench.draw(|buffer| put(buffer, styled(0), &[])).len();
    assert!(emptied < 40 * 12 + 60, "{emptied}");
}

#[test]
fn what_repeats_is_repeated_where_the_terminal_can() {
    let mut bench = Bench::new(120, 2, Ability { repeats: true, ..ALL });
    let bytes = bench.draw(|buffer| put(buffer, styled(0), &[(0, 0, "─".repeat(120), 1)]));
    assert!(bytes.len() < 120, "{}", bytes.len());
    assert!(String::from_utf8_lossy(&bytes).contains("─\x1b[119b"));
}
