import Diagnostics

/// `stack`, which combines formulas along an index, and `stock`, which sums cohorts.
extension Problem {
  // MARK: stack

  /// `stack` without an index as its first argument.
  static let stackWithoutIndex = Problem(
    FormulaCode.stack, "the first argument of `stack` is an index", expected: "stack(route, fleet=a, models=b)")

  /// `stack` along a numeric index.
  static let stackOfNumbers = Problem(FormulaCode.stack, "`stack` needs an index whose labels are not numbers")

  /// A part without a label.
  static let stackPartWithoutLabel = Problem(
    FormulaCode.stack, "a part of `stack` needs its label", expected: "label=formula")

  /// Two parts with one label.
  static func repeatedStackLabel(_ label: String) -> Problem {
    Problem(FormulaCode.stack, "the label `\(label)` is given twice")
  }

  /// A part over the index along which parts are stacked.
  static func stackPartOverIndex(_ index: String, part: String, label: String) -> Problem {
    Problem(
      FormulaCode.stack, "a part of `stack` cannot be over `\(index)` itself",
      advice: "select its label: `\(part)[\(index)=\(label)]`")
  }

  /// Labels without a part.
  static func stackLacksLabels(_ labels: [String], index: String) -> Problem {
    Problem(
      FormulaCode.stack,
      "`stack` lacks the \(labels.count == 1 ? "label" : "labels") \(labels.prefix(8).joined(separator: ", "))",
      expected: "every label of `\(index)` once")
  }

  // MARK: stock

  /// `stock` without a survival.
  static func stockWithoutSurvival(usage: String) -> Problem {
    Problem(FormulaCode.stock, "`stock` needs a survival by age", expected: usage)
  }

  /// `stock` without `at=`.
  static let stockWithoutTime = Problem(
    FormulaCode.stock, "`stock` needs `at=`, the time in the interval at which it is counted",
    advice: "`at=middle`, the mean over the interval, or `at=end`")

  /// `at=` with something else.
  static func unknownStockTime(_ text: String) -> Problem {
    Problem(FormulaCode.stock, "`at` is `middle` or `end`", found: "`\(text)`")
  }

  /// An inflow without exactly one index for the cohorts; `first` is one of several candidates.
  static func stockWithoutIndex(_ inflow: String, indexes: String, first: String?) -> Problem {
    Problem(
      FormulaCode.stock, "`stock` runs along one numeric index of its inflow", found: "`\(inflow)` is over \(indexes)",
      advice: first.map { "add `over=\($0)`" })
  }

  /// A survival without exactly one index of ages.
  static func survivalWithoutAges(_ survival: String, indexes: String) -> Problem {
    Problem(
      FormulaCode.stock, "a survival is over one numeric index of ages, which the inflow does not have",
      found: "`\(survival)` is over \(indexes)")
  }

  /// A stock with too many cohorts.
  static func stockTooLong(_ index: String, labels: Int, limit: Int) -> Problem {
    Problem(
      FormulaCode.size, "`stock` runs along at most \(limit) labels", found: "`\(index)` has \(labels)")
  }

  /// A difference of labels that is not an age.
  static func missingAge(_ age: String, index: String, along: String, oldest: String) -> Problem {
    Problem(
      FormulaCode.stock, "the index `\(index)` has no age \(age), which `\(along)` reaches",
      expected: "ages from 0 to \(oldest)")
  }
}
