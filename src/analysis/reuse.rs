//! SharedWording wording: who else uses the words of a paragraph, or every passage that two reports share; or how much of each report
//! is its own. In: a paragraph, a report, or none for the whole corpus. Out: one row a pair of passages, the strongest first;
//! or one a report. Does not know about: how passages are found.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::spot::{Spot, file_of};
use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, Unanswered, reuse_summary};
use crate::corpus::{Corpus, ReportId};
use crate::index::ledger::{Edit, edits};
use crate::index::passages::{
    FoundPassage, GRAM, GUARANTEE, Passage, PassageIndex, PassageKind, SharedWording, WINDOW, all_pairs,
};
use crate::index::search::context as context_of;
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::{Lang, Span};

/// What is known of it.
pub const ABOUT: About = About {
    name: "reuse",
    title: ("同文", "shared wording"),
    help: "Print passages that reports share, or how much of each report is its own ‖ 各篇之间相同的段落，或每篇有多少是自己的",
    views: &[
        KeyedQuestion {
            action: "reuse-table",
            ask: |subject| Some(Params { chosen: Some(subject.paragraph?), formulas: true, ..Params::default() }.into()),
            shows: |question| matches!(question, Question::Reuse(params) if !params.summary),
        },
        KeyedQuestion {
            action: "reuse-summary",
            ask: |_| Some(Params { summary: true, ..Params::default() }.into()),
            shows: |question| matches!(question, Question::Reuse(params) if params.summary),
        },
    ],
};

/// `yilan reuse`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// Only the paragraph at this line, with who else uses its wording (or, with --summary, only its report).
    /// ‖ 只看这一行的段落：还有谁这样写（连同 --summary 则只看这一篇）
    #[arg(long, value_name = "FILE:LINE")]
    pub at: Option<String>,
    /// Fewest equal characters of a passage.
    /// ‖ 同文最少几个字
    #[arg(long, value_name = "N", default_value_t = GUARANTEE)]
    pub min: usize,
    /// Print wording that many places use, too.
    /// ‖ 各地通用的套话也列出
    #[arg(long)]
    pub formulas: bool,
    /// Instead of passages: how much of each report is its own, and the reports closest to it.
    /// ‖ 不列段落，列出每篇独有多少、与哪几篇最近
    #[arg(long)]
    pub summary: bool,
    /// The report and the source line of the paragraph, as the screen chose them.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Option<(ReportId, u32)>,
}

impl Default for Params {
    fn default() -> Self {
        Self { at: None, min: GUARANTEE, formulas: false, summary: false, chosen: None }
    }
}

/// A passage on one side.
#[derive(Debug)]
struct PassageSide {
    report: ReportId,
    file: String,
    line: u32,
    column: u32,
    /// Column behind its last character, on the line where it ends.
    end: u32,
    end_line: u32,
    text: String,
    place: String,
    year: Option<u16>,
    span: Span,
}

/// A passage that two reports share.
#[derive(Debug)]
struct PassagePair {
    here: PassageSide,
    there: PassageSide,
    kind: PassageKind,
    own: bool,
    matched: u64,
    novel: u64,
    edits: u64,
    /// What makes the wording there of the wording here.
    ops: Vec<Edit>,
    places: u64,
    reports: u64,
    /// Where it stands first: file, line, place, year.
    first: (String, u32, String, Option<u16>),
}

impl PassagePair {
    fn kind_name(&self, lang: Lang) -> &'static str {
        match self.kind {
            PassageKind::Reuse if self.own => lang.pick("沿用", "own"),
            PassageKind::Reuse => lang.pick("同文", "shared"),
            PassageKind::Citation => lang.pick("引用", "cited"),
            PassageKind::Formula => lang.pick("套话", "formula"),
        }
    }
}

impl PassageSide {
    /// Place, year and line, short.
    fn name(&self) -> Cell<'_> {
        let file = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let year = self.year.map_or_else(String::new, |year| year.to_string());
        Cell::Text(format!("{}{year} {file}:{}", self.place, self.line).into())
    }
}

fn year(year: Option<u16>) -> Cell<'static> {
    Cell::count(year.map(u64::from))
}

type Of = Field<PassagePair, Lang>;

