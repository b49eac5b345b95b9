//! Set phrases named in part, and former names. In: a report, the list of usage. Out: remarks. Does not know about: other
//! reports.

use serde::Deserialize;

use super::remark::{Remark, RemarkKind};
use crate::corpus::{Document, Report};
use crate::index::ledger::units;
use crate::text::Span;
use crate::text::fold::fold;

/// The built-in list.
const USAGE: &str = include_str!("../../../data/usage.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Usage {
    #[serde(default)]
    set: Vec<Set>,
    #[serde(default)]
    renamed: Vec<Renamed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    name: String,
    members: Vec<String>,
    /// Only where this stands too: members that are common words by themselves.
    near: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Renamed {
    old: String,
    new: String,
    since: u16,
}

/// Adds what is not whole and what is named as it was.
pub fn check(document: &Document, report: &Report, remarks: &mut Vec<Remark>) {
    // A test holds that the list can be read.
    let usage: Usage = toml::from_str(USAGE).unwrap_or_default();
    let year = report.filed_year();
    for unit in units(document, report) {
        let text = unit.text(document.text());
        let folded = fold(&text);
        let Some(&first) = unit.spans.first() else { continue };
        let whole = Span::new(first.start, unit.spans.last().map_or(first.end, |last| last.end));
        let locate = |words: &str| match text.find(words) {
            Some(at) if unit.spans.len() == 1 => {
                let at = Span::of(at..at + words.len());
                Span::new(first.start + at.start, first.start + at.end)
            }
            _ => whole,
        };
        for set in &usage.set {
            let has = |word: &String| folded.contains(&fold(word));
            let (there, lost): (Vec<&String>, Vec<&String>) = set.members.iter().partition(|word| has(word));
            let near = set.near.as_ref().is_none_or(|near| folded.contains(&fold(near)));
            // One alone is a subject of its own; most of them are the set.
            if near && !lost.is_empty() && there.len() >= 2 && there.len() * 2 >= set.members.len() {
                let names: Vec<&str> = lost.iter().map(|word| word.as_str()).collect();
                let span = there.first().map_or(whole, |word| locate(word));
                let note = format!("{}：{}", set.name, names.join("、"));
                remarks.push(Remark { kind: RemarkKind::Incomplete, span, note, other: None });
            }
        }
        for renamed in usage.renamed.iter().filter(|renamed| year.is_none_or(|year| year > renamed.since)) {
            for (at, old) in text.match_indices(renamed.old.as_str()) {
                // 宪法和法律委员会 holds 法律委员会.
                let named_anew = text
                    .match_indices(renamed.new.as_str())
                    .any(|(start, new)| start <= at && at + old.len() <= start + new.len());
                if !named_anew {
                    let note = format!("{}（{}）", renamed.new, renamed.since);
                    remarks.push(Remark { kind: RemarkKind::Renamed, span: locate(old), note, other: None });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::document;

    #[test]
    fn the_list_can_be_read() {
        let usage: Usage = toml::from_str(USAGE).unwrap();
        assert!(usage.set.iter().all(|set| set.members.len() > 1) && !usage.renamed.is_empty());
    }

    #[test]
    fn parts_of_a_set_and_former_names_are_told() {
        let text = "增强政治意识、大局意识、核心意识。\n增强政治意识、大局意识、核心意识、看齐意识。\n修渠的大局意识。\n市环境保护局修渠，宪法和法律委员会种树。";
        let mut document = document("云和市", text);
        document.reports[0].session_year = Some(2023);
        let mut remarks = Vec::new();
        check(&document, &document.reports[0], &mut remarks);
        let told: Vec<_> = remarks.iter().map(|r| (r.kind, r.span.slice(document.text()), r.note.as_str())).collect();
        let want = [
            (RemarkKind::Incomplete, "政治意识", "四个意识：看齐意识"),
            (RemarkKind::Renamed, "环境保护局", "生态环境局（2018）"),
        ];
        assert_eq!(told, want);
    }
}
