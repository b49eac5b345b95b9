//! How much of each keyword group a place or year has. In: the user's groups, an axis, a scope. Out: one row a place or year
//! and group. Does not know about: how hits are found.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::axis::{column_name, columns_name, other_axis, place_of};
use super::{About, Analysis, Cancelled, Context, Question, ScopeFlags, Unanswered, KeyedQuestion, WordFlags, arguments, occurrences};
use crate::index::groups::{GroupGrid, group_grid, group_hits};
use crate::index::scope::Extent;
use crate::index::terms::Occurrence;
use crate::index::trend::{Axis, TrendColumn, ColumnKey, Counting};
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "groups",
    title: ("词组分类", "keyword groups"),
    help: "Print how much of each keyword group every place has ‖ 各地各类词组各有多少",
    views: &[KeyedQuestion {
        action: "group-shares",
        ask: |subject| {
            let by = if subject.places > 1 { Axis::Place } else { Axis::Year };
            let (scope, words) = (subject.field.clone(), subject.words.clone());
            Some(Params { scope, by, whole_words: false, open: None, words }.into())
        },
        shows: |question| matches!(question, Question::Groups(_)),
    }],
};

/// `yilan groups`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// What to count.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// What the figures are split by.
    /// ‖ 数字按什么分开
    #[arg(long, value_name = "AXIS", default_value = "place")]
    #[serde(serialize_with = "arguments::name_of")]
    pub by: Axis,
    /// Count words of the text only, not strings inside longer words.
    /// ‖ 只数独立成词的，不数长词之内的
    #[arg(long)]
    pub whole_words: bool,
    /// Instead of a table: every hit of this group.
    /// ‖ 不打印表，列出这一组的每一处
    #[arg(long, value_name = "GROUP")]
    pub open: Option<String>,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

/// A group in a column.
#[derive(Debug)]
struct Share {
    column: usize,
    group: usize,
}

/// What all rows share.
#[derive(Debug)]
struct GroupsShared {
    groups: GroupGrid,
    names: Vec<String>,
    places: Vec<Option<String>>,
    counting: Counting,
}

impl GroupsShared {
    fn column(&self, share: &Share) -> Option<&TrendColumn> {
        self.groups.grid.columns.get(share.column)
    }

    fn cell(&self, share: &Share) -> crate::index::trend::TrendCell {
        self.groups.grid.cell(share.group, share.column)
    }

    fn name(&self, group: usize) -> &str {
        self.groups.grid.rows.get(group).map_or("", String::as_str)
    }

    fn overlap(&self, share: &Share) -> u64 {
        self.groups.overlap.get(share.group).and_then(|row| row.get(share.column)).copied().unwrap_or(0)
    }

    /// Hits that fall in another group as well, by that group.
    fn others(&self, share: &Share) -> Vec<(&str, u64)> {
        let others = self.groups.shared.get(share.group).and_then(|row| row.get(share.column));
        let named = self.groups.grid.rows.iter().zip(others.into_iter().flatten());
        let mut tally: Vec<(&str, u64)> =
            named.filter(|(_, count)| **count > 0).map(|(name, count)| (name.as_str(), *count)).collect();
        tally.sort_unstable();
        tally
    }

    fn evidence(&self, share: &Share, shared: bool) -> Evidence {
        let scope = Arc::new(self.column(share).map(|column| column.extent.clone()).unwrap_or_default());
        let name = self.name(share.group).to_owned();
        Evidence::Group { group: share.group, name, counting: self.counting, shared, scope }
    }
}

type Of = Field<Share, GroupsShared>;

const FIELDS: &[Of] = &[
    Of::new("place", Kind::Place, |s, all| Cell::some_text(all.places.get(s.column).and_then(Option::as_deref))),
    Of::new("key", Kind::Place, |s, all| Cell::some_text(all.names.get(s.column).map(String::as_str)))
        .head("地方或年份", "place or year")
        .people(1)
        .people_only()
        .key(),
    Of::new("year", Kind::Year, |s, all| match all.column(s).map(|column| column.key) {
        Some(ColumnKey::Year(year)) => Cell::Count(year.into()),
        _ => Cell::None,
    }),
    Of::new("group", Kind::Group, |s, all| Cell::text(all.name(s.group))).head("分组", "group").people(2).key(),
    Of::new("count", Kind::Count, |s, all| Cell::Count(all.cell(s).count))
        .head("次", "count")
        .people(3)
        .opens(|s, all| all.evidence(s, false)),
    Of::new("rate", Kind::Rate, |s, all| Cell::number(all.groups.grid.rate(s.group, s.column)))
        .head("每万字", "per 10,000")
        .people(4),
    Of::new("share", Kind::Share, |s, all| Cell::number(all.groups.grid.share(s.group, s.column)))
        .head("占比 %", "share %")
        .people(5),
    Of::new("reports", Kind::Count, |s, all| Cell::Count(all.cell(s).reports.into()))
        .opens(|s, all| all.evidence(s, false).by_report()),
    Of::new("han", Kind::Count, |s, all| Cell::Count(all.column(s).map_or(0, |column| column.han))),
    Of::new("shared", Kind::Count, |s, all| Cell::Count(all.overlap(s)))
        .head("兼属", "shared")
        .people(6)
        .opens(|s, all| all.evidence(s, true)),
    Of::new("shared_with", Kind::Text, |s, all| Cell::Tally(all.others(s))).head("兼属于", "shared with").people(7),
];

