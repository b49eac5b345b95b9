//! What a line looks like on its own: salutation, formula, byline, advert, headline.
//!
//! In: one trimmed line. Out: yes or no. Does not know about the lines around it: `split`, `page` and `outline` weigh those.

use crate::text::han::is_han;

/// Number of characters, counted no further than `limit`.
pub fn chars_up_to(text: &str, limit: usize) -> usize {
    // Four bytes a character at most: a line longer than that needs no counting.
    if text.len() > limit * 4 { limit } else { text.chars().take(limit).count() }
}

/// Whether `text` has at most `limit` characters.
pub fn is_short(text: &str, limit: usize) -> bool {
    chars_up_to(text, limit + 1) <= limit
}

/// Whether the line ends a sentence: final punctuation, closing quotes and brackets behind it allowed.
pub fn ends_sentence(text: &str) -> bool {
    let text = without_note_mark(text);
    let bare = text.trim_end_matches(['”', '’', '"', '）', ')', '》', '」', '』']);
    bare.ends_with(['。', '！', '？', '；', '…', '!', '?', ';', ':', '：'])
        || (bare.len() < text.len() && !bare.is_empty())
}

/// `text` without the mark of a footnote at its end: `[1]`, 〔2〕, ③, ⁴, *.
pub fn without_note_mark(text: &str) -> &str {
    let bare = text.trim_end_matches(
        |c: char| matches!(c, '①'..='⑳' | '❶'..='❿' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '*' | '＊' | '※'),
    );
    for (open, close) in [('[', ']'), ('〔', '〕'), ('［', '］'), ('【', '】')] {
        let Some((head, note)) = bare.strip_suffix(close).and_then(|inner| inner.rsplit_once(open)) else { continue };
        if !note.is_empty() && note.len() <= 3 && note.bytes().all(|b| b.is_ascii_digit()) {
            return head.trim_end();
        }
    }
    // ㎡² and the like: a mark alone is no sentence's end.
    if bare.is_empty() { text } else { bare }
}

/// Whether a sentence ends inside the line (not only at its end).
pub fn holds_sentence(text: &str) -> bool {
    text.contains(['。', '！', '？', '；', '!', '?', ';'])
}

/// 各位代表: 各位委员、同志们! and so on: people addressed, and nothing else.
pub fn is_salutation(text: &str) -> bool {
    if !is_short(text, 30) {
        return false;
    }
    let bare: String = text.chars().filter(|c| is_han(*c)).collect();
    if bare.is_empty() || text.contains('。') {
        return false;
    }
    let mut rest = bare.as_str();
    let mut addressed = false;
    while !rest.is_empty() {
        let Some(word) = ADDRESSED.iter().find(|w| rest.starts_with(**w)) else { return false };
        addressed |= !matches!(*word, "各位" | "尊敬的" | "和");
        rest = &rest[word.len()..];
    }
    addressed && text.ends_with(['：', ':', '！', '!', '，', ',', '、'])
}

/// Longest first where one begins with another.
const ADDRESSED: [&str; 22] = [
    "各位",
    "尊敬的",
    "人民陪审员",
    "代表",
    "委员",
    "同志们",
    "同志",
    "朋友们",
    "朋友",
    "主任委员",
    "主任",
    "副主任",
    "主席",
    "副主席",
    "主席团",
    "审判长",
    "来宾",
    "列席人员",
    "先生们",
    "女士们",
    "女士",
    "和",
];

/// 受…委托,…报告工作 / 我代表…,向大会报告: the sentence that opens a report before its first words.
pub fn is_formula(text: &str) -> bool {
    if !is_short(text, 170) {
        return false;
    }
    let rest =
        after_salutation(text).trim_start_matches(['现', '在', '下', '面', '今', '天', ',', '，', ' ', '\u{3000}']);
    let opens =
        ["受", "我受", "我代表", "我谨代表", "我向", "由我", "我就", "请允许我", "根据会议安排", "按照会议安排"]
            .iter()
            .any(|w| rest.starts_with(w));
    opens && text.contains("报告") && ["审议", "审查", "委托", "代表", "大会"].iter().any(|w| text.contains(w))
}

/// What follows a salutation on its line: 各位代表：现在，我代表…
pub fn after_salutation(text: &str) -> &str {
    let end = text.char_indices().take(30).find(|(_, c)| matches!(c, ':' | '：' | '！' | '!'));
    end.and_then(|(at, c)| Some((text.get(..at + c.len_utf8())?, text.get(at + c.len_utf8()..)?)))
        .filter(|(head, rest)| !rest.is_empty() && is_salutation(head))
        .map_or(text, |(_, rest)| rest)
}

/// Date, meeting or speaker under a title: 2023年1月8日在…会议上; (…); 市长 某某.
pub fn is_dateline(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '（', '）', '—', '―', '-', ' ', '\u{3000}']);
    if bare.is_empty() || !is_short(bare, 70) || text.contains('。') {
        return false;
    }
    let dated = crate::text::numeral::years(bare).next().is_some_and(|(at, _)| at < 9);
    (dated && (bare.contains("会议") || bare.ends_with('日') || bare.contains("月")))
        || (bare.contains("次会议上") || bare.ends_with("会议通过"))
}

