//! The gate: the only place where a file is opened to be read, be it a document, a setting, a word list or a cache.
//!
//! In: a path and a limit in bytes. Out: bytes, or a [`Refusal`] that says in the user's language why not and what to do. A
//! pipe or socket would make the reader wait for ever, a device may never end: only regular files pass, and of none more is
//! read than the limit. Does not know about: what is in a file, what becomes of it.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::OnceLock;

use crate::corpus::kept::KeptBytes;
use crate::text::Lang;

/// Settings and what a person says of documents: nobody writes a megabyte by hand.
pub const SETTINGS: u64 = 1 << 20;
/// Word lists: the largest dictionaries of words hold some hundred thousand.
pub const WORDS: u64 = 64 << 20;
/// What is kept from one run to the next of one reader.
pub const STATE: u64 = 16 << 20;

/// The path that means standard input, as everywhere on a command line; a file of that name is `./-`.
pub const INPUT: &str = "-";
/// What standard input is called where files are named.
pub const INPUT_NAME: &str = "标准输入";

/// Where nothing is kept and nothing is to be read, people name this file.
const NOTHING: &str = "/dev/null";

/// Why a file was not read.
#[derive(Debug)]
pub enum Refusal {
    /// A pipe, a device, a socket or a folder.
    NotAFile,
    /// Larger than what may be read, both in bytes.
    TooLarge {
        /// At least so large.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// It is no UTF-8.
    NotUtf8,
    /// The operating system refused.
    System(io::Error),
}

impl Refusal {
    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::System(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
    }

    /// Why, and what to do.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotAFile, Lang::Zh) => "不是普通文件（是管道、设备、套接字或文件夹）；请存成普通文件再用".into(),
            (Self::NotAFile, Lang::En) => {
                "not a regular file (a pipe, device, socket or folder); save it as a regular file".into()
            }
            (Self::TooLarge { bytes, limit }, Lang::Zh) => {
                format!("文件过大（至少 {bytes} 字节，上限 {limit} 字节）；请检查是否指错了文件，或拆小")
            }
            (Self::TooLarge { bytes, limit }, Lang::En) => {
                format!(
                    "too large (at least {bytes} bytes, {limit} are the limit); is it the right file? else split it"
                )
            }
            (Self::NotUtf8, Lang::Zh) => "不是 UTF-8 编码；请另存为 UTF-8".into(),
            (Self::NotUtf8, Lang::En) => "not UTF-8; save it as UTF-8".into(),
            (Self::System(why), _) => why.to_string(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
/// When it is no regular file, larger, or cannot be read.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
    read_while(path, limit, &|_| true).map(|(bytes, _)| bytes)
}

/// The same for text in UTF-8.
///
/// # Errors
/// As [`read`]; and when it is no UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Refusal> {
    String::from_utf8(read(path, limit)?).map_err(|_| Refusal::NotUtf8)
}

/// So many bytes are read before it is asked whether to go on.
const HEAD: u64 = 1 << 16;

/// The same for whoever knows by its first bytes that the rest is of no use: reading ends there if `goes_on` says no. Says
/// whether all was read.
///
/// # Errors
/// As [`read`].
pub fn read_while(path: &Path, limit: u64, goes_on: &dyn Fn(&[u8]) -> bool) -> Result<(Vec<u8>, bool), Refusal> {
    if path == Path::new(NOTHING) {
        return Ok((Vec::new(), true));
    }
    // Asked before opening: to open some devices is to do something.
    let seen = check(&std::fs::metadata(path).map_err(Refusal::System)?, limit)?;
    let mut file = open(path).map_err(Refusal::System)?;
    // What stands there may have been changed for something else in between.
    check(&file.metadata().map_err(Refusal::System)?, limit)?;
    let mut bytes = Vec::new();
    (&mut file).take(HEAD.min(limit + 1)).read_to_end(&mut bytes).map_err(Refusal::System)?;
    if bytes.len() as u64 == HEAD && !goes_on(&bytes) {
        return Ok((bytes, false));
    }
    bytes.reserve_exact(usize::try_from(seen.saturating_sub(bytes.len() as u64)).unwrap_or(0) + 1);
    // It may grow while it is read.
    let left = (limit + 1).saturating_sub(bytes.len() as u64);
    file.take(left).read_to_end(&mut bytes).map_err(Refusal::System)?;
    match bytes.len() as u64 {
        read if read > limit => Err(Refusal::TooLarge { bytes: read, limit }),
        _ => Ok((bytes, true)),
    }
}

/// All of standard input, of at most `limit` bytes. It can be read only once: who asks later gets what was read then.
///
/// # Errors
/// When it is larger, or cannot be read.
pub fn input(limit: u64) -> Result<&'static [u8], Refusal> {
    /// Why it was not read, in a form that can be told more than once.
    type Failure = (ErrorKind, String, Option<u64>);
    static READ: OnceLock<Result<Vec<u8>, Failure>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        read_stream(io::stdin().lock(), limit).map_err(|why| match why {
            Refusal::TooLarge { bytes, .. } => (ErrorKind::FileTooLarge, String::new(), Some(bytes)),
            Refusal::System(why) => (why.kind(), why.to_string(), None),
            other => (ErrorKind::Other, other.to_string(), None),
        })
    });
    match read {
        Ok(bytes) if bytes.len() as u64 > limit => Err(Refusal::TooLarge { bytes: bytes.len() as u64, limit }),
        Ok(bytes) => Ok(bytes),
        Err((_, _, Some(bytes))) => Err(Refusal::TooLarge { bytes: *bytes, limit }),
        Err((kind, why, None)) => Err(Refusal::System(io::Error::new(*kind, why.clone()))),
    }
}

