//! How often the encoding of an excerpt is decided right.
//!
//! The excerpts are cut anywhere, in the middle of characters too, out of text made from common words; at 200 bytes of
//! Chinese the decision must be right in 99 of 100.

use std::fs;

use yilan::testing::corpus::Encoding;
use yilan::testing::corpus::load::load_all;

const WORDS: [&str; 40] = [
    "灯塔",
    "盐田",
    "渔船",
    "潮水",
    "守灯人",
    "一年来",
    "过去一年",
    "工作",
    "建设",
    "发展",
    "推进",
    "加强",
    "群众",
    "代表",
    "委员",
    "监督",
    "法律",
    "服务",
    "民生",
    "经济",
    "社会",
    "改革",
    "创新",
    "生态",
    "环境",
    "教育",
    "医疗",
    "就业",
    "文化",
    "安全",
    "乡村",
    "产业",
    "项目",
    "投资",
    "增长",
    "完成",
    "提升",
    "保障",
    "深入",
    "全面",
];
const TRADITIONAL: [&str; 40] = [
    "燈塔",
    "鹽田",
    "漁船",
    "潮水",
    "守燈人",
    "一年來",
    "過去一年",
    "工作",
    "建設",
    "發展",
    "推進",
    "加強",
    "群眾",
    "代表",
    "委員",
    "監督",
    "法律",
    "服務",
    "民生",
    "經濟",
    "社會",
    "改革",
    "創新",
    "生態",
    "環境",
    "教育",
    "醫療",
    "就業",
    "文化",
    "安全",
    "鄉村",
    "產業",
    "專案",
    "投資",
    "增長",
    "完成",
    "提升",
    "保障",
    "深入",
    "全面",
];
const MARKS: [&str; 10] = ["，", "，", "，", "。", "、", "；", "。\n", "2022年", "“", "”"];

/// A small generator of our own: the same excerpts in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn text(&mut self, words: &[&str], ends: &str) -> String {
        let mut text = String::new();
        for _ in 0..500 {
            for _ in 0..1 + self.roll(3) {
                text.push_str(words[self.roll(words.len())]);
            }
            text.push_str(MARKS[self.roll(MARKS.len())]);
        }
        text.replace('\n', ends)
    }
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// Excerpts of `bytes`; a mark at the head stays there.
fn excerpts(dice: &mut Dice, bytes: &[u8], mark: usize, step: usize, count: usize) -> Vec<Vec<u8>> {
    (0..count)
        .map(|_| {
            let length = 200 + dice.roll(300);
            // Behind a mark the text begins with a whole unit; without one an excerpt may begin anywhere.
            let step = if mark > 0 { step } else { 1 };
            let from = mark + dice.roll(bytes.len() - mark - length) / step * step;
            [&bytes[..mark], &bytes[from..from + length / step * step]].concat()
        })
        .collect()
}

#[test]
fn two_hundred_bytes_are_enough() {
    const COUNT: usize = 200;
    let mut dice = Dice(7);
    for ends in ["\n", "\r\n", "\r"] {
        let text = dice.text(&WORDS, ends);
        let traditional = dice.text(&TRADITIONAL, ends);
        let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
        let big5 = encoding_rs::BIG5.encode(&traditional).0.into_owned();
        let marked = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        let cases: [(&str, Vec<u8>, usize, usize, Encoding); 8] = [
            ("UTF-8", text.clone().into_bytes(), 0, 1, Encoding::Utf8),
            ("UTF-8 with mark", marked, 3, 1, Encoding::Utf8),
            ("UTF-16LE", utf16(&text, false, false), 0, 2, Encoding::Utf16Le),
            ("UTF-16BE", utf16(&text, true, false), 0, 2, Encoding::Utf16Be),
            ("UTF-16LE with mark", utf16(&text, false, true), 2, 2, Encoding::Utf16Le),
            ("UTF-16BE with mark", utf16(&text, true, true), 2, 2, Encoding::Utf16Be),
            ("GB18030", gb, 0, 1, Encoding::Gb18030),
            ("Big5", big5, 0, 1, Encoding::Big5),
        ];
        for (name, bytes, mark, step, want) in cases {
            let folder = tempfile::tempdir().expect("folder");
            for (n, excerpt) in excerpts(&mut dice, &bytes, mark, step, COUNT).into_iter().enumerate() {
                fs::write(folder.path().join(format!("{n:04}.txt")), excerpt).expect("file");
            }
            let corpus = load_all(&[folder.path().to_owned()]);
            let right = corpus.documents().iter().filter(|d| d.encoding == want).count();
            println!("{name} {ends:?}: {right} of {COUNT}");
            assert!(right * 100 >= COUNT * 99, "{name} {ends:?}: {right} of {COUNT}");
        }
    }
}
