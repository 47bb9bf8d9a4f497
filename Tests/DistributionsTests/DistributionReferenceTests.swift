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
    try ReferenceTable("laws.csv").rows.map { row in
      let name = try #require(row["law"])
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
