import Diagnostics

/// Runs that end without a result.
package enum RunCode: String, DiagnosticSection {
  /// The section's name in codes.
  package static let section = "run"

  case interrupted
  case threads
  case memory
  case internalError = "internal-error"
  case design
  case size
  case tooManyDraws = "too-many-draws"
  case condition
  case severalCells = "several-cells"
  case noFiniteDraw = "no-finite-draw"
  case weights
  case impossibleObservation = "impossible-observation"
  case unlikelyObservation = "unlikely-observation"
  case observedInputs = "observed-inputs"
  case otherPosterior = "other-posterior"
  case damagedPosterior = "damaged-posterior"
  case latentReadings = "latent-readings"
  case damagedPart = "damaged-part"
  case otherPart = "other-part"
  case missingPart = "missing-part"
  case undivided
  case submission
}

extension Problem {
  /// A run that the user ended.
  ///
  /// - Parameter folders: the folders to which results had been written by then, each completely.
  package static func interrupted(afterWriting folders: [String] = []) -> Problem {
    Problem(
      RunCode.interrupted,
      folders.isEmpty
        ? "interrupted; no file was written"
        : "interrupted; no file was written but those in \(folders.joined(separator: ", ")), which are complete")
  }

  /// A fault of the program.
  package static func internalError(_ description: String) -> Problem {
    Problem(
      RunCode.internalError, description,
      advice:
        "this is a bug in Loadcast, not a mistake in the scenario; please report it with the scenario and the command")
  }

  // MARK: Limits

  /// Threads that the system has refused; both numbers count the main thread.
  package static func fewerThreads(_ started: Int, needed: Int) -> Problem {
    Problem(
      RunCode.threads, severity: .warning,
      "the system has refused threads: \(started) of \(needed) could work at the same time",
      advice: "the results are the same, and take longer; `ulimit -v`, `ulimit -u` or the container limits the number")
  }

  /// A run that needs more memory than it may use; all sizes are texts such as `2.1 GiB`.
  ///
  /// - Parameters:
  ///   - needed: the estimate.
  ///   - limit: the limit.
  ///   - origin: where the limit comes from, such as `three quarters of the memory of this machine`.
  ///   - cells: the number of cells that are summarised.
  ///   - workers: the number of workers.
  ///   - fitting: the largest number of workers with which the run fits, or nil if it does not fit with one.
  ///   - mostCells: the largest number of cells that fits with one worker; 0 if none does.
  ///   - least: the limit that the run needs with one worker, such as `712M`.
  package static func tooMuchMemory(
    _ needed: String, limit: String, origin: String, cells: Int, workers: Int, fitting: Int?, mostCells: Int,
    least: String
  ) -> Problem {
    Problem(
      RunCode.memory,
      "this run needs about \(needed) of memory, and the limit is \(limit) (\(origin))",
      expected: fitting.map { "at most --workers \($0)" }
        ?? (mostCells > 0
          ? "at most \(mostCells) \(mostCells == 1 ? "cell" : "cells") of outputs, with --workers 1"
          : "--memory \(least)"),
      found: "\(cells) \(cells == 1 ? "cell" : "cells") of outputs and comparisons on \(workers) "
        + (workers == 1 ? "worker" : "workers"),
      advice: fitting == nil && mostCells == 0
        ? "--memory sets another limit"
        : "fewer outputs, or outputs over fewer labels, need less memory; --memory sets another limit")
  }

  /// A model whose plan alone needs more memory than the run may use; see `tooMuchMemory`.
  ///
  /// - Parameters:
  ///   - needed: the estimate.
  ///   - limit: the limit.
  ///   - origin: where the limit comes from.
  ///   - cells: the number of cells of inputs and equations that the outputs need.
  ///   - mostCells: the largest number of cells whose plan fits; 0 if none does.
  ///   - least: the limit that the plan needs, such as `712M`.
  package static func tooMuchPlanningMemory(
    _ needed: String, limit: String, origin: String, cells: Int, mostCells: Int, least: String
  ) -> Problem {
    Problem(
      RunCode.memory,
      "planning this run needs about \(needed) of memory, and the limit is \(limit) (\(origin))",
      expected: mostCells > 1 ? "at most \(mostCells) cells of inputs and equations" : "--memory \(least)",
      found: "\(cells) \(cells == 1 ? "cell" : "cells")",
      advice: "fewer labels of an index need less memory; --memory sets another limit")
  }

