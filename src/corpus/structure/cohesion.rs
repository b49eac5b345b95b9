//! Puts the columns of a newspaper page back together.
//!
//! In: the articles of one page and the lines each seems to own. Out: the same with misplaced runs moved. A page of short
//! pieces by several organs is often copied column by column, so that the end of one piece stands behind another. Three
//! signs tell, each asked only of the last paragraphs of a piece: they stand word for word in another piece; a committee of
//! another level speaks in them; their words are those of another piece and not of their own.
//!
//! Lexical cohesion by shared character bigrams, weighted by tf·idf and compared by cosine (Hearst 1997, TextTiling, uses
//! the same comparison for blocks of one text).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::model::piece::Piece;
use crate::corpus::structure::line_predicates;
use crate::corpus::{Line, LineKind, ReportKind};
use crate::text::han::is_han;

/// Below this many pieces by organs a page is not interleaved in any way seen.
const PIECES: usize = 3;
/// How much closer a run must be to another piece than to its own.
const CLOSER: f32 = 1.6;
/// How much closer it must be to that piece than to every third one: pieces of one genre are all a little alike.
const DISTINCT: f32 = 1.3;
/// A run shorter than this says too little (in characters).
const RUN_CHARS: usize = 300;

type Vector = FxHashMap<[char; 2], f32>;

/// Moves runs of paragraphs to the pieces they belong to. `owners[n]` are the 0-based lines of `pieces[n]`.
pub fn reunite(text: &str, lines: &mut [Line], pieces: &mut Vec<Piece>, owners: &mut Vec<Vec<usize>>) {
    if pieces.iter().filter(|p| p.organ_line.is_some()).count() < PIECES {
        return;
    }
    part_committees(text, lines, pieces, owners);
    move_copies(text, lines, owners);
    move_strangers(text, lines, owners);
}

fn words<'a>(text: &'a str, lines: &[Line], i: usize) -> &'a str {
    lines[i].span.slice(text)
}

fn paragraphs(lines: &[Line], own: &[usize]) -> Vec<usize> {
    own.iter().copied().filter(|&i| matches!(lines[i].kind, LineKind::Paragraph | LineKind::Repeat)).collect()
}

/// A committee of the province speaks in the middle of a city's piece: another piece begins there, its headline lost.
fn part_committees(text: &str, lines: &[Line], pieces: &mut Vec<Piece>, owners: &mut Vec<Vec<usize>>) {
    for n in 0..pieces.len() {
        let Some(level) = pieces[n].organ_line.and_then(|line| level_of(words(text, lines, line as usize - 1))) else {
            continue;
        };
        let body = paragraphs(lines, &owners[n]);
        let cut = body.iter().skip(2).copied().find_map(|i| {
            let (speaker, committee) = committee_of(words(text, lines, i))?;
            (speaker != level).then_some((i, committee))
        });
        let Some((cut, committee)) = cut else { continue };
        let moved: Vec<usize> = owners[n].iter().copied().filter(|&i| i >= cut).collect();
        owners[n].retain(|&i| i < cut);
        pieces.push(Piece {
            kind: ReportKind::Article,
            ranges: Vec::new(),
            title: Some(committee),
            title_line: None,
            subtitle_line: None,
            organ_line: None,
        });
        owners.push(moved);
    }
}

