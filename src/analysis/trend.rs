//! Terms over the years, or by place. In: terms, an axis, a scope. Out: one row a term and year or place. Does not know
//! about: how they are counted, how they are drawn.

use std::sync::Arc;

use clap::Args;
use serde::{Serialize, Serializer};

use super::axis::{column_name, columns_name, other_axis, place_of};
use super::{About, Analysis, Cancelled, Context, Question, ScopeFlags, Subject, Unanswered, KeyedQuestion, WordFlags, arguments};
use crate::corpus::Corpus;
use crate::index::terms::open_term;
use crate::index::trend::{Axis, TrendColumn, ColumnKey, Counting, TrendGrid, grid, word_grid};
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// What is known of it.
pub const ABOUT: About = About {
    name: "trend",
    title: ("历年与各地", "years and places"),
    help: "Print terms over the years, or by place ‖ 词的历年变化，或各地的多少",
    views: &[
        KeyedQuestion {
            action: "ranking",
            ask: |subject| of_term(subject, Axis::Place),
            shows: |question| shows(question, false, Some(true)),
        },
        KeyedQuestion { action: "heat-map", ask: heat_map, shows: |question| shows(question, true, None) },
        KeyedQuestion {
            action: "trend",
            ask: |subject| of_term(subject, Axis::Year),
            shows: |question| shows(question, false, Some(false)),
        },
    ],
};

/// Terms of a list that the heat map shows.
const MAPPED: usize = 300;
/// Of so few terms it is told how words and strings differ,
const TOLD: usize = 3;
/// in so much text: more takes long to look through.
const TOLD_HAN: u64 = 20_000_000;

fn of_term(subject: &Subject<'_>, by: Axis) -> Option<Question> {
    Some(Params::about(vec![subject.term?.to_owned()], by, subject).into())
}

fn heat_map(subject: &Subject<'_>) -> Option<Question> {
    let terms: Vec<String> = subject.terms.iter().take(MAPPED).cloned().collect();
    let by = if subject.places > 1 { Axis::Place } else { Axis::Year };
    let findings = subject.findings.filter(|findings| *findings < terms.len());
    (!terms.is_empty()).then(|| Params { map: Some(TrendRows::Terms(findings)), ..Params::about(terms, by, subject) }.into())
}

fn shows(question: &Question, map: bool, by_place: Option<bool>) -> bool {
    let is = |params: &Params| by_place.is_none_or(|by_place| (params.by == Axis::Place) == by_place);
    matches!(question, Question::Trend(params) if params.map.is_some() == map && is(params))
}

/// `yilan trend`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// The term, or several with commas between them.
    /// ‖ 词，几个用逗号隔开
    pub terms: Terms,
    /// What to count.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// What the figures are split by; places come with the highest rate first.
    /// ‖ 数字按什么分开；按地方则每万字最高的在前
    #[arg(long, value_name = "AXIS", default_value = "year")]
    #[serde(serialize_with = "arguments::name_of")]
    pub by: Axis,
    /// Count the string inside longer words too.
    /// ‖ 长词之内的也数
    #[arg(long)]
    pub strings: bool,
    /// As a map: places stay in the order of the corpus, and all of them are there.
    /// ‖ 作为热图：地方按原序，全部列出
    #[arg(long = "map")]
    pub as_map: bool,
    /// What the rows of the map on the screen are.
    #[arg(skip)]
    #[serde(skip)]
    pub map: Option<TrendRows>,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

/// What the rows of a map are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrendRows {
    /// Terms of a list: of how many at its head their difference is a finding, where that is not all of them.
    Terms(Option<usize>),
    /// The words of the keyword group of this number and name.
    Group(usize, String),
}

/// Terms, written with commas between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms(pub Vec<String>);

impl From<&str> for Terms {
    fn from(text: &str) -> Self {
        let terms = text.split([',', '，', '、']).map(str::trim).filter(|term| !term.is_empty());
        Self(terms.map(str::to_owned).collect())
    }
}

