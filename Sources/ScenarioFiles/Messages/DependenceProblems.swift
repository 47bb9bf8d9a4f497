import Diagnostics

/// The key `dependence`: how the cells of an input depend on each other.
enum DependenceCode: String, DiagnosticSection {
  static let section = "dependence"

  case missing
  case mode
  case needless
  case rank
  case distance
  case anchors
}

extension Problem {
  /// An uncertain input over indexes along which its dependence is not stated; `isPartial` if it is for others.
  static func missingDependence(_ input: String, along indexes: String, isPartial: Bool, example: String) -> Problem {
    Problem(
      DependenceCode.missing,
      isPartial
        ? "`dependence` of `\(input)` does not cover \(indexes)"
        : "`\(input)` needs `dependence:`; its values along \(indexes) may be shared, independent or correlated",
      expected: example,
      notes: [
        .init("independent errors average out in sums and shared errors do not, so the result depends on it"),
        .init("`shared`: all cells use the same probability, as for an error of method or level"),
        .init("`independent`: each cell has its own; a number such as 0.8: a rank correlation"),
      ])
  }

  private static let modeExpected = "`shared`, `independent` or a rank correlation between -1 and 1"

  /// A text that is not a mode.
  static func unknownDependence(found: String, nearest: String?) -> Problem {
    Problem(
      DependenceCode.mode, "\(found) is not a dependence mode", expected: modeExpected, suggestion: nearest)
  }

  /// A rank correlation beyond -1 or 1.
  static func dependenceRank(_ text: String, isOne: Bool) -> Problem {
    Problem(
      DependenceCode.rank, "a rank correlation is between -1 and 1", found: text,
      advice: isOne ? "write `shared` instead of 1" : nil)
  }

  /// `dependence` of an input with one cell.
  static func dependenceOfOneCell(_ input: String) -> Problem {
    Problem(
      DependenceCode.needless, "`dependence` relates cells to each other, and `\(input)` has one cell",
      advice: "leave it out, or give an index with `over:`")
  }

  /// `dependence` along an index that the input does not have.
  static func dependenceAlongOtherIndex(_ input: String, index: String, over: String) -> Problem {
    Problem(DependenceCode.needless, "`\(input)` is not over `\(index)`", expected: over)
  }

  /// `dependence` along the index over which shares sum to 1.
  static func dependenceOfShares(_ input: String, index: String) -> Problem {
    Problem(
      DependenceCode.needless,
      "shares of `\(input)` sum to 1 along `\(index)`, which takes no entry in `dependence`")
  }

  /// A rank correlation with too many cells for its matrix.
  static func tooManyRankedCells(_ input: String, coordinates: Int) -> Problem {
    Problem(
      DependenceCode.rank, "`\(input)` has too many cells for a rank correlation between them",
      found: "\(coordinates) coordinates", advice: noMatrixAdvice)
  }

  /// How a large correlation matrix is avoided.
  static let noMatrixAdvice =
    "a correlation along one index of an input that is correlated with no other one needs no matrix; nor do `shared` and `independent`"

  /// A negative rank correlation between labels at fractional distances.
  static func negativeRankAtFractions(_ index: String) -> Problem {
    Problem(
      DependenceCode.distance, "a negative rank correlation along `\(index)` needs labels at whole distances",
      expected: "a correlation above 0, or labels a whole number apart",
      notes: [
        .init("between labels i and j it is s^|i - j|, which is not defined for a negative s and a fractional distance")
      ])
  }

  /// A rank correlation that is almost 0 between the nearest labels; `meant` is the one that makes it `rank` there.
  static func rankOverDistance(
    _ rank: String, input: String, index: String, low: String, high: String, left: String, meant: String?
  ) -> Problem {
    Problem(
      DependenceCode.distance, severity: .warning,
      "the rank correlation \(rank) of `\(input)` is that of labels of `\(index)` at distance 1; between its nearest "
        + "labels, \(low) and \(high), it is only \(left)",
      advice: meant.map { "for \(rank) between those two, write \($0)" })
  }

  /// Branches with different anchor points along an index that is not shared.
  static func anchorsDiffer(_ input: String, index: String) -> Problem {
    Problem(
      DependenceCode.anchors,
      "branches of `\(input)` have different anchor points on `\(index)`, which is not shared",
      expected: "the same anchor points in every branch, or `dependence: {\(index): shared}`")
  }
}
