//! The same section elsewhere: the sections of other reports about what a section is about. In: a section, which reports.
//! Out: one row each, best first, and one for each report that has none; or the words that they have and it has not. Does not
//! know about: how likeness is found.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use rustc_hash::{FxHashMap, FxHashSet};

use super::arguments::name_of_some;
use super::spot::{Spot, file_of};
use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, Unanswered, similar_words};
use crate::corpus::{Body, Corpus, ReportId};
use crate::index::sections::{ABOUT as LEAST, Alike, Phase, SURE, SectionId, SectionIndex};
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::{Lang, Span};

/// What is known of it.
pub const ABOUT: About = About {
    name: "similar",
    title: ("同题章节", "the same section elsewhere"),
    help: "Print the sections of other reports about the same thing, best first ‖ 别的报告里写同一件事的章节，最近的在前",
    views: &[KeyedQuestion {
        action: "similar",
        ask: |subject| Some(Params { chosen: Some(subject.section?), ..Params::default() }.into()),
        shows: |question| matches!(question, Question::Similar(_)),
    }],
};

/// `yilan similar`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// FILE:LINE of the section, or of any line in it. ‖ 章节的“文件:行”，写其中任何一行都可以
    #[arg(value_name = "FILE:LINE", required_unless_present = "stdin")]
    pub at: Option<String>,
    /// Read the sections from standard input, one FILE:LINE a line; all arguments are then files and folders.
    /// ‖ 从标准输入读章节，每行一个“文件:行”；参数就都是文件和文件夹
    #[arg(long)]
    pub stdin: bool,
    /// At most so many sections of each report. ‖ 每篇最多列几个章节
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub per_report: usize,
    /// Only reports of the same year. ‖ 只看同年的报告
    #[arg(long)]
    pub same_year: bool,
    /// Only reports of the same body (人大常委会, 政协, 政府…). ‖ 只看同机构的报告（人大常委会、政协、政府……）
    #[arg(long)]
    pub same_body: bool,
    /// Only reports of the same province. ‖ 只看同省的报告
    #[arg(long)]
    pub same_province: bool,
    /// Only sections that look back, or only those that look ahead. ‖ 只看回顾的章节，或只看打算的章节
    #[arg(long, value_name = "PHASE")]
    #[serde(serialize_with = "name_of_some")]
    pub phase: Option<PhaseWanted>,
    /// Only sections that look back or ahead as the section itself does.
    /// ‖ 回顾只对回顾，打算只对打算
    #[arg(long)]
    pub same_phase: bool,
    /// Instead of sections: the words that the sections found have and this one has not, and those that it alone has.
    /// ‖ 不列章节，列出那些章节有而本节没有的词，和只有本节有的词
    #[arg(long)]
    pub words: bool,
    /// The lines of standard input.
    #[arg(skip)]
    #[serde(skip)]
    pub lines: Vec<String>,
    /// The section, as the screen chose it.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Option<SectionId>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            at: None,
            stdin: false,
            per_report: 1,
            same_year: false,
            same_body: false,
            same_province: false,
            phase: None,
            same_phase: false,
            words: false,
            lines: Vec::new(),
            chosen: None,
        }
    }
}

/// Sections that look back, or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PhaseWanted {
    /// What was done.
    Past,
    /// What is to be done.
    Ahead,
}

/// A section that was asked about: as it was named, and itself.
#[derive(Debug, Clone)]
struct AskedSection {
    file: String,
    line: u32,
    id: SectionId,
}

/// A section that is like the one asked about; without a line a report that has none.
#[derive(Debug)]
struct SimilarSectionRow {
    asked: (String, u32),
    rank: Option<u64>,
    score: Option<f64>,
    sure: bool,
    file: String,
    line: Option<u32>,
    level: Option<u8>,
    text: String,
    place: String,
    body: Body,
    year: Option<u16>,
    phase: Option<Phase>,
    /// Its heading; of a report without such a section where the report begins.
    heading: Occurrence,
    reports: [ReportId; 1],
}

