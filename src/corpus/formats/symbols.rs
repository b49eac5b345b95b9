//! Characters of the fonts that have none of their own: Symbol, Wingdings. In: a font's name and a place in it. Out: the
//! character of Unicode. Does not know about: formats.
//!
//! Places as Unicode's own mapping tables give them (VENDORS/ADOBE/symbol.txt; Wingdings by the names of its glyphs).

/// What stands for a sign that is not known.
const UNKNOWN: char = '▪';

/// Symbol from 0x41: Greek as it lies under the Latin letters; · where nothing is.
const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// Symbol from 0xA1.
const MATHEMATICS: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";

/// The character at `code` (private-use F0xx or the byte itself) of the font called `font`.
pub fn symbol(font: &str, code: u32) -> char {
    let private = (0xf000..=0xf0ff).contains(&code);
    if !private && code > 0xff {
        return char::from_u32(code).filter(|c| !c.is_control()).unwrap_or(UNKNOWN);
    }
    let byte = code & 0xff;
    let font = font.to_ascii_lowercase();
    let found = if font.contains("wingdings") { wingdings(byte) } else { symbols(byte) };
    found.unwrap_or(UNKNOWN)
}

fn symbols(byte: u32) -> Option<char> {
    let of = |row: &str, first: u32| row.chars().nth(byte.checked_sub(first)? as usize);
    match byte {
        0x22 => Some('∀'),
        0x24 => Some('∃'),
        0x27 => Some('∍'),
        0x2a => Some('∗'),
        0x2d => Some('−'),
        0x40 => Some('≅'),
        0x20..=0x3f => char::from_u32(byte),
        0x41..=0x7e => of(GREEK, 0x41),
        0xa1..=0xe5 => of(MATHEMATICS, 0xa1),
        _ => None,
    }
}

fn wingdings(byte: u32) -> Option<char> {
    let nth = |first: char, n: u32| char::from_u32(first as u32 + n);
    match byte {
        0x6c => Some('●'),
        0x6e => Some('■'),
        0x6f | 0x70 | 0xa8 => Some('□'),
        0x71 | 0x72 => Some('❑'),
        0x74 => Some('⧫'),
        0x75 => Some('◆'),
        0x76 => Some('❖'),
        0x77 => Some('⬥'),
        0x81..=0x8a => nth('①', byte - 0x81),
        0x8c..=0x95 => nth('❶', byte - 0x8c),
        0x9f => Some('•'),
        0xa1 => Some('○'),
        0xa7 => Some('▪'),
        0xab => Some('★'),
        0xd8 => Some('➢'),
        0xdf => Some('←'),
        0xe0 => Some('→'),
        0xe1 => Some('↑'),
        0xe2 => Some('↓'),
        0xfb => Some('✗'),
        0xfc => Some('✓'),
        0xfd => Some('☒'),
        0xfe => Some('☑'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_fonts_in_use() {
        assert_eq!(
            [0xf0b3, 0xa3, 0xf061, 0xb4, 0xb0, 0x41].map(|code| symbol("Symbol", code)),
            ['≥', '≤', 'α', '×', '°', 'Α']
        );
        assert_eq!([0xf0fe, 0xa8, 0x81].map(|code| symbol("Wingdings", code)), ['☑', '□', '①']);
        assert_eq!((symbol("Wingdings", 0xf021), symbol("宋体", 0x2605)), (UNKNOWN, '★'));
        assert_eq!(symbol("Symbol", 0xe5), '∑');
    }
}
