//! Pictures that stand in place of the page and the keyword panel: an opened number, the ranking of the places, the heat
//! map, the years, keyword groups, proposed phrases. They lie on one another: closing one shows the one below.
//!
//! In: actions, answers of the picture worker. Out: requests, places to go. Does not know about: how anything is counted or drawn.

pub mod ask;
pub mod bars;
pub mod company;
pub mod cursor;
mod going;
pub mod matrix;
pub mod number;
pub mod proposals;
pub mod shares;
mod turning;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::App;
use super::comparison::{Comparison, Target};
use super::event::Effect;
use super::layout::picture_body;
use super::scroll::Motion;
use crate::command::Action;
use crate::config::Verdict;
use crate::corpus::Corpus;
use crate::index::trend::{Column, ColumnKey};
use crate::text::Lang;
use ask::{PictureAnswer, PictureAsk, PictureRequest, What};
use bars::Bars;
use company::Company;
use matrix::Matrix;
use number::Number;
use proposals::Proposals;
use shares::Shares;

/// A picture, and what its figures are about.
#[derive(Debug)]
pub struct Shown {
    /// What the figures of the panel were about when it was opened.
    pub comparison: Comparison,
    /// The picture.
    pub picture: Picture,
    /// Number of the request it waits for.
    asked: u64,
}

/// A picture.
#[derive(Debug)]
pub enum Picture {
    /// What stands behind a number.
    Number(Number),
    /// A term over places or years.
    Bars(Bars),
    /// Terms by places or years.
    Matrix(Matrix),
    /// Keyword groups by places or years.
    Shares(Shares),
    /// Phrases found in the corpus.
    Proposals(Proposals),
    /// The collocates of a term.
    Company(Company),
}

impl Picture {
    /// What it still needs.
    fn ask(&self) -> Option<PictureAsk> {
        match self {
            Self::Number(number) => number.ask(),
            Self::Bars(bars) => bars.ask(),
            Self::Matrix(matrix) => matrix.ask(),
            Self::Shares(shares) => shares.ask(),
            Self::Proposals(proposals) => proposals.ask(),
            Self::Company(company) => company.ask(),
        }
    }

    /// The figures are void: the corpus has changed.
    fn forget(&mut self) {
        match self {
            Self::Number(number) => number.opened = None,
            Self::Bars(bars) => (bars.grid, bars.order) = (None, Vec::new()),
            Self::Matrix(matrix) => matrix.grid = None,
            Self::Shares(shares) => shares.groups = None,
            Self::Proposals(proposals) => proposals.list = None,
            Self::Company(company) => company.found = None,
        }
    }

    /// Whether figures are still on their way.
    pub fn waits(&self) -> bool {
        self.ask().is_some()
    }

    /// The place or year that is selected, where it has such.
    pub(super) fn column(&self) -> Option<&Column> {
        let (grid, at) = match self {
            Self::Bars(bars) => (bars.grid.as_deref()?, *bars.order.get(bars.selection.row)?),
            Self::Matrix(matrix) => (matrix.grid.as_deref()?, matrix.cursor.column),
            Self::Shares(shares) => (&shares.groups.as_deref()?.grid, shares.cursor.row),
            Self::Number(_) | Self::Proposals(_) | Self::Company(_) => return None,
        };
        grid.columns.get(at)
    }

    /// The term it is about.
    fn term(&self) -> Option<&str> {
        match self {
            Self::Number(number) => match &number.figure.what {
                What::Term(term, _) | What::Near(term, _) => Some(term),
                What::Group(..) => None,
            },
            Self::Bars(bars) => Some(&bars.term),
            Self::Company(company) => Some(&company.term),
            Self::Matrix(matrix) => matrix.terms.get(matrix.cursor.row).map(String::as_str),
            Self::Proposals(proposals) => proposals.phrase(),
            Self::Shares(_) => None,
        }
    }
}

