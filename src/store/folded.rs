//! Where the searched forms of a corpus lie between runs: files that are mapped, never written again. In: a corpus, its search
//! index. Out: the index takes its forms from files; what no file had stands in a new one. Does not know about: queries, what a form is.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::index::search::{FoldedFile, SearchIndex};
use crate::store::part_files::PartFiles;

/// What files of this kind are called.
const KIND: &str = "folded-";

/// The files of forms of one corpus.
#[derive(Debug, Clone)]
pub struct FoldedFolder {
    files: PartFiles,
}

impl FoldedFolder {
    /// Of a corpus that was read from `paths`; none where the settings want none, or there is no folder for it.
    pub fn of(paths: &[PathBuf], config: &Config, cache_dir: Option<&Path>) -> Option<Self> {
        Some(Self { files: PartFiles::of_corpus(KIND, paths, config, cache_dir)? })
    }

    /// Lets `index`, which knows its corpus, take what earlier runs left.
    pub fn open(&self, index: &SearchIndex) {
        index.adopt(self.files.open(&FoldedFile::new));
    }

    /// Leaves what no file has to the next run, and lets `index` take it from there. Whether all there is stands in files now:
    /// not where `cancelled` says so, or where it would be more than the settings allow.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, index: &SearchIndex, cancelled: &(dyn Fn() -> bool + Sync)) -> io::Result<bool> {
        let missing = index.missing_bytes();
        if missing == 0 {
            return Ok(true);
        }
        if missing > self.files.most() {
            return Ok(false);
        }
        let all = self.files.are_many();
        let written =
            self.files.add(all, &mut |out| index.write_file(out, all, cancelled).map(|written| written.is_some()))?;
        let Some(path) = written else { return Ok(false) };
        index.adopt(self.files.map(&path).ok().flatten().and_then(FoldedFile::new));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::corpus::Corpus;
    use crate::corpus::load::{LoadOptions, load_in};
    use crate::index::search::{Query, ReportCount, Search};

    fn read(folder: &Path) -> Corpus {
        let paths = [folder.to_owned()];
        let mut corpus = Corpus::new(paths.to_vec(), false);
        let options = LoadOptions { keep: true, ..LoadOptions::default() };
        load_in(&options, &paths, &std::sync::atomic::AtomicBool::new(false), &mut |step| corpus.take(step));
        corpus
    }

    fn found(corpus: &Corpus, index: &SearchIndex) -> Vec<(ReportCount, usize)> {
        let query = Query::parse("守灯").unwrap();
        let search = Search::new(corpus, index, &query);
        let mut counts = Vec::new();
        search.count(&|| false, &mut |chunk| counts.extend(chunk));
        counts.into_iter().map(|count| (count, search.hits_in(count.report).len())).collect()
    }

    fn prepared(shelf: &FoldedFolder, corpus: &Corpus) -> SearchIndex {
        let index = SearchIndex::new();
        index.sync(corpus);
        shelf.open(&index);
        index
    }

    #[test]
    fn forms_are_left_file_by_file_and_damage_costs_time_only() {
        let (texts, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let text =
            |n: usize| format!("乌有市政府工作报告\n各位代表：\n第{n}年守燈人守灯。\n守灯守{}灯。\n", "很".repeat(n));
        for n in 0..3 {
            fs::write(texts.path().join(format!("{n}.txt")), text(n)).unwrap();
        }
        let shelf = FoldedFolder::of(&[texts.path().to_owned()], &Config::default(), Some(cache.path())).unwrap();
        let corpus = read(texts.path());
        let want = found(&corpus, &SearchIndex::new());
        assert!(!want.is_empty());
        let index = prepared(&shelf, &corpus);
        assert!(index.missing_bytes() > 0 && shelf.keep(&index, &|| false).unwrap());
        assert_eq!((index.missing_bytes(), shelf.files.paths().len()), (0, 1));
        assert_eq!(found(&corpus, &index), want);
        assert_eq!(found(&corpus, &prepared(&shelf, &corpus)), want);
        // Changed files cost themselves; many small files become one.
        for n in 3..14 {
            fs::write(texts.path().join("2.txt"), text(n)).unwrap();
            let corpus = Arc::new(read(texts.path()));
            let index = prepared(&shelf, &corpus);
            let missing = index.missing_bytes();
            assert!(missing > 0 && missing < 2 * text(n).len() as u64);
            assert!(shelf.keep(&index, &|| false).unwrap());
            assert!(shelf.files.paths().len() <= 8);
            assert_eq!(found(&corpus, &index), found(&corpus, &SearchIndex::new()));
        }
        // Damaged in 200 ways the answers stay.
        let corpus = read(texts.path());
        let want = found(&corpus, &SearchIndex::new());
        let path = shelf.files.paths().pop().unwrap();
        let good = fs::read(&path).unwrap();
        for way in 0..200 {
            let mut bad = good.clone();
            let at = way * good.len() / 200;
            if way % 3 == 0 {
                bad.truncate(at)
            } else {
                bad[at] ^= 1 << (way % 8)
            }
            fs::remove_file(&path).ok();
            fs::write(&path, bad).unwrap();
            assert_eq!(found(&corpus, &prepared(&shelf, &corpus)), want, "way {way}");
        }
    }

    #[test]
    fn two_programs_share_them_and_a_limit_is_kept() {
        let (texts, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(texts.path().join("a.txt"), "乌有市政府工作报告\n各位代表：\n守灯人守灯。\n").unwrap();
        let paths = [texts.path().to_owned()];
        let shelf = FoldedFolder::of(&paths, &Config::default(), Some(cache.path())).unwrap();
        let corpus = read(texts.path());
        let want = found(&corpus, &SearchIndex::new());
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let index = prepared(&shelf, &corpus);
                    shelf.keep(&index, &|| false).unwrap();
                    assert_eq!(found(&corpus, &index), want);
                });
            }
        });
        assert!(!shelf.files.paths().is_empty());
        let mut config = Config::default();
        config.corpus.cache_mb = 0;
        let none = FoldedFolder::of(&paths, &config, Some(&cache.path().join("other"))).unwrap();
        assert!(!none.keep(&prepared(&none, &corpus), &|| false).unwrap() && none.files.paths().is_empty());
        assert!(
            !shelf
                .keep(
                    &{
                        let index = SearchIndex::new();
                        index.sync(&corpus);
                        index
                    },
                    &|| true
                )
                .unwrap()
        );
    }
}
