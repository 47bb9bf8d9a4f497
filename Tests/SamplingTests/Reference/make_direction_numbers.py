#!/usr/bin/env python3
"""Writes Sources/Sampling/SobolDirectionNumbers.swift from the table of Joe & Kuo (2008) that SciPy ships.

    pip install scipy==1.17.1 numpy
    python3 Tests/SamplingTests/Reference/make_direction_numbers.py
"""
import os
from pathlib import Path

import numpy
import scipy.stats

COORDINATES = 4096
table = numpy.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))

HEADER = '''/// The primitive polynomials and initial direction numbers of the first 4,096 coordinates of Sobol' points.
///
/// Source: Joe & Kuo 2008, "Constructing Sobol sequences with better two-dimensional projections",
/// doi:10.1137/070709359, table new-joe-kuo-6.21201. Written by
/// Tests/SamplingTests/Reference/make_direction_numbers.py; data, hence the length.
///
/// A line is a coordinate: 4 hexadecimal digits for the polynomial without its constant term 1 (its degree is the
/// number of bits), then 30 for the numbers m_2 ... m_16 without their lowest bit 1, m_i in i - 1 bits, m_2 lowest.
enum SobolDirectionNumbers {
  /// Coordinates in the table.
  static let count = 4096

  /// The columns of a coordinate's generating matrix as 52-bit fractions: column k is m_(k+1) 2^-(k+1), for k up to
  /// 51, by the recurrence m_i = 2 a_1 m_(i-1) ^ 4 a_2 m_(i-2) ^ ... ^ 2^s m_(i-s) ^ m_(i-s) of a polynomial
  /// x^s + a_1 x^(s-1) + ... + 1. The first coordinate, of degree 0, has m_i = 1.
  static func columns(ofCoordinate coordinate: Int) -> [UInt64] {
    precondition((0..<count).contains(coordinate), "The table has 4,096 coordinates.")
    var start = coordinate * 35
    func digits(_ number: Int) -> UInt64 {
      var value: UInt64 = 0
      for _ in 0..<number {
        let digit = UInt64(table.utf8Start[start])
        value = value << 4 | (digit < 58 ? digit - 48 : digit - 87)
        start += 1
      }
      return value
    }
    let polynomial = digits(4) << 1 | 1
    let degree = 63 - polynomial.leadingZeroBitCount
    // 120 bits in all: the numbers are cut from the low end.
    var high = digits(14), low = digits(16)
    var m: [UInt64] = [1]
    for bits in UInt64(1)...15 {
      m.append((low & ((1 << bits) - 1)) << 1 | 1)
      low = low >> bits | high << (64 - bits)
      high >>= bits
    }
    m = Array(m.prefix(degree))
    for i in m.count..<52 {
      var next = degree == 0 ? 1 : m[i - degree]
      for j in 1..<(degree + 1) where polynomial >> UInt64(degree - j) & 1 == 1 { next ^= m[i - j] << UInt64(j) }
      m.append(next)
    }
    return m.enumerated().map { $1 << UInt64(51 - $0) }
  }

  private static let table: StaticString = """
'''

with open(Path(__file__).resolve().parents[3] / "Sources/Sampling/SobolDirectionNumbers.swift", "w") as file:
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
        file.write(f"    {polynomial >> 1:04x}{packed:030x}\n")
    file.write('    """\n}\n')