impl SimilarSectionRow {
    /// `·` about the same thing, `~` perhaps, or that there is none.
    fn sign(&self, lang: Lang) -> &'static str {
        match (self.line, self.sure) {
            (None, _) => lang.pick("没有", "none"),
            (_, true) => "·",
            (_, false) => "~",
        }
    }
}

type Of = Field<SimilarSectionRow, Lang>;

const FIELDS: &[Of] = &[
    Of::new("query.file", Kind::Path, |row, _| Cell::text(&row.asked.0)),
    Of::new("query.line", Kind::Position, |row, _| Cell::Count(row.asked.1.into())),
    Of::new("rank", Kind::Position, |row, _| Cell::count(row.rank)),
    Of::new("score", Kind::Score(2), |row, _| Cell::number(row.score)).head("相近", "score").people(3).screen(1, 6),
    Of::new("sure", Kind::Group, |row, _| Cell::Flag(row.sure)),
    Of::new("sign", Kind::Group, |row, lang| Cell::text(row.sign(*lang))).head("", "").people(4).screen(2, 5).people_only(),
    Of::new("file", Kind::Path, |row, _| Cell::text(&row.file)),
    Of::new("line", Kind::Position, |row, _| Cell::count(row.line.map(u64::from))),
    Of::new("level", Kind::Position, |row, _| Cell::count(row.level.map(u64::from))),
    Of::new("text", Kind::Text, |row, _| Cell::text(&row.text))
        .head("章节", "section")
        .people(5)
        .screen(3, 30)
        .opens(|row, _| Evidence::Occurrences { name: row.text.clone(), occurrences: vec![row.heading] }),
    Of::new("place", Kind::Place, |row, _| Cell::text(&row.place)).head("地方", "place").people(1).key(),
    Of::new("body", Kind::Group, |row, _| Cell::text(row.body.name())).head("机构", "body").screen(5, 12),
    Of::new("year", Kind::Year, |row, _| Cell::count(row.year.map(u64::from))).head("年份", "year").people(2).screen(4, 6),
    Of::new("phase", Kind::Group, |row, _| match row.phase {
        Some(Phase::Past) => Cell::text("past"),
        Some(Phase::Ahead) => Cell::text("ahead"),
        Some(Phase::Lessons) | None => Cell::None,
    }),
    Of::new("where", Kind::Path, |row, _| {
        Cell::Text(row.line.map_or_else(|| row.file.clone(), |line| format!("{}:{line}", row.file)).into())
    })
    .head("出处", "where")
    .people(6)
    .people_only(),
];

impl Params {
    /// The sections that are asked about, and what is said of lines that are in none.
    ///
    /// # Errors
    /// When a line is not FILE:LINE, or there is no section at the only one.
    fn asked(&self, corpus: &Corpus, lang: Lang) -> Result<(Vec<AskedSection>, Vec<String>), Unanswered> {
        if let Some(id) = self.chosen {
            let found = corpus.report(id.report).and_then(|(document, report)| {
                let line = report.sections.get(id.section as usize)?.line;
                Some(AskedSection { file: file_of(document), line, id: original(corpus, id) })
            });
            return found.map(|asked| (vec![asked], Vec::new())).ok_or(Unanswered::Cancelled);
        }
        let (mut asked, mut notes) = (Vec::new(), Vec::new());
        for words in self.at.iter().chain(&self.lines) {
            let wrong = || format!("{}: {words}", lang.pick("应为 文件:行号", "FILE:LINE is wanted"));
            let spot = Spot::parse(words).ok_or_else(|| Unanswered::Wrong(wrong()))?;
            let file = spot.file.to_string_lossy().into_owned();
            match spot.report(corpus).and_then(|report| section_at(corpus, report, spot.line)) {
                Some(id) => asked.push(AskedSection { file, line: spot.line, id }),
                None => notes.push(format!("{file}:{}: {}", spot.line, lang.pick("这里没有章节", "no section here"))),
            }
        }
        match notes.first() {
            Some(note) if asked.is_empty() => Err(Unanswered::Nothing(note.clone())),
            _ => Ok((asked, notes)),
        }
    }

