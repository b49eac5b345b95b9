//! How things are shown: the terminal's size, the focus, the user's language, widths and keys, the line to the user.
//!
//! In: nothing. Out: [`Screen`]. Does not know about: what is shown.

use crate::app::notice::Notice;
use crate::app::screen::layout::Panel;
use crate::app::screen::panel_widths::{PanelBorder, PanelWidths};
use crate::command::{Action, Keymap};
use crate::text::Lang;
use crate::text::width::Ambiguous;

/// How the user wants things shown; fixed for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Language of menus, help and messages.
    pub lang: Lang,
    /// Longest row of running text, in columns.
    pub text_width: u16,
    /// How wide the terminal shows ambiguous characters.
    pub ambiguous: Ambiguous,
}

impl Default for Look {
    fn default() -> Self {
        Self { lang: Lang::Zh, text_width: 76, ambiguous: Ambiguous::Narrow }
    }
}

/// What a run is to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickKind {
    /// A paragraph, or several that follow one another.
    Passage,
    /// A place.
    Place,
}

/// The screen and who has the focus.
#[derive(Debug)]
pub struct Screen {
    /// How things are shown.
    pub look: Look,
    /// Which key asks for what.
    pub keymap: Keymap,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The panel that has the focus.
    pub focus: Panel,
    /// How wide the user wants the panels.
    pub widths: PanelWidths,
    /// The border that the mouse is dragging.
    pub dragged: Option<PanelBorder>,
    /// What the middle shows where there is no room for both: page or keywords.
    pub main: Panel,
    /// Options of every command that this run was given: a command line for the same corpus needs them too.
    pub options: Vec<String>,
    /// What this run is to choose for another program.
    pub picking: Option<PickKind>,
    /// Number of the file asked for last.
    pub exports: u64,
    /// What was done last, moving and typing aside: it says what one may need next.
    pub last: Option<Action>,
    /// How many issues there were when their list was opened last: what has been seen is not named again.
    pub issues_seen: usize,
    /// The line to the user.
    pub notice: Option<Notice>,
}
