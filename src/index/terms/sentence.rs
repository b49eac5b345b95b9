//! Sentences of a stretch, as words. In: text. Out: for each sentence its words, where they stand. Does not know about: counts.

use super::Segmenter;
use crate::text::Span;

/// Where a sentence ends: 。！？ and their half-width forms. A stretch ends one too.
const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// Hands over the words of every sentence of `text` that `wanted` says yes to; spans are of `text`.
pub fn each_sentence(text: &str, segmenter: &Segmenter, wanted: &dyn Fn(&str) -> bool, take: &mut dyn FnMut(&[Span])) {
    let mut words = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(ends_sentence) {
        if wanted(sentence) {
            words.clear();
            let base = Span::of(0..start).end;
            segmenter.each_word_span(sentence, &mut |span| words.push(Span::new(span.start + base, span.end + base)));
            take(&words);
        }
        start += sentence.len();
    }
}
