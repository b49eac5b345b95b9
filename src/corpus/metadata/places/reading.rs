//! How a place name is read, in pinyin.
//!
//! In: a full place name and its province. Out: one syllable per character. What the gazetteer knows is reviewed; the rest is the
//! reading a converter gives the single character, with the few that are read differently in place names set right.

use crate::corpus::metadata::places::gazetteer::{NameMatch, Place, gazetteer};
use crate::corpus::metadata::places::mention::settle;
use crate::text::pinyin;

/// One pinyin syllable (lower case, no tone, ü as v) per character of `name`; a character without one stands for itself.
///
/// `province` (may be empty) settles names that several places share.
pub fn readings(name: &str, province: &str) -> Vec<String> {
    parts(name, province).into_iter().flat_map(|part| part.syllables).collect()
}

/// Other readings of `name` in use, the usual misreadings of rare ones among them: each like [`readings`] gives it.
pub fn extra_readings(name: &str, province: &str) -> Vec<Vec<String>> {
    let parts = parts(name, province);
    let mut all = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let Some(place) = part.place else { continue };
        for other in place.other_readings() {
            let swapped = |(i, p): (usize, &NamePart)| match i == index {
                true => other_syllables(&p.syllables, other.clone()),
                false => p.syllables.clone(),
            };
            all.push(parts.iter().enumerate().flat_map(swapped).collect());
        }
    }
    all
}

/// `other` is the whole name's reading: its beginning where only the short name is written.
fn other_syllables(written: &[String], other: impl Iterator<Item = &'static str>) -> Vec<String> {
    let mut other: Vec<String> = other.map(str::to_owned).take(written.len()).collect();
    other.extend(written.iter().skip(other.len()).cloned());
    other
}

struct NamePart {
    place: Option<&'static Place>,
    syllables: Vec<String>,
}

/// The name cut into places of the gazetteer and single characters.
fn parts(name: &str, province: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(rest) = name.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((found, place)) = place_at(name, at, province) {
            parts.push(NamePart { place: Some(place), syllables: place_syllables(rest, found, place) });
            at += found.len;
        } else if let Some(c) = rest.chars().next() {
            parts.push(NamePart { place: None, syllables: vec![syllable(c)] });
            at += c.len_utf8();
        }
    }
    parts
}

fn place_at(name: &str, at: usize, province: &str) -> Option<(NameMatch, &'static Place)> {
    let (before, rest) = (name.get(..at)?, name.get(at..)?);
    // A short name counts only at the start: 长春新区, but not the middle of an unknown name.
    let found = gazetteer().longest_name(rest).or_else(|| gazetteer().longest_stem(rest).filter(|_| at == 0))?;
    let (place, _, _) = settle(gazetteer().meant(rest, found), before, &[province])?;
    Some((found, place))
}

fn place_syllables(rest: &str, found: NameMatch, place: &Place) -> Vec<String> {
    let written = rest.get(..found.len).unwrap_or("");
    let known = if found.stem == 0 { written } else { written.get(..found.stem).unwrap_or("") };
    let kind = written.get(known.len()..).unwrap_or("");
    place.syllables().take(known.chars().count()).map(str::to_owned).chain(kind.chars().map(syllable)).collect()
}

/// A character by itself, as place names read it.
fn syllable(c: char) -> String {
    let usual = match c {
        '长' => "chang",
        '都' => "du",
        '朝' => "chao",
        '重' => "chong",
        '乐' => "le",
        '曾' => "zeng",
        '藏' => "zang",
        '佛' => "fo",
        '单' => "shan",
        '台' => "tai",
        '厦' => "xia",
        '堡' => "bao",
        '浔' => "xun",
        '柏' => "bai",
        '六' => "liu",
        '洞' => "dong",
        _ => "",
    };
    match pinyin::syllable(c) {
        _ if !usual.is_empty() => usual.to_owned(),
        Some(reading) => reading.to_owned(),
        None => c.to_string(),
    }
}
