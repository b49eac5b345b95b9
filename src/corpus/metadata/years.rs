//! Which years a report reviews.
//!
//! In: a report's headings and first words. Out: years, ascending. Does not know about: places.
//!
//! A part's heading that looks back gives the year; one that looks ahead gives the year after it; then the words
//! right under the first part, then the session's date. A review of five years or of a term gives five.

use crate::text::numeral;

/// What tells the years of one report.
#[derive(Debug, Default)]
pub struct YearEvidence<'a> {
    /// Title and subtitle.
    pub titles: Vec<&'a str>,
    /// Date or meeting under the title.
    pub datelines: Vec<&'a str>,
    /// Headings on their own line of the highest level, in order.
    pub parts: Vec<&'a str>,
    /// The first paragraphs of the body.
    pub opening: Vec<&'a str>,
    /// Every paragraph before the part that looks ahead.
    pub review: Vec<&'a str>,
    /// The first paragraph under the part that looks ahead.
    pub outlook: Option<&'a str>,
    /// File and folder names.
    pub names: Vec<String>,
    /// Lines in which the page says when it was put up, and dates under the text.
    pub page_dates: Vec<&'a str>,
    /// What a resolution says in one sentence.
    pub resolved: Vec<&'a str>,
    /// Whether it is a newspaper article.
    pub article: bool,
    /// Whether it is a bulletin: it says its year in its title, and no session heard it.
    pub bulletin: bool,
}

/// The years a report reviews, and the year of its session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Years {
    /// Reviewed, ascending.
    pub reviewed: Vec<u16>,
    /// In which it was given.
    pub session: Option<u16>,
}

/// How many years 五年 and 本届 mean.
const TERM: u16 = 5;

/// Weighs the evidence.
pub fn recognise(evidence: &YearEvidence<'_>) -> Years {
    if evidence.bulletin {
        let year = evidence.titles.iter().chain(&evidence.opening).find_map(|t| first_year(t));
        return Years { reviewed: year.into_iter().collect(), session: None };
    }
    let last = if evidence.article { last_of_article(evidence) } else { last_of_report(evidence) };
    let dated = || evidence.datelines.iter().chain(&evidence.titles).find_map(|d| session_of(d));
    let Some(last) = last else { return Years { reviewed: Vec::new(), session: dated().map(|(year, _)| year) } };
    let several = evidence.parts.first().is_some_and(|p| is_term(p))
        || evidence.titles.iter().any(|t| is_term(t) && !t.contains("五年规划"));
    let first = if several { last - (TERM - 1) } else { last };
    let session =
        dated().map(|(year, _)| year).filter(|&y| y >= last).or_else(|| (!evidence.article).then_some(last + 1));
    Years { reviewed: (first..=last).collect(), session }
}

fn last_of_report(evidence: &YearEvidence<'_>) -> Option<u16> {
    let parts = || evidence.parts.iter().enumerate();
    // 三、2022年的工作 behind a first part without a year is a plan, whatever its words.
    let looks_back =
        parts().filter(|(n, p)| !looks_ahead(p) && (*n == 0 || reviews(p))).find_map(|(_, p)| last_year(p));
    let looks_ahead = || parts().filter(|(n, p)| *n > 0 && !reviews(p)).find_map(|(_, p)| first_year(p));
    // 2022年的主要工作 … 2023年主要工作: without telling words the first part looks back.
    let first_part = || evidence.parts.first().filter(|_| evidence.parts.len() > 1).and_then(|p| last_year(p));
    looks_back
        .or_else(|| looks_ahead().map(|y| y - 1))
        .or_else(first_part)
        .or_else(|| evidence.datelines.iter().chain(&evidence.titles).find_map(|d| reviewing(session_of(d)?)))
        .or_else(|| evidence.resolved.iter().find_map(|p| planned_year(p)).map(|y| y - 1))
        .or_else(|| evidence.outlook.and_then(opening_year).map(|y| y - 1))
        .or_else(|| evidence.opening.iter().find_map(|p| opening_year(p)))
        .or_else(|| evidence.titles.iter().find_map(|t| first_year(t)).map(|y| y - 1))
        .or_else(|| evidence.names.iter().find_map(|n| bare_year(n)).map(|y| y - 1))
        .or_else(|| evidence.review.iter().flat_map(|p| past_years(p)).max())
        .or_else(|| evidence.page_dates.iter().find_map(|d| reviewing(date(d)?)))
}

