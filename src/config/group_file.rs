//! Keyword groups that the user makes in the program: a file of lines `名称：词、词` beside the settings. In: its text, a change.
//! Out: groups, its text with one line more. Does not know about: where the file is, who asks for the change.
//!
//! `#` begins a comment line; `!名称` takes a group away that the settings, or the built-in dictionary, have.

/// A group as it is to be from now on; without words it is taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupChange {
    /// The name it had, where it had one.
    pub before: Option<String>,
    /// Its name.
    pub name: String,
    /// Its words.
    pub words: Vec<String>,
}

/// What may stand between two words.
const BETWEEN: [char; 7] = ['、', '，', ',', ';', '；', ' ', '\u{3000}'];

impl GroupChange {
    /// Reads what was typed: a name, a colon, words. `None` where there is no name.
    pub fn typed(text: &str, before: Option<String>) -> Option<Self> {
        let (name, words) = text.split_once(['：', ':']).unwrap_or((text, ""));
        let name = name.trim().trim_start_matches(['!', '#']).trim();
        let words: Vec<String> =
            words.split(BETWEEN).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let fits = !name.is_empty() && !text.contains(['\n', '\r']);
        fits.then(|| Self { before, name: name.to_owned(), words })
    }

    /// The same as a line that can be typed.
    pub fn line(name: &str, words: &[String]) -> String {
        format!("{name}：{}", words.join("、"))
    }

    /// Makes the change in a list of groups.
    pub fn apply(&self, groups: &mut Vec<(String, Vec<String>)>) {
        let at = |groups: &[(String, Vec<String>)], name: &str| groups.iter().position(|(known, _)| known == name);
        if let Some(old) =
            self.before.as_deref().filter(|before| *before != self.name).and_then(|name| at(groups, name))
        {
            // Under its new name it stands where it stood, unless there is another of that name.
            match at(groups, &self.name) {
                Some(_) => _ = groups.remove(old),
                None => groups[old].0.clone_from(&self.name),
            }
        }
        match (at(groups, &self.name), self.words.is_empty()) {
            (Some(at), true) => _ = groups.remove(at),
            (Some(at), false) => groups[at].1.clone_from(&self.words),
            (None, true) => {}
            (None, false) => groups.push((self.name.clone(), self.words.clone())),
        }
    }
}

/// The changes that a file holds, in order.
pub fn changes(text: &str) -> Vec<GroupChange> {
    let line = |line: &str| {
        let line = line.trim().trim_start_matches('\u{feff}');
        match line.strip_prefix('!') {
            _ if line.is_empty() || line.starts_with('#') => None,
            Some(name) => GroupChange::typed(name, None).map(|change| GroupChange { words: Vec::new(), ..change }),
            None => GroupChange::typed(line, None),
        }
    };
    text.lines().filter_map(line).collect()
}

/// The text of a file with a change in it: what it said of this group before is gone, all else stays as the user wrote it.
pub fn with_change(text: &str, change: &GroupChange) -> String {
    let named = |line: &str, name: &str| changes(line).first().is_some_and(|known| known.name == name);
    let old = change.before.as_deref().filter(|before| *before != change.name);
    let about = |line: &&str| !named(line, &change.name) && old.is_none_or(|old| !named(line, old));
    let mut out: String = text.lines().filter(about).flat_map(|line| [line, "\n"]).collect();
    if let Some(old) = old {
        out.extend(["!", old, "\n"]);
    }
    if change.words.is_empty() {
        out.extend(["!", &change.name, "\n"]);
    } else {
        out.extend([GroupChange::line(&change.name, &change.words).as_str(), "\n"]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(list: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        list.iter().map(|(name, own)| ((*name).to_owned(), words(own))).collect()
    }

    fn change(text: &str, before: Option<&str>) -> GroupChange {
        GroupChange::typed(text, before.map(str::to_owned)).unwrap()
    }

    #[test]
    fn a_group_is_made_edited_renamed_and_taken_away() {
        let mut list = groups(&[("民生", &["养老"]), ("水利", &["渠"])]);
        let mut file = "# 我的词组\n".to_owned();
        let steps = [
            ("树木：植树、护林", None, groups(&[("民生", &["养老"]), ("水利", &["渠"]), ("树木", &["植树", "护林"])])),
            (
                "水利: 渠,水库 堤",
                Some("水利"),
                groups(&[("民生", &["养老"]), ("水利", &["渠", "水库", "堤"]), ("树木", &["植树", "护林"])]),
            ),
            (
                "林业：植树",
                Some("树木"),
                groups(&[("民生", &["养老"]), ("水利", &["渠", "水库", "堤"]), ("林业", &["植树"])]),
            ),
            ("民生：", Some("民生"), groups(&[("水利", &["渠", "水库", "堤"]), ("林业", &["植树"])])),
        ];
        for (typed, before, want) in steps {
            let change = change(typed, before);
            change.apply(&mut list);
            file = with_change(&file, &change);
            assert_eq!(list, want, "{typed}");
            // The file says the same in the next run.
            let mut again = groups(&[("民生", &["养老"]), ("水利", &["渠"])]);
            changes(&file).iter().for_each(|change| change.apply(&mut again));
            assert_eq!(again, want, "{file}");
        }
        assert!(file.starts_with("# 我的词组\n"), "{file}");
    }

    #[test]
    fn what_has_no_name_is_no_group() {
        assert_eq!(GroupChange::typed("：渠", None), None);
        assert_eq!(GroupChange::typed("", None), None);
        assert_eq!(GroupChange::typed("水利：渠\n民生：", None), None);
        assert_eq!(changes("\u{feff}# 注\n\n ! 民生 \n水利：渠；\n").len(), 2);
    }
}
