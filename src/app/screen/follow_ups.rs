//! What one may want next after what was done last. In: an action. Out: hints. Does not know about: which of them are offered.

use crate::app::App;
use crate::app::screen::hints::{WantedHint, named, plain};
use crate::command::Action;

impl App {
    /// What one may want next after this.
    pub(super) fn follow_ups(&self, last: Action) -> Vec<WantedHint> {
        use Action as A;
        match last {
            A::CopyParagraph | A::CopySection | A::CitationForm => plain([A::CitationForm, A::Mark, A::Marks]),
            A::Mark | A::Range => {
                vec![named(A::Mark, "标记、批注", "mark, note"), A::Marks.into(), A::CopyParagraph.into()]
            }
            A::NextHit | A::PreviousHit if self.cover().is_none() => {
                plain([A::NextHit, A::PreviousHit, A::Concordance])
            }
            A::NextSection | A::PreviousSection | A::NextPart | A::PreviousPart | A::Outline => {
                plain([A::NextSection, A::PreviousSection, A::Outline, A::Similar])
            }
            A::NextCity | A::PreviousCity => plain([A::NextCity, A::PreviousCity, A::JumpCity, A::NextReport]),
            A::NextReport | A::PreviousReport => plain([A::NextReport, A::PreviousReport, A::Diff, A::JumpCity]),
            A::JumpCity => plain([A::JumpCity, A::Outline, A::NextReport]),
            A::Pin | A::Board if self.cover().is_none() => vec![A::Board.into(), self.pin(), A::Search.into()],
            A::Explain => vec![named(A::Edit, "改正", "correct it")],
            A::ToggleFold | A::FoldLevel => plain([A::FoldLevel, A::ToggleFold]),
            _ => Vec::new(),
        }
    }
}
