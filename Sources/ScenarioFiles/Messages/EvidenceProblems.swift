import Diagnostics

/// Observations, and quantities that several routes estimate.
enum EvidenceCode: String, DiagnosticSection {
  static let section = "evidence"

  case form
  case missingKey = "missing-key"
  case labelValue = "label-value"
  case severalCells = "several-cells"
  case measured
  case condition
  case probability
  case density
  case name
  case repeated
  case routes
  case routeIndex = "route-index"
  case size
  case weight
  case weightSum = "weight-sum"
  case pool
  case heterogeneity
  case publishable
}

extension Problem {
  // MARK: Items

  /// `evidence` that is not a list.
  static func evidenceNotList(found: String) -> Problem {
    Problem(
      EvidenceCode.form, "`evidence` must be a list",
      expected: "`- observe: FORMULA` with `measured: DISTRIBUTION`, or "
        + "`- estimate: NAME` with `routes: {ROUTE: FORMULA, …}`, or `- publishable: FORMULA` with `error: 5%`",
      found: found)
  }

  /// An item that is neither an observation nor an estimate, or both.
  static func evidenceItem(found: String, nearest: String?) -> Problem {
    Problem(
      EvidenceCode.form, "an item of `evidence` has one of `observe:`, `estimate:` and `publishable:`",
      expected:
        "`observe:` with `measured:` or of a condition, `estimate:` with `routes:`, or `publishable:` with `error:`",
      found: found,
      suggestion: nearest)
  }

  /// The two kinds of item in one; part of `evidenceItem`.
  static let bothKindsOfEvidence = "several of them in one item"

  /// A figure that could be published, but is one for each label.
  static func publishableIndexes(_ formula: String, indexes: String) -> Problem {
    Problem(
      EvidenceCode.publishable, "`\(formula)` has a value for each label of \(indexes)",
      expected: "a single number: select labels, as in `[year=2025]`, or sum over them")
  }

  /// An error that is not one.
  static func publishableError(found: String) -> Problem {
    Problem(
      EvidenceCode.publishable, "`error` must be a number from 0.1% to 100%",
      expected: "the standard deviation of the published figure, relative to it, such as `5%`", found: "`\(found)`")
  }

  /// Two figures with one name.
  static func publishableTwice(_ name: String, first: SourcePlace) -> Problem {
    Problem(
      EvidenceCode.publishable, "two figures that could be published are named `\(name)`",
      notes: [.init("the other one", at: first)])
  }

  /// An item that lacks a required key; the subject is `an observation`.
  static func evidenceWithoutKey(_ key: String, subject: String, required: [String]) -> Problem {
    Problem(
      EvidenceCode.missingKey, "\(subject) needs `\(key)`",
      expected: required.map { "`\($0):`" }.joined(separator: " and "))
  }

  /// A formula whose values are labels.
  static func labelsAsEvidence(_ formula: String, index: String) -> Problem {
    Problem(
      EvidenceCode.labelValue, "the values of `\(formula)` are labels of `\(index)`, which are not numbers")
  }

  // MARK: Observations

  /// An observed formula with indexes that `over` does not name.
  static func observationOfSeveralCells(_ formula: String, indexes: String, suggestion: String) -> Problem {
    Problem(
      EvidenceCode.severalCells, "an observed formula must be a single number, or have its indexes in `over:`",
      found: "`\(formula)` is over \(indexes)", suggestion: suggestion)
  }

  /// An index in `over` that the observed formula lacks.
  static func observationLacksIndex(_ formula: String, index: String, indexes: String?) -> Problem {
    Problem(
      EvidenceCode.severalCells, "`over` names `\(index)`, which is not an index of the observed formula",
      found: "`\(formula)` " + (indexes.map { "is over \($0)" } ?? "is a single number"))
  }

  /// Too many readings in one item.
  static func tooManyReadings(_ count: Int, limit: Int) -> Problem {
    Problem(EvidenceCode.size, "too many readings", expected: "at most \(limit)", found: "\(count)")
  }

  /// `observe:` without `measured:` of a formula that is a number.
  static func observedNumber(_ formula: String) -> Problem {
    Problem(
      EvidenceCode.condition, "an observed number needs `measured:`",
      expected: "`measured:` with a distribution, or a condition such as `\(formula) > 0`", found: "`\(formula)`")
  }

