//! What every command about words stands on: scope, words, what was counted before. In: flags, settings. Out: a
//! [`Ground`], figures kept for the next time. Does not know about: what is counted.

use std::io::{self, Write};

use super::open::say;
use super::term_args::{By, ScopeFlags, WordFlags};
use super::{FormatFlags, Outcome, Setting, choose};
use crate::config::CountsFile;
use crate::corpus::{Corpus, PlaceId};
use crate::index::scope::{Extent, Scope};
use crate::index::search::{Field, Query, QueryError};
use crate::index::terms::{Basis, Provenance, Segmenter, StopLayer, TermCache, TermOptions};
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
    pub scope: Scope,
    /// Its text.
    pub extent: Extent,
    /// Its name for people.
    pub name: String,
}

impl<'c> Ground<'c> {
    /// The ground that `scope` and `words` mean. `kept` words are kept whole for this run.
    pub fn new(
        corpus: &'c Corpus,
        (scope, words): (&ScopeFlags, &WordFlags),
        kept: &[String],
        setting: &Setting,
    ) -> Result<Self, Ended> {
        let flags = scope;
        let scope = scope_of(corpus, flags, setting.lang)?;
        let extent = scope.extent(corpus, &|| false).unwrap_or_default();
        if extent.is_empty() && !scope.is_corpus() {
            return Err(nothing_in(flags, setting.lang));
        }
        let name = scope.name(corpus, setting.lang);
        let terms = &setting.config.terms;
        let mut segmenter = Segmenter::with_words(&terms.user_words);
        let keeping = segmenter.keeping(kept);
        let lasting = keeping.is_none();
        segmenter = keeping.unwrap_or(segmenter);
        let mut stops = terms.stop_list();
        let layers = [
            (StopLayer::Function, words.keep_function_words),
            (StopLayer::Filler, words.keep_filler),
            (StopLayer::Names, words.keep_own_names),
        ];
        for (layer, kept) in layers {
            stops = if kept { stops.switched(layer, false) } else { stops };
        }
        let min_count = words.min_count.unwrap_or(TermOptions::default().min_count).max(1);
        let options = TermOptions { stops, min_chars: words.min_chars, min_count };
        Ok(Self { corpus, segmenter, options, cache: TermCache::new(), lasting, scope, extent, name })
    }

    /// What counting functions ask for.
    pub fn basis(&self) -> Basis<'_> {
        Basis { corpus: self.corpus, segmenter: &self.segmenter, options: &self.options, cache: &self.cache }
    }

    /// Its reports and 汉字.
    pub fn size(&self) -> (usize, u64) {
        (self.extent.pieces().len(), self.extent.han())
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

/// What the flags choose.
fn scope_of(corpus: &Corpus, flags: &ScopeFlags, lang: Lang) -> Result<Scope, Ended> {
    let mut scope = match &flags.place {
        Some(words) => Scope::place(place(corpus, words, lang)?),
        None => Scope::corpus(),
    };
    let fields = [
        (Field::Province, &flags.province),
        (Field::Body, &flags.body),
        (Field::Year, &flags.year),
        (Field::Session, &flags.session),
        (Field::Part, &flags.part),
        (Field::Section, &flags.section),
    ];
    for (field, value) in fields {
        let Some(value) = value else { continue };
        let wrong =
            |error: QueryError| (Outcome::Wrong, format!("--{} {value}: {}", field.name(), error.message(lang)));
        scope = scope.with_field(field, value).map_err(wrong)?;
    }
    scope.title.clone_from(&flags.title);
    if let Some(words) = &flags.matching {
        let query = Query::parse(words).ok_or_else(|| nothing(lang, ("没有这样的文字", "no such text"), words))?;
        scope = scope.matching(query);
    }
    Ok(scope)
}

/// That a scope holds nothing, by the narrowest of its conditions.
fn nothing_in(flags: &ScopeFlags, lang: Lang) -> Ended {
    let said = [
        (&flags.matching, ("没有这样的文字", "no such text")),
        (&flags.section, ("没有这样的章节", "no such section")),
        (&flags.part, ("没有这样的部分", "no such part")),
        (&flags.title, ("没有这样的报告", "no such report")),
    ];
    let narrowest = said.into_iter().find_map(|(words, message)| Some((words.as_ref()?, message)));
    match narrowest {
        Some((words, message)) => nothing(lang, message, words),
        None => (Outcome::Nothing, lang.pick("没有这样的报告", "no such report").to_owned()),
    }
}
