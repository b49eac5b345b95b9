//! Chinese word segmentation: jieba's dictionary without its guessing model (so that equal text gives equal words),
//! below a layer of phrases that are never split.
//!
//! In: text. Out: words, in order. Does not know about: what is counted, which words are left out.

use std::sync::OnceLock;

use super::dictionary::Dictionary;
use super::numeral;
use super::phrases::Phrases;
use crate::text::Span;
use crate::text::digest::Digester;
use crate::text::han::is_han;

/// Set formulas of the genre, one a line, sorted.
pub(super) const LEXICON: &str = include_str!("../lexicon.txt");

static DEFAULT: OnceLock<Segmenter> = OnceLock::new();

/// Han characters handed to the dictionary at once: longer runs without punctuation are damage, and are cut.
const LONGEST_RUN: usize = 4096;

/// So many characters before a numeral tell whether its first one ends a word.
const BEFORE_NUMBER: usize = 6;

/// Suffixes that make a word of a word of two characters: 常态化, 针对性.
const SUFFIXES: [&str; 16] =
    ["化", "性", "型", "级", "率", "类", "制", "度", "员", "者", "量", "感", "权", "期", "费", "额"];

/// Characters that hardly ever are words of their own, ascending: `data/make-dictionary.py` says which.
const BOUND: &str = include_str!("../../../data/bound.txt");

/// Whether a character hardly ever is a word of its own.
fn is_bound(c: char) -> bool {
    static BITS: OnceLock<Vec<u64>> = OnceLock::new();
    let bits = BITS.get_or_init(|| {
        let mut bits = vec![0; 0x1_0000 / 64];
        for code in BOUND.trim_end().chars().map(|c| c as usize) {
            if let Some(word) = bits.get_mut(code / 64) {
                *word |= 1u64 << (code % 64);
            }
        }
        bits
    });
    bits.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
}

/// What 化 and 率 begin as verbs: 化危为机, 率队.
const TAKEN_BY_VERBS: [char; 8] = ['危', '零', '整', '作', '为', '队', '团', '众'];

/// Cuts text into words.
#[derive(Debug, Clone)]
pub struct Segmenter {
    dictionary: &'static Dictionary,
    phrases: Phrases,
    fingerprint: u64,
}

/// What is known of the words behind a table, so that it can be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexiconVersion {
    /// Phrases that are never split: built-in ones and the user's.
    pub phrases: usize,
    /// A digest of them, of the dictionary and of how rules cut a probe.
    pub digest: u64,
}

impl std::fmt::Display for LexiconVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}·{:08x}", self.phrases, self.digest >> 32)
    }
}

/// Text that every rule of cutting has a say in: how it is cut tells versions of the rules apart.
const PROBE: &str = include_str!("probe.txt");

/// A digest of the dictionary's bytes and of how it and the rules cut the probe: whatever changes words changes it, so that
/// counts kept from before are not taken for new ones. Worked out once.
fn version_of_rules() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let bare = Segmenter { dictionary: Dictionary::get(), phrases: Phrases::default(), fingerprint: 0 };
        let mut digester = Digester::default();
        digester.add(Dictionary::bytes());
        bare.each_word(PROBE, &mut |word| digester.add(word.as_bytes()));
        format!("{:016x}", digester.finish().0)
    })
}

