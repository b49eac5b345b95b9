//! The characters of a page and where they stand. In: a page. Out: [`Glyph`]s in the order they are drawn, and what keeps
//! the page from being read whole. Does not know about: rows, reading order.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, InterpreterWarning, RenderContent, SoftMask, interpret_page,
};

use crate::corpus::formats::layout::glyph;
use crate::corpus::formats::layout::glyph::Glyph;
use crate::corpus::formats::pdf::codes::Codes;
use crate::corpus::formats::pdf::gap::Gap;
use crate::text::fold;

/// Glyphs are measured in so many parts of their size.
const UNITS: f64 = 1000.0;
/// A page has at most so many characters.
const MOST_GLYPHS: usize = 200_000;
/// What is drawn on a page takes at most so many steps.
const MOST_STEPS: usize = 2_000_000;
/// So many steps are taken between two looks at the clock.
const STEPS_PER_LOOK: usize = 256;
/// A picture beside which no more characters stand is all that its page has: what is printed over a scan is a page number
/// or the name of a program.
const FEW_GLYPHS: usize = 16;

/// Ends the drawing of a page.
struct DrawingStop;

/// Drawing a page takes no longer: a full one takes a thousandth of it.
const PAGE_TIME: Duration = Duration::from_millis(1_500);

/// The characters of `page`, and what keeps it from being read whole.
pub fn glyphs<'p>(page: &Page<'p>, cache: &InterpreterCache<'p>) -> (Vec<Glyph>, Option<Gap>) {
    let deadline = Instant::now() + PAGE_TIME;
    let unsupported = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&unsupported);
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                told.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let turned = page.initial_transform(false).as_coeffs();
    let mut context = Context::new(Affine::new(turned), bounds, cache, page.xref(), settings);
    let mut collector = Collector { codes: Codes::of(page), glyphs: Vec::new(), pictures: 0, steps: 0, deadline };
    let drawn = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector)));
    let Collector { glyphs, pictures, .. } = collector;
    let gap = match drawn {
        Err(payload) if payload.is::<DrawingStop>() => Some(Gap::Endless),
        Err(_) => Some(Gap::Damaged),
        Ok(()) if unsupported.load(Ordering::Relaxed) => Some(Gap::Damaged),
        Ok(()) => {
            let written = glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
            (pictures > 0 && written <= FEW_GLYPHS).then_some(Gap::Picture)
        }
    };
    (glyphs, gap)
}

struct Collector {
    codes: Codes,
    glyphs: Vec<Glyph>,
    pictures: usize,
    steps: usize,
    deadline: Instant,
}

impl Collector {
    /// Counts a step. The library cannot be told to stop, but by unwinding.
    fn step(&mut self) {
        self.steps += 1;
        let late = self.steps.is_multiple_of(STEPS_PER_LOOK) && Instant::now() > self.deadline;
        if late || self.steps > MOST_STEPS {
            resume_unwind(Box::new(DrawingStop));
        }
    }

    fn text_of(&self, glyph: &Drawn<'_>) -> Option<String> {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => self.codes.character(font_name(glyph).as_deref(), glyph.char_code())?.to_string(),
        };
        let known = text.chars().any(|c| !c.is_control() && c != '\u{fffd}');
        known.then(|| text.chars().map(fold::stand_in).collect())
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures += 1;
        self.step();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.step();
        // Letters that are filled and drawn around as well come twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.glyphs.last().is_some_and(|last| repeats(last, run, &props)) {
            return;
        }
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MOST_GLYPHS {
                resume_unwind(Box::new(DrawingStop));
            }
            let place = props.transform * glyph.transform();
            let width = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let text = self.text_of(glyph);
            let origin = place * Point::ZERO;
            let up = place * Point::new(0.0, UNITS) - origin;
            let wide = text.as_deref().and_then(|text| text.chars().next()).is_none_or(|c| u32::from(c) > 0x2e80);
            let usual = if wide { UNITS } else { UNITS / 2.0 };
            let width = width.map(f64::from).filter(|width| *width > 0.0).unwrap_or(usual);
            let along = if vertical { Point::new(0.0, -UNITS) } else { Point::new(width, 0.0) };
            let byte = u8::try_from(glyph.char_code()).ok().filter(|byte| *byte >= 0x40);
            let byte = byte.filter(|_| self.codes.is_bare(None) && self.codes.is_bare(font_name(glyph).as_deref()));
            self.glyphs.push(Glyph {
                byte: byte.filter(|_| text.as_deref().is_none_or(is_latin)),
                text: text.unwrap_or_else(|| '\u{fffd}'.into()),
                at: glyph::Point { x: origin.x, y: origin.y },
                advance: way(place * along - origin),
                size: up.hypot(),
            });
        }
    }
}

fn font_name(glyph: &Drawn<'_>) -> Option<String> {
    match glyph {
        Drawn::Outline(outline) => outline.font_data().and_then(|font| font.postscript_name),
        Drawn::Type3(_) => None,
    }
}

fn way(way: Vec2) -> glyph::Vec2 {
    glyph::Vec2 { x: way.x, y: way.y }
}

fn is_latin(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) < 0x2e80)
}

/// Whether a run is drawn over the one that ends in `last`.
fn repeats(last: &Glyph, run: &GlyphRun<'_, '_>, props: &DrawProps<'_>) -> bool {
    let end = run.glyphs().last().map(|glyph| props.transform * glyph.transform() * Point::ZERO);
    end.is_some_and(|end| (end.x - last.at.x).hypot(end.y - last.at.y) < 0.01)
}