  /// An analysis that needs more memory than it may use; see `tooMuchMemory`.
  ///
  /// - Parameters:
  ///   - needed: the estimate.
  ///   - limit: the limit.
  ///   - origin: where the limit comes from.
  ///   - fitting: the largest analysis that fits, such as `at most --draws 65536`; nil if none does.
  ///   - least: the limit that the analysis needs, such as `712M`.
  ///   - size: the size of the analysis.
  package static func tooMuchAnalysisMemory(
    _ needed: String, limit: String, origin: String, fitting: String?, least: String, size: String
  ) -> Problem {
    Problem(
      RunCode.memory,
      "this analysis needs about \(needed) of memory, and the limit is \(limit) (\(origin))",
      expected: fitting ?? "--memory \(least)", found: size,
      advice: "--memory sets another limit")
  }

  /// A sampling design that does not exist, in settings that no checker has read.
  package static func unknownSamplingDesign(_ name: String, designs: [String]) -> Problem {
    Problem(
      RunCode.design, "unknown sampling design `\(name)`", expected: designs.joined(separator: ", "))
  }

  /// A scenario with too many values a draw.
  package static func tooManyValuesPerDraw(limit: Int) -> Problem {
    Problem(
      RunCode.size, "the scenario computes more than \(limit) values for each draw",
      advice: "give its indexes fewer labels, or reduce over an index before multiplying by another")
  }

  /// An attribution of the difference of two scenarios that needs too many scenarios at once.
  package static let attributionTooLarge = Problem(
    RunCode.size, "the attribution of the difference needs too many values for each draw",
    advice: "compare without attribution, or with fewer --permutations")

  /// Too many draws for weights.
  package static func tooManyWeightedDraws(limit: Int, found: Int) -> Problem {
    Problem(
      RunCode.tooManyDraws, "a run with observations has at most \(limit) draws", found: "\(found)")
  }

  // MARK: Targets

  /// A target of scenario discovery that is not a condition.
  package static func targetNotCondition(_ name: String) -> Problem {
    Problem(
      RunCode.condition, "`\(name)` is not a condition",
      expected: "a formula that is true or false, such as 'electricity[year=2030] > bitcoin'",
      found: "values other than 0 and 1")
  }

  /// A target of an attribution with several cells; `example` selects one.
  package static func targetOfSeveralCells(_ cells: Int, example: String?) -> Problem {
    Problem(
      RunCode.severalCells, "the target must be a single number, and has \(cells) cells",
      expected: example.map { "one cell, such as \($0)" })
  }

  /// A target whose values are labels.
  package static let targetOfLabels = Problem(
    RunCode.severalCells, "the target must be a number, and its values are labels")

  /// A target without a finite draw.
  package static func noFiniteDraw(of name: String) -> Problem {
    Problem(
      RunCode.noFiniteDraw, "no draw of `\(name)` is finite",
      advice: "its formula divides by zero, or takes the logarithm or the root of a negative number, in every draw")
  }

  // MARK: Evidence

  /// Weights of routes, computed by formulas, that do not sum to 1; `cell` is empty for an estimate without indexes.
  package static func routeWeights(
    of name: String, cell: String, weights: [(route: String, weight: Double)]
  ) -> Problem {
    Problem(
      RunCode.weights,
      "the weights of the routes of `\(name)` do not sum to 1" + (cell.isEmpty ? "" : " at \(cell)"),
      expected: "weights of at least 0 that sum to 1",
      found: weights.map { "\($0.route) \($0.weight)" }.joined(separator: ", "))
  }

  /// Observations that almost no draw can explain.
  package static func impossibleObservation(possible: Int, draws: Int) -> Problem {
    Problem(
      RunCode.impossibleObservation, "the observations have a positive density in \(possible) of \(draws) draws",
      expected: "at least one draw in 1000, or draws that come closer and closer",
      advice: "a value outside the range of a distribution cannot be reconciled with it: give the observation a "
        + "distribution with tails, or an input a wider range")
  }

