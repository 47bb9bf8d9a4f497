#pragma once

#include <stdint.h>

/// Coordinates in the table.
enum { SOBOL_COORDINATES = 4096 };

/// The primitive polynomial and the initial direction numbers of one coordinate of Sobol' points.
typedef struct {
  /// The polynomial's coefficients, highest power first, without the constant term 1; the degree is the number of bits.
  uint16_t polynomial;
  /// The numbers m_2 ... m_16 without their lowest bit 1, m_i in i - 1 bits, m_2 lowest: 120 bits, of which these are
  /// the upper 56 and the lower 64.
  uint64_t high, low;
} SobolNumbers;

/// The numbers of a coordinate, from 0 to SOBOL_COORDINATES - 1.
SobolNumbers sobol_numbers(int32_t coordinate);
