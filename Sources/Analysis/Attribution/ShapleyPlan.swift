/// The subsets of players whose values Shapley values are computed from, and their weights.
///
/// The Shapley value of player i is the mean change as i joins, over all orders in which players can join:
/// φ(i) = Σ over S without i of |S|! (n - |S| - 1)! / n! · (v(S with i) - v(S)). The values of all players sum to
/// v(all) - v(none).
///
/// Sources: Shapley (1953), "A value for n-person games"; for sampling orders Castro, Gómez & Tejada (2009),
/// doi:10.1016/j.cor.2008.04.004, each order with its reverse (Mitchell et al. 2022, arXiv:2104.12199).
package struct ShapleyPlan: Sendable {
  /// The number of players.
  package let players: Int
  /// The subsets to evaluate, each once; the first is empty.
  package let subsets: [Set<Int>]
  /// For each player, positions of subsets with their weights: φ(i) is the weighted sum of their values.
  package let weights: [[(subset: Int, weight: Double)]]
  /// For each sampled order and its reverse, for each player the positions of the subsets after and before it; empty
  /// if all subsets are evaluated.
  let orders: [[[(after: Int, before: Int)]]]

  /// Whether all orders are used, so that only the errors of the values remain.
  package var isExact: Bool { orders.isEmpty }

  /// Creates a plan: all subsets of up to `exactLimit` players, otherwise sampled orders.
  ///
  /// - Parameters:
  ///   - players: the number of players.
  ///   - exactLimit: the number of players up to which all orders are used.
  ///   - pairs: the number of sampled orders, each with its reverse; at least two.
  ///   - seed: the seed of the orders.
  package init(players: Int, exactLimit: Int, pairs: Int, seed: UInt64) {
    self.players = players
    guard players > exactLimit else {
      let subsets = (0..<(1 << players)).map { bits in Set((0..<players).filter { bits >> $0 & 1 == 1 }) }
      self.subsets = subsets
      // weight(k) = k! (n - k - 1)! / n!
      let weight = (0..<max(1, players)).map { size in
        (0..<size).reduce(1.0 / Double(max(1, players))) { $0 * Double($1 + 1) / Double(players - 1 - $1) }
      }
      weights = (0..<players).map { player in
        subsets.indices.map { subset in
          subsets[subset].contains(player)
            ? (subset, weight[subsets[subset].count - 1]) : (subset, -weight[subsets[subset].count])
        }
      }
      orders = []
      return
    }
    var subsets: [Set<Int>] = [[]]
    var positions: [Set<Int>: Int] = [[]: 0]
    func position(_ subset: Set<Int>) -> Int {
      if let known = positions[subset] { return known }
      positions[subset] = subsets.count
      subsets.append(subset)
      return subsets.count - 1
    }
    var generator = SplitMix(state: seed)
    var orders: [[[(after: Int, before: Int)]]] = []
    for _ in 0..<max(2, pairs) {
      let order = (0..<players).shuffled(using: &generator)
      orders.append(
        [order, order.reversed()].map { order in
          var steps = [(after: Int, before: Int)](repeating: (0, 0), count: players)
          var sofar: Set<Int> = []
          for player in order {
            let before = position(sofar)
            sofar.insert(player)
            steps[player] = (position(sofar), before)
          }
          return steps
        })
    }
    let share = 1 / Double(2 * orders.count)
    weights = (0..<players).map { player in
      var sums: [Int: Double] = [:]
      for step in orders.joined().map({ $0[player] }) {
        sums[step.after, default: 0] += share
        sums[step.before, default: 0] -= share
      }
      return sums.sorted { $0.key < $1.key }.filter { $0.value != 0 }.map { (subset: $0.key, weight: $0.value) }
    }
    self.subsets = subsets
    self.orders = orders
  }

  /// The Shapley values for the given values of the subsets.
  package func values(_ valued: [Double]) -> [Double] {
    weights.map { $0.reduce(0) { $0 + $1.weight * valued[$1.subset] } }
  }

  /// The standard errors caused by sampling orders, from the spread of the pairs; zeros if nothing is sampled.
  package func samplingErrors(_ valued: [Double]) -> [Double] {
    guard !isExact else { return [Double](repeating: 0, count: players) }
    let n = Double(orders.count)
    return (0..<players).map { player in
      let pairs = orders.map { pair in
        pair.reduce(0) { $0 + (valued[$1[player].after] - valued[$1[player].before]) } / Double(pair.count)
      }
      let mean = pairs.reduce(0, +) / n
      return (pairs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot()
    }
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195), so that orders are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
