//! `src/corpus/kept` as it is, and what is done to files that it maps.
#![allow(dead_code, reason = "only the module itself is of interest")]

#[path = "../../../src/corpus/kept/mod.rs"]
mod kept;

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::kept::{KeptBytes, checksum};

    fn mapped(bytes: &[u8]) -> (tempfile::TempDir, KeptBytes) {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("kept");
        fs::write(&path, bytes).expect("file");
        let kept = KeptBytes::map(&File::open(&path).expect("file")).expect("a mapping");
        (folder, kept)
    }

    #[test]
    fn parts_outlive_their_file_and_the_whole() {
        let bytes: Vec<u8> = (0..100_000u32).map(|n| (n % 251) as u8).collect();
        let (folder, whole) = mapped(&bytes);
        drop(folder);
        let parts: Vec<KeptBytes> = (0..100).map(|n| whole.part(n * 1_000..(n + 1) * 1_000)).collect();
        let last = whole.part_of(&whole.as_slice()[99_999..]);
        drop(whole);
        for (n, part) in parts.iter().enumerate() {
            assert_eq!(checksum(part.as_slice()), checksum(&bytes[n * 1_000..(n + 1) * 1_000]));
        }
        assert_eq!(last.as_slice(), &bytes[99_999..]);
    }

    #[test]
    fn parts_that_are_none_are_empty() {
        let (_folder, whole) = mapped(b"0123456789");
        for part in [whole.part(5..11), whole.part(11..12), whole.part(usize::MAX - 1..usize::MAX), whole.part_of(&[0; 4])] {
            assert_eq!(part.as_slice(), b"");
            assert_eq!(part.part(0..1).as_slice(), b"");
        }
        let (_folder, none) = mapped(b"");
        assert_eq!((none.as_slice(), none.part(0..1).as_slice()), (&b""[..], &b""[..]));
    }

    #[test]
    fn many_threads_read_one_mapping() {
        let (_folder, whole) = mapped(&[7; 300_000]);
        std::thread::scope(|scope| {
            for n in 0..8 {
                let part = whole.part(n * 10_000..300_000);
                scope.spawn(move || assert!(part.as_slice().iter().all(|byte| *byte == 7)));
            }
        });
    }

    #[test]
    fn a_file_renamed_over_it_leaves_the_mapping_as_it_was() {
        let (folder, whole) = mapped(&[1; 10_000]);
        fs::write(folder.path().join("new"), [2; 5]).expect("file");
        fs::rename(folder.path().join("new"), folder.path().join("kept")).expect("rename");
        assert!(whole.as_slice().iter().all(|byte| *byte == 1));
    }
}
