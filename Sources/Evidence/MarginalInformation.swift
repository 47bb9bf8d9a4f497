import Distributions
import Foundation
import Simulation
import VectorMath

/// The Kullback-Leibler divergence of a posterior marginal from its prior: what the observations reveal about one input.
///
///     D = Σ P(bin) log2(P(bin) / Q(bin)),
///
/// where P is the share of the posterior draws and Q the prior probability. The number of bins is about the square root of
/// the effective number of draws. Bins hold equal shares of the posterior draws, except in the tails, where the shares
/// halve from bin to bin; a value that many draws share has a separate bin. The divergence therefore does not depend on
/// units, exists for heavy tails and discrete values, and grows towards that of the densities with the number of draws (Kullback & Leibler 1951,
/// doi:10.1214/aoms/1177729694; partitions: Wang, Kulkarni & Verdú 2005, doi:10.1109/TIT.2005.853314). The jackknife
/// over the replicates removes the bias of finite draws, some bins / (2 n), and gives the standard error.
///
/// If the input's distribution is fixed, the prior probabilities of bins are computed from it. Otherwise they are
/// fractions of prior draws, and bins are merged until each contains at least `fewest` of them. The divergence is not
/// estimated if more than `mostBeyond` of the posterior draws are outside the range of the prior draws, or if fewer than
/// `fewest` bins remain.
struct MarginalInformation {
  /// The least number of prior draws in a bin, and of effective posterior draws in an outermost one.
  private static let fewest = 8
  /// The share of posterior draws outside all prior draws above which there is no estimate.
  private static let mostBeyond = 0.01
  private static let parts = WeightedEngine.parts

  /// Prior probabilities of intervals.
  enum Prior {
    /// Those of a distribution of the values divided by a positive factor.
    case exact(any Distribution, factor: Double)
    /// Those of draws, in ascending order.
    case counted([Double])

    /// P(low < X <= high), relatively accurate in both tails.
    func probability(from low: Double, to high: Double) -> Double {
      switch self {
      case .exact(let distribution, let factor):
        let (low, high) = (low / factor, high / factor)
        let below = low > -.infinity ? distribution.cdf(low) : 0
        if below > 0.5 {
          return distribution.survival(low) - (high < .infinity ? distribution.survival(high) : 0)
        }
        return (high < .infinity ? distribution.cdf(high) : 1) - below
      case .counted(let draws):
        return Double(count(draws, from: low, to: high)) / Double(draws.count)
      }
    }

    fileprivate func count(_ draws: [Double], from low: Double, to high: Double) -> Int {
      draws.partitioningIndex { $0 > high } - draws.partitioningIndex { $0 > low }
    }
  }

  private struct Bin {
    /// The upper edge.
    var edge: Double
    /// Draws of each replicate.
    var counts: [Int]

    var total: Int { counts.reduce(0, +) }

    mutating func add(_ other: Bin) {
      edge = max(edge, other.edge)
      for part in counts.indices { counts[part] += other.counts[part] }
    }
  }

