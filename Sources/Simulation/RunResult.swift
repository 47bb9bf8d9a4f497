import Modeling
import Sampling

/// The results of a run: summaries of every output cell, comparisons, and failures in single draws.
public struct RunResult: Sendable {
  /// The model.
  public var model: Model
  /// The number of draws.
  public var draws: Int
  /// The number of workers.
  public var workers: Int
  /// Wall time in seconds: from the first block to the last merge.
  public var seconds: Double
  /// One per output, in the model's order.
  public var outputs: [OutputResult]
  /// The first non-finite draw of each affected output cell, with its cause.
  public var failures: [Failure]
  /// Whether the requested tolerance was met; nil if none was requested.
  public var tolerance: ToleranceResult?

  /// The results of a run.
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
  /// The minimum number of draws with which a design with replicates can estimate its own errors.
  public static let drawsForOwnErrors = ReplicateSpread.fewest * AddressBlock.draws

  /// Whether the run was too short for its design, so that the errors are those of independent draws.
  public var hasErrorsOfIndependentDraws: Bool {
    let design = SamplingDesignCatalogue.design(named: model.settings.design)
    return (design?.replicateCount ?? 1) > 1 && AddressBlock.count(ofDraws: draws) < ReplicateSpread.fewest
  }
}

/// The summaries of one output, in the output's unit.
public struct OutputResult: Sendable {
  /// The output, in `Model.outputs`.
  public var output: Output
  /// One per cell of the quantity.
  public var cells: [CellSummary]
  /// The rows of each comparison of the output.
  public var comparisons: [[ComparisonRow]]

  /// The summaries of one output.
  public init(output: Output, cells: [CellSummary], comparisons: [[ComparisonRow]]) {
    self.output = output
    self.cells = cells
    self.comparisons = comparisons
  }
}

/// An estimate with its Monte Carlo standard error (NaN if there is no estimate of the error).
public struct Estimate: Sendable, Equatable {
  /// The estimate.
  public var value: Double
  /// Its standard error.
  public var error: Double

  /// An estimate with its standard error.
  public init(_ value: Double, error: Double) {
    self.value = value
    self.error = error
  }
}

/// The distribution of one output cell over the finite draws.
public struct CellSummary: Sendable {
  /// A bin of a histogram.
  public struct Bin: Sendable, Equatable {
    /// The lower edge, included.
    public var low: Double
    /// The upper edge, excluded except in the last bin.
    public var high: Double
    /// The number of draws in the bin.
    public var count: Int

    /// A bin.
    public init(low: Double, high: Double, count: Int) {
      self.low = low
      self.high = high
      self.count = count
    }
  }

  /// The probabilities of `quantiles`: 0.1, 1, 2.5, 5, 10 … 90, 95, 97.5, 99, 99.9 %.
  public static let probabilities = ReportedQuantiles.probabilities

  /// The number of draws, including non-finite ones.
  public var draws: Int
  /// The number of non-finite draws, which are excluded from all statistics.
  public var nonFinite: Int
  /// The mean.
  public var mean: Estimate
  /// The reason, in one line, for which mean or standard deviation appear not to exist or not to be stable at this
  /// number of draws; otherwise nil. Statistics are omitted for moments that do not exist.
  public var momentWarning: String?
  /// Whether the mean exists and its standard error is reliable; `momentWarning` may concern the standard deviation
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
  /// 200 bins from the smallest to the largest value, of equal width, or of equal ratio if values are positive and span
  /// more than two powers of ten. A small range of integers has bins of integer width centred on them, at most 200, the
  /// outermost of which extend half a unit beyond the smallest and the largest value.
  public var histogram: [Bin]
  /// The distinct values of the finite draws with their probabilities, ascending, if there are at most 24: conditions,
  /// ranks, counts, years, outcomes of discrete inputs. Empty if there are more, or no finite draws.
  public var outcomes: [Outcome] = []

  /// A value of an output with its probability.
  public struct Outcome: Sendable, Equatable {
    /// The value, in the output's unit.
    public var value: Double
    /// The fraction of finite draws with this value, with its Monte Carlo standard error.
    public var probability: Estimate

    /// A value with its probability.
    public init(_ value: Double, probability: Estimate) {
      self.value = value
      self.probability = probability
    }
  }

  /// The statistics of a distribution.
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

/// The comparison of an output cell with a cell of a reference.
public struct ComparisonRow: Sendable {
  /// The probabilities of `ratio`: 5, 50 and 95 %.
  static let probabilities = [0.05, 0.5, 0.95]

  /// The output's cell.
  public var cell: Int
  /// Labels of indexes that only the reference has.
  public var referenceLabels: [IndexID: Int]
  /// The ratio of output to reference, draw by draw: 5th, 50th and 95th percentile.
  public var ratio: (p05: Double, p50: Double, p95: Double)
  /// Monte Carlo standard errors of `ratio`; NaN if there is no estimate.
  public var ratioErrors: (p05: Double, p50: Double, p95: Double)
  /// The probability that the output exceeds the reference.
  public var exceeds: Estimate
  /// The number of draws in which the ratio was not finite.
  public var nonFinite: Int

  /// The comparison of an output cell with a cell of a reference.
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

/// A non-finite draw of an output cell.
public struct Failure: Sendable {
  /// The output's name.
  public var output: String
  /// The output's cell, as written in reports.
  public var cellName: String
  /// The number of non-finite draws of the cell.
  public var count: Int
  /// The first of them.
  public var firstDraw: Int
  /// The cell that is the origin of the non-finite value in that draw, as written in reports.
  public var culprit: String
  /// The first non-finite part of that cell's formula, or its distribution, as written.
  public var formula: String?
  /// The operation with the values of that draw: 0 / 0 in `b / b`; nil if unknown.
  public var operation: FailedOperation?

  /// A non-finite draw of an output cell.
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

/// All values of one draw, in the units in which quantities are reported.
public struct DrawExplanation: Sendable {
  /// The values of one quantity.
  public struct Value: Sendable {
    /// The quantity.
    public var quantity: QuantityID
    /// Its value in each cell.
    public var cells: [Double]
    /// For inputs: the probability of each support point, after correlation; nil for constants and shares.
    public var probabilities: [Double?]

    /// The values of one quantity.
    public init(quantity: QuantityID, cells: [Double], probabilities: [Double?]) {
      self.quantity = quantity
      self.cells = cells
      self.probabilities = probabilities
    }
  }

  /// The index of the draw.
  public var number: Int
  /// The quantities, in evaluation order.
  public var values: [Value]

  /// One draw.
  public init(number: Int, values: [Value]) {
    self.number = number
    self.values = values
  }
}

/// Requested draws: a column for each random input cell and each output cell, in report units.
public struct DrawTable: Sendable {
  /// `name[labels]` and the unit of the column.
  public var columns: [(name: String, unit: String)]
  /// The values of each column, `rows` per column.
  public var values: [[Double]]
  /// The index of the first draw.
  public var firstDraw: Int

  /// Requested draws.
  public init(columns: [(name: String, unit: String)], values: [[Double]], firstDraw: Int) {
    self.columns = columns
    self.values = values
    self.firstDraw = firstDraw
  }
}
