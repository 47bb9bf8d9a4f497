import Distributions
import Foundation
import Testing

@Suite("Distributions against mpmath")
struct DistributionReferenceTests {
  /// What was computed, in the order of the table, and how far it is off.
  struct Measurement {
    let distribution: any Distribution
    let family: String
    let what: String
    let at: Double
    let value: Double
    let computed: Double
    let condition: Double

    /// In units of 2^-52 of the value times the condition number.
    var error: Double { ulps(computed, from: value) / condition }
  }

  /// Every row of the reference table, measured.
  static func measurements() throws -> [Measurement] {
    try ReferenceTable("distributions.csv").rows.map { row in
      let name = try #require(row["distribution"])
      let arguments = try #require(row["arguments"]).split(separator: " ").compactMap { Double($0) }
      let distribution = try DistributionCatalogue.distribution(named: name, arguments: arguments)
      let at = try #require(row["at"].flatMap(Double.init))
      let what = try #require(row["what"])
      let computed =
        switch what {
        case "quantile": distribution.quantile(at)
        case "quantile_survival": distribution.quantile(survival: at)
        case "cdf": distribution.cdf(at)
        case "survival": distribution.survival(at)
        case "density": distribution.density(at)
        case "mean": distribution.mean
        default: distribution.sd
        }
      return Measurement(
        distribution: distribution, family: name, what: what, at: at,
        value: try #require(row["value"].flatMap(Double.init)),
        computed: computed, condition: try #require(row["condition"].flatMap(Double.init)))
    }
  }

  @Test("Every distribution of the catalogue has reference rows of each kind, and only those have rows")
  func everyDistribution() throws {
    let rows = Dictionary(grouping: try ReferenceTable("distributions.csv").rows) { $0["distribution"] ?? "" }
    #expect(Set(rows.keys).subtracting(DistributionCatalogue.families.map { $0.name }).sorted() == [])
    for family in DistributionCatalogue.families {
      let own = rows[family.name] ?? []
      let how =
        "add \(family.name) to distributions.py, and its rows to distributions.csv with `python3 distributions.py \(family.name)`"
      let kinds = Dictionary(grouping: own) { $0["what"] ?? "" }
      for kind in ["quantile", "quantile_survival", "cdf", "survival", "density"] {
        #expect((kinds[kind]?.count ?? 0) >= 2, "\(family.name) has fewer than two rows of its \(kind): \(how)")
      }
      let lists = Set(own.compactMap { $0["arguments"] })
      #expect(
        lists.count >= 2, "\(family.name) has rows for \(lists.count) lists of arguments, not for two or more: \(how)")
      let tails = (kinds["quantile_survival"] ?? []).compactMap { $0["at"].flatMap(Double.init) }
      #expect((tails.min() ?? 1) <= 1e-10, "\(family.name) has no row in the far upper tail: \(how)")
      // Moments that exist: those of Cauchy's distribution do not.
      let distributions = try lists.map { list in
        try DistributionCatalogue.distribution(
          named: family.name, arguments: list.split(separator: " ").compactMap { Double($0) })
      }
      for (moment, exists) in [
        ("mean", distributions.contains { $0.mean.isFinite && $0.mean != 0 }),
        ("sd", distributions.contains { $0.sd.isFinite }),
      ] where exists {
        #expect(kinds[moment] != nil, "\(family.name) has no row of its \(moment): \(how)")
      }
    }
  }

  @Test("quantile, cdf, survival, density, mean and sd are within a few ulp times the condition number")
  func values() throws {
    let measurements = try Self.measurements()
    #expect(measurements.count > 8000)
    for m in measurements {
      let allowed = m.what.hasPrefix("quantile") ? 4.0 : 16.0
      #expect(
        m.error <= allowed,
        "\(m.what) of \(m.distribution) at \(m.at): \(m.computed), not \(m.value); \(m.error) ulp x condition \(m.condition)"
      )
    }
  }
}
