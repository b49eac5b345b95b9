//! What keys do to the list of marks: the passage of the selected one is shown at once; filter, note, take away and bring back,
//! copy, export.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::kept::mark_list::MarkList;
use crate::app::kept::{KeepRequest, MarkStanding};
use crate::app::overlay::Overlay;
use crate::app::prompt::{Ask, Prompt};
use crate::app::screen::scroll::Motion;
use crate::command::Action;
use crate::index::quotation::span_of;
use crate::store::export::{QuotationFormat, write_marks};
use crate::store::marks::{KeptMark, MarkChange};

impl App {
    /// Opens the list of marks over the page.
    pub(in crate::app) fn open_marks(&mut self) {
        self.close_views();
        self.search.concordance = None;
        self.search.pins.board = None;
        self.begin_peek();
        let here = self.pointed_on_page().and_then(|passage| self.reading.kept.at(passage.report, passage.lines));
        let selected =
            here.or(self.reading.kept.marks.len().checked_sub(1)).and_then(|index| self.reading.kept.marks.get(index));
        let list = MarkList { selected: selected.map(|mark| mark.quotation.link.clone()), ..MarkList::default() };
        self.overlay = Some(Overlay::Marks(list));
        self.renew_marks();
        self.peek_mark();
    }

    /// Looks again for the passages of the marks in the open list.
    pub(in crate::app) fn renew_marks(&mut self) {
        let height = self.overlay_height();
        if let Some(Overlay::Marks(list)) = &mut self.overlay {
            list.renew(&self.reading.kept.marks, &self.corpus, height);
        }
    }

    /// Lists the marks that match what is typed.
    pub(in crate::app) fn filter_marks(&mut self) {
        let height = self.overlay_height();
        let filter = self.prompt.as_ref().map_or("", Prompt::text).to_owned();
        if let Some(Overlay::Marks(list)) = &mut self.overlay {
            list.filter = filter;
            list.rebuild(&self.reading.kept.marks, height);
        }
        self.peek_mark();
    }

    /// The mark that is selected in the open list, and what has become of it.
    pub(in crate::app) fn selected_mark(&self) -> Option<(usize, &KeptMark, MarkStanding)> {
        let Some(Overlay::Marks(list)) = &self.overlay else { return None };
        let index = list.selected_mark(&self.reading.kept.marks)?;
        Some((index, self.reading.kept.marks.get(index)?, list.standing.get(index).copied()?))
    }

    /// Shows the passage of the selected mark on the page.
    pub(in crate::app) fn peek_mark(&mut self) {
        let Some(place) = self.selected_mark().and_then(|(.., standing)| standing.place()) else { return };
        let span = self.corpus.report(place.report).and_then(|(document, _)| span_of(document, place.lines));
        self.peek(place.report, span.map(|span| span.start));
    }

    pub(in crate::app) fn move_marks(&mut self, motion: Motion) {
        let height = self.overlay_height();
        if let Some(Overlay::Marks(list)) = &mut self.overlay {
            let row = motion.from(list.selected_row(&self.reading.kept.marks).unwrap_or(0), list.rows.len(), height);
            list.select_row(&self.reading.kept.marks, row, height);
        }
        self.peek_mark();
    }

    /// Selects the mark on row `row` of the list; a second time goes there.
    pub(in crate::app) fn click_mark(&mut self, row: usize) {
        let height = self.overlay_height();
        let Some(Overlay::Marks(list)) = &mut self.overlay else { return };
        let row = row + list.scroll.top;
        if row >= list.rows.len() {
            return;
        }
        if list.selected_row(&self.reading.kept.marks) == Some(row) {
            return self.dispatch(Action::Activate);
        }
        list.select_row(&self.reading.kept.marks, row, height);
        self.peek_mark();
    }

    /// What a key asks of the list of marks.
    pub(in crate::app) fn marks_action(&mut self, action: Action) {
        match action {
            Action::Activate => self.accept_mark(),
            Action::MarkFilter => {
                let Some(Overlay::Marks(list)) = &self.overlay else { return };
                self.prompt = Some(Prompt::new(Ask::Marks, &list.filter));
            }
            Action::MarkNote | Action::Mark => {
                if let Some((index, ..)) = self.selected_mark() {
                    self.ask_note(index);
                }
            }
            Action::MarkRemove => self.remove_mark(),
            Action::MarkUndo => self.bring_back_mark(),
            Action::MarkExport => self.prompt = Some(Prompt::new(Ask::Export, "marks.md")),
            Action::CitationForm => self.turn_form(),
            Action::CopyParagraph | Action::CopySection => {
                if let Some((_, mark, _)) = self.selected_mark() {
                    let quotation = mark.quotation.clone();
                    self.copy(quotation);
                }
            }
            _ => {
                if let Some(motion) = Motion::of(action) {
                    self.move_marks(motion);
                }
            }
        }
    }

    /// Goes to the passage of the selected mark.
    fn accept_mark(&mut self) {
        let Some((_, _, standing)) = self.selected_mark() else { return };
        let words = standing.says(self.screen.look.lang).to_owned();
        let Some(place) = standing.place() else { return };
        self.close_overlay();
        self.go_to_passage(place);
        if !words.is_empty() {
            self.say(words.clone(), words);
        }
    }

    fn remove_mark(&mut self) {
        let Some((index, mark, _)) = self.selected_mark() else { return };
        let mark = mark.clone();
        let change = MarkChange::Remove(mark.quotation.link.clone());
        crate::store::marks::apply(&mut self.reading.kept.marks, &change);
        self.reading.kept.undone.push((index, mark));
        self.effects.push(Effect::Keep(KeepRequest::Mark(change)));
        self.place_marks();
        self.renew_marks();
        self.peek_mark();
        self.say("已删除；u 恢复", "taken away; u brings it back");
    }

    fn bring_back_mark(&mut self) {
        let Some((index, mark)) = self.reading.kept.undone.pop() else { return };
        let link = mark.quotation.link.clone();
        // It may have been marked again since.
        let there = self.reading.kept.index_of(&link);
        match there.and_then(|at| self.reading.kept.marks.get_mut(at)) {
            Some(own) => own.clone_from(&mark),
            None => {
                let index = index.min(self.reading.kept.marks.len());
                self.reading.kept.marks.insert(index, mark.clone());
            }
        }
        self.effects.push(Effect::Keep(KeepRequest::Mark(MarkChange::Put(Box::new(mark)))));
        self.place_marks();
        if let Some(Overlay::Marks(list)) = &mut self.overlay {
            list.selected = Some(link);
        }
        self.renew_marks();
        self.peek_mark();
    }

    /// Writes the listed marks with their sources into a file of this name; its ending says how.
    pub(in crate::app) fn export_marks(&mut self, name: &str) {
        let name = name.trim();
        let Some(Overlay::Marks(list)) = &self.overlay else { return };
        if name.is_empty() {
            return;
        }
        let marks: Vec<&KeptMark> = list.rows.iter().filter_map(|index| self.reading.kept.marks.get(*index)).collect();
        let format = QuotationFormat::of_name(name);
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = write_marks(&mut bytes, &marks, format, self.reading.kept.form, self.screen.look.lang);
        let n = marks.len();
        self.effects.push(Effect::Keep(KeepRequest::Export { name: name.to_owned(), bytes }));
        let flag = format.flag();
        self.say(
            format!("{n} 处标记写入 {name}（等于 yilan marks {flag}）"),
            format!("{n} marks to {name} (as yilan marks {flag} prints them)"),
        );
    }
}
