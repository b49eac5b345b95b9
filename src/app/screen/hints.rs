//! Which keys are worth naming on the screen now, and what each would do.
//!
//! In: the state, the keys as they are. Out: [`Hint`]s, the one needed next first. A hint is given only where its key, looked
//! up as the key itself would be, asks for that action, and where the action would do what the hint says.
//! Does not know about: where hints stand, colours.

use std::borrow::Cow;

use crate::analysis::Question;
use crate::app::issues::IssueRow;
use crate::app::overlay::Overlay;
use crate::app::prompt::Ask;
use crate::app::views::View;
use crate::app::views::answer::Answer;
use crate::app::{App, Cover, Panel};
use crate::command::{Action, KeyCombination};
use crate::table::Shape;
use crate::text::Lang;

/// A key and what it does now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What it asks for.
    pub action: Action,
    /// The key.
    pub key: KeyCombination,
    /// What it does, in a word or two of the user's language.
    pub word: Cow<'static, str>,
}

/// An action whose key would be worth naming, and its word (Chinese, English) where it does something special here.
#[derive(Debug, Clone, Copy)]
pub(super) struct WantedHint {
    pub(super) action: Action,
    word: Option<(&'static str, &'static str)>,
}

impl From<Action> for WantedHint {
    fn from(action: Action) -> Self {
        Self { action, word: None }
    }
}

pub(super) const fn named(action: Action, zh: &'static str, en: &'static str) -> WantedHint {
    WantedHint { action, word: Some((zh, en)) }
}

pub(super) fn plain<const N: usize>(actions: [Action; N]) -> Vec<WantedHint> {
    actions.into_iter().map(WantedHint::from).collect()
}

impl App {
    /// The keys worth naming in the bottom line, the one needed next first.
    pub fn hints(&self) -> Vec<Hint> {
        let mut wanted = self.wanted();
        if self.prompt.is_none() && self.overlay.is_none() && self.cover().is_none() && self.stoppable().is_some() {
            wanted.retain(|own| own.action != Action::Cancel);
            wanted.insert(1.min(wanted.len()), named(Action::Cancel, "停止", "stop"));
        }
        if self.prompt.is_none()
            && self.overlay.is_none()
            && let Some(last) = self.screen.last
        {
            // Help keeps its corner; then what goes on from what was done last, each once.
            let next = self.follow_ups(last);
            wanted.retain(|own| next.iter().all(|next| next.action != own.action));
            let at = usize::from(wanted.first().is_some_and(|own| own.action == Action::Help));
            wanted.splice(at..at, next);
        }
        self.resolve(&wanted)
    }

    /// The keys worth naming below the heading of what stands in place of the page.
    pub fn cover_hints(&self) -> Vec<Hint> {
        // Under a window they mean something else, or nothing.
        if self.overlay.is_some() || self.prompt.is_some() {
            return Vec::new();
        }
        let wanted = match self.cover() {
            Some(Cover::View) => self.view().map(|shown| of_view(&shown.view)).unwrap_or_default(),
            Some(Cover::Concordance) => plain([
                Action::ConcordanceOrder,
                Action::OnlyPlace,
                Action::OnlyProvince,
                Action::OnlyBody,
                Action::OnlyYear,
                Action::OnlyPart,
            ]),
            Some(Cover::Board) | None => Vec::new(),
        };
        self.resolve(&wanted)
    }

    /// The hint of one action, where its key does it now.
    pub fn hint(&self, action: Action) -> Option<Hint> {
        self.resolve(&[action.into()]).pop()
    }

    fn resolve(&self, wanted: &[WantedHint]) -> Vec<Hint> {
        let (context, lang) = (self.context(), self.screen.look.lang);
        let hint = |&WantedHint { action, word }: &WantedHint| {
            let key = self.screen.keymap.key_in(context, action).filter(|_| self.offers(action))?;
            let word = match (action, word) {
                (Action::Issues, _) => Cow::from(self.issues_word()),
                (_, Some((zh, en))) => Cow::from(lang.pick(zh, en)),
                (_, None) => Cow::from(action.hint(lang)),
            };
            Some(Hint { action, key, word })
        };
        wanted.iter().filter_map(hint).collect()
    }

