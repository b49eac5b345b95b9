//! Pinyin readings of characters, and pinyin as people type it.
//!
//! In: characters, or a query from a keyboard without an input method. Out: syllables in `a`–`z`, without tones, ü
//! written v. Does not know about words and places: a reading here is that of a single character, and for a character with
//! several the commonest (重 is zhong, 长 zhang). Names need the reviewed readings of the gazetteer.

use std::ops::Range;

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use super::fold::fold_char;

/// The commonest reading of a character; none for what is not a 汉字.
pub fn syllable(c: char) -> Option<&'static str> {
    c.to_pinyin().map(spell)
}

/// Every reading of a character without tones, the commonest first, each once.
pub fn all_syllables(c: char) -> Vec<&'static str> {
    let mut out = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten().map(spell) {
        if !out.contains(&reading) {
            out.push(reading);
        }
    }
    out
}

/// The first letter of each syllable: chang chun gives cc. A syllable that is a character itself gives that.
pub fn initials<S: AsRef<str>>(syllables: &[S]) -> String {
    syllables.iter().filter_map(|s| s.as_ref().chars().next()).collect()
}

/// A typed query in the form of the syllables here: half width, lower case, without tone marks, tone numbers,
/// apostrophes and blanks, ü as v. `lue` and `nue`, which can only mean lüe and nüe, become lve and nve. What is no
/// pinyin (汉字, numbers) stays.
///
/// `lu` stays, for lu and lü are both syllables: see [`loosen`].
pub fn normalise(query: &str) -> String {
    let chars: Vec<char> = query.chars().flat_map(plain_letter).collect();
    let mut out = String::with_capacity(query.len());
    // What stood just before, blanks and apostrophes included: they part lu'e from lue.
    let mut before = [' ', ' '];
    for (i, &c) in chars.iter().enumerate() {
        let follows_letter = out.ends_with(|last: char| last.is_ascii_lowercase());
        let digit_follows = chars.get(i + 1).is_some_and(char::is_ascii_digit);
        match c {
            // Combining diaeresis, and u: for ü.
            '\u{308}' | ':' if before[1] == 'u' => {
                out.pop();
                out.push('v');
                before[1] = 'v';
                continue;
            }
            '\u{300}'..='\u{36F}' => continue,
            '1'..='5' if follows_letter && before[1].is_ascii_lowercase() && !digit_follows => {}
            '\'' | '`' | '·' => {}
            c if c.is_whitespace() => {}
            'e' if before[1] == 'u' && matches!(before[0], 'l' | 'n') => {
                out.pop();
                out.push_str("ve");
            }
            c => out.push(c),
        }
        before = [before[1], c];
    }
    out
}

/// The form in which ü and u are the same, letter for letter: `lvliang` and `luliang` both give `luliang`. Compare it
/// with the loosened key; v stands for nothing else in pinyin.
pub fn loosen(pinyin: &str) -> String {
    pinyin.replace('v', "u")
}

/// A reading in ASCII.
fn spell(reading: Pinyin) -> &'static str {
    match reading.plain() {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        "ê" => "e",
        plain => plain,
    }
}

/// A letter without its tone mark, folded; ü in any tone is v.
fn plain_letter(c: char) -> Option<char> {
    Some(match fold_char(c) {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        'ḿ' => 'm',
        'ɡ' => 'g',
        other => other,
    })
}