/// All of a stream, of which no more is read than tells that it is too large.
fn read_stream(stream: impl Read, limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(Refusal::System)?;
    match bytes.len() as u64 {
        read if read > limit => Err(Refusal::TooLarge { bytes: read, limit }),
        _ => Ok(bytes),
    }
}

/// The terminal of whoever started the program, to read keys from and to draw on.
///
/// # Errors
/// When there is none.
#[cfg(unix)]
pub fn terminal() -> io::Result<std::os::fd::OwnedFd> {
    Ok(File::options().read(true).write(true).open("/dev/tty")?.into())
}

/// A file of the cache as memory, however large; the same files pass as by [`read`].
///
/// # Errors
/// As [`read`].
pub fn map(path: &Path, limit: u64) -> Result<KeptBytes, Refusal> {
    check(&std::fs::metadata(path).map_err(Refusal::System)?, limit)?;
    let file = open(path).map_err(Refusal::System)?;
    check(&file.metadata().map_err(Refusal::System)?, limit)?;
    KeptBytes::map(&file).map_err(Refusal::System)
}

/// The size of what may pass.
fn check(metadata: &Metadata, limit: u64) -> Result<u64, Refusal> {
    match metadata.len() {
        _ if !metadata.is_file() => Err(Refusal::NotAFile),
        bytes if bytes > limit => Err(Refusal::TooLarge { bytes, limit }),
        bytes => Ok(bytes),
    }
}

/// Opens without waiting: a pipe that took the place of a file has nobody at its other end.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn pipe(path: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_pass_and_no_more_of_them_than_the_limit() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a"), "灯塔").unwrap();
        assert_eq!(read_text(&at("a"), 6).unwrap(), "灯塔");
        assert!(matches!(read(&at("a"), 5), Err(Refusal::TooLarge { bytes: 6, limit: 5 })));
        pipe(&at("pipe"));
        symlink("/dev/zero", at("zero")).unwrap();
        symlink(at("pipe"), at("link")).unwrap();
        symlink(at("a"), at("good")).unwrap();
        for name in ["pipe", "zero", "link", "."] {
            assert!(matches!(read(&at(name), 100), Err(Refusal::NotAFile)), "{name}");
        }
        assert_eq!(read(&at("good"), 100).unwrap().len(), 6);
        assert!(read(&at("none"), 100).unwrap_err().is_missing());
        assert!(read(&at("a/b"), 100).unwrap_err().is_missing());
        std::fs::write(at("gbk"), b"\xb5\xc6").unwrap();
        assert!(matches!(read_text(&at("gbk"), 100), Err(Refusal::NotUtf8)));
        assert!(read(Path::new(NOTHING), 0).unwrap().is_empty());
    }

    #[test]
    fn a_file_without_a_size_is_read_to_the_limit_only() {
        // The kernel says 0 of such files.
        let path = Path::new("/proc/meminfo");
        if path.exists() {
            assert!(matches!(read(path, 100), Err(Refusal::TooLarge { bytes: 101, limit: 100 })));
        }
    }

    #[test]
    fn of_a_stream_without_end_no_more_is_read_than_the_limit() {
        assert!(matches!(read_stream(io::repeat(b'a'), 100), Err(Refusal::TooLarge { bytes: 101, limit: 100 })));
        assert_eq!(read_stream("灯塔".as_bytes(), 6).unwrap(), "灯塔".as_bytes());
    }

    #[test]
    fn the_head_decides_whether_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zeros");
        File::create(&path).unwrap().set_len(1 << 33).unwrap();
        let begun = |head: &[u8]| head.iter().any(|byte| *byte != 0);
        let (bytes, all) = read_while(&path, 1 << 34, &begun).unwrap();
        assert!(!all && bytes.len() as u64 == HEAD);
    }
}
