import Testing

@testable import Sampling

@Suite("Scrambled Sobol' points")
struct SobolTests {
  /// Designs whose points are Sobol's.
  static let nets = DesignCase.all.filter(\.dealsInOrder)

  /// The blocks of a replicate, in order.
  func blocks(_ range: Range<Int>, replicate: Int) -> [Int] { range.map { $0 * Replicates.count + replicate } }

  @Test("direction numbers are Joe and Kuo's, as SciPy unfolds them", arguments: try KnownAnswer.lines("columns"))
  func directionNumbers(_ known: KnownAnswer) throws {
    let dimension = try #require(Int(known.arguments[0]))
    #expect(SobolDirectionNumbers.columns(ofCoordinate: dimension).map { String($0, radix: 16) } == known.answers)
  }

  @Test("every coordinate's matrix is upper triangular with ones on the diagonal, so that it keeps all digits")
  func triangular() {
    for dimension in 0..<SobolDirectionNumbers.count {
      let columns = SobolDirectionNumbers.columns(ofCoordinate: dimension)
      #expect(columns.count == 52 && columns.enumerated().allSatisfy { $1.trailingZeroBitCount == 51 - $0 })
    }
  }

  @Test(
    "the first 2^m points of a replicate have one in each of 2^m equal intervals", arguments: nets, [10, 12, 14])
  func intervals(net: DesignCase, m: Int) {
    let design = net.type.init(seed: 4, coordinates: (0..<50).map { CoordinateAddress(name: "x\($0)") })
    for coordinate in [0, 1, 2, 30, 49] {
      for replicate in [0, 9, 15] {
        let draws = design.blocks(blocks(0..<(1 << (m - 10)), replicate: replicate), ofCoordinate: coordinate)
        #expect(draws.map { Int($0 * Double(1 << m)) }.sorted() == Array(0..<(1 << m)))
      }
    }
  }

  @Test(
    "the first two coordinates are a (0, m, 2)-net: one point in each box of any shape, in every replicate",
    arguments: nets)
  func boxes(net: DesignCase) {
    let design = net.type.init(seed: 5, coordinates: ["a", "b"].map { CoordinateAddress(name: $0) })
    for replicate in [0, 7] {
      let x = design.blocks(blocks(0..<4, replicate: replicate), ofCoordinate: 0)
      let y = design.blocks(blocks(0..<4, replicate: replicate), ofCoordinate: 1)
      for wide in 0...12 {
        let boxes = zip(x, y).map { Int($0 * Double(1 << wide)) << (12 - wide) + Int($1 * Double(1 << (12 - wide))) }
        #expect(Set(boxes).count == 4096)
      }
    }
  }

  @Test("replicates are scrambled differently", arguments: nets)
  func replicates(net: DesignCase) {
    let design = net.type.init(seed: 6, coordinates: [CoordinateAddress(name: "a")])
    let firsts = (0..<16).map { design.block($0, ofCoordinate: 0) }
    #expect(Set(firsts).count == 16)
    // Another matrix, not only another shift: the exclusive-or of two points differs between replicates.
    #expect(Set(firsts.map { UInt64($0[1] * 0x1p52) ^ UInt64($0[2] * 0x1p52) }).count == 16)
  }

  /// The product of 1 + (u - 1/2) over 8 coordinates has mean 1 and variance (13/12)^8 - 1 = 0.897. Student's t of 15
  /// degrees of freedom exceeds 8.5 with a probability of 4e-7; the error itself has no chance to be near that of
  /// independent draws, 0.0037.
  @Test(
    "a smooth model's mean is right within the error that the replicates show, and that error is small", arguments: nets
  )
  func integration(net: DesignCase) {
    let design = net.type.init(seed: 7, coordinates: (0..<8).map { CoordinateAddress(name: "x\($0)") })
    let means = (0..<16).map { replicate -> Double in
      var products = [Double](repeating: 1, count: 4096)
      for c in 0..<8 {
        let draws = design.blocks(blocks(0..<4, replicate: replicate), ofCoordinate: c)
        for i in products.indices { products[i] *= draws[i] + 0.5 }
      }
      return products.reduce(0, +) / 4096
    }
    let mean = means.reduce(0, +) / 16
    let error = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 15).squareRoot() / 4
    #expect(abs(mean - 1) < 8.5 * error)
    #expect(error < 0.0037 / 10)
  }

  @Test("past the last direction number, coordinates are Monte Carlo by address", arguments: nets)
  func beyond(net: DesignCase) {
    let addresses = (0..<4100).map { CoordinateAddress(name: "x\($0)") }
    let design = net.type.init(seed: 8, coordinates: addresses)
    let plain = MonteCarlo(seed: 8, coordinates: addresses)
    #expect(design.block(3, ofCoordinate: 4096) == plain.block(3, ofCoordinate: 4096))
    #expect(design.block(3, ofCoordinate: 4099) == plain.block(3, ofCoordinate: 4099))
    #expect(design.block(3, ofCoordinate: 4095) != plain.block(3, ofCoordinate: 4095))
  }
}
