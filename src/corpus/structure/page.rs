//! A newspaper page to articles.
//!
//! In: the lines of a document without any work report's title. Out: its articles as [`Piece`]s. A headline is known by
//! what follows it: a subtitle (——…), the organ whose article it is, or a byline. A page with one headline, or none, is
//! one article, and every line on it is that article's.

use crate::corpus::model::piece::{Piece, number, range};
use crate::corpus::structure::chrome::signs::sign;
use crate::corpus::structure::line_predicates;
use crate::corpus::structure::{cohesion, opening, session_news, title};
use crate::corpus::{Line, LineKind, Reason, ReportKind};

/// Where an article begins; 0-based indices.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    /// Its first line.
    first: usize,
    headline: Option<usize>,
    subtitle: Option<usize>,
    organ: Option<usize>,
}

/// Splits a page into articles.
pub fn split(text: &str, lines: &mut [Line]) -> Vec<Piece> {
    let filled: Vec<usize> =
        (0..lines.len()).filter(|&i| lines[i].kind != LineKind::Blank && !lines[i].kind.is_outside()).collect();
    let (Some(&first), Some(&last)) = (filled.first(), filled.last()) else { return Vec::new() };
    let (first, last) = trim_adverts(text, lines, &filled).unwrap_or((first, last));
    let filled: Vec<usize> = filled.into_iter().filter(|&i| first <= i && i <= last).collect();
    let mut anchors = find_anchors(text, lines, &filled);
    if anchors.is_empty() {
        anchors.push(lone_anchor(text, lines, &filled));
    }
    let alone = anchors.len() == 1;
    let kind = kind_of(text, lines, &filled, &anchors);
    if alone && kind != ReportKind::Article {
        // A report that forgot its title still has a head.
        let after = anchors[0].headline.map_or(first, |i| i + 1);
        opening::mark_opening(text, &mut lines[after..=last]);
    }
    let mut pieces: Vec<Piece> = Vec::with_capacity(anchors.len());
    let mut owners: Vec<Vec<usize>> = Vec::with_capacity(anchors.len());
    for (n, anchor) in anchors.iter().enumerate() {
        let from = if alone { first } else { anchor.first };
        let end = anchors.get(n + 1).map_or(last + 1, |next| next.first);
        mark_head(text, lines, anchor);
        owners.push(filled.iter().copied().filter(|&i| from <= i && i < end).collect());
        pieces.push(Piece {
            kind,
            ranges: Vec::new(),
            title: anchor.headline.or(anchor.organ).map(|i| normal_blanks(lines[i].span.slice(text))),
            title_line: anchor.headline.or(anchor.organ).map(number),
            subtitle_line: anchor.subtitle.map(number),
            organ_line: anchor.organ.map(number),
        });
    }
    mark_bodies(text, lines, &filled);
    if !alone {
        set_outside(text, lines, &filled, &anchors, &mut owners);
        cohesion::reunite(text, lines, &mut pieces, &mut owners);
    }
    for (piece, own) in pieces.iter_mut().zip(&owners) {
        piece.ranges = ranges_of(own, &owners, lines);
    }
    pieces.retain(|p| !p.ranges.is_empty());
    pieces.sort_by_key(|p| p.ranges.first().map_or(0, |r| r.first));
    pieces
}

/// Halves of a headline are parted by one blank, however many the page has.
fn normal_blanks(headline: &str) -> String {
    title::labelled(headline).unwrap_or(headline).trim_start_matches('#').trim().to_owned()
}

/// Marks adverts at the head and tail; returns the first and last line that is none.
fn trim_adverts(text: &str, lines: &mut [Line], filled: &[usize]) -> Option<(usize, usize)> {
    let advert = |i: &&usize| line_predicates::is_advert(lines[**i].span.slice(text));
    let head: Vec<usize> = filled.iter().take_while(advert).copied().collect();
    let tail: Vec<usize> = filled.iter().rev().take_while(advert).copied().collect();
    if head.len() == filled.len() {
        return None;
    }
    for &i in head.iter().chain(&tail) {
        lines[i].set(LineKind::Advert, Reason::Advert);
    }
    let first = filled.get(head.len())?;
    let last = filled.get(filled.len() - 1 - tail.len())?;
    Some((*first, *last))
}

