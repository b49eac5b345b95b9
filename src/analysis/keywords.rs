//! The terms of a text with their figures: what sets it apart. In: a scope, a reference, an order. Out: one row a term. Does
//! not know about: formulas and segmentation.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::context::Text;
use super::flags::place;
use super::{About, Analysis, Cancelled, Context, Order, ScopeFlags, Unanswered, WordFlags, arguments, choose, occurrences};
use crate::corpus::Corpus;
use crate::index::scope::{Extent, Reference, Scope};
use crate::index::stats::Interval;
use crate::index::trend::Counting;
use crate::index::terms::{Keyword, KeywordOrder, KeywordTable, Occurrences, Worked, compare, count_alone, open_term};
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// What is known of it.
pub const ABOUT: About = About {
    name: "keywords",
    title: ("关键词", "keywords"),
    help: "Print the words of a scope with their figures ‖ 一个范围内的词及其各项数字",
    // The keyword panel is its view.
    views: &[],
};

/// `yilan keywords`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// What to count.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// What to compare it with: rest, body, province or year (the rest of the corpus, or its reports of the same body,
    /// province, year), or a place.
    /// ‖ 与什么比较：rest 其余、body 同机构、province 同省、year 同年，或一个地方
    #[arg(long, value_name = "REFERENCE", default_value = "rest")]
    pub against: String,
    /// What was chosen on the screen to compare it with; the words above do not count then.
    #[arg(skip)]
    #[serde(skip)]
    pub reference: Option<Reference>,
    /// Which terms come first [default: keyness; count where there is nothing to compare with].
    /// ‖ 按什么排序［默认：特色 G²；无可比较时按次数］
    #[arg(long, value_name = "ORDER")]
    #[serde(serialize_with = "arguments::name_of_some")]
    pub by: Option<KeywordOrder>,
    /// Instead of a table: every occurrence of this term, with its figures worked out on standard error.
    /// ‖ 不打印表，列出这个词的每一处，算式写在标准错误
    #[arg(long, value_name = "TERM")]
    pub open: Option<String>,
    /// Not to be compared: the corpus is still being read, or there is no time.
    #[arg(skip)]
    #[serde(skip)]
    pub alone: bool,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

#[derive(Debug)]
struct KeywordRow {
    keyword: Keyword,
    driver: Option<String>,
}

impl KeywordRow {
    /// For people: `=` where the scope was chosen by the term, and the place that alone makes it a keyword.
    fn signs(&self) -> String {
        let given = if self.keyword.given { "= " } else { "" };
        self.driver.as_ref().map_or_else(|| given.to_owned(), |place| format!("{given}! {place}"))
    }
}

/// What all rows share.
#[derive(Debug)]
struct KeywordsShared {
    scope: Arc<Extent>,
    /// Everything, which range is of.
    corpus: Arc<Extent>,
    reference: Reference,
    /// Whether range and TF-IDF are of the whole corpus.
    compared: bool,
    /// Whether there was text to compare with; else keyness is not defined.
    comparable: bool,
}

impl KeywordsShared {
    fn compared(&self, figure: f64) -> Cell<'static> {
        Cell::number(self.comparable.then_some(figure))
    }

    fn of_corpus(&self, count: u32) -> Cell<'static> {
        Cell::count(self.compared.then_some(count.into()))
    }
}

fn here(row: &KeywordRow, shared: &KeywordsShared) -> Evidence {
    let (term, scope) = (row.keyword.term.clone(), shared.scope.clone());
    Evidence::Term { term, counting: Counting::Words, scope }
}

/// Its occurrences in everything: what its range is of; while nothing is compared, in the scope.
fn anywhere(row: &KeywordRow, shared: &KeywordsShared) -> Evidence {
    let scope = if shared.compared { &shared.corpus } else { &shared.scope };
    Evidence::Term { term: row.keyword.term.clone(), counting: Counting::Words, scope: scope.clone() }
}

fn elsewhere(row: &KeywordRow, shared: &KeywordsShared) -> Evidence {
    let (term, scope) = (row.keyword.term.clone(), shared.scope.clone());
    Evidence::Reference { term, scope, reference: shared.reference.clone() }
}

