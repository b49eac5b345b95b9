//! A terminal with side margins shows what was drawn, and a row that moves costs little.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::*;

const MOVES: Ability = Ability { erases: true, repeats: false, scrolls: true, scrolls_sides: true };

/// As much of a terminal as is used here, with margins on all sides. A cell holds a character; the second half of a wide one nothing.
struct SidedTerminal {
    cells: Vec<Vec<String>>,
    at: (usize, usize),
    rows: (usize, usize),
    columns: (usize, usize),
    may_have_sides: bool,
}

impl SidedTerminal {
    fn new(width: usize, height: usize) -> Self {
        let cells = vec![vec![" ".to_owned(); width]; height];
        Self { cells, at: (0, 0), rows: (0, height), columns: (0, width), may_have_sides: false }
    }

    fn blank(&mut self, y: usize, columns: std::ops::Range<usize>) {
        self.cells[y][columns].fill(" ".to_owned());
    }

    fn takes(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("text");
        let (width, height) = (self.cells[0].len(), self.cells.len());
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let (x, y) = self.at;
            match c {
                '\r' => self.at.0 = 0,
                '\n' => self.at.1 = (y + 1).min(height - 1),
                '\u{1b}' => {
                    assert_eq!(rest.next(), Some('['));
                    let mut inside = String::new();
                    let last = loop {
                        match rest.next().expect("a whole sequence") {
                            c if c.is_ascii_alphabetic() => break c,
                            c => inside.push(c),
                        }
                    };
                    let numbers: Vec<usize> = inside.split(';').map(|n| n.parse().unwrap_or(0)).collect();
                    let first = numbers[0].max(1);
                    match (inside.as_str(), last) {
                        ("?69", _) => {
                            (self.may_have_sides, self.columns) = (last == 'h', (0, width));
                        }
                        (other, _) if other.starts_with('?') => {}
                        (_, 'm') => {}
                        (_, 'H') => self.at = (numbers.get(1).map_or(0, |n| n - 1), first - 1),
                        (_, 'G') => self.at.0 = first - 1,
                        (_, 'C') => self.at.0 += first,
                        (_, 'X') => self.blank(y, x..(x + first).min(width)),
                        (_, 'K') => self.blank(y, x..width),
                        (_, 'J') => (0..height).for_each(|y| self.blank(y, 0..width)),
                        (_, 'r') => {
                            let bottom = numbers.get(1).copied().unwrap_or(height);
                            (self.rows, self.at) = ((first - 1, bottom), (0, 0));
                        }
                        (_, 's') => {
                            assert!(self.may_have_sides);
                            self.columns = (first - 1, numbers[1]);
                        }
                        (_, 'S' | 'T') => {
                            let ((top, bottom), (left, right)) = (self.rows, self.columns);
                            let old = self.cells.clone();
                            for y in top..bottom {
                                let from = if last == 'S' { y.checked_add(first) } else { y.checked_sub(first) };
                                match from.filter(|from| (top..bottom).contains(from)) {
                                    Some(from) => self.cells[y][left..right].clone_from_slice(&old[from][left..right]),
                                    // What comes in is of no colour that is known here.
                                    None => self.cells[y][left..right].fill("?".to_owned()),
                                }
                            }
                        }
                        other => panic!("{other:?}"),
                    }
                }
                c => {
                    let wide = !c.is_ascii() && c != '│';
                    self.cells[y][x] = c.to_string();
                    if wide {
                        self.cells[y][x + 1] = String::new();
                    }
                    self.at.0 = x + 1 + usize::from(wide);
                }
            }
        }
    }

    fn shows(&self) -> Vec<String> {
        self.cells.iter().map(|row| row.concat()).collect()
    }
}

struct SidedBench {
    terminal: Terminal<CompactBackend<Vec<u8>>>,
    screen: SidedTerminal,
}

impl SidedBench {
    fn new(width: u16, height: u16, ability: Ability) -> Self {
        let mut backend = CompactBackend::new(Vec::new(), ability);
        backend.fixed = Some(Size { width, height });
        let screen = SidedTerminal::new(width.into(), height.into());
        Self { terminal: Terminal::new(backend).expect("memory"), screen }
    }

    fn draw(&mut self, draw: impl FnOnce(&mut Buffer)) -> usize {
        self.terminal.draw(|frame| draw(frame.buffer_mut())).expect("memory takes everything");
        let bytes = std::mem::take(&mut self.terminal.backend_mut().out);
        self.screen.takes(&bytes);
        bytes.len()
    }
}

/// A list, a page that stands at line `first` of its text, and figures.
fn page(buffer: &mut Buffer, first: usize, list: usize) {
    let area: Rect = buffer.area;
    buffer.set_style(area, Style::new().bg(Color::Indexed(17)));
    let (left, right) = (area.width / 4, area.width * 3 / 4);
    for y in 0..area.height {
        let line = first + usize::from(y);
        for x in [left, right] {
            buffer.set_string(x, y, "│", Style::new());
        }
        buffer.set_string(0, y, format!("城市{}", list + usize::from(y)), Style::new());
        let letter = |n: usize| char::from_u32(0x4e00 + ((line * 7919 + n * 104_729) % 9000) as u32).expect("汉字");
        let letters: String = (0..usize::from(right - left - 2) / 2 - line % 3).map(letter).collect();
        buffer.set_string(left + 1, y, letters, Style::new());
        buffer.set_string(right + 1, y, format!("{}", y * y), Style::new());
    }
}

#[test]
fn a_row_that_moves_costs_half_a_kilobyte_at_most() {
    let mut bench = SidedBench::new(120, 40, MOVES);
    bench.draw(|buffer| page(buffer, 100, 0));
    for first in [101, 100, 103, 102] {
        let bytes = bench.draw(|buffer| page(buffer, first, 0));
        assert!(bytes < 512, "{bytes}");
    }
    let mut without = SidedBench::new(120, 40, Ability { scrolls: false, scrolls_sides: false, ..MOVES });
    without.draw(|buffer| page(buffer, 100, 0));
    assert!(without.draw(|buffer| page(buffer, 101, 0)) > 3000);
}

proptest! {
    #[test]
    fn what_moves_arrives(steps in proptest::collection::vec((0usize..12, 0usize..4), 1..6), sides: bool, width in 30u16..60) {
        let mut bench = SidedBench::new(width, 14, Ability { scrolls_sides: sides, ..MOVES });
        for (first, list) in steps {
            bench.draw(|buffer| page(buffer, first, list));
            let mut fresh = SidedBench::new(width, 14, Ability::NONE);
            fresh.draw(|buffer| page(buffer, first, list));
            prop_assert_eq!(bench.screen.shows(), fresh.screen.shows());
        }
    }

    #[test]
    fn any_screen_arrives(frames in proptest::collection::vec(proptest::collection::vec("[灯塔海│ab ]{0,14}", 10), 1..5)) {
        let draw = |buffer: &mut Buffer, rows: &[String]| {
            for (y, row) in (0..).zip(rows) {
                buffer.set_string(0, y, row, Style::new());
            }
        };
        let mut bench = SidedBench::new(30, 10, MOVES);
        for rows in frames {
            bench.draw(|buffer| draw(buffer, &rows));
            let mut fresh = SidedBench::new(30, 10, Ability::NONE);
            fresh.draw(|buffer| draw(buffer, &rows));
            prop_assert_eq!(bench.screen.shows(), fresh.screen.shows());
        }
    }
}