fn find_anchors(text: &str, lines: &[Line], filled: &[usize]) -> Vec<Anchor> {
    let words = |i: usize| lines[i].span.slice(text);
    let headline = |i: usize| {
        line_predicates::is_headline(words(i))
            && !line_predicates::is_byline(words(i))
            && !line_predicates::is_attribution(words(i))
            && crate::corpus::structure::numbering::mark(words(i)).is_none()
    };
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut n = 0;
    while n < filled.len() {
        let i = filled[n];
        let next = filled.get(n + 1).copied();
        let organ = |i: usize| line_predicates::is_organ(words(i));
        if line_predicates::is_headline(words(i)) && organ(i) {
            anchors.push(Anchor { first: i, headline: None, subtitle: None, organ: Some(i) });
        } else if headline(i) {
            if let Some(j) = next.filter(|&j| line_predicates::is_subtitle(words(j))) {
                anchors.push(Anchor { first: i, headline: Some(i), subtitle: Some(j), organ: None });
                n += 1;
            } else if let Some(j) = next.filter(|&j| organ(j)) {
                anchors.push(Anchor { first: i, headline: Some(i), subtitle: None, organ: Some(j) });
                n += 1;
            } else if next
                .is_some_and(|j| line_predicates::is_byline(words(j)) && !line_predicates::is_page_credit(words(j)))
            {
                anchors.push(Anchor { first: i, headline: Some(i), subtitle: None, organ: None });
                n += 1;
            }
        }
        n += 1;
    }
    anchors
}

/// The first headline before the running text; a page without one still is one article.
fn lone_anchor(text: &str, lines: &[Line], filled: &[usize]) -> Anchor {
    let head = || filled.iter().copied().take(12);
    let told = head().find(|&i| title::labelled(lines[i].span.slice(text)).is_some());
    let told = told.or_else(|| {
        let shape = |i: &usize| title::title_shape(lines[*i].span.slice(text)).is_some_and(|shape| !shape.listed);
        head().take_while(|&i| !opens(lines[i].span.slice(text))).find(shape)
    });
    if told.is_some() {
        return Anchor { first: filled.first().copied().unwrap_or(0), headline: told, subtitle: None, organ: None };
    }
    let headline = filled.iter().copied().take(6).take_while(|&i| !opens(lines[i].span.slice(text))).find(|&i| {
        let words = lines[i].span.slice(text);
        line_predicates::is_headline(words)
            && !line_predicates::is_dateline(words)
            && !line_predicates::is_attribution(words)
            && !opening::is_speaker(words)
            && !line_predicates::is_byline(words)
            && sign(words).is_none()
    });
    Anchor { first: filled.first().copied().unwrap_or(0), headline, subtitle: None, organ: None }
}

/// Whether a text begins here that is given to a session: people are addressed, or the formula is said.
fn opens(words: &str) -> bool {
    line_predicates::is_salutation(words) || line_predicates::is_formula(words)
}

/// What a page holds. A lone text may be a report that forgot its title, or no news at all.
fn kind_of(text: &str, lines: &[Line], filled: &[usize], anchors: &[Anchor]) -> ReportKind {
    let words = |i: usize| lines[i].span.slice(text);
    let [anchor] = anchors else { return ReportKind::Article };
    let title = anchor.headline.map_or("", words);
    let title = title::labelled(title).unwrap_or(title);
    let headed = [
        "通知", "意见", "方案", "规划", "纲要", "办法", "条例", "决定", "公告", "通告", "讲话", "致辞", "名单", "议程",
        "日程",
    ];
    if session_news::tells(text, lines) || title::tells_who_spoke(title) {
        return ReportKind::Article;
    }
    if let Some(shape) = title::title_shape(title).or_else(|| title::other_shape(title)) {
        return shape.kind;
    }
    let other = headed.iter().any(|w| title.ends_with(w));
    if filled.iter().take(20).any(|&i| opens(words(i))) {
        return if other { ReportKind::Other } else { ReportKind::Report };
    }
    let news = anchor.subtitle.is_some()
        || anchor.organ.is_some()
        || filled
            .iter()
            .take(8)
            .any(|&i| line_predicates::is_byline(words(i)) || line_predicates::is_news_lead(words(i)));
    if other && !news { ReportKind::Other } else { ReportKind::Article }
}

fn mark_head(text: &str, lines: &mut [Line], anchor: &Anchor) {
    if let Some(i) = anchor.headline {
        lines[i].set(
            LineKind::Title,
            if title::labelled(lines[i].span.slice(text)).is_some() { Reason::TitleLabel } else { Reason::Headline },
        );
    }
    if let Some(i) = anchor.subtitle {
        lines[i].set(LineKind::Subtitle, Reason::Subtitle);
    }
    if let Some(i) = anchor.organ {
        lines[i].set(if anchor.headline.is_some() { LineKind::Byline } else { LineKind::Title }, Reason::Organ);
    }
    let last = anchor.organ.or(anchor.subtitle).or(anchor.headline);
    if let Some(from) = last {
        let next = (from + 1..lines.len()).find(|&i| lines[i].kind != LineKind::Blank);
        if let Some(i) = next.filter(|&i| {
            line_predicates::is_byline(lines[i].span.slice(text))
                && !line_predicates::is_page_credit(lines[i].span.slice(text))
        }) {
            lines[i].set(LineKind::Byline, Reason::Byline);
        }
    }
}

