import Modeling
import Sampling
import Simulation
import VectorMath

/// Morris' elementary effects, EE = ΔY / Δu for a step Δu of one factor's probability at many values of the others:
/// mu* = E |EE| (Campolongo, Cariboni & Saltelli 2007, doi:10.1016/j.envsoft.2006.10.004), mu = E EE and sigma, the
/// standard deviation of EE.
///
/// Example: `loadcast sensitivity scenario.yaml --method morris --levels 4 --trajectories 128`.
///
/// Trajectories on a grid of p levels of probability, from 5 to 95 %, change one factor after another by p / 2 levels,
/// Δu = 0.9 (p / 2) / (p - 1) (Morris 1991, doi:10.1080/00401706.1991.10484804; the ends are not 0 and 1, where most
/// distributions are infinite). Moments are over the grid: every level and both directions are equally frequent
/// (`MorrisDesign`), unlike in trajectories chosen for their mutual distance, which favour the corners.
///
/// All coordinates of a factor move together. Intervals are computed from the spread of the design's groups, which are
/// independent.
package enum Morris: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "morris"
  /// A one-line summary.
  package static let summary = "elementary effects: the cheapest ranking of many inputs; independent inputs"
  /// Whether factors must be independent.
  package static let needsIndependence = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = false
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex(
      "mu_star", "mu*", "the mean magnitude of the target's change, per unit of the input's probability"),
    SensitivityIndex("mu", "mu", "the mean change"),
    SensitivityIndex("sigma", "sigma", "the standard deviation of the change: curvature and interactions"),
  ]

  /// Number of levels of the grid; even, so that a step of half of them reaches every level equally often.
  package static let levels = 2...64
  /// Number of trajectories; rounded up to whole groups and to at least two groups.
  package static let trajectories = 4...65_536
  /// The default number of levels, as in Morris (1991).
  package static let defaultLevels = 4
  /// The default number of trajectories: 16 groups on four levels.
  package static let defaultTrajectories = 128

  static let lowest = 0.05
  static let highest = 0.95

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try requireIndependence(problem)
    let factors = problem.factors.count
    let design = MorrisDesign(
      factors: factors, levels: problem.options.levels, trajectories: problem.options.trajectories,
      seed: problem.model.settings.seed)
    let paths = design.paths
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) },
      points: GridSource(problem, design))
    let columns = try evaluator.columns(draws: paths.count * (factors + 1), options: problem.options.engine)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: design.groups, count: problem.options.bootstraps)
    return problem.targets.indices.map { target in
      let unit = problem.targets[target].unit
      var estimates: [String: [IndexEstimate]] = [:]
      var lost = 0
      // Squares of effects near 1e300 or 1e-300 exceed the range of Double, so sums are scaled by a power of two.
      let own = columns[target].lazy.filter(\.isFinite)
      let spread = 2 * min((own.max() ?? 0) / 2 - (own.min() ?? 0) / 2, .greatestFiniteMagnitude / 2)
      let size = SquareUnit.of(spread / unit.scale)
      for (position, factor) in problem.factors.enumerated() {
        var effects = [ElementaryEffectAccumulator](repeating: ElementaryEffectAccumulator(), count: design.groups)
        for (number, path) in paths.enumerated() {
          let step = path.order.firstIndex(of: position) ?? 0
          let before = columns[target][number * (factors + 1) + step]
          let after = columns[target][number * (factors + 1) + step + 1]
          let effect =
            (after - before) / (path.isUp[position] ? design.step : -design.step) / unit.scale
            / size
          if effect.isFinite {
            effects[number / design.groupSize].add(ElementaryEffectAccumulator(effect), times: 1)
          } else {
            lost += 1
          }
        }
        for (index, figure) in figures(effects) {
          estimates[index, default: []].append(
            resampling.estimate(figure.times(size), index, of: [position], named: factor.name, unit: unit.text))
        }
      }
      return MethodResult(
        method: name, target: target, estimates: indices.flatMap { estimates[$0.name] ?? [] },
        noiseFloors: ["mu_star": 0, "mu": 0, "sigma": 0], main: "mu_star",
        effort: "\(paths.count) trajectories on \(design.levels) levels, \(paths.count * (factors + 1)) evaluations",
        notes: lost > 0 ? ["\(lost) effects were not finite and are excluded"] : [], nonFinite: lost)
    }
  }

  /// The means of groups' means, and sigma from σ² = mean square less the mean product of different groups' means,
  /// which is unbiased; its interval is obtained from that of σ² by square roots.
  private static func figures(_ groups: [ElementaryEffectAccumulator]) -> [(String, GroupedEstimate)] {
    let own = groups.filter { $0.count > 0 }
    let n = Double(own.count)
    guard own.count > 1 else { return indices.map { ($0.name, GroupedEstimate.unknown) } }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / n }
    func interval(_ influence: [Double], _ value: Double) -> GroupedEstimate {
      let centre = mean(influence)
      let squares = influence.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
      // Groups that differ only by rounding have no meaningful error.
      let rounding = Double(own.count) * 0x1p-52 * influence.reduce(0) { max($0, $1.magnitude) }
      let error = (squares / (n * (n - 1))).squareRoot()
      return GroupedEstimate(
        value: value, error: error > rounding ? error : 0, influence: influence.map { $0 - centre })
    }
    let magnitudes = own.map { $0.magnitude / $0.count }
    let means = own.map { $0.sum / $0.count }
    let squares = own.map { $0.square / $0.count }
    let total = means.reduce(0, +)
    // For each group, its mean square less its mean times the mean of the other groups.
    let spreads = zip(squares, means).map { $0 - $1 * (total - $1) / (n - 1) }
    let largest = squares.reduce(0, max)
    let variance = mean(spreads)
    // A variance below the rounding error of the squares is zero: a straight line has no spread of effects.
    let isZero = variance < largest * 0x1p-40
    // The influence of a group on a product of means is twice that in its own row.
    let average = total / n
    let influence = zip(squares, means).map { $0 - 2 * $1 * average }
    let square = interval(influence, variance)
    let sigma = isZero ? 0 : variance.squareRoot()
    var deviation = GroupedEstimate(
      value: sigma, error: isZero ? 0 : square.error / (2 * sigma),
      influence: square.influence.map { isZero ? 0 : $0 / (2 * sigma) })
    let reach = Resampling.quantile(df: own.count - 1) * square.error
    deviation.ends = isZero ? (0, 0) : (max(0, variance - reach).squareRoot(), (variance + reach).squareRoot())
    return [
      ("mu_star", interval(magnitudes, mean(magnitudes))), ("mu", interval(means, average)), ("sigma", deviation),
    ]
  }
}

