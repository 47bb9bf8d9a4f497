import Diagnostics

/// Reductions, selections, `previous`, `stack`, `stock` and other forms that run along indexes.
extension Problem {
  // MARK: The index of a form

  /// A reduction without `over=`.
  static func reductionWithoutIndex(_ form: String, suggestion: String) -> Problem {
    Problem(FormulaCode.over, "`\(form)` must name the indexes that it runs over", suggestion: suggestion)
  }

  /// `share` without `over=`.
  static func shareWithoutIndex(usage: String) -> Problem {
    Problem(FormulaCode.over, "`share` must name the indexes along which it sums to 1", expected: usage)
  }

  /// `over=[year, year]`.
  static func repeatedIndex(_ index: String) -> Problem {
    Problem(FormulaCode.over, "the index `\(index)` is named twice")
  }

  /// A form along several indexes.
  static func severalIndexes(_ form: String, found: String) -> Problem {
    Problem(FormulaCode.over, "`\(form)` runs along one index", found: found)
  }

  /// A form along an index whose labels have no order.
  static func unorderedIndex(_ form: String, index: String, labels: [String]) -> Problem {
    Problem(
      FormulaCode.over, "`\(form)` runs along a numeric index, whose labels have an order",
      found: "`\(index)` has labels \(labels.prefix(3).joined(separator: ", ")) …")
  }

  /// A form whose argument has several numeric indexes.
  static func ambiguousIndex(_ form: String, operand: String, indexes: String, first: String) -> Problem {
    Problem(
      FormulaCode.over, "`\(form)` must name the index along which it runs", found: "`\(operand)` is over \(indexes)",
      advice: "add `over=\(first)`")
  }

  /// A form whose argument has no numeric index; `candidate` is one that it might have.
  static func noNumericIndex(_ form: String, operand: String, indexes: String, candidate: String?) -> Problem {
    Problem(
      FormulaCode.lackingIndex, "`\(form)` runs along a numeric index, and its argument has none",
      found: "`\(operand)` is over \(indexes)", advice: candidate.map { "to add the index, write `over=\($0)`" })
  }

  /// A form over indexes that its argument does not have.
  static func lackingIndexes(
    _ form: String, _ lacking: String, operand: String, indexes: String, hasIndexes: Bool
  ) -> Problem {
    Problem(
      FormulaCode.lackingIndex, "`\(form)` runs over \(lacking), which its argument does not have",
      found: "`\(operand)` is over \(indexes)", advice: hasIndexes ? "it can run over \(indexes)" : nil)
  }

  /// A selection on an index that the value does not have.
  static func selectionOnLackingIndex(_ operand: String, index: String, indexes: String, nearest: String?) -> Problem {
    Problem(
      FormulaCode.lackingIndex, "`\(operand)` is not over `\(index)`", found: "it is over \(indexes)",
      suggestion: nearest)
  }

  // MARK: Selections

  /// `x[year=2020, year=2021]`.
  static func repeatedSelection(_ index: String) -> Problem {
    Problem(FormulaCode.selection, "the index `\(index)` is selected twice")
  }

  /// `x[year=2020, 2020]`.
  static func repeatedSelectedLabel(_ label: String) -> Problem {
    Problem(FormulaCode.selection, "the label `\(label)` is selected twice")
  }

  /// Several labels outside a reduction.
  static func severalLabels(suggestion: String) -> Problem {
    Problem(
      FormulaCode.selection, "several labels can be selected only in a reduction over their index",
      suggestion: suggestion)
  }

  /// Several labels in a reduction over other indexes.
  static func severalLabelsNotReduced(_ index: String, over: [String]) -> Problem {
    Problem(
      FormulaCode.selection, "several labels of `\(index)` are selected, but the reduction does not run over it",
      advice: "add it: `over=[\((over + [index]).joined(separator: ", "))]`")
  }

  /// A range of labels on an index without numbers.
  static func rangeOfLabels(_ index: String, labels: [String]) -> Problem {
    Problem(
      FormulaCode.selection, "a range of labels needs a numeric index",
      advice: "list the labels: `\(index)=\(labels.prefix(2).joined(separator: ", "))`")
  }

  /// `x[year=2020..2030 by 2]`.
  static let steppedSelection = Problem(
    FormulaCode.selection, "a selection takes every label of its range, without `by` or `in`")

  /// `x[year=2030..2020]`.
  static func emptySelection(_ low: String, _ high: String) -> Problem {
    Problem(FormulaCode.selection, "the range `\(low)..\(high)` is empty: it ends before it begins")
  }

  /// An input with labels of another index.
  static func selectorOfOtherIndex(_ input: String, index: String, selected: String) -> Problem {
    Problem(FormulaCode.selection, "the values of `\(input)` are labels of `\(index)`, not of `\(selected)`")
  }

  /// A name that cannot select a label; `kind` is what it is, `an input`.
  static func invalidSelector(_ name: String, index: String, kind: String?) -> Problem {
    Problem(
      FormulaCode.selection, "`\(name)` cannot select a label of `\(index)`",
      expected: "a label, an input whose values are labels, or a sum of numeric indexes and whole numbers",
      found: kind)
  }

  // MARK: Computed labels

  /// A sum over an index whose labels are not whole numbers.
  static func labelsNotWhole(_ index: String) -> Problem {
    Problem(
      FormulaCode.computedLabel, "labels of `\(index)` cannot be computed, because they are not whole numbers")
  }

  /// A computed label that the index does not have.
  static func missingComputedLabel(
    _ index: String, label: String, first: String, last: String, at cell: [String]
  ) -> Problem {
    Problem(
      FormulaCode.computedLabel, "this selects \(index)=\(label), which does not exist",
      expected: "\(index) from \(first) to \(last)", found: "\(index)=\(label) at \(cell.joined(separator: ", "))",
      advice: "select only labels that exist: `if … then … else …` on the indexes is decided before the run")
  }

  // MARK: previous

  /// `previous` without its value at the first label.
  static func previousWithoutInitial(_ operand: String) -> Problem {
    Problem(
      FormulaCode.initial, "`previous` needs a value for the first label",
      suggestion: "previous(\(operand), initial=0)")
  }

  /// An initial value over the index along which `previous` runs.
  static func initialOverIndex(_ index: String, initial: String, firstLabel: String) -> Problem {
    Problem(
      FormulaCode.initial,
      "the initial value of `previous` is for the first label of `\(index)`, and cannot be over that index",
      advice: "select a label: `\(initial)[\(index)=\(firstLabel)]`")
  }

  // MARK: Distances of labels

  /// A form that moves along unevenly spaced labels; `index` is the definition of one with even spacing.
  static func unevenSteps(
    _ form: String, equation: String, index: String, found: String, even: String
  ) -> Problem {
    Problem(
      FormulaCode.distances, severity: .warning,
      "`\(form)` in `\(equation)` takes one step from label to label of `\(index)`, but the labels are unevenly spaced",
      found: found,
      advice: "give the index \(even), and interpolate the values between those given: `interpolate: linear`")
  }

  /// A form that adds the change of one year for each label, where labels are several years apart.
  static func stepsOfOtherDuration(
    _ form: String, equation: String, index: String, counted: String, distance: String
  ) -> Problem {
    Problem(
      FormulaCode.distances, severity: .warning,
      "`\(form)` in `\(equation)` counts \(counted) \(index) per label, but the labels of `\(index)` are \(distance) apart",
      expected: "`\(distance) \(index)`, or a label for every \(index)")
  }
}
