//! The occurrences behind a figure, in context: one row each. In: spans of reports, a word about each. Out: a table. Does not
//! know about: the figure.

use super::Context;
use crate::corpus::Body;
use crate::index::search::context;
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// Characters of context on either side, for programs.
const CONTEXT: usize = 30;
/// The same for people, so that a line fits a screen.
const NARROW_CONTEXT: usize = 15;

#[derive(Debug)]
struct ListedOccurrence {
    occurrence: Occurrence,
    file: String,
    line: u32,
    column: u32,
    place: String,
    named: String,
    body: Body,
    years: Vec<u16>,
    title: String,
    left: String,
    hit: String,
    right: String,
    about: String,
}

impl ListedOccurrence {
    /// The end of its left context.
    fn near_left(&self) -> &str {
        let at = self.left.char_indices().rev().nth(NARROW_CONTEXT - 1).map_or(0, |(at, _)| at);
        self.left.get(at..).unwrap_or_default()
    }

    /// The beginning of its right context.
    fn near_right(&self) -> &str {
        let end = self.right.char_indices().nth(NARROW_CONTEXT).map_or(self.right.len(), |(at, _)| at);
        self.right.get(..end).unwrap_or_default()
    }
}

fn itself(row: &ListedOccurrence, (): &()) -> Evidence {
    Evidence::Occurrences { name: row.hit.clone(), occurrences: vec![row.occurrence] }
}

type Of = Field<ListedOccurrence>;

const FIELDS: &[Of] = &[
    Of::new("file", Kind::Path, |row, ()| Cell::text(&row.file)),
    Of::new("line", Kind::Position, |row, ()| Cell::Count(row.line.into())).head("行", "line").people(2),
    Of::new("column", Kind::Position, |row, ()| Cell::Count(row.column.into())),
    Of::new("place", Kind::Place, |row, ()| Cell::text(&row.place)),
    Of::new("named", Kind::Place, |row, ()| Cell::text(&row.named)).head("地方", "place").people(1).people_only(),
    Of::new("body", Kind::Group, |row, ()| Cell::text(row.body.name())),
    Of::new("years", Kind::Years, |row, ()| Cell::Years(&row.years)),
    Of::new("title", Kind::Text, |row, ()| Cell::text(&row.title)),
    Of::new("left", Kind::Left, |row, ()| Cell::text(&row.left)),
    Of::new("near_left", Kind::Left, |row, ()| Cell::text(row.near_left()))
        .head("上文", "left")
        .people(3)
        .people_only(),
    Of::new("hit", Kind::Term, |row, ()| Cell::text(&row.hit)).head("词", "term").people(4).opens(itself),
    Of::new("right", Kind::Text, |row, ()| Cell::text(&row.right)),
    Of::new("near_right", Kind::Text, |row, ()| Cell::text(row.near_right()))
        .head("下文", "right")
        .people(5)
        .people_only(),
    Of::new("as", Kind::Text, |row, ()| Cell::text(&row.about)).head("作为", "as").people(6),
];

/// Occurrences, each with a word about it.
pub fn table(asked: &Context<'_>, found: Vec<(Occurrence, String)>, settings: Settings) -> Table {
    let corpus = asked.corpus();
    let row = |(occurrence, about): (Occurrence, String)| {
        let (document, report) = corpus.report(occurrence.report)?;
        let here = context(document, occurrence.span, CONTEXT);
        let unknown = asked.lang.pick("未知", "unknown");
        Some(ListedOccurrence {
            occurrence,
            file: document.path.to_string_lossy().into_owned(),
            line: here.line,
            column: here.column,
            place: report.place.clone(),
            named: if report.place.is_empty() { unknown.to_owned() } else { report.place.clone() },
            body: report.body,
            years: report.years.clone(),
            title: report.title.clone(),
            left: here.left.to_owned(),
            hit: here.hit.to_owned(),
            right: here.right.to_owned(),
            about,
        })
    };
    let all = found.len();
    let rows: Vec<ListedOccurrence> = found.into_iter().take(asked.rows).filter_map(row).collect();
    let mut table = Table::new(List::new(rows, FIELDS), settings);
    (table.total, table.found) = (all, all > 0);
    table
}
