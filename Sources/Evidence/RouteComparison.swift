import Diagnostics
import Distributions
import Foundation
import LinearAlgebra
import Modeling
import Sampling
import Simulation
import Units

/// Routes to one quantity, compared in the joint draws and pooled.
///
/// All figures but the routes' own are of draws in which every route is positive, on the scale of logarithms: routes are
/// wrong by factors. Draws are joint, so what routes have in common cancels in their ratios.
package struct RouteComparison {
  /// Maximum number of draws used, and of values stored at once (256 MiB).
  static let mostDraws = 1 << 17
  private static let mostValues = 1 << 25

  private let model: Model

  /// The triangulations of a model.
  package init(model: Model) { self.model = model }

  /// One result for each triangulation of the model, from the first draws of a run.
  ///
  /// - Throws: `Diagnostics` where weights that are formulas are negative or do not sum to 1; `CancellationError`.
  package func results(draws: Int, options: Engine.Options = .init()) throws -> [TriangulationResult] {
    let count = Double(max(1, model.triangulations.count))
    return try model.triangulations.enumerated().map { position, triangulation in
      try result(
        triangulation, draws: draws,
        options: options.progressing(from: Double(position) / count, to: Double(position + 1) / count))
    }
  }

  /// The draws of which some columns are kept.
  private static func keptDraws(of draws: Int, columns: Int) -> Int {
    min(draws, mostDraws, max(AddressBlock.draws * 16, mostValues / max(1, columns)))
  }

  /// Bytes of the largest triangulation: its columns, twice while they are collected, and for each worker the logarithms,
  /// ratios and pools of the routes to one cell.
  func bytes(draws: Int, workers: Int) -> Double {
    model.triangulations.map { triangulation in
      let (cells, routes) = (triangulation.cells.count, triangulation.routes.count)
      let kept = Self.keptDraws(of: draws, columns: cells * routes)
      return 8 * Double(kept) * Double(2 * cells * routes + 4 * min(workers, cells) * routes)
    }.max() ?? 0
  }

  /// The processor seconds of all comparisons, estimated from few draws.
  ///
  /// - Throws: as `results`.
  func pilotSeconds(draws: Int, options: Engine.Options) throws -> Double {
    var alone = options
    alone.workers = 1
    let few = min(draws, AddressBlock.draws * Self.pilotBlocks)
    return try model.triangulations.reduce(0.0) { sum, triangulation in
      let cells = triangulation.cells.count
      let columns = cells * triangulation.routes.count
      let kept = Double(Self.keptDraws(of: draws, columns: columns)) / Double(Self.keptDraws(of: few, columns: columns))
      let phases = PilotPhases(times: kept)
      let joint = try joint(triangulation, draws: few, options: alone, phases: phases)
      let whole = phases.seconds
      let some = min(cells, Self.pilotCells)
      var clock = PilotClock()
      let compared = comparisons(of: triangulation, joint, cells: some, options: alone)
      let constantOfSome = compared.reduce(0) { $0 + $1.constantSeconds }
      let own = max(0, clock.lap() - constantOfSome)
      let share = Double(max(1, some)) / Double(max(1, cells))
      return sum + whole + (constantOfSome + own * kept) / share
    }
  }

  /// Blocks of the pilot, and cells that it compares: enough for the time that a draw of a cell takes, within a tenth.
  private static let pilotBlocks = 4, pilotCells = 2

  /// Checks the weights that are formulas, without making draws.
  ///
  /// - Throws: `Diagnostics` where they are negative or do not sum to 1; `CancellationError`.
  func checkWeights(options: Engine.Options = .init()) throws {
    for triangulation in model.triangulations { _ = try weights(of: triangulation, options) }
  }

  /// What a comparison of cells is made from.
  private struct Joint {
    let weights: [[Double]]
    /// Draws of which columns are kept, and the columns: the routes of the first cell, then of the others.
    let draws: Int
    let columns: [[Double]]
    let reconciliation: Reconciliation
  }

  /// The routes' columns in all cells, and what is made from the joint draws of all.
  private func joint(
    _ triangulation: Triangulation, draws: Int, options: Engine.Options, phases: PilotPhases = PilotPhases()
  ) throws -> Joint {
    let cells = triangulation.cells.count
    let requests = (0..<cells).map { cell in
      triangulation.routes.map { request($0.quantity, $0.labels, cell: cell, of: triangulation) }
    }
    let weights = try phases.constant { try self.weights(of: triangulation, options) }
    let routes = triangulation.routes.count
    let kept = Self.keptDraws(of: draws, columns: cells * routes)
    let evaluator = try phases.constant { try Evaluator(model: model, requests: requests.flatMap(\.self)) }
    let columns = try evaluator.columns(draws: kept, options: options.progressing(from: 0, to: 0.5))
    let reconciliation = try Reconciliation.adjust(
      model, requests: requests, coordinates: evaluator.coordinates, draws: kept,
      options: options.progressing(from: 0.5, to: 0.7), phases: phases)
    return Joint(weights: weights, draws: kept, columns: columns, reconciliation: reconciliation)
  }

  /// The comparisons of the first cells.
  private func comparisons(
    of triangulation: Triangulation, _ joint: Joint, cells: Int, options: Engine.Options
  ) -> [CellComparison] {
    let routes = triangulation.routes.count
    return concurrentMap(cells, workers: options.width) { cell in
      CellComparison(
        triangulation, Array(joint.columns[(cell * routes)..<((cell + 1) * routes)]), weights: joint.weights[cell],
        seed: model.settings.seed, cell: model.labels(ofCell: cell, in: triangulation.cells).joined(separator: ","))
    }
  }

  private func result(
    _ triangulation: Triangulation, draws: Int, options: Engine.Options
  ) throws -> TriangulationResult {
    let joint = try joint(triangulation, draws: draws, options: options)
    let reconciliation = joint.reconciliation
    let results = comparisons(of: triangulation, joint, cells: triangulation.cells.count, options: options)
    let scale = triangulation.unit.reportScale
    return TriangulationResult(
      triangulation: triangulation,
      cells: results.enumerated().map { cell, compared in
        let value = reconciliation.reconciled[cell]
        func quantile(_ p: Double) -> Double {
          value.map { exp($0.mean + $0.sd * StandardNormal.quantile(p)) / scale } ?? .nan
        }
        return TriangulationResult.Cell(
          routes: compared.routes, weights: joint.weights[cell], pools: compared.pools, conflicts: compared.conflicts,
          consistency: compared.consistency, shifts: reconciliation.shifts[cell],
          reconciled: (quantile(0.05), quantile(0.5), quantile(0.95)), nonFinite: compared.nonFinite)
      }, draws: joint.draws, shiftDraws: reconciliation.draws)
  }

  /// The column of a quantity in a cell of the triangulation, at labels picked first.
  private func request(
    _ id: QuantityID, _ labels: [IndexID: Int], cell: Int, of triangulation: Triangulation
  ) -> ColumnRequest {
    let space = model[id].cells
    var all = Dictionary(
      uniqueKeysWithValues: zip(triangulation.cells.indexes, triangulation.cells.positions(ofCell: cell)))
    all.merge(labels) { $1 }
    return .cell(id, space.cell(at: space.indexes.map { all[$0] ?? 0 }))
  }

  /// The routes' weights in each cell.
  private func weights(of triangulation: Triangulation, _ options: Engine.Options) throws -> [[Double]] {
    let formulas = triangulation.routes.contains { if case .quantity = $0.weight { true } else { false } }
    let cells = triangulation.cells.count
    guard formulas else {
      return [[Double]](
        repeating: triangulation.routes.map { if case .number(let number) = $0.weight { number } else { .nan } },
        count: cells)
    }
    var requests: [ColumnRequest] = []
    for cell in 0..<cells {
      for route in triangulation.routes {
        if case .quantity(let id, let labels) = route.weight {
          requests.append(request(id, labels, cell: cell, of: triangulation))
        }
      }
    }
    let columns = try Evaluator(model: model, requests: requests).columns(draws: 1, options: options.withoutProgress)
    var values = columns.map { $0[0] }[...]
    return try (0..<cells).map { cell in
      let weights = triangulation.routes.map { route in
        if case .number(let number) = route.weight { number } else { values.popFirst() ?? .nan }
      }
      let sum = weights.reduce(0, +)
      guard weights.allSatisfy({ $0 >= 0 }), abs(sum - 1) <= 1e-9 else {
        let labels = model.labels(ofCell: cell, in: triangulation.cells).joined(separator: ", ")
        throw Diagnostics(
          .routeWeights(
            of: triangulation.name, cell: labels,
            weights: zip(triangulation.routes, weights).map { ($0.label, $1) }),
          at: triangulation.place)
      }
      return weights
    }
  }
}

