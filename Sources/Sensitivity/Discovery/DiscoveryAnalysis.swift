import Modeling
import Sampling
import Simulation

/// Scenario discovery: the circumstances, as ranges of a few inputs, in which a condition mostly holds.
///
/// Boxes are sought (`BoxSearch`) in every other replicate of the run's draws, and told by the others: what a box has
/// learnt by chance makes it look no better. A box's bounds are rounded as they are shown before they are tried out.
public struct DiscoveryAnalysis: Sendable {
  /// How boxes are sought.
  public struct Options: Sendable {
    /// Boxes at most, each sought in the draws that those before it leave.
    public var boxes = 3
    /// Inputs that a box restricts, at most.
    public var inputs = 4
    /// The share of a box's draws in which the condition is to hold; nil for the best compromise with coverage.
    public var density: Double?

    /// The defaults.
    public init() {}
  }

  /// The range, or the labels, that a box keeps of an input.
  public struct Restriction: Sendable {
    /// The input's name, with the labels of the cell whose values the bounds are: `sales[class=car, year=2035]`.
    public var name: String
    /// The quantity.
    public var quantity: QuantityID
    /// The least value within, in the quantity's unit; nil if there is none.
    public var least: Double?
    /// The largest value within, in the quantity's unit; nil if there is none.
    public var largest: Double?
    /// The labels within, of an input with labels.
    public var labels: [String]?
    /// The share of all draws that lie below.
    public var below: Double
    /// The share of all draws that lie above.
    public var above: Double
    /// The box's density and coverage without it.
    public var without: (density: Double, coverage: Double)
  }

  /// A box, with figures of draws that it was not sought in.
  public struct Box: Sendable {
    /// What it restricts, the one most missed without it first.
    public var restrictions: [Restriction]
    /// The share of its draws in which the condition holds.
    public var density: Estimate
    /// The share of all draws in which the condition holds that it has, beside those of boxes before.
    public var coverage: Estimate
    /// The draws behind the density.
    public var draws: Int
    /// The share of all draws that it has.
    public var mass: Double
    /// What it would be with more inputs, and with fewer.
    public var tradeoff: [Tradeoff]
  }

  /// What a box would be, by draws that it was not sought in.
  public struct Tradeoff: Sendable {
    /// Whether it was met in peeling, or in letting inputs go.
    public var isPeeled: Bool
    /// The inputs that it restricts.
    public var inputs: [String]
    /// The share of its draws that are cases.
    public var density: Double
    /// The share of cases that are in it.
    public var coverage: Double
    /// The share of draws that are in it.
    public var mass: Double
    /// Whether it is the one taken.
    public var isTaken: Bool
  }

  /// What was found for one condition.
  public struct Result: Sendable {
    /// The condition, by its position among the problem's targets.
    public var target: Int
    /// The share of draws in which it holds.
    public var share: Estimate
    /// The boxes.
    public var boxes: [Box]
    /// All boxes together: the shares of their draws that are cases, and of cases that are in them, and their draws.
    public var together: (density: Estimate, coverage: Estimate, draws: Int)?
    /// The draws and the cases that boxes are told by.
    public var holdout: (draws: Int, cases: Int)
    /// What to know about the figures.
    public var notes: [String]
  }

  /// What was asked.
  public let problem: SensitivityProblem
  /// What was found, by condition.
  public let results: [Result]
  /// The draws that it was found in.
  public let effort: String
  /// The time that it took.
  public let seconds: Double

  /// The boxes of a problem's targets, which are conditions.
  ///
  /// - Throws: `Diagnostics`, also where a target is no condition; `CancellationError`.
  public init(of problem: SensitivityProblem, options: Options = Options()) throws {
    let start = ContinuousClock.now
    let sample = try GivenSample(problem, asValues: true)
    for (target, column) in zip(problem.targets, sample.targets) {
      guard column.values.allSatisfy({ $0 == 0 || $0 == 1 || !$0.isFinite }) else {
        throw Diagnostics([
          Diagnostic(
            "`\(target.name)` is no condition",
            at: problem.model.targets.first { $0.quantity == target.quantity }?.place,
            expected: "one, as 'electricity[year=2030] > bitcoin'",
            found: "a quantity")
        ])
      }
    }
    self.problem = problem
    results = try problem.targets.indices.map {
      try DiscoverySearch(problem, sample, target: $0, options: options).result()
    }
    effort = sample.effort(problem)
    let elapsed = (ContinuousClock.now - start).components
    seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }
}
