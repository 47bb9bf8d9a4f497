import Modeling

/// What is left out together in a back-test of published figures.
package enum LeftOut: String, CaseIterable, Sendable {
  /// Each figure.
  case observation
  /// All figures of a publisher.
  case publisher
  /// All figures that speak of one label of the index.
  case year
  /// All figures published after the end of a label, for each label at whose end some are known: leave-future-out
  /// cross-validation (Bürkner, Gabry & Vehtari 2020, doi:10.1080/00949655.2020.1783262).
  case later
}

/// Published figures compared with what other readings predict for them.
package struct LeftOutResult: Sendable {
  /// A published figure. Values are in its unit.
  package struct Figure: Sendable {
    /// The figure's name.
    package var name: String
    /// Its publisher.
    package var publisher: String
    /// The label that it speaks of.
    package var label: Double
    /// The formula that it reads.
    package var formula: String
    /// The unit of all values.
    package var unit: String
    /// The published value.
    package var observed: Double
    /// The distribution of the figure given the readings that are not left out with it: with the biases and errors of its
    /// publisher.
    package var p05: Double, p25: Double, p50: Double, p75: Double, p95: Double
    /// The probability of a smaller figure.
    package var percentile: Double
    /// The logarithm of the density of the figure's logarithm.
    package var logScore: Double
    /// The continuous ranked probability score of the figure's logarithm.
    package var crps: Double
    /// The same of the trend through the other figures; not a number where there is none.
    package var baselineCrps: Double
    /// The distribution of what the figure reads, without biases and errors of figures.
    package var read: LatentResult.Percentiles
    /// Whether the figure is in the central 50 % interval of what it reads.
    package var isInside50OfRead: Bool
    /// The position of its group.
    package var group: Int

    /// Whether it is in the central 50 % interval.
    package var isInside50: Bool { observed >= p25 && observed <= p75 }
    /// Whether it is in the central 90 % interval.
    package var isInside90: Bool { observed >= p05 && observed <= p95 }
    /// Whether it is in the central 90 % interval of what it reads.
    package var isInside90OfRead: Bool { observed >= read.p05 && observed <= read.p95 }
  }

  /// Figures that are left out together.
  package struct Group: Sendable {
    /// The figure, the publisher, the label, or `after` and the label at whose end the others were known.
    package var name: String
    /// The number of its predicted figures.
    package var count: Int
    /// The joint log density of the logarithms of its figures.
    package var logScore: Double
  }

  /// The model.
  package var model: Model
  /// What is left out together.
  package var leftOut: LeftOut
  /// The draws that the linear model of the readings is fitted to.
  package var draws: Int
  /// Seconds of wall time.
  package var seconds: Double
  /// One per predicted figure, group by group. Limits are not predicted. Of later figures, totals that are not forecasts
  /// are predicted, once for each group.
  package var figures: [Figure]
  /// One per group.
  package var groups: [Group]

  /// Figures inside the central interval of their distribution.
  package var inside50: Coverage { coverage(0.5, \.isInside50) }
  /// Figures inside the central 90 % interval of their distribution.
  package var inside90: Coverage { coverage(0.9, \.isInside90) }
  /// Figures inside the central 50 % interval of what they read.
  package var inside50OfRead: Coverage { coverage(0.5, \.isInside50OfRead) }
  /// Figures inside the central 90 % interval of what they read.
  package var inside90OfRead: Coverage { coverage(0.9, \.isInside90OfRead) }
  /// The mean score.
  package var crps: Double { Self.mean(figures.map(\.crps)) }
  /// The mean log score of a figure.
  package var logScore: Double { Self.mean(figures.map(\.logScore)) }
  /// The figures that have a baseline: their number, and the mean scores of the predictions and of the baseline.
  package var compared: (count: Int, crps: Double, baseline: Double) {
    let own = figures.filter { $0.baselineCrps.isFinite }
    return (own.count, Self.mean(own.map(\.crps)), Self.mean(own.map(\.baselineCrps)))
  }
  /// 1 minus the ratio of these scores; 0 means that the predictions are no better than the trend.
  package var skill: Double { 1 - compared.crps / compared.baseline }

  private func coverage(_ nominal: Double, _ isInside: (Figure) -> Bool) -> Coverage {
    Coverage(inside: figures.filter(isInside).count, of: figures.count, nominal: nominal)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
