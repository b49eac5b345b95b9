//! A figure worked out: the contingency table and the formulas with the numbers in them, as text. In: a row and its
//! table. Out: cells and lines. Does not know about: where the figures came from; it computes none that is not in the row.

use super::table::{Keyword, KeywordTable};
use crate::corpus::Corpus;
use crate::index::stats::{self, Interval};
use crate::text::Lang;

/// The 2×2 table of a term, with its sums, and the formulas filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// Rows: occurrences of the term, 汉字 of the text; columns: scope, reference, both.
    pub cells: [[u64; 3]; 2],
    /// One line for each figure: `name = formula = numbers = result`.
    pub lines: Vec<String>,
}

impl Worked {
    /// Works out the figures of `row`, which stands in `table`; `corpus` names the place that drives it.
    pub fn new(row: &Keyword, table: &KeywordTable, corpus: &Corpus, lang: Lang) -> Self {
        let (a, n1, b, n2) = (row.count, table.scope_han, row.rest_count, table.rest_han);
        let line = |x: u64, y: u64| [x, y, x + y];
        let cells = [line(a, b), line(n1, n2)];
        let mut lines =
            vec![format!("{} = 10000 a / n₁ = 10000 × {a} / {n1} = {:.4}", lang.pick("每万字", "rate"), row.rate)];
        lines.extend(row.rate_interval.map(|Interval { low, high }| format!("95 %: {low:.4} – {high:.4} (Wilson)")));
        if n2 > 0 {
            lines.extend(compared(row, (a, n1, b, n2), table.tested, lang));
            let (with, texts) = ((row.scope_reports, row.rest_reports), (table.scope_reports, table.rest_reports));
            lines.push(format!(
                "{}: {}/{} : {}/{}, G² = {:.4}, p = {:.3e}",
                lang.pick("用到的篇数（Fisher 精确）", "reports with it (Fisher, exact)"),
                with.0,
                texts.0,
                with.1,
                texts.1,
                row.text_g2,
                row.text_p
            ));
        }
        let idf = format!("{a} × ln({} / {})", table.corpus_reports, row.reports);
        if table.corpus_reports > 0 && row.reports > 0 {
            lines.push(format!("TF-IDF = a ln(N / df) = {idf} = {:.4}", row.tf_idf));
        }
        let parts = table.parts;
        lines.push(format!("DP = ½ Σ |v − s| / (1 − min s) = {:.4} ({} {parts})", row.dp, lang.pick("份数", "parts:")));
        if let Some(d) = row.juilland {
            lines.push(format!("D = 1 − V / √(n − 1) = {d:.4} (n = {parts})"));
        }
        if let Some(place) = row.driver.and_then(|place| corpus.places().get(place.0 as usize)) {
            let name = if place.name.is_empty() { lang.pick("未知", "unknown") } else { &place.name };
            lines.push(match lang {
                Lang::Zh => format!("去掉{name}的文字，差别便不再显著（|G²| < {:.2}）", stats::CRITICAL_G2),
                Lang::En => {
                    format!("without the text of {name} it is no longer significant (|G²| < {:.2})", stats::CRITICAL_G2)
                }
            });
        }
        Self { cells, lines }
    }
}

fn compared(row: &Keyword, (a, n1, b, n2): (u64, u64, u64, u64), tested: usize, lang: Lang) -> Vec<String> {
    let (e1, e2) = stats::expected(a, n1, b, n2);
    let (ab, n) = (a + b, n1 + n2);
    // A cell without an occurrence adds nothing, and is not written as 0 ln 0.
    let cell = |count: u64, expected: f64| {
        if count == 0 { "0".to_owned() } else { format!("{count} ln({count} / {expected:.4})") }
    };
    let sign = if row.g2 < 0.0 { lang.pick("（更少，取负）", " (less: negative)") } else { "" };
    let half = |count: u64| if count == 0 { "0.5".to_owned() } else { count.to_string() };
    vec![
        format!("E₁ = n₁ (a + b) / (n₁ + n₂) = {n1} × {ab} / {n} = {e1:.4}"),
        format!("E₂ = n₂ (a + b) / (n₁ + n₂) = {n2} × {ab} / {n} = {e2:.4}"),
        format!("G² = 2 (a ln(a / E₁) + b ln(b / E₂)) = 2 ({} + {}) = {:.4}{sign}", cell(a, e1), cell(b, e2), row.g2),
        format!(
            "{} = log₂((a / n₁) / (b / n₂)) = log₂(({} / {n1}) / ({} / {n2})) = {:.4}",
            lang.pick("对数比", "log ratio"),
            half(a),
            half(b),
            row.log_ratio
        ),
        row.log_ratio_interval.map_or_else(String::new, |Interval { low, high }| {
            format!("95 %: {low:.4} – {high:.4} (√(1/a − 1/n₁ + 1/b − 1/n₂), Katz)")
        }),
        format!("BIC = |G²| − ln(n₁ + n₂) = {:.4} − ln {n} = {:.4}", row.g2.abs(), row.bayes),
        if e1 < stats::FEW || e2 < stats::FEW {
            let exact = lang.pick("二项分布，精确", "binomial, exact");
            format!("p ({exact}; E < {}) = {:.3e}; FDR (m = {tested}) = {:.3e}", stats::FEW, row.p, row.fdr)
        } else {
            format!("p = erfc(√(|G²| / 2)) = {:.3e}; FDR (m = {tested}) = {:.3e}", row.p, row.fdr)
        },
    ]
}
