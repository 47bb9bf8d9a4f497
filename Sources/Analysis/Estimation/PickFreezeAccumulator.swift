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
///
/// A worker evaluates the same points of all matrices, one after another, so that only sums are stored.
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

  /// Evaluates the model and accumulates the sums.
  static func evaluate(_ problem: SensitivityProblem) throws -> PickFreezeAccumulator {
    let base = problem.base
    let factors = problem.factors.count
    let targets = problem.targets.count
    let withPairs = problem.options.pairs
    let all = problem.factors.reduce(into: Set<CoordinateID>()) { $0.formUnion($1.coordinates) }
    let own = problem.factors.map { Set($0.coordinates) }
    var mixes: [Set<CoordinateID>] = [[], all] + own
    if withPairs { mixes += own.map { all.subtracting($0) } }
    let source = PickFreezeSource(problem, fromB: mixes, base: base)
    let matrices = mixes.count
    let pairCount = withPairs ? factors * (factors - 1) / 2 : 0
    let parts = base / AddressBlock.draws
    let slots = parts * source.segments
    let sums =
      (factors + 1) * MemoryLayout<SobolAccumulator>.stride + pairCount * MemoryLayout<SobolPairAccumulator>.stride
    try problem.options.engine.require(
      sums: Double(slots * targets) * Double(sums), base: base, factors: factors, targets)
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) }, points: source)
    let pilot = try evaluator.columns(draws: AddressBlock.draws, options: Engine.Options(workers: 1))
    let scales = pilot.map(TargetScale.init)

    let tripleMemory = UnsafeMutablePointer<SobolAccumulator>.allocate(
      capacity: max(1, slots * targets * (factors + 1)))
    tripleMemory.initialize(repeating: SobolAccumulator(), count: max(1, slots * targets * (factors + 1)))
    let pairMemory = UnsafeMutablePointer<SobolPairAccumulator>.allocate(capacity: max(1, slots * targets * pairCount))
    pairMemory.initialize(repeating: SobolPairAccumulator(), count: max(1, slots * targets * pairCount))
    defer {
      tripleMemory.deallocate()
      pairMemory.deallocate()
    }
    nonisolated(unsafe) let (triple, pair) = (tripleMemory, pairMemory)
    let kept = withPairs ? matrices : 2
    let workers = evaluator.workers(draws: base * matrices, options: problem.options.engine)
    // Each worker has one more row, for values in another unit.
    let width = (targets * kept + 1) * AddressBlock.draws
    let scratchMemory = UnsafeMutablePointer<Double>.allocate(capacity: workers * width)
    scratchMemory.initialize(repeating: 0, count: workers * width)
    defer { scratchMemory.deallocate() }
    nonisolated(unsafe) let scratch = scratchMemory
    let needs = problem.targets.indices.map { target in problem.factors.indices.map { problem.needs(target, $0) } }
    let (length, segments) = (source.segmentPoints, source.segments)

    try evaluator.forEachBlock(draws: base * matrices, together: matrices, options: problem.options.engine) {
      worker, block in
      let (part, matrix) = block.number.quotientAndRemainder(dividingBy: matrices)
      for target in 0..<targets {
        guard let raw = block[target].baseAddress else { continue }
        let scale = scales[target]
        let values = scale.values(
          raw, scratch + worker * width + targets * kept * AddressBlock.draws, count: AddressBlock.draws)
        let columns = scratch + worker * width + target * kept * AddressBlock.draws
        if matrix < kept { (columns + matrix * AddressBlock.draws).update(from: values, count: AddressBlock.draws) }
        guard matrix > 0 else { continue }
        let (a, b) = (columns, columns + AddressBlock.draws)
        for segment in 0..<segments {
          let start = segment * length
          let slot = (part * segments + segment) * targets + target
          let own = triple + slot * (factors + 1)
          if matrix == 1 {
            own[factors] = SobolAccumulator(a + start, b + start, a + start, pivot: scale.pivot, count: length)
          } else if matrix < factors + 2, needs[target][matrix - 2] {
            own[matrix - 2] = SobolAccumulator(
              known: own[factors], a + start, b + start, values + start, pivot: scale.pivot, count: length)
          } else if matrix >= factors + 2 {
            // All mixes of A with factor j from B are evaluated; next come those of B with factor i from A.
            let i = matrix - 2 - factors
            var number = i * factors - i * (i + 1) / 2
            for j in (i + 1)..<max(factors, i + 1) {
              if needs[target][i], needs[target][j] {
                let c = columns + (2 + j) * AddressBlock.draws + start
                let sums = SobolAccumulator.products(values + start, c, scale.pivot, length)
                pair[slot * pairCount + number] = SobolPairAccumulator(d: sums.x, dc: sums.xy)
              }
              number += 1
            }
          }
        }
      }
    }

    var result = PickFreezeAccumulator(base: base, matrices: matrices)
    for target in 0..<targets {
      var own = [[SobolAccumulator]](
        repeating: [SobolAccumulator](repeating: SobolAccumulator(), count: source.replicates), count: factors + 1)
      var both = [[SobolPairAccumulator]](
        repeating: [SobolPairAccumulator](repeating: SobolPairAccumulator(), count: source.replicates), count: pairCount
      )
      for part in 0..<parts {
        for segment in 0..<segments {
          let slot = (part * segments + segment) * targets + target
          let replicate = source.replicate(part: part, segment: segment)
          for factor in 0...factors { own[factor][replicate].add(triple[slot * (factors + 1) + factor]) }
          for number in 0..<pairCount { both[number][replicate].add(pair[slot * pairCount + number], times: 1) }
        }
      }
      let counts = (0...factors).filter { $0 == factors || needs[target][$0] }.map { own[$0].total.count }
      result.lost.append(base - Int(counts.min() ?? 0))
      result.triples.append(own)
      result.pairs.append(both)
      result.ranges.append(scales[target].range)
    }
    return result
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
