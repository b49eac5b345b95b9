//! Figures of a report. In: its sentences, a list of indicators. Out: every value that beyond doubt belongs to an indicator,
//! with the words it was read from; how many were left out. Does not know about: other reports.

use serde::Serialize;

use super::grammar::{Value, connects, joins, may_begin, settles, values};
use super::indicators::{Indicator, Indicators};
use super::sentence::{Sentence, sentences};
use crate::corpus::{Document, Report};
use crate::index::sections::Phase;
use crate::text::Span;
use crate::text::numeral;

/// What a value is of its indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// How much there is.
    Level,
    /// How much more than a year before, in percent; negative where it fell.
    Growth,
    /// Growth a year over several years.
    Average,
}

/// Whether a value is wanted or was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// A target.
    Plan,
    /// What was reached.
    Achieved,
}

/// A value of an indicator, as a report states it.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetFigure {
    /// Canonical name of the indicator.
    pub indicator: String,
    /// Where its name stands.
    pub name: Span,
    /// What the value is of it.
    pub measure: Measure,
    /// The number as it stands, negative where the text says that it fell.
    pub value: f64,
    /// Its unit as the text writes it.
    pub unit: String,
    /// 左右, 以上, 以内, 以下; or nothing.
    pub qualifier: &'static str,
    /// Of which year; of a target the year of the session.
    pub year: Option<u16>,
    /// Whether it is wanted or was reached.
    pub status: Status,
    /// Whether it is of several years, so that it is no value of the one.
    pub period: bool,
    /// Where the number stands, with unit and qualifier.
    pub number: Span,
    /// The words it was read from: from the name to the number.
    pub span: Span,
    /// Source line of the number, 1-based.
    pub line: u32,
}

/// What was read from a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TargetReading {
    /// In reading order.
    pub figures: Vec<TargetFigure>,
    /// Values beside an indicator that were left out because they may belong to another.
    pub ambiguous: usize,
}

/// How a value is worded.
#[derive(Debug, Clone, Copy, Default)]
struct Wording {
    /// 1 grew, −1 fell, 0 neither is said.
    direction: i8,
    /// Up or down *to* a value.
    to: bool,
    average: bool,
    /// 由, 从: what it was before.
    base: bool,
    /// 均: of each of them.
    all: bool,
}

impl Wording {
    fn of(between: &str) -> Self {
        const UP: &[&str] = &["增长", "增速", "增幅", "增加", "涨幅", "上涨", "上升", "提高", "提升", "净增"];
        const DOWN: &[&str] = &["下降", "降低", "降幅", "减少", "回落", "负增长", "降至", "降到"];
        let last = |words: &[&str]| words.iter().filter_map(|word| Some(between.rfind(word)? + word.len())).max();
        let (up, down) = (last(UP), last(DOWN));
        let direction = match (up, down) {
            (None, None) => 0,
            (up, down) if down >= up => -1,
            _ => 1,
        };
        let after = |words: &[&str]| last(words);
        // 增速达到 is still a growth: only a verb goes up or down to a level.
        let noun = last(&["增速", "增幅", "涨幅", "降幅"]).is_some_and(|noun| Some(noun) == up.max(down));
        let to = !noun && after(&["到", "至", "达"]).zip(up.max(down)).is_some_and(|(to, word)| to >= word);
        let base = after(&["由", "从"]).is_some_and(|from| after(&["到", "至", "达"]).is_none_or(|to| to < from));
        let average = ["年均", "平均"].iter().any(|word| between.contains(word));
        let all = ["均", "都", "双双", "各"]
            .iter()
            .any(|word| between.replace("年均", "").replace("平均", "").contains(word));
        Self { direction, to, average, base, all }
    }
}

/// An indicator that values may follow.
#[derive(Debug, Clone, Copy)]
struct Named {
    /// Number in the list.
    number: usize,
    /// Where its name stands in the sentence.
    start: usize,
    end: usize,
}

/// A value found in a sentence.
#[derive(Debug, Clone)]
struct Taken {
    value: Value,
    wording: Wording,
}

/// The reader of one sentence.
struct TargetReader<'s> {
    list: &'s Indicators,
    sentence: &'s Sentence,
    /// Indicators whose values may follow.
    group: Vec<Named>,
    /// Values that belong together: 5%和7%.
    run: Vec<Taken>,
    /// Whether the group has a value.
    served: bool,
    /// Groups of one indicator just before, which have a level and no growth yet.
    before: Vec<Named>,
    out: Vec<(Named, Taken)>,
    ambiguous: usize,
}

