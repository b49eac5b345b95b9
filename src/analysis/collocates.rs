//! The words that stand near a term, with measures of association. In: a term, a window, a scope, an order. Out: one row a
//! collocate. Does not know about: formulas.

use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{About, Analysis, Cancelled, Context, Order, Question, ScopeFlags, Unanswered, KeyedQuestion, WordFlags, arguments, occurrences};
use crate::index::collocates::{Collocate, CollocateOrder, WINDOW, collocates, open_collocate};
use crate::index::scope::Extent;
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// What is known of it.
pub const ABOUT: About = About {
    name: "collocates",
    title: ("搭配", "collocates"),
    help: "Print the words that stand near a term, with measures of association ‖ 一个词与哪些词搭配，附关联度",
    views: &[KeyedQuestion {
        action: "collocates",
        ask: |subject| {
            let (scope, words) = (subject.scope.clone(), subject.words.clone());
            Some(Params { term: subject.term?.to_owned(), scope, window: WINDOW, by: CollocateOrder::LogDice, open: None, words }.into())
        },
        shows: |question| matches!(question, Question::Collocates(_)),
    }],
};

/// `yilan collocates`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// The term.
    /// ‖ 词
    pub term: String,
    /// What to count.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// How many words to the left and to the right are near.
    /// ‖ 左右各几个词以内算邻近
    #[arg(long, value_name = "N", default_value_t = WINDOW)]
    pub window: usize,
    /// Which collocates come first.
    /// ‖ 搭配词按什么排序
    #[arg(long, value_name = "MEASURE", default_value = "log-dice")]
    #[serde(serialize_with = "arguments::name_of")]
    pub by: CollocateOrder,
    /// Instead of a table: every occurrence of this collocate near the term.
    /// ‖ 不打印表，列出这个搭配词与该词相邻的每一处
    #[arg(long, value_name = "COLLOCATE")]
    pub open: Option<String>,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

/// What all rows share.
#[derive(Debug)]
struct CollocatesShared {
    node: String,
    window: usize,
    scope: Arc<Extent>,
}

fn near(row: &Collocate, shared: &CollocatesShared, before: bool) -> Evidence {
    let (node, word, scope) = (shared.node.clone(), row.term.clone(), shared.scope.clone());
    Evidence::Near { node, word, window: shared.window, before, scope }
}

fn anywhere(row: &Collocate, shared: &CollocatesShared) -> Evidence {
    Evidence::Term { term: row.term.clone(), counting: Counting::Words, scope: shared.scope.clone() }
}

type Of = Field<Collocate, CollocatesShared>;

const FIELDS: &[Of] = &[
    Of::new("term", Kind::Term, |row, _| Cell::text(&row.term)).head("搭配", "collocate").short("词", "word").people(1).key(),
    Of::new("together", Kind::Count, |row, _| Cell::Count(row.counts.together))
        .head("共现", "together")
        .short("同现", "both")
        .people(2)
        .screen(1, 6)
        .opens(|row, shared| near(row, shared, false)),
    Of::new("before", Kind::Count, |row, _| Cell::Count(row.before))
        .head("在前", "before")
        .people(3)
        .screen(6, 8)
        .opens(|row, shared| near(row, shared, true)),
    Of::new("count", Kind::Count, |row, _| Cell::Count(row.counts.collocate))
        .head("全部", "anywhere")
        .short("全部", "all")
        .people(4)
        .screen(7, 7)
        .opens(anywhere),
    Of::new("reports", Kind::Count, |row, _| Cell::Count(row.reports.into()))
        .head("篇", "reports")
        .short("篇", "rep")
        .people(5)
        .screen(8, 5)
        .opens(|row, shared| near(row, shared, false).by_report()),
    Of::new("expected", Kind::Score(2), |row, _| Cell::number(row.counts.expected())),
    Of::new("log_dice", Kind::Score(2), |row, _| Cell::number(row.log_dice)).head("logDice", "logDice").people(6).screen(2, 9),
    Of::new("mi", Kind::Score(2), |row, _| Cell::number(row.mi)).head("MI", "MI").people(7).screen(3, 7),
    Of::new("t", Kind::Score(2), |row, _| Cell::number(row.t)).head("t", "t").people(8).screen(4, 7),
    Of::new("g2", Kind::Score(2), |row, _| Cell::number(row.g2)).head("G²", "G²").people(9).screen(5, 9).decimals(1),
    Of::new("p", Kind::Probability, |row, _| Cell::number(row.p)),
    Of::new("fdr", Kind::Probability, |row, _| Cell::number(row.fdr)).head("FDR", "FDR").people(10).screen(0, 0),
    Of::new("finding", Kind::Text, |row, _| Cell::Flag(row.is_finding())),
];