  /// A condition with `measured:`.
  static let measuredCondition = Problem(
    EvidenceCode.condition, "an observed condition has no `measured:`",
    expected: "`probability:`, or nothing for a condition that certainly holds")

  /// A condition with `unit:`.
  static let unitOfCondition = Problem(
    EvidenceCode.condition, "an observed condition has no unit", expected: "no `unit:`, or a number with `measured:`")

  /// `probability:` beside `measured:`.
  static let probabilityOfMeasured = Problem(
    EvidenceCode.probability,
    "`probability:` is for conditions; the uncertainty of a measured value is its distribution",
    expected: "no `probability:` with `measured:`")

  /// A probability that is not one.
  static func conditionProbability(found: String) -> Problem {
    Problem(
      EvidenceCode.probability, "invalid probability of a condition", expected: "a number above 0%, up to 100%",
      found: found)
  }

  /// Labels of a measured value without a free index.
  static let measuredLabelsWithoutIndex = Problem(
    EvidenceCode.severalCells, "the labels of a measured value need an index in `over:`",
    expected: "`over: INDEX`, or a single measured value")

  /// A measured value in another unit; `isPure` if it has none.
  static func measuredUnit(expected: String, found: String, unit: String, isPure: Bool) -> Problem {
    Problem(
      UnitCode.mismatch, "the measured value is not in the unit of the observed formula", expected: expected,
      found: "`\(found)`, \(unit)",
      advice: isPure ? "write a unit after the numbers, or give `unit:` for all of them" : nil)
  }

  /// A measured value that is not a number and not a distribution of numbers.
  static func measuredKind(found: String) -> Problem {
    Problem(
      EvidenceCode.measured, "a measured value must be a number or a distribution of numbers",
      expected: "a number or a distribution; formulas may only be arguments of a family such as `normal`",
      found: "`\(found)`")
  }

  /// A name in a measured value.
  static func nameInMeasured(_ name: String) -> Problem {
    Problem(
      EvidenceCode.measured, "a measured value must be a number or a distribution",
      found: "the name `\(name)` outside a distribution",
      advice: "move it to `observe:`, which takes any formula, such as the difference or the ratio of two quantities")
  }

  /// A measured distribution with a density and atoms.
  static let partlyDiscreteMeasured = Problem(
    EvidenceCode.density, "a partly discrete distribution cannot weight draws, because it has no common density",
    expected: "a continuous or a discrete distribution")

  /// A measured distribution with an infinite density.
  static func unboundedDensity(found: String) -> Problem {
    Problem(
      EvidenceCode.density, "a distribution with an unbounded density cannot weight draws", found: "`\(found)`",
      advice: "choose a distribution that decreases on both sides of its mode, or exclude the pole with `truncate`")
  }

  // MARK: Routes

  /// An estimate whose name is not a name.
  static func estimateName(found: String) -> Problem {
    Problem(
      EvidenceCode.name, "`estimate` must be a name for the quantity that the routes estimate",
      expected: "a letter, followed by letters, digits and `_`", found: found)
  }

  /// The same quantity in two items.
  static func estimatedTwice(_ name: String, first: SourcePlace) -> Problem {
    Problem(
      EvidenceCode.repeated, "`\(name)` is estimated twice", notes: [.init("first estimated here", at: first)])
  }

  /// Too many cells times routes.
  static func tooManyRouteCells(routes: Int, cells: Int, limit: Int) -> Problem {
    Problem(
      EvidenceCode.size, "\(routes) routes over \(cells) cells are too many", expected: "at most \(limit) in total",
      advice: "select the cells of interest: `[year=2025]`")
  }

  private static let routesUsage = "`{fleet: FORMULA, models: FORMULA}`, or one formula and `over: INDEX`"

  /// `over` with a mapping of routes.
  static let overWithSeveralRoutes = Problem(
    EvidenceCode.routes, "`over` is only for routes that are given as one formula", expected: routesUsage)

  /// A single route.
  static let singleRoute = Problem(
    EvidenceCode.routes, "an estimate needs at least two routes", expected: routesUsage)

  /// Routes along an index with fewer than two labels.
  static func tooFewRouteLabels(_ index: String, labels: Int) -> Problem {
    Problem(
      EvidenceCode.routes, "an estimate needs at least two routes",
      found: "`\(index)` has \(labels == 1 ? "one label" : "no labels")")
  }

