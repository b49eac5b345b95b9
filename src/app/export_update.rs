//! What keys do to the export window: it opens over what stands on the screen, is changed, writes the file.
//!
//! In: the state, actions. Out: requests. Does not know about: how a command line is answered, disks.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::ArgumentList;
use crate::app::event::Effect;
use crate::app::export::{Export, ExportChoice, ExportState, file_name, is_file_name};
use crate::app::job::{ExportOutcome, ExportRequest, Job};
use crate::app::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::prompt::{Ask, Prompt};
use crate::app::screen::layout::Panel;
use crate::app::views::View;
use crate::app::{App, Cover};
use crate::command::Action;
use crate::index::kwic::KwicOrder;
use crate::index::search::{Query, QueryOptions};
use crate::table::write::OutputFormat;
use crate::text::Lang;

/// Rows of the short choice of a long table.
const FEW: usize = 50;

impl App {
    /// Opens the export window.
    pub(super) fn open_export(&mut self) {
        let Some((title, choices)) = self.exportable() else { return };
        let format = OutputFormat::Csv;
        let command = choices.first().map_or("", |choice| choice.arguments.command.as_str());
        let name = file_name(command, &title, format);
        let (state, beside) = (ExportState::Choosing, (self.screen.options.clone(), self.paths()));
        self.overlay =
            Some(Overlay::Export(Export { title, choices, choice: 0, format, settings: true, state, beside }));
        self.prompt = Some(Prompt::new(Ask::Table, &name));
    }

    fn paths(&self) -> Vec<String> {
        let roots = self.corpus.roots().iter().filter(|_| !self.corpus.is_sample());
        roots.map(|root| root.to_string_lossy().into_owned()).collect()
    }

    /// What stands on the screen, as command lines that answer it: its name, and how much of it may be written. `None` where
    /// no command line says it.
    pub(super) fn exportable(&self) -> Option<(String, Vec<ExportChoice>)> {
        if !self.loading.done {
            return None;
        }
        if matches!(self.overlay, Some(Overlay::Issues(_))) {
            return Some((self.words("问题", "issues"), vec![whole(ArgumentList::new("check"))]));
        }
        if matches!(self.overlay, Some(Overlay::Marks(_))) {
            // Marks have an export of their own, not that of the table behind them.
            return None;
        }
        match self.cover() {
            Some(Cover::View) => {
                let shown = self.view()?;
                let arguments = shown.arguments.clone()?;
                match &shown.view {
                    View::Answer(answer) => {
                        let table = answer.table.as_ref().filter(|table| !table.is_empty())?;
                        Some((table.title.clone(), of_rows(arguments, table.total)))
                    }
                    View::FigureDetail(number) => Some((number.figure.evidence.name(), vec![told(arguments)])),
                }
            }
            Some(Cover::Concordance) => self.hits(),
            Some(Cover::Board) => self.board_arguments(),
            None => match self.screen.focus {
                Panel::Cities => self.cities_arguments(),
                Panel::Page if self.search.query.is_some() => self.hits(),
                Panel::Page | Panel::Keywords => self.keyword_arguments(),
            },
        }
    }

    fn keyword_arguments(&self) -> Option<(String, Vec<ExportChoice>)> {
        let sheet = self.keywords.sheet.as_ref().filter(|sheet| !sheet.table.is_empty())?;
        let question = self.keyword_question(sheet)?;
        Some((sheet.table.title.clone(), of_rows(question.arguments(&self.corpus)?, sheet.table.total)))
    }

    fn hits(&self) -> Option<(String, Vec<ExportChoice>)> {
        let query = self.search.query.as_ref()?;
        let order = match self.search.concordance.as_ref().map(|list| list.order) {
            Some(KwicOrder::Place) => Some("place"),
            Some(KwicOrder::Year) => Some("year"),
            Some(KwicOrder::Left) => Some("left"),
            Some(KwicOrder::Right) => Some("right"),
            Some(KwicOrder::Corpus) | None => None,
        };
        let sorted = |query: &Query| {
            let arguments = query_arguments(ArgumentList::new("search"), query)?;
            Some(order.iter().fold(arguments, |list, order| list.option("sort", order)))
        };
        let name = (format!("这 {} 处", self.search.counts.total), format!("these {} hits", self.search.counts.total));
        let mut choices = vec![ExportChoice { name, ..whole(sorted(query)?) }];
        if !query.filters().is_empty() {
            let free = query.clone().without_filters();
            let name = ("不加条件的全部".to_owned(), "all, without the conditions".to_owned());
            // As it would be typed without them.
            let free = Query::read(&free.to_string(), query.options()).ok();
            choices.extend(free.and_then(|free| Some(ExportChoice { name, ..whole(sorted(&free)?) })));
        }
        let by_place = query_arguments(ArgumentList::new("counts"), query);
        choices.extend(
            by_place
                .map(|list| ExportChoice {
                    name: ("各地次数".to_owned(), "counts by place".to_owned()), ..told(list)
                }),
        );
        Some((query.text().to_owned(), choices))
    }

