/// What one would say of a published figure who knows nothing of it but the other figures: a log-linear trend.
///
/// The least-squares line of the logarithms on their labels, and the distribution of another point: Student's with n - 2
/// degrees of freedom and the scale s sqrt(1 + 1/n + (t - mean)² / sum of squares) (Draper & Smith 1998, Applied
/// Regression Analysis, 3rd ed., eq. 3.1.5). Where all labels are equal, the mean with n - 1 degrees of freedom and
/// s sqrt(1 + 1/n).
enum TrendForecast {
  /// The forecast of the logarithm at a label; nil with too few points for two degrees of freedom, or points exactly on
  /// the line.
  static func at(_ label: Double, of points: [(label: Double, logarithm: Double)]) -> StudentForecast? {
    let n = Double(points.count)
    guard points.count >= 3 else { return nil }
    let (t, x) = (points.reduce(0) { $0 + $1.label } / n, points.reduce(0) { $0 + $1.logarithm } / n)
    let squares = points.reduce(0) { $0 + ($1.label - t) * ($1.label - t) }
    let products = points.reduce(0) { $0 + ($1.label - t) * ($1.logarithm - x) }
    let slope = squares > 0 ? products / squares : 0
    let df = squares > 0 ? n - 2 : n - 1
    let rest = points.reduce(0) { sum, point in
      let missed = point.logarithm - x - slope * (point.label - t)
      return sum + missed * missed
    }
    guard df >= 2, rest > 0 else { return nil }
    let distance = squares > 0 ? (label - t) * (label - t) / squares : 0
    return StudentForecast(
      mean: x + slope * (label - t), scale: (rest / df * (1 + 1 / n + distance)).squareRoot(), df: df)
  }
}
