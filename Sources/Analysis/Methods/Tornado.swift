import Modeling
import Sampling
import Simulation
import TextFormats
import Units

/// Tornado analysis: the target with each factor at its 5th and at its 95th percentile, Y(q05) and Y(q95).
///
/// The first version has all other factors at their medians, as in the usual tornado chart; the second has all others
/// uncertain, E[Y | q05] and E[Y | q95], which can differ considerably from the first. Example:
/// `loadcast sensitivity scenario.yaml --method tornado`.
///
/// All probabilities of a factor move together. Factors without percentiles (shares, Dirichlet, labels) and dependent
/// factors are omitted and named.
package enum Tornado: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "tornado"
  /// A one-line summary.
  package static let summary =
    "moves each input from its 5th to its 95th percentile, once with the others at their medians and once with the others "
    + "random"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// Whether estimates are shares of a variance.
  package static let needsVariance = false
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex("swing", "swing", "the target at p95 less that at p05, all others at their medians"),
    SensitivityIndex(
      "at_p05", "at p05", "the target with the input at its 5th percentile, all others at their medians"),
    SensitivityIndex("at_p95", "at p95", "the same at its 95th percentile"),
    SensitivityIndex(
      "swing_free", "others random: swing", "the mean at p95 less that at p05, over draws of all others"),
    SensitivityIndex("mean_p05", "mean at p05", "the mean of the target with the input at its 5th percentile"),
    SensitivityIndex("mean_p95", "mean at p95", "the same at its 95th percentile"),
  ]

  static let low = 0.05
  static let high = 0.95

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    let dependent = Set(problem.dependent.flatMap(\.self))
    let shapeless = Set(problem.factors.indices.filter { hasNoPercentiles(problem.factors[$0], problem.model) })
    let shown = problem.factors.indices.filter { !dependent.contains($0) && !shapeless.contains($0) }
    var notes: [String] = []
    if !shapeless.isEmpty {
      notes.append("excluded because shares and labels have no percentiles: " + list(shapeless, problem))
    }
    if !dependent.isEmpty {
      notes.append("excluded because they are correlated: " + list(dependent, problem))
    }
    let requests = problem.targets.map { ColumnRequest.cell($0.quantity, $0.cell) }
    let atMedians = try Evaluator(
      model: problem.model, requests: requests, points: MedianSource(problem, shown)
    ).columns(draws: 1 + 2 * shown.count, options: Engine.Options(workers: 1))
    let free = try FreeMeanAccumulator.evaluate(problem, shown)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: problem.options.bootstraps)
    return problem.targets.indices.map { target in
      let unit = problem.targets[target].unit
      var estimates: [String: [IndexEstimate]] = [:]
      for (place, position) in shown.enumerated() {
        let name = problem.factors[position].name
        let (low, high) = (
          atMedians[target][1 + 2 * place] / unit, atMedians[target][2 + 2 * place] / unit
        )
        // Values that agree up to rounding have no swing.
        let swing = high - low
        let isRounding = swing.magnitude <= Self.rounding * max(low.magnitude, high.magnitude)
        for (index, value) in [("swing", isRounding ? 0 : swing), ("at_p05", low), ("at_p95", high)] {
          estimates[index, default: []].append(
            IndexEstimate(exactly: value, index, of: [position], named: name, unit: unit.text))
        }
        let means = [free.sums[target][2 * place], free.sums[target][2 * place + 1]]
        func append(_ index: String, _ figure: (_ low: MeanAccumulator, _ high: MeanAccumulator) -> Double) {
          let samples = resampling.samples { figure(means[0].weighted($0), means[1].weighted($0)) / unit }
          estimates[index, default: []].append(
            resampling.estimate(
              figure(means[0].total, means[1].total) / unit, samples: samples, floor: 0, index, of: [position],
              named: name, unit: unit.text, isSigned: true))
        }
        append("swing_free") { $1.mean - $0.mean }
        append("mean_p05") { low, _ in low.mean }
        append("mean_p95") { _, high in high.mean }
      }
      let centre = atMedians[target][0] / unit
      let lost = free.lost[target]
      let text = "with all inputs at their medians: \(rounded(centre))\(unit.text == "1" ? "" : " \(unit.text)")"
      return MethodResult(
        method: name, target: target, estimates: indices.flatMap { estimates[$0.name] ?? [] }, noiseFloors: [:],
        main: "swing", effort: "\(1 + 2 * shown.count) points, and \(free.base) draws for each of \(2 * shown.count)",
        notes: [text] + notes
          + (lost > 0 ? ["\(lost) evaluations were not finite and are excluded from the means"] : []),
        nonFinite: lost)
    }
  }

  /// The relative difference up to which two values of a formula are taken as equal: some hundred roundings.
  private static let rounding = 0x1p-46

  private static func rounded(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    var scale = 1.0
    while value.magnitude * scale < 100, scale < 1e200 { scale *= 10 }
    while value.magnitude * scale >= 1000, scale > 1e-200 { scale /= 10 }
    let shown = (value * scale).rounded() / scale
    return shown.exactText
  }

  private static func list(_ positions: Set<Int>, _ problem: SensitivityProblem) -> String {
    problem.names(positions.sorted()).joined(separator: ", ")
  }

  /// Whether a factor contains shares, or values that are labels.
  private static func hasNoPercentiles(_ factor: Factor, _ model: Model) -> Bool {
    factor.quantities.contains { id in
      guard let input = model[id].input else { return false }
      return !input.shareGroups.isEmpty || input.categories != nil
    }
  }
}

