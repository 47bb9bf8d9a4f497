import Modeling
import Sampling

/// The results of a run: summaries of every output cell, comparisons, and failures in single draws.
package struct RunResult: Sendable {
  /// The model.
  package var model: Model
  /// The number of draws.
  package var draws: Int
  /// The number of workers.
  package var workers: Int
  /// Wall time in seconds: from the first block to the last merge.
  package var seconds: Double
  /// One per output, in the model's order.
  package var outputs: [OutputResult]
  /// One per verdict, in the order of `Model.verdicts`.
  package var verdicts: [VerdictResult] = []
  /// The first non-finite draw of each affected output cell, and of each affected condition of a verdict, with its cause.
  package var failures: [Failure]
  /// Whether the requested tolerance was met; nil if none was requested.
  package var tolerance: ToleranceResult?

  /// The results of a run.
  package init(
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
  package static let drawsForOwnErrors = ReplicateSpread.fewest * AddressBlock.draws

  /// Whether the run was too short for its design, so that the errors are those of independent draws.
  package var hasErrorsOfIndependentDraws: Bool {
    let design = SamplingDesignCatalogue.design(named: model.settings.design)
    return (design?.replicateCount ?? 1) > 1 && AddressBlock.count(ofDraws: draws) < ReplicateSpread.fewest
  }
}

/// The summaries of one output, in the output's unit.
package struct OutputResult: Sendable {
  /// The output, in `Model.outputs`.
  package var output: Output
  /// One per cell of the quantity.
  package var cells: [CellSummary]
  /// The rows of each comparison of the output.
  package var comparisons: [[ComparisonRow]]

  /// The summaries of one output.
  package init(output: Output, cells: [CellSummary], comparisons: [[ComparisonRow]]) {
    self.output = output
    self.cells = cells
    self.comparisons = comparisons
  }
}

/// An estimate with its Monte Carlo standard error (NaN if there is no estimate of the error).
package struct Estimate: Sendable, Equatable {
  /// The estimate.
  package var value: Double
  /// Its standard error.
  package var error: Double

  /// An estimate with its standard error.
  package init(_ value: Double, error: Double) {
    self.value = value
    self.error = error
  }
}

/// The distribution of one output cell over the finite draws.
package struct CellSummary: Sendable {
  /// A bin of a histogram.
  package struct Bin: Sendable, Equatable {
    /// The lower edge, included.
    package var low: Double
    /// The upper edge, excluded except in the last bin.
    package var high: Double
    /// The number of draws in the bin.
    package var count: Int

    /// A bin.
    package init(low: Double, high: Double, count: Int) {
      self.low = low
      self.high = high
      self.count = count
    }
  }

  /// The probabilities of `quantiles`: 0.1, 1, 2.5, 5, 10 … 90, 95, 97.5, 99, 99.9 %.
  package static let probabilities = ReportedQuantiles.probabilities

  /// The number of draws, including non-finite ones.
  package var draws: Int
  /// The number of non-finite draws, which are excluded from all statistics.
  package var nonFinite: Int
  /// The mean.
  package var mean: Estimate
  /// The reason, in one line, for which mean or standard deviation appear not to exist or not to be stable at this
  /// number of draws; otherwise nil. Statistics are omitted for moments that do not exist.
  package var momentWarning: String?
  /// Whether the mean exists and its standard error is reliable; `momentWarning` may concern the standard deviation
  /// alone.
  package var isMeanStable: Bool
  /// The standard deviation.
  package var sd: Double
  /// The smallest value.
  package var min: Double
  /// The largest value.
  package var max: Double
  /// The quantiles at `probabilities`.
  package var quantiles: [Estimate]
  /// 200 bins from the smallest to the largest value, of equal width, or of equal ratio if values are positive and span
  /// more than two powers of ten. A small range of integers has bins of integer width centred on them, at most 200, the
  /// outermost of which extend half a unit beyond the smallest and the largest value.
  package var histogram: [Bin]
  /// The distinct values of the finite draws with their probabilities, ascending, if there are at most 24: conditions,
  /// ranks, counts, years, outcomes of discrete inputs. Empty if there are more, or no finite draws.
  package var outcomes: [Outcome] = []

  /// A value of an output with its probability.
  package struct Outcome: Sendable, Equatable {
    /// The value, in the output's unit.
    package var value: Double
    /// The fraction of finite draws with this value, with its Monte Carlo standard error.
    package var probability: Estimate

    /// A value with its probability.
    package init(_ value: Double, probability: Estimate) {
      self.value = value
      self.probability = probability
    }
  }

  /// The statistics of a distribution.
  package init(
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
  package func quantile(_ probability: Double) -> Estimate? {
    Self.probabilities.firstIndex { abs($0 - probability) < 1e-12 }.map { quantiles[$0] }
  }
}

/// The comparison of an output cell with a cell of a reference.
package struct ComparisonRow: Sendable {
  /// The probabilities of `ratio`: 5, 50 and 95 %.
  static let probabilities = [0.05, 0.5, 0.95]

  /// The output's cell.
  package var cell: Int
  /// Labels of indexes that only the reference has.
  package var referenceLabels: [IndexID: Int]
  /// The ratio of output to reference, draw by draw: 5th, 50th and 95th percentile.
  package var ratio: (p05: Double, p50: Double, p95: Double)
  /// Monte Carlo standard errors of `ratio`; NaN if there is no estimate.
  package var ratioErrors: (p05: Double, p50: Double, p95: Double)
  /// The probability that the output exceeds the reference.
  package var exceeds: Estimate
  /// The number of draws in which the ratio was not finite.
  package var nonFinite: Int

  /// The comparison of an output cell with a cell of a reference.
  package init(
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
package struct Failure: Sendable {
  /// The output's name.
  package var output: String
  /// The output's cell, as written in reports.
  package var cellName: String
  /// The number of non-finite draws of the cell.
  package var count: Int
  /// The first of them.
  package var firstDraw: Int
  /// The cell that is the origin of the non-finite value in that draw, as written in reports.
  package var culprit: String
  /// The first non-finite part of that cell's formula, or its distribution, as written.
  package var formula: String?
  /// The operation with the values of that draw: 0 / 0 in `b / b`; nil if unknown.
  package var operation: FailedOperation?

  /// A non-finite draw of an output cell.
  package init(
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
package struct DrawExplanation: Sendable {
  /// The values of one quantity.
  package struct Value: Sendable {
    /// The quantity.
    package var quantity: QuantityID
    /// Its value in each cell.
    package var cells: [Double]
    /// For inputs: the probability of each support point, after correlation; nil for constants and shares.
    package var probabilities: [Double?]

    /// The values of one quantity.
    package init(quantity: QuantityID, cells: [Double], probabilities: [Double?]) {
      self.quantity = quantity
      self.cells = cells
      self.probabilities = probabilities
    }
  }

  /// The index of the draw.
  package var number: Int
  /// The quantities, in evaluation order.
  package var values: [Value]

  /// One draw.
  package init(number: Int, values: [Value]) {
    self.number = number
    self.values = values
  }
}

/// Requested draws: a column for each random input cell and each output cell, in report units.
package struct DrawTable: Sendable {
  /// `name[labels]` and the unit of the column.
  package var columns: [(name: String, unit: String)]
  /// The values of each column, `rows` per column.
  package var values: [[Double]]
  /// The index of the first draw.
  package var firstDraw: Int

  /// Requested draws.
  package init(columns: [(name: String, unit: String)], values: [[Double]], firstDraw: Int) {
    self.columns = columns
    self.values = values
    self.firstDraw = firstDraw
  }
}
