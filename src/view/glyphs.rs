//! The signs the screen is drawn with. Where the terminal shows ambiguous characters two columns wide, lines and blocks
//! would be so too: there plain ASCII stands in for them.

use crate::text::width::Ambiguous;

/// A set of signs, each one column wide.
#[derive(Debug, Clone, Copy)]
pub struct Glyphs {
    /// Line between panels.
    pub wall: &'static str,
    /// Level line.
    pub rule: &'static str,
    /// Corners of a window: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Something folded.
    pub folded: &'static str,
    /// Something unfolded.
    pub unfolded: &'static str,
    /// What is open, or chosen.
    pub here: &'static str,
    /// The paragraph that the cursor is on.
    pub cursor: &'static str,
    /// Before the heading of a part.
    pub part: &'static str,
    /// Scrollbar: the thumb.
    pub thumb: &'static str,
    /// A marked passage, in the margin and the scrollbar.
    pub mark: &'static str,
    /// Scrollbar: a hit.
    pub tick: &'static str,
    /// Before what is typed as a filter.
    pub filter: &'static str,
    /// Between the steps of a path.
    pub step: &'static str,
    /// Bars: half a column, a whole one. Half as high as a row, so that bars below one another stay apart.
    pub bar: [&'static str; 2],
    /// Columns of growing height, from one eighth to full.
    pub columns: [&'static str; 8],
    /// An empty place in the strip, an empty cell of a map.
    pub floor: &'static str,
    /// Cells of a map, from light to dark; told apart without colour.
    pub shades: [&'static str; 4],
}

const NARROW: Glyphs = Glyphs {
    wall: "│",
    rule: "─",
    corners: ["╭", "╮", "╰", "╯"],
    folded: "▸",
    unfolded: "▾",
    here: "▎",
    cursor: "▌",
    part: "▌",
    thumb: "┃",
    mark: "◆",
    tick: "▪",
    filter: "❯",
    step: "›",
    bar: ["▖", "▄"],
    columns: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    floor: "·",
    shades: ["░", "▒", "▓", "█"],
};

const WIDE: Glyphs = Glyphs {
    wall: "|",
    rule: "-",
    corners: ["+", "+", "+", "+"],
    folded: ">",
    unfolded: "v",
    here: "|",
    cursor: ">",
    part: "#",
    thumb: "#",
    mark: "@",
    tick: "*",
    filter: ">",
    step: ">",
    bar: ["-", "="],
    columns: [".", ".", ":", ":", "+", "+", "#", "#"],
    floor: " ",
    shades: [".", ":", "+", "#"],
};

impl Glyphs {
    /// The set for a terminal.
    pub const fn of(ambiguous: Ambiguous) -> &'static Self {
        match ambiguous {
            Ambiguous::Narrow => &NARROW,
            Ambiguous::Wide => &WIDE,
        }
    }

    /// A bar of at most `columns` columns for `part` of `whole`; something is seen of anything above nothing.
    pub fn bar(&self, part: f64, whole: f64, columns: usize) -> String {
        if !(part > 0.0 && whole > 0.0) {
            return String::new();
        }
        let halves = ((part / whole).min(1.0) * columns as f64 * 2.0).round().max(1.0) as usize;
        let mut bar = self.bar[1].repeat(halves / 2);
        if !halves.is_multiple_of(2) {
            bar.push_str(self.bar[0]);
        }
        bar
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::str_width;

    #[test]
    fn every_sign_is_one_column_wide() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            let g = Glyphs::of(ambiguous);
            let single = [
                g.wall, g.rule, g.folded, g.unfolded, g.here, g.cursor, g.mark, g.part, g.thumb, g.tick, g.filter,
                g.step, g.floor,
            ];
            for sign in single.iter().chain(&g.corners).chain(&g.bar).chain(&g.columns).chain(&g.shades) {
                assert_eq!(str_width(sign, ambiguous), 1, "{sign}");
            }
        }
    }

    #[test]
    fn bars_grow_by_halves_and_never_past_their_room() {
        let g = Glyphs::of(Ambiguous::Narrow);
        let cases = [
            (0.0, 8.0, ""),
            (0.01, 8.0, "▖"),
            (4.0, 8.0, "▄▄"),
            (5.0, 8.0, "▄▄▖"),
            (9.0, 8.0, "▄▄▄▄"),
            (f64::NAN, 1.0, ""),
            (1.0, 0.0, ""),
        ];
        for (part, whole, want) in cases {
            assert_eq!(g.bar(part, whole, 4), want, "{part} of {whole}");
        }
    }
}
