//! The ranking on real city names, their pinyin typed here.

use proptest::prelude::*;

use super::*;

/// Name, syllables, province (with its syllables), reports.
const CITIES: &str = "\
北京市 bei'jing'shi 北京市 bei'jing'shi
天津市 tian'jin'shi 天津市 tian'jin'shi
重庆市 chong'qing'shi 重庆市 chong'qing'shi
上海市 shang'hai'shi 上海市 shang'hai'shi
石家庄市 shi'jia'zhuang'shi 河北省 he'bei'sheng
承德市 cheng'de'shi 河北省 he'bei'sheng
沧州市 cang'zhou'shi 河北省 he'bei'sheng
太原市 tai'yuan'shi 山西省 shan'xi'sheng
长治市 chang'zhi'shi 山西省 shan'xi'sheng
吕梁市 lv'liang'shi 山西省 shan'xi'sheng
呼和浩特市 hu'he'hao'te'shi 内蒙古自治区 nei'meng'gu'zi'zhi'qu
赤峰市 chi'feng'shi 内蒙古自治区 nei'meng'gu'zi'zhi'qu
兴安盟 xing'an'meng 内蒙古自治区 nei'meng'gu'zi'zhi'qu
沈阳市 shen'yang'shi 辽宁省 liao'ning'sheng
大连市 da'lian'shi 辽宁省 liao'ning'sheng
朝阳市 chao'yang'shi 辽宁省 liao'ning'sheng
长春市 chang'chun'shi 吉林省 ji'lin'sheng
长春市朝阳区 chang'chun'shi'chao'yang'qu 吉林省 ji'lin'sheng
吉林市 ji'lin'shi 吉林省 ji'lin'sheng
松原市 song'yuan'shi 吉林省 ji'lin'sheng
延边朝鲜族自治州 yan'bian'chao'xian'zu'zi'zhi'zhou 吉林省 ji'lin'sheng
哈尔滨市 ha'er'bin'shi 黑龙江省 hei'long'jiang'sheng
鹤岗市 he'gang'shi 黑龙江省 hei'long'jiang'sheng
黑河市 hei'he'shi 黑龙江省 hei'long'jiang'sheng
大兴安岭地区 da'xing'an'ling'di'qu 黑龙江省 hei'long'jiang'sheng
南京市 nan'jing'shi 江苏省 jiang'su'sheng
常州市 chang'zhou'shi 江苏省 jiang'su'sheng
杭州市 hang'zhou'shi 浙江省 zhe'jiang'sheng
台州市 tai'zhou'shi 浙江省 zhe'jiang'sheng
丽水市 li'shui'shi 浙江省 zhe'jiang'sheng
合肥市 he'fei'shi 安徽省 an'hui'sheng
蚌埠市 beng'bu'shi 安徽省 an'hui'sheng
六安市 lu'an'shi 安徽省 an'hui'sheng
亳州市 bo'zhou'shi 安徽省 an'hui'sheng
池州市 chi'zhou'shi 安徽省 an'hui'sheng
滁州市 chu'zhou'shi 安徽省 an'hui'sheng
厦门市 xia'men'shi 福建省 fu'jian'sheng
福州市 fu'zhou'shi 福建省 fu'jian'sheng
济南市 ji'nan'shi 山东省 shan'dong'sheng
青岛市 qing'dao'shi 山东省 shan'dong'sheng
郑州市 zheng'zhou'shi 河南省 he'nan'sheng
鹤壁市 he'bi'shi 河南省 he'nan'sheng
漯河市 luo'he'shi 河南省 he'nan'sheng
十堰市 shi'yan'shi 湖北省 hu'bei'sheng
武汉市 wu'han'shi 湖北省 hu'bei'sheng
长沙市 chang'sha'shi 湖南省 hu'nan'sheng
常德市 chang'de'shi 湖南省 hu'nan'sheng
邵阳市 shao'yang'shi 湖南省 hu'nan'sheng
衡阳市 heng'yang'shi 湖南省 hu'nan'sheng
郴州市 chen'zhou'shi 湖南省 hu'nan'sheng
辰溪县 chen'xi'xian 湖南省 hu'nan'sheng
广州市 guang'zhou'shi 广东省 guang'dong'sheng
深圳市 shen'zhen'shi 广东省 guang'dong'sheng
崇左市 chong'zuo'shi 广西壮族自治区 guang'xi'zhuang'zu'zi'zhi'qu
三亚市 san'ya'shi 海南省 hai'nan'sheng
成都市 cheng'du'shi 四川省 si'chuan'sheng
六盘水市 liu'pan'shui'shi 贵州省 gui'zhou'sheng
昌都市 chang'du'shi 西藏自治区 xi'zang'zi'zhi'qu
西安市 xi'an'shi 陕西省 shan'xi'sheng
西宁市 xi'ning'shi 青海省 qing'hai'sheng
喀什地区 ka'shi'di'qu 新疆维吾尔自治区 xin'jiang'wei'wu'er'zi'zhi'qu";

