//! Counting words behind the screen, with the user's words and what an earlier run counted.
//!
//! In: requests. Out: events. Does not know about: threads (see [`super::Engine`]), what is shown, what a view is made of.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::analysis::{Cancelled, Unanswered};
use crate::app::Event;
use crate::app::notice::Notice;
use crate::app::terms::comparison::Layers;
use crate::app::terms::keywords::{TermRequest, TermSheet};
use crate::config::Config;
use crate::corpus::{Corpus, Document, ReportId};
use crate::index::comparison_indexes::ComparisonIndexes;
use crate::index::groups::Groups;
use crate::index::targets::Indicators;
use crate::index::terms::{CountContext, Segmenter, StopLayer, StopList, TermCache, TermOptions, count_reports};
use crate::store::{CountsFile, PassageFiles};
use crate::table::{List, Settings, Table};
use crate::text::Lang;

/// Progress is told this often at most.
pub(super) const PACE: Duration = Duration::from_millis(100);

/// Counts terms. Shared by the panel's worker and that of the pictures.
#[derive(Debug)]
pub struct Counter {
    stops: StopList,
    groups: Groups,
    own_indicators: Option<String>,
    indicators: OnceLock<Result<Indicators, String>>,
    lang: Lang,
    cache_dir: Option<PathBuf>,
    /// What the settings say of caches.
    kept: Config,
    words: Mutex<Vec<String>>,
    resources: Mutex<Option<Arc<CountResources>>>,
}

/// What counts stand on: a corpus, what cuts it into words, what was counted of it.
#[derive(Debug)]
pub(super) struct CountResources {
    /// Known again, not held: whoever keeps a snapshot of the corpus keeps the next from being let go.
    corpus: Weak<Corpus>,
    documents: Vec<Weak<Document>>,
    pub(super) segmenter: Arc<Segmenter>,
    cache: Arc<TermCache>,
    /// What comparing reports takes: of this corpus alone.
    pub(super) indexes: ComparisonIndexes,
    /// The report whose originality was asked for last, and the answer.
    pub(super) summaries: Mutex<Option<(ReportId, Arc<Table>)>>,
    /// Where the shared wording is kept.
    pub(super) wording: Option<PassageFiles>,
    file: Option<CountsFile>,
    /// How many reports had been counted anew when the file was written last.
    stored: Arc<Mutex<usize>>,
}

impl CountResources {
    pub(super) fn count_context<'g>(&'g self, corpus: &'g Corpus, options: &'g TermOptions) -> CountContext<'g> {
        CountContext { corpus, segmenter: &self.segmenter, options, cache: &self.cache }
    }
}

impl Counter {
    /// A counter with the words of the settings; it keeps its counts in `cache_dir`. The dictionary is loaded by the first
    /// request.
    pub fn new(config: &Config, cache_dir: Option<PathBuf>, lang: Lang) -> Self {
        let words = Mutex::new(config.terms.user_words.clone());
        let groups = config.keyword_groups();
        Self {
            stops: config.terms.stop_list(),
            groups,
            own_indicators: config.own_indicators.clone(),
            indicators: OnceLock::new(),
            lang,
            cache_dir,
            kept: Config { corpus: config.corpus.clone(), ..Config::default() },
            words,
            resources: Mutex::new(None),
        }
    }

