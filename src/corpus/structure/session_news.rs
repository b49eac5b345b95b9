//! News of a session, that a page may well call by the title of the report that was given there.
//!
//! In: lines. Out: whether they tell of a session. Does not know about: titles.

use crate::corpus::structure::line_predicates;
use crate::corpus::{Line, LineKind};

/// So many lines are looked at.
const LINES: usize = 80;
/// So many of them speak as news does.
const FEWEST: usize = 3;

/// Whether the lines tell of a session and of what was said there: 报告指出, 应出席代表, 在主席台前排就座, 宣布…开幕. A text that
/// addresses its hearers is the report itself.
pub fn tells(text: &str, lines: &[Line]) -> bool {
    let said = [
        "报告指出",
        "报告提出",
        "报告强调",
        "报告认为",
        "会议指出",
        "会议强调",
        "主席台",
        "应出席",
        "实到代表",
        "实际出席",
        "大会执行主席",
    ];
    let mut told = 0;
    for line in lines.iter().filter(|l| l.kind == LineKind::Paragraph).take(LINES) {
        let words = line.span.slice(text);
        if line_predicates::is_salutation(words) || line_predicates::is_formula(words) {
            return false;
        }
        let opens = (words.contains("开幕") || words.contains("闭幕")) && words.contains("会议");
        told += usize::from(opens || said.iter().any(|word| words.contains(word)));
    }
    told >= FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    #[test]
    fn news_tells_of_a_session() {
        let news = "1月8日，乌有市第八届人民代表大会第三次会议开幕。\n应出席代表90名。\n市长作报告。报告指出，去年守灯有成。\n";
        assert!(tells(news, &clean::lines(news)));
        let report = format!("各位代表：\n{news}");
        assert!(!tells(&report, &clean::lines(&report)));
        let plain = "灯亮了。\n会议开幕时，灯也亮了。\n";
        assert!(!tells(plain, &clean::lines(plain)));
    }
}
