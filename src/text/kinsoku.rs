//! 禁则: where a row may end.
//!
//! In: the characters of a row one after another. Out: how good a break before the next one would be. Does not know about
//! widths and rows. The rules follow UAX #14 where that suits Chinese reports and are stricter for …, — and ·, which
//! GB/T 15834 keeps off the start of a row.

use super::width::{ClusterWidth, is_plain_han};

/// How good a break is, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// After a blank, between 汉字, between 汉字 and Latin.
    Free = 0,
    /// Beside a straight quote or a no-break blank, between a word and a half-width parenthesis, after a sign.
    Loose = 1,
    /// Inside a number or a Latin word.
    InWord = 2,
    /// Leaves a mark at the start or the end of a row where it may not stand.
    Forbidden = 3,
    /// Cuts a —— or …… in two, or parts a mark from its letter.
    Joined = 4,
}

impl Break {
    /// How many kinds there are.
    pub(super) const KINDS: usize = 5;
}

/// What the rules see in a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakClass {
    /// 汉字, kana, emoji, symbols: rows may break on both sides.
    Other,
    /// Letters and digits, half or full width.
    Word,
    /// A blank that may hang at the end of a row: space, tab, ideographic space.
    Blank,
    /// May not begin a row.
    Close,
    /// A half-width closing bracket: may not begin a row, holds a word that follows.
    CloseHalf,
    /// May not begin a row; inside a word it is a part of it (`3.5`, `12:30`).
    Point,
    /// A dash or dots: may not begin a row, and two of the same are one mark.
    Pair,
    /// May not end a row.
    Open,
    /// A half-width opening bracket: may not end a row, holds a word before it.
    OpenHalf,
    /// A hyphen or slash: stays with what stands before it; inside a word a part of it.
    Hyphen,
    /// A sign such as + or &: inside a word a part of it, before a word held by it.
    Sign,
    /// A no-break blank or a straight double quote, of which nobody knows the side.
    Glue,
    /// Takes no column (a mark without a letter): stays with what stands before it.
    Mark,
}

impl BreakClass {
    /// The class of a cluster: that of its first character.
    #[inline]
    pub(super) fn of(cell: ClusterWidth) -> Self {
        let c = cell.first;
        if is_plain_han(c) {
            // 々 is outside of this block, so no mark hides here.
            return Self::Other;
        }
        match c {
            // A blank that carries a mark is drawn, so it does not hang.
            ' ' | '\t' | '\u{3000}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' => {
                if cell.end - cell.start == c.len_utf8() { Self::Blank } else { Self::Other }
            }
            'a'..='z' | 'A'..='Z' | '0'..='9' => Self::Word,
            '。' | '，' | '、' | '；' | '：' | '！' | '？' | '”' | '）' | '》' | '」' | '』' | '】' | '〉' | '〕' => {
                Self::Close
            }
            '“' | '‘' | '（' | '《' | '「' | '『' | '【' | '〈' | '〔' => Self::Open,
            '.' | ',' | ':' | ';' | '!' | '?' | '%' | '~' | '’' | '．' => Self::Point,
            '—' | '…' | '―' | '–' | '─' | '⋯' => Self::Pair,
            ')' | ']' | '}' => Self::CloseHalf,
            '(' | '[' | '{' => Self::OpenHalf,
            '-' | '/' | '‐' | '‑' | '－' | '／' => Self::Hyphen,
            '$' | '￥' | '¥' | '＄' | '£' | '￡' | '€' | '№' | '〖' | '〘' | '〚' | '〝' | '［' | '｛' | '｢' | '«'
            | '‹' | '﹙' | '﹛' | '﹝' => Self::Open,
            '·'
            | '％'
            | '‰'
            | '‱'
            | '℃'
            | '℉'
            | '°'
            | '′'
            | '″'
            | '¢'
            | '々'
            | '〻'
            | 'ー'
            | 'ｰ'
            | '〗'
            | '〙'
            | '〛'
            | '〞'
            | '〟'
            | '］'
            | '｝'
            | '｣'
            | '｡'
            | '､'
            | '～'
            | '・'
            | '･'
            | '‧'
            | '∶'
            | '»'
            | '›'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | '﹐'..='﹗'
            | '﹚'
            | '﹜'
            | '﹞' => Self::Close,
            '"' | '\u{A0}' | '\u{202F}' | '\u{2007}' => Self::Glue,
            '!'..='~' | '±' | '−' | '＋' => Self::Sign,
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '¹' | '²' | '³' => Self::Word,
            _ if cell.columns == 0 => Self::Mark,
            // Alphabets are made of words; syllables and ideographs (from the kana on) are not.
            '\u{AA}'..='\u{1FFF}' if c.is_alphabetic() && !matches!(c, '\u{1100}'..='\u{11FF}') => Self::Word,
            _ => Self::Other,
        }
    }
}

/// What the rules remember of the row so far. A row begins with the default.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreakContext {
    /// Class and character of the last cluster that is no blank.
    previous: BreakClass,
    character: char,
    /// Whether blanks stand after it.
    gap: bool,
    /// Whether a word began and goes on, so that a point or sign may belong to it.
    in_word: bool,
}

