//! Bytes that an earlier run left, wherever they are: on the heap, or mapped from the cache. In: either. Out: slices that are
//! shared, not copied. Does not know about: what they mean.

mod mapped;

use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use mapped::MappedFile;

/// Shared bytes, or a part of them. Cloning copies none.
#[derive(Clone)]
pub struct KeptBytes {
    all: Arc<KeptWhere>,
    range: Range<usize>,
}

enum KeptWhere {
    Heap(Vec<u8>),
    Mapped(MappedFile),
}

impl KeptBytes {
    /// The bytes of a file that [`crate::store`] left in the cache, mapped.
    ///
    /// # Errors
    /// When the system cannot map it.
    pub fn map(file: &File) -> io::Result<Self> {
        let file = MappedFile::new(file)?;
        let range = 0..file.bytes().len();
        Ok(Self { all: Arc::new(KeptWhere::Mapped(file)), range })
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        let all = match &*self.all {
            KeptWhere::Heap(bytes) => bytes,
            KeptWhere::Mapped(file) => file.bytes(),
        };
        all.get(self.range.clone()).unwrap_or_default()
    }

    /// A part of them; empty where it would leave them.
    pub fn part(&self, range: Range<usize>) -> Self {
        let range = if range.end <= self.range.len() && range.start <= range.end { range } else { 0..0 };
        Self { all: Arc::clone(&self.all), range: self.range.start + range.start..self.range.start + range.end }
    }

    /// The part that `slice` is, which must be one of [`Self::as_slice`]; empty if it is none.
    pub fn part_of(&self, slice: &[u8]) -> Self {
        let start = (slice.as_ptr() as usize).wrapping_sub(self.as_slice().as_ptr() as usize);
        self.part(start..start.saturating_add(slice.len()))
    }
}

impl fmt::Debug for KeptBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.range.len())
    }
}

impl Default for KeptBytes {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Vec<u8>> for KeptBytes {
    fn from(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { all: Arc::new(KeptWhere::Heap(bytes)), range }
    }
}

impl From<&[u8]> for KeptBytes {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

/// What bytes are checked by: their number and a CRC-32. Sees every changed byte, and is as fast as memory.
pub fn checksum(bytes: &[u8]) -> u64 {
    (bytes.len() as u64) << 32 ^ u64::from(crc32fast::hash(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_parts_and_never_leave_the_whole() {
        let whole: KeptBytes = b"0123456789"[..].into();
        let part = whole.part(2..8);
        assert_eq!((part.as_slice(), part.part(1..3).as_slice()), (&b"234567"[..], &b"34"[..]));
        assert_eq!(part.part_of(&part.as_slice()[2..4]).as_slice(), b"45");
        assert_eq!((part.part(3..7).as_slice(), part.part(9..9).as_slice()), (&b""[..], &b""[..]));
        assert_eq!(part.part_of(&[1, 2]).as_slice(), b"");
    }
}
