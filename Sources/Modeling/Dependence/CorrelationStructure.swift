import Distributions
import Foundation
import Sampling

/// What hangs together: correlations between inputs and along their indexes, and pair copulas, as components of
/// dependent coordinates.
///
/// Correlations are of coordinates, counted in normal scores. Along an index, `shared` makes one coordinate of all
/// labels, `independent` correlates equal labels only, and a rank correlation becomes that of scores, s (see
/// `Correlation.score`), between labels i and j s^|i - j| on a numeric index and s between any two labels of another. i and
/// j are the labels' numbers, so that what is said of labels 1 apart gives the correlation at every distance, whichever
/// labels an index has and wherever anchor points stand.
/// Over several indexes the factors multiply. A correlation between two inputs is multiplied by the factors of the
/// indexes that both have.
public enum CorrelationStructure {
  /// A coordinate as a member of its input.
  public struct InputCoordinate: Sendable {
    /// The coordinate.
    public var coordinate: CoordinateID
    /// The label position on each index along which the input's coordinates differ.
    public var labels: [IndexID: Int]
    /// The label's number on each such index that is numeric, its position on others.
    public var places: [IndexID: Double]

    /// A coordinate of an input.
    public init(coordinate: CoordinateID, labels: [IndexID: Int], places: [IndexID: Double]) {
      self.coordinate = coordinate
      self.labels = labels
      self.places = places
    }
  }

  /// An input's coordinates and how they hang together.
  public struct InputBlock: Sendable {
    /// The input or reference.
    public var quantity: QuantityID
    /// Its coordinates.
    public var coordinates: [InputCoordinate]
    /// The mode along each of its indexes.
    public var dependence: [IndexID: IndexDependence]

    /// An input's coordinates.
    public init(quantity: QuantityID, coordinates: [InputCoordinate], dependence: [IndexID: IndexDependence]) {
      self.quantity = quantity
      self.coordinates = coordinates
      self.dependence = dependence
    }
  }

  /// A correlation between two inputs.
  public struct PairCorrelation: Sendable {
    /// The inputs.
    public var first: QuantityID, second: QuantityID
    /// The correlation, by one of its measures.
    public var correlation: Correlation
    /// The copula of the coordinates that it ties, where the entry says one.
    public var copula: EllipticalCopula?
    /// Whether a matrix that it makes impossible is to be replaced by the nearest possible one.
    public var isRepairable: Bool

    /// A correlation between two inputs.
    public init(
      _ first: QuantityID, _ second: QuantityID, _ correlation: Correlation, copula: EllipticalCopula? = nil,
      isRepairable: Bool = false
    ) {
      self.first = first
      self.second = second
      self.correlation = correlation
      self.copula = copula
      self.isRepairable = isRepairable
    }

    /// A correlation of normal scores between two inputs.
    public init(_ first: QuantityID, _ second: QuantityID, score: Double) {
      self.init(first, second, Correlation(.normal, score))
    }
  }

  /// Two inputs that a pair copula ties, and nothing else.
  public struct PairDependence: Sendable {
    /// The inputs.
    public var first: QuantityID, second: QuantityID
    /// The copula of their coordinates, in this order.
    public var copula: RotatedCopula

    /// Two inputs that a pair copula ties.
    public init(_ first: QuantityID, _ second: QuantityID, _ copula: RotatedCopula) {
      self.first = first
      self.second = second
      self.copula = copula
    }
  }

  /// How a model's coordinates hang together.
  public struct Result: Sendable {
    /// The components of dependent coordinates.
    public var components: [CopulaComponent] = []
    /// Coordinates of copulas, numbered after all others.
    public var further: [Coordinate] = []
    /// Matrices that were replaced.
    public var repairs: [CorrelationRepair] = []

    /// No dependence at all.
    public init() {}
  }

  /// Why there is no such dependence.
  public enum Problem: Error, Sendable {
    /// Two inputs that are tied hang together differently along an index that both have.
    case indexDependenceDiffers(QuantityID, QuantityID, IndexID)
    /// Two inputs that are tied have different labels (or knots) on an index that both have.
    case labelsDiffer(QuantityID, QuantityID, IndexID)
    /// No joint distribution has these correlations; the few that contradict each other, zeros included.
    case notPositiveDefinite(smallestEigenvalue: Double, entries: [Entry])
    /// A negative rank correlation along an index with labels at distances that are not whole, of which it has no power.
    case fractionalDistance(QuantityID, IndexID)
    /// More coordinates hang together than a dense factor is made for.
    case tooLarge(coordinates: Int, limit: Int)
    /// Correlations that hang together say different copulas.
    case copulasDiffer(PairCorrelation, PairCorrelation)
    /// A pair copula ties an input that a rank correlation ties along an index.
    case pairCopulaAlongRank(PairDependence, QuantityID, IndexID)
    /// A pair copula would tie one coordinate to several, which are independent along an index.
    case pairCopulaSpreads(PairDependence, QuantityID, IndexID)
    /// A pair copula ties an input that is tied or correlated elsewhere.
    case pairCopulaNotAlone(PairDependence, QuantityID)
  }