/// A comparison of routes in one cell.
private struct CellComparison {
  let routes: [CellSummary]
  private(set) var pools: [CellSummary] = []
  private(set) var conflicts: [TriangulationResult.Conflict] = []
  private(set) var consistency = TriangulationResult.Consistency(
    cochranQ: .nan, pValue: .nan, heterogeneity: (.nan, .nan, .nan))
  let nonFinite: Int
  /// Processor seconds of what does not depend on the number of draws; those of one thread, if no other is at work.
  private(set) var constantSeconds = 0.0

  /// - Parameter columns: the routes' draws, in base units.
  init(_ triangulation: Triangulation, _ columns: [[Double]], weights: [Double], seed: UInt64, cell: String) {
    let scale = triangulation.unit.reportScale
    let draws = columns[0].count
    let equal = EqualWeights(count: draws)
    let reported = columns.map { column in column.map { $0 / scale } }
    routes = reported.map { DrawSummary(of: $0, weights: equal).cell }
    // Not a number where any route is not positive and finite.
    var isUsed = [Bool](repeating: true, count: draws)
    for column in columns {
      for draw in 0..<draws where !(column[draw] > 0 && column[draw] < .infinity) { isUsed[draw] = false }
    }
    let used = isUsed.indices.filter { isUsed[$0] }
    nonFinite = draws - used.count
    let usesAll = used.count == draws
    func masked(_ columns: [[Double]]) -> [[Double]] {
      usesAll ? columns : columns.map { column in column.indices.map { isUsed[$0] ? column[$0] : .nan } }
    }
    guard used.count > 1 else {
      pools = triangulation.pools.map { _ in DrawSummary(of: []).cell }
      return
    }
    let logarithms = columns.map { column in column.indices.map { isUsed[$0] ? log(column[$0]) : .nan } }
    let (means, covariance) = Self.moments(logarithms, used)
    let start = PilotClock.seconds
    let heterogeneity = Heterogeneity(means: means, covariance: covariance, scale: triangulation.heterogeneity)
    constantSeconds = PilotClock.seconds - start
    pools = triangulation.pools.map { pool in
      switch pool {
      case .linear:
        return DrawSummary(ofMixture: Array(zip(masked(reported), weights))).cell
      case .logarithmic:
        let means = Self.sums(logarithms, weights)
        return DrawSummary(of: means.map { exp($0) / scale }, weights: equal).cell
      case .hierarchical:
        guard let heterogeneity else { return DrawSummary(of: []).cell }
        let pooled = Self.hierarchical(logarithms, heterogeneity, triangulation, seed, cell)
        return DrawSummary(of: pooled.map { $0 / scale }, weights: equal).cell
      }
    }
    for first in columns.indices {
      for second in columns.indices.dropFirst(first + 1) {
        conflicts.append(
          Self.conflict(
            first, second, zip(logarithms[first], logarithms[second]).map { $0 - $1 }, equal, means, covariance))
      }
    }
    if let heterogeneity { consistency.heterogeneity = heterogeneity.quantiles }
    if let q = Self.q(means, covariance) {
      consistency.cochranQ = q
      consistency.pValue = TestDistribution.chiSquared(df: Double(columns.count - 1))?.survival(q) ?? .nan
    }
  }

