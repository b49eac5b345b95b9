//! HTML to blocks of text.
//!
//! In: the text of a page. Out: [`HtmlPage`]: its blocks in order, each with what holds it. Does not know about: which of them are the
//! page's own words (`web` weighs that).
//!
//! The tokenizer is html5ever's; no tree is built, so that a page of a million open elements costs no more than its length.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
};

use rustc_hash::FxHashMap;

use crate::corpus::formats::draft::DraftLine;
use crate::corpus::formats::html_elements::{CONTAINERS, LINES, SKIPPED, is_void};
use crate::corpus::formats::row;

/// Containers may stand this deep in one another; deeper ones count as this one.
const DEEPEST: usize = 512;
/// Rows of tables in tables; deeper ones are lines like any other.
const DEEPEST_ROWS: usize = 12;
/// A cell goes over so many columns and rows at most.
const WIDEST: usize = 60;
const HIGHEST: usize = 500;

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlBlock {
    /// Its text, blanks as a browser shows them.
    pub text: String,
    /// 1 to 6 for h1 to h6.
    pub level: Option<u8>,
    /// How many of its characters are links.
    pub linked: usize,
    /// Index of the container it stands in.
    pub container: usize,
    /// Whether it is the row of a table.
    pub row: bool,
    /// Whether it stands beside the page's main text.
    pub beside: bool,
}

impl HtmlBlock {
    /// A line that stands in no link.
    pub fn of(line: DraftLine) -> Self {
        Self { text: line.text, level: line.level, linked: 0, container: 0, row: line.row, beside: line.beside }
    }

    /// The line that it is.
    pub fn line(&self) -> DraftLine {
        DraftLine { text: self.text.clone(), level: self.level, row: self.row, beside: self.beside }
    }
}

/// A page's text.
#[derive(Debug, Default)]
pub struct HtmlPage {
    /// Its blocks, in order.
    pub blocks: Vec<HtmlBlock>,
    /// The container that holds each container; the first is the page itself and holds itself.
    pub parents: Vec<usize>,
    /// What `title` says.
    pub title: String,
    /// What a `meta` named ArticleTitle says.
    pub article_title: String,
    /// The pages that it only sets side by side.
    pub frames: Vec<String>,
}

/// Reads a page with what it hides.
pub fn read_hidden(text: &str) -> HtmlPage {
    walk(text, false)
}

/// Reads a page.
pub fn read(text: &str) -> HtmlPage {
    let page = walk(text, true);
    // An element left open hid the rest: better the menus than nothing.
    if page.blocks.is_empty() { walk(text, false) } else { page }
}

