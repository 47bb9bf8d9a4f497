import Distributions
import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// Shapley effects: an attribution of the variance to inputs that also holds for dependent inputs, Sh(i) = Σ over J
/// without i of |J|! (n - |J| - 1)! / n! · (v(J with i) - v(J)), v(J) = Var(E[Y | X_J]) / Var(Y).
///
/// v(J) is the share of the variance that vanishes when J becomes known; an effect is the mean increase by an input
/// over all orders in which inputs can become known (Owen 2014, doi:10.1137/130936233; Song, Nelson & Staum 2016,
/// doi:10.1137/15M1048070; Iooss & Prieur 2019, doi:10.1615/Int.J.UncertaintyQuantification.2019028372). Effects are
/// not negative and sum to 1. Example: `loadcast sensitivity scenario.yaml --method shapley`.
///
/// v(J) is estimated by the correlation of the target at two points that share X_J and are otherwise conditionally
/// independent given X_J. Under the normal copula this is exact: with the scores of J first in the Cholesky factor,
/// they are kept and all others are redrawn.
package enum Shapley: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "shapley"
  /// A one-line summary.
  package static let summary = "fair shares of the variance that add up to 1; dependent inputs too"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// Whether estimates are shares of a variance.
  package static let needsVariance = true
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex("Sh", "Shapley effect", "the share of the variance that an input adds, averaged over all orders")
  ]

  /// Maximum number of subsets along random orders.
  static let mostSubsets = 2000
  /// Maximum number of correlated coordinates whose scores are drawn conditionally; the work grows with its square.
  static let largestComponent = 64

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    if let large = problem.model.components.first(where: { $0.coordinates.count > largestComponent }) {
      throw SensitivityRefusal(
        method: name,
        reason: "\(large.coordinates.count) coordinates are correlated with each other, more than \(largestComponent); "
          + "use --method shapley-neighbours, which needs only draws")
    }
    guard problem.hasNormalCopula else {
      throw SensitivityRefusal(
        method: name,
        reason: "it draws from conditional distributions of the normal copula, and the scenario has another copula; "
          + "use --method shapley-neighbours, which needs only draws")
    }
    let subsets = ShapleySubsets(
      players: problem.factors.count, limit: mostSubsets, seed: problem.model.settings.seed)
    let sums = try SubsetAccumulator.evaluate(problem, subsets)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: min(200, problem.options.bootstraps))
    return problem.targets.indices.map { target in
      let own = sums.triples[target]
      func effects(_ weights: UnsafeBufferPointer<Double>?) -> [Double] {
        let values = own.map { replicates in
          let sums = weights.map(replicates.weighted) ?? replicates.total
          return SobolEstimator.martinez.indices(sums).first
        }
        return subsets.effects(values + [1])
      }
      let all = effects(nil)
      let samples = resampling.samples { effects($0) }
      let estimates = problem.factors.enumerated().map { position, factor in
        resampling.estimate(
          all[position], samples: samples.map { $0[position] }, floor: 0, "Sh", of: [position], named: factor.name,
          range: 0...1)
      }
      return MethodResult(
        method: name, target: target, estimates: estimates, noiseFloors: ["Sh": 0], main: "Sh",
        effort: "\(subsets.text), \(sums.base) points each, \(sums.base * (subsets.subsets.count + 1)) evaluations",
        notes: sums.lost[target] > 0
          ? ["\(sums.lost[target]) of \(sums.base) points are excluded from some subset because a value was not finite"]
          : [], nonFinite: sums.lost[target])
    }
  }
}

/// For each target and subset, the sums of the target at two points that share the subset's inputs.
private struct SubsetAccumulator {
  let base: Int
  var triples: [[[SobolAccumulator]]] = []
  var lost: [Int] = []

