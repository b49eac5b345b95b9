//! What a PDF would cost, weighed before it is read.
//!
//! In: bytes, or an opened document. Out: whether it is within bounds. Does not know about: text.
//!
//! The library reads brackets inside brackets by calling itself, takes a drawing apart whole, and draws a form as often
//! as it is asked for. A few hundred bytes can ask for more than there is of stack, memory or time, and none of the three
//! can be taken back once it is gone.

use std::io::Cursor;

use memchr::memmem;
use oxidize_pdf::parser::{ParseError, ParsedPage, PdfDictionary, PdfDocument, PdfObject};
use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;

/// A document that stands in memory.
pub type Document = PdfDocument<Cursor<Vec<u8>>>;

/// So deep may brackets stand in brackets. Those of real files go ten deep; random bytes, as of a font, may look like a
/// thousand; the stack of the library's thread holds twenty thousand.
const DEEPEST: usize = 10_000;
/// Bytes that the drawing of one page or form may unpack to. A full page of text takes some 20,000, and reading takes
/// seventy times the memory.
const DRAWING: usize = 4 << 20;
/// Bytes that one page may draw in all, every form as often as it is drawn.
const DRAWN: usize = 32 << 20;
/// Bytes that hold many objects at once may unpack to.
const OBJECTS: usize = 64 << 20;
/// Forms may stand in forms so deep; the library follows them no deeper.
const FORMS: usize = 12;

/// Why a page is not read.
pub enum Trouble {
    /// The whole file is refused for it.
    Refused(IssueKind),
    /// It is damaged: the others may be read.
    Lost(ParseError),
}

impl From<ParseError> for Trouble {
    fn from(error: ParseError) -> Self {
        Self::Lost(error)
    }
}