impl Serialize for Terms {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.join(","))
    }
}

impl From<String> for Terms {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// A term in a column.
#[derive(Debug)]
struct TrendPoint {
    term: u32,
    column: u32,
}

/// What all rows share.
#[derive(Debug)]
struct TrendShared {
    grid: TrendGrid,
    /// Names of the columns, for people.
    names: Vec<String>,
    /// Places and provinces of the columns, as the corpus has them.
    places: Vec<(Option<String>, String)>,
    /// Medians of the rates, by term.
    medians: Vec<f64>,
    /// The columns whose rates make them.
    middles: Vec<Vec<usize>>,
    counting: Counting,
}

impl TrendShared {
    fn column(&self, point: &TrendPoint) -> Option<&TrendColumn> {
        self.grid.columns.get(point.column as usize)
    }

    fn cell(&self, point: &TrendPoint) -> crate::index::trend::TrendCell {
        self.grid.cell(point.term as usize, point.column as usize)
    }

    fn is_middle(&self, point: &TrendPoint) -> bool {
        self.middles.get(point.term as usize).is_some_and(|columns| columns.contains(&(point.column as usize)))
    }

    fn evidence(&self, point: &TrendPoint) -> Evidence {
        let term = self.grid.rows.get(point.term as usize).cloned().unwrap_or_default();
        let scope = self.column(point).map(|column| column.extent.clone()).unwrap_or_default();
        Evidence::Term { term, counting: self.counting, scope: Arc::new(scope) }
    }
}

type Of = Field<TrendPoint, TrendShared>;

const FIELDS: &[Of] = &[
    Of::new("term", Kind::Term, |p, all| Cell::some_text(all.grid.rows.get(p.term as usize).map(String::as_str)))
        .head("词", "term")
        .people(1)
        .screen(0, 0),
    Of::new("year", Kind::Year, |p, all| match all.column(p).map(|column| column.key) {
        Some(ColumnKey::Year(year)) => Cell::Count(year.into()),
        _ => Cell::None,
    }),
    Of::new("key", Kind::Place, |p, all| Cell::some_text(all.names.get(p.column as usize).map(String::as_str)))
        .head("年份或地方", "year or place")
        .short("", "")
        .people(2)
        .people_only()
        .key(),
    Of::new("province", Kind::Text, |p, all| {
        Cell::some_text(all.places.get(p.column as usize).map(|(_, province)| province.as_str()))
    })
    .short("", "")
    .people_only()
    .screen(4, 10),
    Of::new("place", Kind::Place, |p, all| {
        Cell::some_text(all.places.get(p.column as usize).and_then(|(place, _)| place.as_deref()))
    }),
    Of::new("count", Kind::Count, |p, all| Cell::Count(all.cell(p).count))
        .head("次", "count")
        .short("次", "n")
        .people(3)
        .screen(1, 6)
        .opens(|p, all| all.evidence(p)),
    Of::new("rate", Kind::Rate, |p, all| Cell::number(all.grid.rate(p.term as usize, p.column as usize)))
        .head("每万字", "per 10,000")
        .short("每万字", "per 10k")
        .people(4)
        .screen(2, 8),
    Of::new("reports", Kind::Count, |p, all| Cell::Count(all.cell(p).reports.into()))
        .head("用到的篇数", "reports with it")
        .short("用到", "with it")
        .people(6)
        .screen(3, 8)
        .opens(|p, all| all.evidence(p).by_report()),
    Of::new("all_reports", Kind::Count, |p, all| Cell::Count(all.column(p).map_or(0, |c| c.reports.len() as u64)))
        .head("篇数", "reports")
        .short("篇", "reports")
        .people(7)
        .screen(5, 8),
    Of::new("han", Kind::Count, |p, all| Cell::Count(all.column(p).map_or(0, |c| c.han))),
    Of::new("median", Kind::Rate, |p, all| Cell::number(all.medians.get(p.term as usize).copied()))
        .head("中位数", "median")
        .people(5)
        .screen(0, 0),
    Of::new("rate_low", Kind::Rate, |p, all| {
        Cell::number(all.grid.rate_interval(p.term as usize, p.column as usize).map(|interval| interval.low))
    }),
    Of::new("rate_high", Kind::Rate, |p, all| {
        Cell::number(all.grid.rate_interval(p.term as usize, p.column as usize).map(|interval| interval.high))
    }),
    Of::new("in_median", Kind::Text, |p, all| Cell::Flag(all.is_middle(p))),
    Of::new("middle", Kind::Text, |p, all| if all.is_middle(p) { Cell::text("◂") } else { Cell::text("") })
        .head("居中", "middle")
        .short("中位", "median")
        .people_only()
        .screen(6, 7),
];

impl Params {
    /// Terms over an axis in what a subject counts.
    pub fn about(terms: Vec<String>, by: Axis, subject: &Subject<'_>) -> Self {
        let (scope, words) = (subject.field.clone(), subject.words.clone());
        Self { terms: Terms(terms), scope, by, strings: false, as_map: false, map: None, words }
    }

