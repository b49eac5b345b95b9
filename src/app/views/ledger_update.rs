//! Two reports side by side: which ones, and from change to change.
//!
//! In: actions, a place. Out: the question about two reports. Does not know about: how they are compared or drawn.

use crate::analysis::Question;
use crate::analysis::diff::Params;
use crate::app::App;
use crate::app::views::View;
use crate::app::views::answer::Answer;
use crate::app::views::cursor::Cursor;
use crate::command::Action;
use crate::corpus::{Body, PlaceId, ReportId};
use crate::table::Shape;

impl App {
    /// The reports of a place that can be compared with `report`, by year; those of its body before all others.
    fn comparable(&self, place: PlaceId, report: ReportId) -> Vec<(Option<u16>, ReportId)> {
        let body = self.corpus.report(report).map_or(Body::Other, |(_, report)| report.body);
        let reports = self.corpus.places().get(place.0 as usize).map_or(&[][..], |place| &place.reports);
        let others = reports.iter().filter(|id| self.corpus.original(**id) == **id && **id != report);
        let mut found: Vec<(bool, Option<u16>, ReportId)> = others
            .filter_map(|id| self.corpus.report(*id).map(|(_, other)| (other.body != body, other.filed_year(), *id)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, year, id)| (year, id)).collect()
    }

    /// The report that is read and its neighbour of the same place and body, the old one first: the one before it, else the
    /// one after.
    pub(in crate::app) fn neighbours(&self) -> Option<[ReportId; 2]> {
        let id = self.corpus.original(self.reading.page.report?);
        let (_, report) = self.corpus.report(id)?;
        let place = self.corpus.place_of(id)?;
        let same = |other: &(Option<u16>, ReportId)| {
            self.corpus.report(other.1).is_some_and(|(_, other)| other.body == report.body)
        };
        let others: Vec<_> = self.comparable(place, id).into_iter().filter(same).collect();
        let this = (report.filed_year(), id);
        let before = others.iter().rev().find(|other| **other < this).map(|other| [other.1, id]);
        before.or_else(|| others.iter().find(|other| **other > this).map(|other| [id, other.1]))
    }

    /// Compares the report that is read with one of a place: of its body and the nearest year where there is a choice.
    pub(in crate::app) fn compare_with(&mut self, place: PlaceId) {
        let Some(id) = self.reading.page.report.map(|id| self.corpus.original(id)) else { return };
        let year = self.corpus.report(id).and_then(|(_, report)| report.filed_year());
        let body = self.corpus.report(id).map(|(_, report)| report.body);
        let others = self.comparable(place, id);
        let far = |other: &&(Option<u16>, ReportId)| {
            let same = self.corpus.report(other.1).map(|(_, report)| report.body) == body;
            (!same, other.0.zip(year).map_or(u16::MAX, |(a, b)| a.abs_diff(b)))
        };
        let Some(other) = others.iter().min_by_key(far).copied() else {
            return self.say("那里没有另一篇报告", "there is no other report");
        };
        let pair = if other.0 > year { [id, other.1] } else { [other.1, id] };
        self.show_view(View::Answer(Box::new(Answer::new(Params::of(pair).into(), None))));
    }

    /// The same comparison with the older or newer report of the place as the old one.
    pub(in crate::app) fn ledger_beside(&self, answer: &Answer, right: bool) -> Option<Answer> {
        let Question::Diff(params) = &answer.question else { return None };
        let [old, new] = params.chosen?;
        let others = self.comparable(self.corpus.place_of(old)?, new);
        let at = others.iter().position(|(_, id)| *id == old)?;
        let next = if right { at.checked_add(1)? } else { at.checked_sub(1)? };
        let chosen = Some([others.get(next)?.1, new]);
        Some(Answer::new(Params { chosen, ..params.clone() }.into(), None))
    }

    /// Which key of a kind of row an action is, from 1.
    pub(in crate::app) fn kind_key(action: Action) -> Option<usize> {
        const KEYS: [Action; 7] = [
            Action::KindKept,
            Action::KindReworded,
            Action::KindNumber,
            Action::KindNew,
            Action::KindDropped,
            Action::KindMoved,
            Action::KindRelated,
        ];
        KEYS.iter().position(|key| *key == action).map(|at| at + 1)
    }

    /// Lists only the rows of one kind, or all again.
    pub(in crate::app) fn turn_kind(&mut self, number: usize) {
        let Some(View::Answer(answer)) = self.top_view() else { return };
        let Question::Diff(params) = &mut answer.question else { return };
        params.turn_kind(number);
        answer.forget();
        answer.cursor = Cursor::default();
        self.ask_again();
    }

    /// To the next row that is not kept, or the one before.
    pub(in crate::app) fn step_change(&mut self, forward: bool) {
        let body = self.view_body();
        let Some(row) = self.change_beside(forward) else { return };
        if let Some(View::Answer(answer)) = self.top_view() {
            answer.cursor.row = row;
            answer.go(crate::app::screen::scroll::Motion::Rows(0), body);
        }
    }

    /// The next row that is not kept, or the one before.
    pub(in crate::app) fn change_beside(&self, forward: bool) -> Option<usize> {
        let answer = self.views.frames.last()?.view.answer().filter(|answer| answer.shape() == Shape::Ledger)?;
        let table = answer.table.as_ref()?;
        let changed = |row: &usize| table.get(*row, "kind").exact() != "kept";
        let row = answer.cursor.row;
        if forward { (row + 1..table.len()).find(changed) } else { (0..row).rev().find(changed) }
    }

    /// Who first said the formula that is selected.
    pub(in crate::app) fn first_of_view(&mut self) {
        if let Some(view) = self.first_view() {
            self.show_view(view);
        }
    }
}
