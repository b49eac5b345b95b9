//! Files that are kept between runs and can be made anew: whole files in and out of a folder. In: a folder, a name, bytes.
//! Out: bytes. Does not know about: what is in them.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::corpus::KeptBytes;
use crate::corpus::load::gate::{self, Refusal};
use crate::store::atomic;

/// Files of one kind that are kept: the oldest others go.
const KEPT: usize = 16;

/// Files of other corpora that were written so long ago go.
const UNUSED: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// Unfinished files older than this were left by a program that died.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// The bytes kept as `name`, at most `limit`, mapped; `None` if there is no such file.
///
/// # Errors
/// When it cannot be read.
pub fn map(folder: &Path, name: &str, limit: u64) -> Result<Option<KeptBytes>, Refusal> {
    match gate::map(&folder.join(name), limit) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(why) if why.is_missing() => Ok(None),
        Err(why) => Err(why),
    }
}

/// Keeps `bytes` as `name`, which begins with `kind`; then of all files of this kind only the newest few stay.
///
/// # Errors
/// When it cannot be written; what was kept before stays as it was.
pub fn write(folder: &Path, kind: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    write_within(folder, kind, name, bytes, u64::MAX)
}

/// The same, where all files of this kind together may take so many bytes: the oldest go until they do.
///
/// # Errors
/// As [`fn@write`].
pub fn write_within(folder: &Path, kind: &str, name: &str, bytes: &[u8], most: u64) -> io::Result<()> {
    atomic::replace(&folder.join(name), bytes)?;
    sweep(folder, kind, name, most.saturating_sub(bytes.len() as u64));
    Ok(())
}

/// Removes the oldest files of a kind whose names do not begin with `own` until all of the kind take `most` bytes.
pub fn sweep_others(folder: &Path, kind: &str, own: &str, most: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let (mut bytes, mut others) = (0u64, Vec::new());
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((data, changed)) = entry.metadata().ok().and_then(|data| Some((data.len(), data.modified().ok()?)))
        else {
            continue;
        };
        if !name.starts_with(kind) {
            continue;
        }
        bytes = bytes.saturating_add(data);
        if !name.starts_with(own) {
            others.push((changed, entry.path(), data));
        }
    }
    others.sort();
    for (changed, path, size) in others {
        let old = SystemTime::now().duration_since(changed).is_ok_and(|age| age > UNUSED);
        if (old || bytes > most) && fs::remove_file(path).is_ok() {
            bytes = bytes.saturating_sub(size);
        }
    }
}

/// Removes the oldest files of a kind beyond the number and the bytes that may stay besides the newest, and abandoned
/// unfinished ones. What cannot be removed stays: it does no harm.
fn sweep(folder: &Path, kind: &str, newest: &str, most: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let now = SystemTime::now();
    let mut kept = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(data) = entry.metadata() else { continue };
        let Ok(changed) = data.modified() else { continue };
        // As `atomic` calls what it has not finished.
        if name.strip_prefix('.').is_some_and(|rest| rest.starts_with(kind.trim_end_matches('-'))) {
            if now.duration_since(changed).is_ok_and(|age| age > ABANDONED) {
                let _ = fs::remove_file(entry.path());
            }
        } else if name.starts_with(kind) && name != newest {
            kept.push((changed, entry.path(), data.len()));
        }
    }
    kept.sort_by(|a, b| b.cmp(a));
    let mut bytes = 0u64;
    for (n, (_, path, size)) in kept.into_iter().enumerate() {
        bytes = bytes.saturating_add(size);
        if n >= KEPT - 1 || bytes > most {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
        map(folder, name, 1 << 20).unwrap().map(|bytes| bytes.as_slice().to_vec())
    }

    #[test]
    fn what_is_kept_is_found_and_old_files_go() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        assert_eq!(read(&inner, "terms-1"), None);
        for n in 0..KEPT + 5 {
            write(&inner, "terms-", &format!("terms-{n}"), &[n as u8]).unwrap();
        }
        write(&inner, "terms-", "terms-0", b"new").unwrap();
        assert_eq!(read(&inner, "terms-0").as_deref(), Some(&b"new"[..]));
        assert_eq!(fs::read_dir(&inner).unwrap().count(), KEPT);
    }

    #[test]
    fn all_files_of_a_kind_stay_within_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..6u64 {
            let name = format!("terms-{n}");
            write_within(folder.path(), "terms-", &name, &[0; 100], 250).unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + n);
            fs::File::open(folder.path().join(name)).unwrap().set_modified(time).unwrap();
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert!(folder.path().join("terms-5").exists() && folder.path().join("terms-4").exists());
    }

    #[test]
    fn what_cannot_be_written_is_an_error_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(write(&file, "terms-", "terms-1", b"x").is_err());
        fs::create_dir(folder.path().join("terms-2")).unwrap();
        assert!(write(folder.path(), "terms-", "terms-2", b"x").is_err());
        assert!(map(folder.path(), "terms-2", 1 << 20).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn many_writers_leave_one_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for n in 0..8u8 {
                let folder = folder.path();
                scope.spawn(move || write(folder, "terms-", "terms-x", &vec![n; 100_000]).unwrap());
            }
        });
        let bytes = read(folder.path(), "terms-x").unwrap();
        assert!(bytes.len() == 100_000 && bytes.iter().all(|byte| *byte == bytes[0]));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