impl TargetReader<'_> {
    /// Deals the values of a run to the indicators they belong to.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let Some(first) = run.first() else { return };
        if first.wording.base {
            return;
        }
        let (group, values) = (self.group.len(), run.len());
        if group == values {
            self.out.extend(self.group.iter().copied().zip(run));
        } else if values == 1 && first.wording.all {
            self.out.extend(self.group.iter().map(|named| (*named, run[0].clone())));
        } else if group == 1 && values > 1 && self.before.len() + 1 >= values && first.wording.direction != 0 {
            // 甲5元,乙3元,增长9%和8%: of both, in their order.
            let earlier = self.before.iter().skip(self.before.len() + 1 - values);
            let both = earlier.copied().chain(self.group.iter().copied());
            self.out.extend(both.zip(run));
        } else {
            self.ambiguous += values;
        }
    }

    fn indicator(&mut self, named: Named, valid: bool, between: &str) {
        self.flush();
        let list = self.list.all();
        if !valid {
            (self.group, self.before) = (Vec::new(), Vec::new());
            return;
        }
        let goes_on = !self.group.is_empty() && !self.served && joins(between);
        if !goes_on {
            // An indicator with a level, right before this one.
            let level = self.group.len() == 1 && self.served && matches!(between, "," | "、" | "和");
            let grew = self
                .out
                .iter()
                .any(|(n, t)| Some(n.start) == self.group.first().map(|g| g.start) && t.wording.direction != 0);
            let last = self.group.first().copied().filter(|_| level && !grew);
            match last {
                Some(last) => self.before.push(last),
                None => self.before.clear(),
            }
            self.group.clear();
        }
        self.served = false;
        let parts = list.get(named.number).map(|one| one.parts.as_slice()).unwrap_or_default();
        if parts.is_empty() {
            self.group.push(named);
            return;
        }
        for part in parts {
            if let Some(number) = list.iter().position(|one| one.name == *part) {
                self.group.push(Named { number, ..named });
            }
        }
    }

    fn value(&mut self, value: Value, between: &str) {
        if self.group.is_empty() {
            return;
        }
        let goes_on = !self.run.is_empty() && matches!(between, "、" | "和" | "与" | "及" | "以及");
        if !goes_on {
            self.flush();
        }
        if !connects(between) || (self.served && between.contains(';')) {
            self.group.clear();
            self.before.clear();
            return;
        }
        let wording = match self.run.first() {
            Some(first) if goes_on => first.wording,
            _ => Wording::of(between),
        };
        self.served = true;
        let rest = self.sentence.text.get(value.end..).unwrap_or_default();
        if !settles(rest) {
            self.ambiguous += 1;
            self.group.clear();
            self.run.clear();
            return;
        }
        self.run.push(Taken { value, wording });
    }
}

/// The figures of a report.
pub fn read(document: &Document, report: &Report, list: &Indicators) -> TargetReading {
    let mut reading = TargetReading::default();
    for sentence in sentences(document, report) {
        read_sentence(document, report, list, &sentence, &mut reading);
    }
    reading
}

