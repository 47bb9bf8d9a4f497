import Distributions
import Modeling

/// The distributions of a graph's table, step and scalar nodes, without duplicates.
struct DistributionPool {
  /// Distributions that are tabulated.
  private(set) var tabulated: [any Distribution] = []
  /// What identifies each of them.
  private(set) var tableKeys: [String] = []
  /// Outcomes and cumulative probabilities of discrete distributions.
  private(set) var steps: [(outcomes: [Double], cumulative: [Double])] = []
  /// Distributions that are constructed and evaluated draw by draw.
  private(set) var drawn: [DistributionTemplate] = []
  private var tablePositions: [String: Int] = [:]
  private var stepPositions: [[UInt64]: Int] = [:]
  private var drawnPositions: [String: Int] = [:]

  /// The index of a distribution's table.
  mutating func table(of distribution: any Distribution) -> Int {
    let key = Self.key(of: distribution)
    let position = Self.position(key, distribution, in: &tabulated, &tablePositions)
    if position == tableKeys.count { tableKeys.append(key) }
    return position
  }

  /// What identifies a distribution: its description contains all parameters in full precision.
  private static func key(of distribution: any Distribution) -> String { "\(type(of: distribution)) \(distribution)" }

  /// The index of a discrete distribution's steps.
  mutating func steps(outcomes: [Double], cumulative: [Double]) -> Int {
    let key = (outcomes + cumulative).map(\.bitPattern)
    if let known = stepPositions[key] { return known }
    stepPositions[key] = steps.count
    steps.append((outcomes, cumulative))
    return steps.count - 1
  }

  /// The index of a distribution that is constructed draw by draw.
  mutating func drawn(_ recipe: DistributionTemplate) -> Int {
    Self.position(recipe.description, recipe, in: &drawn, &drawnPositions)
  }

  private static func position<Entry>(
    _ key: String, _ entry: Entry, in list: inout [Entry], _ known: inout [String: Int]
  ) -> Int {
    if let position = known[key] { return position }
    known[key] = list.count
    list.append(entry)
    return list.count - 1
  }
}

/// The construction of a distribution from the arguments in a draw.
indirect enum DistributionTemplate: Sendable {
  /// A distribution with constant arguments.
  case fixed(any Distribution)
  /// A family's distribution; arguments are indexes into the list of all arguments.
  case family(any DistributionFamily.Type, parameterisation: Int, arguments: [Int])
  /// A truncated distribution; ends are indexes into the list of all arguments.
  case truncated(DistributionTemplate, low: Int?, high: Int?)
  /// A weighted mixture.
  case mixture([DistributionTemplate], weights: [Double])
  /// A distribution times a constant plus a constant.
  case affine(DistributionTemplate, scale: Double, shift: Double)
  /// The fraction of the remainder in stick breaking: a beta distribution of the first and second argument.
  ///
  /// A first parameter of zero gives the fraction 0; if no later parameter is positive, the fraction is 1.
  case stick

  /// The distribution in a draw; nil if its arguments are invalid.
  func distribution(_ arguments: [Double]) -> (any Distribution)? {
    switch self {
    case .fixed(let distribution): return distribution
    case .family(let family, let parameterisation, let positions):
      return try? family.distribution(positions.map { arguments[$0] }, parameterisation: parameterisation)
    case .truncated(let base, let low, let high):
      guard let distribution = base.distribution(arguments) else { return nil }
      return try? Truncated(
        distribution, low: low.map { arguments[$0] } ?? -.infinity, high: high.map { arguments[$0] } ?? .infinity)
    case .mixture(let recipes, let weights):
      let distributions = recipes.compactMap { $0.distribution(arguments) }
      return distributions.count == recipes.count ? try? Mixture(distributions, weights: weights) : nil
    case .affine(let base, let scale, let shift):
      return base.distribution(arguments).map { Affine($0, scale: scale, shift: shift) }
    case .stick:
      let (own, rest) = (arguments[0], arguments[1])
      guard own >= 0, rest >= 0, own + rest > 0, own + rest < .infinity else { return nil }
      if own == 0 { return Constant(0) }
      if rest == 0 { return Constant(1) }
      return try? Beta.distribution([own, rest])
    }
  }
}

extension DistributionTemplate: CustomStringConvertible {
  var description: String {
    switch self {
    case .fixed(let distribution): "\(distribution)"
    case .family(let family, let way, let arguments): "\(family.name):\(way)\(arguments)"
    case .truncated(let base, let low, let high):
      "truncate(\(base), \(low.map(String.init) ?? "-"), \(high.map(String.init) ?? "-"))"
    case .mixture(let recipes, let weights): "mixture(\(recipes), \(weights))"
    case .affine(let base, let scale, let shift): "\(scale) * \(base) + \(shift)"
    case .stick: "stick"
    }
  }
}
