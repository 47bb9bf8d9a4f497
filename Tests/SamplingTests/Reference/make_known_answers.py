#!/usr/bin/env python3
"""Writes what streams, keys and designs give, computed without the project's code: known-answers.txt beside it, and
Tests/VectorMathTests/Reference/streams.txt.

    pip install numpy scipy==1.17.1
    python3 Tests/SamplingTests/Reference/make_known_answers.py

Philox4x64-10 is written out here and checked against numpy.random.Philox; the generator is xoshiro256++ one step at a
time; Sobol' direction numbers are SciPy's. A line is: what, its arguments, `=`, its answers; words in hexadecimal,
probabilities as C99 hexadecimal floats.
"""
from pathlib import Path

import numpy
from scipy.stats import _sobol

MASK = 2**64 - 1


def philox(key, counter):
    k, c = list(key), list(counter)
    for _ in range(10):
        p, q = 0xD2E7470EE14C6C93 * c[0], 0xCA5A826395121157 * c[2]
        c = [(q >> 64) ^ c[1] ^ k[0], q & MASK, (p >> 64) ^ c[3] ^ k[1], p & MASK]
        k = [(k[0] + 0x9E3779B97F4A7C15) & MASK, (k[1] + 0xBB67AE8584CAA73B) & MASK]
    return c


def numpy_philox(key, counter):
    whole = sum(w << (64 * i) for i, w in enumerate(counter)) - 1  # NumPy counts up before it computes
    bits = numpy.random.Philox(key=key[0] | key[1] << 64, counter=whole % 2**256)
    return [int(w) for w in bits.random_raw(4)]


def rotate(x, by):
    return (x << by | x >> (64 - by)) & MASK


