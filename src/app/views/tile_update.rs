//! What keys and the mouse do on a map of tiles. In: a direction, a place of the screen. Out: another tile, the map inside a
//! province, what the tile opens. Does not know about: how tiles are drawn.

use ratatui::layout::{Position, Rect};

use crate::analysis::Question;
use crate::analysis::map::Params;
use crate::app::App;
use crate::app::views::View;
use crate::app::views::answer::Answer;
use crate::app::views::tile_layout::TileLayout;
use crate::command::Action;
use crate::table::{Kind, Shape, Table, TileMap};

impl Answer {
    /// The map, where the table is one.
    pub fn tiles(&self) -> Option<TileMap> {
        TileMap::of(self.table.as_ref()?)
    }

    /// The map and where its tiles lie, where it has room: elsewhere its rows are listed.
    pub fn laid_tiles(&self, area: Rect) -> Option<(TileMap, TileLayout)> {
        let map = self.tiles()?;
        let layout = TileLayout::of(&map, area)?;
        Some((map, layout))
    }

    /// Whether there is a tile below or above, right or left of the selected one.
    pub(in crate::app) fn can_step_tile(&self, way: (isize, isize), area: Rect) -> bool {
        self.laid_tiles(area).is_some_and(|(map, _)| map.beside(self.cursor.row, way).is_some())
    }

    /// To that tile, if there is one; says whether the map has room.
    pub(in crate::app) fn step_tile(&mut self, way: (isize, isize), area: Rect) -> bool {
        let Some((map, _)) = self.laid_tiles(area) else { return false };
        self.cursor.row = map.beside(self.cursor.row, way).unwrap_or(self.cursor.row);
        true
    }

    /// Whether the selected tile leads anywhere: inside a province, to what stands behind its figure, to a report.
    pub(in crate::app) fn opens_tile(&self) -> bool {
        self.inside().is_some() || self.evidence().is_some() || self.report().is_some()
    }

    /// The same map inside the province that is selected; `None` where it is inside one already.
    fn inside(&self) -> Option<Self> {
        let Question::Map(params @ Params { inside: None, .. }) = &self.question else { return None };
        let (table, row) = (self.table.as_ref()?, self.row()?);
        Some(Self::new(params.inside(&table.get(row, "place").exact()).into(), None))
    }
}

impl App {
    /// Selects the tile at a place of the screen; a second time opens it. Says whether a map stands there.
    pub(in crate::app) fn click_tile(&mut self, at: Position) -> bool {
        let body = self.view_body();
        let Some(View::Answer(answer)) = self.top_view() else { return false };
        let Some((map, layout)) = answer.laid_tiles(body) else { return false };
        match layout.at(at).and_then(|(row, column)| map.at(row, column)) {
            Some(tile) if tile == answer.cursor.row => self.open_selection(),
            Some(tile) => answer.cursor.row = tile,
            None => {}
        }
        true
    }

    /// Opens a tile: a province from inside, of a place what stands behind its figure, else its report. Says whether the view is a map.
    pub(in crate::app) fn open_tile(&mut self) -> bool {
        let Some(View::Answer(answer)) = self.top_view() else { return false };
        if answer.shape() != Shape::Tiles {
            return false;
        }
        if let Some(inside) = answer.inside() {
            self.show_view(View::Answer(Box::new(inside)));
            return true;
        }
        if answer.evidence().is_none() {
            self.open_report_of_view();
            return true;
        }
        false
    }

    /// A map of what is seen: of the table in view, else of the query or the selected term.
    pub(in crate::app) fn open_map(&mut self) {
        if let Some(view) = self.map_of_view() {
            return self.show_view(view);
        }
        if self.view().is_none() {
            self.open_view(Action::Map);
        }
    }

    /// The table in view, where its rows have places and it is no map.
    pub(in crate::app) fn mappable(&self) -> Option<(&Answer, &Table)> {
        let answer = self.view()?.view.answer().filter(|answer| answer.shape() != Shape::Tiles)?;
        let table = answer.table.as_deref()?;
        let placed = table.columns().iter().any(|column| column.kind == Kind::Place || column.id == "place");
        placed.then_some((answer, table))
    }

    /// The map of the table in view, where its rows have places.
    fn map_of_view(&self) -> Option<View> {
        let (answer, table) = self.mappable()?;
        // Of a grid, what is selected along the side that is no place.
        let row = answer.row();
        let side = table.keys().find(|(_, column)| column.kind != Kind::Place);
        let only = match (answer.pivot(), side, row) {
            (Some(_), Some((at, column)), Some(row)) => vec![format!("{}={}", column.id, table.cell(row, at).exact())],
            _ => Vec::new(),
        };
        let params = Params::of_question(answer.question.clone(), table.written.or(table.sorted), only);
        Some(View::Answer(Box::new(Answer::new(params.into(), None))))
    }
}
