import Foundation

/// Arithmetic of the logarithms of probabilities.
enum LogProbability {
  /// log(p), from the more accurate of a probability and its complement.
  static func of(_ p: Double, complement q: Double) -> Double { p > 0.5 ? log1p(-q) : log(p) }

  /// log(1 - exp(a)) for a <= 0 (Machler 2012, "Accurately computing log(1 - exp(-|a|))").
  static func complement(_ a: Double) -> Double { a > -0.6931471805599453 ? log(-expm1(a)) : log1p(-exp(a)) }

  /// log(exp(a) + exp(b) + ...)
  static func sum(_ logarithms: [Double]) -> Double {
    guard let greatest = logarithms.max(), greatest > -.infinity else { return -.infinity }
    return greatest + log(logarithms.reduce(0) { $0 + exp($1 - greatest) })
  }

  /// log(1 / (1 + exp(-x))), the logarithm of the logistic function.
  static func logistic(_ x: Double) -> Double { x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x)) }
}