def block_words(key, block):
    out = [0] * 1024
    for lane in range(8):
        s = philox(key, [block, lane, 0, 0])
        for step in range(128):
            out[8 * step + lane] = (rotate((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
            t = s[1] << 17 & MASK
            s[2] ^= s[0]
            s[3] ^= s[1]
            s[1] ^= s[2]
            s[0] ^= s[3]
            s[2] ^= t
            s[3] = rotate(s[3], 45)
    return out


def probability(k):
    return ((2 * k + 1) * 2.0**-53).hex()


def text_words(text):
    data = text.encode()
    padded = data + bytes(-len(data) % 8)
    return [len(data)] + [int.from_bytes(padded[i : i + 8], "little") for i in range(0, len(padded), 8)]


def stream_key(seed, name, labels):
    words = text_words(name) + [len(labels)]
    for index, label in sorted(labels):
        words += text_words(index) + text_words(label)
    key = [seed, 0]
    words += [0] * (len(words) % 2)
    for pair in range(len(words) // 2):
        key = philox(key, [words[2 * pair], words[2 * pair + 1], pair, 1])[:2]
    return key


def hypercube_block(key, block):
    replicate, inner = block % 16, block // 16
    words = philox(key, [replicate, inner // 16, 0, 2])
    keys = [part for w in words for part in (w & 0xFFFFFFFF, w >> 32)]
    out = []
    for i, word in enumerate(block_words(key, block)):
        x = inner % 16 * 1024 + i
        left, right = x >> 7, x & 127
        for round_key in keys:
            h = (right ^ round_key) * 0x85EBCA6B & 0xFFFFFFFF
            h = (h ^ h >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
            left, right = right, left ^ h >> 25
        x = left << 7 | right
        out.append(x << 38 | word >> 26)
    return out


def direction_columns(dimension):
    v = numpy.zeros((dimension + 1, 52), dtype=numpy.uint64)
    _sobol._initialize_v(v, dimension + 1, 52)
    return [int(c) for c in v[dimension]]


def sobol_block(key, dimension, block):
    replicate, inner = block % 16, block // 16
    random = [w for group in range(14) for w in philox(key, [replicate, group, 0, 3])]
    out = []
    columns = direction_columns(dimension)
    for i in range(1024):
        number, plain = inner * 1024 + i, 0
        for bit in range(52):
            if number >> bit & 1:
                plain ^= columns[bit]
        # Digit by digit: digit d of the result is digit d of the number, plus the random multiples of those before it.
        result = 0
        for digit in range(52):
            total = plain >> (51 - digit) & 1
            for before in range(digit):
                total ^= (random[before] >> (51 - digit) & 1) & (plain >> (51 - before) & 1)
            result |= total << (51 - digit)
        out.append(result ^ random[52] >> 12)
    return out


def hashed(z):
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def owen_block(key, dimension, block):
    replicate, inner = block % 16, block // 16
    multiplier, shift = philox(key, [replicate, 0, 0, 4])[:2]
    columns = direction_columns(dimension)

    def coins(digits):  # the word of a beginning, given as a list of digits
        beginning = int("1" + "".join(map(str, digits)), 2)
        return hashed((beginning * (multiplier | 1) + shift) & MASK)

    out = []
    for i in range(1024):
        number, plain = inner * 1024 + i, 0
        for bit in range(52):
            if number >> bit & 1:
                plain ^= columns[bit]
        digits = [plain >> (51 - d) & 1 for d in range(52)]
        result = []
        for d in range(36):
            word = coins(digits[: d // 6 * 6])
            level = d % 6
            before = digits[d // 6 * 6 : d]
            # Where the node's coin is: three levels in bits 0 to 6, then seven bits for each beginning of three digits.
            place = 0
            if level >= 3:
                place = 7 + 7 * int("".join(map(str, before[:3])), 2)
                before, level = before[3:], level - 3
            place += 2**level - 1 + int("0" + "".join(map(str, before)), 2)
            result.append(digits[d] ^ word >> place & 1)
        tail = coins(digits[:36]) >> 48
        result += [digits[36 + d] ^ tail >> (15 - d) & 1 for d in range(16)]
        out.append(int("".join(map(str, result)), 2))
    return out


lines = []


def answer(what, arguments, answers):
    lines.append(" ".join([what, *arguments, "=", *answers]))


def hexes(words):
    return [f"{w:x}" for w in words]


for key, counter in [
    ([0, 0], [0, 0, 0, 0]),
    ([MASK, MASK], [MASK] * 4),
    ([0x452821E638D01377, 0xBE5466CF34E90C6C],  # digits of pi
     [0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89]),
    ([1, 2], [3, 4, 5, 6]),
]:
    assert philox(key, counter) == numpy_philox(key, counter)
    answer("philox", hexes(key + counter), hexes(philox(key, counter)))

for key, block in [([1, 2], 0), ([1, 2], 1), ([0xDEADBEEF, 0x0123456789ABCDEF], 977)]:
    words = block_words(key, block)
    for i in [0, 1, 7, 8, 9, 500, 1016, 1023]:
        answer("uniform", hexes(key) + [str(block), str(i)], [f"{words[i]:x}", probability(words[i] >> 12)])

ADDRESSES = [
    ("pue", []),
    ("pue", [("year", "2025")]),
    ("board_power", [("region", "us"), ("accelerator", "h100")]),
    ("énergie", [("région", "Île-de-France"), ("année", "2030")]),
]
for seed in [0, 1, MASK]:
    for name, labels in ADDRESSES:
        flat = [part for label in labels for part in label]
        answer("key", [str(seed), name, *flat], hexes(stream_key(seed, name, labels)))

for name, labels in ADDRESSES[:2]:
    flat = [part for label in labels for part in label]
    key = stream_key(1, name, labels)
    for block in [0, 17, 1000]:
        mc = [w >> 12 for w in block_words(key, block)]
        for design, points in [("mc", mc), ("lhs", hypercube_block(key, block))]:
            for i in [0, 77, 1023]:
                answer(design, [str(block), str(i), name, *flat], [probability(points[i])])

for dimension in [0, 1, 2, 5, 17, 365, 1000, 4095]:
    answer("columns", [str(dimension)], hexes(direction_columns(dimension)))

# Dimension d of the design belongs to the d-th coordinate; here "pue" is the second and the 41st of 41.
for dimension in [1, 40]:
    key = stream_key(1, "pue", [])
    for block in [0, 17, 1000]:
        points = sobol_block(key, dimension, block)
        for i in [0, 77, 1023]:
            answer("sobol", [str(dimension), str(block), str(i)], [probability(points[i])])
        points = owen_block(key, dimension, block)
        for i in [0, 77, 1023]:
            answer("owen", [str(dimension), str(block), str(i)], [probability(points[i])])

tests = Path(__file__).resolve().parents[2]
streams = [line for line in lines if line.split()[0] in ("philox", "uniform")]
(tests / "VectorMathTests/Reference/streams.txt").write_text("\n".join(streams) + "\n")
designs = [line for line in lines if line not in streams]
(tests / "SamplingTests/Reference/known-answers.txt").write_text("\n".join(designs) + "\n")
