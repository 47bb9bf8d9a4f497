import Diagnostics
import Distributions

/// Values of inputs: constants, intervals and distributions.
enum DistributionCode: String, DiagnosticSection {
  static let section = "distributions"

  case unknown
  case notConstant = "not-constant"
  case combination
  case interval
  case finite
  case domain
  case order
  case arguments
  case argument
  case probability
  case sum
  case truncation
  case mixture
  case outcomes
  case data
  case shares
  case concentration
  case difference
  case percentage
  case spread
  case share
}

extension Problem {
  // MARK: Names

  /// A distribution that does not exist.
  static func unknownDistribution(_ name: String, nearest: String?) -> Problem {
    let advice = ForeignDistributions.advice(for: name)
    return Problem(
      DistributionCode.unknown, "unknown distribution `\(name)`", suggestion: advice == nil ? nearest : nil,
      advice: advice)
  }

  /// A distribution that is reserved for later versions.
  static func unavailableDistribution(_ name: String, known: [String]) -> Problem {
    Problem(
      DistributionCode.unknown, "the distribution `\(name)` is not available in this version",
      expected: "one of \(known.joined(separator: ", "))")
  }

  // MARK: Constants

  /// A value that is a formula of other quantities.
  static func formulaAsValue(_ formula: String, input: String) -> Problem {
    Problem(
      DistributionCode.notConstant, "the value of an input cannot be a formula of other names",
      expected: "a constant, an interval or a distribution",
      advice: "make `\(input)` an equation, or give it a distribution, as in `normal(\(formula), …)`")
  }

  /// The end of an interval that is a distribution.
  static func distributionAsEnd(_ text: String) -> Problem {
    Problem(DistributionCode.notConstant, "an end of an interval is a constant", found: "`\(text)`")
  }

  /// The end of an interval that names a quantity.
  static func nameAsEnd(_ name: String) -> Problem {
    Problem(
      DistributionCode.notConstant, "an end of an interval is a constant", found: "the name `\(name)`",
      advice: "a distribution with arguments can depend on other inputs, as in `normal(\(name), …)`")
  }

  /// A number that is infinite or not a number.
  static func notFinite(_ number: String) -> Problem {
    Problem(DistributionCode.finite, "this is not a finite number", found: number)
  }

  /// A value beyond the range of floating-point numbers.
  static let valueTooLarge = Problem(DistributionCode.finite, "this value is too large")

  /// A value with too many levels.
  static let valueTooDeep = Problem(DistributionCode.combination, "this value is nested too deeply")

  // MARK: A distribution with constants

  /// A distribution inside a formula that is not a sum or product with constants.
  static let distributionInExpression = Problem(
    DistributionCode.combination, "a distribution can only be added to or multiplied by constants",
    advice: "make the distribution an input and the rest an equation")

  /// `normal(…) + normal(…)`.
  static func severalDistributions(_ left: String, _ right: String) -> Problem {
    Problem(
      DistributionCode.combination, "a value has one distribution", found: "`\(left)` and `\(right)`",
      advice: "make each an input of its own, and their combination an equation")
  }

  /// `1 / normal(…)`.
  static func reciprocalOfDistribution(_ distribution: String) -> Problem {
    Problem(
      DistributionCode.combination, "a constant cannot be divided by a distribution",
      advice: "make `\(distribution)` an input and the quotient an equation")
  }

  /// A distribution times or divided by 0.
  static func distributionTimesZero(isDivided: Bool) -> Problem {
    Problem(
      DistributionCode.combination,
      isDivided ? "a distribution cannot be divided by 0" : "a distribution times 0 is not a distribution")
  }

  /// Labels or shares in a sum or product.
  static func noArithmetic(isLabel: Bool) -> Problem {
    Problem(
      DistributionCode.combination,
      "\(isLabel ? "labels" : "shares") cannot be added to or multiplied with other values")
  }

