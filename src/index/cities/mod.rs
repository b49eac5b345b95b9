//! The fuzzy city list: the only user of fuzzy-matcher.
//!
//! In: a corpus, then queries in 汉字, full pinyin, initials or a mixture. Out: places, best first, with the matched
//! characters of their names. fuzzy-matcher says what matches; matches without a gap and matches syllable by syllable are
//! then put into classes above the gappy ones (see `Class`), because 长春 must come before 长治 on `cc`. One slip is forgiven
//! when nothing better is found.
//! Does not know about: screens, what the list shows while nothing is typed (see [`order`](order())).

mod alignment;
mod keys;
mod order;
#[cfg(test)]
mod tests;
mod tree;
mod typo;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rustc_hash::FxHashSet;

use self::keys::{Key, Spelling, Spellings};
pub use self::order::{PlaceOrder, order};
pub use self::tree::{Branch, tree};
use self::typo::TypoMatch;
use crate::corpus::{Corpus, PlaceEntry, PlaceId, places};
use crate::text::pinyin;

/// A place that matches a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityMatch {
    /// The place.
    pub place: PlaceId,
    /// Higher is better; comparable within one query.
    pub score: i64,
    /// Matched characters: char indices into the place's name, ascending; none if its province matched.
    pub marks: Vec<u32>,
}

/// Match keys of every place of a corpus.
#[derive(Debug, Default)]
pub struct CityIndex {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    place: PlaceId,
    name: String,
    pinyin: String,
    reports: usize,
    seat: bool,
    /// Whether it is a name the place had before (清苑县): nothing of today's name is marked then.
    former: bool,
    spellings: Spellings,
    keys: Vec<Key>,
    province: Vec<Key>,
}

/// How a query matches, worst first. A better class beats any score inside a worse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// The province, not the place.
    Province,
    /// Letters in order with gaps, as fuzzy-matcher finds them.
    Gappy,
    /// One slip in the pinyin.
    Slip,
    /// Syllable by syllable: initials, whole syllables and 汉字 mixed.
    Slots,
    /// The beginning of the district's name.
    DistrictBeginning,
    /// The beginning of the name, in 汉字, pinyin or initials.
    Beginning,
    /// All the initials of the district's name.
    DistrictInitials,
    /// The whole name of the district.
    District,
    /// All the initials of the name, with or without its suffix.
    Initials,
    /// The whole name, with or without its suffix.
    Name,
}

/// Longer queries match nothing: no name is that long.
const LONGEST_QUERY: usize = 64;

/// Gappy matches of fewer letters are noise: `sn` would list half the country.
const FEWEST_GAPPY_LETTERS: usize = 3;

/// The seats of provincial government and the other cities of that rank: first among equals, as a reader expects 沈阳
/// on `sy`. Source: the list of provincial capitals and of cities with independent planning status.
const SEATS: [&str; 36] = [
    "北京市",
    "天津市",
    "石家庄市",
    "太原市",
    "呼和浩特市",
    "沈阳市",
    "长春市",
    "哈尔滨市",
    "上海市",
    "南京市",
    "杭州市",
    "合肥市",
    "福州市",
    "南昌市",
    "济南市",
    "郑州市",
    "武汉市",
    "长沙市",
    "广州市",
    "南宁市",
    "海口市",
    "重庆市",
    "成都市",
    "贵阳市",
    "昆明市",
    "拉萨市",
    "西安市",
    "兰州市",
    "西宁市",
    "银川市",
    "乌鲁木齐市",
    "大连市",
    "宁波市",
    "厦门市",
    "青岛市",
    "深圳市",
];

impl CityIndex {
    /// Prepares the keys.
    pub fn new(corpus: &Corpus) -> Self {
        let province_readings = |province: &str| places::readings(province, province);
        Self::from_places(corpus.places(), province_readings, places::extra_readings)
    }