impl Default for BreakContext {
    fn default() -> Self {
        Self { previous: BreakClass::Other, character: ' ', gap: false, in_word: false }
    }
}

impl BreakContext {
    /// How good a break before a cluster of class `next`, beginning with `c`, would be. Not asked for blanks.
    #[inline]
    pub(super) fn before(&self, next: BreakClass, c: char) -> Break {
        use BreakClass::*;
        match (self.previous, next) {
            (Other, Other) => Break::Free,
            (_, Mark) => Break::Joined,
            (Pair, Pair) if c == self.character && !self.gap => Break::Joined,
            (_, Close | CloseHalf | Point | Pair) | (Open | OpenHalf, _) => Break::Forbidden,
            _ if self.gap => Break::Free,
            (_, Hyphen) => Break::Forbidden,
            (_, Word | Sign) if self.in_word && self.joins(next, c) => Break::InWord,
            (Glue, _) | (_, Glue) | (Hyphen | Sign | CloseHalf, Word) | (Word, OpenHalf) => Break::Loose,
            _ => Break::Free,
        }
    }

    /// Whether `next`, after a word and perhaps points, goes on with that word. A comma, semicolon or mark of
    /// exclamation or question ends it, except a comma in a number: 1,234 is one word, GDP,CPI are two.
    #[inline]
    fn joins(&self, next: BreakClass, c: char) -> bool {
        match self.character {
            ',' => next == BreakClass::Word && c.is_ascii_digit(),
            ';' | '!' | '?' => false,
            _ => true,
        }
    }

    /// Moves on past a cluster.
    #[inline]
    pub(super) fn step(&mut self, class: BreakClass, c: char) {
        match class {
            BreakClass::Blank => {
                self.gap = true;
                self.in_word = false;
            }
            // A mark changes nothing: what it stands on goes on to decide.
            BreakClass::Mark => {}
            _ => {
                self.in_word = match class {
                    BreakClass::Word => true,
                    BreakClass::Point if c == ',' => self.in_word && self.character.is_ascii_digit(),
                    BreakClass::Point | BreakClass::Hyphen | BreakClass::Sign => self.in_word,
                    _ => false,
                };
                self.previous = class;
                self.character = c;
                self.gap = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::{Ambiguous, cells};

    /// The text with a `|` wherever a break of this kind or a better one is.
    fn breaks(text: &str, kind: Break) -> String {
        let (mut context, mut out) = (BreakContext::default(), String::new());
        for cell in cells(text, Ambiguous::Narrow) {
            let class = BreakClass::of(cell);
            if class != BreakClass::Blank && cell.start > 0 && context.before(class, cell.first) <= kind {
                out.push('|');
            }
            context.step(class, cell.first);
            out.push_str(&text[cell.range()]);
        }
        out
    }

    /// Each line is a text with a bar at every free break; UAX #14 has the same ones, but for the last group.
    #[test]
    fn free_breaks() {
        let cases = [
            "常|委|会",
            "发|展，|改|革。|稳|定",
            "听|取|《法》、|《条|例》，|通|过！）|吗",
            "增|长|3.5%，|约|1,234|万|元",
            "２０２３|年|C919|首|飞",
            "2022|年|5|月|12|日|12:30|起",
            "执|行|GB/T |5789-2020|标|准",
            "电|子|e-mail|与|R&D|投|入",
            "约|￥300|或|$5.20|或|№12",
            "气|温|35℃，|占|5‰|强",
            "经|济——|社|会……|等",
            "建|成|A—|B|两|线",
            "don't |stop, |he |said",
            "（一）|强|化|监|督",
            "(一)|强|化|见|(2)",
            "山々|ラー|ン",
            "葛\u{e0100}|市|e\u{301}te\u{301}|好",
            "👨‍👩‍👧|👨‍👩‍👧|🇨🇳|🇨🇳",
            "范|围|10～|20|个|10~20|个",
            "半 |角 ，|全　|角 |（甲 ）",
            // UAX #14 does not know which side a curly quote is and keeps both; Chinese text is clear about it.
            "是|“好”|的|‘一’|吗",
            // Stricter than UAX #14: the middle dot keeps off the start of a row.
            "不·|是",
            // Freer: half-width punctuation in Chinese text is Chinese punctuation.
            "加|快,|GDP|增|长;|CPI|平|稳:|5G|用|户",
        ];
        for want in cases {
            assert_eq!(breaks(&want.replace('|', ""), Break::Free), want);
        }
    }

    #[test]
    fn worse_breaks() {
        let cases = [
            (
                "f(x) a\"b\" 市\u{a0}区 -5 +3% (GDP)x",
                Break::Loose,
                "f|(x) |a|\"|b|\" |市|\u{a0}|区 |-|5 |+|3% |(GDP)|x",
            ),
            ("1,234.5 e-mail GB/T", Break::InWord, "1,|2|3|4.|5 |e-|m|a|i|l |G|B/|T"),
            ("《甲》，", Break::Forbidden, "《|甲|》|，"),
            ("甲————……", Break::Forbidden, "甲|————|……"),
            ("甲——\u{600}\u{301}", Break::Forbidden, "甲|——|\u{600}\u{301}"),
        ];
        for (text, kind, want) in cases {
            assert_eq!(breaks(text, kind), want);
        }
    }
}
