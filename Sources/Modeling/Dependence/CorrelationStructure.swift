import Diagnostics
import Distributions
import Foundation
import Sampling
import VectorMath

/// Builds the dependence of a model, correlations between inputs and along their indexes and pair copulas, as
/// components of dependent coordinates.
///
/// Correlations are between coordinates, as correlations of normal scores. Along an index, `shared` gives all labels
/// one coordinate, and `independent` correlates equal labels only. A rank correlation is converted to the correlation s
/// of scores (see `Correlation.score`); labels i and j then have s^|i - j| on a numeric index, and any two labels of
/// another index have s. Here i and j are the labels' numbers, so that the correlation of labels 1 apart determines
/// that of every distance, whichever labels an index has and wherever anchor points are. Over several indexes the
/// factors multiply. A correlation between two inputs is multiplied by the factors of the indexes that both have.
package enum CorrelationStructure {
  /// A coordinate as a member of its input.
  package struct InputCoordinate: Sendable {
    /// The coordinate.
    package var coordinate: CoordinateID
    /// The label position on each index along which the input's coordinates differ.
    package var labels: [IndexID: Int]
    /// The label's number on each such index that is numeric, its position on others.
    package var places: [IndexID: Double]

    /// Creates a coordinate of an input.
    package init(coordinate: CoordinateID, labels: [IndexID: Int], places: [IndexID: Double]) {
      self.coordinate = coordinate
      self.labels = labels
      self.places = places
    }
  }

  /// An input's coordinates and their dependence.
  package struct InputBlock: Sendable {
    /// The input or reference.
    package var quantity: QuantityID
    /// Its coordinates.
    package var coordinates: [InputCoordinate]
    /// The mode along each of its indexes.
    package var dependence: [IndexID: IndexDependence]

    /// Creates a block.
    package init(quantity: QuantityID, coordinates: [InputCoordinate], dependence: [IndexID: IndexDependence]) {
      self.quantity = quantity
      self.coordinates = coordinates
      self.dependence = dependence
    }
  }

  /// A correlation between two inputs.
  package struct PairCorrelation: Sendable {
    /// The inputs.
    package var first: QuantityID, second: QuantityID
    /// The correlation, by one of its measures.
    package var correlation: Correlation
    /// The copula of the correlated coordinates, if the entry states one.
    package var copula: EllipticalCopula?
    /// Whether an impossible matrix with this correlation is to be replaced by the nearest possible one.
    package var isRepairable: Bool

    /// Creates a correlation between two inputs.
    package init(
      _ first: QuantityID, _ second: QuantityID, _ correlation: Correlation, copula: EllipticalCopula? = nil,
      isRepairable: Bool = false
    ) {
      self.first = first
      self.second = second
      self.correlation = correlation
      self.copula = copula
      self.isRepairable = isRepairable
    }

    /// Creates a correlation of normal scores between two inputs.
    package init(_ first: QuantityID, _ second: QuantityID, score: Double) {
      self.init(first, second, Correlation(.normal, score))
    }
  }

  /// A pair copula of two inputs that have no other dependence.
  package struct PairDependence: Sendable {
    /// The inputs.
    package var first: QuantityID, second: QuantityID
    /// The copula of their coordinates, in this order.
    package var copula: RotatedCopula

    /// Creates a pair copula of two inputs.
    package init(_ first: QuantityID, _ second: QuantityID, _ copula: RotatedCopula) {
      self.first = first
      self.second = second
      self.copula = copula
    }
  }

  /// The dependence of a model's coordinates.
  package struct Result: Sendable {
    /// The components of dependent coordinates.
    package var components: [CopulaComponent] = []
    /// Coordinates of copulas, numbered after all others.
    package var further: [Coordinate] = []
    /// Matrices that were replaced.
    package var repairs: [CorrelationRepair] = []

    /// Creates an empty result, without any dependence.
    package init() {}
  }

  /// The reason why a dependence is impossible.
  package enum Contradiction: Error, Sendable {
    /// Two correlated inputs have different dependence along a common index.
    case indexDependenceDiffers(QuantityID, QuantityID, IndexID)
    /// Two correlated inputs have different labels (or anchor points) on a common index.
    case labelsDiffer(QuantityID, QuantityID, IndexID)
    /// No joint distribution has these correlations. The entries are the few that contradict each other, including
    /// zeros.
    case notPositiveDefinite(smallestEigenvalue: Double, entries: [Entry])
    /// A negative rank correlation along an index with non-integer distances, for which its power is undefined.
    case fractionalDistance(QuantityID, IndexID)
    /// More coordinates depend on each other than a dense factor supports.
    case tooLarge(coordinates: Int, limit: Int)
    /// Connected correlations state different copulas.
    case copulasDiffer(PairCorrelation, PairCorrelation)
    /// An input of a pair copula has a rank correlation along an index.
    case pairCopulaAlongRank(PairDependence, QuantityID, IndexID)
    /// A pair copula would connect one coordinate to several, which are independent along an index.
    case pairCopulaSpreads(PairDependence, QuantityID, IndexID)
    /// An input of a pair copula is correlated with another input too.
    case pairCopulaNotAlone(PairDependence, QuantityID)
  }

  /// An entry of a correlation matrix of normal scores.
  package struct Entry: Sendable {
    /// The coordinates of the row and of the column.
    package var row: CoordinateID, column: CoordinateID
    /// The correlation.
    package var score: Double
  }

  /// Maximum number of coordinates that a matrix correlates: multiplying the scores of a draw by its factor costs as much
  /// as some hundred formulas. An input alone is correlated along an index of any length, see `SequentialFactor`.
  package static let sizeLimit = 512

  /// The dependence of the coordinates of a model's inputs; independent coordinates are in no component.
  ///
  /// - Parameters:
  ///   - blocks: every input and reference that has coordinates.
  ///   - pairs: correlations between inputs, at most one for two inputs.
  ///   - pairDependences: pair copulas between inputs.
  ///   - copula: the copula of correlations that state none.
  ///   - isRepairable: whether every impossible matrix is replaced by the nearest possible one.
  ///   - coordinates: all coordinates of the model, at the positions of their identifiers.
  ///   - isNumeric: whether an index is numeric.
  package static func structure(
    of blocks: [InputBlock], pairs: [PairCorrelation], pairDependences: [PairDependence] = [],
    copula: EllipticalCopula = .normal, isRepairable: Bool = false,
    coordinates: [Coordinate], isNumeric: (IndexID) -> Bool
  ) throws(Contradiction) -> Result {
    let blockOf = Dictionary(blocks.map { ($0.quantity, $0) }, uniquingKeysWith: { first, _ in first })
    var edges: [CorrelationEdge] = []
    var sequences: [(index: IndexID, rank: Double, members: [[InputCoordinate]])] = []
    for block in blocks where block.rankIndex != nil {
      if let index = block.negativeOverFractions(isNumeric) { throw .fractionalDistance(block.quantity, index) }
      if let sequence = Self.sequences(of: block, pairs: pairs, pairDependences: pairDependences) {
        sequences.append(sequence)
        continue
      }
      edges += self.edges(block, block, pair: nil, isNumeric)
    }
    for (number, pair) in pairs.enumerated() {
      guard let first = blockOf[pair.first], let second = blockOf[pair.second] else { continue }
      try checkCommonIndexes(first, second)
      if pair.correlation.value != 0 { edges += self.edges(first, second, pair: number, isNumeric) }
    }
    var matrices = CorrelationMatrices(edges, pairs, coordinates)
    var structure = try matrices.structure(copula: copula, isRepairable: isRepairable)
    for (index, rank, members) in sequences {
      for var component in try components(
        of: members, along: index, rank: rank, copula: copula, isNumeric: isNumeric(index))
      {
        matrices.state(copula, of: &component, in: &structure)
        structure.components.append(component)
      }
    }
    for pairDependence in pairDependences {
      guard let first = blockOf[pairDependence.first], let second = blockOf[pairDependence.second] else { continue }
      let others = pairs.flatMap { [$0.first, $0.second] } + pairDependences.flatMap { [$0.first, $0.second] }
      for id in [pairDependence.first, pairDependence.second] where others.count(where: { $0 == id }) > 1 {
        throw .pairCopulaNotAlone(pairDependence, id)
      }
      structure.components += try components(of: pairDependence, first, second, coordinates)
    }
    return structure
  }

  /// Checks that two correlated inputs have the same labels and the same dependence on every common index.
  private static func checkCommonIndexes(_ first: InputBlock, _ second: InputBlock) throws(Contradiction) {
    for (index, mode) in first.dependence.sorted(by: { $0.key < $1.key }) {
      guard let other = second.dependence[index] else { continue }
      if mode != other { throw .indexDependenceDiffers(first.quantity, second.quantity, index) }
      if mode != .shared,
        Set(first.coordinates.map { $0.labels[index] }) != Set(second.coordinates.map { $0.labels[index] })
      {
        throw .labelsDiffer(first.quantity, second.quantity, index)
      }
    }
  }

  /// The correlations between the coordinates of two inputs, or of one, that are not zero.
  private static func edges(
    _ first: InputBlock, _ second: InputBlock, pair: Int?, _ isNumeric: (IndexID) -> Bool
  ) -> [CorrelationEdge] {
    let common = first.dependence.filter { second.dependence[$0.key] != nil }.sorted { $0.key < $1.key }
    var found: [CorrelationEdge] = []
    for row in first.coordinates {
      next: for column in second.coordinates where row.coordinate != column.coordinate {
        var edge = CorrelationEdge(row: row.coordinate, column: column.coordinate, pair: pair)
        for (index, mode) in common {
          switch mode {
          case .shared: break
          case .independent: if row.labels[index] != column.labels[index] { continue next }
          case .rank(let rank):
            guard let i = row.places[index], let j = column.places[index], i != j else { continue }
            edge.factors.append((rank, isNumeric(index) ? abs(i - j) : 1))
          }
        }
        found.append(edge)
      }
    }
    return found
  }

  /// The pairs of coordinates connected by a pair copula, each a component: the corresponding cells of the two inputs.
  private static func components(
    of pairDependence: PairDependence, _ first: InputBlock, _ second: InputBlock, _ coordinates: [Coordinate]
  ) throws(Contradiction) -> [CopulaComponent] {
    try checkCommonIndexes(first, second)
    for (block, other) in [(first, second), (second, first)] {
      if let index = block.rankIndex { throw .pairCopulaAlongRank(pairDependence, block.quantity, index) }
      for (index, mode) in block.dependence.sorted(by: { $0.key < $1.key })
      where mode == .independent && other.dependence[index] == nil
        && Set(block.coordinates.map { $0.labels[index] }).count > 1
      {
        throw .pairCopulaSpreads(pairDependence, block.quantity, index)
      }
    }
    let common = first.dependence.filter { second.dependence[$0.key] != nil && $0.value == .independent }.keys
    var components: [CopulaComponent] = []
    for member in first.coordinates {
      for other in second.coordinates where common.allSatisfy({ member.labels[$0] == other.labels[$0] }) {
        let names = [member, other].map { Array(coordinates[$0.coordinate.position].address.description.utf8) }
        let isInOrder = names[0].lexicographicallyPrecedes(names[1])
        components.append(
          CopulaComponent(
            coordinates: isInOrder ? [member.coordinate, other.coordinate] : [other.coordinate, member.coordinate],
            factor: [], copula: .pair(pairDependence.copula.conditionalQuantile(keepsFirst: isInOrder))))
      }
    }
    return components
  }
}

