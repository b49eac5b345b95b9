//! The text of a Word document as it stands in its XML. In: events of its parts, one after another. Out: a [`Source`]. Does
//! not know about: packages.
//!
//! Word 2003's own XML has the same elements, but for its lists (whose numbers it says), its notes (which stand inside the
//! text) and what was changed (annotations).

use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;
use crate::corpus::formats::docx::styles::{DocxStyles, is_on};
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::field::OpenField;
use crate::corpus::formats::list_numbers::{LEVELS, ListNumbers};
use crate::corpus::formats::source::Source;
use crate::corpus::formats::symbols::symbol;
use crate::corpus::formats::table_rows::{Merge, SourceTable};
use crate::corpus::formats::xml::{Attributes, Node};

#[derive(Debug, Default)]
struct DocxParagraph {
    text: String,
    style: Option<String>,
    level: Option<u8>,
    list: Option<String>,
    list_level: Option<usize>,
    /// Its number, where the file says it.
    number: Option<String>,
    /// Its style hides it.
    hidden: bool,
    mark_deleted: bool,
    mark_hidden: bool,
}

/// A note's kind and name.
type NoteId = (bool, String);

/// A document while it is read.
#[derive(Debug, Default)]
pub struct DocxWriter {
    styles: DocxStyles,
    numbers: ListNumbers,
    draft: Draft,
    /// Paragraphs that stand open: a text box's inside its anchor's.
    open: Vec<DocxParagraph>,
    /// What deleted paragraph marks have joined to the next paragraph.
    carried: String,
    /// Lines of text boxes, until the paragraph they hang on ends.
    boxes: Vec<DraftLine>,
    tables: Vec<SourceTable>,
    /// How many elements are open of those whose text is not the document's.
    skipped: usize,
    style: String,
    in_run: bool,
    in_text: bool,
    in_instruction: bool,
    fields: Vec<OpenField>,
    in_paragraph_properties: bool,
    in_row_properties: bool,
    run_hidden: Option<bool>,
    /// The body is read: notes follow.
    in_notes: bool,
    /// Marks of the notes that the text refers to.
    marks: FxHashMap<NoteId, usize>,
    /// The mark of the note that stands open.
    note: Option<usize>,
    notes: Vec<(usize, String)>,
}

/// Old versions, what repeats a text box for old readers, how to read a character.
const SKIPPED: [&str; 4] = ["Fallback", "moveFrom", "del", "rt"];

impl DocxWriter {
    /// A document of which nothing is read yet.
    pub fn new(styles: DocxStyles, numbers: ListNumbers) -> Self {
        Self { styles, numbers, ..Self::default() }
    }

