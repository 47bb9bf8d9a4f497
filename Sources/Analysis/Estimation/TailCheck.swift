import Foundation
import Modeling
import Simulation
import VectorMath

/// Checks whether a target's variance may be infinite, so that shares of it are meaningless.
///
/// It uses Hill's estimator (1975, doi:10.1214/aos/1176343247) of the tail index alpha, from the k = sqrt(n) draws
/// furthest above and below the median; its standard error is alpha / sqrt(k). The variance is infinite for alpha < 2,
/// and converges slowly for distributions whose tails appear so at n draws.
///
/// A bounded target has a variance. It is not examined if no value can be far beyond those drawn, and a side is not
/// examined if its two furthest draws are equal: they are the atom at its end, as for a rare event of one size.
enum TailCheck {
  /// Number of draws examined.
  static let draws = 1 << 14

  /// The known bound, relative to the largest magnitude drawn, up to which a target has no tail beyond its draws.
  private static let mostBeyond = 1.5

  /// The first target whose variance may be infinite, in words; nil if there is none.
  ///
  /// - Throws: `Diagnostics`, `CancellationError`.
  static func finding(in problem: SensitivityProblem) throws -> String? {
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) })
    var engine = problem.options.engine
    engine.progress = nil
    let columns = try evaluator.columns(draws: Self.draws, options: engine)
    for (position, (target, column)) in zip(problem.targets, columns).enumerated() {
      let greatest = column.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
      // Bounds of normal scores are far beyond any draw, and say nothing of tails.
      if evaluator.bound(ofRequest: position) <= mostBeyond * greatest { continue }
      if let index = Self.heavyTail(column) {
        let text = (index * 10).rounded() / 10
        return
          "the variance of \(target.name) is not stable (tail index \(text), below 2), so its shares are meaningless"
      }
    }
    return nil
  }

  /// The tail index of the heavier side if it is clearly below 2.
  static func heavyTail(_ values: [Double]) -> Double? {
    let sorted = values.filter(\.isFinite).sorted()
    let count = Int(Double(sorted.count).squareRoot())
    guard count >= 20 else { return nil }
    let median = sorted[sorted.count / 2]
    func index(_ furthest: [Double]) -> Double {
      // Descending distances from the median; the last is the threshold.
      guard let threshold = furthest.last, threshold > 0, furthest[0] > furthest[1] else { return .infinity }
      let mean = furthest.dropLast().reduce(0) { $0 + PortableMath.log($1 / threshold) } / Double(furthest.count - 1)
      return mean > 0 ? 1 / mean : .infinity
    }
    let above = index(sorted.suffix(count + 1).reversed().map { $0 - median })
    let below = index(sorted.prefix(count + 1).map { median - $0 })
    let heavier = min(above, below)
    return heavier * (1 + 2 / Double(count).squareRoot()) < 2 ? heavier : nil
  }
}