/// An estimate from independent groups.
private struct GroupedEstimate {
  var value: Double
  var error: Double
  /// The contribution of each group to the estimate, less the mean.
  var influence: [Double]
  /// The ends of the interval if it is not symmetric.
  var ends: (low: Double, high: Double)?

  static let unknown = GroupedEstimate(value: .nan, error: .nan, influence: [])

  func times(_ factor: Double) -> GroupedEstimate {
    guard factor != 1 else { return self }
    return GroupedEstimate(
      value: value * factor, error: error * factor, influence: influence.map { $0 * factor },
      ends: ends.map { ($0.low * factor, $0.high * factor) })
  }
}

extension Resampling {
  fileprivate func estimate(
    _ figure: GroupedEstimate, _ index: String, of factors: [Int], named name: String, unit: String
  ) -> IndexEstimate {
    let n = figure.influence.count
    let reach = Self.quantile(df: n - 1) * figure.error
    // Joint samples require the same groups for every factor.
    let samples =
      n == groups
      ? samples { weights in
        (0..<n).reduce(figure.value) { $0 + (weights[$1] - 1) * figure.influence[$1] / Double(n) }
      } : []
    return IndexEstimate(
      factors: factors, name: name, index: index, value: figure.value, low: figure.ends?.low ?? figure.value - reach,
      high: figure.ends?.high ?? figure.value + reach, error: figure.error,
      distinguishable: Self.isDistinguishable(figure.value, reach: reach, floor: 0, isSigned: true), unit: unit,
      samples: samples)
  }
}

/// Sums over elementary effects.
private struct ElementaryEffectAccumulator: ReplicateAccumulator {
  var count = 0.0
  var magnitude = 0.0
  var sum = 0.0
  var square = 0.0

  init() {}

  init(_ effect: Double) {
    count = 1
    magnitude = effect.magnitude
    sum = effect
    square = effect * effect
  }

  mutating func add(_ other: ElementaryEffectAccumulator, times weight: Double) {
    count += weight * other.count
    magnitude += weight * other.magnitude
    sum += weight * other.sum
    square += weight * other.square
  }
}

/// The points of trajectories, one after another.
private struct GridSource: PointSource {
  let replicates = 1
  private let places: [CoordinateID: Int]
  private let points: [UInt8]
  private let probabilities: [Double]
  private let factors: Int
  private let count: Int

  init(_ problem: SensitivityProblem, _ design: MorrisDesign) {
    var places: [CoordinateID: Int] = [:]
    for (position, factor) in problem.factors.enumerated() {
      for coordinate in factor.coordinates { places[coordinate] = position }
    }
    self.places = places
    factors = problem.factors.count
    points = design.paths.flatMap { design.points(of: $0).flatMap(\.self) }
    probabilities = (0..<design.levels).map(design.probability)
    count = design.paths.count * (factors + 1)
  }

  func fill(_ coordinate: Int, block: Int, into column: UnsafeMutablePointer<Double>) {
    column.update(repeating: 0.5, count: AddressBlock.draws)
    guard let place = places[CoordinateID(coordinate)] else { return }
    for draw in 0..<min(AddressBlock.draws, max(0, count - block * AddressBlock.draws)) {
      column[draw] = probabilities[Int(points[(block * AddressBlock.draws + draw) * factors + place])]
    }
  }
}
