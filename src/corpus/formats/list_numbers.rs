//! Automatic numbers of lists (一、 that stands in no text but in a style).
//!
//! In: what the lists of a document look like, and which numbered paragraph comes next. Out: its number as text. Does not
//! know about: how a document says so, paragraphs' words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::formats::number_format::written;

/// The deepest level a list has.
pub const LEVELS: usize = 9;
/// Stands for whatever picture a list is marked with.
const BULLET: &str = "•";

/// One level of a list.
#[derive(Debug, Clone)]
pub struct ListLevel {
    /// Its number's format, as ECMA-376 names it.
    pub format: String,
    /// Its text, %1 to %9 for the numbers of the levels.
    pub text: String,
    /// Its first number.
    pub start: u32,
    /// Whether the numbers of all levels are figures (isLgl).
    pub legal: bool,
    /// Whether nothing stands between its number and the text.
    pub tight: bool,
    /// Whether it counts on whatever level above begins anew.
    pub goes_on: bool,
    /// The paragraph style that it goes with.
    pub style: String,
}

impl Default for ListLevel {
    fn default() -> Self {
        Self {
            format: String::new(),
            text: String::new(),
            start: 1,
            legal: false,
            tight: false,
            goes_on: false,
            style: String::new(),
        }
    }
}

/// One use of a list, with what differs in it.
#[derive(Debug, Clone, Default)]
pub struct ListUse {
    /// Its list.
    pub list: String,
    /// First numbers of levels.
    pub starts: Vec<(usize, u32)>,
    /// Levels that are others.
    pub levels: Vec<(usize, ListLevel)>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct ListNumbers {
    lists: FxHashMap<String, Vec<ListLevel>>,
    uses: FxHashMap<String, ListUse>,
    counts: FxHashMap<String, [Option<u32>; LEVELS]>,
    begun: FxHashSet<(String, usize)>,
}

impl ListNumbers {
    /// Adds a list, its levels from the highest.
    pub fn add_list(&mut self, id: String, levels: Vec<ListLevel>) {
        self.lists.insert(id, levels);
    }

    /// Adds a use of a list, which paragraphs name by `id`.
    pub fn add_use(&mut self, id: String, list_use: ListUse) {
        self.uses.insert(id, list_use);
    }

    /// The level of a use of a list that goes with a paragraph style.
    pub fn level_of_style(&self, id: &str, style: &str) -> Option<usize> {
        let levels = self.lists.get(&self.uses.get(id)?.list)?;
        levels.iter().position(|level| !style.is_empty() && level.style == style)
    }

    /// The number of the next paragraph that uses a list as `id` says, at `level` (0 for the highest), with the blank that
    /// parts it from the text; empty where there is none.
    pub fn next(&mut self, id: &str, level: usize) -> String {
        let Some(list_use) = self.uses.get(id) else { return String::new() };
        let Some(levels) = self.lists.get(&list_use.list) else { return String::new() };
        let level_at = |n: usize| {
            list_use.levels.iter().find(|(own, _)| *own == n).map(|(_, level)| level).or_else(|| levels.get(n))
        };
        let start_of = |n: usize| {
            let own = list_use.starts.iter().find(|(own, _)| *own == n).map(|(_, start)| *start);
            own.unwrap_or_else(|| level_at(n).map_or(1, |level| level.start))
        };
        let Some(own) = level_at(level).filter(|_| level < LEVELS) else { return String::new() };
        let counts = self.counts.entry(list_use.list.clone()).or_default();
        // A use with a first number of its own begins with it, however far the list has counted.
        let differs =
            list_use.starts.iter().any(|(n, _)| *n == level) || list_use.levels.iter().any(|(n, _)| *n == level);
        let begins = self.begun.insert((id.to_owned(), level)) && differs;
        counts[level] = Some(match counts[level].filter(|_| !begins) {
            Some(count) => count.saturating_add(1),
            None => start_of(level),
        });
        for (n, count) in counts.iter_mut().enumerate().skip(level + 1) {
            if !level_at(n).is_some_and(|level| level.goes_on) {
                *count = None;
            }
        }
        if own.format == "bullet" {
            let pictured =
                own.text.chars().all(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}') || c.is_control());
            return format!("{} ", if pictured { BULLET } else { own.text.as_str() });
        }
        let mut text = own.text.clone();
        for (n, count) in counts.iter().enumerate() {
            let Some(shown) = level_at(n).filter(|_| text.contains('%')) else { break };
            let format = if own.legal && shown.format != "none" { "decimal" } else { shown.format.as_str() };
            text = text.replace(&format!("%{}", n + 1), &written(count.unwrap_or_else(|| start_of(n)), format));
        }
        // What ends in no mark would run into the text: 第一章, 1.1.
        let open = text.ends_with(|c: char| c.is_alphanumeric() && !matches!(c, '①'..='⒛' | '㊀'..='㊉'));
        if open && !own.tight {
            text.push(' ');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: &str, text: &str) -> ListLevel {
        ListLevel { format: format.into(), text: text.into(), ..ListLevel::default() }
    }

    fn numbers() -> ListNumbers {
        let mut numbers = ListNumbers::default();
        let levels =
            vec![level("chineseCounting", "%1、"), level("chineseCounting", "（%2）"), level("bullet", "\u{f06c}")];
        numbers.add_list("7".into(), levels);
        numbers.add_use("3".into(), ListUse { list: "7".into(), ..ListUse::default() });
        numbers.add_use("4".into(), ListUse { list: "7".into(), starts: vec![(0, 5)], ..ListUse::default() });
        numbers
    }

    #[test]
    fn numbers_as_word_counts_them() {
        let mut numbers = numbers();
        let got: Vec<String> = [0, 1, 1, 2, 0, 1].into_iter().map(|level| numbers.next("3", level)).collect();
        assert_eq!(got, ["一、", "（一）", "（二）", "• ", "二、", "（一）"]);
        assert_eq!(numbers.next("9", 0), "");
        // Another use of the list begins with its own number and goes on from there.
        assert_eq!([numbers.next("4", 0), numbers.next("4", 0), numbers.next("3", 0)], ["五、", "六、", "七、"]);
        assert_eq!(numbers.next("3", 40), "");
    }

    #[test]
    fn a_number_without_a_mark_is_parted_from_the_text() {
        let mut numbers = ListNumbers::default();
        let legal = ListLevel { legal: true, ..level("decimal", "%1.%2") };
        numbers.add_list("1".into(), vec![level("chineseCounting", "第%1章"), legal, level("none", "附")]);
        numbers.add_use("1".into(), ListUse { list: "1".into(), ..ListUse::default() });
        assert_eq!([0, 1, 1, 2].map(|level| numbers.next("1", level)), ["第一章 ", "1.1 ", "1.2 ", "附 "]);
    }
}
