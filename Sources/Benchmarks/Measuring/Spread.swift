import Reporting

/// Repeated measurements of one quantity.
struct Spread {
  /// The measurements in ascending order; at least one.
  let values: [Double]

  /// The spread of at least one measurement.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "A spread is of at least one measurement.")
    self.values = values.sorted()
  }

  /// The median: the middle value, or the mean of the middle two.
  var median: Double {
    let middle = values.count / 2
    return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }
  /// The smallest value.
  var least: Double { values[0] }
  /// The largest value.
  var greatest: Double { values[values.count - 1] }

  /// `4.1 (3.8 to 4.6)`: median and range.
  var text: String { "\(NumberText.text(median)) (\(NumberText.text(least)) to \(NumberText.text(greatest)))" }
}

/// Two programs run alternately, so that other load on the machine affects both alike.
struct Pairs {
  /// The first program's runs.
  var first: [ProcessRun] = []
  /// The second program's runs.
  var second: [ProcessRun] = []

  /// Runs `first second second first …`, after one warm-up run of each that is not counted: afterwards files are
  /// cached, and so is code that a peer compiles.
  static func run(
    _ count: Int, first firstCommand: [String], second secondCommand: [String]
  ) throws(BenchmarkError) -> Pairs {
    var pairs = Pairs()
    _ = try ProcessRun.run(firstCommand)
    _ = try ProcessRun.run(secondCommand)
    for _ in 0..<max(count, 1) {
      pairs.first.append(try ProcessRun.run(firstCommand))
      pairs.second.append(try ProcessRun.run(secondCommand))
    }
    return pairs
  }

  /// The ratio of the second program's time to the first's, pair by pair.
  var ratio: Spread { Spread(zip(first, second).map { $1.seconds / $0.seconds }) }
  /// The first program's seconds.
  var firstSeconds: Spread { Spread(first.map(\.seconds)) }
  /// The second program's seconds.
  var secondSeconds: Spread { Spread(second.map(\.seconds)) }
}
