import Sampling
import Simulation

/// The draws that boxes are tried out on, in groups that are independent of each other.
struct HoldoutSplit: Sendable {
  /// Groups of draws: half of the replicates.
  static let groups = Replicates.count / 2

  /// All the draws.
  let all: [Int32]
  private let isCase: [Bool]
  private let cases: [Double]

  /// Those of some draws that are for trial: every other replicate's.
  init(of draws: [Int32], isCase: [Bool]) {
    all = draws.filter(Self.isHeldOut)
    self.isCase = isCase
    var cases = [Double](repeating: 0, count: Self.groups)
    for draw in all where isCase[Int(draw)] { cases[Self.replicate(draw) / 2] += 1 }
    self.cases = cases
  }

  /// How many of them are cases.
  var caseCount: Int { Int(cases.reduce(0, +)) }

  /// Whether a draw is for trial, not for seeking.
  static func isHeldOut(_ draw: Int32) -> Bool { replicate(draw) % 2 == 1 }

  private static func replicate(_ draw: Int32) -> Int { Int(draw) / AddressBlock.draws % Replicates.count }

  /// The share of some draws that are cases.
  func density(of draws: [Int32]) -> Estimate {
    let (counts, hits) = counts(draws)
    return Self.ratio(hits, counts)
  }

  /// The share of all cases that are among some draws.
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

  /// A ratio of sums over groups, with the jackknife's standard error (Efron & Tibshirani 1993, section 11.5); of none or
  /// all of the draws, whose groups do not differ, with that of as many independent draws.
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
