//! Names given up, names from wide to narrow, and names that are a person's.

use crate::corpus::metadata::places::*;

#[test]
fn former_names_lead_to_todays() {
    for (name, full, until, today, whole) in [
        ("清苑县", "清苑县", Some(2015), "保定市清苑区", true),
        ("襄樊市", "襄樊市", Some(2010), "襄阳市", true),
        ("丰润县", "丰润县", Some(2002), "唐山市丰润区", true),
        ("霸县", "霸县", Some(1990), "霸州市", true),
        ("闸北区", "上海市闸北区", Some(2015), "上海市静安区", false),
        ("柳州地区", "柳州地区", Some(2002), "来宾市", false),
        ("长泰县", "长泰县", None, "漳州市长泰区", true),
    ] {
        let place = find(name).unwrap();
        assert!(place.is_former(), "{name}");
        let now = place.today().map(Place::full_name);
        assert_eq!((place.full_name().as_str(), place.until(), now.as_deref()), (full, until, Some(today)), "{name}");
        assert_eq!(place.renamed().is_some(), whole, "{name}");
    }
    assert_eq!(today("清苑县", "河北省"), Some(("保定市清苑区".into(), "河北省")));
    assert_eq!(today("上海市闸北区", "上海市"), None);
    assert_eq!(today("长春市", ""), None);
    let names: Vec<&str> = find("襄阳市").unwrap().former_names().iter().map(|p| p.name()).collect();
    assert_eq!(names, ["襄樊市"]);
    // Every name leads to a present one.
    for place in all() {
        assert_eq!(place.is_former(), place.today().is_some(), "{}", place.name());
        assert!(place.today().is_none_or(|now| !now.is_former()), "{}", place.name());
    }
}

#[test]
fn the_narrowest_name_wins() {
    for (text, place, province) in [
        ("（内蒙古）2022年正蓝旗人民政府工作报告（全文）", "正蓝旗", "内蒙古自治区"),
        ("吉林市永吉2024年政府工作报告", "永吉县", "吉林省"),
        ("吉林市永吉政府工作报告", "永吉县", "吉林省"),
        ("【河北】保定市2019年政府工作报告", "保定市", "河北省"),
        ("河北省 保定市 易县二〇二〇年政府工作报告", "易县", "河北省"),
        ("（吉林）乌有县政府工作报告", "乌有县", "吉林省"),
        ("2020年赵县人民政府工作报告", "赵县", "河北省"),
        ("二〇二〇年代县人民政府工作报告", "代县", "山西省"),
        ("——2020年1月10日在和县第十届人民代表大会第三次会议上", "和县", "安徽省"),
        ("——2020年1月10日在解放区第十届人民代表大会第三次会议上", "焦作市解放区", "河南省"),
        ("老城区2020年政府工作报告", "洛阳市老城区", "河南省"),
        ("保定市涿州2020年政府工作报告", "涿州市", "河北省"),
        ("邢台市平乡2020年政府工作报告", "平乡县", "河北省"),
        ("沈阳市于洪2020年政府工作报告", "沈阳市于洪区", "辽宁省"),
        ("长春市朝阳区2024年政府工作报告", "长春市朝阳区", "吉林省"),
        ("易县看潮镇人民政府工作报告", "易县看潮镇", "河北省"),
        ("长春市高新技术产业开发区管委会工作报告", "长春市高新技术产业开发区", "吉林省"),
        ("长春新区管委会工作报告", "长春新区", "吉林省"),
        ("新疆生产建设兵团第八师人民法院工作报告", "新疆生产建设兵团第八师", "新疆维吾尔自治区"),
        ("新疆生产建设兵团第八师石河子市人民法院工作报告", "石河子市", "新疆维吾尔自治区"),
        ("吉林省人大常委会工作报告", "吉林省", "吉林省"),
    ] {
        let got = recognise(text, &[]);
        let got = got.as_ref().map(|r| (r.place.as_str(), r.province.as_str()));
        assert_eq!(got, Some((place, province)), "{text}");
    }
}

#[test]
fn a_person_is_no_place() {
    for text in ["沈阳无名氏出席有名氏作州人大常委会工作报告", "沈阳 有名氏出席", "南平主持会议"]
    {
        assert!(recognise(text, &[]).is_none(), "{text}");
    }
    assert_eq!(recognise("沈阳市人大代表出席会议", &[]).map(|r| r.place).as_deref(), Some("沈阳市"));
}

/// What the reports of every place are called: by its name behind a year, and behind its city; by its short name behind its city.
#[test]
fn every_place_is_known_by_its_titles() {
    let mut wrong = Vec::new();
    let mut titles = 0;
    for place in all().iter().filter(|place| !place.is_former()) {
        let Some(parent) = place.parent() else { continue };
        let want = (place.full_name(), place.province_name());
        let mut texts = vec![
            format!("{}{}2020年政府工作报告", parent.name(), place.name()),
            format!("{} {}人民代表大会常务委员会工作报告", parent.name(), place.name()),
        ];
        if alike(place.name()).len() == 1 {
            texts.push(format!("2020年{}人民政府工作报告", place.name()));
            texts.push(format!("政协{}第十届委员会常务委员会工作报告", place.name()));
            texts.push(format!("关于{}2019年预算执行情况的报告", place.name()));
            texts.push(format!("——2020年1月10日在{}第十届人民代表大会第三次会议上", place.name()));
        }
        titles += texts.len();
        for text in texts {
            let got = recognise(&text, &[]);
            if got.as_ref().map(|found| (found.place.clone(), found.province.as_str())) != Some(want.clone()) {
                wrong.push(text);
            }
        }
    }
    assert!(titles > 18_000);
    assert!(wrong.is_empty(), "{} of {titles}: {:?}", wrong.len(), wrong.get(..20).unwrap_or(&wrong));
}
