//! The reader of Word: any parts.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.docx", &yilan_fuzz::packed(bytes)));
