//! The container of older office files: a small file system in one file ([MS-CFB]).
//!
//! In: bytes. Out: streams by name. Does not know about: what is in them.
//!
//! Lenient where writers are: a last sector that is cut short counts as far as it goes. Every chain is bounded by the number
//! of sectors there are.

use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;

/// How such a file begins.
pub const BEGINNING: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Sector numbers from here on are no sectors.
const NO_SECTOR: u32 = 0xffff_fffa;
const ENTRY_BYTES: usize = 128;

/// A container that is open for reading.
#[derive(Debug)]
pub struct Container<'b> {
    bytes: &'b [u8],
    sector_bytes: usize,
    mini_sector_bytes: usize,
    cutoff: usize,
    next: Vec<u32>,
    next_mini: Vec<u32>,
    mini: Vec<u8>,
    /// First sector and bytes of each stream at the top.
    streams: FxHashMap<String, (u32, usize)>,
}

/// Where the bytes of a stream stand in the file.
#[derive(Debug)]
pub struct StreamPlaces {
    /// The first byte of each sector, in the order of the stream.
    sectors: Vec<usize>,
    sector_bytes: usize,
}

impl StreamPlaces {
    /// Where byte `at` of the stream stands.
    pub fn of(&self, at: usize) -> Option<usize> {
        self.sectors.get(at / self.sector_bytes).map(|sector| sector + at % self.sector_bytes)
    }
}

/// The little-endian number at `at`.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes)
}

/// The little-endian number at `at`.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

/// The little-endian number at `at`, as a place or size; none if it does not fit.
pub fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    u32_at(bytes, at).and_then(|n| usize::try_from(n).ok())
}

