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
  init?(_ values: some Collection<Double>) {
    guard values.count >= Self.leastValues, values.allSatisfy({ $0 > 0 }) else { return nil }
    let logarithms = values.map { log($0) }
    let mean = logarithms.reduce(0, +) / Double(values.count)
    self.init(count: values.count, mean: mean, squares: logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
  }

  /// The distribution of some number of logarithms with a mean and a sum of squared deviations from it; nil if that is 0.
  private init?(count: Int, mean: Double, squares: Double) {
    let n = Double(count)
    let variance = squares / (n - 1)
    guard variance > 0 else { return nil }
    student = StudentForecast(mean: mean, scale: (variance * (1 + 1 / n)).squareRoot(), df: n - 1)
  }

  /// For each value the distribution fitted to all others, in time that is linear in their number.
  ///
  /// With mean m and sum of squares S of n logarithms, those without x have the mean m + (m - x) / (n - 1) and the sum of
  /// squares S - (x - m)² n / (n - 1). If little of S is left, the difference has few correct digits, and the other values are
  /// summed directly. Such an x has most of S, so at most one value is like that.
  static func leavingOneOut(of values: [Double]) -> [BaselineForecast?] {
    // Only without the one value that is not positive are all others.
    let unusable = values.indices.filter { !(values[$0] > 0) }
    guard unusable.isEmpty, values.count > leastValues else {
      return values.indices.map { k in
        unusable.allSatisfy { $0 == k } ? BaselineForecast(values[..<k] + values[(k + 1)...]) : nil
      }
    }
    let logarithms = values.map { log($0) }
    let n = Double(values.count)
    let mean = logarithms.reduce(0, +) / n
    let squares = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return values.indices.map { k in
      let deviation = mean - logarithms[k]
      let rest = squares - deviation * deviation * n / (n - 1)
      guard rest > leastRest * squares else { return BaselineForecast(values[..<k] + values[(k + 1)...]) }
      return BaselineForecast(count: values.count - 1, mean: mean + deviation / (n - 1), squares: rest)
    }
  }

  /// The share of a sum of squares below which the difference has lost two of its sixteen digits.
  private static let leastRest = 0.01

  /// The continuous ranked probability score of a value's logarithm.
  func logCrps(of value: Double) -> Double { value > 0 ? student.crps(of: log(value)) : .nan }
}
