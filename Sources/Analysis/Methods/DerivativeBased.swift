import Distributions
import Modeling
import Sampling
import Simulation

/// Derivative-based measures, nu = Σ E[(∂Y / ∂z)²] over a factor's coordinates with normal scores z, and the upper
/// bound ST <= nu / V on total-order indices.
///
/// Example: `loadcast sensitivity scenario.yaml --method dgsm`.
///
/// The measures are those of Sobol' & Kucherenko 2009 (doi:10.1016/j.matcom.2009.01.023). The bound holds because the
/// Poincaré constant of the standard normal distribution is 1 (Lamboni et al. 2013, doi:10.1016/j.matcom.2013.02.002;
/// Roustant et al. 2017, doi:10.1214/17-EJS1310); over independent coordinates the bounds add up. Derivatives are
/// central differences of step 0.01 in the score. If the target jumps (conditions, discrete inputs), there is no
/// derivative; such targets are detected because nu grows when the step is halved.
package enum DerivativeBased: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "dgsm"
  /// A one-line summary.
  package static let summary = "mean squared derivatives, and the bounds that they set on total-order shares"
  /// Whether factors must be independent.
  package static let needsIndependence = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = true
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex("ST_bound", "bound of total-order", "an upper bound of the total-order share of the variance"),
    SensitivityIndex(
      "nu", "DGSM", "the mean squared derivative by the input's normal score, in squares of the target's unit"),
  ]

  /// The step in the normal score; the error of the differences is of the order of its square.
  static let step = 0.01

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try requireIndependence(problem)
    let sums = try DerivativeAccumulator.evaluate(problem)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: problem.options.bootstraps)
    return problem.targets.indices.map { target in
      let unit = problem.targets[target].unit
      // The square of the target's unit, in that of the sums.
      let square = (unit.scale / sums.scales[target].unit) * (unit.scale / sums.scales[target].unit)
      var unknown: [String] = []
      var bounds: [IndexEstimate] = []
      var measures: [IndexEstimate] = []
      var jumps: [String] = []
      for (position, factor) in problem.factors.enumerated() {
        let own = sums.places(of: position).map { sums.squares[target][$0] }
        let base = sums.moments[target]
        func nu(_ weights: UnsafeBufferPointer<Double>?) -> Double {
          own.reduce(0) { $0 + (weights.map($1.weighted) ?? $1.total).mean }
        }
        func variance(_ weights: UnsafeBufferPointer<Double>?) -> Double {
          (weights.map(base.weighted) ?? base.total).variance
        }
        let halved = sums.places(of: position).reduce(0) { $0 + sums.halved[target][$1].total.mean }
        // Across a jump the mean square is inversely proportional to the step, so it doubles.
        if halved > 1.5 * nu(nil) { jumps.append(factor.name) }
        bounds.append(
          resampling.estimate(
            nu(nil) / variance(nil), samples: resampling.samples { nu($0) / variance($0) }, floor: 0, "ST_bound",
            of: [position], named: factor.name))
        /// A sum in squares of the target's unit; NaN if that is beyond the range of a double.
        func measure(_ nu: Double) -> Double {
          nu == 0 ? 0 : (nu / square).isNormal ? nu / square : .nan
        }
        if !measure(nu(nil)).isFinite { unknown.append(factor.name) }
        measures.append(
          resampling.estimate(
            measure(nu(nil)), samples: resampling.samples { measure(nu($0)) }, floor: 0, "nu", of: [position],
            named: factor.name, unit: unit.text == "1" ? "" : "(\(unit.text))^2"))
      }
      var notes: [String] = []
      if !jumps.isEmpty {
        notes.append(
          "the target is discontinuous in these inputs, so their derivatives do not exist and their indices are meaningless: "
            + jumps.joined(separator: ", "))
      }
      if !unknown.isEmpty {
        notes.append(
          "nu is unknown for these inputs: a square of the target's unit is beyond the range of a double: "
            + unknown.joined(separator: ", "))
      }
      if sums.lost[target] > 0 { notes.append("\(sums.lost[target]) differences were not finite and are excluded") }
      return MethodResult(
        method: name, target: target, estimates: bounds + measures, noiseFloors: ["ST_bound": 0, "nu": 0],
        main: "ST_bound", effort: "\(sums.base) base points, \(sums.base * sums.matrices) evaluations", notes: notes,
        nonFinite: sums.lost[target])
    }
  }
}

/// Matrix 0 is a design; matrices 1 + 4 j … have coordinate j's normal score moved by h, -h, h / 2, -h / 2.
private struct ShiftSource: PointSource {
  let replicates = Replicates.count
  let design: PickFreezeSource
  let matrices: Int
  let places: [CoordinateID: Int]

  static let shifts = [
    DerivativeBased.step, -DerivativeBased.step, DerivativeBased.step / 2, -DerivativeBased.step / 2,
  ]

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let (part, matrix) = block.quotientAndRemainder(dividingBy: matrices)
    design.fill(coordinate, block: part, into: probabilities)
    guard matrix > 0, places[CoordinateID(coordinate)] == (matrix - 1) / 4 else { return }
    let shift = Self.shifts[(matrix - 1) % 4]
    for draw in 0..<AddressBlock.draws {
      let moved = StandardNormal.cdf(StandardNormal.quantile(probabilities[draw]) + shift)
      probabilities[draw] = min(max(moved, 0x1p-60), 1 - 0x1p-53)
    }
  }
}

/// A count, a sum and a sum of squares.
struct VarianceAccumulator: ReplicateAccumulator {
  var count = 0.0
  var sum = 0.0
  var square = 0.0
  var variance: Double { square / count - (sum / count) * (sum / count) }

