//! Archives of any files: any parts.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.zip", &yilan_fuzz::packed(bytes)));
