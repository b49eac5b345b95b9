#!/usr/bin/env python3
"""Makes data/dictionary.bin: the words of jieba's dictionary as a double array that the program uses where it lies.

usage: make-dictionary.py DICT.TXT OUT

Beside OUT lie `words.txt` (words that DICT.TXT lacks) and `places.tsv` (names of places): those are added. Entries that are two
words or more are left out, and written to `compounds.txt` beside OUT, which a test reads: an entry of four to eight characters
that can be cut in two words of DICT.TXT (each with a frequency of 20 or more) that meet in it no more than 2^6.5 times as often
as by chance (pointwise mutual information over the frequencies of DICT.TXT): 明显增强 goes, 招商引资 stays; an entry so rare (10 or less: the
numbers of such entries were set by hand) that its frequency proves nothing, and that is two words of FEWEST or more each (消防通道), or an adverb,
pronoun or numeral before a common word (新思路, 绝不能); a numeral with a measure word (三条), an ordinal with one (第四次). What was added is written to `added.txt`, with its frequency: a little more than its parts
have together, so that it is one word wherever nothing speaks against it.

DICT.TXT is `dict.txt` of jieba (a word, its frequency and its part of speech a line), as the crate jieba-rs 0.11.0 packs it
under src/data/. Words that hold anything but Han characters are left out of the words (the program never asks for them) but
not of the sum of frequencies, which every probability is measured against.

Layout, little-endian:
  8 bytes   "YLWORDS1"
  u32 x 4   first character of the code table, its length, number of frequencies, number of cells
  u64       sum of all frequencies
  u16 ...   code of each character from the first on; 0: in no word. Commoner characters have smaller codes
  u32 ...   distinct frequencies, ascending; index 0 is 0: no word ends here
  6 bytes a cell, 2 bytes of zeros behind the last: bits 0..21 the base of the node's children, 21..35 the code of the
            character that leads to the node (0: empty cell), 35..48 the index of the word's frequency
A child of a node with base b by code c lies in cell b + c and bears c. No two nodes share a base, so the code is check enough.
The root is base 0.
"""
import collections
import math
import os
import struct
import sys


def is_han(c):
    return "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff"


BITS, FEWEST = 6.5, 20
NUMERALS = "一二两三四五六七八九十百千万半几"
MEASURES = (
    "个条名件项家张户部株台次回座艘种天位间套处支只头匹片块颗粒辆架幅篇册页层米亩吨元分倍趟起轮届年杯碗步句首棵根组队班枚门场份双对副"
)
# Words of their own, whatever they look like.
RARE, COMMON = 10, 200
FREE = "新多各每更最很绝不未无再还只本该"
# Suffixes that make a word of a word of two characters; `src/index/terms/segmenter.rs` has the same.
SUFFIXES = "化性型级率类制度员者量感权期费额"
# Below this share of its occurrences as a word of its own a character is bound: it stands in words.
BOUND = 0.56
IDIOMS = set("一起 一层 一块 一头 一步 半天 一班 十分 万分 千米 百米 百年 一片 万年 千年 八路 一副 一对 一首".split())


def is_compound(word, words, total):
    if len(word) == 2:
        return word[0] in NUMERALS and word[1] in MEASURES and word not in IDIOMS
    if len(word) == 3 and words[word] <= RARE and word[0] in FREE and words.get(word[1:], 0) >= COMMON:
        return True
    if len(word) == 3:
        return word[0] == "第" and word[1] in NUMERALS and word[2] in MEASURES
    for cut in range(2, len(word) - 1) if len(word) <= 8 else ():
        a, b = words.get(word[:cut], 0), words.get(word[cut:], 0)
        if words[word] <= RARE and len(word) <= 6 and a >= FEWEST and b >= FEWEST:
            return True
        if a >= FEWEST and b >= FEWEST and math.log2((words[word] + 0.5) * total / ((a + 0.5) * (b + 0.5))) < BITS:
            return True
    return False


def bound(words, folder):
    """Characters that hardly ever are words: in a run of two that no word takes up, they are one (雾霾, 聚力)."""
    uses = collections.Counter()
    for word, count in words.items():
        for c in set(word):
            uses[c] += count
    stops = open(os.path.join(folder, "../src/index/stopwords.txt"), encoding="utf-8")
    free = {line.strip() for line in stops} | set(NUMERALS + MEASURES + SUFFIXES + "亿第多各每本该人村县市区镇乡月日")
    return "".join(sorted(c for c in uses if words.get(c, 0) < BOUND * uses[c] and c not in free))


