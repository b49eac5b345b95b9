//! What every command about words stands on: scope, words, what was counted before. In: flags, settings. Out: a
//! [`Ground`], figures kept for the next time. Does not know about: what is counted.

use std::io::{self, Write};

use super::open::say;
use super::term_args::{By, ScopeFlags, WordFlags};
use super::{FormatFlags, Outcome, Setting, choose};
use crate::config::CountsFile;
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::search::Query;
use crate::index::terms::{
    Basis, Extent, Piece, Provenance, Scope, Segmenter, StopLayer, TermCache, TermOptions, paragraphs_with,
};
use crate::index::trend::Axis;
use crate::text::Lang;

/// How a command ended early, and what to say.
pub type Ended = (Outcome, String);

/// Rows in a table for people, unless they say otherwise.
const SHOWN: usize = 50;

/// Everything a count needs.
pub struct Ground<'c> {
    corpus: &'c Corpus,
    /// What cuts text into words, the user's own kept whole.
    pub segmenter: Segmenter,
    /// Which words are terms.
    pub options: TermOptions,
    cache: TermCache,
    /// Whether counts may be shared with other runs: not where a word is kept whole for this one alone.
    lasting: bool,
    /// What is counted.
    pub extent: Extent,
    /// Its name for people.
    pub name: String,
}

impl<'c> Ground<'c> {
    /// The ground that `scope` and `words` mean. `kept` words are kept whole for this run; counts of fewer than
    /// `least` are left out unless the flags say otherwise.
    pub fn new(
        corpus: &'c Corpus,
        (scope, words): (&ScopeFlags, &WordFlags),
        kept: &[String],
        least: u64,
        setting: &Setting,
    ) -> Result<Self, Ended> {
        let (extent, name) = extent(corpus, scope, setting.lang)?;
        let terms = &setting.config.terms;
        let mut segmenter = Segmenter::with_words(&terms.user_words);
        let keeping = segmenter.keeping(kept);
        let lasting = keeping.is_none();
        segmenter = keeping.unwrap_or(segmenter);
        let mut stops = terms.stop_list();
        for (layer, kept) in [(StopLayer::Function, words.keep_function_words), (StopLayer::Filler, words.keep_filler)]
        {
            stops = if kept { stops.switched(layer, false) } else { stops };
        }
        let options =
            TermOptions { stops, min_chars: words.min_chars, min_count: words.min_count.unwrap_or(least).max(1) };
        Ok(Self { corpus, segmenter, options, cache: TermCache::new(), lasting, extent, name })
    }

    /// What counting functions ask for.
    pub fn basis(&self) -> Basis<'_> {
        Basis { corpus: self.corpus, segmenter: &self.segmenter, options: &self.options, cache: &self.cache }
    }

    /// The pieces of what is counted.
    pub fn pieces(&self) -> Vec<Piece> {
        self.extent.pieces(self.corpus).unwrap_or_default()
    }

    /// Its reports and 汉字.
    pub fn size(&self) -> (usize, u64) {
        let pieces = self.pieces();
        (pieces.len(), pieces.iter().map(|piece| piece.han(self.corpus)).sum())
    }

    /// How the figures are made.
    pub fn provenance(&self) -> Provenance {
        Provenance::new(self.name.clone(), self.size(), &self.segmenter, &self.options)
    }

    /// Takes in what an earlier run counted.
    pub fn remember(&self, setting: &Setting) {
        let Some(file) = self.file(setting) else { return };
        // A cache that cannot be read is made anew; only damage is worth a word.
        if file.load(&self.cache, &self.segmenter) {
            say(&match setting.lang {
                Lang::Zh => format!("缓存文件 {} 已损坏，重新计算", file.path().display()),
                Lang::En => format!("the cache file {} is damaged; counting anew", file.path().display()),
            });
        }
    }

    /// Leaves what was counted to the next run, if anything is new.
    pub fn keep(&self, setting: &Setting) {
        let Some(file) = self.file(setting).filter(|_| self.cache.fresh() > 0) else { return };
        if let Err(why) = file.store(&self.cache, self.corpus, &self.segmenter) {
            say(&match setting.lang {
                Lang::Zh => format!("无法写入缓存 {}：{why}", file.folder().display()),
                Lang::En => format!("the cache {} cannot be written: {why}", file.folder().display()),
            });
        }
    }

    fn file(&self, setting: &Setting) -> Option<CountsFile> {
        let folder = setting.places.cache_dir.as_deref().filter(|_| self.lasting && !self.corpus.is_sample())?;
        Some(CountsFile::of(folder, self.corpus, &self.segmenter))
    }
}

