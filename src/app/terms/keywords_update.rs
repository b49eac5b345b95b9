//! What the keyword panel asks for as one reads on, and what its keys change.

use crate::analysis::Order;
use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::{Job, Lane, StripRequest};
use crate::app::terms::comparison::{Comparison, CountedText, Target, next_reference, reference_name};
use crate::command::Action;
use crate::index::scope::Reference;
use crate::index::terms::KeywordOrder;
use crate::text::Lang;

impl App {
    /// What the panel's figures are to be about now; `None` while nothing is open, or while a search whose hits they are
    /// about has not ended.
    pub(in crate::app) fn comparison(&self) -> Option<Comparison> {
        let report = self.reading.page.report?;
        let mut query = None;
        let target = match self.keywords.reach {
            CountedText::Corpus => Target::Corpus,
            CountedText::Place => self.corpus.place_of(report).map_or(Target::Report(report), Target::Place),
            CountedText::Section => match self.section_here().and_then(|i| u32::try_from(i).ok()) {
                Some(section) => Target::Section(report, section),
                None => Target::Report(report),
            },
            CountedText::Hits if self.search.query.is_some() => {
                if self.search.running {
                    return None;
                }
                query.clone_from(&self.search.query);
                Target::Hits(self.search.number())
            }
            CountedText::Report | CountedText::Hits => Target::Report(report),
        };
        let (reference, layers) = (self.keywords.reference.clone(), self.keywords.layers);
        Some(Comparison { target, reference, layers, query })
    }

    /// Asks for the figures of what is being read, where they are shown and not known yet; stops counting where they are not.
    pub(in crate::app) fn follow(&mut self) {
        if self.layout().keywords.is_none() || !self.views.frames.is_empty() || self.reading.wording.open {
            if self.keywords.dismiss() {
                self.effects.push(Effect::Cancel(Lane::Terms));
            }
            return;
        }
        if let Some(comparison) = self.comparison()
            && let Some(request) = self.keywords.ask(&self.corpus, comparison, !self.loading.done)
        {
            self.effects.push(Effect::run(Job::Terms(request)));
        }
        let Some(report) = self.reading.page.report else { return };
        if let Some((seq, term)) = self.keywords.ask_strip(report) {
            let corpus = std::sync::Arc::clone(&self.corpus);
            self.effects.push(Effect::run(Job::Strip(StripRequest { seq, corpus, report, term })));
        }
    }

    /// Changes what is counted, what it is compared with, how it is sorted.
    pub(in crate::app) fn turn_terms(&mut self, action: Action) {
        let panel = &mut self.keywords;
        match action {
            Action::TermScope => panel.reach = panel.reach.next(self.search.query.is_some()),
            Action::TermOrder => panel.order = panel.order.next(true),
            Action::TermOrderBack => panel.order = panel.order.next(false),
            Action::TermLess => {
                let less = panel.order == KeywordOrder::Negative;
                panel.order = if less { KeywordOrder::Keyness } else { KeywordOrder::Negative };
            }
            Action::TermAgainst => panel.reference = next_reference(&panel.reference),
            Action::FunctionWords => panel.layers.function = !panel.layers.function,
            Action::FillerWords => panel.layers.filler = !panel.layers.filler,
            Action::OwnNames => panel.layers.names = !panel.layers.names,
            Action::TermLeast => panel.layers.least = panel.layers.next_least(),
            _ => {}
        }
        let lang = self.screen.look.lang;
        let name = reference_name(&self.keywords.reference, &self.corpus, lang);
        let (layers, order) = (self.keywords.layers, self.keywords.order);
        let state = |left_out: bool| {
            if left_out { ("不列", "left out") } else { ("列出", "listed") }
        };
        match action {
            Action::TermAgainst => self.say(format!("参照：{name}"), format!("compared with: {name}")),
            Action::FunctionWords => {
                let (zh, en) = state(layers.function);
                self.say(format!("虚词：{zh}"), format!("function words: {en}"));
            }
            Action::FillerWords => {
                let (zh, en) = state(layers.filler);
                self.say(format!("公文套语：{zh}"), format!("official filler: {en}"));
            }
            Action::OwnNames => {
                let (zh, en) = state(layers.names);
                self.say(format!("自称：{zh}"), format!("own names: {en}"));
            }
            Action::TermLeast => {
                let least = layers.least;
                self.say(format!("显著的词至少 {least} 次"), format!("a finding occurs at least {least} times"));
            }
            Action::TermScope => {}
            _ => {
                let (zh, en) = (order.name(Lang::Zh), order.name(Lang::En));
                self.say(format!("排序：{zh}"), format!("order: {en}"));
            }
        }
    }

    /// A place that is gone is no reference any more.
    pub(in crate::app) fn check_reference(&mut self) {
        if let Reference::Place(place) = self.keywords.reference
            && self.corpus.places().len() <= place.0 as usize
        {
            self.keywords.reference = Reference::Rest;
        }
    }
}
