//! Screens as pictures that a browser shows: one, or several after another.
//!
//! In: the cells of a screen. Out: SVG. A run of cells of one style and one width is one text that is stretched to its columns, so
//! that columns stand whatever font there is. Does not know about: how the screen came to be.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Modifier, Style};

/// Width of a column and height of a row, in units of the picture.
const CELL: (u16, u16) = (9, 22);
/// What a theme leaves to the terminal.
const INK: &str = "#d8dce3";
const GROUND: &str = "#1b1e24";

/// Browsers fold blanks together unless they are told not to.
const BLANKS_STAY: &str = "<style>text{white-space:pre}</style>\n";

/// One of the pictures of a recording.
pub struct Frame {
    /// What is on the screen.
    pub screen: Buffer,
    /// What was typed, for whoever looks.
    pub typed: String,
    /// How long it stands, in tenths of a second.
    pub tenths: u32,
}

fn named(colour: Color, otherwise: &str) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => otherwise.to_owned(),
    }
}

fn colours(style: Style) -> (String, String) {
    let ink = named(style.fg.unwrap_or_default(), INK);
    let ground = named(style.bg.unwrap_or_default(), GROUND);
    if style.add_modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What is drawn of a row.
fn row(screen: &Buffer, y: u16) -> String {
    struct Piece {
        x: u16,
        columns: u16,
        each: u16,
        style: Style,
        text: String,
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut x = 0;
    while x < screen.area.width {
        let cell = &screen[(x, y)];
        let each = cell.cell_width().max(1);
        match pieces.last_mut() {
            Some(last) if last.style == cell.style() && last.each == each => {
                last.columns += each;
                last.text.push_str(cell.symbol());
            }
            _ => pieces.push(Piece { x, columns: each, each, style: cell.style(), text: cell.symbol().to_owned() }),
        }
        x += each;
    }
    let mut out = String::new();
    let top = u32::from(y) * u32::from(CELL.1);
    for piece in pieces {
        let (ink, ground) = colours(piece.style);
        let (left, width) = (u32::from(piece.x * CELL.0), u32::from(piece.columns * CELL.0));
        if ground != GROUND {
            let _ = write!(out, r#"<rect x="{left}" y="{top}" width="{width}" height="{}" fill="{ground}"/>"#, CELL.1);
        }
        // Blanks at either end are no text.
        let trimmed = piece.text.trim_start_matches(' ');
        let blanks = u32::try_from(piece.text.len() - trimmed.len()).unwrap_or(0);
        let trimmed = trimmed.trim_end_matches(' ');
        if trimmed.is_empty() {
            continue;
        }
        let behind = piece.text.len() as u32 - blanks - trimmed.len() as u32;
        let (left, width) = (left + blanks * u32::from(CELL.0), width - (blanks + behind) * u32::from(CELL.0));
        // The glyphs of Chinese fonts are as wide as they are high.
        let size = if piece.each > 1 { r#" font-size="18""# } else { "" };
        let weight = if piece.style.add_modifier.contains(Modifier::BOLD) { r#" font-weight="bold""# } else { "" };
        let line = if piece.style.add_modifier.contains(Modifier::UNDERLINED) {
            r#" text-decoration="underline""#
        } else {
            ""
        };
        let _ = write!(
            out,
            r#"<text x="{left}" y="{}" fill="{ink}" textLength="{width}"{size}{weight}{line}>{}</text>"#,
            top + 16,
            escaped(trimmed)
        );
    }
    out
}

fn opened(width: u16, height: u16, title: &str, style: &str) -> String {
    let (w, h) = (u32::from(width * CELL.0), u32::from(height) * u32::from(CELL.1));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -12 {} {}\" role=\"img\" font-size=\"15\" xml:space=\"preserve\" \
         font-family=\"'DejaVu Sans Mono','Noto Sans Mono CJK SC','Sarasa Mono SC',monospace\">\n<title>{}</title>\n{style}\
         <rect x=\"-12\" y=\"-12\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{GROUND}\"/>\n",
        w + 24,
        h + 24,
        escaped(title),
        w + 24,
        h + 24,
    )
}

/// A screen.
pub fn picture(screen: &Buffer, title: &str) -> String {
    let mut out = opened(screen.area.width, screen.area.height, title, BLANKS_STAY);
    for y in 0..screen.area.height {
        let drawn = row(screen, y);
        if !drawn.is_empty() {
            out += &drawn;
            out.push('\n');
        }
    }
    out + "</svg>\n"
}

/// Screens after one another, over and over, with what was typed below them. A row that stays is drawn once.
pub fn recording(frames: &[Frame], title: &str) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let (width, height) = (first.screen.area.width, first.screen.area.height);
    let total: u32 = frames.iter().map(|frame| frame.tenths).sum();
    let mut begins = vec![0];
    for frame in frames {
        begins.push(begins.last().copied().unwrap_or(0) + frame.tenths);
    }
    // From which frame to which, and what is drawn then.
    let mut spans: Vec<((usize, usize), String)> = Vec::new();
    let below = u32::from(height) * u32::from(CELL.1) + 25;
    for y in 0..=height {
        let mut from = 0;
        let drawn: Vec<String> = frames
            .iter()
            .map(|frame| match y < height {
                true => row(&frame.screen, y),
                false => format!(r##"<text x="0" y="{below}" fill="#f0b866">{}</text>"##, escaped(&frame.typed)),
            })
            .collect();
        for to in 1..=frames.len() {
            if drawn.get(to) != drawn.get(from) {
                if !drawn[from].is_empty() {
                    spans.push(((from, to), drawn[from].clone()));
                }
                from = to;
            }
        }
    }
    let mut rules: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for &((from, to), _) in &spans {
        rules.entry((from, to)).or_insert_with(|| {
            let at = |frame: usize| f64::from(begins[frame]) * 100.0 / f64::from(total);
            let mut steps = String::new();
            if from > 0 {
                let _ = write!(steps, "0%{{visibility:hidden}}");
            }
            let _ = write!(steps, "{:.3}%{{visibility:visible}}", at(from));
            if to < frames.len() {
                let _ = write!(steps, "{:.3}%{{visibility:hidden}}", at(to));
            }
            steps
        });
    }
    let mut style = format!("{BLANKS_STAY}<style>\n");
    for ((from, to), steps) in &rules {
        if (*from, *to) == (0, frames.len()) {
            continue;
        }
        let seconds = f64::from(total) / 10.0;
        let _ = writeln!(
            style,
            "@keyframes k{from}-{to}{{{steps}}} .k{from}-{to}{{animation:k{from}-{to} {seconds}s step-end infinite}}"
        );
    }
    style += "</style>\n";
    let mut out = opened(width, height + 2, title, &style);
    for ((from, to), drawn) in spans {
        if (from, to) == (0, frames.len()) {
            let _ = writeln!(out, "<g>{drawn}</g>");
        } else {
            let _ = writeln!(out, r#"<g class="k{from}-{to}">{drawn}</g>"#);
        }
    }
    out + "</svg>\n"
}
