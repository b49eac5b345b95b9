//! Hits of queries by place: the board of pinned queries. In: queries. Out: one row a query and place, of every place whose
//! reports its conditions let pass. Does not know about: how hits are found.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::{About, Analysis, Cancelled, Context, Unanswered};
use crate::corpus::{PlaceId, ReportId};
use crate::index::scope::Scope;
use crate::index::search::{Query, QueryOptions, ReportCount, Search, SearchIndex};
use crate::index::stats::rate;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// What is known of it.
pub const ABOUT: About = About {
    name: "counts",
    title: ("各地次数", "counts by place"),
    help: "Print how often each place says what is searched, several queries side by side ‖ 各地说了多少次，几个检索并列",
    // The board of pinned queries is its view.
    views: &[],
};

/// `yilan counts`
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize)]
pub struct Params {
    /// What to count, as for `yilan search`; several one after another.
    /// ‖ 数什么，同 `yilan search`；几个依次写
    #[arg(value_name = "QUERY")]
    pub queries: Queries,
    /// Queries that were read already; the words above do not count then.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Vec<Query>,
    /// Compare text as it stands: no folding of width, script, case, quotes and blanks.
    /// ‖ 原样比较：全半角、简繁、大小写、引号、空格各算各的
    #[arg(long)]
    pub exact: bool,
    /// Queries are regular expressions.
    /// ‖ 检索词是正则表达式
    #[arg(long, conflicts_with = "pinyin")]
    pub regex: bool,
    /// Latin letters are pinyin.
    /// ‖ 字母当作拼音
    #[arg(long)]
    pub pinyin: bool,
    /// Also count what does not count: paragraphs printed a second time, captions, bylines, page heads.
    /// ‖ 不计数的也计入：重印的段落、图片说明、署名、页眉
    #[arg(long)]
    pub repeats: bool,
}

/// Queries as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queries(pub Vec<String>);

impl From<String> for Queries {
    fn from(query: String) -> Self {
        Self(vec![query])
    }
}

/// A query in a place.
#[derive(Debug)]
struct QueryPlace {
    query: Arc<Query>,
    place: String,
    named: String,
    province: String,
    hits: u64,
    counted: u64,
    han: u64,
    /// The reports that were looked at.
    reports: Arc<[ReportId]>,
    with_hits: u64,
    furniture: u64,
    repeats: u64,
}

fn found(row: &QueryPlace, (): &()) -> Evidence {
    Evidence::Hits { query: Arc::clone(&row.query), reports: Arc::clone(&row.reports) }
}

type Of = Field<QueryPlace>;

const FIELDS: &[Of] = &[
    Of::new("query", Kind::Term, |row, ()| Cell::text(row.query.text())).head("检索", "query").people(1).screen(0, 0),
    Of::new("place", Kind::Place, |row, ()| Cell::text(&row.place)).head("地方", "place"),
    Of::new("named", Kind::Place, |row, ()| Cell::text(&row.named)).head("地方", "place").people(2).people_only().key(),
    Of::new("province", Kind::Text, |row, ()| Cell::text(&row.province)).head("省份", "province").screen(4, 10),
    Of::new("hits", Kind::Count, |row, ()| Cell::Count(row.hits)).head("次", "hits").people(3).screen(1, 6).opens(found),
    Of::new("rate", Kind::Rate, |row, ()| Cell::number((row.han > 0).then(|| rate(row.counted, row.han))))
        .head("每万字", "per 10,000")
        .people(4)
        .screen(2, 8),
    Of::new("reports", Kind::Count, |row, ()| Cell::Count(row.with_hits))
        .head("有它的篇数", "reports with it")
        .people(5)
        .screen(3, 10),
    Of::new("all_reports", Kind::Count, |row, ()| Cell::Count(row.reports.len() as u64)).head("篇数", "reports").people(6),
    Of::new("han", Kind::Count, |row, ()| Cell::Count(row.han)).head("汉字", "characters").people(7),
    Of::new("furniture", Kind::Count, |row, ()| Cell::Count(row.furniture)),
    Of::new("repeats", Kind::Count, |row, ()| Cell::Count(row.repeats)),
];