/// Marks captions, attributions, salutations and formulas among the paragraphs.
fn mark_bodies(text: &str, lines: &mut [Line], filled: &[usize]) {
    // Pictures stand apart: more blank lines around their words than the page leaves between paragraphs.
    let mut gaps: Vec<usize> = filled.windows(2).map(|p| p[1] - p[0] - 1).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    let apart = (usual + 2).max(3);
    for (n, &i) in filled.iter().enumerate() {
        if lines[i].kind != LineKind::Paragraph {
            continue;
        }
        let words = lines[i].span.slice(text);
        let before = n.checked_sub(1).map_or(apart, |p| i - filled[p] - 1);
        let after = filled.get(n + 1).map_or(apart, |&next| next - i - 1);
        let one_sentence = words.matches(['。', '！', '？']).count() <= 1
            && line_predicates::is_short(words, 90)
            && words.ends_with(['。', '）', ')']);
        let stands_apart = before >= apart && (after >= apart || after > usual || !is_after_text(lines, filled, n));
        let (kind, reason) = if line_predicates::is_salutation(words) {
            (LineKind::Salutation, Reason::Salutation)
        } else if line_predicates::is_formula(words) && n < 12 {
            (LineKind::Formula, Reason::Formula)
        } else if line_predicates::is_attribution(words) {
            (LineKind::Attribution, Reason::Attribution)
        } else if line_predicates::is_worded_caption(words)
            || (one_sentence && (stands_apart || follows_caption(lines, filled, n, apart)))
        {
            (LineKind::Caption, Reason::Caption)
        } else if line_predicates::is_byline(words) {
            (LineKind::Byline, Reason::Byline)
        } else {
            continue;
        };
        lines[i].set(kind, reason);
    }
}

fn is_after_text(lines: &[Line], filled: &[usize], n: usize) -> bool {
    n.checked_sub(1).is_some_and(|p| lines[filled[p]].kind == LineKind::Paragraph)
}

/// Pictures stand in rows: the words of the second follow those of the first, apart from it as the first from the text.
fn follows_caption(lines: &[Line], filled: &[usize], n: usize, apart: usize) -> bool {
    n.checked_sub(1).is_some_and(|p| lines[filled[p]].kind == LineKind::Caption && filled[n] - filled[p] > apart)
}

/// Lines before the first headline and credits of the whole page belong to no article.
fn set_outside(text: &str, lines: &mut [Line], filled: &[usize], anchors: &[Anchor], owners: &mut [Vec<usize>]) {
    let begins = anchors.first().map_or(0, |a| a.first);
    for &i in filled.iter().filter(|&&i| i < begins) {
        let sentence = line_predicates::holds_sentence(lines[i].span.slice(text));
        lines[i].set(if sentence { LineKind::Stray } else { LineKind::PageHead }, Reason::PageHead);
    }
    for own in owners {
        own.retain(|&i| {
            let credit = line_predicates::is_page_credit(lines[i].span.slice(text)) && lines[i].kind != LineKind::Title;
            if credit {
                lines[i].set(LineKind::Stray, Reason::PageCredit);
            }
            !credit
        });
    }
}

