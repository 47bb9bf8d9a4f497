extension RandomAccessCollection {
  /// The first index at which a monotone condition is true, by bisection; `endIndex` if it is true nowhere.
  ///
  /// - Parameter isReached: false for all elements before some index, true for all others.
  @inlinable
  package func partitioningIndex(where isReached: (Element) -> Bool) -> Index {
    var (low, left) = (startIndex, count)
    while left > 0 {
      let half = left / 2
      let middle = index(low, offsetBy: half)
      if isReached(self[middle]) {
        left = half
      } else {
        low = index(after: middle)
        left -= half + 1
      }
    }
    return low
  }
}
