//! What was kept of a corpus, and of its counts: any bytes are refused or read, never believed beyond their length.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yilan::testing::corpus::load::Store;
use yilan::testing::index::terms::{Segmenter, TermCache};

fuzz_target!(|bytes: &[u8]| {
    let _ = Store::from_bytes(bytes);
    let _ = TermCache::new().remember(bytes, Segmenter::get());
});
