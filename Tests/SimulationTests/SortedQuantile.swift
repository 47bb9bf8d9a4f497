extension [Double] {
  /// The quantile of sorted values: type 7 of Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
  func sortedQuantile(_ probability: Double) -> Double {
    let place = probability * Double(count - 1)
    let low = self[Int(place)], high = self[Swift.min(Int(place) + 1, count - 1)]
    return low == high ? low : low + (high - low) * (place - place.rounded(.down))
  }

  /// The smallest of sorted values that at least a fraction of them does not exceed: type 1.
  func sortedValue(_ probability: Double) -> Double {
    let least = probability * Double(count) - 1e-9
    return self[Swift.max(0, Swift.min(count - 1, Int(least.rounded(.up)) - 1))]
  }
}
