//! Two reports side by side. In: two reports of a corpus. Out: rows: what each unit of the one became in the other, in the
//! reading order of the new one. Does not know about: what others write.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::align::{align, in_order};
use super::kind::{RewordingKind, kind};
use super::units::{LedgerUnit, units};
use crate::corpus::{Corpus, Report, ReportId};
use crate::index::sections::{ABOUT, SectionIndex};

/// A row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LedgerRow {
    /// What became of it.
    pub kind: RewordingKind,
    /// Whether it is a heading, in one of the reports at least.
    pub heading: bool,
    /// Whether it stands elsewhere than the order of the rest would have it.
    pub moved: bool,
    /// How much wording the two share, 0 to 1; 0 without a counterpart.
    pub likeness: f32,
    /// Index in [`LedgerComparison::old`].
    pub old: Option<usize>,
    /// Index in [`LedgerComparison::new`].
    pub new: Option<usize>,
}

/// Two reports compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LedgerComparison {
    /// Units of the old report, in reading order.
    pub old: Vec<LedgerUnit>,
    /// Units of the new report.
    pub new: Vec<LedgerUnit>,
    /// In reading order of the new report; what was dropped stands behind what stood before it.
    pub rows: Vec<LedgerRow>,
}

impl LedgerComparison {
    /// How many rows are of a kind.
    pub fn count(&self, kind: RewordingKind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }
}

/// A pair of units, and how alike they are.
type Matched = (usize, usize, f32);

/// Compares two reports: of one place sentence by sentence, of two places section by section and then inside them. None if
/// one is not there.
pub fn compare(corpus: &Corpus, old: ReportId, new: ReportId) -> Option<LedgerComparison> {
    let ((old_document, old_report), (new_document, new_report)) = (corpus.report(old)?, corpus.report(new)?);
    let (before, after) = (units(old_document, old_report), units(new_document, new_report));
    let known = !old_report.place.is_empty() && !new_report.place.is_empty();
    let elsewhere = known && (&old_report.place, &old_report.province) != (&new_report.place, &new_report.province);
    let matched = if elsewhere && old != new {
        by_section(corpus, (old, old_report, &before), (new, new_report, &after))
    } else {
        among(&before, &after, &|_| true, &|_| true)
    };
    let rows = rows(&before, &after, matched);
    Some(LedgerComparison { old: before, new: after, rows })
}

/// Pairs units of both reports that are chosen.
fn among(
    old: &[LedgerUnit],
    new: &[LedgerUnit],
    in_old: &dyn Fn(&LedgerUnit) -> bool,
    in_new: &dyn Fn(&LedgerUnit) -> bool,
) -> Vec<Matched> {
    fn chosen<'u>(units: &'u [LedgerUnit], wanted: &dyn Fn(&LedgerUnit) -> bool) -> (Vec<usize>, Vec<&'u [char]>) {
        let chosen = units.iter().enumerate().filter(|(_, unit)| wanted(unit));
        chosen.map(|(index, unit)| (index, unit.letters.as_slice())).unzip()
    }
    let ((old_at, old), (new_at, new)) = (chosen(old, in_old), chosen(new, in_new));
    align(&old, &new).into_iter().map(|pair| (old_at[pair.old], new_at[pair.new], pair.likeness)).collect()
}

