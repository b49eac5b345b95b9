//! What a writer would look at again in a draft. In: a draft. Out: one row a remark, in reading order, what is missing last.
//! Does not know about: how anything is found.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::spot::{self, file_of};
use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, Unanswered};
use crate::corpus::{Corpus, ReportId};
use crate::index::draft::{Checks, Remark, RemarkKind, check};
use crate::index::search::context as context_of;
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::{Lang, Span};

/// What is known of it.
pub const ABOUT: About = About {
    name: "draft",
    title: ("稿件检查", "check of a draft"),
    help: "Check a draft: wording found elsewhere, set phrases, former names, figures, missing sections, punctuation ‖ 检查稿件：与别处同文、提法、旧称、数字、缺的章节、标点",
    views: &[KeyedQuestion {
        action: "draft",
        ask: |subject| Some(Params { file: String::new(), chosen: Some(subject.report?) }.into()),
        shows: |question| matches!(question, Question::Draft(_)),
    }],
};

/// `yilan draft`
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize)]
pub struct Params {
    /// The draft: a file, FILE:LINE, or PLACE:YEAR.
    /// ‖ 稿件：文件、“文件:行”或“地方:年份”
    pub file: String,
    /// The report that was chosen on the screen.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Option<ReportId>,
}

/// A remark, where it is about and where else to look.
#[derive(Debug)]
struct DraftRemark {
    report: ReportId,
    kind: RemarkKind,
    file: String,
    span: Option<Span>,
    line: Option<u32>,
    column: Option<u32>,
    text: String,
    note: String,
    other: Option<OtherPlace>,
}

/// Where another report says it, or says it otherwise.
#[derive(Debug)]
struct OtherPlace {
    occurrence: Occurrence,
    file: String,
    line: u32,
    place: String,
    year: Option<u16>,
    text: String,
}

impl DraftRemark {
    fn new(corpus: &Corpus, draft: ReportId, remark: &Remark) -> Option<Self> {
        let (document, _) = corpus.report(draft)?;
        let there = (remark.span != Span::default()).then_some(remark.span);
        let other = remark.other.and_then(|(id, span)| {
            let (document, report) = corpus.report(id)?;
            Some(OtherPlace {
                occurrence: Occurrence { report: id, span },
                file: file_of(document),
                line: document.line_at(span.start),
                place: report.place.clone(),
                year: report.filed_year(),
                text: span.slice(document.text()).to_owned(),
            })
        });
        Some(Self {
            report: draft,
            kind: remark.kind,
            file: file_of(document),
            span: there,
            line: there.map(|span| document.line_at(span.start)),
            column: there.map(|span| context_of(document, span, 0).column),
            text: there.map_or("", |span| span.slice(document.text())).to_owned(),
            note: remark.note.clone(),
            other,
        })
    }

    /// The words it is about; of what is missing, where another report has it.
    fn evidence(&self) -> Option<Evidence> {
        let here = self.span.map(|span| Occurrence { report: self.report, span });
        let occurrence = here.or_else(|| self.other.as_ref().map(|other| other.occurrence))?;
        Some(Evidence::Occurrences { name: self.note.clone(), occurrences: vec![occurrence] })
    }

    fn other_evidence(&self) -> Option<Evidence> {
        let occurrence = self.other.as_ref()?.occurrence;
        Some(Evidence::Occurrences { name: self.note.clone(), occurrences: vec![occurrence] })
    }

    fn note(&self, lang: Lang) -> String {
        match self.kind {
            RemarkKind::Shared => format!("{} {}", lang.pick("独有字", "letters of few:"), self.note),
            _ => self.note.clone(),
        }
    }

    fn see(&self) -> String {
        let told = self.other.as_ref().map(|other| {
            let year = other.year.map_or_else(String::new, |year| year.to_string());
            format!("{}{year} {}:{}", other.place, other.file, other.line)
        });
        told.unwrap_or_default()
    }
}

