//! Display width of text in terminal columns: the one place that asks `unicode-width`.
//!
//! In: `&str` and how the terminal shows characters of ambiguous width. Out: columns, and the clusters (what a reader
//! takes for one character: a letter with its accents, an emoji family) that must not be cut. Does not know about where
//! rows end and what is drawn.
//!
//! Hidden characters ([`super::visible`]) count one column and stand alone, because one symbol is drawn for each.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::visible::is_hidden;

/// How wide the terminal shows characters of East Asian ambiguous width, such as “ ” ‘ ’ … — · ①.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ambiguous {
    /// One column: most terminals.
    #[default]
    Narrow,
    /// Two columns: terminals set up for Chinese, Japanese or Korean.
    Wide,
}

/// A cluster of a text: what the reader takes for one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterWidth {
    /// First byte, counted from the start of the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Columns it takes: 1 or 2 nearly always, 0 for a mark without a letter.
    pub columns: usize,
    /// Its first character, which says what kind of character it is.
    pub first: char,
}

impl ClusterWidth {
    /// Its bytes, for slicing the text it came from.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Columns of one character alone; hidden characters count 1.
#[inline]
pub fn char_width(c: char, ambiguous: Ambiguous) -> usize {
    if matches!(c, ' '..='~') {
        return 1;
    }
    if is_plain_han(c) {
        return 2;
    }
    if is_hidden(c) {
        return 1;
    }
    match ambiguous {
        Ambiguous::Narrow => c.width(),
        Ambiguous::Wide => c.width_cjk(),
    }
    .unwrap_or(1)
}

/// Columns of a text: the sum over its clusters, as a terminal library draws it cell by cell.
pub fn str_width(text: &str, ambiguous: Ambiguous) -> usize {
    cells(text, ambiguous).map(|cell| cell.columns).sum()
}

/// The clusters of `text` in order, without gaps.
pub const fn cells(text: &str, ambiguous: Ambiguous) -> Cells<'_> {
    Cells { text, at: 0, ambiguous }
}

/// Iterator over the clusters of a text; see [`cells`].
#[derive(Debug, Clone)]
pub struct Cells<'a> {
    text: &'a str,
    at: usize,
    ambiguous: Ambiguous,
}

impl Iterator for Cells<'_> {
    type Item = ClusterWidth;

    #[inline]
    fn next(&mut self) -> Option<ClusterWidth> {
        let rest = self.text.get(self.at..)?;
        let mut chars = rest.chars();
        let first = chars.next()?;
        let start = self.at;
        // Two simple characters in a row never share a cluster, so plain Chinese needs no segmentation tables.
        let alone = is_hidden(first) || (is_simple(first) && chars.clone().next().is_none_or(is_simple));
        let (length, columns) = if alone {
            (first.len_utf8(), char_width(first, self.ambiguous))
        } else {
            let cluster = rest.graphemes(true).next().unwrap_or(rest);
            // What is shown as a sign of its own belongs to no letter, though Unicode counts it to the one before.
            let hidden = cluster.char_indices().skip(1).find(|(_, c)| is_hidden(*c));
            let cluster = hidden.and_then(|(at, _)| cluster.get(..at)).unwrap_or(cluster);
            (cluster.len(), cluster_width(cluster, self.ambiguous))
        };
        self.at = start + length;
        Some(ClusterWidth { start, end: self.at, columns, first })
    }
}

/// The longest beginning of `text`, in whole clusters, that fits into `columns`, and the columns it takes.
pub fn truncate(text: &str, columns: usize, ambiguous: Ambiguous) -> (&str, usize) {
    let (mut end, mut used) = (0, 0);
    for cell in cells(text, ambiguous) {
        if used + cell.columns > columns {
            break;
        }
        used += cell.columns;
        end = cell.end;
    }
    (text.get(..end).unwrap_or_default(), used)
}

/// `text` made exactly `columns` wide: filled up with blanks, or cut with an ellipsis (if there is room for one).
pub fn fit(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    const ELLIPSIS: char = '…';
    let (whole, used) = truncate(text, columns, ambiguous);
    let (mut out, used) = if whole.len() == text.len() {
        (whole.to_owned(), used)
    } else {
        let mark = char_width(ELLIPSIS, ambiguous);
        match columns.checked_sub(mark) {
            Some(room) => {
                let (cut, used) = truncate(text, room, ambiguous);
                (format!("{cut}{ELLIPSIS}"), used + mark)
            }
            None => (String::new(), 0),
        }
    };
    out.extend(std::iter::repeat_n(' ', columns - used));
    out
}

fn cluster_width(cluster: &str, ambiguous: Ambiguous) -> usize {
    match ambiguous {
        Ambiguous::Narrow => cluster.width(),
        Ambiguous::Wide => cluster.width_cjk(),
    }
}