  /// Observations too far in the tails of what the inputs imply; the likelihood was reached to the power `exponent`, or
  /// nil where the inputs' tail probabilities end.
  package static func unlikelyObservation(effective: Double, draws: Int, exponent: Double?) -> Problem {
    Problem(
      RunCode.unlikelyObservation, "the observations are too unlikely under the distributions of the inputs",
      expected: "a posterior that sequential Monte Carlo reaches in 26 million evaluations",
      found: few(effective, of: draws)
        + (exponent.map { "; sequential Monte Carlo reached the likelihood to the power \($0)" }
          ?? "; an input would have to be where its tail probability is below 1e-307"),
      advice: "try each observation alone: one of them contradicts the others, or the distribution of an input")
  }

  /// A posterior whose particles still depend on where they were before their moves.
  package static func unsettledPosterior(
    effective: Double, draws: Int, correlation: Double, observation: String
  ) -> Problem {
    Problem(
      RunCode.unlikelyObservation, "the posterior could not be sampled: particles hardly move",
      expected: "values of observed formulas that are independent of those before the moves",
      found: "a rank correlation of \((correlation * 100).rounded() / 100) in `\(observation)`; "
        + few(effective, of: draws),
      advice: "a wider distribution of this observation, or one on a logarithmic scale, is easier to reach")
  }

  /// Observations that depend on too many inputs for sequential Monte Carlo.
  package static func tooManyObservedInputs(effective: Double, draws: Int, limit: Int, found: Int) -> Problem {
    Problem(
      RunCode.observedInputs, "the observations depend on too many inputs for sequential Monte Carlo",
      expected: "at most \(limit) random values", found: "\(found); \(few(effective, of: draws))",
      advice: "run more draws, or give the observations wider distributions, so that weighted draws suffice")
  }

  /// A saved posterior of another scenario, seed, design or version of the program.
  package static func otherPosterior(_ folder: String, difference: String) -> Problem {
    Problem(
      RunCode.otherPosterior, "the posterior in `\(folder)` is not that of this scenario: \(difference)",
      expected: "the posterior of the same scenario, tables, flags, seed, design and version",
      advice: "name another folder, or delete its posterior.json and posterior.npy, so that it is sampled again")
  }

  /// A saved posterior whose files are incomplete or have changed.
  package static func damagedPosterior(_ folder: String, reason: String) -> Problem {
    Problem(
      RunCode.damagedPosterior, "the posterior in `\(folder)` is damaged: \(reason)",
      expected: "posterior.json and posterior.npy as they were written",
      advice: "delete both files, so that the posterior is sampled again")
  }

  /// A reading of a latent total whose formula is not positive in too many draws.
  package static func readingNotPositive(_ formula: String, share: Double) -> Problem {
    Problem(
      RunCode.latentReadings, "`\(formula)` is not positive and finite, so that it cannot be read",
      expected: "a formula that is positive in at least 99 % of the draws",
      found: "\((share * 1000).rounded() / 10) % of the draws are not")
  }

  /// Readings of latent totals that determine each other exactly.
  package static let singularReadings = Problem(
    RunCode.latentReadings, "the readings of the latent total determine each other exactly",
    advice: "give the published figures ranges, or a larger `figure_error`, and the routes a larger `year_error`")

  /// Limits or observations that few draws given the readings of latent totals fulfil.
  package static func unlikelyLimits(effective: Double, draws: Int) -> Problem {
    Problem(
      RunCode.unlikelyObservation, "limits or observations contradict what is read of the latent totals",
      expected: "an effective number of at least 1000 draws",
      found: "\(Int(effective.rounded())) of \(draws) draws",
      advice: "try each alone: one of them excludes nearly all that routes and published figures allow")
  }

  /// Too many readings of latent totals.
  package static func tooManyLatentReadings(_ count: Int, limit: Int) -> Problem {
    Problem(
      RunCode.latentReadings, "latent totals have too many readings", expected: "at most \(limit)",
      found: "\(count): one for each route and label, and one for each published figure",
      advice: "give the index fewer labels, or leave out routes or figures")
  }

  /// How few draws carry the weight.
  private static func few(_ effective: Double, of draws: Int) -> String {
    "the \(draws) weighted draws have an effective number of \(Int(effective.rounded()))"
  }
}
