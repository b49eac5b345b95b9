//! The company a term keeps. In: a node (the term), a window. Out: the words that stand near it, with measures of how much
//! more often than by chance. Does not know about: how they are shown.
//!
//! Near is: within so many words to the left or right, in the same sentence. A word that is near two nodes counts once,
//! so that every count opens to as many occurrences. Words are counted, all of them, stop words too; those and other
//! words that are no terms are only not listed. The node itself is never its own collocate.

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::index::scope::{Extent, ScopePiece, Stretch};
use crate::index::stats::{self, Neighbours};
use crate::index::terms::{CountContext, Occurrence, count_words, each_sentence};
use crate::text::Span;

/// Words to the left and to the right that are near, unless another number is asked for.
pub const WINDOW: usize = 5;

/// A word that stands near the node.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// The word.
    pub term: String,
    /// The numbers behind the measures.
    pub counts: Neighbours,
    /// How many of its occurrences near the node stand before the nearest node.
    pub before: u64,
    /// Reports in which they stand together.
    pub reports: u32,
    /// [`stats::log_dice`].
    pub log_dice: f64,
    /// [`stats::mutual_information`].
    pub mi: f64,
    /// [`stats::t_score`].
    pub t: f64,
    /// [`stats::neighbour_log_likelihood`].
    pub g2: f64,
    /// The probability of so many or so few together by chance: [`stats::difference_by_chance`] of the words near the node and
    /// the words elsewhere.
    pub p: f64,
    /// Its false-discovery rate among all collocates that are listed.
    pub fdr: f64,
}

impl Collocate {
    /// Whether they stand together more often than by chance.
    pub fn is_finding(&self) -> bool {
        self.fdr < stats::SIGNIFICANT && self.counts.together as f64 > self.counts.expected()
    }
}

/// The collocates of a node.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collocates {
    /// Occurrences of the node.
    pub node: u64,
    /// Words near it.
    pub near: u64,
    /// Words of the extent that are not the node.
    pub words: u64,
    /// 汉字 of the extent.
    pub han: u64,
    /// Reports the extent has a share in.
    pub reports: usize,
    /// The collocates: highest logDice first, then most frequent, then by term.
    pub rows: Vec<Collocate>,
}

/// By which measure collocates are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CollocateOrder {
    /// logDice.
    #[default]
    LogDice,
    /// Occurrences near the node.
    Together,
    /// Mutual information.
    Mi,
    /// t-score.
    T,
    /// G².
    G2,
}

impl Collocates {
    /// Sorts the rows: findings first, then highest first; equal ones stand by frequency, then by term.
    pub fn sort(&mut self, order: CollocateOrder) {
        let measure = |row: &Collocate| match order {
            CollocateOrder::LogDice => row.log_dice,
            CollocateOrder::Together => row.counts.together as f64,
            CollocateOrder::Mi => row.mi,
            CollocateOrder::T => row.t,
            CollocateOrder::G2 => row.g2,
        };
        self.rows.sort_by(|a, b| {
            let first = b.is_finding().cmp(&a.is_finding());
            first
                .then_with(|| measure(b).total_cmp(&measure(a)))
                .then_with(|| b.counts.together.cmp(&a.counts.together))
                .then_with(|| a.term.cmp(&b.term))
        });
    }
}

/// A collocate and the node it stands near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// The collocate.
    pub collocate: Occurrence,
    /// The nearest node in the same report; the one to the left of two that are as near.
    pub node: Span,
}

