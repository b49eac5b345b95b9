//! A passage taken out of a report, and where it stands: text and source in three forms. In: a report, lines. Out: texts. Does
//! not know about: who takes it out, where it is kept.

use serde::{Deserialize, Serialize};

use super::form::CitationForm;
use super::lines::{paragraph_at, passage_text};
use super::permalink::Permalink;
use crate::corpus::{Body, Document, LineKind, LineRange, Report, ReportKind, Section};
use crate::text::visible::visible;
use crate::text::{Lang, numeral};

/// How many lines at the head of a report may name the session it was given to.
const HEAD: usize = 40;

/// A passage and where it stands. It holds everything a citation needs, so that it can be cited without its report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Quotation {
    /// Its text, a paragraph a line.
    pub text: String,
    /// The report's title; of a text without one, the name of its file.
    pub title: String,
    /// Full name of the place; empty if not known.
    pub place: String,
    /// Whose report, as lists name it; empty if not known.
    pub body: String,
    /// The years it tells of.
    pub years: Vec<u16>,
    /// The year of the session it was given to.
    pub session_year: Option<u16>,
    /// The session it was given to (第八届人民代表大会第三次会议); empty if the report does not say.
    pub session: String,
    /// Whether it is an article, a resolution or a bulletin rather than a report.
    pub kind: ReportKind,
    /// Headings above it, outermost first.
    pub section: Vec<String>,
    /// Number of its first and last paragraph in the section, counted from 1; none for a heading, or outside of all reports.
    pub paragraphs: Option<(u32, u32)>,
    /// Name of the file, without its folders.
    pub file: String,
    /// Its first and last source line (1-based).
    pub lines: (u32, u32),
    /// What opens it.
    pub link: String,
}

impl Quotation {
    /// The passage in these lines of a report.
    pub fn of(document: &Document, report: &Report, lines: LineRange) -> Self {
        let text = passage_text(document, lines);
        let inside = report.covers(lines.first);
        let start = document.line(lines.first).map_or(0, |line| line.span.start);
        let at = report.section_at(start).filter(|_| inside);
        let path = at.map(|at| report.section_path(at)).unwrap_or_default();
        let heading = |at: &usize| report.sections.get(*at).map(|section| section.title(document.text()).into_owned());
        let file = document.path.file_name().unwrap_or_default().to_string_lossy();
        Self {
            text,
            title: if report.title.is_empty() { visible(&file).into_owned() } else { report.title.clone() },
            place: report.place.clone(),
            body: if report.body == Body::Other { String::new() } else { report.body.name().to_owned() },
            years: report.years.clone(),
            session_year: report.session_year,
            session: session(document, report),
            kind: report.kind,
            section: path
                .iter()
                .filter_map(heading)
                .map(|title| title.trim_end_matches(['。', '：', ':']).to_owned())
                .collect(),
            paragraphs: ordinals(document, report, at.and_then(|at| report.sections.get(at)), lines).filter(|_| inside),
            file: visible(&file).into_owned(),
            lines: (lines.first, lines.last),
            link: Permalink::of(document, report, lines).to_string(),
        }
    }

    /// A stretch of text from these lines, as a section: its own words instead of whole paragraphs.
    #[must_use]
    pub fn with_text(mut self, text: String) -> Self {
        (self.text, self.paragraphs) = (text, None);
        self
    }

    /// Where it stands, in one line.
    pub fn source(&self, form: CitationForm, lang: Lang) -> String {
        match form {
            CitationForm::Plain => self.plain(lang),
            CitationForm::Gbt7714 => self.gbt7714(),
            CitationForm::Markdown => {
                format!("{}（[{}]({})）", escape(&self.plain(lang)), lang.pick("原文", "open"), self.link)
            }
        }
    }

    /// Its text with its source.
    pub fn whole(&self, form: CitationForm, lang: Lang) -> String {
        let source = self.source(form, lang);
        match form {
            CitationForm::Plain | CitationForm::Gbt7714 => format!("{}\n{source}", self.text),
            CitationForm::Markdown => {
                let lines: Vec<String> = self.text.lines().map(|line| format!("> {}\n>\n", escape(line))).collect();
                format!("{}> ——{source}", lines.concat())
            }
        }
    }

