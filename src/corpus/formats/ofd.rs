//! OFD, the national format of fixed pages (GB/T 33190-2016).
//!
//! In: an opened archive. Out: a [`Source`] of one line per paragraph, as that of a PDF. Does not know about: fonts, pictures,
//! seals, how characters become lines (`layout`).

use rustc_hash::FxHashMap;

use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::layout;
use crate::corpus::formats::layout::columns;
use crate::corpus::formats::layout::glyph::{Glyph, Point};
use crate::corpus::formats::layout::rows::GlyphRow;
use crate::corpus::formats::parts::{PackageParts, resolve};
use crate::corpus::formats::source::Source;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::{Attributes, Node};
use crate::corpus::{Encoding, IssueKind};

/// The part that every such archive has.
pub const ROOT: &str = "OFD.xml";
/// A document has at most so many pages, a page so many characters.
const MOST_PAGES: usize = 5_000;
const MOST_GLYPHS: usize = 200_000;
/// A step that is written for many characters is written for so many at most.
const MOST_STEPS: usize = 10_000;

/// Reads a document, or all that one archive holds.
///
/// # Errors
/// Where a part is missing or no XML, or there is no text.
pub fn read(archive: &mut Archive<'_, '_>) -> Result<Source, IssueKind> {
    let missing = |name: &str| IssueKind::Broken(format!("OFD: {name}"));
    if archive.holds("Encryptions.xml") {
        return Err(IssueKind::Encrypted);
    }
    let root = archive.part(ROOT)?.ok_or_else(|| missing(ROOT))?;
    let mut pages: Vec<Vec<GlyphRow>> = Vec::new();
    // Numbers (1-based) of pages that are missing, or a part of them is.
    let mut lost: Vec<u32> = Vec::new();
    for name in texts_of(&root, "DocRoot")? {
        let name = resolve("", &name);
        let document = archive.part(&name)?.ok_or_else(|| missing(&name))?;
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (places, templates) = places(&document)?;
        if pages.len() + places.len() > MOST_PAGES {
            return Err(IssueKind::TooManyPages(u32::try_from(places.len()).unwrap_or(u32::MAX)));
        }
        for place in places {
            let (rows, whole) = read_page(archive, folder, &place, &templates)?;
            pages.push(rows);
            if !whole {
                lost.push(u32::try_from(pages.len()).unwrap_or(u32::MAX));
                pages.last_mut().into_iter().for_each(|rows| rows.push(GlyphRow::of_gap()));
            }
        }
    }
    if !lost.is_empty() && pages.iter().flatten().all(|row| row.gap) {
        return Err(missing("Page"));
    }
    let paged = layout::text(pages)?;
    let lost: Vec<(u32, u32)> = paged.gaps.into_iter().zip(lost).collect();
    let issues = lost
        .chunk_by(|a, b| a.0 == b.0 && a.1 + 1 == b.1)
        .filter_map(|run| Some((run.first()?.0, IssueKind::LostPages(run.first()?.1, run.last()?.1))));
    Ok(Source { issues: issues.collect(), malformed: true, ..Source::of_text(paged.text, Encoding::Utf8) })
}

/// The rows of the page at `place`, and whether all of it could be read.
///
/// # Errors
/// Only what makes the whole archive unreadable: that it unpacks to more than it may.
fn read_page(
    archive: &mut Archive<'_, '_>,
    folder: &str,
    place: &str,
    templates: &FxHashMap<String, String>,
) -> Result<(Vec<GlyphRow>, bool), IssueKind> {
    let mut reader = OfdReader::default();
    let mut whole = draw(archive, &resolve(folder, place), &mut reader)?;
    // What is printed on many pages stands in a page of its own.
    for template in std::mem::take(&mut reader.templates) {
        if let Some(place) = templates.get(&template) {
            whole &= draw(archive, &resolve(folder, place), &mut reader)?;
        }
    }
    Ok((columns::read(reader.glyphs), whole))
}

