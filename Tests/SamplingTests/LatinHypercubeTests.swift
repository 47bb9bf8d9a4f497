import Sampling
import Testing

@Suite("A Latin hypercube has one draw in each stratum")
struct LatinHypercubeTests {
  static let points = 1 << 14

  /// The blocks of hypercube h of a replicate, in order.
  static func blocks(ofHypercube hypercube: Int, replicate: Int) -> [Int] {
    (0..<16).map { (hypercube * 16 + $0) * Replicates.count + replicate }
  }

  static func strata(_ design: LatinHypercube, _ coordinate: Int, _ hypercube: Int, _ replicate: Int) -> [Int] {
    design.blocks(blocks(ofHypercube: hypercube, replicate: replicate), ofCoordinate: coordinate)
      .map { Int($0 * Double(points)) }
  }

  let coordinates = (0..<40).map { CoordinateAddress(name: "x\($0)") }

  @Test("every stratum has exactly one draw, in every hypercube of every replicate")
  func strata() {
    let design = LatinHypercube(seed: 9, coordinates: coordinates)
    for (coordinate, hypercube, replicate) in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 15), (39, 7, 3)] {
      #expect(Self.strata(design, coordinate, hypercube, replicate).sorted() == Array(0..<Self.points))
    }
  }

  /// 780 pairs of orders of 16,384 strata: rank correlations of independent random orders have a standard deviation of
  /// 1/128. Bounds: each within 6.2 (780 * 6e-10), and the sum of squares, chi-squared of 780 degrees of freedom, within
  /// 5.2 of its standard deviations by Wilson & Hilferty (2e-7).
  @Test("the orders of strata of two inputs are as independent as random ones")
  func orders() {
    let design = LatinHypercube(seed: 10, coordinates: coordinates)
    let centred = coordinates.indices.map { c in
      Self.strata(design, c, 2, 5).map { Double($0) - Double(Self.points - 1) / 2 }
    }
    let norm = centred[0].reduce(0) { $0 + $1 * $1 }
    var statistic = 0.0
    for i in centred.indices {
      for j in 0..<i {
        var sum = 0.0
        for (x, y) in zip(centred[i], centred[j]) { sum += x * y }
        let r = sum / norm
        #expect(abs(r) * 128 < 6.2)
        statistic += r * r * Double(Self.points - 1)
      }
    }
    #expect(abs(standardScore(ofChiSquared: statistic, freedom: 780)) < 5.2)
  }

  /// Over 4,096 permutations the pair (stratum of one point, stratum of another), in 8 x 8 cells: chi-squared of 63
  /// degrees of freedom. Six pairs of points, bound 5.4 standard deviations: fails by chance with a probability of 4e-7.
  @Test("over many keys, the strata of two points fill the square evenly", arguments: [1, 2, 128, 129, 8192, 16383])
  func keys(distance: Int) {
    var counts = [Int](repeating: 0, count: 64)
    let many = (0..<256).map { CoordinateAddress(name: "y\($0)") }
    let design = LatinHypercube(seed: 11, coordinates: many)
    for coordinate in many.indices {
      for replicate in 0..<16 {
        func stratum(_ point: Int) -> Int {
          let block = Self.blocks(ofHypercube: 0, replicate: replicate)[point / 1024]
          return Int(design.block(block, ofCoordinate: coordinate)[point % 1024] * 8)
        }
        counts[stratum(0) * 8 + stratum(distance)] += 1
      }
    }
    #expect(abs(standardScore(ofEvenCounts: counts)) < 5.4)
  }

  /// A chi-squared test of the differences of the strata of points a distance apart, modulo 2^14, over 240 orders in 256
  /// equal bins. A network of four rounds instead of eight fails it clearly. The bound is 6 standard deviations for each
  /// of five distances; differences along an order are correlated, so that the statistic varies slightly more than
  /// chi-squared. The probability of failure by chance is below 1e-6.
  @Test("within an order, neighbouring strata are unrelated", arguments: [1, 64, 128, 1024, 4096])
  func differences(distance: Int) {
    let design = LatinHypercube(seed: 13, coordinates: coordinates)
    var counts = [Int](repeating: 0, count: 256)
    for coordinate in 0..<15 {
      for replicate in 0..<16 {
        let strata = Self.strata(design, coordinate, 1, replicate)
        for point in 0..<(Self.points - distance) {
          counts[((strata[point + distance] - strata[point]) & (Self.points - 1)) >> 6] += 1
        }
      }
    }
    #expect(abs(standardScore(ofEvenCounts: counts)) < 6)
  }

  /// The sum of 40 inputs has a variance of 40/12 a draw; within a hypercube the strata's part of it is gone, so that
  /// the mean is off by some sqrt(40/12) / 2^14 / 2^7 = 9e-7, against 0.014 for independent draws.
  @Test("a sum's mean is all but exact after one hypercube")
  func sums() {
    let design = LatinHypercube(seed: 12, coordinates: coordinates)
    var total = 0.0
    for c in coordinates.indices {
      total += design.blocks(Self.blocks(ofHypercube: 0, replicate: 4), ofCoordinate: c).reduce(0, +)
    }
    #expect(abs(total / Double(Self.points) - 20) < 6e-6)
  }
}
