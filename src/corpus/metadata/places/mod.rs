//! Place names: a built-in gazetteer, names in running text, and what a suffix tells of a place that is not in it.
//!
//! In: names, titles and stretches of text. Out: [`Place`]s, [`Mention`]s, a [`Recognised`] place, pinyin readings.
//! Does not know about: files, reports and who asks.

mod boundary;
mod gazetteer;
mod mention;
mod reading;
mod recognise;
mod suffix;
#[cfg(test)]
mod tests;

pub use gazetteer::{Level, Place};
pub use mention::{Mention, mentions, mentions_near};
pub use reading::{extra_readings, readings};
pub use recognise::{Recognised, recognise};

/// Every place of the gazetteer, by code; names given up since 2009 among them ([`Place::is_former`]).
pub fn all() -> &'static [Place] {
    gazetteer::gazetteer().places()
}

/// The place that `name` (长春市, 长春市朝阳区, 朝阳区, 延边州) is the name of; of several the first by code, present ones first.
pub fn find(name: &str) -> Option<&'static Place> {
    let whole = mention::chain_at(name, 0, &[])?;
    (whole.end == name.len()).then_some(whole.place)
}

/// Full name of the province that the place called `name` lies in.
pub fn province_of(name: &str) -> Option<&'static str> {
    find(name).map(Place::province_name)
}
