import VectorMath

/// A pivot and a unit for the sums of a target's products, estimated from a pilot block.
///
/// Sums are of (x - pivot) / unit: less the mean, so that no digits cancel, and in a power of two, so that squares of values
/// near 1e300 or 1e-300 neither over- nor underflow. In all usual sizes the unit is 1. Shares of a variance do not depend on
/// either.
struct TargetScale: Sendable {
  /// The mean of the finite pilot values, in `unit`; 0 without any.
  let pivot: Double
  /// A power of two, or 1.
  let unit: Double
  /// The finite pilot values' range, in `unit`; nil without any.
  let range: ClosedRange<Double>?

  init(pilot: [Double]) {
    let finite = pilot.filter(\.isFinite)
    let low = finite.min() ?? 0, high = finite.max() ?? 0
    // Halves, since the difference of two finite numbers may not be finite.
    let unit = SquareUnit.of(2 * min(high / 2 - low / 2, .greatestFiniteMagnitude / 2))
    let mean = finite.reduce(0) { $0 + $1 / unit } / Double(max(1, finite.count))
    (pivot, self.unit) = (mean.isFinite ? mean : 0, unit)
    range = finite.isEmpty ? nil : low / unit...high / unit
  }

  /// Values in the unit: themselves where it is 1, else in `room`, which has space for as many.
  func values(
    _ values: UnsafePointer<Double>, _ room: UnsafeMutablePointer<Double>, count: Int
  ) -> UnsafePointer<Double> {
    guard unit != 1 else { return values }
    for row in 0..<count { room[row] = values[row] / unit }
    return UnsafePointer(room)
  }
}