/// Pairs the sections of two reports, then sentences inside each pair of sections.
fn by_section(
    corpus: &Corpus,
    old: (ReportId, &Report, &[LedgerUnit]),
    new: (ReportId, &Report, &[LedgerUnit]),
) -> Vec<Matched> {
    let index = SectionIndex::of(corpus, vec![old.0, new.0], &|| false).unwrap_or_default();
    let pairs = index.correspondences(old.0, new.0, ABOUT);
    let mut number: [FxHashMap<usize, usize>; 2] = Default::default();
    for (at, (a, b, _)) in pairs.iter().enumerate() {
        number[0].insert(a.section as usize, at);
        number[1].insert(b.section as usize, at);
    }
    // The pair of the innermost section around a unit that has a counterpart.
    let around = |side: usize, report: &Report, unit: &LedgerUnit| {
        let path = unit.section.map(|section| report.section_path(section)).unwrap_or_default();
        path.into_iter().rev().find_map(|section| number[side].get(&section).copied())
    };
    let of = |side: usize, (_, report, units): (ReportId, &Report, &[LedgerUnit])| -> Vec<Option<usize>> {
        units.iter().map(|unit| around(side, report, unit)).collect()
    };
    let (old_pair, new_pair) = (of(0, old), of(1, new));
    let mut matched = Vec::new();
    // Headings of sections that correspond are a pair, whatever their words.
    for (a, b, score) in &pairs {
        let heading = |units: &[LedgerUnit], section: u32| {
            units.iter().position(|unit| unit.heading && unit.section == Some(section as usize))
        };
        if let (Some(x), Some(y)) = (heading(old.2, a.section), heading(new.2, b.section)) {
            matched.push((x, y, score.clamp(0.0, 1.0)));
        }
    }
    // What stands before the first heading, or in sections without a counterpart, is compared too: as one group.
    for at in std::iter::once(None).chain((0..pairs.len()).map(Some)) {
        let group = |units: &[LedgerUnit], pair: &[Option<usize>]| -> Vec<usize> {
            (0..units.len()).filter(|i| pair[*i] == at && !units[*i].heading).collect()
        };
        let (a, b) = (group(old.2, &old_pair), group(new.2, &new_pair));
        let letters = |units: &[LedgerUnit], group: &[usize]| -> Vec<Vec<char>> {
            group.iter().map(|i| units[*i].letters.clone()).collect()
        };
        let (x, y) = (letters(old.2, &a), letters(new.2, &b));
        let (x, y): (Vec<&[char]>, Vec<&[char]>) =
            (x.iter().map(Vec::as_slice).collect(), y.iter().map(Vec::as_slice).collect());
        matched.extend(align(&x, &y).into_iter().map(|pair| (a[pair.old], b[pair.new], pair.likeness)));
    }
    matched
}

/// Rows of the ledger from the pairs.
fn rows(old: &[LedgerUnit], new: &[LedgerUnit], mut matched: Vec<Matched>) -> Vec<LedgerRow> {
    matched.sort_unstable_by_key(|(_, new, _)| *new);
    let weighed: Vec<(usize, u64)> =
        matched.iter().map(|&(a, b, _)| (a, weight(&old[a].letters, &new[b].letters))).collect();
    let ordered = in_order(&weighed);
    let mut of_new: Vec<Option<LedgerRow>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for (&(a, b, likeness), ordered) in matched.iter().zip(ordered) {
        let told = kind(&old[a].letters, &new[b].letters, old[a].heading && new[b].heading, likeness);
        taken[a] = true;
        of_new[b] = Some(LedgerRow {
            kind: if told == RewordingKind::Kept && !ordered { RewordingKind::Moved } else { told },
            heading: old[a].heading || new[b].heading,
            moved: !ordered,
            likeness: if matches!(told, RewordingKind::Kept) { 1.0 } else { likeness },
            old: Some(a),
            new: Some(b),
        });
    }
    let gone = |index: usize| {
        let (kind, heading) = (RewordingKind::Dropped, old[index].heading);
        LedgerRow { kind, heading, moved: false, likeness: 0.0, old: Some(index), new: None }
    };
    // Units of the old report that are gone follow the one before them.
    let run_from = |start: usize| (start..old.len()).take_while(|index| !taken[*index]).map(gone);
    let mut rows: Vec<LedgerRow> = run_from(0).collect();
    for (index, row) in of_new.into_iter().enumerate() {
        let row = row.unwrap_or(LedgerRow {
            kind: RewordingKind::New,
            heading: new[index].heading,
            moved: false,
            likeness: 0.0,
            old: None,
            new: Some(index),
        });
        rows.push(row);
        if let Some(old) = row.old {
            rows.extend(run_from(old + 1));
        }
    }
    rows
}

