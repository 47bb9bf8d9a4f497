import Distributions
import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// Matrix 0 is a design; matrix 1 + s shares the s-th subset's inputs with it, and redraws the others given them.
struct SubsetSource: PointSource {
  let replicates = Replicates.count
  /// A in matrix 0, B in matrix 1.
  let design: PickFreezeSource
  private let matrices: Int
  /// For each subset, the coordinates taken unchanged from A.
  private let kept: [Set<CoordinateID>]
  /// For each subset, the coordinates of components that are neither kept nor redrawn as a whole.
  private let mixed: [[CoordinateID: Row]]

  /// A score as a combination of A's and B's scores of the component's coordinates.
  struct Row {
    var members: [CoordinateID]
    var ofA: [Double]
    var ofB: [Double]
  }

  init(_ problem: SensitivityProblem, _ subsets: ShapleySubsets, base: Int) {
    var all = problem.factors.reduce(into: Set<CoordinateID>()) { $0.formUnion($1.coordinates) }
    for component in problem.model.components { all.formUnion(component.coordinates) }
    design = PickFreezeSource(problem, fromB: [[], all], base: base)
    matrices = subsets.subsets.count + 1
    var kept: [Set<CoordinateID>] = []
    var mixed: [[CoordinateID: Row]] = []
    for subset in subsets.subsets {
      let own = subset.reduce(into: Set<CoordinateID>()) { $0.formUnion(problem.factors[$1].coordinates) }
      var rows: [CoordinateID: Row] = [:]
      for component in problem.model.components {
        let isKept = component.coordinates.map(own.contains)
        guard isKept.contains(true), isKept.contains(false) else { continue }
        let (ofA, ofB) = Self.combination(component.factor, isKept)
        let size = isKept.count
        for (row, coordinate) in component.coordinates.enumerated() {
          rows[coordinate] = Row(
            members: component.coordinates, ofA: Array(ofA[row * size..<(row + 1) * size]),
            ofB: Array(ofB[row * size..<(row + 1) * size]))
        }
      }
      kept.append(own)
      mixed.append(rows)
    }
    self.kept = kept
    self.mixed = mixed
  }

  /// The matrices F and G with e = F a + G b: from independent scores a, the kept ones are unchanged in the correlated
  /// scores L a, and all others are redrawn by b given them.
  ///
  /// With P the permutation that puts the kept ones first and M the Cholesky factor of P L L' P', the scores in that
  /// order are M times independent ones, M⁻¹ P L a; the first of these are kept, the others are replaced by b's; L⁻¹ P'
  /// M transforms them back.
  static func combination(_ factor: [Double], _ isKept: [Bool]) -> (ofA: [Double], ofB: [Double]) {
    let size = isKept.count
    let order = isKept.indices.filter { isKept[$0] } + isKept.indices.filter { !isKept[$0] }
    let first = isKept.reduce(0) { $0 + ($1 ? 1 : 0) }
    var correlation = SymmetricMatrix(identityOfSize: size)
    for i in 0..<size {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<size { sum += factor[order[i] * size + k] * factor[order[j] * size + k] }
        correlation[i, j] = sum
      }
    }
    let m = correlation.choleskyFactor() ?? SymmetricMatrix(identityOfSize: size).entries
    let permuted = order.flatMap { Array(factor[$0 * size..<($0 + 1) * size]) }
    // Rows of M⁻¹ P L.
    let forward = solved(m, permuted, size)
    var (keptPart, newPart) = ([Double](repeating: 0, count: size * size), [Double](repeating: 0, count: size * size))
    // P' M D, multiplied by the forward matrix, for a; P' M (1 - D) for b, whose columns belong to the ordered members.
    for i in 0..<size {
      for j in 0..<size {
        var sum = 0.0
        for k in 0..<first { sum += m[i * size + k] * forward[k * size + j] }
        keptPart[order[i] * size + j] = sum
        if j >= first { newPart[order[i] * size + order[j]] = m[i * size + j] }
      }
    }
    return (solved(factor, keptPart, size), solved(factor, newPart, size))
  }

  /// The solution X of L X = Y, row-major.
  private static func solved(_ lower: [Double], _ right: [Double], _ size: Int) -> [Double] {
    var result = right
    for column in 0..<size {
      for row in 0..<size {
        var sum = result[row * size + column]
        for k in 0..<row { sum -= lower[row * size + k] * result[k * size + column] }
        result[row * size + column] = sum / lower[row * size + row]
      }
    }
    return result
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let (part, matrix) = block.quotientAndRemainder(dividingBy: matrices)
    let id = CoordinateID(coordinate)
    guard matrix > 0 else { return design.fill(coordinate, block: 2 * part, into: probabilities) }
    guard let row = mixed[matrix - 1][id] else {
      return design.fill(coordinate, block: 2 * part + (kept[matrix - 1].contains(id) ? 0 : 1), into: probabilities)
    }
    let count = AddressBlock.draws
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { space in
      guard let sum = space.baseAddress else { return }
      let score = sum + count
      sum.initialize(repeating: 0, count: count)
      for (weights, matrix) in [(row.ofA, 0), (row.ofB, 1)] {
        for (member, weight) in zip(row.members, weights) where weight != 0 {
          design.fill(member.position, block: 2 * part + matrix, into: score)
          Columns.apply(.normalQuantile, score, into: score, count: count)
          for draw in 0..<count { sum[draw] += weight * score[draw] }
        }
      }
      for draw in 0..<count {
        probabilities[draw] = min(max(StandardNormal.cdf(sum[draw]), 0x1p-60), 1 - 0x1p-53)
      }
    }
  }
}
