//! The reader of Word 97 to 2003 and its container: any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.doc", bytes));