/// The common Han blocks: two columns, never part of a larger cluster on their own.
#[inline]
pub(super) const fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// Characters of grapheme class "other": no cluster begins inside a pair of them. A subset is enough, the rest goes
/// the slow way.
#[inline]
const fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{3000}'..='\u{3029}'
        | '\u{FF01}'..='\u{FF9D}'
        | '\u{2010}'..='\u{2027}'
        | '\u{A0}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{2030}'..='\u{205E}'
        | '\u{2100}'..='\u{27BF}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309B}'..='\u{3163}'
        | '\u{3165}'..='\u{318F}'
        | '\u{31C0}'..='\u{4DBF}'
        | '\u{F900}'..='\u{FAD9}'
        | '\u{20000}'..='\u{2FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_in_both_locales() {
        let cases = [
            ("", 0, 0),
            ("abc 123", 7, 7),
            ("平和市", 6, 6),
            ("“一”", 4, 6),
            ("……——", 4, 8),
            ("（一）、。", 10, 10),
            ("①·℃", 3, 6),
            ("e\u{301}te\u{301}", 3, 3),
            ("👨‍👩‍👧", 2, 2),
            ("🇨🇳🇨🇳", 4, 4),
            ("☎\u{fe0f}", 2, 2),
            ("葛\u{e0100}", 2, 2),
            ("ｶﾞ", 2, 2),
            ("\t\u{1b}\r\n\u{202e}", 5, 5),
        ];
        for (text, narrow, wide) in cases {
            assert_eq!(str_width(text, Ambiguous::Narrow), narrow, "{text:?}");
            assert_eq!(str_width(text, Ambiguous::Wide), wide, "{text:?}");
        }
    }

    #[test]
    fn simple_characters_are_clusters_of_their_own() {
        let simple: Vec<char> = (0..=0x10ffff).filter_map(char::from_u32).filter(|&c| is_simple(c)).collect();
        for &c in &simple {
            for (text, cut) in [(format!("{c}中"), c.len_utf8()), (format!("中{c}"), 3)] {
                assert_eq!(text.graphemes(true).next().map(str::len), Some(cut), "{c:?}");
            }
            for (ambiguous, want) in [(Ambiguous::Narrow, c.width()), (Ambiguous::Wide, c.width_cjk())] {
                assert_eq!(Some(char_width(c, ambiguous)), want, "{c:?}");
            }
        }
    }

    #[test]
    fn cutting_and_filling() {
        let cases = [
            ("和平", 4, "和平"),
            ("和平", 6, "和平  "),
            ("和平市", 4, "和… "),
            ("和平市", 5, "和平…"),
            ("和平市", 1, "…"),
            ("和平市", 0, ""),
            ("", 2, "  "),
            ("ae\u{301}x", 2, "a…"),
        ];
        for (text, columns, want) in cases {
            assert_eq!(fit(text, columns, Ambiguous::Narrow), want, "{text:?} in {columns}");
        }
        assert_eq!(fit("和平市", 4, Ambiguous::Wide), "和…");
        assert_eq!(fit("和平市", 1, Ambiguous::Wide), " ");
        assert_eq!(truncate("👨‍👩‍👧市", 1, Ambiguous::Narrow), ("", 0));
        assert_eq!(truncate("👨‍👩‍👧市", 3, Ambiguous::Narrow), ("👨‍👩‍👧", 2));
    }

    #[test]
    fn the_setting_is_spelt_in_lower_case() {
        assert_eq!(serde_json::to_string(&Ambiguous::Wide).unwrap(), "\"wide\"");
        assert_eq!(serde_json::from_str::<Ambiguous>("\"narrow\"").unwrap(), Ambiguous::default());
    }

    /// Text rich in what joins and what hides.
    fn tricky() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "市",
            "a",
            "“",
            "。",
            "\u{301}",
            "\u{200d}",
            "\u{fe0f}",
            "👩",
            "👧",
            "🇨",
            "🇳",
            "\r",
            "\n",
            "\u{202e}",
            "각",
            "ᄀ",
            "ᅡ",
            "\u{600}",
            "क",
            "\u{94d}",
            "ष",
            "ﾞ",
            "\u{e0100}",
        ]);
        prop_oneof![any::<String>(), prop::collection::vec(piece, 0..24).prop_map(|p| p.concat())]
    }

    proptest! {
        #[test]
        fn cells_are_the_graphemes(text in tricky()) {
            // One difference only: each hidden character is a symbol, and so a cell.
            let want: Vec<&str> = text.graphemes(true)
                .flat_map(|g| g.split_inclusive(is_hidden))
                .flat_map(|part| {
                    let hidden = part.chars().next_back().filter(|c| is_hidden(*c)).map_or(0, char::len_utf8);
                    let (before, hidden) = part.split_at(part.len() - hidden);
                    before.graphemes(true).chain(Some(hidden).filter(|h| !h.is_empty())).collect::<Vec<_>>()
                })
                .collect();
            let got: Vec<&str> = cells(&text, Ambiguous::Narrow).map(|cell| &text[cell.range()]).collect();
            prop_assert_eq!(got, want);
        }

        #[test]
        fn fitted_text_has_the_asked_width(text in tricky(), columns in 0usize..40) {
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                let (cut, used) = truncate(&text, columns, ambiguous);
                prop_assert!(text.starts_with(cut) && used <= columns);
                prop_assert_eq!(str_width(cut, ambiguous), used);
                prop_assert!(str_width(&fit(&text, columns, ambiguous), ambiguous) <= columns);
            }
        }
    }
}
