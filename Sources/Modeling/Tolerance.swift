/// The accuracy that a run must reach before it may stop.
package struct Tolerance: Sendable, Equatable {
  /// The statistic whose Monte Carlo standard error is limited.
  package enum Statistic: Sendable, Equatable {
    /// The mean.
    case mean
    /// The quantile at one of `ReportedQuantiles.probabilities`.
    case quantile(Double)
  }

  /// The name of the output to whose cells it applies; nil for all outputs.
  package var output: String?
  /// The statistic.
  package var statistic: Statistic
  /// The maximum standard error as a fraction of the statistic; above 0 and below 1.
  package var share: Double
  /// The text as written.
  package var text: String

  /// Creates a tolerance.
  package init(output: String? = nil, statistic: Statistic, share: Double, text: String) {
    self.output = output
    self.statistic = statistic
    self.share = share
    self.text = text
  }

  /// The default maximum number of draws of a run with a tolerance: 2^26, some minutes for a large scenario.
  package static let defaultDraws = 1 << 26

  /// The numbers of draws at which a run with a tolerance checks its errors: 2^16, doubled each time up to the maximum.
  package static func stages(upTo draws: Int) -> [Int] {
    var stages: [Int] = []
    var next = 1 << 16
    while next < draws {
      stages.append(next)
      // Doubling may exceed the largest integer.
      guard next <= draws / 2 else { break }
      next *= 2
    }
    return stages + [draws]
  }
}

extension Tolerance.Statistic: CustomStringConvertible {
  /// The name in table headers: `mean`, `p05`, `p97.5`.
  package var description: String {
    switch self {
    case .mean: "mean"
    case .quantile(let probability): ReportedQuantiles.name(of: probability)
    }
  }

  /// The statistic with a name; nil if there is none.
  package init?(named name: String) {
    if name == "mean" {
      self = .mean
    } else if let probability = ReportedQuantiles.probabilities.first(where: { ReportedQuantiles.name(of: $0) == name })
    {
      self = .quantile(probability)
    } else {
      return nil
    }
  }

  /// The names of all statistics.
  package static var names: [String] { ["mean"] + ReportedQuantiles.probabilities.map(ReportedQuantiles.name) }
}

/// The quantiles that every run reports.
package enum ReportedQuantiles {
  /// 0.1, 1, 2.5, 5, 10 … 90, 95, 97.5, 99, 99.9 %.
  package static let probabilities: [Double] =
    [0.001, 0.01, 0.025, 0.05] + (2...18).map { Double($0) / 20 } + [0.95, 0.975, 0.99, 0.999]

  /// `p05`, `p50`, `p97.5`: the probability in percent.
  package static func name(of probability: Double) -> String {
    // All of these probabilities are multiples of a tenth of a percent.
    let tenths = Int((probability * 1000).rounded())
    let whole = tenths / 10
    return "p" + (whole < 10 ? "0" : "") + "\(whole)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
  }
}
