//! A file of the program's own as memory. In: an open file of the cache. Out: its bytes, of which no copy lies on the heap.
//! Does not know about: what they mean. Documents are never mapped: their owner may shorten them at any time.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// The bytes of a file of the cache, mapped.
#[derive(Debug)]
pub struct MappedFile(Mmap);

impl MappedFile {
    /// Maps a file that [`crate::store`] left in the user's cache.
    pub fn new(file: &File) -> io::Result<Self> {
        // SAFETY: what is mapped must not change while it is mapped. Files of the cache are written under another name and renamed
        // when they are whole; this program never writes into one again nor shortens it, it only unlinks it, which leaves a
        // mapping as it is. Their folder is its owner's alone (0700). What is read is taken as bytes, checked by length
        // and digest before it is used.
        #[allow(unsafe_code)]
        unsafe { Mmap::map(file) }.map(Self)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}