fn read_sentence(
    document: &Document,
    report: &Report,
    list: &Indicators,
    sentence: &Sentence,
    reading: &mut TargetReading,
) {
    let names = list.find(&sentence.text);
    if names.is_empty() {
        return;
    }
    let inside = |value: &Value| names.iter().any(|(start, end, _)| value.start < *end && *start < value.end);
    let values: Vec<Value> = values(&sentence.text).into_iter().filter(|value| !inside(value)).collect();
    let mut reader = TargetReader {
        list,
        sentence,
        group: Vec::new(),
        run: Vec::new(),
        served: false,
        before: Vec::new(),
        out: Vec::new(),
        ambiguous: 0,
    };
    let (mut names, mut values) = (names.into_iter().peekable(), values.into_iter().peekable());
    let mut anchor = 0;
    loop {
        let name_first = match (names.peek(), values.peek()) {
            (Some(name), Some(value)) => name.0 < value.start,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => break,
        };
        if name_first {
            let Some((start, end, number)) = names.next() else { break };
            let before = sentence.text.get(..start).unwrap_or_default();
            let between = sentence.text.get(anchor..start).unwrap_or_default();
            let valid = anchor > 0 && joins(between) || may_begin(before, &report.place);
            reader.indicator(Named { number, start, end }, valid, between);
            anchor = end;
        } else {
            let Some(value) = values.next() else { break };
            let between = sentence.text.get(anchor..value.start).unwrap_or_default();
            anchor = value.end;
            reader.value(value, between);
        }
    }
    reader.flush();
    reading.ambiguous += reader.ambiguous;
    for (named, taken) in reader.out {
        let Some(indicator) = list.all().get(named.number) else { continue };
        let implied = sentence.text.get(named.start..named.end).is_some_and(|name| name.contains('增'));
        let Some((measure, value)) = measure(indicator, implied, &taken) else { continue };
        let (status, year) = time(report, sentence, taken.value.start);
        let number = sentence.locate(taken.value.start, taken.value.end);
        let name = sentence.locate(named.start, named.end);
        reading.figures.push(TargetFigure {
            indicator: indicator.name.clone(),
            name,
            measure,
            value,
            unit: taken.value.unit,
            qualifier: taken.value.qualifier,
            year,
            status,
            period: sentence.period,
            number,
            span: Span::new(name.start, number.end),
            line: document.line_at(number.start),
        });
    }
}

/// What a value is of an indicator, if its unit and wording fit.
fn measure(indicator: &Indicator, implied: bool, taken: &Taken) -> Option<(Measure, f64)> {
    let Taken { value, wording } = taken;
    if value.unit == "%" {
        if indicator.rate {
            // A rate that rose by so many percent is another matter.
            return (wording.direction == 0 || wording.to).then_some((Measure::Level, value.number));
        }
        let grows = wording.direction != 0 && !wording.to || indicator.growth || implied && !wording.to;
        let sign = if wording.direction < 0 && !wording.to && value.number > 0.0 { -1.0 } else { 1.0 };
        let measure = if wording.average { Measure::Average } else { Measure::Growth };
        return grows.then_some((measure, sign * value.number));
    }
    let fits =
        indicator.units.contains(&value.unit) && !wording.average && (wording.direction == 0 || wording.to) && !implied;
    // 城镇新增就业 has its growth in its name.
    let new_jobs = indicator.units.contains(&value.unit) && implied && !wording.average && wording.direction == 0;
    (fits || new_jobs).then_some((Measure::Level, value.number))
}

