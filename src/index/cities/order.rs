//! The order of the city list when nothing is typed. In: a corpus. Out: its places in another order.
//! Does not know about: queries.

use crate::corpus::{Corpus, PlaceEntry, PlaceId};

/// How the city list is ordered. Equal places stand by pinyin, then name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PlaceOrder {
    /// By first appearance in the corpus.
    #[default]
    Corpus,
    /// By pinyin, syllable by syllable.
    Pinyin,
    /// By province in the official order (北京, 天津, 河北 …), then by pinyin.
    Province,
    /// By length, longest first: the 汉字 of all its reports together.
    Length,
}

impl PlaceOrder {}

/// The provinces in the official order of GB/T 2260, by their first two characters.
const PROVINCES: [&str; 34] = [
    "北京", "天津", "河北", "山西", "内蒙", "辽宁", "吉林", "黑龙", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆", "台湾", "香港", "澳门",
];

/// The places of `corpus` in `order`; a place without a name stands last.
pub fn order(corpus: &Corpus, order: PlaceOrder) -> Vec<PlaceId> {
    sort(corpus, |id, place| match order {
        PlaceOrder::Corpus => (u64::from(id.0), String::new()),
        PlaceOrder::Pinyin => (0, String::new()),
        PlaceOrder::Province => province_rank(&place.province),
        PlaceOrder::Length => (u64::MAX - han(corpus, place), String::new()),
    })
}

fn sort<K: Ord>(corpus: &Corpus, key: impl Fn(PlaceId, &PlaceEntry) -> K) -> Vec<PlaceId> {
    let ids = (0..corpus.places().len()).map(|i| PlaceId(u32::try_from(i).unwrap_or(u32::MAX)));
    let mut places: Vec<_> = ids
        .map(|id| {
            let place = corpus.place(id);
            ((place.name.is_empty(), key(id, place), &place.pinyin, &place.name), id)
        })
        .collect();
    places.sort();
    places.into_iter().map(|(_, id)| id).collect()
}

fn province_rank(province: &str) -> (u64, String) {
    let known = PROVINCES.iter().position(|p| province.starts_with(p)).map(|i| i as u64);
    // Provinces that are not in the list stand after it, those without a name last.
    (known.unwrap_or(if province.is_empty() { u64::MAX } else { 99 }), province.to_owned())
}

fn han(corpus: &Corpus, place: &PlaceEntry) -> u64 {
    place.reports.iter().filter_map(|&id| corpus.report(id)).map(|(_, report)| u64::from(report.han)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, reports};

    #[test]
    fn each_order_has_its_own_key_and_the_unknown_place_is_last() {
        let mut document = reports(&[("雾山县", "一"), ("", "一二三四"), ("云和市", "一二"), ("长溪市", "一二三")]);
        for (report, province) in document.reports.iter_mut().zip(["四川省", "", "云州省", "河北省"]) {
            report.province = province.into();
        }
        let corpus = corpus(vec![document]);
        let cases: [(PlaceOrder, [&str; 4]); 3] = [
            (PlaceOrder::Corpus, ["雾山县", "云和市", "长溪市", ""]),
            (PlaceOrder::Province, ["长溪市", "雾山县", "云和市", ""]),
            (PlaceOrder::Length, ["长溪市", "云和市", "雾山县", ""]),
        ];
        for (by, want) in cases {
            let names: Vec<&str> = order(&corpus, by).into_iter().map(|id| corpus.place(id).name.as_str()).collect();
            assert_eq!(names, want, "{by:?}");
        }
    }
}