  /// Evaluates the model and accumulates the sums.
  static func evaluate(_ problem: SensitivityProblem, _ subsets: ShapleySubsets) throws -> SubsetAccumulator {
    let base = max(1024, problem.base / 4)
    let matrices = subsets.subsets.count + 1
    let source = SubsetSource(problem, subsets, base: base)
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) }, points: source)
    let scales = try evaluator.columns(draws: AddressBlock.draws, options: Engine.Options(workers: 1)).map(
      TargetScale.init)
    let targets = problem.targets.count
    let (segments, length) = (source.design.segments, source.design.segmentPoints)
    let slots = base / AddressBlock.draws * segments
    let count = slots * targets * subsets.subsets.count
    try problem.options.engine.require(
      sums: Double(count) * Double(MemoryLayout<SobolAccumulator>.stride), base: problem.base,
      factors: problem.factors.count, targets)
    let memory = UnsafeMutablePointer<SobolAccumulator>.allocate(capacity: max(1, count))
    memory.initialize(repeating: SobolAccumulator(), count: max(1, count))
    let workers = evaluator.workers(draws: base * matrices, options: problem.options.engine)
    let scratchMemory = UnsafeMutablePointer<Double>.allocate(capacity: workers * (targets + 1) * AddressBlock.draws)
    scratchMemory.initialize(repeating: 0, count: workers * (targets + 1) * AddressBlock.draws)
    defer {
      memory.deallocate()
      scratchMemory.deallocate()
    }
    nonisolated(unsafe) let (own, scratch) = (memory, scratchMemory)
    try evaluator.forEachBlock(draws: base * matrices, together: matrices, options: problem.options.engine) {
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
          let slot = ((part * segments + segment) * targets + target) * (matrices - 1) + matrix - 1
          own[slot] = SobolAccumulator(
            kept + start, kept + start, values + start, pivot: scales[target].pivot, count: length)
        }
      }
    }
    var result = SubsetAccumulator(base: base)
    for target in 0..<targets {
      var all = [[SobolAccumulator]](
        repeating: .init(repeating: SobolAccumulator(), count: Replicates.count), count: matrices - 1)
      for part in 0..<(base / AddressBlock.draws) {
        for segment in 0..<segments {
          for matrix in 0..<(matrices - 1) {
            all[matrix][source.design.replicate(part: part, segment: segment)].add(
              own[((part * segments + segment) * targets + target) * (matrices - 1) + matrix])
          }
        }
      }
      result.lost.append(base - Int(all.map(\.total.count).min() ?? Double(base)))
      result.triples.append(all)
    }
    return result
  }
}

/// Matrix 0 is a design; matrix 1 + s shares the s-th subset's inputs with it, and redraws the others given them.
private struct SubsetSource: PointSource {
  let replicates = Replicates.count
  /// A in matrix 0, B in matrix 1.
  let design: PickFreezeSource
  private let matrices: Int
  /// For each subset, the coordinates taken unchanged from A.
  private let kept: [Set<CoordinateID>]
  /// For each subset, the coordinates of components that are neither kept nor redrawn as a whole.
  private let mixed: [[CoordinateID: Row]]

  /// A score as a combination of A's and B's scores of the component's coordinates.
  struct Row {
    var members: [CoordinateID]
    var ofA: [Double]
    var ofB: [Double]
  }

  init(_ problem: SensitivityProblem, _ subsets: ShapleySubsets, base: Int) {
    var all = problem.factors.reduce(into: Set<CoordinateID>()) { $0.formUnion($1.coordinates) }
    for component in problem.model.components { all.formUnion(component.coordinates) }
    design = PickFreezeSource(problem, fromB: [[], all], base: base)
    matrices = subsets.subsets.count + 1
    var kept: [Set<CoordinateID>] = []
    var mixed: [[CoordinateID: Row]] = []
    for subset in subsets.subsets {
      let own = subset.reduce(into: Set<CoordinateID>()) { $0.formUnion(problem.factors[$1].coordinates) }
      var rows: [CoordinateID: Row] = [:]
      for component in problem.model.components {
        let isKept = component.coordinates.map(own.contains)
        guard isKept.contains(true), isKept.contains(false) else { continue }
        let (ofA, ofB) = Self.combination(component.factor, isKept)
        let size = isKept.count
        for (row, coordinate) in component.coordinates.enumerated() {
          rows[coordinate] = Row(
            members: component.coordinates, ofA: Array(ofA[row * size..<(row + 1) * size]),
            ofB: Array(ofB[row * size..<(row + 1) * size]))
        }
      }
      kept.append(own)
      mixed.append(rows)
    }
    self.kept = kept
    self.mixed = mixed
  }

