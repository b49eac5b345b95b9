//! One line to the user. It stays until the next key, not until a time.

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Something was done.
    Done,
    /// Something could not be done.
    Trouble,
    /// A key has nothing to do now.
    Refused,
}

/// One line to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What to say, in the user's language.
    pub text: String,
    /// How much it matters.
    pub weight: Weight,
}

impl Notice {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Done }
    }

    /// A key has nothing to do now.
    pub fn refused(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Refused }
    }

    /// Something could not be done.
    pub fn trouble(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Trouble }
    }
}
