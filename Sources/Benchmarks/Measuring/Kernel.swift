/// A loop over a block of values, timed on one core.
struct Kernel {
  /// What a reader looks for.
  var name: String
  /// Values that one call makes.
  var count: Int
  /// One call.
  var body: () -> Void

  /// Nanoseconds a value: the least of several repeats, each long enough for the clock.
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
