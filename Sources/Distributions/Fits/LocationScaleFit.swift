/// The straight line through two points of a quantile plot.
enum LocationScaleFit {
  /// Intercept and slope of the line through (standard quantile, value) at two probabilities.
  static func line(
    through a: (z: Double, x: Double), _ b: (z: Double, x: Double)
  ) -> (location: Double, scale: Double) {
    let scale = (b.x - a.x) / (b.z - a.z)
    // For symmetric probabilities this is exactly the midpoint.
    let location = 0.5 * (a.x + b.x) - scale * (0.5 * (a.z + b.z))
    return (location, scale)
  }

  /// The normal scores of two probabilities; exactly opposite if the probabilities are symmetric up to rounding.
  static func scores(_ low: QuantilePoint, _ high: QuantilePoint) -> (Double, Double) {
    let z = StandardNormal.quantile(low.probability)
    let symmetric = (low.probability + high.probability - 1).magnitude <= Double.ulpOfOne
    return (z, symmetric ? -z : StandardNormal.quantile(high.probability))
  }
}
