import Sampling
import Simulation

/// The held-out draws that boxes are evaluated on, in independent groups.
struct HoldoutSplit: Sendable {
  /// Number of groups of draws: half of the replicates.
  static let groups = Replicates.count / 2

  /// All held-out draws.
  let all: [Int32]
  private let isCase: [Bool]
  private let cases: [Double]

  /// The held-out part of the given draws: every other replicate's.
  init(of draws: [Int32], isCase: [Bool]) {
    all = draws.filter(Self.isHeldOut)
    self.isCase = isCase
    var cases = [Double](repeating: 0, count: Self.groups)
    for draw in all where isCase[Int(draw)] { cases[Self.replicate(draw) / 2] += 1 }
    self.cases = cases
  }

  /// The number of cases among them.
  var caseCount: Int { Int(cases.reduce(0, +)) }

  /// Whether a draw is held out of fitting.
  static func isHeldOut(_ draw: Int32) -> Bool { replicate(draw) % 2 == 1 }

  private static func replicate(_ draw: Int32) -> Int { Int(draw) / AddressBlock.draws % Replicates.count }

  /// The fraction of the given draws that are cases.
  func density(of draws: [Int32]) -> Estimate {
    let (counts, hits) = counts(draws)
    return Self.ratio(hits, counts)
  }

  /// The fraction of all cases that are among the given draws.
  func coverage(of draws: [Int32]) -> Estimate { Self.ratio(counts(draws).hits, cases) }

  private func counts(_ draws: [Int32]) -> (draws: [Double], hits: [Double]) {
    var counts = [Double](repeating: 0, count: Self.groups)
    var hits = counts
    for draw in draws {
      let place = Self.replicate(draw) / 2
      counts[place] += 1
      if isCase[Int(draw)] { hits[place] += 1 }
    }
    return (counts, hits)
  }

  /// A ratio of sums over groups, with the jackknife's standard error (Efron & Tibshirani 1993, section 11.5). If the
  /// ratio is 0 or 1, all groups are equal, and the error is that of the same number of independent draws.
  private static func ratio(_ above: [Double], _ below: [Double]) -> Estimate {
    let (a, b) = (above.reduce(0, +), below.reduce(0, +))
    guard b > 0 else { return Estimate(.nan, error: .nan) }
    let left = zip(above, below).map { (a - $0) / (b - $1) }
    let mean = left.reduce(0, +) / Double(left.count)
    let squares = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let n = Double(left.count)
    if a == 0 || a == b { return Estimate(a / b, error: ReplicateSpread.shareError(a, of: b)) }
    return Estimate(a / b, error: ((n - 1) / n * squares).squareRoot())
  }
}
