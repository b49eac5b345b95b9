//! What keys do to the list of hits in context, and what its filters add to the query.
//!
//! In: keys, pages of lines. Out: requests for pages, never for all lines. Does not know about: how lines are made or drawn.

use std::sync::Arc;

use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::{Job, KwicRequest, Lane};
use crate::app::screen::layout::{Panel, concordance_list};
use crate::app::screen::scroll::{Motion, Scroll};
use crate::app::search::concordance::{ConcordanceLines, ConcordanceView};
use crate::app::search::search_state::Landing;
use crate::command::Action;
use crate::corpus::{PlaceEntry, Report};
use crate::index::kwic::KwicOrder;
use crate::index::search::{Part, Query, QueryField};

impl App {
    /// Opens the list at the hit that is being read, or closes it.
    pub(in crate::app) fn toggle_concordance(&mut self) {
        if self.search.concordance.take().is_some() {
            return;
        }
        if self.search.query.is_none() && self.prompt.is_none() {
            self.open_prompt(crate::app::prompt::Ask::Search);
        } else if let Some((anchor, mark)) = self.before().map(|before| (before.anchor, before.mark)) {
            // What was shown while one typed is shown here from now on; the page goes back.
            self.reading.page.anchor = anchor;
            self.reading.page.mark = mark;
            self.lay_out_page();
        }
        let here = self.reading.page.report.map_or(0, |report| {
            let at = self.reading.page.here();
            let before = self.search.hits_in(report).partition_point(|span| span.start < at) as u64;
            self.search.hits_before(report) + before
        });
        let mut list = ConcordanceView {
            total: usize::try_from(self.search.counts.total).unwrap_or(usize::MAX),
            asked: Some((self.search.number(), usize::MAX, KwicOrder::Corpus, 0..0)),
            ..ConcordanceView::default()
        };
        let height = self.concordance_height();
        list.select(usize::try_from(here).unwrap_or(usize::MAX), height);
        list.scroll.place(list.selected, height / 3, list.total, height);
        self.search.concordance = Some(list);
    }

    pub(in crate::app) fn concordance_height(&self) -> usize {
        concordance_list(self.layout().concordance()).height.into()
    }

    /// Asks for the lines that are to be seen, where they are not at hand.
    pub(in crate::app) fn ask_lines(&mut self) {
        let height = self.concordance_height();
        let width = self.layout().concordance().width;
        let (number, found) = (self.search.number(), Arc::clone(self.search.found()));
        let (unanswered, running) = (self.search.is_unanswered(), self.search.running);
        let Some(list) = &mut self.search.concordance else { return };
        let Some(query) = &self.search.query else {
            list.lines.clear();
            list.total = 0;
            list.asked = None;
            return;
        };
        let another = list.asked.as_ref().is_none_or(|(search, ..)| *search != number);
        if another && list.follow.is_none() {
            list.selected = 0;
            list.scroll = Scroll::default();
        }
        // An order by context is of all hits; and the hit to be followed may be among those still to be found.
        let whole = matches!(list.order, KwicOrder::Left | KwicOrder::Right) || list.follow.is_some();
        if unanswered || whole && running {
            return;
        }
        let seen = list.scroll.top..list.scroll.top + height.max(1);
        let key = (number, found.len(), list.order);
        let at_hand = list.asked.as_ref().is_some_and(|(search, reports, order, range)| {
            (*search, *reports, *order) == key && range.start <= seen.start && seen.end <= range.end
        });
        if at_hand {
            return;
        }
        // A screen more on either side, so that most keys need not wait.
        let range = seen.start.saturating_sub(height)..seen.end.saturating_add(height);
        list.seq += 1;
        list.asked = Some((key.0, key.1, key.2, range.clone()));
        self.effects.push(Effect::run(Job::Concordance(KwicRequest {
            seq: list.seq,
            search: number,
            query: query.clone(),
            corpus: Arc::clone(&self.corpus),
            counts: found,
            order: list.order,
            lines: range.start as u64..range.end as u64,
            follow: list.follow.map(|(report, offset, _)| (report, offset)),
            chars: width.into(),
        })));
    }

