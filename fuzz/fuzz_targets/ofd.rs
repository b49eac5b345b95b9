//! The reader of OFD: any parts.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.ofd", &yilan_fuzz::packed(bytes)));