/// The name of a column.
pub fn column_name(corpus: &Corpus, key: ColumnKey, lang: Lang) -> String {
    match key {
        ColumnKey::Year(year) => year.to_string(),
        ColumnKey::NoYear => lang.pick("年份不明", "no year").to_owned(),
        ColumnKey::Place(place) => match corpus.places().get(place.0 as usize) {
            Some(place) if !place.name.is_empty() => place.name.clone(),
            _ => lang.pick("未知", "unknown").to_owned(),
        },
    }
}

impl App {
    /// The picture that is seen.
    pub fn picture(&self) -> Option<&Shown> {
        self.pictures.last()
    }

    pub(super) fn picture_body(&self) -> Rect {
        picture_body(self.layout().concordance())
    }

    /// Shows a picture about what the panel's figures are about, over those that are shown.
    pub(super) fn show_picture(&mut self, picture: Picture) {
        let below = self.pictures.last().map(|shown| shown.comparison.clone());
        let Some(mut comparison) = below.or_else(|| self.comparison()) else { return };
        if matches!(picture, Picture::Proposals(_)) {
            (comparison.target, comparison.query) = (Target::Corpus, None);
        }
        self.pictures.push(Shown { comparison, picture, asked: 0 });
    }

    /// Asks for what the picture that is seen needs, once.
    pub(super) fn ask_picture(&mut self) {
        let Some(shown) = self.pictures.last_mut().filter(|_| self.loading.done) else { return };
        if shown.asked != 0 && shown.asked == self.picture_seq {
            return;
        }
        let Some(ask) = shown.picture.ask() else { return };
        self.picture_seq += 1;
        shown.asked = self.picture_seq;
        self.effects.push(Effect::Picture(PictureRequest {
            seq: self.picture_seq,
            corpus: Arc::clone(&self.corpus),
            comparison: shown.comparison.clone(),
            groups: Arc::clone(&self.groups),
            lang: self.look.lang,
            ask,
        }));
    }

    pub(super) fn on_picture(&mut self, seq: u64, answer: PictureAnswer) {
        let (body, ambiguous, here) = (self.picture_body(), self.look.ambiguous, self.page.report);
        let Some(shown) = self.pictures.last_mut().filter(|shown| shown.asked == seq) else { return };
        self.keywords.progress = None;
        let rows = bars_rows(body).height.into();
        match (&mut shown.picture, answer) {
            (Picture::Number(number), PictureAnswer::Number(opened)) => {
                number.take(opened);
                number.settle(number.parts(body, ambiguous).list.height.into());
            }
            (Picture::Bars(bars), PictureAnswer::Grid(grid)) => bars.take(grid, here, rows),
            (Picture::Company(company), PictureAnswer::Company(found)) => company.take(found, rows),
            (Picture::Matrix(matrix), PictureAnswer::Grid(grid)) => matrix.take(grid, here, body),
            (Picture::Shares(shares), PictureAnswer::Shares(groups)) => shares.take(groups, here, body),
            (Picture::Proposals(proposals), PictureAnswer::Proposals(list)) => {
                proposals.list = Some(list);
                proposals.settle(rows);
            }
            _ => {}
        }
    }

    /// Makes the figures of all pictures void.
    pub(super) fn forget_pictures(&mut self) {
        self.shelf.clear();
        for shown in &mut self.pictures {
            shown.picture.forget();
            shown.asked = 0;
        }
    }

    /// A verdict holds from now on: figures of before are of other words. The list of proposals stays as one went through it.
    pub(super) fn on_judged(&mut self) {
        self.keywords.words += 1;
        for shown in self.pictures.iter_mut().filter(|shown| !matches!(shown.picture, Picture::Proposals(_))) {
            shown.picture.forget();
            shown.asked = 0;
        }
    }

    /// Back to the list from which an occurrence was opened, as long as one is in its report and has not left its mark.
    pub(super) fn unshelve_pictures(&mut self) {
        self.pictures = std::mem::take(&mut self.shelf);
        for shown in &mut self.pictures {
            shown.asked = 0;
        }
        self.settle_picture();
    }

