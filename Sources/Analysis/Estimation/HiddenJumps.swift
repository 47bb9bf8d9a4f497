import VectorMath

/// Bins in which the other variable's conditional distribution jumps.
///
/// A bin that contains a jump mixes the distributions on both sides of it, which are those of its two neighbours. By
/// Jensen's inequality its distance from the distribution of all draws is below the mean distance of the two, by an
/// amount that depends on the place of the jump within the bin, so that no comparison of bins of different width
/// determines it. The neighbours do: bin b hides a jump if the distributions of bins b - 1 and b + 1 differ by at least
/// three times as much as those of bins b - 3 and b - 1 and of bins b + 1 and b + 3. Of a smooth change these differ
/// as much; on the slope of an oscillation with 12 bins per period, half as much. The fraction of the bin on either side
/// is that for which the mixture of the neighbours is nearest to the bin.
struct HiddenJumps: Sendable {
  /// The positions of such bins of the input and of the target.
  private(set) var inputs: [Int] = []
  private(set) var targets: [Int] = []

  /// The factor, and the number of standard deviations of noise, by which the difference must exceed a smooth one.
  private static let leastRatio = 3.0
  private static let leastDeviations = 5.0

  /// No jumps.
  init() {}

  /// The bins of a table that hide jumps.
  ///
  /// - Parameters:
  ///   - ofInputs: whether bins of the input are ranges of values.
  ///   - ofTargets: whether bins of the target are.
  init(in table: ContingencyTable, ofInputs: Bool, ofTargets: Bool) {
    if ofInputs { inputs = Self.jumps(of: Profiles(ofInputsOf: table)) }
    if ofTargets { targets = Self.jumps(of: Profiles(ofTargetsOf: table)) }
  }

  /// The bins of a table that joins pairs of bins: those that contain one of these. Wide bins do not tell a jump from a
  /// steep slope.
  func coarse(halvesInputs: Bool, halvesTargets: Bool) -> HiddenJumps {
    func joined(_ bins: [Int], _ isHalved: Bool) -> [Int] { isHalved ? Set(bins.map { $0 / 2 }).sorted() : bins }
    var coarse = HiddenJumps()
    (coarse.inputs, coarse.targets) = (joined(inputs, halvesInputs), joined(targets, halvesTargets))
    return coarse
  }

  private static func jumps(of profiles: Profiles) -> [Int] {
    guard profiles.rows.count > 4 else { return [] }
    return (1..<profiles.rows.count - 1).filter { bin in
      let jump = profiles.distance(bin - 1, bin + 1)
      let smooth = max(profiles.distance(bin - 3, bin - 1), profiles.distance(bin + 1, bin + 3))
      return jump > leastRatio * smooth && jump - smooth > leastDeviations * profiles.noise(bin - 1, bin + 1)
    }
  }

  /// The sum over these bins of what the mean distance of a mixture's parts exceeds that of the mixture by, for distances
  /// of half the sum of absolute differences.
  func deltaCorrection(of table: ContingencyTable) -> Double {
    var sum = 0.0
    if !inputs.isEmpty { sum += Profiles(ofInputsOf: table).correction(at: inputs) }
    if !targets.isEmpty { sum += Profiles(ofTargetsOf: table).correction(at: targets) }
    return sum
  }

  /// The conditional distributions of one variable given the bins of the other.
  private struct Profiles {
    /// By bin; empty for a bin without draws.
    private(set) var rows: [[Double]] = []
    private var counts: [Double] = []
    private var all: [Double]
    private var total = 0.0

    init(ofInputsOf table: ContingencyTable) {
      self.init(count: table.inputs, size: table.targets) { table.cells[$0 * table.targets + $1] }
    }

    init(ofTargetsOf table: ContingencyTable) {
      self.init(count: table.targets, size: table.inputs) { table.cells[$1 * table.targets + $0] }
    }

    private init(count: Int, size: Int, _ cell: (Int, Int) -> Double) {
      all = [Double](repeating: 0, count: size)
      for bin in 0..<count {
        let own = (0..<size).map { cell(bin, $0) }
        let sum = own.reduce(0, +)
        for place in 0..<size { all[place] += own[place] }
        rows.append(sum > 0 ? own.map { $0 / sum } : [])
        counts.append(sum)
        total += sum
      }
      if total > 0 { for place in 0..<size { all[place] /= total } }
    }

    /// Half the sum of absolute differences of two bins' distributions; 0 if one does not exist.
    func distance(_ a: Int, _ b: Int) -> Double {
      guard rows.indices.contains(a), rows.indices.contains(b) else { return 0 }
      return Self.distance(rows[a], rows[b])
    }

    private static func distance(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / 2
    }

    /// The standard deviation of the distance of two bins' distributions by the noise of their counts. The
    /// magnitude of a normal variable has sqrt(1 - 2 / π) times the standard deviation of the variable.
    func noise(_ a: Int, _ b: Int) -> Double {
      guard !rows[a].isEmpty, !rows[b].isEmpty else { return .infinity }
      let variance = zip(rows[a], rows[b]).reduce(0) { $0 + $1.0 / counts[a] + $1.1 / counts[b] }
      return (variance * (1 - 2 / Double.pi)).squareRoot() / 2
    }

    func correction(at bins: [Int]) -> Double {
      guard total > 0 else { return 0 }
      return bins.reduce(0) { sum, bin in
        // The outermost bins lack a neighbour.
        guard rows.indices.contains(bin - 1), rows.indices.contains(bin + 1) else { return sum }
        let (left, own, right) = (rows[bin - 1], rows[bin], rows[bin + 1])
        guard !left.isEmpty, !own.isEmpty, !right.isEmpty else { return sum }
        var (product, square) = (0.0, 0.0)
        for place in own.indices {
          let step = left[place] - right[place]
          product += (own[place] - right[place]) * step
          square += step * step
        }
        guard square > 0 else { return sum }
        let part = min(max(product / square, 0), 1)
        let mean = part * Self.distance(left, all) + (1 - part) * Self.distance(right, all)
        let mixed = zip(left, right).map { part * $0 + (1 - part) * $1 }
        return sum + counts[bin] / total * max(0, mean - Self.distance(mixed, all))
      }
    }
  }
}
