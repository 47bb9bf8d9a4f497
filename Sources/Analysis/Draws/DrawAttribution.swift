import Diagnostics
import Foundation
import Modeling
import Sampling
import Simulation
import Units
import VectorMath

/// The contribution of each input to the change of a target between two input points.
package struct ShapleyAttribution: Sendable {
  /// The contribution of an input.
  package struct Step: Sendable {
    /// The input.
    package var input: QuantityID
    /// The contribution in the target's unit; the contributions sum to the change.
    package var contribution: Estimate
    /// The factor, if the target is positive on all paths; the factors multiply to the ratio.
    package var factor: Estimate?
    /// The input's percentiles at the start and at the end: the mean over its cells' probabilities and over draws.
    package var percentiles: (start: Double, end: Double)
    /// Its values there, in its unit, as means over draws, if it has one cell and its values are not labels.
    package var values: (start: Double, end: Double)?
  }

  /// The target, a quantity with one cell.
  package var target: QuantityID
  /// The target's value at the start and at the end, in its unit; means over draws.
  package var start: Double, end: Double
  /// The inputs that the target depends on, the largest contribution first.
  package var steps: [Step]
  /// The number of input orders used, and whether these are all.
  package var orders: Int, isExact: Bool
  /// The numbers of draws at the start and at the end: 1 for a single draw, 0 for all inputs at their medians.
  package var draws: (start: Int, end: Int)
}

