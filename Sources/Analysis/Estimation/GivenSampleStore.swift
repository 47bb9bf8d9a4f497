import Foundation

/// Keeps the last sample of given-data methods, so that the methods of a panel share one.
final class GivenSampleStore: @unchecked Sendable {
  private let lock = NSLock()
  private var last: (draws: Int, isConditioned: Bool, sample: GivenSample)?

  /// The sample of a problem: the kept one if it has the same draws, otherwise a new one, which is kept.
  func sample(of problem: SensitivityProblem, _ make: () throws -> GivenSample) rethrows -> GivenSample {
    lock.lock()
    defer { lock.unlock() }
    let isConditioned = problem.model.posterior != nil
    if let last, last.draws == problem.options.draws, last.isConditioned == isConditioned { return last.sample }
    // The old one is not needed while the new one is made.
    last = nil
    let sample = try make()
    last = (problem.options.draws, isConditioned, sample)
    return sample
  }
}
