import Sampling

/// The draws by the values of the discrete columns among several known ones.
///
/// A column is discrete if nearly all draws have a value that many others share. Its values are conditioned on exactly:
/// a regression or a bin would mix distributions that differ by the distance of two values.
struct ConditioningStrata {
  /// The draws with the same values of all discrete columns.
  struct Stratum {
    /// The draws that regressions are fitted to.
    var fit: [Int32]
    /// The draws that widths are measured on.
    var measured: [Int32]
  }

  /// The strata; all draws if no column is discrete.
  let strata: [Stratum]
  /// The positions of the columns that are not discrete.
  let others: [Int]
  /// The fraction of the measured draws in strata that are too small to measure a width.
  let shareOfSmall: Double

  /// The minimum number of draws of a stratum, so that its 5th and 95th percentiles are between its extremes.
  private static let leastDraws = 64
  /// The fraction of the draws that smaller strata may have.
  private static let mostInSmall = 0.02

  /// The strata of some draws.
  ///
  /// Columns are taken as discrete in their order, as long as nearly all draws are in strata that are large enough.
  init(_ columns: [RankedColumn], fit: [Int32], measured: [Int32]) {
    var strata = [Stratum(fit: fit, measured: measured)]
    var others: [Int] = []
    var small = 0
    for (position, column) in columns.enumerated() {
      guard column.runs.count - 1 <= measured.count / Self.leastDraws else {
        others.append(position)
        continue
      }
      let finer = strata.flatMap { Self.divided($0, by: column) }
      let own = finer.reduce(0) { $0 + ($1.measured.count < Self.leastDraws ? $1.measured.count : 0) }
      if Double(own) <= Self.mostInSmall * Double(measured.count) {
        (strata, small) = (finer, own)
      } else {
        others.append(position)
      }
    }
    self.strata = strata
    self.others = others
    shareOfSmall = Double(small) / Double(max(1, measured.count))
  }

  /// The parts of a stratum by the values of a column; those without measured draws are omitted.
  private static func divided(_ stratum: Stratum, by column: RankedColumn) -> [Stratum] {
    // A value that is not finite carries no information: such draws are a stratum of their own.
    func key(_ draw: Int32) -> Double {
      let rank = column.ranks[Int(draw)]
      return rank.isNaN ? -1 : rank
    }
    let fit = Dictionary(grouping: stratum.fit, by: key)
    return Dictionary(grouping: stratum.measured, by: key).sorted { $0.key < $1.key }.map {
      Stratum(fit: fit[$0.key] ?? [], measured: $0.value)
    }
  }
}