/// Whether a value at byte `at` of a sentence is a target, and of which year it is.
fn time(report: &Report, sentence: &Sentence, at: usize) -> (Status, Option<u16>) {
    let last = report.years.last().copied();
    let session = report.session_year.or(last.map(|year| year + 1));
    let before = sentence.text.get(..at).unwrap_or_default();
    let named = numeral::years(before).filter(|(start, year)| {
        let compared = before.get(..*start).is_some_and(|text| text.ends_with(['比', '由', '从', '较', '是']));
        let rest = before.get(*start..).and_then(|text| text.split_once('年')).map_or("", |(_, rest)| rest);
        !compared && !rest.starts_with('的') && session.is_none_or(|session| *year <= session)
    });
    let named = named.map(|(_, year)| year).last();
    let reviewed = named.filter(|year| last.is_some_and(|last| *year <= last));
    let plan = sentence.planned || sentence.phase == Some(Phase::Ahead) && reviewed.is_none();
    // 到2030年: a target that is set for later.
    let later = numeral::years(before).filter(|(start, year)| {
        session.is_some_and(|session| *year > session)
            && before.get(..*start).is_some_and(|words| words.ends_with('到'))
    });
    if plan {
        (Status::Plan, later.map(|(_, year)| year).last().or(session))
    } else {
        (Status::Achieved, named.or(last).or(session.map(|year| year - 1)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::fixture::document;

    /// Indicator, measure, value, unit, qualifier, year, status of all figures.
    fn told(text: &str) -> Vec<String> {
        let document = document("云和市", text);
        let reading = read(&document, &document.reports[0], &Indicators::default());
        let one = |f: TargetFigure| {
            let year = f.year.map_or_else(String::new, |year| year.to_string());
            format!("{} {:?} {}{}{} {year} {:?}", f.indicator, f.measure, f.value, f.unit, f.qualifier, f.status)
        };
        reading.figures.into_iter().map(one).collect()
    }

    #[test]
    fn values_belong_to_the_last_indicator() {
        let past = "#1 2022年工作回顾\n";
        let cases: [(&str, &[&str]); 13] = [
            (
                "全市地区生产总值完成120.5亿元，同比增长6.1%。",
                &["地区生产总值 Level 120.5亿元 2022 Achieved", "地区生产总值 Growth 6.1% 2022 Achieved"],
            ),
            (
                "城乡居民人均可支配收入分别增长4.3%、6.1%。",
                &[
                    "城镇居民人均可支配收入 Growth 4.3% 2022 Achieved",
                    "农村居民人均可支配收入 Growth 6.1% 2022 Achieved",
                ],
            ),
            ("单位GDP能耗下降2.6%左右。", &["单位地区生产总值能耗 Growth -2.6%左右 2022 Achieved"]),
            ("脱贫县农村居民人均可支配收入增长9%。", &[]),
            ("地区生产总值占全省比重达到3%。", &[]),
            (
                "固定资产投资、社会消费品零售总额均增长7%。",
                &["固定资产投资 Growth 7% 2022 Achieved", "社会消费品零售总额 Growth 7% 2022 Achieved"],
            ),
            ("生产总值超200亿元的县达到3个。", &[]),
            ("城镇登记失业率控制在4%以内。", &["城镇登记失业率 Level 4%以内 2022 Achieved"]),
            (
                "城镇化率从40.1%提高到43.5%；工业增加值增速达到9%。",
                &["常住人口城镇化率 Level 43.5% 2022 Achieved", "工业增加值 Growth 9% 2022 Achieved"],
            ),
            ("农民人均收入达到 74 76 元。", &[]),
            (
                "城镇居民人均收入9000元，农民人均收入5000元，实际增长9％和8％。",
                &[
                    "城镇居民人均可支配收入 Level 9000元 2022 Achieved",
                    "农村居民人均可支配收入 Level 5000元 2022 Achieved",
                    "城镇居民人均可支配收入 Growth 9% 2022 Achieved",
                    "农村居民人均可支配收入 Growth 8% 2022 Achieved",
                ],
            ),
            ("居民消费价格涨幅从5.4%回落到2.6%。", &["居民消费价格 Growth 2.6% 2022 Achieved"]),
            ("地区生产总值是2017年的1.6倍，年均增长8.2%。", &["地区生产总值 Average 8.2% 2022 Achieved"]),
        ];
        for (text, want) in cases {
            assert_eq!(told(&format!("{past}{text}")), want, "{text}");
        }
    }

    #[test]
    fn targets_are_of_the_year_to_come() {
        let text = "#1 2022年工作回顾\n地区生产总值增长6%。\n#1 2023年工作安排\n过去一年，我们种树。地区生产总值增长6%。\n主要预期目标是：地区生产总值增长7%左右；居民消费价格涨幅3%左右；城镇新增就业5000人以上。到2030年，地区生产总值达到20亿元。";
        let want = [
            "地区生产总值 Growth 6% 2022 Achieved",
            "地区生产总值 Growth 6% 2022 Achieved",
            "地区生产总值 Growth 7%左右 2023 Plan",
            "居民消费价格 Growth 3%左右 2023 Plan",
            "城镇新增就业 Level 5000人以上 2023 Plan",
            "地区生产总值 Level 20亿元 2030 Plan",
        ];
        assert_eq!(told(text), want);
    }

    proptest! {
        #[test]
        fn no_number_is_made_up(text in "(地区生产总值|固定资产投资|城乡居民收入|增长|达到|分别|、|，|和|下降|均|[0-9]{1,3}(\\.[0-9])?(%|亿元|人)|的|2021年|。){1,24}") {
            let document = document("云和市", &text);
            for figure in read(&document, &document.reports[0], &Indicators::default()).figures {
                let number: String = figure.number.slice(document.text()).chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
                prop_assert_eq!(number.trim_start_matches('-').parse::<f64>().unwrap(), figure.value.abs());
                prop_assert!(figure.span.start <= figure.name.start && figure.number.end <= figure.span.end);
                prop_assert!(figure.span.slice(document.text()).contains(figure.number.slice(document.text())));
            }
        }
    }
}
