//! Tables of readings, counts, names in texts, and properties over any text.

use proptest::prelude::*;

use crate::corpus::metadata::places::*;

fn joined(name: &str, province: &str) -> String {
    readings(name, province).concat()
}

#[test]
fn every_row_is_well_formed() {
    let mut last = (0, false);
    for place in all() {
        let name = place.name();
        assert!(place.code() >= 110_000 && place.code() <= 829_999, "{name}");
        assert!((place.code(), place.is_former()) >= last, "{name}: not sorted");
        last = (place.code(), place.is_former());
        let syllables: Vec<&str> = place.syllables().collect();
        assert_eq!(syllables.len(), name.chars().count(), "{name}");
        let good = |s: &str| !s.is_empty() && s.len() <= 6 && s.bytes().all(|b| b.is_ascii_lowercase());
        assert!(syllables.iter().all(|s| good(s)), "{name}");
        for other in place.other_readings() {
            let other: Vec<&str> = other.collect();
            assert_eq!(other.len(), name.chars().count(), "{name}");
            assert!(other.iter().all(|s| good(s)) && other != syllables, "{name}");
        }
        assert!(name.starts_with(place.stem()) && place.stem().chars().count() != 1, "{name}");
        assert!(name.chars().all(|c| c.len_utf8() == 3), "{name}");
        let above = place.parent().map(Place::level);
        assert!(match place.level() {
            PlaceLevel::Province => above.is_none(),
            PlaceLevel::Prefecture => above == Some(PlaceLevel::Province),
            PlaceLevel::County => matches!(above, Some(PlaceLevel::Province | PlaceLevel::Prefecture)),
        });
        let top = place.parent().map_or(place, |p| p.parent().unwrap_or(p));
        assert_eq!(top.code() / 10_000, place.code() / 10_000, "{name}");
    }
}

#[test]
fn counts_are_those_of_the_country() {
    let of = |level: PlaceLevel| all().iter().filter(|p| !p.is_former() && p.level() == level).count();
    assert_eq!(of(PlaceLevel::Province), 34);
    assert_eq!(of(PlaceLevel::Prefecture), 333 + 20);
    assert!((2840..=2890).contains(&of(PlaceLevel::County)), "{}", of(PlaceLevel::County));
    for placeholder in ["市辖区", "省直辖县级行政区划", "县"] {
        assert!(all().iter().all(|p| p.name() != placeholder));
    }
    for (name, parent) in [
        ("仙桃市", "湖北省"),
        ("济源市", "河南省"),
        ("石河子市", "新疆维吾尔自治区"),
        ("海淀区", "北京市"),
        ("云阳县", "重庆市"),
    ] {
        assert_eq!(find(name).and_then(Place::parent).map(Place::name), Some(parent), "{name}");
    }
}