impl Params {
    /// Every hit of one group, with the names of all groups that it belongs to.
    fn open(
        &self,
        name: &str,
        context: &Context<'_>,
        (extent, counting, settings): (&Extent, Counting, Settings),
        cancelled: Cancelled<'_>,
    ) -> Result<Table, Unanswered> {
        let groups = context.groups;
        let Some(group) = groups.find(name) else {
            let known: Vec<&str> = groups.list().iter().map(|group| group.name.as_str()).collect();
            let none = context.lang.pick("没有这个分组", "no such group");
            return Err(Unanswered::Nothing(format!("{none}: {name} ({})", known.join(", "))));
        };
        let hits = group_hits(&context.count_context, extent, groups, counting, cancelled).ok_or(Unanswered::Cancelled)?;
        let others = |with: &[usize]| {
            let names = with.iter().filter_map(|&other| groups.list().get(other)).map(|group| group.name.as_str());
            std::iter::once(name).chain(names).collect::<Vec<_>>().join(" + ")
        };
        let found = hits
            .iter()
            .filter(|hit| hit.group == group)
            .map(|hit| (Occurrence { report: hit.report, span: hit.span }, others(&hit.shared_with)))
            .collect();
        Ok(occurrences::table(context, found, settings))
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let counting = if self.whole_words { Counting::Words } else { Counting::Text };
        let (groups, lang) = (context.groups, context.lang);
        let text = context.text(&self.scope, cancelled)?;
        let mut provenance = context.provenance(&text);
        provenance.counts = counting.name();
        let (number, words) = (groups.list().len(), groups.list().iter().map(|group| group.words.len()).sum::<usize>());
        let (zh, en) = if groups.is_built_in() { ("内置", "built-in") } else { ("自定", "own") };
        provenance.add(format!("{zh}词组 {number} 组 {words} 词"), format!("{en} groups {number}, {words} words"));
        let settings = Settings::of_words(&provenance, lang);
        if let Some(name) = &self.open {
            return self.open(name, context, (&text.extent, counting, settings), cancelled);
        }
        let found = group_grid(&context.count_context, &text.extent, groups, self.by, counting, cancelled);
        let found = found.ok_or(Unanswered::Cancelled)?;
        let (columns, rows) = (found.grid.columns.len(), found.grid.rows.len());
        let mut shares: Vec<Share> =
            (0..columns).flat_map(|column| (0..rows).map(move |group| Share { column, group })).collect();
        let total = shares.len();
        shares.truncate(context.rows);
        let any = found.grid.cells.iter().flatten().any(|cell| cell.count > 0);
        let names = found.grid.columns.iter().map(|column| column_name(context, column.key)).collect();
        let places = found.grid.columns.iter().map(|column| place_of(context, column.key).0).collect();
        let shared = GroupsShared { groups: found, names, places, counting };
        let rows = List::sharing(shares, shared, FIELDS).about(|s, all| all.column(s).map_or(&[], |c| &c.reports));
        let mut table = Table::new(rows, settings);
        let kind = if self.by == Axis::Place { Kind::Place } else { Kind::Year };
        table.name_rows_by(&[("key", kind), ("group", Kind::Group)]);
        (table.total, table.found, table.sorted) = (total, any, Some("share"));
        let columns = columns_name(self.by, lang);
        table.title = format!(
            "{} × {columns} · {} · {}",
            lang.pick("词组分类", "Keyword groups"),
            text.name,
            lang.pick("占各类合计的百分比", "percent of all their hits")
        );
        table.notes.push(
            lang.pick("兼属两类以上的命中，每类各计一次", "hits of two or more groups are counted in each").to_owned(),
        );
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn turn_axis(&mut self) -> bool {
        self.by = other_axis(self.by);
        true
    }
}