    /// From now on these words are kept whole.
    pub fn keep_whole(&self, words: Vec<String>) {
        *self.words.lock().unwrap_or_else(PoisonError::into_inner) = words;
        *self.resources.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The words that are kept whole.
    pub fn words(&self) -> Vec<String> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The words that the settings leave out.
    pub(super) const fn stops(&self) -> &StopList {
        &self.stops
    }

    /// The indicators of the settings; the list is read by the first question about them.
    pub(super) fn indicators(&self) -> &Result<Indicators, String> {
        let settings = || Config { own_indicators: self.own_indicators.clone(), ..Config::default() };
        self.indicators.get_or_init(|| settings().indicators())
    }

    pub(super) fn options(&self, layers: Layers) -> TermOptions {
        let stops = self.stops.clone().switched(StopLayer::Function, layers.function);
        TermOptions {
            stops: stops.switched(StopLayer::Filler, layers.filler).switched(StopLayer::Names, layers.names),
            min_count: layers.least,
            ..TermOptions::default()
        }
    }

    /// What counts of `corpus` stand on. What was counted of the documents before is counted no more; where one of them was
    /// replaced, numbers of reports mean other reports, and all begins anew from the file.
    pub(super) fn resources(&self, corpus: &Arc<Corpus>) -> Arc<CountResources> {
        let mut kept = self.resources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(resources) = &*kept
            && Weak::as_ptr(&resources.corpus) == Arc::as_ptr(corpus)
        {
            return Arc::clone(resources);
        }
        let grown = kept.take().filter(|resources| {
            let (old, new) = (&resources.documents, corpus.documents());
            old.len() <= new.len() && old.iter().zip(new).all(|(old, new)| Weak::as_ptr(old) == Arc::as_ptr(new))
        });
        let (known, documents) = (Arc::downgrade(corpus), corpus.documents().iter().map(Arc::downgrade).collect());
        let (segmenter, cache, file, stored) = match grown {
            Some(old) => {
                (Arc::clone(&old.segmenter), Arc::clone(&old.cache), old.file.clone(), Arc::clone(&old.stored))
            }
            None => {
                let segmenter = Arc::new(Segmenter::with_words(&self.words()));
                let cache = Arc::new(TermCache::new());
                let folder = self.cache_dir.as_deref().filter(|_| !corpus.is_sample());
                let file = folder.map(|folder| CountsFile::of(folder, corpus, &segmenter));
                if let Some(file) = &file {
                    // A damaged file is written anew as soon as all is counted; there is nothing for the user to do.
                    file.load(&cache, &segmenter);
                }
                (segmenter, cache, file, Arc::default())
            }
        };
        let wording = PassageFiles::of(corpus.roots(), &self.kept, self.cache_dir.as_deref());
        let (indexes, summaries) = (ComparisonIndexes::new(), Mutex::default());
        let made =
            CountResources { corpus: known, documents, segmenter, cache, indexes, summaries, wording, file, stored };
        let made = Arc::new(made);
        *kept = Some(Arc::clone(&made));
        made
    }

    /// Counts what is asked for: at once without keyness while the corpus has not been counted, then with it.
    pub fn answer(&self, request: &TermRequest, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        let TermRequest { seq, corpus, comparison, alone, .. } = request;
        let resources = self.resources(corpus);
        let ask = |alone: bool, post: &mut dyn FnMut(Event)| {
            let nowhere = || Unanswered::Nothing(String::new());
            let question = comparison.question(request.order, alone).ok_or_else(nowhere)?;
            let nothing_refused = |_: &str| false;
            self.table(&question, (&resources, corpus), (&self.groups, &nothing_refused), self.lang, is_cancelled, post)
        };
        let counted = resources.cache.knows(corpus);
        if *alone || !counted {
            match ask(true, post) {
                Ok(table) => {
                    post(Event::Terms { seq: *seq, sheet: sheet(table, request, false), ended: *alone });
                }
                Err(_) => return give_nothing(request, is_cancelled, post),
            }
        }
        if *alone {
            return;
        }
        match ask(false, post) {
            Ok(table) => {
                post(Event::Terms { seq: *seq, sheet: sheet(table, request, true), ended: true });
                self.store(&resources, corpus, post);
            }
            Err(_) => give_nothing(request, is_cancelled, post),
        }
    }

    pub(super) fn store(&self, resources: &CountResources, corpus: &Corpus, post: &mut dyn FnMut(Event)) {
        let Some(file) = &resources.file else { return };
        let mut stored = resources.stored.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = resources.cache.fresh();
        if fresh <= *stored {
            return;
        }
        // Once is enough, also where it fails: a full disk is told of once.
        *stored = fresh;
        if let Err(why) = file.store(&resources.cache, corpus, &resources.segmenter) {
            let folder = file.folder().display();
            post(Event::Notice(Notice::trouble(match self.lang {
                Lang::Zh => format!("词频缓存写不进 {folder}：{why}"),
                Lang::En => format!("counts cannot be kept in {folder}: {why}"),
            })));
        }
    }
}

/// Counts every report that has not been counted, telling how far it has come; `None` once `is_cancelled` says so.
pub(super) fn count_all(
    count_context: &CountContext<'_>,
    is_cancelled: Cancelled<'_>,
    post: &mut dyn FnMut(Event),
) -> Option<()> {
    let ids: Vec<ReportId> = count_context.corpus.distinct().map(|(id, ..)| id).collect();
    let few = 2 * rayon::current_num_threads();
    let mut told = Instant::now();
    for (step, chunk) in ids.chunks(few).enumerate() {
        count_reports(count_context, chunk, is_cancelled)?;
        let counted = (step + 1) * few;
        if told.elapsed() >= PACE && counted < ids.len() {
            told = Instant::now();
            post(Event::Counting { counted, all: ids.len() });
        }
    }
    (!is_cancelled()).then_some(())
}

/// What was asked about is not there: an empty table, so that nobody waits for one.
fn give_nothing(request: &TermRequest, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
    if !is_cancelled() {
        let table = Table::new(List::<()>::new(Vec::new(), &[]), Settings::default());
        post(Event::Terms { seq: request.seq, sheet: sheet(table, request, true), ended: true });
    }
}

fn sheet(table: Table, request: &TermRequest, compared: bool) -> Arc<TermSheet> {
    let (comparison, order) = (request.comparison.clone(), request.order);
    Arc::new(TermSheet { comparison, order, compared, table: Arc::new(table) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::terms::comparison::{Comparison, Target};
    use crate::corpus::load;
    use crate::index::terms::{KeywordOrder, Reference};
    use crate::table::write::json;

    fn corpus(folder: &std::path::Path) -> Arc<Corpus> {
        let mut corpus = Corpus::new(vec![folder.to_owned()], false);
        load::sample().documents().iter().for_each(|document| {
            corpus.push(Arc::clone(document));
        });
        Arc::new(corpus)
    }

    fn request(corpus: &Arc<Corpus>) -> TermRequest {
        let layers = Layers::default();
        let comparison = Comparison { target: Target::Corpus, reference: Reference::Rest, layers, query: None };
        TermRequest { seq: 1, corpus: Arc::clone(corpus), comparison, order: KeywordOrder::Count, alone: false }
    }

    /// The last table as JSON, how many reports were counted anew, and what was told of trouble.
    fn run(counter: &Counter, corpus: &Arc<Corpus>) -> (String, usize, usize) {
        let (mut sheets, mut notices) = (Vec::new(), 0);
        counter.answer(&request(corpus), &|| false, &mut |event| match event {
            Event::Terms { sheet, .. } => sheets.push(sheet),
            Event::Notice(_) => notices += 1,
            _ => {}
        });
        let sheet = sheets.pop().unwrap();
        assert!(sheet.compared);
        let mut out = Vec::new();
        json::write(&mut out, &sheet.table).unwrap();
        (String::from_utf8(out).unwrap(), counter.resources(corpus).cache.fresh(), notices)
    }

    #[test]
    fn what_was_counted_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache");
        let corpus = corpus(folder.path());
        let counter = || Counter::new(&Config::default(), Some(cache.clone()), Lang::Zh);
        let (first, fresh, _) = run(&counter(), &corpus);
        assert_eq!(fresh, corpus.distinct_count());
        assert_eq!(run(&counter(), &corpus), (first.clone(), 0, 0));
        // Damage costs time, nothing else; the file is whole again afterwards.
        let file = std::fs::read_dir(&cache).unwrap().next().unwrap().unwrap().path();
        std::fs::write(&file, b"yilan-terms\n").unwrap();
        assert_eq!(run(&counter(), &corpus), (first.clone(), fresh, 0));
        assert_eq!(run(&counter(), &corpus), (first.clone(), 0, 0));
        // Another set of words has another file.
        let own = counter();
        own.keep_whole(vec!["一个自己的词".to_owned()]);
        assert_eq!(run(&own, &corpus).1, fresh);
        assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 2);
        // What cannot be kept is told of once.
        std::fs::remove_dir_all(&cache).unwrap();
        std::fs::write(&cache, "").unwrap();
        let counter = counter();
        assert_eq!(run(&counter, &corpus), (first.clone(), fresh, 1));
        assert_eq!(run(&counter, &corpus), (first, fresh, 0));
    }

    #[test]
    fn counts_are_of_the_corpus_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let whole = corpus(folder.path());
        let counter = Counter::new(&Config::default(), None, Lang::Zh);
        let want = run(&counter, &whole).0;
        // A document fewer, then other documents under the numbers of the first.
        let mut other = Corpus::new(vec![folder.path().to_owned()], false);
        for document in whole.documents().iter().rev().take(2) {
            other.push(Arc::clone(document));
        }
        let other = Arc::new(other);
        let alone = run(&Counter::new(&Config::default(), None, Lang::Zh), &other).0;
        assert_eq!(run(&counter, &other).0, alone);
        assert_eq!(run(&counter, &whole).0, want);
    }

    #[test]
    fn counting_stops_when_nobody_wants_it_and_goes_on_from_there() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = corpus(folder.path());
        let counter = Counter::new(&Config::default(), None, Lang::Zh);
        let asked = std::sync::atomic::AtomicUsize::new(0);
        let is_cancelled = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 200;
        let mut ended = 0;
        counter.answer(&request(&corpus), &is_cancelled, &mut |event| {
            ended += usize::from(matches!(event, Event::Terms { ended: true, .. }));
        });
        assert_eq!(ended, 0);
        assert!(counter.resources(&corpus).cache.counted() < corpus.distinct_count());
        assert!(!run(&counter, &corpus).0.is_empty());
    }
}
