//! Numbers and texts as bytes, and back. In: values or bytes. Out: the other. Does not know about: what they mean.
//!
//! A number takes seven bits a byte, lowest first. Reading never panics and never takes more memory than there are bytes.

/// Appends a number.
pub fn put(out: &mut Vec<u8>, number: impl Into<u64>) {
    let mut number = number.into();
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends how many things follow.
pub fn put_length(out: &mut Vec<u8>, length: usize) {
    put(out, length as u64);
}

/// Appends a number that may be absent.
pub fn put_option(out: &mut Vec<u8>, number: Option<u32>) {
    put(out, number.map_or(0, |n| u64::from(n) + 1));
}

/// Appends a text.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_length(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Appends a word of eight bytes.
pub fn put_word(out: &mut Vec<u8>, word: u64) {
    out.extend_from_slice(&word.to_le_bytes());
}

/// What is left to read; `None` from every function where it does not suffice or is not what it should be.
#[derive(Debug, Clone)]
pub struct ByteReader<'b>(pub &'b [u8]);

impl<'b> ByteReader<'b> {
    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number that fits.
    pub fn narrow<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    /// A number that may be absent.
    pub fn option(&mut self) -> Option<Option<u32>> {
        match self.number()? {
            0 => Some(None),
            n => u32::try_from(n - 1).ok().map(Some),
        }
    }

    /// How many things follow that take at least one byte each: more than are left are a lie.
    pub fn length(&mut self) -> Option<usize> {
        let length = self.narrow()?;
        (length <= self.0.len()).then_some(length)
    }

    /// So many bytes.
    pub fn bytes(&mut self, length: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        simdutf8::basic::from_utf8(self.bytes(length)?).ok()
    }

    /// A word of eight bytes.
    pub fn word(&mut self) -> Option<u64> {
        let (word, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*word))
    }

    /// Things of one kind, with their number before them.
    pub fn list<T>(&mut self, mut take: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.length()?;
        let mut list = Vec::with_capacity(length.min(1 << 16));
        for _ in 0..length {
            list.push(take(self)?);
        }
        Some(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_put_is_taken(numbers in proptest::collection::vec(any::<u64>(), 0..20), text in any::<String>(), option in any::<Option<u32>>()) {
            let mut out = Vec::new();
            put_length(&mut out, numbers.len());
            numbers.iter().for_each(|n| put(&mut out, *n));
            put_text(&mut out, &text);
            put_option(&mut out, option);
            put_word(&mut out, 7);
            let mut reader = ByteReader(&out);
            prop_assert_eq!(reader.list(ByteReader::number), Some(numbers));
            prop_assert_eq!(reader.text(), Some(text.as_str()));
            prop_assert_eq!(reader.option(), Some(option));
            prop_assert_eq!((reader.word(), reader.byte()), (Some(7), None));
        }

        #[test]
        fn any_bytes_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = ByteReader(&bytes);
            let _ = (reader.clone().list(ByteReader::text), reader.clone().option(), reader.clone().narrow::<u16>(), reader.word());
        }
    }
}
