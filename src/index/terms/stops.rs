//! Which words are no terms. In: the built-in layers, or the user's in their stead, and the user's own words. Out: a yes
//! or no for a word. Does not know about: how words are found.

use std::sync::Arc;

use rustc_hash::FxHashSet;

/// The built-in function words (the, of, and: 的 和 在…), one a line.
const FUNCTION_WORDS: &str = include_str!("../stopwords.txt");

/// The built-in filler of official prose (加强 推进 进一步…), one a line.
const FILLERS: &str = include_str!("../fillers.txt");

type Words = Arc<FxHashSet<Box<str>>>;

/// One of the lists of words that can be left out, each with a switch of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StopLayer {
    /// Words that any text is full of: 的, 和, 在.
    Function,
    /// Words that any official report is full of: 加强, 推进, 进一步.
    Filler,
    /// What a text calls itself: its own place, that place's organs. Which words these are depends on the text; see
    /// [`mod@super::own_names`].
    Names,
}

impl StopLayer {
    /// Every layer.
    pub const ALL: [Self; 3] = [Self::Function, Self::Filler, Self::Names];
}

/// A layer: its words, and whether it is on.
#[derive(Debug, Clone)]
struct StopWordLayer {
    words: Words,
    on: bool,
    /// Whether the user's list stands in place of the built-in one.
    replaced: bool,
}

/// Words that are left out of every table: layers, each of which can be switched off or replaced, and single words.
#[derive(Debug, Clone)]
pub struct StopList {
    function: StopWordLayer,
    filler: StopWordLayer,
    /// Without words of its own: they are those of each text.
    names: StopWordLayer,
    own: Words,
}

impl StopList {
    /// Leaves nothing out.
    pub fn none() -> Self {
        let off = || StopWordLayer { words: Words::default(), on: false, replaced: false };
        Self { function: off(), filler: off(), names: off(), own: Words::default() }
    }

    /// The list and these words as well; blanks around them do not count, nor do empty ones.
    #[must_use]
    pub fn with<S: AsRef<str>>(&self, more: impl IntoIterator<Item = S>) -> Self {
        let mut own = (*self.own).clone();
        own.extend(read(more));
        Self { own: Arc::new(own), ..self.clone() }
    }

    /// The list with a layer switched on or off. A single word given by [`StopList::with`] stays.
    #[must_use]
    pub fn switched(mut self, layer: StopLayer, on: bool) -> Self {
        self.layer_mut(layer).on = on;
        self
    }

    /// The list with the words of a layer replaced; whether the layer is on does not change.
    #[must_use]
    pub fn replaced<S: AsRef<str>>(mut self, layer: StopLayer, words: impl IntoIterator<Item = S>) -> Self {
        let layer = self.layer_mut(layer);
        *layer = StopWordLayer { words: Arc::new(read(words).collect()), replaced: true, on: layer.on };
        self
    }

    /// Whether a layer is on.
    pub const fn is_on(&self, layer: StopLayer) -> bool {
        self.layer(layer).on
    }

    /// Whether the user's words stand in place of the built-in ones of a layer.
    pub const fn is_replaced(&self, layer: StopLayer) -> bool {
        self.layer(layer).replaced
    }

    /// How many words a layer has, on or off.
    pub fn len_of(&self, layer: StopLayer) -> usize {
        self.layer(layer).words.len()
    }

    /// How many single words were added.
    pub fn own_words(&self) -> usize {
        self.own.len()
    }

    /// Whether `word` is left out.
    pub fn contains(&self, word: &str) -> bool {
        let in_layer = |layer: &StopWordLayer| layer.on && layer.words.contains(word);
        in_layer(&self.function) || in_layer(&self.filler) || self.own.contains(word)
    }

    const fn layer(&self, layer: StopLayer) -> &StopWordLayer {
        match layer {
            StopLayer::Function => &self.function,
            StopLayer::Filler => &self.filler,
            StopLayer::Names => &self.names,
        }
    }

    const fn layer_mut(&mut self, layer: StopLayer) -> &mut StopWordLayer {
        match layer {
            StopLayer::Function => &mut self.function,
            StopLayer::Filler => &mut self.filler,
            StopLayer::Names => &mut self.names,
        }
    }
}

impl Default for StopList {
    /// All layers, all on.
    fn default() -> Self {
        let built_in =
            |words: &str| StopWordLayer { words: Arc::new(read(words.lines()).collect()), on: true, replaced: false };
        let names = StopWordLayer { words: Words::default(), on: true, replaced: false };
        Self { function: built_in(FUNCTION_WORDS), filler: built_in(FILLERS), names, own: Words::default() }
    }
}

/// The words without blanks around them; empty ones are dropped.
fn read<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> impl Iterator<Item = Box<str>> {
    words.into_iter().filter_map(|word| {
        let word = word.as_ref().trim();
        (!word.is_empty()).then(|| word.into())
    })
}

/// Whether a word may stand in a table at all: it has `min_chars` characters and is more than a number.
pub fn is_term(word: &str, min_chars: usize) -> bool {
    let is_figure = |c: char| c.is_numeric() || "〇零一二三四五六七八九十百千万亿两第几数廿卅".contains(c);
    let latin_letter = word.len() == 1;
    !latin_letter
        && word.chars().nth(min_chars.max(1) - 1).is_some()
        && !word.chars().all(|c| is_figure(c) || !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_punctuation_and_single_letters_are_no_terms() {
        let cases = [
            ("发展", 2, true),
            ("法", 2, false),
            ("法", 1, true),
            ("法", 0, true),
            ("GDP", 2, true),
            ("5G", 2, true),
            ("A", 1, false),
            ("2022", 2, false),
            ("二十", 2, false),
            ("第十五", 2, false),
            ("——", 2, false),
            ("", 0, false),
        ];
        for (word, min, want) in cases {
            assert_eq!(is_term(word, min), want, "{word} {min}");
        }
    }

    #[test]
    fn the_built_in_lists_are_sorted_and_share_no_word() {
        let (function, fillers): (Vec<&str>, Vec<&str>) = (FUNCTION_WORDS.lines().collect(), FILLERS.lines().collect());
        for (words, least) in [(&function, 180), (&fillers, 180)] {
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]) && words.len() >= least);
        }
        let both: Vec<_> = fillers.iter().filter(|word| function.contains(word)).collect();
        assert!(both.is_empty(), "{both:?}");
    }

    #[test]
    fn each_layer_can_be_switched_off_or_replaced() {
        let list = StopList::default().with([" 甲乙 ", ""]);
        for (word, want) in [("的", true), ("加强", true), ("甲乙", true), ("", false), ("养老", false)] {
            assert_eq!(list.contains(word), want, "{word}");
        }
        let bare = list.clone().switched(StopLayer::Filler, false);
        assert!(bare.contains("的") && !bare.contains("加强") && bare.contains("甲乙"));
        let mine = list.replaced(StopLayer::Function, ["养老"]);
        assert!(!mine.contains("的") && mine.contains("养老") && mine.is_replaced(StopLayer::Function));
        assert!(!mine.clone().switched(StopLayer::Function, false).contains("养老"));
        assert!(!StopList::none().contains("的"));
    }
}
