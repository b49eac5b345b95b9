//! Place names: a built-in gazetteer, names in running text, and what a suffix tells of a place that is not in it.
//!
//! In: names, titles and stretches of text. Out: [`Place`]s, [`Mention`]s, a [`Recognised`] place, pinyin readings.
//! Does not know about: files, reports and who asks.

mod boundary;
mod gazetteer;
mod mention;
#[cfg(test)]
mod narrow_tests;
mod reading;
mod recognise;
mod suffix;
#[cfg(test)]
mod tests;
mod zone;

pub use gazetteer::{Place, PlaceLevel};
pub use mention::{Mention, mentions, mentions_near, short_names};
pub use reading::{extra_readings, readings};
pub use recognise::{Recognised, recognise};

/// Every place of the gazetteer, by code; names given up since 1990 among them ([`Place::is_former`]).
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

/// Every present place called `name` (朝阳区), by code; one for a name that is its own.
pub fn alike(name: &str) -> Vec<&'static Place> {
    all().iter().filter(|place| place.name() == name && !place.is_former()).collect()
}

/// The name and province that today's place has which `name` (in `province`, or anywhere if that is empty) is a former name of.
pub fn today(name: &str, province: &str) -> Option<(String, &'static str)> {
    if find(name).is_some_and(|place| !place.is_former() && is_called(place, name, province)) {
        return None;
    }
    let named = |place: &&Place| place.is_former() && is_called(place, name, province);
    let now = all().iter().find(named)?.renamed()?;
    Some((now.full_name(), now.province_name()))
}

/// The place of the gazetteer with that full name in `province` (anywhere if that is empty).
pub fn known(name: &str, province: &str) -> Option<&'static Place> {
    if let Some(place) = find(name).filter(|place| is_called(place, name, province) && place.full_name() == name) {
        return Some(place);
    }
    let fits = |place: &&Place| is_called(place, name, province);
    all().iter().filter(fits).max_by_key(|place| place.full_name() == name)
}

/// Whether `name` is a place's own name or its full one, in `province` (anywhere if that is empty).
fn is_called(place: &Place, name: &str, province: &str) -> bool {
    name.ends_with(place.name())
        && (province.is_empty() || place.province_name() == province)
        && (name.len() == place.name().len() || name == place.full_name())
}
