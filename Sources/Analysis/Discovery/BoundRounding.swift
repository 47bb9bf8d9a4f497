import Foundation
import VectorMath

/// The rounding of a column's bounds: to a power of ten between a fiftieth and a five-hundredth of the distance from the
/// 5th to the 95th percentile, and to at least two significant digits.
///
/// Levels have rounded edges, so that a draw's level determines whether it is within reported bounds.
struct BoundRounding: Sendable {
  /// The divisor that converts values to the reported unit.
  let scale: Double
  /// The distance of the percentiles in that unit.
  private let spread: Double

  /// The rounding of a column with some ascending finite values.
  init(sorted: [Double], scale: Double) {
    self.scale = scale
    guard let last = sorted.last else {
      spread = 0
      return
    }
    let (low, high) = (sorted[sorted.count / 20], sorted[min(sorted.count - 1, sorted.count * 19 / 20)])
    let distance = (high - low).magnitude / scale
    spread = distance.isFinite ? distance : last
  }

  /// The nearest rounded value in the reported unit; also one that is not finite, for which there is none.
  func reported(_ value: Double) -> Double {
    let value = value / scale
    guard value != 0, value.isFinite, spread > 0 else { return value }
    let place = min(floor(PortableMath.log10(spread / 50)), floor(PortableMath.log10(value.magnitude)) - 1)
    // Dividing or multiplying by an exact power of ten gives the shortest decimal.
    let power = PortableMath.pow(10, place.magnitude)
    let rounded = place < 0 ? (value * power).rounded() / power : (value / power).rounded() * power
    return rounded.isFinite ? rounded : value
  }

  /// The nearest rounded value, in base units.
  func callAsFunction(_ value: Double) -> Double { reported(value) * scale }
}
