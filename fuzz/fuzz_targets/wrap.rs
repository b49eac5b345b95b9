//! Folding, showing and measuring: any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yilan::testing::text::fold::fold;
use yilan::testing::text::visible::{is_hidden, visible};
use yilan::testing::text::width::{Ambiguous, str_width, truncate};

fuzz_target!(|text: &str| {
    let once = fold(text);
    assert_eq!(fold(&once), once);
    let shown = visible(text);
    assert!(!shown.chars().any(is_hidden));
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        assert_eq!(str_width(&shown, ambiguous), str_width(text, ambiguous));
        let (cut, used) = truncate(text, 20, ambiguous);
        assert!(used <= 20 && text.starts_with(cut));
    }
});
