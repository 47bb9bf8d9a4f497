/// PAWN: how far the target's distribution function moves once the input is known, by the Kolmogorov-Smirnov distance.
///
/// Over classes of equal probability of the input, the median (and the greatest) of the largest distance between
/// the distribution functions of all draws and of the class (Pianosi & Wagener 2015,
/// doi:10.1016/j.envsoft.2015.01.004; from given draws: 2018, doi:10.1016/j.envsoft.2018.07.019).
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
    SensitivityIndex("PAWN", "PAWN median", "the median over classes of the input of the distribution's largest shift"),
    SensitivityIndex("PAWN_max", "PAWN max", "the same in the class where it is greatest"),
  ]

  /// Conditioning classes, as Pianosi & Wagener (2018) advise, and points at which distribution functions are compared.
  static let inputClasses = 10
  static let targetClasses = 200

  /// Each target's figures.
  public static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try ClassScan(
      inputClasses: inputClasses, targetClasses: targetClasses, indices: indices.map(\.name),
      figures: { table, inputs, targets in distances(table, inputs, targets) }, correctsBias: false
    ).results(of: self, problem)
  }

  /// The median and the greatest distance of a table of counts.
  static func distances(_ table: [Double], _ inputs: Int, _ targets: Int) -> [Double] {
    var distances: [Double] = []
    ClassCounts.forEachClass(of: table, inputs, targets) { _, own, all in
      var (gap, largest) = (0.0, 0.0)
      for target in 0..<targets {
        gap += own[target] - all[target]
        largest = max(largest, abs(gap))
      }
      distances.append(largest)
    }
    guard !distances.isEmpty else { return [.nan, .nan] }
    distances.sort()
    let middle = distances.count / 2
    let median = distances.count % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2
    return [median, distances[distances.count - 1]]
  }
}
