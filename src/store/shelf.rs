//! Where what was understood of a corpus lies between runs. In: the settings, the paths of a corpus. Out: a [`Store`], a
//! place for the next one, what to tell the user. Does not know about: what is in a store, when one is made.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::config::{Config, Paths};
use crate::corpus::load::{LoadReport, Store, StoreFault};
use crate::store::keep;
use crate::text::Lang;
use crate::text::digest::Digester;

/// What files of this kind are called.
const KIND: &str = "corpus-";

/// The place of one corpus.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
    name: String,
    most: u64,
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

/// The number in the names of what is kept of a corpus that was read from `paths`: the same folder is the same corpus, wherever
/// one stands when naming it.
pub(super) fn number_of(paths: &[PathBuf]) -> u64 {
    let mut digester = Digester::default();
    for path in paths {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        digester.add(whole.as_os_str().as_encoded_bytes());
    }
    digester.finish().0
}

impl Shelf {
    /// The place of a corpus; none where the settings want none, or there is no folder for it.
    pub fn of(paths: &[PathBuf], config: &Config, places: &Paths) -> Option<Self> {
        let folder = places.cache_dir.clone().filter(|_| config.corpus.cache && !paths.is_empty())?;
        let name = format!("{KIND}{:016x}", number_of(paths));
        Some(Self { folder, name, most: u64::from(config.corpus.cache_mb) << 20 })
    }

    /// What an earlier run left there.
    pub fn read(&self) -> (Option<Store>, Option<ShelfNews>) {
        match keep::map(&self.folder, &self.name, self.most) {
            Ok(None) => (None, None),
            Ok(Some(bytes)) => match Store::from_bytes(&bytes) {
                Ok(store) => (Some(store), None),
                Err(fault) => (None, Some(ShelfNews::Unusable(fault))),
            },
            Err(why) => {
                let file = self.file();
                let said = [Lang::Zh, Lang::En].map(|lang| format!("{}: {}", file.display(), why.text(lang)));
                (None, Some(ShelfNews::Unreadable(said)))
            }
        }
    }

    /// Leaves what was read for the next run, if it is not what lay there already.
    pub fn write(&self, report: &LoadReport, before: Option<&Store>) -> Option<ShelfNews> {
        if report.is_news(before) { self.write_bytes(&report.to_bytes()) } else { None }
    }

    /// Leaves what a later run can make a store of.
    pub fn write_bytes(&self, bytes: &[u8]) -> Option<ShelfNews> {
        if bytes.len() as u64 > self.most {
            return Some(ShelfNews::TooLarge(bytes.len() as u64));
        }
        match keep::write_within(&self.folder, KIND, &self.name, bytes, self.most) {
            // Where nothing may be written nothing is meant to be kept.
            Err(why) if matches!(why.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => None,
            Err(why) => Some(ShelfNews::Unwritable(why.to_string())),
            Ok(()) => None,
        }
    }

    /// The folder and file.
    pub fn file(&self) -> PathBuf {
        Path::new(&self.folder).join(&self.name)
    }
}