#[test]
fn polyphones_are_read_as_the_places_are_called() {
    let table = "长春市 changchunshi 长沙市 changshashi 重庆市 chongqingshi 厦门市 xiamenshi 六安市 luanshi 蚌埠市 bengbushi 成都市 chengdushi \
        佛山市 foshanshi 长治市 changzhishi 喀什地区 kashidiqu 甘南藏族自治州 gannanzangzuzizhizhou 西藏自治区 xizangzizhiqu 乐山市 leshanshi \
        朝阳市 chaoyangshi 漯河市 luoheshi 昌都市 changdushi 台州市 taizhoushi 亳州市 bozhoushi 丽水市 lishuishi 巴彦淖尔市 bayannaoershi \
        百色市 baiseshi 郴州市 chenzhoushi 儋州市 danzhoushi 东莞市 dongguanshi 泸州市 luzhoushi 衢州市 quzhoushi 滁州市 chuzhoushi \
        宿州市 suzhoushi 阿勒泰地区 aletaidiqu 锡林郭勒盟 xilinguolemeng 吐鲁番市 tulufanshi 菏泽市 hezeshi 濮阳市 puyangshi \
        乐清市 yueqingshi 番禺区 panyuqu 尉犁县 yulixian 铅山县 yanshanxian 珲春市 hunchunshi 单县 shanxian 浚县 xunxian 筠连县 junlianxian \
        六合区 luhequ 长清区 changqingqu 曾都区 zengduqu 朝阳区 chaoyangqu 朝阳县 chaoyangxian 乐亭县 laotingxian 东阿县 dongexian \
        大城县 daichengxian 洪洞县 hongtongxian 井陉县 jingxingxian 蔚县 yuxian 繁峙县 fanshixian 隰县 xixian 犍为县 qianweixian 郫都区 piduqu \
        邛崃市 qionglaishi 荥阳市 xingyangshi 荥经县 yingjingxian 泌阳县 biyangxian 柘城县 zhechengxian 睢县 suixian 中牟县 zhongmuxian \
        武陟县 wuzhixian 盱眙县 xuyixian 邗江区 hanjiangqu 邳州市 pizhoushi 歙县 shexian 黟县 yixian 枞阳县 zongyangxian 砀山县 dangshanxian \
        涡阳县 guoyangxian 弋阳县 yiyangxian 余干县 yuganxian 鄱阳县 poyangxian 莘县 shenxian 茌平区 chipingqu 临朐县 linquxian 莒县 juxian \
        郯城县 tanchengxian 兖州区 yanzhouqu 鄄城县 juanchengxian 曲阜市 qufushi 耒阳市 leiyangshi 汨罗市 miluoshi 会理市 huilishi \
        会同县 huitongxian 大埔县 dabuxian 邕宁区 yongningqu 那坡县 napoxian 秭归县 ziguixian 监利市 jianlishi 黄陂区 huangpiqu \
        蕲春县 qichunxian 郧阳区 yunyangqu 勐海县 menghaixian 洱源县 eryuanxian 嵩明县 songmingxian 宕昌县 tanchangxian 碌曲县 luquxian \
        扎赉特旗 zhalaiteqi 扎兰屯市 zhalantunshi 磴口县 dengkouxian 洮南市 taonanshi 讷河市 neheshi 会宁县 huiningxian 若羌县 ruoqiangxian \
        且末县 qiemoxian 叶城县 yechengxian 莎车县 shachexian 伽师县 jiashixian 乌什县 wushixian 额敏县 eminxian 隆德县 longdexian \
        吴堡县 wubuxian 鄠邑区 huyiqu 周至县 zhouzhixian 柞水县 zhashuixian 勉县 mianxian 佳县 jiaxian 子长市 zichangshi 长武县 changwuxian \
        长安区 changanqu 长乐区 changlequ 长汀县 changtingxian 长泰区 changtaiqu 长宁区 changningqu 长兴县 changxingxian 长子县 zhangzixian \
        长垣市 changyuanshi 长葛市 changgeshi 长海县 changhaixian 长岭县 changlingxian 长顺县 changshunxian 长丰县 changfengxian \
        渑池县 mianchixian 滑县 huaxian 尉氏县 weishixian 召陵区 shaolingqu 柏乡县 baixiangxian 冠县 guanxian 费县 feixian 盖州市 gaizhoushi \
        岫岩满族自治县 xiuyanmanzuzizhixian 阜新市 fuxinshi 调兵山市 diaobingshanshi 闵行区 minhangqu 马尾区 maweiqu 佛冈县 fogangxian \
        什邡市 shifangshi 浪卡子县 langkazixian 南乐县 nanlexian 民乐县 minlexian 穆棱市 mulingshi 吕梁市 lvliangshi 绿园区 lvyuanqu \
        略阳县 lveyangxian 乐陵市 laolingshi 芝罘区 zhifuqu 都匀市 duyunshi 望都县 wangduxian 句容市 jurongshi 个旧市 gejiushi";
    let mut words = table.split_whitespace();
    while let (Some(name), Some(pinyin)) = (words.next(), words.next()) {
        assert_eq!(joined(name, ""), pinyin, "{name}");
        assert!(find(name).is_some_and(|p| !p.is_former()), "{name}");
    }
}

#[test]
fn composed_and_unknown_names_have_one_syllable_per_character() {
    assert_eq!(joined("长春市朝阳区", "吉林省"), "changchunshichaoyangqu");
    assert_eq!(joined("大兴安岭地区", "黑龙江省"), "daxinganlingdiqu");
    assert_eq!(joined("长乌市", ""), "changwushi");
    assert_eq!(joined("延边州", ""), "yanbianzhou");
    assert_eq!(readings("A市", ""), ["A", "shi"]);
    assert!(readings("", "").is_empty());
    assert_eq!(extra_readings("六安市", "安徽省"), [["liu", "an", "shi"]]);
    assert_eq!(
        extra_readings("南京市六合区", "江苏省").first().map(|r| r.concat()).as_deref(),
        Some("nanjingshiliuhequ")
    );
    assert!(extra_readings("长春市", "吉林省").is_empty());
}

