//! The reader of every format, the decoder and all that makes reports of a text: any bytes under any extension.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use yilan::testing::corpus::EXTENSIONS;
use yilan::testing::corpus::load::load_all;

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let folder = std::env::temp_dir().join(format!("yilan-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("a.{}", EXTENSIONS[usize::from(first) % EXTENSIONS.len()]));
    fs::write(&file, bytes).unwrap();
    let corpus = load_all(&[file.clone()]);
    for (_, document, report) in corpus.reports() {
        for section in &report.sections {
            let _ = section.title(document.text());
        }
    }
    let _ = fs::remove_file(file);
});
