//! The reader of PDF and what puts its pages in order: any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(init: yilan_fuzz::begin(), |bytes: &[u8]| yilan_fuzz::read("a.pdf", bytes));