  /// The weighted sum of the routes' logarithms in each draw.
  private static func sums(_ logarithms: [[Double]], _ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: logarithms[0].count)
    for (column, weight) in zip(logarithms, weights) {
      for draw in sums.indices { sums[draw] += column[draw] * weight }
    }
    return sums
  }

  /// Means and covariance of logarithms.
  private static func moments(_ logarithms: [[Double]], _ used: [Int]) -> ([Double], SymmetricMatrix) {
    let n = Double(used.count)
    let logarithms =
      used.count == logarithms[0].count ? logarithms : logarithms.map { column in used.map { column[$0] } }
    let means = logarithms.map { column in column.reduce(0, +) / n }
    var covariance = SymmetricMatrix(identityOfSize: logarithms.count)
    for a in logarithms.indices {
      for b in 0...a {
        let pairs = zip(logarithms[a], logarithms[b])
        covariance[a, b] = pairs.reduce(0.0) { $0 + ($1.0 - means[a]) * ($1.1 - means[b]) } / n
      }
    }
    return (means, covariance)
  }

  /// Draws of the quantity that the routes measure: their weighted mean with an error from the spread between them.
  private static func hierarchical(
    _ logarithms: [[Double]], _ heterogeneity: Heterogeneity, _ triangulation: Triangulation, _ seed: UInt64,
    _ cell: String
  ) -> [Double] {
    // No input has a name with a space.
    let streams = MonteCarlo(
      seed: seed,
      coordinates: ["spread", "error"].map {
        CoordinateAddress(
          name: "evidence \($0)",
          labels: [.init(index: "estimate", label: triangulation.name), .init(index: "cell", label: cell)])
      })
    let draws = logarithms[0].count
    var uniforms = [[Double]](repeating: [Double](repeating: 0.5, count: AddressBlock.draws), count: 2)
    var pooled: [Double] = []
    pooled.reserveCapacity(draws)
    for first in stride(from: 0, to: draws, by: AddressBlock.draws) {
      for k in 0..<2 { streams.fill(coordinate: k, block: first / AddressBlock.draws, into: &uniforms[k]) }
      for draw in first..<min(first + AddressBlock.draws, draws) {
        let place = Int(uniforms[0][draw - first] * Double(heterogeneity.strata.count))
        let stratum = heterogeneity.strata[min(place, heterogeneity.strata.count - 1)]
        let error = stratum.spread * StandardNormal.quantile(uniforms[1][draw - first])
        var sum = 0.0
        for route in logarithms.indices { sum += logarithms[route][draw] * stratum.weights[route] }
        pooled.append(exp(sum + error))
      }
    }
    return pooled
  }

  private static func conflict(
    _ first: Int, _ second: Int, _ differences: [Double], _ weights: EqualWeights, _ means: [Double],
    _ covariance: SymmetricMatrix
  ) -> TriangulationResult.Conflict {
    let summary = DrawSummary(of: differences, weights: weights)
    let ratios = summary.quantiles([0.05, 0.5, 0.95]).map { logarithm in
      Estimate(exp(logarithm.value), error: exp(logarithm.value) * logarithm.error)
    }
    let finite = differences.reduce(0) { $0 + ($1.isFinite ? 1 : 0) }
    let positive = differences.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    let negative = differences.reduce(0) { $0 + ($1 < 0 ? 1 : 0) }
    let rarer = Double(min(positive, negative))
    let variance = covariance[first, first] + covariance[second, second] - 2 * covariance[first, second]
    let apart = (means[first] - means[second]).magnitude / max(variance, 0).squareRoot()
    let isCounted = rarer >= leastCount
    let pValue = isCounted ? min(1, 2 * rarer / Double(finite)) : 2 * StandardNormal.survival(apart)
    return TriangulationResult.Conflict(
      first: first, second: second, ratio: (ratios[0], ratios[1], ratios[2]), exceeds: summary.share(above: 0),
      pValue: pValue, z: isCounted ? -StandardNormal.quantile(pValue / 2) : apart)
  }

  /// Draws on the other side of 1 from which a probability is counted; of fewer, the normal distribution of the
  /// logarithm serves.
  private static let leastCount = 50.0

  /// m' D⁻¹ m of the differences between neighbouring routes: Cochran's Q (1954, doi:10.2307/3001666) with the
  /// covariance of the draws; nil where differences do not vary.
  private static func q(_ means: [Double], _ covariance: SymmetricMatrix) -> Double? {
    let count = means.count - 1
    var differences = SymmetricMatrix(identityOfSize: count)
    for a in 0..<count {
      for b in 0...a {
        differences[a, b] =
          covariance[a, b] - covariance[a, b + 1] - covariance[a + 1, b] + covariance[a + 1, b + 1]
      }
    }
    // Rounding leaves some 1e-16 of squared logarithms where nothing varies.
    let sizes = means.reduce(1) { $0 + $1 * $1 }
    guard (0..<count).allSatisfy({ differences[$0, $0] > 1e-14 * sizes }), let factor = differences.choleskyFactor()
    else { return nil }
    let solved = TriangularSystem.solved(factor, (0..<count).map { means[$0] - means[$0 + 1] })
    return solved.reduce(0) { $0 + $1 * $1 }
  }
}
