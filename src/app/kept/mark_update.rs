//! Marking passages: a key marks what one points at, a second time notes something about it; where marks stand in the open report.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::kept::{KeepRequest, PlacedMark};
use crate::app::prompt::{Ask, Prompt};
use crate::app::reading::{LARGE, bytes};
use crate::index::quotation::{Permalink, Quotation, span_of};
use crate::store::marks::{KeptMark, MarkChange};

impl App {
    /// The marks of the last run.
    #[must_use]
    pub fn with_marks(mut self, marks: Vec<KeptMark>) -> Self {
        self.reading.kept.marks = marks;
        self
    }

    /// Opens the passage of this link as soon as it has been read.
    #[must_use]
    pub fn wanting(mut self, link: Option<Permalink>) -> Self {
        self.reading.kept.wanted = link;
        self
    }

    /// Marks what one points at; what is marked already is asked about a note.
    pub(in crate::app) fn mark_passage(&mut self) {
        let Some(passage) = self.pointed() else { return };
        let Some((document, report)) = self.corpus.report(passage.report) else { return };
        let quotation = Quotation::of(document, report, passage.lines);
        let known =
            self.reading.kept.at(passage.report, passage.lines).or_else(|| self.reading.kept.index_of(&quotation.link));
        if let Some(index) = known {
            return self.ask_note(index);
        }
        let hit = passage.hit.map(|hit| hit.slice(document.text()).to_owned()).unwrap_or_default();
        let mark = KeptMark { quotation, hit, ..KeptMark::default() };
        self.put_mark(mark);
        self.reading.page.range = None;
        let n = self.reading.kept.marks.len();
        self.say(
            format!("已标记（共 {n} 处）；再按一次写批注、#标签"),
            format!("marked ({n} in all); once more to add a note and #tags"),
        );
    }

    /// Keeps a mark that is new, or has another note.
    pub(in crate::app) fn put_mark(&mut self, mark: KeptMark) {
        let change = MarkChange::Put(Box::new(mark));
        crate::store::marks::apply(&mut self.reading.kept.marks, &change);
        self.effects.push(Effect::Keep(KeepRequest::Mark(change)));
        self.place_marks();
    }

    /// Asks for the note of a mark.
    pub(in crate::app) fn ask_note(&mut self, index: usize) {
        let Some(mark) = self.reading.kept.marks.get(index) else { return };
        self.reading.kept.noting = Some(mark.quotation.link.clone());
        self.prompt = Some(Prompt::new(Ask::Note, &mark.typed()));
    }

    /// Takes what was typed as the note of the mark that was asked about.
    pub(in crate::app) fn accept_note(&mut self, text: &str) {
        let index = self.reading.kept.noting.take().and_then(|link| self.reading.kept.index_of(&link));
        let Some(mut mark) = index.and_then(|index| self.reading.kept.marks.get(index)).cloned() else { return };
        mark.note_typed(text);
        self.put_mark(mark);
        self.say("批注已存", "noted");
    }

    /// Finds the marks that stand in the open report.
    pub(in crate::app) fn place_marks(&mut self) {
        self.reading.kept.here.clear();
        if self.reading.kept.marks.is_empty() {
            return;
        }
        let Some((id, document, report)) = self.opened() else { return };
        let wanted = Permalink::report_of(report);
        // A large report is not looked through between two keys: there marks are seen where they stood.
        let large = bytes(document, report) > LARGE;
        let mut placed: Vec<PlacedMark> = Vec::new();
        for (mark, link) in self
            .reading
            .kept
            .marks
            .iter()
            .enumerate()
            .filter_map(|(n, mark)| Some((n, Permalink::parse(&mark.quotation.link)?)))
        {
            if link.report != wanted {
                continue;
            }
            let lines = if large { link.find_there(document) } else { link.find_in(document, report) };
            if let Some((lines, span)) = lines.and_then(|lines| Some((lines, span_of(document, lines)?))) {
                placed.push(PlacedMark { mark, report: id, lines, span });
            }
        }
        placed.sort_by_key(|placed| placed.span);
        self.reading.kept.here = placed;
    }

    /// Goes to the passage that the program was started for, once it is there; `last` says that nothing more comes.
    pub(in crate::app) fn seek_wanted(&mut self, last: bool) {
        let Some(link) = self.reading.kept.wanted else { return };
        let found = if last { link.find(&self.corpus) } else { link.find_named(&self.corpus) };
        match found {
            Some(place) => {
                self.reading.kept.wanted = None;
                self.go_to_passage(place);
            }
            None if last => {
                self.reading.kept.wanted = None;
                self.say("这里没有这一段（可能已改动）", "this passage is not here; it may have changed");
            }
            None => {}
        }
    }

    /// Goes to a passage, the cursor on its first paragraph.
    pub(in crate::app) fn go_to_passage(&mut self, place: crate::index::quotation::LocatedPassage) {
        let Some((document, _)) = self.corpus.report(place.report) else { return };
        let Some(span) = span_of(document, place.lines) else { return };
        self.visit_passage(place.report, span.start);
    }
}