/// Attributes the target's values in a model's draws to the inputs.
package struct DrawAttribution: Sendable {
  private let model: Model
  private let target: QuantityID
  private let paths: ShapleyPaths

  /// Number of sampled input orders, each with its reverse, if there are too many to use all.
  static let sampledPairs = 500
  /// Maximum number of draws at either end of the change to a quantile.
  static let mostNear = 4000
  /// Maximum number of draws that are sorted by their target; 8 bytes each.
  static let mostDraws = 4_000_000

  /// Creates an attribution for a model's target, a quantity with one cell whose values are not labels.
  ///
  /// - Throws: an error if the target has several cells.
  package init(_ model: Model, target: QuantityID) throws(Diagnostics) {
    let count = model[target].cells.count
    guard count == 1, model[target].input?.categories == nil else {
      let example = count > 1 ? model.labelledName(target, cell: model.defaultCell(of: target)) : nil
      throw Diagnostics(
        count == 1 ? .targetOfLabels : .targetOfSeveralCells(count, example: example),
        at: model.targets.first { $0.quantity == target }?.place)
    }
    self.model = model
    self.target = target
    paths = ShapleyPaths(model, target: target)
  }

  /// The attribution of the change from all inputs at their medians to a draw.
  package func attribution(ofDraw number: Int, options: Engine.Options = .init()) throws -> ShapleyAttribution {
    let probabilities = try probabilities(ofDraws: [number], options: options)[0]
    let endpoints = ShapleyPaths.EndpointPair(start: probabilities.map { _ in 0.5 }, end: probabilities)
    let all = paths.allOrders()
    let orders = all ?? paths.sampledOrders(pairs: Self.sampledPairs, seed: model.settings.seed)
    return try attribution(
      [endpoints], orders.map { (0, $0) }, isExact: all != nil, draws: (0, 1), options: options)
  }

  /// The mean attribution of the change from draws near the target's median to draws near another of its quantiles.
  /// Draws of the first kind are paired with draws of the second, with one random order and its reverse for each pair.
  ///
  /// The draws near a quantile are those among the model's first four million draws whose rank differs from the
  /// quantile's by at most 1 % of all draws; four thousand of them are taken, evenly spaced.
  package func attribution(near probability: Double, options: Engine.Options = .init()) throws -> ShapleyAttribution {
    let draws = min(model.settings.draws, Self.mostDraws)
    // The column, twice while it is collected, and its order.
    try options.memory?.require(
      Double(draws) * 24, for: "\(draws) \(draws == 1 ? "draw, which is" : "draws, which are") kept in memory"
    ) { free in
      free > 24 ? "at most --draws \(Int(free / 24))" : nil
    }
    let column = try Evaluator(model: model, requests: [.cell(target, 0)]).columns(draws: draws, options: options)[0]
    let ordered = column.indices.filter { column[$0].isFinite }.sorted {
      (column[$0], $0) < (column[$1], $1)
    }
    guard !ordered.isEmpty else {
      throw Diagnostics(
        .noFiniteDraw(of: model[target].name), at: model.targets.first { $0.quantity == target }?.place)
    }
    func near(_ probability: Double) -> [Int] {
      let width = max(1, ordered.count / 50)
      let first = min(max(0, Int(probability * Double(ordered.count)) - width / 2), ordered.count - width)
      let window = ordered[first..<(first + width)].sorted()
      let stride = max(1, Double(window.count) / Double(Self.mostNear))
      return (0..<min(window.count, Self.mostNear)).map { window[Int(Double($0) * stride)] }
    }
    let (starts, ends) = (near(0.5), near(probability))
    let wanted = Array(Set(starts + ends)).sorted()
    let positions = Dictionary(uniqueKeysWithValues: zip(wanted, wanted.indices))
    let probabilities = try self.probabilities(ofDraws: wanted, options: options)
    let endpointPairs = zip(starts, ends).map { start, end in
      ShapleyPaths.EndpointPair(start: probabilities[positions[start] ?? 0], end: probabilities[positions[end] ?? 0])
    }
    let orders = paths.sampledOrders(pairs: endpointPairs.count, seed: model.settings.seed)
    return try attribution(
      endpointPairs, orders.enumerated().map { ($0.offset / 2, $0.element) }, isExact: false,
      draws: (starts.count, ends.count), options: options)
  }

  private func attribution(
    _ endpointPairs: [ShapleyPaths.EndpointPair], _ orders: [(endpoints: Int, order: [Int])], isExact: Bool,
    draws: (start: Int, end: Int),
    options: Engine.Options
  ) throws -> ShapleyAttribution {
    let scale = model[target].unit.reportScale
    let values = try paths.values(endpointPairs, paths: orders, options: options).map { $0.map { $0 / scale } }
    let isPositive = values.allSatisfy { $0.allSatisfy { $0 > 0 && $0.isFinite } }
    let sums = contributions(values, orders, isExact: isExact)
    let logarithms =
      isPositive ? contributions(values.map { $0.map { PortableMath.log($0) } }, orders, isExact: isExact) : nil
    let inputs = try inputValues(endpointPairs, options: options)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
    let steps = paths.factors.enumerated().map { position, factor in
      func percentile(_ end: KeyPath<ShapleyPaths.EndpointPair, [Double]>) -> Double {
        mean(endpointPairs.map { endpoints in mean(factor.coordinates.map { endpoints[keyPath: end][$0.position] }) })
      }
      return ShapleyAttribution.Step(
        input: factor.quantity, contribution: sums[position],
        factor: logarithms.map {
          Estimate(
            PortableMath.exp($0[position].value), error: PortableMath.exp($0[position].value) * $0[position].error)
        },
        percentiles: (percentile(\.start), percentile(\.end)), values: inputs[position])
    }
    return ShapleyAttribution(
      target: target, start: mean(values.map { $0[0] }), end: mean(values.map { $0[$0.count - 1] }),
      steps: steps.sorted { $0.contribution.value.magnitude > $1.contribution.value.magnitude }, orders: orders.count,
      isExact: isExact, draws: draws)
  }

  /// The mean contribution of each factor over paths; the error is that of pairs of an order and its reverse.
  private func contributions(_ values: [[Double]], _ orders: [(endpoints: Int, order: [Int])], isExact: Bool)
    -> [Estimate]
  {
    let gains = zip(values, orders).map { paths.gains($0, order: $1.order) }
    return paths.factors.indices.map { factor in
      let all = gains.map { $0[factor] }
      let mean = all.reduce(0, +) / Double(max(1, all.count))
      if isExact { return Estimate(mean, error: 0) }
      let pairs = stride(from: 0, to: all.count - 1, by: 2).map { (all[$0] + all[$0 + 1]) / 2 }
      let n = Double(pairs.count)
      let squares = pairs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Estimate(mean, error: n > 1 ? (squares / (n - 1) / n).squareRoot() : .nan)
    }
  }

  /// The mean values of one-celled inputs at the starts and at the ends, in their units.
  private func inputValues(
    _ endpointPairs: [ShapleyPaths.EndpointPair], options: Engine.Options
  ) throws -> [(start: Double, end: Double)?] {
    let scalars = paths.factors.filter {
      model[$0.quantity].cells.count == 1 && model[$0.quantity].input?.categories == nil
    }
    var free = model
    free.components = []
    let evaluator = try Evaluator(
      model: free, requests: scalars.map { .cell($0.quantity, 0) },
      points: Ends(endpointPairs: endpointPairs))
    let columns = try evaluator.columns(draws: 2 * endpointPairs.count, options: options)
    var means: [QuantityID: (start: Double, end: Double)] = [:]
    for (factor, column) in zip(scalars, columns) {
      let (unit, n) = (model[factor.quantity].unit, Double(max(1, endpointPairs.count)))
      means[factor.quantity] = (
        column.prefix(endpointPairs.count).reduce(0, +) / n / unit,
        column.suffix(endpointPairs.count).reduce(0, +) / n / unit
      )
    }
    return paths.factors.map { means[$0.quantity] }
  }

  /// For each draw, the probabilities of all coordinates after correlation.
  private func probabilities(ofDraws numbers: [Int], options: Engine.Options) throws -> [[Double]] {
    let needed = Set(paths.factors.flatMap(\.coordinates))
    let coordinates = model.coordinates.indices.map(CoordinateID.init).filter(needed.contains)
    let evaluator = try Evaluator(model: model, requests: coordinates.map { .probability($0) })
    let found = try evaluator.values(ofDraws: numbers, options: options)
    return numbers.indices.map { position in
      var probabilities = [Double](repeating: 0.5, count: model.coordinates.count)
      for (request, coordinate) in coordinates.enumerated() {
        probabilities[coordinate.position] = found[request][position]
      }
      return probabilities
    }
  }

  /// The starting points, followed by the end points.
  private struct Ends: PointSource {
    let replicates = 1
    let endpointPairs: [ShapleyPaths.EndpointPair]

    func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
      for draw in 0..<AddressBlock.draws {
        let point = block * AddressBlock.draws + draw
        probabilities[draw] =
          point < endpointPairs.count
          ? endpointPairs[point].start[coordinate]
          : point < 2 * endpointPairs.count ? endpointPairs[point - endpointPairs.count].end[coordinate] : 0.5
      }
    }
  }
}
