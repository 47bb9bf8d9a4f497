import Sampling

/// An estimate with its standard error, and the amount that its interval is widened by because of a possible bias.
struct UncertainEstimate: Sendable {
  var value: Double
  var error: Double
  /// The maximum remaining bias, on either side.
  var doubt = 0.0
  /// By replicate, the derivative of the estimate by the replicate's weight; their mean is zero.
  var influence = [Double](repeating: 0, count: Replicates.count)
}

/// First-order indices from given data: S1 = 1 - E[Var(Y | X)] / Var(Y) by neighbours, and by cosines.
struct FirstOrderShares: Sendable {
  var neighbours: UncertainEstimate
  var cosines: UncertainEstimate

  init(_ y: StandardisedTarget, given input: RankedColumn) {
    let variance = y.variance
    let whole = variance.mean
    neighbours = Self.byNeighbours(y, given: input)
    let share = neighbours.value
    let spectrum = CosineSpectrum(y, given: input)
    let part = spectrum.energy.mean / whole
    cosines = Self.figure(
      part, deviations: zip(spectrum.energy.deviations, variance.deviations).map { ($0 - part * $1) / whole })
    // Neighbours resolve features that 32 cosines smooth out: a difference beyond both errors is bias.
    let errors = (cosines.error * cosines.error + neighbours.error * neighbours.error).squareRoot()
    let apart = (share - part).magnitude - Resampling.quantile(df: Replicates.count - 1) * errors
    cosines.doubt = max(spectrum.doubt / whole, apart)
  }

  /// The estimate by neighbours alone.
  static func byNeighbours(_ y: StandardisedTarget, given input: RankedColumn) -> UncertainEstimate {
    let variance = y.variance
    let whole = variance.mean
    let figures = NeighbourVariance.of(y.values, given: input, lags: [nil, NeighbourVariance.shortestLags]).map {
      let share = 1 - $0.mean / whole
      return figure(
        share, deviations: zip($0.deviations, variance.deviations).map { -($0 - (1 - share) * $1) / whole })
    }
    let (usual, shortest) = (figures[0], figures[1])
    // The usual lags have less noise, but hide an event that is rarer than they are wide.
    let noise = (usual.error * usual.error + shortest.error * shortest.error).squareRoot()
    return (usual.value - shortest.value).magnitude > apart * noise ? shortest : usual
  }

  /// The difference of two estimates, in standard errors, from which on it is taken as bias: Student's t(15) is beyond
  /// it in one of 1,000 cases.
  private static let apart = 4.1

  private static func figure(_ value: Double, deviations: [Double]) -> UncertainEstimate {
    let n = Replicates.count
    // A replicate is in n - 1 of the n (n - 1) / 2 pairs, so its influence is twice the mean of its row.
    let influence = (0..<n).map { row in
      2 * deviations[row * n..<(row + 1) * n].reduce(0, +) / Double(n - 1)
    }
    return UncertainEstimate(
      value: value, error: PairStatistics.variance(ofDeviations: deviations).squareRoot(), influence: influence)
  }
}