    /// Closes all pictures.
    pub(super) fn close_pictures(&mut self) {
        if !self.pictures.is_empty() {
            self.pictures.clear();
            self.effects.push(Effect::StopPicture);
        }
    }

    fn close_picture(&mut self) {
        if self.pictures.len() <= 1 {
            return self.close_pictures();
        }
        self.pictures.pop();
    }

    /// Keeps selections in view after the size has changed.
    pub(super) fn settle_picture(&mut self) {
        self.move_picture(Motion::Rows(0));
    }

    pub(super) fn move_picture(&mut self, motion: Motion) {
        let (body, ambiguous) = (self.picture_body(), self.look.ambiguous);
        let Some(shown) = self.pictures.last_mut() else { return };
        let rows = bars_rows(body).height.into();
        match &mut shown.picture {
            Picture::Number(number) => {
                let height = number.parts(body, ambiguous).list.height.into();
                number.go(motion, height);
            }
            Picture::Bars(bars) => bars.go(motion, rows),
            Picture::Matrix(matrix) => {
                let extents = matrix.extents(body);
                matrix.cursor.go(motion, extents);
            }
            Picture::Shares(shares) => {
                let extents = shares.extents(body);
                shares.cursor.go(motion, extents);
            }
            Picture::Proposals(proposals) => proposals.go(motion, rows),
            Picture::Company(company) => company.go(motion, rows),
        }
    }

    pub(super) fn picture_action(&mut self, action: Action) {
        if let Some(motion) = Motion::of(action) {
            return self.move_picture(motion);
        }
        match action {
            Action::CloseOverlay | Action::Cancel => self.close_picture(),
            Action::Activate => self.open_from_picture(),
            Action::PictureReport => self.open_report_of_picture(),
            Action::PictureLeft => self.step_picture(false),
            Action::PictureRight => self.step_picture(true),
            Action::NextPicture => self.turn_picture(true),
            Action::PreviousPicture => self.turn_picture(false),
            Action::PictureAxis => self.turn_axis(),
            Action::PictureRows => self.turn_rows(),
            Action::PictureScale => match self.top_picture() {
                Some(Picture::Matrix(matrix)) => matrix.by_row = !matrix.by_row,
                Some(Picture::Company(company)) => {
                    company.turn();
                    self.ask_again();
                }
                _ => {}
            },
            Action::InsideWords => {
                if let Some(Picture::Number(number)) = self.top_picture() {
                    number.turn_inside();
                }
            }
            Action::Formulas => {
                let (body, ambiguous) = (self.picture_body(), self.look.ambiguous);
                if let Some(Picture::Number(number)) = self.top_picture() {
                    number.turn_formulas(body, ambiguous);
                    number.settle(number.parts(body, ambiguous).list.height.into());
                }
            }
            Action::AcceptPhrase => self.judge(Verdict::Accepted),
            Action::RefusePhrase => self.judge(Verdict::Refused),
            Action::Help | Action::Issues | Action::Quit | Action::Suspend | Action::Redraw => self.act(action),
            Action::Search | Action::JumpCity => {
                self.close_pictures();
                self.act(action);
            }
            _ => {}
        }
    }

    /// What the picture waits for is no longer what it needs.
    fn ask_again(&mut self) {
        if let Some(shown) = self.pictures.last_mut() {
            shown.asked = 0;
        }
    }

    fn top_picture(&mut self) -> Option<&mut Picture> {
        self.pictures.last_mut().map(|shown| &mut shown.picture)
    }
}

/// The rows of a list in a picture: below the line of column heads.
pub const fn bars_rows(body: Rect) -> Rect {
    let head = if body.height < 1 { 0 } else { 1 };
    Rect { x: body.x, y: body.y + head, width: body.width, height: body.height - head }
}
