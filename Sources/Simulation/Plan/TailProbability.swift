import Distributions
import Modeling
import VectorMath

extension Graph {
  /// Phi(z) of a normal score with all digits in the lower tail, down to 1e-308; see `PointSource.holdsScores`.
  mutating func tailProbability(_ score: ValueID) -> ValueID {
    let function = position(of: .tailProbability)
    return add(.call(function, [score]), within: 1)
  }
}

extension BuiltInFunction {
  /// Phi(z) in the open interval 0 ... 1.
  ///
  /// The block operation `normalCdf` ends at 2^-53; below a score of -5 the scalar function takes over. The name cannot
  /// be written in a formula.
  fileprivate static let tailProbability = BuiltInFunction(
    name: "tail probability", summary: "the normal probability of a score", parameters: ["z"], dimension: .pure,
    scalar: { lowerTail($0[0]) },
    block: { columns, out, count in
      let z = columns[0]
      // The result may take the argument's place, so tails are computed first.
      var tails: [(draw: Int, probability: Double)] = []
      for draw in 0..<count where z[draw] < -5 { tails.append((draw, lowerTail(z[draw]))) }
      Columns.apply(.normalCdf, z, into: out, count: count)
      for tail in tails { out[tail.draw] = tail.probability }
    })
}

/// Phi(z), at least the smallest normal number.
private func lowerTail(_ z: Double) -> Double {
  z.isNaN ? .nan : min(max(StandardNormal.cdf(z), Double.leastNormalMagnitude), 1 - 0x1p-53)
}
