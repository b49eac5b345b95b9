//! The picture of a table, by the kinds of its columns. In: a table. Out: SVG. Does not know about: how each kind is drawn.

use std::error::Error;

use plotters::prelude::*;

use super::canvas::{Canvas, Drawn, INK, Picture, SERIES, WIDTH, font};
use super::{bars, lines, shades, tiles};
use crate::table::{Kind, Shape, Table};
use crate::text::Lang;
use crate::text::visible::visible;

/// The colours as the page knows them.
const STYLE: &str = "<style>\
svg.yilan{color:#1b1f24;background:#fff;--faint:#c9ced6;--s1:#0072b2;--s2:#d55e00;--s3:#009e73;--s4:#cc79a7;--s5:#b58900;\
--s6:#3aa0d8;--s7:#7a5195;--s8:#5c6470}\
@media (prefers-color-scheme:dark){svg.yilan{color:#e7e9ec;background:#16181c;--faint:#454b54;--s1:#56b4e9;--s2:#ff8c42;\
--s3:#2fd0a5;--s4:#e79ac6;--s5:#f0e442;--s6:#7fc8f8;--s7:#b695d8;--s8:#a7afbb}}\
@media print{svg.yilan{color:#000;background:#fff;--faint:#bbb;--s1:#0072b2;--s2:#d55e00;--s3:#009e73;--s4:#cc79a7;\
--s5:#b58900;--s6:#3aa0d8;--s7:#7a5195;--s8:#333}}\
</style>";

/// The picture of a table; `None` where no figure of it can be drawn.
pub fn svg(table: &Table, lang: Lang) -> Option<String> {
    if table.is_empty() || table.sorted.is_none() {
        return None;
    }
    let picture: &dyn Picture = match (table.shape(), table.key_kind(0), table.key_kind(1)) {
        (Shape::Trend, ..) | (Shape::Grid, _, Some(Kind::Year)) | (Shape::Grid, Some(Kind::Year), _) => &lines::Lines,
        (Shape::Tiles, ..) => &tiles::Tiles,
        (Shape::Grid, ..) => &shades::Shades,
        _ => &bars::Bars,
    };
    let height = picture.height(table);
    let mut text = String::new();
    {
        let canvas = SVGBackend::with_string(&mut text, (WIDTH, height)).into_drawing_area();
        let title = font(20).color(&INK);
        let below = titled(&canvas, &table.title, title).ok()?;
        picture.draw(&below, table, lang).ok()?;
        foot(&canvas, &table.settings.line, height).ok()?;
        canvas.present().ok()?;
    }
    Some(schemed(text))
}

fn titled<'s>(canvas: &Canvas<'s>, title: &str, style: TextStyle<'_>) -> Result<Canvas<'s>, Box<dyn Error>> {
    canvas.draw(&Text::new(visible(title).into_owned(), (16, 14), style))?;
    Ok(canvas.margin(48, 36, 8, 8))
}

fn foot(canvas: &Canvas<'_>, line: &str, height: u32) -> Drawn {
    let y = i32::try_from(height).unwrap_or(i32::MAX) - 22;
    let long: String = line.chars().take(130).collect();
    canvas.draw(&Text::new(visible(&long).into_owned(), (16, y), font(11).color(&INK.mix(0.7))))?;
    Ok(())
}

/// The picture with the reader's colours in place of those that stood for them, and room to be shown smaller.
fn schemed(text: String) -> String {
    let mut text = text.replace("#010203", "currentColor").replace("#040506", "var(--faint)");
    for (number, color) in (1..).zip(SERIES) {
        text = text.replace(&format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2), &format!("var(--s{number})"));
    }
    // The library writes width, height and viewBox; a class and the style follow.
    text = text.replacen("<svg ", "<svg class=\"yilan\" style=\"max-width:100%;height:auto\" role=\"img\" ", 1);
    match text.find("<svg ").and_then(|at| Some(at + text.get(at..)?.find('>')? + 1)) {
        Some(at) => {
            text.insert_str(at, STYLE);
            text
        }
        None => text,
    }
}
