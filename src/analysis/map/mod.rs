//! The map: any figure that has a place, province by province, or place by place inside one. In: a query, or another question
//! and a column of its table. Out: one row a tile, with where it stands and what the rows on it come to. Does not know about:
//! how that question is answered, how tiles are drawn.

mod chosen_question;
mod sites;
mod tile_rows;

pub use chosen_question::ChosenQuestion;
pub use tile_rows::Take;

use std::borrow::Cow;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::counts::{Params as Counts, Queries};
use super::{
    About, Analysis, Cancelled, Context, KeyedQuestion, Question, ScopeFlags, Subject, Unanswered, WordFlags, arguments,
};
use crate::corpus::Corpus;
use crate::table::{Column, Kind, Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "map",
    title: ("地图", "map"),
    help: "Show on a map of tiles how often each province says something, or any figure of another question ‖ 用方块地图显示各省说了多少次，或另一个问题的任何数字",
    views: &[KeyedQuestion { action: "map", ask: of_subject, shows: |question| matches!(question, Question::Map(_)) }],
};

/// `yilan map`
#[derive(Debug, Clone, PartialEq, Args, Serialize, Default)]
pub struct Params {
    /// What to find, as for `yilan search`.
    /// ‖ 检索什么，同 `yilan search`
    #[arg(value_name = "QUERY", required_unless_present = "of")]
    pub query: Option<String>,
    /// In place of a query, the words of another question: 'first 新质生产力', 'reuse --summary', 'targets --indicator 地区生产总值'.
    /// ‖ 不写检索词，写另一个问题：'first 新质生产力'、'reuse --summary'、'targets --indicator 地区生产总值'
    #[arg(long, value_name = "QUESTION")]
    pub of: Option<ChosenQuestion>,
    /// Which column of its table [default: the one that sorts it, else its year, else its first figure].
    /// ‖ 用它的表的哪一列［默认：排序所依的一列，其次年份，其次第一个数字］
    #[arg(long, value_name = "COLUMN")]
    pub column: Option<String>,
    /// Only rows whose cell in a column is this, with commas between several: measure=growth,year=2025.
    /// ‖ 只要某列为此值的行，几个用逗号隔开：measure=growth,year=2025
    #[arg(long, value_name = "COLUMN=VALUE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// What several rows on one tile come to [default: counts are added up, of years the lowest, of rates one anew, else the median].
    /// ‖ 一块上有几行时取什么［默认：次数相加，年份取最早，比率重算，其余取中位］
    #[arg(long, value_name = "HOW")]
    #[serde(serialize_with = "arguments::name_of_some")]
    pub take: Option<Take>,
    /// The places inside this province.
    /// ‖ 这个省之内的地方
    #[arg(long, value_name = "PROVINCE")]
    pub inside: Option<String>,
}

/// How often each place says what is searched, else the selected term.
fn of_subject(subject: &Subject<'_>) -> Option<Question> {
    let query = subject.query.or(subject.term)?;
    Some(Params { query: Some(query.to_owned()), ..Params::default() }.into())
}

impl Params {
    /// The map of the table that answers a question; its rows as `only` says.
    pub fn of_question(question: Question, column: Option<&str>, only: Vec<String>) -> Self {
        let of = Some(ChosenQuestion::new(question));
        Self { of, column: column.map(str::to_owned), only, ..Self::default() }
    }

    /// The same map inside a province.
    #[must_use]
    pub fn inside(&self, province: &str) -> Self {
        Self { inside: Some(province.to_owned()), ..self.clone() }
    }

    /// Turns to the next column of those that the table could be coloured by.
    pub fn turn_column(&mut self, table: &Table) -> bool {
        let now = table.choices.iter().position(|column| Some(*column) == table.chosen);
        let next = now.map_or(0, |now| now + 1) % table.choices.len().max(1);
        let Some(column) = table.choices.get(next).filter(|_| Some(next) != now) else { return false };
        self.column = Some((*column).to_owned());
        true
    }

