//! Which headings name a part of a work report. In: a heading. Out: yes or no. Does not know about: levels, lines.

use crate::corpus::structure::line_predicates;

/// 2022年工作回顾, 今后一年的任务: words that only the parts of a work report are named by.
pub fn names_part(heading: &str) -> bool {
    let timed = crate::text::numeral::years(heading).next().is_some()
        || ["过去", "今年", "今后", "新一年", "新的一年", "本届", "一年来", "五年"].iter().any(|w| heading.contains(w));
    timed
        && ["工作", "任务", "回顾", "安排", "打算", "建议", "体会", "目标", "部署", "思路", "展望", "成就"]
            .iter()
            .any(|w| heading.contains(w))
        && line_predicates::is_short(heading, 26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_by_a_time_and_a_kind_of_work() {
        for heading in ["2022年工作回顾", "今后一年的任务", "过去五年的主要工作", "二、新的一年工作安排"]
        {
            assert!(names_part(heading), "{heading}");
        }
        for heading in [
            "坚持党的领导",
            "2022年，",
            "优化营商环境",
            "今年以来，全市上下一心推进各项工作，三条水渠先后通水，沿线村庄全部受益",
        ] {
            assert!(!names_part(heading), "{heading}");
        }
    }
}
