//! The writer: the only place where a file of the user or of the program is written. In: a path and bytes. Out: the file
//! holds the bytes, or what it held before and an error. Does not know about: what bytes mean.
//!
//! Bytes go into a new file beside the old one, reach the disk, and take its place in one step: a reader finds the one or
//! the other, whole, also when two programs write at once, the program dies or the disk is full.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Makes `bytes` the content of the file at `path`, whose folder is made where there is none. A file that is new is its
/// owner's alone; one that takes another's place has its permissions.
///
/// # Errors
/// When it cannot be written; the file is then as it was, and nothing is left beside it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut fresh = tempfile::Builder::new().prefix(&unfinished(path)).tempfile_in(folder)?;
    write(fresh.as_file_mut(), bytes)?;
    if let Ok(data) = fs::metadata(path) {
        fresh.as_file().set_permissions(data.permissions())?;
    }
    step(WriteStep::Sync)?;
    fresh.as_file().sync_data()?;
    step(WriteStep::Rename)?;
    fresh.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Lets `fill` write a file that can be made anew into `folder`, whatever its size: it is not waited for until it is on the disk,
/// since whoever reads it checks it. Its name begins and ends as said, with a number between that nobody else has, later ones after
/// earlier ones; `None` if `fill` says that it is of no use.
///
/// # Errors
/// When it cannot be written; nothing is left then.
pub fn replace_by(
    folder: &Path,
    (name, ending): (&str, &str),
    fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<bool>,
) -> io::Result<Option<String>> {
    make_folder(folder)?;
    let fresh = tempfile::Builder::new().prefix(&unfinished(Path::new(name))).tempfile_in(folder)?;
    let mut out = BufWriter::with_capacity(1 << 20, Disk(fresh.as_file()));
    if !fill(&mut out)? {
        return Ok(None);
    }
    out.flush()?;
    drop(out);
    step(WriteStep::Rename)?;
    let own = fresh.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unlike = own.trim_start_matches(&unfinished(Path::new(name))).to_owned();
    let age = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_nanos());
    let name = format!("{name}{age:020}{unlike}{ending}");
    fresh.persist(folder.join(&name)).map_err(|error| error.error)?;
    Ok(Some(name))
}

/// Makes a file for the user of what `write` writes; one that is there gives way only if `overwriting`. Unlike the files of
/// the program it can be read by whom the user's other files can be read by. `Ok(false)`: there is one already.
///
/// # Errors
/// When it cannot be written, or `write` fails; nothing has changed then.
pub fn create(
    path: &Path,
    overwriting: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<bool> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !overwriting && path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let prefix = unfinished(path);
    let mut fresh = builder.prefix(&prefix).tempfile_in(folder)?;
    step(WriteStep::Write)?;
    let mut out = BufWriter::with_capacity(1 << 16, fresh.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    step(WriteStep::Sync)?;
    fresh.as_file().sync_data()?;
    step(WriteStep::Rename)?;
    let persisted = if overwriting { fresh.persist(path) } else { fresh.persist_noclobber(path) };
    match persisted {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error),
    }
}

/// How the names of unfinished files begin that were to become the file at `path`.
pub fn unfinished(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{}", name.split(['-', '.']).next().unwrap_or_default())
}

/// Makes a folder that nobody but its owner may look into; one that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Does `work` while no other program that asks for the same lock does: between reading a file and writing it again nobody
/// else changes it. `path` is that file; the lock is a file beside it.
///
/// # Errors
/// When there can be no lock, or the work fails.
pub fn alone<T>(path: &Path, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lock = File::create(folder.join(format!(".{name}.lock")))?;
    // Given up when the file is closed, also by a program that dies.
    #[cfg(unix)]
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive)?;
    let done = work();
    drop(lock);
    done
}

/// What a test lets fail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WriteStep {
    Write,
    Sync,
    Rename,
}

/// A file that is written piece by piece.
struct Disk<'f>(&'f File);

impl Write for Disk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write(&mut self.0, bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn write(file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    step(WriteStep::Write)?;
    #[cfg(debug_assertions)]
    match fault().as_deref() {
        Some("short") => return bytes.iter().try_for_each(|byte| file.write_all(std::slice::from_ref(byte))),
        Some("full") => {
            file.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        _ => {}
    }
    file.write_all(bytes)
}

/// What `YILAN_TEST_DISK` says is wrong with the disk; not in release builds.
#[cfg(debug_assertions)]
fn fault() -> Option<String> {
    std::env::var("YILAN_TEST_DISK").ok()
}

#[cfg(debug_assertions)]
fn step(step: WriteStep) -> io::Result<()> {
    let failing = match fault().as_deref() {
        Some("write") => WriteStep::Write,
        Some("sync") => WriteStep::Sync,
        Some("rename") => WriteStep::Rename,
        _ => return Ok(()),
    };
    if step == failing { Err(io::Error::other("the test disk fails")) } else { Ok(()) }
}

#[cfg(not(debug_assertions))]
#[allow(clippy::unnecessary_wraps, reason = "the other build lets it fail")]
const fn step(_: WriteStep) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/words.txt");
        replace(&path, b"one").unwrap();
        replace(&path, b"another").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"another");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert!(replace(&path.join("c"), b"x").is_err(), "a file is no folder");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_new_is_its_owners_alone_and_what_was_there_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/session.json");
        replace(&path, b"x").unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap()), mode(&folder.path().join("a"))), (0o600, 0o700, 0o700));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"y").unwrap();
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn who_reads_and_writes_alone_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("count");
        fs::write(&path, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        alone(&path, || {
                            let n: u32 = fs::read_to_string(&path)?.parse().unwrap();
                            replace(&path, (n + 1).to_string().as_bytes())
                        })
                        .unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "100");
    }
}
