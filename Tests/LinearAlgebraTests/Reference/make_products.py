#!/usr/bin/env python3
"""Writes products.txt beside it: products of triangular factors with scores as TriangularFactor defines them, in exact
rational arithmetic, so that they are independent of any processor and library.

    python3 Tests/LinearAlgebraTests/Reference/make_products.py

Factors and scores are those of `ExactProductTests`. A line is a size, a draw, and the results, C99 hexadecimal floats.
Fails if a sum of products of slices might exceed 2^53 units for scores up to 8.25, for sizes up to 512.
"""
import math
from fractions import Fraction
from pathlib import Path

BOUND = 8.25
SIZES, DRAWS = [1, 2, 3, 8, 12, 15, 16, 40, 70], 3


def words(seed):
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2.0**52 - 1


def factor(size):
    """Rows of length about one, as those of a Cholesky factor of a correlation matrix are."""
    numbers, rows = words(size), []
    for row in range(size):
        entries = [next(numbers) for _ in range(row + 1)]
        total = 0.0
        for x in entries:
            total += x * x
        length = math.sqrt(total)
        rows.append([x / length for x in entries])
    return rows


def scores(size, draw):
    numbers = words(1000 * size + draw)
    return [8.2 * next(numbers) for _ in range(size)]


def bits(x):
    m, e = math.frexp(x)
    return e - 1 + (m > 0.5)


def slice_bits(size, row_sum, greatest):
    total, first, rest = bits(1.01 * row_sum), bits(1.01 * row_sum * BOUND), bits(1.01 * size * BOUND)
    a = int((53 - first + int((rest - total) / 2)) / 2)
    q = 53 - first - a
    second = 54 + a - q - rest
    score = min(54 + q - a - total, 55 + a + q - bits(1.01 * size) - second)
    if second >= 49 - bits(greatest) and score >= 49:
        entry = [a, second]
    else:
        a = int((54 - first - total) / 2)
        q = 53 - first - a
        second = 54 + a - q - rest
        entry = [a, second, 54 + second - rest - q]
    return entry, (q, min(54 + q - a - total, 55 + a + q - bits(1.01 * size) - second))


def check(size, row_sum, entry, score):
    """The conditions of FactorSlices, with what rounding to a slice may add."""
    a, q = entry[0], score[0]
    first = Fraction(row_sum) + Fraction(size, 2 ** (a + 1))
    z = Fraction(BOUND) + Fraction(1, 2 ** (q + 1))
    rest, rest_z = Fraction(1, 2 ** (a + 1)), Fraction(1, 2 ** (q + 1))
    half = lambda k: Fraction(1, 2 ** (k + 1))
    assert first * z * 2 ** (a + q) <= 2**53
    assert size * (rest + half(entry[1])) * z * 2 ** (entry[1] + q) <= 2**53
    assert first * (rest_z + half(score[1])) * 2 ** (a + score[1]) <= 2**53
    assert size * (rest + half(entry[1])) * (rest_z + half(score[1])) * 2 ** (entry[1] + score[1]) <= 2**53
    if len(entry) == 3:
        assert size * (half(entry[1]) + half(entry[2])) * z * 2 ** (entry[2] + q) <= 2**53
    # The stated error: entries to 2^-50, scores to 2^-50.
    assert entry[-1] >= 49 and score[1] >= 49, (size, row_sum, entry, score)


def split(x, places):
    parts, rest = [], Fraction(x)
    for k in places:
        held = Fraction(round(rest * 2**k), 2**k)
        parts.append(held)
        rest -= held
    return parts


def product(rows, z):
    size = len(rows)
    row_sum = 0.0
    for row in rows:
        total = 0.0
        for x in row:
            total += abs(x)
        row_sum = max(row_sum, total)
    entry, score = slice_bits(size, row_sum, max(abs(x) for row in rows for x in row))
    check(size, row_sum, entry, score)
    z_parts = [split(x, score) for x in z]
    results = []
    for row in rows:
        parts = [split(x, entry) for x in row]
        sums = [[float(sum(p[i] * q[j] for p, q in zip(parts, z_parts))) for j in range(2)] for i in range(len(entry))]
        if len(entry) == 2:
            results.append(sums[0][0] + ((sums[1][0] + sums[0][1]) + sums[1][1]))
        else:
            results.append(sums[0][0] + ((sums[1][0] + sums[0][1]) + (sums[2][0] + sums[1][1])))
        exact = sum(Fraction(l) * Fraction(x) for l, x in zip(row, z))
        bound = (row_sum + sum(abs(x) for x in z)) * 2.0**-50 + math.ulp(results[-1])
        assert abs(Fraction(results[-1]) - exact) <= bound
    return results


if __name__ == "__main__":
    for size in range(1, 513):
        for k in range(40):
            row_sum = math.sqrt(size) ** (k / 39)
            check(size, row_sum, *slice_bits(size, row_sum, 1.0))
    lines = []
    for size in SIZES:
        rows = factor(size)
        for draw in range(DRAWS):
            lines.append(" ".join([str(size), str(draw), *(x.hex() for x in product(rows, scores(size, draw)))]))
    (Path(__file__).parent / "products.txt").write_text("\n".join(lines) + "\n")
