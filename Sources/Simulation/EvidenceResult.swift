import Modeling

/// What a scenario's evidence makes of a run. The module Evidence computes it; here are its figures.
public struct EvidenceResult: Sendable {
  /// The outputs given the observations; nil where nothing is observed.
  public var posterior: PosteriorResult?
  /// One for each triangulation, in the model's order.
  public var triangulations: [TriangulationResult]

  /// What evidence makes of a run.
  public init(posterior: PosteriorResult?, triangulations: [TriangulationResult]) {
    self.posterior = posterior
    self.triangulations = triangulations
  }
}

/// Outputs given what was observed.
public struct PosteriorResult: Sendable {
  /// How draws of the posterior came about.
  public enum Method: Sendable, Equatable {
    /// The run's own draws, weighted.
    case weighting
    /// Particles moved from the prior to the posterior in stages, as too few of the run's draws had any weight.
    case tempering(stages: Int, moves: Int, acceptance: Double)
  }

  /// One for each output of the model.
  public var outputs: [OutputResult]
  /// One for each observation of the model.
  public var observations: [ObservationResult]
  /// How its draws came about.
  public var method: Method
  /// Draws that the figures are made from.
  public var draws: Int
  /// The effective number of the run's draws, weighted.
  public var effective: Double
  /// The information that the observations give about the inputs, in bits: the divergence of posterior from prior
  /// (Kullback & Leibler 1951, doi:10.1214/aoms/1177729694).
  public var information: Estimate

  /// Outputs given what was observed.
  public init(
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

/// An observation with the formula's distribution before and after; in the observation's unit.
public struct ObservationResult: Sendable {
  /// The observation.
  public var observation: Observation
  /// What was observed: the distribution's 5th, 50th and 95th percentile.
  public var observed: (p05: Double, p50: Double, p95: Double)
  /// The formula's distribution before any observation.
  public var prior: CellSummary
  /// The same given all observations.
  public var posterior: CellSummary
  /// How probable, before any observation, a disagreement with what was observed is that is as large or larger, to
  /// either side: 2 min(P(y < x), P(y > x)), x the formula's value and y a value of the distribution, atoms counted by
  /// half.
  public var pValue: Estimate
  /// The surprise in bits: -log2 of `pValue`; as surprising as so many heads in a row from a fair coin (the S-value
  /// of Rafi & Greenland 2020, doi:10.1186/s12874-020-01105-9, of the prior predictive check of Box 1980,
  /// doi:10.2307/2982063).
  public var surprise: Estimate
  /// Draws in which the formula is not finite; they have no weight.
  public var nonFinite: Int

  /// An observation with the formula's distribution before and after.
  public init(
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

/// Routes to one quantity held against each other, and pooled; in the triangulation's unit.
public struct TriangulationResult: Sendable {
  /// What happened in one cell.
  public struct Cell: Sendable {
    /// The routes' distributions, in their order.
    public var routes: [CellSummary]
    /// The routes' weights.
    public var weights: [Double]
    /// Each way of pooling, in the triangulation's order.
    public var pools: [CellSummary]
    /// Each pair of routes held against each other: the first with all later ones, then the second, and so on.
    public var conflicts: [Conflict]
    /// All routes held against each other.
    public var consistency: Consistency
    /// The inputs that would have to move to reconcile the routes, those that would move most first.
    public var shifts: [Shift]
    /// The quantity's median and 90 % interval if the routes are reconciled.
    public var reconciled: (p05: Double, p50: Double, p95: Double)
    /// Draws in which a route is not positive and finite; they are left out of everything but the routes' own figures.
    public var nonFinite: Int

    /// What happened in one cell.
    public init(
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

  /// Two routes held against each other, draw by draw.
  public struct Conflict: Sendable {
    /// The routes' positions.
    public var first: Int, second: Int
    /// The first over the second: 5th, 50th and 95th percentile.
    public var ratio: (p05: Estimate, p50: Estimate, p95: Estimate)
    /// The probability that the first is the larger.
    public var exceeds: Estimate
    /// How probable a ratio on the other side of 1 is, to either side: 2 min(P(a < b), P(a > b)).
    public var pValue: Double
    /// The same in standard deviations of a normal distribution: the quantile at 1 - pValue / 2; the mean of the ratio's
    /// logarithm over its standard deviation where no draw lies on the other side.
    public var z: Double

    /// Two routes held against each other.
    public init(
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

  /// All routes held against each other.
  public struct Consistency: Sendable {
    /// Cochran's Q of the logarithms, with the covariance of the joint draws.
    public var cochranQ: Double
    /// The probability of a greater Q if all routes estimate one thing: chi-squared with one less than the routes.
    public var pValue: Double
    /// The standard deviation between routes, of logarithms: median and 90 % interval of its posterior.
    public var heterogeneity: (p05: Double, p50: Double, p95: Double)

    /// All routes held against each other.
    public init(cochranQ: Double, pValue: Double, heterogeneity: (p05: Double, p50: Double, p95: Double)) {
      self.cochranQ = cochranQ
      self.pValue = pValue
      self.heterogeneity = heterogeneity
    }
  }

  /// How an input would have to move.
  public struct Shift: Sendable {
    /// The input's coordinate: `pue`, `shipments[2024]`.
    public var input: String
    /// The move of its mean normal score, in its own standard deviations.
    public var standardisedShift: Estimate
    /// The standard deviation that is left of its normal score, at most 1.
    public var posteriorSDRatio: Double

    /// How an input would have to move.
    public init(input: String, standardisedShift: Estimate, posteriorSDRatio: Double) {
      self.input = input
      self.standardisedShift = standardisedShift
      self.posteriorSDRatio = posteriorSDRatio
    }
  }

  /// The triangulation.
  public var triangulation: Triangulation
  /// One for each of its cells.
  public var cells: [Cell]
  /// Draws that the figures are made from; shifts are made from the first of them.
  public var draws: Int
  /// Draws that shifts are made from.
  public var shiftDraws: Int

  /// Routes to one quantity held against each other, and pooled.
  public init(triangulation: Triangulation, cells: [Cell], draws: Int, shiftDraws: Int) {
    self.triangulation = triangulation
    self.cells = cells
    self.draws = draws
    self.shiftDraws = shiftDraws
  }
}