/// Prints the settings before the results if that is wanted, and in any case as one line on standard error.
pub fn tell(
    out: &mut dyn Write,
    provenance: &Provenance,
    (words, format): (&WordFlags, FormatFlags),
    setting: &Setting,
) -> io::Result<()> {
    if words.settings_first && (format.json || format.csv) {
        let settings = serde_json::to_string(provenance)?;
        let settings = crate::text::visible::visible(&settings);
        if format.json { writeln!(out, "{{\"settings\":{settings}}}") } else { writeln!(out, "# {settings}") }?;
    }
    out.flush()?;
    say(&provenance.line(setting.lang));
    Ok(())
}

/// How many rows are printed.
pub fn rows_shown(words: &WordFlags, format: FormatFlags) -> usize {
    words.max.unwrap_or(if format.json || format.csv { usize::MAX } else { SHOWN })
}

/// A number as JSON writes it: to the last digit.
pub fn exact(number: f64) -> String {
    serde_json::to_string(&number).unwrap_or_default()
}

/// The axis that is meant.
pub const fn axis(by: By) -> Axis {
    match by {
        By::Year => Axis::Year,
        By::Place => Axis::Place,
    }
}

/// The place a person names.
pub fn place(corpus: &Corpus, words: &str, lang: Lang) -> Result<PlaceId, Ended> {
    choose::place(corpus, words).ok_or_else(|| nothing(lang, ("没有这个地方", "no such place"), words))
}

fn nothing(lang: Lang, (zh, en): (&str, &str), words: &str) -> Ended {
    (Outcome::Nothing, format!("{}: {words}", lang.pick(zh, en)))
}

/// What the flags choose, and its name.
fn extent(corpus: &Corpus, flags: &ScopeFlags, lang: Lang) -> Result<(Extent, String), Ended> {
    let place = flags.place.as_ref().map(|words| place(corpus, words, lang)).transpose()?;
    let place_name = place.map_or(lang.pick("全部", "corpus").to_owned(), |id| corpus.place(id).name.clone());
    let title = flags.title.as_deref();
    let (extent, name) = if title.is_none() && flags.section.is_none() {
        (place.map_or(Scope::Corpus, Scope::Place).into(), place_name)
    } else {
        let reports: Vec<ReportId> = match place {
            Some(place) => choose::reports(corpus, place, title),
            None => {
                let all = (0u32..).zip(corpus.places());
                all.flat_map(|(id, _)| choose::reports(corpus, PlaceId(id), title)).collect()
            }
        };
        match &flags.section {
            Some(words) => section(corpus, &reports, words, lang)?,
            None => match *reports.as_slice() {
                [] => return Err(nothing(lang, ("没有这样的报告", "no such report"), title.unwrap_or_default())),
                [one] => (Scope::Report(one).into(), name_of(corpus, one).unwrap_or_default()),
                _ => return Err(several(reports.iter().filter_map(|&id| name_of(corpus, id)), lang)),
            },
        }
    };
    match &flags.matching {
        None => Ok((extent, name)),
        Some(words) => matching(corpus, &extent, words, lang).map(|lines| (lines, format!("{name} > {words}"))),
    }
}

fn section(corpus: &Corpus, reports: &[ReportId], words: &str, lang: Lang) -> Result<(Extent, String), Ended> {
    let sections: Vec<(ReportId, usize)> = reports
        .iter()
        .filter_map(|&id| Some((id, corpus.report(id)?)))
        .flat_map(|(id, (document, report))| {
            choose::sections(document, report, words).into_iter().map(move |section| (id, section))
        })
        .collect();
    let name = |&(id, section): &(ReportId, usize)| {
        let (document, report) = corpus.report(id)?;
        let heading = report.sections.get(section)?.title(document.text());
        Some(format!("{} > {heading}", name_of(corpus, id)?))
    };
    match sections.as_slice() {
        [] => Err(nothing(lang, ("没有这样的章节", "no such section"), words)),
        [one] => Ok((Scope::Section(one.0, one.1).into(), name(one).unwrap_or_default())),
        all => Err(several(all.iter().filter_map(name), lang)),
    }
}

/// The paragraphs of an extent in which `words` stand.
fn matching(corpus: &Corpus, extent: &Extent, words: &str, lang: Lang) -> Result<Extent, Ended> {
    let none = || nothing(lang, ("没有这样的文字", "no such text"), words);
    let query = Query::parse(words).ok_or_else(none)?;
    let found = paragraphs_with(corpus, extent, &query, &|| false).ok_or_else(none)?;
    if matches!(&found, Extent::Lines(lines) if lines.is_empty()) { Err(none()) } else { Ok(found) }
}

fn name_of(corpus: &Corpus, id: ReportId) -> Option<String> {
    let (_, report) = corpus.report(id)?;
    Some(format!("{} · {} · {}", report.place, report.body.name(), report.title))
}

/// That the flags mean more than one thing, and which.
fn several(names: impl Iterator<Item = String>, lang: Lang) -> Ended {
    let head = lang.pick("不止一个，请说得更具体：", "there are several; say more exactly which:");
    let names: Vec<String> = names.take(20).collect();
    (Outcome::Wrong, format!("{head}\n  {}", names.join("\n  ")))
}
