import Modeling
import Sampling
import Simulation
import VectorMath

/// Morris' elementary effects: how much the target changes when one factor moves, at many places of the others.
///
/// Trajectories on a grid of four levels of probability, from 5 to 95 %, change one factor after another by two levels
/// (Morris 1991, doi:10.1080/00401706.1991.10484804; the ends are not 0 and 1, where most laws are infinite). Of four
/// times as many random ones those far from each other are kept, one by one (Campolongo, Cariboni & Saltelli 2007,
/// doi:10.1016/j.envsoft.2006.10.004; greedily as in Ruano et al. 2012, doi:10.1016/j.envsoft.2012.03.008). An effect
/// is the change over the step of probability, 0.6.
/// mu* is the mean of magnitudes, mu the mean, sigma the standard deviation. All coordinates of a factor move together.
public enum Morris: SensitivityMethod {
  /// The name as written after `--method`.
  public static let name = "morris"
  /// One line for a reader.
  public static let summary = "elementary effects: the cheapest ranking of many inputs; independent inputs"
  /// Whether factors must be independent.
  public static let needsIndependence = true
  /// Whether figures are shares of a variance.
  public static let needsVariance = false
  /// The indices, the one that factors are ranked by first.
  public static let indices = [
    SensitivityIndex(
      "mu_star", "mu*", "the mean magnitude of the target's change, per unit of the input's probability"),
    SensitivityIndex("mu", "mu", "the mean change"),
    SensitivityIndex("sigma", "sigma", "the standard deviation of the change: curvature and interactions"),
  ]

  static let lowest = 0.05
  /// Between neighbouring levels of four.
  static let spacing = 0.3
  static let trajectories = 128
  /// Candidates for each trajectory that is kept.
  static let candidates = 4
  /// Distances of points that choosing may take: about a second.
  static let work = 200_000_000.0

  /// Each target's figures.
  public static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try requireIndependence(problem)
    let factors = problem.factors.count
    let paths = chosen(factors: factors, seed: problem.model.settings.seed)
    let source = GridSource(problem, paths)
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) }, points: source)
    let columns = try evaluator.columns(draws: paths.count * (factors + 1), options: problem.options.engine)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: paths.count, count: problem.options.bootstraps)
    return problem.targets.indices.map { target in
      let unit = problem.targets[target].unit
      var estimates: [String: [IndexEstimate]] = [:]
      var lost = 0
      for (position, factor) in problem.factors.enumerated() {
        let effects = paths.enumerated().map { number, path -> EffectSums in
          let step = path.order.firstIndex(of: position) ?? 0
          let before = columns[target][number * (factors + 1) + step]
          let after = columns[target][number * (factors + 1) + step + 1]
          let effect = (after - before) / (path.isUp[position] ? 2 * spacing : -2 * spacing) / unit.scale
          return effect.isFinite ? EffectSums(effect) : EffectSums()
        }
        lost += paths.count - Int(effects.total.count)
        for (index, figure) in figures {
          let samples = resampling.samples(of: effects, figure)
          estimates[index, default: []].append(
            resampling.estimate(
              figure(effects.total), samples: samples, floor: 0, index, of: [position], named: factor.name,
              unit: unit.text, isSigned: true))
        }
      }
      return MethodResult(
        method: name, target: target, estimates: indices.flatMap { estimates[$0.name] ?? [] },
        noiseFloors: ["mu_star": 0, "mu": 0, "sigma": 0], main: "mu_star",
        effort: "\(paths.count) trajectories, \(paths.count * (factors + 1)) evaluations",
        notes: lost > 0 ? ["\(lost) effects were not finite, and are left out"] : [], nonFinite: lost)
    }
  }

  private static let figures: [(String, @Sendable (EffectSums) -> Double)] = [
    ("mu_star", { $0.magnitude / $0.count }), ("mu", { $0.sum / $0.count }),
    ("sigma", { max(0, ($0.square - $0.sum * $0.sum / $0.count) / ($0.count - 1)).squareRoot() }),
  ]

  /// A trajectory: the levels at its start, the order in which factors move, and which of them move up.
  struct Path {
    var start: [UInt8]
    var order: [Int]
    var isUp: [Bool]

    /// The levels at its points.
    var points: [[UInt8]] {
      var point = start
      var all = [point]
      for factor in order {
        point[factor] = isUp[factor] ? point[factor] + 2 : point[factor] - 2
        all.append(point)
      }
      return all
    }
  }

  /// Trajectories far from each other.
  static func chosen(factors: Int, seed: UInt64) -> [Path] {
    guard factors > 0 else { return [] }
    // No input is called so: a name has no space.
    var words = WordSequence(StreamKey(seed: seed, address: CoordinateAddress(name: "morris trajectories")).stream)
    let perPair = Double((factors + 1) * (factors + 1) * factors)
    let affordable = (2 * work / perPair).squareRoot()
    let count = max(trajectories, min(candidates * trajectories, Int(affordable)))
    let all = (0..<count).map { _ -> Path in
      let isUp = (0..<factors).map { _ in words.next(below: 2) == 0 }
      let start = isUp.map { UInt8(words.next(below: 2) + ($0 ? 0 : 2)) }
      var order = Array(0..<factors)
      for place in order.indices.reversed() { order.swapAt(place, words.next(below: place + 1)) }
      return Path(start: start, order: order, isUp: isUp)
    }
    guard count > trajectories else { return all }
    let points = all.map(\.points)
    // Each round adds the candidate whose distances to those kept have the greatest sum of squares.
    var sums = [Double](repeating: 0, count: count)
    var rest = Set(1..<count)
    var kept = [0]
    while kept.count < trajectories {
      let last = kept[kept.count - 1]
      let open = rest.sorted()
      let distances = concurrent(open.count) { distance(points[last], points[open[$0]]) }
      for (place, candidate) in open.enumerated() { sums[candidate] += distances[place] * distances[place] }
      guard let next = open.max(by: { (sums[$0], $1) < (sums[$1], $0) }) else { break }
      kept.append(next)
      rest.remove(next)
    }
    return kept.map { all[$0] }
  }

  /// The sum of distances between all points of two trajectories.
  private static func distance(_ a: [[UInt8]], _ b: [[UInt8]]) -> Double {
    var sum = 0.0
    for x in a {
      for y in b {
        var square = 0
        for factor in x.indices {
          let gap = Int(x[factor]) - Int(y[factor])
          square += gap * gap
        }
        sum += Double(square).squareRoot()
      }
    }
    return sum
  }
}

