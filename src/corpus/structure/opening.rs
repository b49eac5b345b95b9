//! The lines between a title and the first words of a body: subtitle, date, speaker, salutation, formula.
//!
//! In: the lines behind a title. Out: their kinds. Does not know about: where titles stand.

use crate::corpus::structure::line_predicates;
use crate::corpus::structure::numbering;
use crate::corpus::structure::numbering::Family;
use crate::corpus::{Line, LineKind};

/// How many short lines may stand between a title and its salutation.
pub const HEAD_LINES: usize = 10;

/// Sets the kinds of the lines between a title and the body.
pub fn mark_opening(text: &str, lines: &mut [Line]) {
    let (mut saluted, mut seen) = (false, 0);
    for line in lines.iter_mut().filter(|l| l.kind == LineKind::Paragraph) {
        let words = line.span.slice(text);
        seen += 1;
        line.kind = if line_predicates::is_salutation(words) {
            saluted = true;
            LineKind::Salutation
        } else if line_predicates::is_formula(words) {
            LineKind::Formula
        } else if saluted
            || seen > HEAD_LINES
            || !line_predicates::is_short(words, 70)
            || words.starts_with('#')
            || numbering::mark(words).is_some_and(|m| m.family != Family::Dash)
        {
            break;
        } else if line_predicates::is_attribution(words) {
            LineKind::Attribution
        } else if line_predicates::is_subtitle(words) && !line_predicates::is_dateline(words) {
            LineKind::Subtitle
        } else if line_predicates::is_dateline(words)
            || words.contains(['\u{3000}', ' '])
            || line_predicates::is_byline(words)
            || is_speaker(words)
        {
            LineKind::Dateline
        } else {
            break;
        };
    }
}

/// 市长 某某; 乌有市人民政府市长 某某.
pub fn is_speaker(words: &str) -> bool {
    line_predicates::is_short(words, 30)
        && ["市长", "省长", "县长", "区长", "州长", "盟长", "旗长", "主席", "主任", "总理", "院长", "检察长"]
            .iter()
            .any(|w| words.contains(w))
        && !line_predicates::holds_sentence(words)
}
