import Foundation
import Simulation
import Units
import VectorMath

/// How one observed value came out against its draws. Figures are in the output's unit.
package struct CaseScore: Sendable {
  /// The case, and its group if it has one.
  package var name: String
  /// The group that the case belongs to.
  package var group: String?
  /// The output's cell as written in reports.
  package var cell: String
  /// What was observed.
  package var observed: Double
  /// Quantiles of the draws: 5, 25, 50, 75 and 95 %.
  package var p05: Double, p25: Double, p50: Double, p75: Double, p95: Double
  /// The share of the draws below what was observed, and half of those equal to it: the probability integral transform.
  package var percentile: Double
  /// The Monte Carlo standard error of `percentile`.
  package var percentileError: Double
  /// The continuous ranked probability score E|X - y| - E|X - X'| / 2 of the draws' own distribution, exact for it
  /// (Gneiting & Raftery 2007, doi:10.1198/016214506000001437, eq. 21): the absolute error of a certain forecast; less is
  /// better.
  package var crps: Double
  /// The same of logarithms, which weighs small and large cases alike (Bosse et al. 2023,
  /// doi:10.1371/journal.pcbi.1011393); not a number where a draw or what was observed is not positive.
  package var logCrps: Double
  /// Draws that are not finite; they are left out.
  package var nonFinite: Int

  /// Whether the observed value is in the central 50 % interval.
  package var isInside50: Bool { observed >= p25 && observed <= p75 }
  /// Whether it is in the central 90 % interval.
  package var isInside90: Bool { observed >= p05 && observed <= p95 }
  /// The observed value over the median.
  package var ratio: Double { observed / p50 }

  /// The figures of an observed value.
  ///
  /// - Parameters:
  ///   - observed: in base units, as `draws`.
  ///   - scale: how many base units one of the output's unit is.
  init(name: String, group: String?, cell: String, observed: Double, draws: [Double], scale: ReportScale) {
    self.name = name
    self.group = group
    self.cell = cell
    let y = observed / scale
    self.observed = y
    let ordered = SortedDraws(draws.map { $0.isFinite ? $0 / scale : .nan })
    let sorted = ordered.values
    nonFinite = draws.count - sorted.count
    let n = Double(sorted.count)
    (p05, p25) = (ordered.quantile(0.05), ordered.quantile(0.25))
    (p50, p75, p95) = (ordered.quantile(0.5), ordered.quantile(0.75), ordered.quantile(0.95))
    let below = Double(sorted.partitioningIndex { $0 >= y })
    let notAbove = Double(sorted.partitioningIndex { $0 > y })
    percentile = n > 0 ? 0.5 * (below + notAbove) / n : .nan
    percentileError = ReplicateSpread.shareError(0.5 * (below + notAbove), of: n)
    crps = Self.crps(sorted, y)
    let arePositive = y > 0 && (sorted.first ?? 0) > 0
    logCrps = arePositive ? Self.crps(sorted.map { log($0) }, log(y)) : .nan
  }

  /// The numbers of a score, apart from `nonFinite`.
  var numbers: [Double] { [observed, p05, p25, p50, p75, p95, percentile, percentileError, crps, logCrps] }
  /// How many they are.
  static let numberCount = 10

  /// A score from its numbers, in the order of `numbers`.
  init(name: String, group: String?, cell: String, numbers: [Double], nonFinite: Int) {
    (self.name, self.group, self.cell, self.nonFinite) = (name, group, cell, nonFinite)
    (observed, p05, p25, p50, p75, p95) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    (percentile, percentileError, crps, logCrps) = (numbers[6], numbers[7], numbers[8], numbers[9])
  }

  /// The score of sorted draws: 2 / n² times the sum of (x_i - y) (n [y < x_i] - i + 1/2), i from 1 (the same as the
  /// definition: Jordan, Krüger & Lerch 2019, doi:10.18637/jss.v090.i12, eq. 3).
  static func crps(_ sorted: [Double], _ y: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let n = Double(sorted.count)
    var sum = 0.0
    for (position, x) in sorted.enumerated() {
      sum += (x - y) * ((y < x ? n : 0) - Double(position) - 0.5)
    }
    return 2 * sum / (n * n)
  }
}
