//! What sections are compared by. In: a report. Out: for each section how often it holds each pair of neighbouring 汉字, of
//! its heading and of its whole text. Does not know about: weights, other reports.

use crate::corpus::{Document, Report};
use crate::index::scope::each_stretch;
use crate::text::fold::fold_char;
use crate::text::han::is_han;

/// Two neighbouring 汉字, folded.
pub type Gram = u64;

/// The features of a section: pairs ascending, each with how often it occurs.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// Of the heading and all that stands under it.
    pub text: Vec<(Gram, u32)>,
    /// Of the heading.
    pub heading: Vec<(Gram, u32)>,
    /// Pairs in the text: its length.
    pub length: u32,
}

/// Appends the pairs of `text`: inside runs of 汉字 only.
pub fn pairs(text: &str, out: &mut Vec<Gram>) {
    let mut last: Option<char> = None;
    for c in text.chars() {
        let here = Some(fold_char(c)).filter(|c| is_han(*c));
        if let (Some(a), Some(b)) = (last, here) {
            out.push((a as Gram) << 21 | b as Gram);
        }
        last = here;
    }
}

/// Pairs with their counts, ascending.
pub fn counted(mut grams: Vec<Gram>) -> Vec<(Gram, u32)> {
    grams.sort_unstable();
    grams.chunk_by(|a, b| a == b).map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))).collect()
}

/// The features of every section of a report, in the order of its outline.
pub fn features(document: &Document, report: &Report) -> Vec<Features> {
    let mut parts: Vec<Vec<Gram>> = vec![Vec::new(); report.sections.len() + 1];
    each_stretch(document, report, &mut |stretch| {
        if let Some(part) = parts.get_mut(stretch.part) {
            pairs(&stretch.text, part);
        }
        true
    });
    let of = |(index, section): (usize, &crate::corpus::Section)| {
        let after = report.sections.get(index + 1..).unwrap_or_default();
        let below = after.iter().take_while(|other| other.level > section.level).count();
        let text: Vec<Gram> = parts.get(index + 1..index + 2 + below).unwrap_or_default().concat();
        let mut heading = Vec::new();
        pairs(&section.title(document.text()), &mut heading);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Features { text: counted(text), heading: counted(heading), length }
    };
    report.sections.iter().enumerate().map(of).collect()
}
