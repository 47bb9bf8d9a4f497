import Distributions
import Sampling
import VectorMath

/// The bootstrap over replicates, from which every method's intervals are.
///
/// Draws within a structured design are not independent, its replicates are (Owen 1997, doi:10.1214/aos/1031594731,
/// random replication): the sums of whole replicates are resampled (Efron & Tibshirani 1993, An Introduction to the
/// Bootstrap, section 8.3), never draws. Independent draws are dealt to as many groups. With sd the standard deviation
/// of a figure over bootstrap samples of n replicates, the standard error is sd sqrt(n / (n - 1)) and the interval
/// value ± t(n - 1) times it: the bootstrap's own quantiles are too narrow for so few replicates (Hesterberg 2015,
/// doi:10.1080/00031305.2015.1089789). The nominal
/// coverage is 95 %; CoverageTests measure it.
struct Resampling: Sendable {
  /// Replicates.
  let groups: Int
  /// Bootstrap samples.
  let count: Int
  /// For each sample, how often each group was drawn.
  let weights: [Double]

  /// Samples of a seed.
  init(seed: UInt64, groups: Int, count: Int) {
    self.groups = groups
    self.count = count
    // No input is called so: a name has no space.
    let stream = StreamKey(seed: seed, address: CoordinateAddress(name: "bootstrap of replicates")).stream
    var weights = [Double](repeating: 0, count: groups * count)
    var words = [UInt64](repeating: 0, count: UniformStream.blockCount)
    var next = words.count
    var block = 0
    for sample in 0..<count {
      for _ in 0..<groups {
        if next == words.count {
          words.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { stream.fill(block: block, words: start) }
          }
          (next, block) = (0, block + 1)
        }
        let group = Int(words[next].multipliedFullWidth(by: UInt64(groups)).high)
        weights[sample * groups + group] += 1
        next += 1
      }
    }
    self.weights = weights
  }

  /// Half the width of a 95 % interval in standard errors.
  var quantile: Double { Self.quantile(df: groups - 1) }

  /// The 97.5 % point of Student's distribution.
  static func quantile(df: Int) -> Double {
    (try? Student.distribution([Double(max(1, df)), 0, 1]))?.quantile(0.975) ?? .nan
  }

  /// A figure with its interval, from its values at all samples.
  ///
  /// - Parameters:
  ///   - floor: what an inert input would stay below.
  ///   - doubt: what the interval is wider by on either side, since the figure may be biased.
  ///   - isSigned: whether figures below zero mean something, as a correlation's do; a share below zero is noise.
  ///   - isShare: whether the figure cannot be above 1.
  func estimate(
    _ value: Double, samples: [Double], doubt: Double = 0, floor: Double, _ index: String, of factors: [Int],
    named name: String, unit: String = "", isSigned: Bool = false, isShare: Bool = false
  ) -> IndexEstimate {
    let error = standardError(samples)
    let reach = quantile * error + doubt
    let most = isShare ? 1 : Double.infinity
    return IndexEstimate(
      factors: factors, name: name, index: index, value: min(value, most), low: min(value - reach, most),
      high: min(value + reach, most), error: error,
      distinguishable: Self.isDistinguishable(value, reach: reach, floor: floor, isSigned: isSigned), unit: unit,
      samples: samples)
  }

  /// A figure that brings its own standard error, with the interval value ± (t(15) error + doubt).
  ///
  /// Its samples, from which chances of ranks are, are those of the linear figure value + Σ weights · influence / n.
  ///
  /// - Parameter isShare: whether the figure cannot be above 1.
  func estimate(
    _ figure: UncertainEstimate, floor: Double, _ index: String, of factors: [Int], named name: String,
    isShare: Bool
  ) -> IndexEstimate {
    let reach = quantile * figure.error + figure.doubt
    let most = isShare ? 1 : Double.infinity
    let samples = samples { weights -> Double in
      var sum = figure.value
      for replicate in 0..<groups { sum += (weights[replicate] - 1) * figure.influence[replicate] / Double(groups) }
      return sum
    }
    return IndexEstimate(
      factors: factors, name: name, index: index, value: min(figure.value, most), low: min(figure.value - reach, most),
      high: min(figure.value + reach, most), error: figure.error,
      distinguishable: Self.isDistinguishable(figure.value, reach: reach, floor: floor), samples: samples)
  }

  /// Whether a figure can be told from that of an inert input: above the noise floor, with an interval without zero.
  /// Unknown where the value, its error or the floor is.
  static func isDistinguishable(_ value: Double, reach: Double, floor: Double, isSigned: Bool = false) -> Bool? {
    guard value.isFinite, reach.isFinite, floor.isFinite else { return nil }
    let isApart = reach == 0 ? value != 0 : value.magnitude > reach.magnitude
    return isApart && (isSigned ? value.magnitude : value) > floor
  }

  /// The standard error of a figure.
  func standardError(_ samples: [Double]) -> Double {
    guard samples.count > 1 else { return .nan }
    let mean = samples.reduce(0, +) / Double(samples.count)
    let unit = SquareUnit.of(samples.lazy.map { $0 - mean })
    let squares = samples.reduce(0) { $0 + ($1 - mean) / unit * (($1 - mean) / unit) }
    return (squares / Double(samples.count - 1) * Double(groups) / Double(groups - 1)).squareRoot() * unit
  }
}