/// Takes what stands in a part; whether it is there and whole.
fn draw(archive: &mut Archive<'_, '_>, part: &str, reader: &mut OfdReader) -> Result<bool, IssueKind> {
    let read = archive.part(part).and_then(|page| match page {
        Some(page) => xml::walk(&page, &mut |node| reader.take(node)).map(|()| true),
        None => Ok(false),
    });
    match read {
        Err(IssueKind::Broken(_)) => Ok(false),
        other => other,
    }
}

/// What stands in elements of this name.
fn texts_of(text: &str, name: &str) -> Result<Vec<String>, IssueKind> {
    let mut found = Vec::new();
    let mut open = false;
    xml::walk(text, &mut |node| match node {
        Node::Start(own, _) => {
            open = own == name;
            if open {
                found.push(String::new());
            }
        }
        Node::Text(words) if open => found.last_mut().into_iter().for_each(|text| text.push_str(words.trim())),
        Node::Text(_) => {}
        Node::End(_) => open = false,
    })?;
    Ok(found)
}

/// Where the pages of a document are, and where its templates, by their names.
fn places(document: &str) -> Result<(Vec<String>, FxHashMap<String, String>), IssueKind> {
    let (mut pages, mut templates) = (Vec::new(), FxHashMap::default());
    xml::walk(document, &mut |node| {
        let Node::Start(name, attributes) = node else { return };
        let Some(place) = attributes.get("BaseLoc") else { return };
        match name {
            "Page" => pages.push(place.to_owned()),
            "TemplatePage" => {
                templates.insert(attributes.get("ID").unwrap_or_default().to_owned(), place.to_owned());
            }
            _ => {}
        }
    })?;
    Ok((pages, templates))
}

/// A text object while it is read.
#[derive(Debug, Clone, Default)]
struct OfdObject {
    origin: (f64, f64),
    /// a, b, c, d, e, f of the transformation.
    turn: [f64; 6],
    size: f64,
    wide: f64,
    /// Where the next code begins if it does not say so.
    next: (f64, f64),
}

/// A text code while it is read.
#[derive(Debug, Default)]
struct Code {
    at: (f64, f64),
    right: Vec<f64>,
    down: Vec<f64>,
    text: String,
}

#[derive(Debug, Default)]
struct OfdReader {
    object: OfdObject,
    code: Option<Code>,
    glyphs: Vec<Glyph>,
    templates: Vec<String>,
}

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().filter_map(|n| n.parse().ok()).filter(|n: &f64| n.is_finite()).collect()
}

/// Steps from one character to the next: `g 5 3.2` is five times 3.2.
fn steps(text: &str) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let number = |word: Option<&str>| word.and_then(|word| word.parse::<f64>().ok()).filter(|n| n.is_finite());
        if word == "g" {
            let times = words.next().and_then(|word| word.parse().ok()).unwrap_or(0usize);
            let step = number(words.next()).unwrap_or(0.0);
            steps.extend(std::iter::repeat_n(step, times.min(MOST_STEPS)));
        } else {
            steps.extend(number(Some(word)));
        }
        if steps.len() >= MOST_STEPS {
            break;
        }
    }
    steps
}