    pub(in crate::app) fn on_lines(&mut self, seq: u64, made: ConcordanceLines) {
        let height = self.concordance_height();
        let Some(list) = self.search.concordance.as_mut().filter(|list| list.seq == seq) else { return };
        let short = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        (list.first, list.total, list.by_word) = (short(made.first), short(made.total), made.by_word);
        list.lines = made.lines;
        if let Some((.., row)) = list.follow.take() {
            list.selected = made.followed.map_or(0, short);
            list.scroll.place(list.selected, row, list.total, height);
            let first = list.first;
            if let Some((.., range)) = &mut list.asked {
                *range = first..first + range.len();
            }
        }
        list.select(list.selected, height);
    }

    pub(in crate::app) fn concordance_action(&mut self, action: Action) {
        if let Some(motion) = Motion::of(action) {
            return self.move_concordance(motion);
        }
        match action {
            Action::CloseOverlay | Action::Cancel if self.leaves_unchosen() => self.act(Action::Cancel),
            Action::CloseOverlay | Action::Cancel | Action::Concordance => {
                self.search.concordance = None;
                self.effects.push(Effect::Cancel(Lane::Concordance));
            }
            Action::Activate => self.open_line(),
            Action::NextHit => self.move_concordance(Motion::Rows(1)),
            Action::PreviousHit => self.move_concordance(Motion::Rows(-1)),
            Action::ConcordanceOrder => {
                if let Some(list) = &mut self.search.concordance {
                    list.order = match list.order {
                        KwicOrder::Corpus => KwicOrder::Place,
                        KwicOrder::Place | KwicOrder::Year => KwicOrder::Left,
                        KwicOrder::Left => KwicOrder::Right,
                        KwicOrder::Right => KwicOrder::Corpus,
                    };
                    list.stay();
                }
            }
            Action::OnlyPlace => self.filter_lines(QueryField::City),
            Action::OnlyProvince => self.filter_lines(QueryField::Province),
            Action::OnlyBody => self.filter_lines(QueryField::Body),
            Action::OnlyYear => self.filter_lines(QueryField::Year),
            Action::OnlyPart => self.filter_lines(QueryField::Part),
            Action::Help | Action::Issues | Action::Quit | Action::Suspend | Action::Redraw => self.act(action),
            Action::Pin | Action::Board => self.act(action),
            Action::CopyParagraph | Action::CopySection | Action::CitationForm => self.act(action),
            Action::Mark | Action::Edit => self.act(action),
            Action::JumpCity => {
                self.search.concordance = None;
                self.act(action);
            }
            Action::Search | Action::Exact | Action::Pinyin | Action::Repeats | Action::Silent => self.act(action),
            _ => {}
        }
    }

    pub(in crate::app) fn move_concordance(&mut self, motion: Motion) {
        let height = self.concordance_height();
        if let Some(list) = &mut self.search.concordance {
            let next = motion.from(list.selected, list.total, height);
            list.select(next, height);
        }
    }

    /// Moves the view to where the scrollbar of the list was clicked.
    pub(in crate::app) fn drag_concordance(&mut self, row: usize) {
        let height = self.concordance_height();
        if let Some(list) = &mut self.search.concordance {
            list.scroll.drag(row, list.total, height);
            let seen = list.scroll.visible(list.total, height);
            list.selected = list.selected.clamp(seen.start, seen.end.saturating_sub(1).max(seen.start));
        }
    }

    /// Selects the line on row `row` of the list; a second time opens it.
    pub(in crate::app) fn click_line(&mut self, row: usize) {
        let Some(list) = &mut self.search.concordance else { return };
        let number = list.scroll.top + row;
        if number >= list.total {
            return;
        }
        if list.selected == number && self.prompt.is_none() {
            return self.open_line();
        }
        list.selected = number;
    }

    /// Goes to the selected hit in its report, and closes the list.
    fn open_line(&mut self) {
        let target = self.search.concordance.as_ref().and_then(|list| {
            let line = list.line(list.selected)?;
            Some((line.report, line.hit.span.start))
        });
        let Some((report, offset)) = target else { return };
        if self.choose_passage() {
            return;
        }
        self.search.concordance = None;
        self.visit(report, None);
        self.land(Landing::At(offset));
        self.focus_on(Panel::Page);
    }

