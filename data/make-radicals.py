#!/usr/bin/env python3
"""Writes radicals.txt: radicals and compatibility ideographs, each with the ideograph it looks and means the same as.

    python3 data/make-radicals.py > data/radicals.txt
    python3 data/make-radicals.py --supplement > data/supplement.txt

Source: the Unicode Character Database, as Python (compatibility decompositions) and Perl (Equivalent_Unified_Ideograph) carry it.
Both must be on the path. Format and licence: README.md beside this file.
"""
import subprocess
import sys
import unicodedata

# CJK Radicals Supplement and Kangxi Radicals; CJK Compatibility Ideographs.
BLOCKS = [(0x2E80, 0x2FD5), (0xF900, 0xFAD9)]
PERL = "use Unicode::UCD qw(charprop); while (<>) { chomp; my $to = charprop(hex $_, 'EqUIdeo'); printf \"%s %x\\n\", $_, ord $to; }"


def equivalents(codes):
    """code -> the ideograph equivalent to that radical, for those that have one."""
    asked = "".join(f"{code:x}\n" for code in codes)
    told = subprocess.run(["perl", "-e", PERL], input=asked, check=True, capture_output=True, text=True).stdout
    pairs = (line.split() for line in told.splitlines())
    return {int(of, 16): int(to, 16) for of, to in pairs if to != "0"}


def main():
    codes = [code for first, last in BLOCKS for code in range(first, last + 1)]
    radicals = equivalents(code for code in codes if code < 0x3000)
    pairs = []
    for code in codes:
        decomposed = unicodedata.normalize("NFKC", chr(code))
        to = radicals.get(code) or (ord(decomposed) if len(decomposed) == 1 else code)
        # Three bytes in UTF-8, as the character itself: positions stay.
        if to != code and 0x3400 <= to <= 0x9FFF:
            pairs.append(chr(code) + chr(to))
    if "--supplement" in sys.argv:
        # CJK Compatibility Ideographs Supplement: four bytes to three or four.
        forms = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in range(0x2F800, 0x2FA1E))
        pairs = [code + to for code, to in forms if len(to) == 1 and to != code]
    for at in range(0, len(pairs), 30):
        print("".join(pairs[at : at + 30]))


if __name__ == "__main__":
    main()