fn walk(text: &str, skips: bool) -> HtmlPage {
    let sink = Sink(RefCell::new(Walk { skips, ..Walk::default() }));
    let tokenizer = Tokenizer::new(sink, Default::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut walk = tokenizer.sink.0.into_inner();
    walk.flush();
    while let Some(row) = walk.rows.pop() {
        walk.end_row(row);
    }
    walk.page
}

struct Sink(RefCell<Walk>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut walk = self.0.borrow_mut();
        match token {
            CharacterTokens(words) => walk.words(&words),
            TagToken(tag) => return walk.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Debug, Default)]
struct HtmlRow {
    container: usize,
    /// Lines of each cell, with their level and linked characters.
    cells: Vec<Vec<HtmlBlock>>,
    /// Over how many columns and rows each cell goes.
    spans: Vec<(usize, usize)>,
}

/// Cells that go on from the rows above, by column: for how many rows more, and what stands for them.
type Spanned = FxHashMap<usize, (usize, Vec<DraftLine>)>;

#[derive(Debug, Default)]
struct Walk {
    page: HtmlPage,
    skips: bool,
    /// The element that is skipped, and how many of its name are open.
    skipping: Option<(String, usize)>,
    open: Vec<(String, usize)>,
    line: String,
    /// The blank at the end of the line is a line break of the source.
    soft: bool,
    linked: usize,
    links: usize,
    level: Option<u8>,
    in_title: bool,
    in_pre: usize,
    rows: Vec<HtmlRow>,
    /// Of each table that stands open.
    spanned: Vec<Spanned>,
}

impl Walk {
    fn container(&mut self) -> usize {
        if self.page.parents.is_empty() {
            self.page.parents.push(0);
        }
        self.open.last().map_or(0, |(_, id)| *id)
    }

    fn words(&mut self, words: &str) {
        if self.skipping.is_some() {
            return;
        }
        if self.in_title {
            self.page.title.push_str(words);
            return;
        }
        for c in words.chars() {
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
                // Where a word may be broken; nothing shows.
            } else if c == '\n' && self.in_pre > 0 {
                self.flush();
            } else if c.is_ascii_whitespace() {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                    self.soft = false;
                }
                self.soft |= matches!(c, '\n' | '\r');
            } else {
                // A line break of the source between two 汉字 is no blank.
                if self.soft && is_wide(c) && self.line.ends_with(' ') {
                    let before = self.line.trim_end_matches(' ').chars().next_back();
                    if before.is_some_and(is_wide) {
                        self.line.pop();
                    }
                }
                self.line.push(c);
                self.linked += usize::from(self.links > 0);
            }
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let line = DraftLine { level: self.level, ..DraftLine::of_text(text) };
        let block = HtmlBlock { linked, container: self.container(), ..HtmlBlock::of(line) };
        match self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => cell.push(block),
            None => self.page.blocks.push(block),
        }
    }

    fn end_row(&mut self, row: HtmlRow) {
        let linked: usize = row.cells.iter().flatten().map(|b| b.linked).sum();
        let lines = row::lines(self.columns(&row));
        let joined = lines.len() == 1 && lines.iter().any(|line| line.row) && row.cells.iter().any(|c| !c.is_empty());
        let blocks: Vec<HtmlBlock> = if joined {
            let container = row.container;
            lines.into_iter().map(|line| HtmlBlock { linked, container, ..HtmlBlock::of(line) }).collect()
        } else {
            row.cells.into_iter().flatten().collect()
        };
        match self.rows.last_mut().and_then(|outer| outer.cells.last_mut()) {
            Some(cell) => cell.extend(blocks),
            None => self.page.blocks.extend(blocks),
        }
    }

    /// The cells of a row in their columns: those that go on from above among them.
    fn columns(&mut self, row: &HtmlRow) -> Vec<Vec<DraftLine>> {
        let mut none = Spanned::default();
        let spanned = self.spanned.last_mut().unwrap_or(&mut none);
        let mut columns: Vec<Vec<DraftLine>> = Vec::new();
        let from_above = |columns: &mut Vec<Vec<DraftLine>>, spanned: &mut Spanned| {
            while let Some((left, lines)) = spanned.get_mut(&columns.len()).filter(|(left, _)| *left > 0) {
                *left -= 1;
                columns.push(lines.clone());
            }
        };
        for (cell, (wide, high)) in row.cells.iter().zip(&row.spans) {
            from_above(&mut columns, spanned);
            let lines: Vec<DraftLine> = cell.iter().map(HtmlBlock::line).collect();
            if *high > 1 {
                spanned.insert(columns.len(), (high - 1, row::spanned(&lines)));
            }
            columns.push(lines);
            columns.resize(columns.len() + wide.saturating_sub(1), Vec::new());
        }
        from_above(&mut columns, spanned);
        columns
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let starts = tag.kind == StartTag;
        if let Some((skipped, depth)) = &mut self.skipping {
            if skipped == name && !tag.self_closing {
                *depth = if starts { *depth + 1 } else { depth.saturating_sub(1) };
                if *depth == 0 {
                    self.skipping = None;
                }
            }
        } else if starts && self.is_skipped(tag) {
            self.flush();
            if !tag.self_closing {
                self.skipping = Some((name.to_owned(), 1));
            }
        } else {
            self.shown(name, starts, tag);
        }
        match name {
            "script" if starts => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noframes" | "iframe" | "noembed" if starts => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" if starts => TokenSinkResult::RawData(RawKind::Rcdata),
            // Where what is hidden counts, a page in a field for text is a page.
            "textarea" if starts && self.skips => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn is_skipped(&self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        let hidden = || {
            tag.attrs.iter().any(|a| {
                let value = a.value.to_ascii_lowercase().replace(' ', "");
                (&*a.name.local == "style" && value.contains("display:none")) || &*a.name.local == "hidden"
            })
        };
        let raw = matches!(name, "script" | "style" | "svg" | "iframe");
        raw || (self.skips && (SKIPPED.contains(&name) || (!is_void(name) && hidden())))
    }

    fn shown(&mut self, name: &str, starts: bool, tag: &Tag) {
        let block = CONTAINERS.contains(&name) || LINES.contains(&name);
        if block {
            self.flush();
        }
        match name {
            "title" => self.in_title = starts,
            "meta" if starts => self.meta(tag),
            "a" => self.links = if starts { 1 } else { 0 },
            "pre" => self.in_pre = usize::from(starts),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.level = name.as_bytes().get(1).map(|digit| digit - b'0').filter(|_| starts);
            }
            "img" => {}
            "tr" if starts => {
                self.close_cell();
                self.end_open_row();
                let container = self.container();
                if self.rows.len() < DEEPEST_ROWS {
                    self.rows.push(HtmlRow { container, ..HtmlRow::default() });
                }
            }
            "tr" => {
                self.close_cell();
                self.end_open_row();
            }
            "frame" if starts => self.page.frames.extend(value(tag, "src")),
            "table" if starts => {
                if self.spanned.len() < DEEPEST {
                    self.spanned.push(Spanned::default());
                }
                self.enter(name);
            }
            "table" => {
                self.close_cell();
                self.end_open_row();
                self.spanned.pop();
                self.close("table");
            }
            "td" | "th" if starts => {
                self.close_cell();
                if let Some(row) = self.rows.last_mut() {
                    let span = |name: &str| value(tag, name).and_then(|n| n.trim().parse().ok()).unwrap_or(1usize);
                    row.cells.push(Vec::new());
                    row.spans.push((span("colspan").clamp(1, WIDEST), span("rowspan").clamp(1, HIGHEST)));
                }
                self.enter(name);
            }
            "td" | "th" => self.close_cell(),
            _ if CONTAINERS.contains(&name) => {
                if starts {
                    self.enter(name);
                } else {
                    self.close(name);
                }
            }
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag) {
        if value(tag, "name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle")) {
            self.page.article_title = value(tag, "content").unwrap_or_default();
        }
    }

    fn enter(&mut self, name: &str) {
        let parent = self.container();
        if self.open.len() < DEEPEST {
            let id = self.page.parents.len();
            self.page.parents.push(parent);
            self.open.push((name.to_owned(), id));
        }
    }

    /// Closes the innermost `name`, and what was left open in it.
    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }

    /// Closes the cell that stands open in the innermost table.
    fn close_cell(&mut self) {
        self.flush();
        let cell = self.open.iter().rposition(|(open, _)| matches!(open.as_str(), "td" | "th" | "table"));
        if let Some(at) = cell.filter(|&at| self.open[at].0 != "table") {
            self.open.truncate(at);
        }
    }

    /// Ends the row that stands open in the innermost table: rows of outer tables stay open.
    fn end_open_row(&mut self) {
        let tables = self.open.iter().filter(|(open, _)| open == "table").count();
        if let Some(row) = if self.rows.len() >= tables.max(1) { self.rows.pop() } else { None } {
            self.end_row(row);
        }
    }
}