impl Params {
    fn node(&self) -> &str {
        self.term.trim()
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let (node, lang) = (self.node(), context.lang);
        let text = context.text(&self.scope, cancelled)?;
        let mut found = collocates(&context.count_context, &text.extent, node, self.window, cancelled).ok_or(Unanswered::Cancelled)?;
        let mut provenance = context.provenance(&text);
        let (count, window, near, words) = (found.node, self.window, found.near, found.words);
        provenance.add(
            format!("节点 {node} {count} 次，左右 {window} 词，同句，邻近 {near}，N {words}"),
            format!("node {node} {count}, window {window}, same sentence, near {near}, N {words}"),
        );
        let settings = Settings::of_words(&provenance, lang);
        if let Some(word) = &self.open {
            let together = open_collocate(&context.count_context, &text.extent, node, word, self.window, cancelled);
            let together = together.ok_or(Unanswered::Cancelled)?.into_iter();
            let all = together.map(|together| (together.collocate, node.to_owned())).collect();
            return Ok(occurrences::table(context, all, settings));
        }
        found.sort(self.by);
        let (total, faint) = (found.rows.len(), found.rows.iter().filter(|row| !row.is_finding()).count());
        found.rows.truncate(context.rows);
        let mut title = format!("{node} · {} · {}", lang.pick("搭配", "collocates"), text.name);
        title += &match lang {
            Lang::Zh => format!(" · {} 处，左右各 {} 词，同句", found.node, self.window),
            Lang::En => format!(" · {} times, {} words to either side, same sentence", found.node, self.window),
        };
        let shared = CollocatesShared { node: node.to_owned(), window: self.window, scope: text.extent };
        let mut table = Table::new(List::sharing(found.rows, shared, FIELDS), settings);
        (table.total, table.found, table.title) = (total, total > 0, title);
        table.sorted = Some(self.by.column());
        table.border = (faint > 0).then(|| context.below_findings(total - faint, faint));
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn kept_whole(&self) -> Vec<String> {
        std::iter::once(self.node()).chain(self.open.as_deref()).map(str::to_owned).collect()
    }

    fn counts_words(&self) -> bool {
        true
    }

    fn turn_order(&mut self, forward: bool) -> Option<&'static str> {
        self.by = self.by.next(forward);
        Some(self.by.column())
    }

    fn keep_order_of(&mut self, other: &Question) {
        if let Question::Collocates(other) = other {
            self.by = other.by;
        }
    }
}

impl Order for CollocateOrder {
    const ALL: &'static [Self] = &[Self::LogDice, Self::Together, Self::Mi, Self::T, Self::G2];

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::LogDice => ("logDice", "logDice"),
            Self::Together => ("同现", "together"),
            Self::Mi => ("MI", "MI"),
            Self::T => ("t", "t"),
            Self::G2 => ("G²", "G²"),
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::LogDice => "log_dice",
            Self::Together => "together",
            Self::Mi => "mi",
            Self::T => "t",
            Self::G2 => "g2",
        }
    }
}

impl ValueEnum for CollocateOrder {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::LogDice => ("log-dice", "logDice"),
            Self::Together => ("count", "Occurrences together"),
            Self::Mi => ("mi", "Mutual information"),
            Self::T => ("t", "t-score"),
            Self::G2 => ("g2", "G²"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}
