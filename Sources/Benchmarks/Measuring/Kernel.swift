/// A loop over a block of values, timed on one core.
struct Kernel {
  /// The name in the table.
  var name: String
  /// Values computed by one call.
  var count: Int
  /// One call.
  var body: () -> Void

  /// Nanoseconds per value: the minimum of several repeats, each long enough for the clock's resolution.
  func nanoseconds(quick: Bool) -> Double {
    let repeats = quick ? 3 : 9
    let atLeast = quick ? 0.002 : 0.01
    let clock = ContinuousClock()
    var calls = 1
    func elapsed() -> Double {
      let start = clock.now
      for _ in 0..<calls { body() }
      return clock.now - start
    }
    while elapsed() < atLeast { calls *= 2 }
    let least = (0..<repeats).reduce(Double.infinity) { least, _ in min(least, elapsed()) }
    return least / Double(calls * count) * 1e9
  }
}
