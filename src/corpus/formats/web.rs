//! A web page's own words, without the site around them.
//!
//! In: a decoded page. Out: a [`Source`]. Does not know about: tags.
//!
//! Running text is dense where menus are not: a block that is long, punctuated and hardly linked is good (Kohlschütter,
//! Fankhauser and Nejdl 2010 use the same two measures). The main text is the innermost container that holds most of the
//! good blocks; links, buttons and the rows of names at its ends are left out. Good blocks elsewhere on the page, and lines behind the
//! text that end no sentence, are kept beside it: no report's, but shown and searched.

use crate::corpus::IssueKind;
use crate::corpus::formats::decode::Decoded;
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::html;
use crate::corpus::formats::html::{HtmlBlock, HtmlPage};
use crate::corpus::formats::source::Source;
use crate::corpus::structure::{furniture, line_predicates, numbering};

/// A good block has at least this many characters.
const GOOD_CHARS: usize = 24;
/// The main container holds this share of the good text (of 100).
const SHARE: usize = 80;

/// The names of frames are shown up to so many characters.
const FRAME_CHARS: usize = 200;

/// Reads a page.
///
/// # Errors
/// [`IssueKind::Frames`] where it only sets other pages side by side.
pub fn read(decoded: Decoded) -> Result<Source, IssueKind> {
    let Decoded { text, encoding, malformed } = decoded;
    let mut page = html::read(&text);
    if page.blocks.is_empty() && !page.frames.is_empty() {
        let names = page.frames.join(", ");
        return Err(IssueKind::Frames(names.chars().filter(|c| !c.is_control()).take(FRAME_CHARS).collect()));
    }
    // What a page hides counts where it shows nothing of its own.
    if !page.blocks.iter().any(is_good) {
        let hidden = html::read_hidden(&text);
        if hidden.blocks.iter().any(is_good) {
            page = hidden;
        }
    }
    let mut blocks = main_text(&page);
    let title = title_of(&page);
    let compact = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = compact(&title);
    let first = blocks.iter().position(|block| !block.beside).unwrap_or(0);
    let head: String = blocks.iter().filter(|block| !block.beside).take(10).map(|b| compact(&b.text)).collect();
    if !wanted.is_empty() && !head.contains(&wanted) {
        blocks.insert(first, HtmlBlock::of(DraftLine::of_text(title)));
    }
    let mut draft = Draft::default();
    blocks.iter().for_each(|block| draft.push(&block.line()));
    let empty = || Source::of_text(String::new(), encoding);
    Ok(Source { malformed, encoding, ..draft.finish().unwrap_or_else(|_| empty()) })
}

fn is_good(block: &HtmlBlock) -> bool {
    let chars = block.text.chars().count();
    chars >= GOOD_CHARS
        && block.linked * 3 < chars
        && !is_imprint(block)
        && block.text.contains(['，', '。', '；', '、', ',', '：'])
}

fn main_text(page: &HtmlPage) -> Vec<HtmlBlock> {
    let mut weights = vec![0usize; page.parents.len().max(1)];
    for block in page.blocks.iter().filter(|b| is_good(b)) {
        weights[block.container] += block.text.chars().count();
    }
    // Containers are numbered from the outside in: adding from the end up carries each to all that hold it.
    for id in (1..page.parents.len()).rev() {
        weights[page.parents[id]] += weights[id];
    }
    let whole = weights[0];
    let main = (0..weights.len()).rev().find(|&id| weights[id] * 100 >= whole * SHARE && whole > 0).unwrap_or(0);
    let inside = |mut id: usize| {
        while id > main {
            id = page.parents[id];
        }
        id == main
    };
    let last_good = page.blocks.iter().rposition(|b| inside(b.container) && is_good(b)).unwrap_or(page.blocks.len());
    // Word processors leave the notes of a text behind its container.
    let last = page.blocks.iter().rposition(|b| inside(b.container)).unwrap_or(page.blocks.len());
    let refers = |mark: &str| page.blocks.iter().any(|b| inside(b.container) && b.text.contains(mark));
    let is_note = |n: usize, block: &HtmlBlock| n > last && note_mark(&block.text).is_some_and(refers);
    let placed = |(n, block): (usize, &HtmlBlock)| {
        let beside = match inside(block.container) {
            true if is_dressing(block) => return None,
            true => n > last_good && trails_off(block),
            false if is_note(n, block) => false,
            false if is_good(block) => true,
            false => return None,
        };
        Some(HtmlBlock { beside, ..block.clone() })
    };
    page.blocks.iter().enumerate().filter_map(placed).collect()
}

