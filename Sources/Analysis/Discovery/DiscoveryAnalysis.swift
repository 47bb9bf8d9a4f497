import Diagnostics
import Modeling
import Sampling
import Simulation

/// Scenario discovery: ranges of a few inputs in which a condition mostly holds.
///
/// Boxes are fitted (`BoxSearch`) to every other replicate of the run's first draws and evaluated on the other replicates of
/// all draws, so that overfitting does not improve their statistics. Bounds are between levels with rounded edges, so that
/// what is displayed is what is evaluated.
package struct DiscoveryAnalysis: Sendable {
  /// Options of the search.
  package struct Options: Sendable {
    /// Maximum number of boxes; each is fitted to the draws not yet covered.
    package var boxes = 3
    /// Maximum number of inputs that a box restricts.
    package var inputs = 4
    /// The required density, the fraction of a box's draws in which the condition holds; nil for the best compromise
    /// with coverage.
    package var density: Double?

    /// The defaults.
    package init() {}
  }

  /// The range or labels to which a box restricts an input.
  package struct Restriction: Sendable {
    /// The input's name, with the labels of the cell that the bounds apply to: `sales[class=car, year=2035]`.
    package var name: String
    /// The quantity.
    package var quantity: QuantityID
    /// The lower bound in the quantity's unit; nil if there is none.
    package var least: Double?
    /// The upper bound in the quantity's unit; nil if there is none.
    package var largest: Double?
    /// The allowed labels, for an input with labels.
    package var labels: [String]?
    /// The fraction of all draws below the range.
    package var below: Double
    /// The fraction of all draws above the range.
    package var above: Double
    /// The density and coverage of the box without this restriction.
    package var without: (density: Double, coverage: Double)
  }

  /// A box, with statistics on the held-out draws.
  package struct Box: Sendable {
    /// Its restrictions, the most important first.
    package var restrictions: [Restriction]
    /// The density: the fraction of its draws in which the condition holds.
    package var density: Estimate
    /// The coverage: the fraction of all cases that it contains, not counting those in earlier boxes.
    package var coverage: Estimate
    /// The number of draws behind the density.
    package var draws: Int
    /// The fraction of all draws that it contains.
    package var mass: Double
    /// Alternative boxes with more or fewer restricted inputs.
    package var tradeoff: [Tradeoff]
  }

  /// An alternative box, evaluated on the held-out draws.
  package struct Tradeoff: Sendable {
    /// Whether it was found by peeling, as opposed to dropping inputs.
    package var isPeeled: Bool
    /// The inputs that it restricts.
    package var inputs: [String]
    /// The fraction of its draws that are cases.
    package var density: Double
    /// The fraction of cases that it contains.
    package var coverage: Double
    /// The fraction of draws that it contains.
    package var mass: Double
    /// Whether it is the selected box.
    package var isTaken: Bool
  }

  /// The result for one condition.
  package struct Result: Sendable {
    /// The condition, by its position among the problem's targets.
    package var target: Int
    /// The fraction of draws in which it holds.
    package var share: Estimate
    /// The boxes.
    package var boxes: [Box]
    /// All boxes combined: density, coverage and number of draws.
    package var together: (density: Estimate, coverage: Estimate, draws: Int)?
    /// The numbers of held-out draws and cases.
    package var holdout: (draws: Int, cases: Int)
    /// Remarks on the estimates.
    package var notes: [String]
  }

  /// The problem.
  package let problem: SensitivityProblem
  /// The results, by condition.
  package let results: [Result]
  /// The draws used, in words.
  package let effort: String
  /// The elapsed time.
  package let seconds: Double

  /// Finds boxes for a problem's targets, which must be conditions.
  ///
  /// - Throws: `Diagnostics`, also if a target is not a condition; `CancellationError`.
  package static func run(_ problem: SensitivityProblem, options: Options = Options()) throws -> DiscoveryAnalysis {
    let start = ContinuousClock.now
    let stated = RestrictedColumn.all(ScalarColumn.all(of: problem, asValues: true), problem)
    var requests: [ColumnRequest] = []
    var places: [ColumnRequest: Int] = [:]
    var scales: [Double] = []
    for column in stated.joined() where places[column.request] == nil {
      places[column.request] = requests.count
      requests.append(column.request)
      scales.append(problem.model[column.quantity].unit.scale)
    }
    var progress = WorkProgress(problem.options.engine, targets: problem.targets.count, steps: options.boxes)
    let reader = try LevelReader(problem, requests, scales: scales)
    let draws = LevelReader.rounded(problem.options.draws)
    var drawing = problem
    drawing.options.engine.progress = progress.drawing
    let sample = try LevelSample(drawing, reader, draws: min(draws, DiscoverySearch.searchedDraws))
    for (number, target) in problem.targets.enumerated() {
      guard sample.values(number).allSatisfy({ $0 == 0 || $0 == 1 || !$0.isFinite }) else {
        throw Diagnostics(
          .targetNotCondition(target.name),
          at: problem.model.targets.first { $0.quantity == target.quantity }?.place)
      }
    }
    let searches = try problem.targets.indices.map { target in
      let own = stated[target].map { column in (column, places[column.request] ?? 0) }
      var search = DiscoverySearch(problem, sample, own, target: target, options: options)
      try search.find(&progress)
      return search
    }
    var results = searches.map { $0.result() }
    if draws > sample.count {
      drawing.options.engine.progress = nil
      let kept = Set(searches.flatMap(\.restricted)).sorted()
      let all = try LevelSample(drawing, reader, draws: draws, kept: kept)
      results = searches.map { $0.evaluated(in: all).result() }
    }
    return DiscoveryAnalysis(
      problem: problem, results: results, effort: "\(draws) draws of the run, design \(problem.model.settings.design)",
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
