#!/usr/bin/env python3
"""Writes simplified.txt, the table that folds traditional characters to simplified ones, from OpenCC's dictionary.

    pip download --no-deps opencc-python-reimplemented==0.1.7
    python3 data/make-simplified.py opencc_python_reimplemented-0.1.7-py2.py3-none-any.whl > data/simplified.txt

Of several candidates OpenCC's first is taken. Left out: what stays as it is, and pairs with a character outside the
Basic Multilingual Plane, so that a fold never changes the length of a text. Chains (a to b, b to c) are followed to
their end: folding twice must be folding once.
"""
import sys
import zipfile

NAME = "opencc/dictionary/TSCharacters.txt"


def main():
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        lines = wheel.read(NAME).decode("utf-8").splitlines()
    table = {}
    for line in lines:
        traditional, candidates = line.split("\t")
        simplified = candidates.split()[0]
        if len(traditional) == len(simplified) == 1 and max(ord(traditional), ord(simplified)) < 0x10000:
            table[traditional] = simplified
    table = {a: b for a, b in table.items() if a != b}
    pairs = []
    for a, b in sorted(table.items()):
        seen = {a}
        while b in table and b not in seen:
            seen.add(b)
            b = table[b]
        if a != b:
            pairs.append(a + b)
    for start in range(0, len(pairs), 30):
        print("".join(pairs[start:start + 30]))


main()