/// The ranges that hold `own`; blank lines between two own lines go with them.
fn ranges_of(own: &[usize], owners: &[Vec<usize>], lines: &[Line]) -> Vec<crate::corpus::LineRange> {
    let _ = owners;
    let mut sorted = own.to_vec();
    sorted.sort_unstable();
    let mut ranges: Vec<crate::corpus::LineRange> = Vec::new();
    for i in sorted {
        let joined = ranges.last_mut().filter(|r| lines[r.last as usize..i].iter().all(|l| l.kind == LineKind::Blank));
        match joined {
            Some(range) => range.last = number(i),
            None => ranges.push(range(i, i + 1)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::structure::clean;

    const TEXT: &str = "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐。渔家收回了每一张的网，归途有灯。";

    fn pieces_of(text: &str) -> (Vec<Piece>, Vec<Line>) {
        let mut lines = clean::lines(text);
        let pieces = split(text, &mut lines);
        (pieces, lines)
    }

    #[test]
    fn articles_begin_at_headlines_with_subtitles() {
        let text = format!(
            "守灯护航 看潮安民\n\n海边守灯记\n——市人大常委会2022年工作综述\n本报记者 无名氏\n\n{TEXT}\n\n\n海边看潮记\n——市人大代表工作侧记\n\n{TEXT}\n(市人大供稿)\n\n本版图片由守灯人 提供\n"
        );
        let (pieces, lines) = pieces_of(&text);
        let found: Vec<_> = pieces.iter().map(|p| (p.ranges[0].first, p.ranges[0].last, p.subtitle_line)).collect();
        assert_eq!(found, [(3, 7, Some(4)), (10, 14, Some(11))]);
        let kind = |n: usize| lines[n - 1].kind;
        assert_eq!(
            [kind(1), kind(5), kind(14), kind(16)],
            [LineKind::PageHead, LineKind::Byline, LineKind::Attribution, LineKind::Stray]
        );
    }

    #[test]
    fn a_page_with_one_headline_is_one_article() {
        let text = format!(
            "写在前面\n\n{TEXT}\n\n海边守灯记 海边看潮记\n\n——市人大常委会工作综述\n\n{TEXT}\n\n\n\n守灯人在擦玻璃。\n\n\n\n{TEXT}\n"
        );
        let (pieces, lines) = pieces_of(&text);
        assert_eq!(pieces.len(), 1);
        assert_eq!((pieces[0].ranges[0].first, pieces[0].ranges[0].last, pieces[0].title_line), (1, 17, Some(5)));
        assert_eq!(lines[12].kind, LineKind::Caption);
    }

    #[test]
    fn an_organ_on_a_line_of_its_own_begins_an_article() {
        let text = format!("海边守灯记\n\n乌有市人大常委会\n\n{TEXT}\n\n黄粱市人大常委会\n\n{TEXT}\n");
        let (pieces, _) = pieces_of(&text);
        let found: Vec<_> = pieces.iter().map(|p| (p.ranges[0].first, p.title_line, p.organ_line)).collect();
        assert_eq!(found, [(1, Some(1), Some(3)), (7, Some(7), Some(7))]);
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(pieces_of("\n \n").0, []);
        assert_eq!(pieces_of("灯").0.len(), 1);
    }

    #[test]
    fn a_column_that_slipped_goes_back() {
        let lamp = |n: usize| {
            format!(
                "灯塔第{n}层的灯芯由守灯人剪齐，灯油按灯塔的刻度添满，灯罩里的铜镜擦得能照见守灯人的眉毛，灯塔的钟在灯下敲响，守灯人把灯塔日志写满。灯塔看得见灯塔，守灯人认得守灯人，灯芯灯油灯罩样样登记在灯塔的册子里，谁添灯油谁剪灯芯一查便知。"
            )
        };
        let salt = |n: usize| {
            format!(
                "盐田第{n}块由盐工耙平，卤水按盐田的高低放入，盐花在盐田里结成片，盐工把盐堆成山，盐田的水车转了一天。盐工数盐堆，盐田量卤水，盐花白过霜，水车快过风，盐田的账本一页一页记着盐工的名字。"
            )
        };
        let net = |n: usize| {
            format!(
                "渔船第{n}条由渔家补网，网眼按渔汛的大小放宽，渔汛来时渔船出港，渔家把鱼分给邻人，渔船的帆晒在滩上。渔家看天出海，渔汛看月进港，补网的梭子在渔船上响了一夜，鱼市开门渔船已经回来。"
            )
        };
        let text = format!(
            "海边守灯记\n\n乌有市人大常委会\n\n{}\n\n{}\n\n海边晒盐记\n\n黄粱市人大常委会\n\n{}\n\n{}\n\n{}\n\n{}\n\n{}\n\n海边打鱼记\n\n南柯市人大常委会\n\n{}\n\n{}\n",
            lamp(1),
            lamp(2),
            salt(1),
            salt(2),
            salt(3),
            lamp(3) + &lamp(5),
            lamp(4) + &lamp(6),
            net(1),
            net(2)
        );
        let (pieces, _) = pieces_of(&text);
        let ranges: Vec<Vec<(u32, u32)>> =
            pieces.iter().map(|p| p.ranges.iter().map(|r| (r.first, r.last)).collect()).collect();
        assert_eq!(ranges, [vec![(1, 7), (19, 21)], vec![(9, 17)], vec![(23, 29)]]);
    }

    #[test]
    fn a_committee_of_another_level_begins_a_piece() {
        let text = format!(
            "海边守灯记\n\n乌有市人大常委会\n\n{TEXT}\n\n海边晒盐记\n\n黄粱市人大常委会\n\n{TEXT}\n\n海边打鱼记\n\n南柯市人大常委会\n\n{TEXT}\n\n{TEXT}再。\n\n看海有恒。省人大海事委始终坚持看海。{TEXT}\n\n{TEXT}又。\n"
        );
        let (pieces, _) = pieces_of(&text);
        let last = pieces.last().expect("a piece");
        assert_eq!((last.title.as_deref(), last.ranges[0].first, last.ranges[0].last), (Some("省人大海事委"), 21, 23));
    }
}
