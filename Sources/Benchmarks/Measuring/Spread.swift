/// Repeated measurements of one thing.
struct Spread {
  /// In ascending order; at least one.
  let values: [Double]

  /// Of at least one measurement.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "A spread is of at least one measurement.")
    self.values = values.sorted()
  }

  /// The middle one, or the mean of the middle two.
  var median: Double {
    let middle = values.count / 2
    return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }
  /// The smallest.
  var least: Double { values[0] }
  /// The largest.
  var greatest: Double { values[values.count - 1] }

  /// `4.1 (3.8 to 4.6)`: median and range.
  var text: String { "\(NumberText.text(median)) (\(NumberText.text(least)) to \(NumberText.text(greatest)))" }
}

/// Two programs run in turn, so that whatever else the machine does falls on both alike.
struct Pairs {
  /// The first program's runs.
  var first: [ProcessRun] = []
  /// The second program's runs.
  var second: [ProcessRun] = []

  /// Runs `first second first second …`, after one run of each that is not counted: files come from memory then,
  /// and what a peer compiles and keeps is there.
  init(_ count: Int, first firstCommand: [String], second secondCommand: [String]) throws(BenchmarkError) {
    _ = try ProcessRun(firstCommand)
    _ = try ProcessRun(secondCommand)
    for _ in 0..<max(count, 1) {
      first.append(try ProcessRun(firstCommand))
      second.append(try ProcessRun(secondCommand))
    }
  }

  /// How many times as long the second took as the first, pair by pair.
  var ratio: Spread { Spread(zip(first, second).map { $1.seconds / $0.seconds }) }
  /// The first program's seconds.
  var firstSeconds: Spread { Spread(first.map(\.seconds)) }
  /// The second program's seconds.
  var secondSeconds: Spread { Spread(second.map(\.seconds)) }
}
