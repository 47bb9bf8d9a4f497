import Diagnostics

/// Distributions fitted to intervals and quantiles.
enum FitCode: String, DiagnosticSection {
  static let section = "fits"

  case impossible
  case ambiguous
  case family
  case form
  case count
  case order
  case probability
  case fixed
  case end
}

extension Problem {
  /// An interval that no distribution of the family has; `nearest` is one that it has.
  static func noFit(_ distribution: String, nearest: (low: String, high: String)?, unit: String?) -> Problem {
    Problem(
      FitCode.impossible, "no `\(distribution)` distribution has these quantiles",
      advice: nearest.map {
        "the nearest interval that one has is about \($0.low) to \($0.high)\(unit.map { " \($0)" } ?? "")"
      })
  }

  /// Three quantiles of which the middle one is too far from the others.
  static func noMiddle(_ distribution: String, low: String, high: String, unit: String?) -> Problem {
    Problem(
      FitCode.impossible, "no `\(distribution)` distribution has these quantiles",
      advice: "with the outer two, the middle one can be from \(low) to \(high)\(unit.map { " \($0)" } ?? ""); "
        + "`quantiles(…)` takes others")
  }

  /// Quantiles whose quantile function would fall; `leavingOut` are those that can be dropped, in percent.
  static func fallingQuantiles(
    _ distribution: String, from low: String, to high: String, leavingOut spare: String?
  ) -> Problem {
    Problem(
      FitCode.impossible, "no `\(distribution)` distribution has all these quantiles",
      found: "its quantile function would decrease between \(low) and \(high)",
      advice: (spare.map { "leave out \($0), or " } ?? "") + "give it an end with `low=` or `high=`, or move a quantile"
    )
  }

  /// Quantiles of several distributions of a family.
  static func ambiguousFit(_ distribution: String) -> Problem {
    Problem(
      FitCode.ambiguous, "several `\(distribution)` distributions have these quantiles",
      advice: "give one of its arguments instead of a quantile, or other quantiles")
  }

  /// A family whose free arguments are not two; `alternative` names the arguments to give and those then fitted.
  static func notFittable(_ distribution: String, free: [String], fitted: [String]?) -> Problem {
    Problem(
      FitCode.family, "`\(distribution)` cannot be fitted to an interval",
      expected: "a distribution with exactly two free arguments",
      found: free.isEmpty ? "none is free" : "free: \(free.joined(separator: ", "))",
      advice: fitted.map { fitted in
        "with \(free.map { "`\($0)=`" }.joined(separator: ", ")), it is fitted by \(MessageText.list(fitted))"
      })
  }

  /// Several intervals, or one by name.
  static func fitForm(_ distribution: String) -> Problem {
    Problem(
      FitCode.form, "`\(distribution)` takes a single, unnamed interval", expected: "`\(distribution)(low to high)`")
  }

  /// Another number of quantiles than of free arguments.
  static func quantileCount(_ distribution: String, free: [String], count: Int, suggestion: String?) -> Problem {
    Problem(
      FitCode.count, "`\(distribution)` is fitted to as many quantiles as it has free arguments",
      expected: "\(free.count): \(free.joined(separator: ", "))",
      found: count == 1 ? "1 quantile" : "\(count) quantiles", suggestion: suggestion)
  }

  /// Values that do not increase with their probabilities.
  static func quantileOrder(_ distribution: String, found: String) -> Problem {
    Problem(
      FitCode.order, "the values of `\(distribution)` do not increase with their probabilities", found: found)
  }

  /// A probability that is 0 or 1, or not between them; `end` is the name of the argument for this end of the range.
  static func quantileProbability(_ text: String, end: String? = nil) -> Problem {
    Problem(
      FitCode.probability, "a quantile's probability is above 0 and below 1", found: "`\(text)`",
      advice: end.map { "`\($0)=` sets the \($0 == "low" ? "smallest" : "largest") value" })
  }

  /// A quantile without a probability.
  static func quantileWithoutProbability(usage: String) -> Problem {
    Problem(FitCode.probability, "a quantile needs its probability", expected: usage)
  }

  /// Quantiles in different units.
  static func quantileUnit(expected: String, found: String) -> Problem {
    Problem(UnitCode.mismatch, "the quantiles have different units", expected: expected, found: found)
  }

  /// An argument that a fit cannot fix.
  static func notFixable(_ argument: String, of distribution: String, target: String, known: [String]) -> Problem {
    Problem(
      FitCode.fixed, "`\(argument)` cannot be fixed when `\(distribution)` is fitted to \(target)",
      expected: "one of \(known.joined(separator: ", "))")
  }

  /// A fixed argument that is not constant.
  static func fixedNotConstant(_ text: String) -> Problem {
    Problem(FitCode.fixed, "an argument that is fixed in a fit is a constant", found: "`\(text)`")
  }

  /// An end of `quantiles` among its values.
  static func endAmongQuantiles(_ end: String, found: String) -> Problem {
    Problem(FitCode.end, "`\(end)` of `quantiles` is among its values", found: found)
  }
}
