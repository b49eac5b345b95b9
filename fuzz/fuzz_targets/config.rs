//! The settings: any text is settings or a message.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use yilan::testing::config::Config;
use yilan::testing::text::Lang;

fuzz_target!(|text: &str| {
    if let Err(error) = Config::parse(text, Path::new("config.toml")) {
        assert!(!error.message(Lang::Zh).is_empty() && !error.message(Lang::En).is_empty());
    }
});