type Of = Field<KeywordRow, KeywordsShared>;

const FIELDS: &[Of] = &[
    Of::new("term", Kind::Term, |row, _| Cell::text(&row.keyword.term)).head("词", "term").people(1).key(),
    Of::new("count", Kind::Count, |row, _| Cell::Count(row.keyword.count))
        .head("次", "count")
        .short("次", "n")
        .people(2)
        .screen(1, 6)
        .opens(here),
    Of::new("rate", Kind::Rate, |row, _| Cell::number(row.keyword.rate))
        .head("每万字", "per 10,000")
        .short("万字", "/10k")
        .people(3)
        .screen(2, 7)
        .decimals(1),
    Of::new("g2", Kind::Score(2), |row, shared| shared.compared(row.keyword.g2))
        .head("特色 G²", "G²")
        .short("G²", "G²")
        .people(4)
        .screen(3, 8)
        .decimals(1),
    Of::new("log_ratio", Kind::Score(2), |row, shared| shared.compared(row.keyword.log_ratio))
        .head("对数比", "log ratio")
        .short("对数比", "ratio")
        .people(5)
        .screen(4, 7)
        .decimals(1)
        .signed(),
    Of::new("reports", Kind::Count, |row, shared| shared.of_corpus(row.keyword.reports))
        .head("篇", "reports")
        .short("篇", "rep")
        .people(8)
        .screen(5, 5)
        .opens(|row, shared| anywhere(row, shared).by_report()),
    Of::new("dp", Kind::Score(3), |row, _| Cell::number(row.keyword.dp))
        .head("分布 DP", "DP")
        .short("DP", "DP")
        .people(10)
        .screen(7, 6)
        .decimals(2),
    Of::new("rest_count", Kind::Count, |row, _| Cell::Count(row.keyword.rest_count)).opens(elsewhere),
    Of::new("rest_rate", Kind::Rate, |row, _| Cell::number(row.keyword.rest_rate)),
    Of::new("interval", Kind::Interval, |row, _| match row.keyword.log_ratio_interval {
        Some(Interval { low, high }) => Cell::Text(format!("{low:.1}…{high:.1}").into()),
        None => Cell::None,
    })
    .head("95 %", "95 %")
    .people(6)
    .people_only()
    .screen(0, 0),
    Of::new("bayes", Kind::Score(1), |row, shared| shared.compared(row.keyword.bayes)),
    Of::new("p", Kind::Probability, |row, shared| shared.compared(row.keyword.p)),
    Of::new("fdr", Kind::Probability, |row, shared| shared.compared(row.keyword.fdr))
        .head("FDR", "FDR")
        .people(7)
        .screen(0, 0),
    Of::new("places", Kind::Count, |row, shared| shared.of_corpus(row.keyword.places))
        .head("地", "places")
        .short("地", "pl")
        .people(9)
        .screen(6, 5)
        .opens(|row, shared| anywhere(row, shared).by_place()),
    Of::new("scope_reports", Kind::Count, |row, _| Cell::Count(row.keyword.scope_reports.into()))
        .opens(|row, shared| here(row, shared).by_report()),
    Of::new("scope_places", Kind::Count, |row, _| Cell::Count(row.keyword.scope_places.into()))
        .opens(|row, shared| here(row, shared).by_place()),
    Of::new("juilland", Kind::Score(3), |row, _| Cell::number(row.keyword.juilland)),
    Of::new("tf_idf", Kind::Score(2), |row, shared| Cell::number(shared.compared.then_some(row.keyword.tf_idf)))
        .short("TF-IDF", "TF-IDF")
        .screen(8, 7)
        .decimals(1),
    Of::new("driver", Kind::Text, |row, _| Cell::some_text(row.driver.as_deref())),
    Of::new("signs", Kind::Text, |row, _| Cell::Text(row.signs().into()))
        .head("只因一地", "one place")
        .people(11)
        .people_only()
        .screen(0, 0),
    Of::new("rate_low", Kind::Rate, |row, _| Cell::number(row.keyword.rate_interval.map(|interval| interval.low))),
    Of::new("rate_high", Kind::Rate, |row, _| Cell::number(row.keyword.rate_interval.map(|interval| interval.high))),
    Of::new("log_ratio_low", Kind::Score(2), |row, _| {
        Cell::number(row.keyword.log_ratio_interval.map(|interval| interval.low))
    }),
    Of::new("log_ratio_high", Kind::Score(2), |row, _| {
        Cell::number(row.keyword.log_ratio_interval.map(|interval| interval.high))
    }),
    Of::new("rest_reports", Kind::Count, |row, _| Cell::Count(row.keyword.rest_reports.into()))
        .opens(|row, shared| elsewhere(row, shared).by_report()),
    Of::new("text_g2", Kind::Score(2), |row, shared| shared.compared(row.keyword.text_g2)),
    Of::new("text_p", Kind::Probability, |row, shared| shared.compared(row.keyword.text_p)),
    Of::new("finding", Kind::Text, |row, shared| match shared.comparable {
        true => Cell::Flag(row.keyword.finding),
        false => Cell::None,
    }),
    Of::new("given", Kind::Text, |row, _| Cell::Flag(row.keyword.given)),
];

