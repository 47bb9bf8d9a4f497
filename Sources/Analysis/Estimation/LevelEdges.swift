import Distributions
import VectorMath

/// The division of a column's values into at most 255 ordered levels, so that a draw takes one byte instead of eight.
///
/// The edges are quantiles of a sample. A column with few distinct values has a level for each of them, and so has a value
/// that many draws share. Between such values levels are of equal probability in the middle, and of equal width in the
/// normal score in the tails, where levels of equal probability would be wide: a draw's level determines its normal score
/// within 0.04.
struct LevelEdges: Sendable {
  /// The level of values that are not finite.
  static let unknown: UInt8 = 255
  /// Maximum number of levels.
  static let most = 255
  /// The maximum probability of a level between shared values.
  private static let share = 1.0 / 192
  /// The maximum width of a level in the normal score, up to the outermost edges.
  private static let width = 0.08
  private static let outermost = 3.6
  /// A value that at least this fraction of the draws have gets its own level. At most 96 values can, so that
  /// they and the levels between them stay few.
  private static let atom = 1.0 / 96
  /// Maximum number of distinct values that are levels of their own.
  private static let mostValues = 240

  /// The lower edges of the levels but the first, in ascending order.
  let edges: [Double]
  /// By level, whether all its draws have the same value, as far as the sample shows.
  let isExact: [Bool]
  /// Whether every value of the sample has its own level.
  let isDiscrete: Bool
  /// The smallest value of the sample; NaN without a finite one.
  private let first: Double
  /// The rounding of edges; nil if they are not rounded.
  private(set) var rounding: BoundRounding?

  /// Where the search for a value's level begins; nil if the search is binary.
  private let guide: LevelGuide?

  /// The number of levels.
  var count: Int { edges.count + 1 }

  /// The least value of a level, and a value that all its values are at most.
  func least(_ level: Int) -> Double { level > 0 ? edges[level - 1] : first }
  func largest(_ level: Int) -> Double {
    isExact[level] || level >= edges.count ? least(level) : edges[level]
  }

  /// The levels for a sample of values.
  ///
  /// - Parameter scale: if edges between shared values are rounded, the divisor that converts values to the unit in which
  ///   they are.
  init(sample: [Double], roundedIn scale: Double? = nil) {
    var sort = RadixSort(capacity: sample.count)
    for value in sample where value.isFinite { sort.append(value, tag: 0) }
    let sorted = sort.sorted()
    first = sorted.first ?? .nan
    var runs: [(value: Double, count: Int)] = []
    for value in sorted {
      if let last = runs.last, last.value == value { runs[runs.count - 1].count += 1 } else { runs.append((value, 1)) }
    }
    isDiscrete = runs.count <= Self.mostValues
    if isDiscrete {
      edges = runs.dropFirst().map(\.value)
      guide = LevelGuide(edges)
      isExact = [Bool](repeating: true, count: max(1, runs.count))
      return
    }
    let least = Self.atom * Double(sorted.count)
    let atoms = runs.filter { Double($0.count) >= least }.map(\.value)
    var found = Set(atoms + atoms.map(\.nextUp))
    let rounding = scale.map { BoundRounding(sorted: sorted, scale: $0) }
    self.rounding = rounding
    for probability in Self.probabilities {
      let edge = sorted[min(sorted.count - 1, Int(probability * Double(sorted.count)))]
      found.insert(rounding?(edge) ?? edge)
    }
    let edges = Array(found.sorted().prefix(Self.most - 1))
    let shared = Set(atoms)
    self.edges = edges
    guide = LevelGuide(edges)
    isExact =
      [false]
      + edges.indices.map { place in
        shared.contains(edges[place]) && place + 1 < edges.count && edges[place + 1] == edges[place].nextUp
      }
  }

  /// The levels of a uniform number.
  static let ofInert = LevelEdges(uniform: probabilities)

  private init(uniform: [Double]) {
    edges = uniform
    guide = LevelGuide(edges)
    first = 0
    isExact = [Bool](repeating: false, count: uniform.count + 1)
    isDiscrete = false
  }

  /// The probabilities of the edges between shared values: 212 in all.
  private static let probabilities: [Double] = {
    var upper: [Double] = []
    var score = 0.0
    while score < outermost {
      let probability = StandardNormal.cdf(score)
      upper.append(probability)
      score = min(StandardNormal.quantile(min(probability + share, 1 - 1e-9)), score + width)
    }
    return upper.dropFirst().map { 1 - $0 } + upper
  }()

  /// The edges padded to a power of two, so that a search has no branches.
  private var padded: [Double] { edges + [Double](repeating: .infinity, count: 256 - edges.count) }

  /// Writes the level of each value: the number of edges that are not greater.
  func classify(_ values: UnsafeBufferPointer<Double>, into levels: UnsafeMutablePointer<UInt8>) {
    if let guide { return guide.classify(values, unknown: Self.unknown, into: levels) }
    padded.withUnsafeBufferPointer { edges in
      for (draw, value) in values.enumerated() {
        guard value.isFinite else {
          levels[draw] = Self.unknown
          continue
        }
        var place = 0
        var step = 128
        while step > 0 {
          // As arithmetic: half of these branches would be predicted wrongly.
          let isAbove = unsafeBitCast(edges[place &+ step &- 1] <= value, to: UInt8.self)
          place &+= step & (0 &- Int(truncatingIfNeeded: isAbove))
          step &>>= 1
        }
        levels[draw] = UInt8(truncatingIfNeeded: min(place, Self.most - 1))
      }
    }
  }

  /// The level of each value.
  func levels(_ values: [Double]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: values.count) { levels, initialised in
      if let start = levels.baseAddress { values.withUnsafeBufferPointer { classify($0, into: start) } }
      initialised = values.count
    }
  }
}