    fn issues_word(&self) -> String {
        let issues = self.corpus.issues().len();
        match self.screen.look.lang {
            Lang::Zh => format!("{issues} 个问题"),
            Lang::En => format!("{issues} issues"),
        }
    }

    fn wanted(&self) -> Vec<WantedHint> {
        use Action as A;
        if let Some(prompt) = &self.prompt {
            return match prompt.ask {
                Ask::Search => plain([
                    A::PromptAccept,
                    A::PromptCancel,
                    A::PromptNext,
                    A::PromptConcordance,
                    A::PromptExact,
                    A::PromptPinyin,
                    A::PromptRepeats,
                ]),
                Ask::City | Ask::Against | Ask::Compare | Ask::Outline | Ask::Marks => {
                    plain([A::PromptAccept, A::PromptCancel, A::PromptDown])
                }
                Ask::Command => {
                    let run = match &self.overlay {
                        Some(Overlay::Palette(palette))
                            if palette.selected.is_some_and(|own| !palette.is_ready(own)) =>
                        {
                            named(A::PromptAccept, "何处可用", "where it works")
                        }
                        Some(Overlay::Palette(palette)) if palette.selected.is_none() && palette.heads == 0 => {
                            named(A::PromptAccept, "关闭", "close")
                        }
                        _ => named(A::PromptAccept, "执行", "run"),
                    };
                    vec![run, A::PromptCancel.into(), A::PromptDown.into()]
                }
                Ask::Line | Ask::Note | Ask::Group | Ask::Export => plain([A::PromptAccept, A::PromptCancel]),
                Ask::Table => vec![
                    named(A::PromptAccept, "写入", "write"),
                    A::PromptCancel.into(),
                    named(A::PromptNext, "换格式", "format"),
                    A::PromptCopy.into(),
                    named(A::PromptDown, "换多少", "how much"),
                    A::PromptSettings.into(),
                ],
            };
        }
        if matches!(self.overlay, Some(Overlay::Marks(_))) {
            return vec![
                A::CloseOverlay.into(),
                named(A::Activate, "到原文", "go there"),
                A::MarkNote.into(),
                A::MarkRemove.into(),
                A::MarkUndo.into(),
                A::MarkExport.into(),
                A::MarkFilter.into(),
                A::CopyParagraph.into(),
            ];
        }
        if let Some(Overlay::Issues(list)) = &self.overlay {
            let open = match list.row() {
                Some(IssueRow::Kind { unfolded: false, .. } | IssueRow::OfFile { unfolded: false, .. }) => {
                    named(A::Activate, "展开", "unfold")
                }
                Some(IssueRow::Kind { .. } | IssueRow::OfFile { .. }) => named(A::Activate, "收起", "fold"),
                Some(IssueRow::One { .. }) | None => named(A::Activate, "到原文", "go there"),
            };
            return vec![open, named(A::Edit, "提出条目", "propose entry"), A::CloseOverlay.into(), A::Export.into()];
        }
        if self.overlay.is_some() {
            return plain([A::CloseOverlay, A::Activate]);
        }
        match self.cover() {
            Some(Cover::View) => plain([A::Help, A::CloseOverlay, A::NextView, A::Search, A::JumpCity]),
            Some(Cover::Concordance) => vec![
                A::Help.into(),
                if self.leaves_unchosen() { named(A::CloseOverlay, "放弃", "leave") } else { A::CloseOverlay.into() },
                match self.screen.picking {
                    Some(_) => named(A::Activate, "选定", "choose"),
                    None => named(A::Activate, "到原文", "go there"),
                },
                A::ConcordanceOrder.into(),
                A::Search.into(),
                self.pin(),
                A::Board.into(),
                A::Silent.into(),
                A::JumpCity.into(),
            ],
            Some(Cover::Board) => plain([
                A::Help,
                A::CloseOverlay,
                A::Activate,
                A::BoardRight,
                A::BoardLeft,
                A::BoardOrder,
                A::BoardUnit,
                A::Unpin,
                A::Search,
                A::JumpCity,
            ]),
            None => self.wanted_of_panels(),
        }
    }

