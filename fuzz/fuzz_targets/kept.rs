//! What an earlier run kept of a corpus, of its counts and of its searched text: whatever is changed in it, and though its sum
//! is right again, it is refused or read, and never believed beyond its length.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use yilan::testing::corpus::load::{LoadOptions, Store, load_in};
use yilan::testing::corpus::{Corpus, checksum};
use yilan::testing::index::search::{FoldedFile, Query, QueryOptions, Search, SearchIndex};
use yilan::testing::index::terms::{Scope, Segmenter, TermCache, TermOptions, count_scope};
use yilan_fuzz::{begin, edited, file};

/// What a run leaves behind.
struct Left {
    path: PathBuf,
    corpus: Corpus,
    files: Vec<u8>,
    counts: Vec<u8>,
    folded: Vec<u8>,
}

const TEXT: &str = "乌有市政府工作报告（2023年）\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、修渠\n修成水渠二十里，守灯人守住了每一夜的灯。\n（一）晒盐\n盐工晒出了每一季的盐。\n南柯区政府工作报告（2022年）\n各位代表：\n现在报告工作，请予审议。\n一、看潮\n看潮的人看潮。\n";

fn left() -> &'static Left {
    static LEFT: OnceLock<Left> = OnceLock::new();
    LEFT.get_or_init(|| {
        let path = file();
        fs::write(&path, TEXT).expect("file");
        let paths = [path.clone()];
        let mut corpus = Corpus::new(paths.to_vec(), false);
        let options = LoadOptions { keep: true, ..LoadOptions::default() };
        let report = load_in(&options, &paths, &AtomicBool::new(false), &mut |step| corpus.take(step));
        corpus.settle_places();
        let (segmenter, cache, index) = (Segmenter::get(), TermCache::new(), SearchIndex::new());
        count(&corpus, &cache);
        index.sync(&corpus);
        let mut folded = Vec::new();
        index.write_file(&mut folded, true, &|| false).expect("memory");
        let counts = cache.to_bytes(&corpus, segmenter, true);
        Left { path, files: report.to_bytes(None), counts, folded, corpus }
    })
}

fn count(corpus: &Corpus, cache: &TermCache) {
    let _ = count_scope(corpus, &Scope::default(), Segmenter::get(), &TermOptions::default(), cache, &|| false);
}

/// `bytes` with edits behind a head of `head` bytes, whose last eight are the sum of what follows.
fn changed(bytes: &[u8], head: usize, edits: &[u8]) -> Vec<u8> {
    let body = edited(&bytes[head..], edits);
    let mut all = bytes[..head - 8].to_vec();
    all.extend_from_slice(&checksum(&body).to_le_bytes());
    all.extend_from_slice(&body);
    all
}

/// Bytes of a line and three numbers.
fn head(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| *byte == b'\n').expect("line") + 1 + 24
}

fuzz_target!(init: begin(), |bytes: &[u8]| {
    let left = left();
    let Some((&which, edits)) = bytes.split_first() else { return };
    match which % 3 {
        0 => {
            let bytes = changed(&left.files, head(&left.files), edits);
            let Ok(store) = Store::from_bytes(&bytes.into()) else { return };
            for lazily in [false, true] {
                let mut corpus = Corpus::new(vec![left.path.clone()], false);
                let options = LoadOptions { store: Some(&store), lazily, ..LoadOptions::default() };
                load_in(&options, &[left.path.clone()], &AtomicBool::new(false), &mut |step| corpus.take(step));
                for (_, document, report) in corpus.reports() {
                    report.sections.iter().for_each(|section| drop(section.title(document.text()).to_owned()));
                }
            }
        }
        1 => {
            let cache = TermCache::new();
            let segmenter = Segmenter::get();
            if cache.remember(changed(&left.counts, head(&left.counts), edits), segmenter).is_ok() {
                count(&left.corpus, &cache);
            }
        }
        _ => {
            // Only the directory: the texts have sums of their own in it.
            let tail = left.folded.len() - 24;
            let number = |at: usize| u64::from_le_bytes(left.folded[at..at + 8].try_into().expect("number"));
            let begins = number(tail + 8) as usize;
            let directory = edited(&left.folded[begins..tail], edits);
            let mut all = left.folded[..begins].to_vec();
            all.extend_from_slice(&directory);
            all.extend_from_slice(&left.folded[tail..tail + 16]);
            all.extend_from_slice(&checksum(&directory).to_le_bytes());
            let Some(file) = FoldedFile::new(all.into()) else { return };
            let index = SearchIndex::new();
            index.sync(&left.corpus);
            index.adopt([file]);
            let query = Query::read("水渠", QueryOptions::default()).expect("query");
            let search = Search::new(&left.corpus, &index, &query);
            for (id, ..) in left.corpus.reports() {
                let _ = search.hits_in(id);
            }
        }
    }
});
