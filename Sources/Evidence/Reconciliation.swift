import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// Which inputs would have to move, and by how much, for routes to agree.
///
/// Inputs' normal scores and the differences of routes' logarithms are taken as jointly normal: given that all
/// differences are 0, score j has the mean -c_j' D⁻¹ m and the variance 1 - c_j' D⁻¹ c_j, with m and D the differences'
/// mean and covariance and c_j their covariance with it. It is the linear adjustment of Bayes (Goldstein & Wooff 2007,
/// doi:10.1002/9780470065662, section 3.1), exact where formulas are products of lognormal inputs.
struct Reconciliation {
  /// Maximum number of draws that it is computed from.
  static let mostDraws = 1 << 16

  /// Inputs that move, for each cell, those that move most first.
  let shifts: [[TriangulationResult.Shift]]
  /// The logarithm of what all routes then are: mean and standard deviation, for each cell.
  let reconciled: [(mean: Double, sd: Double)?]
  /// Draws that it is made from.
  let draws: Int

  /// Inputs that move by fewer standard deviations are not listed.
  private static let leastShift = 0.02

  /// Evaluates the routes and adjusts the inputs.
  ///
  /// - Parameters:
  ///   - requests: the routes' columns, for each cell.
  ///   - coordinates: the coordinates that they depend on.
  ///   - wanted: the number of draws, of which at most `mostDraws` are used.
  ///   - phases: receives the time of what does not depend on the number of draws.
  static func adjust(
    _ model: Model, requests: [[ColumnRequest]], coordinates: [CoordinateID], draws wanted: Int,
    options: Engine.Options, phases: PilotPhases
  ) throws -> Reconciliation {
    let draws = min(wanted, mostDraws)
    let routeCount = requests.first?.count ?? 0
    let flat = requests.flatMap(\.self)
    let evaluator = try phases.constant {
      try Evaluator(model: model, requests: flat + coordinates.map { ColumnRequest.score($0) })
    }
    let blocks = (draws + AddressBlock.draws - 1) / AddressBlock.draws
    let cells = requests.count
    let size = JointMomentAccumulator.size(routes: routeCount, coordinates: coordinates.count)
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, blocks * cells * size))
    memory.initialize(repeating: 0, count: max(1, blocks * cells * size))
    defer { memory.deallocate() }
    nonisolated(unsafe) let sums = memory
    try evaluator.forEachBlock(draws: draws, options: options) { _, block in
      let scores = coordinates.indices.map { block[flat.count + $0] }
      for cell in 0..<cells {
        let routes = (0..<routeCount).map { block[cell * routeCount + $0] }
        JointMomentAccumulator.add(
          routes, scores, count: block.count, to: sums + (block.number * cells + cell) * size)
      }
    }
    return phases.constant {
      adjusted(
        UnsafePointer(sums), model, coordinates, cells: cells, routes: routeCount, blocks: blocks, draws: draws)
    }
  }

  /// The adjustment of each cell from the sums of blocks.
  private static func adjusted(
    _ sums: UnsafePointer<Double>, _ model: Model, _ coordinates: [CoordinateID], cells: Int, routes routeCount: Int,
    blocks: Int, draws: Int
  ) -> Reconciliation {
    let size = JointMomentAccumulator.size(routes: routeCount, coordinates: coordinates.count)
    let names = coordinates.map { model.coordinates[$0.position].address.description }
    var shifts: [[TriangulationResult.Shift]] = []
    var reconciled: [(mean: Double, sd: Double)?] = []
    for cell in 0..<cells {
      var parts = [JointMomentAccumulator](
        repeating: JointMomentAccumulator(routes: routeCount, coordinates: names.count), count: WeightedEngine.parts)
      var whole = JointMomentAccumulator(routes: routeCount, coordinates: names.count)
      for block in 0..<blocks {
        let own = UnsafeBufferPointer(start: sums + (block * cells + cell) * size, count: size)
        parts[block % parts.count].add(own)
        whole.add(own)
      }
      guard let adjusted = whole.adjusted() else {
        shifts.append([])
        reconciled.append(nil)
        continue
      }
      let partShifts = parts.map { $0.adjusted()?.shifts }
      let listed = names.indices.map { position in
        TriangulationResult.Shift(
          input: names[position],
          standardisedShift: Estimate(
            adjusted.shifts[position], error: Parts.error(partShifts.map { $0?[position] ?? .nan })),
          posteriorSDRatio: adjusted.left[position])
      }
      shifts.append(
        listed.filter { $0.standardisedShift.value.magnitude >= Self.leastShift }
          .sorted {
            ($1.standardisedShift.value.magnitude, $0.input) < ($0.standardisedShift.value.magnitude, $1.input)
          })
      reconciled.append(adjusted.value)
    }
    return Reconciliation(shifts: shifts, reconciled: reconciled, draws: draws)
  }
}

