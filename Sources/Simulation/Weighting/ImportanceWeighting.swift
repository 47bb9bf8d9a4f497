/// Gives draws weights, from columns of them.
///
/// Weights are whole numbers, so that sums of them are the same in whatever order they are made.
package protocol ImportanceWeighting: Sendable {
  /// The columns from which weights are computed.
  var requests: [ColumnRequest] { get }

  /// Writes the weights of a block's draws: from 0 to 2^32, which stands for the largest possible weight.
  ///
  /// - Parameters:
  ///   - count: how many values there are.
  ///   - weights: a weight for each draw.
  ///   - columns: one for each request, of `count` draws.
  func weigh(_ columns: [UnsafeBufferPointer<Double>], count: Int, into weights: UnsafeMutablePointer<UInt64>)
}

/// Weights as integers.
package enum DrawWeight {
  /// The largest weight.
  package static let largest: UInt64 = 1 << 32

  /// Maximum number of draws for which the sum of weights fits into 64 bits.
  package static let mostDraws = 1 << 30

  /// The integer for a weight relative to the largest possible, rounded to the nearest; 0 for NaN.
  @inline(__always)
  package static func whole(_ relative: Double) -> UInt64 {
    guard relative > 0 else { return 0 }
    return UInt64((min(relative, 1) * 0x1p32).rounded())
  }
}

/// Weighs all draws alike.
package struct EqualWeighting: ImportanceWeighting {
  /// The same weight for all.
  package init() {}

  /// None.
  package var requests: [ColumnRequest] { [] }

  /// Writes the largest weight.
  package func weigh(
    _ columns: [UnsafeBufferPointer<Double>], count: Int, into weights: UnsafeMutablePointer<UInt64>
  ) {
    weights.update(repeating: DrawWeight.largest, count: count)
  }
}
