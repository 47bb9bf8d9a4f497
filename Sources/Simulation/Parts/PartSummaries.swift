extension Share: PartSummary {
  func write(to part: inout PartWriter) {
    part.add(positive)
    part.add(finite)
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    positive = try part.count()
    finite = try part.count()
    guard positive <= finite else { throw PartDamage("more draws exceed a reference than there are") }
  }
}

extension MomentSums: PartSummary {
  func write(to part: inout PartWriter) {
    part.add(count)
    for number in [mean, squares, unit, minimum, maximum] { part.add(number) }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    count = try part.count()
    mean = try part.number()
    squares = try part.number()
    unit = try part.number()
    minimum = try part.number()
    maximum = try part.number()
  }
}

extension MomentTree: PartSummary {
  func write(to part: inout PartWriter) {
    part.add(subtrees.count)
    for subtree in subtrees {
      part.add(subtree.level)
      subtree.sums.write(to: &part)
    }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    // A range has at most two subtrees of each level.
    for _ in 0..<(try part.count(upTo: 2 * Self.mostLevel)) {
      let level = try part.count(upTo: Self.mostLevel)
      guard end & (1 << level - 1) == 0 else { throw PartDamage("sums do not begin where those of their length do") }
      var sums = MomentSums()
      try sums.read(from: &part)
      append(Subtree(level: level, sums: sums))
    }
  }

  /// The level of the largest run, 2^40 draws, and some more.
  private static let mostLevel = 40
}

extension ReplicatedSketch: PartSummary where Count == UInt64 {
  func write(to part: inout PartWriter) {
    whole.write(to: &part)
    counts?.write(to: &part)
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    try readWhole(from: &part)
    try readCounts(from: &part)
  }
}

extension SummaryTotals.Cell: PartSummary {
  func write(to part: inout PartWriter) {
    distribution.write(to: &part)
    part.add(draws)
    part.add(nonFinite)
    part.add(firstNonFinite == .max ? 0 : firstNonFinite + 1)
    values?.write(to: &part)
    outcomes?.write(to: &part)
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    try distribution.read(from: &part)
    draws = try part.count()
    nonFinite = try part.count(upTo: draws)
    let first = try part.count()
    firstNonFinite = first == 0 ? .max : first - 1
    guard (first == 0) == (nonFinite == 0) else { throw PartDamage("draws that are not finite have no first one") }
    if values != nil { try values?.read(from: &part) }
    if outcomes != nil { try outcomes?.read(from: &part) }
  }
}
