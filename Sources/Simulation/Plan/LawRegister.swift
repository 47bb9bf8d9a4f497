import Distributions
import Modeling

/// The laws behind a graph's table, step and scalar nodes, each once.
struct LawRegister {
  /// Laws that are read from tables.
  private(set) var tabulated: [any Law] = []
  /// Outcomes and cumulative probabilities of discrete laws.
  private(set) var steps: [(outcomes: [Double], cumulative: [Double])] = []
  /// Laws that are made and asked draw by draw.
  private(set) var drawn: [LawRecipe] = []
  private var tablePositions: [String: Int] = [:]
  private var stepPositions: [[UInt64]: Int] = [:]
  private var drawnPositions: [String: Int] = [:]

  /// The table of a law.
  mutating func table(of law: any Law) -> Int {
    // Laws print all that they are made of, in full precision.
    Self.position("\(type(of: law)) \(law)", law, in: &tabulated, &tablePositions)
  }

  /// The steps of a discrete law.
  mutating func steps(outcomes: [Double], cumulative: [Double]) -> Int {
    let key = (outcomes + cumulative).map(\.bitPattern)
    if let known = stepPositions[key] { return known }
    stepPositions[key] = steps.count
    steps.append((outcomes, cumulative))
    return steps.count - 1
  }

  /// A law made draw by draw.
  mutating func drawn(_ recipe: LawRecipe) -> Int {
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

/// How a law is made from the arguments of a draw.
indirect enum LawRecipe: Sendable {
  /// A law of constants.
  case fixed(any Law)
  /// A family's law; arguments by their position among all.
  case family(any LawFamily.Type, parameterisation: Int, arguments: [Int])
  /// A law cut to an interval; ends by their position among all arguments.
  case truncated(LawRecipe, low: Int?, high: Int?)
  /// Laws with weights.
  case mixture([LawRecipe], weights: [Double])
  /// A law times a number plus a number.
  case affine(LawRecipe, scale: Double, shift: Double)
  /// The share that a part of a stick takes of what is left: beta of the first argument and the second.
  ///
  /// A parameter of zero takes nothing, and all that is left goes to a part after which no parameter is positive.
  case stick

  /// The law of a draw; nil where its arguments are impossible.
  func law(_ arguments: [Double]) -> (any Law)? {
    switch self {
    case .fixed(let law): return law
    case .family(let family, let parameterisation, let positions):
      return try? family.law(positions.map { arguments[$0] }, parameterisation: parameterisation)
    case .truncated(let base, let low, let high):
      guard let law = base.law(arguments) else { return nil }
      return try? Truncated(
        law, low: low.map { arguments[$0] } ?? -.infinity, high: high.map { arguments[$0] } ?? .infinity)
    case .mixture(let recipes, let weights):
      let laws = recipes.compactMap { $0.law(arguments) }
      return laws.count == recipes.count ? try? Mixture(laws, weights: weights) : nil
    case .affine(let base, let scale, let shift):
      return base.law(arguments).map { Affine($0, scale: scale, shift: shift) }
    case .stick:
      let (own, rest) = (arguments[0], arguments[1])
      guard own >= 0, rest >= 0, own + rest > 0, own + rest < .infinity else { return nil }
      if own == 0 { return Constant(0) }
      if rest == 0 { return Constant(1) }
      return try? Beta.law([own, rest])
    }
  }
}

extension LawRecipe: CustomStringConvertible {
  var description: String {
    switch self {
    case .fixed(let law): "\(law)"
    case .family(let family, let way, let arguments): "\(family.name):\(way)\(arguments)"
    case .truncated(let base, let low, let high):
      "truncate(\(base), \(low.map(String.init) ?? "-"), \(high.map(String.init) ?? "-"))"
    case .mixture(let recipes, let weights): "mixture(\(recipes), \(weights))"
    case .affine(let base, let scale, let shift): "\(scale) * \(base) + \(shift)"
    case .stick: "stick"
    }
  }
}
