//! What a piece is, where its title alone says too much or too little.
//!
//! In: a piece and its lines. Out: the kind it has, and the title a resolution has over several lines. Does not know about: how pieces
//! are found; places, bodies, years.
//!
//! A work report is said to a session: somebody is addressed. News about that session, under whatever title, is an article. A
//! resolution is known by its sentence: …会议听取和审议了…，决定批准这个报告.

use crate::corpus::model::piece::{Piece, number};
use crate::corpus::structure::{line_predicates, title};
use crate::corpus::{Line, LineKind, ReportKind};

/// How many filled lines from its beginning say what a piece is.
const HEAD: usize = 40;

/// The piece with the kind that its first words tell.
pub fn refined(mut piece: Piece, text: &str, lines: &[Line], indices: &[usize]) -> Piece {
    let own: Vec<usize> = indices
        .iter()
        .copied()
        .filter(|&i| lines.get(i).is_some_and(|l| l.kind != LineKind::Blank && !l.kind.is_outside()))
        .take(HEAD)
        .collect();
    let words = |i: usize| lines[i].span.slice(text);
    let addressed = own.iter().any(|&i| {
        matches!(lines[i].kind, LineKind::Salutation | LineKind::Formula)
            || line_predicates::is_salutation(words(i))
            || line_predicates::is_formula(words(i))
    });
    match piece.kind {
        ReportKind::Report if !addressed && own.iter().any(|&i| tells_of_session(words(i))) => {
            piece.kind = ReportKind::Article;
        }
        ReportKind::Report | ReportKind::Article | ReportKind::Other if !addressed => {
            let titled = resolution_title(&own, words);
            let first_long = own.iter().copied().map(words).filter(|w| !line_predicates::is_short(w, 40)).take(2);
            if first_long.clone().any(tells_of_session) && titled.is_none() {
                return piece;
            }
            if first_long.into_iter().any(resolves) || titled.is_some() {
                piece.kind = ReportKind::Resolution;
                if let Some((line, whole)) = titled {
                    (piece.title, piece.title_line) = (Some(whole), Some(number(line)));
                }
            }
        }
        _ => {}
    }
    piece
}

/// The title of a resolution among the first lines, over as many as three: its first line, and the whole.
fn resolution_title<'t>(own: &[usize], words: impl Fn(usize) -> &'t str) -> Option<(usize, String)> {
    let head: Vec<usize> = own.iter().copied().take(8).collect();
    (0..head.len()).find_map(|from| {
        (1..=3).find_map(|count| {
            let lines = head.get(from..from + count)?;
            let begins = lines.first().map(|&i| words(i))?;
            if !(begins.contains("会议") || begins.contains("关于"))
                || lines.iter().any(|&i| !line_predicates::is_short(words(i), 60))
            {
                return None;
            }
            let whole: String = lines.iter().map(|&i| words(i).trim()).collect();
            let shape = title::other_shape(&whole).filter(|shape| shape.kind == ReportKind::Resolution)?;
            Some((head[from], shape.text))
        })
    })
}

/// …会议听取和审议了…报告…决定批准: what a meeting resolves.
fn resolves(paragraph: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|w| paragraph.contains(w));
    paragraph.contains("会议")
        && paragraph.contains("报告")
        && says(&["听取", "审议", "审查"])
        && says(&["决定批准", "同意", "决议", "批准这个报告", "批准该报告", "批准报告", "批准《"])
}

/// 1月23日上午，…会议开幕: news of a session.
fn tells_of_session(paragraph: &str) -> bool {
    let head: String = paragraph.chars().take(60).filter(|c| !c.is_whitespace()).collect();
    let dated = head.find("月").is_some_and(|month| {
        head.get(..month)
            .is_some_and(|h| h.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
            && head.get(month..).is_some_and(|rest| rest.chars().take(5).any(|c| c == '日'))
    });
    let timed = ["上午", "下午", "今天", "昨天", "近日", "讯", "电"].iter().any(|w| head.contains(w));
    let happens = ["开幕", "闭幕", "举行", "召开", "胜利闭幕", "隆重"].iter().any(|w| head.contains(w));
    let meets = ["会议", "大会", "人代会", "两会"].iter().any(|w| head.contains(w));
    dated && timed && happens && meets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_of_a_session() {
        assert!(tells_of_session("1月23日上午，乌有市第八届人民代表大会第四次会议开幕。"));
        assert!(tells_of_session("南柯日报讯 1月30日下午，州十三届人大三次会议举行第二次全体会议。"));
        for no in ["过去一年，市人大常委会召开会议8次。", "2024年1月8日在乌有市第八届人民代表大会第三次会议上", ""]
        {
            assert!(!tells_of_session(no), "{no}");
        }
    }

    #[test]
    fn resolutions_by_their_sentence() {
        assert!(resolves(
            "乌有市第八届人民代表大会第三次会议听取和审议了市人民政府市长无名氏所作的工作报告，决定批准这个报告。"
        ));
        for no in ["会议听取了报告。", "市人大常委会听取和审议专项报告12项，作出决定。", ""]
        {
            assert!(!resolves(no), "{no}");
        }
    }
}
