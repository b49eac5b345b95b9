//! Whether what a page draws can be unpacked. In: pages. Out: what keeps them from being read whole. Does not know about: what
//! is drawn.
//!
//! The library draws what it can unpack of a stream and is silent about the rest; and it unpacks without a bound.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::dict::keys::{BBOX, CONTENTS, FILTER, FORM, RESOURCES, SUBTYPE, XOBJECT};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::corpus::formats::pdf::gap::Gap;

/// What a page draws unpacks to at most so many bytes: a full page of text takes some 20,000.
const MOST_UNPACKED: u64 = 32 << 20;
/// A page draws at most so many streams.
const MOST_STREAMS: usize = 10_000;
/// Brackets stand so deep in brackets at most. Those of real files go ten deep; random bytes, as of a font, may look like a
/// thousand.
const DEEPEST_BRACKETS: usize = 10_000;
/// Forms in forms are looked into so deep; the library draws them somewhat deeper.
const DEEPEST: usize = 8;

/// What is known of streams that several pages draw.
#[derive(Debug, Default)]
pub struct Streams {
    forms: FxHashMap<ObjectIdentifier, Option<Gap>>,
}

impl Streams {
    /// What keeps `page` from being read whole.
    pub fn gap(&mut self, page: &Page<'_>) -> Option<Gap> {
        contents_gap(page).or_else(|| {
            let drawing = page.page_stream().unwrap_or_default();
            let forms = &page.resources().x_objects;
            forms.keys().find_map(|name| self.form_gap(forms, &name, drawing, 0))
        })
    }

    /// What is wrong with a form that `drawing` draws, or with one inside it.
    fn form_gap(&mut self, forms: &Dict<'_>, name: &Name<'_>, drawing: &[u8], depth: usize) -> Option<Gap> {
        let called = [b"/", name.as_ref()].concat();
        if depth >= DEEPEST || memmem::find(drawing, &called).is_none() {
            return None;
        }
        let form = forms.get::<Stream<'_>>(name.as_ref())?;
        if form.dict().get::<Name<'_>>(SUBTYPE).is_none_or(|kind| kind.as_ref() != FORM) {
            return None;
        }
        if let Some(known) = self.forms.get(&form.obj_id()) {
            return *known;
        }
        // One that draws itself is whole as far as it goes.
        self.forms.insert(form.obj_id(), None);
        // The library draws none without it.
        let boxed = form.dict().get::<Array<'_>>(BBOX).map(|_| ());
        let gap = stream_gap(&form, &mut 0).or(boxed.is_none().then_some(Gap::Damaged)).or_else(|| {
            let inner = form.dict().get::<Dict<'_>>(RESOURCES)?.get::<Dict<'_>>(XOBJECT)?;
            let drawing = form.decoded_data().ok()?;
            inner.keys().find_map(|name| self.form_gap(&inner, &name, &drawing, depth + 1))
        });
        self.forms.insert(form.obj_id(), gap);
        gap
    }
}

/// Whether brackets stand so deep in brackets that the library, which looks for the end of each, would take too long.
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
        if depth > DEEPEST_BRACKETS {
            return true;
        }
    }
    false
}

fn contents_gap(page: &Page<'_>) -> Option<Gap> {
    let raw = page.raw();
    let mut unpacked = 0;
    if let Some(stream) = raw.get::<Stream<'_>>(CONTENTS) {
        return stream_gap(&stream, &mut unpacked);
    }
    if let Some(parts) = raw.get::<Array<'_>>(CONTENTS) {
        if parts.raw_iter().take(MOST_STREAMS + 1).count() > MOST_STREAMS {
            return Some(Gap::Endless);
        }
        let there = parts.iter::<Stream<'_>>().count();
        let damage = (there < parts.raw_iter().count()).then_some(Gap::Damaged);
        let gaps: Vec<Gap> = parts.iter::<Stream<'_>>().filter_map(|part| stream_gap(&part, &mut unpacked)).collect();
        return gaps.iter().copied().find(|gap| *gap == Gap::Endless).or(gaps.first().copied()).or(damage);
    }
    let nothing = raw.get::<Object<'_>>(CONTENTS).is_none_or(|object| matches!(object, Object::Null(_)));
    let promised = raw.get_ref(CONTENTS).is_some() || !nothing;
    promised.then_some(Gap::Damaged)
}

/// What is wrong with a stream; adds what it unpacks to, in bytes.
fn stream_gap(stream: &Stream<'_>, unpacked: &mut u64) -> Option<Gap> {
    let filters = stream.filters();
    match filters.first() {
        Some(Filter::FlateDecode) => inflation_gap(&stream.raw_data(), unpacked),
        Some(_) => match stream.decoded_data() {
            Err(_) => Some(Gap::Damaged),
            Ok(data) => {
                *unpacked += data.len() as u64;
                (*unpacked > MOST_UNPACKED).then_some(Gap::Endless)
            }
        },
        // A filter that nobody knows is left out as if there were none.
        None => stream.dict().get::<Name<'_>>(FILTER).is_some().then_some(Gap::Damaged),
    }
}

/// Whether `bytes` inflate to their end. Their checksum is not asked for: some programs get it wrong.
fn inflation_gap(bytes: &[u8], unpacked: &mut u64) -> Option<Gap> {
    let zlib = matches!(bytes, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31));
    let mut left = if zlib { bytes.get(2..).unwrap_or_default() } else { bytes };
    if left.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let mut inflate = Decompress::new(false);
    let mut out = vec![0; 1 << 15];
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let Ok(status) = inflate.decompress(left, &mut out, FlushDecompress::None) else { return Some(Gap::Damaged) };
        *unpacked += inflate.total_out() - written;
        if *unpacked > MOST_UNPACKED {
            return Some(Gap::Endless);
        }
        if status == Status::StreamEnd {
            return None;
        }
        if (inflate.total_in(), inflate.total_out()) == (read, written) {
            return Some(Gap::Damaged);
        }
        left = left.get((inflate.total_in() - read) as usize..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use proptest::prelude::*;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn what_ends_early_is_damaged() {
        let bytes: Vec<u8> = (0..40_000u32).flat_map(u32::to_le_bytes).collect();
        let whole = packed(&bytes);
        let mut unpacked = 0;
        assert_eq!(inflation_gap(&whole, &mut unpacked), None);
        assert_eq!(unpacked, bytes.len() as u64);
        // Without its checksum it is whole, without its end it is not.
        assert_eq!(inflation_gap(&whole[..whole.len() - 4], &mut 0), None);
        assert_eq!(inflation_gap(&whole[..whole.len() / 2], &mut 0), Some(Gap::Damaged));
        assert_eq!(inflation_gap(b"BT /F 16 Tf ET", &mut 0), Some(Gap::Damaged));
        assert_eq!(inflation_gap(b"", &mut 0), None);
        assert_eq!(inflation_gap(&packed(&vec![b' '; 33 << 20]), &mut 0), Some(Gap::Endless));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            inflation_gap(&bytes, &mut 0);
            prop_assert_eq!(inflation_gap(&packed(&bytes), &mut 0), None);
        }
    }
}
