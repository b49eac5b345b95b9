//! Targets and what came of them: indicators with their values, planned and achieved. In: a scope, a list of indicators. Out:
//! one row a value; with `--pair` one a target with what was reached; with `--by` a grid of indicators by year or by place.
//! Does not know about: how values are read.

mod across;
mod pairs;
mod values;

pub use across::Across;

use clap::Args;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, ScopeFlags, Subject, Unanswered, arguments};
use crate::corpus::load::gate;
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::scope::{Extent, Scope};
use crate::index::targets::{TargetFigure, Indicators, pair, read};
use crate::table::{Settings, Table};
use crate::text::Lang;

/// What is known of it.
pub const ABOUT: About = About {
    name: "targets",
    title: ("目标与完成", "targets"),
    help: "Print targets and what was achieved, with their values ‖ 目标与完成情况，附数值",
    views: &[KeyedQuestion {
        action: "targets",
        ask: of_place,
        shows: |question| matches!(question, Question::Targets(_)),
    }],
};

/// `yilan targets`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// Pair each target with what the next report says was reached.
    /// ‖ 把每个目标与下一篇报告所说的完成情况配对
    #[arg(long, conflicts_with = "by")]
    pub pair: bool,
    /// As a grid: indicators by year, what was planned beside what was reached; or places by indicator, the targets of a year.
    /// ‖ 排成表格：指标 × 年份，计划与完成并列；或地方 × 指标，某年的目标
    #[arg(long, value_name = "AXIS")]
    #[serde(serialize_with = "arguments::name_of_some")]
    pub by: Option<Across>,
    /// With --by place: targets of this year [default: the last].
    /// ‖ 连同 --by place：哪一年的目标［默认：最近一年］
    #[arg(long, value_name = "YEAR")]
    pub target_year: Option<u16>,
    /// Only indicators with this in their name.
    /// ‖ 只看名称含此文字的指标
    #[arg(long, value_name = "NAME")]
    pub indicator: Option<String>,
    /// A list of indicators that extends the built-in one [default: indicators.toml beside the config file, if it is there].
    /// ‖ 在内置之上添加的指标表［默认：设置文件旁的 indicators.toml，如果有］
    #[arg(long, value_name = "FILE", value_parser = IndicatorFile::read)]
    #[serde(skip)]
    pub indicators: Option<IndicatorFile>,
    /// Where to look.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// The place that is read on the screen: what `--by year` is about there.
    #[arg(skip)]
    #[serde(skip)]
    pub here: Option<PlaceId>,
}

/// A user's list of indicators: the text of a file that could be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorFile(String);

impl IndicatorFile {
    /// Reads the file of this name.
    ///
    /// # Errors
    /// When it cannot be read, or is no list.
    fn read(name: &str) -> Result<Self, String> {
        let text =
            gate::read_text(std::path::Path::new(name), gate::WORDS).map_err(|refusal| refusal.text(Lang::En))?;
        Indicators::default().extended(&text).map_err(|error| error.to_string())?;
        Ok(Self(text))
    }
}

/// The indicators of the place that is read, over the years.
fn of_place(subject: &Subject<'_>) -> Option<Question> {
    let scope = ScopeFlags::chosen(Scope::place(subject.place?));
    let (here, target_year) = (subject.place, subject.year);
    Some(Params { pair: false, by: Some(Across::Year), target_year, indicator: None, indicators: None, scope, here }.into())
}

/// The figures of all reports of the places of some text, in corpus order, and how many values were left out of that text.
fn figures(
    (corpus, list): (&Corpus, &Indicators),
    extent: &Extent,
    whole_places: bool,
    cancelled: Cancelled<'_>,
) -> Option<(Vec<(ReportId, TargetFigure)>, usize)> {
    let places: FxHashSet<PlaceId> = extent.reports().filter_map(|id| corpus.place_of(id)).collect();
    let beside = |id: ReportId| whole_places && corpus.place_of(id).is_some_and(|place| places.contains(&place));
    let wanted: Vec<ReportId> =
        corpus.distinct().map(|(id, ..)| id).filter(|id| extent.piece(*id).is_some() || beside(*id)).collect();
    let read = |id: &ReportId| {
        if cancelled() {
            return None;
        }
        let (document, report) = corpus.report(*id)?;
        Some((*id, read(document, report, list)))
    };
    let readings: Vec<_> = wanted.par_iter().map(read).collect::<Option<_>>()?;
    let ambiguous = readings.iter().filter(|(id, _)| extent.piece(*id).is_some()).map(|(_, r)| r.ambiguous).sum();
    let figures = readings.into_iter().flat_map(|(id, reading)| reading.figures.into_iter().map(move |f| (id, f)));
    Some((figures.collect(), ambiguous))
}