  /// The matrices F and G with e = F a + G b: from independent scores a, the kept ones are unchanged in the correlated
  /// scores L a, and all others are redrawn by b given them.
  ///
  /// With P the permutation that puts the kept ones first and M the Cholesky factor of P L L' P', the scores in that
  /// order are M times independent ones, M⁻¹ P L a; the first of these are kept, the others are replaced by b's; L⁻¹ P'
  /// M transforms them back.
  static func combination(_ factor: [Double], _ isKept: [Bool]) -> (ofA: [Double], ofB: [Double]) {
    let size = isKept.count
    let order = isKept.indices.filter { isKept[$0] } + isKept.indices.filter { !isKept[$0] }
    let first = isKept.reduce(0) { $0 + ($1 ? 1 : 0) }
    var correlation = SymmetricMatrix(identityOfSize: size)
    for i in 0..<size {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<size { sum += factor[order[i] * size + k] * factor[order[j] * size + k] }
        correlation[i, j] = sum
      }
    }
    let m = correlation.choleskyFactor() ?? SymmetricMatrix(identityOfSize: size).entries
    let permuted = order.flatMap { Array(factor[$0 * size..<($0 + 1) * size]) }
    // Rows of M⁻¹ P L.
    let forward = solved(m, permuted, size)
    var (keptPart, newPart) = ([Double](repeating: 0, count: size * size), [Double](repeating: 0, count: size * size))
    // P' M D, multiplied by the forward matrix, for a; P' M (1 - D) for b, whose columns belong to the ordered members.
    for i in 0..<size {
      for j in 0..<size {
        var sum = 0.0
        for k in 0..<first { sum += m[i * size + k] * forward[k * size + j] }
        keptPart[order[i] * size + j] = sum
        if j >= first { newPart[order[i] * size + order[j]] = m[i * size + j] }
      }
    }
    return (solved(factor, keptPart, size), solved(factor, newPart, size))
  }

  /// The solution X of L X = Y, row-major.
  private static func solved(_ lower: [Double], _ right: [Double], _ size: Int) -> [Double] {
    var result = right
    for column in 0..<size {
      for row in 0..<size {
        var sum = result[row * size + column]
        for k in 0..<row { sum -= lower[row * size + k] * result[k * size + column] }
        result[row * size + column] = sum / lower[row * size + row]
      }
    }
    return result
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let (part, matrix) = block.quotientAndRemainder(dividingBy: matrices)
    let id = CoordinateID(coordinate)
    guard matrix > 0 else { return design.fill(coordinate, block: 2 * part, into: probabilities) }
    guard let row = mixed[matrix - 1][id] else {
      return design.fill(coordinate, block: 2 * part + (kept[matrix - 1].contains(id) ? 0 : 1), into: probabilities)
    }
    let count = AddressBlock.draws
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { space in
      guard let sum = space.baseAddress else { return }
      let score = sum + count
      sum.initialize(repeating: 0, count: count)
      for (weights, matrix) in [(row.ofA, 0), (row.ofB, 1)] {
        for (member, weight) in zip(row.members, weights) where weight != 0 {
          design.fill(member.position, block: 2 * part + matrix, into: score)
          Columns.apply(.normalQuantile, score, into: score, count: count)
          for draw in 0..<count { sum[draw] += weight * score[draw] }
        }
      }
      for draw in 0..<count {
        probabilities[draw] = min(max(StandardNormal.cdf(sum[draw]), 0x1p-60), 1 - 0x1p-53)
      }
    }
  }
}