/// 本报记者 某某, □ 某某, 作者:某某.
pub fn is_byline(text: &str) -> bool {
    if !is_short(text, 45) || text.contains(['。', '，', ',', '；', '！']) {
        return false;
    }
    let first_half = || ["记者", "通讯员", "特约撰稿", "全媒体"].iter().any(|w| text.contains(w));
    let opens =
        ["□", "■", "◎", "作者:", "作者：", "文/", "文／", "撰文", "本报评论员"].iter().any(|w| text.starts_with(w));
    opens || first_half()
}

/// 本报讯, 新华社北京3月5日电, (记者 某某): how a piece of news begins.
pub fn is_news_lead(text: &str) -> bool {
    let head: String = text.chars().take(30).filter(|c| !c.is_whitespace()).collect();
    ["本报讯", "本网讯", "新华社", "中新网", "中新社"].iter().any(|w| head.starts_with(w))
        || head.contains("日电")
        || ((head.contains("（记者") || head.contains("(记者")) && head.contains('讯'))
}

/// Who supplied, edited or photographed: (某室供稿), 责任编辑:某某, 来源:某某.
pub fn is_attribution(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '（', '）', '【', '】', '[', ']', ' ', '\u{3000}']);
    if !is_short(bare, 45) || bare.contains(['。', '；', '！']) {
        return false;
    }
    ["供稿", "供图", "摄影报道", "整理", "责编", "摄"].iter().any(|w| bare.ends_with(w))
        || [
            "责任编辑",
            "责编",
            "编辑:",
            "编辑：",
            "来源:",
            "来源：",
            "稿件来源",
            "信息来源",
            "文字整理",
            "审核:",
            "审核：",
        ]
        .iter()
        .any(|w| bare.starts_with(w))
        || is_page_meta(bare)
        || (bare.ends_with("提供") && (bare.contains("图片") || bare.contains("照片") || bare.contains("资料")))
}

/// What a web page prints around a text: 发布时间：… 浏览次数：… 字号：大 中 小.
pub fn is_page_meta(text: &str) -> bool {
    let names = [
        "发布时间",
        "发布日期",
        "发文日期",
        "成文日期",
        "生成日期",
        "发布机构",
        "信息来源",
        "文章来源",
        "稿件来源",
        "来源",
        "浏览次数",
        "浏览量",
        "点击数",
        "点击次数",
        "访问量",
        "阅读次数",
        "字号",
        "字体",
        "作者",
        "责任编辑",
        "索引号",
        "索 引 号",
        "关联稿件",
        "公开方式",
        "公开时限",
        "公开范围",
        "责任部门",
        "打印本页",
        "关闭窗口",
        "当前位置",
        "您当前所在位置",
        "您的位置",
    ];
    let bare = text.trim_start_matches(['【', '[', '(', '（', '〖', ' ']);
    is_short(text, 90)
        && names
            .iter()
            .any(|name| bare.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with([':', '：'])))
}

/// A credit for the whole page: 本版图片由…提供, …整理.
pub fn is_page_credit(text: &str) -> bool {
    is_short(text, 45)
        && !text.contains('。')
        && (text.starts_with("本版") || (is_byline(text) && (text.ends_with("整理") || text.contains("责编"))))
}

/// Words of a picture by their wording: 图为…, …合影 and so on.
pub fn is_worded_caption(text: &str) -> bool {
    is_short(text, 90)
        && (text.starts_with("图为")
            || text.starts_with("图:")
            || text.starts_with("图：")
            || text.starts_with("▲")
            || text.starts_with("△")
            || text.ends_with("(资料图)")
            || text.ends_with("（资料图）"))
}

/// A site's or shop's advert: an address or a way to pay, and words that sell.
pub fn is_advert(text: &str) -> bool {
    if !is_short(text, 220) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let addresses = [
        "http://",
        "https://",
        "www.",
        ".com",
        ".cn/",
        "公众号",
        "微信",
        "qq群",
        "qq:",
        "qq：",
        "扫码",
        "二维码",
        "淘宝",
        "加群",
    ];
    let sells = [
        "购买", "店", "认准", "整理", "下载", "关注", "更多", "优质", "范文", "资料", "添加", "免费", "赠", "会员",
        "投稿", "版权", "转载", "扫码", "加入",
    ];
    let reach = addresses.iter().filter(|w| lower.contains(*w)).count();
    let pitch = sells.iter().filter(|w| lower.contains(*w)).count();
    reach >= 1 && (pitch >= 1 || lower.starts_with("http") || lower.starts_with("www."))
}

/// An organ named alone on a line (乌有市人大常委会, 省人大常委会某地区工作委员会): whose article it is.
pub fn is_organ(text: &str) -> bool {
    is_short(text, 32)
        && !text.contains(['。', '，', ',', '、', '：', ':', '！', '？', '“', '《', '—'])
        && [
            "人大常委会",
            "人民代表大会常务委员会",
            "人大工委",
            "人大工作委员会",
            "工作委员会",
            "人民代表大会",
            "政协",
            "政协委员会",
            "人民政府",
            "人民法院",
            "人民检察院",
            "人大",
            "人大机关",
        ]
        .iter()
        .any(|w| text.ends_with(w))
        && text.chars().count() >= 4
}

