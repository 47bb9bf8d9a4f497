import VectorMath

/// The regression of a target's normal scores on those of several columns: linear, with squares unless there are many
/// columns, and with products of pairs if there are few.
struct ScorePrediction: Sendable {
  /// Maximum number of columns for which the regression includes products of pairs, and squares.
  private static let mostWithProducts = 6
  private static let mostWithSquares = 24

  /// By column and level, the terms in the column's own score.
  private let terms: [[Double]]
  /// By column and level, the score.
  private let scores: [[Double]]
  /// The factors of the products of pairs, by the greater and then the smaller position; empty without products.
  private let products: [[Double]]

  /// Whether a regression on a number of columns includes squares, and products of pairs.
  static func hasSquares(_ columns: Int) -> Bool { columns <= mostWithSquares }
  static func hasProducts(_ columns: Int) -> Bool { columns <= mostWithProducts }

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - scores: by column, the normal score of each level.
  ///   - levels: by column, the levels of the draws to fit to.
  ///   - wanted: the target's scores in these draws.
  init(scores: [[Double]], levels: [[UInt8]], wanted: [Double]) {
    let count = scores.count
    let hasSquares = Self.hasSquares(count)
    let hasProducts = Self.hasProducts(count)
    let size = (hasSquares ? 2 : 1) * count + (hasProducts ? count * (count - 1) / 2 : 0)
    let slopes = Self.regression(size, wanted) { draws, features in
      for column in 0..<count {
        let table = scores[column]
        for (place, draw) in draws.enumerated() { features[column][place] = table[Int(levels[column][draw])] }
      }
      guard hasSquares else { return }
      for column in 0..<count {
        for place in 0..<draws.count {
          features[count + column][place] = features[column][place] * features[column][place] - 1
        }
      }
      guard hasProducts else { return }
      var next = 2 * count
      for column in 0..<count {
        for other in 0..<column {
          for place in 0..<draws.count { features[next][place] = features[column][place] * features[other][place] }
          next += 1
        }
      }
    }
    self.init(scores: scores, slopes: slopes)
  }

  /// The regression without products of pairs whose moments are known; nil if they are not.
  init?(scores: [[Double]], _ columns: [Int], _ moments: ScoreMoments) {
    guard !Self.hasProducts(columns.count),
      let slopes = moments.regression(columns, squares: Self.hasSquares(columns.count))
    else { return nil }
    self.init(scores: scores, slopes: slopes)
  }

  /// The regression with some coefficients: of the scores, their squares, and the products of pairs.
  private init(scores: [[Double]], slopes: [Double]) {
    let count = scores.count
    let hasSquares = Self.hasSquares(count)
    terms = scores.indices.map { column in
      scores[column].map { score in
        slopes[column] * score + (hasSquares ? slopes[count + column] * (score * score - 1) : 0)
      }
    }
    self.scores = scores
    var next = 2 * count
    products =
      Self.hasProducts(count)
      ? (0..<count).map { column in
        defer { next += column }
        return Array(slopes[next..<next + column])
      } : []
  }

  /// The predictions for draws, from the levels of each column in them.
  func predictions(_ levels: (_ column: Int) -> [UInt8]) -> [Double] {
    // Products take the levels of several columns at the same time; otherwise one column's are enough.
    let kept = products.indices.map(levels)
    var sums: [Double] = []
    var pairs: [Double] = []
    for (column, terms) in terms.enumerated() {
      let own = kept.isEmpty ? levels(column) : kept[column]
      if column == 0 {
        sums = own.map { terms[Int($0)] }
        continue
      }
      sums.withUnsafeMutableBufferPointer { Self.add(terms, at: own, to: $0) }
      guard !products.isEmpty else { continue }
      pairs = kept[0].map { [table = scores[0], factor = products[column][0]] in factor * table[Int($0)] }
      pairs.withUnsafeMutableBufferPointer { pairs in
        for other in 1..<max(1, column) {
          Self.add(scores[other].map { products[column][other] * $0 }, at: kept[other], to: pairs)
        }
      }
      let table = scores[column]
      for draw in sums.indices { sums[draw] += pairs[draw] * table[Int(own[draw])] }
    }
    return sums
  }

  private static func add(_ table: [Double], at levels: [UInt8], to sums: UnsafeMutableBufferPointer<Double>) {
    table.withUnsafeBufferPointer { table in
      levels.withUnsafeBufferPointer { levels in
        for draw in sums.indices { sums[draw] += table[Int(levels[draw])] }
      }
    }
  }

  /// The coefficients of features.
  ///
  /// - Parameter fill: writes the features of some draws. Those of all draws are never in memory at the same time.
  private static func regression(
    _ size: Int, _ wanted: [Double], _ fill: (_ draws: Range<Int>, _ features: inout [[Double]]) -> Void
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: size + 1)
    var products = [Double](repeating: 0, count: (size + 1) * (size + 1))
    let blockDraws = ScoreMoments.blockDraws
    var features = [[Double]](repeating: [Double](repeating: 0, count: blockDraws), count: size + 1)
    for start in stride(from: 0, to: wanted.count, by: blockDraws) {
      let draws = start..<min(start + blockDraws, wanted.count)
      fill(draws, &features)
      for (place, draw) in draws.enumerated() { features[size][place] = wanted[draw] }
      for i in 0...size {
        for place in 0..<draws.count { sums[i] += features[i][place] }
        for j in 0...i {
          products[i * (size + 1) + j] += innerProduct(features[i], features[j], count: draws.count)
        }
      }
    }
    return LeastSquares(
      count: wanted.count, size: size, sum: { sums[$0] }, product: { products[$0 * (size + 1) + $1] }
    ).slopes
  }
}
