//! The user's words. In: the settings, or the text of a word file. Out: stop lists and groups; a file's text with one word
//! more. Does not know about: where files are.
//!
//! `#` begins a comment line; `!` begins a phrase that was proposed and refused, so that it is not proposed again.

use std::path::Path;

use super::{Config, ConfigError, Paths, Problem, TermSettings, group_changes};
use crate::corpus::load::gate;
use crate::index::groups::Groups;
use crate::index::targets::Indicators;
use crate::index::terms::{StopLayer, StopList};
use crate::text::Lang;

impl TermSettings {
    /// The stop words: the user's lists in place of the built-in ones, each layer on or off, and the single words.
    pub fn stop_list(&self) -> StopList {
        let layers = [
            (StopLayer::Function, &self.function_word_list, self.function_words),
            (StopLayer::Filler, &self.filler_word_list, self.filler_words),
        ];
        let mut stops = StopList::default().with(&self.stop_words);
        for (layer, list, on) in layers {
            if let Some(list) = list {
                stops = stops.replaced(layer, list);
            }
            stops = stops.switched(layer, on);
        }
        stops.switched(StopLayer::Names, self.own_names)
    }
}

impl Config {
    /// Takes in the list of indicators that stands beside the config file at `config`, where there is one. What is wrong with
    /// it is said where indicators are wanted.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn add_indicators(&mut self, config: &Path) -> Result<(), ConfigError> {
        let file = config.with_file_name(Paths::INDICATORS);
        match gate::read_text(&file, gate::WORDS) {
            Ok(text) => self.own_indicators = Some(text),
            Err(why) if why.is_missing() => {}
            Err(why) => {
                let why = [Lang::Zh, Lang::En].map(|lang| why.text(lang));
                return Err(ConfigError {
                    path: file.clone(),
                    place: None,
                    problem: Problem::NoWordFile { file, why },
                });
            }
        }
        Ok(())
    }

    /// The indicators that figures are read of: the built-in ones and the user's own.
    ///
    /// # Errors
    /// When the user's list is none; why, for people.
    pub fn indicators(&self) -> Result<Indicators, String> {
        let built_in = Indicators::default();
        let Some(own) = &self.own_indicators else { return Ok(built_in) };
        built_in.extended(own).map_err(|error| format!("{}: {error}", Paths::INDICATORS))
    }

    /// Takes in the changes of keyword groups that were made in the program, where the file at `path` has any.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn add_groups(&mut self, path: &Path) -> Result<(), ConfigError> {
        match gate::read_text(path, gate::WORDS) {
            Ok(text) => self.own_groups = group_changes(&text),
            Err(why) if why.is_missing() => {}
            Err(why) => {
                let why = [Lang::Zh, Lang::En].map(|lang| why.text(lang));
                let problem = Problem::NoWordFile { file: path.to_path_buf(), why };
                return Err(ConfigError { path: path.to_path_buf(), place: None, problem });
            }
        }
        Ok(())
    }

    /// The keyword groups of the settings, or the built-in ones, with what the user made of them in the program.
    pub fn keyword_groups(&self) -> Groups {
        if self.own_groups.is_empty() && self.groups.is_empty() {
            return Groups::built_in();
        }
        let mut groups: Vec<(String, Vec<String>)> = if self.groups.is_empty() {
            let built_in = Groups::built_in();
            built_in.list().iter().map(|group| (group.name.clone(), group.words.clone())).collect()
        } else {
            self.groups.clone().into_iter().collect()
        };
        self.own_groups.iter().for_each(|change| change.apply(&mut groups));
        Groups::new(groups)
    }
}

/// What the user says of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhraseDecision {
    /// It is a word, never to be split.
    Accepted,
    /// It is none, and not to be proposed again.
    Refused,
    /// Nothing.
    Open,
}

/// What a word file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordFile {
    /// The words, in order.
    pub words: Vec<String>,
    /// The refused phrases, in order.
    pub refused: Vec<String>,
}

impl WordFile {
    /// Reads the text of a file; a byte order mark, blanks around words, empty lines and comments do not count.
    pub fn parse(text: &str) -> Self {
        let mut file = Self::default();
        for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
            match line.strip_prefix('!') {
                _ if line.is_empty() || line.starts_with('#') => {}
                Some(refused) if refused.trim().is_empty() => {}
                Some(refused) => file.refused.push(refused.trim().to_owned()),
                None => file.words.push(line.to_owned()),
            }
        }
        file
    }

    /// The text of a file that says this of `word`: everything else stays as the user wrote it, and what the file said about
    /// this word before is gone.
    pub fn with_verdict(text: &str, word: &str, decision: PhraseDecision) -> String {
        let word = word.trim();
        let about = |line: &&str| line.trim().strip_prefix('!').unwrap_or(line.trim()).trim() != word;
        let mut out: String = text.lines().filter(about).flat_map(|line| [line, "\n"]).collect();
        // A word with a line end in it would be two.
        let sign = match decision {
            PhraseDecision::Accepted => "",
            PhraseDecision::Refused => "!",
            PhraseDecision::Open => return out,
        };
        if !word.is_empty() && !word.contains(['\n', '\r']) {
            out.extend([sign, word, "\n"]);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_comments_and_refusals() {
        let file = WordFile::parse("\u{feff}稻渔共生\r\n\n # 说明\n! 一次\n!\n 云和梯田 \n");
        assert_eq!(file, WordFile { words: vec!["稻渔共生".into(), "云和梯田".into()], refused: vec!["一次".into()] });
    }

    #[test]
    fn layers_follow_the_settings() {
        let filler = Some(vec!["养老".to_owned()]);
        let terms = TermSettings { function_words: false, filler_word_list: filler, ..TermSettings::default() };
        let stops = terms.stop_list();
        assert!(stops.contains("养老") && !stops.contains("加强") && !stops.contains("的"));
        assert!(Config::default().keyword_groups().find("民生").is_some());
    }

    #[test]
    fn a_verdict_replaces_the_one_before_and_nothing_else() {
        let text = "# 我的词\n稻渔共生\n!云和梯田";
        let accepted = WordFile::with_verdict(text, "云和梯田", PhraseDecision::Accepted);
        assert_eq!(accepted, "# 我的词\n稻渔共生\n云和梯田\n");
        let refused = WordFile::with_verdict(&accepted, "稻渔共生", PhraseDecision::Refused);
        assert_eq!(refused, "# 我的词\n云和梯田\n!稻渔共生\n");
        assert_eq!(WordFile::with_verdict(&refused, "稻渔共生", PhraseDecision::Open), "# 我的词\n云和梯田\n");
        assert_eq!(WordFile::with_verdict("", " ", PhraseDecision::Accepted), "");
    }
}
