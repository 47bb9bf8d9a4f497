/// The processor seconds of work, estimated by doing it with fewer draws.
///
/// The pilot takes less time than the whole because it has fewer draws, except in phases that do not depend on their number,
/// or depend on it less: those are timed apart, each with the number of times that the whole takes as long as the pilot.
package final class PilotPhases {
  /// How many times as many draws the whole has.
  package let times: Double
  private let start = PilotClock.seconds
  /// The seconds of the phases in the whole, and in the pilot.
  private var whole = 0.0, timed = 0.0

  /// Phases of work that begins now.
  ///
  /// - Parameter times: how many times as many draws the whole has; 1 where nothing is estimated.
  package init(times: Double = 1) { self.times = times }

  /// The seconds of the whole, if the pilot's work has just ended.
  package var seconds: Double { whole + max(0, PilotClock.seconds - start - timed) * times }

  /// Work that takes so many times as long in the whole. Phases within it are counted on their own.
  package func phase<Result, Failure>(times: Double, _ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    let (start, before) = (PilotClock.seconds, timed)
    defer {
      let all = PilotClock.seconds - start
      whole += max(0, all - (timed - before)) * times
      timed = before + all
    }
    return try work()
  }

  /// Adds the seconds of work that has been done and does not depend on the number of draws, such as those that several
  /// threads have used.
  package func add(constant seconds: Double) {
    whole += seconds
    timed += seconds
  }

  /// Work that does not depend on the number of draws.
  package func constant<Result, Failure>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    try phase(times: 1, work)
  }
}
