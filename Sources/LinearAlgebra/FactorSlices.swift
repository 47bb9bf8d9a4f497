import Foundation

/// A triangular factor as a sum of matrices of few bits, so that its product with normal scores is the same on every
/// processor.
///
/// Scores and entries are split into slices, of which each is a multiple of a power of two and small (Ozaki, Ogita, Oishi &
/// Rump 2012, Error-free transformations of matrix multiplication, doi:10.1007/s11075-011-9478-1). Every sum of products
/// of a slice of the factor with one of the scores is then a multiple of a power of two, below 2^53 times it: a double,
/// whatever the order of summation, with or without fused operations. Only the few sums over slices are rounded, in a
/// fixed order.
///
/// With a and q fraction bits of the first slices of entries and scores, S the greatest sum of absolute entries of a row, B
/// the bound of scores and n rows, these are the conditions that a sum of products is below 2^53 units; what a first slice
/// leaves is at most half of its unit:
///
///     first entries, first scores    S B <= 2^(53 - a - q)
///     second entries, first scores   n B 2^-(a + 1) <= 2^(53 - a2 - q)
///     first entries, second scores   S 2^-(q + 1) <= 2^(53 - a - q2)
///     second of both                 n 2^-(a + 1) 2^-(q + 1) <= 2^(53 - a2 - q2)
///     third entries, first scores    n B 2^-(a2 + 1) <= 2^(53 - a3 - q)
///
/// Scores have two slices. Entries have two if those hold both to 2^-50, which they do up to some 15 rows, else
/// three.
struct FactorSlices: Sendable, Equatable {
  /// Rows of the factor that are multiplied in one call, all slices of them below each other, up to the diagonal.
  struct Panel: Sendable, Equatable {
    let first: Int
    let rows: Int
    /// `slices * rows` rows of `first + rows` entries.
    let entries: [Double]
    var columns: Int { first + rows }
  }

  /// Rows of a panel: more multiply more of the zeros above the diagonal, fewer read the scores more often.
  static let panelRows = 64

  /// Slices of the entries.
  let count: Int
  /// Fraction bits of the slices of entries.
  let entryBits: [Int]
  /// Fraction bits of the slices of scores.
  let scoreBits: (first: Int, second: Int)
  let panels: [Panel]

  static func == (a: Self, b: Self) -> Bool { a.panels == b.panels && a.scoreBits == b.scoreBits }

  /// - Parameters:
  ///   - entries: `size` rows of as many entries; those above the diagonal are not read.
  ///   - bound: the greatest magnitude of scores.
  init(size: Int, entries: [Double], bound: Double) {
    var (rowSum, greatest) = (0.0, 0.0)
    for row in 0..<size {
      let magnitudes = entries[(row * size)...(row * size + row)].map(\.magnitude)
      rowSum = max(rowSum, magnitudes.reduce(0, +))
      greatest = max(greatest, magnitudes.max() ?? 0)
    }
    // A matrix of zeros, or with an entry that is not finite, is split in some way.
    if !(rowSum > 0 && rowSum.isFinite) { (rowSum, greatest) = (1, 1) }
    let rows = Double(max(size, 1))
    // Whole powers of two above; one part in a hundred is for what rounding to a slice adds.
    let sumBits = Self.bits(1.01 * rowSum)
    let firstBits = Self.bits(1.01 * rowSum * bound)
    let restBits = Self.bits(1.01 * rows * bound)
    // Two slices, so that what is left of entries and scores matters alike; enough if it is below 2^-49.
    var a = (53 - firstBits + (restBits - sumBits) / 2) / 2
    var q = 53 - firstBits - a
    var second = 54 + a - q - restBits
    let both = 55 - Self.bits(1.01 * rows)
    if second >= 49 - Self.bits(greatest), min(54 + q - a - sumBits, both + a + q - second) >= 49 {
      entryBits = [a, second]
    } else {
      // A third slice: scores are then held to 2^-53, and entries to as much.
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

  /// The least whole number whose power of two is not below x > 0.
  private static func bits(_ x: Double) -> Int { Int(x.exponent) + (x.significand > 1 ? 1 : 0) }

  /// x to the nearest multiple of 2^-bits.
  private static func rounded(_ x: Double, to bits: Int) -> Double {
    scalbn(scalbn(x, bits).rounded(.toNearestOrEven), -bits)
  }
}