    /// The question whose table is drawn.
    fn question(&self) -> Result<Cow<'_, Question>, Unanswered> {
        match (&self.of, &self.query) {
            (Some(of), _) => Ok(Cow::Borrowed(&of.question)),
            (None, Some(query)) => Ok(Cow::Owned(Question::Counts(Counts::of(Queries(vec![query.clone()]))))),
            (None, None) => Err(Unanswered::Wrong("--of".to_owned())),
        }
    }

    /// The question whose table is drawn, where another than that of a query is.
    fn inner(&self) -> Option<&dyn Analysis> {
        self.of.as_ref().map(|of| -> &dyn Analysis { of.question.analysis() })
    }

    /// The column that colours the tiles.
    fn column_of(&self, table: &Table, choices: &[usize], context: &Context<'_>) -> Result<usize, Unanswered> {
        let columns = table.columns();
        let named = |at: &usize| columns.get(*at).is_some_and(|column| Some(column.id) == self.column.as_deref());
        if self.column.is_some() {
            let numbers = |at: &usize| (0..table.len()).any(|row| table.cell(row, *at).value().is_some());
            return (0..columns.len()).find(|at| named(at) && numbers(at)).ok_or_else(|| {
                let names: Vec<&str> = choices.iter().filter_map(|at| columns.get(*at)).map(|c| c.id).collect();
                let why = context.lang.pick("没有这一列数字，可用", "no such column of figures; there are");
                Unanswered::Wrong(format!("--column {}: {why} {}", self.column.as_deref().unwrap_or(""), names.join(" ")))
            });
        }
        let is = |at: &&usize, wanted: &dyn Fn(&Column) -> bool| columns.get(**at).is_some_and(wanted);
        let sorted = choices.iter().find(|at| is(at, &|column| Some(column.id) == table.sorted));
        let year = choices.iter().find(|at| is(at, &|column| column.kind == Kind::Year));
        let found = sorted.or(year).or(choices.first()).copied();
        found.ok_or_else(|| Unanswered::Nothing(context.lang.pick("没有可画的数字", "there is no figure to draw").to_owned()))
    }
}

/// The columns that can colour tiles: those that hold numbers which are no positions.
fn choices(table: &Table) -> Vec<usize> {
    let can = |column: &Column| {
        matches!(
            column.kind,
            Kind::Count | Kind::Rate | Kind::Score(_) | Kind::Probability | Kind::Share | Kind::Year
        ) && !column.key
    };
    let numbers = |at: usize| (0..table.len()).any(|row| table.cell(row, at).value().is_some());
    let all = table.columns().iter().enumerate().filter(|(_, column)| can(column));
    let mut all: Vec<(u8, usize)> = all.map(|(at, column)| (column.people, at)).filter(|(_, at)| numbers(*at)).collect();
    // Those that people see come first, in their order.
    all.sort_by_key(|(people, at)| (if *people == 0 { u8::MAX } else { *people }, *at));
    all.into_iter().map(|(_, at)| at).collect()
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let lang = context.lang;
        let question = self.question()?;
        let whole = Context { rows: usize::MAX, ..*context };
        let table = question.run(&whole, cancelled)?;
        let choices = choices(&table);
        let at = self.column_of(&table, &choices, context)?;
        let sites = sites::Sites::of(context, self.inside.as_deref())?;
        let rows = tile_rows::rows((&table, at), (&self.only, self.take), (context, &sites), cancelled)?;
        let Some(column) = table.columns().get(at).copied() else { return Err(Unanswered::Cancelled) };
        let pairs = [
            ("of", self.of.as_ref().map_or_else(String::new, |of| of.words(context.corpus()))),
            ("query", self.query.clone().unwrap_or_default()),
            ("column", column.id.to_owned()),
            ("only", self.only.join(",")),
            ("take", tile_rows::how(self.take, &column, &table).to_owned()),
            ("inside", sites.province.clone().unwrap_or_default()),
        ];
        let pairs: Vec<(&str, String)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let chosen = choices.iter().filter_map(|at| table.columns().get(*at)).map(|column| column.id).collect();
        let title = [
            Some(if table.title.is_empty() { question.about().title(lang).to_owned() } else { table.title.clone() }),
            Some(column.heading(lang).to_owned()),
            (!self.only.is_empty()).then(|| self.only.join(" ")),
            sites.province.clone(),
        ];
        let title: Vec<String> = title.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let mut made = tile_rows::table(rows, Settings::of_pairs("map", &pairs));
        made.liken("value", &column);
        (made.choices, made.chosen, made.sorted) = (chosen, Some(column.id), Some("value"));
        made.found = table.found && (0..made.len()).any(|row| made.get(row, "value").value().is_some());
        made.title = format!("{} · {}", ABOUT.title(lang), title.join(" · "));
        Ok(made)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        self.of.as_mut()?.question.analysis_mut().scope()
    }

    fn words(&self) -> Option<&WordFlags> {
        self.inner()?.words()
    }

    fn least(&self) -> u64 {
        let usual = crate::index::terms::TermOptions::default().min_count;
        self.inner().map_or(usual, Analysis::least)
    }

    fn kept_whole(&self) -> Vec<String> {
        self.inner().map_or_else(Vec::new, Analysis::kept_whole)
    }

    fn counts_words(&self) -> bool {
        self.inner().is_some_and(Analysis::counts_words)
    }

    fn compares_wording(&self) -> bool {
        self.inner().is_some_and(Analysis::compares_wording)
    }

    fn compares_sections(&self) -> bool {
        self.inner().is_some_and(Analysis::compares_sections)
    }

    fn files(&self) -> Vec<PathBuf> {
        self.inner().map_or_else(Vec::new, Analysis::files)
    }

    fn settle_paths(&mut self, paths: &mut Vec<PathBuf>) {
        // With another question the first word is no query but a path.
        if self.of.is_some()
            && let Some(path) = self.query.take()
        {
            paths.insert(0, path.into());
        }
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        self.of.as_mut().map_or(Some(()), |of| of.write_out(corpus))
    }
}
