//! Compressed files and archives of Unix: .gz, .tar, .tar.gz.
//!
//! In: bytes. Out: what is in them, unpacked within bounds. Does not know about: what that is.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::corpus::IssueKind;
use crate::corpus::formats::source::Limits;

const BLOCK: usize = 512;

/// Unpacks a .gz.
///
/// # Errors
/// Where it is broken or unpacks to more than it may.
pub fn gunzip(bytes: &[u8], limits: &Limits, budget: &mut u64) -> Result<Vec<u8>, IssueKind> {
    let most = limits.total.min(*budget);
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut out);
    *budget = budget.saturating_sub(out.len() as u64);
    if out.len() as u64 > most {
        return Err(IssueKind::Bomb(most));
    }
    read.map_err(|error| IssueKind::Broken(format!("GZIP: {error}")))?;
    Ok(out)
}

/// Whether bytes are an archive of files.
pub fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar") && header(bytes, 0).is_some()
}

/// The files in an archive, by name; hidden ones are left out.
pub fn files<'b>(bytes: &'b [u8], limits: &Limits) -> Vec<(String, &'b [u8])> {
    let mut files = Vec::new();
    let (mut at, mut long) = (0, None);
    while let Some((name, kind, size)) = header(bytes, at) {
        let start = at + BLOCK;
        let data = bytes.get(start..start.saturating_add(size).min(bytes.len())).unwrap_or_default();
        match kind {
            // A long name stands in an entry of its own (GNU), or as path= (POSIX).
            b'L' => long = Some(decoded(data.split(|byte| *byte == 0).next().unwrap_or_default())),
            b'x' => long = path_of(data).or(long),
            b'0' | 0 => {
                let name = clean(&long.take().unwrap_or(name));
                let hidden = name.split('/').any(|part| part.starts_with('.'));
                if !hidden && !name.is_empty() {
                    files.push((name, data));
                }
            }
            _ => long = None,
        }
        at = start.saturating_add(size.div_ceil(BLOCK).saturating_mul(BLOCK));
        if files.len() >= limits.entries {
            break;
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// Name, kind and size of the entry at `at`.
fn header(bytes: &[u8], at: usize) -> Option<(String, u8, usize)> {
    let block = bytes.get(at..at.checked_add(BLOCK)?)?;
    let text = |from: usize, to: usize| block[from..to].split(|byte| *byte == 0).next().unwrap_or_default();
    let name = decoded(text(0, 100));
    let prefix = if block[257..262] == *b"ustar" && block[262] == 0 { decoded(text(345, 500)) } else { String::new() };
    let size = std::str::from_utf8(text(124, 136)).ok()?.trim();
    let size = if size.is_empty() { 0 } else { usize::from_str_radix(size, 8).ok()? };
    let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
    (!name.is_empty()).then_some((name, block[156], size))
}

fn path_of(data: &[u8]) -> Option<String> {
    let line = data.split(|byte| *byte == b'\n').find_map(|line| {
        let at = memchr::memmem::find(line, b" path=")?;
        line.get(at + 6..)
    })?;
    Some(decoded(line))
}

fn decoded(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// A name that leads nowhere but into the archive.
fn clean(name: &str) -> String {
    let inside = |part: &&str| !part.is_empty() && !matches!(*part, "." | "..");
    name.split(['/', '\\']).filter(inside).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(name: &str, data: &[u8]) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
        block[156] = b'0';
        block[257..262].copy_from_slice(b"ustar");
        block.extend_from_slice(data);
        block.resize(block.len().div_ceil(BLOCK) * BLOCK, 0);
        block
    }

    #[test]
    fn files_by_name() {
        let bytes = [entry("../b.txt", b"B"), entry("a/灯.txt", b"A"), entry("a/.x", b"")].concat();
        assert!(is_tar(&bytes));
        let files = files(&bytes, &Limits::default());
        assert_eq!(files, [("a/灯.txt".to_owned(), b"A".as_slice()), ("b.txt".to_owned(), b"B".as_slice())]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(0u8), Just(b'7'), any::<u8>()], 0..2000)) {
            let _ = (files(&bytes, &Limits::default()), gunzip(&bytes, &Limits::default(), &mut 9999));
        }
    }
}