const FIELDS: &[Of] = &[
    Of::new("file", Kind::Path, |row, _| Cell::text(&row.here.file)),
    Of::new("line", Kind::Position, |row, _| Cell::Count(row.here.line.into())),
    Of::new("column", Kind::Position, |row, _| Cell::Count(row.here.column.into())),
    Of::new("end", Kind::Position, |row, _| Cell::Count(row.here.end.into())),
    Of::new("end_line", Kind::Position, |row, _| Cell::Count(row.here.end_line.into())),
    Of::new("text", Kind::Text, |row, _| Cell::text(&row.here.text)),
    Of::new("place", Kind::Group, |row, _| Cell::text(&row.here.place)),
    Of::new("year", Kind::Year, |row, _| year(row.here.year)),
    Of::new("kind", Kind::Group, |row, _| Cell::text(row.kind.name())),
    Of::new("own", Kind::Group, |row, _| Cell::Flag(row.own)),
    Of::new("sign", Kind::Group, |row, lang| Cell::text(row.kind_name(*lang))).head("", "").people(4).screen(3, 8).people_only(),
    Of::new("matched", Kind::Position, |row, _| Cell::Count(row.matched)).head("同", "same").people(2).screen(2, 6),
    Of::new("novel", Kind::Position, |row, _| Cell::Count(row.novel)).head("独有", "novel").people(1).screen(1, 6),
    Of::new("edits", Kind::Position, |row, _| Cell::Count(row.edits)).head("改", "edits").people(3).screen(4, 6),
    Of::new("ops", Kind::Text, |row, _| Cell::Pairs(row.ops.iter().map(Edit::parts).collect())),
    Of::new("changes", Kind::Text, |row, _| Cell::Text(changes(&row.ops).into()))
        .head("改动", "changes")
        .people(8)
        .screen(7, 24)
        .people_only(),
    Of::new("places", Kind::Position, |row, _| Cell::Count(row.places)),
    Of::new("reports", Kind::Position, |row, _| Cell::Count(row.reports)),
    Of::new("other.file", Kind::Path, |row, _| Cell::text(&row.there.file)),
    Of::new("other.line", Kind::Position, |row, _| Cell::Count(row.there.line.into())),
    Of::new("other.column", Kind::Position, |row, _| Cell::Count(row.there.column.into())),
    Of::new("other.end", Kind::Position, |row, _| Cell::Count(row.there.end.into())),
    Of::new("other.end_line", Kind::Position, |row, _| Cell::Count(row.there.end_line.into())),
    Of::new("other.text", Kind::Text, |row, _| Cell::text(&row.there.text)).head("文字", "words").screen(6, 24).opens(
        |row, _| Evidence::Occurrences {
            name: row.there.text.clone(),
            occurrences: vec![Occurrence { report: row.there.report, span: row.there.span }],
        },
    ),
    Of::new("other.place", Kind::Place, |row, _| Cell::text(&row.there.place)).head("地方", "place").screen(0, 0).key(),
    Of::new("other.year", Kind::Year, |row, _| year(row.there.year)).head("年份", "year").screen(5, 6),
    Of::new("first.file", Kind::Path, |row, _| Cell::text(&row.first.0)),
    Of::new("first.line", Kind::Position, |row, _| Cell::Count(row.first.1.into())),
    Of::new("first.place", Kind::Group, |row, _| Cell::text(&row.first.2)),
    Of::new("first.year", Kind::Year, |row, _| year(row.first.3)),
    Of::new("here", Kind::Path, |row, _| row.here.name()).head("出处", "where").people(5).screen(0, 0).people_only(),
    Of::new("there", Kind::Path, |row, _| row.there.name()).head("另见", "and").people(6).screen(0, 0).people_only(),
    Of::new("words", Kind::Text, |row, _| {
        let mut words: String = row.here.text.chars().take(30).collect();
        words.extend(row.here.text.chars().nth(30).map(|_| '…'));
        Cell::Text(words.into())
    })
    .head("文字", "words")
    .people(7)
    .screen(0, 0)
    .people_only(),
];

impl Params {
    /// The report and line that are asked about.
    ///
    /// # Errors
    /// When the words are not FILE:LINE, or no report has the line.
    pub(super) fn spot(&self, corpus: &Corpus, lang: Lang) -> Result<Option<(ReportId, u32)>, Unanswered> {
        let Some(words) = &self.at else { return Ok(self.chosen) };
        let wrong = || format!("{}: {words}", lang.pick("应为 文件:行号", "FILE:LINE is wanted"));
        let spot = Spot::parse(words).ok_or_else(|| Unanswered::Wrong(wrong()))?;
        let report = spot.report(corpus).ok_or_else(|| nothing_at(words, lang))?;
        Ok(Some((report, spot.line)))
    }

    fn settings(&self, index: &PassageIndex) -> Settings {
        let pairs = [
            ("k", GRAM.to_string()),
            ("w", WINDOW.to_string()),
            ("min", self.min.to_string()),
            ("T", index.most().to_string()),
            ("places", index.places().to_string()),
        ];
        Settings::of_pairs("reuse", &pairs)
    }

    /// Whether a passage is told. A formula is wording of many places; what few places have is told even where most of it is
    /// common.
    fn wants(&self, passage: &Passage, index: &PassageIndex) -> bool {
        self.formulas || passage.kind != PassageKind::Formula || passage.places <= index.most()
    }
}

fn nothing_at(words: &str, lang: Lang) -> Unanswered {
    Unanswered::Nothing(format!("{words}: {}", lang.pick("这里没有段落", "no paragraph here")))
}