/// The value of an attribute.
fn value(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
}

/// 汉字 and full-width marks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        read(html).blocks.into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn blocks_are_lines_as_a_browser_shows_them() {
        let html = "<html><head><title>灯</title><script>var a='<p>x</p>';</script></head><body><nav>菜单</nav><h1>灯塔&nbsp;记</h1><p>灯\n亮了。<br>盐白了。<div>网<b>晒</b>干了 <a href=#>链接</a><ul><li>一<li>二</ul></body>";
        assert_eq!(lines(html), ["灯塔\u{a0}记", "灯亮了。", "盐白了。", "网晒干了 链接", "一", "二"]);
        let page = read(html);
        assert_eq!((page.title.as_str(), page.blocks[0].level, page.blocks[3].linked), ("灯", Some(1), 2));
    }

    #[test]
    fn rows_of_figures_are_lines_and_page_layout_is_not() {
        let html = "<table><tr><th>塔<th>盏<tr><td><p>东塔</p></td><td>3</td></tr></table>";
        assert_eq!(lines(html), ["塔\t盏", "东塔\t3"]);
        let html = "<table><tr><th rowspan=2>东塔<td>2022<td>3<tr><td>2023<td>4<tr><td colspan=2>合计<td>7</table>";
        assert_eq!(lines(html), ["东塔\t2022\t3", "东塔\t2023\t4", "合计\t\t7"]);
        let long = "灯亮了，盐白了，网晒干了。".repeat(30);
        let html = format!(
            "<table><tr><td>菜单</td><td><p>{long}</p><table><tr><td>甲<td>乙</table><p>塔</p></td></tr></table>"
        );
        assert_eq!(lines(&html), ["菜单", &long, "甲\t乙", "塔"]);
    }

    #[test]
    fn what_shows_nothing_is_no_text() {
        assert_eq!(lines("<p>灯&shy;塔\u{200b}亮了。"), ["灯塔亮了。"]);
        assert_eq!(read("<frameset><frame src=a.htm><frame src='b.htm'></frameset>").frames, ["a.htm", "b.htm"]);
        let hidden = "<p>菜单<textarea><p>灯亮了。</p></textarea><div style='display: none'>盐白了。</div>";
        assert_eq!(lines(hidden), ["菜单"]);
        let all: Vec<String> = read_hidden(hidden).blocks.into_iter().map(|b| b.text).collect();
        assert_eq!(all, ["菜单", "灯亮了。", "盐白了。"]);
    }

    #[test]
    fn what_was_left_open_hides_nothing() {
        assert_eq!(lines("<nav><p>灯亮了。"), ["灯亮了。"]);
        assert_eq!(lines(&format!("{}灯", "<div>".repeat(100_000))), ["灯"]);
        assert_eq!(lines(&format!("{}灯", "<table><tr><td>".repeat(20_000))).concat(), "灯");
    }
}
