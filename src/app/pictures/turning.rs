//! From one picture to another: opening them from the panel, turning one into the next, stepping sideways inside one.

use super::ask::{Figure, Part, What};
use super::bars::Bars;
use super::company::Company;
use super::matrix::{Matrix, Rows};
use super::number::Number;
use super::proposals::Proposals;
use super::shares::Shares;
use super::{Picture, Shown};
use crate::app::App;
use crate::command::Action;
use crate::index::trend::{Axis, Counting};

/// Terms of the panel that the heat map shows.
const MAPPED: usize = 300;

impl App {
    /// Opens a picture of the panel's selected term, or of all its terms.
    pub(in crate::app) fn open_picture(&mut self, action: Action) {
        let term = self.keywords.selected.clone();
        if let Some(picture) = self.picture_of(action, term) {
            self.show_picture(picture);
        }
    }

    fn picture_of(&self, action: Action, term: Option<String>) -> Option<Picture> {
        Some(match action {
            Action::Ranking => Picture::Bars(Bars::new(term?, Axis::Place)),
            Action::Trend => Picture::Bars(Bars::new(term?, Axis::Year)),
            Action::HeatMap => {
                let rows = self.keywords.sheet.as_ref().map_or(&[][..], |sheet| &sheet.rows);
                let terms: Vec<String> = rows.iter().take(MAPPED).map(|row| row.term.clone()).collect();
                let at = term.and_then(|term| terms.iter().position(|t| *t == term)).unwrap_or(0);
                Picture::Matrix(Matrix { axis: self.axis(), ..Matrix::new(terms, at) })
            }
            Action::Collocates => Picture::Company(Company::new(term?)),
            Action::GroupShares => Picture::Shares(Shares::new(self.axis())),
            Action::Phrases => Picture::Proposals(Proposals::default()),
            _ => {
                let what = What::Term(term?, Counting::Words);
                Picture::Number(Number::new(Figure { what, part: Part::Scope }))
            }
        })
    }

    /// What a map is over unless one says otherwise: places, where there are several.
    fn axis(&self) -> Axis {
        if self.corpus.places().len() > 1 { Axis::Place } else { Axis::Year }
    }

    /// Turns the picture that is seen into the next one, of the same term.
    pub(super) fn turn_picture(&mut self, forward: bool) {
        let Some((next, term)) = self.picture_beside(forward) else { return };
        if let Some(picture) = self.picture_of(next, term) {
            self.pictures.pop();
            self.show_picture(picture);
        }
    }

    /// Whether there is a picture to turn to: some need a term.
    pub(in crate::app) fn can_turn_picture(&self, forward: bool) -> bool {
        self.picture_beside(forward).is_some_and(|(next, term)| {
            term.is_some() || matches!(next, Action::HeatMap | Action::GroupShares | Action::Phrases)
        })
    }

    /// The picture after the one that is seen, or before it, and the term it would be of.
    fn picture_beside(&self, forward: bool) -> Option<(Action, Option<String>)> {
        const RING: [Action; 7] = [
            Action::Activate,
            Action::Collocates,
            Action::Ranking,
            Action::HeatMap,
            Action::Trend,
            Action::GroupShares,
            Action::Phrases,
        ];
        let Shown { picture, .. } = self.pictures.last()?;
        let now = match picture {
            Picture::Number(_) => 0,
            Picture::Company(_) => 1,
            Picture::Bars(Bars { axis: Axis::Place, .. }) => 2,
            Picture::Matrix(_) => 3,
            Picture::Bars(_) => 4,
            Picture::Shares(_) => 5,
            Picture::Proposals(_) => 6,
        };
        let next = RING[(now + if forward { 1 } else { RING.len() - 1 }) % RING.len()];
        // A proposed phrase is no term of the panel.
        let term = picture.term().filter(|_| now != 6).map(str::to_owned).or_else(|| self.keywords.selected.clone());
        Some((next, term))
    }

