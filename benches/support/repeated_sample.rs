//! The built-in sample over and over, as a corpus to measure on.

use std::sync::Arc;

use yilan::testing::corpus::{Corpus, load};

/// Bytes of text (about 8 MB), and the corpus that holds them.
pub fn corpus() -> (usize, Corpus) {
    let sample = load::sample();
    let mut corpus = Corpus::new(Vec::new(), false);
    let mut bytes = 0;
    while bytes < 8 << 20 {
        for document in sample.documents() {
            bytes += document.text().len();
            let mut document = (**document).clone();
            // Otherwise all but the first would be taken for second prints, which are left out.
            document.reports.iter_mut().for_each(|report| report.sketch = Default::default());
            corpus.push(Arc::new(document));
        }
    }
    assert_eq!(corpus.distinct_count(), corpus.report_count());
    (bytes, corpus)
}
