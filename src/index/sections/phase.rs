//! Whether a section looks back or ahead. In: a report's outline. Out: a phase for each section, where one can be told.
//! Does not know about: the text under the headings.

use serde::Serialize;

use crate::corpus::{Document, Report};
use crate::text::numeral;

/// Whether a section tells what was done or what is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// 回顾: what was done.
    Past,
    /// 任务: what is to be done.
    Ahead,
    /// 体会: what was learnt from it.
    Lessons,
}

/// Words of headings of parts that say what was learnt.
const LESSONS: &[&str] = &["体会", "启示", "经验"];

/// Words of headings of parts that look ahead.
const AHEAD: &[&str] = &[
    "安排",
    "任务",
    "建议",
    "总体要求",
    "打算",
    "部署",
    "预期目标",
    "主要目标",
    "奋斗目标",
    "发展目标",
    "总体思路",
    "指导思想",
    "今后",
    "下一步",
    "下步",
    "展望",
    "未来五年",
    "新的一年",
    "新一年",
    "未来",
];

/// Words of headings of parts that look back.
const PAST: &[&str] =
    &["回顾", "过去", "以来", "完成情况", "总结", "工作情况", "履职情况", "一年来", "五年来", "取得的成", "工作成效"];

/// The phase that a heading says by itself; `last` is the last year the report reviews.
fn said(heading: &str, last: Option<u16>) -> Option<Phase> {
    let holds = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    if holds(LESSONS) && !holds(&["回顾", "总结"]) {
        return Some(Phase::Lessons);
    }
    let past = holds(PAST);
    if holds(AHEAD) && !past {
        return Some(Phase::Ahead);
    }
    if past {
        return Some(Phase::Past);
    }
    let year = numeral::years(heading).map(|(_, year)| year).max();
    match (year.zip(last), heading.contains("今年") || heading.contains("本届")) {
        // A year in the name of a plan or a session says nothing of when the work is done.
        (Some((year, last)), _) if heading.contains("工作") || heading.contains("重点") => {
            Some(if year > last { Phase::Ahead } else { Phase::Past })
        }
        (_, true) if heading.contains("今年") && heading.contains("工作") => Some(Phase::Ahead),
        _ => None,
    }
}

/// The phase of every section of a report, in the order of its outline.
///
/// The outermost heading that says one counts for what stands under it. A part that says none goes with the part before it;
/// parts before the first that looks ahead look back.
pub fn phases(document: &Document, report: &Report) -> Vec<Option<Phase>> {
    let last = report.years.last().copied();
    let mut phases: Vec<Option<Phase>> = Vec::with_capacity(report.sections.len());
    let top = report.sections.iter().map(|section| section.level).min().unwrap_or(1);
    let mut before: Option<Phase> = None;
    for section in &report.sections {
        let above = section.parent.and_then(|parent| phases.get(parent as usize).copied().flatten());
        let own = || {
            let title = section.title(document.text());
            // What is said deep in the outline is a matter of wording, not of the report's parts.
            (section.level <= top + 1).then(|| said(&title, last)).flatten()
        };
        let phase = above.or_else(own);
        if section.level == top {
            before = phase.or(before);
            phases.push(before);
        } else {
            phases.push(phase);
        }
    }
    let first = phases.iter().position(Option::is_some);
    if let Some(first) = first
        && phases[first] == Some(Phase::Ahead)
    {
        phases[..first].fill(Some(Phase::Past));
    }
    phases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::document;

    fn of(lines: &str) -> String {
        let document = document("云和市", lines);
        let letter = |phase: Option<Phase>| match phase {
            Some(Phase::Past) => '-',
            Some(Phase::Ahead) => '+',
            Some(Phase::Lessons) => '=',
            None => '?',
        };
        phases(&document, &document.reports[0]).into_iter().map(letter).collect()
    }

    #[test]
    fn the_heading_of_the_part_says_it() {
        assert_eq!(of("#1 2022年工作回顾\n#2 一、修渠\n#1 2023年重点工作\n#2 一、修渠\n#3 （一）清淤"), "--+++");
        assert_eq!(of("#1 一、修渠\n#1 二、种树\n#1 三、今后一年的任务\n#2 （一）修渠"), "--++");
        assert_eq!(of("#1 修渠\n#1 种树"), "??");
        assert_eq!(of("#1 过去五年的主要工作\n#1 2022年的主要工作\n#1 今年主要工作"), "--+");
    }

    #[test]
    fn a_part_that_says_nothing_goes_with_the_one_before() {
        assert_eq!(
            of("#1 一、2022年工作回顾\n#2 体会\n#1 二、形势\n#1 三、2023年工作安排\n#1 四、加强自身建设"),
            "---++"
        );
    }
}
