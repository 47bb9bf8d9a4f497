/// How well a run must know its figures before it may stop.
public struct Tolerance: Sendable, Equatable {
  /// The figure whose Monte Carlo standard error counts.
  public enum Statistic: Sendable, Equatable {
    /// The mean.
    case mean
    /// The quantile at one of `ReportedQuantiles.probabilities`.
    case quantile(Double)
  }

  /// The name of the output in whose cells it counts; nil for every output's.
  public var output: String?
  /// The figure.
  public var statistic: Statistic
  /// The largest standard error allowed, as a share of the figure; above 0 and below 1.
  public var share: Double
  /// As written.
  public var text: String

  /// How well a figure must be known.
  public init(output: String? = nil, statistic: Statistic, share: Double, text: String) {
    self.output = output
    self.statistic = statistic
    self.share = share
    self.text = text
  }

  /// The most draws that a run with a tolerance makes, if nothing else is said: 2^26, some minutes for a large scenario.
  public static let defaultDraws = 1 << 26

  /// The numbers of draws at which a run with a tolerance looks at its errors: 2^16, twice as many, and so on, up to the
  /// most draws allowed.
  public static func stages(upTo draws: Int) -> [Int] {
    var stages: [Int] = []
    var next = 1 << 16
    while next < draws {
      stages.append(next)
      // Twice as many may be more than an integer holds.
      guard next <= draws / 2 else { break }
      next *= 2
    }
    return stages + [draws]
  }
}

extension Tolerance.Statistic: CustomStringConvertible {
  /// As in the headers of tables: `mean`, `p05`, `p97.5`.
  public var description: String {
    switch self {
    case .mean: "mean"
    case .quantile(let probability): ReportedQuantiles.name(of: probability)
    }
  }

  /// The figure of a name; nil if there is none.
  public init?(named name: String) {
    if name == "mean" {
      self = .mean
    } else if let probability = ReportedQuantiles.probabilities.first(where: { ReportedQuantiles.name(of: $0) == name })
    {
      self = .quantile(probability)
    } else {
      return nil
    }
  }

  /// The names of all figures.
  public static var names: [String] { ["mean"] + ReportedQuantiles.probabilities.map(ReportedQuantiles.name) }
}

/// The quantiles that every run reports.
public enum ReportedQuantiles {
  /// 0.1, 1, 2.5, 5, 10 … 90, 95, 97.5, 99, 99.9 %.
  public static let probabilities: [Double] =
    [0.001, 0.01, 0.025, 0.05] + (2...18).map { Double($0) / 20 } + [0.95, 0.975, 0.99, 0.999]

  /// `p05`, `p50`, `p97.5`: the probability in percent.
  public static func name(of probability: Double) -> String {
    // Tenths of a percent are whole in all of them.
    let tenths = Int((probability * 1000).rounded())
    let whole = tenths / 10
    return "p" + (whole < 10 ? "0" : "") + "\(whole)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
  }
}
