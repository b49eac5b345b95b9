//! What became of one report in another (提法账): sentences and headings kept, changed, moved, new and dropped; or formulas, with
//! who else uses them. In: two reports. Out: one row a sentence, in the reading order of the new report; or one a formula.
//! Does not know about: how they are paired.

mod phrases;
mod rewordings;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, Subject, Unanswered, arguments, spot};
use crate::corpus::{Corpus, ReportId};
use crate::index::ledger::RewordingKind;
use crate::table::{Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "diff",
    title: ("提法账", "what changed"),
    help: "Compare two reports: what the new one keeps, changes, adds and drops ‖ 对照两篇报告：新的沿用、改写、新增、删去了什么",
    views: &[KeyedQuestion { action: "diff", ask: with_the_last, shows: |question| matches!(question, Question::Diff(_)) }],
};

/// `yilan diff`
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize)]
pub struct Params {
    /// The old report: a file, FILE:LINE, or PLACE:YEAR.
    /// ‖ 旧的报告：文件、“文件:行”或“地方:年份”
    pub old: String,
    /// The new report, likewise.
    /// ‖ 新的报告，写法相同
    pub new: String,
    /// What is compared [default: sentences and headings].
    /// ‖ 比较什么［默认：句子和标题；formula 为提法］
    #[arg(long, value_name = "UNIT")]
    #[serde(serialize_with = "arguments::name_of_some")]
    pub unit: Option<UnitWanted>,
    /// Only rows of these kinds, with commas between them: kept, number, reworded, shortened, lengthened, related, moved,
    /// new, dropped; of formulas kept, new, back, dropped.
    /// ‖ 只要这几类，用逗号隔开：kept 沿用、number 换数字、reworded 改写、shortened 缩短、lengthened 加长、related 相关、moved 移动、new 新增、dropped 删去；提法为 kept、new、back 重提、dropped
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// What was chosen on the screen: the old and the new report.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Option<[ReportId; 2]>,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitWanted {
    /// Sentences.
    Sentence,
    /// Headings.
    Heading,
    /// Set phrases, and who else uses them.
    Formula,
}

/// The report that is read, and the one before it of the same place and body; the one after where there is none.
fn with_the_last(subject: &Subject<'_>) -> Option<Question> {
    Some(Params::of(subject.neighbours?).into())
}

impl Params {
    /// Of two reports, the old one first.
    pub fn of(reports: [ReportId; 2]) -> Self {
        Self { old: String::new(), new: String::new(), unit: None, kind: Vec::new(), chosen: Some(reports) }
    }

    /// The kinds of row that the key with this number lists, in the order of their signs = ≈ # + − ↕ ~; none where there are none
    /// of them.
    pub fn kinds_of_key(&self, number: usize) -> &'static [&'static str] {
        const SENTENCES: [&[&str]; 7] = [
            &["kept"],
            &["reworded"],
            &["number"],
            &["new", "lengthened"],
            &["dropped", "shortened"],
            &["moved"],
            &["related"],
        ];
        const FORMULAS: [&[&str]; 7] = [&["kept"], &["back"], &[], &["new"], &["dropped"], &[], &[]];
        let kinds = if self.unit == Some(UnitWanted::Formula) { &FORMULAS } else { &SENTENCES };
        number.checked_sub(1).and_then(|at| kinds.get(at)).copied().unwrap_or_default()
    }

    /// Lists only the kinds of a key, or all of them where it is those that are listed.
    pub fn turn_kind(&mut self, number: usize) {
        let kinds = self.kinds_of_key(number);
        let same = self.kind.iter().map(String::as_str).eq(kinds.iter().copied());
        self.kind = if same { Vec::new() } else { kinds.iter().map(|kind| (*kind).to_owned()).collect() };
    }

    /// The two reports that are meant.
    fn reports(&self, corpus: &Corpus, context: &Context<'_>) -> Result<[ReportId; 2], Unanswered> {
        if let Some(chosen) = self.chosen {
            return Ok(chosen);
        }
        let find = |words: &str| {
            let none = || format!("{}: {words}", context.lang.pick("没有这份报告", "no such report"));
            spot::report(corpus, words).ok_or_else(|| Unanswered::Nothing(none()))
        };
        Ok([find(&self.old)?, find(&self.new)?])
    }
}

