//! Rich Text Format (version 1.9.1).
//!
//! In: bytes. Out: a [`Source`]: one line per paragraph, table rows as one line each, notes at the end. Does not know about:
//! fonts but for the code page each has, pictures.
//!
//! No group is read by calling oneself: a file of a million open braces costs no more than its length.

mod words;

use encoding_rs::Encoding;
use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::open_tables::OpenTables;
use crate::corpus::formats::rtf::words::{code_page, is_skipped};
use crate::corpus::formats::source::Source;
use crate::corpus::formats::table_rows::Merge;

/// Groups stand at most so deep in one another; what is deeper shares the state of this one.
const DEEPEST: usize = 1000;

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    Fonts,
    Styles,
    Note,
    /// A number that the writer shows.
    Number,
    Nowhere,
}

#[derive(Debug, Clone, Copy)]
struct GroupState {
    place: Destination,
    /// Characters that stand for one of Unicode for old readers.
    fallback: usize,
    font: i32,
    hidden: bool,
    deleted: bool,
}

#[derive(Debug)]
struct RtfReader<'b> {
    bytes: &'b [u8],
    at: usize,
    state: GroupState,
    states: Vec<GroupState>,
    too_deep: usize,
    page: &'static Encoding,
    fonts: FxHashMap<i32, &'static Encoding>,
    styles: FxHashMap<i32, u8>,
    style: i32,
    default_font: i32,
    /// Bytes of the text that are not decoded yet.
    pending: Vec<u8>,
    /// Half of a character of Unicode.
    high: Option<u16>,
    skip: usize,
    ignorable: bool,
    text: String,
    level: Option<u8>,
    depth: usize,
    merges: Vec<Merge>,
    merge: Merge,
    tables: OpenTables,
    notes: Vec<String>,
}

/// Reads a document.
///
/// # Errors
/// Where nothing is written in it.
pub fn read(bytes: &[u8]) -> Result<Source, IssueKind> {
    let state = GroupState { place: Destination::Text, fallback: 1, font: 0, hidden: false, deleted: false };
    let mut reader = RtfReader {
        bytes,
        at: 0,
        state,
        states: Vec::new(),
        too_deep: 0,
        page: encoding_rs::GBK,
        fonts: FxHashMap::default(),
        styles: FxHashMap::default(),
        style: 0,
        default_font: 0,
        pending: Vec::new(),
        high: None,
        skip: 0,
        ignorable: false,
        text: String::new(),
        level: None,
        depth: 0,
        merges: Vec::new(),
        merge: Merge::Single,
        tables: OpenTables::default(),
        notes: Vec::new(),
    };
    reader.run();
    let mut draft = Draft::default();
    draft.extend(&reader.tables.finish());
    for (n, note) in (1..).zip(&reader.notes) {
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        if !note.is_empty() {
            draft.push(&DraftLine::of_text(format!("[{n}] {note}")));
        }
    }
    draft.finish()
}