/// Sums of routes' logarithms, inputs' scores and their products, over draws in which all routes are positive.
private struct JointMomentAccumulator {
  let routes: Int, coordinates: Int
  private var sums: [Double]

  init(routes: Int, coordinates: Int) {
    self.routes = routes
    self.coordinates = coordinates
    sums = [Double](repeating: 0, count: Self.size(routes: routes, coordinates: coordinates))
  }

  /// Count; sums of logarithms and of their products; sums of scores, of their squares and of their products with
  /// logarithms.
  static func size(routes: Int, coordinates: Int) -> Int { 1 + routes + routes * routes + coordinates * (2 + routes) }

  /// Adds a block's draws.
  static func add(
    _ routes: [UnsafeBufferPointer<Double>], _ scores: [UnsafeBufferPointer<Double>], count: Int,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let r = routes.count
    var used: [Int] = []
    used.reserveCapacity(count)
    for draw in 0..<count where routes.allSatisfy({ $0[draw] > 0 && $0[draw] < .infinity }) { used.append(draw) }
    let logarithms = routes.map { column in used.map { log(column[$0]) } }
    sums[0] += Double(used.count)
    let ones = [Double](repeating: 1, count: used.count)
    func product(_ x: [Double], _ y: [Double]) -> Double { innerProduct(x, y, count: used.count) }
    for a in 0..<r {
      sums[1 + a] += product(logarithms[a], ones)
      for b in 0..<r { sums[1 + r + a * r + b] += product(logarithms[a], logarithms[b]) }
    }
    for (j, score) in scores.enumerated() {
      let own = sums + (1 + r + r * r + j * (2 + r))
      let z = used.count == count ? Array(score[0..<count]) : used.map { score[$0] }
      own[0] += product(z, ones)
      own[1] += product(z, z)
      for a in 0..<r { own[2 + a] += product(z, logarithms[a]) }
    }
  }

  mutating func add(_ other: UnsafeBufferPointer<Double>) {
    for k in sums.indices { sums[k] += other[k] }
  }

  /// Scores and the first route given that the differences between neighbouring routes are 0; nil where differences do
  /// not vary.
  func adjusted() -> (shifts: [Double], left: [Double], value: (mean: Double, sd: Double))? {
    let n = sums[0], r = routes
    guard n > Double(r + 1), r > 1 else { return nil }
    let means = (0..<r).map { sums[1 + $0] / n }
    func covariance(_ a: Int, _ b: Int) -> Double { sums[1 + r + a * r + b] / n - means[a] * means[b] }
    var differences = SymmetricMatrix(identityOfSize: r - 1)
    for a in 0..<(r - 1) {
      for b in 0...a {
        differences[a, b] =
          covariance(a, b) - covariance(a, b + 1) - covariance(a + 1, b) + covariance(a + 1, b + 1)
      }
    }
    // Rounding leaves some 1e-16 of squared logarithms where nothing varies.
    let sizes = means.reduce(1) { $0 + $1 * $1 }
    guard (0..<(r - 1)).allSatisfy({ differences[$0, $0] > 1e-14 * sizes }), let factor = differences.choleskyFactor()
    else { return nil }
    let gap = TriangularSystem.solved(factor, (0..<(r - 1)).map { means[$0] - means[$0 + 1] })
    func adjustment(_ covariances: [Double]) -> (mean: Double, variance: Double) {
      let solved = TriangularSystem.solved(factor, covariances)
      return (
        -zip(solved, gap).reduce(0) { $0 + $1.0 * $1.1 }, zip(solved, solved).reduce(0) { $0 + $1.0 * $1.1 }
      )
    }
    var shifts: [Double] = []
    var left: [Double] = []
    for j in 0..<coordinates {
      let own = 1 + r + r * r + j * (2 + r)
      let mean = sums[own] / n
      let variance = sums[own + 1] / n - mean * mean
      let sd = variance.squareRoot()
      let products = (0..<r).map { (sums[own + 2 + $0] / n - mean * means[$0]) / sd }
      let (shift, explained) = adjustment((0..<(r - 1)).map { products[$0] - products[$0 + 1] })
      shifts.append(shift)
      left.append(max(0, 1 - explained).squareRoot())
    }
    let (move, explained) = adjustment((0..<(r - 1)).map { covariance(0, $0) - covariance(0, $0 + 1) })
    return (shifts, left, (means[0] + move, max(0, covariance(0, 0) - explained).squareRoot()))
  }
}
