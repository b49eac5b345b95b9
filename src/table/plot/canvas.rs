//! What all pictures share: the area, inks that stand for the reader's, the font. In: texts. Out: styles. Does not know about:
//! any one kind of picture.

use std::error::Error;

use plotters::prelude::*;

use crate::table::Table;
use crate::text::Lang;
use crate::text::visible::visible;

/// The area that is drawn on.
pub(super) type Canvas<'s> = DrawingArea<SVGBackend<'s>, plotters::coord::Shift>;

/// What goes wrong in drawing; on a text in memory nothing should.
pub(super) type Drawn = Result<(), Box<dyn Error>>;

/// Stands for the reader's ink until the picture is done.
pub(super) const INK: RGBColor = RGBColor(1, 2, 3);
/// Stands for what steps back.
pub(super) const FAINT: RGBColor = RGBColor(4, 5, 6);
/// Stands for the colours of series: told apart in both schemes, also by those who see no red or green.
pub(super) const SERIES: [RGBColor; 8] = [
    RGBColor(7, 8, 1),
    RGBColor(7, 8, 2),
    RGBColor(7, 8, 3),
    RGBColor(7, 8, 4),
    RGBColor(7, 8, 5),
    RGBColor(7, 8, 6),
    RGBColor(7, 8, 7),
    RGBColor(7, 8, 8),
];

/// Columns of a picture.
pub(super) const WIDTH: u32 = 960;

/// How a kind of table is drawn.
pub(super) trait Picture {
    /// Rows of the picture.
    fn height(&self, table: &Table) -> u32;
    /// Draws it.
    fn draw(&self, canvas: &Canvas<'_>, table: &Table, lang: Lang) -> Drawn;
}

/// The font of all words.
pub(super) fn font(size: u32) -> FontDesc<'static> {
    (FontFamily::SansSerif, size).into_font()
}

/// A colour of a series.
pub(super) fn color(series: usize) -> RGBColor {
    SERIES[series % SERIES.len()]
}

/// A text cut to `most` characters.
pub(super) fn short(text: &str, most: usize) -> String {
    let shown = visible(text);
    if shown.chars().count() <= most {
        return shown.into_owned();
    }
    shown.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
