//! What codes of fonts mean where their file does not say it: predefined code maps, and bytes of GBK in a font that claims
//! to be Latin. In: fonts of a page, codes. Out: characters. Does not know about: places.

use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::dict::keys::{
    BASE_FONT, CIDSYSTEMINFO, DESCENDANT_FONTS, ENCODING, ORDERING, REGISTRY, SUBTYPE, TO_UNICODE, TYPE0,
};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

use crate::corpus::formats::layout::glyph::Glyph;

/// So many fonts of a page are looked at.
const MOST_FONTS: usize = 200;

/// A map from codes to numbers of characters, and one from there to Unicode.
struct Predefined {
    to_number: Option<CMap>,
    to_unicode: CMap,
}

/// What is known of the fonts of a page that do not say what their codes mean, each with its name.
pub struct Codes {
    /// The maps that those of more than one byte use.
    maps: Vec<(String, Predefined)>,
    /// Those of one byte.
    bare: Vec<String>,
}

impl Codes {
    /// Finds them.
    pub fn of(page: &Page<'_>) -> Self {
        let fonts = &page.resources().fonts;
        let (mut maps, mut bare) = (Vec::new(), Vec::new());
        for name in fonts.keys().take(MOST_FONTS) {
            let Some(font) = fonts.get::<Dict<'_>>(name.as_ref()) else { continue };
            if font.get::<Object<'_>>(TO_UNICODE).is_some() {
                continue;
            }
            let called =
                font.get::<Name<'_>>(BASE_FONT).map(|name| plain(name.as_str()).to_owned()).unwrap_or_default();
            if font.get::<Name<'_>>(SUBTYPE).is_none_or(|name| name.as_ref() != TYPE0) {
                bare.push(called);
            } else if let Some((encoding, ordering, registry)) = collection(&font) {
                maps.extend(predefined(&encoding, &registry, &ordering).map(|map| (called, map)));
            }
        }
        Self { maps, bare }
    }

    /// Whether codes of the font called so are single bytes that may mean something else than they say.
    pub fn is_bare(&self, font: Option<&str>) -> bool {
        !self.bare.is_empty() && font.is_none_or(|font| self.bare.iter().any(|name| plain(font) == name))
    }

    /// The character of a code in the font called so. Where no font of that name needs a map, all are asked.
    pub fn character(&self, font: Option<&str>, code: u32) -> Option<char> {
        let own = |name: &str| font.is_some_and(|font| plain(font) == name);
        let known = self.maps.iter().any(|(name, _)| own(name));
        let mut maps = self.maps.iter().filter(|(name, _)| !known || own(name));
        maps.find_map(|(_, map)| map.character(code))
    }
}

