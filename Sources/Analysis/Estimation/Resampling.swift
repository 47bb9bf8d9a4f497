import Distributions
import Sampling
import VectorMath

/// The bootstrap over replicates, the basis of every method's intervals.
///
/// Draws within a structured design are not independent, but its replicates are (Owen 1997, doi:10.1214/aos/1031594731,
/// random replication): the sums of whole replicates are resampled (Efron & Tibshirani 1993, An Introduction to the
/// Bootstrap, section 8.3), never draws. Independent draws are assigned to the same number of groups. With sd the
/// standard deviation of an estimate over bootstrap samples of n replicates, the standard error is sd sqrt(n / (n - 1))
/// and the interval is value ± t(n - 1) times it: the bootstrap's own quantiles are too narrow for so few replicates
/// (Hesterberg 2015, doi:10.1080/00031305.2015.1089789). The nominal coverage is 95 %; CoverageTests measure it.
struct Resampling: Sendable {
  /// Number of replicates.
  let groups: Int
  /// Number of bootstrap samples.
  let count: Int
  /// For each sample, how often each group was drawn.
  let weights: [Double]

  /// Creates the samples of a seed.
  init(seed: UInt64, groups: Int, count: Int) {
    self.groups = groups
    self.count = count
    // Names have no space, so no input has this name.
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

  /// At most 200 samples, for methods whose estimates take long at each of them.
  static func fewer(for problem: SensitivityProblem) -> Resampling {
    Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: min(200, problem.options.bootstraps))
  }

  /// Half the width of a 95 % interval, in standard errors.
  var quantile: Double { Self.quantile(df: groups - 1) }

  /// The 97.5 % point of Student's t distribution.
  static func quantile(df: Int) -> Double {
    (try? Student.distribution([Double(max(1, df)), 0, 1]))?.quantile(0.975) ?? .nan
  }

  /// An estimate with its interval, from its values at all samples.
  ///
  /// - Parameters:
  ///   - floor: the upper bound of an inert input's estimate.
  ///   - doubt: the amount that the interval is widened by on either side because of a possible bias.
  ///   - isSigned: whether negative estimates are meaningful, as for correlations; a negative share is noise.
  ///   - range: the range of the index, which limits the estimate and its interval: noise may exceed it.
  func estimate(
    _ value: Double, samples: [Double], doubt: Double = 0, floor: Double, _ index: String, of factors: [Int],
    named name: String, unit: String = "", isSigned: Bool = false,
    range: ClosedRange<Double> = -.infinity ... .infinity
  ) -> IndexEstimate {
    let error = standardError(samples)
    let reach = quantile * error + doubt
    return IndexEstimate(
      factors: factors, name: name, index: index, value: Self.limited(value, to: range),
      low: Self.limited(value - reach, to: range), high: Self.limited(value + reach, to: range), error: error,
      distinguishable: Self.isDistinguishable(value, reach: reach, floor: floor, isSigned: isSigned), unit: unit,
      samples: samples)
  }

  /// An estimate that has its own standard error, with the interval value ± (t(15) error + doubt).
  ///
  /// Its samples, which give the probabilities of ranks, are those of the linear estimate
  /// value + Σ weights · influence / n.
  ///
  /// - Parameter range: the range of the index, which limits the estimate and its interval.
  func estimate(
    _ figure: UncertainEstimate, floor: Double, _ index: String, of factors: [Int], named name: String,
    range: ClosedRange<Double>
  ) -> IndexEstimate {
    let reach = quantile * figure.error + figure.doubt
    let samples = samples { weights -> Double in
      var sum = figure.value
      for replicate in 0..<groups { sum += (weights[replicate] - 1) * figure.influence[replicate] / Double(groups) }
      return sum
    }
    return IndexEstimate(
      factors: factors, name: name, index: index, value: Self.limited(figure.value, to: range),
      low: Self.limited(figure.value - reach, to: range), high: Self.limited(figure.value + reach, to: range),
      error: figure.error,
      distinguishable: Self.isDistinguishable(figure.value, reach: reach, floor: floor), samples: samples)
  }

  /// A value limited to a range; NaN remains NaN.
  private static func limited(_ value: Double, to range: ClosedRange<Double>) -> Double {
    value < range.lowerBound ? range.lowerBound : value > range.upperBound ? range.upperBound : value
  }

  /// Whether an estimate is distinguishable from that of an inert input: above the noise floor, with an interval that
  /// excludes zero. Nil if the value, its error or the floor is unknown.
  static func isDistinguishable(_ value: Double, reach: Double, floor: Double, isSigned: Bool = false) -> Bool? {
    guard value.isFinite, reach.isFinite, floor.isFinite else { return nil }
    let isApart = reach == 0 ? value != 0 : value.magnitude > reach.magnitude
    return isApart && (isSigned ? value.magnitude : value) > floor
  }

  /// The standard error of an estimate.
  func standardError(_ samples: [Double]) -> Double {
    guard samples.count > 1 else { return .nan }
    return SquareUnit.rootOfSquaredDeviations(
      samples, times: 1 / Double(samples.count - 1) * Double(groups) / Double(groups - 1))
  }
}
