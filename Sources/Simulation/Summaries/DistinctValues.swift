import VectorMath

/// The set of distinct values of draws that take few: years, ranks, counts, the outcomes of a discrete distribution.
///
/// A sketch determines the bin of a draw; with the distinct values it determines the draw itself. The set depends on
/// the draws alone: it contains all their values, or none if there are `limit` or more, however draws are assigned to
/// workers.
struct DistinctValues {
  /// With this many values, or more, none are kept.
  static let limit = 1 << 10

  /// An open-addressing hash table with linear probing: its size is a power of two, and at least half of the slots are
  /// free.
  private var places = [UInt64](repeating: Self.free, count: 1 << 5)
  private var count = 0
  /// Whether there are more values than are kept.
  private var isOverfull = false

  /// The content of a free slot: the bits of no finite value.
  private static let free = UInt64.max

  /// The values in ascending order; nil if there are too many.
  var sorted: [Double]? {
    isOverfull ? nil : places.filter { $0 != Self.free }.map { Double(bitPattern: $0) }.sorted()
  }

  /// Whether the first draws of a column have so few values that they are worth keeping: at least twice as many draws
  /// as values. If the very first draws all differ, the others are not examined.
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
      // Until the table is half full or all draws are processed.
      places.withUnsafeMutableBufferPointer { places in
        while next < draws, 2 * count < places.count {
          // Adding 0 turns -0 into 0.
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

  /// Doubles the table, or gives up.
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

  /// Inserts a value; returns whether it is new. Fibonacci hashing: Knuth 1998, The Art of Computer Programming 3,
  /// section 6.4.
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

extension DistinctValues: PartSummary {
  func write(to part: inout PartWriter) {
    guard let sorted else { return part.add(0) }
    part.add(sorted.count + 1)
    for value in sorted { part.add(value) }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    let number = try part.count(upTo: Self.limit + 1)
    if number == 0 { (isOverfull, places) = (true, []) }
    for _ in 1..<max(number, 1) {
      let value = try part.number()
      guard value.isFinite else { throw PartDamage("a value is not finite") }
      withUnsafePointer(to: value) { add($0, count: 1) }
    }
  }
}
