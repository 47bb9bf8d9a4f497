import Foundation
import LinearAlgebra

/// What hangs together: correlations between inputs and along their indexes, as components of correlated coordinates.
///
/// All correlations are of normal scores, between coordinates. Along an index, `shared` makes one coordinate of all
/// labels, `independent` correlates equal labels only, and a rank correlation r becomes s = 2 sin(pi r / 6), between
/// labels i and j s^|i - j| on a numeric index and s between any two labels of another. Over several indexes the
/// factors multiply. A correlation between two inputs is multiplied by the factors of the indexes that both have.
///
/// Source of s: Pearson (1907), "On further methods of determining correlation"; exact for the normal copula.
public enum Dependence {
  /// A coordinate as a member of its input.
  public struct Member: Sendable {
    /// The coordinate.
    public var coordinate: CoordinateID
    /// The label position on each index along which the input's coordinates differ.
    public var labels: [IndexID: Int]
    /// The place in the order along each such index: the label's position, or the knot's among all knots.
    public var ordinals: [IndexID: Int]

    /// A coordinate of an input.
    public init(coordinate: CoordinateID, labels: [IndexID: Int], ordinals: [IndexID: Int]) {
      self.coordinate = coordinate
      self.labels = labels
      self.ordinals = ordinals
    }
  }

  /// An input's coordinates and how they hang together.
  public struct Block: Sendable {
    /// The input or reference.
    public var quantity: QuantityID
    /// Its coordinates.
    public var members: [Member]
    /// The mode along each of its indexes.
    public var across: [IndexID: Across]

    /// An input's coordinates.
    public init(quantity: QuantityID, members: [Member], across: [IndexID: Across]) {
      self.quantity = quantity
      self.members = members
      self.across = across
    }
  }

  /// A correlation between two inputs.
  public struct Pair: Sendable {
    /// The inputs.
    public var first: QuantityID, second: QuantityID
    /// The correlation of normal scores.
    public var score: Double

    /// A correlation of normal scores between two inputs.
    public init(_ first: QuantityID, _ second: QuantityID, score: Double) {
      self.first = first
      self.second = second
      self.score = score
    }
  }

  /// Why there is no such dependence.
  public enum Problem: Error, Sendable {
    /// Two correlated inputs hang together differently along an index that both have.
    case acrossDiffers(Pair, IndexID)
    /// Two correlated inputs have different labels (or knots) on an index that both have.
    case labelsDiffer(Pair, IndexID)
    /// No joint distribution has these correlations; the coordinates with the entries that contradict each other.
    case notPositiveDefinite(smallestEigenvalue: Double, entries: [Entry])
    /// More coordinates hang together than a dense factor is made for.
    case tooLarge(coordinates: Int, limit: Int)
  }

  /// An entry of a correlation matrix of normal scores.
  public struct Entry: Sendable {
    /// The row's coordinate and the column's.
    public var row: CoordinateID, column: CoordinateID
    /// The correlation.
    public var score: Double
  }

  /// Coordinates that may be correlated with each other: the product of such a factor with the draws' scores costs as
  /// much a draw as some hundred formulas, and its eigenvalues take seconds.
  public static let sizeLimit = 512

  /// The normal-score correlation that gives a rank (Spearman) correlation under a normal copula.
  public static func score(rank: Double) -> Double { 2 * sin(.pi * rank / 6) }

  /// The normal-score correlation that gives a Kendall correlation under a normal copula.
  ///
  /// Source: Greiner (1909), "Über das Fehlersystem der Kollektivmasslehre"; tau = 2 arcsin(s) / pi.
  public static func score(kendall: Double) -> Double { sin(.pi * kendall / 2) }

  /// The components of correlated coordinates of a model's inputs; coordinates that hang with nothing are in none.
  ///
  /// - Parameters:
  ///   - blocks: every input and reference that has coordinates.
  ///   - pairs: correlations between inputs, at most one for two inputs.
  ///   - coordinates: all of the model's, at the positions of their identifiers.
  ///   - isNumeric: whether labels of an index have an order.
  public static func components(
    of blocks: [Block], pairs: [Pair], coordinates: [Coordinate], isNumeric: (IndexID) -> Bool
  ) throws(Problem) -> [CopulaComponent] {
    let blockOf = Dictionary(blocks.map { ($0.quantity, $0) }, uniquingKeysWith: { first, _ in first })
    var links: [Entry] = []
    for block in blocks where block.across.values.contains(where: \.isRank) {
      links += entries(block, block, score: 1, isNumeric)
    }
    for pair in pairs {
      guard let first = blockOf[pair.first], let second = blockOf[pair.second] else { continue }
      try checkCommonIndexes(pair, first, second)
      links += entries(first, second, score: pair.score, isNumeric)
    }
    return try components(linkedBy: links, names: coordinates.map { Array($0.address.description.utf8) })
  }

