import Diagnostics
import Modeling
import Sampling
import Simulation

/// Scenario discovery: ranges of a few inputs in which a condition mostly holds.
///
/// Boxes are fitted (`BoxSearch`) to every other replicate of the run's draws and evaluated on the others, so that
/// overfitting does not improve their statistics. Bounds are rounded for display before they are evaluated.
public struct DiscoveryAnalysis: Sendable {
  /// Options of the search.
  public struct Options: Sendable {
    /// Maximum number of boxes; each is fitted to the draws not yet covered.
    public var boxes = 3
    /// Maximum number of inputs that a box restricts.
    public var inputs = 4
    /// The required density, the fraction of a box's draws in which the condition holds; nil for the best compromise
    /// with coverage.
    public var density: Double?

    /// The defaults.
    public init() {}
  }

  /// The range or labels to which a box restricts an input.
  public struct Restriction: Sendable {
    /// The input's name, with the labels of the cell that the bounds apply to: `sales[class=car, year=2035]`.
    public var name: String
    /// The quantity.
    public var quantity: QuantityID
    /// The lower bound in the quantity's unit; nil if there is none.
    public var least: Double?
    /// The upper bound in the quantity's unit; nil if there is none.
    public var largest: Double?
    /// The allowed labels, for an input with labels.
    public var labels: [String]?
    /// The fraction of all draws below the range.
    public var below: Double
    /// The fraction of all draws above the range.
    public var above: Double
    /// The density and coverage of the box without this restriction.
    public var without: (density: Double, coverage: Double)
  }

  /// A box, with statistics on the held-out draws.
  public struct Box: Sendable {
    /// Its restrictions, the most important first.
    public var restrictions: [Restriction]
    /// The density: the fraction of its draws in which the condition holds.
    public var density: Estimate
    /// The coverage: the fraction of all cases that it contains, not counting those in earlier boxes.
    public var coverage: Estimate
    /// The number of draws behind the density.
    public var draws: Int
    /// The fraction of all draws that it contains.
    public var mass: Double
    /// Alternative boxes with more or fewer restricted inputs.
    public var tradeoff: [Tradeoff]
  }

  /// An alternative box, evaluated on the held-out draws.
  public struct Tradeoff: Sendable {
    /// Whether it was found by peeling, as opposed to dropping inputs.
    public var isPeeled: Bool
    /// The inputs that it restricts.
    public var inputs: [String]
    /// The fraction of its draws that are cases.
    public var density: Double
    /// The fraction of cases that it contains.
    public var coverage: Double
    /// The fraction of draws that it contains.
    public var mass: Double
    /// Whether it is the selected box.
    public var isTaken: Bool
  }

  /// The result for one condition.
  public struct Result: Sendable {
    /// The condition, by its position among the problem's targets.
    public var target: Int
    /// The fraction of draws in which it holds.
    public var share: Estimate
    /// The boxes.
    public var boxes: [Box]
    /// All boxes combined: density, coverage and number of draws.
    public var together: (density: Estimate, coverage: Estimate, draws: Int)?
    /// The numbers of held-out draws and cases.
    public var holdout: (draws: Int, cases: Int)
    /// Remarks on the estimates.
    public var notes: [String]
  }

  /// The problem.
  public let problem: SensitivityProblem
  /// The results, by condition.
  public let results: [Result]
  /// The draws used, in words.
  public let effort: String
  /// The elapsed time.
  public let seconds: Double

  /// Finds boxes for a problem's targets, which must be conditions.
  ///
  /// - Throws: `Diagnostics`, also if a target is not a condition; `CancellationError`.
  public static func run(_ problem: SensitivityProblem, options: Options = Options()) throws -> DiscoveryAnalysis {
    let start = ContinuousClock.now
    let sample = try GivenSample.draw(problem, asValues: true)
    for (target, column) in zip(problem.targets, sample.targets) {
      guard column.values.allSatisfy({ $0 == 0 || $0 == 1 || !$0.isFinite }) else {
        throw Diagnostics(
          .targetNotCondition(target.name),
          at: problem.model.targets.first { $0.quantity == target.quantity }?.place)
      }
    }
    let results = try problem.targets.indices.map {
      let columns = try RestrictedColumn.all(in: sample, problem, target: $0)
      return DiscoverySearch(problem, sample, columns, target: $0, options: options).result()
    }
    return DiscoveryAnalysis(
      problem: problem, results: results, effort: sample.effort(problem),
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
