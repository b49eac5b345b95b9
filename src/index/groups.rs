//! Keyword groups: a dictionary of policy fields (民生 = 养老, 教育, 医疗…) and how much of each a text has.
//!
//! In: groups of words, a corpus. Out: hits of every group by column, and those that fall in two groups. Refuses to
//! know: where the groups are written down, how shares are drawn.
//! Inside one group the longest word wins and no character counts twice (养老服务 is one hit, also where 养老 is listed
//! too); two groups do not see each other, and a hit that overlaps one of another group counts in both and is marked.

use rayon::prelude::*;

use crate::corpus::ReportId;
use crate::index::scope::{Extent, ScopePiece};
use crate::index::terms::{CountContext, Phrases};
use crate::index::trend::{Axis, Counting, TrendCell, TrendGrid, columns};
use crate::text::Span;

/// The built-in dictionary, one group a line: its name, a colon, its words.
const BUILT_IN: &str = include_str!("groups.txt");

/// A group of words.
#[derive(Debug, Clone)]
pub struct WordGroup {
    /// Its name.
    pub name: String,
    /// Its words, as given, without those that are empty.
    pub words: Vec<String>,
    phrases: Phrases,
}

/// A dictionary.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    groups: Vec<WordGroup>,
}

impl Groups {
    /// From names and words, in this order.
    pub fn new<N: Into<String>, W: AsRef<str>>(groups: impl IntoIterator<Item = (N, Vec<W>)>) -> Self {
        let group = |(name, words): (N, Vec<W>)| {
            let words: Vec<String> =
                words.iter().map(|w| w.as_ref().trim().to_owned()).filter(|w| !w.is_empty()).collect();
            WordGroup { name: name.into(), phrases: Phrases::new(&words), words }
        };
        Self { groups: groups.into_iter().map(group).collect() }
    }

    /// A small dictionary for who has written none.
    pub fn built_in() -> Self {
        let group = |line: &'static str| {
            let (name, words) = line.split_once('：')?;
            Some((name, words.split('、').collect()))
        };
        Self::new(BUILT_IN.lines().filter_map(group))
    }

    /// Whether these are the built-in ones.
    pub fn is_built_in(&self) -> bool {
        let same = |(a, b): (&WordGroup, &WordGroup)| a.name == b.name && a.words == b.words;
        let built_in = Self::built_in();
        built_in.groups.len() == self.groups.len() && self.groups.iter().zip(&built_in.groups).all(same)
    }

    /// The groups, in order.
    pub fn list(&self) -> &[WordGroup] {
        &self.groups
    }

    /// Index of the group of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name == name)
    }
}

/// One hit of a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupHit {
    /// The report.
    pub report: ReportId,
    /// Where in the document's text.
    pub span: Span,
    /// The group's index.
    pub group: usize,
    /// Indices of the other groups that have a hit in the same place, ascending.
    pub shared_with: Vec<usize>,
}

/// How much of each group the columns of an axis have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupGrid {
    /// Hits by group and column.
    pub grid: TrendGrid,
    /// `shared[group][column][other]`: hits of the group that fall in the other group as well.
    pub shared: Vec<Vec<Vec<u64>>>,
    /// `overlap[group][column]`: hits of the group that fall in any other group as well.
    pub overlap: Vec<Vec<u64>>,
}

