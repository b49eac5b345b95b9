//! The query parser: any text; what it understands it reads again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yilan::testing::index::search::{Query, QueryOptions};

fuzz_target!(|text: &str| {
    if let Ok(query) = Query::read(text, QueryOptions::default()) {
        assert_eq!(Query::read(query.text(), QueryOptions::default()).as_ref(), Ok(&query));
    }
});
