//! Which key asks for what. In: the action table and the user's overrides. Out: a lookup by context and key, or the first
//! override that cannot be used. Does not know about: where an override is written, what an action does.

use rustc_hash::FxHashMap;

use super::key::{self, KeyCombination};
use super::{Action, KeyContext};

/// The keys of every action, the user's overrides applied.
#[derive(Debug, Clone)]
pub struct Keymap {
    actions: FxHashMap<(KeyContext, KeyCombination), Action>,
    keys: FxHashMap<Action, Vec<KeyCombination>>,
}

/// Why overrides cannot be used. `item` counts the keys of one action from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeymapError {
    /// There is no action of this name.
    UnknownAction {
        /// As given.
        action: String,
    },
    /// The key cannot be understood.
    BadKey {
        /// Whose key.
        action: Action,
        /// Which of its keys.
        item: usize,
        /// As given.
        text: String,
    },
    /// Another action has the key in the same context.
    KeyTaken {
        /// Whose key.
        action: Action,
        /// Which of its keys.
        item: usize,
        /// The key.
        key: KeyCombination,
        /// The action that has it.
        by: Action,
    },
}

impl Keymap {
    /// The default keys, with those of each overridden action (config name, keys in key notation) replaced. No keys at
    /// all leave the action without one, but for those that lead out.
    ///
    /// # Errors
    /// The first override that names no action, holds no key, or takes a key another action has in the same context.
    pub fn new<'a>(overrides: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Result<Self, KeymapError> {
        let mut wanted: Vec<(Action, Vec<KeyCombination>)> = Vec::new();
        for (name, texts) in overrides {
            let action =
                Action::from_name(name).ok_or_else(|| KeymapError::UnknownAction { action: name.to_owned() })?;
            let read = |(item, text): (usize, &String)| {
                key::parse(text).ok_or_else(|| KeymapError::BadKey { action, item, text: text.clone() })
            };
            wanted.push((action, texts.iter().enumerate().map(read).collect::<Result<_, _>>()?));
        }
        let mut map = Self { actions: FxHashMap::default(), keys: FxHashMap::default() };
        for &action in Action::ALL {
            if wanted.iter().all(|(overridden, _)| *overridden != action) {
                map.bind(action, defaults(action))?;
            }
        }
        // After the defaults, so that the override is what a conflict is reported on.
        for (action, keys) in wanted {
            map.bind(action, keys)?;
        }
        // Whoever takes away every way out keeps the last of the defaults: nobody may be locked in.
        for action in [Action::Quit, Action::PromptCancel, Action::CloseOverlay] {
            if let Some(&last) = defaults(action).last().filter(|_| map.keys(action).is_empty()) {
                map.bind(action, vec![last])?;
            }
        }
        Ok(map)
    }

    fn bind(&mut self, action: Action, keys: Vec<KeyCombination>) -> Result<(), KeymapError> {
        for (item, &key) in keys.iter().enumerate() {
            match self.actions.insert((action.context(), key), action) {
                Some(by) if by != action => return Err(KeymapError::KeyTaken { action, item, key, by }),
                _ => {}
            }
        }
        self.keys.insert(action, keys);
        Ok(())
    }

    /// What `key` asks for in `context`: there first, then everywhere. A prompt takes every other key as text.
    pub fn lookup(&self, context: KeyContext, key: KeyCombination) -> Option<Action> {
        let here = self.actions.get(&(context, key));
        let everywhere = || self.actions.get(&(KeyContext::Global, key)).filter(|_| context != KeyContext::Prompt);
        let is_over = matches!(
            context,
            KeyContext::Concordance | KeyContext::Board | KeyContext::View | KeyContext::Marks | KeyContext::SideBySide
        );
        let over = || self.actions.get(&(KeyContext::Overlay, key)).filter(|_| is_over);
        here.or_else(over).or_else(everywhere).copied()
    }

    /// The key that asks for `action` in `context`, found by the very lookup keys go through: none where another action has
    /// all of its keys there, or the settings took them away.
    pub fn key_in(&self, context: KeyContext, action: Action) -> Option<KeyCombination> {
        self.keys(action).iter().copied().find(|key| self.lookup(context, *key) == Some(action))
    }

    /// The key of an action that is shown, in key notation; none if the settings took all of them away.
    pub fn name(&self, action: Action) -> Option<String> {
        self.keys(action).first().map(|key| key::format(*key))
    }

    /// The keys of an action, the first being the one to show.
    pub fn keys(&self, action: Action) -> &[KeyCombination] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = Self { actions: FxHashMap::default(), keys: FxHashMap::default() };
        for &action in Action::ALL {
            // The table holds no conflict: a test sees to it.
            let _ = map.bind(action, defaults(action));
        }
        map
    }
}