#[test]
fn full_names_and_provinces() {
    for (name, full, province) in [
        ("长春市朝阳区", "长春市朝阳区", "吉林省"),
        ("义乌市", "义乌市", "浙江省"),
        ("海淀区", "北京市海淀区", "北京市"),
        ("神农架林区", "神农架林区", "湖北省"),
        ("万载县", "万载县", "江西省"),
        ("海拉尔区", "呼伦贝尔市海拉尔区", "内蒙古自治区"),
        ("延边州", "延边朝鲜族自治州", "吉林省"),
        ("襄樊市", "襄樊市", "湖北省"),
        ("莱城区", "莱芜市莱城区", "山东省"),
        ("北京市", "北京市", "北京市"),
        ("六枝特区", "六盘水市六枝特区", "贵州省"),
        ("海南州", "海南藏族自治州", "青海省"),
        ("海南省", "海南省", "海南省"),
    ] {
        assert_eq!(find(name).map(Place::full_name).as_deref(), Some(full), "{name}");
        assert_eq!(province_of(name), Some(province), "{name}");
    }
    assert!(find("乌有市").is_none() && find("长春市人大").is_none() && find("").is_none());
}

#[test]
fn places_of_titles() {
    for (text, place, province) in [
        ("白城市人民代表大会常务委员会工作报告", "白城市", "吉林省"),
        ("德阳市委员会常务委员会工作报告", "德阳市", "四川省"),
        ("政协襄阳市第十五届委员会常务委员会工作报告", "襄阳市", "湖北省"),
        ("营口市政协第十四届委员会常务委员会工作报告", "营口市", "辽宁省"),
        ("苏州市政协十五届常委会工作报告", "苏州市", "江苏省"),
        ("中国人民政治协商会议营口市第十四届委员会", "营口市", "辽宁省"),
        ("长春市朝阳区第十九届人民代表大会", "长春市朝阳区", "吉林省"),
        ("省人大常委会大兴安岭地区工作委员会", "大兴安岭地区", "黑龙江省"),
        ("黑龙江省人大城建环保委", "黑龙江省", "黑龙江省"),
        ("吉林省人民政府", "吉林省", "吉林省"),
        ("2025年吉林省政府工作报告", "吉林省", "吉林省"),
        ("海拉尔区2014", "呼伦贝尔市海拉尔区", "内蒙古自治区"),
        ("万载县", "万载县", "江西省"),
        ("宁夏回族自治区人大常委会", "宁夏回族自治区", "宁夏回族自治区"),
        ("宁夏人大常委会工作报告", "宁夏回族自治区", "宁夏回族自治区"),
        ("2023年新疆政府工作报告", "新疆维吾尔自治区", "新疆维吾尔自治区"),
        ("广西:在新起点上", "广西壮族自治区", "广西壮族自治区"),
        ("内蒙古政协", "内蒙古自治区", "内蒙古自治区"),
        ("长春人大", "长春市", "吉林省"),
        ("北京朝阳区人大", "北京市朝阳区", "北京市"),
        ("吉林长春市人大", "长春市", "吉林省"),
        ("吉林长春:一年来", "长春市", "吉林省"),
        ("吉林省长春市朝阳区人民政府", "长春市朝阳区", "吉林省"),
        ("延边州人大常委会", "延边朝鲜族自治州", "吉林省"),
        ("长阳县人大常委会", "长阳土家族自治县", "湖北省"),
        ("阳泉市城区人民代表大会", "阳泉市城区", "山西省"),
        ("大同市城区人大常委会", "大同市城区", "山西省"),
        ("大兴安岭地区行政公署", "大兴安岭地区", "黑龙江省"),
        ("通化县人大", "通化县", "吉林省"),
        ("通化市人大", "通化市", "吉林省"),
        ("二〇二三年松原市政府工作报告", "松原市", "吉林省"),
        ("中共义乌市委", "义乌市", "浙江省"),
        ("关于白山市2023年计划的报告", "白山市", "吉林省"),
        ("和县人民政府工作报告", "和县", "安徽省"),
        ("奋力书写 松原人大新篇章", "松原市", "吉林省"),
        ("江西安福县人大", "安福县", "江西省"),
        ("莱芜市人大", "莱芜市", "山东省"),
        ("香港特别行政区政府", "香港特别行政区", "香港特别行政区"),
        ("仙桃市人民代表大会", "仙桃市", "湖北省"),
        ("黑龙江省人大常委会大兴安岭地区工作委员会", "大兴安岭地区", "黑龙江省"),
        ("内蒙古自治区人大常委会工作报告", "内蒙古自治区", "内蒙古自治区"),
        ("博州政府工作报告", "博尔塔拉蒙古自治州", "新疆维吾尔自治区"),
        ("海南州人大常委会", "海南藏族自治州", "青海省"),
        ("海南人大", "海南省", "海南省"),
        ("吉林市船营区人大", "吉林市船营区", "吉林省"),
        ("东方市政府", "东方市", "海南省"),
        ("合作市人民代表大会", "合作市", "甘肃省"),
    ] {
        let got = recognise(text, &[]);
        let got = got.as_ref().map(|r| (r.place.as_str(), r.province.as_str(), r.known()));
        assert_eq!(got, Some((place, province, true)), "{text}");
    }
}

