//! Which parts of a report look back (回顾) and which look ahead (打算), by their headings.
//!
//! In: a report's sections and the years it reviews. Out: byte ranges of the document with their part. Does not know about:
//! queries.
//!
//! A year in a heading tells most: 2022年工作回顾 of a report on 2022 looks back, 2023年的工作 ahead. Then words tell. A
//! heading that tells nothing belongs to the part before it, for its own section is below that part or beside it.

use crate::corpus::{Document, Report, Section};
use crate::text::{Span, numeral};

/// A part of a report by its direction in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 回顾: what was done.
    Review,
    /// 打算: what is to be done.
    Plan,
}

impl Part {
    /// The Chinese name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "回顾",
            Self::Plan => "打算",
        }
    }

    /// The part meant by a word of a query, folded.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "回顾" | "总结" | "review" | "past" | "huigu" | "hg" => Some(Self::Review),
            "打算" | "安排" | "计划" | "plan" | "future" | "dasuan" | "ds" => Some(Self::Plan),
            _ => None,
        }
    }
}

const BACK: [&str; 12] = [
    "回顾",
    "完成情况",
    "总结",
    "以来",
    "过去",
    "一年来",
    "五年来",
    "主要成绩",
    "主要成效",
    "工作情况",
    "做法和成效",
    "体会",
];
const AHEAD: [&str; 17] = [
    "今后",
    "未来",
    "新一年",
    "安排",
    "任务",
    "打算",
    "计划",
    "建议",
    "要求",
    "部署",
    "展望",
    "目标",
    "重点工作",
    "总体思路",
    "下一步",
    "下步",
    "来年",
];

/// What a heading says of itself, in a report that reviews years up to `reviewed`.
fn classify(heading: &str, reviewed: Option<u16>) -> Option<Part> {
    let back = BACK.iter().any(|word| heading.contains(word));
    let ahead = AHEAD.iter().any(|word| heading.contains(word));
    // 今后五年 holds 五年, 未来 is never past: words that look ahead and cannot look back.
    let surely_ahead = ["今后", "未来", "新一年", "下一步", "下步", "来年"].iter().any(|word| heading.contains(word));
    if let Some(reviewed) = reviewed {
        let mut years = numeral::years(heading).map(|(_, year)| year).peekable();
        if years.peek().is_some() {
            let (past, future): (Vec<u16>, Vec<u16>) = years.partition(|&year| year <= reviewed);
            match (past.is_empty(), future.is_empty()) {
                (false, true) if !surely_ahead => return Some(Part::Review),
                (true, false) if !back => return Some(Part::Plan),
                // 2022年工作回顾和2023年工作安排 over both: its own sections tell.
                (false, false) if back && ahead => return None,
                _ => {}
            }
        }
    }
    match (back, ahead) {
        _ if surely_ahead => Some(Part::Plan),
        (true, _) => Some(Part::Review),
        (false, true) => Some(Part::Plan),
        (false, false) => None,
    }
}

/// The parts of a report as byte ranges of its document, in order; what belongs to neither is left out.
pub fn parts(document: &Document, report: &Report) -> Vec<(Span, Part)> {
    let reviewed = report.years.last().copied();
    let told = |level: u8| -> Vec<(&Section, Option<Part>)> {
        let own = report.sections.iter().filter(|s| s.level <= level && !s.run_in);
        own.map(|s| (s, classify(&s.title(document.text()), reviewed))).collect()
    };
    // Deeper headings speak of 重点任务 inside a review: they are asked only where those above say nothing.
    let headings = [1, 2].map(told).into_iter().find(|told| told.iter().any(|(_, part)| part.is_some()));
    let end = report
        .ranges
        .iter()
        .filter_map(|range| document.line(range.last))
        .map(|line| line.span.end)
        .max()
        .unwrap_or_default();
    let mut out: Vec<(Span, Part)> = Vec::new();
    for (section, part) in headings.unwrap_or_default() {
        let start = section.heading.start;
        if let (Some(last), Some(_)) = (out.last_mut(), part) {
            last.0.end = last.0.end.min(start);
        }
        if let Some(part) = part {
            out.push((Span::new(start, end.max(start)), part));
        }
    }
    out
}

/// The part in which byte `offset` of the document lies.
pub fn part_at(parts: &[(Span, Part)], offset: u32) -> Option<Part> {
    let after = parts.partition_point(|(span, _)| span.start <= offset);
    parts.get(after.checked_sub(1)?).filter(|(span, _)| span.contains(offset)).map(|&(_, part)| part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    #[test]
    fn headings_tell() {
        use Part::{Plan, Review};
        let cases = [
            ("2022年工作回顾", Some(Review)),
            ("一、2022年的主要工作", Some(Review)),
            ("过去五年的工作", Some(Review)),
            ("一年来的主要工作", Some(Review)),
            ("主要任务完成情况", Some(Review)),
            ("2022年重点任务", Some(Review)),
            ("二、2023年工作安排", Some(Plan)),
            ("二〇二三年的工作", Some(Plan)),
            ("今后五年和2022年", Some(Plan)),
            ("下一步打算", Some(Plan)),
            ("今后一年的主要任务", Some(Plan)),
            ("2022年工作回顾和2023年工作安排", None),
            ("一、守好云河的水", None),
            ("", None),
        ];
        for (heading, want) in cases {
            assert_eq!(classify(heading, Some(2022)), want, "{heading}");
        }
        assert_eq!(classify("2023年工作安排", None), Some(Plan));
    }

    #[test]
    fn a_report_falls_into_parts() {
        let text = "各位代表\n#1 过去一年的主要工作\n#2 一、完成重点任务\n修了塔\n#1 二、守灯\n守了灯\n#1 2023年主要工作\n#2 总结经验\n再修堤";
        let document = fixture::document("云和市", text);
        let parts = parts(&document, &document.reports[0]);
        let at = |word: &str| part_at(&parts, document.text().find(word).unwrap() as u32);
        let cases = [
            ("各位", None),
            ("过去", Some(Part::Review)),
            ("修了塔", Some(Part::Review)),
            ("守了灯", Some(Part::Review)),
            ("2023", Some(Part::Plan)),
            ("再修堤", Some(Part::Plan)),
        ];
        for (word, want) in cases {
            assert_eq!(at(word), want, "{word}");
        }
    }

    #[test]
    fn sections_tell_where_no_part_does() {
        let document = fixture::document("云和市", "#1 守灯报告\n#2 (一)去年工作回顾\n修塔\n#2 (二)今年打算\n修堤");
        let parts = parts(&document, &document.reports[0]);
        let kinds: Vec<Part> = parts.iter().map(|(_, part)| *part).collect();
        assert_eq!(kinds, [Part::Review, Part::Plan]);
        let bare = fixture::document("云和市", "修塔\n修堤");
        assert!(super::parts(&bare, &bare.reports[0]).is_empty());
    }
}
