//! Files that are kept between runs and can be made anew: which of them go. In: a folder, a kind, bytes. Out: nothing. Does not know
//! about: what is in them.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Files of other corpora that were written so long ago go.
const UNUSED: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// Unfinished files older than this were left by a program that died.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes the oldest files of a kind whose names do not begin with `own` until all of the kind take `most` bytes, and abandoned
/// unfinished ones. What cannot be removed stays: it does no harm.
pub fn sweep_others(folder: &Path, kind: &str, own: &str, most: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let (mut bytes, mut others) = (0u64, Vec::new());
    let now = SystemTime::now();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((data, changed)) = entry.metadata().ok().and_then(|data| Some((data.len(), data.modified().ok()?)))
        else {
            continue;
        };
        // As `atomic` calls what it has not finished.
        if name.strip_prefix('.').is_some_and(|rest| rest.starts_with(kind.trim_end_matches('-')))
            && now.duration_since(changed).is_ok_and(|age| age > ABANDONED)
        {
            let _ = fs::remove_file(entry.path());
        }
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
        let old = now.duration_since(changed).is_ok_and(|age| age > UNUSED);
        if (old || bytes > most) && fs::remove_file(path).is_ok() {
            bytes = bytes.saturating_sub(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_others_go_and_so_does_what_was_abandoned() {
        let folder = tempfile::tempdir().unwrap();
        let day = |n: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + n * 86_400);
        let now = SystemTime::now();
        for (name, time) in [
            ("terms-1", day(1)),
            ("terms-2-x", now - Duration::from_secs(60)),
            ("terms-3", now - Duration::from_secs(120)),
            ("terms-4", now - Duration::from_secs(30)),
            ("terms-own-a", day(1)),
            (".termsabc", day(1)),
            (".termsdef", now),
            ("other", day(1)),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, [0; 100]).unwrap();
            fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
        }
        sweep_others(folder.path(), "terms-", "terms-own", 300);
        let mut left: Vec<String> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, [".termsdef", "other", "terms-2-x", "terms-4", "terms-own-a"]);
    }
}
