//! The settings, what was open when the program ended, keys: any text is one of them or a message.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use yilan::testing::app::session::Session;
use yilan::testing::command::key;
use yilan::testing::config::Config;
use yilan::testing::text::Lang;

fuzz_target!(|text: &str| {
    if let Err(error) = Config::parse(text, Path::new("config.toml")) {
        assert!(!error.message(Lang::Zh).is_empty() && !error.message(Lang::En).is_empty());
    }
    if let Some(found) = key::parse(text) {
        assert_eq!(key::parse(&key::format(found)), Some(found), "{text}");
    }
    let _ = serde_json::from_str::<Session>(text);
});
