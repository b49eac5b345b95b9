//! What was put in and taken out inside a sentence. In: two texts. Out: runs of characters kept, taken out, put in.
//! Does not know about: words of a dictionary, colours.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A run of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// In both.
    Same(String),
    /// Only in the old text.
    Out(String),
    /// Only in the new text.
    In(String),
}

impl Edit {
    /// Its sign in the JSON contract, and its characters.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Same(text) => ("=", text),
            Self::Out(text) => ("-", text),
            Self::In(text) => ("+", text),
        }
    }
}

/// A stretch that both share, or a change: characters taken out and put in.
struct EditStretch {
    out: Vec<char>,
    put_in: Vec<char>,
    same: bool,
}

/// The edits that make `new` of `old`. A single character that happens to stand in both, between two changes, counts as
/// changed: people read words. Together the runs are the two texts.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let mut stretches: Vec<EditStretch> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (old, new) = (op.old_range(), op.new_range());
        let (out, put_in) = (a.get(old).unwrap_or_default(), b.get(new).unwrap_or_default());
        let same = matches!(op, DiffOp::Equal { .. });
        match stretches.last_mut().filter(|last| !last.same && !same) {
            Some(last) => {
                last.out.extend(out);
                last.put_in.extend(put_in);
            }
            None => stretches.push(EditStretch { out: out.to_vec(), put_in: put_in.to_vec(), same }),
        }
    }
    let count = stretches.len();
    let mut joined: Vec<EditStretch> = Vec::new();
    for (index, mut stretch) in stretches.into_iter().enumerate() {
        let island = stretch.same && stretch.out.len() < 2 && index > 0 && index + 1 < count;
        stretch.same &= !island;
        match joined.last_mut().filter(|last| !last.same && !stretch.same) {
            Some(last) => {
                last.out.append(&mut stretch.out);
                last.put_in.append(&mut stretch.put_in);
            }
            None => joined.push(stretch),
        }
    }
    let mut edits = Vec::new();
    for EditStretch { out, put_in, same } in joined {
        if same {
            edits.push(Edit::Same(out.into_iter().collect()));
            continue;
        }
        if !out.is_empty() {
            edits.push(Edit::Out(out.into_iter().collect()));
        }
        if !put_in.is_empty() {
            edits.push(Edit::In(put_in.into_iter().collect()));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn signs(old: &str, new: &str) -> String {
        edits(old, new).iter().map(|edit| format!("{}{}", edit.parts().0, edit.parts().1)).collect()
    }

    #[test]
    fn runs_are_words_rather_than_scattered_characters() {
        assert_eq!(signs("推进建立制度", "推进加快建立制度"), "=推进+加快=建立制度");
        assert_eq!(signs("能耗降低2.5%", "能耗降低3%"), "=能耗降低-2.5+3=%");
        assert_eq!(signs("修好渠", "修好渠"), "=修好渠");
        assert_eq!(signs("", "甲"), "+甲");
        assert_eq!(signs("", ""), "");
        assert_eq!(signs("加强监督工作", "改进监察工作"), "-加强监督+改进监察=工作");
    }

    proptest! {
        #[test]
        fn the_runs_are_the_texts(old in "[甲乙丙丁，]{0,30}", new in "[甲乙丙丁，]{0,30}") {
            let edits = edits(&old, &new);
            let side = |leave: &str| edits.iter().map(Edit::parts).filter(|(sign, _)| *sign != leave).map(|(_, text)| text).collect::<String>();
            prop_assert_eq!(side("+"), old);
            prop_assert_eq!(side("-"), new);
        }
    }
}