impl Params {
    /// Of queries, read as text with conditions.
    pub const fn of(queries: Queries) -> Self {
        Self { queries, chosen: Vec::new(), exact: false, regex: false, pinyin: false, repeats: false }
    }

    fn options(&self) -> QueryOptions {
        QueryOptions { exact: self.exact, regex: self.regex, pinyin: self.pinyin, repeats: self.repeats }
    }

    fn read(&self, lang: Lang) -> Result<Vec<Query>, Unanswered> {
        if !self.chosen.is_empty() {
            return Ok(self.chosen.clone());
        }
        let read = |typed: &String| {
            Query::read(typed, self.options()).map_err(|error| Unanswered::Wrong(format!("{typed}: {}", error.message(lang))))
        };
        self.queries.0.iter().map(read).collect()
    }
}

fn rows(context: &Context<'_>, query: Query, cancelled: Cancelled<'_>) -> Result<Vec<QueryPlace>, Unanswered> {
    let corpus = context.corpus();
    let (index, query) = (SearchIndex::new(), Arc::new(query));
    let search = Search::new(corpus, &index, &query);
    let mut counts: Vec<ReportCount> = Vec::new();
    if !search.count(cancelled, &mut |chunk| counts.extend(chunk)) {
        return Err(Unanswered::Cancelled);
    }
    let extent = Scope::of_query(&query).extent(corpus, cancelled).ok_or(Unanswered::Cancelled)?;
    let count_of = |id: &ReportId| {
        let at = counts.binary_search_by_key(id, |count| count.report).ok();
        at.and_then(|at| counts.get(at))
    };
    let row = |id: PlaceId| {
        let known = corpus.place(id);
        let reports: Arc<[ReportId]> = known.reports.iter().copied().filter(|id| search.counts(*id)).collect();
        let own: Vec<&ReportCount> = reports.iter().filter_map(count_of).collect();
        let sum = |of: &dyn Fn(&ReportCount) -> u64| own.iter().map(|count| of(count)).sum::<u64>();
        QueryPlace {
            query: Arc::clone(&query),
            place: known.name.clone(),
            named: context.place_name(id).to_owned(),
            province: known.province.clone(),
            hits: sum(&|count| count.hits.into()),
            counted: sum(&|count| count.counted(&query).into()),
            han: extent.within(&reports).han(),
            with_hits: own.iter().filter(|count| count.hits > 0).count() as u64,
            furniture: sum(&|count| count.furniture.into()),
            repeats: sum(&|count| count.repeats.into()),
            reports,
        }
    };
    let places = (0u32..).map(PlaceId).take(corpus.places().len());
    Ok(places.map(row).filter(|row| !row.reports.is_empty()).collect())
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let queries = self.read(context.lang)?;
        let several = queries.len() > 1;
        let mut all = Vec::new();
        for query in queries {
            all.extend(rows(context, query, cancelled)?);
        }
        let on = |name: &'static str, on: bool| on.then(|| (name, "true".to_owned()));
        let switches = [on("exact", self.exact), on("regex", self.regex), on("pinyin", self.pinyin), on("repeats", self.repeats)];
        let mut pairs = vec![("queries", self.queries.0.join(" ; "))];
        pairs.extend(switches.into_iter().flatten());
        let settings = Settings::of_pairs("counts", &pairs);
        let (total, found) = (all.len(), all.iter().any(|row| row.hits > 0));
        all.truncate(context.rows);
        let rows = List::new(all, FIELDS).about(|row, ()| &row.reports);
        let mut table = Table::new(rows, settings);
        let keys = [("query", Kind::Term), ("named", Kind::Place)];
        table.name_rows_by(if several { &keys } else { &keys[1..] });
        (table.total, table.found, table.sorted) = (total, found, Some("rate"));
        table.title = format!("{} · {}", self.queries.0.join(" "), ABOUT.title(context.lang));
        Ok(table)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.queries.0.push(word.to_owned());
        true
    }
}