/// The hits of all groups in an extent: in corpus order, then by position, then by group.
///
/// `None` once `cancelled` says so, asked at every line.
pub fn group_hits(
    count_context: &CountContext<'_>,
    extent: &Extent,
    groups: &Groups,
    counting: Counting,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<GroupHit>> {
    let each: Option<Vec<Vec<GroupHit>>> =
        extent.pieces().par_iter().map(|piece| hits_in(count_context, piece, groups, counting, cancelled)).collect();
    Some(each?.into_iter().flatten().collect())
}

/// Counts groups along an axis, in the text of a scope.
///
/// `None` as for [`group_hits`].
pub fn group_grid(
    count_context: &CountContext<'_>,
    extent: &Extent,
    groups: &Groups,
    axis: Axis,
    counting: Counting,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<GroupGrid> {
    let columns = columns(count_context.corpus, axis, extent);
    let number = groups.groups.len();
    let mut cells = vec![vec![TrendCell::default(); columns.len()]; number];
    let mut shared = vec![vec![vec![0; number]; columns.len()]; number];
    let mut overlap = vec![vec![0; columns.len()]; number];
    for (c, column) in columns.iter().enumerate() {
        let hits = group_hits(count_context, &column.extent, groups, counting, cancelled)?;
        let mut last = vec![None; number];
        for hit in hits {
            let cell = &mut cells[hit.group][c];
            cell.count += 1;
            cell.reports += u32::from(last[hit.group].replace(hit.report) != Some(hit.report));
            overlap[hit.group][c] += u64::from(!hit.shared_with.is_empty());
            hit.shared_with.iter().for_each(|&other| shared[hit.group][c][other] += 1);
        }
    }
    let rows = groups.groups.iter().map(|group| group.name.clone()).collect();
    Some(GroupGrid { grid: TrendGrid { rows, columns, cells }, shared, overlap })
}

fn hits_in(
    count_context: &CountContext<'_>,
    piece: &ScopePiece,
    groups: &Groups,
    counting: Counting,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<GroupHit>> {
    let mut hits = Vec::new();
    let finished = piece.each_stretch(count_context.corpus, &mut |stretch| {
        let text = stretch.text.as_ref();
        let mut found: Vec<(Span, usize)> = Vec::new();
        match counting {
            Counting::Text => {
                for (index, group) in groups.groups.iter().enumerate() {
                    group.phrases.each_in(text, &mut |span| found.push((span, index)));
                }
            }
            Counting::Words => count_context.segmenter.each_word_span(text, &mut |span| {
                let word = span.slice(text);
                let has = |group: &WordGroup| group.words.iter().any(|w| w == word);
                let with = groups.groups.iter().enumerate().filter(|(_, group)| has(group));
                found.extend(with.map(|(index, _)| (span, index)));
            }),
        }
        found.sort_unstable();
        for (at, &(span, group)) in found.iter().enumerate() {
            // Hits of one group never overlap, so no more than a few stand between two that do.
            let other = |&&(s, g): &&(Span, usize)| g != group && s.overlaps(span);
            let before = found[..at].iter().rev().take_while(|(s, _)| s.start + LONGEST > span.start).filter(other);
            let after = found[at + 1..].iter().take_while(|(s, _)| s.start < span.end).filter(other);
            let mut shared_with: Vec<usize> = before.chain(after).map(|(_, g)| *g).collect();
            shared_with.sort_unstable();
            shared_with.dedup();
            let span = stretch.locate(span);
            hits.push(GroupHit { report: piece.report, span, group, shared_with });
        }
        !cancelled()
    });
    finished.then_some(hits)
}

/// Bytes that a word of a group may have so that its overlaps are still seen.
const LONGEST: u32 = 600;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::Corpus;
    use crate::index::fixture::{corpus, document, extent, reports};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, TermCache, TermOptions};

    fn groups() -> Groups {
        Groups::new([
            ("民生", vec!["养老", "养老服务", "医疗", "教育", " "]),
            ("产业", vec!["医疗器械", "旅游"]),
            ("人才", vec!["教育"]),
        ])
    }

    fn on<T>(corpus: &Corpus, ask: impl Fn(&CountContext<'_>) -> T) -> T {
        let (options, cache) = (TermOptions::default(), TermCache::new());
        ask(&CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache })
    }

    #[test]
    fn the_longest_word_wins_and_overlaps_are_marked() {
        let corpus = corpus(vec![document("云和市", "养老服务、医疗器械和教育。\n~ 教育")]);
        let hits =
            on(&corpus, |b| group_hits(b, &extent(&corpus, Scope::corpus()), &groups(), Counting::Text, &|| false))
                .unwrap();
        let text = corpus.documents()[0].text();
        let seen: Vec<_> = hits.iter().map(|h| (h.span.slice(text), h.group, h.shared_with.as_slice())).collect();
        let want: [(&str, usize, &[usize]); 5] =
            [("养老服务", 0, &[]), ("医疗", 0, &[1]), ("医疗器械", 1, &[0]), ("教育", 0, &[2]), ("教育", 2, &[0])];
        assert_eq!(seen, want);
    }

    #[test]
    fn shares_are_of_all_hits_of_a_place() {
        let corpus = corpus(vec![reports(&[("云和市", "养老和旅游，医疗器械"), ("雾山县", "旅游旅游")])]);
        let grid = on(&corpus, |count_context| {
            group_grid(
                count_context,
                &extent(&corpus, Scope::corpus()),
                &groups(),
                Axis::Place,
                Counting::Text,
                &|| false,
            )
            .unwrap()
        });
        let counts: Vec<Vec<u64>> = grid.grid.cells.iter().map(|r| r.iter().map(|c| c.count).collect()).collect();
        assert_eq!(counts, [[2, 0], [2, 2], [0, 0]]);
        assert_eq!((grid.grid.share(0, 0), grid.grid.share(1, 1)), (0.5, 1.0));
        assert_eq!((grid.shared[0][0][1], grid.shared[1][0][0], grid.overlap[0][0], grid.overlap[1][1]), (1, 1, 1, 0));
        let words = on(&corpus, |count_context| {
            group_grid(
                count_context,
                &extent(&corpus, Scope::corpus()),
                &groups(),
                Axis::Place,
                Counting::Words,
                &|| false,
            )
            .unwrap()
        });
        assert_eq!(words.grid.cell(1, 1).count, 2);
    }

    #[test]
    fn the_built_in_dictionary_is_whole() {
        let groups = Groups::built_in();
        assert!(groups.list().len() >= 8 && groups.find("民生").is_some());
        for group in groups.list() {
            assert!(group.words.len() >= 8, "{}", group.name);
            let mut words = group.words.clone();
            words.sort();
            words.dedup();
            assert_eq!(words.len(), group.words.len(), "{}", group.name);
        }
    }

    proptest! {
        #[test]
        fn hits_are_words_of_their_group_and_never_overlap_in_it(text in "(养老|服务|医疗|器械|教育|，|x){0,20}") {
            let corpus = corpus(vec![document("云和市", &text)]);
            let groups = groups();
            let hits = on(&corpus, |b| group_hits(b, &extent(&corpus, Scope::corpus()), &groups, Counting::Text, &|| false)).unwrap();
            for (i, a) in hits.iter().enumerate() {
                prop_assert!(groups.list()[a.group].words.iter().any(|w| w == a.span.slice(corpus.documents()[0].text())));
                for (j, b) in hits.iter().enumerate() {
                    let overlap = i != j && a.span.overlaps(b.span);
                    prop_assert!(!overlap || a.group != b.group);
                    prop_assert_eq!(overlap, i != j && a.shared_with.contains(&b.group) && a.span.overlaps(b.span));
                }
            }
        }
    }
}