  /// A correlation needs to know which labels belong together, and how they hang together, on every common index.
  private static func checkCommonIndexes(_ pair: Pair, _ first: Block, _ second: Block) throws(Problem) {
    for (index, mode) in first.across.sorted(by: { $0.key < $1.key }) {
      guard let other = second.across[index] else { continue }
      if mode != other { throw .acrossDiffers(pair, index) }
      if mode != .shared, Set(first.members.map { $0.labels[index] }) != Set(second.members.map { $0.labels[index] }) {
        throw .labelsDiffer(pair, index)
      }
    }
  }

  /// The entries of the correlation matrix that are not zero, between two inputs or within one.
  private static func entries(
    _ first: Block, _ second: Block, score: Double, _ isNumeric: (IndexID) -> Bool
  ) -> [Entry] {
    let common = first.across.filter { second.across[$0.key] != nil }
    var found: [Entry] = []
    for row in first.members {
      for column in second.members where row.coordinate != column.coordinate {
        var value = score
        for (index, mode) in common where value != 0 {
          value *= factor(mode, row, column, index, isNumeric: isNumeric(index))
        }
        if value != 0 { found.append(Entry(row: row.coordinate, column: column.coordinate, score: value)) }
      }
    }
    return found
  }

  /// The normal-score correlation along one index between two coordinates.
  private static func factor(
    _ mode: Across, _ row: Member, _ column: Member, _ index: IndexID, isNumeric: Bool
  ) -> Double {
    switch mode {
    case .shared: return 1
    case .independent: return row.labels[index] == column.labels[index] ? 1 : 0
    case .rank(let rank):
      guard let i = row.ordinals[index], let j = column.ordinals[index], i != j else { return 1 }
      return isNumeric ? pow(score(rank: rank), Double(abs(i - j))) : score(rank: rank)
    }
  }

  /// The connected components of a list of entries, factorised.
  private static func components(linkedBy links: [Entry], names: [[UInt8]]) throws(Problem) -> [CopulaComponent] {
    var neighbours: [Int: Set<Int>] = [:]
    for link in links {
      neighbours[link.row.position, default: []].insert(link.column.position)
      neighbours[link.column.position, default: []].insert(link.row.position)
    }
    var slot: [Int: (component: Int, row: Int)] = [:]
    var members: [[Int]] = []
    for start in neighbours.keys.sorted(by: { names[$0].lexicographicallyPrecedes(names[$1]) }) where slot[start] == nil
    {
      var reached: Set<Int> = [start]
      var frontier = [start]
      while let next = frontier.popLast() {
        for neighbour in neighbours[next] ?? [] where reached.insert(neighbour).inserted { frontier.append(neighbour) }
      }
      if reached.count > sizeLimit { throw .tooLarge(coordinates: reached.count, limit: sizeLimit) }
      let ordered = reached.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
      for (row, coordinate) in ordered.enumerated() { slot[coordinate] = (members.count, row) }
      members.append(ordered)
    }
    var matrices = members.map { SymmetricMatrix(identityOfSize: $0.count) }
    for link in links {
      guard let row = slot[link.row.position], let column = slot[link.column.position] else { continue }
      matrices[row.component][row.row, column.row] = link.score
    }
    var components: [CopulaComponent] = []
    for (coordinates, matrix) in zip(members, matrices) {
      let coordinates = coordinates.map(CoordinateID.init)
      guard let factor = matrix.choleskyFactor() else { throw contradiction(in: matrix, of: coordinates) }
      components.append(CopulaComponent(coordinates: coordinates, factor: factor))
    }
    return components
  }

  /// The few entries that contradict each other: those between the coordinates on which the eigenvector of the
  /// smallest eigenvalue lies, the heaviest first, until the block of their entries is impossible by itself, or is
  /// more than a message can show.
  private static func contradiction(in matrix: SymmetricMatrix, of coordinates: [CoordinateID]) -> Problem {
    let (value, vector) = matrix.eigenpairs()[0]
    let byWeight = vector.indices.sorted { abs(vector[$0]) > abs(vector[$1]) }
    for size in 2...max(2, min(byWeight.count, 12)) {
      let chosen = byWeight.prefix(size).sorted()
      var part = SymmetricMatrix(identityOfSize: chosen.count)
      var entries: [Entry] = []
      for (i, row) in chosen.enumerated() {
        for (j, column) in chosen.enumerated() where j < i {
          part[i, j] = matrix[row, column]
          if matrix[row, column] != 0 {
            entries.append(Entry(row: coordinates[column], column: coordinates[row], score: matrix[row, column]))
          }
        }
      }
      if part.choleskyFactor() == nil { return .notPositiveDefinite(smallestEigenvalue: value, entries: entries) }
    }
    return .notPositiveDefinite(smallestEigenvalue: value, entries: [])
  }
}

extension Across {
  fileprivate var isRank: Bool {
    if case .rank = self { true } else { false }
  }
}
