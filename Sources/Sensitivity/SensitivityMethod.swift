/// A way to say what drives a target: its design of points and its estimator in one, so that they always fit.
///
/// A new method is one file in `Methods/` and one alphabetical line in `SensitivityMethodCatalogue`.
public protocol SensitivityMethod: Sendable {
  /// The name as written after `--method`.
  static var name: String { get }
  /// One line for a reader.
  static var summary: String { get }
  /// Whether its figures mean something only where factors are independent.
  static var needsIndependence: Bool { get }
  /// Whether its figures are shares of a variance, which mean nothing where there is none.
  static var needsVariance: Bool { get }
  /// The indices that it gives, the one that factors are ranked by first.
  static var indices: [SensitivityIndex] { get }

  /// Each target's figures.
  ///
  /// - Throws: `SensitivityRefusal` where the figures would mean nothing; `CancellationError`; `Diagnostics`.
  static func results(for problem: SensitivityProblem) throws -> [MethodResult]
}

/// A figure that a method gives for a factor or a pair of factors.
public struct SensitivityIndex: Sendable, Hashable {
  /// As in files: `S1`.
  public var name: String
  /// As a column's header for people: `first-order`.
  public var title: String
  /// One line for a reader.
  public var meaning: String

  init(_ name: String, _ title: String, _ meaning: String) {
    self.name = name
    self.title = title
    self.meaning = meaning
  }
}

/// Why a method gives no figures for a model.
public struct SensitivityRefusal: Error, Sendable, CustomStringConvertible {
  /// The method's name.
  public var method: String
  /// Why, and what to do instead.
  public var reason: String

  /// `sobol: …`
  public var description: String { "\(method): \(reason)" }
}

extension SensitivityMethod {
  /// Refuses factors that are dependent on each other, and names them.
  static func requireIndependence(_ problem: SensitivityProblem) throws {
    guard needsIndependence, !problem.dependent.isEmpty else { return }
    let lists = problem.dependent.map { problem.names($0).joined(separator: ", ") }.joined(separator: "; ")
    throw SensitivityRefusal(
      method: name,
      reason: "needs independent inputs, and these are correlated with each other: \(lists). "
        + "Use --method shapley, delta or given-data, or put them into one group: --group 'NAME=a,b'")
  }
}
