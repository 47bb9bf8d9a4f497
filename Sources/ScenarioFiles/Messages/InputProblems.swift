import Diagnostics

/// Inputs and references: their values by label and between anchor points.
enum InputCode: String, DiagnosticSection {
  static let section = "inputs"

  case missing
  case label
  case ambiguous
  case table
  case mixed
  case size
  case interpolation
  case anchors
  case unusedAnchor = "unused-anchor"
  case strayAnchor = "stray-anchor"
}

extension Problem {
  // MARK: The value

  /// An input without a value.
  static func missingInputValue(_ name: String) -> Problem {
    Problem(InputCode.missing, "`\(name)` has no value", expected: "`value:` or `table:`")
  }

  /// An input with a value and a table.
  static func valueAndTable(_ name: String) -> Problem {
    Problem(InputCode.table, "`\(name)` has both a `value` and a `table`", expected: "one of them")
  }

  /// A key that only a table has.
  static func keyOfTable(_ key: String) -> Problem { Problem(InputCode.table, "`\(key)` belongs to a `table`") }

  // MARK: Labels

  /// Values by label without an index.
  static func labelsWithoutIndex(_ name: String) -> Problem {
    Problem(
      InputCode.label, "`\(name)` has values by label, but no `over:`",
      expected: "`over:` with the index of the labels")
  }

  /// More levels of labels than indexes.
  static let labelsWithoutFreeIndex = Problem(InputCode.label, "no index is left for these labels")

  /// A key that is a label of no index of the input.
  static func notALabel(_ text: String, of indexes: String, nearest: String?) -> Problem {
    Problem(IndexCode.unknownLabel, "`\(text)` is not a label of \(indexes)", suggestion: nearest)
  }

  /// Keys that are labels of several indexes.
  static func ambiguousLabels(_ name: String, indexes: String) -> Problem {
    Problem(
      InputCode.ambiguous, "these labels belong to several indexes of `\(name)`: \(indexes)",
      advice: "use a table, whose columns name their indexes")
  }

  /// A label given twice.
  static func repeatedValueLabel(_ label: String, firstAt place: SourcePlace) -> Problem {
    Problem(InputCode.label, "the label `\(label)` is given twice", notes: [.init("first here", at: place)])
  }

  /// Labels without a value.
  static func labelsWithoutValue(_ labels: [String], of name: String, index: String, isNumeric: Bool) -> Problem {
    let shown =
      labels.prefix(8).map { "`\($0)`" }.joined(separator: ", ") + (labels.count > 8 ? " … (\(labels.count))" : "")
    return Problem(
      InputCode.label,
      "`\(name)` has no value for the \(labels.count == 1 ? "label" : "labels") \(shown) of `\(index)`",
      advice: isNumeric
        ? "`interpolate: linear` fills the cells between anchor points, and `extrapolate: hold` those beyond them" : nil
    )
  }

  /// Cells to which no value applies.
  static func cellsWithoutValue(_ name: String) -> Problem {
    Problem(InputCode.label, "`\(name)` has cells without a value")
  }

  /// Numbers mixed with labels, or labels of several indexes.
  static func mixedLabels(_ name: String) -> Problem {
    Problem(InputCode.mixed, "the values of `\(name)` are not all labels of one index")
  }

  /// Labels with a unit.
  static func labelsWithUnit(_ index: String) -> Problem {
    Problem(InputCode.mixed, "labels of `\(index)` have no unit")
  }

  // MARK: Size

  /// All inputs together.
  static func tooManyInputCells(_ cells: Int, upTo name: String, limit: Int) -> Problem {
    Problem(
      InputCode.size, "the inputs have too many cells together", expected: "at most \(limit)",
      found: "\(cells) up to `\(name)`")
  }

  /// One input.
  static func tooManySupportPoints(_ name: String, limit: Int) -> Problem {
    Problem(InputCode.size, "`\(name)` has more than \(limit) cells with a value of their own")
  }

  // MARK: Units

