import Distributions
import Foundation
import Testing

/// `ACCURACY.md`, which this test writes on request and always compares with the catalogue.
@Suite("The page of accuracy")
struct AccuracyPageTests {
  static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Distributions/ACCURACY.md")

  /// The rows of a Markdown table that begin with a code word, by that word.
  private static func firstCells(_ text: String) -> Set<String> {
    Set(text.matches(of: /(?m)^\| `([a-z_]+)/).map { String($0.1) })
  }

  @Test("lists every distribution, and is rewritten if WRITE_ACCURACY is set")
  func listsEveryDistribution() throws {
    if ProcessInfo.processInfo.environment["WRITE_ACCURACY"] != nil {
      try Self.text().write(to: Self.page, atomically: true, encoding: .utf8)
    }
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(Self.firstCells(text) == Set(DistributionCatalogue.families.map { $0.name }))
    #expect(text.contains("WRITE_ACCURACY=1 swift test --filter AccuracyPageTests"))
    for (name, _) in QuantileTableTests.distributions { #expect(text.contains("| `\(name)("), "\(name)") }
  }

  private static func short(_ x: Double) -> String { String(format: x == 0 ? "%.0f" : "%.2g", x) }

  private static func text() throws -> String {
    let measurements = try DistributionReferenceTests.measurements()
    var lines = [
      "# Accuracy by distribution", "",
      "Made by `WRITE_ACCURACY=1 swift test --filter AccuracyPageTests` from the reference values of",
      "`Tests/DistributionsTests/Reference/distributions.csv`, which mpmath computed with 45 to 700 digits; do not edit.",
      "",
      "## Values", "",
      "Errors in units of 2^-52 of the value, divided by the condition number: worst and mean over arguments and",
      "probabilities from 1e-300 to 1 - 1e-16. Quantiles are promised to 4, the rest to 16. The condition number of a",
      "quantile counts the rounding of the probability and of the arguments, that of a cdf or density the rounding of x.",
      "For distributions of counts it counts the rounding of the arguments; their quantiles are exact.", "",
      "| distribution | quantiles | worst | mean | cdf, survival: worst | density: worst | mean, sd: worst |",
      "|---|---|---|---|---|---|---|",
    ]
    for family in DistributionCatalogue.families {
      let own = measurements.filter { $0.family == family.name }
      func worst(_ kinds: [String]) -> String {
        own.filter { kinds.contains($0.what) }.map(\.error).max().map(short) ?? "-"
      }
      let quantiles = own.filter { $0.what.hasPrefix("quantile") }
      let mean = quantiles.isEmpty ? 0 : quantiles.reduce(0) { $0 + $1.error } / Double(quantiles.count)
      lines.append(
        "| `\(family.name)` | \(quantiles.count) | \(worst(["quantile", "quantile_survival"])) | \(short(mean)) "
          + "| \(worst(["cdf", "survival"])) | \(worst(["density"])) | \(worst(["mean", "sd"])) |")
    }
    lines += [
      "", "## Tables", "",
      "Greatest error in probability of blocks of draws against the scalar quantile, at 60 places an octave of both tails",
      "down to 2^-53: absolute (promised: 1e-10) and relative to the smaller tail (promised: 1e-8).", "",
      "| distribution | absolute | relative |", "|---|---|---|",
    ]
    for (name, arguments) in QuantileTableTests.distributions {
      let distribution = try DistributionCatalogue.distribution(named: name, arguments: arguments)
      let worst = QuantileTableTests.worstError(of: distribution)
      lines.append("| `\(distribution)` | \(short(worst.absolute)) | \(short(worst.relative)) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
