import Foundation
import Modeling
import Sampling
import Testing

/// Matrices worked out by hand from the rules of `dependence` and of correlations.
@Suite("Dependence")
struct DependenceTests {
  let year = IndexID(0)
  let region = IndexID(1)

  /// An input's coordinates at label positions, numbered from a first coordinate on.
  ///
  /// - Parameter numbers: the numbers of the labels of `year`; by default their positions.
  func block(
    _ quantity: Int, from first: Int, at labels: [[IndexID: Int]], dependence: [IndexID: IndexDependence],
    numbers: [Double]? = nil
  ) -> CorrelationStructure.InputBlock {
    CorrelationStructure.InputBlock(
      quantity: QuantityID(quantity),
      coordinates: labels.enumerated().map { offset, labels in
        var places = labels.mapValues(Double.init)
        if let numbers, let position = labels[year] { places[year] = numbers[position] }
        return CorrelationStructure.InputCoordinate(
          coordinate: CoordinateID(first + offset), labels: labels, places: places)
      }, dependence: dependence)
  }

  /// Coordinates named so that byte order is the order of their numbers.
  func coordinates(_ count: Int) -> [Coordinate] {
    (0..<count).map {
      Coordinate(address: CoordinateAddress(name: "c\(100 + $0)"), quantity: QuantityID(0), usesDesign: true)
    }
  }

  func components(_ blocks: [CorrelationStructure.InputBlock], _ pairs: [CorrelationStructure.PairCorrelation] = [])
    throws -> [CopulaComponent]
  {
    let count = blocks.reduce(0) { $0 + $1.coordinates.count }
    return try CorrelationStructure.structure(of: blocks, pairs: pairs, coordinates: coordinates(count)) { $0 == year }
      .components
  }

  /// The correlation matrix that a component's factor gives back.
  func matrix(_ component: CopulaComponent) -> [[Double]] {
    let size = component.coordinates.count
    return (0..<size).map { row in
      (0..<size).map { column in
        (0..<size).reduce(0) { $0 + component.factor[row * size + $1] * component.factor[column * size + $1] }
      }
    }
  }

  func expectEqual(_ a: [[Double]], _ b: [[Double]], sourceLocation: SourceLocation = #_sourceLocation) {
    for (x, y) in zip(a.joined(), b.joined()) { #expect(abs(x - y) < 1e-14, sourceLocation: sourceLocation) }
  }

  @Test("Inputs that nothing ties are in no component")
  func independent() throws {
    #expect(
      try components([
        block(0, from: 0, at: [[year: 0], [year: 1]], dependence: [year: .independent]),
        block(1, from: 2, at: [[:]], dependence: [:]),
      ]).isEmpty)
  }

  @Test("A rank correlation on a numeric index is a chain of normal scores")
  func chain() throws {
    let found = try components([block(0, from: 0, at: (0..<3).map { [year: $0] }, dependence: [year: .rank(0.5)])])
    let s = 2 * sin(Double.pi / 12)
    #expect(found.map { $0.coordinates } == [[CoordinateID(0), CoordinateID(1), CoordinateID(2)]])
    expectEqual(matrix(found[0]), [[1, s, s * s], [s, 1, s], [s * s, s, 1]])
  }

  @Test("A rank correlation on a numeric index goes by the distance of labels, so that one more leaves the others")
  func distances() throws {
    let s = 2 * sin(Double.pi * 0.7 / 6)
    func matrix(_ numbers: [Double]) throws -> [[Double]] {
      let labels = numbers.indices.map { [year: $0] }
      return self.matrix(
        try components([block(0, from: 0, at: labels, dependence: [year: .rank(0.7)], numbers: numbers)])[0])
    }
    let three = try matrix([2019, 2023, 2030])
    expectEqual(three, [[1, pow(s, 4), pow(s, 11)], [pow(s, 4), 1, pow(s, 7)], [pow(s, 11), pow(s, 7), 1]])
    let four = try matrix([2019, 2022, 2023, 2030])
    expectEqual([0, 2, 3].map { row in [0, 2, 3].map { four[row][$0] } }, three)
    let halves = try matrix([0, 0.5])
    #expect(abs(halves[0][1] - s.squareRoot()) < 1e-14)
  }