    const fn is_map(&self) -> bool {
        self.as_map || self.map.is_some()
    }

    const fn counting(&self) -> Counting {
        if self.strings { Counting::Text } else { Counting::Words }
    }

    fn count(&self, context: &Context<'_>, text: &super::context::Text, cancelled: Cancelled<'_>) -> Option<TrendGrid> {
        let (count_context, terms, counting) = (&context.count_context, &self.terms.0, self.counting());
        // The same counts, read off where the whole corpus has been counted.
        let counted = count_context.cache.knows(context.corpus());
        if counting == Counting::Words && counted {
            word_grid(count_context, &text.extent, terms, self.by, cancelled)
        } else {
            grid(count_context, &text.extent, terms, self.by, counting, cancelled)
        }
    }

    /// How words and strings differ, in a line for each of a few terms.
    fn words_and_strings(
        &self,
        context: &Context<'_>,
        text: &super::context::Text,
        grid: &TrendGrid,
        cancelled: Cancelled<'_>,
    ) -> Vec<String> {
        let told = !self.is_map() && self.terms.0.len() <= TOLD && text.extent.han() <= TOLD_HAN;
        if !told {
            return Vec::new();
        }
        let corpus = context.corpus();
        let tell = |(row, term): (usize, &String)| {
            let found = open_term(corpus, &text.extent, term, context.count_context.segmenter, cancelled)?;
            let (words, strings) = (found.words.len(), found.substrings());
            let (inside, across, twice) = (found.inside.len(), found.across.len(), found.overlapping.len());
            let shown: u64 = grid.cells.get(row)?.iter().map(|cell| cell.count).sum();
            (words != strings).then(|| match context.lang {
                Lang::Zh => format!(
                    "{term}：表中 {shown} 处；作为词 {words} 处，作为字串 {strings} 处（另有长词内 {inside}、跨词 {across}，重叠 {twice}）"
                ),
                Lang::En => format!(
                    "{term}: {shown} in the table; {words} as a word, {strings} as a string ({inside} in longer words, {across} across words, {twice} overlapping)"
                ),
            })
        };
        self.terms.0.iter().enumerate().filter_map(tell).collect()
    }