  /// The estimate in bits; nil if there is none.
  ///
  /// - Parameters:
  ///   - sorted: the finite posterior draws in ascending order.
  ///   - parts: the replicate of each.
  ///   - effective: their effective number.
  static func bits(sorted: [Double], parts: [UInt32], effective: Double, prior: Prior) -> Estimate? {
    guard sorted.count > 1 else { return nil }
    var bins = partition(sorted, parts, effective: effective)
    var priorDraws = 0.0
    if case .counted(let draws) = prior {
      guard let wide = merged(bins, sorted, draws) else { return nil }
      bins = wide
      priorDraws = Double(draws.count)
    }
    var low = -Double.infinity
    let probabilities = bins.map { bin in
      defer { low = bin.edge }
      return prior.probability(from: low, to: bin.edge)
    }
    guard probabilities.allSatisfy({ $0 > 0 }) else { return nil }
    let logs = probabilities.map { log($0) }
    let totals = bins.map { Double($0.total) }
    let sizes = (0..<Self.parts).map { part in Double(bins.reduce(0) { $0 + $1.counts[part] }) }
    func divergence(without part: Int?) -> Double {
      let count = Double(sorted.count) - (part.map { sizes[$0] } ?? 0)
      var sum = 0.0
      for (position, bin) in bins.enumerated() {
        let own = totals[position] - (part.map { Double(bin.counts[$0]) } ?? 0)
        if own > 0 { sum += own / count * (log(own / count) - logs[position]) }
      }
      return sum
    }
    let filled = sizes.indices.filter { sizes[$0] > 0 }
    let whole = divergence(without: nil)
    guard filled.count >= ReplicateSpread.fewest else {
      return Estimate(max(0, whole) / PowerOfTwo.logTwo, error: .nan)
    }
    let left = filled.map { divergence(without: $0) }
    let n = Double(filled.count)
    var value = n * whole - (n - 1) * left.reduce(0, +) / n
    var variance = SquareUnit.rootOfSquaredDeviations(left, times: (n - 1) / n)
    variance *= variance
    if priorDraws > 0 {
      // The logarithm of a counted share q of m draws: bias -(1 - q) / (2 m q), variance (1 - q) / (m q).
      var (bias, squares) = (0.0, 0.0)
      for (total, q) in zip(totals, probabilities) {
        let p = total / Double(sorted.count)
        bias += p * (1 - q) / (2 * priorDraws * q)
        squares += p * p / q
      }
      value -= bias
      variance += max(0, squares - 1) / priorDraws
    }
    return Estimate(max(0, value) / PowerOfTwo.logTwo, error: variance.squareRoot() / PowerOfTwo.logTwo)
  }

  /// Bins of the draws; the last ends at infinity.
  private static func partition(_ sorted: [Double], _ parts: [UInt32], effective: Double) -> [Bin] {
    let count = sorted.count
    let effective = min(max(effective, 1), Double(count))
    let least = max(1, Int((Double(fewest) * Double(count) / effective).rounded(.up)))
    let inner = max(least, Int((Double(count) / effective.squareRoot()).rounded(.up)))
    var bins: [Bin] = []
    var open = Bin(edge: .infinity, counts: [Int](repeating: 0, count: Self.parts))
    var (size, first) = (0, 0)
    func close(at place: Int) {
      guard size > 0 else { return }
      open.edge = place < count ? 0.5 * sorted[place - 1] + 0.5 * sorted[place] : .infinity
      bins.append(open)
      open = Bin(edge: .infinity, counts: [Int](repeating: 0, count: Self.parts))
      size = 0
    }
    while first < count {
      var last = first
      while last < count, sorted[last] == sorted[first] { last += 1 }
      let isAtom = last - first >= least
      if isAtom { close(at: first) }
      for place in first..<last { open.counts[Int(parts[place])] += 1 }
      size += last - first
      // From the ends, bins are as large as all further out together, until they have the inner size.
      let wanted = max(least, min(inner, last - size, count - last))
      if isAtom || size >= wanted && count - last >= least { close(at: last) }
      first = last
    }
    close(at: count)
    return bins
  }

  /// Bins with enough prior draws each; nil if the prior draws cannot tell.
  private static func merged(_ bins: [Bin], _ sorted: [Double], _ prior: [Double]) -> [Bin]? {
    guard let least = prior.first, let most = prior.last else { return nil }
    let beyond = sorted.count { $0 < least || $0 > most }
    guard Double(beyond) <= mostBeyond * Double(sorted.count) else { return nil }
    var joined: [Bin] = []
    var open: Bin?
    var (low, seen) = (-Double.infinity, 0)
    for bin in bins {
      if open == nil { open = bin } else { open?.add(bin) }
      seen += Prior.counted(prior).count(prior, from: low, to: bin.edge)
      low = bin.edge
      if seen >= fewest, let own = open {
        joined.append(own)
        (open, seen) = (nil, 0)
      }
    }
    if let rest = open {
      guard !joined.isEmpty else { return nil }
      joined[joined.count - 1].add(rest)
    }
    return joined.count >= min(fewest, bins.count) ? joined : nil
  }
}
