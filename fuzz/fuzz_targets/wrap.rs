//! Folding, showing, measuring and wrapping: any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yilan::testing::text::fold::fold;
use yilan::testing::text::visible::{is_hidden, visible};
use yilan::testing::text::width::{Ambiguous, str_width, truncate};
use yilan::testing::text::wrap::{Wrap, wrap};

fuzz_target!(|input: (u8, u8, u8, &str)| {
    let (width, first, rest, text) = input;
    let once = fold(text);
    assert_eq!(fold(&once), once);
    let shown = visible(text);
    assert!(!shown.chars().any(is_hidden));
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        assert_eq!(str_width(&shown, ambiguous), str_width(text, ambiguous));
        let (cut, used) = truncate(text, 20, ambiguous);
        assert!(used <= 20 && text.starts_with(cut));
        let room = Wrap { width: width.into(), first_indent: first.into(), rest_indent: rest.into(), ambiguous };
        let mut at = 7;
        for row in wrap(text, 7, &room) {
            assert!(row.span.start == at && row.span.end >= at, "rows follow one another");
            at = row.span.end;
            assert!(text.get(row.span.start as usize - 7..at as usize - 7).is_some(), "rows hold whole characters");
        }
        assert_eq!(at as usize - 7, text.len());
    }
});