/// The name of a font without the six letters that mark a part of one.
fn plain(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

/// Encoding, ordering and registry of a composite font.
fn collection(font: &Dict<'_>) -> Option<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    let encoding = font.get::<Name<'_>>(ENCODING)?.as_ref().to_vec();
    let descendant = font.get::<Array<'_>>(DESCENDANT_FONTS)?.iter::<Dict<'_>>().next()?;
    let info = descendant.get::<Dict<'_>>(CIDSYSTEMINFO);
    let said = |key: &[u8]| {
        let text = info.as_ref().and_then(|info| info.get::<PdfString<'_>>(key));
        text.map(|text| text.as_bytes().to_vec()).unwrap_or_default()
    };
    Some((encoding, said(ORDERING), said(REGISTRY)))
}

fn predefined(encoding: &[u8], registry: &[u8], ordering: &[u8]) -> Option<Predefined> {
    let load = |name: CMapName<'_>| CMap::parse(load_embedded(name)?, load_embedded);
    let to_number = if encoding.starts_with(b"Identity") { None } else { Some(load(CMapName::from_bytes(encoding))?) };
    let of_map = to_number.as_ref().and_then(|map| map.metadata().character_collection.clone());
    let family = of_map.map_or_else(|| CidFamily::from_registry_ordering(registry, ordering), |found| found.family);
    let to_unicode = load(family.ucs2_cmap()?)?;
    Some(Predefined { to_number, to_unicode })
}

impl Predefined {
    fn character(&self, code: u32) -> Option<char> {
        let number = match &self.to_number {
            None => code,
            Some(map) => {
                let least = if code > 0xff { 2 } else { 1 };
                (least..=4).find_map(|bytes| map.lookup_cid_code(code, bytes))?
            }
        };
        match self.to_unicode.lookup_bf_string(number)? {
            BfString::Char(c) => Some(c),
            BfString::String(text) => text.chars().next(),
        }
    }
}

/// Decodes pairs of bytes that a font claims to be Latin and that are GBK: 仿宋 and 小标宋 of older offices.
pub fn decode_pairs(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut at = 0;
    while at < glyphs.len() {
        let lead = |n: usize| glyphs.get(n).and_then(|glyph| glyph.byte).filter(|byte| (0x81..=0xfe).contains(byte));
        // A run of such bytes is a text of 汉字 only if it is one as a whole.
        let mut end = at;
        while lead(end).is_some() && glyphs.get(end + 1).is_some_and(|next| next.byte.is_some_and(|byte| byte >= 0x40))
        {
            end += 2;
        }
        match pairs(glyphs.get(at..end).unwrap_or_default()) {
            Some(decoded) => {
                out.extend(decoded);
                at = end;
            }
            None => {
                let end = end.max(at + 1);
                out.extend_from_slice(glyphs.get(at..end).unwrap_or_default());
                at = end;
            }
        }
    }
    out
}

fn pairs(glyphs: &[Glyph]) -> Option<Vec<Glyph>> {
    let bytes: Vec<u8> = glyphs.iter().filter_map(|glyph| glyph.byte).collect();
    if bytes.len() < 2 || bytes.len() != glyphs.len() {
        return None;
    }
    // °C and é before a letter are pairs of GBK as well; what offices write is GB 2312 for the most part, where both
    // bytes are high.
    let high = bytes.chunks(2).filter(|pair| pair.iter().all(|byte| *byte >= 0xa1)).count();
    let (text, malformed) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
    let chars: Vec<char> = text.chars().collect();
    let wide = |c: char| u32::from(c) >= 0x2e80 || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '×');
    if malformed || high * 4 < bytes.len() || chars.len() * 2 != bytes.len() || !chars.iter().all(|c| wide(*c)) {
        return None;
    }
    let merged = glyphs.chunks(2).zip(chars).filter_map(|(pair, c)| {
        let (first, second) = (pair.first()?, pair.last()?);
        let advance = second.at + second.advance - first.at;
        Some(Glyph { text: c.to_string(), byte: None, advance, ..first.clone() })
    });
    Some(merged.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::formats::layout::glyph::{Point, Vec2};

    fn latin(bytes: &[u8]) -> Vec<Glyph> {
        let glyph = |(n, byte): (usize, &u8)| Glyph {
            text: char::from(*byte).to_string(),
            byte: Some(*byte),
            at: Point { x: 5.0 * n as f64, y: 0.0 },
            advance: Vec2 { x: 5.0, y: 0.0 },
            size: 10.0,
        };
        bytes.iter().enumerate().map(glyph).collect()
    }

    fn text(glyphs: Vec<Glyph>) -> String {
        decode_pairs(glyphs).iter().map(|glyph| glyph.text.as_str()).collect()
    }

    #[test]
    fn soup_is_gbk() {
        let glyphs = latin(&encoding_rs::GBK.encode("灯塔，共3座").0);
        assert_eq!(text(glyphs.clone()), "灯塔，共3座");
        assert_eq!(decode_pairs(glyphs)[1].advance, Vec2 { x: 10.0, y: 0.0 });
        assert_eq!(text(latin(b"caf\xe9 ol\xe9")), "café olé");
        assert_eq!(text(latin(b"\xb5")), "µ");
        assert_eq!(text(latin(b"25\xb0C, \xe9t\xe9, 3\xd7Ab")), "25°C, été, 3×Ab");
        // 镕 is of GBK only.
        let glyphs = latin(&encoding_rs::GBK.encode("灯塔镕").0);
        assert_eq!(text(glyphs), "灯塔镕");
    }

    #[test]
    fn predefined_maps() {
        let maps = predefined(b"GBK-EUC-H", b"", b"").expect("map");
        assert_eq!([0xb5c6, 0xcbfe, 0x41].map(|code| maps.character(code)), [Some('灯'), Some('塔'), Some('A')]);
        let maps = predefined(b"UniGB-UCS2-H", b"", b"").expect("map");
        assert_eq!(maps.character(0x706f), Some('灯'));
        assert!(predefined(b"Identity-H", b"Adobe", b"Identity").is_none());
    }
}
