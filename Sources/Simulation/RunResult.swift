import Modeling
import Sampling

/// What a run found: summaries of every output cell, comparisons, and what went wrong in single draws.
public struct RunResult: Sendable {
  /// The model that was run.
  public var model: Model
  /// The number of draws made.
  public var draws: Int
  /// The workers used.
  public var workers: Int
  /// Seconds of wall time: from the first block to the last merge, and with evidence to what it says.
  public var seconds: Double
  /// One for each output, in the model's order.
  public var outputs: [OutputResult]
  /// The first non-finite draw of each output cell that had one, explained.
  public var failures: [Failure]
  /// Whether figures are known as well as was asked for; nil where nothing was asked.
  public var tolerance: ToleranceResult?
  /// What the scenario's evidence makes of it; nil where there is none.
  public var evidence: EvidenceResult?

  /// What a run found.
  public init(
    model: Model, draws: Int, workers: Int, seconds: Double, outputs: [OutputResult], failures: [Failure]
  ) {
    self.model = model
    self.draws = draws
    self.workers = workers
    self.seconds = seconds
    self.outputs = outputs
    self.failures = failures
  }
}

extension RunResult {
  /// Draws from which on a design with replicates has enough of them to estimate its own errors.
  public static let drawsForOwnErrors = ReplicateSpread.fewest * AddressBlock.draws

  /// Whether the run was too short for its design, so that errors are stated as of independent draws.
  public var hasErrorsOfIndependentDraws: Bool {
    let design = SamplingDesignCatalogue.design(named: model.settings.design)
    return (design?.replicateCount ?? 1) > 1 && AddressBlock.count(ofDraws: draws) < ReplicateSpread.fewest
  }
}

/// The summaries of one output. All figures are in the output's unit.
public struct OutputResult: Sendable {
  /// The output, in `Model.outputs`.
  public var output: Output
  /// One for each cell of the quantity.
  public var cells: [CellSummary]
  /// For each comparison of the output, its rows.
  public var comparisons: [[ComparisonRow]]

  /// The summaries of one output.
  public init(output: Output, cells: [CellSummary], comparisons: [[ComparisonRow]]) {
    self.output = output
    self.cells = cells
    self.comparisons = comparisons
  }
}

/// A figure with its Monte Carlo standard error (not a number where there is no estimate of it).
public struct Estimate: Sendable, Equatable {
  /// The figure.
  public var value: Double
  /// Its standard error.
  public var error: Double

  /// A figure with its standard error.
  public init(_ value: Double, error: Double) {
    self.value = value
    self.error = error
  }
}

/// The distribution of one output cell over the finite draws.
public struct CellSummary: Sendable {
  /// A bar of a histogram.
  public struct Bin: Sendable, Equatable {
    /// The lower edge, included.
    public var low: Double
    /// The upper edge, excluded but for the last bin.
    public var high: Double
    /// The number of draws in it.
    public var count: Int

    /// A bar.
    public init(low: Double, high: Double, count: Int) {
      self.low = low
      self.high = high
      self.count = count
    }
  }

  /// The probabilities of `quantiles`: 0.1, 1, 2.5, 5, 10 … 90, 95, 97.5, 99, 99.9 %.
  public static let probabilities = ReportedQuantiles.probabilities

  /// Draws made, and those of them that were not finite.
  public var draws: Int
  /// Draws left out of all figures.
  public var nonFinite: Int
  /// The mean.
  public var mean: Estimate
  /// Whether the sample shows signs that mean or standard deviation do not exist or are not stable at this number of
  /// draws, and why, in one line; nil otherwise. Of moments that do not exist there are no figures.
  public var momentWarning: String?
  /// Whether the mean exists and its standard error can be relied on; `momentWarning` may speak of the standard deviation
  /// alone.
  public var isMeanStable: Bool
  /// The standard deviation.
  public var sd: Double
  /// The smallest value.
  public var min: Double
  /// The largest value.
  public var max: Double
  /// The quantiles at `probabilities`.
  public var quantiles: [Estimate]
  /// 200 bars between smallest and largest, equal in width, or in ratio where values are positive and spread over
  /// more than two powers of ten. Few whole numbers stand in the middle of bars of one whole width, 200 at the most, the
  /// outermost of which reach half a number beyond smallest and largest.
  public var histogram: [Bin]
  /// The values that the finite draws take, ascending, each with its probability, where there are few (at most 24):
  /// conditions, ranks, counts, years, outcomes of discrete inputs. Empty where there are more, or no finite draw.
  public var outcomes: [Outcome] = []

  /// A value of an output, and the probability of it.
  public struct Outcome: Sendable, Equatable {
    /// The value, in the output's unit.
    public var value: Double
    /// The share of the finite draws that take it, with its Monte Carlo standard error.
    public var probability: Estimate