  /// Routes as one formula without their index; `candidate` is an index that it might be.
  static func routesWithoutIndex(_ formula: String, indexes: String, candidate: String?) -> Problem {
    Problem(
      EvidenceCode.routeIndex, "routes that are given as one formula need `over:`, the index of the routes",
      expected: "`over: \(candidate ?? "INDEX")`", found: "`\(formula)` is over \(indexes)")
  }

  /// Routes along an index that their formula does not have.
  static func routesLackIndex(_ formula: String, index: String, indexes: String) -> Problem {
    Problem(EvidenceCode.routeIndex, "`\(formula)` is not over `\(index)`", found: "it is over \(indexes)")
  }

  /// Routes with different units, each with its formula and unit.
  static func routeUnits(
    first: (formula: String, unit: String), other: (formula: String, unit: String)
  ) -> Problem {
    Problem(
      UnitCode.mismatch, "the routes of an estimate have different units",
      expected: "\(first.unit), like `\(first.formula)`", found: "`\(other.formula)`, \(other.unit)")
  }

  /// An estimate in a unit of another dimension; `unit` is one that fits, nil for a pure number.
  static func estimateUnit(_ name: String, unit: String?, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the routes of `\(name)` cannot be expressed in this unit", expected: expectedUnit(unit),
      found: found)
  }

  /// An estimate without a unit.
  static func estimateWithoutUnit(_ name: String, unit: String) -> Problem {
    Problem(UnitCode.missing, "the estimate `\(name)` needs a unit", expected: "`unit:`, such as \(unit)")
  }

  // MARK: Weights

  /// Weights as one formula that is not over the index of the routes.
  static func weightsIndex(_ formula: String, indexes: String, routes: [String]) -> Problem {
    Problem(
      EvidenceCode.weight, "weights that are given as one formula must be over the index of the routes",
      expected: "`{\(routes.map { "\($0): …" }.joined(separator: ", "))}`",
      found: "`\(formula)` is over \(indexes)")
  }

  /// A weight of a route that does not exist.
  static func unknownRoute(_ route: String, routes: [String], nearest: String?) -> Problem {
    Problem(
      EvidenceCode.weight, "there is no route `\(route)`", expected: routes.joined(separator: ", "),
      suggestion: nearest)
  }

  /// A weight outside 0 to 1.
  static func weightOutOfRange(found: String) -> Problem {
    Problem(EvidenceCode.weight, "a weight must be between 0 and 1", found: "`\(found)`")
  }

  /// Routes without weights.
  static func routesWithoutWeight(_ routes: [String]) -> Problem {
    Problem(
      EvidenceCode.weight,
      "\(MessageText.list(routes.map { "`\($0)`" })) \(routes.count == 1 ? "has" : "have") no weight",
      expected: "a weight for each route; the weight 0 excludes a route from the pools")
  }

  /// Weights that do not sum to 1.
  static func weightSum(_ sum: String) -> Problem {
    Problem(EvidenceCode.weightSum, "weights must sum to 1", found: "a sum of \(sum)")
  }

  /// A weight with a unit.
  static func weightNotPure(found: String, unit: String) -> Problem {
    Problem(UnitCode.notPure, "a weight must be a pure number", found: "`\(found)`, \(unit)")
  }

  /// A weight that changes from draw to draw.
  static func uncertainWeight(found: String) -> Problem {
    Problem(
      EvidenceCode.weight, "a weight must be certain", found: "`\(found)` changes from draw to draw",
      advice: "give a constant; the uncertainty of a route is in its own distribution")
  }

  /// A weight over indexes that the routes do not have.
  static func weightIndexes(_ formula: String, further: String) -> Problem {
    Problem(
      EvidenceCode.weight, "a weight can be over the indexes of its routes only",
      found: "`\(formula)` is also over \(further)")
  }

  // MARK: Pools

  /// A pool that does not exist; what was found is in words.
  static func unknownPool(_ found: String, pools: [String], nearest: String?) -> Problem {
    Problem(
      EvidenceCode.pool, "there is no pool \(found)", expected: pools.joined(separator: ", "), suggestion: nearest)
  }

  /// A heterogeneity that is not a positive number.
  static func heterogeneity(found: String) -> Problem {
    Problem(
      EvidenceCode.heterogeneity,
      "`heterogeneity` must be a positive number: the standard deviation between the logarithms of the routes",
      expected: "for example 0.5: a typical difference is a factor of 1.6, and a factor of 7 is very rare",
      found: "`\(found)`")
  }
}
