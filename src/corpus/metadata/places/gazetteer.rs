//! The built-in gazetteer: `data/places.tsv` parsed once, and an index by the first two characters of a name.
//!
//! In: the table embedded in the binary. Out: [`Place`]s, and which names begin at a point of a text. Does not know about: what a
//! mention means there (the neighbouring modules judge that).
//!
//! It is on the start-up path, so it holds slices of the embedded text and two small arrays instead of maps of strings.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../data/places.tsv");
/// Slots of the index; a power of two, 16 KiB of `u16`.
const SLOTS: usize = 8192;
/// No place: end of a chain, or no parent.
const NONE: u16 = u16::MAX;

/// How high a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceLevel {
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    Prefecture,
    /// 县, 区, 县级市, 旗 and their kin.
    County,
}

/// One place of the gazetteer.
#[derive(Debug)]
pub struct Place {
    code: u32,
    name: &'static str,
    pinyin: &'static str,
    extra: &'static str,
    stem: &'static str,
    parent: u16,
    level: PlaceLevel,
    /// The year in which the name was given up: 0 for a present one, [`UNDATED`] where it is not told.
    given_up: u16,
    /// Index of the place that has its land today; [`NONE`] for a present one, or where it is not told.
    now: u16,
    /// Whether that place is the same under another name, not one that took it in.
    whole: bool,
}

/// Given up since 2021; in which year is not told.
const UNDATED: u16 = 1;

impl Place {
    /// Its own official name: 朝阳区.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Six digits of GB/T 2260 (Taiwan's cities and counties have a number of this table's own).
    pub const fn code(&self) -> u32 {
        self.code
    }

    /// How high it stands.
    pub const fn level(&self) -> PlaceLevel {
        self.level
    }

    /// Whether the name has been given up (襄樊市, 莱芜市); its code may have passed to another name.
    pub const fn is_former(&self) -> bool {
        self.given_up != 0
    }

    /// The year in which the name was given up; none for a present one, or where it is not told.
    pub const fn until(&self) -> Option<u16> {
        if self.given_up > UNDATED { Some(self.given_up) } else { None }
    }

    /// The place that has its land today: 保定市清苑区 for 清苑县, 静安区 for 闸北区. None for a present name, or where it is not told.
    pub fn today(&self) -> Option<&'static Self> {
        gazetteer().places.get(usize::from(self.now))
    }

    /// Like [`Place::today`], but only where that is the same place under another name: 清苑区, not 静安区.
    pub fn renamed(&self) -> Option<&'static Self> {
        self.today().filter(|_| self.whole)
    }

    /// The names it had since 1990, the last first.
    pub fn former_names(&'static self) -> Vec<&'static Self> {
        let renamed = &gazetteer().renamed;
        let own = |now: u16| gazetteer().places.get(usize::from(now)).is_some_and(|place| std::ptr::eq(place, self));
        let names = renamed.iter().filter(|(now, _)| own(*now));
        let mut names: Vec<&Self> = names.filter_map(|(_, of)| gazetteer().places.get(usize::from(*of))).collect();
        names.sort_by_key(|place| std::cmp::Reverse(place.given_up));
        names
    }

    /// The prefecture it lies in; itself for a prefecture, none for a province or a county right under one. A place whose prefecture
    /// was given up with it lies in that of its land today: 巢湖's 居巢区 in 合肥市.
    pub fn prefecture(&'static self) -> Option<&'static Self> {
        match self.level {
            PlaceLevel::Province => None,
            PlaceLevel::Prefecture => Some(self),
            PlaceLevel::County => self
                .parent()
                .filter(|above| above.level == PlaceLevel::Prefecture)
                .or_else(|| self.today().filter(|now| self.is_former() && !now.is_former())?.prefecture()),
        }
    }

    /// The name as people shorten it (长春, 延边); empty where one character would be left.
    pub const fn stem(&self) -> &'static str {
        self.stem
    }

    /// The place directly above, none for a province.
    pub fn parent(&self) -> Option<&'static Self> {
        gazetteer().places.get(usize::from(self.parent))
    }

    /// Full name of its province; a province's own name for itself.
    pub fn province_name(&self) -> &'static str {
        let mut name = self.name;
        let mut above = self.parent();
        while let Some(place) = above {
            name = place.name;
            above = place.parent();
        }
        name
    }

    /// The name it goes by in lists: a district carries its city (长春市朝阳区, 北京市朝阳区), all others stand alone (义乌市).
    pub fn full_name(&self) -> String {
        match self.parent() {
            Some(parent) if self.carries_parent(parent) => format!("{}{}", parent.name, self.name),
            _ => self.name.to_owned(),
        }
    }

    /// A 区 of a prefecture or of a municipality; 神农架林区, directly under its province, is none.
    fn carries_parent(&self, parent: &Self) -> bool {
        self.level == PlaceLevel::County
            && self.name.ends_with('区')
            && (parent.level == PlaceLevel::Prefecture || !parent.name.ends_with('省'))
    }

    /// The reviewed reading: one syllable per character of the name.
    pub fn syllables(&self) -> impl Iterator<Item = &'static str> {
        self.pinyin.split(' ')
    }

    /// Other readings in use, each with one syllable per character.
    pub fn other_readings(&self) -> impl Iterator<Item = std::str::Split<'static, char>> {
        self.extra.split('/').filter(|reading| !reading.is_empty()).map(|reading| reading.split(' '))
    }

    /// How people write a long official name with its kind cut to one character: 延边州, 长阳县. Empty for others.
    fn clipped_kind(&self) -> &'static str {
        if self.stem.len() + 3 >= self.name.len() {
            return "";
        }
        [("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("族区", "区")]
            .iter()
            .find(|(long, _)| self.name.ends_with(long))
            .map_or("", |(_, short)| short)
    }
}

