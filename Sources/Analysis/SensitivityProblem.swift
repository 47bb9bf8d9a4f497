import Diagnostics
import Modeling
import Simulation
import Units

/// A scalar of a model that an analysis explains: a cell of a target.
package struct TargetCell: Sendable {
  /// The quantity.
  package var quantity: QuantityID
  /// Its cell.
  package var cell: Int
  /// The name as written in a scenario: `electricity[2025]`.
  package var name: String
  /// The unit in which its values are given.
  package var unit: Unit

  /// Creates a target from a cell of a model's quantity.
  package init(_ quantity: QuantityID, cell: Int, of model: Model) {
    self.quantity = quantity
    self.cell = cell
    name = model.cellName(quantity, cell: cell)
    unit = model[quantity].unit
  }

  /// The cell with the name of each index: `electricity[year=2025]`.
  package func labelledName(in model: Model) -> String { model.labelledName(quantity, cell: cell) }

  /// The cells of a model's targets, in their order.
  package static func all(of model: Model) -> [TargetCell] {
    model.targets.flatMap { target in
      (0..<model[target.quantity].cells.count).map { TargetCell(target.quantity, cell: $0, of: model) }
    }
  }

  /// The default cell of each of a model's targets (`Model.defaultCell`).
  package static func defaults(of model: Model) -> [TargetCell] {
    model.targets.map { TargetCell($0.quantity, cell: model.defaultCell(of: $0.quantity), of: model) }
  }
}

/// A sensitivity problem: the targets, the factors and the options.
package struct SensitivityProblem: Sendable {
  /// Options of an analysis.
  package struct Options: Sendable {
    /// The grouping of coordinates into factors.
    package var grouping = Grouping.input
    /// Groups of inputs by name, which take precedence over the grouping.
    package var groups: [(name: String, inputs: [String])] = []
    /// Number of points of a method's own design; rounded up to a power of two, at least 1,024.
    package var base = 16_384
    /// Number of draws used by given-data methods: the first of the run's.
    package var draws = 1 << 17
    /// Number of bootstrap samples.
    package var bootstraps = 1000
    /// Number of levels of the grid of elementary effects: even and within `Morris.levels`.
    package var levels = Morris.defaultLevels
    /// Number of trajectories of elementary effects, within `Morris.trajectories`; rounded up to a multiple of twice
    /// the levels.
    package var trajectories = Morris.defaultTrajectories
    /// The estimator of Sobol' indices; nil for the method's default.
    package var estimator: SobolEstimator?
    /// Whether figures that could be published are factors too; only a value of disclosure has a meaning for them.
    package var includesPublishables = false
    /// Whether second-order indices are estimated too.
    package var pairs = false
    /// Workers, progress and cancellation.
    package var engine = Engine.Options()

    /// The defaults.
    package init() {}
  }

  /// The coverage of every interval.
  package static let coverage = 0.95

  /// The model; its settings give the seed, and the design of given data.
  package private(set) var model: Model
  /// The targets.
  package let targets: [TargetCell]
  /// The factors.
  package let factors: [Factor]
  /// Uncertain inputs that no target depends on; all their indices are 0.
  package let inactive: [String]
  /// For each target, the coordinates that it depends on.
  package let needed: [Set<CoordinateID>]
  /// Factors that are dependent on each other, by their positions.
  package let dependent: [[Int]]
  /// The options.
  package var options: Options
  /// The sums of a method's design that other machines have made; nil to evaluate it here.
  package var sums: SlotSums?
  /// The sample that the methods of a panel share.
  var samples: GivenSampleStore?

  /// Creates the problem of a model's targets.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - targets: the targets; by default every cell of the model's targets.
  ///   - options: the options.
  /// - Throws: `Diagnostics` if the model cannot be run.
  package init(model: Model, targets: [TargetCell]? = nil, options: Options = Options()) throws(Diagnostics) {
    self.model = model
    self.options = options
    if let posterior = model.posterior { self.options.draws = min(options.draws, posterior.count) }
    let targets = targets ?? TargetCell.all(of: model)
    self.targets = targets
    let evaluator = try Evaluator(model: model, requests: targets.map { .cell($0.quantity, $0.cell) })
    let needed = try Self.withReadings(of: model, targets.indices.map { evaluator.coordinates(neededBy: $0) })
    self.needed = needed
    let all = Factor.all(
      of: model, needed: needed.reduce(into: []) { $0.formUnion($1) }, by: options.grouping, groups: options.groups)
    inactive = all.inactive
    factors =
      options.includesPublishables
      ? try Factor.adding(publishablesOf: model, to: all.factors, by: options.grouping) : all.factors
    dependent = Factor.dependent(factors, in: model)
  }

  /// Coordinates of targets, and given a posterior those that latent totals among them are read by: they determine the
  /// total's posterior, although no formula leads from them to it.
  private static func withReadings(
    of model: Model, _ needed: [Set<CoordinateID>]
  ) throws(Diagnostics) -> [Set<CoordinateID>] {
    guard model.posterior != nil, !model.latents.isEmpty else { return needed }
    var extended = needed
    for total in model.latents {
      let own = Set(model[total.input].input?.supportPoints.compactMap(\.coordinate) ?? [])
      let places = needed.indices.filter { !needed[$0].isDisjoint(with: own) }
      if places.isEmpty { continue }
      let read = try Evaluator(model: model, requests: total.readCells.map { .cell($0.quantity, $0.cell) })
        .coordinates
      for place in places { extended[place].formUnion(read) }
    }
    return extended
  }

  /// The same problem for the prior distributions.
  var prior: SensitivityProblem {
    var prior = self
    prior.model.posterior = nil
    return prior
  }

  /// Whether all dependence between coordinates is given by a normal copula.
  var hasNormalCopula: Bool {
    model.components.allSatisfy { if case .normal = $0.copula { true } else { false } }
  }

  /// The positions of the targets that are displayed: all targets if there are at most `most`, otherwise the default
  /// cell of each formula (`Model.defaultCell`).
  package func shownTargets(most: Int) -> [Int] {
    guard targets.count > most else { return Array(targets.indices) }
    return Array(
      targets.indices.filter { targets[$0].cell == model.defaultCell(of: targets[$0].quantity) }.prefix(most))
  }

  /// The least number of base points of a design: 64 per replicate.
  static let leastBase = 1024

  /// Number of base points of a design: a power of two.
  var base: Int {
    var base = Self.leastBase
    while base < options.base { base *= 2 }
    return base
  }

  /// The names of factors.
  func names(_ positions: [Int]) -> [String] { positions.map { factors[$0].name } }

  /// Whether a target depends on a factor.
  package func needs(_ target: Int, _ factor: Int) -> Bool {
    factors[factor].needed.contains { needed[target].contains($0) }
  }
}
