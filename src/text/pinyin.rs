//! Pinyin readings of characters.
