/// PAWN: how far the target's distribution function moves once the input is known, by the Kolmogorov-Smirnov distance.
///
/// For a value x of the input, the largest distance between the distribution functions of all draws and of those with
/// that x; PAWN is its median over x, PAWN_max the greatest (Pianosi & Wagener 2015, doi:10.1016/j.envsoft.2015.01.004;
/// from given draws: 2018, doi:10.1016/j.envsoft.2018.07.019). Distances are of classes of equal probability of the
/// input, or of its values if they are few; between classes the distance is interpolated.
///
/// Noise makes distances too large, and classes hide peaks: for the median both are extrapolated. What that leaves open is
/// not known well enough for an interval that holds the truth (where a class hides a peak, as in x2 of Ishigami's
/// function), so neither index has one.
public enum Pawn: SensitivityMethod {
  /// The name as written after `--method`.
  public static let name = "pawn"
  /// One line for a reader.
  public static let summary = "how far the distribution function moves once an input is known; any dependence, any tail"
  /// Whether factors must be independent.
  public static let needsIndependence = false
  /// Whether figures are shares of a variance.
  public static let needsVariance = false
  /// The indices, the one that factors are ranked by first.
  public static let indices = [
    SensitivityIndex(
      "PAWN", "PAWN median", "the median over the input's values of the distribution's largest shift; no interval"),
    SensitivityIndex("PAWN_max", "PAWN max", "the same in the class where it is greatest; no interval"),
  ]

  /// Conditioning classes, twice those that Pianosi & Wagener (2018) advise, so that half of them are theirs; and points at
  /// which distribution functions are compared.
  static let inputBins = 20
  static let targetBins = 200

  /// Each target's figures.
  public static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try ConditioningScan(
      inputBins: inputBins, targetBins: targetBins,
      // Smooth distances lose as the square of the classes' width, or less where a median does not see their peaks.
      indices: [
        ConditioningScan.Index(name: indices[0].name, beyond: 0...2.0 / 3, hasInterval: false),
        ConditioningScan.Index(name: indices[1].name, beyond: nil, hasInterval: false),
      ], mergesTarget: false, figures: distances
    ).results(of: self, problem)
  }

  /// The median and the greatest distance of a table of counts.
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

  /// The median of distances with probabilities; where one half lies on either side, of both in the middle.
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

  /// The median of the distance as a function of the input's probability: straight lines between the middles of
  /// neighbouring classes, flat over a class that is wider than others, which is a value that many draws have.
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
