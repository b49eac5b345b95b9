//! Where terms stand in a text: it is cut into parts of equal length, and each term counted in each. In: terms, a scope. Out: one
//! row a term and part, so that the grid of them shows which terms stand together and which only at the end. Does not know about:
//! shades.

use clap::Args;
use serde::Serialize;

use super::trend::Terms;
use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, ScopeFlags, Unanswered, WordFlags};
use crate::corpus::{Corpus, ReportId};
use crate::index::scope::Extent;
use crate::index::terms::{Occurrence, open_term};
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Span;

/// What is known of it.
pub const ABOUT: About = About {
    name: "dispersion",
    title: ("分布", "dispersion"),
    help: "Print where terms stand in a text, part by part ‖ 各词在文中的分布：文分为等长的几段，逐段计数",
    views: &[KeyedQuestion {
        action: "dispersion",
        ask: |subject| {
            let terms: Vec<String> = subject.terms.iter().take(SHOWN).cloned().collect();
            let (scope, words) = (subject.scope.clone(), subject.words.clone());
            let params = Params { terms: Terms(terms), scope, parts: PARTS, strings: false, words };
            (!params.terms.0.is_empty()).then(|| params.into())
        },
        shows: |question| matches!(question, Question::Dispersion(_)),
    }],
};

/// Parts unless the flags say otherwise.
const PARTS: u8 = 20;
/// Terms of a list that the screen shows.
const SHOWN: usize = 100;

/// `yilan dispersion`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// The terms; several one after another, or with commas between them.
    /// ‖ 词；几个依次写或用逗号隔开
    #[arg(value_name = "TERM")]
    pub terms: Terms,
    /// What to look through: with --report a single report.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// Into how many parts of equal length the text is cut, 2 to 100.
    /// ‖ 全文分成等长的几段，2 到 100
    #[arg(long, value_name = "N", default_value_t = PARTS, value_parser = clap::value_parser!(u8).range(2..=100))]
    pub parts: u8,
    /// Count the string inside longer words too.
    /// ‖ 长词之内的也数
    #[arg(long)]
    pub strings: bool,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

/// A term in a part of the text.
#[derive(Debug)]
struct TermInPart {
    term: String,
    /// Counted from 0.
    part: u8,
    occurrences: Vec<Occurrence>,
}

type Of = Field<TermInPart, u8>;

const FIELDS: &[Of] = &[
    Of::new("term", Kind::Term, |row, _| Cell::text(&row.term)).head("词", "term").people(1).key(),
    Of::new("part", Kind::Group, |row, parts| Cell::Text(name(row.part, *parts).into()))
        .head("全文的百分之几", "percent of the text")
        .people(2)
        .key(),
    Of::new("count", Kind::Count, |row, _| Cell::Count(row.occurrences.len() as u64)).head("次", "count").people(3).opens(
        |row, parts| Evidence::Occurrences {
            name: format!("{} · {}", row.term, name(row.part, *parts)),
            occurrences: row.occurrences.clone(),
        },
    ),
];

/// A part by where it begins and ends, in percent of the text.
fn name(part: u8, parts: u8) -> String {
    let percent = |part: u16| f64::from(part) * 100.0 / f64::from(parts.max(1));
    format!("{:.0}–{:.0}%", percent(part.into()), percent(u16::from(part) + 1))
}

/// How far into a text its lines begin.
struct TextOffsets {
    /// Each line that counts, by report and place, and how many bytes of such lines come before it.
    lines: Vec<(ReportId, Span, u64)>,
    bytes: u64,
}

impl TextOffsets {
    fn of(corpus: &Corpus, extent: &Extent, cancelled: Cancelled<'_>) -> Option<Self> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        for piece in extent.pieces() {
            let went_on = piece.each_stretch(corpus, &mut |stretch| {
                for span in stretch.lines() {
                    lines.push((piece.report, span, bytes));
                    bytes += u64::from(span.end - span.start);
                }
                !cancelled()
            });
            if !went_on {
                return None;
            }
        }
        lines.sort_unstable_by_key(|(report, span, _)| (*report, span.start));
        Some(Self { lines, bytes })
    }

    /// The part, of so many, in which an occurrence begins.
    fn part(&self, one: &Occurrence, parts: u8) -> Option<u8> {
        let after = self.lines.partition_point(|(report, span, _)| (*report, span.start) <= (one.report, one.span.start));
        let (report, span, before) = self.lines.get(after.checked_sub(1)?)?;
        let inside = *report == one.report && one.span.start < span.end;
        let offset = before + u64::from(one.span.start.checked_sub(span.start)?);
        let part = offset * u64::from(parts) / self.bytes.max(1);
        inside.then(|| u8::try_from(part).unwrap_or(u8::MAX).min(parts.saturating_sub(1)))
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let text = context.text(&self.scope, cancelled)?;
        let corpus = context.corpus();
        let offsets = TextOffsets::of(corpus, &text.extent, cancelled).ok_or(Unanswered::Cancelled)?;
        let mut rows = Vec::new();
        let mut found_any = false;
        for term in &self.terms.0 {
            let found = open_term(corpus, &text.extent, term, context.count_context.segmenter, cancelled);
            let found = found.ok_or(Unanswered::Cancelled)?;
            let all = if self.strings { found.strings() } else { found.words };
            found_any |= !all.is_empty();
            let first = rows.len();
            rows.extend((0..self.parts).map(|part| TermInPart { term: term.clone(), part, occurrences: Vec::new() }));
            for one in all {
                let row = offsets.part(&one, self.parts).and_then(|part| rows.get_mut(first + usize::from(part)));
                if let Some(row) = row {
                    row.occurrences.push(one);
                }
            }
        }
        let mut provenance = context.provenance(&text);
        provenance.counts = if self.strings { Counting::Text.name() } else { Counting::Words.name() };
        provenance
            .add(format!("等长的 {} 段", self.parts), format!("{} parts of equal length", self.parts));
        let settings = Settings::of_words(&provenance, context.lang);
        let total = rows.len();
        rows.truncate(context.rows);
        let mut table = Table::new(List::sharing(rows, self.parts, FIELDS), settings);
        (table.total, table.found, table.sorted) = (total, found_any, Some("count"));
        table.title = format!("{} · {}", context.lang.pick("分布", "dispersion"), text.name);
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn kept_whole(&self) -> Vec<String> {
        if self.strings { Vec::new() } else { self.terms.0.clone() }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.terms.0.extend(Terms::from(word).0);
        true
    }
}
