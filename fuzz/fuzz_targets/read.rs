//! All that makes reports of a text, from the disk to a corpus: any text.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use yilan::testing::corpus::load::load_all;

fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| {
    let file = yilan_fuzz::file();
    fs::write(&file, bytes).expect("file");
    let corpus = load_all(&[file]);
    for (_, document, report) in corpus.reports() {
        assert!(report.ranges.iter().all(|range| 1 <= range.first && range.first <= range.last));
        for section in &report.sections {
            assert!(document.text().get(section.heading.start as usize..section.heading.end as usize).is_some());
            let _ = section.title(document.text());
        }
    }
});
