//! A question as the words of a command line. In: its parameters, which serde writes by the names that clap reads them by.
//! Out: options and operands. Does not know about: any single question, paths, shells.

use std::sync::LazyLock;

use clap::builder::ArgAction;
use clap::{Arg, Command, Subcommand, ValueEnum};
use serde::Serializer;
use serde_json::Value;

use super::Question;
use crate::corpus::Corpus;

/// The words of a command line, but for how its answer is printed and what is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArgumentList {
    /// The subcommand.
    pub command: String,
    /// Its options, with their values.
    pub options: Vec<String>,
    /// What stands behind them: terms, queries.
    pub operands: Vec<String>,
}

impl ArgumentList {
    /// Of a subcommand without any.
    pub fn new(command: &str) -> Self {
        Self { command: command.to_owned(), ..Self::default() }
    }

    /// The same with one more option that is on, or off.
    #[must_use]
    pub fn switch(mut self, name: &str, on: bool) -> Self {
        self.options.extend(on.then(|| format!("--{name}")));
        self
    }

    /// The same with an option and its value.
    #[must_use]
    pub fn option(mut self, name: &str, value: &str) -> Self {
        // A value that begins with a hyphen would be taken for an option.
        if value.starts_with('-') {
            self.options.push(format!("--{name}={value}"));
        } else {
            self.options.extend([format!("--{name}"), value.to_owned()]);
        }
        self
    }

    /// The same with one more operand.
    #[must_use]
    pub fn operand(mut self, word: &str) -> Self {
        self.operands.push(word.to_owned());
        self
    }

    /// All words in order, with more options and operands behind those that are there.
    pub fn words(&self, options: &[String], operands: &[String]) -> Vec<String> {
        let all = || self.operands.iter().chain(operands);
        let end = all().any(|word| word.starts_with('-')).then(|| "--".to_owned());
        let before = std::iter::once(&self.command).chain(&self.options).chain(options);
        before.cloned().chain(end).chain(all().cloned()).collect()
    }
}

/// The commands of all questions: to make them takes longer than a frame may take.
static COMMANDS: LazyLock<Command> = LazyLock::new(|| Question::augment_subcommands(Command::new("questions")));

impl Question {
    /// The command line that asks it; `None` where no command line asks just this.
    pub fn arguments(&self, corpus: &Corpus) -> Option<ArgumentList> {
        let mut written = self.clone();
        written.analysis_mut().write_out(corpus)?;
        let Value::Object(tagged) = serde_json::to_value(&written).ok()? else { return None };
        let Some((_, Value::Object(values))) = tagged.into_iter().next() else { return None };
        let name = self.about().name;
        let mut list = ArgumentList::new(name);
        for argument in COMMANDS.find_subcommand(name)?.get_arguments() {
            let value = values.get(argument.get_id().as_str());
            if let Some(Value::Array(several)) = value {
                let words: Vec<String> = several.iter().filter_map(text).collect();
                list = match argument.get_long() {
                    None => words.iter().fold(list, |list, word| list.operand(word)),
                    Some(_) if words.is_empty() => list,
                    Some(long) => list.option(long, &words.join(",")),
                };
                continue;
            }
            let Some(value) = value.and_then(text) else { continue };
            list = match (argument.get_long(), argument.get_action()) {
                (None, _) => list.operand(&value),
                (Some(long), ArgAction::SetTrue) => list.switch(long, value == "true"),
                (Some(_), _) if is_default(argument, &value) => list,
                (Some(long), _) => list.option(long, &value),
            };
        }
        Some(list)
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(on) => Some(on.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_default(argument: &Arg, value: &str) -> bool {
    argument.get_default_values().iter().any(|default| default == value)
}

/// Writes a value by the name that the command line knows it by.
pub fn name_of<T: ValueEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match value.to_possible_value() {
        Some(known) => serializer.serialize_str(known.get_name()),
        None => serializer.serialize_none(),
    }
}

/// The same where there may be none.
pub fn name_of_some<T: ValueEnum, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => name_of(value, serializer),
        None => serializer.serialize_none(),
    }
}
