//! What stands behind a report with numbers of its own: annexes, glossaries, lists of projects.
//!
//! In: one trimmed line. Out: yes or no. Does not know about: the lines around it.

use crate::corpus::structure::line_predicates;
use crate::text::numeral;

/// Whether the line opens one, whatever its length: 附件, 附件1, 附件2：2024年重点项目, 名词解释, 短语说明, ※名词解释※.
pub fn opens(line: &str) -> bool {
    if line.len() > 160 || !line.contains(['附', '解', '注', '说', '※', '清', '项', '表', '单']) {
        return false;
    }
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let starred = compact.starts_with('※') && compact.ends_with('※') && compact.chars().count() > 3;
    let compact = compact.trim_matches(|c: char| "（）()《》【】〔〕[]“”※*=-—".contains(c));
    line_predicates::is_short(compact, 40)
        && !line_predicates::holds_sentence(compact)
        && (starred || is_numbered_annex(compact) || explains(compact) || lists(compact))
}

/// 附件, 附件1, 附件一：…, 附表2, 附：… — but not 附件里写着.
fn is_numbered_annex(line: &str) -> bool {
    let Some(rest) = ["附件", "附录", "附表", "附注", "附图"].iter().find_map(|word| line.strip_prefix(word))
    else {
        return line.starts_with("附：") || line.starts_with("附:") || line == "附";
    };
    let number = numeral::digits(rest).map(|n| n.bytes).or_else(|| numeral::cjk(rest).map(|n| n.bytes)).unwrap_or(0);
    let behind = rest.get(number..).unwrap_or_default();
    behind.is_empty() || behind.starts_with(['：', ':', '.', '．', '、', '，', '《', '-', '—']) || number > 0
}

/// 名词解释, 有关名词注释, 《政府工作报告》用语说明.
fn explains(line: &str) -> bool {
    let bare = line.trim_end_matches(['：', ':']);
    let named = [
        "名词",
        "短语",
        "术语",
        "词语",
        "用语",
        "名词术语",
        "缩略语",
        "缩略词",
        "专有名词",
        "部分概念",
        "概念",
        "指标",
        "词汇",
    ];
    let told = ["解释", "注释", "说明", "释义", "简释", "浅释", "注解", "解读"];
    // 注释： alone leads in notes to what stands above it.
    matches!(bare, "注释说明" | "说明注释")
        || told.iter().any(|end| bare.contains(end))
            && named.iter().any(|word| bare.contains(word))
            && line_predicates::is_short(bare, 28)
}

/// 2024年民生实事项目清单, 重点项目一览表.
fn lists(line: &str) -> bool {
    ["实事", "重点项目", "重大项目", "主要指标"].iter().any(|word| line.contains(word))
        && ["清单", "项目", "项目表", "任务表", "安排表", "计划表", "一览表"].iter().any(|end| line.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_an_annex() {
        for line in [
            "附件",
            "附件1",
            "附 件 2",
            "附件：",
            "附件一：2024年重点项目",
            "附：民生实事",
            "附表3",
            "名词解释",
            "名词解释：",
            "短语说明",
            "※名词解释※",
            "※守灯人※",
            "《政府工作报告》名词解释",
            "有关用语说明",
            "（名词解释）",
            "2024年民生实事项目清单",
            "政府工作报告中有关名词解释",
        ] {
            assert!(opens(line), "{line}");
        }
        for line in [
            "附件里写着灯塔",
            "注释：",
            "附近的人",
            "解释守灯的人",
            "注重守灯",
            "关于灯塔的说明",
            "一、2023年工作回顾",
            "※",
            "各位代表：",
            "扎实办好民生实事",
        ] {
            assert!(!opens(line), "{line}");
        }
    }
}