    /// What is like a section, best first.
    fn alike(&self, corpus: &Corpus, index: &SectionIndex, id: SectionId) -> Vec<Alike> {
        let phase = match (self.phase, self.same_phase) {
            (Some(PhaseWanted::Past), _) => Some(Phase::Past),
            (Some(PhaseWanted::Ahead), _) => Some(Phase::Ahead),
            (None, true) => index.phase(id),
            (None, false) => None,
        };
        let most = self.per_report.max(1);
        let wanted = |other| self.wants(corpus, id.report, other);
        let mut alike = index.similar(id, if phase.is_some() { usize::MAX } else { most }, &wanted);
        if phase.is_some() {
            let mut taken: FxHashMap<ReportId, usize> = FxHashMap::default();
            alike.retain(|alike| {
                let count = taken.entry(alike.section.report).or_default();
                let keep = alike.phase == phase && *count < most;
                *count += usize::from(keep);
                keep
            });
        }
        // Of equal ones the first by the name of its file, in whatever order files were read.
        alike.sort_by(|a, b| {
            let key = |alike: &Alike| (corpus.file_order(alike.section.report), alike.section.section);
            b.score.total_cmp(&a.score).then_with(|| key(a).cmp(&key(b)))
        });
        alike
    }

    /// Whether a report may answer: by its year, its body, its province.
    fn wants(&self, corpus: &Corpus, asked: ReportId, other: ReportId) -> bool {
        let (Some((_, a)), Some((_, b))) = (corpus.report(asked), corpus.report(other)) else { return false };
        (!self.same_year || a.filed_year() == b.filed_year())
            && (!self.same_body || a.body == b.body)
            && (!self.same_province || a.province == b.province)
    }

    /// The settings, as pairs of names and values.
    fn settings(&self, index: &SectionIndex) -> Settings {
        let phase = match (self.phase, self.same_phase) {
            (Some(PhaseWanted::Past), _) => "past",
            (Some(PhaseWanted::Ahead), _) => "ahead",
            (None, true) => "same",
            (None, false) => "any",
        };
        let same = [(self.same_year, "year"), (self.same_body, "body"), (self.same_province, "province")];
        let same: Vec<&str> = same.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
        let pairs = [
            ("sections", index.len().to_string()),
            ("sure", SURE.to_string()),
            ("about", LEAST.to_string()),
            ("phase", phase.to_owned()),
            ("same", same.join(",")),
        ];
        Settings::of_pairs("similar", &pairs)
    }
}

/// The section whose heading stands on a line, else the innermost that holds the line; of the first report of that text.
pub fn section_at(corpus: &Corpus, report: ReportId, line: u32) -> Option<SectionId> {
    let (document, r) = corpus.report(report)?;
    let headed = r.sections.iter().position(|section| section.line == line);
    let inside = || r.section_at(document.line(line)?.span.start);
    let section = u32::try_from(headed.or_else(inside)?).ok()?;
    Some(original(corpus, SectionId { report, section }))
}

/// The same section in the first report of its text, which stands for all of them.
fn original(corpus: &Corpus, id: SectionId) -> SectionId {
    SectionId { report: corpus.original(id.report), ..id }
}

fn row(corpus: &Corpus, asked: &AskedSection, rank: usize, alike: Alike) -> Option<SimilarSectionRow> {
    let (document, report) = corpus.report(alike.section.report)?;
    let section = report.sections.get(alike.section.section as usize)?;
    Some(SimilarSectionRow {
        asked: (asked.file.clone(), asked.line),
        rank: Some(rank as u64),
        score: Some((f64::from(alike.score) * 1000.0).round() / 1000.0),
        sure: alike.sure(),
        file: file_of(document),
        line: Some(section.line),
        level: Some(section.level),
        text: section.title(document.text()).into_owned(),
        place: report.place.clone(),
        body: report.body,
        year: report.filed_year(),
        phase: alike.phase,
        heading: Occurrence { report: alike.section.report, span: section.heading },
        reports: [alike.section.report],
    })
}

