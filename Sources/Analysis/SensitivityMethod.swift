/// A sensitivity method: a design of points together with its estimator, so that they always match.
///
/// A new method is one file in `Methods/` and one alphabetical line in `SensitivityMethodCatalogue`.
package protocol SensitivityMethod: Sendable {
  /// The name as written after `--method`.
  static var name: String { get }
  /// A one-line summary.
  static var summary: String { get }
  /// Whether its estimates are meaningful only for independent factors.
  static var needsIndependence: Bool { get }
  /// Whether its estimates are shares of a variance, which are meaningless without a finite variance.
  static var needsVariance: Bool { get }
  /// Whether it takes the draws as given, so that it can use those of a posterior; other methods place their own points
  /// under the prior distributions.
  static var takesGivenDraws: Bool { get }
  /// The indices that it estimates; the first one ranks factors.
  static var indices: [SensitivityIndex] { get }

  /// The estimates for each target.
  ///
  /// - Throws: `SensitivityRefusal` if the estimates would be meaningless; `CancellationError`; `Diagnostics`.
  static func results(for problem: SensitivityProblem) throws -> [MethodResult]
}

extension SensitivityMethod {
  /// By default a method places its own points.
  package static var takesGivenDraws: Bool { false }
}

/// An index that a method estimates for a factor or a pair of factors.
package struct SensitivityIndex: Sendable, Hashable {
  /// The name in files: `S1`.
  package var name: String
  /// The name in column headers: `first-order`.
  package var title: String
  /// A one-line explanation.
  package var meaning: String

  init(_ name: String, _ title: String, _ meaning: String) {
    self.name = name
    self.title = title
    self.meaning = meaning
  }
}

/// The reason why a method cannot be applied to a model.
package struct SensitivityRefusal: Error, Sendable, CustomStringConvertible {
  /// The method's name.
  package var method: String
  /// The reason, and an alternative.
  package var reason: String

  /// `sobol was skipped: …`
  package var description: String { "\(method) was skipped: \(reason)" }
}

extension SensitivityMethod {
  /// Throws if factors are dependent on each other, and names them.
  static func requireIndependence(_ problem: SensitivityProblem) throws {
    guard needsIndependence, !problem.dependent.isEmpty else { return }
    let groups = problem.dependent.map { group -> String in
      let names = problem.names(group)
      return names.count < 2
        ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    }
    let lists = groups.enumerated().map { $0 == 0 ? "\($1) are correlated" : "as are \($1)" }.joined(separator: ", ")
    throw SensitivityRefusal(
      method: name,
      reason: "it requires independent inputs, but \(lists). "
        + "Use --method shapley, delta or given-data, or combine them into one factor: --group 'NAME=a,b'")
  }
}
