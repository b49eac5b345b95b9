//! Display width of text in terminal columns: the one place that asks `unicode-width`.
