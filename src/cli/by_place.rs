//! `yilan search --count --by place`: the question `counts` about one query. In: a query. Out: its table. Does not know about: how
//! hits are found.

use std::io::{self, Write};

use super::analysis::{self, AskedQuestion, RowFlags};
use super::search_args::SearchFlags;
use super::{FormatFlags, Input, Outcome, Setting};
use crate::analysis::counts::{Params as Counts, Queries};
use crate::corpus::Corpus;
use crate::index::search::{Query, QueryOptions};

/// How often every place says it: the question `counts` about this query.
pub fn by_place(
    out: &mut dyn Write,
    corpus: &Corpus,
    query: Query,
    how: &SearchFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let QueryOptions { exact, regex, pinyin, repeats } = query.options();
    let queries = Queries(vec![query.text().to_owned()]);
    let question = Counts { queries, chosen: vec![query], exact, regex, pinyin, repeats }.into();
    let rows = RowFlags { max: how.max, settings_first: false };
    analysis::answer(
        out,
        corpus,
        &AskedQuestion { question, rows, format, input: Input { paths: Vec::new() } },
        setting,
    )
}