fn syllables(joined: &str) -> Vec<String> {
    joined.split('\'').map(str::to_owned).collect()
}

fn no_extra(_: &str, _: &str) -> Vec<Vec<String>> {
    Vec::new()
}

fn index() -> CityIndex {
    let rows: Vec<Vec<&str>> = CITIES.lines().map(|line| line.split(' ').collect()).collect();
    let places: Vec<PlaceEntry> = rows
        .iter()
        .map(|row| PlaceEntry {
            name: row[0].into(),
            names: Vec::new(),
            prefecture: String::new(),
            province: row[2].into(),
            pinyin: syllables(row[1]),
            reports: Vec::new(),
        })
        .collect();
    CityIndex::from_places(
        &places,
        |province| rows.iter().find(|row| row[2] == province).map(|row| syllables(row[3])).unwrap_or_default(),
        no_extra,
    )
}

fn names<'i>(index: &'i CityIndex, query: &str) -> Vec<&'i str> {
    index.rank(query).iter().map(|m| index.entries[m.place.0 as usize].name.as_str()).collect()
}

#[test]
fn the_place_meant_comes_first() {
    let index = index();
    let cases = [
        ("cc", "长春市"),
        ("cq", "重庆市"),
        ("changchun", "长春市"),
        ("changchunshi", "长春市"),
        ("ChangChun", "长春市"),
        ("chang chun", "长春市"),
        ("ｃｃ", "长春市"),
        ("ccs", "长春市"),
        ("长春", "长春市"),
        ("长春市", "长春市"),
        ("chang春", "长春市"),
        ("长c", "长春市"),
        ("长chun", "长春市"),
        ("changc", "长春市"),
        ("cchun", "长春市"),
        ("chc", "长春市"),
        ("长春朝", "长春市朝阳区"),
        ("ccchaoyang", "长春市朝阳区"),
        ("cyq", "长春市朝阳区"),
        ("chaoyangqu", "长春市朝阳区"),
        ("朝阳区", "长春市朝阳区"),
        ("长春朝阳", "长春市朝阳区"),
        ("cccy", "长春市朝阳区"),
        ("cccyq", "长春市朝阳区"),
        ("chaoyang", "朝阳市"),
        ("hrb", "哈尔滨市"),
        ("heb", "哈尔滨市"),
        ("hebi", "鹤壁市"),
        ("sy", "沈阳市"),
        ("xm", "厦门市"),
        ("xiamen", "厦门市"),
        ("luan", "六安市"),
        ("xian", "西安市"),
        ("xi'an", "西安市"),
        ("lvliang", "吕梁市"),
        ("luliang", "吕梁市"),
        ("lüliang", "吕梁市"),
        ("dxal", "大兴安岭地区"),
        ("yb", "延边朝鲜族自治州"),
        ("jl", "吉林市"),
        ("吉林", "吉林市"),
        ("bengbu", "蚌埠市"),
        ("tz", "台州市"),
        ("nmg", "呼和浩特市"),
        ("chagnchun", "长春市"),
        ("cahngchun", "长春市"),
        ("chengchun", "长春市"),
        ("changchn", "长春市"),
        ("changcun", "长春市"),
        ("xhangchun", "长春市"),
        ("chagnchunshi", "长春市"),
        ("chagnc", "长春市"),
        ("chongqign", "重庆市"),
        ("haerbni", "哈尔滨市"),
    ];
    for (query, want) in cases {
        assert_eq!(names(&index, query).first(), Some(&want), "{query}: {:?}", names(&index, query));
    }
}