/// A name that begins at a point of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameMatch {
    /// Bytes of text it covers.
    pub len: usize,
    /// Bytes of its place's stem, where the text writes the stem or the stem with a clipped kind; else 0.
    pub stem: usize,
}

/// All places and the index into them.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    places: Vec<Place>,
    heads: Vec<u16>,
    next: Vec<u16>,
    /// Today's place and the former name of it, for every name that was only changed.
    renamed: Vec<(u16, u16)>,
}

/// The gazetteer, parsed on first use.
pub(crate) fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| Gazetteer::parse(TABLE))
}

impl Gazetteer {
    fn parse(table: &'static str) -> Self {
        let mut places: Vec<Place> = Vec::with_capacity(table.len() / 40);
        // A name given up may share its code with the present one, which comes first and is the parent meant.
        let (mut province, mut prefecture) = ((0, NONE), (0, NONE));
        let mut moved: Vec<(u16, u32)> = Vec::new();
        for line in table.lines() {
            let [code, name, above, pinyin, extra, short, former, now] = columns(line);
            let (code, above) = (number(code), number(above));
            let given_up = match former {
                "" => 0,
                "former" => UNDATED,
                year => u16::try_from(number(year)).unwrap_or(UNDATED),
            };
            let parent = match above {
                0 => NONE,
                above if above == prefecture.0 => prefecture.1,
                _ => province.1,
            };
            let level = match code {
                _ if parent == NONE => PlaceLevel::Province,
                _ if code.is_multiple_of(100) || code / 100 == 7101 => PlaceLevel::Prefecture,
                _ => PlaceLevel::County,
            };
            let stem = match short {
                "-" => "",
                // All names are of three-byte characters; a test holds the table to it.
                "" => name.get(..name.len().saturating_sub(3)).unwrap_or(""),
                short => name.get(..short.len()).unwrap_or(""),
            };
            let index = u16::try_from(places.len()).unwrap_or(NONE);
            match level {
                PlaceLevel::Province => province = (code, index),
                PlaceLevel::Prefecture if prefecture.0 != code => prefecture = (code, index),
                _ => {}
            }
            let whole = !now.starts_with('<');
            if !now.is_empty() {
                moved.push((index, number(now.trim_start_matches('<'))));
            }
            places.push(Place { code, name, pinyin, extra, stem, parent, level, given_up, now: NONE, whole });
        }
        // Present names come before those given up of the same code.
        for (index, code) in moved {
            let now = places.partition_point(|p| p.code < code);
            if places.get(now).is_some_and(|p| p.code == code && p.given_up == 0)
                && let Some(place) = places.get_mut(usize::from(index))
            {
                place.now = u16::try_from(now).unwrap_or(NONE);
            }
        }
        let mut heads = vec![NONE; SLOTS];
        let mut next = vec![NONE; places.len()];
        // Backwards, so that a chain runs by code.
        for (index, place) in places.iter().enumerate().rev() {
            if let Some(slot) = slot(place.name.as_bytes()) {
                next[index] = heads[slot];
                heads[slot] = u16::try_from(index).unwrap_or(NONE);
            }
        }
        let former = (0..).zip(&places).filter(|(_, place)| place.now != NONE && place.whole);
        let renamed = former.map(|(index, place)| (place.now, index)).collect();
        Self { places, heads, next, renamed }
    }