/// Years that a paragraph tells of, not those it looks forward to (到2025年).
fn past_years(paragraph: &str) -> impl Iterator<Item = u16> + '_ {
    numeral::years(paragraph)
        .filter(|&(at, _)| !paragraph[..at].ends_with(['到', '至', '—', '-']))
        .map(|(_, year)| year)
}

/// An article says its year in its headline, or again and again.
fn last_of_article(evidence: &YearEvidence<'_>) -> Option<u16> {
    if let Some(year) = evidence.titles.iter().rev().find_map(|t| last_year(t)) {
        return Some(year);
    }
    let mut counts = std::collections::BTreeMap::<u16, usize>::new();
    for paragraph in &evidence.opening {
        for (at, year) in numeral::years(paragraph) {
            // 自2016年…以来 and 2016年以来 tell when something began.
            let since = paragraph[..at].ends_with('自') || paragraph[..at].ends_with("从");
            *counts.entry(year).or_default() += usize::from(!since);
        }
    }
    let most = counts.into_iter().max_by_key(|&(year, count)| (count, year));
    most.filter(|&(_, count)| count >= 3)
        .map(|(year, _)| year)
        .or_else(|| evidence.page_dates.iter().find_map(|d| date(d)).map(|(year, _)| year))
}

fn looks_ahead(heading: &str) -> bool {
    ["安排", "任务", "打算", "计划", "建议", "要求", "部署", "展望", "今后", "新一年", "目标", "重点工作", "总体思路"]
        .iter()
        .any(|w| heading.contains(w))
        && !reviews(heading)
}

fn reviews(heading: &str) -> bool {
    ["回顾", "完成情况", "总结", "以来", "过去"].iter().any(|w| heading.contains(w))
}

fn is_term(heading: &str) -> bool {
    ["五年", "本届", "届人大常委会的", "届常委会的", "届以来", "任期"].iter().any(|w| heading.contains(w))
        && !["今后五年", "未来五年"].iter().any(|w| heading.contains(w))
}

fn first_year(text: &str) -> Option<u16> {
    numeral::years(text).next().map(|(_, y)| y)
}

fn last_year(text: &str) -> Option<u16> {
    numeral::years(text).map(|(_, y)| y).last()
}

/// The year that a session held in `month` of `year` reviews: held late, it is that year's own.
const fn reviewing((year, month): (u16, u32)) -> Option<u16> {
    Some(if month >= 10 { year } else { year - 1 })
}

/// When a session was held, by the line that says so: 2024年1月8日在…会议上, （2023.1.10）, ’23年1月10日, （2024年1月）.
fn session_of(line: &str) -> Option<(u16, u32)> {
    let meets = line.contains("会议") || line.contains("大会") || line.contains("通过");
    let alone =
        line.chars().filter(|c| crate::text::han::is_han(*c)).all(|c| "年月日二〇零○一三四五六七八九十".contains(c));
    (meets || alone)
        .then(|| date(line))
        .flatten()
        .filter(|(_, month)| *month > 0 || meets && !line.contains("工作报告"))
}

/// The first date in `text`: its year and month (0 where only a year is written).
fn date(text: &str) -> Option<(u16, u32)> {
    written_out(text).or_else(|| parted(text)).or_else(|| clipped(text))
}

/// 2023年1月10日, 二〇二三年一月十日.
fn written_out(text: &str) -> Option<(u16, u32)> {
    let (at, year) = numeral::years(text).next()?;
    let behind = text.get(at..)?.split_once('年')?.1.trim_start();
    let month = numeral::digits(behind).or_else(|| numeral::cjk(behind));
    let month = month.filter(|m| behind.get(m.bytes..).is_some_and(|rest| rest.trim_start().starts_with('月')));
    Some((year, month.map_or(0, |m| m.value)))
}

/// 2023.1.10, 2023-01-10, 2023/1/10, ２０２３．１．１０.
fn parted(text: &str) -> Option<(u16, u32)> {
    text.char_indices().find_map(|(at, _)| {
        let (before, rest) = (text.get(..at)?, text.get(at..)?);
        if before.ends_with(|c: char| numeral::digit(c).is_some()) {
            return None;
        }
        let year = numeral::digits(rest).filter(|n| n.places == 4 && (1949..=2099).contains(&n.value))?;
        let rest = rest.get(year.bytes..)?.strip_prefix(['.', '-', '/', '．', '－', '／', '·', '—'])?;
        let month = numeral::digits(rest).filter(|n| n.places <= 2 && (1..=12).contains(&n.value))?;
        let rest = rest.get(month.bytes..)?.strip_prefix(['.', '-', '/', '．', '－', '／', '·', '—'])?;
        let day = numeral::digits(rest).filter(|n| n.places <= 2 && (1..=31).contains(&n.value))?;
        (day.value > 0).then_some((u16::try_from(year.value).ok()?, month.value))
    })
}

