/// Results of the first draws of a long run, for somebody who waits for it.
///
/// The run goes on from these draws, so that they cost only their statistics, and its own results stay the same in every
/// bit.
package struct EarlyResults: Sendable {
  /// The draws after which results are computed first: a sixty-fourth of a million.
  package static let draws = 1 << 14
  /// Results are computed again when the draws have grown by this factor.
  private static let growth = 8

  /// Seconds that a run must be expected to take as a whole.
  let leastSeconds: Double
  /// Receives the results; called from the thread that runs.
  let show: @Sendable (RunResult) -> Void

  /// Results for a function.
  package init(leastSeconds: Double = 2, show: @escaping @Sendable (RunResult) -> Void) {
    self.leastSeconds = leastSeconds
    self.show = show
  }

  /// The numbers of draws after which results are computed, the last of them that of the whole run.
  static func stages(upTo draws: Int) -> [Int] {
    var stages: [Int] = []
    var next = Self.draws
    // No stage near the end: its results would be replaced at once.
    while next <= draws / growth {
      stages.append(next)
      next *= growth
    }
    return stages + [draws]
  }

  /// Whether a run of which some draws took some time is worth results before its end.
  func areWanted(after seconds: Double, draws: Int, of most: Int) -> Bool {
    seconds * Double(most) / Double(draws) >= leastSeconds
  }
}
