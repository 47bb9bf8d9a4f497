import Sampling
import Testing

/// A design of the catalogue, with a property that tests depend on.
struct DesignCase: CustomStringConvertible, Sendable {
  var type: any SamplingDesign.Type
  /// True if dimensions are assigned in order, so that an additional coordinate changes those after it.
  var dealsInOrder: Bool

  var description: String { type.name }

  static let all = SamplingDesignCatalogue.all.map {
    DesignCase(type: $0, dealsInOrder: $0 == Sobol.self || $0 == Owen.self)
  }
}

@Suite("A draw is addressed")
struct AddressingTests {
  let names = ["pue", "load_factor", "board_power", "shipments"].map { CoordinateAddress(name: $0) }

  @Test("a block alone equals the block in sequence, and a longer run begins with a shorter", arguments: DesignCase.all)
  func blockAlone(_ design: DesignCase) {
    let sequence = design.type.init(seed: 7, coordinates: names).blocks(0..<40, ofCoordinate: 2)
    for block in [39, 0, 17, 16] {
      let alone = design.type.init(seed: 7, coordinates: names).block(block, ofCoordinate: 2)
      #expect(alone[...] == sequence[(block * AddressBlock.draws)..<((block + 1) * AddressBlock.draws)])
    }
  }

  @Test("a coordinate added last leaves the others' draws", arguments: DesignCase.all)
  func addedLast(_ design: DesignCase) {
    let few = design.type.init(seed: 1, coordinates: Array(names.prefix(3)))
    let many = design.type.init(seed: 1, coordinates: names)
    for coordinate in 0..<3 {
      #expect(few.block(5, ofCoordinate: coordinate) == many.block(5, ofCoordinate: coordinate))
    }
  }

  @Test("reordering, adding and removing coordinates leaves draws, unless dealt in order", arguments: DesignCase.all)
  func reordered(_ design: DesignCase) {
    let given = design.type.init(seed: 1, coordinates: names)
    let reversed = design.type.init(seed: 1, coordinates: names.reversed())
    let fewer = design.type.init(seed: 1, coordinates: [names[1], names[3]])
    #expect((given.block(3, ofCoordinate: 0) == reversed.block(3, ofCoordinate: 3)) == !design.dealsInOrder)
    #expect((given.block(3, ofCoordinate: 1) == fewer.block(3, ofCoordinate: 0)) == !design.dealsInOrder)
    #expect((given.block(3, ofCoordinate: 3) == fewer.block(3, ofCoordinate: 1)) == !design.dealsInOrder)
  }

  @Test("seed, name and labels each give other draws", arguments: DesignCase.all)
  func distinct(_ design: DesignCase) {
    let year = CoordinateAddress.Label(index: "year", label: "2025")
    let variants: [(UInt64, CoordinateAddress)] = [
      (1, CoordinateAddress(name: "pue")), (2, CoordinateAddress(name: "pue")),
      (0, CoordinateAddress(name: "pue")), (1, CoordinateAddress(name: "pue2")),
      (1, CoordinateAddress(name: "pue", labels: [year])),
      (1, CoordinateAddress(name: "pue", labels: [.init(index: "year", label: "2026")])),
      (1, CoordinateAddress(name: "pue", labels: [.init(index: "vintage", label: "2025")])),
      (1, CoordinateAddress(name: "pue", labels: [.init(index: "yea", label: "r2025")])),
    ]
    let firsts = variants.map { design.type.init(seed: $0.0, coordinates: [$0.1]).block(0, ofCoordinate: 0) }
    #expect(Set(firsts).count == variants.count)
  }

  @Test("labels are addressed in the order of their indexes, however they are given", arguments: DesignCase.all)
  func labelOrder(_ design: DesignCase) {
    let a = CoordinateAddress.Label(index: "accelerator", label: "h100")
    let b = CoordinateAddress.Label(index: "region", label: "us")
    let one = design.type.init(seed: 1, coordinates: [CoordinateAddress(name: "x", labels: [a, b])])
    let other = design.type.init(seed: 1, coordinates: [CoordinateAddress(name: "x", labels: [b, a])])
    #expect(one.block(0, ofCoordinate: 0) == other.block(0, ofCoordinate: 0))
  }

  @Test("probabilities are (k + 1/2) / 2^52, so their complement is exact", arguments: DesignCase.all)
  func grid(_ design: DesignCase) {
    let draws = design.type.init(seed: 3, coordinates: names).blocks([0, 1, 1_000_003], ofCoordinate: 1)
    #expect(
      draws.allSatisfy {
        let twice = $0 * 0x1p53
        return $0 > 0 && $0 < 1 && twice == twice.rounded() && Int(twice) % 2 == 1 && 1 - (1 - $0) == $0
      })
  }

  /// A single replicate of a structured design is evenly distributed: its first block has one draw in each of 1,024
  /// intervals, or, for a hypercube, 16 blocks have one in each of 2^14; a block of independent draws almost never has.
  @Test("a design states how its blocks are assigned to replicates", arguments: DesignCase.all)
  func replicates(_ design: DesignCase) {
    let source = design.type.init(seed: 21, coordinates: names)
    for replicate in 0..<design.type.replicateCount {
      let blocks = (0..<16).map { replicate + $0 * design.type.replicateCount }
      let strata = source.blocks(blocks, ofCoordinate: 1).map { Int($0 * 16384) }
      #expect((Set(strata).count == 16384) == (design.type.replicateCount > 1))
    }
  }
}