  @Test("A negative rank correlation has no power at a distance that is not whole")
  func negativeAtFractions() throws {
    let labels = (0..<2).map { [year: $0] }
    #expect {
      try components([block(0, from: 0, at: labels, dependence: [year: .rank(-0.5)], numbers: [1, 2.5])])
    } throws: {
      if case .fractionalDistance(QuantityID(0), year)? = $0 as? CorrelationStructure.Contradiction {
        true
      } else {
        false
      }
    }
    let two = try components([block(0, from: 0, at: labels, dependence: [year: .rank(-0.5)], numbers: [1, 3])])
    #expect(abs(matrix(two[0])[0][1] - pow(2 * sin(Double.pi / 12), 2)) < 1e-14)
  }

  @Test("A correlation matrix that is singular to rounding has a factor, one that is not possible has none")
  func singular() throws {
    let scalars = (0..<3).map { block($0, from: $0, at: [[:]], dependence: [:]) }
    func pair(_ a: Int, _ b: Int, _ s: Double) -> CorrelationStructure.PairCorrelation {
      CorrelationStructure.PairCorrelation(QuantityID(a), QuantityID(b), score: s)
    }
    // x, y and (3 x + 4 y) / 5: the smallest eigenvalue is 0.
    let found = try components(scalars, [pair(0, 2, 0.6), pair(1, 2, 0.8)])
    let expected = [[1, 0, 0.6], [0, 1, 0.8], [0.6, 0.8, 1]]
    for (x, y) in zip(matrix(found[0]).joined(), expected.joined()) { #expect(abs(x - y) <= 1e-12) }
    #expect(throws: CorrelationStructure.Contradiction.self) {
      try components(scalars, [pair(0, 2, 0.6), pair(1, 2, 0.80001)])
    }
  }

  @Test("Rank correlations give the score correlations of the normal copula", arguments: [-0.9, -0.3, 0, 0.5, 0.8])
  func scores(_ score: Double) {
    // Spearman's is 6 arcsin(s / 2) / pi, Kendall's 2 arcsin(s) / pi (Kruskal 1958, doi:10.1080/01621459.1958.10501481).
    #expect(abs(Correlation(.rank, 6 * asin(score / 2) / .pi).score(under: .normal) - score) < 1e-15)
    #expect(abs(Correlation(.kendall, 2 * asin(score) / .pi).score(under: .normal) - score) < 1e-15)
  }

  @Test("On a labelled index all pairs have the same correlation")
  func exchangeable() throws {
    let found = try components([block(0, from: 0, at: (0..<3).map { [region: $0] }, dependence: [region: .rank(0.5)])])
    let s = Correlation(.rank, 0.5).score(under: .normal)
    expectEqual(matrix(found[0]), [[1, s, s], [s, 1, s], [s, s, 1]])
  }

  @Test("Over two indexes the factors multiply; an independent one splits the component")
  func twoIndexes() throws {
    let labels = [0, 1].flatMap { y in [0, 1].map { r in [year: y, region: r] } }
    let product = try components([block(0, from: 0, at: labels, dependence: [year: .rank(0.8), region: .rank(0.3)])])
    let (s, t) = (Correlation(.rank, 0.8).score(under: .normal), Correlation(.rank, 0.3).score(under: .normal))
    expectEqual(matrix(product[0]), [[1, t, s, s * t], [t, 1, s * t, s], [s, s * t, 1, t], [s * t, s, t, 1]])
    let split = try components([block(0, from: 0, at: labels, dependence: [year: .rank(0.8), region: .independent])])
    #expect(split.map(\.coordinates) == [[0, 2], [1, 3]].map { $0.map(CoordinateID.init) })
  }

  @Test("A correlation ties like cells on a common index, all cells on others")
  func pairs() throws {
    let years = (0..<2).map { [year: $0] }
    let tied = try components(
      [
        block(0, from: 0, at: years, dependence: [year: .independent]),
        block(1, from: 2, at: years, dependence: [year: .independent]),
        block(2, from: 4, at: [[:]], dependence: [:]),
      ],
      [
        CorrelationStructure.PairCorrelation(QuantityID(0), QuantityID(1), score: 0.5),
        CorrelationStructure.PairCorrelation(QuantityID(2), QuantityID(0), score: 0.4),
      ])
    #expect(tied.count == 1)
    expectEqual(
      matrix(tied[0]),
      [[1, 0, 0.5, 0, 0.4], [0, 1, 0, 0.5, 0.4], [0.5, 0, 1, 0, 0], [0, 0.5, 0, 1, 0], [0.4, 0.4, 0, 0, 1]])
  }

  @Test("Inputs with different modes or labels on a common index cannot be correlated")
  func mismatches() {
    let pair = CorrelationStructure.PairCorrelation(QuantityID(0), QuantityID(1), score: 0.4)
    let years = (0..<2).map { [year: $0] }
    #expect {
      try components(
        [
          block(0, from: 0, at: years, dependence: [year: .independent]),
          block(1, from: 2, at: years, dependence: [year: .rank(0.8)]),
        ], [pair])
    } throws: {
      if case .indexDependenceDiffers(_, _, year)? = $0 as? CorrelationStructure.Contradiction { true } else { false }
    }
    #expect {
      try components(
        [
          block(0, from: 0, at: years, dependence: [year: .independent]),
          block(1, from: 2, at: [[year: 5]], dependence: [year: .independent]),
        ], [pair])
    } throws: {
      if case .labelsDiffer(_, _, year)? = $0 as? CorrelationStructure.Contradiction { true } else { false }
    }
  }

  @Test("Three independent cells cannot each follow one input at 0.6: the smallest eigenvalue is 1 - 0.6 sqrt 3")
  func impossible() {
    #expect {
      try components(
        [
          block(0, from: 0, at: (0..<3).map { [region: $0] }, dependence: [region: .independent]),
          block(1, from: 3, at: [[:]], dependence: [:]),
        ], [CorrelationStructure.PairCorrelation(QuantityID(0), QuantityID(1), score: 0.6)])
    } throws: {
      guard case .notPositiveDefinite(let smallest, let entries)? = $0 as? CorrelationStructure.Contradiction else {
        return false
      }
      return abs(smallest - (1 - 0.6 * 3.0.squareRoot())) < 1e-12
        && entries.map(\.score).sorted() == [0, 0, 0, 0.6, 0.6, 0.6]
    }
  }

  @Test("The message names the few entries that contradict each other, not the whole component")
  func contradictionIsSmall() {
    let scalars = (0..<6).map { block($0, from: $0, at: [[:]], dependence: [:]) }
    func pair(_ a: Int, _ b: Int, _ s: Double) -> CorrelationStructure.PairCorrelation {
      CorrelationStructure.PairCorrelation(QuantityID(a), QuantityID(b), score: s)
    }
    #expect {
      try components(
        scalars,
        [pair(0, 1, 0.9), pair(1, 2, 0.9), pair(0, 2, -0.9), pair(2, 3, 0.1), pair(3, 4, 0.1), pair(4, 5, 0.1)])
    } throws: {
      guard case .notPositiveDefinite(_, let entries)? = $0 as? CorrelationStructure.Contradiction else { return false }
      return Set(entries.map(\.score)) == [0.9, -0.9] && entries.count == 3
    }
  }
}
