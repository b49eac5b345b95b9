//! Floor 3: what a user may ask.
