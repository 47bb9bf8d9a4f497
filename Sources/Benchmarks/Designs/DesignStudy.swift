import ArgumentParser
import Foundation
import Modeling
import Reporting
import Sampling
import ScenarioFiles
import Simulation

/// Measures the error of each design on the fleet of the flat sector by number of draws, compares stated with true
/// errors, and writes the page `DESIGNS.md` next to the results.
///
/// Evaluates every prefix of a seed's draws at once: the first n draws of a run are the run of n draws.
struct DesignStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "designs",
    abstract: "Measure the error of each design by number of draws and write scenarios/benchmarks/DESIGNS.md.")

  @Option(help: ArgumentHelp("Number of seeds.", valueName: "n"))
  var seeds = 200

  @Flag(name: .customLong("coverage"), help: "Measure only the coverage of intervals; keep the rest of the page.")
  var isCoverageAlone = false

  @Flag(name: .customLong("print"), help: "Print the results without writing the page.")
  var printsOnly = false

  private static let folder = "scenarios/benchmarks/"
  static let page = folder + "DESIGNS.md"
  private static let scenario = folder + "flat-sector.yaml"
  /// Draws of the longest run, and of the runs whose stated errors are checked.
  private static let longest = 1 << 17, stated = 1 << 16
  private static let sizes = (11...17).map { 1 << $0 }

  func validate() throws {
    if !(20...10_000).contains(seeds) { throw ValidationError("--seeds must be a number from 20 to 10000") }
  }

  /// A statistic under study.
  private enum Studied: String, CaseIterable {
    case mean
    case p95 = "95th percentile"

    func of(_ draws: ArraySlice<Double>) -> Double {
      if self == .mean { return draws.reduce(0, +) / Double(draws.count) }
      let sorted = draws.sorted()
      let place = 0.95 * Double(sorted.count - 1)
      let low = sorted[Int(place)]
      return low + (sorted[min(Int(place) + 1, sorted.count - 1)] - low) * (place - place.rounded(.down))
    }

    func estimate(_ cell: CellSummary) -> Estimate? { self == .mean ? cell.mean : cell.quantile(0.95) }
  }

  /// The results of a design's seeds.
  private struct Findings {
    /// By statistic, size, seed.
    var values: [[[Double]]]
    /// By statistic and seed, the estimate with its stated error after `stated` draws.
    var estimates: [[Estimate]]
  }

  func run() throws {
    if isCoverageAlone {
      let coverage = try CoverageStudy(seeds: seeds).lines()
      print(coverage.joined(separator: "\n"))
      guard !printsOnly else { return }
      let page = try String(contentsOfFile: Self.page, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      let kept = page.prefix { !$0.hasPrefix("## Coverage") }.map(String.init)
      let text = (kept.dropLast(kept.last == "" ? 1 : 0) + coverage).joined(separator: "\n") + "\n"
      try text.write(toFile: Self.page, atomically: true, encoding: .utf8)
      return
    }
    let load = Machine.load
    let truth = try Self.truth()
    var findings: [(design: String, found: Findings)] = []
    for design in SamplingDesignCatalogue.all.map({ $0.name }) {
      FileHandle.standardError.write(Data("\(design) …\n".utf8))
      findings.append((design, try find(design)))
    }
    var lines = [
      "# Errors of the designs", "",
      "Written by `Benchmarks designs` (`swift run -c release Benchmarks designs`), \(Machine.date), \(Machine.processor);"
        + " load \(NumberText.text(load)) before. \(seeds) seeds of each design; the output is `fleet` of "
        + "[`flat-sector.yaml`](flat-sector.yaml), whose true mean and 95th percentile are taken from 2^26 `owen` draws of "
        + "another seed. An error is the root mean squared error over the seeds, relative to the true value.",
    ]
    var charts: [(name: String, svg: String)] = []
    for (number, figure) in Studied.allCases.enumerated() {
      var table = Table(["design"] + Self.sizes.map { "\($0)" } + ["slope", "`mc` relative to it at 65,536"])
      var errorsOf: [String: [Double]] = [:]
      for (design, found) in findings {
        errorsOf[design] = found.values[number].map { Self.relativeError($0, truth[number]) }
      }
      for (design, _) in findings {
        let errors = errorsOf[design] ?? []
        let place = Self.sizes.firstIndex(of: Self.stated) ?? 0
        table.append(
          ["`\(design)`"] + errors.map { NumberText.text($0) }
            + [NumberText.text(Self.slope(errors)), NumberText.text((errorsOf["mc"]?[place] ?? .nan) / errors[place])])
      }
      let chart = ErrorChart(
        title: "Relative error of the \(figure.rawValue)", sizes: Self.sizes,
        series: findings.map { ($0.design, errorsOf[$0.design] ?? [], Self.slope(errorsOf[$0.design] ?? [])) })
      charts.append(("designs-\(figure).svg", chart.svg))
      lines += [
        "", "## Error of the \(figure.rawValue)", "",
        "By number of draws; the slope is that of log error over log draws.", "",
        "![\(chart.title) by number of draws, one line per design](designs-\(figure).svg)", "",
      ]
      lines += table.lines
    }
    lines += [
      "", "## Stated errors", "",
      "At 65,536 draws: the sum over the seeds of (estimate - true value)² / (stated standard error)². If the stated errors "
        + "are right, its mean is \(seeds) f / (f - 2), that of squared Student's t variables with f = 15 degrees of freedom "
        + "for designs with replicates, and infinite f for `mc`. z is its deviation from that mean in standard errors; a "
        + "deviation beyond 5 is not due to chance.", "",
    ]
    var table = Table(["design", "statistic", "sum", "expected", "z", "stated over true error"])
    for (design, found) in findings {
      for (number, figure) in Studied.allCases.enumerated() {
        let squares = found.estimates[number].map { pow(($0.value - truth[number]) / $0.error, 2) }
        let sum = squares.reduce(0, +)
        let isPlain = design == "mc"
        // Mean and variance of t²: f / (f - 2) and 2 f² (f - 1) / ((f - 2)² (f - 4)); 1 and 2 for infinite f.
        let (mean, variance) = isPlain ? (1.0, 2.0) : (15.0 / 13, 2 * 225.0 * 14 / (169 * 11))
        let expected = mean * Double(seeds)
        let z = (sum - expected) / (variance * Double(seeds)).squareRoot()
        let stated = (found.estimates[number].reduce(0) { $0 + $1.error * $1.error } / Double(seeds)).squareRoot()
        let place = Self.sizes.firstIndex(of: Self.stated) ?? 0
        let real = Self.relativeError(found.values[number][place], truth[number]) * truth[number].magnitude
        table.append([
          "`\(design)`", figure.rawValue, NumberText.text(sum), NumberText.text(expected), NumberText.text(z),
          NumberText.text(stated / real),
        ])
      }
    }
    lines += table.lines + (try CoverageStudy(seeds: seeds).lines())
    let text = lines.joined(separator: "\n") + "\n"
    print(text)
    guard !printsOnly else { return }
    try text.write(toFile: Self.page, atomically: true, encoding: .utf8)
    for chart in charts {
      try chart.svg.write(toFile: Self.folder + chart.name, atomically: true, encoding: .utf8)
    }
  }

  private static func model(_ design: String, seed: UInt64, draws: Int) throws -> (Model, Output) {
    let model = try Scenario.model(
      ofFileAt: scenario, options: Scenario.Options(draws: draws, seed: seed, design: design))
    guard let output = model.outputs.first(where: { model[$0.quantity].name == "fleet" }) else {
      throw BenchmarkError.unreadable(scenario)
    }
    return (model, output)
  }

  /// The true values of the statistics.
  private static func truth() throws -> [Double] {
    let (model, _) = try model("owen", seed: 1_000_003, draws: 1 << 26)
    let result = try Engine(model: model).run()
    guard let cell = result.outputs.first(where: { model[$0.output.quantity].name == "fleet" })?.cells.first else {
      throw BenchmarkError.unreadable(scenario)
    }
    return Studied.allCases.map { $0.estimate(cell)?.value ?? .nan }
  }

  private func find(_ design: String) throws -> Findings {
    var found = Findings(
      values: Studied.allCases.map { _ in Self.sizes.map { _ in [] } }, estimates: Studied.allCases.map { _ in [] })
    for seed in 1...UInt64(seeds) {
      let (model, output) = try Self.model(design, seed: seed, draws: Self.stated)
      let evaluator = try Evaluator(model: model, requests: [.cell(output.quantity, 0)])
      let draws = try evaluator.columns(draws: Self.longest)[0].map { $0 / output.unit.scale }
      let result = try Engine(model: model).run()
      guard let cell = result.outputs.first(where: { $0.output.quantity == output.quantity })?.cells.first else {
        continue
      }
      for (number, figure) in Studied.allCases.enumerated() {
        for (place, size) in Self.sizes.enumerated() {
          found.values[number][place].append(figure.of(draws[..<size]))
        }
        if let estimate = figure.estimate(cell) { found.estimates[number].append(estimate) }
      }
    }
    return found
  }

  private static func relativeError(_ values: [Double], _ truth: Double) -> Double {
    (values.reduce(0) { $0 + ($1 - truth) * ($1 - truth) } / Double(values.count)).squareRoot() / truth.magnitude
  }

  /// The slope of a straight line fitted to the logarithms.
  private static func slope(_ errors: [Double]) -> Double {
    let points = zip(sizes, errors).map { (log(Double($0)), log($1)) }
    let n = Double(points.count)
    let x = points.reduce(0) { $0 + $1.0 } / n, y = points.reduce(0) { $0 + $1.1 } / n
    let above = points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    return above / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
  }
}
