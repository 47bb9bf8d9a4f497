import Modeling

/// Indexes and their labels.
enum IndexCode: String, DiagnosticSection {
  static let section = "indexes"

  case unknown
  case unknownLabel = "unknown-label"
}

extension Problem {
  /// A name that is not an index; `kind` is what it is instead, `an input`.
  static func unknownIndex(_ name: String, kind: String?, nearest: String?) -> Problem {
    Problem(
      IndexCode.unknown, kind == nil ? "unknown index `\(name)`" : "`\(name)` is not an index", found: kind,
      suggestion: nearest)
  }

  /// A label that an index does not have.
  static func unknownLabel(_ label: String, index: String, labels: [String], nearest: String?) -> Problem {
    Problem(
      IndexCode.unknownLabel, "the index `\(index)` has no label `\(label)`", expected: labelList(labels),
      suggestion: nearest)
  }

  /// All labels of an index, or their number and the ends if there are many.
  static func labelList(_ labels: [String]) -> String {
    labels.count <= 12
      ? labels.joined(separator: ", ")
      : "one of \(labels.count) labels from \(labels[0]) to \(labels[labels.count - 1])"
  }
}
