import Modeling
import Simulation

/// What the observations reveal about the inputs: the marginal distribution of each before and after conditioning.
package struct Learning: Sendable {
  /// An uncertain cell of an input.
  package struct InputCell: Sendable, Hashable {
    /// The input.
    package var quantity: QuantityID
    /// The cell's position.
    package var cell: Int

    /// An uncertain cell of an input.
    package init(_ quantity: QuantityID, cell: Int) {
      self.quantity = quantity
      self.cell = cell
    }
  }

  /// The marginal distribution of an input's cell, prior and posterior.
  package struct Row: Sendable {
    /// The cell.
    package var input: InputCell
    /// The 5th, 50th and 95th percentile of the prior, in the input's unit; not numbers for labels.
    package var prior: (p05: Double, p50: Double, p95: Double)
    /// The same of the posterior.
    package var posterior: (p05: Double, p50: Double, p95: Double)
    /// The difference of the posterior and the prior mean of the normal score, in standard deviations of its prior.
    ///
    /// The normal score of a value x is the standard normal quantile of F(x), where F is the prior's cumulative
    /// distribution, at an atom with half of its probability. It exists for every distribution, however heavy its
    /// tails. For a normal prior and posterior it is the difference of the means over the prior standard deviation. Not
    /// a number for labels, and where the prior's draws do not cover the posterior.
    package var standardisedShift: Double
    /// The width of the posterior's 90 % interval over that of the prior's; not a number for labels, and where the
    /// prior's has no width.
    package var widthRatio: Double
    /// The Kullback-Leibler divergence of the posterior marginal from the prior marginal, in bits; see
    /// `MarginalInformation`. Not a number where it cannot be estimated.
    package var bits: Estimate

    /// Whether the information is greater than its 95 % error.
    package var isDetected: Bool {
      bits.value > ConfidenceInterval.multiple(replicates: WeightedEngine.parts) * bits.error
    }
  }

  /// A rank correlation of two input cells that the observations created or changed.
  package struct ChangedCorrelation: Sendable {
    /// The cells.
    package var first: InputCell, second: InputCell
    /// The prior rank correlation; exactly 0 for inputs that share nothing.
    package var prior: Double
    /// The posterior rank correlation.
    package var posterior: Double
    /// Posterior minus prior.
    package var change: Estimate
  }

  /// The distributions of an input's cell for charts, in the input's unit.
  package struct Marginals: Sendable {
    /// The cell.
    package var input: InputCell
    /// The distribution of the first prior draws.
    package var prior: CellSummary
    /// The posterior distribution.
    package var posterior: CellSummary
  }

  /// One for each uncertain cell of an input, those about which most was learned first, and before them those whose
  /// information cannot be estimated.
  package var rows: [Row]
  /// Changed correlations, the largest change first.
  package var correlations: [ChangedCorrelation]
  /// The number of cells among which correlations were computed.
  package var correlatedCells: Int
  /// Distributions of the numeric cells about which most was learned.
  package var marginals: [Marginals]
}

extension Model {
  /// The name of an input's cell as tables and reports write it: `pue[2025]`.
  package func name(of input: Learning.InputCell) -> String { cellName(input.quantity, cell: input.cell) }
}
