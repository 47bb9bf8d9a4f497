import VectorMath

/// A pivot and a unit for the sums of a target's products, estimated from a pilot block.
///
/// Sums are of (x - pivot) / unit: centred, so that no digits cancel, and scaled by a power of two, so that squares of
/// values near 1e300 or 1e-300 neither overflow nor underflow. For all usual magnitudes the unit is 1. Shares of a
/// variance depend on neither.
struct TargetScale: Sendable {
  /// The mean of the finite pilot values, in `unit`; 0 if there are none.
  let pivot: Double
  /// A power of two, or 1.
  let unit: Double
  /// The range of the finite pilot values, in `unit`; nil if there are none.
  let range: ClosedRange<Double>?

  init(pilot: [Double]) {
    let finite = pilot.filter(\.isFinite)
    let low = finite.min() ?? 0, high = finite.max() ?? 0
    // Halves are used because the difference of two finite numbers may overflow.
    let unit = SquareUnit.of(2 * min(high / 2 - low / 2, .greatestFiniteMagnitude / 2))
    let mean = finite.reduce(0) { $0 + $1 / unit } / Double(max(1, finite.count))
    (pivot, self.unit) = (mean.isFinite ? mean : 0, unit)
    range = finite.isEmpty ? nil : low / unit...high / unit
  }

  /// Values in the unit: the values themselves if it is 1, otherwise stored in `room`, which has the same size.
  func values(
    _ values: UnsafePointer<Double>, _ room: UnsafeMutablePointer<Double>, count: Int
  ) -> UnsafePointer<Double> {
    guard unit != 1 else { return values }
    for row in 0..<count { room[row] = values[row] / unit }
    return UnsafePointer(room)
  }
}
