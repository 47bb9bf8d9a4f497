import Modeling
import Simulation

/// The results of a scenario's evidence.
package struct EvidenceResult: Sendable {
  /// The posterior distributions of the outputs; nil without observations.
  package var posterior: PosteriorResult?
  /// One per triangulation, in the model's order.
  package var triangulations: [TriangulationResult]

  /// The results of a scenario's evidence.
  package init(posterior: PosteriorResult?, triangulations: [TriangulationResult]) {
    self.posterior = posterior
    self.triangulations = triangulations
  }
}

/// The posterior distributions of the outputs.
package struct PosteriorResult: Sendable {
  /// The method by which posterior draws were made.
  package enum Method: Sendable, Equatable {
    /// Importance weighting of the run's own draws.
    case weighting
    /// Particles moved from the prior to the posterior in stages, as too few of the run's draws had any weight.
    case tempering(stages: Int, moves: Int, acceptance: Double)
    /// Draws moved by the linear update given the readings of latent totals, then weighted by observations.
    case linearUpdate
  }

  /// The reading that particles remember most, after the maximum number of moves.
  package struct Unsettled: Sendable, Equatable {
    /// The observation's position.
    package var observation: Int
    /// The rank correlation of its formula before and after a stage's moves.
    package var correlation: Double

    /// The reading that particles remember most.
    package init(observation: Int, correlation: Double) {
      self.observation = observation
      self.correlation = correlation
    }
  }

  /// One per output of the model.
  package var outputs: [OutputResult]
  /// One per verdict, in the order of `Model.verdicts`.
  package var verdicts: [VerdictResult] = []
  /// One per observation of the model.
  package var observations: [ObservationResult]
  /// One per latent total of the model.
  package var latents: [LatentResult] = []
  /// The model on draws of its posterior, if it has latent totals. All results are then those of these draws: the prior of
  /// a latent total is wide on purpose, and is not an estimate.
  package var replacement: Model?
  /// The method.
  package var method: Method
  /// The number of draws on which the results are based.
  package var draws: Int
  /// The effective sample size of the weighted draws of the run.
  package var effective: Double
  /// The information about the inputs gained from the observations, in bits: the Kullback-Leibler divergence of the
  /// posterior from the prior (Kullback & Leibler 1951, doi:10.1214/aoms/1177729694).
  package var information: Estimate
  /// Set where particles could not be moved until they were independent of their resampled ancestors, so that stated
  /// errors are too small; nil otherwise.
  package var unsettled: Unsettled?
  /// What was learned about each input.
  package var learning: Learning?

  /// The posterior distributions of the outputs.
  package init(
    outputs: [OutputResult], observations: [ObservationResult], method: Method, draws: Int, effective: Double,
    information: Estimate
  ) {
    self.outputs = outputs
    self.observations = observations
    self.method = method
    self.draws = draws
    self.effective = effective
    self.information = information
  }
}

/// An observation with the formula's prior and posterior distribution, in the observation's unit.
package struct ObservationResult: Sendable {
  /// The observation.
  package var observation: Observation
  /// The 5th, 50th and 95th percentile of the observed distribution.
  package var observed: (p05: Double, p50: Double, p95: Double)
  /// The formula's prior distribution.
  package var prior: CellSummary
  /// The formula's posterior distribution given all observations.
  package var posterior: CellSummary
  /// The prior predictive p-value, two-sided: 2 min(P(y < x), P(y > x)) for the formula's prior value x and an observed
  /// value y, with half of the probability of atoms.
  package var pValue: Estimate
  /// The surprise in bits: -log2 of `pValue`; as surprising as so many heads in a row from a fair coin (the S-value
  /// of Rafi & Greenland 2020, doi:10.1186/s12874-020-01105-9, of the prior predictive check of Box 1980,
  /// doi:10.2307/2982063).
  package var surprise: Estimate
  /// The number of draws in which the formula is not finite; they have no weight.
  package var nonFinite: Int

  /// An observation with the formula's prior and posterior distribution.
  package init(
    observation: Observation, observed: (p05: Double, p50: Double, p95: Double), prior: CellSummary,
    posterior: CellSummary, pValue: Estimate, surprise: Estimate, nonFinite: Int
  ) {
    self.observation = observation
    self.observed = observed
    self.prior = prior
    self.posterior = posterior
    self.pValue = pValue
    self.surprise = surprise
    self.nonFinite = nonFinite
  }
}