/// Sums over elementary effects.
struct EffectSums: ReplicateSums {
  var count = 0.0
  var sum = 0.0
  var magnitude = 0.0
  var square = 0.0

  init() {}

  init(_ effect: Double) { (count, sum, magnitude, square) = (1, effect, effect.magnitude, effect * effect) }

  mutating func add(_ other: EffectSums, times weight: Double) {
    count += weight * other.count
    sum += weight * other.sum
    magnitude += weight * other.magnitude
    square += weight * other.square
  }
}

/// The points of trajectories, one after another.
private struct GridSource: PointSource {
  let replicates = 1
  private let places: [CoordinateID: Int]
  private let levels: [UInt8]
  private let factors: Int
  private let count: Int

  init(_ problem: SensitivityProblem, _ paths: [Morris.Path]) {
    var places: [CoordinateID: Int] = [:]
    for (position, factor) in problem.factors.enumerated() {
      for coordinate in factor.coordinates { places[coordinate] = position }
    }
    self.places = places
    factors = problem.factors.count
    levels = paths.flatMap { $0.points.flatMap(\.self) }
    count = paths.count * (factors + 1)
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    probabilities.update(repeating: 0.5, count: AddressBlock.draws)
    guard let place = places[CoordinateID(coordinate)] else { return }
    for draw in 0..<min(AddressBlock.draws, max(0, count - block * AddressBlock.draws)) {
      let level = levels[(block * AddressBlock.draws + draw) * factors + place]
      probabilities[draw] = Morris.lowest + Morris.spacing * Double(level)
    }
  }
}

/// Whole numbers from a stream, one after another.
struct WordSequence {
  private let stream: UniformStream
  private var words = [UInt64](repeating: 0, count: UniformStream.blockCount)
  private var place = UniformStream.blockCount
  private var block = 0

  init(_ stream: UniformStream) { self.stream = stream }

  /// The next number from 0 up to a bound; the bias is below bound / 2^52.
  mutating func next(below bound: Int) -> Int {
    if place == words.count {
      let block = block
      words.withUnsafeMutableBufferPointer { [stream] buffer in
        if let start = buffer.baseAddress { stream.fill(block: block, words: start) }
      }
      place = 0
      self.block += 1
    }
    place += 1
    return Int(words[place - 1].multipliedFullWidth(by: UInt64(bound)).high)
  }
}
