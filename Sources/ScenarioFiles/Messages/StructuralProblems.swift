import Diagnostics

/// `truncate`, `mixture`, `discrete`, `empirical`, `shares` and `dirichlet`.
extension Problem {
  // MARK: truncate

  /// `truncate` without a distribution or an end.
  static func truncationWithoutEnd(usage: String) -> Problem {
    Problem(
      DistributionCode.truncation, "`truncate` takes a distribution and at least one end", expected: usage)
  }

  /// `truncate` of a constant.
  static func truncationOfConstant(_ text: String, usage: String) -> Problem {
    Problem(
      DistributionCode.truncation, "the first argument of `truncate` is a distribution", expected: usage,
      found: "`\(text)`")
  }

  /// `truncate` of labels or shares.
  static let truncationOfLabels = Problem(
    DistributionCode.truncation, "only distributions of numbers can be truncated")

  /// An end in another unit than the distribution.
  static func truncationUnit(_ end: String, expected: String, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "`\(end)` of `truncate` has another unit than the distribution", expected: expected,
      found: found)
  }

  /// A low end that is not below the high end.
  static func truncationOrder(low: String, high: String, suggestion: String?) -> Problem {
    Problem(
      DistributionCode.truncation, "`low` of `truncate` is not below its `high`", found: "low = \(low), high = \(high)",
      suggestion: suggestion)
  }

  /// Ends between which the distribution has no probability.
  static func emptyTruncation(_ distribution: String? = nil, low: String = "", high: String = "") -> Problem {
    Problem(
      DistributionCode.truncation, "`truncate` leaves nothing of the distribution",
      found: distribution.map { "`\($0)` has no probability between \(low) and \(high)" })
  }

  // MARK: mixture

  /// `mixture` with fewer than two distributions, or without weights.
  static let mixtureWithoutWeights = Problem(
    DistributionCode.mixture, "`mixture` takes at least two distributions and their weights",
    expected: "mixture(distribution, distribution, weights=(0.3, 0.7))")

  /// Another number of weights than of distributions.
  static func mixtureCounts(distributions: Int, weights: Int) -> Problem {
    Problem(DistributionCode.mixture, "`mixture` has \(distributions) distributions and \(weights) weights")
  }

  /// A mixture of labels or shares.
  static let mixtureOfLabels = Problem(DistributionCode.mixture, "only distributions of numbers can be mixed")

  /// Parts in different units.
  static func mixtureUnit(expected: String, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the distributions of a mixture have different units", expected: expected, found: found)
  }

  // MARK: discrete

  private static let discreteUsage = "discrete(1=30%, 2=70%)"

  /// An outcome without a probability.
  static let outcomeWithoutProbability = Problem(
    DistributionCode.outcomes, "an outcome needs its probability", expected: discreteUsage)

  /// `discrete()`.
  static let noOutcomes = Problem(DistributionCode.outcomes, "`discrete` has no outcomes", expected: discreteUsage)

  /// Outcomes in different units.
  static func outcomeUnit(expected: String, found: String) -> Problem {
    Problem(UnitCode.mismatch, "the outcomes have different units", expected: expected, found: found)
  }

  /// `discrete(1=30%, 1=70%)`.
  static func repeatedOutcome(_ outcome: String) -> Problem {
    Problem(DistributionCode.outcomes, "the outcome `\(outcome)` is given twice")
  }

  /// Outcomes without a distribution.
  static let invalidOutcomes = Problem(DistributionCode.outcomes, "these outcomes do not define a distribution")

  /// Labels of several indexes.
  static func ambiguousOutcomes(_ indexes: String) -> Problem {
    Problem(
      DistributionCode.outcomes, "these labels belong to several indexes: \(indexes)",
      advice: "give one of the indexes labels of its own")
  }

  /// An outcome that is neither a number nor a label.
  static func unknownOutcome(_ outcome: String, nearest: String?) -> Problem {
    Problem(
      DistributionCode.outcomes, "outcomes are numbers, or labels of one index", found: "`\(outcome)`",
      suggestion: nearest)
  }

  /// `discrete(us=30%, us=70%)`.
  static let repeatedLabelOutcome = Problem(DistributionCode.outcomes, "a label is given twice")

  // MARK: empirical

  /// `empirical` without a file.
  static func empiricalWithoutFile(usage: String) -> Problem {
    Problem(DistributionCode.data, "`empirical` takes the path of a CSV file, in quotes", expected: usage)
  }

  /// A shape that does not exist.
  static func unknownShape(_ shape: String, known: [String], nearest: String?) -> Problem {
    Problem(
      DistributionCode.data, "`empirical` has no shape `\(shape)`", expected: known.joined(separator: ", "),
      suggestion: nearest)
  }

  /// Bounds of a shape that has none.
  static func boundWithoutKernel(_ bound: String, shape: String) -> Problem {
    Problem(
      DistributionCode.data, "`\(bound)` bounds the kernels of `shape=kernel`",
      found: "shape=\(shape), which has no value beyond those of the column")
  }

  /// A bound in another unit than the column.
  static func boundUnit(_ bound: String, expected: String, found: String) -> Problem {
    Problem(UnitCode.mismatch, "`\(bound)` has another unit than the column", expected: expected, found: found)
  }

  /// A column that the table does not have, or none where there are several.
  static func dataColumn(_ name: String?, headers: [String], nearest: String?) -> Problem {
    Problem(
      DistributionCode.data,
      name.map { "the table has no column `\($0)`" } ?? "`empirical` needs the name of a column",
      expected: headers.joined(separator: ", "), suggestion: nearest)
  }

  /// A field that is not a number.
  static func dataNotNumber(_ text: String) -> Problem {
    Problem(
      DistributionCode.data, "an observed value is a number", found: "`\(text)`", advice: dataAdvice)
  }

  /// The treatment of rows without a value.
  static let dataAdvice = "leave rows without a value out of the table"

  // MARK: shares and dirichlet

  /// Several formulas.
  static func severalShareFormulas(_ distribution: String, usage: String) -> Problem {
    Problem(DistributionCode.shares, "`\(distribution)` takes one formula", expected: usage)
  }

  /// Labels and a formula, or neither.
  static func shareForm(_ distribution: String, usage: String) -> Problem {
    Problem(
      DistributionCode.shares, "`\(distribution)` takes either a number for each label or one formula over the index",
      expected: usage)
  }

  /// `along` with something other than one index of the input.
  static func shareAlong(expected: String, found: String) -> Problem {
    Problem(DistributionCode.shares, "`along` names one index of the input", expected: expected, found: found)
  }

  /// Labels that belong to no index of the input, or to several: then `along` is one of them.
  static func shareLabels(input: String, over: String?, along: String?) -> Problem {
    Problem(
      DistributionCode.shares,
      along == nil ? "no index of `\(input)` has these labels" : "these labels belong to several indexes of `\(input)`",
      expected: over.map { "labels of \($0)" } ?? "`over:` with the index along which the shares sum to 1",
      advice: along.map { "add `along=\($0)`" })
  }

  /// No index, or several; `candidate` is one of several.
  static func shareIndex(_ distribution: String, candidate: String?) -> Problem {
    Problem(
      DistributionCode.shares,
      candidate == nil
        ? "`\(distribution)` needs an index along which it sums to 1"
        : "`\(distribution)` must name the index along which it sums to 1",
      advice: candidate.map { "add `along=\($0)`" } ?? "`over: …`")
  }

  /// A share, a parameter or a concentration with a unit.
  static func shareNotPure(_ role: String, found: String) -> Problem {
    Problem(UnitCode.notPure, role, found: found)
  }

  /// A share or parameter that is 0 or negative.
  static func shareNotPositive(_ role: String, found: String) -> Problem {
    Problem(DistributionCode.shares, "\(role) is above 0", found: "`\(found)`")
  }

  /// A label given twice.
  static func repeatedShareLabel(_ label: String) -> Problem {
    Problem(DistributionCode.shares, "the label `\(label)` is given twice")
  }

  /// Labels without a share.
  static func missingShareLabels(_ labels: [String], distribution: String, index: String) -> Problem {
    Problem(
      DistributionCode.shares,
      "`\(distribution)` lacks the \(labels.count == 1 ? "label" : "labels") \(labels.prefix(8).joined(separator: ", "))",
      expected: "every label of `\(index)` once")
  }

  /// A formula that is not over the index.
  static func shareFormulaIndex(_ distribution: String, index: String, formula: String, indexes: String) -> Problem {
    Problem(
      DistributionCode.shares, "the formula of `\(distribution)` is not over `\(index)`",
      found: "`\(formula)` is over \(indexes)")
  }

  /// `shares` without a concentration.
  static func missingConcentration(usage: String) -> Problem {
    Problem(
      DistributionCode.concentration, "`shares` needs its `concentration`, which says how well the shares are known",
      expected: usage, advice: "with concentration c a share s has a standard deviation of sqrt(s (1 - s) / (c + 1))")
  }

  /// A concentration that is 0 or negative.
  static func concentrationNotPositive(_ text: String) -> Problem {
    Problem(DistributionCode.concentration, "a concentration is above 0", found: "`\(text)`")
  }

  /// A concentration over the index along which shares sum to 1.
  static func concentrationOverIndex(_ index: String) -> Problem {
    Problem(DistributionCode.concentration, "a concentration cannot differ along `\(index)`")
  }

  /// A concentration beyond the accuracy of the sampler.
  static func concentrationTooLarge(_ text: String, limit: String, distribution: String) -> Problem {
    Problem(
      DistributionCode.concentration, "the concentration is too large for draws of these shares",
      expected: "at most \(limit)", found: "`\(text)`", advice: constantShares(distribution))
  }

  /// Parameters of `dirichlet` beyond the accuracy of the sampler.
  static func parametersTooLarge(limit: String) -> Problem {
    Problem(
      DistributionCode.concentration, "the parameters of `dirichlet` are too large for draws",
      expected: "a sum of at most \(limit) in this proportion", advice: constantShares("dirichlet"))
  }

  private static func constantShares(_ distribution: String) -> String {
    "shares that are known this well are constants: give each label its share, without `\(distribution)`"
  }
}