impl Analysis for Params {
    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        if let Some([old, new]) = self.chosen.take() {
            (self.old, self.new) = (spot::words_of(corpus, old)?, spot::words_of(corpus, new)?);
        }
        Some(())
    }

    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let corpus = context.corpus();
        let reports = self.reports(corpus, context)?;
        let known = |name: &String| RewordingKind::ALL.iter().any(|kind| kind.name() == name) || name == "back";
        if let Some(unknown) = self.kind.iter().find(|name| !known(name)) {
            let why = context.lang.pick("没有这一类", "no such kind");
            return Err(Unanswered::Wrong(format!("--kind {unknown}: {why}")));
        }
        let wanted = |name: &str| self.kind.is_empty() || self.kind.iter().any(|kind| kind == name);
        let named = |id: ReportId| {
            let (_, report) = corpus.report(id)?;
            let place = if report.place.is_empty() { context.lang.pick("未知", "unknown") } else { &report.place };
            Some(format!("{place} {}", report.filed_year().map_or_else(|| "?".to_owned(), |year| year.to_string())))
        };
        let [old, new] = reports.map(|id| named(id).unwrap_or_default());
        let kinds = self.kind.join(",");
        let settings = [("old", old.clone()), ("new", new.clone()), ("kinds", kinds)];
        let settings = Settings::of_pairs("diff", &settings);
        let mut table = if self.unit == Some(UnitWanted::Formula) {
            phrases::table(context, reports, &wanted, settings, cancelled).ok_or(Unanswered::Cancelled)?
        } else {
            let heading = match self.unit {
                Some(UnitWanted::Sentence) => Some(false),
                Some(UnitWanted::Heading) => Some(true),
                Some(UnitWanted::Formula) | None => None,
            };
            let gone = || Unanswered::Nothing(context.lang.pick("没有这份报告", "no such report").to_owned());
            rewordings::table(context, reports, (&wanted, heading), settings).ok_or_else(gone)?
        };
        let title = ABOUT.title(context.lang);
        table.title = format!("{title} · {old} → {new}  {}", table.title);
        Ok(table)
    }

    fn files(&self) -> Vec<PathBuf> {
        [&self.old, &self.new].into_iter().filter_map(|words| spot::file(words)).collect()
    }

    fn settle_paths(&mut self, paths: &mut Vec<PathBuf>) {
        // Two files are all that is wanted, unless there is more to look in.
        let files = self.files();
        if paths.is_empty() && files.len() == 2 {
            *paths = files;
        }
    }

    /// One kind after the other, then all of them.
    fn turn_order(&mut self, forward: bool) -> Option<&'static str> {
        let kinds: &[&'static str] = if self.unit == Some(UnitWanted::Formula) {
            &["", "new", "back", "dropped", "kept"]
        } else {
            &["", "number", "reworded", "lengthened", "shortened", "new", "dropped", "moved", "related", "kept"]
        };
        let now = self.kind.first().map_or("", String::as_str);
        let at = kinds.iter().position(|kind| *kind == now).unwrap_or(0);
        let next = kinds[(at + if forward { 1 } else { kinds.len() - 1 }) % kinds.len()];
        self.kind = if next.is_empty() { Vec::new() } else { vec![next.to_owned()] };
        Some(next)
    }

    /// From sentences to formulas, and back.
    fn turn_axis(&mut self) -> bool {
        self.unit = if self.unit == Some(UnitWanted::Formula) { None } else { Some(UnitWanted::Formula) };
        self.kind.clear();
        true
    }
}
