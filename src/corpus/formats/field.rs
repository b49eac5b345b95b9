//! Fields of a document: what Word computes. In: an instruction while it is read. Out: the text of one that shows its own
//! instruction: EQ, by which Word sets readings over characters and characters into circles. Does not know about: how a file marks
//! where a field begins and ends.

/// A field that stands open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenField {
    /// Its instruction, up to its result.
    pub instruction: String,
    /// Whether its result has begun, which is text like any other.
    pub has_result: bool,
    /// How long the text was then, in whatever its reader counts.
    pub begins: usize,
}

impl OpenField {
    /// Its result begins behind so much text.
    pub fn begin_result(&mut self, length: usize) {
        (self.has_result, self.begins) = (true, length);
    }

    /// What it shows now that it ends behind so much text, if its result is empty: `EQ \o\ad(\s\up 9(cháng),长)` shows 长, `EQ \o\ac(○,一)` shows 一.
    pub fn shown(&self, length: usize) -> Option<&str> {
        let words = self.instruction.trim_start();
        let is_equation = words.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("EQ"));
        if self.has_result && self.begins != length || !is_equation {
            return None;
        }
        let overstrike = words.find("\\o").or_else(|| words.find("\\O"))?;
        let arguments = words.get(overstrike..)?.split_once('(')?.1;
        // The last of its arguments is printed over all others.
        let (mut depth, mut start) = (0usize, 0);
        for (at, c) in arguments.char_indices() {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => {
                    return arguments.get(start..at).map(str::trim).filter(|text| !text.contains('\\'));
                }
                ')' => depth -= 1,
                ',' | ';' if depth == 0 => start = at + 1,
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_show_what_stands_in_them() {
        for (instruction, shown) in [
            ("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(cháng),长)", Some("长")),
            (" eq \\o\\ac(○,一)", Some("一")),
            ("EQ \\o(长", None),
            ("EQ \\f(1,2)", None),
            ("HYPERLINK \"\\o\" (长)", None),
            ("", None),
        ] {
            let mut field = OpenField { instruction: instruction.into(), ..OpenField::default() };
            assert_eq!(field.shown(7), shown, "{instruction}");
            field.begin_result(7);
            assert_eq!((field.shown(7), field.shown(8)), (shown, None), "{instruction}");
        }
    }
}
