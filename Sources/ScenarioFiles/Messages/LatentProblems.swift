import Diagnostics

/// Latent totals.
enum LatentCode: String, DiagnosticSection {
  static let section = "latent"

  case missingKey = "missing-key"
  case index
  case prior
  case routes
  case table
  case figure
  case formula
  case setting
}

extension Problem {
  /// A latent total that lacks a required key.
  static func latentWithoutKey(_ name: String, key: String, required: [String]) -> Problem {
    Problem(
      LatentCode.missingKey, "the latent total `\(name)` needs `\(key)`",
      expected: required.map { "`\($0):`" }.joined(separator: ", "))
  }

  /// A latent total that is not a mapping.
  static func latentNotMapping(_ name: String, found: String) -> Problem {
    Problem(
      KeyCode.type, "the latent total `\(name)` must be a mapping", expected: "`{over: year, start: …, growth: …}`",
      found: found)
  }

  /// An index that is not numeric, or several of them.
  static func latentIndex(_ found: String) -> Problem {
    Problem(
      LatentCode.index, "a latent total runs over one numeric index", expected: "`over: year`, with numbers as labels",
      found: found)
  }

  /// A prior that is not lognormal.
  static func latentPrior(_ key: String, found: String) -> Problem {
    Problem(
      LatentCode.prior, "`\(key)` must be an interval of positive numbers, or a lognormal distribution",
      expected: key == "start" ? "for example `1 TWh/year to 30 TWh/year`" : "for example `0.8 to 2.2`",
      found: "`\(found)`")
  }

  /// An index so long, or a change so large, that the prior of the last label leaves the range of numbers.
  static func latentTooWide(_ index: String, limit: Int) -> Problem {
    Problem(
      LatentCode.prior, "the prior of the latent total is too wide along `\(index)`",
      expected: "at most \(limit) labels, and a `change` under which the last is within a factor of 1e100 of the first")
  }

  /// A prior in another unit.
  static func latentPriorUnit(_ key: String, expected: String, found: String) -> Problem {
    Problem(UnitCode.mismatch, "`\(key)` is in another unit", expected: expected, found: found)
  }

  /// A setting that is not a number in its range.
  static func latentSetting(_ key: String, expected: String, found: String) -> Problem {
    Problem(LatentCode.setting, "invalid `\(key)`", expected: expected, found: "`\(found)`")
  }

  /// A scale under `priors` that does not exist.
  static func unknownLatentPrior(_ name: String, known: [String], nearest: String?) -> Problem {
    Problem(
      LatentCode.setting, "`\(name)` is not a standard deviation of errors", expected: known.joined(separator: ", "),
      suggestion: nearest)
  }

  /// A latent total that nothing reads.
  static func nothingReads(_ name: String) -> Problem {
    Problem(
      LatentCode.routes, "nothing reads the latent total `\(name)`",
      expected: "`routes: {ROUTE: FORMULA, …}`, `published: TABLE.csv`, or both")
  }

  /// Routes that are not a mapping.
  static func latentRoutes(found: String) -> Problem {
    Problem(
      LatentCode.routes, "`routes` must be a mapping from names to formulas", expected: "`{fleet: FORMULA}`",
      found: found)
  }

  /// A route or figure in another unit.
  static func latentUnit(_ formula: String, expected: String, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the formula is not in the unit of what is read from it", expected: expected,
      found: "`\(formula)`, \(found)")
  }

  /// A route that is not over exactly the index.
  static func latentRouteIndex(_ formula: String, index: String, found: String) -> Problem {
    Problem(
      LatentCode.formula, "a route must be over `\(index)` and no other index", found: "`\(formula)` is over \(found)")
  }

  /// A figure's formula that is not over the index, or nothing.
  static func latentFigureIndex(_ formula: String, index: String, found: String) -> Problem {
    Problem(
      LatentCode.formula, "what a figure reads must be a single number, or over `\(index)` only",
      found: "`\(formula)` is over \(found)")
  }

  /// A route that depends on the latent total itself.
  static func latentRouteCycle(_ formula: String, name: String) -> Problem {
    Problem(
      LatentCode.formula, "the route `\(formula)` depends on the latent total `\(name)` itself",
      expected: "a formula of inputs that estimates it")
  }

  // MARK: Tables

  /// A column that a table of published figures does not have.
  static func unknownFigureColumn(_ name: String, known: [String], nearest: String?) -> Problem {
    Problem(
      LatentCode.table, "a table of published figures has no column `\(name)`",
      expected: known.joined(separator: ", "), suggestion: nearest,
      advice:
        "columns whose names begin with `note.`, and `url`, `accessed`, `page`, `verified` and `licence`, are ignored")
  }

  /// A required column that is missing.
  static func lackingFigureColumns(_ names: [String]) -> Problem {
    Problem(
      LatentCode.table, "the table of published figures lacks \(names.map { "`\($0)`" }.joined(separator: ", "))",
      expected: "the columns \(names.map { "`\($0)`" }.joined(separator: ", "))")
  }

  /// A table without rows.
  static let noFigures = Problem(LatentCode.table, "the table of published figures has no row")

  /// A figure without a value.
  static let figureWithoutValue = Problem(
    LatentCode.figure, "a published figure needs a value", expected: "`value`, or `low` and `high`")

  /// A value, or an end of a range, that is not a positive number.
  static func figureNotPositive(_ column: String, found: String) -> Problem {
    Problem(LatentCode.figure, "`\(column)` must be a positive number", found: "`\(found)`")
  }

  /// A range that is not in order.
  static func figureRange(found: String) -> Problem {
    Problem(LatentCode.figure, "`low`, `value` and `high` must be in order", found: found)
  }

  /// A kind of figure that does not exist.
  static func figureKind(_ found: String, known: [String], nearest: String?) -> Problem {
    Problem(
      LatentCode.figure, "there is no kind of figure `\(found)`", expected: known.joined(separator: ", "),
      suggestion: nearest)
  }

  /// A label or time that is not a number or a month.
  static func figureTime(_ column: String, found: String) -> Problem {
    Problem(
      LatentCode.figure, "`\(column)` must be a number, or a year and a month", expected: "`2025`, `2025-04`",
      found: "`\(found)`")
  }
}
