//! The form in which text is compared, and its map back to the original.
