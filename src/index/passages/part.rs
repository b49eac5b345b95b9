//! Fingerprints of some reports, wherever they lie: on the heap, or in a file that is mapped. In: reports that were read, or bytes. Out: bytes, or
//! the paragraphs that have a fingerprint. Does not know about: a corpus, when a file is written.
//!
//! The first 32 bits of a fingerprint count: some choose its bucket, the rest are kept beside the number of its paragraph in the part.
//! A paragraph taken for another by those bits is found out when the two are laid side by side.
//!
//! The layout, numbers little-endian: a line that names the program; a row per report (identity, number in its document, paragraphs);
//! the line where each paragraph begins, a u32 each; where each bucket begins, and how many fingerprints there are; the rests of
//! fingerprints; the numbers of paragraphs, three bytes or four each; what is common ([`super::common`]); then a table of how many of all those
//! there are, the rules, and a checksum of all before.

use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::load::rules_number;
use crate::corpus::{KeptBytes, checksum};
use crate::text::bytes::{ByteReader, put_word};
use crate::text::digest::Digest;

const MAGIC: &[u8] = b"yilan-passages\n";
/// Bytes of a report's row.
const ROW: usize = 3 * 8;
/// Bytes after all else.
const TAIL: usize = 7 * 8;
/// Bits that may choose a bucket. The others of 32 are kept.
const BITS: [u32; 3] = [8, 16, 24];
/// A bucket holds no more fingerprints than this on the average.
const BUCKET: usize = 256;
/// Fingerprints are sorted portion by portion: bits that choose the portion.
const PORTION: u32 = 12;

/// A report: its document's identity and its number there.
pub type ReportKey = (Digest, u32);

/// What is read of a report.
#[derive(Debug, Default)]
pub struct ReadReport {
    /// Source line where each paragraph begins.
    pub lines: Vec<u32>,
    /// The upper half of each fingerprint, and the number of its paragraph in the report.
    pub prints: Vec<u64>,
}

/// Fingerprints of some reports.
#[derive(Debug, Clone)]
pub struct PassagePart {
    bytes: KeptBytes,
    keys: Vec<ReportKey>,
    /// Number of the first paragraph of each report, and at the end how many there are.
    firsts: Vec<u32>,
    bits: u32,
    lines: Range<usize>,
    starts: Range<usize>,
    rests: Range<usize>,
    owners: Range<usize>,
    common: Range<usize>,
}

/// The fingerprints of all reports with the numbers that paragraphs have in the part, sorted: portion by portion, on all cores.
fn sorted(reports: Vec<(ReportKey, ReadReport)>) -> Vec<u64> {
    let portion = |print: u64| (print >> (64 - PORTION)) as usize;
    let mut ends = vec![0usize; 1 << PORTION];
    reports.iter().flat_map(|(_, report)| &report.prints).for_each(|print| ends[portion(*print)] += 1);
    let (mut before, mut first) = (0, 0);
    for end in &mut ends {
        before += std::mem::replace(end, before);
    }
    let mut out = vec![0; before];
    for (_, report) in reports {
        for print in report.prints {
            let at = &mut ends[portion(print)];
            out[*at] = print + first;
            *at += 1;
        }
        first += report.lines.len() as u64;
    }
    let (mut rest, mut portions, mut start) = (out.as_mut_slice(), Vec::with_capacity(ends.len()), 0);
    for end in ends {
        let (one, others) = rest.split_at_mut(end - std::mem::replace(&mut start, end));
        portions.push(one);
        rest = others;
    }
    portions.into_par_iter().for_each(<[u64]>::sort_unstable);
    out
}