    /// 《题名》，地方·机构，届次或年份，章节，第n段.
    fn plain(&self, lang: Lang) -> String {
        let organ = [self.place.as_str(), self.body.as_str()].into_iter().filter(|part| !part.is_empty());
        let organ = organ.collect::<Vec<_>>().join(lang.pick("·", ", "));
        let title = match lang {
            Lang::Zh => format!("《{}》", self.title.replace('《', "〈").replace('》', "〉")),
            Lang::En => format!("“{}”", self.title),
        };
        let parts = [title, organ, self.when(lang), self.section.join(lang.pick("／", " / ")), self.position(lang)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(lang.pick("，", ", "))
    }

    /// The year of the session, which years it tells of where those are others, and which session it was.
    fn when(&self, lang: Lang) -> String {
        let told = numeral::year_runs(&self.years);
        let others = self.session_year.is_some_and(|year| !self.years.contains(&year)) && !told.is_empty();
        let year = match (self.session_year, lang) {
            (Some(year), Lang::Zh) if others => format!("{year}年报告（述{told}年）"),
            (Some(year), Lang::En) if others => format!("{year} report (on {told})"),
            (Some(year), Lang::Zh) => format!("{year}年"),
            (Some(year), Lang::En) => year.to_string(),
            (None, Lang::Zh) if !told.is_empty() => format!("{told}年"),
            (None, _) => told,
        };
        match (year.is_empty(), self.session.is_empty()) {
            (_, true) => year,
            (true, false) => self.session.clone(),
            (false, false) => format!("{year}{}{}", lang.pick("，", ", "), self.session),
        }
    }

    fn position(&self, lang: Lang) -> String {
        match (self.paragraphs, lang) {
            (None, _) => String::new(),
            (Some((first, last)), Lang::Zh) if first == last => format!("第{first}段"),
            (Some((first, last)), Lang::Zh) => format!("第{first}—{last}段"),
            (Some((first, last)), Lang::En) if first == last => format!("para. {first}"),
            (Some((first, last)), Lang::En) => format!("paras. {first}–{last}"),
        }
    }

    /// Who answers for it. Title of a report (`[R]`). Place: who published it, year: where it stands. What a text does not say is
    /// said as the standard has it.
    fn gbt7714(&self) -> String {
        let organ = organ(&self.place, &self.body);
        let mark = match self.kind {
            ReportKind::Report => "R",
            ReportKind::Article => "N",
            ReportKind::Resolution | ReportKind::Bulletin | ReportKind::Other => "Z",
        };
        let year = self.session_year.or(self.years.last().copied());
        let year = year.map_or_else(|| "[出版年不详]".to_owned(), |year| year.to_string());
        let place = if self.place.is_empty() { "[出版地不详]" } else { &self.place };
        let publisher = organ.as_deref().unwrap_or("[出版者不详]");
        let author = organ.as_ref().map(|organ| format!("{organ}. ")).unwrap_or_default();
        let at = [self.section.join("／"), self.position(Lang::Zh)].into_iter().filter(|part| !part.is_empty());
        let at = at.collect::<Vec<_>>().join("，");
        let at = if at.is_empty() { String::new() } else { format!(": {at}") };
        format!("{author}{}[{mark}]. {place}: {publisher}, {year}{at}.", self.title)
    }
}

/// The full name of an organ of a place.
fn organ(place: &str, body: &str) -> Option<String> {
    if place.is_empty() {
        return None;
    }
    Some(match body {
        "人大常委会" => format!("{place}人民代表大会常务委员会"),
        "政协" => format!("中国人民政治协商会议{place}委员会"),
        "政府" => format!("{place}人民政府"),
        "法院" => format!("{place}人民法院"),
        "检察院" => format!("{place}人民检察院"),
        _ => return None,
    })
}

/// The session that the head of a report names: from 第…届 to 会议.
fn session(document: &Document, report: &Report) -> String {
    let head = report.line_numbers().take(HEAD).filter(|n| {
        let kind = document.line(*n).map(|line| line.kind);
        matches!(kind, Some(LineKind::Title | LineKind::Subtitle | LineKind::Dateline | LineKind::Formula))
    });
    head.filter_map(|n| session_in(document.line_text(n))).next().unwrap_or_default()
}

/// 第八届人民代表大会第三次会议 in any line that names it.
fn session_in(line: &str) -> Option<String> {
    /// Characters that its name may have.
    const LONGEST: usize = 40;
    let line: String = line.split_whitespace().collect();
    let begins = line.match_indices('第').map(|(at, _)| at);
    begins.filter_map(|at| line.get(at..)).find_map(|text| {
        let number: usize = text
            .chars()
            .skip(1)
            .take_while(|c| numeral::digit(*c).is_some() || "〇零一二三四五六七八九十百".contains(*c))
            .map(char::len_utf8)
            .sum();
        let after = text.get('第'.len_utf8() + number..)?;
        if number == 0 || !after.starts_with('届') {
            return None;
        }
        let end = text.find("会议")? + "会议".len();
        let name = text.get(..end)?;
        let plain = !name.contains(['，', '。', '、', '；', '：']);
        (plain && name.chars().count() <= LONGEST).then(|| name.to_owned())
    })
}

/// Which paragraphs of the section (or, before the first, of the report) these lines are, counted from 1: headings, titles and
/// noise do not count.
fn ordinals(document: &Document, report: &Report, section: Option<&Section>, lines: LineRange) -> Option<(u32, u32)> {
    let from = section.map_or_else(|| report.ranges.first().map_or(1, |range| range.first), |section| section.line);
    let counts = |n: u32| {
        let line = document.line(n)?;
        let text = !matches!(
            line.kind,
            LineKind::Blank | LineKind::Heading | LineKind::Title | LineKind::Subtitle | LineKind::Dateline
        );
        (text && !line.kind.is_noise()).then_some(line.joins)
    };
    counts(lines.first)?;
    let number = |to: u32| {
        let begun = (from..=to).filter(|n| report.covers(*n) && counts(*n) == Some(false));
        u32::try_from(begun.count()).unwrap_or(u32::MAX).max(1)
    };
    let last = paragraph_at(document, report, lines.last).first;
    Some((number(lines.first), number(last)))
}

/// Text in which Markdown reads nothing but text.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    fn quotation() -> Quotation {
        let lines = "= 乌有市人民代表大会常务委员会工作报告\n各位代表\n#1 过去一年的工作\n#2 一、修渠引水\n各村把水渠修到坡上。\n@ 记者甲\n每一户都通了水。\n";
        let mut document = fixture::document("乌有市", lines);
        document.path = "/home/somebody/秘密/a.txt".into();
        document.reports[0].session_year = Some(2023);
        Quotation::of(&document, &document.reports[0], LineRange { first: 7, last: 7 })
    }

    #[test]
    fn a_source_is_said_in_three_forms_and_never_with_a_path() {
        let quotation = quotation();
        let plain =
            "《乌有市工作报告》，乌有市·人大常委会，2023年报告（述2022年），过去一年的工作／一、修渠引水，第2段";
        assert_eq!(quotation.whole(CitationForm::Plain, Lang::Zh), format!("每一户都通了水。\n{plain}"));
        assert_eq!(
            quotation.source(CitationForm::Gbt7714, Lang::Zh),
            "乌有市人民代表大会常务委员会. 乌有市工作报告[R]. 乌有市: 乌有市人民代表大会常务委员会, 2023: 过去一年的工作／一、修渠引水，第2段."
        );
        let markdown = quotation.whole(CitationForm::Markdown, Lang::Zh);
        assert!(
            markdown.starts_with("> 每一户都通了水。\n>\n> ——《乌有市工作报告》")
                && markdown.contains("](yilan://passage/")
        );
        for form in CitationForm::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let said = quotation.whole(form, lang);
                assert!(!said.contains("somebody") && !said.contains("秘密") && said.contains("2023"), "{said}");
            }
        }
        assert!(!serde_json::to_string(&quotation).unwrap().contains("somebody"));
    }

    #[test]
    fn what_is_not_known_is_left_out_or_said_to_be_unknown() {
        let bare = Quotation { text: "一".into(), title: "a.txt".into(), ..Quotation::default() };
        assert_eq!(bare.source(CitationForm::Plain, Lang::Zh), "《a.txt》");
        assert_eq!(bare.source(CitationForm::Gbt7714, Lang::Zh), "a.txt[R]. [出版地不详]: [出版者不详], [出版年不详].");
    }

    #[test]
    fn paragraphs_are_counted_in_their_section() {
        let document = fixture::document(
            "乌有市",
            "= 题\n开场。\n#1 一、甲\n一段。\n~ 一段。\n二段。\n> （一）小题。三段。\n#1 二、乙\n一段。\n",
        );
        let of = |first, last| Quotation::of(&document, &document.reports[0], LineRange { first, last });
        assert_eq!((of(2, 2).paragraphs, of(2, 2).section.len()), (Some((1, 1)), 0));
        assert_eq!(of(4, 6).paragraphs, Some((1, 2)));
        assert_eq!((of(7, 7).paragraphs, of(7, 7).section.last().unwrap().as_str()), (Some((1, 1)), "（一）小题"));
        assert_eq!((of(9, 9).paragraphs, of(8, 8).paragraphs), (Some((1, 1)), None));
    }

    #[test]
    fn sessions_are_read_where_they_are_named() {
        let cases = [
            ("——2023年1月10日在乌有市第八届人民代表大会第三次会议上", "第八届人民代表大会第三次会议"),
            ("2023年1月在政协南柯区第十 五届委员会第2次会议上", "第十五届委员会第2次会议"),
            ("第一，全会召开会议", ""),
            ("第八届，代表审议了各项报告，会议", ""),
            ("第届会议", ""),
        ];
        for (line, want) in cases {
            assert_eq!(session_in(line).unwrap_or_default(), want, "{line}");
        }
    }
}
