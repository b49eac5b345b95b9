//! One work report or one article.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::corpus::model::body::Body;
use crate::corpus::model::line::LineRange;
use crate::corpus::model::min_hash::MinHash;
use crate::text::{Lang, Span, numeral};

/// What kind of text a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportKind {
    /// A work report given to a session.
    #[default]
    Report,
    /// A newspaper article.
    Article,
    /// A resolution (决议).
    Resolution,
    /// A statistical bulletin (公报).
    Bulletin,
    /// Anything else.
    Other,
}

/// One report: metadata, and line numbers and spans into its document.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The source lines it covers; more than one range where its page cuts it.
    pub ranges: Vec<LineRange>,
    /// What kind of text it is.
    pub kind: ReportKind,
    /// The title, blanks inside normalised; from the file name where the text has none.
    pub title: String,
    /// Source line of the title.
    pub title_line: Option<u32>,
    /// The subtitle, as it stands (with its ——).
    pub subtitle: Option<String>,
    /// Full name of the place it is about (长春市, 长春市朝阳区, 吉林省); empty if not known.
    pub place: String,
    /// Full name of the province; empty if not known.
    pub province: String,
    /// Whose report.
    pub body: Body,
    /// Years reported on, ascending; empty if not known.
    pub years: Vec<u16>,
    /// The year of the session it was given to; empty if not known, or for texts given to none.
    pub session_year: Option<u16>,
    /// Characters that are not white space, in its lines that count: all but [`crate::corpus::LineKind::is_noise`].
    pub chars: u32,
    /// Han characters (汉字) among them: the denominator of every rate of a whole report.
    pub han: u32,
    /// Its outline, in order of `line`, then of position in the line.
    pub sections: Vec<Section>,
    /// What tells whether another report has the same text.
    pub sketch: MinHash,
}

impl Report {
    /// The year it is filed under: of the session it was given to, else the last it tells of; empty if neither is known.
    pub fn filed_year(&self) -> Option<u16> {
        self.session_year.or(self.years.last().copied())
    }

    /// Its source line numbers in reading order (1-based).
    pub fn line_numbers(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.ranges.iter().flat_map(|r| r.first..=r.last)
    }

    /// The years as people name the report: by its title where that tells another year than the one reviewed (2010年报告（述2009年）), else
    /// the years reviewed.
    pub fn named_years(&self, lang: Lang) -> String {
        let runs = numeral::year_runs(&self.years);
        let named = numeral::years(&self.title).map(|(_, year)| year).next();
        match (named, lang) {
            (Some(year), Lang::Zh) if !runs.is_empty() && !self.years.contains(&year) => {
                format!("{year}年报告（述{runs}年）")
            }
            (Some(year), Lang::En) if !runs.is_empty() && !self.years.contains(&year) => {
                format!("{year} report (on {runs})")
            }
            _ => runs,
        }
    }

    /// Whether source line `line` (1-based) belongs to it.
    pub fn covers(&self, line: u32) -> bool {
        self.ranges.iter().any(|r| r.contains(line))
    }

    /// Index of the last section that begins at or before byte `offset` of the document, if any.
    ///
    /// A report cut in two by its page keeps its sections in reading order, which is source order.
    pub fn section_at(&self, offset: u32) -> Option<usize> {
        self.sections.partition_point(|s| s.heading.start <= offset).checked_sub(1)
    }

    /// What belongs to section `at`, from its heading to the next heading of its level or above: its source lines, and bytes of
    /// the document, which end within the last line where that next heading is run in. `None` if there is no such section.
    pub fn section_extent(&self, at: usize) -> Option<(LineRange, Span)> {
        let (head, behind) = (self.sections.get(at)?, self.sections.get(at + 1..)?);
        let next = behind.iter().find(|section| section.level <= head.level);
        let end = next.map_or(u32::MAX, |section| section.heading.start);
        let lines = LineRange { first: head.line, last: head.last_line.max(head.line) };
        Some((lines, Span::new(head.heading.start, end)))
    }

    /// Indices of the section and of those above it, outermost first.
    pub fn section_path(&self, section: usize) -> Vec<usize> {
        let mut path = vec![section];
        while let Some(parent) = path.last().and_then(|&i| self.sections.get(i)).and_then(|s| s.parent) {
            path.push(parent as usize);
        }
        path.reverse();
        path
    }
}

/// An entry of the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Source line of the heading (1-based).
    pub line: u32,
    /// 1 for a part, 2 the next, and so on.
    pub level: u8,
    /// The heading's text in the document.
    pub heading: Span,
    /// Whether text follows on the same line.
    pub run_in: bool,
    /// Last source line (1-based) that stands under it: up to the next heading of its level or above.
    pub last_line: u32,
    /// Index of the section it stands under.
    pub parent: Option<u32>,
}

impl Section {
    /// The heading in one piece; `text` is its document's. One that its page broke over two lines has no break here.
    pub fn title<'t>(&self, text: &'t str) -> Cow<'t, str> {
        in_one_piece(self.heading.slice(text))
    }
}

/// A heading as it stands in its document, without the break that its page made.
pub(super) fn in_one_piece(whole: &str) -> Cow<'_, str> {
    if whole.contains('\n') { whole.lines().map(str::trim).collect::<String>().into() } else { whole.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_named_as_its_title_does() {
        let of =
            |title: &str, years: &[u16]| Report { title: title.into(), years: years.to_vec(), ..Report::default() };
        assert_eq!(of("2010年乌有市政府工作报告", &[2009]).named_years(Lang::Zh), "2010年报告（述2009年）");
        assert_eq!(
            of("2010年乌有市政府工作报告", &[2005, 2006, 2007]).named_years(Lang::En),
            "2010 report (on 2005–2007)"
        );
        assert_eq!(of("2009年乌有市政府工作报告", &[2009]).named_years(Lang::Zh), "2009");
        assert_eq!(of("政府工作报告", &[2009]).named_years(Lang::Zh), "2009");
        assert_eq!(of("2010年政府工作报告", &[]).named_years(Lang::Zh), "");
    }

    #[test]
    fn a_heading_on_two_lines_is_told_in_one_piece() {
        let text = "一、把水渠修到\n  每一块坡地\n正文";
        let section = |heading| Section { line: 1, level: 1, heading, run_in: false, last_line: 3, parent: None };
        let heading = |words: &str| section(Span::of(0..text.find(words).unwrap()));
        assert_eq!(heading("\n正文").title(text), "一、把水渠修到每一块坡地");
        assert_eq!(heading("\n  每").title(text), "一、把水渠修到");
    }
}
