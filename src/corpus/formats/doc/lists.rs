//! Lists of a document of Word 97 ([MS-DOC] 2.9.131 and following). In: its tables of lists and of their uses. Out:
//! [`ListNumbers`]. Does not know about: paragraphs.

use crate::corpus::formats::list_numbers::{LEVELS, ListLevel, ListNumbers, ListUse};
use crate::corpus::formats::number_format;
use crate::corpus::formats::ole::{u16_at, u32_at};

const LIST_BYTES: usize = 28;
const USE_BYTES: usize = 16;
/// A document has at most so many lists, and as many uses of them.
const MOST: usize = 10_000;

/// Reads the lists that begin in `lists`, whose levels stand behind them, and their `uses`.
pub fn read(lists: &[u8], uses: &[u8]) -> ListNumbers {
    let mut numbers = ListNumbers::default();
    let _ = read_lists(lists, &mut numbers);
    let _ = read_uses(uses, &mut numbers);
    numbers
}

fn read_lists(lists: &[u8], numbers: &mut ListNumbers) -> Option<()> {
    let count = usize::from(u16_at(lists, 0)?).min(MOST);
    let mut at = 2 + LIST_BYTES * count;
    for n in 0..count {
        let own = 2 + LIST_BYTES * n;
        let id = u32_at(lists, own)?;
        let simple = lists.get(own + 26)? & 1 == 1;
        let mut levels = Vec::with_capacity(LEVELS);
        for _ in 0..if simple { 1 } else { LEVELS } {
            let (level, size) = read_level(lists.get(at..)?)?;
            levels.push(level);
            at += size;
        }
        numbers.add_list(id.to_string(), levels);
    }
    Some(())
}

/// A level, and how many bytes it takes.
fn read_level(bytes: &[u8]) -> Option<(ListLevel, usize)> {
    let (code, flags) = (*bytes.get(4)?, *bytes.get(5)?);
    let changes = usize::from(*bytes.get(24)?) + usize::from(*bytes.get(25)?);
    let at = 28 + changes;
    let length = usize::from(u16_at(bytes, at)?);
    let units: Vec<u16> = (0..length).map(|n| u16_at(bytes, at + 2 + 2 * n)).collect::<Option<_>>()?;
    let mut text = String::new();
    for c in String::from_utf16_lossy(&units).chars() {
        match u32::from(c) {
            // The number of a level stands for itself.
            n if (n as usize) < LEVELS => text.push_str(&format!("%{}", n + 1)),
            _ => text.push(c),
        }
    }
    let level = ListLevel {
        format: number_format::by_code(code.into()).to_owned(),
        text,
        start: u32_at(bytes, 0)?,
        legal: flags & 4 != 0,
        tight: bytes.get(15) == Some(&2),
        goes_on: flags & 8 != 0 && bytes.get(26) == Some(&0),
        style: String::new(),
    };
    Some((level, at + 2 + 2 * length))
}

fn read_uses(uses: &[u8], numbers: &mut ListNumbers) -> Option<()> {
    let count = (u32_at(uses, 0)? as usize).min(MOST);
    let mut at = 4 + USE_BYTES * count;
    for n in 0..count {
        let own = 4 + USE_BYTES * n;
        let mut list_use = ListUse { list: u32_at(uses, own)?.to_string(), ..ListUse::default() };
        let overridden = *uses.get(own + 12)?;
        // Behind all uses stands what differs in each.
        let differs = read_overrides(uses, &mut at, overridden, &mut list_use);
        numbers.add_use((n + 1).to_string(), list_use);
        if differs.is_none() && overridden > 0 {
            at = usize::MAX / 2;
        }
    }
    Some(())
}

fn read_overrides(uses: &[u8], at: &mut usize, count: u8, list_use: &mut ListUse) -> Option<()> {
    *at += 4;
    for _ in 0..count {
        let (start, flags) = (u32_at(uses, *at)?, u32_at(uses, *at + 4)?);
        *at += 8;
        let level = (flags & 0xf) as usize;
        if flags & 0x20 != 0 {
            let (own, size) = read_level(uses.get(*at..)?)?;
            list_use.levels.push((level, own));
            *at += size;
        } else if flags & 0x10 != 0 {
            list_use.starts.push((level, start));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level(code: u8, text: &[u16]) -> Vec<u8> {
        let mut bytes = vec![1, 0, 0, 0, code];
        bytes.resize(28, 0);
        bytes.extend(u16::try_from(text.len()).expect("short").to_le_bytes());
        bytes.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes
    }

    #[test]
    fn lists_and_their_uses() {
        let mut lists = vec![1, 0, 7, 0, 0, 0];
        lists.resize(2 + LIST_BYTES, 0);
        let texts: [&[u16]; 3] = [&[0, 0x3001], &[0xff08, 1, 0xff09], &[0xf06c]];
        lists.extend(level(39, texts[0]));
        lists.extend(level(37, texts[1]));
        (0..7).for_each(|_| lists.extend(level(23, texts[2])));
        let mut uses = vec![2, 0, 0, 0];
        for overridden in [0, 1] {
            uses.extend([7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, overridden, 0, 0, 0]);
        }
        uses.extend([0xff; 8]);
        uses.extend([5, 0, 0, 0, 0x10, 0, 0, 0]);
        let mut numbers = read(&lists, &uses);
        let got = [("1", 0), ("1", 1), ("1", 2), ("1", 0), ("2", 0)].map(|(id, level)| numbers.next(id, level));
        assert_eq!(got, ["一、", "（一）", "• ", "二、", "五、"]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(0u8), Just(1), any::<u8>()], 0..900)) {
            let mut numbers = read(&bytes, &bytes);
            let _ = numbers.next("1", 0);
        }
    }
}
