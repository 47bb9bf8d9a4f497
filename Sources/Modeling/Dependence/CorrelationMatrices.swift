import Diagnostics
import Distributions
import LinearAlgebra
import Sampling

/// The correlation matrices of a model: one for each set of coordinates that edges connect.
struct CorrelationMatrices {
  private let edges: [CorrelationEdge]
  private let pairs: [CorrelationStructure.PairCorrelation]
  private let coordinates: [Coordinate]
  private var scores = ScoreCache()

  /// Creates the matrices of the given edges.
  init(_ edges: [CorrelationEdge], _ pairs: [CorrelationStructure.PairCorrelation], _ coordinates: [Coordinate]) {
    self.edges = edges
    self.pairs = pairs
    self.coordinates = coordinates
  }

  /// The components, factorised, with the coordinates that Student copulas need.
  mutating func structure(
    copula usual: EllipticalCopula, isRepairable: Bool
  ) throws(CorrelationStructure.Contradiction) -> CorrelationStructure.Result {
    var structure = CorrelationStructure.Result()
    for (members, edges) in try groups() {
      let copula = try self.copula(of: edges) ?? usual
      let ids = members.map(CoordinateID.init)
      let rows = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
      var matrix = SymmetricMatrix(identityOfSize: members.count)
      for edge in edges {
        guard let row = rows[edge.row.position], let column = rows[edge.column.position] else { continue }
        matrix[row, column] = edge.score(under: copula, pairs, &scores)
      }
      var factor = matrix.choleskyFactor() ?? Self.shrunk(matrix).choleskyFactor()
      if factor == nil, isRepairable || edges.contains(where: { $0.pair.map { pairs[$0].isRepairable } ?? false }),
        let nearest = matrix.nearestCorrelation()
      {
        factor = nearest.choleskyFactor()
        structure.repairs.append(Self.repair(of: matrix, by: nearest, ids))
      }
      guard let factor else { throw Self.contradiction(in: matrix, of: ids) }
      var component = CopulaComponent(coordinates: ids, factor: factor)
      state(copula, of: &component, in: &structure)
      structure.components.append(component)
    }
    return structure
  }

  /// Sets a component's copula; a Student copula adds a mixing coordinate.
  func state(
    _ copula: EllipticalCopula, of component: inout CopulaComponent, in structure: inout CorrelationStructure.Result
  ) {
    guard case .student(let student) = copula else { return }
    component.copula = .student(student, mixing: CoordinateID(coordinates.count + structure.further.count))
    structure.further.append(mixingCoordinate(of: component.coordinates))
  }

  /// The matrix with all correlations reduced by a relative 1e-12. A matrix that is singular up to rounding, as when
  /// one input is the sum of others, then has a Cholesky factor with a pivot of at least that (more than the 1e-13 that
  /// `choleskyFactor` takes for zero at `CorrelationStructure.sizeLimit`).
  private static func shrunk(_ matrix: SymmetricMatrix) -> SymmetricMatrix {
    var result = matrix
    for row in 0..<matrix.size { for column in 0..<row { result[row, column] *= 1 - 1e-12 } }
    return result
  }

  /// The sets of connected coordinates, each in byte order of names, with the edges inside.
  private func groups() throws(CorrelationStructure.Contradiction) -> [(members: [Int], edges: [CorrelationEdge])] {
    var neighbours: [Int: Set<Int>] = [:]
    for edge in edges {
      neighbours[edge.row.position, default: []].insert(edge.column.position)
      neighbours[edge.column.position, default: []].insert(edge.row.position)
    }
    let names = neighbours.keys.reduce(into: [Int: [UInt8]]()) {
      $0[$1] = Array(coordinates[$1].address.description.utf8)
    }
    func inOrder(_ positions: some Sequence<Int>) -> [Int] {
      positions.sorted { (names[$0] ?? []).lexicographicallyPrecedes(names[$1] ?? []) }
    }
    var groupOf: [Int: Int] = [:]
    var groups: [(members: [Int], edges: [CorrelationEdge])] = []
    for start in inOrder(neighbours.keys) where groupOf[start] == nil {
      var reached: Set<Int> = [start]
      var frontier = [start]
      while let next = frontier.popLast() {
        for neighbour in neighbours[next] ?? [] where reached.insert(neighbour).inserted { frontier.append(neighbour) }
      }
      if reached.count > CorrelationStructure.sizeLimit {
        throw .tooLarge(coordinates: reached.count, limit: CorrelationStructure.sizeLimit)
      }
      for coordinate in reached { groupOf[coordinate] = groups.count }
      groups.append((inOrder(reached), []))
    }
    for edge in edges { if let group = groupOf[edge.row.position] { groups[group].edges.append(edge) } }
    return groups
  }

