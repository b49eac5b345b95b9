//! Which part of the screen is whose. Used by `update` (heights, widths, clicks) and by the view alike.
//!
//! In: the screen's size and what is in focus. Out: rectangles. Does not know about: what is drawn in them.

use ratatui::layout::{Position, Rect};

use crate::app::screen::panel_widths::PanelWidths;

/// A panel that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Panel {
    /// The city list.
    Cities,
    /// The section view.
    #[default]
    Page,
    /// The keyword panel.
    Keywords,
}

/// Least size at which the panels are drawn.
pub const LEAST: (u16, u16) = (30, 8);
/// From this width on all three panels stand side by side.
pub const WIDE: u16 = 100;
/// From this width on the city list stands beside the page.
pub const MIDDLE: u16 = 60;

/// Where everything stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// The screen is too small for anything but one line.
    pub tiny: bool,
    /// Everything above the two bottom lines.
    pub body: Rect,
    /// The city list: a column, or on a narrow screen a drop-down over the page.
    pub cities: Option<Rect>,
    /// Whether the city list lies over the page.
    pub dropdown: bool,
    /// The section view.
    pub page: Option<Rect>,
    /// The keyword panel: a column, or in place of the page.
    pub keywords: Option<Rect>,
    /// The prompt line.
    pub prompt: Rect,
    /// The status line.
    pub status: Rect,
}

/// Rows of a window with a few lines, its frame among them.
const DIALOG: u16 = 14;

/// Columns of the page on a screen with room for everything.
const PAGE: u16 = 84;

impl Layout {
    /// Divides a screen of `width` columns and `height` rows; `main` is what the middle shows on a screen with no room for both.
    pub fn of(width: u16, height: u16, focus: Panel, main: Panel) -> Self {
        Self::with_widths((width, height), focus, main, PanelWidths::default())
    }

    /// The same with the panels as wide as the user wants them, as far as there is room.
    pub fn with_widths((width, height): (u16, u16), focus: Panel, main: Panel, widths: PanelWidths) -> Self {
        let screen = Rect::new(0, 0, width, height);
        if width < LEAST.0 || height < LEAST.1 {
            return Self { screen, tiny: true, ..Self::default() };
        }
        let body = Rect::new(0, 0, width, height - 2);
        let mut layout = Self {
            screen,
            body,
            prompt: Rect::new(0, height - 2, width, 1),
            status: Rect::new(0, height - 1, width, 1),
            ..Self::default()
        };
        let column = |x: u16, width: u16| Rect::new(x, 0, width, body.height);
        let mut middle = body;
        let wide = width >= WIDE;
        // The page wants no more than its text and its margins; what is left goes to further figures.
        let usual =
            if wide { (30 + (width - WIDE) / 20).max(width.saturating_sub(28 + 1 + PAGE + 1).min(72)) } else { 0 };
        if width >= MIDDLE {
            let others = if wide { widths.keywords.unwrap_or(usual).clamp(24, usual.max(24)) } else { 0 };
            let list = widths.cities(width, if wide { 28 } else { 22 }, others);
            layout.cities = Some(column(0, list));
            // One column stays for the line between the panels.
            middle = column(list + 1, width - list - 1);
        } else if focus == Panel::Cities {
            layout.dropdown = true;
            layout.cities = Some(Rect::new(0, 1, width, (body.height - 1).min(body.height * 3 / 4 + 1)));
        }
        if wide {
            let list = layout.cities.map_or(0, |list| list.width);
            // A list that the user made wider takes from the keywords before it takes the page's last columns.
            let usual = usual.min(width.saturating_sub(list + 32)).max(24);
            let terms = widths.keywords(width, usual, list);
            layout.keywords = Some(column(width - terms, terms));
            layout.page = Some(column(middle.x, middle.width - terms - 1));
        } else if main == Panel::Keywords {
            layout.keywords = Some(middle);
        } else {
            layout.page = Some(middle);
        }
        layout
    }

    /// The panel at a position of the screen.
    pub fn panel_at(&self, x: u16, y: u16) -> Option<(Panel, Rect)> {
        let at = Position::new(x, y);
        [(Panel::Cities, self.cities), (Panel::Keywords, self.keywords), (Panel::Page, self.page)]
            .into_iter()
            .find_map(|(panel, area)| area.filter(|a| a.contains(at)).map(|a| (panel, a)))
    }