  mutating func add(_ other: VarianceAccumulator, times weight: Double) {
    count += weight * other.count
    sum += weight * other.sum
    square += weight * other.square
  }
}

private struct DerivativeAccumulator {
  let base: Int
  let matrices: Int
  /// For each target and coordinate, sums of squared derivatives by replicate, then those with half the step.
  var squares: [[[MeanAccumulator]]] = []
  var halved: [[[MeanAccumulator]]] = []
  /// For each target, the unit and the pivot of its sums, so that squares neither overflow nor lose digits.
  let scales: [TargetScale]
  /// For each target, its moments by replicate.
  var moments: [[VarianceAccumulator]] = []
  var lost: [Int] = []
  private let owners: [Int]

  func places(of factor: Int) -> [Int] { owners.indices.filter { owners[$0] == factor } }

  /// Evaluates the model and accumulates the sums.
  static func evaluate(_ problem: SensitivityProblem) throws -> DerivativeAccumulator {
    let base = max(1024, problem.base / 4)
    var places: [CoordinateID: Int] = [:]
    var owners: [Int] = []
    let correlated = Set(problem.model.components.flatMap(\.coordinates))
    for (position, factor) in problem.factors.enumerated() {
      for coordinate in factor.coordinates where factor.needed.contains(coordinate) || correlated.contains(coordinate) {
        places[coordinate] = owners.count
        owners.append(position)
      }
    }
    let (targets, coordinates, matrices) = (problem.targets.count, owners.count, 1 + 4 * owners.count)
    let design = PickFreezeSource(problem, fromB: [[]], base: base)
    let source = ShiftSource(design: design, matrices: matrices, places: places)
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) }, points: source)
    let scales = try evaluator.columns(draws: AddressBlock.draws, options: Engine.Options(workers: 1)).map(
      TargetScale.init)
    let workers = evaluator.workers(draws: base * matrices, options: problem.options.engine)
    // Each worker has one more row, for values in another unit.
    let scratchWidth = (targets + 1) * AddressBlock.draws
    let scratchMemory = UnsafeMutablePointer<Double>.allocate(capacity: workers * scratchWidth)
    scratchMemory.initialize(repeating: 0, count: workers * scratchWidth)
    let slots = base / AddressBlock.draws * design.segments
    let width = 2 * coordinates
    let squareMemory = UnsafeMutablePointer<MeanAccumulator>.allocate(capacity: max(1, slots * targets * width))
    squareMemory.initialize(repeating: MeanAccumulator(), count: max(1, slots * targets * width))
    let spreadMemory = UnsafeMutablePointer<VarianceAccumulator>.allocate(capacity: slots * targets)
    spreadMemory.initialize(repeating: VarianceAccumulator(), count: slots * targets)
    defer {
      scratchMemory.deallocate()
      squareMemory.deallocate()
      spreadMemory.deallocate()
    }
    nonisolated(unsafe) let (scratch, square, spread) = (scratchMemory, squareMemory, spreadMemory)
    let (segments, length) = (design.segments, design.segmentPoints)
    try evaluator.forEachBlock(draws: base * matrices, together: matrices, options: problem.options.engine) {
      worker, block in
      let (part, matrix) = block.number.quotientAndRemainder(dividingBy: matrices)
      for target in 0..<targets {
        guard let raw = block[target].baseAddress else { continue }
        let scale = scales[target]
        let room = scratch + worker * scratchWidth + targets * AddressBlock.draws
        let values = scale.values(raw, room, count: AddressBlock.draws)
        let kept = scratch + worker * scratchWidth + target * AddressBlock.draws
        for segment in 0..<segments {
          let slot = (part * segments + segment) * targets + target
          let draws = segment * length..<(segment + 1) * length
          if matrix == 0 {
            for draw in draws where values[draw].isFinite {
              let value = values[draw] - scale.pivot
              spread[slot].add(VarianceAccumulator(count: 1, sum: value, square: value * value), times: 1)
            }
          } else if matrix % 2 == 1 {
            for draw in draws { kept[draw] = values[draw] }
          } else {
            let isHalved = (matrix - 1) % 4 == 3
            let step = isHalved ? DerivativeBased.step : 2 * DerivativeBased.step
            let place = slot * width + (matrix - 1) / 4 * 2 + (isHalved ? 1 : 0)
            for draw in draws {
              let slope = (kept[draw] - values[draw]) / step
              if slope.isFinite { square[place].add(MeanAccumulator(count: 1, sum: slope * slope), times: 1) }
            }
          }
        }
      }
    }
    var result = DerivativeAccumulator(base: base, matrices: matrices, scales: scales, owners: owners)
    for target in 0..<targets {
      let none = [MeanAccumulator](repeating: MeanAccumulator(), count: Replicates.count)
      var (whole, half) = (
        [[MeanAccumulator]](repeating: none, count: coordinates),
        [[MeanAccumulator]](repeating: none, count: coordinates)
      )
      var own = [VarianceAccumulator](repeating: VarianceAccumulator(), count: Replicates.count)
      for part in 0..<(base / AddressBlock.draws) {
        for segment in 0..<segments {
          let slot = (part * segments + segment) * targets + target
          let replicate = design.replicate(part: part, segment: segment)
          own[replicate].add(spread[slot], times: 1)
          for place in 0..<coordinates {
            whole[place][replicate].add(square[slot * width + 2 * place], times: 1)
            half[place][replicate].add(square[slot * width + 2 * place + 1], times: 1)
          }
        }
      }
      result.lost.append(base * coordinates - Int(whole.reduce(0) { $0 + $1.total.count }))
      result.squares.append(whole)
      result.halved.append(half)
      result.moments.append(own)
    }
    return result
  }
}