impl Segmenter {
    /// The segmenter with the built-in phrases.
    pub fn get() -> &'static Self {
        DEFAULT.get_or_init(|| Self::with_words::<&str>(&[]))
    }

    /// A segmenter that keeps `words` whole as well.
    pub fn with_words<S: AsRef<str>>(words: &[S]) -> Self {
        let phrases = LEXICON.lines().chain(words.iter().map(AsRef::as_ref));
        let phrases = Phrases::new(phrases);
        let fingerprint = phrases.fingerprint(version_of_rules());
        Self { dictionary: Dictionary::get(), phrases, fingerprint }
    }

    /// The same segmenter, which keeps `words` whole as well; `None` if it does so already.
    pub fn keeping<S: AsRef<str>>(&self, words: &[S]) -> Option<Self> {
        let whole = |word: &str| {
            let mut found = 0;
            self.each_word(word, &mut |w| found += if w == word { 1 } else { 2 });
            found == 1
        };
        let new: Vec<&str> = words.iter().map(|w| w.as_ref().trim()).filter(|w| !w.is_empty() && !whole(w)).collect();
        if new.is_empty() {
            return None;
        }
        let phrases = Phrases::new(self.phrases.iter().chain(new));
        let fingerprint = phrases.fingerprint(version_of_rules());
        Some(Self { dictionary: self.dictionary, phrases, fingerprint })
    }

    /// Whether a word is a set phrase: of the lexicon, or the user's own.
    pub fn is_phrase(&self, word: &str) -> bool {
        word.chars().next().and_then(|first| self.phrases.at_start(word, first)) == Some(word.len())
    }

    /// Says which words are kept whole, and by which dictionary the rest is cut: equal for equal results.
    pub const fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Its phrases, as a table names them.
    pub fn version(&self) -> LexiconVersion {
        LexiconVersion { phrases: self.phrases.iter().count(), digest: self.fingerprint }
    }

    /// Hands every word of `text` to `take`, in order: Chinese words, and runs of Latin letters and digits.
    /// Punctuation and blanks are not handed over.
    pub fn each_word<'t>(&self, text: &'t str, take: &mut dyn FnMut(&'t str)) {
        let mut run = CharRun::default();
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let kind = TokenKind::of(c);
            let inside_latin = kind == TokenKind::Latin && run.kind == TokenKind::Latin;
            let whole = if inside_latin { None } else { self.whole_at(text, at, c) };
            if whole.is_some() || kind != run.kind || run.chars >= LONGEST_RUN {
                self.flush(&text[run.start..at], run.kind, take);
                run = CharRun { start: at, kind, chars: 0 };
            }
            if let Some(len) = whole {
                take(&text[at..at + len]);
                at += len;
                run = CharRun { start: at, ..CharRun::default() };
            } else {
                at += c.len_utf8();
                run.chars += 1;
            }
        }
        self.flush(&text[run.start..], run.kind, take);
    }

    /// The length of the phrase or number that stands at byte `at` of `text`, where `c` is; the longer of both.
    fn whole_at(&self, text: &str, at: usize, c: char) -> Option<usize> {
        let rest = text.get(at..)?;
        let phrase = self.phrases.at_start(rest, c);
        let number = if numeral::may_begin(c) { self.number_at(text, at, c) } else { None };
        phrase.max(number)
    }

    /// The length of a number, unless it is the beginning or the end of a word: 十万火急, 统一百.
    fn number_at(&self, text: &str, at: usize, c: char) -> Option<usize> {
        let rest = text.get(at..)?;
        let length = numeral::at_start(rest)?;
        if !is_han(c) {
            // 5G and 3D are words of their own.
            let after = rest.get(length..)?.chars().next();
            return (!after.is_some_and(|c| c.is_ascii_alphabetic())).then_some(length);
        }
        let head = text.get(..at)?;
        let before = head.char_indices().next_back().filter(|(_, before)| is_han(*before));
        // 统一百: the last word up to here holds more than this character; in 延长三十年 it does not, though 长三 is a word.
        let ends_word = before.is_some_and(|(start, _)| self.dictionary.has_word(&text[start..at + c.len_utf8()])) && {
            let run = head.char_indices().rev().take(BEFORE_NUMBER).take_while(|(_, c)| is_han(*c)).last();
            let mut last = "";
            self.dictionary.cut(&text[run.map_or(at, |(start, _)| start)..at + c.len_utf8()], &mut |word| last = word);
            last.len() > c.len_utf8()
        };
        // 十万火急
        let end =
            rest.get(length..).and_then(|tail| tail.char_indices().nth(1)).map(|(i, c)| length + i + c.len_utf8());
        let begins_word = end.and_then(|end| rest.get(..end)).is_some_and(|word| self.dictionary.has_word(word));
        (!ends_word && !begins_word).then_some(length)
    }

    /// Hands over where every word of `text` stands, in order.
    pub fn each_word_span(&self, text: &str, take: &mut dyn FnMut(Span)) {
        // Words are slices of `text`, so their addresses say where they stand.
        let base = text.as_ptr() as usize;
        self.each_word(text, &mut |word| {
            let start = word.as_ptr() as usize - base;
            take(Span::of(start..start + word.len()));
        });
    }

    fn flush<'t>(&self, run: &'t str, kind: TokenKind, take: &mut dyn FnMut(&'t str)) {
        match kind {
            TokenKind::Han if !run.is_empty() => {
                let (mut held, mut pair) = (OpenWord::default(), BoundPair::default());
                self.dictionary.cut(run, &mut |word| pair.next(run, word, &mut |word| held.next(run, word, take)));
                pair.end(run, &mut |word| held.next(run, word, take));
                held.end(run, None, take);
            }
            TokenKind::Latin if !run.is_empty() => take(run),
            _ => {}
        }
    }
}

/// Characters of a run that the dictionary left by themselves though they hardly ever are: two of them are one word (雾霾), three
/// or more are names or damage, and stay as they are.
#[derive(Default)]
struct BoundPair {
    start: usize,
    end: usize,
}

impl BoundPair {
    fn next<'t>(&mut self, run: &'t str, word: &'t str, take: &mut dyn FnMut(&'t str)) {
        let mut chars = word.chars();
        let bound = chars.next().is_some_and(is_bound) && chars.next().is_none();
        if !bound {
            self.end(run, take);
            take(word);
            self.start = self.end + word.len();
            self.end = self.start;
            return;
        }
        self.end += word.len();
    }

    /// Hands over what is held.
    fn end<'t>(&mut self, run: &'t str, take: &mut dyn FnMut(&'t str)) {
        let held = run.get(self.start..self.end).unwrap_or_default();
        match held.chars().count() {
            0 => {}
            2 => take(held),
            _ => held.char_indices().for_each(|(at, c)| take(&held[at..at + c.len_utf8()])),
        }
        self.start = self.end;
    }
}

