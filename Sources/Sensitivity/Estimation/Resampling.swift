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

  /// The 97.5 % point of Student's law.
  static func quantile(df: Int) -> Double { (try? Student.law([Double(max(1, df)), 0, 1]))?.quantile(0.975) ?? .nan }

  /// A figure with its interval, from its values at all samples.
  ///
  /// - Parameters:
  ///   - floor: what an inert input would stay below.
  ///   - isSigned: whether figures below zero mean something, as a correlation's do; a share below zero is noise.
  func estimate(
    _ value: Double, samples: [Double], floor: Double, _ index: String, of factors: [Int], named name: String,
    unit: String = "", isSigned: Bool = false
  ) -> IndexEstimate {
    let error = standardError(samples)
    let reach = quantile * error
    let isApart = error.isFinite && (error == 0 ? value != 0 : (value - reach) * (value + reach) > 0)
    return IndexEstimate(
      factors: factors, name: name, index: index, value: value, low: value - reach, high: value + reach, error: error,
      isDistinguishable: isApart && (isSigned ? value.magnitude : value) > floor, unit: unit, samples: samples)
  }

  /// The standard error of a figure.
  func standardError(_ samples: [Double]) -> Double {
    guard samples.count > 1 else { return .nan }
    let mean = samples.reduce(0, +) / Double(samples.count)
    let squares = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(samples.count - 1) * Double(groups) / Double(groups - 1)).squareRoot()
  }
}