def together(word, words, total):
    """The frequency that the likeliest way to cut a word gives it."""
    best = [0.0] + [-math.inf] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            part = words.get(word[start:end], 1 if end - start == 1 else 0)
            if part:
                best[end] = max(best[end], best[start] + math.log(part / total))
    return math.exp(best[-1] + math.log(total))


def revise(words, total, folder):
    read = lambda name: open(os.path.join(folder, name), encoding="utf-8")
    new = [line.strip() for line in read("words.txt")]
    new += [line.split("\t")[1] for line in read("places.tsv")]
    gone = {word: words[word] for word in words if is_compound(word, words, total)}
    left = {word: count for word, count in words.items() if word not in gone}
    added, kept = {}, total - sum(gone.values())
    for word in new:
        if len(word) > 1 and word not in words and all(map(is_han, word)):
            added[word] = max(3, int(together(word, left, kept)) + 1)
    write = lambda name, lines: open(os.path.join(folder, name), "w", encoding="utf-8").write("".join(lines))
    write("compounds.txt", (word + "\n" for word in sorted(gone)))
    write("added.txt", (f"{word} {count}\n" for word, count in sorted(added.items())))
    write("bound.txt", bound(left | added, folder) + "\n")
    print(f"{len(gone)} compounds left out, {len(added)} words added")
    return left | added, total - sum(gone.values()) + sum(added.values())


def main(source, target):
    words, total = {}, 0
    for line in open(source, encoding="utf-8"):
        word, frequency = line.split(" ")[:2]
        total += int(frequency)
        if all(map(is_han, word)):
            words[word] = int(frequency)
    words, total = revise(words, total, os.path.dirname(target) or ".")
    common = collections.Counter(c for word in words for c in word)
    codes = {c: n for n, (c, _) in enumerate(sorted(common.items(), key=lambda x: (-x[1], x[0])), 1)}
    frequencies = [0] + sorted(set(words.values()))
    index = {f: n for n, f in enumerate(frequencies)}
    assert len(codes) < 1 << 14 and len(frequencies) <= 1 << 13

    children = [{}]
    ends = [0]
    for word in sorted(words):
        node = 0
        for c in word:
            code = codes[c]
            if code not in children[node]:
                children[node][code] = len(children)
                children.append({})
                ends.append(0)
            node = children[node][code]
        ends[node] = index[words[word]]

    base = [0] * len(children)
    used, bases = set(), {0}
    cells = {}

    def place(node, at):
        base[node] = at
        for code, child in children[node].items():
            cells[at + code] = (code, child)
            used.add(at + code)

    place(0, 0)
    # Large families first: they are the hardest to place; then whatever fits into the first gaps.
    rest = sorted((n for n in range(1, len(children)) if children[n]), key=lambda n: (-len(children[n]), n))
    limit = 2 * len(children)
    later = list(range(1, limit + 1))  # later[s]: the first free cell behind s, followed lazily

    def next_free(slot):
        path = []
        while slot in used:
            path.append(slot)
            slot = later[slot]
        for passed in path:
            later[passed] = slot
        return slot

    begin, size = 1, 0
    for node in rest:
        own = sorted(children[node])
        if len(own) != size:
            begin, size = 1, len(own)
        slot, tries = next_free(begin), 0
        while True:
            at = slot - own[0]
            if at > 0 and at not in bases and all(at + code not in used for code in own[1:]):
                break
            slot, tries = next_free(slot + 1), tries + 1
            if tries % 256 == 0:
                # Gaps that many families did not fit into are left to smaller ones.
                begin = next_free(begin + (slot - begin) // 16 + 1)
        bases.add(at)
        place(node, at)
    count = max(cells) + 1
    assert count < 1 << 21 and max(base) < 1 << 21

    first = min(map(ord, codes))
    table = [0] * (max(map(ord, codes)) - first + 1)
    for c, code in codes.items():
        table[ord(c) - first] = code
    with open(target, "wb") as out:
        out.write(b"YLWORDS1")
        out.write(struct.pack("<4IQ", first, len(table), len(frequencies), count, total))
        out.write(struct.pack(f"<{len(table)}H", *table))
        out.write(struct.pack(f"<{len(frequencies)}I", *frequencies))
        for at in range(count):
            code, child = cells.get(at, (0, 0))
            value = (base[child] | code << 21 | ends[child] << 35) if code else 0
            out.write(value.to_bytes(6, "little"))
        out.write(b"\0\0")
    print(f"{len(words)} words, {len(children)} nodes, {count} cells, {len(frequencies) - 1} frequencies")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
