/// PAWN: the Kolmogorov-Smirnov distance between the target's distribution function and its distribution function given
/// the input, KS(x) = max over y of |F(y) - F(y | x)|.
///
/// PAWN is the median of KS(x) over x, PAWN_max the maximum (Pianosi & Wagener 2015, doi:10.1016/j.envsoft.2015.01.004;
/// from given data: 2018, doi:10.1016/j.envsoft.2018.07.019). Example:
/// `loadcast sensitivity scenario.yaml --method pawn`.
///
/// Distances are computed for bins of equal probability of the input, or for its values if they are few; between bins
/// the distance is interpolated. Noise biases distances upwards, and bins hide peaks; for the median both biases are
/// extrapolated. The remaining uncertainty is not known well enough for an interval that covers the truth (if a bin
/// hides a peak, as for x2 of Ishigami's function), so neither index has one.
package enum Pawn: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "pawn"
  /// A one-line summary.
  package static let summary =
    "how far the distribution function moves once an input is known; any dependence, any tail"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// It uses draws of a posterior as they are.
  package static let takesGivenDraws = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = false
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex(
      "PAWN", "PAWN median", "the median over the input's values of the distribution's largest shift; no interval"),
    SensitivityIndex("PAWN_max", "PAWN max", "the same in the bin where it is greatest; no interval"),
  ]

  /// Number of conditioning bins, twice the number recommended by Pianosi & Wagener (2018), so that half of them equals
  /// it; and number of points at which distribution functions are compared.
  static let inputBins = 20
  static let targetBins = 200

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try ConditioningScan(
      inputBins: inputBins, targetBins: targetBins,
      // The error of smooth distances is proportional to the square of the bins' width, or less if the median misses
      // peaks.
      indices: [
        ConditioningScan.ScannedIndex(name: indices[0].name, beyond: 0...2.0 / 3, hasInterval: false),
        ConditioningScan.ScannedIndex(name: indices[1].name, beyond: nil, hasInterval: false),
      ], mergesTarget: false, figures: distances
    ).results(of: self, problem)
  }

  /// The median and the largest distance of a table of counts.
  static func distances(_ table: ContingencyTable) -> [Double] {
    var found: [(share: Double, distance: Double)] = []
    table.forEachClass { share, own, all in
      var (gap, largest) = (0.0, 0.0)
      for target in own.indices {
        gap += own[target] - all[target]
        largest = max(largest, abs(gap))
      }
      found.append((share, largest))
    }
    guard let greatest = found.map(\.distance).max() else { return [.nan, .nan] }
    return [table.isDiscrete ? median(ofValues: found) : median(ofBins: found), greatest]
  }

  /// The median of distances with probabilities; if exactly one half is on either side, the mean of the middle two.
  private static func median(ofValues distances: [(share: Double, distance: Double)]) -> Double {
    let sorted = distances.sorted { $0.distance < $1.distance }
    var below = 0.0
    for (place, value) in sorted.enumerated() {
      below += value.share
      if abs(below - 0.5) < 1e-9, place + 1 < sorted.count { return (value.distance + sorted[place + 1].distance) / 2 }
      if below > 0.5 { return value.distance }
    }
    return sorted.last?.distance ?? .nan
  }

  /// The median of the distance as a function of the input's probability: linear between the centres of neighbouring
  /// bins, and constant over a bin that is wider than others, which is a value shared by many draws.
  private static func median(ofBins distances: [(share: Double, distance: Double)]) -> Double {
    var nodes: [(probability: Double, distance: Double)] = []
    var start = 0.0
    for (share, distance) in distances {
      if share > 1.5 / Double(inputBins) {
        nodes += [(start, distance), (start + share, distance)]
      } else {
        nodes.append((start + share / 2, distance))
      }
      start += share
    }
    let steps = 20 * inputBins
    var values: [Double] = []
    values.reserveCapacity(steps)
    var next = 0
    for step in 0..<steps {
      let probability = (Double(step) + 0.5) / Double(steps)
      while next < nodes.count, nodes[next].probability < probability { next += 1 }
      guard next > 0, next < nodes.count else {
        values.append(nodes[next > 0 ? nodes.count - 1 : 0].distance)
        continue
      }
      let (a, b) = (nodes[next - 1], nodes[next])
      let width = b.probability - a.probability
      let part = width > 0 ? (probability - a.probability) / width : 0
      values.append(a.distance + part * (b.distance - a.distance))
    }
    values.sort()
    return (values[steps / 2 - 1] + values[steps / 2]) / 2
  }
}
