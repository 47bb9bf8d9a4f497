import Distributions
import LinearAlgebra
import Sampling
import Simulation
import VectorMath

/// How wide a target's 90 % interval is, on average, once the true values of some inputs are known.
///
/// Given data (the idea of Strong & Oakley 2013, doi:10.1177/0272989X12465838, for expected gains): draws are sorted by
/// what the known inputs tell of the target, and dealt to classes of equal probability; within a class the trend that is
/// left is taken off, and the width from the 5th to the 95th percentile measured. One input is its own order. Of
/// several, a quadratic regression of the target's normal scores on theirs tells the order; it is fitted to a quarter
/// of the draws and used on the others, so that what it learns by chance narrows nothing. A regression that misses part
/// of what inputs tell leaves the interval too wide: the figure is what publication gains at least.
///
/// The draws are joint, so that an input also tells what it knows of others that it is correlated with. For a normal
/// target and normal inputs the width is that of the closed form, z times the residual standard deviation.
struct ConditionalWidth: Sendable {
  /// Classes of equal probability, of 2,048 of the default draws each.
  static let classes = 48
  /// Replicates whose draws the regression is fitted to; the others tell the widths.
  static let fitted = 4
  /// Columns of up to which pairs' products take part in the regression, and squares.
  private static let mostWithProducts = 6
  private static let mostWithSquares = 24
  private static let tail = 0.05

  /// A width, and the same from the draws of each replicate alone, whose spread tells the error.
  struct Width: Sendable {
    var value: Double
    var replicates: [Double]
  }

  private let sample: GivenSample
  private let target: RankedColumn
  /// The draws that regressions are fitted to, and those that widths are taken from.
  private let fit: [Int32]
  private let measured: [Int32]

  init(_ sample: GivenSample, target: Int) {
    self.sample = sample
    let column = sample.targets[target]
    self.target = column
    let finite = column.values.indices.filter { column.values[$0].isFinite }.map(Int32.init)
    func isFitted(_ draw: Int32) -> Bool { Int(draw) / AddressBlock.draws % Replicates.count < Self.fitted }
    fit = finite.filter(isFitted)
    measured = finite.filter { !isFitted($0) }
  }

  /// The width with nothing known.
  var prior: Width { width(order: measured, trend: nil, classes: 1) }

  /// The width once columns of the sample are known.
  func posterior(_ columns: [Int]) -> Width {
    let known: [Double]
    if columns.count == 1 {
      let ranks = sample.inputs[columns[0]].ranks
      known = measured.map { ranks[Int($0)] }
    } else {
      known = predictions(columns)
    }
    // What is not finite tells nothing, and stands in the middle.
    let keys = known.map { $0.isFinite ? $0 : 0 }
    let places = measured.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    let n = Double(places.count)
    let scores = places.indices.map { StandardNormal.quantile((Double($0) + 0.5) / n) }
    return width(order: places.map { measured[$0] }, trend: scores, classes: Self.classes)
  }

  // MARK: Widths

  /// The mean width of classes of draws in an order.
  private func width(order: [Int32], trend: [Double]?, classes: Int) -> Width {
    let replicates = Replicates.count - Self.fitted
    guard order.count >= classes * replicates * 20 else {
      return Width(value: .nan, replicates: [Double](repeating: .nan, count: replicates))
    }
    var whole = 0.0
    var parts = [Double](repeating: 0, count: replicates)
    for number in 0..<classes {
      let range = number * order.count / classes..<(number + 1) * order.count / classes
      var values = range.map { target.values[Int(order[$0])] }
      if let trend { Self.takeOff(Array(trend[range]), from: &values) }
      var own = [[Double]](repeating: [], count: replicates)
      for (place, value) in zip(range, values) {
        own[Int(order[place]) / AddressBlock.draws % Replicates.count - Self.fitted].append(value)
      }
      whole += Self.width(&values) / Double(classes)
      for replicate in 0..<replicates { parts[replicate] += Self.width(&own[replicate]) / Double(classes) }
    }
    return Width(value: whole, replicates: parts)
  }

  /// Takes a straight line off: through the medians of the lower and the upper half, which no single draw moves.
  private static func takeOff(_ scores: [Double], from values: inout [Double]) {
    let half = values.count / 2
    func middle(_ range: Range<Int>) -> (score: Double, value: Double) {
      let sorted = values[range].sorted()
      return (scores[range].reduce(0, +) / Double(range.count), sorted[sorted.count / 2])
    }
    let (low, high) = (middle(0..<half), middle(half..<values.count))
    let slope = (high.value - low.value) / (high.score - low.score)
    guard slope.isFinite else { return }
    for place in values.indices { values[place] -= slope * (scores[place] - low.score) }
  }

  /// From the 5th to the 95th percentile (type 7 of Hyndman & Fan 1996).
  private static func width(_ values: inout [Double]) -> Double {
    guard values.count > 1 else { return .nan }
    values.sort()
    func quantile(_ probability: Double) -> Double {
      let place = probability * Double(values.count - 1)
      let rank = min(Int(place), values.count - 2)
      return values[rank] + (place - Double(rank)) * (values[rank + 1] - values[rank])
    }
    return quantile(1 - tail) - quantile(tail)
  }

  // MARK: What several columns tell

  /// What the columns tell of the target's normal score, for the measured draws.
  private func predictions(_ columns: [Int]) -> [Double] {
    func features(_ draws: [Int32]) -> [[Double]] {
      let scores = columns.map { column -> [Double] in
        let ranks = sample.inputs[column].ranks
        return draws.map { draw in
          let rank = ranks[Int(draw)]
          return rank.isNaN ? 0 : StandardNormal.quantile(rank)
        }
      }
      var all = scores
      if columns.count <= Self.mostWithSquares { all += scores.map { $0.map { $0 * $0 - 1 } } }
      if columns.count <= Self.mostWithProducts {
        for i in scores.indices { for j in 0..<i { all.append(zip(scores[i], scores[j]).map(*)) } }
      }
      return all
    }
    let wanted = fit.map { StandardNormal.quantile(target.ranks[Int($0)]) }
    let slopes = Self.regression(features(fit), wanted)
    var sums = [Double](repeating: 0, count: measured.count)
    for (slope, feature) in zip(slopes, features(measured)) where slope != 0 {
      for place in sums.indices { sums[place] += slope * feature[place] }
    }
    return sums
  }

  /// Least squares, with so small a ridge that it decides only where features are combinations of others, as shares are.
  private static func regression(_ features: [[Double]], _ wanted: [Double]) -> [Double] {
    let size = features.count
    let n = Double(max(1, wanted.count))
    let all = (features + [wanted]).map { column -> [Double] in
      let mean = column.reduce(0, +) / n
      return column.map { $0 - mean }
    }
    func product(_ i: Int, _ j: Int) -> Double { innerProduct(all[i], all[j], count: all[i].count) / n }
    var moments = SymmetricMatrix(identityOfSize: size)
    for i in 0..<size {
      for j in 0...i { moments[i, j] = product(i, j) }
      moments[i, i] = moments[i, i] * (1 + 1e-8) + 1e-12
    }
    guard let l = moments.choleskyFactor() else { return [Double](repeating: 0, count: size) }
    var solution = (0..<size).map { product($0, size) }
    for i in 0..<size {
      for k in 0..<i { solution[i] -= l[i * size + k] * solution[k] }
      solution[i] /= l[i * size + i]
    }
    for i in (0..<size).reversed() {
      for k in (i + 1)..<max(size, i + 1) { solution[i] -= l[k * size + i] * solution[k] }
      solution[i] /= l[i * size + i]
    }
    return solution
  }
}
