/// A box in reported form: rounded bounds of inputs in their units, or labels.
struct BoxBounds: Sendable {
  /// The allowed range of a column.
  struct Range: Sendable {
    var column: Int
    var least: Double?
    var largest: Double?
    var labels: [Int]?
    /// The bins that are allowed, by bin.
    var allowed: [Bool]
  }

  /// The ranges, in the columns' order.
  let ranges: [Range]

  private init(_ ranges: [Range]) { self.ranges = ranges }

  /// A box's bounds.
  ///
  /// - Parameters:
  ///   - columns: the edges of the columns' bins, and whether they are labels.
  ///   - scales: the divisors that convert values to the reported units.
  init(_ box: BoxSearch.Box, _ columns: [BinnedColumn], scales: [Double]) {
    ranges = box.keys.sorted().map { number in
      let column = columns[number]
      var allowed = box[number] ?? []
      let places = allowed.indices.filter { allowed[$0] }
      guard let first = places.first, let last = places.last else { return Range(column: number, allowed: allowed) }
      if column.isLabel {
        return Range(column: number, labels: places.map { Int(column.edges.least($0)) }, allowed: allowed)
      }
      for place in first...last { allowed[place] = true }
      let scale = scales[number]
      func reported(_ value: Double) -> Double { column.edges.rounding?.reported(value) ?? value / scale }
      return Range(
        column: number, least: first > 0 ? reported(column.edges.least(first)) : nil,
        largest: last < column.count - 1 ? reported(column.edges.largest(last)) : nil, allowed: allowed)
    }
  }

  /// The bounds without the restriction of a column.
  func without(_ column: Int) -> BoxBounds { BoxBounds(ranges.filter { $0.column != column }) }

  /// The draws inside the bounds.
  func inside(_ draws: [Int32], _ levels: (_ column: Int) -> UnsafeBufferPointer<UInt8>) -> [Int32] {
    let tests = ranges.map { (levels($0.column), $0.allowed) }
    return draws.filter { draw in tests.allSatisfy { bins, allowed in allowed[Int(bins[Int(draw)])] } }
  }
}