#[test]
fn places_by_suffix() {
    for (text, place, province) in [
        ("乌有市人民代表大会常务委员会工作报告", "乌有市", ""),
        ("乌有市人民代表大会关于学习北京市经验的决议", "乌有市", ""),
        ("2031年云中县政府工作报告", "云中县", ""),
        ("政协乌有市第三届委员会常务委员会工作报告", "乌有市", ""),
        ("乌有市委员会常务委员会工作报告", "乌有市", ""),
        ("吉林省乌有市人民政府", "乌有市", "吉林省"),
        ("长春市乌有区人大常委会", "长春市乌有区", "吉林省"),
        ("乌有市云中区人民代表大会", "乌有市云中区", ""),
        ("乌有市朝阳区人大常委会", "乌有市朝阳区", ""),
        ("乌有市", "乌有市", ""),
        ("云州市人大", "云州市", ""),
        ("我受乌有市第三届人民代表大会常务委员会委托", "乌有市", ""),
        ("2031年1月24日在乌有市第三届人民代表大会第二次会议上", "乌有市", ""),
        ("——写在乌有市云中区第三届人民代表大会召开之际", "乌有市云中区", ""),
        ("乌有市2031年国民经济和社会发展统计公报", "乌有市", ""),
        ("乌有县2031年", "乌有县", ""),
        ("我代表政协第四届乌有市委员会常务委员会", "乌有市", ""),
        ("7.蜃楼市人民代表大会常务委员会工作报告", "蜃楼市", ""),
        ("镜城市云林区人民法院", "镜城市云林区", ""),
        ("乌有自治州人大常委会", "乌有自治州", ""),
        ("乌有盟行政公署", "乌有盟", ""),
    ] {
        let got = recognise(text, &[]);
        let got = got.as_ref().map(|r| (r.place.as_str(), r.province.as_str(), r.known()));
        assert_eq!(got, Some((place, province, false)), "{text}");
    }
}

#[test]
fn what_names_no_place() {
    for text in [
        "",
        "全市人大工作",
        "我市政府工作报告",
        "各县人大",
        "建设现代化城市",
        "打造先行示范区",
        "加强县政府建设",
        "市人大常委会工作报告",
        "县委书记在会上",
        "上海南路",
        "长治久安",
        "文山会海",
        "来宾致辞",
        "共建和平家园",
        "创新县域经济",
        "沿海城市群",
        "国际合作市场",
        "江南山区振兴",
        "省、市和县三级联动",
        "全市和县区",
        "中心城区改造",
        "河北区域协作",
        "直辖市人大",
        "高新区人大工委",
        "自治区人大常委会工作报告",
        "地区人大工委",
        "沿海城市人大",
        "国有林区法院",
        "全国人民代表大会常务委员会工作报告",
        "最高人民法院工作报告",
        "国务院政府工作报告",
        "人民政协报",
        "受市人大常委会委托,我向大会报告工作",
        "受市第十六届人民代表大会常务委员会委托",
        "我受市人大常委会委托",
        "支持“一府两院”和县(市、区)人大工作",
        "过去一年的主要工作",
        "自觉接受市人大及其常委会监督",
        "向省人大常委会报告",
    ] {
        if text == "上海南路" || text == "河北区域协作" {
            // The city or province itself may be meant; only 海南 and 河北区 must not.
            let got = recognise(text, &[]);
            assert!(got.is_none_or(|r| r.place == "上海市" || r.place == "河北省"), "{text}");
            continue;
        }
        let got = recognise(text, &[]);
        assert!(got.is_none(), "{text}: {got:?}");
        assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
    }
}

