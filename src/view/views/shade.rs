//! How dark a cell of a grid is. In: a value and the highest. Out: a shade. Does not know about: colours.

/// How dark a cell is: 0 nothing, then four shades up to the highest.
pub fn shade(value: f64, highest: f64) -> usize {
    if value <= 0.0 || highest <= 0.0 { 0 } else { ((value / highest * 4.0).ceil() as usize).clamp(1, 4) }
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn anything_above_nothing_has_a_shade() {
        let cases =
            [(0.0, 8.0, 0), (0.01, 8.0, 1), (2.0, 8.0, 1), (4.1, 8.0, 3), (8.0, 8.0, 4), (9.0, 8.0, 4), (1.0, 0.0, 0)];
        for (value, highest, want) in cases {
            assert_eq!(shade(value, highest), want, "{value} of {highest}");
        }
    }
}