    /// Takes the next event.
    pub fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Start(..) if self.skipped > 0 => self.skipped += 1,
            Node::End(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Start(name, attributes) if self.is_skipped(name, attributes) => self.skipped = 1,
            Node::Start(name, attributes) => self.start(name, attributes),
            Node::Text(words) if self.skipped == 0 && self.in_text => self.push(words),
            Node::Text(words) if self.skipped == 0 && self.in_instruction => {
                self.fields.last_mut().into_iter().for_each(|field| field.instruction.push_str(words));
            }
            Node::Text(_) => {}
            Node::End(name) => self.end(name),
        }
    }

    /// Whether an element is no part of the text. Inside properties it says what was done to the paragraph or row itself.
    fn is_skipped(&self, name: &str, attributes: &Attributes) -> bool {
        let in_properties = self.in_paragraph_properties || self.in_row_properties;
        let annotated = || {
            let kind = attributes.get("type").unwrap_or_default();
            matches!(kind, "Word.Deletion" | "Word.Comment" | "Word.Formatting" | "Word.Numbering")
        };
        // Word 2003 has the heads and feet of its pages among the properties of sections.
        name.ends_with("PrChange")
            || matches!(name, "hdr" | "ftr")
            || (SKIPPED.contains(&name) && !in_properties)
            || (name == "annotation" && !in_properties && annotated())
    }

    fn is_hidden(&self) -> bool {
        self.run_hidden.unwrap_or_else(|| self.open.last().is_some_and(|paragraph| paragraph.hidden))
    }

    fn push(&mut self, words: &str) {
        let hidden = self.is_hidden();
        if let Some(paragraph) = self.open.last_mut().filter(|_| !hidden) {
            paragraph.text.push_str(words);
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.get("val").unwrap_or_default();
        match name {
            "p" => {
                self.open.push(DocxParagraph::default());
                (self.in_run, self.run_hidden) = (false, None);
            }
            "pPr" => self.in_paragraph_properties = !self.open.is_empty(),
            "trPr" => self.in_row_properties = true,
            _ if self.in_paragraph_properties => self.paragraph_property(name, attributes),
            "r" => (self.in_run, self.run_hidden) = (true, None),
            "t" => self.in_text = true,
            "instrText" => self.in_instruction = true,
            "fldChar" if self.in_run => self.field(attributes.get("fldCharType").unwrap_or_default()),
            "vanish" if self.in_run => self.run_hidden = Some(is_on(attributes)),
            "rStyle" if self.in_run => self.run_hidden = self.styles.find(value(), |style| style.hidden),
            "tab" | "ptab" if self.in_run => self.push("\t"),
            "noBreakHyphen" if self.in_run => self.push("-"),
            // A page break parts no paragraph.
            "br" if self.in_run && !matches!(attributes.get("type"), Some("page" | "column")) => self.push("\n"),
            "cr" if self.in_run => self.push("\n"),
            "sym" if self.in_run => {
                let code = attributes.get("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                let font = attributes.get("font").unwrap_or_default();
                if let Some(code) = code {
                    self.push(symbol(font, code).encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" | "endnoteReference" if self.in_run && !self.is_hidden() => {
                let id = (name == "endnoteReference", attributes.get("id").unwrap_or_default().to_owned());
                let next = self.marks.len() + 1;
                let mark = *self.marks.entry(id).or_insert(next);
                self.push(&format!("[{mark}]"));
            }
            "footnote" | "endnote" if self.in_notes => {
                let id = (name == "endnote", attributes.get("id").unwrap_or_default().to_owned());
                self.note = self.marks.get(&id).copied();
            }
            // Word 2003 has its notes where they are referred to.
            "footnote" | "endnote" if self.in_run => {
                let mark = self.marks.len() + 1;
                self.marks.insert((true, format!("inline {mark}")), mark);
                self.push(&format!("[{mark}]"));
                self.note = Some(mark);
            }
            "tbl" => {
                self.end_carried();
                self.tables.push(SourceTable::default());
            }
            _ if self.table(name, attributes) || self.in_run => {}
            _ => {
                let mut id = std::mem::take(&mut self.style);
                self.styles.start(&mut id, name, attributes);
                self.style = id;
            }
        }
    }

    /// A field begins, its result does, or it ends.
    fn field(&mut self, kind: &str) {
        let length = self.open.last().map_or(0, |paragraph| paragraph.text.len());
        match kind {
            "begin" => self.fields.push(OpenField::default()),
            "separate" => self.fields.last_mut().into_iter().for_each(|field| field.begin_result(length)),
            _ => {
                let field = self.fields.pop();
                if let Some(shown) = field.as_ref().and_then(|field| field.shown(length)) {
                    self.push(shown);
                }
            }
        }
    }

    /// Takes what says something of a table; whether it did.
    fn table(&mut self, name: &str, attributes: &Attributes) -> bool {
        let Some(table) = self.tables.last_mut() else { return false };
        let value = attributes.get("val");
        let number = || value.and_then(|n| n.parse().ok());
        match name {
            "tr" => table.begin_row(),
            "tc" => table.begin_cell(),
            "del" | "moveFrom" if self.in_row_properties => table.delete_row(),
            "gridBefore" => table.skip_columns(number().unwrap_or(0)),
            "gridSpan" => table.span(number().unwrap_or(1)),
            "vMerge" | "vmerge" => {
                table.merge(if value == Some("restart") { Merge::First } else { Merge::Continued });
            }
            _ => return false,
        }
        true
    }

    fn paragraph_property(&mut self, name: &str, attributes: &Attributes) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = attributes.get("val").unwrap_or_default();
        match name {
            "pStyle" => {
                paragraph.style = Some(value.to_owned());
                paragraph.hidden = self.styles.find(value, |style| style.hidden).unwrap_or_default();
            }
            "outlineLvl" => paragraph.level = value.parse::<u8>().ok().map(|n| n.saturating_add(1)),
            "numId" | "ilfo" => paragraph.list = Some(value.to_owned()),
            "ilvl" => paragraph.list_level = value.parse().ok(),
            // Word 2003 says what number it showed.
            "t" => paragraph.number = attributes.get("val").map(str::to_owned),
            "vanish" => paragraph.mark_hidden = is_on(attributes),
            "del" | "moveFrom" => paragraph.mark_deleted = true,
            "annotation" => paragraph.mark_deleted |= attributes.get("type") == Some("Word.Deletion"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "pPr" => self.in_paragraph_properties = false,
            "trPr" => self.in_row_properties = false,
            "r" => (self.in_run, self.run_hidden) = (false, None),
            "p" => self.end_paragraph(),
            "footnote" | "endnote" => {
                self.note = None;
                self.in_run = !self.in_notes;
            }
            "tc" => {
                self.end_carried();
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            "tr" => {
                let lines = self.tables.last_mut().map(SourceTable::end_row).unwrap_or_default();
                self.place(lines);
            }
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        // A text box ended inside a run of its anchor.
        self.in_run = !self.open.is_empty();
        self.in_paragraph_properties = false;
        let outer = self.open.is_empty();
        if paragraph.mark_deleted && outer && self.note.is_none() {
            self.carried.push_str(&paragraph.text);
            return;
        }
        let mut text = if outer { std::mem::take(&mut self.carried) } else { String::new() };
        text.push_str(&paragraph.text);
        let number = self.number_of(&paragraph, text.trim().is_empty());
        // A number may be all that stands in a cell.
        if !text.trim().is_empty() || (!number.is_empty() && self.in_cell()) {
            text.insert_str(0, &number);
        }
        let level = paragraph
            .level
            .or_else(|| self.styles.find(paragraph.style.as_deref().unwrap_or_default(), |style| style.level))
            .filter(|level| (1..=6).contains(level));
        let line = DraftLine { level, ..DraftLine::of_text(text) };
        if let Some(mark) = self.note {
            self.notes.push((mark, line.text));
        } else if !outer {
            self.boxes.push(line);
        } else if !self.in_notes {
            let boxes = std::mem::take(&mut self.boxes);
            self.place(std::iter::once(line).chain(boxes).collect());
        }
    }

    fn number_of(&mut self, paragraph: &DocxParagraph, blank: bool) -> String {
        if blank && paragraph.mark_hidden {
            return String::new();
        }
        if let Some(number) = &paragraph.number {
            return number.clone();
        }
        let style = paragraph.style.as_deref().unwrap_or_default();
        let list = paragraph.list.clone().or_else(|| self.styles.find(style, |style| style.list.clone()));
        let Some(list) = list else { return String::new() };
        let of_style = || {
            let own = || self.numbers.level_of_style(&list, style);
            self.styles.find(style, |style| style.list_level).or_else(own)
        };
        let level = paragraph.list_level.or_else(of_style).unwrap_or(0).min(LEVELS - 1);
        self.numbers.next(&list, level)
    }

    fn in_cell(&mut self) -> bool {
        self.tables.last_mut().is_some_and(|table| table.open_cell().is_some())
    }

    /// What joins nothing stands for itself.
    fn end_carried(&mut self) {
        let carried = std::mem::take(&mut self.carried);
        if !carried.trim().is_empty() {
            self.place(vec![DraftLine::of_text(carried)]);
        }
    }

    /// Writes lines, or puts them into the cell that stands open.
    fn place(&mut self, lines: Vec<DraftLine>) {
        match self.tables.iter_mut().rev().find_map(SourceTable::open_cell) {
            Some(cell) => cell.extend(lines),
            None => self.draft.extend(&lines),
        }
    }

    /// The body is read.
    pub fn end_body(&mut self) {
        self.end_carried();
        (self.in_notes, self.in_run, self.note) = (true, false, None);
        (self.in_paragraph_properties, self.in_row_properties) = (false, false);
        self.open.clear();
        self.tables.clear();
    }

    /// What was written.
    ///
    /// # Errors
    /// Where that is nothing.
    pub fn finish(mut self) -> Result<Source, IssueKind> {
        self.notes.sort_by_key(|(mark, _)| *mark);
        for (mark, text) in &self.notes {
            if !text.trim().is_empty() {
                self.draft.push(&DraftLine::of_text(format!("[{mark}] {}", text.trim())));
            }
        }
        self.draft.finish()
    }
}
