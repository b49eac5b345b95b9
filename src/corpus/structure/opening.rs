//! The lines between a title and the first words of a body: subtitle, date, speaker, salutation, formula.
//!
//! In: the lines behind a title. Out: their kinds. Does not know about: where titles stand.
//!
//! Where people are addressed or the formula is said within a few short lines, all lines above are the head, known or not.

use crate::corpus::structure::chrome::signs::{Sign, sign};
use crate::corpus::structure::numbering::Family;
use crate::corpus::structure::{line_predicates, numbering, part_name};
use crate::corpus::{Line, LineKind, Reason};

/// How many short lines may stand between a title and its salutation.
pub const HEAD_LINES: usize = 14;
/// A line of the head is no longer than this, in characters.
const HEAD_CHARS: usize = 90;

/// Sets the kinds of the lines between a title and the body.
pub fn mark_opening(text: &str, lines: &mut [Line]) {
    let head: Vec<usize> =
        (0..lines.len()).filter(|&i| lines[i].kind == LineKind::Paragraph).take(HEAD_LINES + 1).collect();
    let words = |i: usize| lines[i].span.slice(text);
    let opens = |words: &str| line_predicates::is_salutation(words) || line_predicates::is_formula(words);
    let announced = head.iter().position(|&i| opens(words(i))).filter(|&at| head[..at].iter().all(|&i| fits(words(i))));
    let mut saluted = false;
    for (n, &i) in head.iter().enumerate() {
        let words = lines[i].span.slice(text);
        let (kind, reason) = if line_predicates::is_salutation(words) {
            saluted = true;
            (LineKind::Salutation, Reason::Salutation)
        } else if line_predicates::is_formula(words) {
            (LineKind::Formula, Reason::Formula)
        } else if saluted || !fits(words) || announced.is_some_and(|at| n > at) {
            break;
        } else if let Some(known) = of_head(words) {
            known
        } else if announced.is_some() {
            (LineKind::Dateline, Reason::Head)
        } else {
            break;
        };
        lines[i].set(kind, reason);
    }
}

/// Whether a line may stand in a head: short, no sentence, no heading.
fn fits(words: &str) -> bool {
    (line_predicates::is_short(words, HEAD_CHARS) || matches!(sign(words), Some(Sign::Label | Sign::FileLink)))
        && !words.contains('。')
        && !words.starts_with('#')
        && numbering::mark(words).is_none_or(|m| m.family == Family::Dash)
        && !(part_name::names_part(words)
            && !line_predicates::is_dateline(words)
            && !words.starts_with(['（', '(', '—']))
}

/// What a line of a head is, if its own words tell.
fn of_head(words: &str) -> Option<(LineKind, Reason)> {
    if ["报告人", "主讲人"].iter().any(|label| words.starts_with(label)) {
        return Some((LineKind::Dateline, Reason::Speaker));
    }
    if matches!(sign(words), Some(Sign::Label | Sign::EmptyLabel | Sign::FileLink)) {
        return Some((LineKind::Attribution, Reason::Label));
    }
    if line_predicates::is_attribution(words) {
        return Some((LineKind::Attribution, Reason::Attribution));
    }
    if !line_predicates::is_short(words, 70) {
        return None;
    }
    if line_predicates::is_dateline(words) {
        return Some((LineKind::Dateline, Reason::Dateline));
    }
    if line_predicates::is_subtitle(words) {
        return Some((LineKind::Subtitle, Reason::Subtitle));
    }
    if is_speaker(words) {
        return Some((LineKind::Dateline, Reason::Speaker));
    }
    if line_predicates::is_byline(words) {
        return Some((LineKind::Dateline, Reason::Byline));
    }
    words.contains(['\u{3000}', ' ']).then_some((LineKind::Dateline, Reason::Head))
}

const OFFICES: [&str; 12] =
    ["市长", "省长", "县长", "区长", "州长", "盟长", "旗长", "主席", "主任", "总理", "院长", "检察长"];

/// 市长 某某; 乌有市人民政府市长 某某.
pub fn is_speaker(words: &str) -> bool {
    line_predicates::is_short(words, 30)
        && OFFICES.iter().any(|w| words.contains(w))
        && !line_predicates::holds_sentence(words)
}

/// 乌有市人民政府市长 某某, 自治区主席 某某·某某: an office and a name and nothing else. It stands under a report or in its head,
/// and is never a heading. (市长热线, 发挥主任会议作用 are none.)
pub fn is_signature(words: &str) -> bool {
    let bare = words.trim_matches(['(', ')', '（', '）', ' ', '\u{3000}']);
    if !line_predicates::is_short(bare, 36) || bare.contains(['，', ',', '。']) || numbering::mark(bare).is_some() {
        return false;
    }
    let office = OFFICES.iter().filter_map(|w| bare.rfind(w).map(|at| (at, at + w.len()))).max();
    let Some((at, end)) = office.filter(|_| line_predicates::is_short(bare, 36) && !bare.contains(['，', '。']))
    else {
        return false;
    };
    let (before, name) = (bare.get(..at).unwrap_or_default(), bare.get(end..).unwrap_or_default());
    let apart = name.starts_with([' ', '\u{3000}', '\u{a0}', '\t', '：', ':', '?']);
    let name: String = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '?')).collect();
    let letters = name.chars().filter(|c| !matches!(c, '·' | '•' | '・' | '.' | '．')).count();
    if ["会议", "通过", "工作"].iter().any(|word| name.contains(word)) {
        return false;
    }
    let named = name.chars().count() > letters || (2..=4).contains(&letters);
    let official = ["政府", "法院", "检察院", "委员会", "常委会", "政协", "自治区", "省", "代"]
        .iter()
        .any(|w| before.ends_with(w));
    named && letters <= 14 && (apart && !before.ends_with(['的', '好', '化', '挥']) || official && letters >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    #[test]
    fn signatures() {
        for line in [
            "乌有市市长 无名氏",
            "自治区主席 某某·某某某",
            "乌有市人民政府县长 亡是公",
            "乌有市人民政府市长无名",
            "（代县长 子虚）",
            "县长：子虚",
            "南柯市人民政府市长?? 无 名",
        ] {
            assert!(is_signature(line), "{line}");
        }
        for line in [
            "市长热线",
            "充分发挥主任会议作用",
            "落实区长负责制",
            "二、2024年工作安排",
            "无名氏市长",
            "经市人大常委会主任会议通过",
            "办好市长信箱 接好群众来电",
        ] {
            assert!(!is_signature(line), "{line}");
        }
    }

    fn kinds(text: &str) -> Vec<LineKind> {
        let mut lines = clean::lines(text);
        mark_opening(text, &mut lines);
        lines.iter().map(|l| l.kind).collect()
    }

    #[test]
    fn short_lines_above_a_salutation_are_the_head() {
        use LineKind::{Attribution, Dateline, Formula, Paragraph, Salutation};
        assert_eq!(
            kinds(
                "（征求意见稿）\n时间：2024-01-10\n守灯护航\n乌有市市长 无名氏\n各位代表：\n我代表市政府向大会报告工作，请予审议。\n灯亮了。"
            ),
            [Dateline, Attribution, Dateline, Dateline, Salutation, Formula, Paragraph]
        );
        // Nobody is addressed: what is not known is text.
        assert_eq!(kinds("守灯护航\n灯亮了。"), [Paragraph, Paragraph]);
        // A heading ends the head.
        assert_eq!(kinds("一、2023年工作回顾\n各位代表：\n灯亮了。")[0], Paragraph);
        assert_eq!(kinds("2023年工作回顾\n各位代表：\n灯亮了。")[0], Paragraph);
    }
}