/// The characters of `text` (char indices) whose pinyin spells what is typed (lower case): neighbouring 汉字, each by its syllable
/// or the beginning of it; `from_start` only from the first character on.
pub fn spelled(text: &str, typed: &str, from_start: bool) -> Option<Range<usize>> {
    if !typed.is_ascii() {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let starts = if from_start { 1 } else { chars.len() };
    // More of each syllable is a better guess than the same letters as initials of more characters.
    let found = (0..starts).filter_map(|start| Some(start..start + spell_on(chars.get(start..)?, typed)?));
    found.min_by_key(ExactSizeIterator::len)
}

/// How many characters spell what is typed, from the first on: as few as can.
fn spell_on(chars: &[char], typed: &str) -> Option<usize> {
    if typed.is_empty() {
        return Some(0);
    }
    let (first, rest) = chars.split_first()?;
    if first.is_ascii() {
        return None;
    }
    let by = |syllable: &'static str| {
        let shared = syllable.bytes().zip(typed.bytes()).take_while(|(a, b)| a == b).count();
        (1..=shared).rev().find_map(|taken| Some(1 + spell_on(rest, typed.get(taken..)?)?))
    };
    all_syllables(*first).into_iter().filter_map(by).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_characters_are_spelled_by_syllables_or_their_beginnings() {
        let text = "二、发挥代表作用 (一)";
        let cases = [
            ("daibiao", Some(4..6)),
            ("dbzy", Some(4..8)),
            ("daib", Some(4..6)),
            ("fahuidai", Some(2..5)),
            ("xyz", None),
            ("代表", None),
        ];
        for (typed, want) in cases {
            assert_eq!(spelled(text, typed, false), want, "{typed}");
        }
        assert_eq!((spelled(text, "daibiao", true), spelled("代表", "daib", true)), (None, Some(0..2)));
        assert_eq!(spelled("", "a", false), None);
    }
    use proptest::prelude::*;

    #[test]
    fn readings() {
        let cases = [
            ('春', Some("chun"), vec!["chun"]),
            ('长', Some("zhang"), vec!["zhang", "chang"]),
            ('吕', Some("lv"), vec!["lv"]),
            ('略', Some("lve"), vec!["lve"]),
            ('女', Some("nv"), vec!["nv", "ru"]),
            ('a', None, vec![]),
            ('，', None, vec![]),
        ];
        for (c, one, all) in cases {
            assert_eq!(syllable(c), one, "{c}");
            assert_eq!(all_syllables(c), all, "{c}");
        }
        for c in ['重', '厦', '六', '蚌', '都'] {
            assert!(all_syllables(c).len() > 1 && all_syllables(c).first().copied() == syllable(c), "{c}");
        }
    }

    #[test]
    fn every_reading_can_be_typed() {
        for c in (0x3400..=0x2ffff).filter_map(char::from_u32) {
            for reading in all_syllables(c) {
                assert!(!reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()), "{c} {reading}");
                assert_eq!(normalise(reading), reading, "{c}");
            }
        }
    }

    #[test]
    fn queries_as_typed() {
        let cases = [
            ("Chang Chun", "changchun"),
            ("cháng chūn", "changchun"),
            ("cha\u{301}ng", "chang"),
            ("ｃｃ", "cc"),
            ("xi'an", "xian"),
            ("xi’an", "xian"),
            ("chang2chun1", "changchun"),
            ("lüliang", "lvliang"),
            ("lu\u{308}\u{301}liang", "lvliang"),
            ("lu:4", "lv"),
            ("lueyang", "lveyang"),
            ("LÜEyang", "lveyang"),
            ("lveyang", "lveyang"),
            ("lu'e", "lue"),
            ("lu e", "lue"),
            ("chang春", "chang春"),
            ("2023", "2023"),
            ("cc2023", "cc2023"),
            ("长春　市", "长春市"),
            ("", ""),
        ];
        for (query, want) in cases {
            assert_eq!(normalise(query), want, "{query}");
        }
    }

    #[test]
    fn first_letters_and_loose_vowels() {
        assert_eq!(initials(&["chang", "chun", "shi"]), "ccs");
        assert_eq!(initials(&["A".to_owned(), String::new(), "春".to_owned()]), "A春");
        assert_eq!(loosen(&normalise("lüeyang")), loosen("lveyang"));
        assert_eq!(loosen("lvliang"), "luliang");
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_it(query in prop_oneof![any::<String>(), "[lnue':v1-9 \u{308}\u{301}ü春]{0,12}"]) {
            let once = normalise(&query);
            prop_assert!(!once.contains(char::is_whitespace));
        }
    }
}
