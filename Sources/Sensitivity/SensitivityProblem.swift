import Modeling
import Simulation
import Units

/// A scalar of a model that an analysis explains: a cell of a target.
public struct TargetCell: Sendable {
  /// The quantity.
  public var quantity: QuantityID
  /// Its cell.
  public var cell: Int
  /// As people write it: `electricity[2025]`.
  public var name: String
  /// The unit in which its values are given.
  public var unit: Unit

  /// A cell of a quantity of a model.
  public init(_ quantity: QuantityID, cell: Int, of model: Model) {
    self.quantity = quantity
    self.cell = cell
    name = model.cellName(quantity, cell: cell)
    unit = model[quantity].unit
  }

  /// The cell with the name of each index: `electricity[year=2025]`.
  public func labelledName(in model: Model) -> String { model.labelledName(quantity, cell: cell) }

  /// The cells of a model's targets, in their order.
  public static func all(of model: Model) -> [TargetCell] {
    model.targets.flatMap { target in
      (0..<model[target.quantity].cells.count).map { TargetCell(target.quantity, cell: $0, of: model) }
    }
  }
}

/// What is to be explained by what, and how well.
public struct SensitivityProblem: Sendable {
  /// How an analysis is carried out.
  public struct Options: Sendable {
    /// How coordinates are put together to factors.
    public var grouping = Grouping.input
    /// Groups of inputs by name, which come before the grouping.
    public var groups: [(name: String, inputs: [String])] = []
    /// Points of a design that a method makes itself; rounded up to a power of two from 1,024 on.
    public var base = 16_384
    /// Draws that methods of given data look at: the first of the run's.
    public var draws = 1 << 17
    /// Bootstrap samples.
    public var bootstraps = 1000
    /// Levels of the grid of elementary effects: an even number within `Morris.levels`.
    public var levels = Morris.defaultLevels
    /// Trajectories of elementary effects, within `Morris.trajectories`; rounded up to a multiple of twice the levels.
    public var trajectories = Morris.defaultTrajectories
    /// The Sobol' method's estimator; nil leaves the choice to the method.
    public var estimator: SobolEstimator?
    /// Whether indices of pairs are wanted too.
    public var pairs = false
    /// Workers, progress and cancellation.
    public var engine = Engine.Options()

    /// The defaults.
    public init() {}
  }

  /// The coverage of every interval.
  public static let coverage = 0.95

  /// The model, whose settings give the seed, and the design of given data.
  public let model: Model
  /// What is explained.
  public let targets: [TargetCell]
  /// What explains it.
  public let factors: [Factor]
  /// Uncertain inputs that no target is computed from: all their indices are 0.
  public let inactive: [String]
  /// For each target, the coordinates that it is computed from.
  public let needed: [Set<CoordinateID>]
  /// Factors that are dependent on each other, by their positions.
  public let dependent: [[Int]]
  /// How the analysis is carried out.
  public var options: Options

  /// The analysis of a model's targets.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - targets: what is explained; by default every cell of the model's targets.
  ///   - options: how it is carried out.
  /// - Throws: `Diagnostics` where the model cannot be run.
  public init(model: Model, targets: [TargetCell]? = nil, options: Options = Options()) throws(Diagnostics) {
    self.model = model
    self.options = options
    let targets = targets ?? TargetCell.all(of: model)
    self.targets = targets
    let evaluator = try Evaluator(model: model, requests: targets.map { .cell($0.quantity, $0.cell) })
    let needed = targets.indices.map { evaluator.coordinates(neededBy: $0) }
    self.needed = needed
    (factors, inactive) = Factor.all(
      of: model, needed: needed.reduce(into: []) { $0.formUnion($1) }, by: options.grouping, groups: options.groups)
    dependent = Factor.dependent(factors, in: model)
  }

  /// Whether whatever ties coordinates is a normal copula.
  var hasNormalCopula: Bool {
    model.components.allSatisfy { if case .normal = $0.copula { true } else { false } }
  }

  /// The targets that a screen tells of, by position: all of them, if there are at most so many, else of each formula the
  /// default cell (`Model.defaultCell`).
  public func shownTargets(most: Int) -> [Int] {
    guard targets.count > most else { return Array(targets.indices) }
    return Array(
      targets.indices.filter { targets[$0].cell == model.defaultCell(of: targets[$0].quantity) }.prefix(most))
  }

  /// Base points of a design: a power of two, at least 64 a replicate.
  var base: Int {
    var base = 1024
    while base < options.base { base *= 2 }
    return base
  }

  /// The names of factors.
  func names(_ positions: [Int]) -> [String] { positions.map { factors[$0].name } }

  /// Whether a target is computed from a factor.
  public func needs(_ target: Int, _ factor: Int) -> Bool {
    factors[factor].needed.contains { needed[target].contains($0) }
  }
}