/// Whether figures stand in a text.
fn within<'e>(corpus: &'e Corpus, extent: &'e Extent) -> impl FnMut(&(ReportId, TargetFigure)) -> bool + 'e {
    let mut last: Option<(ReportId, _)> = None;
    move |(id, figure)| {
        let Some(piece) = extent.piece(*id) else { return false };
        if last.as_ref().is_none_or(|(known, _)| known != id) {
            last = Some((*id, piece.places(corpus)));
        }
        last.as_ref().is_some_and(|(_, places)| places.hold(figure.number.start))
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let list = context.indicators.as_ref().map_err(|why| Unanswered::Wrong(why.clone()))?;
        let extended = self.indicators.as_ref().map(|file| list.extended(&file.0)).transpose();
        let extended = extended.map_err(|error| Unanswered::Wrong(error.to_string()))?;
        let (corpus, list) = (context.corpus(), extended.as_ref().unwrap_or(list));
        let text = context.text(&self.scope, cancelled)?;
        let extent = &*text.extent;
        let together = self.pair || self.by.is_some();
        let (all, ambiguous) =
            figures((corpus, list), extent, together, cancelled).ok_or(Unanswered::Cancelled)?;
        let mut in_scope = within(corpus, extent);
        let mut wanted =
            |told: &(ReportId, TargetFigure)| self.indicator.as_ref().is_none_or(|name| told.1.indicator.contains(name)) && in_scope(told);
        let values = all.iter().filter(|told| extent.piece(told.0).is_some()).count();
        let settings = |count: usize| {
            let told = [("scope", text.name.clone()), ("values", values.to_string()), ("left_out", ambiguous.to_string())];
            let shape = match (self.pair, self.by) {
                (true, _) => "pairs",
                (_, Some(_)) => "grid",
                _ => "values",
            };
            let shape = [("shape", shape.to_owned()), ("rows", count.to_string())];
            Settings::of_pairs("targets", &[&told[..], &shape[..]].concat())
        };
        let mut table = if let Some(across) = self.by {
            let pairs = pair(corpus, list, &all);
            let chosen = across::Wanted { across, target_year: self.target_year };
            let kept: Vec<&(ReportId, TargetFigure)> = all.iter().filter(|told| wanted(told)).collect();
            across::table(context, (list, &kept, &pairs), &chosen, settings)
        } else if self.pair {
            let pairs = pair(corpus, list, &all).into_iter().filter(|pairing| wanted(&pairing.plan)).collect();
            pairs::table(context, pairs, settings)
        } else {
            values::table(context, all.into_iter().filter(|told| wanted(told)).collect(), settings)
        };
        table.notes.push(match context.lang {
            Lang::Zh => format!("{values} 个数，另有 {ambiguous} 个归属不明，未列"),
            Lang::En => format!("{values} values; {ambiguous} more may belong to another indicator and are left out"),
        });
        let title = ABOUT.title(context.lang);
        table.title = [title, &text.name, &table.title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Ok(table)
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        // The name of the file is not known any more.
        self.indicators.is_none().then(|| self.scope.write_out(corpus))?
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    /// On the screen: from the years of the place that is read to all places of that year, and back.
    fn turn_axis(&mut self) -> bool {
        let (by, scope) = match (self.by, self.here) {
            (Some(Across::Year), Some(_)) => (Across::Place, Scope::corpus()),
            (Some(Across::Place), Some(here)) => (Across::Year, Scope::place(here)),
            _ => return false,
        };
        (self.by, self.scope) = (Some(by), ScopeFlags::chosen(scope));
        true
    }
}
