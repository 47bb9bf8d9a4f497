import Foundation
import Modeling
import Sampling
import Simulation
import Units

/// What the inputs of a model contribute to the way of a target from one joint value of theirs to another.
public struct ShapleyAttribution: Sendable {
  /// What an input contributes.
  public struct Step: Sendable {
    /// The input.
    public var input: QuantityID
    /// What it adds, in the target's unit; all together they add up to the way.
    public var contribution: Estimate
    /// What it multiplies by, where the target is positive on all paths; all together they multiply to the ratio.
    public var factor: Estimate?
    /// Where the input stands at the start and at the end: the mean of its cells' probabilities, and of draws'.
    public var percentiles: (start: Double, end: Double)
    /// Its value there, in its unit, if it has one cell and is no label: the mean over draws.
    public var values: (start: Double, end: Double)?
  }

  /// The target, a quantity with one cell.
  public var target: QuantityID
  /// The target's value at the start and at the end, in its unit; means over draws.
  public var start: Double, end: Double
  /// The inputs that the target needs, the largest contribution first.
  public var steps: [Step]
  /// How many orders of the inputs were looked at, and whether these are all.
  public var orders: Int, isExact: Bool
  /// Draws at the start and at the end; 1 where it is a single one, 0 where all inputs stand at their medians.
  public var draws: (start: Int, end: Int)
}

/// Why a model's draws are where they are.
public struct DrawAttribution: Sendable {
  private let model: Model
  private let target: QuantityID
  private let paths: ShapleyPaths

  /// Orders of inputs that are sampled, each with its reverse, where there are too many for all.
  static let sampledPairs = 500
  /// Draws at either end of the way to a quantile, at most.
  static let mostNear = 4000
  /// Draws that are sorted by their target, at most: 8 bytes each.
  static let mostDraws = 4_000_000

  /// Of a model's target, a quantity with one cell that is no label.
  ///
  /// - Throws: that the target has several cells.
  public init(_ model: Model, target: QuantityID) throws(Diagnostics) {
    let count = model[target].cells.count
    guard count == 1, model[target].input?.categories == nil else {
      let example = count > 1 ? model.labelledName(target, cell: model.defaultCell(of: target)) : nil
      throw Diagnostics([
        Diagnostic(
          "a target is one number, and this has \(count) cells",
          at: model.targets.first { $0.quantity == target }?.place, expected: example.map { "one cell, as \($0)" })
      ])
    }
    self.model = model
    self.target = target
    paths = ShapleyPaths(model, target: target)
  }

  /// The way from all inputs at their medians to a draw.
  public func attribution(ofDraw number: Int, options: Engine.Options = .init()) throws -> ShapleyAttribution {
    let probabilities = try probabilities(ofDraws: [number], options: options)[0]
    let endpoints = ShapleyPaths.EndpointPair(start: probabilities.map { _ in 0.5 }, end: probabilities)
    let all = paths.allOrders()
    let orders = all ?? paths.sampledOrders(pairs: Self.sampledPairs, seed: model.settings.seed)
    return try attribution(
      [endpoints], orders.map { (0, $0) }, isExact: all != nil, draws: (0, 1), options: options)
  }

  /// The way from draws near the target's median to draws near another of its quantiles, in the mean: draws of the one
  /// kind are paired with draws of the other, one random order and its reverse for each pair.
  ///
  /// Near a quantile is, of the model's first four million draws, what lies within 1 % of all draws to either side of
  /// it in rank; of these four thousand, evenly.
  public func attribution(near probability: Double, options: Engine.Options = .init()) throws -> ShapleyAttribution {
    let draws = min(model.settings.draws, Self.mostDraws)
    let column = try Evaluator(model: model, requests: [.cell(target, 0)]).columns(draws: draws, options: options)[0]
    let ordered = column.indices.filter { column[$0].isFinite }.sorted {
      (column[$0], $0) < (column[$1], $1)
    }
    guard !ordered.isEmpty else {
      throw Diagnostics([Diagnostic("no draw of `\(model[target].name)` is finite", at: nil)])
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
    let logarithms = isPositive ? contributions(values.map { $0.map { log($0) } }, orders, isExact: isExact) : nil
    let inputs = try inputValues(endpointPairs, options: options)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
    let steps = paths.factors.enumerated().map { position, factor in
      func percentile(_ end: KeyPath<ShapleyPaths.EndpointPair, [Double]>) -> Double {
        mean(endpointPairs.map { endpoints in mean(factor.coordinates.map { endpoints[keyPath: end][$0.position] }) })
      }
      return ShapleyAttribution.Step(
        input: factor.quantity, contribution: sums[position],
        factor: logarithms.map {
          Estimate(exp($0[position].value), error: exp($0[position].value) * $0[position].error)
        },
        percentiles: (percentile(\.start), percentile(\.end)), values: inputs[position])
    }
    return ShapleyAttribution(
      target: target, start: mean(values.map { $0[0] }), end: mean(values.map { $0[$0.count - 1] }),
      steps: steps.sorted { $0.contribution.value.magnitude > $1.contribution.value.magnitude }, orders: orders.count,
      isExact: isExact, draws: draws)
  }

  /// What each factor adds in the mean over paths; the error is of pairs of an order and its reverse.
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

  /// The mean values of one-celled inputs at the starts and ends of ways, in their units.
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

  /// For each draw, the probabilities at which all coordinates stand after correlation.
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

  /// The points at the starts, then at the ends of ways.
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
