import Foundation

/// What one would say of a case who knows nothing of it but other cases: Student's distribution of their logarithms.
///
/// The prediction of another value of a normal sample: mean m, scale s sqrt(1 + 1/n), n - 1 degrees of freedom (Gelman et
/// al. 2013, Bayesian Data Analysis, 3rd ed., p. 66), so that few cases make a wide distribution.
struct BaselineForecast {
  private let student: StudentForecast

  /// Fewer values than these leave the distribution without a mean deviation worth the name.
  private static let leastValues = 3

  /// The distribution fitted to values; nil if they are too few, all the same, or not positive.
  init?(_ values: [Double]) {
    guard values.count >= Self.leastValues, values.allSatisfy({ $0 > 0 }) else { return nil }
    let logarithms = values.map { log($0) }
    let n = Double(values.count)
    let mean = logarithms.reduce(0, +) / n
    let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    guard variance > 0 else { return nil }
    student = StudentForecast(mean: mean, scale: (variance * (1 + 1 / n)).squareRoot(), df: n - 1)
  }

  /// The continuous ranked probability score of a value's logarithm.
  func logCrps(of value: Double) -> Double { value > 0 ? student.crps(of: log(value)) : .nan }
}