/// Whether the line could be a headline: short, no sentence in it, its end open.
pub fn is_headline(text: &str) -> bool {
    is_short(text, 44)
        && chars_up_to(text, 5) >= 4
        && !holds_sentence(text)
        && !ends_sentence_strictly(text)
        && !text.ends_with(['，', ',', '、', '：', ':'])
        && !text.starts_with(['—', '―', '(', '（'])
        && text.chars().any(is_han)
        && is_balanced(text)
}

/// Whether every quote that opens closes: a line broken in the middle of a quotation is no headline.
fn is_balanced(text: &str) -> bool {
    [('“', '”'), ('‘', '’'), ('《', '》'), ('(', ')'), ('（', '）')]
        .iter()
        .all(|(open, close)| text.matches(*open).count() == text.matches(*close).count())
}

/// Like [`ends_sentence`] but a closing quote alone does not count: headlines end in one.
pub fn ends_sentence_strictly(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '"', '）', ')', '》'])
        .ends_with(['。', '！', '？', '；', '…', '!', '?', ';', ':', '：'])
}

/// ——某某工作综述: the second half of a headline.
pub fn is_subtitle(text: &str) -> bool {
    text.starts_with(['—', '―', '–'])
        && is_short(text, 60)
        && !text.contains(['。', '；', '！'])
        && text.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn table(check: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for line in yes {
            assert!(check(line), "should hold: {line}");
        }
        for line in no {
            assert!(!check(line), "should not hold: {line}");
        }
    }

    #[test]
    fn salutations() {
        table(
            is_salutation,
            &[
                "各位代表:",
                "各位代表：",
                "各位委员、同志们！",
                "各位代表,同志们:",
                "各位委员，各位同志：",
                "各位代表,",
                "同志们：",
            ],
            &["各位代表,守灯的人老了。", "各位代表", "代表工作:", "各位:", "灯塔："],
        );
    }

    #[test]
    fn formulas() {
        table(
            is_formula,
            &[
                "受市人大常委会委托,我向大会报告工作,请予审议。",
                "现在，我代表政协乌有市第三届委员会常务委员会，向大会报告工作，请予审议。",
                "我受南柯市第五届人民代表大会常务委员会委托，向大会作工作报告。",
                "现在，我代表市人民政府，向大会报告工作，请予审议，并请列席人员提出意见。",
            ],
            &["受台风影响，灯塔停了三天。", "我代表全家感谢大家。", "市政府向大会报告了盐田的收成。"],
        );
    }

    #[test]
    fn datelines() {
        table(
            is_dateline,
            &[
                "——2023年1月8日在乌有市第八届人民代表大会第二次会议上",
                "(2023年1月10日)",
                "２０１０年３月５日",
                "二〇二三年一月五日",
                "在政协南柯市第三届委员会第二次会议上",
            ],
            &["2022年工作回顾", "2022年,潮水退了三回。", "市长"],
        );
    }

    #[test]
    fn bylines_and_credits() {
        table(
            is_byline,
            &["本报记者 无名氏", "子虚 本报记者 乌有", "□ 亡是公", "本报全媒体记者 甲 乙"],
            &["记者来到灯塔下，问守灯人。", "灯塔守望"],
        );
        table(
            is_attribution,
            &["(市人大常委会办公室供稿)", "（乌有市供图）", "责任编辑：子虚", "来源：子墟日报", "本版图片由守灯人提供"],
            &["(三)提供灯油", "灯油由盐场提供。"],
        );
        table(is_page_credit, &["本版图片由市人大 提供", "甲 乙 子墟日报记者 丙整理"], &["本报记者 无名氏"]);
    }

    #[test]
    fn adverts() {
        table(
            is_advert,
            &[
                "某某文库网(www.example.com)整理,更多范文请关注",
                "购买请认准唯一店铺,微信:000000",
                "https://example.com/a?b=1",
            ],
            &[
                "网上办事大厅www.example.gov上线，群众办事更方便了，这是一年来灯塔工作的一大亮点。守灯人说好。",
                "关注民生",
                "微信群里很热闹",
            ],
        );
    }

    #[test]
    fn headlines_and_organs() {
        table(
            is_headline,
            &["守灯塔护航程 晒新盐惠民生", "做足“功课”,明确“方向”", "写在开会之前"],
            &["灯亮了。", "各位代表：", "——守灯记", "下面，", "灯"],
        );
        table(
            is_organ,
            &["乌有市人大常委会", "省人大常委会南柯地区工作委员会", "黄粱市政协"],
            &["人大", "乌有市人大常委会认真守灯。", "走进人大，走近政协"],
        );
        table(is_subtitle, &["——乌有市人大常委会2022年工作综述"], &["——必须守住灯塔。灯塔是航船的眼睛。", "守灯记"]);
    }
}
