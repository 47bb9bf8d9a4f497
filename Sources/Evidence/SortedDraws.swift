import VectorMath

/// Draws in ascending order.
struct SortedDraws {
  /// The draws that are numbers, in ascending order.
  let values: [Double]

  /// Sorts draws; those that are not numbers are left out.
  init(_ draws: [Double]) {
    var sort = RadixSort(capacity: draws.count)
    for value in draws where !value.isNaN { sort.append(value, tag: 0) }
    values = sort.sorted()
  }

  /// A quantile, interpolated between neighbours (type 7 of Hyndman & Fan 1996, doi:10.2307/2684934, as the quantiles of
  /// runs); NaN without draws.
  func quantile(_ probability: Double) -> Double {
    guard let last = values.last else { return .nan }
    let place = probability * Double(values.count - 1)
    let rank = Int(place)
    guard rank + 1 < values.count else { return last }
    return values[rank] + (values[rank + 1] - values[rank]) * (place - Double(rank))
  }
}