impl RtfReader<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
        self.decode();
        if !self.text.trim().is_empty() {
            self.end_paragraph();
        }
    }

    fn open(&mut self) {
        self.decode();
        if self.states.len() < DEEPEST {
            self.states.push(self.state);
        } else {
            self.too_deep += 1;
        }
        (self.skip, self.ignorable) = (0, false);
    }

    fn close(&mut self) {
        self.decode();
        (self.skip, self.ignorable) = (0, false);
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(state) = self.states.pop() {
            if self.state.place == Destination::Number && state.place != Destination::Number {
                // The tab behind a number shows nothing.
                self.text.truncate(self.text.trim_end().len());
            }
            self.state = state;
        }
    }

    fn control(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else { return };
        if byte.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        match byte {
            b'\'' => {
                let hex = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.ignorable = true,
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'-' => {}
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.byte(byte),
            _ => {}
        }
    }

    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(rest.get(..letters).unwrap_or_default()).unwrap_or_default();
        let tail = rest.get(letters..).unwrap_or_default();
        let minus = usize::from(tail.first() == Some(&b'-'));
        let digits = tail.iter().skip(minus).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = if digits > 0 { tail.get(..minus + digits) } else { None };
        let number = number.and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| digits.parse().ok());
        let taken = letters + if digits > 0 { minus + digits } else { 0 };
        self.at += taken + usize::from(rest.get(taken) == Some(&b' '));
        if name == "bin" {
            self.at += usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return;
        }
        if name != "u" && self.skip > 0 {
            self.skip -= 1;
        }
        self.obey(name, number);
    }

    fn obey(&mut self, name: &str, number: Option<i32>) {
        let ignorable = std::mem::take(&mut self.ignorable);
        let is_on = number != Some(0);
        match name {
            "fonttbl" => self.state.place = Destination::Fonts,
            "stylesheet" => self.state.place = Destination::Styles,
            "footnote" if self.state.place == Destination::Text => {
                self.notes.push(String::new());
                let mark = format!("[{}]", self.notes.len());
                self.push(&mark);
                self.state.place = Destination::Note;
            }
            "listtext" | "pntext" if self.state.place == Destination::Text => self.state.place = Destination::Number,
            "shpinst" | "shptxt" | "fldrslt" | "result" | "shprslt" => {}
            _ if is_skipped(name) => self.state.place = Destination::Nowhere,
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.page = number.and_then(code_page).unwrap_or(self.page),
            "deff" => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            "f" => {
                self.decode();
                self.state.font = number.unwrap_or(0);
            }
            "fcharset" if self.state.place == Destination::Fonts => {
                if let Some(page) = number.and_then(code_page) {
                    self.fonts.insert(self.state.font, page);
                }
            }
            "s" => {
                self.style = number.unwrap_or(0);
                if self.state.place != Destination::Styles {
                    self.level = self.styles.get(&self.style).copied();
                }
            }
            "outlinelevel" => {
                let level = number.and_then(|n| u8::try_from(n + 1).ok()).filter(|level| (1..=6).contains(level));
                if self.state.place != Destination::Styles {
                    self.level = level;
                } else if let Some(level) = level {
                    self.styles.insert(self.style, level);
                }
            }
            "v" => {
                self.decode();
                self.state.hidden = is_on;
            }
            "deleted" => {
                self.decode();
                self.state.deleted = is_on;
            }
            "plain" => {
                self.decode();
                (self.state.hidden, self.state.deleted, self.state.font) = (false, false, self.default_font);
            }
            _ if matches!(self.state.place, Destination::Text | Destination::Note | Destination::Number) => {
                self.layout(name, number)
            }
            _ => {}
        }
        if ignorable && !matches!(name, "shpinst" | "shptxt" | "pntext" | "listtext" | "footnote" | "nesttableprops") {
            self.state.place = if matches!(name, "pn" | "fldinst") || self.state.place == Destination::Text {
                Destination::Nowhere
            } else {
                self.state.place
            };
        }
    }

    fn layout(&mut self, name: &str, number: Option<i32>) {
        match name {
            "par" | "sect" => self.end_paragraph(),
            "line" => self.push("\n"),
            "tab" => self.push("\t"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "pard" => {
                self.decode();
                if self.state.place == Destination::Text {
                    (self.depth, self.level) = (0, None);
                }
            }
            "intbl" => self.depth = self.depth.max(1),
            "itap" => self.depth = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(16),
            "trowd" => {
                self.merges.clear();
                self.merge = Merge::Single;
            }
            "clvmgf" => self.merge = Merge::First,
            "clvmrg" => self.merge = Merge::Continued,
            "cellx" if self.merges.len() < 256 => self.merges.push(std::mem::take(&mut self.merge)),
            "cell" | "nestcell" => {
                self.depth = self.depth.max(if name == "cell" { 1 } else { 2 });
                self.end_paragraph();
                self.tables.end_cell();
            }
            "row" | "nestrow" => {
                self.decode();
                let depth = if name == "row" { 1 } else { self.depth.max(2) };
                self.tables.end_row(depth, &self.merges);
            }
            _ => {}
        }
    }

    fn is_shown(&self) -> bool {
        !self.state.hidden && !self.state.deleted
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if matches!(self.state.place, Destination::Text | Destination::Note | Destination::Number)
            && self.is_shown()
        {
            self.pending.push(byte);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.decode();
        self.skip = self.state.fallback;
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0);
        let units = [self.high.take().unwrap_or(0), unit];
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let of_units = if units[0] == 0 { &units[1..] } else { &units[..] };
        let text = String::from_utf16_lossy(of_units);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        self.decode();
        self.write(text);
    }

    fn write(&mut self, text: &str) {
        if !self.is_shown() {
            return;
        }
        match self.state.place {
            Destination::Text | Destination::Number => self.text.push_str(text),
            Destination::Note => {
                if let Some(note) = self.notes.last_mut() {
                    note.push_str(text);
                }
            }
            Destination::Fonts | Destination::Styles | Destination::Nowhere => {}
        }
    }

    fn decode(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let page = self.fonts.get(&self.state.font).copied().unwrap_or(self.page);
        let text = page.decode_without_bom_handling(&bytes).0;
        self.write(&text);
    }

    fn end_paragraph(&mut self) {
        self.decode();
        if self.state.place == Destination::Note {
            return self.write(" ");
        }
        let text = std::mem::take(&mut self.text);
        self.tables.place(self.depth, DraftLine { level: self.level, ..DraftLine::of_text(text) });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(rtf: &str) -> String {
        read(rtf.as_bytes()).expect("text").text
    }

    #[test]
    fn bytes_of_a_code_page_and_characters_of_unicode() {
        let head =
            "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f1\\fcharset136 x;}}";
        assert_eq!(
            text(&format!("{head}\\f0 \\'b5\\'c6\\'cb\\'fe\\par\\uc1\\u28783?\\u22612?\\par}}")),
            "灯塔\n灯塔\n"
        );
        assert_eq!(text(&format!("{head}\\f1 \\'bf\\'4f\\f0\\'cb\\'fe\\par}}")), "燈塔\n");
        assert_eq!(text(&format!("{head}\\uc2\\u-10180\\'3f\\'3f\\u-8960\\'3f\\'3fa\\par}}")), "\u{1f100}a\n");
    }

    #[test]
    fn what_is_shown() {
        let rtf = "{\\rtf1{\\info{\\title 题}}{\\*\\generator x;}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}\
            \\pard\\s1{\\listtext 一、\\tab}灯{\\v 暗}{\\deleted 旧}塔\\par\\pard{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt 链}}\
            盐{\\footnote\\pard 注。}田。\\par{\\pict 0123}}"
            .replace(|c: char| !c.is_ascii(), "?");
        let source = read(rtf.as_bytes()).expect("text");
        assert_eq!(source.levels, [(1, 1)]);
        assert_eq!(source.text, "????\n??[1]??\n[1] ??\n");
    }

    #[test]
    fn rows_and_rows_in_rows() {
        let rtf = "{\\rtf1 \\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell\\row\\pard c\\par}";
        let source = read(rtf.as_bytes()).expect("text");
        assert_eq!((source.text.as_str(), source.tables.len()), ("a\tb\nc\n", 1));
        let merged = "{\\rtf1 \\trowd\\clvmgf\\cellx1\\cellx2\\intbl a\\cell b\\cell\\row\\trowd\\clvmrg\\cellx1\\cellx2\\intbl\\cell c\\cell\\row}";
        assert_eq!(text(merged), "a\tb\na\tc\n");
    }

    #[test]
    fn braces_without_end() {
        assert!(text(&format!("{{\\rtf1 {}a", "{".repeat(300_000))).starts_with('a'));
        assert_eq!(read(b"{\\rtf1 }"), Err(IssueKind::Empty));
    }

    proptest! {
        #[test]
        fn any_bytes_end(words in proptest::collection::vec(prop::sample::select(vec!["{", "}", "\\cell", "\\row", "\\u-3", "\\'b5", "\\'", "\\bin9", "\\intbl", "\\itap3", "\\nestrow ", "\\footnote", "\\*", "灯", "\\uc9", "\\par"]), 0..80)) {
            let _ = read(words.concat().as_bytes());
        }
    }
}
