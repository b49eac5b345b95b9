//! The axes that figures are split by: their names on the command line, what their columns are called, which comes next. In: an
//! axis, a column. Out: words. Does not know about: figures.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Context;
use crate::index::trend::{Axis, ColumnKey};
use crate::text::Lang;

/// Places, years reported on, years of sessions, and round again.
pub const fn other_axis(axis: Axis) -> Axis {
    match axis {
        Axis::Place => Axis::Year,
        Axis::Year => Axis::Session,
        Axis::Session => Axis::Place,
    }
}

/// What the columns of an axis are, for people.
pub const fn columns_name(axis: Axis, lang: Lang) -> &'static str {
    match axis {
        Axis::Place => lang.pick("城市", "cities"),
        Axis::Year => lang.pick("所述年份", "years reported on"),
        Axis::Session => lang.pick("会议年份", "years of sessions"),
    }
}

/// The name of a column, for people.
pub fn column_name(context: &Context<'_>, key: ColumnKey) -> String {
    match key {
        ColumnKey::Year(year) => year.to_string(),
        ColumnKey::NoYear => context.lang.pick("未知", "unknown").to_owned(),
        ColumnKey::Place(place) => context.place_name(place).to_owned(),
    }
}

/// The place of a column as the corpus has it, and its province.
pub fn place_of(context: &Context<'_>, key: ColumnKey) -> (Option<String>, String) {
    let ColumnKey::Place(id) = key else { return (None, String::new()) };
    let place = context.corpus().places().get(id.0 as usize);
    place.map_or((None, String::new()), |place| (Some(place.name.clone()), place.province.clone()))
}

impl ValueEnum for Axis {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Year, Self::Session, Self::Place]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Year => PossibleValue::new("year").help("The year reported on, the last of several"),
            Self::Session => PossibleValue::new("session").help("The year of the session it was given to"),
            Self::Place => PossibleValue::new("place").help("The place"),
        })
    }
}