    /// `extra` gives further readings of a whole name (of this province), one syllable per character each.
    fn from_places(
        places: &[PlaceEntry],
        province_readings: impl Fn(&str) -> Vec<String>,
        extra: impl Fn(&str, &str) -> Vec<Vec<String>>,
    ) -> Self {
        let named = places.iter().enumerate().filter(|(_, place)| !place.name.is_empty());
        let entry = |(i, place): (usize, &PlaceEntry), name: &str, pinyin: &[String], former: bool| {
            let extra = extra(name, &place.province);
            let extra: Vec<_> = extra.into_iter().flat_map(|reading| reading.into_iter().enumerate()).collect();
            let spellings = Spellings::new(name, pinyin, &extra);
            let province = Spellings::new(&place.province, &province_readings(&place.province), &[]);
            Entry {
                place: PlaceId(u32::try_from(i).unwrap_or(u32::MAX)),
                name: name.to_owned(),
                pinyin: pinyin.concat(),
                reports: place.reports.len(),
                seat: SEATS.contains(&name),
                former,
                keys: spellings.keys(),
                province: province.keys(),
                spellings,
            }
        };
        let mut entries: Vec<Entry> = named.clone().map(|at| entry(at, &at.1.name, &at.1.pinyin, false)).collect();
        entries.extend(named.flat_map(|at| {
            let of = |name: &String| entry(at, name, &places::readings(name, &at.1.province), true);
            former_names(at.1).iter().map(of).collect::<Vec<_>>()
        }));
        Self { entries }
    }

    /// Places that match `query` (汉字, full pinyin, initials or mixed), best first. An empty query matches nothing.
    ///
    /// Equally good places stand by number of reports, then seats of provinces first, then by pinyin.
    pub fn rank(&self, query: &str) -> Vec<CityMatch> {
        let text = pinyin::normalise(query);
        let query: Vec<char> = text.chars().collect();
        if query.is_empty() || query.len() > LONGEST_QUERY {
            return Vec::new();
        }
        let skim = SkimMatcherV2::default();
        let mut found: Vec<(Class, CityMatch, &Entry)> = Vec::new();
        for entry in &self.entries {
            let classified = entry.classify(&query, &text, &skim);
            // A name given up is only meant by whoever types all of it.
            if let Some((class, score, marks)) = classified.filter(|(class, ..)| !entry.former || *class == Class::Name)
            {
                found.push((class, entry.rated(class, score, marks), entry));
            }
        }
        let forgives = query.len() >= typo::FEWEST_LETTERS && query.iter().all(char::is_ascii_lowercase);
        if forgives && found.iter().all(|(class, ..)| *class == Class::Gappy) {
            for entry in self.entries.iter().filter(|entry| !entry.former) {
                if let Some((score, marks)) = entry.forgive(text.as_bytes()) {
                    found.retain(|(_, _, other)| other.place != entry.place);
                    found.push((Class::Slip, entry.rated(Class::Slip, score, marks), entry));
                }
            }
        }
        found.sort_by(|(_, a, at), (_, b, bt)| {
            let rank = |e: &Entry| (e.former, std::cmp::Reverse(e.reports), !e.seat);
            (b.score.cmp(&a.score))
                .then_with(|| rank(at).cmp(&rank(bt)))
                .then_with(|| (&at.pinyin, &at.name, at.place).cmp(&(&bt.pinyin, &bt.name, bt.place)))
        });
        // A place stands once, where its best name does.
        let mut seen = FxHashSet::default();
        found.into_iter().map(|(_, city, _)| city).filter(|city| seen.insert(city.place)).collect()
    }
}

/// The names a place had before, those of its reports and those of the gazetteer.
fn former_names(place: &PlaceEntry) -> Vec<String> {
    let known = places::known(&place.name, &place.province).map(places::Place::former_names).unwrap_or_default();
    let mut names: Vec<String> = place.names.clone();
    names.extend(known.iter().map(|former| former.full_name()));
    names.retain(|name| *name != place.name);
    names.sort_unstable();
    names.dedup();
    names
}

