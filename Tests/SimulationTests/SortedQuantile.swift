extension [Double] {
  /// The quantile of sorted values: type 7 of Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
  func sortedQuantile(_ probability: Double) -> Double {
    let place = probability * Double(count - 1)
    let low = self[Int(place)], high = self[Swift.min(Int(place) + 1, count - 1)]
    return low == high ? low : low + (high - low) * (place - place.rounded(.down))
  }
}