/// The mark with which a note begins: `[1]`.
fn note_mark(text: &str) -> Option<&str> {
    let end = text.find(']')?;
    let number = text.get(1..end).filter(|_| text.starts_with('['))?;
    text.get(..=end).filter(|_| (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Behind the text, a line that ends no sentence: a signature, a motto, a label.
fn trails_off(block: &HtmlBlock) -> bool {
    !says_something(block)
        && !line_predicates::is_attribution(&block.text)
        && line_predicates::is_short(&block.text, 30)
}

/// A sentence, a numbered heading, a row of a table.
fn says_something(block: &HtmlBlock) -> bool {
    block.row || line_predicates::ends_sentence_strictly(&block.text) || numbering::mark(&block.text).is_some()
}

/// Links and buttons.
fn is_dressing(block: &HtmlBlock) -> bool {
    let chars = block.text.chars().count();
    let linked = block.linked * 2 > chars && block.level.is_none();
    let buttons = [
        "扫一扫",
        "返回顶部",
        "关闭本页",
        "打印本页",
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "相关链接",
        "相关阅读",
        "相关新闻",
        "相关文章",
        "关联稿件",
        "版权所有",
        "ICP备",
        "版面导航",
        "责任编辑",
        "责编：",
        "收藏本站",
        "设为首页",
        "我要纠错",
    ];
    // What a report may say as well is a button only where it is no sentence and no numbered heading.
    let words = ["联系我们", "网站地图", "访问量", "浏览次数", "分享到", "关闭窗口", "字体大小"];
    let turner = chars <= 80
        && (["上一页", "下一页", "上一版", "下一版"].iter().any(|w| block.text.contains(w))
            || furniture::page_number(&block.text).is_some_and(|(_, sure)| sure && block.text.contains('页')));
    let has = |words: &[&str]| words.iter().any(|w| block.text.contains(w));
    let button = chars <= 60 && (has(&buttons) || !says_something(block) && has(&words));
    linked || button || is_imprint(block) || turner
}

/// Who runs the site, by what every site must say of itself.
fn is_imprint(block: &HtmlBlock) -> bool {
    let signs = ["ICP备", "公网安备", "网站标识码"];
    block.text.chars().count() <= 200 && signs.iter().any(|sign| block.text.contains(sign))
}

/// The title: what the page says it is, else its first large heading, else its window's name without the site's.
fn title_of(page: &HtmlPage) -> String {
    let meta = page.article_title.trim();
    if !meta.is_empty() {
        return meta.to_owned();
    }
    if let Some(block) = page.blocks.iter().find(|b| b.level == Some(1) && b.linked == 0) {
        return block.text.clone();
    }
    let title: String = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = title.split(['|', '_', '｜', '–']).next().unwrap_or("");
    let first = first.split(" - ").next().unwrap_or("").split("--").next().unwrap_or("").trim();
    if first.chars().count() >= 4 { first.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::Encoding;

    fn lines(html: &str) -> Vec<String> {
        let source = read(Decoded { text: html.into(), encoding: Encoding::Utf8, malformed: false }).expect("a page");
        source.text.lines().map(str::to_owned).collect()
    }

    const TEXT: &str = "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网。";

    #[test]
    fn the_site_around_a_text_is_left_out() {
        let html = format!(
            "<title>乌有市政府工作报告 | 乌有市人民政府</title><body><div><a href=1>首页</a> <a href=2>政务公开</a></div>\
             <div id=c><div class=meta>来源：乌有日报</div><div class=t><p>各位代表：</p><h3>一、守灯</h3><p>{TEXT}</p><h3>二、收盐</h3><p>{TEXT}</p></div>\
             <div>【返回顶部】【关闭本页】</div></div><div>主办：乌有市人民政府，版权所有：乌有市人民政府办公室 地址：海边</div>"
        );
        let got = lines(&html);
        assert_eq!(got, ["乌有市政府工作报告", "来源：乌有日报", "各位代表：", "一、守灯", TEXT, "二、收盐", TEXT]);
    }

    #[test]
    fn what_every_page_of_a_site_says_is_left_out() {
        let html = format!(
            "<body><div><p>{TEXT}</p><div>第1页 共3页 <a>上一页</a> <a>1</a> <a>下一页</a></div><p>{TEXT}</p><p>责任编辑：无名氏</p></div>\
             <div>版面导航</div><div>主办：乌有市人民政府办公厅 网站标识码：0000000001 云ICP备00000001号 云公网安备00000000000001号，联系我们，网站地图</div>"
        );
        assert_eq!(lines(&html), [TEXT, TEXT]);
        let hidden = format!("<body><p>首页</p><div style='display:none'><p>{TEXT}</p><p>{TEXT}</p></div>");
        assert_eq!(lines(&hidden), [TEXT, TEXT]);
        // What every site says of itself is no text that a page shows.
        let imprint = "<div>主办：乌有市人民政府办公厅 网站标识码：0000000001 云ICP备00000001号，云公网安备00000000000001号</div>";
        assert_eq!(lines(&format!("{hidden}{imprint}")), [TEXT, TEXT]);
        let frames = Decoded {
            text: "<frameset><frame src=a.htm></frameset>".into(),
            encoding: Encoding::Utf8,
            malformed: false,
        };
        assert_eq!(read(frames), Err(IssueKind::Frames("a.htm".into())));
    }

    proptest! {
        #[test]
        fn good_text_is_never_dropped(
            shares in proptest::collection::vec((1usize..30, any::<bool>()), 1..8),
            deep in 0usize..3,
        ) {
            // Columns of paragraphs, each of its own words, some of them in containers of their own.
            let mut html = "<body>".to_owned();
            let mut said = Vec::new();
            for (column, (paragraphs, apart)) in shares.iter().enumerate() {
                let (open, close) = if *apart { ("<div>", "</div>") } else { ("<section>", "</section>") };
                html.push_str(&open.repeat(deep + 1));
                for n in 0..*paragraphs {
                    let words = format!("{TEXT}第{column}栏的第{n}段也要看得见。");
                    html.push_str(&format!("<p>{words}</p>"));
                    said.push(words);
                }
                html.push_str(&close.repeat(deep + 1));
            }
            let source = read(Decoded { text: html, encoding: Encoding::Utf8, malformed: false }).expect("a page");
            let shown: Vec<&str> = source.text.lines().collect();
            prop_assert_eq!(&shown, &said);
            let beside: u32 = source.beside.iter().map(|range| range.last - range.first + 1).sum();
            prop_assert!((beside as usize) < said.len());
        }
    }

    #[test]
    fn notes_behind_a_text_belong_to_it() {
        let text = format!("<body><div><p>{TEXT}<a href=#n1>[1]</a></p><p>{TEXT}</p></div>");
        let notes = "<div id=n1><p><a href=#r1>[1]</a> 灯，指东滩的灯。</p></div><div>[2] 别的话</div>";
        assert_eq!(lines(&(text + notes)), [&format!("{TEXT}[1]"), TEXT, "[1] 灯，指东滩的灯。"]);
    }

    #[test]
    fn a_title_inside_is_not_said_twice() {
        let html = format!("<title>守灯记_乌有网</title><body><div><h1>守灯记</h1><p>{TEXT}</p><p>{TEXT}</p></div>");
        assert_eq!(lines(&html), ["守灯记", TEXT, TEXT]);
    }

    #[test]
    fn a_page_without_running_text_is_kept_whole() {
        assert_eq!(lines("<p>灯</p><p>塔</p>"), ["灯", "塔"]);
        assert_eq!(lines(""), [] as [&str; 0]);
    }
}
