//! From one view to another: opening them from the panel, turning one into the next, stepping sideways inside one.

use crate::analysis::trend::{Params as Trend, Terms, TrendRows};
use crate::analysis::{KeyedQuestion, Question, ScopeFlags, Subject};
use crate::app::App;
use crate::app::terms::comparison::Comparison;
use crate::app::views::answer::Answer;
use crate::app::views::figure_detail::{Figure, FigureDetail};
use crate::app::views::{View, ViewFrame};
use crate::command::{Action, KeyContext};
use crate::index::scope::Scope;
use crate::index::search::Query;
use crate::index::terms::Occurrence;
use crate::table::{Evidence, Shape};

/// Terms of the panel that a question gets.
const LISTED: usize = 300;

impl App {
    /// Opens a view of the panel's selected term, or of all its terms.
    pub(in crate::app) fn open_view(&mut self, action: Action) {
        let term = self.keywords.selected_row().and_then(|_| self.keywords.selected.clone());
        if let Some(view) = self.view_of(action, term) {
            self.show_view(view);
        }
    }

    /// Whether a key would ask a question now; `None` if the action asks none.
    pub(in crate::app) fn can_ask(&self, action: Action) -> Option<bool> {
        let keyed = Question::keyed().find(|keyed| keyed.action == action.name())?;
        let term = self.keywords.selected_row().and(self.keywords.selected.as_deref());
        Some(self.comparison().is_some() && self.asks(keyed, term))
    }

    /// Whether a question can be asked about a term. One listed term tells as much as all.
    fn asks(&self, keyed: &KeyedQuestion, term: Option<&str>) -> bool {
        (keyed.ask)(&self.subject(term, 1)).is_some()
    }

    /// Whether the count of the panel's selected term can be opened.
    pub(in crate::app) fn can_open_count(&self) -> bool {
        let term = self.keywords.selected.as_deref();
        self.comparison().is_some() && term.is_some_and(|term| self.number_of(term).is_some())
    }

    fn view_of(&self, action: Action, term: Option<String>) -> Option<View> {
        let Some(keyed) = Question::keyed().find(|keyed| keyed.action == action.name()) else {
            return (action == Action::Activate).then(|| self.number_of(&term?)).flatten();
        };
        let question = (keyed.ask)(&self.subject(term.as_deref(), LISTED))?;
        let mut answer = Answer::new(question, term.clone().filter(|_| !self.asks(keyed, None)));
        // A map of the listed terms begins at the selected one.
        if let (Question::Trend(Trend { terms: Terms(terms), .. }), Some(term)) = (&answer.question, term) {
            answer.cursor.row = terms.iter().position(|t| *t == term).unwrap_or(0);
        }
        Some(View::Answer(Box::new(answer)))
    }

    /// What the strip of the panel draws, opened: the selected term in the open report, inside longer words too.
    pub(in crate::app) fn open_strip(&mut self) {
        let (Some(report), Some(term)) = (self.reading.page.report, self.keywords.selected.clone()) else { return };
        let Some((_, own)) = self.corpus.report(report) else { return };
        let year = own.years.last().map(|year| format!(" {year}")).unwrap_or_default();
        let place = Some(format!("{}{year}", own.place));
        let occurrences = self.keywords.strip.iter().map(|span| Occurrence { report, span: *span }).collect();
        let evidence = Evidence::Occurrences { name: term, occurrences };
        self.show_view(View::FigureDetail(FigureDetail::new(Figure { evidence, place })));
    }

    /// The count of a term of the panel, opened.
    fn number_of(&self, term: &str) -> Option<View> {
        let table = &self.keywords.sheet.as_ref()?.table;
        let evidence = match table.find("term", term) {
            Some(row) => table.evidence(row)?,
            // A term that the panel does not list: the same figure of it.
            None => match table.evidence(0)? {
                Evidence::Term { counting, scope, .. } => Evidence::Term { term: term.to_owned(), counting, scope },
                _ => return None,
            },
        };
        Some(View::FigureDetail(FigureDetail::new(Figure { evidence, place: None })))
    }

