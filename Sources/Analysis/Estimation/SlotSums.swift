import Simulation

/// The sums of a method over some consecutive blocks of its base points, before they are added up: those of each segment of
/// a block, target and factor or subset, and those of each pair of factors.
///
/// They are added up in the order of the blocks, so that the sum is the same, bit for bit, wherever the blocks were evaluated.
package struct SlotSums: Sendable {
  /// The numbers of sums of a block.
  package struct Shape: Sendable, Equatable {
    /// Sums of triples, and of pairs.
    var triples: Int, pairs: Int

    /// The bytes of a block, in memory and in a part.
    package var bytes: Int {
      triples * MemoryLayout<SobolAccumulator>.stride + pairs * MemoryLayout<SobolPairAccumulator>.stride
    }
  }

  private(set) var triples: [SobolAccumulator]
  private(set) var pairs: [SobolPairAccumulator]

  /// No sums.
  package init() { (triples, pairs) = ([], []) }

  /// The sums of some blocks.
  init(triples: [SobolAccumulator], pairs: [SobolPairAccumulator] = []) {
    (self.triples, self.pairs) = (triples, pairs)
  }

  /// Appends the sums of the blocks that follow.
  package mutating func append(_ next: SlotSums) {
    triples += next.triples
    pairs += next.pairs
  }

  /// The sums as bytes, block by block, so that those of the blocks that follow can be appended.
  package func bytes(_ shape: Shape) -> [UInt8] {
    var writer = PartWriter()
    for block in 0..<(triples.count / max(1, shape.triples)) {
      for sums in triples[block * shape.triples..<(block + 1) * shape.triples] {
        for path in SobolAccumulator.numbers { writer.add(sums[keyPath: path]) }
      }
      for sums in pairs[block * shape.pairs..<(block + 1) * shape.pairs] {
        writer.add(sums.d)
        writer.add(sums.dc)
      }
    }
    return writer.bytes
  }

  /// The sums of some number of blocks from their bytes.
  ///
  /// - Throws: `PartDamage` if the bytes are not those of the blocks.
  package init(_ bytes: [UInt8], blocks: Int, _ shape: Shape) throws(PartDamage) {
    self.init()
    guard bytes.count == blocks * shape.bytes else { throw PartDamage("it does not have the sums of its blocks") }
    var reader = PartReader(bytes[...])
    for _ in 0..<blocks {
      for _ in 0..<shape.triples {
        var sums = SobolAccumulator()
        for path in SobolAccumulator.numbers { sums[keyPath: path] = try reader.number() }
        triples.append(sums)
      }
      for _ in 0..<shape.pairs { pairs.append(SobolPairAccumulator(d: try reader.number(), dc: try reader.number())) }
    }
  }
}

extension SobolAccumulator {
  /// All numbers, in the order in which a part has them.
  fileprivate static var numbers: [WritableKeyPath<SobolAccumulator, Double>] {
    [\.count, \.a, \.aa, \.b, \.bb, \.ab, \.c, \.cc, \.ac, \.bc]
  }
}
