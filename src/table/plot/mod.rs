//! A table as a picture: lines over years, bars with their intervals, shades. In: a table. Out: SVG, or a page of HTML that
//! holds it with all the figures. Does not know about: what the columns mean, files, screens.
//!
//! Pictures have no colours of their own for ink and ground: both follow the reader's scheme, dark or light, and are black on
//! white on paper.

mod bars;
mod canvas;
mod html;
mod lines;
mod shades;
mod svg;
mod tiles;

pub use html::{OpenedPassage, Passages, page, page_of_rows};
pub use svg::svg;