/// Edits in a line: what became of what, what came and what went. Punctuation alone is none.
fn changes(ops: &[Edit]) -> String {
    let said = |text: &str| text.chars().any(char::is_alphanumeric);
    let mut told: Vec<String> = Vec::new();
    let mut ops = ops.iter().peekable();
    while let Some(op) = ops.next() {
        let next = match (op, ops.peek()) {
            (Edit::Out(_), Some(Edit::In(text))) => Some(text),
            _ => None,
        };
        match (op, next) {
            (Edit::Out(old), Some(new)) => {
                ops.next();
                told.extend((said(old) || said(new)).then(|| format!("{old}→{new}")));
            }
            (Edit::Out(old), None) => told.extend(said(old).then(|| format!("−{old}"))),
            (Edit::In(new), _) => told.extend(said(new).then(|| format!("+{new}"))),
            (Edit::Same(_), _) => {}
        }
    }
    told.join("；")
}

fn side(corpus: &Corpus, found: &FoundPassage) -> Option<PassageSide> {
    let (document, report) = corpus.report(found.report)?;
    let (first, last) = (found.spans.first()?, found.spans.last()?);
    Some(PassageSide {
        report: found.report,
        file: file_of(document),
        line: found.line,
        column: context_of(document, *first, 0).column,
        end: context_of(document, Span::new(last.end, last.end), 0).column,
        end_line: document.line_at(last.start),
        text: found.spans.iter().map(|span| span.slice(document.text())).collect(),
        place: report.place.clone(),
        year: report.filed_year(),
        span: *first,
    })
}

fn pair(corpus: &Corpus, passage: &Passage) -> Option<PassagePair> {
    let (document, report) = corpus.report(passage.first.report)?;
    let (here, there) = (side(corpus, &passage.here)?, side(corpus, &passage.there)?);
    Some(PassagePair {
        ops: edits(&here.text, &there.text),
        here,
        there,
        kind: passage.kind,
        own: passage.own,
        matched: passage.matched as u64,
        novel: passage.novel as u64,
        edits: passage.edits as u64,
        places: passage.places as u64,
        reports: passage.reports as u64,
        first: (file_of(document), passage.first.line, report.place.clone(), report.filed_year()),
    })
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let (corpus, lang) = (context.corpus(), context.lang);
        let spot = self.spot(corpus, lang)?;
        let index = context.indexes.passages(corpus, &|_, _| {}, cancelled).ok_or(Unanswered::Cancelled)?;
        let settings = self.settings(&index);
        if self.summary {
            let only = spot.map(|(report, _)| corpus.original(report));
            return reuse_summary::table(context, &index, (only, self.min), settings, cancelled);
        }
        let (passages, left_out): (Vec<Passage>, usize) = match spot {
            None => {
                let wanted = |passage: &Passage| self.wants(passage, &index);
                let found = all_pairs(corpus, &index, self.min, &wanted, cancelled);
                (found.ok_or(Unanswered::Cancelled)?, 0)
            }
            Some((report, line)) => {
                let shared = index.shared_at(corpus, report, line, self.min);
                let words = self.at.clone().unwrap_or_else(|| line.to_string());
                let SharedWording { passages, left_out, .. } = shared.ok_or_else(|| nothing_at(&words, lang))?;
                (passages.into_iter().filter(|passage| self.wants(passage, &index)).collect(), left_out)
            }
        };
        let total = passages.len();
        let rows: Vec<PassagePair> = passages.iter().take(context.rows).filter_map(|passage| pair(corpus, passage)).collect();
        let list = List::sharing(rows, lang, FIELDS).about(|row, _| std::slice::from_ref(&row.there.report));
        let mut table = Table::new(list, settings);
        (table.total, table.found, table.sorted) = (total, total > 0, Some("novel"));
        if left_out > 0 {
            table.notes.push(match lang {
                Lang::Zh => format!("可能相同的段落太多，{left_out} 段没有看"),
                Lang::En => format!("too many paragraphs may share something: {left_out} were not looked at"),
            });
        }
        table.title = match (spot, lang) {
            (Some((_, line)), Lang::Zh) => format!("第 {line} 行这一段的同文 · {total} 处"),
            (Some((_, line)), Lang::En) => format!("shared wording of the paragraph at line {line}: {total}"),
            (None, Lang::Zh) => format!("同文 · {total} 处"),
            (None, Lang::En) => format!("shared wording: {total}"),
        };
        Ok(table)
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        if let Some((report, line)) = self.chosen {
            self.at = Some(format!("{}:{line}", file_of(corpus.report(report)?.0)));
        }
        Some(())
    }

    fn files(&self) -> Vec<PathBuf> {
        self.at.iter().filter_map(|words| Spot::parse(words)).map(|spot| spot.file).collect()
    }

    fn compares_wording(&self) -> bool {
        true
    }
}
