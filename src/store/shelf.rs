//! Where what was understood of a corpus lies between runs. In: the settings, the paths of a corpus. Out: a [`Store`], a
//! place for the next one, what to tell the user. Does not know about: what is in a store, when one is made.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::config::{Config, Paths};
use crate::corpus::load::{LoadReport, Store, StoreFault};
use crate::store::part_files::PartFiles;
use crate::text::Lang;

/// What files of this kind are called.
const KIND: &str = "corpus-";

/// The place of one corpus.
#[derive(Debug, Clone)]
pub struct Shelf {
    files: PartFiles,
}

/// What there is to tell of a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShelfNews {
    /// What lay there cannot be used: the corpus is read anew.
    Unusable(StoreFault),
    /// It cannot be read; why, in either language.
    Unreadable([String; 2]),
    /// Nothing can be left there; why.
    Unwritable(String),
    /// What would lie there is larger than the settings allow: bytes.
    TooLarge(u64),
}

impl ShelfNews {
    /// In the user's language.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Unusable(StoreFault::Damaged), Lang::Zh) => "语料缓存已损坏，正在重建".into(),
            (Self::Unusable(StoreFault::Damaged), Lang::En) => "the corpus cache is damaged; made anew".into(),
            (Self::Unusable(StoreFault::OtherVersion), Lang::Zh) => "语料缓存由另一版本写成，正在重建".into(),
            (Self::Unusable(StoreFault::OtherVersion), Lang::En) => {
                "the corpus cache is of another version; made anew".into()
            }
            (Self::Unusable(StoreFault::OtherMachine), Lang::Zh) => "语料缓存来自另一种机器，正在重建".into(),
            (Self::Unusable(StoreFault::OtherMachine), Lang::En) => {
                "the corpus cache is of another kind of machine; made anew".into()
            }
            (Self::Unreadable([why, _]), Lang::Zh) => format!("读不了语料缓存：{why}"),
            (Self::Unreadable([_, why]), Lang::En) => format!("the corpus cache cannot be read: {why}"),
            (Self::Unwritable(why), Lang::Zh) => format!("写不了语料缓存：{why}"),
            (Self::Unwritable(why), Lang::En) => format!("the corpus cache cannot be written: {why}"),
            (Self::TooLarge(bytes), Lang::Zh) => {
                format!("语料缓存要 {} MB，超过设置的 cache_mb，没有保存", bytes.div_ceil(1 << 20))
            }
            (Self::TooLarge(bytes), Lang::En) => {
                format!("the corpus cache would take {} MB, more than cache_mb; not kept", bytes.div_ceil(1 << 20))
            }
        }
    }
}

impl Shelf {
    /// The place of a corpus; none where the settings want none, or there is no folder for it.
    pub fn of(paths: &[PathBuf], config: &Config, places: &Paths) -> Option<Self> {
        Some(Self { files: PartFiles::of_corpus(KIND, paths, config, places.cache_dir.as_deref())? })
    }

    /// What earlier runs left there. A file that cannot be used goes.
    pub fn read(&self) -> (Option<Store>, Option<ShelfNews>) {
        let (mut all, mut news): (Option<Store>, _) = (None, None);
        for path in self.files.paths() {
            match self.files.map(&path) {
                Ok(None) => {}
                Ok(Some(bytes)) => match Store::from_bytes(&bytes) {
                    Ok(store) => match &mut all {
                        Some(all) => all.extend(store),
                        None => all = Some(store),
                    },
                    Err(fault) => {
                        let _ = fs::remove_file(&path);
                        news = Some(ShelfNews::Unusable(fault));
                    }
                },
                Err(why) => {
                    let said = [Lang::Zh, Lang::En].map(|lang| format!("{}: {}", path.display(), why.text(lang)));
                    news = Some(ShelfNews::Unreadable(said));
                }
            }
        }
        (all, news)
    }

    /// Leaves for the next run what was read and does not lie there already.
    pub fn write(&self, report: &LoadReport, before: Option<&Store>) -> Option<ShelfNews> {
        if !report.is_news(before) {
            return None;
        }
        // What is left of files that are gone is of no use: more of that than of others is too much.
        let all = before.is_none_or(|store| store.len() > 2 * report.files());
        self.write_bytes(all, &mut |all| report.to_bytes(before.filter(|_| !all)))
    }

    /// Leaves what a later run can make a store of: of all files, if told so or if much lies there already, or of those of which nothing
    /// lies there.
    pub fn write_bytes(&self, all: bool, bytes: &mut dyn FnMut(bool) -> Vec<u8>) -> Option<ShelfNews> {
        let all = all || self.files.are_many();
        let bytes = bytes(all);
        if bytes.len() as u64 > self.files.most() {
            return Some(ShelfNews::TooLarge(bytes.len() as u64));
        }
        match self.files.add(all, &mut |out| out.write_all(&bytes).map(|()| true)) {
            // Where nothing may be written nothing is meant to be kept.
            Err(why) if matches!(why.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => None,
            Err(why) => Some(ShelfNews::Unwritable(why.to_string())),
            Ok(_) => None,
        }
    }

    /// The files there are, oldest first.
    pub fn files(&self) -> Vec<PathBuf> {
        self.files.paths()
    }
}