    /// What is selected in the panel, as a question takes it, with the first of the listed terms.
    fn subject<'s>(&'s self, term: Option<&'s str>, listed: usize) -> Subject<'s> {
        let terms = self.keywords.sheet.as_ref().map_or_else(Vec::new, |sheet| sheet.first_terms(listed));
        let words = self.keywords.layers.word_flags();
        let below = self.views.frames.last().map(|shown| shown.comparison.clone());
        let comparison = below.or_else(|| self.comparison());
        let chosen = |scope: Option<Scope>| scope.map(ScopeFlags::chosen).unwrap_or_default();
        let scope = chosen(comparison.as_ref().and_then(Comparison::scope));
        let field = chosen(comparison.as_ref().and_then(Comparison::field));
        let report = self.reading.page.report;
        let place = report.and_then(|report| self.corpus.place_of(report));
        let year = report.and_then(|report| self.corpus.report(report)).and_then(|(_, report)| report.filed_year());
        let sheet = self.keywords.sheet.as_ref();
        let findings = sheet.and_then(|sheet| sheet.table.border.as_ref()).map(|(at, _)| *at);
        let (section, paragraph) = (self.section_being_read(), self.paragraph_being_read());
        let query = self.search.query.as_ref().map(Query::text);
        Subject {
            term,
            query,
            terms,
            findings,
            report,
            neighbours: self.neighbours(),
            place,
            year,
            section,
            paragraph,
            places: self.corpus.places().len(),
            scope,
            field,
            words,
        }
    }

    /// Turns the view that is seen into the next one, of the same term.
    pub(in crate::app) fn switch_view(&mut self, forward: bool) {
        let Some((action, term)) = self.action_beside(forward) else { return };
        let Some(view) = self.view_of(action, term) else { return };
        self.views.frames.pop();
        self.show_view(view);
    }

    /// Whether there is a view to turn to: some need a term.
    pub(in crate::app) fn can_switch_view(&self, forward: bool) -> bool {
        let Some((action, term)) = self.action_beside(forward) else { return false };
        match Question::keyed().find(|keyed| keyed.action == action.name()) {
            Some(keyed) => self.asks(keyed, term.as_deref()),
            None => term.is_some_and(|term| self.number_of(&term).is_some()),
        }
    }

    /// What asks for the view after the one that is seen, or before it: the number, then every question that a key asks; and
    /// the term it is about.
    fn action_beside(&self, forward: bool) -> Option<(Action, Option<String>)> {
        let ViewFrame { view, .. } = self.views.frames.last()?;
        let number = [Action::Activate.name()];
        // What is asked from the page is read otherwise, and about no term.
        let of_panel = |name: &&str| Action::from_name(name).is_some_and(|a| a.context() == KeyContext::Keywords);
        let asked = Question::keyed().map(|keyed| keyed.action).filter(of_panel);
        let ring: Vec<&str> = number.into_iter().chain(asked).collect();
        let own = view.answer().and_then(|answer| answer.keyed()).map_or(ring[0], |keyed| keyed.action);
        let now = ring.iter().position(|action| *action == own).unwrap_or(0);
        let next = Action::from_name(ring[(now + if forward { 1 } else { ring.len() - 1 }) % ring.len()])?;
        Some((next, view.term().or_else(|| self.keywords.selected.clone())))
    }

    /// Whether there is a list, term or column to the left or right.
    pub(in crate::app) fn can_step_view(&self, right: bool) -> bool {
        let Some(ViewFrame { view, .. }) = self.views.frames.last() else { return false };
        let beside = |at: usize, len: usize| if right { at + 1 < len } else { at > 0 };
        match view {
            View::FigureDetail(number) => number.opened.as_ref().is_some_and(|opened| opened.lists.len() > 1),
            View::Answer(answer) if answer.shape() == Shape::Tiles => {
                let way = (0, if right { 1 } else { -1 });
                answer.can_step_tile(way, self.view_body())
            }
            View::Answer(answer) => match answer.pivot() {
                Some(pivot) => beside(answer.cursor.column, pivot.columns.len()),
                None => self.beside(answer, right).is_some(),
            },
        }
    }

