import Foundation
import VectorMath

/// A box in reported form: rounded bounds of inputs in their units, or labels.
struct BoxBounds: Sendable {
  /// The allowed range of a column.
  struct Range: Sendable {
    var column: Int
    var least: Double?
    var largest: Double?
    var labels: [Int]?
  }

  /// The ranges, in the columns' order.
  let ranges: [Range]

  private init(_ ranges: [Range]) { self.ranges = ranges }

  /// A box's bounds.
  init(_ box: BoxSearch.Box, of search: DiscoverySearch) {
    ranges = box.keys.sorted().map { number in
      let column = search.column(number)
      let allowed = (box[number] ?? []).indices.filter { box[number]?[$0] == true }
      guard let first = allowed.first, let last = allowed.last else { return Range(column: number) }
      if column.isLabel {
        return Range(column: number, labels: allowed.map { Int(column.ends[$0].least) })
      }
      let scale = search.values(number).scale
      let rounding = Self.rounding(column, scale)
      return Range(
        column: number, least: first > 0 ? rounding(column.ends[first].least / scale) : nil,
        largest: last < column.ends.count - 1 ? rounding(column.ends[last].largest / scale) : nil)
    }
  }

  /// The bounds without the restriction of a column.
  func without(_ column: Int) -> BoxBounds { BoxBounds(ranges.filter { $0.column != column }) }

  /// The draws inside the bounds.
  func inside(_ draws: [Int32], _ search: DiscoverySearch) -> [Int32] {
    var inside = draws
    for range in ranges {
      let (values, scale) = search.values(range.column)
      if let labels = range.labels {
        let kept = Set(labels.map(Double.init))
        inside.removeAll { !kept.contains(values[Int($0)]) }
      } else {
        let (least, largest) = (range.least ?? -.infinity, range.largest ?? .infinity)
        inside.removeAll { draw in
          let value = values[Int(draw)] / scale
          return value < least || value > largest
        }
      }
    }
    return inside
  }

  /// Rounds to a power of ten between a fiftieth and a five-hundredth of the distance from the 5th to the 95th
  /// percentile, and to at least two significant digits; columns with few values are not rounded.
  private static func rounding(_ column: BinnedColumn, _ scale: Double) -> (Double) -> Double {
    let count = column.ends.count
    guard count == BinnedColumn.most else { return { $0 } }
    let spread = (column.ends[count * 19 / 20].least - column.ends[count / 20].least).magnitude / scale
    return { value in
      guard value != 0, spread > 0 else { return value }
      let place = min(floor(PortableMath.log10(spread / 50)), floor(PortableMath.log10(value.magnitude)) - 1)
      // Dividing or multiplying by an exact power of ten gives the shortest decimal.
      let power = PortableMath.pow(10, place.magnitude)
      let rounded = place < 0 ? (value * power).rounded() / power : (value / power).rounded() * power
      return rounded.isFinite ? rounded : value
    }
  }
}