/// ’23年1月10日, 23年1月10日: two digits, and the month behind them.
fn clipped(text: &str) -> Option<(u16, u32)> {
    text.char_indices().filter(|(_, c)| *c == '年').find_map(|(at, _)| {
        let head = text.get(..at)?.trim_end();
        let digits: String = head.chars().rev().take_while(|c| numeral::digit(*c).is_some()).collect();
        let two: Vec<u32> = digits.chars().rev().filter_map(numeral::digit).collect();
        let &[tens, ones] = two.as_slice() else { return None };
        let behind = text.get(at + '年'.len_utf8()..)?.trim_start();
        let month = numeral::digits(behind).or_else(|| numeral::cjk(behind)).filter(|m| (1..=12).contains(&m.value))?;
        behind.get(month.bytes..)?.trim_start().strip_prefix('月')?;
        let short = u16::try_from(tens * 10 + ones).ok()?;
        // No session of these bodies was held before 1949, and none of the 1950s is written so.
        Some((if short >= 80 { 1900 + short } else { 2000 + short }, month.value))
    })
}

/// The year for which a resolution takes on work: 同意…2024年工作安排.
fn planned_year(paragraph: &str) -> Option<u16> {
    numeral::years(paragraph).find_map(|(at, year)| {
        let behind: String = paragraph.get(at..)?.split_once('年')?.1.chars().take(16).collect();
        let clause = behind.split(['，', '。', '；', '、', ',']).next().unwrap_or("");
        ["安排", "任务", "打算", "计划", "预算", "目标", "部署"].iter().any(|w| clause.contains(w)).then_some(year)
    })
}

/// 刚刚过去的2022年, 2022年是…, 2022年,…: a year near the start of a paragraph.
fn opening_year(paragraph: &str) -> Option<u16> {
    let head: usize = paragraph.char_indices().nth(24).map_or(paragraph.len(), |(at, _)| at);
    numeral::years(paragraph).find(|&(at, _)| at < head).map(|(_, y)| y)
}