  /// An entry of a correlation matrix of normal scores.
  public struct Entry: Sendable {
    /// The row's coordinate and the column's.
    public var row: CoordinateID, column: CoordinateID
    /// The correlation.
    public var score: Double
  }

  /// Coordinates that may be correlated with each other: the product of such a factor with the draws' scores costs as
  /// much a draw as some hundred formulas.
  public static let sizeLimit = 512

  /// How the coordinates of a model's inputs hang together; those that hang with nothing are in no component.
  ///
  /// - Parameters:
  ///   - blocks: every input and reference that has coordinates.
  ///   - pairs: correlations between inputs, at most one for two inputs.
  ///   - ties: pair copulas between inputs.
  ///   - copula: the copula of correlations that say none.
  ///   - isRepairable: whether every impossible matrix is to be replaced by the nearest possible one.
  ///   - coordinates: all of the model's, at the positions of their identifiers.
  ///   - isNumeric: whether labels of an index have an order.
  public static func structure(
    of blocks: [InputBlock], pairs: [PairCorrelation], pairDependences: [PairDependence] = [],
    copula: EllipticalCopula = .normal, isRepairable: Bool = false,
    coordinates: [Coordinate], isNumeric: (IndexID) -> Bool
  ) throws(Problem) -> Result {
    let blockOf = Dictionary(blocks.map { ($0.quantity, $0) }, uniquingKeysWith: { first, _ in first })
    var edges: [CorrelationEdge] = []
    for block in blocks where block.rankIndex != nil {
      if let index = block.negativeOverFractions(isNumeric) { throw .fractionalDistance(block.quantity, index) }
      edges += self.edges(block, block, pair: nil, isNumeric)
    }
    for (number, pair) in pairs.enumerated() {
      guard let first = blockOf[pair.first], let second = blockOf[pair.second] else { continue }
      try checkCommonIndexes(first, second)
      if pair.correlation.value != 0 { edges += self.edges(first, second, pair: number, isNumeric) }
    }
    var matrices = CorrelationMatrices(edges, pairs, coordinates)
    var structure = try matrices.structure(copula: copula, isRepairable: isRepairable)
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

  /// A correlation needs to know which labels belong together, and how they hang together, on every common index.
  private static func checkCommonIndexes(_ first: InputBlock, _ second: InputBlock) throws(Problem) {
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

  /// What ties the coordinates of two inputs, or of one: entries that are not zero.
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

  /// The pairs of coordinates that a pair copula ties, each a component: like cells of the two inputs.
  private static func components(
    of pairDependence: PairDependence, _ first: InputBlock, _ second: InputBlock, _ coordinates: [Coordinate]
  ) throws(Problem) -> [CopulaComponent] {
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

  /// A numeric index along which the correlation is negative and a distance is not whole.
  fileprivate func negativeOverFractions(_ isNumeric: (IndexID) -> Bool) -> IndexID? {
    for (index, mode) in dependence.sorted(by: { $0.key < $1.key }) where isNumeric(index) {
      guard case .rank(let rank) = mode, rank < 0 else { continue }
      let places = coordinates.compactMap { $0.places[index] }
      if places.contains(where: { ($0 - places[0]).rounded() != $0 - places[0] }) { return index }
    }
    return nil
  }
}

/// What ties two coordinates: a correlation between their inputs, and factors of the indexes that both have.
struct CorrelationEdge {
  /// The coordinates.
  var row: CoordinateID, column: CoordinateID
  /// The correlation between the inputs, by its position; nil within one input.
  var pair: Int?
  /// Rank correlations along indexes, each to the power of a distance.
  var factors: [(rank: Double, distance: Double)] = []

  /// The correlation of normal scores under a copula.
  func score(
    under copula: EllipticalCopula, _ pairs: [CorrelationStructure.PairCorrelation], _ scores: inout ScoreCache
  ) -> Double {
    var score = pair.map { scores.score(pairs[$0].correlation, copula) } ?? 1
    for (rank, distance) in factors { score *= pow(scores.score(Correlation(.rank, rank), copula), distance) }
    return score
  }
}
