import Sampling
import Testing

@Suite("Draws are uniform, and streams have nothing to do with each other")
struct UniformityTests {
  static let coordinates = (0..<12).map { CoordinateAddress(name: "input_\($0)") }

  /// Bound 5.6 standard deviations, 12 statistics: fails by chance with a probability of 3e-7.
  @Test("Monte Carlo fills 1,024 equal bins evenly", arguments: 0..<12)
  func equidistribution(coordinate: Int) {
    let draws = MonteCarlo(seed: 11, coordinates: Self.coordinates).blocks(0..<200, ofCoordinate: coordinate)
    var counts = [Int](repeating: 0, count: 1024)
    for u in draws { counts[Int(u * 1024)] += 1 }
    #expect(abs(standardScore(ofEvenCounts: counts)) < 5.6)
  }

  /// Pairs of neighbouring draws (lanes 0 and 1, and so on), of draws eight apart (one generator's neighbours), and of
  /// the same draw of two streams and of two blocks; 32 x 32 cells. Bound 5.6 standard deviations, 4 statistics.
  @Test("pairs of draws, across lanes, steps, streams and blocks, fill the square evenly")
  func pairs() {
    let design = MonteCarlo(seed: 12, coordinates: Self.coordinates)
    let a = design.blocks(0..<400, ofCoordinate: 0), b = design.blocks(0..<400, ofCoordinate: 1)
    let next = design.blocks(1..<401, ofCoordinate: 0)
    func check(_ name: String, _ x: [Double], _ y: [Double]) {
      var counts = [Int](repeating: 0, count: 1024)
      for (x, y) in zip(x, y) { counts[Int(x * 32) * 32 + Int(y * 32)] += 1 }
      #expect(abs(standardScore(ofEvenCounts: counts)) < 5.6, "\(name)")
    }
    let even = stride(from: 0, to: a.count, by: 2), evenStep = a.indices.filter { $0 / 8 % 2 == 0 }
    check("lanes", even.map { a[$0] }, even.map { a[$0 + 1] })
    check("steps", evenStep.map { a[$0] }, evenStep.map { a[$0 + 8] })
    check("streams", a, b)
    check("blocks", a, next)
  }

  /// 66 pairs of streams of 65,536 draws: each correlation has a standard deviation of 1/256. Bound 5.8 of them: fails
  /// by chance with a probability of 66 * 6.6e-9 < 1e-6. Latin hypercubes and Sobol' points only vary less.
  @Test("no two inputs are correlated", arguments: DesignCase.all)
  func correlation(_ design: DesignCase) {
    let all = design.type.init(seed: 5, coordinates: Self.coordinates)
    let columns = Self.coordinates.indices.map { c in all.blocks(0..<64, ofCoordinate: c).map { $0 - 0.5 } }
    for i in columns.indices {
      for j in 0..<i {
        var sum = 0.0
        for (x, y) in zip(columns[i], columns[j]) { sum += x * y }
        #expect(abs(sum * 12 / 65536) < 5.8 / 256, "\(i), \(j)")
      }
    }
  }

  /// Each bit of k is 1 in half of 65,536 draws: standard deviation 128. Bound 6 of them, 52 bits: fails by chance with
  /// a probability of 1e-7.
  @Test("every bit of a probability is fair", arguments: DesignCase.all)
  func bits(_ design: DesignCase) {
    let draws = design.type.init(seed: 6, coordinates: Self.coordinates).blocks(0..<64, ofCoordinate: 3)
    for bit in 0..<52 {
      let ones = draws.count { UInt64($0 * 0x1p52) >> UInt64(bit) & 1 == 1 }
      #expect(abs(ones - 32768) < 6 * 128, "bit \(bit)")
    }
  }
}