    /// Whether there is a list, term or column to the left or right.
    pub(in crate::app) fn can_step_picture(&self, right: bool) -> bool {
        let Some(Shown { picture, .. }) = self.pictures.last() else { return false };
        let body = self.picture_body();
        let beside = |at: usize, len: usize| if right { at + 1 < len } else { at > 0 };
        match picture {
            Picture::Number(number) => number.opened.as_ref().is_some_and(|opened| opened.lists.len() > 1),
            Picture::Matrix(matrix) => beside(matrix.cursor.column, matrix.extents(body).columns),
            Picture::Shares(shares) => beside(shares.cursor.column, shares.extents(body).columns),
            Picture::Bars(Bars { term, .. }) | Picture::Company(Company { term, .. }) => {
                let rows = self.keywords.sheet.as_ref().map_or(&[][..], |sheet| &sheet.rows);
                rows.iter().position(|row| row.term == *term).is_some_and(|at| beside(at, rows.len()))
            }
            Picture::Proposals(_) => false,
        }
    }

    /// One list, term or column to the left or right.
    pub(super) fn step_picture(&mut self, right: bool) {
        let (body, height) = (self.picture_body(), self.terms_height());
        let Some(shown) = self.pictures.last_mut() else { return };
        match &mut shown.picture {
            Picture::Number(number) => number.turn(right),
            Picture::Matrix(matrix) => {
                let extents = matrix.extents(body);
                matrix.cursor.side(right, extents);
            }
            Picture::Shares(shares) => {
                let extents = shares.extents(body);
                shares.cursor.side(right, extents);
            }
            Picture::Bars(Bars { term, .. }) | Picture::Company(Company { term, .. }) => {
                let rows = self.keywords.sheet.as_ref().map_or(&[][..], |sheet| &sheet.rows);
                let at = rows.iter().position(|row| row.term == *term);
                let next = at.and_then(|at| if right { at.checked_add(1) } else { at.checked_sub(1) });
                if let Some((at, row)) = next.and_then(|at| Some((at, rows.get(at)?))) {
                    term.clone_from(&row.term);
                    shown.picture.forget();
                    shown.asked = 0;
                    self.keywords.select_row(at, height);
                }
            }
            Picture::Proposals(_) => {}
        }
    }

    /// From places to years, and back.
    pub(super) fn turn_axis(&mut self) {
        let Some(shown) = self.pictures.last_mut() else { return };
        let axis = match &mut shown.picture {
            Picture::Bars(bars) => &mut bars.axis,
            Picture::Matrix(matrix) => &mut matrix.axis,
            Picture::Shares(shares) => &mut shares.axis,
            _ => return,
        };
        *axis = if *axis == Axis::Place { Axis::Year } else { Axis::Place };
        shown.picture.forget();
        shown.asked = 0;
    }

    /// The rows of the heat map: the panel's terms, then the words of one keyword group after the other.
    pub(super) fn turn_rows(&mut self) {
        let Some(Shown { picture: Picture::Matrix(matrix), .. }) = self.pictures.last() else { return };
        let next = match matrix.rows {
            Rows::Terms => 0,
            Rows::Group(group) => group + 1,
        };
        let made = match self.groups.list().get(next) {
            Some(group) => Picture::Matrix(Matrix { rows: Rows::Group(next), ..Matrix::new(group.words.clone(), 0) }),
            None => match self.picture_of(Action::HeatMap, self.keywords.selected.clone()) {
                Some(made) => made,
                None => return,
            },
        };
        let (axis, by_row) = (matrix.axis, matrix.by_row);
        if let Some(shown) = self.pictures.last_mut() {
            shown.picture = made;
            shown.asked = 0;
            if let Picture::Matrix(matrix) = &mut shown.picture {
                (matrix.axis, matrix.by_row) = (axis, by_row);
            }
        }
    }
}