impl Params {
    /// About what the screen chose.
    pub const fn chosen(
        scope: ScopeFlags,
        words: WordFlags,
        reference: Reference,
        by: KeywordOrder,
        alone: bool,
    ) -> Self {
        Self { scope, against: String::new(), reference: Some(reference), by: Some(by), open: None, alone, words }
    }

    /// What the scope is compared with, and its name.
    fn reference(&self, corpus: &Corpus, lang: Lang) -> Result<(Reference, String), Unanswered> {
        let reference = match (&self.reference, self.against.as_str()) {
            (Some(chosen), _) => chosen.clone(),
            (None, "rest") => Reference::Rest,
            (None, "body") => Reference::SameBody,
            (None, "province") => Reference::SameProvince,
            (None, "year") => Reference::SameYear,
            (None, words) => Reference::Place(place(corpus, words, lang)?),
        };
        let name = reference_name(&reference, corpus, lang);
        Ok((reference, name))
    }

    /// The occurrences of a term of the scope, those inside longer words too; its figures are told beside them.
    fn open(
        &self,
        term: &str,
        (context, text): (&Context<'_>, &Text),
        (counted, settings): (&KeywordTable, Settings),
        cancelled: Cancelled<'_>,
    ) -> Result<Table, Unanswered> {
        let corpus = context.corpus();
        let found = open_term(corpus, &text.extent, term, context.count_context.segmenter, cancelled)
            .ok_or(Unanswered::Cancelled)?;
        let Occurrences { words: whole, inside, across, .. } = &found;
        let mut all: Vec<_> = whole.iter().map(|o| (*o, "word".to_owned())).collect();
        for (occurrence, longer) in inside {
            let text = corpus.report(occurrence.report).map_or("", |(document, _)| longer.slice(document.text()));
            all.push((*occurrence, text.to_owned()));
        }
        all.extend(across.iter().map(|o| (*o, "|".to_owned())));
        all.sort();
        let mut table = occurrences::table(context, all, settings);
        let (words, inside, across) = (whole.len(), inside.len(), across.len());
        table.notes.push(match context.lang {
            Lang::Zh => format!("{term}：作为词 {words} 处；另有 {inside} 处在更长的词中，{across} 处跨词"),
            Lang::En => format!("{term}: {words} as a word; {inside} more inside longer words, {across} across words"),
        });
        if let Some(row) = counted.row(term) {
            let worked = Worked::new(row, counted, corpus, context.lang);
            let [a, b] = worked.cells.map(|row| row.map(|n| n.to_string()).join(" | "));
            table.notes.push(format!("[{a}] / [{b}]\n  {}", worked.lines.join("\n  ")));
        }
        Ok(table)
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let corpus = context.corpus();
        let text = context.text(&self.scope, cancelled)?;
        let (reference, name) = self.reference(corpus, context.lang)?;
        let counted = if self.alone {
            count_alone(&context.count_context, &text.extent, cancelled)
        } else {
            compare(&context.count_context, &text.extent, &reference, cancelled)
        };
        let mut counted = counted.ok_or(Unanswered::Cancelled)?;
        let mut provenance = context.provenance(&text);
        if !self.alone {
            provenance.reference = Some(name);
            provenance.reference_reports = Some(counted.rest_reports);
            provenance.reference_han = Some(counted.rest_han);
        }
        let settings = Settings::of_words(&provenance, context.lang);
        if let Some(term) = &self.open {
            return self.open(term, (context, &text), (&counted, settings), cancelled);
        }
        let comparable = !self.alone && counted.is_compared();
        if let Some(query) = &text.matching {
            counted.mark_given(query);
        }
        let order = match self.by.unwrap_or(KeywordOrder::Keyness) {
            // All keyness is undefined then, and says nothing about order.
            KeywordOrder::Keyness | KeywordOrder::LogRatio if !comparable => KeywordOrder::Count,
            KeywordOrder::TfIdf | KeywordOrder::Range | KeywordOrder::Places if self.alone => KeywordOrder::Count,
            order => order,
        };
        match order {
            KeywordOrder::Negative => counted.rows.retain(|row| row.g2 < 0.0),
            _ => counted.rows.retain(|row| row.count > 0),
        }
        counted.sort(order);
        let (total, faint) = (counted.rows.len(), counted.not_significant());
        let border = (comparable && order.is_by_difference() && faint > 0)
            .then(|| context.below_findings(total - faint, faint));
        let name_of = |keyword: &Keyword| {
            keyword.driver.and_then(|id| corpus.places().get(id.0 as usize)).map(|place| place.name.clone())
        };
        let row = |keyword: Keyword| KeywordRow { driver: name_of(&keyword), keyword };
        let rows: Vec<KeywordRow> = counted.rows.into_iter().take(context.rows).map(row).collect();
        let whole = Scope::corpus().extent(corpus, cancelled).ok_or(Unanswered::Cancelled)?;
        let shared = KeywordsShared { scope: text.extent, corpus: Arc::new(whole), reference, compared: !self.alone, comparable };
        let mut table = Table::new(List::sharing(rows, shared, FIELDS), settings);
        (table.total, table.found, table.sorted) = (total, total > 0, Some(order.column()));
        table.bar = match order {
            KeywordOrder::Negative => |value| -value,
            KeywordOrder::Dispersion => |value| 1.0 - value,
            _ => |value| value,
        };
        (table.title, table.border) = (format!("{} · {}", context.lang.pick("关键词", "Keywords"), text.name), border);
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn kept_whole(&self) -> Vec<String> {
        self.open.iter().cloned().collect()
    }

    fn counts_words(&self) -> bool {
        !self.alone
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        let against = match self.reference.take() {
            None => None,
            Some(Reference::Rest) => Some("rest".to_owned()),
            Some(Reference::SameBody) => Some("body".to_owned()),
            Some(Reference::SameProvince) => Some("province".to_owned()),
            Some(Reference::SameYear) => Some("year".to_owned()),
            Some(Reference::Place(id)) => Some(choose::name_of(corpus, id)?),
            Some(Reference::Reports(_) | Reference::Scope(_)) => return None,
        };
        self.against = against.unwrap_or_else(|| self.against.clone());
        self.alone = false;
        self.scope.write_out(corpus)
    }

    fn turn_order(&mut self, forward: bool) -> Option<&'static str> {
        let next = self.by.unwrap_or_default().next(forward);
        self.by = Some(next);
        Some(next.column())
    }
}

/// The name of what a scope is compared with.
pub fn reference_name(reference: &Reference, corpus: &Corpus, lang: Lang) -> String {
    match reference {
        Reference::Rest => lang.pick("其余", "rest").to_owned(),
        Reference::SameBody => lang.pick("同机构", "same body").to_owned(),
        Reference::SameProvince => lang.pick("同省", "same province").to_owned(),
        Reference::SameYear => lang.pick("同年", "same year").to_owned(),
        Reference::Place(id) => match corpus.places().get(id.0 as usize) {
            Some(place) if !place.name.is_empty() => place.name.clone(),
            _ => lang.pick("未知", "unknown").to_owned(),
        },
        Reference::Scope(scope) => scope.name(corpus, lang),
        Reference::Reports(ids) => match lang {
            Lang::Zh => format!("{} 篇", ids.len()),
            Lang::En => format!("{} reports", ids.len()),
        },
    }
}
