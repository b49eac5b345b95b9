//! What a place's name can be matched by. In: a name and its readings. Out: [`Key`]s, each with a map back to the
//! characters of the name. Does not know about: queries.

/// How a key spells the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// 汉字.
    Han,
    /// Full pinyin.
    Pinyin,
    /// First letters of the syllables.
    Initials,
}

/// One way to spell a place's name, or a part of it.
#[derive(Debug, Clone)]
pub struct Key {
    /// What is compared.
    pub text: String,
    /// For every character of `text` the index of the name's character it stands for.
    pub map: Vec<u32>,
    /// How it is spelt.
    pub spelling: Spelling,
    /// Whether it begins at the beginning of the name (else at the district: 朝阳区 of 长春市朝阳区).
    pub whole: bool,
    /// Whether it leaves out no character from where it begins.
    pub full: bool,
}

/// A name taken apart, with every reading of its characters.
#[derive(Debug, Clone)]
pub struct Spellings {
    /// The readings of each character, the likeliest first; a character without any stands for itself.
    pub readings: Vec<Vec<String>>,
    /// The characters.
    pub chars: Vec<char>,
    /// Which characters belong to a suffix (市, 区, 自治州 …).
    pub suffix: Vec<bool>,
    /// Where the district begins in a name that carries its city; 0 otherwise.
    pub district: usize,
}

impl Spellings {
    /// Takes `name` apart. `pinyin` holds one syllable per character, `extra` further readings of some.
    pub fn new(name: &str, pinyin: &[String], extra: &[(usize, String)]) -> Self {
        let chars: Vec<char> = name.chars().collect();
        let readings = chars.iter().enumerate().map(|(i, &c)| readings_of(c, i, pinyin, extra)).collect();
        let district = district_start(&chars);
        let mut suffix = vec![false; chars.len()];
        for (start, end) in [(0, district), (district, chars.len())] {
            let stem = stem_len(&chars[start..end]);
            suffix[start + stem..end].fill(true);
        }
        Self { readings, chars, suffix, district }
    }

    /// Every key of the name: 汉字, full pinyin and initials of the whole name and of its district, each with all
    /// suffixes, without those inside, and without any; and once more for every further reading.
    pub fn keys(&self) -> Vec<Key> {
        let count = self.chars.len();
        let tail = |i: usize| i >= self.district;
        let mut keys = Vec::new();
        for whole in [true, false] {
            if !whole && self.district == 0 {
                continue;
            }
            let start = if whole { 0 } else { self.district };
            let shapes: [&dyn Fn(usize) -> bool; 3] =
                [&|_| true, &|i| tail(i) || !self.suffix[i], &|i| !self.suffix[i]];
            let mut seen: Vec<Vec<usize>> = Vec::new();
            for keeps in shapes {
                let kept: Vec<usize> = (start..count).filter(|&i| keeps(i)).collect();
                if kept.is_empty() || seen.contains(&kept) {
                    continue;
                }
                self.spell(&kept, whole, &mut keys);
                seen.push(kept);
            }
        }
        keys
    }

    fn spell(&self, kept: &[usize], whole: bool, keys: &mut Vec<Key>) {
        let full = kept.last().is_some_and(|last| last + 1 - kept[0] == kept.len() && last + 1 == self.chars.len());
        let mut push = |spelling, syllable: &dyn Fn(usize) -> String| {
            let (mut text, mut map) = (String::new(), Vec::new());
            for &i in kept {
                let part = syllable(i);
                map.extend(part.chars().map(|_| u32::try_from(i).unwrap_or(u32::MAX)));
                text.push_str(&part);
            }
            if !keys.iter().any(|k| k.text == text && k.whole == whole) {
                keys.push(Key { text, map, spelling, whole, full });
            }
        };
        push(Spelling::Han, &|i| self.chars[i].to_lowercase().to_string());
        let variants = kept.iter().map(|&i| self.readings[i].len()).max().unwrap_or(1).min(MAX_READINGS);
        // Reading number n of every character that has one; and each character's further readings alone.
        let mut choices: Vec<Box<dyn Fn(usize) -> usize>> = Vec::new();
        for n in 0..variants {
            choices.push(Box::new(move |_| n));
            if n > 0 {
                for &alone in kept.iter().filter(|&&i| self.readings[i].len() > n) {
                    choices.push(Box::new(move |i| if i == alone { n } else { 0 }));
                }
            }
        }
        for choice in &choices {
            let syllable = |i: usize| {
                let readings = &self.readings[i];
                readings.get(choice(i)).or(readings.first()).cloned().unwrap_or_default()
            };
            push(Spelling::Pinyin, &syllable);
            push(Spelling::Initials, &|i| syllable(i).chars().take(1).collect());
        }
    }
}

const MAX_READINGS: usize = 4;

