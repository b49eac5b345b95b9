//! Word documents.
//!
//! In: an opened archive. Out: a [`Source`]: one line per paragraph (a soft break begins another), table rows as one line
//! each, text boxes behind the paragraph that holds them, footnotes at the end, automatic numbers written out, and the levels
//! that heading styles give. Does not know about: fonts, pictures, what was deleted.

use rustc_hash::FxHashMap;

use crate::corpus::Encoding;
use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::numbers::Numbers;
use crate::corpus::formats::row;
use crate::corpus::formats::source::Source;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::{Attributes, Node};

/// Styles rest upon styles at most so deep.
const STYLE_DEPTH: usize = 20;

/// Reads a document.
pub fn read(archive: &mut Archive<'_, '_>) -> Result<Source, IssueKind> {
    let missing = || IssueKind::Broken("DOCX: word/document.xml".into());
    let styles = match archive.text("word/styles.xml")? {
        Some(text) => Styles::read(&text)?,
        None => Styles::default(),
    };
    let numbers = match archive.text("word/numbering.xml")? {
        Some(text) => Numbers::read(&text)?,
        None => Numbers::default(),
    };
    let body = archive.text("word/document.xml")?.ok_or_else(missing)?;
    let mut writer = Writer { styles, numbers, ..Writer::default() };
    xml::walk(&body, &mut |node| writer.take(node))?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(text) = archive.text(notes)? {
            writer.in_notes = true;
            xml::walk(&text, &mut |node| writer.take(node))?;
        }
    }
    let Writer { text, levels, .. } = writer;
    if text.trim().is_empty() {
        return Err(IssueKind::Empty);
    }
    Ok(Source { levels, ..Source::of_text(text, Encoding::Utf8) })
}

/// What paragraph styles say of headings and numbers.
#[derive(Debug, Default)]
struct Styles {
    by_id: FxHashMap<String, Style>,
}

#[derive(Debug, Default, Clone)]
struct Style {
    based_on: Option<String>,
    level: Option<u8>,
    number: Option<(String, usize)>,
}

impl Styles {
    fn read(text: &str) -> Result<Self, IssueKind> {
        let mut styles = Self::default();
        let mut id = String::new();
        xml::walk(text, &mut |node| {
            let Node::Start(name, attributes) = node else { return };
            if name == "style" {
                id = attributes.get("styleId").unwrap_or_default().to_owned();
                if attributes.get("type").is_none_or(|t| t == "paragraph") {
                    styles.by_id.insert(id.clone(), Style::default());
                }
                return;
            }
            let Some(style) = styles.by_id.get_mut(&id) else { return };
            let value = attributes.get("val").unwrap_or_default();
            match name {
                "basedOn" => style.based_on = Some(value.to_owned()),
                "outlineLvl" => style.level = value.parse::<u8>().ok().filter(|n| *n < 9).map(|n| n + 1),
                "name" => {
                    let number = value.to_ascii_lowercase().replace("标题", "heading").replace(' ', "");
                    style.level = number.strip_prefix("heading").and_then(|n| n.parse().ok()).or(style.level);
                }
                "numId" => style.number = Some((value.to_owned(), style.number.take().map_or(0, |n| n.1))),
                "ilvl" => {
                    let level = value.parse().unwrap_or(0);
                    style.number = Some((style.number.take().map(|n| n.0).unwrap_or_default(), level));
                }
                _ => {}
            }
        })?;
        Ok(styles)
    }

