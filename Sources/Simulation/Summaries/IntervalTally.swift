/// The draws in an interval of a search for quantiles, or their counts in narrower intervals.
struct IntervalTally {
  /// The draws, in any order, if they are few.
  var kept: [Double] = []
  /// The counts; empty if the draws are stored.
  var counts: [Int] = []
  /// The number of low bits of a key that the places of `counts` leave out.
  var shift: UInt64 = 0

  /// The number of draws.
  var draws: Int { kept.count + counts.reduce(0, +) }

  /// The stored draws, ascending; 0 comes after -0, so that the order is the same whoever has stored them.
  var sorted: [Double] { kept.sorted { SearchedColumn.key($0) < SearchedColumn.key($1) } }

  /// Adds the tally of other draws in the same interval.
  mutating func add(_ other: IntervalTally) {
    kept += other.kept
    for place in counts.indices { counts[place] += other.counts[place] }
  }
}

extension IntervalTally: PartSummary {
  func write(to part: inout PartWriter) {
    guard counts.isEmpty else {
      part.add(counts.count { $0 > 0 })
      var last = 0
      for (place, count) in counts.enumerated() where count > 0 {
        part.add(place - last)
        part.add(count)
        last = place
      }
      return
    }
    part.add(kept.count)
    for value in sorted { part.add(value) }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    guard counts.isEmpty else {
      var place = 0
      for number in 0..<(try part.count(upTo: counts.count)) {
        let step = try part.count(upTo: counts.count)
        place += step
        guard number == 0 || step > 0, counts.indices.contains(place) else {
          throw PartDamage("counts of an interval are outside it")
        }
        counts[place] = try part.count()
      }
      return
    }
    let count = try part.count(upTo: part.left / 8)
    kept.reserveCapacity(count)
    for _ in 0..<count { kept.append(try part.number()) }
  }
}

extension [[IntervalTally]] {
  /// Adds the tallies of other draws in the same intervals.
  mutating func add(_ others: [[IntervalTally]]) {
    for column in indices {
      for place in self[column].indices { self[column][place].add(others[column][place]) }
    }
  }

  /// Appends all tallies.
  func write(to part: inout PartWriter) {
    for tally in joined() { tally.write(to: &part) }
  }

  /// Reads tallies into empty ones of the same shape.
  ///
  /// - Throws: `PartDamage`.
  mutating func read(from part: inout PartReader) throws(PartDamage) {
    for column in indices {
      for place in self[column].indices { try self[column][place].read(from: &part) }
    }
    guard part.isAtEnd else { throw PartDamage("it has more bytes than its tallies") }
  }
}