#[test]
fn what_follows_is_sensible_too() {
    let index = index();
    let begins = |query: &str, want: &[&str]| {
        let got = names(&index, query);
        assert!(got.starts_with(want), "{query}: {got:?}");
    };
    begins("heb", &["哈尔滨市", "鹤壁市"]);
    begins("chaoyang", &["朝阳市", "长春市朝阳区"]);
    begins("sy", &["沈阳市", "三亚市", "邵阳市", "十堰市", "松原市"]);
    begins("jl", &["吉林市", "长春市", "长春市朝阳区", "松原市", "延边朝鲜族自治州"]);
    begins("吉林", &["吉林市", "长春市"]);
    begins("chang", &["长春市", "长沙市", "长春市朝阳区", "常德市", "昌都市", "长治市", "常州市"]);
    begins("he", &["合肥市", "鹤壁市", "鹤岗市"]);
    assert!(!names(&index, "cc").contains(&"长治市"));
    assert!(names(&index, "hebei").contains(&"石家庄市"));
    for query in ["", "  ", "'", "qqqq", "春长", "chzx", "\u{1f600}", "xyzxyz", &"c".repeat(500)] {
        assert_eq!(names(&index, query), Vec::<&str>::new(), "{query}");
    }
}

#[test]
fn marks_are_the_characters_matched() {
    let index = index();
    let cases: [(&str, &str, &[u32]); 9] = [
        ("cc", "长春市", &[0, 1]),
        ("chang", "长春市", &[0]),
        ("changchunshi", "长春市", &[0, 1, 2]),
        ("春", "长春市", &[1]),
        ("chang春", "长春市", &[0, 1]),
        ("chaoyang", "长春市朝阳区", &[3, 4]),
        ("ccchaoyang", "长春市朝阳区", &[0, 1, 3, 4]),
        ("chagnchun", "长春市", &[0, 1]),
        ("hrb", "哈尔滨市", &[0, 1, 2]),
    ];
    for (query, name, want) in cases {
        let found = index.rank(query).into_iter().find(|m| index.entries[m.place.0 as usize].name == name);
        assert_eq!(found.map(|m| m.marks).as_deref(), Some(want), "{query}");
    }
    assert!(index.rank("jl").iter().skip(1).all(|m| m.marks.is_empty()));
}

#[test]
fn a_second_reading_is_understood() {
    let place = PlaceEntry {
        name: "六安市".into(),
        names: Vec::new(),
        prefecture: String::new(),
        province: String::new(),
        pinyin: syllables("lu'an'shi"),
        reports: Vec::new(),
    };
    let index = CityIndex::from_places(&[place], |_| Vec::new(), |_, _| vec![syllables("liu'an'shi")]);
    for query in ["luan", "liuan", "liuanshi", "la", "六an"] {
        assert_eq!(names(&index, query), ["六安市"], "{query}");
    }
}

#[test]
fn the_gazetteer_gives_real_places_their_readings() {
    use crate::index::fixture::{corpus, reports};
    let drafts = ["长治市", "长春市", "重庆市", "长春市朝阳区", "蚌埠市"].map(|name| (name, ""));
    let corpus = corpus(vec![reports(&drafts)]);
    let index = CityIndex::new(&corpus);
    let cases =
        [("cc", "长春市"), ("cq", "重庆市"), ("bengbu", "蚌埠市"), ("cyq", "长春市朝阳区"), ("chagnchun", "长春市")];
    for (query, want) in cases {
        assert_eq!(names(&index, query).first(), Some(&want), "{query}");
    }
}

#[test]
fn more_reports_win_a_tie() {
    use crate::corpus::{DocumentId, ReportId};
    let report = |index| ReportId { document: DocumentId(0), index };
    let place = |name: &str, pinyin: &str, reports: u32| PlaceEntry {
        name: name.into(),
        names: Vec::new(),
        prefecture: String::new(),
        province: String::new(),
        pinyin: syllables(pinyin),
        reports: (0..reports).map(report).collect(),
    };
    let places = [place("沈阳市", "shen'yang'shi", 1), place("松原市", "song'yuan'shi", 3)];
    assert_eq!(names(&CityIndex::from_places(&places, |_| Vec::new(), no_extra), "sy"), ["松原市", "沈阳市"]);
}

proptest! {
    #[test]
    fn ranking_never_panics_and_marks_lie_in_the_name(query in "[a-z长春市朝阳' ü😀]{0,12}") {
        let index = index();
        for found in index.rank(&query) {
            let entry = &index.entries[found.place.0 as usize];
            prop_assert!(found.marks.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(found.marks.iter().all(|&mark| (mark as usize) < entry.name.chars().count()));
        }
    }

    #[test]
    fn any_name_can_be_indexed(name in "\\PC{0,8}", pinyin in prop::collection::vec("[a-zü]{0,3}", 0..9), query in "\\PC{0,5}") {
        let place = PlaceEntry { name, names: Vec::new(), prefecture: String::new(), province: "市".into(), pinyin, reports: Vec::new() };
        CityIndex::from_places(&[place], |p| vec![p.to_owned()], |name, _| vec![vec![name.to_owned()]]).rank(&query);
    }
}
