import Sampling
import Simulation

/// The points of Shapley effects: a design and, for each subset of inputs, the same with all other inputs drawn again.
struct SubsetDesign: DividedDesign {
  let problem: SensitivityProblem
  let subsets: ShapleySubsets
  let base: Int
  let source: SubsetSource
  let fingerprint: UInt64
  private let scales: [TargetScale]
  private let evaluator: Evaluator

  var shape: SlotSums.Shape {
    SlotSums.Shape(triples: source.design.segments * problem.targets.count * subsets.subsets.count, pairs: 0)
  }

  /// The design of a problem.
  ///
  /// - Throws: `Diagnostics`, `CancellationError`.
  init(_ problem: SensitivityProblem, _ subsets: ShapleySubsets) throws {
    (self.problem, self.subsets) = (problem, subsets)
    base = max(1024, problem.base / 4)
    source = SubsetSource(problem, subsets, base: base)
    (evaluator, scales, fingerprint) = try Self.pilot(problem, source)
  }

  func sums(ofBlocks blocks: Range<Int>, options: Engine.Options) throws -> SlotSums {
    let (matrices, targets, first) = (subsets.subsets.count + 1, problem.targets.count, blocks.lowerBound)
    let (segments, length) = (source.design.segments, source.design.segmentPoints)
    var triples = [SobolAccumulator](repeating: SobolAccumulator(), count: blocks.count * shape.triples)
    let workers = evaluator.workers(draws: base * matrices, options: options)
    let scratchMemory = UnsafeMutablePointer<Double>.allocate(capacity: workers * (targets + 1) * AddressBlock.draws)
    scratchMemory.initialize(repeating: 0, count: workers * (targets + 1) * AddressBlock.draws)
    defer { scratchMemory.deallocate() }
    let scales = scales
    try triples.withUnsafeMutableBufferPointer { triples in
      nonisolated(unsafe) let (own, scratch) = (triples, scratchMemory)
      try evaluator.forEachBlock(draws: base * matrices, together: matrices, groups: blocks, options: options) {
        worker, block in
        let (part, matrix) = block.number.quotientAndRemainder(dividingBy: matrices)
        for target in 0..<targets {
          guard let raw = block[target].baseAddress else { continue }
          // Each worker has one more row, for values in another unit.
          let rows = scratch + worker * (targets + 1) * AddressBlock.draws
          let kept = rows + target * AddressBlock.draws
          let values = scales[target].values(raw, rows + targets * AddressBlock.draws, count: AddressBlock.draws)
          if matrix == 0 {
            kept.update(from: values, count: AddressBlock.draws)
            continue
          }
          for segment in 0..<segments {
            let start = segment * length
            let slot = (((part - first) * segments + segment) * targets + target) * (matrices - 1) + matrix - 1
            own[slot] = SobolAccumulator(
              kept + start, kept + start, values + start, pivot: scales[target].pivot, count: length)
          }
        }
      }
    }
    return SlotSums(triples: triples)
  }
}

/// For each target and subset, the sums of the target at two points that share the subset's inputs.
struct SubsetAccumulator {
  let base: Int
  private(set) var triples: [[[SobolAccumulator]]] = []
  private(set) var lost: [Int] = []

  /// Adds up the sums of all blocks of a design.
  ///
  /// - Throws: `Diagnostics` if they do not fit into memory; `CancellationError`.
  init(_ design: SubsetDesign) throws {
    let sums = try design.allSums()
    base = design.base
    let (subsets, targets, source) = (design.subsets.subsets.count, design.problem.targets.count, design.source.design)
    for target in 0..<targets {
      var all = [[SobolAccumulator]](
        repeating: .init(repeating: SobolAccumulator(), count: Replicates.count), count: subsets)
      for part in 0..<design.blocks {
        for segment in 0..<source.segments {
          let slot = (part * source.segments + segment) * targets + target
          for subset in 0..<subsets {
            all[subset][source.replicate(part: part, segment: segment)].add(sums.triples[slot * subsets + subset])
          }
        }
      }
      lost.append(base - Int(all.map(\.total.count).min() ?? Double(base)))
      triples.append(all)
    }
  }
}
