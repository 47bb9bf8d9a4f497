import Sampling

/// The joint counts of an input's bins and a target's bins.
struct ContingencyTable: Sendable {
  /// Counts, row-major by bin of the input.
  var cells: [Double]
  /// Numbers of bins of the input and of the target.
  var inputs: Int
  var targets: Int
  /// Whether bins of the input are single values instead of ranges.
  var isDiscrete: Bool
  /// The bins that may hide a jump.
  var hidden = HiddenJumps()

  /// The counts of draws for which both bins are known, by replicate.
  static func counts(_ x: [Int32], _ inputs: Int, _ y: [Int32], _ targets: Int) -> [[Double]] {
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: inputs * targets), count: Replicates.count)
    for draw in 0..<min(x.count, y.count) where x[draw] >= 0 && y[draw] >= 0 {
      counts[draw / AddressBlock.draws % Replicates.count][Int(x[draw]) * targets + Int(y[draw])] += 1
    }
    return counts
  }

  /// The table with neighbouring bins merged in pairs.
  func coarse(halvesInputs: Bool, halvesTargets: Bool) -> ContingencyTable {
    guard halvesInputs || halvesTargets else { return self }
    let (rows, columns) = (halvesInputs ? inputs / 2 : inputs, halvesTargets ? targets / 2 : targets)
    var sum = [Double](repeating: 0, count: rows * columns)
    for input in 0..<inputs {
      for target in 0..<targets {
        sum[(halvesInputs ? input / 2 : input) * columns + (halvesTargets ? target / 2 : target)] +=
          cells[input * targets + target]
      }
    }
    return ContingencyTable(cells: sum, inputs: rows, targets: columns, isDiscrete: isDiscrete)
  }

  /// Calls `body` with the probability of each input bin, and the conditional and unconditional distributions over the
  /// target's bins.
  func forEachClass(_ body: (_ share: Double, _ conditional: [Double], _ all: [Double]) -> Void) {
    var all = [Double](repeating: 0, count: targets)
    for cell in cells.indices { all[cell % targets] += cells[cell] }
    let total = all.reduce(0, +)
    guard total > 0 else { return }
    for target in 0..<targets { all[target] /= total }
    for input in 0..<inputs {
      var own = Array(cells[input * targets..<(input + 1) * targets])
      let count = own.reduce(0, +)
      guard count > 0 else { continue }
      for target in 0..<targets { own[target] /= count }
      body(count / total, own, all)
    }
  }
}
