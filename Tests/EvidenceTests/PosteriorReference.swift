import Foundation
import Simulation
import Testing

/// Values of `Reference/posteriors.csv`, which SciPy computed.
enum PosteriorReference {
  /// Statistics by case.
  static let values: [String: [String: Double]] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/posteriors.csv")
    var values: [String: [String: Double]] = [:]
    for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      guard fields.count == 3, let value = Double(fields[2]) else { continue }
      values[fields[0], default: [:]][fields[1]] = value
    }
    return values
  }()

  /// A statistic of a case.
  static func value(_ name: String, _ statistic: String) throws -> Double {
    try #require(values[name]?[statistic], "no \(statistic) of \(name)")
  }

  /// Compares a posterior with the statistics of a case: each within 8.1 of its standard errors, which one in a million
  /// exceeds by chance (see `Chance`), and the standard deviation within 2 %.
  static func expect(_ cell: CellSummary, _ name: String, sdWithin: Double = 0.02) throws {
    #expect(
      abs(cell.mean.value - (try value(name, "mean"))) < Chance.errors * cell.mean.error,
      "\(name) mean \(cell.mean)")
    #expect(abs(cell.sd / (try value(name, "sd")) - 1) < sdWithin, "\(name) sd \(cell.sd)")
    for (probability, statistic) in [(0.05, "p05"), (0.5, "p50"), (0.95, "p95")] {
      guard let right = values[name]?[statistic], let quantile = cell.quantile(probability) else { continue }
      #expect(abs(quantile.value - right) < Chance.errors * quantile.error, "\(name) \(statistic) \(quantile)")
    }
  }
}