    /// Only hits that share this with the selected one; once more, all of them again.
    fn filter_lines(&mut self, field: QueryField) {
        let Some(query) = self.narrowed(field) else { return };
        if let Some(list) = &mut self.search.concordance {
            list.stay();
        }
        self.start_search(Some(query));
    }

    /// The query with a condition on `field` taken away, or added as it is with the selected hit; none if there is none.
    pub(in crate::app) fn narrowed(&self, field: QueryField) -> Option<Query> {
        let query = self.search.query.as_ref()?;
        let selected =
            self.search.concordance.as_ref().and_then(|list| list.line(list.selected)).map(|line| line.report);
        let known =
            selected.and_then(|id| Some((self.corpus.report(id)?.1, self.corpus.place(self.corpus.place_of(id)?))));
        Query::read(&toggle(query.text(), field, known)?, self.search.options).ok()
    }
}

/// The query with a condition on `field` taken away, or added as it is with a report; `None` if there is nothing to ask.
fn toggle(query: &str, field: QueryField, report: Option<(&Report, &PlaceEntry)>) -> Option<String> {
    let name = format!("{}:", field.name());
    let (old, mut words): (Vec<&str>, Vec<&str>) = words(query).into_iter().partition(|word| word.starts_with(&name));
    let value = match field {
        // Looking back, then ahead, then both.
        QueryField::Part => match old.first().and_then(|word| word.strip_prefix(&name)) {
            None => Some(Part::Review.name().to_owned()),
            Some(value) if value == Part::Review.name() => Some(Part::Plan.name().to_owned()),
            Some(_) => None,
        },
        _ if !old.is_empty() => None,
        QueryField::City => Some(report?.1.name.clone()),
        QueryField::Province => Some(report?.0.province.clone()),
        QueryField::Body => Some(report?.0.body.name().to_owned()),
        QueryField::Year => Some(report?.0.years.last()?.to_string()),
        QueryField::Session => Some(report?.0.session_year?.to_string()),
        // A line lies in several sections, one in another: no key says which.
        QueryField::Section | QueryField::Title => None,
    };
    if old.is_empty() && value.as_ref().is_none_or(String::is_empty) {
        return None;
    }
    let added = value.map(|value| {
        let plain = value.chars().all(char::is_alphanumeric);
        if plain { format!("{name}{value}") } else { format!("{name}\"{}\"", value.replace(['"', '\\'], "")) }
    });
    words.extend(added.as_deref());
    Some(words.join(" "))
}

/// The words of a query; a quotation is part of its word.
fn words(query: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let split = query.split(|c: char| {
        let ends = c.is_whitespace() && !quoted;
        quoted ^= matches!(c, '"' | '“' | '”') && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    split.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn conditions_come_and_go() {
        let corpus = fixture::corpus();
        let (id, _, report) = corpus.reports().next().unwrap();
        let place = corpus.place(corpus.place_of(id).unwrap());
        let with = |query: &str, field| toggle(query, field, Some((report, place)));
        let cases = [
            ("水渠", QueryField::City, Some("水渠 city:云岭市")),
            ("水渠 city:云岭市", QueryField::City, Some("水渠")),
            ("city:望川 水渠 -村", QueryField::City, Some("水渠 -村")),
            ("\"水 city:渠\"", QueryField::Province, Some("\"水 city:渠\" province:青禾省")),
            ("水渠 year:2021", QueryField::Year, Some("水渠")),
            ("水渠", QueryField::Year, Some("水渠 year:2022")),
            ("水渠", QueryField::Part, Some("水渠 part:回顾")),
            ("水渠 part:回顾", QueryField::Part, Some("水渠 part:打算")),
            ("水渠 part:打算", QueryField::Part, Some("水渠")),
        ];
        for (query, field, want) in cases {
            assert_eq!(with(query, field).as_deref(), want, "{query} {field:?}");
        }
        let body = with("水渠", QueryField::Body).unwrap();
        assert_eq!(with(&body, QueryField::Body).unwrap(), "水渠");
        assert_eq!(toggle("水渠", QueryField::City, None), None);
    }
}