type Of = Field<DraftRemark, Lang>;

const FIELDS: &[Of] = &[
    Of::new("kind", Kind::Group, |row, _| Cell::text(row.kind.name())).opens_some(|row, _| row.evidence()),
    Of::new("file", Kind::Path, |row, _| Cell::text(&row.file)),
    Of::new("line", Kind::Position, |row, _| Cell::count(row.line.map(u64::from))).head("行", "line").people(1).screen(2, 6),
    Of::new("column", Kind::Position, |row, _| Cell::count(row.column.map(u64::from))),
    Of::new("text", Kind::Text, |row, _| Cell::text(&row.text)).head("文字", "words").people(3).screen(3, 24),
    Of::new("note", Kind::Text, |row, _| Cell::text(&row.note)),
    Of::new("other.file", Kind::Path, |row, _| Cell::some_text(row.other.as_ref().map(|other| other.file.as_str()))),
    Of::new("other.line", Kind::Position, |row, _| Cell::count(row.other.as_ref().map(|other| u64::from(other.line)))),
    Of::new("other.place", Kind::Group, |row, _| Cell::some_text(row.other.as_ref().map(|other| other.place.as_str()))),
    Of::new("other.year", Kind::Year, |row, _| {
        Cell::count(row.other.as_ref().and_then(|other| other.year).map(u64::from))
    }),
    Of::new("other.text", Kind::Text, |row, _| Cell::some_text(row.other.as_ref().map(|other| other.text.as_str())))
        .opens_some(|row, _| row.other_evidence()),
    Of::new("remark", Kind::Group, |row, lang| Cell::text(lang.pick(row.kind.zh(), row.kind.name())))
        .head("", "")
        .people(2)
        .people_only()
        .screen(0, 0)
        .key(),
    Of::new("said", Kind::Text, |row, lang| Cell::Text(row.note(*lang).into()))
        .head("说明", "note")
        .people(4)
        .people_only()
        .screen(1, 24),
    Of::new("see", Kind::Path, |row, _| Cell::Text(row.see().into()))
        .head("另见", "see")
        .people(5)
        .people_only()
        .screen(4, 24),
];

impl Analysis for Params {
    fn compares_sections(&self) -> bool {
        true
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        if let Some(report) = self.chosen.take() {
            self.file = spot::words_of(corpus, report)?;
        }
        Some(())
    }

    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let (corpus, lang) = (context.corpus(), context.lang);
        let none = || Unanswered::Nothing(format!("{}: {}", self.file, lang.pick("没有这份报告", "no such report")));
        let id = self.chosen.or_else(|| spot::report(corpus, &self.file)).ok_or_else(none)?;
        let draft = corpus.original(id);
        let list = context.indicators.as_ref().map_err(|why| Unanswered::Wrong(why.clone()))?;
        let passages = context.indexes.passages(corpus, &|_, _| {}, cancelled).ok_or(Unanswered::Cancelled)?;
        let sections = context.indexes.sections(corpus, cancelled).ok_or(Unanswered::Cancelled)?;
        let checks = Checks { passages: &passages, sections: &sections, indicators: list };
        let found = check(corpus, draft, &checks, cancelled).ok_or(Unanswered::Cancelled)?;
        let rows: Vec<DraftRemark> =
            found.iter().filter_map(|remark| DraftRemark::new(corpus, draft, remark)).collect();
        let (_, report) = corpus.report(draft).ok_or_else(none)?;
        let settings = Settings::of_pairs("draft", &[("report", report.title.clone()), ("rows", rows.len().to_string())]);
        let count = rows.len();
        let mut table = Table::new(List::sharing(rows, lang, FIELDS), settings);
        table.title = format!("{} · {} · {count}", ABOUT.title(lang), report.title);
        Ok(table)
    }

    fn files(&self) -> Vec<PathBuf> {
        spot::file(&self.file).into_iter().collect()
    }

    fn compares_wording(&self) -> bool {
        true
    }
}
