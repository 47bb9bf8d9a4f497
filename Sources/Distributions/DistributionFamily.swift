/// What an argument of a distribution means, which decides the unit that it takes.
public enum ParameterRole: Sendable {
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

/// The values that an argument may take.
public struct Domain: Sendable, Equatable {
  /// The lower end.
  public var low: Double
  /// The upper end.
  public var high: Double
  /// Whether the lower end itself is allowed.
  public var includesLow: Bool
  /// Whether the upper end itself is allowed.
  public var includesHigh: Bool
  /// Whether only whole numbers are allowed.
  public var isWhole: Bool

  /// An interval with stated ends.
  public init(
    _ low: Double, _ high: Double, includesLow: Bool = true, includesHigh: Bool = true, isWhole: Bool = false
  ) {
    self.low = low
    self.high = high
    self.includesLow = includesLow
    self.includesHigh = includesHigh
    self.isWhole = isWhole
  }

  /// Any finite number.
  public static let finite = Domain(-.infinity, .infinity, includesLow: false, includesHigh: false)
  /// Any finite number above zero.
  public static let positive = Domain(0, .infinity, includesLow: false, includesHigh: false)
  /// Any finite number from zero on.
  public static let nonNegative = Domain(0, .infinity, includesHigh: false)
  /// Zero to one, both included.
  public static let unitInterval = Domain(0, 1)

  /// Whether `x` is allowed; never for not a number.
  public func contains(_ x: Double) -> Bool {
    (includesLow ? x >= low : x > low) && (includesHigh ? x <= high : x < high) && (!isWhole || x == x.rounded())
  }
}

/// An argument of a distribution, declared as data: checks, messages, documentation and test inputs derive from it.
public struct Parameter: Sendable {
  /// The name as written in a scenario.
  public var name: String
  /// What it means, and so which unit it takes.
  public var role: ParameterRole
  /// The values it may take.
  public var domain: Domain
  /// The value when it is left out; nil if it must be given.
  public var defaultValue: Double?

  /// A declared argument.
  public init(_ name: String, _ role: ParameterRole, _ domain: Domain = .finite, defaultValue: Double? = nil) {
    self.name = name
    self.role = role
    self.domain = domain
    self.defaultValue = defaultValue
  }
}

/// A condition between arguments of one parameterisation.
public enum ParameterOrder: Sendable {
  /// Each below the next: `low < high`.
  case ascending([String])
  /// Each at most the next, the first below the last: `low <= mode <= high`.
  case ascendingOrEqual([String])
}

/// One way to give a distribution's arguments.
public struct Parameterisation: Sendable {
  /// The arguments, in the order in which they may be given without names.
  public var parameters: [Parameter]
  /// Conditions between them.
  public var orders: [ParameterOrder]
  /// The canonical arguments, computed from these; the identity for the first parameterisation.
  ///
  /// Arguments may be individually in their domains and yet impossible together (a beta distribution's sd too large for
  /// its mean): the canonical arguments computed from them then leave their domains, which is to be checked too.
  public var canonical: @Sendable ([QuantileExpression]) -> [QuantileExpression]
  /// What is wrong with arguments that are in their domains and orders, told in terms of these arguments.
  public var condition: @Sendable ([Double]) -> DistributionError?

  /// A way to give arguments; by default they are the canonical ones.
  public init(
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

/// A distribution that is given by a fixed list of numbers, such as `normal(mean, sd)`.
///
/// A new family is one file in `Families/` and one alphabetical line in `DistributionCatalogue`.
public protocol DistributionFamily: Distribution {
  /// The name as written in a scenario: `normal`, `skew_normal`.
  static var name: String { get }
  /// One line for a reader: what it describes, with its density.
  static var summary: String { get }
  /// Author, year, equation or DOI of the quantile function's method.
  static var source: String { get }
  /// The ways to give its arguments, the canonical one first.
  static var parameterisations: [Parameterisation] { get }

  /// The distribution with canonical arguments that are known to lie in their domains and orders.
  init(checked arguments: [Double])

  /// The canonical arguments.
  var arguments: [Double] { get }

  /// The quantile function in arithmetic of the canonical arguments; nil where there is none, so that a distribution
  /// whose arguments change from draw to draw is computed draw by draw.
  ///
  /// Arguments that are the same in every draw are to be passed as arithmetic of constants: a distribution whose shape
  /// is constant is then a table, scaled and shifted by the arguments that are not.
  static func quantileExpression(of arguments: [QuantileExpression]) -> QuantileExpression?

  /// The canonical arguments, with `fixed` ones given by name, for which the quantile function passes through
  /// both points; nil where a general numerical solution is to be tried.
  static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]?
}

extension DistributionFamily {
  /// By default there is no closed form.
  public static func quantileExpression(of arguments: [QuantileExpression]) -> QuantileExpression? { nil }

  /// By default the fit is numerical.
  public static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? { nil }
}

/// A point that a fitted quantile function must pass through.
public struct QuantilePoint: Sendable, Equatable {
  /// The probability.
  public var probability: Double
  /// The value there.
  public var value: Double

  /// The value at a probability.
  public init(probability: Double, value: Double) {
    self.probability = probability
    self.value = value
  }
}

/// Why a distribution cannot be made; facts only, sentences are made where they are shown.
public enum DistributionError: Error, Sendable, Equatable {
  /// An argument lies outside its domain.
  case outOfDomain(parameter: String, value: Double, domain: Domain)
  /// Arguments are not in the required order.
  case order(parameters: [String], values: [Double], allowsEqual: Bool)
  /// No argument list passes through the wanted quantiles; the nearest interval that one can, if known.
  case noFit(distribution: String, low: QuantilePoint, high: QuantilePoint, nearest: ClosedRange<Double>?)
  /// No distribution of the kind has all three quantiles: with the outer two, the middle one lies in this range.
  case noMiddle(distribution: String, possible: ClosedRange<Double>)
  /// More than one distribution of the kind has all the quantiles.
  case ambiguous(distribution: String)
  /// The distribution does not have as many free arguments as are to be fitted: two for an interval.
  case notFittable(distribution: String, freeParameters: [String])
  /// Weights or probabilities do not sum to one, or one is negative.
  case weights([Double])
  /// A truncation leaves nothing.
  case emptyTruncation(low: Double, high: Double)
  /// No distribution of the kind has all these quantiles: its quantile function would fall between two probabilities.
  /// It would rise if any one of the listed probabilities were left out.
  case decreasing(distribution: String, between: ClosedRange<Double>, risingWithout: [Double])
  /// Anything else, in words.
  case impossible(String)
}
