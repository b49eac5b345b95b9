//! What came of targets. In: the figures of reports. Out: each target with what the next report says was reached. Does not
//! know about: how figures are read.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::indicators::{Good, Indicators};
use super::read::{Measure, Status, TargetFigure};
use crate::corpus::{Body, Corpus, PlaceId, ReportId};

/// How far below a target of 左右 still meets it, in percentage points.
const ABOUT: f64 = 0.3;
/// A growth that a level contradicts by more than this was counted otherwise, in percentage points.
const CONTRADICTS: f64 = 5.0;

/// What came of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Reached.
    Met,
    /// Not reached.
    Missed,
    /// Of a ceiling: below it.
    Below,
    /// Of a ceiling: above it.
    Above,
    /// The next report does not mention it.
    Dropped,
    /// There is no next report, or the two cannot be compared.
    Undetermined,
}

impl Verdict {
    /// Its name in the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Below => "below",
            Self::Above => "above",
            Self::Dropped => "dropped",
            Self::Undetermined => "undetermined",
        }
    }
}

/// A target and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// Whose.
    pub place: Option<PlaceId>,
    /// Whose report.
    pub body: Body,
    /// Of which year.
    pub year: u16,
    /// Canonical name of the indicator.
    pub indicator: String,
    /// What the values are of it.
    pub measure: Measure,
    /// The target, and the report that sets it.
    pub plan: (ReportId, TargetFigure),
    /// What was reached, and the report that says so.
    pub achieved: Option<(ReportId, TargetFigure)>,
    /// What came of it.
    pub verdict: Verdict,
    /// Whether levels and growth contradict each other, so that something else was counted (口径变了).
    pub redefined: bool,
}

type Key = (Option<PlaceId>, Body, u16, String, Measure);

/// Pairs targets with what the next report of the same place and body says of that year. In the order of `figures`.
pub fn pair(corpus: &Corpus, list: &Indicators, figures: &[(ReportId, TargetFigure)]) -> Vec<Pairing> {
    let told = |id: ReportId| {
        let (_, report) = corpus.report(id)?;
        let place = corpus.place_of(id).filter(|place| !corpus.place(*place).name.is_empty());
        Some((place, report.body, report.filed_year()?))
    };
    let mut achieved: FxHashMap<Key, usize> = FxHashMap::default();
    let sessions: FxHashSet<(Option<PlaceId>, Body, u16)> = corpus.distinct().filter_map(|(id, ..)| told(id)).collect();
    for (at, (id, figure)) in figures.iter().enumerate() {
        let (Some((place, body, session)), Some(year)) = (told(*id), figure.year) else { continue };
        if figure.status == Status::Achieved && session == year + 1 && !figure.period {
            achieved.entry((place, body, year, figure.indicator.clone(), figure.measure)).or_insert(at);
        }
    }
    let mut seen: FxHashSet<Key> = FxHashSet::default();
    let mut pairs = Vec::new();
    for (id, figure) in figures.iter().filter(|(_, figure)| figure.status == Status::Plan) {
        let (Some((place, body, _)), Some(year)) = (told(*id), figure.year) else { continue };
        // What is planned for several years is no target of the year.
        if place.is_none() || figure.period || figure.measure == Measure::Average {
            continue;
        }
        let of = |year: u16, measure: Measure| -> Option<&(ReportId, TargetFigure)> {
            figures.get(*achieved.get(&(place, body, year, figure.indicator.clone(), measure))?)
        };
        if !seen.insert((place, body, year, figure.indicator.clone(), figure.measure)) {
            continue;
        }
        let reached = of(year, figure.measure);
        let redefined = figure.measure == Measure::Level
            && contradicts(of(year, Measure::Level), of(year - 1, Measure::Level), of(year, Measure::Growth));
        let verdict = match reached {
            None if sessions.contains(&(place, body, year + 1)) => Verdict::Dropped,
            None => Verdict::Undetermined,
            Some(_) if redefined => Verdict::Undetermined,
            Some((_, reached)) if reached.unit != figure.unit => Verdict::Undetermined,
            Some((_, reached)) => {
                let good = list.named(&figure.indicator).map(|one| one.good).unwrap_or_default();
                judge(good, figure, reached.value)
            }
        };
        pairs.push(Pairing {
            place,
            body,
            year,
            indicator: figure.indicator.clone(),
            measure: figure.measure,
            plan: (*id, figure.clone()),
            achieved: reached.cloned(),
            verdict,
            redefined,
        });
    }
    pairs
}

/// Whether the level of a year, that of the year before and the growth stated do not fit together.
fn contradicts(
    this: Option<&(ReportId, TargetFigure)>,
    before: Option<&(ReportId, TargetFigure)>,
    growth: Option<&(ReportId, TargetFigure)>,
) -> bool {
    let (Some((_, this)), Some((_, before)), Some((_, growth))) = (this, before, growth) else { return false };
    let implied = (this.value / before.value - 1.0) * 100.0;
    this.unit == before.unit && before.value > 0.0 && (implied - growth.value).abs() > CONTRADICTS
}

fn judge(good: Good, plan: &TargetFigure, reached: f64) -> Verdict {
    let down = match (good, plan.qualifier) {
        (Good::Ceiling, _) => return if reached > plan.value { Verdict::Above } else { Verdict::Below },
        (_, "以内" | "以下") => true,
        (good, _) => good == Good::Down,
    };
    let slack = if plan.qualifier == "左右" && plan.unit == "%" { ABOUT } else { 0.0 };
    // Numbers have few decimals; sums of them have many.
    let close = slack + 1e-9;
    let met = if down { reached <= plan.value + close } else { reached >= plan.value - close };
    if met { Verdict::Met } else { Verdict::Missed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, document};
    use crate::index::targets::read;

    fn dated(year: u16, text: &str) -> crate::corpus::Document {
        let mut document = document("云和市", text);
        document.reports[0].session_year = Some(year);
        document.reports[0].years = vec![year - 1];
        document
    }

    #[test]
    fn targets_meet_what_the_next_report_says() {
        let corpus = corpus(vec![
            dated(
                2022,
                "#1 2022年工作安排\n预期目标是：地区生产总值增长7%左右；固定资产投资增长9%；居民消费价格涨幅3%左右；城镇登记失业率4%以内。",
            ),
            dated(
                2023,
                "#1 2022年工作回顾\n地区生产总值增长6.8%；居民消费价格上涨2%；城镇登记失业率4.2%。\n#1 2023年工作安排\n预期目标是：地区生产总值增长8%。",
            ),
        ]);
        let list = Indicators::default();
        let figures: Vec<(ReportId, TargetFigure)> = corpus
            .distinct()
            .flat_map(|(id, document, report)| read(document, report, &list).figures.into_iter().map(move |f| (id, f)))
            .collect();
        let pairs = pair(&corpus, &list, &figures);
        let told: Vec<_> = pairs.iter().map(|p| (p.indicator.as_str(), p.year, p.verdict)).collect();
        let want = [
            ("地区生产总值", 2022, Verdict::Met),
            ("固定资产投资", 2022, Verdict::Dropped),
            ("居民消费价格", 2022, Verdict::Below),
            ("城镇登记失业率", 2022, Verdict::Missed),
            ("地区生产总值", 2023, Verdict::Undetermined),
        ];
        assert_eq!(told, want);
    }
}