    /// Where the list of hits in context stands: everything beside the city list.
    pub fn concordance(&self) -> Rect {
        let x = self.cities.filter(|_| !self.dropdown).map_or(0, |list| list.right() + 1);
        Rect { x, width: self.body.width.saturating_sub(x), ..self.body }
    }

    /// Where a window stands that shows its choice on the page: over the lower part of it, from edge to edge, so that nothing is
    /// cut. On a low screen it takes the whole page.
    pub fn docked(&self) -> Rect {
        let page = self.page.unwrap_or_else(|| self.concordance());
        let height = if page.height >= 14 { page.height * 3 / 5 } else { page.height };
        Rect { y: page.bottom() - height, height, ..page }
    }

    /// Where a window with a few lines stands.
    pub fn dialog(&self) -> Rect {
        let whole = self.overlay();
        let height = whole.height.min(DIALOG);
        Rect { y: whole.y + (whole.height - height) / 3, height, ..whole }
    }

    /// Where a window over the panels stands.
    pub fn overlay(&self) -> Rect {
        let body = self.body;
        let width = body.width.saturating_sub(if body.width >= MIDDLE { 8 } else { 0 }).min(92);
        let height = body.height.saturating_sub(if body.height >= 20 { 2 } else { 0 });
        Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 2, width, height)
    }
}

/// The rows of the city list: below its heading and its filter.
pub const fn cities_list(area: Rect) -> Rect {
    below(area, 2)
}

/// The rows of the list of hits in context: below its heading and its keys, beside or above the paragraph of the selected hit.
pub const fn concordance_list(area: Rect) -> Rect {
    below(concordance_parts(area).0, 2)
}

/// Where the list of hits in context stands with its heading, and the whole paragraph of the selected hit: at the side where there
/// is room, else below, on a low screen nowhere.
pub const fn concordance_parts(area: Rect) -> (Rect, Option<Rect>) {
    /// Columns from which on the paragraph stands at the side.
    const SIDE: u16 = 140;
    /// Rows from which on it stands below.
    const BELOW: u16 = 24;
    if area.width >= SIDE {
        let width = area.width * 2 / 5;
        let list = Rect { width: area.width - width - 1, ..area };
        return (list, Some(Rect { x: area.x + list.width + 1, width, ..area }));
    }
    if area.height >= BELOW {
        let height = area.height / 3;
        let list = Rect { height: area.height - height, ..area };
        return (list, Some(Rect { y: area.y + list.height, height, ..area }));
    }
    (area, None)
}

/// The rows of the board of pins: below its heading, the pins' names and their sums.
pub const fn board_list(area: Rect) -> Rect {
    below(area, 4)
}

/// The columns of the board of pins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardColumns {
    /// Columns of a place's name.
    pub name: u16,
    /// Columns of each pin.
    pub each: u16,
    /// The first pin that is shown, by its number in the list.
    pub first: usize,
    /// How many are shown.
    pub shown: usize,
}

/// Divides a board of `width` columns among `pins`, or as many as have room; the pin of number `selected` is among them.
pub fn board_columns(width: u16, pins: usize, selected: usize) -> BoardColumns {
    /// Fewest columns in which a figure and a bar can be told.
    const FEWEST: u16 = 9;
    let name = if width >= 60 { 16 } else { 11 };
    let room = width.saturating_sub(name + 1);
    let shown = usize::from(room / FEWEST).clamp(1, pins.max(1));
    let each = room / u16::try_from(shown).unwrap_or(u16::MAX);
    BoardColumns { name, each: each.min(24), first: (selected + 1).saturating_sub(shown), shown }
}

/// What a view shows: below its heading and its keys.
pub const fn view_body(area: Rect) -> Rect {
    below(area, 2)
}

/// The text of the page: below its heading.
pub const fn page_text(area: Rect) -> Rect {
    below(area, 1)
}

/// The rows of the keyword panel: below its headings, above the strip.
pub const fn terms_list(area: Rect) -> Rect {
    let list = below(area, 2);
    Rect { height: list.height.saturating_sub(STRIP), ..list }
}

/// Rows of the strip at the foot of the keyword panel: a line of air, the strip's heading, the strip, which words are left out.
pub const STRIP: u16 = 4;

/// Rows of a passage in the panel of shared wording: who has it, its words.
pub const PASSAGE_ROWS: usize = 2;

/// Where the parts of the panel of shared wording stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordingLayout {
    /// The paragraph, where the page is not seen beside the panel.
    pub paragraph: Rect,
    /// The passages, below the heads of their columns.
    pub list: Rect,
    /// Since when, how much of the report is its own, which reports are closest.
    pub foot: Rect,
}