    /// One list, term or column to the left or right.
    pub(in crate::app) fn step_view(&mut self, right: bool) {
        let (body, height) = (self.view_body(), self.terms_height());
        let beside = match self.views.frames.last().map(|shown| &shown.view) {
            Some(View::Answer(answer)) if answer.pivot().is_none() && answer.shape() != Shape::Tiles => {
                self.beside(answer, right)
            }
            _ => None,
        };
        let Some(shown) = self.views.frames.last_mut() else { return };
        match (&mut shown.view, beside) {
            (View::FigureDetail(number), _) => number.turn(right),
            (View::Answer(answer), Some((row, other))) => {
                (**answer, shown.asked) = (other, 0);
                if let Some(row) = row {
                    self.keywords.select_row(row, height);
                }
            }
            (View::Answer(answer), None) => answer.side(right, body),
        }
    }

    /// The same question about what is to the left or right: another term of the panel (with its row there), another report.
    fn beside(&self, answer: &Answer, right: bool) -> Option<(Option<usize>, Answer)> {
        if let Some(other) = self.ledger_beside(answer, right) {
            return Some((None, other));
        }
        self.term_beside(answer, right).map(|(row, answer)| (Some(row), answer))
    }

    /// Who first said what the selected row is about.
    pub(in crate::app) fn first_view(&self) -> Option<View> {
        let shown = self.views.frames.last()?;
        self.view_of(Action::First, Some(shown.view.term()?)).filter(|_| !shown.view.is_first())
    }

    /// The same question about the term before or after in the panel, and that term's row there.
    fn term_beside(&self, answer: &Answer, right: bool) -> Option<(usize, Answer)> {
        let table = &self.keywords.sheet.as_ref()?.table;
        let at = table.find("term", answer.term.as_deref()?)?;
        let next = if right { at.checked_add(1)? } else { at.checked_sub(1)? };
        let term =
            Some(next).filter(|next| *next < table.len()).map(|next| table.get(next, "term").exact().into_owned())?;
        let mut question = (answer.keyed()?.ask)(&self.subject(Some(&term), LISTED))?;
        // The order that was chosen stays.
        question.analysis_mut().keep_order_of(&answer.question);
        Some((next, Answer::new(question, Some(term))))
    }

    /// Whether the view can go from places to years, or back.
    pub(in crate::app) fn can_turn_axis(&self) -> bool {
        self.views.frames.last().and_then(|shown| shown.view.answer()).is_some_and(Answer::can_turn_axis)
    }

    /// From places to years, and back.
    pub(in crate::app) fn switch_axis(&mut self) {
        let Some(shown) = self.views.frames.last_mut() else { return };
        if let View::Answer(answer) = &mut shown.view
            && answer.turn_axis()
        {
            shown.asked = 0;
        }
    }

    /// The rows of the heat map: the panel's terms, then the words of one keyword group after the other.
    pub(in crate::app) fn switch_rows(&mut self) {
        let Some(View::Answer(answer)) = self.views.frames.last().map(|shown| &shown.view) else { return };
        let Question::Trend(map @ Trend { map: Some(rows), .. }) = &answer.question else { return };
        let (by, by_row) = (map.by, answer.by_row);
        let next = match rows {
            TrendRows::Terms(_) => 0,
            TrendRows::Group(group, _) => group + 1,
        };
        let mut made = match self.keywords.groups.list().get(next) {
            Some(group) => {
                let rows = Some(TrendRows::Group(next, group.name.clone()));
                let terms = Terms(group.words.clone());
                Answer::new(Trend { terms, map: rows, strings: true, ..map.clone() }.into(), None)
            }
            None => match self.view_of(Action::HeatMap, self.keywords.selected.clone()) {
                Some(View::Answer(made)) => *made,
                _ => return,
            },
        };
        if let Question::Trend(params) = &mut made.question {
            params.by = by;
        }
        made.by_row = by_row;
        if let Some(shown) = self.views.frames.last_mut() {
            (shown.view, shown.asked) = (View::Answer(Box::new(made)), 0);
        }
    }
}