/// A report that has no such section.
fn none(corpus: &Corpus, asked: &AskedSection, id: ReportId) -> Option<SimilarSectionRow> {
    let (document, report) = corpus.report(id)?;
    let first = report.ranges.first().and_then(|range| document.line(range.first));
    Some(SimilarSectionRow {
        asked: (asked.file.clone(), asked.line),
        rank: None,
        score: None,
        sure: false,
        file: file_of(document),
        line: None,
        level: None,
        text: String::new(),
        place: report.place.clone(),
        body: report.body,
        year: report.filed_year(),
        phase: None,
        heading: Occurrence { report: id, span: first.map_or(Span::default(), |line| line.span) },
        reports: [id],
    })
}

impl Analysis for Params {
    fn compares_sections(&self) -> bool {
        true
    }

    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let (corpus, lang) = (context.corpus(), context.lang);
        let (asked, notes) = self.asked(corpus, lang)?;
        let index = context.indexes.sections(corpus, cancelled).ok_or(Unanswered::Cancelled)?;
        if self.words {
            let Some(AskedSection { id, .. }) = asked.first() else { return Err(Unanswered::Cancelled) };
            let alike = Self { per_report: 1, ..self.clone() }.alike(corpus, &index, *id);
            let heading = heading(corpus, *id).unwrap_or_default();
            return similar_words::table(context, (*id, &heading), &alike, self.settings(&index), cancelled);
        }
        let (mut rows, mut total, mut found, mut of) = (Vec::new(), 0, 0, 0);
        for asked in &asked {
            let alike = self.alike(corpus, &index, asked.id);
            let with: FxHashSet<ReportId> = alike.iter().map(|alike| alike.section.report).collect();
            let without = corpus.distinct().map(|(other, ..)| other).filter(|other| {
                *other != asked.id.report && !with.contains(other) && self.wants(corpus, asked.id.report, *other)
            });
            let without: Vec<ReportId> = without.collect();
            total += alike.len() + without.len();
            (found, of) = (found + with.len(), of + with.len() + without.len());
            rows.extend((1..).zip(alike).filter_map(|(rank, alike)| row(corpus, asked, rank, alike)));
            // Of those that have none no more are told than there is room for.
            let room = context.rows.saturating_sub(rows.len());
            rows.extend(without.into_iter().take(room).filter_map(|other| none(corpus, asked, other)));
            if cancelled() {
                return Err(Unanswered::Cancelled);
            }
        }
        rows.truncate(context.rows);
        let list = List::sharing(rows, lang, FIELDS).about(|row, _| &row.reports);
        let mut table = Table::new(list, self.settings(&index));
        (table.total, table.found, table.notes) = (total, found > 0, notes);
        table.sorted = Some("score");
        let heading = asked.first().and_then(|asked| heading(corpus, asked.id)).unwrap_or_default();
        let name = ABOUT.title(lang);
        table.title = match lang {
            Lang::Zh => format!("{heading} · {name} {of} 篇中的 {found}"),
            Lang::En => format!("{heading} · {name}: {found} of {of}"),
        };
        Ok(table)
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        if let Some(id) = self.chosen {
            let (document, report) = corpus.report(id.report)?;
            let line = report.sections.get(id.section as usize)?.line;
            self.at = Some(format!("{}:{line}", file_of(document)));
        }
        Some(())
    }

    fn files(&self) -> Vec<PathBuf> {
        self.at.iter().chain(&self.lines).filter_map(|words| Spot::parse(words)).map(|spot| spot.file).collect()
    }

    fn settle_paths(&mut self, paths: &mut Vec<PathBuf>) {
        if self.stdin {
            paths.splice(0..0, self.at.take().map(PathBuf::from));
        }
    }

    fn reads_input(&self) -> bool {
        self.stdin
    }

    fn take_input(&mut self, text: &str) {
        self.lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    }
}

/// The heading of a section.
fn heading(corpus: &Corpus, id: SectionId) -> Option<String> {
    let (document, report) = corpus.report(id.report)?;
    Some(report.sections.get(id.section as usize)?.title(document.text()).into_owned())
}