/// A word of a run that may grow by a suffix: 常态 by 化.
#[derive(Default)]
struct OpenWord {
    start: usize,
    /// Where its suffix begins, if it has taken one; else its end.
    stem: usize,
    end: usize,
}

impl OpenWord {
    fn next<'t>(&mut self, run: &'t str, word: &'t str, take: &mut dyn FnMut(&'t str)) {
        let two = self.end - self.start == 2 * "化".len();
        if self.stem == self.end && two && SUFFIXES.contains(&word) {
            self.end += word.len();
            return;
        }
        self.end(run, word.chars().next(), take);
        (self.start, self.stem, self.end) = (self.end, self.end + word.len(), self.end + word.len());
    }

    /// Hands it over; `next` is what comes after it.
    fn end<'t>(&self, run: &'t str, next: Option<char>, take: &mut dyn FnMut(&'t str)) {
        let verb = self.stem < self.end && next.is_some_and(|c| TAKEN_BY_VERBS.contains(&c));
        let cuts = if verb { [self.start, self.stem, self.end] } else { [self.start, self.start, self.end] };
        for pair in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
            take(&run[pair[0]..pair[1]]);
        }
    }
}

#[derive(Default)]
struct CharRun {
    start: usize,
    kind: TokenKind,
    chars: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum TokenKind {
    Han,
    Latin,
    #[default]
    Other,
}

impl TokenKind {
    fn of(c: char) -> Self {
        match c {
            c if is_han(c) => Self::Han,
            c if c.is_alphanumeric() => Self::Latin,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words<'t>(segmenter: &Segmenter, text: &'t str) -> Vec<&'t str> {
        let mut words = Vec::new();
        segmenter.each_word(text, &mut |w| words.push(w));
        words
    }

    #[test]
    fn text_is_cut_into_words_and_formulas_stay_whole() {
        let cases: [(&str, &[&str]); 8] = [
            ("发展全过程人民民主,听取一府一委两院报告", &["发展", "全过程人民民主", "听取", "一府一委两院", "报告"]),
            ("优化营商环境，营商环境", &["优化", "营商环境", "营商环境"]),
            ("建成5G基站2022个", &["建成", "5G", "基站", "2022", "个"]),
            ("常态化演练4.45万次，占六成", &["常态化", "演练", "4.45万", "次", "占", "六成"]),
            ("合同延长三十年，统一百项标准", &["合同", "延长", "三十", "年", "统一", "百", "项", "标准"]),
            ("三条水渠投资二百一十三万元", &["三", "条", "水渠", "投资", "二百一十三万", "元"]),
            ("", &[]),
            ("，。", &[]),
        ];
        for (text, want) in cases {
            assert_eq!(words(Segmenter::get(), text), want, "{text}");
        }
    }

    #[test]
    fn user_words_stay_whole() {
        let segmenter = Segmenter::with_words(&["云和梯田节", "GDP增速", " "]);
        assert_eq!(words(&segmenter, "举办云和梯田节"), ["举办", "云和梯田节"]);
        assert_eq!(words(&segmenter, "GDP增速和XGDP增速"), ["GDP增速", "和", "XGDP", "增速"]);
    }

    #[test]
    fn the_lexicon_is_sorted_and_no_phrase_is_ever_split() {
        let phrases: Vec<&str> = LEXICON.lines().collect();
        assert!(phrases.len() >= 500 && phrases.windows(2).all(|pair| pair[0] < pair[1]));
        let mut split = Vec::new();
        for phrase in phrases {
            let sentences = ["", "推进“”，", "要把作为重点。", "关于的决定", "和等"];
            let gaps = [0, "推进“".len(), "要把".len(), "关于".len(), "和".len()];
            for (sentence, gap) in sentences.into_iter().zip(gaps) {
                let text = format!("{}{phrase}{}", &sentence[..gap], &sentence[gap..]);
                if words(Segmenter::get(), &text).iter().filter(|word| **word == phrase).count() != 1 {
                    split.push(text);
                }
            }
        }
        assert!(split.is_empty(), "{split:?}");
    }

    proptest! {
        #[test]
        fn words_are_slices_in_order_and_lose_no_letter(text in "[一二三人民大会代表全过程ab1，。 é😀]{0,40}") {
            let found = words(Segmenter::get(), &text);
            let kept: String = text.chars().filter(|&c| TokenKind::of(c) != TokenKind::Other).collect();
            prop_assert_eq!(found.concat(), kept);
        }
    }
}