impl PassagePart {
    /// A part of reports that were read, with the bytes of what is common in the corpus they are of.
    pub fn of(reports: Vec<(ReportKey, ReadReport)>, common: &[u8]) -> Option<Self> {
        let mut out = MAGIC.to_vec();
        for ((identity, number), report) in &reports {
            let words = [identity.0, identity.1, u64::from(*number) << 32 | report.lines.len() as u64];
            words.iter().for_each(|word| put_word(&mut out, *word));
        }
        reports
            .iter()
            .flat_map(|(_, report)| &report.lines)
            .for_each(|line| out.extend_from_slice(&line.to_le_bytes()));
        let (count, paragraphs) = (reports.len(), reports.iter().map(|(_, report)| report.lines.len()).sum::<usize>());
        let prints = sorted(reports);
        let bits = BITS.into_iter().find(|bits| prints.len() >> bits < BUCKET).unwrap_or(BITS[2]);
        let mut starts = vec![0u32; (1 << bits) + 1];
        for print in &prints {
            let start = &mut starts[(print >> (64 - bits)) as usize + 1];
            *start = start.saturating_add(1);
        }
        let mut before = 0u32;
        for start in &mut starts {
            before = before.saturating_add(*start);
            *start = before;
        }
        let (rest, owner) = (rest_bytes(bits), owner_bytes(paragraphs));
        out.reserve_exact(4 * starts.len() + (rest + owner) * prints.len() + common.len() + TAIL);
        starts.iter().for_each(|start| out.extend_from_slice(&start.to_le_bytes()));
        drop(starts);
        for print in &prints {
            out.extend_from_slice(&((print >> 32) as u32).to_le_bytes()[..rest]);
        }
        for print in &prints {
            out.extend_from_slice(&(*print as u32).to_le_bytes()[..owner]);
        }
        out.extend_from_slice(common);
        let counts = [count, paragraphs, bits as usize, prints.len(), common.len()];
        counts.iter().for_each(|count| put_word(&mut out, *count as u64));
        put_word(&mut out, rules_number());
        let sum = checksum(&out);
        put_word(&mut out, sum);
        Self::new(out.into())
    }

    /// A part of the bytes of another; `None` if they were damaged, or written by another version.
    pub fn new(bytes: KeptBytes) -> Option<Self> {
        let all = bytes.as_slice();
        let tail_at = all.len().checked_sub(TAIL)?;
        let mut tail = ByteReader(all.get(tail_at..)?);
        let mut size = || usize::try_from(tail.word()?).ok();
        let [reports, paragraphs, bits, prints, common] = [size()?, size()?, size()?, size()?, size()?];
        let (rules, sum) = (tail.word()?, tail.word()?);
        let bits = u32::try_from(bits).ok().filter(|bits| BITS.contains(bits))?;
        if rules != rules_number() || !all.starts_with(MAGIC) || checksum(all.get(..all.len() - 8)?) != sum {
            return None;
        }
        let mut at = MAGIC.len();
        let mut next = |count: usize, width: usize| {
            let start = at;
            at = start.checked_add(count.checked_mul(width)?)?;
            (at <= tail_at).then_some(start..at)
        };
        let rows = next(reports, ROW)?;
        let lines = next(paragraphs, 4)?;
        let starts = next((1 << bits) + 1, 4)?;
        let rests = next(prints, rest_bytes(bits))?;
        let owners = next(prints, owner_bytes(paragraphs))?;
        let common = next(common, 1)?;
        let (mut keys, mut firsts) = (Vec::with_capacity(reports), vec![0u32]);
        let mut first = 0u32;
        for row in all.get(rows)?.chunks_exact(ROW) {
            let mut reader = ByteReader(row);
            let (identity, rest) = (Digest(reader.word()?, reader.word()?), reader.word()?);
            keys.push((identity, (rest >> 32) as u32));
            first = first.checked_add(rest as u32)?;
            firsts.push(first);
        }
        (first as usize == paragraphs && common.end == tail_at).then_some(Self {
            bits,
            keys,
            firsts,
            lines,
            starts,
            rests,
            owners,
            common,
            bytes,
        })
    }

    /// Its bytes.
    pub const fn bytes(&self) -> &KeptBytes {
        &self.bytes
    }

