import VectorMath

/// The different values of draws that take few: years, ranks, counts, the outcomes of a discrete distribution.
///
/// A sketch knows in which bin a draw lies; with the values that occur it knows what the draw was. The set depends on
/// the draws alone: it holds all their values, or none if they are `limit` or more, however draws were dealt to
/// workers.
struct DistinctValues {
  /// So many values, or more, are not kept.
  static let limit = 1 << 10

  /// A power of two of places, of which half or more are free: a value's bits are at the place that they hash to, or at
  /// the next that was free.
  private var places = [UInt64](repeating: Self.free, count: 1 << 5)
  private var count = 0
  /// Whether there are more values than are kept.
  private var isOverfull = false

  /// What a free place holds: the bits of no finite value.
  private static let free = UInt64.max

  /// The values in ascending order; nil if they are too many.
  var sorted: [Double]? {
    isOverfull ? nil : places.filter { $0 != Self.free }.map { Double(bitPattern: $0) }.sorted()
  }

  /// Whether the first draws of a column take so few values that they are worth keeping: twice as many draws as values.
  /// Where the very first all differ, no more are looked at.
  static func areFew(_ x: Column, count draws: Int) -> Bool {
    var values = DistinctValues()
    let few = min(draws, 32)
    values.add(x, count: few)
    guard values.count < few else { return false }
    values.add(x + few, count: draws - few)
    return 2 * values.count <= draws
  }

  /// Adds a column's finite values.
  mutating func add(_ x: Column, count draws: Int) {
    var next = 0
    while next < draws, !isOverfull {
      // Until the places are half full, or the draws at their end.
      places.withUnsafeMutableBufferPointer { places in
        while next < draws, 2 * count < places.count {
          // Zero has one sign.
          if x[next].isFinite, Self.insert((x[next] + 0).bitPattern, into: places) { count += 1 }
          next += 1
        }
      }
      if 2 * count >= places.count { grow() }
    }
  }

  /// Adds the values of another set.
  mutating func formUnion(_ other: DistinctValues) {
    guard let values = other.sorted else {
      isOverfull = true
      return
    }
    values.withUnsafeBufferPointer { values in
      if let column = values.baseAddress { add(column, count: values.count) }
    }
  }

  /// Makes twice as many places, or gives up.
  private mutating func grow() {
    guard count < Self.limit else {
      isOverfull = true
      places = []
      return
    }
    var wider = [UInt64](repeating: Self.free, count: 2 * places.count)
    wider.withUnsafeMutableBufferPointer { wider in
      for bits in places where bits != Self.free { _ = Self.insert(bits, into: wider) }
    }
    places = wider
  }

  /// Whether a value was new. Fibonacci hashing: Knuth 1998, The Art of Computer Programming 3, section 6.4.
  @inline(__always)
  private static func insert(_ bits: UInt64, into places: UnsafeMutableBufferPointer<UInt64>) -> Bool {
    var place = Int((bits &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - places.count.trailingZeroBitCount))
    while places[place] != bits {
      if places[place] == free {
        places[place] = bits
        return true
      }
      place = (place + 1) & (places.count - 1)
    }
    return false
  }
}
