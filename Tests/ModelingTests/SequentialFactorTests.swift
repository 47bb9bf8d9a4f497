import Diagnostics
import Distributions
import Foundation
import Modeling
import Sampling
import Testing

/// Correlations along an index of more labels than a matrix supports.
@Suite("Sequential factors") struct SequentialFactorTests {
  private static let index = IndexID(0)
  private static let other = IndexID(1)

  /// The lower triangular matrix whose rows are the weights of independent scores.
  private static func rows(_ factor: SequentialFactor, _ count: Int) -> [[Double]] {
    var rows = [[1.0] + [Double](repeating: 0, count: count - 1)]
    for row in 1..<count {
      let weights = factor.weights(ofRow: row)
      let before: [Double]
      if case .chain = factor {
        before = rows[row - 1]
      } else {
        before = (0..<count).map { column in rows.reduce(0) { $0 + $1[column] } }
      }
      var next = before.map { weights.before * $0 }
      next[row] += weights.own
      rows.append(next)
    }
    return rows
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  @Test(
    "Any two exchangeable scores have the correlation, and each has variance 1", arguments: [0.4, 0.95, 0, -0.08, 1])
  func exchangeable(score: Double) {
    let rows = Self.rows(.exchangeable(score), 13)
    for (i, a) in rows.enumerated() {
      for (j, b) in rows.enumerated() { #expect(abs(Self.product(a, b) - (i == j ? 1 : score)) < 1e-13) }
    }
  }

  @Test("The correlation of two scores of a chain is the product of those between")
  func chain() {
    let links = [0.5, -0.2, 0.9, 1, 0, 0.7]
    let rows = Self.rows(.chain(links), 7)
    for i in 0..<7 {
      for j in i..<7 { #expect(abs(Self.product(rows[i], rows[j]) - links[i..<j].reduce(1, *)) < 1e-14) }
    }
  }

  /// The dependence of an input along an index, with a coordinate for each number.
  private static func structure(
    _ numbers: [Double], rank: Double, isNumeric: Bool, copies: Int = 1, copula: EllipticalCopula = .normal,
    pairs: [CorrelationStructure.PairCorrelation] = []
  ) throws -> CorrelationStructure.Result {
    var members: [CorrelationStructure.InputCoordinate] = []
    for copy in 0..<copies {
      for (position, number) in numbers.enumerated() {
        members.append(
          CorrelationStructure.InputCoordinate(
            coordinate: CoordinateID(members.count), labels: [index: position, other: copy],
            places: [index: number, other: Double(copy)]))
      }
    }
    let block = CorrelationStructure.InputBlock(
      quantity: QuantityID(0), coordinates: members, dependence: [index: .rank(rank), other: .independent])
    let coordinates = members.map { member in
      Coordinate(
        address: CoordinateAddress(name: "c\(member.coordinate.position)"), quantity: QuantityID(0), usesDesign: true)
    }
    return try CorrelationStructure.structure(
      of: [block], pairs: pairs, copula: copula, coordinates: coordinates, isNumeric: { _ in isNumeric })
  }

  @Test("An index of 512 labels has a matrix, and one of 513 a sequence, with the same correlations")
  func size() throws {
    let score = 2 * sin(Double.pi * 0.6 / 6)
    let dense = try Self.structure((0..<512).map(Double.init), rank: 0.6, isNumeric: false)
    #expect(dense.components.count == 1 && dense.components[0].sequence == nil)
    let long = try Self.structure((0..<513).map(Double.init), rank: 0.6, isNumeric: false)
    #expect(long.components.count == 1 && long.components[0].factor.isEmpty)
    guard case .exchangeable(let own)? = long.components[0].sequence else {
      Issue.record("no sequence")
      return
    }
    #expect(abs(own - score) < 1e-15)
    // The first rows of both factors.
    let rows = Self.rows(.exchangeable(own), 6)
    for row in 0..<6 {
      for column in 0...row { #expect(abs(rows[row][column] - dense.components[0].factor[row * 512 + column]) < 1e-13) }
    }
  }

  @Test("Along numbers, neighbours are correlated by their distance, and other indexes separate the sequences")
  func numbers() throws {
    let numbers = (0..<600).map { Double($0) + ($0 > 300 ? 1.5 : 0) }
    // The coordinates of an input need not be in the order of its labels.
    let structure = try Self.structure(numbers.reversed(), rank: 0.6, isNumeric: true, copies: 2)
    #expect(structure.components.count == 2)
    let score = 2 * sin(Double.pi * 0.6 / 6)
    for (copy, component) in structure.components.enumerated() {
      #expect(component.coordinates == (0..<600).reversed().map { CoordinateID(copy * 600 + $0) })
      guard case .chain(let links)? = component.sequence else {
        Issue.record("no chain")
        continue
      }
      #expect(links.count == 599)
      for (place, link) in links.enumerated() { #expect(abs(link - pow(score, place == 300 ? 2.5 : 1)) < 1e-14) }
    }
  }

  @Test("A Student copula has a coordinate of its own")
  func student() throws {
    let copula = EllipticalCopula.student(StudentCopula(df: 4))
    let structure = try Self.structure((0..<520).map(Double.init), rank: 0.3, isNumeric: true, copula: copula)
    guard case .student(_, let mixing) = structure.components[0].copula else {
      Issue.record("no Student copula")
      return
    }
    #expect(structure.further.count == 1 && mixing == CoordinateID(520))
  }

  @Test("Correlations that need a matrix are refused, and so is a negative one that so many labels cannot have")
  func refusals() throws {
    let numbers = (0..<600).map(Double.init)
    let pair = CorrelationStructure.PairCorrelation(QuantityID(0), QuantityID(1), Correlation(.rank, 0.5))
    #expect {
      _ = try Self.structure(numbers, rank: 0.6, isNumeric: true, pairs: [pair])
    } throws: { error in
      if case CorrelationStructure.Contradiction.tooLarge(600, _)? = error as? CorrelationStructure.Contradiction {
        true
      } else {
        false
      }
    }
    #expect {
      _ = try Self.structure(numbers, rank: -0.1, isNumeric: false)
    } throws: { error in
      if case CorrelationStructure.Contradiction.notPositiveDefinite? = error as? CorrelationStructure.Contradiction {
        true
      } else {
        false
      }
    }
    #expect(try Self.structure(numbers, rank: -0.001, isNumeric: false).components.count == 1)
  }
}