/// The level an organ's name tells: 省, 市, 县, 区 … as the last such character before 人大 or 政协.
fn level_of(organ: &str) -> Option<char> {
    let head =
        organ.split(["人大", "人民代表大会", "政协", "人民政府"].iter().find(|w| organ.contains(**w))?).next()?;
    head.chars().next_back().filter(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗'))
}

/// 省人大城建环保委 as the speaker of one of the first sentences: its level and its name.
fn committee_of(paragraph: &str) -> Option<(char, String)> {
    paragraph.split('。').take(2).find_map(|sentence| {
        let level = sentence.chars().next().filter(|c| matches!(c, '省' | '市' | '县' | '区'))?;
        let rest = sentence.strip_prefix(level)?.strip_prefix("人大")?;
        let end = rest.find('委')? + "委".len();
        let name = &rest[..end];
        let full = name.chars().all(is_han) && (3..=10).contains(&name.chars().count()) && !name.starts_with("常");
        // 委 must end the name: 委员会 and 委员 are other words.
        let acts = ["始终", "坚持", "认真", "深入", "充分", "紧紧"].iter().any(|w| rest[end..].starts_with(w));
        (full && acts).then(|| (level, format!("{level}人大{name}")))
    })
}

/// Last paragraphs that stand word for word in another piece as well are copies that slipped: they go there.
fn move_copies(text: &str, lines: &[Line], owners: &mut [Vec<usize>]) {
    for n in 0..owners.len() {
        let elsewhere = |i: usize, owners: &[Vec<usize>]| {
            let own = words(text, lines, i);
            (0..owners.len())
                .find(|&m| m != n && paragraphs(lines, &owners[m]).iter().any(|&j| words(text, lines, j) == own))
        };
        while let Some(&last) = owners[n].last() {
            let long = !line_predicates::is_short(words(text, lines, last), 20);
            let Some(target) = elsewhere(last, owners).filter(|_| long && owners[n].len() > 2) else { break };
            owners[n].pop();
            owners[target].push(last);
            owners[target].sort_unstable();
        }
    }
}

/// A last run whose words are those of another piece goes there.
fn move_strangers(text: &str, lines: &[Line], owners: &mut [Vec<usize>]) {
    let all: Vec<Vec<usize>> = owners.iter().map(|own| paragraphs(lines, own)).collect();
    let rarity = rarities(text, lines, all.iter().flatten().copied());
    let vector = |of: &[usize]| weigh(text, lines, of, &rarity);
    let mut moves = Vec::new();
    for (n, body) in all.iter().enumerate() {
        let mut best: Option<(f32, usize, usize)> = None;
        for cut in 2..body.len() {
            let (head, tail) = body.split_at(cut);
            // The halves of a broken paragraph stay together.
            if lines[tail[0]].joins
                || tail.iter().map(|&i| words(text, lines, i).chars().count()).sum::<usize>() < RUN_CHARS
            {
                continue;
            }
            let tail_words = vector(tail);
            let own = cosine(&tail_words, &vector(head));
            // The piece that follows in print is no candidate: its beginning was seen.
            let last = tail.last().copied().unwrap_or(0);
            let next = all.iter().flatten().copied().filter(|&i| i > last).min();
            let mut others: Vec<(f32, usize)> = (0..all.len())
                .filter(|&m| m != n && !all[m].is_empty() && all[m].first().copied() != next)
                .map(|m| (cosine(&tail_words, &vector(&all[m])), m))
                .collect();
            others.sort_by(|a, b| b.0.total_cmp(&a.0));
            let Some(&(closest, target)) = others.first() else { continue };
            let second = others.get(1).map_or(0.0, |o| o.0);
            let gain = closest - own * CLOSER;
            if gain > 0.0 && closest > second * DISTINCT && best.is_none_or(|(g, _, _)| gain > g) {
                best = Some((gain, cut, target));
            }
        }
        if let Some((_, cut, target)) = best {
            moves.push((n, body[cut], target));
        }
    }
    for (from, first, to) in moves {
        let moved: Vec<usize> = owners[from].iter().copied().filter(|&i| i >= first).collect();
        owners[from].retain(|&i| i < first);
        owners[to].extend(moved);
    }
}

fn bigrams(paragraph: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    let mut before = None;
    paragraph.chars().filter_map(move |c| {
        let pair = before.replace(c).map(|b| [b, c]);
        pair.filter(|p| p.iter().all(|c| is_han(*c)))
    })
}

/// Inverse document frequency of each bigram, a paragraph being a document; copies count once.
fn rarities(text: &str, lines: &[Line], paragraphs: impl Iterator<Item = usize>) -> Vector {
    let distinct: FxHashSet<&str> = paragraphs.map(|i| words(text, lines, i)).collect();
    let mut rarity = Vector::default();
    for paragraph in &distinct {
        for pair in bigrams(paragraph).collect::<FxHashSet<_>>() {
            *rarity.entry(pair).or_default() += 1.0;
        }
    }
    let total = distinct.len() as f32;
    rarity.values_mut().for_each(|count| *count = (total / *count).ln());
    rarity
}

fn weigh(text: &str, lines: &[Line], paragraphs: &[usize], rarity: &Vector) -> Vector {
    let mut weights = Vector::default();
    for &i in paragraphs {
        for pair in bigrams(words(text, lines, i)) {
            *weights.entry(pair).or_default() += rarity.get(&pair).copied().unwrap_or(0.0);
        }
    }
    weights
}

fn cosine(a: &Vector, b: &Vector) -> f32 {
    let norm = |v: &Vector| v.values().map(|w| w * w).sum::<f32>().sqrt();
    let dot: f32 = a.iter().filter_map(|(pair, w)| Some(w * b.get(pair)?)).sum();
    let size = norm(a) * norm(b);
    if size > 0.0 { dot / size } else { 0.0 }
}