impl OfdReader {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Start("Template", a) => self.templates.extend(a.get("TemplateID").map(str::to_owned)),
            Node::Start("TextObject", attributes) => self.begin_object(attributes),
            Node::Start("TextCode", attributes) => {
                let number = |name: &str| attributes.get(name).and_then(|n| n.trim().parse::<f64>().ok());
                let of = |name: &str| attributes.get(name).map(steps).unwrap_or_default();
                let at = (number("X").unwrap_or(self.object.next.0), number("Y").unwrap_or(self.object.next.1));
                self.code = Some(Code { at, right: of("DeltaX"), down: of("DeltaY"), text: String::new() });
            }
            Node::Text(words) => {
                if let Some(code) = &mut self.code {
                    code.text.push_str(words);
                }
            }
            Node::End("TextCode") => {
                if let Some(code) = self.code.take() {
                    self.end_code(&code);
                }
            }
            Node::Start(..) | Node::End(_) => {}
        }
    }

    fn begin_object(&mut self, attributes: &Attributes) {
        let of = |name: &str| attributes.get(name).map(numbers).unwrap_or_default();
        let boundary = of("Boundary");
        let at = |n: usize| boundary.get(n).copied().unwrap_or(0.0);
        let turn: [f64; 6] = of("CTM").try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let number = |name: &str| attributes.get(name).and_then(|n| n.trim().parse().ok());
        let size = number("Size").filter(|size: &f64| size.is_finite() && *size > 0.0).unwrap_or(4.0);
        let wide = number("HScale").filter(|scale: &f64| scale.is_finite() && *scale > 0.0).unwrap_or(1.0);
        self.object = OfdObject { origin: (at(0), at(1)), turn, size, wide, next: (0.0, 0.0) };
    }

    fn end_code(&mut self, code: &Code) {
        let object = self.object.clone();
        let [a, b, c, d, e, f] = object.turn;
        // Pages count downwards, letters stand upwards.
        let place = |(x, y): (f64, f64)| Point {
            x: object.origin.0 + a * x + c * y + e,
            y: -(object.origin.1 + b * x + d * y + f),
        };
        let down = code.right.is_empty() && !code.down.is_empty();
        let mut at = code.at;
        for (n, letter) in code.text.chars().filter(|letter| !letter.is_control()).enumerate() {
            if self.glyphs.len() >= MOST_GLYPHS {
                return;
            }
            let width =
                if u32::from(letter) < 0x2e80 && letter.is_ascii() { 0.5 } else { 1.0 } * object.size * object.wide;
            let along = if down { (0.0, object.size) } else { (width, 0.0) };
            let step = (code.right.get(n).copied(), code.down.get(n).copied());
            let behind = (at.0 + along.0, at.1 + along.1);
            let advance = place(behind) - place(at);
            self.glyphs.push(Glyph {
                text: letter.to_string(),
                byte: None,
                at: place(at),
                advance,
                size: object.size * (c * c + d * d).sqrt(),
            });
            at = match step {
                (None, None) => behind,
                (x, y) => (at.0 + x.unwrap_or(0.0), at.1 + y.unwrap_or(0.0)),
            };
        }
        self.object.next = at;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(page: &str) -> Vec<String> {
        let mut reader = OfdReader::default();
        xml::walk(page, &mut |node| reader.take(node)).expect("xml");
        columns::read(reader.glyphs).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn characters_by_steps_and_turns() {
        assert_eq!(steps("g 3 4.5 2 g 1 7"), [4.5, 4.5, 4.5, 2.0, 7.0]);
        assert_eq!(steps("g 999999999 1").len(), MOST_STEPS);
        let page = "<P><TextObject Boundary=\"10 30 90 5\" Size=\"4\"><TextCode X=\"0\" Y=\"4\" DeltaX=\"g 3 4\">盐田白了</TextCode></TextObject>\
            <TextObject Boundary=\"10 20 90 5\" Size=\"2\" CTM=\"2 0 0 2 0 0\"><TextCode X=\"0\" Y=\"2\" DeltaX=\"2 2\">灯塔亮</TextCode></TextObject></P>";
        assert_eq!(rows(page), ["灯塔亮", "盐田白了"]);
    }

    proptest! {
        #[test]
        fn any_numbers_end(words in proptest::collection::vec(prop::sample::select(vec!["g", "9", "-1e308", "NaN", "x", "3.2"]), 0..20)) {
            let words = words.join(" ");
            let _ = steps(&words);
            let page = format!("<P><TextObject Boundary=\"{words}\" CTM=\"{words}\" Size=\"4\"><TextCode DeltaX=\"{words}\" DeltaY=\"{words}\">灯塔亮了</TextCode></TextObject></P>");
            let _ = rows(&page);
        }
    }
}
