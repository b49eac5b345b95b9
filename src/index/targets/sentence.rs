//! Sentences as figures are read from them. In: a report. Out: folded sentences with the way back, each with what is known of
//! the time it speaks of. Does not know about: indicators.

use crate::corpus::{Document, Report};
use crate::index::scope::{Stretch, each_stretch};
use crate::index::sections::{Phase, phases};
use crate::text::Span;
use crate::text::fold::fold_chars;

/// A sentence, folded: full and half width are the same, blanks inside Chinese are gone.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// The folded text.
    pub text: String,
    /// For each byte of it where its character stands in the document, and one past the end.
    at: Vec<Span>,
    /// Whether its part looks back or ahead.
    pub phase: Option<Phase>,
    /// Whether it speaks of several years (五年来, “十二五”时期).
    pub period: bool,
    /// Whether the sentence itself, or one before it in its paragraph, says that these are targets.
    pub planned: bool,
}

impl Sentence {
    /// Where a range of folded bytes stands in the document.
    pub fn locate(&self, start: usize, end: usize) -> Span {
        let of = |at: usize| self.at.get(at).copied().unwrap_or_default();
        Span::new(of(start).start, of(end.saturating_sub(1)).end)
    }
}

/// Words that name targets, followed by what says that they come now.
const TARGETS: &[&str] = &["目标是", "目标为", "目标:", "目标如下", "目标建议", "目标确定为", "目标定为", "目标安排"];

/// Words that turn to what was done, wherever they stand.
const BACK: &[&str] = &["过去一年", "一年来", "过去五年", "五年来", "刚刚过去的"];

/// Words for several years.
const PERIOD: &[&str] = &["五年", "5年", "四年", "4年", "时期", "规划", "累计", "年均"];

fn is_period(text: &str) -> bool {
    // 十二五 and its like, in quotation marks or not.
    let plan = text.match_indices('五').any(|(at, _)| {
        text.get(..at).is_some_and(|b| b.ends_with('十') || b.ends_with(['一', '二', '三', '四']) && b.contains('十'))
    });
    // 2015年 is one year, 5年 are several.
    let stands = |at: usize| !text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    plan || PERIOD.iter().any(|words| text.match_indices(words).any(|(at, _)| stands(at)))
}

/// The sentences of a report in reading order.
pub fn sentences(document: &Document, report: &Report) -> Vec<Sentence> {
    let phases = phases(document, report);
    let mut found: Vec<Sentence> = Vec::new();
    each_stretch(document, report, &mut |stretch| {
        let phase = stretch.part.checked_sub(1).and_then(|section| phases.get(section).copied().flatten());
        let path = stretch.part.checked_sub(1).map(|section| report.section_path(section)).unwrap_or_default();
        let headed =
            path.iter().filter_map(|at| report.sections.get(*at)).any(|s| is_period(&s.title(document.text())));
        let mut sentence = Sentence::default();
        let (mut planned, mut back) = (false, false);
        let mut close = |sentence: &mut Sentence| {
            let now = TARGETS.iter().any(|words| sentence.text.contains(words));
            planned |= now;
            back = !now && (back || BACK.iter().any(|words| sentence.text.contains(words)));
            if sentence.text.chars().any(|c| c.is_ascii_digit()) {
                // In a part that looks ahead, a paragraph may look back on what the plans stand on.
                let phase = if back && phase == Some(Phase::Ahead) { Some(Phase::Past) } else { phase };
                let period = headed || is_period(&sentence.text);
                found.push(Sentence { planned: planned && !back, phase, period, ..std::mem::take(sentence) });
            }
            *sentence = Sentence::default();
        };
        for c in fold_chars(&stretch.text) {
            let before = sentence.text.len();
            sentence.text.push(c.folded);
            let span = place(&stretch, c.original.start, c.original.end);
            sentence.at.extend(std::iter::repeat_n(span, sentence.text.len() - before));
            if matches!(c.folded, '。' | '!' | '?') {
                close(&mut sentence);
            }
        }
        close(&mut sentence);
        true
    });
    found
}

fn place(stretch: &Stretch<'_>, start: usize, end: usize) -> Span {
    stretch.locate(Span::of(start..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::document;

    #[test]
    fn a_year_is_no_period() {
        for (text, want) in [
            ("2014年工作回顾", false),
            ("2015年,渠长30里", false),
            ("过去5年", true),
            ("五年来", true),
            ("“十二五”目标", true),
            ("年均增长", true),
        ] {
            assert_eq!(is_period(text), want, "{text}");
        }
    }

    #[test]
    fn sentences_know_their_time_and_lead_back() {
        let document = document(
            "云和市",
            "#1 2022年工作回顾\n渠长３０ 里。无数字。\n#1 2023年工作安排\n预期目标是：渠长40里。树5株。",
        );
        let found = sentences(&document, &document.reports[0]);
        let told: Vec<_> = found.iter().map(|s| (s.text.as_str(), s.phase, s.planned)).collect();
        let want = [
            ("2022年工作回顾", Some(Phase::Past), false),
            ("渠长30里。", Some(Phase::Past), false),
            ("2023年工作安排", Some(Phase::Ahead), false),
            ("预期目标是:渠长40里。", Some(Phase::Ahead), true),
            ("树5株。", Some(Phase::Ahead), true),
        ];
        assert_eq!(told, want);
        let at = found[1].text.find("30").unwrap();
        assert_eq!(found[1].locate(at, at + 2).slice(document.text()), "３０");
    }
}