/// Comparison and pooling of the routes to one quantity, in the triangulation's unit.
package struct TriangulationResult: Sendable {
  /// The results for one cell.
  package struct Cell: Sendable {
    /// The routes' distributions, in their order.
    package var routes: [CellSummary]
    /// The routes' weights.
    package var weights: [Double]
    /// The pooled distributions, one per pooling method, in the triangulation's order.
    package var pools: [CellSummary]
    /// The comparisons of all pairs of routes: the first with all later ones, then the second, and so on.
    package var conflicts: [Conflict]
    /// The comparison of all routes.
    package var consistency: Consistency
    /// The input shifts that would reconcile the routes, largest first.
    package var shifts: [Shift]
    /// The quantity's median and 90 % interval after reconciliation.
    package var reconciled: (p05: Double, p50: Double, p95: Double)
    /// The number of draws in which a route is not positive and finite; only the routes' own statistics include them.
    package var nonFinite: Int

    /// The results for one cell.
    package init(
      routes: [CellSummary], weights: [Double], pools: [CellSummary], conflicts: [Conflict], consistency: Consistency,
      shifts: [Shift], reconciled: (p05: Double, p50: Double, p95: Double), nonFinite: Int
    ) {
      self.routes = routes
      self.weights = weights
      self.pools = pools
      self.conflicts = conflicts
      self.consistency = consistency
      self.shifts = shifts
      self.reconciled = reconciled
      self.nonFinite = nonFinite
    }
  }

  /// The comparison of two routes, draw by draw.
  package struct Conflict: Sendable {
    /// The indexes of the routes.
    package var first: Int, second: Int
    /// The ratio of the first to the second: 5th, 50th and 95th percentile.
    package var ratio: (p05: Estimate, p50: Estimate, p95: Estimate)
    /// The probability that the first is larger.
    package var exceeds: Estimate
    /// The two-sided p-value: 2 min(P(a < b), P(a > b)).
    package var pValue: Double
    /// The p-value as a normal deviate: the quantile at 1 - pValue / 2; the mean of the log ratio over its standard
    /// deviation if all draws are on one side.
    package var z: Double

    /// The comparison of two routes.
    package init(
      first: Int, second: Int, ratio: (p05: Estimate, p50: Estimate, p95: Estimate), exceeds: Estimate,
      pValue: Double, z: Double
    ) {
      self.first = first
      self.second = second
      self.ratio = ratio
      self.exceeds = exceeds
      self.pValue = pValue
      self.z = z
    }
  }

  /// The comparison of all routes.
  package struct Consistency: Sendable {
    /// Cochran's Q of the logarithms, with the covariance of the joint draws.
    package var cochranQ: Double
    /// P(chi-squared > Q) with one degree of freedom fewer than the routes, if all routes estimate the same value.
    package var pValue: Double
    /// The between-route standard deviation of the logarithms: median and 90 % interval of its posterior.
    package var heterogeneity: (p05: Double, p50: Double, p95: Double)

    /// The comparison of all routes.
    package init(cochranQ: Double, pValue: Double, heterogeneity: (p05: Double, p50: Double, p95: Double)) {
      self.cochranQ = cochranQ
      self.pValue = pValue
      self.heterogeneity = heterogeneity
    }
  }

  /// The shift of an input that reconciliation requires.
  package struct Shift: Sendable {
    /// The input's coordinate: `pue`, `shipments[2024]`.
    package var input: String
    /// The shift of the mean normal score, in prior standard deviations.
    package var standardisedShift: Estimate
    /// The posterior standard deviation of the normal score, relative to the prior one; at most 1.
    package var posteriorSDRatio: Double

    /// The shift of an input that reconciliation requires.
    package init(input: String, standardisedShift: Estimate, posteriorSDRatio: Double) {
      self.input = input
      self.standardisedShift = standardisedShift
      self.posteriorSDRatio = posteriorSDRatio
    }
  }

  /// The triangulation.
  package var triangulation: Triangulation
  /// One per cell.
  package var cells: [Cell]
  /// The number of draws on which the results are based; shifts use the first of them.
  package var draws: Int
  /// The number of draws used for shifts.
  package var shiftDraws: Int

  /// Comparison and pooling of the routes to one quantity.
  package init(triangulation: Triangulation, cells: [Cell], draws: Int, shiftDraws: Int) {
    self.triangulation = triangulation
    self.cells = cells
    self.draws = draws
    self.shiftDraws = shiftDraws
  }
}