    fn find<T>(&self, id: &str, of: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..STYLE_DEPTH {
            let style = self.by_id.get(id)?;
            if let Some(found) = of(style) {
                return Some(found);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    level: Option<u8>,
    number: (Option<String>, Option<usize>),
}

/// A table's row while it is read: the lines of each cell.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<(String, Option<u8>)>>,
}

#[derive(Debug, Default)]
struct Writer {
    styles: Styles,
    numbers: Numbers,
    text: String,
    lines: u32,
    levels: Vec<(u32, u8)>,
    /// Paragraphs that stand open: a text box's inside its anchor's.
    open: Vec<Paragraph>,
    /// Lines of text boxes, until the paragraph they hang on ends.
    boxes: Vec<(String, Option<u8>)>,
    rows: Vec<Row>,
    /// Elements whose text is not the document's (old versions, fallbacks, phonetic guides), by how many are open.
    skipped: usize,
    in_run: bool,
    hidden: bool,
    in_text: bool,
    in_notes: bool,
    note: Option<String>,
}

/// Text that was moved away, that repeats a text box for old readers, or that tells how to read a character.
const SKIPPED: [&str; 4] = ["Fallback", "moveFrom", "del", "rt"];

impl Writer {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Start(name, _) if SKIPPED.contains(&name) => self.skipped += 1,
            Node::End(name) if SKIPPED.contains(&name) => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            Node::Start(name, attributes) => self.start(name, attributes),
            Node::Text(words) if self.in_text && !self.hidden => self.push(words),
            Node::Text(_) => {}
            Node::End(name) => self.end(name),
        }
    }

    fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(words);
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.get("val").unwrap_or_default();
        match name {
            "p" => {
                self.open.push(Paragraph::default());
                (self.in_run, self.hidden) = (false, false);
            }
            "r" => (self.in_run, self.hidden) = (true, false),
            "t" => self.in_text = true,
            "vanish" if self.in_run => self.hidden = !matches!(value(), "0" | "false"),
            "tab" if self.in_run => self.push("\t"),
            "noBreakHyphen" if self.in_run => self.push("-"),
            // A page break parts no paragraph.
            "br" if self.in_run && !matches!(attributes.get("type"), Some("page" | "column")) => self.push("\n"),
            "cr" if self.in_run => self.push("\n"),
            "tr" => self.rows.push(Row::default()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Vec::new());
                }
            }
            "footnote" | "endnote" if self.in_notes => {
                // Those with a type are the lines that part notes from text.
                self.note =
                    attributes.get("type").is_none().then(|| attributes.get("id").unwrap_or_default().to_owned());
            }
            _ if self.in_run => {}
            _ => {
                let Some(paragraph) = self.open.last_mut() else { return };
                match name {
                    "pStyle" => paragraph.style = Some(value().to_owned()),
                    "outlineLvl" => paragraph.level = value().parse::<u8>().ok().filter(|n| *n < 9).map(|n| n + 1),
                    "numId" => paragraph.number.0 = Some(value().to_owned()),
                    "ilvl" => paragraph.number.1 = value().parse().ok(),
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => (self.in_run, self.hidden) = (false, false),
            "p" => self.end_paragraph(),
            "tr" => {
                if let Some(row) = self.rows.pop() {
                    let lines = row::lines(row.cells);
                    self.place(lines);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        // A text box ended inside a run of its anchor.
        self.in_run = !self.open.is_empty();
        let style = paragraph.style.as_deref().unwrap_or_default();
        let level = paragraph.level.or_else(|| self.styles.find(style, |s| s.level)).filter(|level| *level <= 6);
        let mut text = paragraph.text;
        if !text.trim().is_empty() {
            let from_style = self.styles.find(style, |s| s.number.clone()).unwrap_or_default();
            let id = paragraph.number.0.unwrap_or(from_style.0);
            let number = self.numbers.next(&id, paragraph.number.1.unwrap_or(from_style.1).min(8));
            text.insert_str(0, &number);
        }
        let lines = text.split('\n').map(|line| (line.to_owned(), level)).collect();
        if !self.open.is_empty() {
            self.boxes.extend::<Vec<_>>(lines);
            return;
        }
        self.place(lines);
        let boxes = std::mem::take(&mut self.boxes);
        self.place(boxes);
    }

    /// Writes lines, or puts them into the cell that stands open.
    fn place(&mut self, lines: Vec<(String, Option<u8>)>) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            cell.extend(lines);
            return;
        }
        for (mut line, level) in lines {
            if self.in_notes {
                let Some(id) = self.note.as_ref().filter(|_| !line.trim().is_empty()) else { continue };
                line = format!("[{id}] {}", line.trim());
            }
            self.lines += 1;
            if let Some(level) = level.filter(|_| !line.trim().is_empty() && !self.in_notes) {
                self.levels.push((self.lines, level));
            }
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }
}
