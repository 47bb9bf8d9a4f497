/// The straight line through two points of a quantile plot.
enum LocationScaleFit {
  /// Intercept and slope of the line through (standard quantile, value) at two probabilities.
  static func line(
    through a: (z: Double, x: Double), _ b: (z: Double, x: Double)
  ) -> (location: Double, scale: Double) {
    let scale = (b.x - a.x) / (b.z - a.z)
    // For symmetric probabilities this is the middle, exactly.
    let location = 0.5 * (a.x + b.x) - scale * (0.5 * (a.z + b.z))
    return (location, scale)
  }
}
