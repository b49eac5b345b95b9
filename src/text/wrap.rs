//! Wraps a paragraph into screen rows, obeying 禁则.