/// The collocates of `node` in `extent`, at least `options.min_count` times near it.
///
/// A node that the segmenter of `count_context` splits is never found: give it one that keeps it. `None` once `cancelled` says
/// so.
pub fn collocates(
    count_context: &CountContext<'_>,
    extent: &Extent,
    node: &str,
    window: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Collocates> {
    let pieces = extent.pieces();
    let whole = count_words(count_context, pieces, cancelled)?;
    // Pieces that follow one another are counted in one table: there are far fewer tables than pieces.
    let count = |table: Option<NeighbourCount>, (number, piece): (usize, &ScopePiece)| {
        let mut table = table?;
        table.count_piece(count_context, (number, piece), (node, window), cancelled).then_some(table)
    };
    let tables = pieces.par_iter().enumerate().with_min_len(FEW).fold(|| Some(NeighbourCount::default()), count);
    let NeighbourCount { nodes, near, words } =
        tables.reduce(|| Some(NeighbourCount::default()), |a, b| Some(a?.with(b?)))?;
    let mut out = Collocates { node: nodes, near, han: whole.han, reports: pieces.len(), ..Collocates::default() };
    let mut sum = words;
    out.words = whole.words.values().sum::<u64>().saturating_sub(out.node);
    sum.retain(|word, row| row.together >= count_context.options.min_count && count_context.options.accepts(word));
    for (word, NeighbourSums { together, before, reports, .. }) in sum {
        let collocate = whole.words.get(&word).copied().unwrap_or(together);
        let counts = Neighbours { together, near: out.near, collocate, node: out.node, words: out.words };
        out.rows.push(Collocate {
            term: word.into(),
            counts,
            before,
            reports,
            log_dice: stats::log_dice(counts),
            mi: stats::mutual_information(counts),
            t: stats::t_score(counts),
            g2: stats::neighbour_log_likelihood(counts),
            p: chance(counts),
            fdr: 1.0,
        });
    }
    let p: Vec<f64> = out.rows.iter().map(|row| row.p).collect();
    out.rows.iter_mut().zip(stats::false_discovery_rates(&p)).for_each(|(row, fdr)| row.fdr = fdr);
    out.sort(CollocateOrder::LogDice);
    Some(out)
}

fn chance(counts: Neighbours) -> f64 {
    let Neighbours { together, near, collocate, words, .. } = counts;
    stats::difference_by_chance(together, near, collocate.saturating_sub(together), words.saturating_sub(near))
}

/// The occurrences of `collocate` near `node`: as many as [`Neighbours::together`], always. In corpus order.
///
/// `None` as for [`collocates`].
pub fn open_collocate(
    count_context: &CountContext<'_>,
    extent: &Extent,
    node: &str,
    collocate: &str,
    window: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Together>> {
    let open = |piece: &ScopePiece| {
        let mut found = Vec::new();
        let finished = each_neighbour(count_context, piece, node, window, cancelled, &mut |stretch, near| {
            if let Some((word, node)) = near
                && word.slice(&stretch.text) == collocate
            {
                let collocate = Occurrence { report: piece.report, span: stretch.locate(word) };
                found.push(Together { collocate, node: stretch.locate(node) });
            }
        });
        finished.then_some(found)
    };
    let each: Option<Vec<Vec<Together>>> = extent.pieces().par_iter().map(open).collect();
    Some(each?.into_iter().flatten().collect())
}

/// Pieces that are counted in one table at least.
const FEW: usize = 64;

/// What is counted of some pieces.
#[derive(Default)]
struct NeighbourCount {
    nodes: u64,
    near: u64,
    words: FxHashMap<Box<str>, NeighbourSums>,
}

/// What is counted of a word.
#[derive(Default)]
struct NeighbourSums {
    together: u64,
    before: u64,
    reports: u32,
    /// The number of the piece that had it last, one more.
    last: usize,
}

impl NeighbourCount {
    /// Counts one more piece; whether it was counted to its end.
    fn count_piece(
        &mut self,
        count_context: &CountContext<'_>,
        (number, piece): (usize, &ScopePiece),
        (node, window): (&str, usize),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        each_neighbour(count_context, piece, node, window, cancelled, &mut |stretch, near| match near {
            None => self.nodes += 1,
            Some((word, node)) => {
                self.near += 1;
                let text = word.slice(&stretch.text);
                let before = u64::from(word.start < node.start);
                let sums = match self.words.get_mut(text) {
                    Some(sums) => sums,
                    None => self.words.entry(text.into()).or_default(),
                };
                sums.together += 1;
                sums.before += before;
                sums.reports += u32::from(sums.last != number + 1);
                sums.last = number + 1;
            }
        })
    }

    /// Both together; no piece is in both.
    fn with(mut self, other: Self) -> Self {
        self.nodes += other.nodes;
        self.near += other.near;
        for (word, sums) in other.words {
            let own = self.words.entry(word).or_default();
            own.together += sums.together;
            own.before += sums.before;
            own.reports += sums.reports;
        }
        self
    }
}

/// Takes a stretch, and in its text a word that is near with its nearest node, or (`None`) says that there is a node.
type TakeNeighbour<'t> = dyn FnMut(&Stretch<'_>, Option<(Span, Span)>) + 't;

/// Hands over every node and every word near one.
fn each_neighbour(
    count_context: &CountContext<'_>,
    piece: &ScopePiece,
    node: &str,
    window: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
    take: &mut TakeNeighbour<'_>,
) -> bool {
    let finder = Finder::new(node.as_bytes());
    let holds = |text: &str| !node.is_empty() && finder.find(text.as_bytes()).is_some();
    piece.each_stretch(count_context.corpus, &mut |stretch| {
        let text = stretch.text.as_ref();
        if !holds(text) {
            return true;
        }
        each_sentence(text, count_context.segmenter, &holds, &mut |words| {
            let nodes: Vec<usize> = (0..words.len()).filter(|&i| words[i].slice(text) == node).collect();
            nodes.iter().for_each(|_| take(&stretch, None));
            let mut next = 0;
            for (i, &word) in words.iter().enumerate() {
                // The first node at or after the word; the one before it is the other that may be nearest.
                while nodes.get(next).is_some_and(|&n| n < i) {
                    next += 1;
                }
                if nodes.get(next) == Some(&i) {
                    continue;
                }
                let left = next.checked_sub(1).and_then(|n| nodes.get(n)).map(|&n| (i - n, n));
                let right = nodes.get(next).map(|&n| (n - i, n));
                let nearest = left.into_iter().chain(right).min_by_key(|(distance, _)| *distance);
                if let Some((distance, n)) = nearest
                    && distance <= window
                {
                    take(&stretch, Some((word, words[n])));
                }
            }
        });
        !cancelled()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::Corpus;
    use crate::index::fixture::{corpus, document, extent};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, StopList, TermCache, TermOptions};

    fn on<T>(corpus: &Corpus, ask: impl Fn(&CountContext<'_>) -> T) -> T {
        let options = TermOptions { stops: StopList::none(), min_chars: 1, min_count: 1 };
        let cache = TermCache::new();
        ask(&CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache })
    }

    fn found(text: &str, window: usize) -> Collocates {
        let corpus = corpus(vec![document("云和市", text)]);
        on(&corpus, |count_context| {
            collocates(count_context, &extent(count_context.corpus, Scope::corpus()), "养老", window, &|| false)
                .unwrap()
        })
    }

    #[test]
    fn near_is_the_window_within_the_sentence() {
        // 养老 and four words, then another sentence.
        let table = found("旅游，医疗养老教育农业。旅游\n旅游", 1);
        let terms: Vec<(&str, u64, u64)> =
            table.rows.iter().map(|row| (row.term.as_str(), row.counts.together, row.before)).collect();
        assert_eq!(terms, [("医疗", 1, 1), ("教育", 1, 0)]);
        assert_eq!((table.node, table.near, table.words), (1, 2, 6));
        let wide = found("旅游，医疗养老教育农业。旅游\n旅游", 5);
        let travel = wide.rows.iter().find(|row| row.term == "旅游").unwrap();
        // Two of its three occurrences stand in other sentences.
        let counts = Neighbours { together: 1, near: 4, collocate: 3, node: 1, words: 6 };
        assert_eq!((travel.counts, travel.log_dice), (counts, 13.0));
        assert_eq!((travel.mi, travel.t), (-1.0, -1.0));
    }

    #[test]
    fn a_word_near_two_nodes_counts_once() {
        let table = found("养老教育养老", 5);
        assert_eq!((table.node, table.near, table.rows[0].counts.together), (2, 1, 1));
        // As near to both: the node to the left is taken, so it stands after.
        assert_eq!(table.rows[0].before, 0);
    }

    proptest! {
        #[test]
        fn every_count_opens(text in "(养老|教育|医疗|的|，|。|\n|2023){0,30}", window in 0usize..7) {
            let corpus = corpus(vec![document("云和市", &format!("始\n{text}")), document("雾山县", "养老的教育")]);
            let extent = extent(&corpus, Scope::corpus());
            let (table, opened) = on(&corpus, |count_context| {
                let table = collocates(count_context, &extent, "养老", window, &|| false).unwrap();
                let open = |row: &Collocate| open_collocate(count_context, &extent, "养老", &row.term, window, &|| false).unwrap();
                let opened: Vec<Vec<Together>> = table.rows.iter().map(open).collect();
                (table, opened)
            });
            for (row, opened) in table.rows.iter().zip(opened) {
                prop_assert_eq!(row.counts.together, opened.len() as u64);
                prop_assert!(row.counts.together <= row.counts.collocate && row.counts.near <= row.counts.words);
                for together in opened {
                    let (document, _) = corpus.report(together.collocate.report).unwrap();
                    prop_assert_eq!(together.collocate.span.slice(document.text()), row.term.as_str());
                    prop_assert_eq!(together.node.slice(document.text()), "养老");
                }
            }
        }
    }
}