    fn wanted_of_panels(&self) -> Vec<WantedHint> {
        use Action as A;
        let searching = self.search.query.is_some();
        let mut wanted = plain([A::Help]);
        if self.screen.picking.is_some() {
            wanted = vec![named(A::Activate, "选定", "choose")];
            if self.leaves_unchosen() {
                wanted.push(named(A::Cancel, "放弃", "leave"));
            }
            wanted.push(A::Help.into());
        }
        let in_search = if searching { plain([A::NextHit, A::Concordance, A::Silent]) } else { Vec::new() };
        match self.screen.focus {
            Panel::Cities => {
                wanted.extend(plain([A::Activate, A::Unfold, A::Fold]));
                wanted.extend(in_search);
                wanted.extend(plain([A::JumpCity, A::CityOrder, A::Search, A::NextPanel]));
                wanted.extend(self.unseen_issues());
                wanted.push(A::Quit.into());
            }
            Panel::Page => {
                if self.reading.page.range.is_some() {
                    wanted.extend([named(A::CopyParagraph, "复制所选", "copy them"), A::ExtendDown.into()]);
                    wanted.push(named(A::Cancel, "取消选段", "end range"));
                } else if self.reading.highlight.is_some() {
                    wanted.push(named(A::Cancel, "回到清单", "to the list"));
                }
                if searching {
                    wanted.extend([A::NextHit.into(), A::PreviousHit.into(), A::Concordance.into(), self.pin()]);
                    wanted.extend(plain([A::Silent, A::Board, A::Search, A::JumpCity, A::Outline]));
                    if self.reading.highlight.is_none() && self.reading.page.range.is_none() {
                        wanted.push(A::Cancel.into());
                    }
                } else {
                    wanted.extend(plain([A::Search, A::JumpCity, A::Outline]));
                    if self.reading.page.range.is_none() {
                        wanted.push(A::CopyParagraph.into());
                    }
                    wanted.extend(plain([A::NextSection, A::Similar, A::Reuse]));
                }
                wanted.extend(plain([A::ShowKeywords, A::NextPanel]));
                wanted.extend(self.unseen_issues());
                wanted.push(A::Quit.into());
            }
            Panel::Keywords if self.reading.wording.open => {
                wanted.push(named(A::Activate, "到原文", "go there"));
                wanted.extend(plain([A::ReuseTable, A::ReuseSummary, A::ReuseFormulas, A::CloseReuse]));
                wanted.extend(plain([A::NextPanel, A::Quit]));
            }
            Panel::Keywords => {
                wanted.push(named(A::Activate, "列出这几处", "list them"));
                wanted.extend(plain([A::TermScope, A::TermAgainst, A::TermOrder, A::SearchTerm]));
                wanted.extend(Question::keyed().filter_map(|keyed| A::from_name(keyed.action)).map(WantedHint::from));
                wanted.extend(in_search);
                wanted.extend(plain([A::NextPanel, A::Quit]));
            }
        }
        wanted
    }

    /// The list of issues, as long as there are some that it has not shown.
    fn unseen_issues(&self) -> Option<WantedHint> {
        (self.corpus.issues().len() != self.screen.issues_seen).then(|| Action::Issues.into())
    }

    /// The pin of the query that is on.
    pub(super) fn pin(&self) -> WantedHint {
        let pinned = self.search.query.as_ref().is_some_and(|query| self.search.pins.index_of(query).is_some());
        if pinned { named(Action::Pin, "不再固定", "unpin") } else { Action::Pin.into() }
    }
}

