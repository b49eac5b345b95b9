//! What became of a wording. In: the letters of a pair. Out: a kind. Does not know about: where they stand.

use serde::Serialize;

/// What became of a unit from the old report to the new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RewordingKind {
    /// 沿用: the same letters.
    Kept,
    /// 数字: only numbers differ.
    Number,
    /// 改写: the same thing in other words.
    Reworded,
    /// 缩短: words were only taken out.
    Shortened,
    /// 加长: words were only put in.
    Lengthened,
    /// 相近: about the same thing, little wording shared.
    Related,
    /// 移动: the same letters elsewhere.
    Moved,
    /// 新增: only in the new report.
    New,
    /// 删去: only in the old report.
    Dropped,
}

impl RewordingKind {
    /// Every kind, in the order that screens and help name them.
    pub const ALL: [Self; 9] = [
        Self::Kept,
        Self::Reworded,
        Self::Number,
        Self::Lengthened,
        Self::Shortened,
        Self::Moved,
        Self::Related,
        Self::New,
        Self::Dropped,
    ];

    /// Its name in the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Number => "number",
            Self::Reworded => "reworded",
            Self::Shortened => "shortened",
            Self::Lengthened => "lengthened",
            Self::Related => "related",
            Self::Moved => "moved",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }

    /// Its Chinese name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Kept => "沿用",
            Self::Number => "数字",
            Self::Reworded => "改写",
            Self::Shortened => "缩短",
            Self::Lengthened => "加长",
            Self::Related => "相近",
            Self::Moved => "移动",
            Self::New => "新增",
            Self::Dropped => "删去",
        }
    }

    /// The one-column sign that stands before it.
    pub const fn sign(self) -> char {
        match self {
            Self::Kept => '=',
            Self::Number => '#',
            Self::Reworded => '≈',
            Self::Shortened | Self::Dropped => '−',
            Self::Lengthened | Self::New => '+',
            Self::Related => '~',
            Self::Moved => '↕',
        }
    }

    /// The same seen from the new report to the old.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Shortened => Self::Lengthened,
            Self::Lengthened => Self::Shortened,
            Self::New => Self::Dropped,
            Self::Dropped => Self::New,
            other => other,
        }
    }
}

/// From this likeness on a changed sentence is the same one reworded. Headings that are a pair are so in any case: they are
/// short, and name the same thing.
const REWORDED: f32 = 0.45;

/// What became of `old`, which is `new` now; `likeness` is how much wording they share.
pub fn kind(old: &[char], new: &[char], headings: bool, likeness: f32) -> RewordingKind {
    if old == new {
        RewordingKind::Kept
    } else if without_numbers(old).eq(without_numbers(new)) {
        RewordingKind::Number
    } else if is_within(new, old) {
        RewordingKind::Shortened
    } else if is_within(old, new) {
        RewordingKind::Lengthened
    } else if headings || likeness >= REWORDED {
        RewordingKind::Reworded
    } else {
        RewordingKind::Related
    }
}

/// The letters with every number as one sign.
fn without_numbers(letters: &[char]) -> impl Iterator<Item = char> + '_ {
    letters.chunk_by(|a, b| a.is_ascii_digit() && b.is_ascii_digit()).filter_map(|run| {
        let first = *run.first()?;
        Some(if first.is_ascii_digit() { '#' } else { first })
    })
}

/// Whether `long` is `short` with letters put in.
fn is_within(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letters::only_letters;

    #[test]
    fn kinds_are_told_apart() {
        let cases = [
            ("修好水渠。", "修好水渠；", RewordingKind::Kept),
            ("修好水渠30里", "修好水渠42.5里", RewordingKind::Number),
            ("修好水渠，种好果树", "修好水渠", RewordingKind::Shortened),
            ("修好水渠", "全面修好每条水渠", RewordingKind::Lengthened),
            ("修好水渠", "修缮水渠", RewordingKind::Reworded),
        ];
        for (old, new, want) in cases {
            let (old, new) = (only_letters(old), only_letters(new));
            assert_eq!(kind(&old, &new, false, 0.6), want);
            assert_eq!(kind(&new, &old, false, 0.6), want.mirrored());
        }
        assert_eq!(kind(&['甲', '乙'], &['乙', '丙'], false, 0.4), RewordingKind::Related);
        assert_eq!(kind(&['甲', '乙'], &['乙', '丙'], true, 0.4), RewordingKind::Reworded);
    }
}
