import Simulation
import VectorMath

/// Sums of products of the columns' normal scores, their squares and the target's scores, from which regressions on any
/// set of columns are computed.
///
/// A feature is a column's score (number 2 c) or that squared less 1 (2 c + 1); the last one is the target's score. Sums
/// are added by blocks of draws in their order, so that they are the same for any number of threads and any set.
final class ScoreMoments: @unchecked Sendable {
  /// Draws whose features are in memory at the same time; they fit into a processor's cache.
  static let blockDraws = 1024

  private let scores: [[Double]]
  private let levels: [[UInt8]]
  private let wanted: [Double]
  /// Products by the greater and then the smaller feature; NaN if they are not computed yet.
  private var products: [Double]
  private var sums: [Double]
  private var size: Int { 2 * scores.count + 1 }
  private var target: Int { size - 1 }

  /// Moments of which none is computed yet.
  ///
  /// - Parameters:
  ///   - scores: by column, the normal score of each level.
  ///   - levels: by column, the levels of the draws to fit to.
  ///   - wanted: the target's scores in these draws.
  init(scores: [[Double]], levels: [[UInt8]], wanted: [Double]) {
    (self.scores, self.levels, self.wanted) = (scores, levels, wanted)
    let size = 2 * scores.count + 1
    products = [Double](repeating: .nan, count: size * (size + 1) / 2)
    sums = [Double](repeating: .nan, count: size)
  }

  private static func place(_ i: Int, _ j: Int) -> Int { i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i }

  private static func features(_ columns: [Int], squares: Bool) -> [Int] {
    columns.map { 2 * $0 } + (squares ? columns.map { 2 * $0 + 1 } : [])
  }

  /// Computes what the regressions on some sets of columns need. It must not be called at the same time as other methods.
  ///
  /// - Parameter sets: the columns, and whether the squares of their scores are regressors too.
  func prepare(_ sets: [(columns: [Int], squares: Bool)], workers: Int) {
    var missing: Set<Int> = []
    for set in sets {
      let features = Self.features(set.columns, squares: set.squares) + [target]
      for (place, i) in features.enumerated() {
        for j in features[...place] where products[Self.place(i, j)].isNaN {
          missing.insert(max(i, j) * size + min(i, j))
        }
      }
    }
    guard !missing.isEmpty else { return }
    let pairs = missing.sorted()
    let parts = min(max(1, workers), pairs.count)
    let found = concurrentMap(parts, workers: workers) { part in
      self.computed(Array(pairs[part * pairs.count / parts..<(part + 1) * pairs.count / parts]))
    }
    for own in found {
      for (pair, product) in zip(own.pairs, own.products) { products[Self.place(pair / size, pair % size)] = product }
      for (feature, sum) in own.sums { sums[feature] = sum }
    }
  }

  /// The sums of products of pairs of features, and the sums of these features.
  private func computed(_ pairs: [Int]) -> (pairs: [Int], products: [Double], sums: [(Int, Double)]) {
    let used = Set(pairs.flatMap { [$0 / size, $0 % size] }).sorted()
    var row = [Int](repeating: -1, count: size)
    for (place, feature) in used.enumerated() { row[feature] = place }
    let places = pairs.map { (row[$0 / size] * Self.blockDraws, row[$0 % size] * Self.blockDraws) }
    var values = [Double](repeating: 0, count: used.count * Self.blockDraws)
    var products = [Double](repeating: 0, count: pairs.count)
    var sums = [Double](repeating: 0, count: used.count)
    for start in stride(from: 0, to: wanted.count, by: Self.blockDraws) {
      let draws = start..<min(start + Self.blockDraws, wanted.count)
      values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        for (place, feature) in used.enumerated() {
          let to = base + place * Self.blockDraws
          fill(feature, draws, to)
          for draw in 0..<draws.count { sums[place] += to[draw] }
        }
        for (place, (i, j)) in places.enumerated() {
          products[place] += innerProduct(base + i, base + j, count: draws.count)
        }
      }
    }
    return (pairs, products, Array(zip(used, sums)))
  }

  /// Writes the values of a feature.
  private func fill(_ feature: Int, _ draws: Range<Int>, _ to: UnsafeMutablePointer<Double>) {
    if feature == target {
      for (place, draw) in draws.enumerated() { to[place] = wanted[draw] }
      return
    }
    let table = feature % 2 == 0 ? scores[feature / 2] : scores[feature / 2].map { $0 * $0 - 1 }
    table.withUnsafeBufferPointer { table in
      levels[feature / 2].withUnsafeBufferPointer { levels in
        for (place, draw) in draws.enumerated() { to[place] = table[Int(levels[draw])] }
      }
    }
  }

  /// The regression of the target on columns; nil if its sums have not been computed.
  func regression(_ columns: [Int], squares: Bool) -> [Double]? {
    let features = Self.features(columns, squares: squares) + [target]
    func product(_ i: Int, _ j: Int) -> Double { products[Self.place(features[i], features[j])] }
    for i in features.indices {
      for j in 0...i where product(i, j).isNaN { return nil }
    }
    return LeastSquares(
      count: wanted.count, size: features.count - 1, sum: { self.sums[features[$0]] }, product: product
    ).slopes
  }
}