#[test]
fn a_shared_name_is_settled_by_what_stands_near() {
    let place = |text: &str, near: &[&str]| recognise(text, near).map(|r| (r.place, r.ambiguous));
    assert_eq!(place("朝阳区人大", &[]), Some(("北京市朝阳区".into(), true)));
    assert_eq!(place("朝阳区人大", &["长春市"]), Some(("长春市朝阳区".into(), false)));
    assert_eq!(place("朝阳区人大", &["吉林省人大常委会"]), Some(("长春市朝阳区".into(), false)));
    assert_eq!(place("鼓楼区政府", &["福州"]), Some(("福州市鼓楼区".into(), false)));
    assert_eq!(place("铁西区第一届人大", &["四平市"]), Some(("四平市铁西区".into(), false)));
    assert_eq!(place("云中区人民法院", &["乌有市云中区第三届人民代表大会"]), Some(("乌有市云中区".into(), false)));
    assert_eq!(place("朝阳市人大", &[]), Some(("朝阳市".into(), false)));
    assert_eq!(place("朝阳县人大", &[]), Some(("朝阳县".into(), false)));
}

#[test]
fn names_in_running_text() {
    let text = "会议听取辽源市汇报。吉林省长春市朝阳区和东辽县的代表参加,北京市朝阳区、合作市场、创新县域除外,朝阳区再次发言,延边州列席。";
    let found: Vec<(String, &str)> =
        mentions(text).iter().map(|m| (m.place.full_name(), text.get(m.span.range()).unwrap())).collect();
    let want = [
        ("辽源市", "辽源市"),
        ("长春市朝阳区", "吉林省长春市朝阳区"),
        ("东辽县", "东辽县"),
        ("北京市朝阳区", "北京市朝阳区"),
        ("延边朝鲜族自治州", "延边州"),
    ];
    let named: Vec<(&str, &str)> =
        found.iter().map(|(a, b)| (a.as_str(), *b)).filter(|(_, b)| *b != "朝阳区").collect();
    assert_eq!(named, want);
    let near = mentions_near("朝阳区发言。", &["长春市"]);
    assert_eq!(near.first().map(|m| (m.place.full_name(), m.ambiguous)), Some(("长春市朝阳区".into(), false)));
    let text = "四平市的工作很好,铁西区尤其如此。";
    assert_eq!(mentions(text).last().map(|m| (m.place.full_name(), m.ambiguous)), Some(("四平市铁西区".into(), false)));
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "长春",
        "市",
        "朝阳",
        "区",
        "县",
        "人大",
        "政协",
        "吉林省",
        "乌有",
        "第十届",
        "委员会",
        "2023年",
        "和",
        "海城市",
        "a",
        "\u{fffd}",
        "é",
        "𠀀",
        "自治州",
        "延边",
        "中国人民政治协商会议",
        "二〇二三年",
        " ",
        ":",
        "全",
        "北京",
        "大兴安岭",
        "地区",
        "东区",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())]
}

proptest! {
    #[test]
    fn nothing_panics_and_spans_are_whole(text in texts(), near in texts()) {
        if let Some(found) = recognise(&text, &[&near]) {
            prop_assert!(text.get(found.span.range()).is_some_and(|s| !s.is_empty()));
            prop_assert!(!found.place.is_empty());
        }
        let mut end = 0;
        for mention in mentions(&text) {
            let range = mention.span.range();
            prop_assert!(range.start >= end && text.get(range.clone()).is_some_and(|s| !s.is_empty()));
            end = range.end;
        }
        prop_assert_eq!(readings(&text, &near).len(), text.chars().count());
        for other in extra_readings(&text, &near) {
            prop_assert_eq!(other.len(), text.chars().count());
        }
        let _ = (find(&text), province_of(&text));
    }
}