    /// A value with its probability.
    public init(_ value: Double, probability: Estimate) {
      self.value = value
      self.probability = probability
    }
  }

  /// A distribution's figures.
  public init(
    draws: Int, nonFinite: Int, mean: Estimate, momentWarning: String?, sd: Double, min: Double, max: Double,
    quantiles: [Estimate], histogram: [Bin], isMeanStable: Bool = true
  ) {
    self.isMeanStable = isMeanStable
    self.draws = draws
    self.nonFinite = nonFinite
    self.mean = mean
    self.momentWarning = momentWarning
    self.sd = sd
    self.min = min
    self.max = max
    self.quantiles = quantiles
    self.histogram = histogram
  }

  /// The quantile at one of `probabilities`.
  public func quantile(_ probability: Double) -> Estimate? {
    Self.probabilities.firstIndex { abs($0 - probability) < 1e-12 }.map { quantiles[$0] }
  }
}

/// An output cell held against a reference's cell.
public struct ComparisonRow: Sendable {
  /// The probabilities of `ratio`: 5, 50 and 95 %.
  static let probabilities = [0.05, 0.5, 0.95]

  /// The output's cell.
  public var cell: Int
  /// Labels of indexes that only the reference has, in the order of their names.
  public var referenceLabels: [IndexID: Int]
  /// The ratio of output to reference, draw by draw: 5th, 50th and 95th percentile.
  public var ratio: (p05: Double, p50: Double, p95: Double)
  /// Monte Carlo standard errors of `ratio`; not a number where there is no estimate.
  public var ratioErrors: (p05: Double, p50: Double, p95: Double)
  /// The probability that the output exceeds the reference.
  public var exceeds: Estimate
  /// Draws where the ratio was not finite.
  public var nonFinite: Int

  /// An output cell held against a reference's cell.
  public init(
    cell: Int, referenceLabels: [IndexID: Int], ratio: (p05: Double, p50: Double, p95: Double),
    ratioErrors: (p05: Double, p50: Double, p95: Double) = (.nan, .nan, .nan), exceeds: Estimate, nonFinite: Int
  ) {
    self.cell = cell
    self.referenceLabels = referenceLabels
    self.ratio = ratio
    self.ratioErrors = ratioErrors
    self.exceeds = exceeds
    self.nonFinite = nonFinite
  }
}

/// A draw in which an output cell was not finite.
public struct Failure: Sendable {
  /// The output's name.
  public var output: String
  /// The output's cell, as written in reports.
  public var cellName: String
  /// How many draws of the cell were not finite.
  public var count: Int
  /// The number of the first of them.
  public var firstDraw: Int
  /// The cell from which the output cell's value in that draw stopped being finite, as written in reports.
  public var culprit: String
  /// The part of that cell's formula, or the distribution, that was not finite first, as it is written.
  public var formula: String?
  /// The same with the values of that draw: 0 / 0 in `b / b`; nil if it is not known.
  public var operation: FailedOperation?

  /// A draw in which an output cell was not finite.
  public init(
    output: String, cellName: String, count: Int, firstDraw: Int, culprit: String, formula: String? = nil,
    operation: FailedOperation? = nil
  ) {
    self.output = output
    self.cellName = cellName
    self.count = count
    self.firstDraw = firstDraw
    self.culprit = culprit
    self.formula = formula
    self.operation = operation
  }
}

/// One draw, every value of it; in the units in which quantities are reported.
public struct DrawExplanation: Sendable {
  /// The values of one quantity.
  public struct Value: Sendable {
    /// The quantity.
    public var quantity: QuantityID
    /// Its value in each cell.
    public var cells: [Double]
    /// For inputs: the probability at which each site stands, after correlation; nil for constants and shares.
    public var probabilities: [Double?]

    /// The values of one quantity.
    public init(quantity: QuantityID, cells: [Double], probabilities: [Double?]) {
      self.quantity = quantity
      self.cells = cells
      self.probabilities = probabilities
    }
  }

  /// The draw's number.
  public var number: Int
  /// The quantities, in evaluation order.
  public var values: [Value]

  /// One draw.
  public init(number: Int, values: [Value]) {
    self.number = number
    self.values = values
  }
}

/// Draws asked for: a column for each coordinate-bearing input cell and each output cell, in the units of reports.
public struct DrawTable: Sendable {
  /// `name[labels]` with the unit in which the column is given.
  public var columns: [(name: String, unit: String)]
  /// Column-major values; `rows` each.
  public var values: [[Double]]
  /// The number of the first draw.
  public var firstDraw: Int

  /// Draws asked for.
  public init(columns: [(name: String, unit: String)], values: [[Double]], firstDraw: Int) {
    self.columns = columns
    self.values = values
    self.firstDraw = firstDraw
  }
}