/// Point 0 has all coordinates at 1/2; points 1 + 2 i and 2 + 2 i have those of a factor at its low and high end.
private struct MedianSource: PointSource {
  let replicates = 1
  /// For each coordinate, the position of its factor among the displayed ones.
  private let places: [CoordinateID: Int]

  init(_ problem: SensitivityProblem, _ shown: [Int]) {
    var places: [CoordinateID: Int] = [:]
    for (place, position) in shown.enumerated() {
      for coordinate in problem.factors[position].coordinates { places[coordinate] = place }
    }
    self.places = places
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    probabilities.update(repeating: 0.5, count: AddressBlock.draws)
    guard let place = places[CoordinateID(coordinate)] else { return }
    for (point, probability) in [(1 + 2 * place, Tornado.low), (2 + 2 * place, Tornado.high)]
    where point / AddressBlock.draws == block {
      probabilities[point % AddressBlock.draws] = probability
    }
  }
}

/// Matrix 2 i has the coordinates of a factor at its low end, 2 i + 1 at its high end, all others from one design.
private struct EndsSource: PointSource {
  let replicates = Replicates.count
  let design: PickFreezeSource
  let matrices: Int
  let places: [CoordinateID: Int]

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let (part, matrix) = block.quotientAndRemainder(dividingBy: matrices)
    if places[CoordinateID(coordinate)] == matrix / 2 {
      probabilities.update(
        repeating: matrix % 2 == 0 ? Tornado.low : Tornado.high, count: AddressBlock.draws)
    } else {
      design.fill(coordinate, block: part, into: probabilities)
    }
  }
}

/// A count and a sum.
struct MeanAccumulator: ReplicateAccumulator {
  var count = 0.0
  var sum = 0.0
  var mean: Double { count > 0 ? sum / count : .nan }

  mutating func add(_ other: MeanAccumulator, times weight: Double) {
    count += weight * other.count
    sum += weight * other.sum
  }
}

/// Sums of the target with each factor at its ends and all others uncertain.
private struct FreeMeanAccumulator {
  let base: Int
  /// For each target and matrix, the sums of each replicate.
  var sums: [[[MeanAccumulator]]] = []
  /// For each target, the number of evaluations that are not finite.
  var lost: [Int] = []

  /// Evaluates the model and accumulates the sums.
  static func evaluate(_ problem: SensitivityProblem, _ shown: [Int]) throws -> FreeMeanAccumulator {
    let base = problem.base
    let matrices = max(1, 2 * shown.count)
    let targets = problem.targets.count
    var places: [CoordinateID: Int] = [:]
    for (place, position) in shown.enumerated() {
      for coordinate in problem.factors[position].coordinates { places[coordinate] = place }
    }
    let design = PickFreezeSource(problem, fromB: [[]], base: base)
    let source = EndsSource(design: design, matrices: matrices, places: places)
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) }, points: source)
    let slots = base / AddressBlock.draws * design.segments
    let memory = UnsafeMutablePointer<MeanAccumulator>.allocate(capacity: slots * matrices * targets)
    memory.initialize(repeating: MeanAccumulator(), count: slots * matrices * targets)
    defer { memory.deallocate() }
    nonisolated(unsafe) let own = memory
    let (segments, length) = (design.segments, design.segmentPoints)
    try evaluator.forEachBlock(draws: base * matrices, options: problem.options.engine) { _, block in
      let (part, matrix) = block.number.quotientAndRemainder(dividingBy: matrices)
      for target in 0..<targets {
        for segment in 0..<segments {
          var sums = MeanAccumulator()
          for draw in segment * length..<(segment + 1) * length where block[target][draw].isFinite {
            sums.count += 1
            sums.sum += block[target][draw]
          }
          own[((part * segments + segment) * matrices + matrix) * targets + target] = sums
        }
      }
    }
    var result = FreeMeanAccumulator(base: base)
    for target in 0..<targets {
      var all = [[MeanAccumulator]](
        repeating: .init(repeating: MeanAccumulator(), count: Replicates.count), count: matrices)
      for part in 0..<(base / AddressBlock.draws) {
        for segment in 0..<segments {
          for matrix in 0..<matrices {
            all[matrix][design.replicate(part: part, segment: segment)].add(
              own[((part * segments + segment) * matrices + matrix) * targets + target], times: 1)
          }
        }
      }
      result.lost.append(base * matrices - Int(all.reduce(0) { $0 + $1.total.count }))
      result.sums.append(all)
    }
    return result
  }
}