/// Whether brackets stand too deep in brackets.
pub fn is_too_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut before) = (0usize, 0u8);
    for &byte in bytes {
        let twice = byte == before;
        before = byte;
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'<' if twice => (depth, before) = (depth + 1, 0),
            b'>' if twice => (depth, before) = (depth.saturating_sub(1), 0),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The objects that hold many others, packed: their numbers, by what stands around the word `stream` in `bytes`.
pub fn packed_objects(bytes: &[u8]) -> Vec<u32> {
    let mut found = Vec::new();
    for at in memmem::find_iter(bytes, b"stream") {
        let before = &bytes[at.saturating_sub(4096)..at];
        let Some(head) = memmem::rfind(before, b"obj").filter(|_| !before.ends_with(b"end")) else { continue };
        let says = &before[head..];
        // Their dictionary says where the first begins; a name may be written with escapes.
        if memmem::find(says, b"/First").is_none() && memchr::memchr(b'#', says).is_none() {
            continue;
        }
        let mut words = before[..head].rsplit(|b| b.is_ascii_whitespace()).filter(|word| !word.is_empty());
        let number = words.nth(1).and_then(|word| std::str::from_utf8(word).ok());
        found
            .extend(number.and_then(|word| word.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok()));
    }
    found
}

/// Looks into objects that hold others.
pub fn check_packed(document: &Document, objects: &[u32]) -> Result<(), Trouble> {
    let mut left = OBJECTS;
    for &object in objects {
        let Ok(PdfObject::Stream(stream)) = document.get_object(object, 0) else { continue };
        let Ok(bytes) = document.decode_stream_with_limit(&stream, left + 1) else { continue };
        left = left.checked_sub(bytes.len()).ok_or(Trouble::Refused(IssueKind::Bomb(OBJECTS as u64)))?;
        if is_too_deep(&bytes) {
            return Err(Trouble::Refused(too_deep()));
        }
    }
    Ok(())
}

/// The issue of brackets that stand too deep.
pub fn too_deep() -> IssueKind {
    IssueKind::Broken("PDF: nested too deep".into())
}

/// What each form costs, in bytes drawn; none yet for those that are being looked into.
pub type Costs = FxHashMap<(u32, u16), Option<usize>>;

/// What draws a page, unpacked.
pub fn drawing(document: &Document, page: &ParsedPage, costs: &mut Costs) -> Result<Vec<Vec<u8>>, Trouble> {
    let Some(contents) = page.dict.get("Contents") else { return Ok(Vec::new()) };
    let parts = match document.resolve(contents)? {
        PdfObject::Array(parts) => parts.0,
        one => vec![one],
    };
    let mut left = DRAWING;
    let mut drawn = Vec::new();
    for part in parts {
        let bytes = unpacked(document, &document.resolve(&part)?, left)?;
        left -= bytes.len();
        drawn.push(bytes);
    }
    let resources = page.dict.get("Resources").map(|own| document.resolve(own)).transpose()?;
    let resources = resources.as_ref().and_then(PdfObject::as_dict).or(page.inherited_resources.as_ref());
    let most = resources.map_or(Ok(0), |own| dearest(document, own, 0, costs))?;
    if drawn.iter().map(|bytes| cost(bytes, most)).fold(0usize, usize::saturating_add) > DRAWN {
        return Err(Trouble::Refused(IssueKind::Bomb(DRAWN as u64)));
    }
    Ok(drawn)
}

/// The bytes of a stream, if they are at most `most`.
fn unpacked(document: &Document, object: &PdfObject, most: usize) -> Result<Vec<u8>, Trouble> {
    let PdfObject::Stream(stream) = object else { return Ok(Vec::new()) };
    let bomb = || Trouble::Refused(IssueKind::Bomb(DRAWING as u64));
    match document.decode_stream_with_limit(stream, most + 1) {
        Ok(bytes) if bytes.len() > most => Err(bomb()),
        Ok(bytes) => Ok(bytes),
        // The library has no error of its own for this.
        Err(ParseError::StreamDecodeError(why)) if why.contains("limit") || why.contains("ratio") => Err(bomb()),
        Err(error) => Err(error.into()),
    }
}

/// What a drawing costs in which the dearest form costs `most`: bytes, every form as often as one may be drawn.
fn cost(bytes: &[u8], most: usize) -> usize {
    let forms = if most == 0 { 0 } else { memmem::find_iter(bytes, b"Do").count() };
    bytes.len().saturating_add(forms.saturating_mul(most))
}

/// What the dearest of the forms that `resources` name costs.
fn dearest(document: &Document, resources: &PdfDictionary, depth: usize, costs: &mut Costs) -> Result<usize, Trouble> {
    if depth >= FORMS {
        return Ok(0);
    }
    let Some(forms) = resources.get("XObject") else { return Ok(0) };
    let forms = document.resolve(forms)?;
    let mut most = 0;
    for form in forms.as_dict().into_iter().flat_map(|forms| forms.0.values()) {
        let Some(id) = form.as_reference() else { continue };
        match costs.get(&id) {
            Some(Some(known)) => {
                most = most.max(*known);
                continue;
            }
            Some(None) => return Err(Trouble::Refused(IssueKind::Broken("PDF: a form draws itself".into()))),
            None => {}
        }
        let object = document.resolve(form)?;
        let Some(stream) = object.as_stream() else { continue };
        let kind = stream.dict.get("Subtype").and_then(PdfObject::as_name);
        if kind.is_some_and(|name| name.as_str() == "Image") {
            continue;
        }
        costs.insert(id, None);
        let own = stream.dict.get("Resources").map(|own| document.resolve(own)).transpose()?;
        let inner = match own.as_ref().and_then(PdfObject::as_dict) {
            Some(own) => dearest(document, own, depth + 1, costs)?,
            // It draws with what its page names, itself among them.
            None => 0,
        };
        let whole = cost(&unpacked(document, &object, DRAWING)?, inner);
        costs.insert(id, Some(whole));
        most = most.max(whole);
    }
    Ok(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted() {
        let nested = |open: &str, close: &str, times: usize| [open.repeat(times), close.repeat(times)].concat();
        for (open, close) in [("[", "]"), ("<</A ", ">>"), ("[<<", ">>]")] {
            assert!(is_too_deep(nested(open, close, DEEPEST + 1).as_bytes()), "{open}");
            assert!(!is_too_deep(nested(open, close, 9).repeat(DEEPEST).as_bytes()), "{open}");
        }
        assert!(!is_too_deep(b""));
        assert!(!is_too_deep(&b"<4e00> "[..].repeat(DEEPEST * 2)));
    }

    #[test]
    fn objects_that_hold_others_are_found() {
        let text =
            b"12 0 obj\n<</Type/ObjStm/N 1/First 4>>\nstream\n..\nendstream\nendobj\n3 0 obj<</Length 1>>stream\n";
        assert_eq!(packed_objects(text), [12]);
    }
}
