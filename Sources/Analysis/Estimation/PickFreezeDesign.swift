import Modeling
import Sampling
import Simulation

/// The points of Sobol' indices: the matrices A, B, for each factor A with its coordinates from B and, for second-order
/// indices, B with them from A.
///
/// A worker evaluates the same points of all matrices, one after another, so that only sums are stored.
struct PickFreezeDesign: DividedDesign {
  let problem: SensitivityProblem
  let base: Int
  let source: PickFreezeSource
  let scales: [TargetScale]
  let fingerprint: UInt64
  private let evaluator: Evaluator

  /// The number of pairs of factors for which there are sums.
  var pairs: Int { problem.options.pairs ? problem.factors.count * (problem.factors.count - 1) / 2 : 0 }

  var shape: SlotSums.Shape {
    let slots = source.segments * problem.targets.count
    return SlotSums.Shape(triples: slots * (problem.factors.count + 1), pairs: slots * pairs)
  }

  /// The design of a problem.
  ///
  /// - Throws: `Diagnostics`, `CancellationError`.
  init(_ problem: SensitivityProblem) throws {
    let all = problem.factors.reduce(into: Set<CoordinateID>()) { $0.formUnion($1.coordinates) }
    let own = problem.factors.map { Set($0.coordinates) }
    var mixes: [Set<CoordinateID>] = [[], all] + own
    if problem.options.pairs { mixes += own.map { all.subtracting($0) } }
    self.problem = problem
    base = problem.base
    source = PickFreezeSource(problem, fromB: mixes, base: base)
    (evaluator, scales, fingerprint) = try Self.pilot(problem, source)
  }

  func sums(ofBlocks blocks: Range<Int>, options: Engine.Options) throws -> SlotSums {
    let (factors, targets, pairCount, matrices) = (
      problem.factors.count, problem.targets.count, pairs, source.matrices
    )
    let (length, segments, first) = (source.segmentPoints, source.segments, blocks.lowerBound)
    var triples = [SobolAccumulator](repeating: SobolAccumulator(), count: blocks.count * shape.triples)
    var both = [SobolPairAccumulator](repeating: SobolPairAccumulator(), count: blocks.count * shape.pairs)
    let kept = problem.options.pairs ? matrices : 2
    let workers = evaluator.workers(draws: base * matrices, options: options)
    // Each worker has one more row, for values in another unit.
    let width = (targets * kept + 1) * AddressBlock.draws
    let scratchMemory = UnsafeMutablePointer<Double>.allocate(capacity: workers * width)
    scratchMemory.initialize(repeating: 0, count: workers * width)
    defer { scratchMemory.deallocate() }
    let needs = problem.targets.indices.map { target in problem.factors.indices.map { problem.needs(target, $0) } }
    let scales = scales
    try triples.withUnsafeMutableBufferPointer { triples in
      try both.withUnsafeMutableBufferPointer { both in
        nonisolated(unsafe) let (triple, pair, scratch) = (triples, both, scratchMemory)
        try evaluator.forEachBlock(draws: base * matrices, together: matrices, groups: blocks, options: options) {
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
              let slot = ((part - first) * segments + segment) * targets + target
              let own = slot * (factors + 1)
              if matrix == 1 {
                triple[own + factors] = SobolAccumulator(
                  a + start, b + start, a + start, pivot: scale.pivot, count: length)
              } else if matrix < factors + 2, needs[target][matrix - 2] {
                triple[own + matrix - 2] = SobolAccumulator(
                  known: triple[own + factors], a + start, b + start, values + start, pivot: scale.pivot, count: length)
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
      }
    }
    return SlotSums(triples: triples, pairs: both)
  }
}
