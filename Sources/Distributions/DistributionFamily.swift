/// The meaning of a distribution's argument, which determines its unit.
package enum ParameterRole: Sendable {
  /// A point on the value's own axis (low, mode, mean): shifted and scaled with the value.
  case location
  /// A width on the value's axis (sd, scale): scaled with the value.
  case scale
  /// One over a width on the value's axis.
  case rate
  /// A pure number (shape, degrees of freedom, sigma of a logarithm).
  case shape
  /// A pure number in 0 ... 1.
  case probability
}

/// The values allowed for an argument.
package struct Domain: Sendable, Equatable {
  /// The lower end.
  package var low: Double
  /// The upper end.
  package var high: Double
  /// Whether the lower end itself is allowed.
  package var includesLow: Bool
  /// Whether the upper end itself is allowed.
  package var includesHigh: Bool
  /// Whether only integers are allowed.
  package var isWhole: Bool

  /// An interval with stated ends.
  package init(
    _ low: Double, _ high: Double, includesLow: Bool = true, includesHigh: Bool = true, isWhole: Bool = false
  ) {
    self.low = low
    self.high = high
    self.includesLow = includesLow
    self.includesHigh = includesHigh
    self.isWhole = isWhole
  }

  /// Any finite number.
  package static let finite = Domain(-.infinity, .infinity, includesLow: false, includesHigh: false)
  /// Any finite number above zero.
  package static let positive = Domain(0, .infinity, includesLow: false, includesHigh: false)
  /// Any finite number of at least zero.
  package static let nonNegative = Domain(0, .infinity, includesHigh: false)
  /// The closed interval from zero to one.
  package static let unitInterval = Domain(0, 1)

  /// Whether `x` is allowed; false for NaN.
  package func contains(_ x: Double) -> Bool {
    (includesLow ? x >= low : x > low) && (includesHigh ? x <= high : x < high) && (!isWhole || x == x.rounded())
  }
}

/// An argument of a distribution, declared as data: checks, messages, documentation and test inputs derive from it.
package struct Parameter: Sendable {
  /// The name as written in a scenario.
  package var name: String
  /// The meaning, which determines the unit.
  package var role: ParameterRole
  /// The allowed values.
  package var domain: Domain
  /// The value if omitted; nil if the argument is required.
  package var defaultValue: Double?

  /// A declared argument.
  package init(_ name: String, _ role: ParameterRole, _ domain: Domain = .finite, defaultValue: Double? = nil) {
    self.name = name
    self.role = role
    self.domain = domain
    self.defaultValue = defaultValue
  }
}

/// A condition between arguments of one parameterisation.
package enum ParameterOrder: Sendable {
  /// Each below the next: `low < high`.
  case ascending([String])
  /// Each at most the next, and the first below the last: `low <= mode <= high`.
  case ascendingOrEqual([String])
}

/// One of the ways to specify a distribution's arguments.
package struct Parameterisation: Sendable {
  /// The arguments, in positional order.
  package var parameters: [Parameter]
  /// Conditions between them.
  package var orders: [ParameterOrder]
  /// The canonical arguments, computed from these; the identity for the first parameterisation.
  ///
  /// Arguments may each be in their domain and yet be inconsistent (a beta distribution's sd too large for its mean).
  /// The canonical arguments computed from them then leave their domains, so these are checked too.
  package var canonical: @Sendable ([QuantileExpression]) -> [QuantileExpression]
  /// Further conditions on arguments that satisfy their domains and orders, reported in terms of these arguments.
  package var condition: @Sendable ([Double]) -> DistributionError?

  /// A parameterisation; by default its arguments are the canonical ones.
  package init(
    _ parameters: [Parameter], orders: [ParameterOrder] = [],
    condition: @escaping @Sendable ([Double]) -> DistributionError? = { _ in nil },
    canonical: @escaping @Sendable ([QuantileExpression]) -> [QuantileExpression] = { $0 }
  ) {
    self.parameters = parameters
    self.orders = orders
    self.canonical = canonical
    self.condition = condition
  }
}

/// A distribution with a fixed list of numeric arguments, such as `normal(mean, sd)`.
///
/// A new family is one file in `Families/` and one alphabetical line in `DistributionCatalogue`.
package protocol DistributionFamily: Distribution {
  /// The name as written in a scenario: `normal`, `skew_normal`.
  static var name: String { get }
  /// A one-line description with the density.
  static var summary: String { get }
  /// Author, year, equation or DOI of the quantile function's method.
  static var source: String { get }
  /// The parameterisations, the canonical one first.
  static var parameterisations: [Parameterisation] { get }

  /// The distribution with canonical arguments that satisfy their domains and orders.
  init(checked arguments: [Double])

  /// The canonical arguments.
  var arguments: [Double] { get }

  /// The quantile function as an expression of the canonical arguments; nil if there is none, in which case a
  /// distribution whose arguments vary is evaluated draw by draw.
  ///
  /// Arguments that are the same in every draw must be passed as expressions of constants: a distribution with a
  /// constant shape then becomes a table, scaled and shifted by the varying arguments.
  static func quantileExpression(of arguments: [QuantileExpression]) -> QuantileExpression?

  /// The canonical arguments, with the `fixed` ones given by name, for which the quantile function passes through both
  /// points; nil to use the general numerical solution.
  static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]?
}

extension DistributionFamily {
  /// By default there is no expression.
  package static func quantileExpression(of arguments: [QuantileExpression]) -> QuantileExpression? { nil }

  /// By default the fit is numerical.
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? { nil }
}

/// A point that a fitted quantile function must pass through.
package struct QuantilePoint: Sendable, Equatable {
  /// The probability.
  package var probability: Double
  /// The value there.
  package var value: Double

  /// The value at a probability.
  package init(probability: Double, value: Double) {
    self.probability = probability
    self.value = value
  }
}

/// The reason that a distribution cannot be constructed: facts only, which the caller turns into a message.
package enum DistributionError: Error, Sendable, Equatable {
  /// An argument is outside its domain.
  case outOfDomain(parameter: String, value: Double, domain: Domain)
  /// Arguments are not in the required order.
  case order(parameters: [String], values: [Double], allowsEqual: Bool)
  /// No arguments match the given quantiles; with the nearest interval that can be matched, if known.
  case noFit(distribution: String, low: QuantilePoint, high: QuantilePoint, nearest: ClosedRange<Double>?)
  /// No distribution of the family has all three quantiles; given the outer two, the middle one must be in this range.
  case noMiddle(distribution: String, possible: ClosedRange<Double>)
  /// More than one distribution of the family has all the quantiles.
  case ambiguous(distribution: String)
  /// The number of free arguments is not the number of values to be fitted: two for an interval.
  case notFittable(distribution: String, freeParameters: [String])
  /// Weights or probabilities do not sum to one, or one is negative.
  case weights([Double])
  /// The truncation interval has probability zero.
  case emptyTruncation(low: Double, high: Double)
  /// No distribution of the family has all these quantiles, because its quantile function would decrease between two
  /// probabilities. Leaving out any one of the listed probabilities would make it increasing.
  case decreasing(distribution: String, between: ClosedRange<Double>, risingWithout: [Double])
  /// Any other reason, as text.
  case impossible(String)
}
