import VectorMath

/// Bounds: an upper bound of a value's magnitude in any draw.
///
/// A product with zero may be dropped only if the other factor is finite: non-finite draws must remain visible.
/// Finiteness follows from the operands: scores are bounded, and so is arithmetic on bounded values, as long as it
/// stays in range.
extension Graph {
  /// More than the score of 1 - 2^-53, the greatest; see `UnaryOperation.normalQuantile`.
  private static let greatestProbabilityScore = 8.21
  /// The bound of the scores of a source that holds scores: beyond it a tail's probability underflows.
  static let greatestTailScore = 40.0

  private var greatestScore: Double { holdsScores ? Self.greatestTailScore : Self.greatestProbabilityScore }

  /// The greatest magnitude of what a node makes; infinite where it is not known, or not a number is possible.
  ///
  /// Bounds are rounded like other numbers; an error in the last digits is irrelevant to all uses.
  func bound(of node: GraphNode) -> Double {
    let bound: Double
    switch node {
    case .constant(let bits, _): bound = Double(bitPattern: bits).magnitude
    case .uniform: bound = holdsScores ? greatestScore : 1
    // Row r of a factor makes a score of r + 1 independent ones, with weights whose squares sum to 1.
    case .score(_, let row): bound = greatestScore * Double(row + 1).squareRoot()
    case .unary(.normalQuantile, let a): bound = isFinite(a) ? Self.greatestProbabilityScore : .infinity
    case .unary(.normalCdf, let a): bound = isFinite(a) ? 1 : .infinity
    case .unary(.exp, let a): bound = isFinite(a) ? Self.value(.exp, self.bound(of: a)) : .infinity
    case .unary(.absolute, let a): bound = self.bound(of: a)
    case .binary(.minimum, let a, let b), .binary(.maximum, let a, let b):
      bound = max(self.bound(of: a), self.bound(of: b))
    case .select(let condition, let a, let b):
      bound = isFinite(condition) ? max(self.bound(of: a), self.bound(of: b)) : .infinity
    case .unary(.not, let a): bound = isFinite(a) ? 1 : .infinity
    case .binary(let operation, let a, let b) where operation.isCondition:
      bound = isFinite(a) && isFinite(b) ? 1 : .infinity
    case .product(let scale, let numerators, let denominators) where denominators.isEmpty:
      bound = numerators.reduce(Double(bitPattern: scale).magnitude) { $0 * self.bound(of: $1) }
    case .linear(let shift, let weights, let terms):
      bound = zip(weights, terms).reduce(Double(bitPattern: shift).magnitude) {
        $0 + Double(bitPattern: $1.0).magnitude * self.bound(of: $1.1)
      }
    default: bound = .infinity
    }
    return bound.isNaN ? .infinity : bound
  }

  /// Whether a value is known to be finite in every draw.
  func isFinite(_ id: ValueID) -> Bool { bound(of: id) < .infinity }
}