fn readings_of(c: char, index: usize, pinyin: &[String], extra: &[(usize, String)]) -> Vec<String> {
    let main = pinyin.get(index).filter(|s| !s.is_empty()).map_or_else(|| c.to_string(), |s| s.to_lowercase());
    let mut readings = vec![main];
    readings.extend(extra.iter().filter(|(i, _)| *i == index).map(|(_, reading)| reading.to_lowercase()));
    // ü is typed v or u.
    let plain: Vec<String> = readings.iter().filter(|r| r.contains('v')).map(|r| r.replace('v', "u")).collect();
    readings.extend(plain);
    let mut seen = Vec::new();
    readings.retain(|r| {
        !seen.contains(r) && {
            seen.push(r.clone());
            true
        }
    });
    readings
}

/// Where the district begins in 长春市朝阳区; 0 if the name is of one place only.
fn district_start(chars: &[char]) -> usize {
    const CITY: [&str; 4] = ["自治州", "地区", "市", "盟"];
    for at in 2..chars.len() {
        let ends_here = |suffix: &&&str| {
            let len = suffix.chars().count();
            at + len <= chars.len() && suffix.chars().eq(chars[at..at + len].iter().copied())
        };
        if let Some(suffix) = CITY.iter().find(ends_here) {
            let rest = at + suffix.chars().count();
            // 津市市 is no city with a district, nor is 大兴安岭地区.
            return if chars.len() - rest >= 2 && stem_len(&chars[rest..]) < chars.len() - rest { rest } else { 0 };
        }
    }
    0
}

const SUFFIXES: [&str; 14] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "新区",
    "市",
    "区",
    "县",
    "旗",
    "盟",
];

/// Names of peoples in the names of autonomous places, with or without 族.
const PEOPLES: [&str; 46] = [
    "维吾尔",
    "哈萨克",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "达斡尔",
    "鄂温克",
    "鄂伦春",
    "蒙古",
    "朝鲜",
    "满",
    "回",
    "藏",
    "壮",
    "苗",
    "彝",
    "土家",
    "布依",
    "侗",
    "瑶",
    "白",
    "哈尼",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "土",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "阿昌",
    "普米",
    "怒",
    "独龙",
    "裕固",
    "保安",
    "各",
];

/// How many characters of one place's name stand before its suffix; all of them if fewer than two would be left.
pub fn stem_len(chars: &[char]) -> usize {
    let ends_with = |len: usize, suffix: &str| {
        let count = suffix.chars().count();
        (len >= count + 2 && suffix.chars().eq(chars[len - count..len].iter().copied())).then(|| len - count)
    };
    let whole = chars.len();
    let Some((suffix, mut len)) = SUFFIXES.iter().chain(&["省"]).find_map(|s| ends_with(whole, s).map(|len| (*s, len)))
    else {
        return whole;
    };
    if suffix.starts_with("自治") {
        let people = |len: usize| {
            let named = PEOPLES.iter().find_map(|p| ends_with(len, &format!("{p}族")));
            let bare = PEOPLES[..9].iter().find_map(|p| ends_with(len, p));
            named.or(bare)
        };
        while let Some(shorter) = people(len) {
            len = shorter;
        }
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let cases = [
            ("长春市", 0, "长春"),
            ("长春市朝阳区", 3, "长春朝阳"),
            ("津市市", 0, "津市"),
            ("荆州市沙市区", 3, "荆州沙市"),
            ("乐山市市中区", 3, "乐山市中"),
            ("赵县", 0, "赵县"),
            ("大兴安岭地区", 0, "大兴安岭"),
            ("延边朝鲜族自治州", 0, "延边"),
            ("延边朝鲜族自治州延吉市", 8, "延边延吉"),
            ("恩施土家族苗族自治州", 0, "恩施"),
            ("巴音郭楞蒙古自治州", 0, "巴音郭楞"),
            ("新疆维吾尔自治区", 0, "新疆"),
            ("内蒙古自治区", 0, "内蒙古"),
            ("兴安盟", 0, "兴安"),
            ("吉林省", 0, "吉林"),
            ("", 0, ""),
            ("区", 0, "区"),
        ];
        for (name, district, stem) in cases {
            let spellings = Spellings::new(name, &[], &[]);
            let kept: String =
                spellings.chars.iter().zip(&spellings.suffix).filter(|(_, s)| !**s).map(|(c, _)| *c).collect();
            assert_eq!((spellings.district, kept.as_str()), (district, stem), "{name}");
        }
    }

    #[test]
    fn keys_map_back_to_the_name() {
        let pinyin: Vec<String> = "lv liang shi".split(' ').map(str::to_owned).collect();
        let keys = Spellings::new("吕梁市", &pinyin, &[(1, "niang".into())]).keys();
        let texts: Vec<&str> = keys.iter().map(|k| k.text.as_str()).collect();
        for want in ["吕梁", "吕梁市", "lvliang", "luliang", "lvniang", "lls", "ll", "ln"] {
            assert!(texts.contains(&want), "{want}: {texts:?}");
        }
        assert!(keys.iter().all(|k| k.text.chars().count() == k.map.len() && k.map.is_sorted()));
    }
}
