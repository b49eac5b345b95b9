//! What a reader of pictures (OCR) leaves in a text that it did not read well: letters among figures (2O23, l2%), 囗 for 口, 1月5曰,
//! a blank behind every 汉字.
//!
//! In: text. Out: how many such places it has, and where the first is. Does not know about: lines, reports.

use crate::text::han::is_han;

/// So much of a text is looked at, in bytes.
const LOOKED_AT: usize = 1 << 17;
/// So many places are damage; fewer may be anything.
const FEWEST: usize = 3;
/// Of 100 汉字 so many have a blank behind them where all are set apart; titles alone are fewer.
const APART: usize = 30;
/// A text with fewer blanks between 汉字 may be a title.
const FEWEST_APART: usize = 40;

/// The places where a text shows that it was misread, and the byte of the first; none for a text that is sound.
pub fn misread(text: &str) -> Option<(u32, usize)> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let mut places: Vec<usize> = memchr::memchr3_iter(b'O', b'l', b'I', text.as_bytes())
        .filter(|&at| is_letter_among_figures(text, at))
        .collect();
    places.extend(memchr::memmem::find_iter(text.as_bytes(), "囗"));
    places
        .extend(memchr::memmem::find_iter(text.as_bytes(), "曰").filter(|&at| before(text, at).is_some_and(is_figure)));
    if places.len() < FEWEST {
        places.clear();
    }
    let is_apart = |at: &usize| {
        before(text, *at).is_some_and(is_han)
            && text.get(at + 1..).and_then(|rest| rest.chars().next()).is_some_and(is_han)
    };
    let apart: Vec<usize> = memchr::memchr_iter(b' ', text.as_bytes()).filter(is_apart).collect();
    if apart.len() >= FEWEST_APART && apart.len() * 100 >= text.chars().filter(|c| is_han(*c)).count() * APART {
        places.extend(apart);
    }
    let found = u32::try_from(places.len()).unwrap_or(u32::MAX);
    places.into_iter().min().map(|at| (found, at))
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|head| head.chars().next_back())
}

const fn is_figure(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether the letter at `at` stands for a figure: 2O23, l2.5%, 第l条; not CO2, O2O or a word.
fn is_letter_among_figures(text: &str, at: usize) -> bool {
    let letter = text.as_bytes().get(at).copied();
    let (left, right) = (before(text, at), text.get(at + 1..).and_then(|rest| rest.chars().next()));
    let counted = |c: char| is_figure(c) || matches!(c, '年' | '月' | '日' | '%' | '％');
    match letter {
        Some(b'O') => left.is_some_and(is_figure) && right.is_some_and(counted),
        _ if left == Some('第') => right.is_some_and(is_han),
        _ => left.is_some_and(|c| is_figure(c) || is_han(c)) && right.is_some_and(counted),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn damage_is_counted_where_there_is_enough_of_it() {
        let text = "乌有市2O23年灯塔增加l2座，人囗30万，1月5曰开会，占比1O%。";
        assert_eq!(misread(text), Some((5, text.find('O').unwrap_or(0))));
        for sound in [
            "乌有市2023年灯塔增加12座，人口30万，O2O、CO2、PM2.5、A股和H2O都不算，AI大模型、5G、I类、III期工程也不算。",
            "政 府 工 作 报 告\n各位代表：灯亮了，盐也晒好了。",
            "子曰：灯亮了。子曰：盐白了。子曰：网干了。",
            "2O23年有一处。",
            "",
        ] {
            assert_eq!(misread(sound), None, "{sound}");
        }
    }

    #[test]
    fn a_blank_behind_every_character() {
        let text: String =
            "守灯的人每夜登塔三回把灯芯剪得齐齐整整再把玻璃擦得一尘不染交给下一班的守灯人归途有灯潮头有船"
                .chars()
                .flat_map(|c| [c, ' '])
                .collect();
        assert_eq!(misread(&text), Some((45, 3)));
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            let _ = misread(&text);
        }
    }
}
