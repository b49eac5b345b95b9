//! `yilan pick` and `yilan --select-1`: one passage or place for another program. In: a query, what there is, what was chosen on
//! the screen. Out: the parts asked for, on standard output. Does not know about: the screen.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;

use super::Setting;
use super::open::{self, say};
use crate::app::PickKind;
use crate::corpus::{Corpus, LineRange, ReportId};
use crate::index::cities::CityIndex;
use crate::index::quotation::{ChosenPart, ChosenSource, paragraph_at};
use crate::index::search::{Query, QueryOptions, Search, as_span};
use crate::text::visible::visible;

/// What is chosen, and what is printed of it.
#[derive(Debug, Clone, Default, Args)]
pub struct PickFlags {
    /// Choose a place instead of a passage.
    /// ‖ 选一个地方，不选段落
    #[arg(long)]
    pub places: bool,
    /// Begin with the hits of this query; with --places, with the places it names.
    /// ‖ 先列出此检索的各处；连同 --places 则列出名称相符的地方
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Where only one passage or place matches the query, print it without asking.
    /// ‖ 只有一段或一个地方符合时直接打印，不再询问
    #[arg(long, requires = "query")]
    pub select_1: bool,
    /// What to print of it, separated by commas: at, path, line, place, title, link, text, quotation [default: at; of a place: place].
    /// ‖ 打印哪几项，用逗号隔开：at 文件:行、path 文件、line 行号、place 地方、title 标题、link 链接、text 正文、quotation 引文［默认 at；选地方则为 place］
    #[arg(long, value_name = "PART", value_delimiter = ',', value_parser = PARTS)]
    pub print: Vec<String>,
    /// Files and folders [default: corpus.paths of the config, else the built-in sample].
    /// ‖ 文件和文件夹；- 是标准输入［默认：配置中的 corpus.paths，没有则用内置样例］
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// What can be printed of what was chosen.
pub const PARTS: [&str; 8] = ["at", "path", "line", "place", "title", "link", "text", "quotation"];

impl PickFlags {
    /// What is to be chosen.
    pub const fn kind(&self) -> PickKind {
        if self.places { PickKind::Place } else { PickKind::Passage }
    }

    fn parts(&self, chosen: &ChosenSource) -> Vec<ChosenPart> {
        let named = |name: &String| match name.as_str() {
            "path" => ChosenPart::Path,
            "line" => ChosenPart::Line,
            "place" => ChosenPart::Place,
            "title" => ChosenPart::Title,
            "link" => ChosenPart::Link,
            "text" => ChosenPart::Text,
            "quotation" => ChosenPart::Quotation,
            _ => ChosenPart::At,
        };
        match self.print.as_slice() {
            [] if chosen.is_place => vec![ChosenPart::Place],
            [] => vec![ChosenPart::At],
            names => names.iter().map(named).collect(),
        }
    }
}

/// Prints what was chosen: its parts on one line, with tabs between them.
///
/// # Errors
/// When it cannot be written.
pub fn print(
    out: &mut dyn Write,
    chosen: &ChosenSource,
    flags: &PickFlags,
    setting: &Setting,
    for_people: bool,
) -> io::Result<()> {
    let form = setting.config.copy.form;
    let part = |part: ChosenPart| {
        let text = chosen.part(part, form, setting.lang);
        // A file may have any name: another program gets it as it is.
        let named = matches!(part, ChosenPart::At | ChosenPart::Path) && !for_people;
        if named { text } else { text.lines().map(visible).collect::<Vec<_>>().join("\n") }
    };
    let parts: Vec<String> = flags.parts(chosen).into_iter().map(part).collect();
    writeln!(out, "{}", parts.join("\t"))
}

/// What a query finds, where it is one passage or place: then nobody need be asked.
#[derive(Debug)]
pub enum Found {
    /// One.
    One(Box<ChosenSource>),
    /// None.
    Nothing,
    /// Several.
    Several,
    /// The query, or what is to be read, is wrong; that has been said.
    Wrong,
}

/// Looks for the only passage or place that a query finds. Where it stands in no text but names one place, that is meant.
pub fn find_one(query: &str, flags: &PickFlags, setting: &Setting) -> Found {
    let Some(read) = check_query(query, flags.kind(), setting) else { return Found::Wrong };
    let corpus = open::open(&flags.paths, true, setting);
    open::report_losses(&corpus, setting);
    if open::nothing_there(&corpus) {
        return Found::Wrong;
    }
    let one = |found: Option<ChosenSource>| found.map_or(Found::Nothing, |found| Found::One(Box::new(found)));
    let place = || match CityIndex::new(&corpus).rank(query).as_slice() {
        [] => Found::Nothing,
        [only] => one(ChosenSource::place(&corpus, only.place)),
        _ => Found::Several,
    };
    let found = read.map(|read| passages(&corpus, &read, setting)).unwrap_or_default();
    match found.as_slice() {
        [] => place(),
        &[(report, lines)] => one(ChosenSource::passage(&corpus, report, lines)),
        _ => Found::Several,
    }
}

/// The query as a search, where passages are to be chosen; `None`, and a message, when it cannot be understood.
pub fn check_query(query: &str, kind: PickKind, setting: &Setting) -> Option<Option<Query>> {
    match kind {
        PickKind::Place => Some(None),
        PickKind::Passage => match Query::read(query, QueryOptions::default()) {
            Ok(read) => Some(Some(read)),
            Err(error) => {
                say(&format!("{query}: {}", error.message(setting.lang)));
                None
            }
        },
    }
}

/// The paragraphs with a hit; not all of them once there are two.
fn passages(corpus: &Corpus, query: &Query, setting: &Setting) -> Vec<(ReportId, LineRange)> {
    let index = open::search_index(corpus, setting);
    let (mut found, enough) = (Vec::new(), AtomicBool::new(false));
    Search::new(corpus, &index, query).find(&|| enough.load(Ordering::Relaxed), &mut |chunk| {
        for (id, hits) in chunk {
            let Some((document, report)) = corpus.report(id) else { continue };
            for hit in &hits {
                let line = document.line_at(as_span(document, hit).start);
                let passage = (id, paragraph_at(document, report, line));
                if !found.contains(&passage) {
                    found.push(passage);
                }
                if found.len() > 1 {
                    return enough.store(true, Ordering::Relaxed);
                }
            }
        }
    });
    found
}
