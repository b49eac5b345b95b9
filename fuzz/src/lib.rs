//! What several targets do. In: bytes. Out: nothing, or a panic where something that always holds does not.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use yilan::testing::corpus::{Limits, LineRange, Said, hush_contained, read_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Lets panics of libraries that become an issue pass, as the program does.
pub fn begin() {
    hush_contained();
}

/// Reads `bytes` as the file called `name` and looks whether what its reader says of its lines can be.
pub fn read(name: &str, bytes: &[u8]) {
    for part in read_bytes(name, bytes.to_vec(), &Said::default(), &Limits::default()) {
        let Ok(source) = part.source else { continue };
        let lines = u32::try_from(source.text.split('\n').count()).expect("lines");
        assert!(source.levels.is_sorted_by(|a, b| a.0 < b.0), "{:?}", source.levels);
        assert!(source.levels.iter().all(|&(line, level)| (1..=lines).contains(&line) && (1..=6).contains(&level)));
        let holds = |range: &LineRange| 1 <= range.first && range.first <= range.last && range.last <= lines;
        assert!(source.tables.iter().all(holds), "{:?} of {lines}", source.tables);
        assert!(source.tables.is_sorted_by(|a, b| a.last < b.first), "{:?}", source.tables);
        let holds = |(first, last): (u32, u32)| 1 <= first && first <= last && last <= lines;
        assert!(source.rows.iter().all(|row| holds((row.first, row.last))), "{:?} of {lines}", source.rows);
        assert!(source.issues.iter().all(|(line, _)| (1..=lines.max(1)).contains(line)), "{:?}", source.issues);
    }
}

/// Before every part of an archive stands a line of this and its name.
const PART: &[u8] = b"=== ";

/// An archive of the parts in `bytes`: a mutation of packed bytes would be none of what is packed. What begins like an archive
/// is taken as it is.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(PART) && (at == 0 || bytes[at - 1] == b'\n'))
        .take(200)
        .collect();
    for (n, &start) in starts.iter().enumerate() {
        let part = &bytes[start + PART.len()..starts.get(n + 1).map_or(bytes.len(), |next| next - 1)];
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let name = String::from_utf8_lossy(&part[..end]);
        // A name that stands twice is refused by what packs.
        if zip.start_file(name, SimpleFileOptions::default()).is_ok() {
            let _ = zip.write_all(part.get(end + 1..).unwrap_or_default());
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A file of this process for bytes that are read from a disk.
pub fn file() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("yilan-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("folder");
    folder.join("a.txt")
}

/// `bytes` with the changes that `edits` says, five bytes each: what to do, where (three), with which byte.
pub fn edited(bytes: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for edit in edits.as_chunks::<5>().0 {
        let at = u32::from_le_bytes([edit[1], edit[2], edit[3], 0]) as usize % (bytes.len() + 1);
        match edit[0] % 4 {
            0 => bytes.insert(at, edit[4]),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 if at < bytes.len() => bytes[at] = bytes[at].wrapping_add(edit[4]),
            _ if at < bytes.len() => bytes[at] = edit[4],
            _ => {}
        }
    }
    bytes
}
