#!/usr/bin/env python3
"""Writes Sources/CSobolNumbers/CSobolNumbers.c from the table of Joe & Kuo (2008) that SciPy ships.

    pip install scipy==1.17.1 numpy
    python3 Tests/SamplingTests/Reference/make_direction_numbers.py
"""
import os
from pathlib import Path

import numpy
import scipy.stats

COORDINATES = 4096
table = numpy.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))

HEADER = '''// The primitive polynomials and initial direction numbers of the first 4,096 coordinates of Sobol' points.
//
// Source: Joe & Kuo 2008, "Constructing Sobol sequences with better two-dimensional projections",
// doi:10.1137/070709359, table new-joe-kuo-6.21201. Written by
// Tests/SamplingTests/Reference/make_direction_numbers.py. Copyright (c) 2008, Frances Y. Kuo and Stephen Joe; the
// licence is in LICENSE.txt.
//
// A line is a coordinate; the fields are described in CSobolNumbers.h.

#include "CSobolNumbers.h"

#include <assert.h>

static const SobolNumbers table[SOBOL_COORDINATES] = {
'''

FOOTER = '''};

SobolNumbers sobol_numbers(int32_t coordinate) {
  assert(coordinate >= 0 && coordinate < SOBOL_COORDINATES);
  return table[coordinate];
}
'''

with open(Path(__file__).resolve().parents[3] / "Sources/CSobolNumbers/CSobolNumbers.c", "w") as file:
    file.write(HEADER)
    for polynomial, initial in zip(table["poly"][:COORDINATES], table["vinit"][:COORDINATES]):
        polynomial, initial = int(polynomial), [int(m) for m in initial]
        degree = polynomial.bit_length() - 1
        assert degree <= 16 and polynomial & 1 and all(m & 1 for m in initial[:degree])
        packed, place = 0, 0
        for i in range(2, 17):
            m = initial[i - 1] if i <= degree else 1
            assert m < 2 ** i
            packed |= (m >> 1) << place
            place += i - 1
        file.write(f"  {{0x{polynomial >> 1:04x}, 0x{packed >> 64:014x}, 0x{packed & 2**64 - 1:016x}}},\n")
    file.write(FOOTER)