  /// The one copula stated by the correlations of the edges; nil if none is stated.
  private func copula(of edges: [CorrelationEdge]) throws(CorrelationStructure.Contradiction) -> EllipticalCopula? {
    var first: CorrelationStructure.PairCorrelation?
    for edge in edges {
      guard let pair = edge.pair.map({ pairs[$0] }), let copula = pair.copula else { continue }
      if let known = first, known.copula != copula { throw .copulasDiffer(known, pair) }
      first = first ?? pair
    }
    return first?.copula
  }

  /// The coordinate of a Student copula, named after the first of its coordinates.
  private func mixingCoordinate(of ids: [CoordinateID]) -> Coordinate {
    let first = coordinates[ids[0].position]
    let designed = ids.filter { coordinates[$0.position].usesDesign }
    // Names in a scenario have no space.
    return Coordinate(
      address: CoordinateAddress(name: "student copula of \(first.address.name)", labels: first.address.labels),
      quantity: first.quantity, usesDesign: !designed.isEmpty, assignedAfter: designed.max() ?? ids.max())
  }

  private static func repair(
    of matrix: SymmetricMatrix, by nearest: SymmetricMatrix, _ ids: [CoordinateID]
  ) -> CorrelationRepair {
    var entries: [CorrelationRepair.Entry] = []
    for column in ids.indices {
      for row in 0..<column {
        entries.append(
          CorrelationRepair.Entry(
            row: ids[row], column: ids[column], stated: matrix[row, column], repaired: nearest[row, column]))
      }
    }
    return CorrelationRepair(smallestEigenvalue: matrix.eigenpairs().first?.value ?? .nan, entries: entries)
  }

  /// A small set of contradictory entries: first those between the coordinates with the largest weights in the
  /// eigenvector of the smallest eigenvalue, until the matrix of these entries is impossible; then without each
  /// coordinate whose removal leaves the rest impossible.
  private static func contradiction(in matrix: SymmetricMatrix, of ids: [CoordinateID])
    -> CorrelationStructure.Contradiction
  {
    guard let (value, vector) = matrix.eigenpairs().first else {
      return .notPositiveDefinite(smallestEigenvalue: .nan, entries: [])
    }
    func isPossible(_ rows: [Int]) -> Bool {
      var part = SymmetricMatrix(identityOfSize: rows.count)
      for i in rows.indices { for j in 0..<i { part[i, j] = matrix[rows[i], rows[j]] } }
      return (part.choleskyFactor() ?? Self.shrunk(part).choleskyFactor()) != nil
    }
    let byWeight = vector.indices.sorted { abs(vector[$0]) > abs(vector[$1]) }
    // A larger set is too large for a message.
    guard
      var chosen = (2...max(2, min(byWeight.count, 12))).lazy.map({ byWeight.prefix($0).sorted() })
        .first(where: { !isPossible($0) })
    else { return .notPositiveDefinite(smallestEigenvalue: value, entries: []) }
    for row in chosen {
      let rest = chosen.filter { $0 != row }
      if !isPossible(rest) { chosen = rest }
    }
    var entries: [CorrelationStructure.Entry] = []
    for (i, row) in chosen.enumerated() {
      for column in chosen[..<i] {
        entries.append(CorrelationStructure.Entry(row: ids[column], column: ids[row], score: matrix[row, column]))
      }
    }
    return .notPositiveDefinite(smallestEigenvalue: value, entries: entries)
  }
}