impl<'b> Container<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// Where its header makes no sense.
    pub fn open(bytes: &'b [u8]) -> Result<Self, IssueKind> {
        Self::read(bytes).ok_or_else(|| IssueKind::Broken("OLE".into()))
    }

    fn read(bytes: &'b [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        let mini_shift = u32::from(u16_at(bytes, 32)?);
        if !bytes.starts_with(BEGINNING) || !(7..=16).contains(&shift) || !(4..=12).contains(&mini_shift) {
            return None;
        }
        let mut container = Self {
            bytes,
            sector_bytes: 1 << shift,
            mini_sector_bytes: 1 << mini_shift,
            cutoff: size_at(bytes, 56)?,
            next: Vec::new(),
            next_mini: Vec::new(),
            mini: Vec::new(),
            streams: FxHashMap::default(),
        };
        container.next = container.allocation()?;
        container.next_mini = numbers(&container.chain(u32_at(bytes, 60)?));
        let entries = container.chain(u32_at(bytes, 48)?);
        container.take_entries(&entries);
        Some(container)
    }

    fn most_sectors(&self) -> usize {
        self.bytes.len() / self.sector_bytes + 1
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = (usize::try_from(number).ok()? + 1).checked_mul(self.sector_bytes)?;
        let end = (start + self.sector_bytes).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// Which sector follows which: the sectors that say so are listed in the header and a chain of their own.
    fn allocation(&self) -> Option<Vec<u32>> {
        let mut listed: Vec<u32> = (0..109).filter_map(|n| u32_at(self.bytes, 76 + 4 * n)).collect();
        let mut list = u32_at(self.bytes, 68)?;
        for _ in 0..self.most_sectors() {
            let Some(sector) = (list < NO_SECTOR).then(|| self.sector(list)).flatten() else { break };
            let mut more = numbers(sector);
            list = more.pop().unwrap_or(NO_SECTOR);
            listed.extend(more);
        }
        let own = listed.into_iter().filter(|n| *n < NO_SECTOR).take(self.most_sectors());
        Some(own.filter_map(|n| self.sector(n)).flat_map(numbers).collect())
    }

    /// The numbers of the sectors that follow one another, without end where the chain leads back into itself.
    fn follow(&self, first: u32) -> impl Iterator<Item = u32> {
        let real = |number: &u32| *number < NO_SECTOR;
        std::iter::successors(Some(first).filter(real), move |number| {
            self.next.get(*number as usize).copied().filter(real)
        })
    }

    fn chain(&self, first: u32) -> Vec<u8> {
        let sectors = self.follow(first).take(self.most_sectors()).map_while(|number| self.sector(number));
        let mut data = Vec::new();
        sectors.for_each(|sector| data.extend_from_slice(sector));
        data
    }

    fn take_entries(&mut self, entries: &[u8]) {
        let entry = |id: u32| {
            let start = usize::try_from(id).ok()?.checked_mul(ENTRY_BYTES)?;
            entries.get(start..start + ENTRY_BYTES)
        };
        let Some(root) = entry(0) else { return };
        let mini = u32_at(root, 116).map(|first| self.chain(first)).unwrap_or_default();
        self.mini = mini;
        let mut open: Vec<u32> = u32_at(root, 76).into_iter().collect();
        for _ in 0..entries.len() / ENTRY_BYTES + 1 {
            let Some(own) = open.pop() else { break };
            let Some(own) = entry(own) else { continue };
            open.extend([68, 72].iter().filter_map(|&at| u32_at(own, at)).filter(|id| *id < NO_SECTOR));
            let length = u16_at(own, 64).map_or(0, usize::from).saturating_sub(2).min(62);
            let units: Vec<u16> = (0..length / 2).filter_map(|n| u16_at(own, 2 * n)).collect();
            if let (Some(2), Some(first), Some(size)) = (own.get(66), u32_at(own, 116), size_at(own, 120)) {
                self.streams.insert(String::from_utf16_lossy(&units), (first, size));
            }
        }
    }

    /// Whether the file ends before a sector that its list of streams or of sectors stands in.
    pub fn is_cut(&self) -> bool {
        self.streams.is_empty() || self.next.is_empty()
    }

    /// Whether a stream of this name stands at the top.
    pub fn holds(&self, name: &str) -> bool {
        self.streams.contains_key(name)
    }

    /// The bytes of the stream of this name.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (first, size) = *self.streams.get(name)?;
        let mut data = if size < self.cutoff { self.mini_chain(first) } else { self.chain(first) };
        data.truncate(size);
        Some(data)
    }

    /// Whether what it says of its streams can be: the list of them ends, and none is longer than the file. A reader that believes
    /// it could else read for ever.
    pub fn is_sound(&self) -> bool {
        let first = u32_at(self.bytes, 48).unwrap_or(NO_SECTOR);
        let ends = self.follow(first).nth(self.most_sectors()).is_none();
        let fits = |bytes: Option<usize>| bytes.is_some_and(|bytes| bytes <= self.bytes.len());
        let short_list = size_at(self.bytes, 64).and_then(|sectors| sectors.checked_mul(self.sector_bytes));
        let entries = if ends { self.chain(first) } else { Vec::new() };
        let own = |entry: &[u8]| u16_at(entry, 64).is_none_or(|name| name == 0) || fits(size_at(entry, 120));
        ends && fits(short_list) && entries.as_chunks::<ENTRY_BYTES>().0.iter().all(|entry| own(entry))
    }

    /// Where the bytes of the stream of this name stand; none where it is so short that it shares sectors with others.
    pub fn places(&self, name: &str) -> Option<StreamPlaces> {
        let (first, _) = self.streams.get(name).copied().filter(|(_, size)| *size >= self.cutoff)?;
        let place = |number| (usize::try_from(number).ok()? + 1usize).checked_mul(self.sector_bytes);
        let sectors = self.follow(first).take(self.most_sectors()).map(place).collect::<Option<_>>()?;
        Some(StreamPlaces { sectors, sector_bytes: self.sector_bytes })
    }

    fn mini_chain(&self, first: u32) -> Vec<u8> {
        let mut data = Vec::new();
        let mut number = first;
        for _ in 0..self.mini.len() / self.mini_sector_bytes + 1 {
            let Some(start) = usize::try_from(number).ok().and_then(|n| n.checked_mul(self.mini_sector_bytes)) else {
                break;
            };
            let end = start.saturating_add(self.mini_sector_bytes).min(self.mini.len());
            let Some(sector) = self.mini.get(start..end).filter(|sector| !sector.is_empty()) else { break };
            data.extend_from_slice(sector);
            number = self.next_mini.get(number as usize).copied().unwrap_or(NO_SECTOR);
        }
        data
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nonsense_is_no_container() {
        assert!(Container::open(b"").is_err());
        assert!(Container::open(BEGINNING).is_err());
        let mut bytes = BEGINNING.to_vec();
        bytes.resize(4096, 0xff);
        assert!(Container::open(&bytes).is_err());
        (bytes[30], bytes[31], bytes[32], bytes[33]) = (9, 0, 6, 0);
        assert!(Container::open(&bytes).is_ok_and(|container| !container.holds("WordDocument")));
    }

    proptest! {
        #[test]
        fn any_bytes_end(tail in proptest::collection::vec(prop_oneof![Just(0u8), Just(1), Just(0xff), any::<u8>()], 0..6000)) {
            let mut bytes = BEGINNING.to_vec();
            bytes.extend(tail);
            if bytes.len() > 40 {
                (bytes[30], bytes[31], bytes[32], bytes[33]) = (9, 0, 6, 0);
            }
            if let Ok(container) = Container::open(&bytes) {
                for name in container.streams.keys() {
                    let _ = container.stream(name);
                }
            }
        }
    }
}