    /// Every place, by code.
    pub(crate) fn places(&'static self) -> &'static [Place] {
        &self.places
    }

    /// Whether any name may begin with the two characters at the start of `rest`; a quick no for most text.
    pub(crate) fn may_begin(&self, rest: &[u8]) -> bool {
        slot(rest).is_some_and(|slot| self.heads[slot] != NONE)
    }

    /// The places whose name shares the slot of the first two characters of `rest`.
    fn chain(&'static self, rest: &str) -> impl Iterator<Item = &'static Place> + use<> {
        let mut index = slot(rest.as_bytes()).map_or(NONE, |slot| self.heads[slot]);
        std::iter::from_fn(move || {
            let place = self.places.get(usize::from(index))?;
            index = self.next[usize::from(index)];
            Some(place)
        })
    }

    /// The longest whole name (or name with a clipped kind: 延边州) at the start of `rest`.
    pub(crate) fn longest_name(&'static self, rest: &str) -> Option<NameMatch> {
        let whole = |p: &Place| rest.starts_with(p.name).then_some(NameMatch { len: p.name.len(), stem: 0 });
        let clipped = |p: &Place| {
            let kind = p.clipped_kind();
            let fits = !kind.is_empty() && rest.strip_prefix(p.stem).is_some_and(|r| r.starts_with(kind));
            fits.then_some(NameMatch { len: p.stem.len() + kind.len(), stem: p.stem.len() })
        };
        // Of equal lengths the whole name wins: 海南区 is itself, not a clipped one.
        self.chain(rest).filter_map(|p| whole(p).or_else(|| clipped(p))).max_by_key(|f| (f.len, f.stem == 0))
    }

    /// The longest short name (长春, 延边) at the start of `rest`.
    pub(crate) fn longest_stem(&'static self, rest: &str) -> Option<NameMatch> {
        let len =
            self.chain(rest).map(|p| p.stem).filter(|s| !s.is_empty() && rest.starts_with(s)).map(str::len).max()?;
        Some(NameMatch { len, stem: len })
    }

    /// The places that a name found at the start of `rest` may mean, by code.
    pub(crate) fn meant(&'static self, rest: &str, found: NameMatch) -> impl Iterator<Item = &'static Place> {
        let text = rest.get(..found.len).unwrap_or("");
        let stem = text.get(..found.stem).unwrap_or("");
        let kind = text.get(found.stem..).unwrap_or("");
        self.chain(rest).filter(move |p| match found.stem {
            0 => p.name == text,
            _ => p.stem == stem && (kind.is_empty() || p.clipped_kind() == kind),
        })
    }
}

/// The columns of a row; those left out at its end are empty. A plain loop: this is on the start-up path.
fn columns(row: &'static str) -> [&'static str; 8] {
    let mut columns = [""; 8];
    let mut rest = row;
    for column in &mut columns {
        let end = rest.as_bytes().iter().position(|&byte| byte == b'\t');
        *column = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        rest = end.and_then(|end| rest.get(end + 1..)).unwrap_or("");
    }
    columns
}

fn number(digits: &str) -> u32 {
    digits.bytes().fold(0, |sum, digit| sum * 10 + u32::from(digit.wrapping_sub(b'0') % 10))
}

/// The slot of the two three-byte characters at the start of `bytes`; none if there are fewer or others.
fn slot(bytes: &[u8]) -> Option<usize> {
    let &[a, b, c, d, e, f] = bytes.first_chunk::<6>()?;
    if a < 0xe4 || d < 0xe4 {
        return None;
    }
    let key = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51;
    Some(mixed as usize % SLOTS)
}
