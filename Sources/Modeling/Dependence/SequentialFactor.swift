import VectorMath

/// A correlation along one index that needs no matrix: each score follows from those before it in constant time.
package enum SequentialFactor: Sendable, Hashable {
  /// Any two coordinates have this correlation of scores.
  case exchangeable(Double)
  /// The correlation of each coordinate but the first with the one before it; that of others is the product of those
  /// between them.
  case chain([Double])

  /// The weights of what came before and of the coordinate's own score, for a coordinate that is not the first.
  ///
  /// In a chain, z'_r = c z'_(r-1) + √(1 - c²) z_r. If any two scores have the correlation s, the mean of the next one given
  /// r others is s / (1 + (r - 1) s) times their sum, and its variance (1 - s) (1 + r s) / (1 + (r - 1) s): the rows of the
  /// Cholesky factor.
  ///
  /// - Parameter row: the position of the coordinate, at least 1.
  package func weights(ofRow row: Int) -> (before: Double, own: Double) {
    switch self {
    case .chain(let correlations):
      let c = correlations[row - 1]
      return (c, max(0, 1 - c * c).squareRoot())
    case .exchangeable(let s):
      let others = 1 + Double(row - 1) * s
      return others > 0 ? (s / others, max(0, (1 - s) * (1 + Double(row) * s) / others).squareRoot()) : (0, 0)
    }
  }
}

extension CorrelationStructure {
  /// The coordinates of a block that depend on each other along its one index with a rank correlation: one list for each
  /// combination of its other labels, in the order of the labels; nil if the matrix has another form or is small.
  ///
  /// Up to `sizeLimit` coordinates are correlated by a matrix, as are inputs that are correlated with others.
  ///
  /// - Parameters:
  ///   - block: an input's coordinates.
  ///   - pairs: correlations between inputs.
  ///   - pairDependences: pair copulas between inputs.
  package static func sequences(
    of block: InputBlock, pairs: [PairCorrelation], pairDependences: [PairDependence]
  ) -> (index: IndexID, rank: Double, members: [[InputCoordinate]])? {
    let ranked = block.dependence.compactMap { index, mode in
      if case .rank(let rank) = mode { (index: index, rank: rank) } else { nil }
    }
    guard ranked.count == 1, let (index, rank) = ranked.first, block.coordinates.count > sizeLimit,
      !pairs.contains(where: {
        ($0.first == block.quantity || $0.second == block.quantity) && $0.correlation.value != 0
      }),
      !pairDependences.contains(where: { $0.first == block.quantity || $0.second == block.quantity })
    else { return nil }
    let others = block.dependence.filter { $0.value == .independent }.keys.sorted()
    var groups: [[Int?]: [InputCoordinate]] = [:]
    for member in block.coordinates { groups[others.map { member.labels[$0] }, default: []].append(member) }
    guard groups.values.contains(where: { $0.count > sizeLimit }) else { return nil }
    let members = groups.values.map { group in
      group.sorted { ($0.places[index] ?? 0, $0.coordinate) < ($1.places[index] ?? 0, $1.coordinate) }
    }.sorted { $0[0].coordinate < $1[0].coordinate }
    // Two coordinates at one place would have the correlation 1.
    let areDistinct = members.allSatisfy { group in
      zip(group, group.dropFirst()).allSatisfy { ($0.places[index] ?? .nan) < ($1.places[index] ?? .nan) }
    }
    return areDistinct ? (index, rank, members) : nil
  }

  /// The components of a block's sequences.
  ///
  /// - Parameters:
  ///   - rank: the rank correlation.
  ///   - copula: the copula of the components.
  ///   - isNumeric: whether labels of the index have distances.
  /// - Throws: a negative correlation of more coordinates than it can have.
  static func components(
    of members: [[InputCoordinate]], along index: IndexID, rank: Double, copula: EllipticalCopula, isNumeric: Bool
  ) throws(Contradiction) -> [CopulaComponent] {
    let score = Correlation(.rank, rank).score(under: copula)
    var components: [CopulaComponent] = []
    for group in members {
      let sequence: SequentialFactor
      if isNumeric {
        sequence = .chain(
          zip(group, group.dropFirst()).map { a, b in
            PortableMath.pow(score, (b.places[index] ?? 0) - (a.places[index] ?? 0))
          })
      } else {
        let smallest = 1 + Double(group.count - 1) * score
        if smallest < 0 { throw .notPositiveDefinite(smallestEigenvalue: smallest, entries: []) }
        sequence = .exchangeable(score)
      }
      components.append(CopulaComponent(coordinates: group.map(\.coordinate), sequence: sequence))
    }
    return components
  }
}
