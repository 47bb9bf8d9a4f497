import Modeling
import Sampling
import Simulation

/// Sums that are kept by replicate.
protocol ReplicateAccumulator {
  init()
  mutating func add(_ other: Self, times weight: Double)
}

extension SobolAccumulator: ReplicateAccumulator {}

/// Sums for a pair of factors: d of B with the first factor from A, c of A with the second from B.
struct SobolPairAccumulator: ReplicateAccumulator {
  var d = 0.0
  var dc = 0.0

  mutating func add(_ other: SobolPairAccumulator, times weight: Double) {
    d += weight * other.d
    dc += weight * other.dc
  }
}

extension Array where Element: ReplicateAccumulator {
  /// The sums of all replicates.
  var total: Element { reduce(into: Element()) { $0.add($1, times: 1) } }

  /// The weighted sum over replicates.
  func weighted(_ weights: UnsafeBufferPointer<Double>) -> Element {
    var sum = Element()
    for (own, weight) in zip(self, weights) where weight != 0 { sum.add(own, times: weight) }
    return sum
  }
}

extension Resampling {
  /// The values of a function at every sample of weights.
  func samples<Result>(_ body: (UnsafeBufferPointer<Double>) -> Result) -> [Result] {
    weights.withUnsafeBufferPointer { weights in
      (0..<count).map { sample in body(UnsafeBufferPointer(rebasing: weights[sample * groups..<(sample + 1) * groups]))
      }
    }
  }

  /// The values of a function of the replicates' sums at every sample.
  func samples<Sums: ReplicateAccumulator, Result>(of sums: [Sums], _ body: (Sums) -> Result) -> [Result] {
    samples { body(sums.weighted($0)) }
  }
}

/// The sums that Sobol' indices are computed from, by target, factor and replicate.
struct PickFreezeAccumulator {
  /// Number of points of a matrix, and of matrices.
  let base: Int
  let matrices: Int
  /// For each target and factor, the sums of each replicate; the last are those of an inert factor, whose mix is A.
  private(set) var triples: [[[SobolAccumulator]]] = []
  /// For each target and pair of factors (i < j), the sums of each replicate.
  private(set) var pairs: [[[SobolPairAccumulator]]] = []
  /// For each target, the number of base points excluded for some factor because a value was not finite.
  private(set) var lost: [Int] = []
  /// For each target, the range of its finite pilot values, in the unit of its sums.
  private var ranges: [ClosedRange<Double>?] = []

  /// Adds up the sums of all blocks of a design.
  ///
  /// - Throws: `Diagnostics` if they do not fit into memory; `CancellationError`.
  init(_ design: PickFreezeDesign) throws {
    let sums = try design.allSums()
    let (problem, source) = (design.problem, design.source)
    (base, matrices) = (design.base, source.matrices)
    let (factors, targets, pairCount) = (problem.factors.count, problem.targets.count, design.pairs)
    for target in 0..<targets {
      var own = [[SobolAccumulator]](
        repeating: [SobolAccumulator](repeating: SobolAccumulator(), count: source.replicates), count: factors + 1)
      var both = [[SobolPairAccumulator]](
        repeating: [SobolPairAccumulator](repeating: SobolPairAccumulator(), count: source.replicates), count: pairCount
      )
      for part in 0..<design.blocks {
        for segment in 0..<source.segments {
          let slot = (part * source.segments + segment) * targets + target
          let replicate = source.replicate(part: part, segment: segment)
          for factor in 0...factors { own[factor][replicate].add(sums.triples[slot * (factors + 1) + factor]) }
          for number in 0..<pairCount { both[number][replicate].add(sums.pairs[slot * pairCount + number], times: 1) }
        }
      }
      let counts = (0...factors).filter { $0 == factors || problem.needs(target, $0) }.map { own[$0].total.count }
      lost.append(base - Int(counts.min() ?? 0))
      triples.append(own)
      pairs.append(both)
      ranges.append(design.scales[target].range)
    }
  }

  /// The possible effect of excluded points on an index.
  ///
  /// With p the excluded fraction, R the range of the values and V their variance: if the missing values are within R,
  /// the mean product changes by at most p R² and the variance is between (1 - p) V and (1 - p) V + p R².
  func lossNote(of target: Int) -> String {
    let share = Double(lost[target]) / Double(base)
    guard share < 1, let range = ranges[target], let sums = triples[target].last?.total, sums.variance > 0 else {
      return "none of \(base) base points has finite values"
    }
    let width = range.upperBound - range.lowerBound
    let effect = min(1, share * width * width / ((1 - share) * sums.variance))
    let text = (effect * 1000).rounded(.up) / 1000
    return "\(lost[target]) of \(base) base points are excluded because a value was not finite; if those values were "
      + "within the range of the others, no index would change by more than \(text)"
  }
}