    /// The reports, and how many paragraphs each has.
    pub fn reports(&self) -> impl Iterator<Item = (ReportKey, u32)> + '_ {
        self.keys.iter().zip(self.firsts.windows(2)).map(|(key, ends)| (*key, ends[1] - ends[0]))
    }

    /// What is common in the corpus that it was written for.
    pub fn common(&self) -> KeptBytes {
        self.bytes.part(self.common.clone())
    }

    /// Number of the first paragraph of a report of the part.
    pub fn first_of(&self, report: usize) -> Option<u32> {
        self.firsts.get(report).copied()
    }

    /// The report of the part that has a paragraph.
    pub fn report_of(&self, paragraph: u32) -> Option<usize> {
        self.firsts.partition_point(|first| *first <= paragraph).checked_sub(1).filter(|at| *at < self.keys.len())
    }

    /// Source line where a paragraph begins.
    pub fn line(&self, paragraph: u32) -> Option<u32> {
        number(self.bytes.as_slice().get(self.lines.clone())?, paragraph as usize)
    }

    /// Adds the paragraphs that have a fingerprint to `found`.
    pub fn find(&self, hash: u64, found: &mut Vec<u32>) {
        let all = self.bytes.as_slice();
        let part = |range: &Range<usize>| all.get(range.clone()).unwrap_or_default();
        let (starts, rests, owners) = (part(&self.starts), part(&self.rests), part(&self.owners));
        let bucket = (hash >> (64 - self.bits)) as usize;
        let (Some(start), Some(end)) = (number(starts, bucket), number(starts, bucket + 1)) else { return };
        let (start, end) = (start as usize, end as usize);
        let width = owner_bytes(self.firsts.last().map_or(0, |count| *count as usize));
        let owner = |at: usize| {
            let bytes = owners.get(width * at..width * (at + 1))?;
            Some(bytes.iter().rev().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)))
        };
        let (rest, length) = (((hash >> 32) as u32).to_le_bytes(), rest_bytes(self.bits));
        let rest = rest.get(..length).unwrap_or_default();
        let same = rests.get(length * start..length * end).unwrap_or_default().chunks_exact(length).enumerate();
        found.extend(same.filter(|(_, other)| *other == rest).filter_map(|(at, _)| owner(start + at)));
    }
}

/// Bytes that are kept of a fingerprint.
const fn rest_bytes(bits: u32) -> usize {
    (32 - bits as usize) / 8
}

/// Bytes of a paragraph's number.
const fn owner_bytes(paragraphs: usize) -> usize {
    if paragraphs < 1 << 24 { 3 } else { 4 }
}

/// Number `at` of numbers of four bytes.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(4 * at..4 * at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(prints: usize) -> PassagePart {
        let report = |number: u64| ReadReport {
            lines: vec![1, 5, 9],
            prints: (0..prints as u64)
                .map(|n| (((n.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (number << 40)) >> 32) << 32) | (n % 3))
                .collect(),
        };
        let reports = (0..2).map(|n| ((Digest(7, 8), n), report(u64::from(n)))).collect();
        PassagePart::of(reports, b"common").unwrap()
    }

    #[test]
    fn what_was_filed_is_found() {
        for prints in [0, 10, 70_000] {
            let part = part(prints);
            assert_eq!(part.reports().collect::<Vec<_>>(), [((Digest(7, 8), 0), 3), ((Digest(7, 8), 1), 3)]);
            assert_eq!(
                (part.line(4), part.line(6), part.report_of(2), part.report_of(3)),
                (Some(5), None, Some(0), Some(1))
            );
            assert_eq!((part.report_of(6), part.common().as_slice()), (None, &b"common"[..]));
            for n in (0..prints as u64).step_by(997) {
                let mut found = Vec::new();
                part.find(n.wrapping_mul(0x9E37_79B9_7F4A_7C15), &mut found);
                assert!(found.contains(&((n % 3) as u32)), "{n} of {prints}: {found:?}");
            }
        }
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_noticed() {
        let good = part(20).bytes().as_slice().to_vec();
        for at in 0..good.len() {
            assert!(PassagePart::new(good[..at].to_vec().into()).is_none(), "cut at {at}");
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            assert!(PassagePart::new(bad.into()).is_none(), "changed at {at}");
        }
    }
}