extension CorrelationStructure.InputBlock {
  /// An index along which the cells are rank-correlated.
  fileprivate var rankIndex: IndexID? {
    dependence.sorted { $0.key < $1.key }.first { if case .rank = $0.value { true } else { false } }?.key
  }

  /// A numeric index along which the correlation is negative and a distance is not an integer.
  fileprivate func negativeOverFractions(_ isNumeric: (IndexID) -> Bool) -> IndexID? {
    for (index, mode) in dependence.sorted(by: { $0.key < $1.key }) where isNumeric(index) {
      guard case .rank(let rank) = mode, rank < 0 else { continue }
      let places = coordinates.compactMap { $0.places[index] }
      if places.contains(where: { ($0 - places[0]).rounded() != $0 - places[0] }) { return index }
    }
    return nil
  }
}

/// The dependence of two coordinates: a correlation between their inputs, and factors of the common indexes.
struct CorrelationEdge {
  /// The coordinates.
  var row: CoordinateID, column: CoordinateID
  /// The position of the correlation between the inputs; nil within one input.
  var pair: Int?
  /// Rank correlations along indexes, each to be raised to the power of a distance.
  var factors: [(rank: Double, distance: Double)] = []

  /// The correlation of normal scores under a copula.
  func score(
    under copula: EllipticalCopula, _ pairs: [CorrelationStructure.PairCorrelation], _ scores: inout ScoreCache
  ) -> Double {
    var score = pair.map { scores.score(pairs[$0].correlation, copula) } ?? 1
    for (rank, distance) in factors {
      score *= PortableMath.pow(scores.score(Correlation(.rank, rank), copula), distance)
    }
    return score
  }
}
