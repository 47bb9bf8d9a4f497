import Simulation

/// The progress of an analysis that makes draws and then works on them in steps.
struct WorkProgress: Sendable {
  /// The part of the work that the draws are, about as measured with the main scenario.
  private static let drawn = 0.2

  private let engine: Engine.Options
  private let targets: Int
  private let stepsOfTarget: Int
  private var doneTargets = 0
  private var doneSteps = 0

  /// The progress of an analysis of some targets.
  ///
  /// - Parameter steps: the most steps that each takes, in addition to three.
  init(_ engine: Engine.Options, targets: Int, steps: Int) {
    (self.engine, self.targets, stepsOfTarget) = (engine, max(1, targets), steps + 3)
  }

  /// What making the draws reports to.
  var drawing: (@Sendable (Double) -> Void)? {
    engine.progress.map { report in { @Sendable share in report(Self.drawn * share) } }
  }

  /// What work that takes all of a target's time from one step to another reports to.
  func within(from first: Int, to last: Int) -> (@Sendable (Double) -> Void)? {
    engine.progress.map { report in
      { @Sendable [self] share in
        report(self.share(steps: Double(first) + Double(last - first) * share))
      }
    }
  }

  /// Reports that a step of a target is done.
  ///
  /// - Throws: `CancellationError` if the analysis is cancelled.
  mutating func step() throws {
    doneSteps = min(doneSteps + 1, stepsOfTarget)
    try report()
  }

  /// Reports that all steps of a target are done.
  ///
  /// - Throws: `CancellationError` if the analysis is cancelled.
  mutating func endTarget() throws {
    (doneTargets, doneSteps) = (doneTargets + 1, 0)
    try report()
  }

  private func report() throws {
    if engine.isCancelled?() ?? false { throw CancellationError() }
    engine.progress?(share(steps: Double(doneSteps)))
  }

  private func share(steps: Double) -> Double {
    Self.drawn + (1 - Self.drawn) * (Double(doneTargets) + steps / Double(stepsOfTarget)) / Double(targets)
  }
}