/// Divides the panel of shared wording; `alone`: the page is not seen beside it.
pub fn wording_parts(area: Rect, alone: bool) -> WordingLayout {
    let inside = below(area, 1);
    let paragraph = if alone { 5.min(inside.height / 3) } else { 0 };
    let foot = match inside.height {
        0..12 => 0,
        12..26 => 5,
        _ => 14,
    };
    let list = inside.height.saturating_sub(paragraph + foot + 1);
    let y = inside.y + paragraph + 1;
    WordingLayout {
        paragraph: Rect { height: paragraph, ..inside },
        list: Rect { y: y.min(inside.bottom()), height: list, ..inside },
        foot: Rect { y: inside.bottom() - foot, height: foot, ..inside },
    }
}

/// The rows of a window: inside its frame, and for the outline below its filter.
pub const fn overlay_list(area: Rect, filtered: bool) -> Rect {
    let inside = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    below(inside, if filtered { 1 } else { 0 })
}

const fn below(area: Rect, rows: u16) -> Rect {
    let rows = if rows > area.height { area.height } else { rows };
    Rect { x: area.x, y: area.y + rows, width: area.width, height: area.height - rows }
}

/// Text columns of the page and where they begin, for a page of `width` columns.
pub fn text_columns(width: u16, wanted: u16) -> (u16, u16) {
    // A margin for marks on the left, one for air and one for the scrollbar on the right.
    let room = width.saturating_sub(4).max(1);
    let text = wanted.min(room);
    (2 + (room - text) / 2, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_fit_and_never_overlap() {
        for width in 0..220 {
            for height in 0..60 {
                for focus in [Panel::Cities, Panel::Page, Panel::Keywords] {
                    for main in [Panel::Page, Panel::Keywords] {
                        let layout = Layout::of(width, height, focus, main);
                        if layout.tiny {
                            assert!(width < 30 || height < 8);
                            continue;
                        }
                        let all = [layout.cities.filter(|_| !layout.dropdown), layout.page, layout.keywords];
                        let all: Vec<Rect> = all.into_iter().flatten().chain([layout.prompt, layout.status]).collect();
                        for (i, a) in all.iter().enumerate() {
                            assert_eq!(a.intersection(layout.screen), *a);
                            assert!(all[..i].iter().all(|b| !a.intersects(*b)), "{width}x{height}");
                        }
                        assert_eq!(layout.overlay().intersection(layout.body), layout.overlay());
                        assert_eq!(layout.docked().intersection(layout.body), layout.docked());
                        if let Some(list) = layout.cities {
                            assert_eq!(list.intersection(layout.body), list);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn widths_that_the_user_wants_are_held_to_the_screen() {
        let all = [None, Some(0), Some(1), Some(20), Some(40), Some(90), Some(200), Some(u16::MAX)];
        for width in 60..220 {
            for (cities, keywords) in all.iter().flat_map(|cities| all.iter().map(move |keywords| (*cities, *keywords)))
            {
                let widths = PanelWidths { cities, keywords };
                let layout = Layout::with_widths((width, 40), Panel::Page, Panel::Page, widths);
                let parts = [layout.cities, layout.page, layout.keywords];
                let parts: Vec<Rect> = parts.into_iter().flatten().collect();
                let sum: u16 = parts.iter().map(|part| part.width).sum();
                assert_eq!(usize::from(width), usize::from(sum) + parts.len() - 1, "{width} {widths:?}");
                assert!(parts.iter().all(|part| part.width >= 12), "{width} {widths:?} {parts:?}");
                assert!(layout.page.unwrap().width >= 30, "{width} {widths:?} {parts:?}");
                if widths == PanelWidths::default() {
                    assert_eq!(layout, Layout::of(width, 40, Panel::Page, Panel::Page));
                }
            }
        }
        let widths = PanelWidths { cities: Some(20), keywords: Some(40) };
        let layout = Layout::with_widths((120, 40), Panel::Page, Panel::Page, widths);
        assert_eq!((layout.cities.unwrap().width, layout.keywords.unwrap().width), (20, 40));
    }

    #[test]
    fn text_is_centred_when_there_is_room_to_spare() {
        assert_eq!(text_columns(100, 76), (12, 76));
        assert_eq!(text_columns(60, 76), (2, 56));
        assert_eq!(text_columns(0, 76), (2, 1));
    }
}
