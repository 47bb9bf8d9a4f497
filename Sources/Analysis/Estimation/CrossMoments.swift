import LinearAlgebra
import Sampling
import Simulation
import VectorMath

/// Sums of products of columns with each other, by group of draws; the last column is the target.
struct CrossMoments: Sendable {
  private let size: Int
  /// Count, then Σ x_i, then Σ x_i x_j, by group; the mean is subtracted from each column.
  private let sums: [Double]
  private var width: Int { 1 + size + size * size }

  /// The sums over draws in which all columns are finite.
  ///
  /// - Parameter workers: the number of threads; the sums are the same for any number.
  init(_ columns: [[Double]], workers: Int) {
    size = columns.count
    let size = size
    let count = columns.first?.count ?? 0
    let isUsed = (0..<count).map { draw in columns.allSatisfy { $0[draw].isFinite } }
    let used = Double(max(1, isUsed.reduce(0) { $0 + ($1 ? 1 : 0) }))
    // Centred columns, zero for excluded draws.
    let centred = columns.map { column -> [Double] in
      var sum = 0.0
      for draw in 0..<count where isUsed[draw] { sum += column[draw] }
      let mean = sum / used
      return (0..<count).map { isUsed[$0] ? column[$0] - mean : 0 }
    }
    let width = 1 + size + size * size
    let parts = concurrentMap(Replicates.count, workers: workers) { group -> [Double] in
      var own = [Double](repeating: 0, count: width)
      for block in stride(from: group, to: (count + AddressBlock.draws - 1) / AddressBlock.draws, by: Replicates.count)
      {
        let draws = block * AddressBlock.draws..<min(count, (block + 1) * AddressBlock.draws)
        for draw in draws where isUsed[draw] { own[0] += 1 }
        for i in 0..<size {
          centred[i].withUnsafeBufferPointer { x in
            for draw in draws { own[1 + i] += x[draw] }
            for j in 0...i {
              centred[j].withUnsafeBufferPointer { y in
                guard let x = x.baseAddress, let y = y.baseAddress else { return }
                own[1 + size + i * size + j] += innerProduct(
                  x + draws.lowerBound, y + draws.lowerBound, count: draws.count)
              }
            }
          }
        }
      }
      return own
    }
    sums = parts.flatMap(\.self)
  }

  /// The correlations of all pairs, row-major: 1 on the diagonal.
  func correlations(_ weights: UnsafeBufferPointer<Double>?) -> [Double] {
    var total = [Double](repeating: 0, count: width)
    for group in 0..<Replicates.count {
      let weight = weights?[group] ?? 1
      if weight == 0 { continue }
      for place in 0..<width { total[place] += weight * sums[group * width + place] }
    }
    let n = total[0]
    func covariance(_ i: Int, _ j: Int) -> Double {
      total[1 + size + i * size + j] / n - total[1 + i] / n * (total[1 + j] / n)
    }
    let spreads = (0..<size).map { covariance($0, $0).squareRoot() }
    var result = [Double](repeating: 1, count: size * size)
    for i in 0..<size {
      for j in 0..<i {
        let value = covariance(i, j) / (spreads[i] * spreads[j])
        result[i * size + j] = value
        result[j * size + i] = value
      }
    }
    return result
  }

  /// The regression coefficients of the last column on the others: with R the inputs' correlations, r those with the
  /// target, b = R⁻¹ r and e = 1 - r·b the unexplained fraction of its variance, standardised b_i, partial
  /// b_i / √(b_i² + e (R⁻¹)_ii); nil if an input is a linear combination of others.
  ///
  /// If the inputs determine the target completely, e is replaced by the rounding error, so that an input without
  /// influence has a partial correlation of 0 instead of 0 / 0.
  func regression(_ weights: UnsafeBufferPointer<Double>?) -> (standardised: [Double], partial: [Double])? {
    let all = correlations(weights)
    let inputs = size - 1
    var between = [Double](repeating: 0, count: inputs * inputs)
    for i in 0..<inputs { for j in 0..<inputs { between[i * inputs + j] = all[i * size + j] } }
    guard let q = Self.inverse(between, inputs) else { return nil }
    let target = (0..<inputs).map { all[inputs * size + $0] }
    let slopes = (0..<inputs).map { i in (0..<inputs).reduce(0) { $0 + q[i * inputs + $1] * target[$1] } }
    let explained = (0..<inputs).reduce(0) { $0 + slopes[$1] * target[$1] }
    let rest = max(1 - explained, Double(size) * 0x1p-52)
    return (
      slopes,
      (0..<inputs).map { slopes[$0] / (slopes[$0] * slopes[$0] + rest * q[$0 * inputs + $0]).squareRoot() }
    )
  }

  /// The inverse of a symmetric positive definite matrix by its Cholesky factor; nil if the matrix is not one.
  static func inverse(_ entries: [Double], _ size: Int) -> [Double]? {
    var matrix = SymmetricMatrix(identityOfSize: size)
    for i in 0..<size { for j in 0...i { matrix[i, j] = entries[i * size + j] } }
    guard let l = matrix.choleskyFactor() else { return nil }
    // The inverse of L, column by column; then its transpose times the inverse.
    var inverse = [Double](repeating: 0, count: size * size)
    for column in 0..<size {
      for row in column..<size {
        var sum = row == column ? 1.0 : 0.0
        for k in column..<row { sum -= l[row * size + k] * inverse[k * size + column] }
        inverse[row * size + column] = sum / l[row * size + row]
      }
    }
    var result = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        var sum = 0.0
        for k in i..<size { sum += inverse[k * size + i] * inverse[k * size + j] }
        result[i * size + j] = sum
        result[j * size + i] = sum
      }
    }
    return result
  }
}