    fn board_arguments(&self) -> Option<(String, Vec<ExportChoice>)> {
        let pins = &self.search.pins.list;
        let options = pins.first()?.query.options();
        let mut list = ArgumentList::new("counts");
        for pin in pins.iter().filter(|pin| pin.query.options() == options) {
            let with_switches = query_arguments(ArgumentList::new("counts"), &pin.query)?;
            list.options = with_switches.options;
            list.operands.extend(with_switches.operands);
        }
        if list.operands.len() != pins.len() {
            // They were pinned under different switches, which hold for a whole command line.
            return None;
        }
        Some((list.operands.join(" "), vec![told(list)]))
    }

    fn cities_arguments(&self) -> Option<(String, Vec<ExportChoice>)> {
        let all = ArgumentList::new("cities").option("order", self.cities.order.word()).operand("");
        let name =
            (format!("全部 {} 地", self.corpus.places().len()), format!("all {} places", self.corpus.places().len()));
        let mut choices = vec![ExportChoice { name, ..whole(all) }];
        if let (Some(only), Some(query)) = (&self.cities.only, &self.search.query) {
            let list = query_arguments(ArgumentList::new("search").switch("without", true), query)?;
            let name = (format!("没有提到的 {} 地", only.len()), format!("the {} that do not say it", only.len()));
            choices.insert(0, ExportChoice { name, ..whole(list) });
        }
        Some((self.words("城市", "cities"), choices))
    }

    fn words(&self, zh: &str, en: &str) -> String {
        self.screen.look.lang.pick(zh, en).to_owned()
    }

    /// Keys of the window; the others are typed into the name of the file.
    pub(super) fn export_action(&mut self, action: Action) {
        let (Some(Overlay::Export(export)), Some(prompt)) = (&mut self.overlay, &mut self.prompt) else { return };
        export.state = ExportState::Choosing;
        match action {
            Action::PromptNext | Action::PromptPrevious => {
                let name = export.turn_format(action == Action::PromptNext, prompt.text());
                *prompt = Prompt::new(Ask::Table, &name);
            }
            Action::PromptDown | Action::PromptUp => {
                let step = if action == Action::PromptDown { 1 } else { export.choices.len().max(1) - 1 };
                export.choice = (export.choice + step) % export.choices.len().max(1);
                if !export.formats().contains(&export.format) {
                    let name = export.take_format(OutputFormat::Csv, prompt.text());
                    *prompt = Prompt::new(Ask::Table, &name);
                }
            }
            Action::PromptSettings => export.settings = !export.settings,
            Action::PromptCopy => {
                let line = export.line(prompt.text());
                self.effects.push(Effect::Copy(line));
                self.say("命令行已送往终端的剪贴板", "the command line was sent to the terminal's clipboard");
            }
            _ => {}
        }
    }

    /// The name of the file was changed: what was asked about the one before no longer holds.
    pub(super) fn name_export(&mut self) {
        if let Some(Overlay::Export(export)) = &mut self.overlay {
            export.state = ExportState::Choosing;
        }
    }

    /// Writes the file; where there is one, only when it is asked for once more.
    pub(super) fn write_export(&mut self) {
        let (Some(Overlay::Export(export)), Some(prompt)) = (&mut self.overlay, &self.prompt) else { return };
        let name = prompt.text().trim();
        if !is_file_name(name) {
            return self.say("请写文件名", "a name is needed");
        }
        let overwriting = export.state == ExportState::Asking;
        if std::mem::replace(&mut export.state, ExportState::Writing) == ExportState::Writing {
            return;
        }
        let (words, path) = (export.words(), PathBuf::from(name));
        self.screen.exports += 1;
        let (seq, corpus) = (self.screen.exports, Arc::clone(&self.corpus));
        self.effects.push(Effect::run(Job::Export(ExportRequest { seq, corpus, words, path, overwriting })));
    }

