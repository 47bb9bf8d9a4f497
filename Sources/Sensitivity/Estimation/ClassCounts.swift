import Sampling

/// How often a target lies in each of its classes while an input lies in each of its own, by group of draws.
struct ClassCounts: Sendable {
  /// Classes of the input and of the target.
  let inputs: Int
  let targets: Int
  /// Counts, by group, class of the input, class of the target.
  private let counts: [Double]

  /// Counts draws for which both classes are known.
  init(_ x: [Int32], _ inputs: Int, _ y: [Int32], _ targets: Int) {
    self.inputs = inputs
    self.targets = targets
    var counts = [Double](repeating: 0, count: Replicates.count * inputs * targets)
    counts.withUnsafeMutableBufferPointer { counts in
      for draw in 0..<min(x.count, y.count) where x[draw] >= 0 && y[draw] >= 0 {
        let group = draw / AddressBlock.draws % Replicates.count
        counts[(group * inputs + Int(x[draw])) * targets + Int(y[draw])] += 1
      }
    }
    self.counts = counts
  }

  /// The counts of all groups, each so many times; without weights, once.
  func table(_ weights: UnsafeBufferPointer<Double>? = nil) -> [Double] {
    let size = inputs * targets
    var table = [Double](repeating: 0, count: size)
    table.withUnsafeMutableBufferPointer { table in
      counts.withUnsafeBufferPointer { counts in
        for group in 0..<Replicates.count {
          let weight = weights?[group] ?? 1
          if weight == 0 { continue }
          for cell in 0..<size { table[cell] += weight * counts[group * size + cell] }
        }
      }
    }
    return table
  }

  /// Calls back with each input class's probability, and its and all draws' distributions over the target's classes.
  static func forEachClass(
    of table: [Double], _ inputs: Int, _ targets: Int,
    _ body: (_ share: Double, _ conditional: [Double], _ all: [Double]) -> Void
  ) {
    var all = [Double](repeating: 0, count: targets)
    for cell in table.indices { all[cell % targets] += table[cell] }
    let total = all.reduce(0, +)
    guard total > 0 else { return }
    for target in 0..<targets { all[target] /= total }
    for input in 0..<inputs {
      var own = Array(table[input * targets..<(input + 1) * targets])
      let count = own.reduce(0, +)
      guard count > 0 else { continue }
      for target in 0..<targets { own[target] /= count }
      body(count / total, own, all)
    }
  }
}
