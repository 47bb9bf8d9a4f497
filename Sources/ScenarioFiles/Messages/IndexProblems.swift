import Diagnostics

/// Indexes and their labels.
enum IndexCode: String, DiagnosticSection {
  static let section = "indexes"

  case unknown
  case unknownLabel = "unknown-label"
  case labels
  case label
  case range
  case repeated
  case size
}

extension Problem {
  /// A name that is not an index; `kind` is what it is instead, `an input`.
  static func unknownIndex(_ name: String, kind: String?, nearest: String?) -> Problem {
    Problem(
      IndexCode.unknown, kind == nil ? "unknown index `\(name)`" : "`\(name)` is not an index", found: kind,
      suggestion: nearest)
  }

  /// A label that an index does not have.
  static func unknownLabel(
    _ label: String, index: String, labels: [String], nearest: String?, isDate: Bool = false
  ) -> Problem {
    Problem(
      IndexCode.unknownLabel, "the index `\(index)` has no label `\(label)`", expected: labelList(labels),
      suggestion: nearest, advice: isDate ? "`\(label)` is a date" : nil)
  }

  // MARK: Definitions

  /// An index without labels.
  static func indexWithoutLabels(_ index: String) -> Problem {
    Problem(IndexCode.labels, "the index `\(index)` has no labels")
  }

  /// A mapping in place of labels.
  static func labelsExpected(_ index: String, found: String) -> Problem {
    Problem(
      IndexCode.labels, "the index `\(index)` needs its labels",
      expected: "a list `[us, eu]`, a range `2019..2030`, or `{labels: {us: United States, eu: European Union}}`",
      found: found)
  }

  /// A text that is neither a range nor a list.
  static func notLabels(_ text: String, mayBeLabel: Bool) -> Problem {
    Problem(
      IndexCode.labels, "`\(text)` is neither a range nor a list of labels",
      expected: "`2019..2030`, `2019..2049 by 5` or `[us, eu]`",
      advice: mayBeLabel ? "an index with this one label is `[\(text)]`" : nil)
  }

  /// A list or mapping in place of a label.
  static func labelExpected(found: String) -> Problem { Problem(IndexCode.label, "a label is missing", found: found) }

  /// A text that cannot be a label.
  static func invalidLabel(_ text: String, isRange: Bool) -> Problem {
    Problem(
      IndexCode.label, "`\(text)` cannot be a label",
      expected: isRange
        ? "`2019..2030`, without brackets, for a range" : "up to 100 letters, digits, `_`, `-`, `.`")
  }

  /// A label of an index that is given twice.
  static func repeatedLabel(_ label: String, index: String, firstAt place: SourcePlace) -> Problem {
    Problem(
      IndexCode.repeated, "the index `\(index)` has the label `\(label)` twice", notes: [.init("first here", at: place)]
    )
  }

  /// An index that `over:` names twice.
  static func repeatedOver(_ index: String) -> Problem {
    Problem(IndexCode.repeated, "the index `\(index)` is named twice")
  }

  /// A node that is not the name of an index.
  static func indexNameExpected(found: String) -> Problem {
    Problem(IndexCode.unknown, "the name of an index is missing", found: found)
  }

  /// A text with dots that is not a range of whole numbers.
  static func notARange(_ text: String) -> Problem {
    Problem(
      IndexCode.range, "`\(text)` is not a range", expected: "two whole numbers: `2019..2030` or `2019..2049 by 5`")
  }

  /// `2030..2019`.
  static func emptyRange(_ text: String, suggestion: String) -> Problem {
    Problem(IndexCode.range, "the range `\(text)` is empty: it ends before it begins", suggestion: suggestion)
  }

  /// `2019..2030 by 0`.
  static func invalidStep(_ text: String) -> Problem {
    Problem(IndexCode.range, "the step of `\(text)` is not a whole number above 0")
  }

  /// An index with too many labels.
  static func tooManyLabels(_ index: String, count: Int, limit: Int) -> Problem {
    Problem(IndexCode.size, "the index `\(index)` has \(count) labels", expected: "at most \(limit)")
  }

  /// All labels of an index, or their number and the ends if there are many.
  static func labelList(_ labels: [String]) -> String {
    labels.count <= 12
      ? labels.joined(separator: ", ")
      : "one of \(labels.count) labels from \(labels[0]) to \(labels[labels.count - 1])"
  }
}
