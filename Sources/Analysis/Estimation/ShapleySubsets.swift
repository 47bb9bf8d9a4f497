import Sampling

/// The subsets of players whose values Shapley effects are computed from, and their weights.
///
/// For few players these are all subsets with the weights of Shapley (1953), for many players the subsets along random
/// orders (Castro, Gómez & Tejada 2009, doi:10.1016/j.cor.2008.04.004; for variances Song, Nelson & Staum 2016,
/// doi:10.1137/15M1048070), each order with its reverse.
struct ShapleySubsets {
  /// Number of players.
  let players: Int
  /// The subsets that are neither empty nor complete, each once, as lists of members.
  private(set) var subsets: [[Int]] = []
  /// Whether all subsets are used.
  let isExact: Bool
  /// For each player, the weight of the value of each subset; the last weight is that of the complete set.
  private(set) var weights: [[Double]]

  /// Number of players up to which all subsets are used.
  static let exactLimit = 10

  /// Creates the subsets for a number of players.
  ///
  /// - Parameter limit: the maximum number of subsets if orders are sampled.
  init(players: Int, limit: Int, seed: UInt64) {
    self.players = players
    isExact = players <= Self.exactLimit
    weights = [[Double]](repeating: [], count: players)
    var numbers: [[Bool]: Int] = [:]
    var uses: [[Int: Double]] = [[Int: Double]](repeating: [:], count: players)
    var found: [[Int]] = []
    // -1 denotes the complete set; the value of the empty set is zero.
    func number(_ isMember: [Bool]) -> Int? {
      let size = isMember.reduce(0) { $0 + ($1 ? 1 : 0) }
      if size == 0 { return nil }
      if size == players { return -1 }
      if let known = numbers[isMember] { return known }
      numbers[isMember] = found.count
      found.append(isMember.indices.filter { isMember[$0] })
      return found.count - 1
    }
    func use(_ player: Int, _ before: [Bool], weight: Double) {
      var after = before
      after[player] = true
      if let number = number(after) { uses[player][number, default: 0] += weight }
      if let number = number(before) { uses[player][number, default: 0] -= weight }
    }
    if isExact {
      // |J|! (k - |J| - 1)! / k!
      var share = [Double](repeating: 1 / Double(max(1, players)), count: max(1, players))
      for size in 1..<max(1, players) { share[size] = share[size - 1] * Double(size) / Double(players - size) }
      for mask in 0..<(1 << players) {
        let isMember = (0..<players).map { mask >> $0 & 1 == 1 }
        let size = isMember.reduce(0) { $0 + ($1 ? 1 : 0) }
        for player in 0..<players where !isMember[player] { use(player, isMember, weight: share[size]) }
      }
    } else {
      // Names have no space, so no input has this name.
      var words = WordSequence(StreamKey(seed: seed, address: CoordinateAddress(name: "shapley orders")).stream)
      let pairs = max(8, limit / (2 * players))
      for _ in 0..<pairs {
        var order = Array(0..<players)
        for place in order.indices.reversed() { order.swapAt(place, words.next(below: place + 1)) }
        for order in [order, order.reversed()] {
          var isMember = [Bool](repeating: false, count: players)
          for player in order {
            use(player, isMember, weight: 1 / Double(2 * pairs))
            isMember[player] = true
          }
        }
      }
    }
    subsets = found
    weights = uses.map { own in
      var weights = [Double](repeating: 0, count: found.count + 1)
      for (number, weight) in own { weights[number < 0 ? found.count : number] += weight }
      return weights
    }
  }

  /// The effects, from the values of the subsets followed by that of the complete set.
  func effects(_ values: [Double]) -> [Double] {
    weights.map { own in
      var sum = 0.0
      for (weight, value) in zip(own, values) where weight != 0 { sum += weight * value }
      return sum
    }
  }

  /// A human-readable description.
  var text: String {
    isExact ? "all \(subsets.count) subsets of inputs" : "\(subsets.count) subsets along random orders"
  }
}
