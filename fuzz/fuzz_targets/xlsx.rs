//! The reader of sheets: any parts.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.xlsx", &yilan_fuzz::packed(bytes)));