  /// A distribution and a constant with different units.
  static func constantUnit(_ left: String, _ leftUnit: String, _ right: String, _ rightUnit: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the distribution and the constant have different units",
      found: "`\(left)`, \(leftUnit), and `\(right)`, \(rightUnit)")
  }

  // MARK: Intervals

  /// `0 to 5`.
  static func zeroEnd(isLow: Bool, other: String) -> Problem {
    Problem(
      DistributionCode.interval,
      "neither a lognormal nor a normal distribution can have an interval that ends at 0",
      readings: isLow
        ? [.init("uniform(0, \(other))"), .init("truncate(normal(0 to \(other)), low=0)")]
        : [.init("uniform(\(other), 0)"), .init("truncate(normal(\(other) to 0), high=0)")],
      notes: [.init("give the interval \(isLow ? "a low end above 0" : "a high end below 0")")])
  }

  /// `20 to 10`, `10 to 10`.
  static func intervalOrder(areEqual: Bool, suggestion: String) -> Problem {
    Problem(
      DistributionCode.interval,
      areEqual ? "the ends of the interval are equal" : "the upper end of the interval is below the lower end",
      expected: "low to high", suggestion: suggestion)
  }

  /// `10 to 20 within 80`.
  static func intervalWidth(_ text: String, suggestion: String?) -> Problem {
    Problem(
      DistributionCode.interval, "the width of an interval is a probability between 0 and 1", found: "`\(text)`",
      suggestion: suggestion)
  }

  /// `10 W to 20`.
  static func intervalUnit(suggestion: String?) -> Problem {
    Problem(
      UnitCode.mismatch, "the second end of the interval has no unit",
      expected: "a unit on both ends, or on the second alone", suggestion: suggestion)
  }

  /// `10 W to 20 kg`.
  static func intervalUnits(_ low: String, _ lowUnit: String, _ high: String, _ highUnit: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the ends of the interval have different units",
      found: "`\(low)`, \(lowUnit), and `\(high)`, \(highUnit)")
  }

  // MARK: Arguments

  /// An argument of a name that a distribution does not have.
  static func unknownDistributionArgument(
    _ name: String, of distribution: String, usage: String, nearest: String?
  ) -> Problem {
    Problem(
      DistributionCode.arguments, "`\(distribution)` has no argument `\(name)`", expected: usage, suggestion: nearest)
  }

  /// An argument given twice.
  static func repeatedDistributionArgument(_ name: String) -> Problem {
    Problem(DistributionCode.arguments, "`\(name)` is given twice")
  }

  /// An unnamed argument after named ones.
  static let unnamedAfterNamed = Problem(
    DistributionCode.arguments, "arguments without a name come before those with names")

  /// More arguments than a distribution has.
  static func tooManyArguments(_ distribution: String, limit: Int, count: Int? = nil, usage: String?) -> Problem {
    Problem(
      DistributionCode.arguments,
      "`\(distribution)` takes at most \(limit) arguments\(count.map { ", not \($0)" } ?? "")", expected: usage)
  }

  /// Arguments that are missing.
  static func missingArguments(_ names: [String], of distribution: String, usage: String) -> Problem {
    Problem(
      DistributionCode.arguments,
      "missing \(names.count == 1 ? "argument" : "arguments") \(MessageText.list(names.map { "`\($0)`" })) of `\(distribution)`",
      expected: usage)
  }

  /// Arguments of which no form of the distribution has all.
  static func incompatibleArguments(_ distribution: String, usage: String) -> Problem {
    Problem(
      DistributionCode.arguments, "`\(distribution)` does not take these arguments together", expected: usage)
  }

  /// A distribution as an argument of another.
  static func distributionAsArgument(_ text: String) -> Problem {
    Problem(
      DistributionCode.argument, "an argument of a distribution is a number or a formula", found: "`\(text)`",
      advice: "make it an input of its own, and name it here")
  }

  /// An argument with `previous`.
  static let previousInArgument = Problem(
    DistributionCode.argument, "the arguments of an input's distribution cannot contain `previous`")

  /// An argument over an index that the input does not have.
  static func argumentOverOtherIndex(
    _ argument: String, input: String, over: String, indexes: String, lacking: String
  ) -> Problem {
    Problem(
      DistributionCode.argument, "the input `\(input)` is not over an index of this argument",
      expected: "an argument over \(over)", found: "`\(argument)` is over \(indexes)",
      advice: "add \(lacking) to `over:`")
  }

  /// A default without a unit.
  static func defaultWithoutUnit(_ argument: String, of distribution: String, value: String, unit: String) -> Problem {
    Problem(
      UnitCode.mismatch,
      "`\(argument)` of `\(distribution)` is left out, and its default \(value) has no unit",
      expected: "`\(argument)=…` in \(unit)")
  }

  /// An argument in another unit than the distribution's values.
  static func argumentUnit(
    _ argument: String, of distribution: String, expected: String?, found: String, suggestion: String?,
    isShareOfMean: Bool
  ) -> Problem {
    Problem(
      UnitCode.mismatch, "`\(argument)` of `\(distribution)` has the wrong unit",
      expected: expected.map { "a value in \($0)" } ?? "a pure number", found: found, suggestion: suggestion,
      advice: isShareOfMean ? "a part of the mean is written as a value in its unit, not in percent" : nil)
  }

  /// An argument outside its domain: `above 0`.
  static func outOfDomain(_ argument: String, of distribution: String, domain: String, found: String) -> Problem {
    Problem(
      DistributionCode.domain, "`\(argument)` of `\(distribution)` is out of range", expected: domain, found: found)
  }

  /// Arguments in the wrong order.
  static func argumentOrder(
    _ low: String, isAbove: Bool, _ high: String, of distribution: String, expected: String, found: String
  ) -> Problem {
    Problem(
      DistributionCode.order,
      "`\(low)` of `\(distribution)` is \(isAbove ? "above" : "equal to") its `\(high)`", expected: expected,
      found: found)
  }

  /// Why a distribution cannot be created, in the words of the distribution.
  static func impossibleDistribution(_ reason: String) -> Problem { Problem(DistributionCode.domain, reason) }

  // MARK: Probabilities

  /// A probability or weight that is not a number from 0 to 1.
  static func notAProbability(_ role: String, found: String) -> Problem {
    Problem(DistributionCode.probability, "\(role) is a number from 0 to 1", found: "`\(found)`")
  }

  /// Weights, probabilities or shares with another sum than 1; `percent` is the sum in percent.
  static func sumNotOne(_ role: String, percent: String? = nil) -> Problem {
    Problem(
      DistributionCode.sum, "the \(role) do not sum to 1", expected: percent.map { _ in "100%" },
      found: percent.map { "\($0)%" })
  }

  // MARK: Differences and percentages

  /// `normal(2-4, 1)`.
  static func differenceAsRange(suggestion: String) -> Problem {
    Problem(
      DistributionCode.difference, severity: .warning, "this is a difference, not a range", suggestion: suggestion)
  }

  /// A share with values outside 0 to 100 %.
  static func percentageOutside(_ probability: String, isAbove: Bool, suggestion: String?) -> Problem {
    Problem(
      DistributionCode.percentage, severity: .warning,
      "this percentage is outside 0 to 100 % in \(probability) of the draws",
      found: isAbove ? "values above 100 %" : "values below 0 %", suggestion: suggestion)
  }

  /// `normal(10, 20%)`.
  static func spreadInPercent(
    _ spread: String, parameter: String, value: String, of centre: String, suggestion: String
  ) -> Problem {
    Problem(
      DistributionCode.spread, severity: .warning,
      "`\(spread)` is \(parameter == "sd" ? "a standard deviation" : "`\(parameter)`") of \(value) here, not "
        + "\(spread.dropLast()) % of `\(centre)`",
      suggestion: suggestion)
  }

  /// `lognormal(100, 20)`.
  static func spreadOfLogarithm(_ sigma: String, suggestion: String?) -> Problem {
    Problem(
      DistributionCode.spread, severity: .warning,
      "`sigma` is the standard deviation of the value's logarithm, and at \(sigma) the 90 % interval spans more than "
        + "14 powers of ten", suggestion: suggestion)
  }

  /// A bare number that replaces a percentage, and may be meant as it is written if it is plausible.
  static func numberAsShare(
    _ percent: String, text: String, replaced share: String, suggestion: String?, isPlausible: Bool
  ) -> Problem {
    Problem(
      DistributionCode.share, severity: .warning, "this is \(percent) %, where the scenario has a share",
      found: "`\(text)` in the place of `\(share)`", suggestion: suggestion,
      advice: suggestion != nil && isPlausible ? "`\(text)` is right if \(percent) % is meant" : nil)
  }

  /// A factor that makes a share negative or greater than 1.
  static func factorOfShare(_ percent: String, factor: String, of share: String) -> Problem {
    Problem(
      DistributionCode.share, severity: .warning, "this is \(percent) %, where the scenario has a share",
      found: "`\(share)` times \(factor)")
  }
}
