import Foundation

/// A triangular factor as a sum of matrices of few bits, so that its product with normal scores is the same on every
/// processor.
///
/// Scores and entries are split into slices, each of which is a small multiple of a power of two (Ozaki, Ogita, Oishi &
/// Rump 2012, Error-free transformations of matrix multiplication, doi:10.1007/s11075-011-9478-1). Every sum of
/// products of a slice of the factor and one of the scores is then an integer multiple, below 2^53, of a power of two,
/// and so exact in double precision for any order of summation, with or without fused operations. Only the few sums
/// over slices are rounded, in a fixed order.
///
/// With a and q fraction bits of the first slices of entries and scores, S the largest sum of absolute entries of a
/// row, B the bound of scores and n rows, the following conditions ensure that a sum of products is below 2^53 units;
/// the remainder of a first slice is at most half of its unit:
///
///     first entries, first scores    S B <= 2^(53 - a - q)
///     second entries, first scores   n B 2^-(a + 1) <= 2^(53 - a2 - q)
///     first entries, second scores   S 2^-(q + 1) <= 2^(53 - a - q2)
///     second of both                 n 2^-(a + 1) 2^-(q + 1) <= 2^(53 - a2 - q2)
///     third entries, first scores    n B 2^-(a2 + 1) <= 2^(53 - a3 - q)
///
/// Scores have two slices. Entries have two if these are accurate to 2^-50 in both, which holds up to some 15 rows;
/// otherwise three.
struct FactorSlices: Sendable, Equatable {
  /// Rows of the factor that are multiplied in one call: all their slices, one below the other, up to the diagonal.
  struct Panel: Sendable, Equatable {
    let first: Int
    let rows: Int
    /// `slices * rows` rows of `first + rows` entries.
    let entries: [Double]
    var columns: Int { first + rows }
  }

  /// Rows per panel: with more, more of the zeros above the diagonal are multiplied; with fewer, scores are read more
  /// often.
  static let panelRows = 64

  /// The number of slices of the entries.
  let count: Int
  /// Fraction bits of the slices of entries.
  let entryBits: [Int]
  /// Fraction bits of the slices of scores.
  let scoreBits: (first: Int, second: Int)
  let panels: [Panel]

  static func == (a: Self, b: Self) -> Bool { a.panels == b.panels && a.scoreBits == b.scoreBits }

  /// - Parameters:
  ///   - entries: `size` rows of `size` entries; those above the diagonal are not read.
  ///   - bound: the largest magnitude of scores.
  init(size: Int, entries: [Double], bound: Double) {
    var (rowSum, greatest) = (0.0, 0.0)
    for row in 0..<size {
      let magnitudes = entries[(row * size)...(row * size + row)].map(\.magnitude)
      rowSum = max(rowSum, magnitudes.reduce(0, +))
      greatest = max(greatest, magnitudes.max() ?? 0)
    }
    // A zero matrix, or one with a non-finite entry, is split arbitrarily.
    if !(rowSum > 0 && rowSum.isFinite) { (rowSum, greatest) = (1, 1) }
    let rows = Double(max(size, 1))
    // Rounded up to powers of two; the margin of one percent covers the rounding of the slices.
    let sumBits = Self.bits(1.01 * rowSum)
    let firstBits = Self.bits(1.01 * rowSum * bound)
    let restBits = Self.bits(1.01 * rows * bound)
    // Two slices that balance the remainders of entries and scores; they suffice if these are below 2^-49.
    var a = (53 - firstBits + (restBits - sumBits) / 2) / 2
    var q = 53 - firstBits - a
    var second = 54 + a - q - restBits
    let both = 55 - Self.bits(1.01 * rows)
    if second >= 49 - Self.bits(greatest), min(54 + q - a - sumBits, both + a + q - second) >= 49 {
      entryBits = [a, second]
    } else {
      // A third slice: scores are then accurate to 2^-53, and so are entries.
      a = (54 - firstBits - sumBits) / 2
      q = 53 - firstBits - a
      second = 54 + a - q - restBits
      entryBits = [a, second, 54 + second - restBits - q]
    }
    count = entryBits.count
    scoreBits = (q, min(54 + q - a - sumBits, both + a + q - second))
    let (bits, slices) = (entryBits, count)
    panels = stride(from: 0, to: size, by: Self.panelRows).map { first in
      let rows = min(Self.panelRows, size - first)
      let columns = first + rows
      var panel = [Double](repeating: 0, count: slices * rows * columns)
      for row in 0..<rows {
        for column in 0...(first + row) {
          var rest = entries[(first + row) * size + column]
          for slice in 0..<slices {
            let held = Self.rounded(rest, to: bits[slice])
            panel[(slice * rows + row) * columns + column] = held
            rest -= held
          }
        }
      }
      return Panel(first: first, rows: rows, entries: panel)
    }
  }

  /// The smallest integer n with 2^n >= x, for x > 0.
  private static func bits(_ x: Double) -> Int { Int(x.exponent) + (x.significand > 1 ? 1 : 0) }

  /// x rounded to the nearest multiple of 2^-bits.
  private static func rounded(_ x: Double, to bits: Int) -> Double {
    scalbn(scalbn(x, bits).rounded(.toNearestOrEven), -bits)
  }
}
