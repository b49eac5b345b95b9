//! Which tile a place of the corpus stands on. In: a corpus, the layouts. Out: the tiles in their order, and for each place one.
//! Does not know about: figures.
//!
//! What the layout does not hold is not lost: reports of a province itself stand on a tile of their own inside it, and places that
//! no layout knows share one, or have one each where there is no layout at all.

use rustc_hash::FxHashMap;

use crate::analysis::{Context, Unanswered};
use crate::corpus::{PlaceEntry, PlaceId, places};
use crate::index::tiles::{Tile, inside, provinces};

/// What places are called that lie in no known province.
pub const ELSEWHERE: &str = "未知";
/// Tiles of a row where there is no layout.
const WIDE: usize = 8;

/// A tile of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Full name of the place.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Its province.
    pub province: String,
    /// Row from above, from 0.
    pub row: usize,
    /// Column from the left, from 0.
    pub column: usize,
}

/// The tiles, and who stands on them.
#[derive(Debug)]
pub struct Sites {
    /// The province that is shown from inside.
    pub province: Option<String>,
    /// The tiles.
    pub sites: Vec<Site>,
    /// The first row of tiles that no layout has.
    below: usize,
    /// Number of the tile of each place of the corpus.
    of: FxHashMap<PlaceId, usize>,
}

impl Sites {
    /// All provinces, or the places of one.
    ///
    /// # Errors
    /// When there is no such province.
    pub fn of(context: &Context<'_>, province: Option<&str>) -> Result<Self, Unanswered> {
        let corpus = context.corpus();
        let places = || corpus.place_ids().map(|id| (id, corpus.place(id))).filter(|(_, p)| !p.reports.is_empty());
        let Some(words) = province else {
            let mut all = Self::laid(None, provinces().iter().map(|tile| site(tile, tile.name)).collect());
            for (id, place) in places() {
                let known = all.sites.iter().position(|site| site.name == place.province);
                let at = known.unwrap_or_else(|| all.extra(ELSEWHERE, context.lang.pick("未知", "unknown"), ""));
                all.of.insert(id, at);
            }
            return Ok(all);
        };
        let known = provinces().into_iter().find(|tile| tile.name == words || tile.short == words);
        let name = known.as_ref().map_or(words, |tile| tile.name);
        let within = |place: &PlaceEntry| match &known {
            Some(tile) => place.province == tile.name,
            None => !provinces().iter().any(|tile| tile.name == place.province),
        };
        if known.is_none() && !matches!(words, ELSEWHERE | "unknown") {
            let none = context.lang.pick("没有这个省", "there is no such province");
            return Err(Unanswered::Wrong(format!("--inside {words}: {none}")));
        }
        let laid = inside(name).iter().map(|tile| site(tile, name)).collect();
        let mut all = Self::laid(Some(name.to_owned()), laid);
        let layout = !all.sites.is_empty();
        for (id, place) in places().filter(|(_, place)| within(place)) {
            let on = all.sites.iter().position(|site| stands(place, site));
            let at = on.unwrap_or_else(|| {
                let own = if layout && place.name != name { ELSEWHERE } else { place.name.as_str() };
                let shown = context.place_name(id);
                let shown = if own == ELSEWHERE { context.lang.pick("其他", "others") } else { shown };
                all.extra(own, shown, name)
            });
            all.of.insert(id, at);
        }
        Ok(all)
    }

    fn laid(province: Option<String>, sites: Vec<Site>) -> Self {
        let last = sites.iter().map(|site| site.row).max();
        let below = last.map_or(0, |last| if province.is_some() { last + 1 } else { last });
        Self { province, sites, below, of: FxHashMap::default() }
    }

    /// A tile beside the layout, made where there is none of that name: in the corner of the country, below the places of a
    /// province, in rows where there is no layout.
    fn extra(&mut self, name: &str, short: &str, province: &str) -> usize {
        if let Some(at) = self.sites.iter().position(|site| site.name == name) {
            return at;
        }
        let taken = |cell: (usize, usize)| self.sites.iter().any(|site| (site.row, site.column) == cell);
        let cells = (self.below..).flat_map(|row| (0..WIDE).map(move |column| (row, column)));
        let (row, column) = cells.into_iter().find(|cell| !taken(*cell)).unwrap_or((self.below, 0));
        let (name, short, province) = (name.to_owned(), short.to_owned(), province.to_owned());
        self.sites.push(Site { name, short, province, row, column });
        self.sites.len() - 1
    }

    /// The tile of a place.
    pub fn of_place(&self, place: PlaceId) -> Option<usize> {
        self.of.get(&place).copied()
    }

    /// The places on each tile, each with its number.
    pub fn places(&self) -> impl Iterator<Item = (PlaceId, usize)> + '_ {
        self.of.iter().map(|(place, at)| (*place, *at))
    }
}

fn site(tile: &Tile, province: &str) -> Site {
    Site {
        name: tile.name.to_owned(),
        short: tile.short.to_owned(),
        province: province.to_owned(),
        row: tile.row,
        column: tile.column,
    }
}

/// Whether a place lies on a tile of its province: is it, lies in that prefecture, or was called otherwise.
fn stands(place: &PlaceEntry, site: &Site) -> bool {
    let is = |name: &str| name == site.name || name.strip_prefix(site.province.as_str()) == Some(&site.name);
    if is(&place.name) || place.prefecture == site.name {
        return true;
    }
    let Some((now, _)) = places::today(&place.name, &place.province) else { return false };
    let above = places::known(&now, &place.province).and_then(places::Place::prefecture);
    is(&now) || above.is_some_and(|above| above.name() == site.name)
}
