import Modeling
import Sampling
import Simulation
import VectorMath

/// Rank correlations of input cells that the observations created or changed (Spearman's rho, with midranks).
///
/// A change is listed if it is greater than its standard error, from the jackknife over the replicates, times Student's
/// quantile for 15 degrees of freedom at 5 % over the number of pairs (Bonferroni): with a probability of about 95 %, no
/// listed change is due to chance. The prior correlation of cells without a common or correlated coordinate is exactly 0.
struct LearnedCorrelations {
  /// Maximum number of cells, those about which most was learned; all their pairs are computed.
  static let mostCells = 128
  /// The probability of listing any change that is due to chance.
  private static let level = 0.05

  let cells: [(input: Learning.InputCell, coordinates: Set<CoordinateID>)]
  /// The model without its posterior sample.
  let model: Model
  let draws: any PosteriorDraws
  let priorDraws: Int
  let options: Engine.Options
  let phases: PilotPhases

  func result() throws -> (correlations: [Learning.ChangedCorrelation], cells: Int) {
    let pairs = cells.indices.flatMap { a in cells.indices.dropFirst(a + 1).map { (a, $0) } }
    guard !pairs.isEmpty else { return ([], cells.count) }
    let requests = cells.map { ColumnRequest.cell($0.input.quantity, $0.input.cell) }
    let own = correlations(pairs, try draws.columns(requests, options: options), draws.parts)
    // Prior correlations are estimated only for cells that share something.
    let groups = connected()
    let dependent = pairs.indices.filter { !groups[pairs[$0].0].isDisjoint(with: groups[pairs[$0].1]) }
    var prior = [Estimate](repeating: Estimate(0, error: 0), count: pairs.count)
    if !dependent.isEmpty {
      let blocks = (priorDraws + AddressBlock.draws - 1) / AddressBlock.draws
      let sample = SampledDraws(model, points: try model.points(), draws: blocks * AddressBlock.draws)
      let found = try phases.constant {
        correlations(dependent.map { pairs[$0] }, try sample.columns(requests, options: options), sample.parts)
      }
      for (place, estimate) in zip(dependent, found) { prior[place] = estimate }
    }
    let multiple = ConfidenceInterval.multiple(
      replicates: WeightedEngine.parts, level: 1 - Self.level / Double(pairs.count))
    let listed = pairs.indices.compactMap { place -> Learning.ChangedCorrelation? in
      let (before, after) = (prior[place], own[place])
      let error = (after.error * after.error + before.error * before.error).squareRoot()
      let change = after.value - before.value
      guard change.magnitude > multiple * error else { return nil }
      return Learning.ChangedCorrelation(
        first: cells[pairs[place].0].input, second: cells[pairs[place].1].input, prior: before.value,
        posterior: after.value, change: Estimate(change, error: error))
    }
    let order = listed.indices.sorted {
      (listed[$1].change.value.magnitude, $0) < (listed[$0].change.value.magnitude, $1)
    }
    return (order.map { listed[$0] }, cells.count)
  }

  /// For each cell, its coordinates and those correlated with them.
  private func connected() -> [Set<CoordinateID>] {
    cells.map { cell in
      model.components.reduce(into: cell.coordinates) { all, component in
        if component.coordinates.contains(where: cell.coordinates.contains) { all.formUnion(component.coordinates) }
      }
    }
  }

  /// The rank correlations of pairs of columns, with their jackknife errors.
  private func correlations(_ pairs: [(Int, Int)], _ columns: [[Double]], _ parts: [Range<Int>]) -> [Estimate] {
    let ranks = concurrentMap(columns.count, workers: options.width) { Self.ranks(of: columns[$0]) }
    let filled = parts.filter { !$0.isEmpty }
    func products(_ a: Int, _ b: Int) -> [Double] {
      ranks[a].withUnsafeBufferPointer { a in
        ranks[b].withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return [] }
          return filled.map { innerProduct(a + $0.lowerBound, b + $0.lowerBound, count: $0.count) }
        }
      }
    }
    let squares = concurrentMap(columns.count, workers: options.width) { products($0, $0) }
    return concurrentMap(pairs.count, workers: options.width) { place in
      let (a, b) = pairs[place]
      let own = products(a, b)
      let whole = own.reduce(0, +)
      let left = filled.indices.map { part in
        (whole - own[part]) / ((1 - squares[a][part]) * (1 - squares[b][part])).squareRoot()
      }
      let n = Double(left.count)
      let error =
        filled.count < ReplicateSpread.fewest
        ? .nan : SquareUnit.rootOfSquaredDeviations(left, times: (n - 1) / n)
      return Estimate(whole, error: error)
    }
  }

  /// Midranks less their mean, as a vector of unit length; zeros if all are equal. Values that are not finite are last.
  private static func ranks(of values: [Double]) -> [Double] {
    var sort = RadixSort(capacity: values.count)
    for (place, value) in values.enumerated() { sort.append(value.isNaN ? .infinity : value, tag: UInt32(place)) }
    let sorted = sort.sorted()
    let places = sort.tags
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < sorted.count {
      var last = first
      while last + 1 < sorted.count, sorted[last + 1] == sorted[first] { last += 1 }
      let rank = 0.5 * Double(first + last) - 0.5 * Double(sorted.count - 1)
      for place in first...last { ranks[Int(places[place])] = rank }
      first = last + 1
    }
    let length = ranks.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? ranks.map { $0 / length } : ranks
  }
}
