//! What a text calls itself: its own place and that place's organs. In: reports. Out: words that say only whose text it is.
//! Does not know about: counts, which words are found.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::corpus::{Body, Corpus, ReportId};

/// What ends a place's name, the longest first.
const ENDINGS: [&str; 12] = ["自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "州", "盟", "县", "区", "旗"];

/// Organs, as they stand behind a place's name or its level.
const ORGANS: [&str; 16] = [
    "人大",
    "人大常委会",
    "人民代表大会",
    "人民代表大会常务委员会",
    "政协",
    "政协委员会",
    "政协常委会",
    "政府",
    "人民政府",
    "委",
    "法院",
    "中级人民法院",
    "人民法院",
    "检察院",
    "人民检察院",
    "纪委监委",
];

/// What a body calls itself without its place. In a report of a people's congress 人大常委会 says no more than whose it is.
fn organs_of(body: Body) -> &'static [&'static str] {
    match body {
        Body::Congress => &["人大", "人大常委会", "人民代表大会", "人民代表大会常务委员会", "常委会"],
        Body::Consultative => &["政协", "政协委员会", "政协常委会", "常委会"],
        Body::Government => &["政府", "人民政府"],
        Body::Court => &["法院", "中级人民法院", "人民法院"],
        Body::Procuratorate => &["检察院", "人民检察院"],
        Body::Other => &[],
    }
}

/// The names of the places that `reports` are about: 长春市朝阳区 gives 长春市, 长春, 朝阳区 and 朝阳, each with its organs (长春市
/// 人大), and for each level 区人大, 全区, 我区, 本区; and what their bodies call themselves alone (人大常委会).
pub fn own_names(corpus: &Corpus, reports: impl Iterator<Item = ReportId>) -> FxHashSet<Box<str>> {
    let mut names = FxHashSet::default();
    let (mut places, mut bodies) = (BTreeSet::new(), BTreeSet::new());
    for id in reports {
        places.extend(corpus.place_of(id));
        bodies.extend(corpus.report(id).map(|(_, report)| report.body));
    }
    names.extend(bodies.into_iter().flat_map(organs_of).map(|&organ| Box::from(organ)));
    for place in places {
        let place = corpus.place(place);
        names.insert(place.name.as_str().into());
        for name in [&place.name, &place.province] {
            parts_of_name(name).into_iter().for_each(|part| add(part, &mut names));
        }
    }
    names.remove("");
    names
}

/// 长春市朝阳区: 长春市, 朝阳区.
fn parts_of_name(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        let end = at + c.len_utf8();
        let (own, rest) = (&name[start..end], &name[end..]);
        // 津市市, 南市区: an ending alone is no name.
        let ends = ENDINGS.iter().any(|ending| own.ends_with(ending)) && own.chars().count() > 1;
        if ends && (rest.is_empty() || rest.chars().count() > 1 && !ENDINGS.contains(&rest)) {
            parts.push(own);
            start = end;
        }
    }
    if start < name.len() {
        parts.push(&name[start..]);
    }
    parts
}

fn add(name: &str, names: &mut FxHashSet<Box<str>>) {
    let ending = ENDINGS.iter().find(|ending| name.ends_with(*ending)).copied().unwrap_or_default();
    let short = name.strip_suffix(ending).filter(|short| short.chars().count() > 1);
    for whole in [Some(name), short].into_iter().flatten() {
        names.insert(whole.into());
        names.extend(ORGANS.iter().map(|organ| format!("{whole}{organ}").into_boxed_str()));
    }
    if let Some(level) = ending.chars().last() {
        names.extend(ORGANS.iter().map(|organ| format!("{level}{organ}").into_boxed_str()));
        names.extend(["全", "我", "本", "在"].iter().map(|before| format!("{before}{level}").into_boxed_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, document};

    #[test]
    fn names_are_taken_apart() {
        let cases: [(&str, &[&str]); 6] = [
            ("长春市朝阳区", &["长春市", "朝阳区"]),
            ("南市区", &["南市区"]),
            ("津市市", &["津市市"]),
            ("云州省", &["云州省"]),
            ("延边朝鲜族自治州", &["延边朝鲜族自治州"]),
            ("", &[]),
        ];
        for (name, want) in cases {
            assert_eq!(parts_of_name(name), want, "{name}");
        }
    }

    #[test]
    fn a_place_and_its_organs_are_its_own_and_no_other() {
        let corpus = corpus(vec![document("云和市", "甲"), document("雾山县", "乙")]);
        let names = own_names(&corpus, corpus.reports().take(1).map(|(id, ..)| id));
        for own in ["云和市", "云和", "云和市人大常委会", "市人大", "全市", "云州省", "云州"] {
            assert!(names.contains(own), "{own}");
        }
        for other in ["雾山县", "雾山", "县人大", "全县", "政协", "", "市"] {
            assert!(!names.contains(other), "{other}");
        }
    }

    #[test]
    fn a_body_s_own_name_is_its_own_and_no_other_s() {
        let congress = corpus(vec![document("云和市", "旅游")]);
        let mut of_government = document("云和市", "旅游");
        of_government.reports[0].body = Body::Government;
        let government = corpus(vec![of_government]);
        for (corpus, own, other) in [(&congress, "人大常委会", "政府"), (&government, "政府", "人大常委会")]
        {
            let names = own_names(corpus, corpus.reports().map(|(id, ..)| id));
            assert!(names.contains(own) && !names.contains(other), "{own}");
            assert!(names.contains("市政府") && names.contains("云和市人大"));
        }
    }
}