impl Entry {
    fn rated(&self, class: Class, score: i64, marks: Vec<u32>) -> CityMatch {
        let marks = if self.former { Vec::new() } else { marks };
        CityMatch { place: self.place, score: class as i64 * 10_000 + score.clamp(0, 9_999), marks }
    }

    /// The best class this place reaches, a score inside it, and the marks.
    fn classify(&self, query: &[char], text: &str, skim: &SkimMatcherV2) -> Option<(Class, i64, Vec<u32>)> {
        let fuzzy = self.fuzzy(text, skim);
        // A query that mixes 汉字 and letters is in no key as it stands: only the syllables can tell.
        if fuzzy.is_some() || text.is_ascii() != query.iter().any(char::is_ascii) {
            let direct = self.keys.iter().filter_map(|key| by_key(key, text));
            if let Some((class, score, marks)) = direct.max_by_key(|(class, score, _)| (*class, *score)) {
                return Some((class, score, marks));
            }
            if let Some(found) = alignment::match_slots(query, &self.spellings) {
                return Some((Class::Slots, found.score + 1_000, found.marks));
            }
        }
        if let Some((score, first, marks)) = fuzzy
            && query.len() >= FEWEST_GAPPY_LETTERS
            && first
        {
            return Some((Class::Gappy, score, marks));
        }
        let province = self.province.iter().any(|key| {
            let enough = key.spelling == Spelling::Han || text.len() > 2;
            key.text == text || key.spelling != Spelling::Initials && enough && key.text.starts_with(text)
        });
        province.then(|| (Class::Province, 0, Vec::new()))
    }

    /// What fuzzy-matcher finds in the best of the complete keys: its score, whether the match enters the name at the
    /// head of a syllable, and the marks.
    fn fuzzy(&self, text: &str, skim: &SkimMatcherV2) -> Option<(i64, bool, Vec<u32>)> {
        let complete = self.keys.iter().filter(|key| key.full && key.whole && key.spelling != Spelling::Initials);
        let found = complete.filter_map(|key| {
            let (score, indices) = skim.fuzzy_indices(&key.text, text)?;
            let first = *indices.first()?;
            let enters = first == 0 || key.map.get(first - 1) != key.map.get(first);
            Some((score, enters, marks(indices.iter().filter_map(|&i| key.map.get(i)))))
        });
        found.max_by_key(|(score, enters, _)| (*enters, *score))
    }

    fn forgive(&self, query: &[u8]) -> Option<(i64, Vec<u32>)> {
        let pinyin = self.keys.iter().filter(|key| key.spelling == Spelling::Pinyin);
        let reached = pinyin.filter_map(|key| Some((typo::reach(query, key.text.as_bytes())?, key.whole, key)));
        let (reach, whole, key) = reached.max_by_key(|(reach, whole, _)| (*reach, *whole))?;
        let (score, len) = match reach {
            TypoMatch::Whole => (2, key.map.len()),
            TypoMatch::Beginning(len) => (0, len),
        };
        Some((score + i64::from(whole), marks(key.map.iter().take(len))))
    }
}

/// How `text` matches one key without a gap.
fn by_key(key: &Key, text: &str) -> Option<(Class, i64, Vec<u32>)> {
    let rest = key.text.strip_prefix(text)?;
    let len = text.chars().count();
    let class = match (rest.is_empty(), key.spelling, key.whole) {
        (true, Spelling::Initials, true) => Class::Initials,
        (true, Spelling::Initials, false) => Class::DistrictInitials,
        (true, _, true) => Class::Name,
        (true, _, false) => Class::District,
        (false, _, true) => Class::Beginning,
        (false, _, false) => Class::DistrictBeginning,
    };
    // A beginning that ends with a syllable: `he` means 鹤壁 rather than 衡水.
    let ends_syllable = len > 0 && key.map.get(len - 1) != key.map.get(len) && key.spelling != Spelling::Initials;
    Some((class, i64::from(ends_syllable), marks(key.map.iter().take(len))))
}

fn marks<'a>(indices: impl Iterator<Item = &'a u32>) -> Vec<u32> {
    let mut marks: Vec<u32> = indices.copied().collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}