    fn title(&self, grid: &TrendGrid, medians: &[f64], scope: &str, lang: Lang) -> String {
        let years = self.by != Axis::Place;
        let (false, [term], [median]) = (self.is_map(), self.terms.0.as_slice(), medians) else {
            let columns = columns_name(self.by, lang);
            let rows = match &self.map {
                Some(TrendRows::Group(_, name)) => name.as_str(),
                _ => lang.pick("关键词", "keywords"),
            };
            return format!("{} {rows} × {columns} · {scope}", lang.pick("热图", "Heat map"));
        };
        let what = match self.by {
            Axis::Year => lang.pick("历年（所述年份）", "by year reported on"),
            Axis::Session => lang.pick("历年（会议年份）", "by year of the session"),
            Axis::Place => lang.pick("各地排名", "places ranked"),
        };
        // A year that is not known is no year.
        let known = |column: &usize| grid.columns.get(*column).is_some_and(|column| column.key != ColumnKey::NoYear);
        let known: Vec<usize> = (0..grid.columns.len()).filter(known).collect();
        let (all, with) = (known.len(), known.iter().filter(|column| grid.cell(0, **column).count > 0).count());
        let told = match (lang, years) {
            (Lang::Zh, true) => format!("{all} 年中 {with} 年用到"),
            (Lang::Zh, false) => format!("{all} 地中 {with} 地用到"),
            (Lang::En, true) => format!("in {with} of {all} years"),
            (Lang::En, false) => format!("in {with} of {all} places"),
        };
        format!("{term} · {what} · {scope} · {told} · {} {median:.2}", lang.pick("中位", "median"))
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let text = context.text(&self.scope, cancelled)?;
        let grid = self.count(context, &text, cancelled).ok_or(Unanswered::Cancelled)?;
        let mut provenance = context.provenance(&text);
        provenance.counts = self.counting().name();
        let (zh, en) = match self.by {
            Axis::Year => ("按所述年份（述几年的归最后一年）", "by year (a report on several years under the last)"),
            Axis::Session => ("按会议年份", "by year of the session"),
            Axis::Place => ("按地方", "by place"),
        };
        provenance.add(zh, en);
        let settings = Settings::of_words(&provenance, context.lang);
        let middles: Vec<Vec<usize>> = (0..grid.rows.len()).map(|row| grid.median_columns(row)).collect();
        let medians: Vec<f64> = middles.iter().enumerate().map(|(row, middle)| grid.mean_rate(row, middle)).collect();
        let mut points = Vec::with_capacity(grid.rows.len() * grid.columns.len());
        for term in 0..grid.rows.len() {
            let order = match self.by {
                Axis::Place if !self.is_map() => grid.ranking(term),
                _ => (0..grid.columns.len()).collect(),
            };
            let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            points.extend(order.into_iter().map(|column| TrendPoint { term: short(term), column: short(column) }));
        }
        let total = points.len();
        if !self.is_map() {
            points.truncate(context.rows);
        }
        let title = self.title(&grid, &medians, &text.name, context.lang);
        let found = grid.cells.iter().flatten().any(|cell| cell.count > 0);
        let names = grid.columns.iter().map(|column| column_name(context, column.key)).collect();
        let places = grid.columns.iter().map(|column| place_of(context, column.key)).collect();
        let wide = grid.columns.len();
        let note = self.words_and_strings(context, &text, &grid, cancelled);
        let shared = TrendShared { grid, names, places, medians, middles, counting: self.counting() };
        let rows = List::sharing(points, shared, FIELDS).about(|p, all| all.column(p).map_or(&[], |c| &c.reports));
        let mut table = Table::new(rows, settings);
        let kind = if self.by == Axis::Place { Kind::Place } else { Kind::Year };
        table.notes.extend(note);
        if let Some(TrendRows::Terms(Some(findings))) = self.map {
            let faint = self.terms.0.len() - findings.min(self.terms.0.len());
            table.border = Some(context.below_findings(findings * wide, faint));
        }
        let map = self.is_map() || self.terms.0.len() > 1;
        let keys = [("term", Kind::Term), ("key", kind)];
        table.name_rows_by(if map { &keys } else { &keys[1..] });
        (table.total, table.found, table.title, table.sorted) = (total, found, title, Some("rate"));
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn kept_whole(&self) -> Vec<String> {
        self.terms.0.clone()
    }

    fn counts_words(&self) -> bool {
        !self.strings
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        self.as_map |= self.map.take().is_some();
        // Commas part terms on the command line.
        let plain = self.terms.0.iter().all(|term| Terms::from(term.as_str()).0 == [term.as_str()]);
        plain.then(|| self.scope.write_out(corpus))?
    }

    fn turn_axis(&mut self) -> bool {
        self.by = other_axis(self.by);
        true
    }
}
