import Modeling
import Sampling
import Simulation

/// Paths between two input points of a model on which inputs move from start to end one after another.
///
/// The mean change of a target as an input moves, over orders of the inputs, is the input's Shapley value for the
/// change from start to end (see `ShapleyPlan`); the changes along a path sum to the whole change. An input moves with
/// all its cells, at its probability given the values that its distribution depends on; so dependence between inputs
/// affects the end points, but not the points in between.
struct ShapleyPaths: Sendable {
  /// An input that moves as a whole.
  struct MovedInput: Sendable {
    var quantity: QuantityID
    var coordinates: [CoordinateID]
  }

  /// A start and an end point, by the probabilities of every coordinate.
  struct EndpointPair: Sendable {
    var start: [Double]
    var end: [Double]
  }

  let model: Model
  let target: QuantityID
  let factors: [MovedInput]

  /// Creates the paths for a model's target, a quantity with one cell.
  init(_ model: Model, target: QuantityID) {
    self.model = model
    self.target = target
    let needed = model.dependencies(of: target)
    factors = needed.sorted().compactMap { id in
      // Auxiliary coordinates of a copula belong to no cell.
      let own = model.coordinates.indices.filter { position in
        model.coordinates[position].quantity == id && model.coordinates[position].assignedAfter == nil
      }.map(CoordinateID.init)
      return own.isEmpty || model[id].input == nil ? nil : MovedInput(quantity: id, coordinates: own)
    }
  }

  /// All orders of the factors; nil if there are too many factors.
  func allOrders(limit: Int = 6) -> [[Int]]? {
    guard factors.count <= limit else { return nil }
    return (0..<factors.count).reduce([[]]) { orders, next in
      orders.flatMap { order in (0...order.count).map { order[..<$0] + [next] + order[$0...] } }
    }.map { Array($0) }
  }

  /// Sampled orders, each followed by its reverse.
  func sampledOrders(pairs: Int, seed: UInt64) -> [[Int]] {
    var generator = SplitMix(state: seed)
    return (0..<pairs).flatMap { _ -> [[Int]] in
      let order = Array(factors.indices).shuffled(using: &generator)
      return [order, order.reversed()]
    }
  }

  /// The target's values along paths, in base units: for each path, at its start and after each step.
  ///
  /// - Parameter paths: positions in `endpointPairs`, each with the order in which factors move.
  func values(
    _ endpointPairs: [EndpointPair], paths: [(endpoints: Int, order: [Int])], options: Engine.Options
  ) throws -> [[Double]] {
    let steps = factors.count + 1
    // The end points already include the correlations; in between coordinates move independently.
    var free = model
    free.components = []
    let points = Points(
      endpointPairs: endpointPairs, paths: paths, factors: factors, coordinates: model.coordinates.count)
    let evaluator = try Evaluator(model: free, requests: [.cell(target, 0)], points: points)
    let column = try evaluator.columns(draws: paths.count * steps, options: options)[0]
    return paths.indices.map { Array(column[($0 * steps)..<(($0 + 1) * steps)]) }
  }

  /// The change caused by each factor along a path with the given values.
  func gains(_ values: [Double], order: [Int]) -> [Double] {
    var gains = [Double](repeating: 0, count: factors.count)
    for (step, factor) in order.enumerated() { gains[factor] = values[step + 1] - values[step] }
    return gains
  }

  /// The points of paths, one path after another.
  private struct Points: PointSource {
    let replicates = 1
    let endpointPairs: [EndpointPair]
    let endpointsOf: [Int]
    /// For each path, the step at which each factor moves.
    let ranks: [[Int]]
    /// The factor of each coordinate, if it has one.
    let factorOf: [Int?]
    let steps: Int

    init(
      endpointPairs: [EndpointPair], paths: [(endpoints: Int, order: [Int])], factors: [MovedInput], coordinates: Int
    ) {
      self.endpointPairs = endpointPairs
      endpointsOf = paths.map(\.endpoints)
      ranks = paths.map { path in
        var ranks = [Int](repeating: 0, count: factors.count)
        for (step, factor) in path.order.enumerated() { ranks[factor] = step }
        return ranks
      }
      var factorOf = [Int?](repeating: nil, count: coordinates)
      for (position, factor) in factors.enumerated() {
        for coordinate in factor.coordinates { factorOf[coordinate.position] = position }
      }
      self.factorOf = factorOf
      steps = factors.count + 1
    }

    func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
      for draw in 0..<AddressBlock.draws {
        let (path, step) = (block * AddressBlock.draws + draw).quotientAndRemainder(dividingBy: steps)
        guard path < endpointsOf.count, let factor = factorOf[coordinate] else {
          probabilities[draw] = 0.5
          continue
        }
        let endpoints = endpointPairs[endpointsOf[path]]
        probabilities[draw] = ranks[path][factor] < step ? endpoints.end[coordinate] : endpoints.start[coordinate]
      }
    }
  }
}