/// How much a pair counts for the order of the text: its letters. Ties are broken by what the letters are, so that the
/// same pair is held to have moved when the sides are swapped.
fn weight(a: &[char], b: &[char]) -> u64 {
    let hash = |letters: &[char]| {
        let mut hasher = FxHasher::default();
        letters.hash(&mut hasher);
        hasher.finish()
    };
    let tie = (hash(a) ^ hash(b).rotate_left(1)).min(hash(b) ^ hash(a).rotate_left(1)) >> 40;
    ((a.len() + b.len()) as u64) << 24 | tie
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::DocumentId;
    use crate::index::fixture::{corpus, document};

    const OLD: &str = "#1 一、修渠\n清淤30里水渠。闸门换新十二座。灯塔照亮归途的船。\n#1 二、果树\n苗圃育苗五万株。合作社收果十万斤。";
    const NEW: &str = "#1 一、修渠通水\n灯塔照亮归途的船。清淤42里水渠。闸门全部换新十二座。\n#1 二、果树\n苗圃育苗五万株。盐田晒盐一千吨。";

    fn id(document: u32) -> ReportId {
        ReportId { document: DocumentId(document), index: 0 }
    }

    fn compared(old: (&str, &str), new: (&str, &str)) -> LedgerComparison {
        let corpus = corpus(vec![document(old.0, old.1), document(new.0, new.1)]);
        compare(&corpus, id(0), id(1)).unwrap()
    }

    fn told(comparison: &LedgerComparison) -> Vec<(RewordingKind, bool)> {
        comparison.rows.iter().map(|row| (row.kind, row.moved)).collect()
    }

    #[test]
    fn every_unit_has_its_row() {
        let want = [
            (RewordingKind::Lengthened, false),
            (RewordingKind::Moved, true),
            (RewordingKind::Number, false),
            (RewordingKind::Lengthened, false),
            (RewordingKind::Kept, false),
            (RewordingKind::Kept, false),
            (RewordingKind::Dropped, false),
            (RewordingKind::New, false),
        ];
        assert_eq!(told(&compared(("云和市", OLD), ("云和市", NEW))), want);
    }

    #[test]
    fn two_places_are_compared_section_by_section() {
        let comparison = compared(("云和市", OLD), ("雾山县", NEW));
        assert_eq!(comparison.count(RewordingKind::Number), 1);
        assert!(comparison.rows.iter().any(|row| row.heading && row.old.is_some() && row.new.is_some()));
    }

    fn lines() -> impl Strategy<Value = String> {
        let sentence = "[渠闸塔船果苗盐田修清照收]{4,9}[0-9]{0,2}。";
        proptest::collection::vec(proptest::collection::vec(sentence, 1..4).prop_map(|all| all.concat()), 1..6)
            .prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn a_report_keeps_all_of_itself(text in lines()) {
            let comparison = compared(("云和市", &text), ("云和市", &text));
            prop_assert!(comparison.rows.iter().all(|row| row.kind == RewordingKind::Kept && row.old == row.new));
            prop_assert_eq!(comparison.rows.len(), comparison.new.len());
        }

        #[test]
        fn swapped_sides_mirror(a in lines(), b in lines()) {
            let there = compared(("云和市", &a), ("云和市", &b));
            let back = compared(("云和市", &b), ("云和市", &a));
            let mut forth: Vec<_> = there.rows.iter().map(|r| (r.old, r.new, r.kind, r.likeness.to_bits())).collect();
            let mut mirrored: Vec<_> =
                back.rows.iter().map(|r| (r.new, r.old, r.kind.mirrored(), r.likeness.to_bits())).collect();
            forth.sort_unstable();
            mirrored.sort_unstable();
            prop_assert_eq!(forth, mirrored);
        }

        #[test]
        fn every_unit_is_in_one_row(a in lines(), b in lines()) {
            let comparison = compared(("云和市", &a), ("云和市", &b));
            let mut old: Vec<_> = comparison.rows.iter().filter_map(|row| row.old).collect();
            old.sort_unstable();
            prop_assert_eq!(old, (0..comparison.old.len()).collect::<Vec<_>>());
            let new: Vec<_> = comparison.rows.iter().filter_map(|row| row.new).collect();
            prop_assert_eq!(new, (0..comparison.new.len()).collect::<Vec<_>>());
        }
    }
}
