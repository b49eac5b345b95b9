//! How wide the panels beside the page are where the user said so. In: what was kept, what is said. Out: columns, held to what the
//! screen has room for. Does not know about: what stands in the panels.

use serde::{Deserialize, Serialize};

/// The least columns of the city list, of the keyword panel and of the page.
const LEAST: (u16, u16, u16) = (12, 24, 30);

/// Columns that the user wants; none: as the screen has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelWidths {
    /// Of the city list.
    pub cities: Option<u16>,
    /// Of the keyword panel.
    pub keywords: Option<u16>,
}

impl PanelWidths {
    /// What the settings say, in which 0 is nothing.
    pub fn of_settings(cities: u16, keywords: u16) -> Self {
        let said = |columns: u16| Some(columns).filter(|columns| *columns > 0);
        Self { cities: said(cities), keywords: said(keywords) }
    }

    /// These, and where they say nothing those.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { cities: self.cities.or(other.cities), keywords: self.keywords.or(other.keywords) }
    }

    /// Columns of the city list on a screen of `width`, of which `usual` are its own and `others` other panels'.
    pub fn cities(self, width: u16, usual: u16, others: u16) -> u16 {
        let most = width.saturating_sub(others + LEAST.2 + 2).max(usual.min(LEAST.0));
        self.cities.map_or(usual, |columns| columns.clamp(LEAST.0.min(most), most))
    }

    /// Columns of the keyword panel beside a city list of `cities` columns.
    pub fn keywords(self, width: u16, usual: u16, cities: u16) -> u16 {
        let most = width.saturating_sub(cities + LEAST.2 + 2).max(LEAST.1);
        self.keywords.map_or(usual, |columns| columns.clamp(LEAST.1, most))
    }
}

/// A line between two panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelBorder {
    /// To the right of the city list.
    Cities,
    /// To the left of the keyword panel.
    Keywords,
}
