//! The reader of books: any parts.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.epub", &yilan_fuzz::packed(bytes)));
