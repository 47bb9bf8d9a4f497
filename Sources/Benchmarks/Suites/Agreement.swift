import Foundation
import Reporting
import TextFormats

/// Checks that our results and a peer's agree within Monte Carlo error; otherwise a ratio of times is meaningless.
enum Agreement {
  /// One of our estimates with its Monte Carlo standard error, and the peer's.
  private struct PeerComparison {
    var name: String
    var ours: Double
    var error: Double
    var theirs: Double

    /// The difference, in units of its standard error: both have the same number of draws. The peers interpolate in
    /// bins of a tenth of a percent, or, over many octaves, of one percent, and in tables; that may add a few parts in
    /// 10^4.
    var distance: Double { abs(ours - theirs) / (2 * error * error + pow(2e-4 * ours, 2)).squareRoot() }
  }

  /// Six standard errors: exceeded by chance once in five hundred million comparisons.
  private static let limit = 6.0

  /// The sentence on the flat sector.
  static func sector(_ bench: Bench) throws -> String {
    try sentence(bench, scenario: "flat-sector", workload: "sector") { figures, results in
      try ["bottom_up", "fleet", "emissions"].flatMap { output in
        guard let theirs = results[output] as? [String: Double] else { throw BenchmarkError.unreadable(output) }
        return try [("p05", 0.05), ("p50", 0.5), ("p95", 0.95)].map { name, probability in
          try comparison("\(name) of \(output)", figures.quantile(output, [], probability), theirs[name])
        }
      }
    }
  }

  /// The sentence on the years.
  static func years(_ bench: Bench) throws -> String {
    try sentence(bench, scenario: "years", workload: "years") { figures, results in
      try ["2015", "2023", "2030"].flatMap { year in
        guard let byOutput = results[year] as? [String: [Double]] else { throw BenchmarkError.unreadable(year) }
        return try byOutput.flatMap { output, theirs in
          try zip([0.05, 0.25, 0.5, 0.75, 0.95], theirs).map { probability, value in
            let labels = output == "emissions" || output == "fleet" || output == "bottom_up" ? [year] : []
            return try comparison(
              "\(probability) of \(output)[\(year)]", figures.quantile(output, labels, probability), value)
          }
        }
      }
    }
  }

  private static func comparison(
    _ name: String, _ ours: (value: Double, error: Double)?, _ theirs: Double?
  ) throws -> PeerComparison {
    guard let ours, let theirs else { throw BenchmarkError.unreadable("the \(name)") }
    return PeerComparison(name: name, ours: ours.value, error: ours.error, theirs: theirs)
  }

  private static func sentence(
    _ bench: Bench, scenario: String, workload: String,
    comparisons: (QuantileFile, [String: Any]) throws -> [PeerComparison]
  ) throws -> String {
    let draws = bench.draws(1_000_000)
    _ = try ProcessRun.run(bench.run(bench.workload(scenario), draws: draws))
    let figures = try QuantileFile(ofFileAt: bench.scratch + "/quantiles.csv")
    let line = try ProcessRun.run(bench.peer(["numba"], workload, draws: draws), keepsOutput: true).output
    guard let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let results = json["results"] as? [String: Any]
    else { throw BenchmarkError.unreadable("the peer's results") }
    let made = try comparisons(figures, results)
    guard let worst = made.max(by: { $0.distance < $1.distance }) else { return "" }
    let text =
      "\(made.count) quantiles of loadcast and of `numba` differ by at most \(NumberText.text(worst.distance)) standard errors"
    return worst.distance <= limit
      ? "\(text): they agree."
      : "**\(text) (\(worst.name): \(worst.ours) and \(worst.theirs)): they disagree, so the ratios are meaningless.**"
  }
}

/// The rows of a `quantiles.csv`.
struct QuantileFile {
  private var rows: [String: (value: Double, error: Double)] = [:]

  /// Reads a file.
  init(ofFileAt path: String) throws {
    let records = try CSVTokenizer.records(of: String(contentsOfFile: path, encoding: .utf8))
    guard let header = records.first, let probability = header.firstIndex(of: "probability"),
      let value = header.firstIndex(of: "value"),
      let error = header.firstIndex(of: "standard_error"), probability >= 2
    else { throw BenchmarkError.unreadable(path) }
    for fields in records.dropFirst() {
      guard fields.count == header.count, let p = Double(fields[probability]), let v = Double(fields[value]) else {
        throw BenchmarkError.unreadable(path)
      }
      rows[Self.key(fields[0], fields[2..<probability].filter { !$0.isEmpty }, p)] = (v, Double(fields[error]) ?? .nan)
    }
  }

  /// An output cell's quantile and its standard error.
  func quantile(_ output: String, _ labels: [String], _ probability: Double) -> (value: Double, error: Double)? {
    rows[Self.key(output, labels, probability)]
  }

  private static func key(_ output: String, _ labels: [String], _ probability: Double) -> String {
    "\(output)[\(labels.joined(separator: ","))] \(probability)"
  }
}
