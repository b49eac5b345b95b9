//! Every line of the built-in sample, wrapped at every width from 20 to 200: no 禁则 violation, no row too wide, nothing
//! lost. `YILAN_CORPUS` names a folder whose files are checked as well.

use std::path::PathBuf;

use yilan::testing::corpus::{Corpus, load};
use yilan::testing::text::Span;
use yilan::testing::text::width::{Ambiguous, str_width};
use yilan::testing::text::wrap::{Wrap, wrap};

/// No row may begin with these.
const NEVER_FIRST: &str = "。，、；：！？”’）》」』】〉〕…％‰,;:!?)]}%";
/// No row may end with these.
const NEVER_LAST: &str = "“‘（《「『【〈〔([{";

fn check(corpus: &Corpus, widths: impl Iterator<Item = usize> + Clone) -> usize {
    let mut rows_seen = 0;
    for document in corpus.documents() {
        for line in document.lines.iter().filter(|l| !l.span.is_empty()) {
            let words = line.span.slice(document.text());
            for width in widths.clone() {
                let style = Wrap { width, first_indent: 4, rest_indent: 0, ambiguous: Ambiguous::Narrow };
                let rows = wrap(words, line.span.start, &style);
                rows_seen += rows.len();
                let mut at = line.span.start;
                for (n, row) in rows.iter().enumerate() {
                    assert_eq!(row.span.start, at, "lost text in {words:?} at {width}");
                    at = row.span.end;
                    let shown = row.span.slice(document.text()).trim_end();
                    assert!(
                        str_width(shown, Ambiguous::Narrow) + usize::from(row.indent) <= width,
                        "too wide at {width}: {shown}"
                    );
                    if n > 0 {
                        let first = shown.chars().next().unwrap_or('灯');
                        assert!(!NEVER_FIRST.contains(first), "begins badly at {width}: {shown}");
                        assert!(!splits_run(document.text(), row.span), "splits a number or word at {width}: {shown}");
                    }
                    if n + 1 < rows.len() {
                        let last = shown.chars().next_back().unwrap_or('灯');
                        assert!(!NEVER_LAST.contains(last), "ends badly at {width}: {shown}");
                    }
                }
                assert_eq!(at, line.span.end, "lost the end of {words:?} at {width}");
            }
        }
    }
    rows_seen
}

/// Whether a row begins inside a run of digits or Latin letters that a row of twenty columns could hold.
fn splits_run(text: &str, row: Span) -> bool {
    // An address or a long identifier is one run with its inner marks, and may be wider than the row.
    let plain = |c: char| c.is_ascii_alphanumeric() || "./:-_%&+'@,".contains(c);
    let (before, after) = (&text[..row.start as usize], &text[row.start as usize..]);
    let head = before.chars().rev().take_while(|c| plain(*c)).count();
    let tail = after.chars().take_while(|c| plain(*c)).count();
    let inside =
        before.ends_with(|c: char| c.is_ascii_alphanumeric()) && after.starts_with(|c: char| c.is_ascii_alphanumeric());
    inside && head + tail < 16
}

#[test]
fn the_sample_at_every_width() {
    assert!(check(&load::sample(), 20..=200) > 100_000);
}

#[test]
fn a_given_corpus_at_every_width() {
    let Some(path) = std::env::var_os("YILAN_CORPUS").map(PathBuf::from) else { return };
    println!("{} rows checked", check(&load::load_all(&[path]), 20..=200));
}