  /// A value that is not in the unit of its input, or in another than the first value, which is at `first`.
  static func valueUnit(_ name: String, expected: String, found: String, isBare: Bool, first: SourcePlace?) -> Problem {
    Problem(
      UnitCode.mismatch,
      first == nil ? "the value of `\(name)` is not in its unit" : "the values of `\(name)` have different units",
      expected: expected, found: found, advice: isBare ? "add `unit: …` for numbers without a unit" : nil,
      notes: first.map { [.init("the first unit is here", at: $0)] } ?? [])
  }

  // MARK: Interpolation

  /// An interpolation that does not exist.
  static func unknownInterpolation(found: String, known: [String], nearest: String?) -> Problem {
    Problem(
      InputCode.interpolation,
      "`interpolate` is \(known.dropLast().joined(separator: ", ")) or \(known.last ?? "")", found: found,
      suggestion: nearest)
  }

  /// `extrapolate` with something else than `hold`.
  static func unknownExtrapolation(found: String) -> Problem {
    Problem(
      InputCode.interpolation, "`extrapolate` is `hold`: the outer anchor points apply beyond them", found: found)
  }

  /// `extrapolate` without `interpolate`.
  static let extrapolationAlone = Problem(
    InputCode.interpolation, "`extrapolate` belongs to anchor points, which have `interpolate`")

  /// `interpolate` of an input without labels of a numeric index.
  static func interpolationWithoutAnchors(_ name: String) -> Problem {
    Problem(
      InputCode.interpolation,
      "`interpolate` fills cells between anchor points, and `\(name)` gives no labels of a numeric index")
  }

  /// Anchor points along several indexes.
  static func interpolationAlongSeveral(found: String) -> Problem {
    Problem(
      InputCode.interpolation, "`interpolate` fills cells along one index, but labels of several are left out",
      found: found)
  }

  /// Interpolation between labels.
  static let interpolationOfLabels = Problem(
    InputCode.interpolation, "labels cannot be interpolated; only `interpolate: step` can be used for them")

  /// Interpolation of logarithms of shares.
  static let interpolationOfShares = Problem(
    InputCode.interpolation, "`interpolate` between anchor points of shares is `linear` or `step`")

  /// Logarithms of values that may be 0 or negative.
  static func logarithmOfNonpositive(_ text: String, interpolationAt place: SourcePlace) -> Problem {
    Problem(
      InputCode.interpolation, "`interpolate: log` needs values above 0", found: "`\(text)`",
      notes: [.init("logarithms are taken here", at: place)])
  }

  // MARK: Anchor points

  /// Labels outside the range of the anchor points.
  static func labelsOutsideAnchors(_ labels: [String], input: String, index: String) -> Problem {
    Problem(
      InputCode.anchors,
      "labels of `\(index)` are outside the anchor points of `\(input)`: \(labels.prefix(8).joined(separator: ", "))\(labels.count > 8 ? " …" : "")",
      advice: "give anchor points there, or `extrapolate: hold`")
  }

  /// An anchor point outside the index with arguments over that index.
  static func argumentOutsideIndex(_ label: String, index: String, found: String) -> Problem {
    Problem(
      InputCode.anchors, "at \(label), outside `\(index)`, an argument over `\(index)` has no value",
      found: "`\(found)`",
      advice: "an anchor point outside an index is a constant, or a distribution of constants and of other indexes")
  }

  /// An anchor point from which no label is interpolated.
  static func unusedAnchor(_ label: String, index: String) -> Problem {
    Problem(
      InputCode.unusedAnchor, severity: .warning,
      "the value at `\(label)` has no effect: no label of `\(index)` is interpolated from it")
  }

  /// An anchor point far from the labels, probably a typing error.
  static func strayAnchor(_ label: String, index: String, first: String, last: String, nearest: String?) -> Problem {
    Problem(
      InputCode.strayAnchor, severity: .warning,
      "`\(label)` is far from the labels of `\(index)`, and values are interpolated towards it",
      expected: "a number near \(first) to \(last)", suggestion: nearest)
  }
}