    pub(super) fn on_exported(&mut self, seq: u64, outcome: ExportOutcome) {
        let Some(Overlay::Export(export)) = &mut self.overlay else { return };
        if seq != self.screen.exports || export.state != ExportState::Writing {
            return;
        }
        let name = self.prompt.as_ref().map_or("", |prompt| prompt.text().trim()).to_owned();
        match outcome {
            ExportOutcome::Written(bytes) => {
                self.prompt = None;
                self.close_overlay();
                self.say(format!("已写入 {name}（{bytes} 字节）"), format!("wrote {name} ({bytes} bytes)"));
            }
            ExportOutcome::Exists => {
                export.state = ExportState::Asking;
                self.say(format!("{name} 已存在：再按回车覆盖"), format!("{name} exists: Enter again replaces it"));
            }
            ExportOutcome::Failed(why) => {
                export.state = ExportState::Choosing;
                let told = match self.screen.look.lang {
                    Lang::Zh => format!("没有写成 {name}：{why}"),
                    Lang::En => format!("{name} was not written: {why}"),
                };
                self.screen.notice = Some(Notice::trouble(told));
            }
        }
    }

    /// A click on row `row` of the window, `x` columns from its left.
    pub(super) fn click_export(&mut self, row: usize, x: u16) {
        let (Some(Overlay::Export(export)), Some(prompt)) = (&mut self.overlay, &mut self.prompt) else { return };
        match row {
            0 => {
                let lang = self.screen.look.lang;
                if let Some(format) = format_at(lang, x).filter(|format| export.formats().contains(format)) {
                    let name = export.take_format(format, prompt.text());
                    *prompt = Prompt::new(Ask::Table, &name);
                }
            }
            1 => self.export_action(Action::PromptDown),
            2 => self.export_action(Action::PromptSettings),
            _ => self.export_action(Action::PromptCopy),
        }
    }
}

/// Columns of the names before the values in the window.
pub const fn label_width(lang: Lang) -> u16 {
    match lang {
        Lang::Zh => 8,
        Lang::En => 10,
    }
}

/// Where the names of the formats begin and end, counted from the left of the window's rows.
pub fn format_columns(lang: Lang) -> impl Iterator<Item = (OutputFormat, std::ops::Range<u16>)> {
    let mut x = label_width(lang);
    OutputFormat::FILES.into_iter().map(move |format| {
        let start = x;
        let width = u16::try_from(format.name().len()).unwrap_or(0) + 2;
        x += width;
        (format, start..start + width)
    })
}

fn format_at(lang: Lang, x: u16) -> Option<OutputFormat> {
    format_columns(lang).find(|(_, columns)| columns.contains(&x)).map(|(format, _)| format)
}

/// A table of so many rows: whole, or where it is long its beginning.
fn of_rows(arguments: ArgumentList, rows: usize) -> Vec<ExportChoice> {
    let all =
        ExportChoice { name: (format!("全部 {rows} 行"), format!("all {rows} rows")), ..told(arguments.clone()) };
    let few = ExportChoice {
        name: (format!("前 {FEW} 行"), format!("the first {FEW} rows")),
        ..told(arguments.option("max", &FEW.to_string()))
    };
    if rows > FEW { vec![all, few] } else { vec![all] }
}

fn whole(arguments: ArgumentList) -> ExportChoice {
    ExportChoice { name: ("全部".to_owned(), "all".to_owned()), arguments, tells_settings: false }
}

fn told(arguments: ArgumentList) -> ExportChoice {
    ExportChoice { tells_settings: true, ..whole(arguments) }
}

/// A query with its switches; `None` if no words read as it.
fn query_arguments(list: ArgumentList, query: &Query) -> Option<ArgumentList> {
    let QueryOptions { exact, regex, pinyin, repeats } = query.options();
    let canonical = query.to_string();
    let reads = |words: &&str| Query::read(words, query.options()).is_ok_and(|again| again.to_string() == canonical);
    let words = [query.text(), canonical.as_str()].into_iter().find(reads)?;
    let list = list.switch("exact", exact).switch("regex", regex).switch("pinyin", pinyin).switch("repeats", repeats);
    Some(list.operand(words))
}