/// The keys that work in a view.
fn of_view(view: &View) -> Vec<WantedHint> {
    use Action as A;
    let mut wanted = match view {
        View::FigureDetail(_) => vec![
            named(A::Activate, "到原文", "go there"),
            named(A::ViewRight, "下一份清单", "next list"),
            A::InsideWords.into(),
            A::Formulas.into(),
        ],
        View::Answer(answer) if answer.beside.is_some() => vec![
            named(A::Activate, "到原文", "go there"),
            A::SideNext.into(),
            A::SidePrevious.into(),
            A::NextSection.into(),
            A::SameYear.into(),
            A::SamePhase.into(),
            A::SameProvince.into(),
            A::SameBody.into(),
            A::SideFlip.into(),
            A::SideWords.into(),
            A::InStep.into(),
        ],
        View::Answer(answer) => of_answer(answer),
    };
    wanted.extend(plain([A::Export, A::NextView, A::CloseOverlay]));
    wanted
}

/// The keys that work on the table of an answer; those that do nothing there are left out where hints are resolved.
fn of_answer(answer: &Answer) -> Vec<WantedHint> {
    use Action as A;
    if answer.phrase().is_some() {
        return vec![A::AcceptPhrase.into(), A::RefusePhrase.into(), named(A::Activate, "列出各处", "list them")];
    }
    if matches!(&answer.question, Question::Diff(_)) {
        let sentences = answer.shape() == Shape::Ledger;
        let other = if !answer.can_turn_axis() {
            named(A::ViewAxis, "复制本段", "copy")
        } else if sentences {
            named(A::ViewAxis, "提法", "formulas")
        } else {
            named(A::ViewAxis, "正文", "sentences")
        };
        return vec![
            named(A::NextHit, "下一处变化", "next change"),
            other,
            A::KindNew.into(),
            A::KindDropped.into(),
            A::KindReworded.into(),
            A::KindNumber.into(),
            named(A::Activate, "到原文", "go there"),
            A::ViewFirst.into(),
            named(A::ViewLeft, "更早的一篇", "earlier report"),
            named(A::ViewRight, "更晚的一篇", "later report"),
        ];
    }
    if answer.shape() == Shape::Tiles {
        let inside = matches!(&answer.question, Question::Map(params) if params.inside.is_some());
        return vec![
            if inside { A::Activate.into() } else { named(A::Activate, "进入此省", "go inside") },
            named(A::ViewLeft, "左", "left"),
            named(A::ViewRight, "右", "right"),
            named(A::ViewScale, "换一列数字", "other figures"),
            A::ViewReport.into(),
        ];
    }
    let open = match answer.occurrence() {
        Some(_) => named(A::Activate, "到原文", "go there"),
        None => named(A::Activate, "列出这几处", "list them"),
    };
    let mut wanted = vec![open, A::ViewReport.into()];
    if answer.shape() == Shape::Grid {
        if matches!(answer.question, Question::Groups(_)) {
            wanted.push(A::EditGroup.into());
        }
        wanted.extend(plain([A::ViewLeft, A::ViewRight, A::ViewRows, A::ViewAxis, A::ViewChart, A::ViewScale]));
        return wanted;
    }
    wanted.push(named(A::ViewScale, "次序", "order"));
    wanted.push(named(A::ViewRight, "下一个词", "next term"));
    wanted.push(match answer.shape() {
        // Where there is no axis to turn, the key copies as it does on the page.
        _ if !answer.can_turn_axis() => named(A::ViewAxis, "复制本段", "copy"),
        Shape::Trend => named(A::ViewAxis, "按地方", "by place"),
        _ => named(A::ViewAxis, "按年份", "by year"),
    });
    wanted.push(A::ViewChart.into());
    wanted.push(A::Map.into());
    wanted
}
