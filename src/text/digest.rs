//! What bytes are recognised by. In: bytes and numbers. Out: 128 bits. Does not know about: what they stand for.

/// What a text or file is recognised by: 128 bits, so that two of a corpus never share one by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(pub u64, pub u64);

/// Makes a [`Digest`]. Fast and well mixed, no protection against somebody who wants two texts to collide.
#[derive(Debug, Clone)]
pub struct Digester(u64, u64);

impl Default for Digester {
    fn default() -> Self {
        Self(0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344)
    }
}

impl Digester {
    /// Adds `bytes` and where they end, so that ab, c is not a, bc.
    pub fn add(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.add_number(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let mut last = [0; 8];
        let rest = chunks.remainder();
        last[..rest.len()].copy_from_slice(rest);
        self.add_number(u64::from_le_bytes(last));
        self.add_number(bytes.len() as u64);
    }

    /// Adds a number.
    pub fn add_number(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        self.1 = (self.1.rotate_left(23) ^ word).wrapping_mul(0xc2b2_ae3d_27d4_eb4f).wrapping_add(self.0);
    }

    /// The digest of all that was added.
    pub const fn finish(&self) -> Digest {
        Digest(avalanche(self.0 ^ self.1.rotate_left(32)), avalanche(self.1.wrapping_add(self.0)))
    }
}

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    let mut digester = Digester::default();
    digester.add(bytes);
    digester.finish()
}

/// Lets every bit depend on every other (the last step of MurmurHash3).
const fn avalanche(mut x: u64) -> u64 {
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn one_byte_changes_both_halves(mut bytes in proptest::collection::vec(any::<u8>(), 1..100), at in any::<prop::sample::Index>()) {
            let before = digest(&bytes);
            let at = at.index(bytes.len());
            bytes[at] ^= 1;
            let after = digest(&bytes);
            prop_assert!(before.0 != after.0 && before.1 != after.1);
            bytes.push(0);
            prop_assert!(digest(&bytes) != after);
        }
    }
}
