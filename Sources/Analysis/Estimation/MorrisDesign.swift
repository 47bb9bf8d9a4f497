import Sampling

/// Balanced trajectories for elementary effects.
///
/// A group has 2 p trajectories for p levels. The first p start every factor at each of the p levels once, in an
/// independent random order (a Latin hypercube); a factor in the lower half of the levels moves up by p / 2 levels, one
/// in the upper half moves down. So every level and both directions are equally frequent. The other p are the same with
/// the order in which factors move reversed, so that each factor moves once before and once after every other: its
/// effect is observed with the other factor at both ends of its step. Means of effects are therefore unbiased for the
/// means over the grid, and exact if a factor's effect depends on others only through sums whose mean is the same over
/// the ends of every step. Groups are independent of each other.
struct MorrisDesign {
  /// A trajectory: the levels at its start, the order in which factors move, and which of them move up.
  struct Path {
    var start: [UInt8]
    var order: [Int]
    var isUp: [Bool]
  }

  /// Number of levels of the grid; even.
  let levels: Int
  /// Trajectories, group by group.
  let paths: [Path]
  /// Number of groups, and of trajectories in each.
  let groups: Int
  let groupSize: Int

  /// Creates a design.
  ///
  /// - Parameter trajectories: their number, rounded up to whole groups and to at least two groups.
  init(factors: Int, levels: Int, trajectories: Int, seed: UInt64) {
    let groupSize = 2 * levels
    let groups = max(2, (trajectories + groupSize - 1) / groupSize)
    (self.levels, self.groups, self.groupSize) = (levels, groups, groupSize)
    guard factors > 0 else {
      paths = []
      return
    }
    // Names have no space, so no input has this name.
    var words = WordSequence(StreamKey(seed: seed, address: CoordinateAddress(name: "morris trajectories")).stream)
    func shuffled(_ count: Int) -> [Int] {
      var order = Array(0..<count)
      for place in order.indices.reversed() { order.swapAt(place, words.next(below: place + 1)) }
      return order
    }
    paths = (0..<groups).flatMap { _ -> [Path] in
      let starts = (0..<factors).map { _ in shuffled(levels) }
      let first = (0..<levels).map { number in
        Path(
          start: starts.map { UInt8($0[number]) }, order: shuffled(factors),
          isUp: starts.map { $0[number] < levels / 2 })
      }
      return first + first.map { Path(start: $0.start, order: $0.order.reversed(), isUp: $0.isUp) }
    }
  }

  /// The step of an effect, as a difference of probabilities.
  var step: Double { (Morris.highest - Morris.lowest) * Double(levels / 2) / Double(levels - 1) }

  /// The probability of a level.
  func probability(_ level: Int) -> Double {
    Morris.lowest + (Morris.highest - Morris.lowest) * Double(level) / Double(levels - 1)
  }

  /// The levels at the points of a trajectory.
  func points(of path: Path) -> [[UInt8]] {
    var point = path.start
    var all = [point]
    for factor in path.order {
      point[factor] = path.isUp[factor] ? point[factor] + UInt8(levels / 2) : point[factor] - UInt8(levels / 2)
      all.append(point)
    }
    return all
  }
}