/// The default keys of an action.
pub fn defaults(action: Action) -> Vec<KeyCombination> {
    action.default_keys().iter().filter_map(|text| key::parse(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(overrides: &[(&str, &[&str])]) -> Result<Keymap, KeymapError> {
        let owned: Vec<(&str, Vec<String>)> =
            overrides.iter().map(|(name, keys)| (*name, keys.iter().map(|k| (*k).to_owned()).collect())).collect();
        Keymap::new(owned.iter().map(|(name, keys)| (*name, keys.as_slice())))
    }

    fn key(text: &str) -> KeyCombination {
        key::parse(text).unwrap()
    }

    #[test]
    fn every_default_key_is_a_key_and_finds_its_action() {
        let map = with(&[]).unwrap();
        for &action in Action::ALL {
            assert_eq!(map.keys(action).len(), action.default_keys().len(), "{}", action.name());
            for &key in map.keys(action) {
                assert_eq!(map.lookup(action.context(), key), Some(action));
                assert_eq!(Keymap::default().lookup(action.context(), key), Some(action));
            }
        }
    }

    #[test]
    fn the_context_is_asked_before_everywhere_and_a_prompt_alone() {
        let map = Keymap::default();
        assert_eq!(map.lookup(KeyContext::Page, key("q")), Some(Action::Quit));
        assert_eq!(map.lookup(KeyContext::Overlay, key("q")), Some(Action::CloseOverlay));
        assert_eq!(map.lookup(KeyContext::Prompt, key("q")), None);
        assert_eq!(map.lookup(KeyContext::Prompt, key("enter")), Some(Action::PromptAccept));
        assert_eq!(map.lookup(KeyContext::Page, key("ctrl-alt-f9")), None);
    }

    #[test]
    fn overrides_replace_and_unbind() {
        let map = with(&[("quit", &["Q", "ctrl-q"]), ("help", &[])]).unwrap();
        assert_eq!(map.lookup(KeyContext::Page, key("shift-q")), Some(Action::Quit));
        assert_eq!(map.lookup(KeyContext::Page, key("q")), None);
        assert_eq!(map.lookup(KeyContext::Page, key("?")), None);
        assert!(map.keys(Action::Help).is_empty());
    }

    #[test]
    fn keys_may_be_exchanged_or_given_up_by_another_action() {
        assert!(with(&[("quit", &["?"]), ("help", &["q"])]).is_ok());
        assert!(with(&[("quit", &["?"]), ("help", &[])]).is_ok());
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        assert_eq!(
            with(&[("quit-now", &["q"])]).unwrap_err(),
            KeymapError::UnknownAction { action: "quit-now".into() }
        );
        assert_eq!(
            with(&[("quit", &["q", "ctl-q"])]).unwrap_err(),
            KeymapError::BadKey { action: Action::Quit, item: 1, text: "ctl-q".into() }
        );
        assert_eq!(
            with(&[("quit", &["ctrl-q", "?"])]).unwrap_err(),
            KeymapError::KeyTaken { action: Action::Quit, item: 1, key: key("?"), by: Action::Help }
        );
    }
}
