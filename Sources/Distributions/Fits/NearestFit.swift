import Foundation

/// For an interval that no distribution of a family has, the nearest interval that one has.
struct NearestFit {
  /// The wanted point with the lower probability.
  let low: QuantilePoint
  /// The wanted point with the higher probability.
  let high: QuantilePoint
  /// Whether a distribution passes through both points.
  let isReached: (QuantilePoint, QuantilePoint) -> Bool

  /// One end is kept and the other is moved, inwards to 2^-6 or outwards to 2^6 of the wanted width. The result is the
  /// smallest of the moves that succeeds, extended because the very nearest distributions are degenerate: by a hundredth
  /// of the width, or of the moved end if that is less and both ends have one sign, since a limit of the ratio of the ends
  /// may be reached within a tiny part of the width. Nil if none succeeds.
  func interval() -> ClosedRange<Double>? {
    let width = high.value - low.value
    func ends(_ way: (keepsLow: Bool, factor: Double)) -> (Double, Double) {
      way.keepsLow ? (low.value, low.value + width * way.factor) : (high.value - width * way.factor, high.value)
    }
    func isReached(_ way: (keepsLow: Bool, factor: Double)) -> Bool {
      let (a, b) = ends(way)
      return a < b
        && self.isReached(
          QuantilePoint(probability: low.probability, value: a), QuantilePoint(probability: high.probability, value: b))
    }
    for step in 1...24 {
      for keepsLow in [true, false] {
        for outwards in [true, false] {
          var near = pow(2, (outwards ? 0.25 : -0.25) * Double(step - 1))
          var far = pow(2, (outwards ? 0.25 : -0.25) * Double(step))
          guard isReached((keepsLow, far)) else { continue }
          // To 1e-8 of the width.
          for _ in 0..<24 {
            let middle = 0.5 * (near + far)
            if isReached((keepsLow, middle)) { far = middle } else { near = middle }
          }
          let (left, right) = ends((keepsLow, far))
          let moved = left > 0 || right < 0 ? (keepsLow ? right : left).magnitude / width : .infinity
          let extent = 0.01 * min(far, moved)
          let beyond = far + (outwards ? extent : -extent)
          let (a, b) = ends((keepsLow, isReached((keepsLow, beyond)) ? beyond : far))
          return a...b
        }
      }
    }
    return nil
  }
}