/// Four digits in a file's name, 年 or not.
fn bare_year(name: &str) -> Option<u16> {
    first_year(name).or_else(|| {
        let digits: Vec<(usize, char)> = name.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
        digits.windows(4).find_map(|w| {
            let together = w[3].0 - w[0].0 == 3;
            let alone = !name[..w[0].0].ends_with(|c: char| c.is_ascii_digit())
                && !name[w[3].0 + 1..].starts_with(|c: char| c.is_ascii_digit());
            let year = name.get(w[0].0..=w[3].0)?.parse::<u16>().ok()?;
            (together && alone && (1980..=2099).contains(&year)).then_some(year)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(parts: &[&'static str]) -> YearEvidence<'static> {
        YearEvidence { parts: parts.to_vec(), ..YearEvidence::default() }
    }

    #[test]
    fn headings_that_look_back_or_ahead() {
        let cases: [(&[&str], u16, u16); 10] = [
            (&["2022年工作回顾", "2023年工作安排"], 2022, 2022),
            (&["过去一年的主要工作", "2023年的主要任务"], 2022, 2022),
            (&["2022年主要工作", "2023年主要工作"], 2022, 2022),
            (&["二〇二二年以来的主要工作", "二〇二三年的主要工作"], 2022, 2022),
            (&["过去五年工作回顾", "2023年工作建议"], 2018, 2022),
            (&["市七届人大常委会的主要工作", "市八届人大常委会工作总体要求及2023年工作建议"], 2018, 2022),
            (&["一、2022年:守灯添新光", "二、2023年:看潮上新台"], 2022, 2022),
            (&["一、２０２２年和过去五年工作回顾", "二、今后五年目标和2023年任务"], 2018, 2022),
            (&["一、2022年工作完成情况", "二、2023年重点工作"], 2022, 2022),
            (&["一、“十一五”时期的回顾", "二、“十二五”时期的目标", "三、2011年的工作"], 2010, 2010),
        ];
        for (parts, first, last) in cases {
            let got = recognise(&report(parts)).reviewed;
            assert_eq!((got.first(), got.last()), (Some(&first), Some(&last)), "{parts:?}");
        }
    }

    #[test]
    fn words_dates_and_names() {
        let opening = YearEvidence {
            parts: vec!["过去一年工作回顾"],
            opening: vec!["刚刚过去的2022年，灯塔守住了潮。"],
            ..YearEvidence::default()
        };
        assert_eq!(recognise(&opening).reviewed, [2022]);
        let outlook = YearEvidence {
            parts: vec!["过去一年工作", "今后一年工作建议"],
            outlook: Some("2023年是新塔落成之年。"),
            ..YearEvidence::default()
        };
        assert_eq!(recognise(&outlook).reviewed, [2022]);
        let dated = YearEvidence {
            datelines: vec!["——2024年1月8日在乌有市第八届人民代表大会第三次会议上"],
            ..YearEvidence::default()
        };
        assert_eq!(recognise(&dated), Years { reviewed: vec![2023], session: Some(2024) });
        let late =
            YearEvidence { datelines: vec!["2022年12月28日在第三次会议上"], ..YearEvidence::default() };
        assert_eq!(recognise(&late).reviewed, [2022]);
        let named = YearEvidence { names: vec!["乌有市2015".into()], ..YearEvidence::default() };
        assert_eq!(recognise(&named).reviewed, [2014]);
        assert_eq!(
            recognise(&YearEvidence { names: vec!["001_7c4c3c7cf2127719".into()], ..YearEvidence::default() }).reviewed,
            [] as [u16; 0]
        );
    }

    #[test]
    fn dates_in_every_spelling() {
        for line in [
            "——二O二三年一月十日在乌有县第八届人民代表大会第三次会议上",
            "——2O23年1月10日在乌有县第八届人民代表大会第三次会议上",
            "——二◯二三年一月十日在乌有县第八届人民代表大会第三次会议上",
            "——2023.1.10在乌有县第八届人民代表大会第三次会议上",
            "——2023-01-10在乌有县第八届人民代表大会第三次会议上",
            "2023/1/10 在乌有县第八届人民代表大会第三次会议上",
            "——’23年1月10日在乌有县第八届人民代表大会第三次会议上",
            "——23年1月10日在乌有县第八届人民代表大会第三次会议上",
            "（2023年1月10日）",
            "（2023.1.10）",
        ] {
            let years = recognise(&YearEvidence { datelines: vec![line], ..YearEvidence::default() });
            assert_eq!(years, Years { reviewed: vec![2022], session: Some(2023) }, "{line}");
        }
        for no in ["电话0312.5.6", "第23年度", "1.2.3", ""] {
            assert_eq!(date(no), None, "{no}");
        }
    }

    #[test]
    fn a_title_may_hold_its_session() {
        let titles = vec!["政府工作报告——2017年4月7日在乌有市第八届人民代表大会第一次会议上"];
        assert_eq!(
            recognise(&YearEvidence { titles, ..YearEvidence::default() }),
            Years { reviewed: vec![2016], session: Some(2017) }
        );
        let of_its_year = YearEvidence {
            titles: vec!["2018年乌有市政府工作报告"],
            datelines: vec!["二〇一九年一月十四日在乌有市第八届人民代表大会第二次会议上"],
            ..YearEvidence::default()
        };
        assert_eq!(recognise(&of_its_year), Years { reviewed: vec![2018], session: Some(2019) });
    }

    #[test]
    fn resolutions_say_what_they_agree_to() {
        let resolved = vec!["会议同意报告提出的2024年工作安排，决定批准这个报告。"];
        assert_eq!(
            recognise(&YearEvidence { resolved, ..YearEvidence::default() }),
            Years { reviewed: vec![2023], session: Some(2024) }
        );
    }

    #[test]
    fn the_date_of_the_page_is_the_last_word() {
        let page_dates = vec!["发布时间：2024/1/23 19:45"];
        let article = YearEvidence { article: true, page_dates: page_dates.clone(), ..YearEvidence::default() };
        assert_eq!(recognise(&article).reviewed, [2024]);
        assert_eq!(
            recognise(&YearEvidence { page_dates, ..YearEvidence::default() }),
            Years { reviewed: vec![2023], session: Some(2024) }
        );
    }

    #[test]
    fn articles_must_insist() {
        let article = |opening: Vec<&'static str>| YearEvidence { article: true, opening, ..YearEvidence::default() };
        assert_eq!(
            recognise(&article(vec!["2024年的灯塔。", "2024年修了堤，2024年修了闸；2023年只修了路。"])).reviewed,
            [2024]
        );
        assert_eq!(recognise(&article(vec!["自2016年有灯以来，2018年修塔。"])).reviewed, [] as [u16; 0]);
        let titled = YearEvidence {
            article: true,
            titles: vec!["守灯记", "——市人大常委会2022年工作综述"],
            ..YearEvidence::default()
        };
        assert_eq!(recognise(&titled).reviewed, [2022]);
    }
}
