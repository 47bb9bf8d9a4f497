/// Cumulative weights of equally probable draws, each a sum of as many equal weights. Summaries of equally many draws share
/// them.
///
/// The weights are added one by one, as those of a mixture are, so that a column alone and a mixture of one column have the
/// same quantiles to the last bit.
struct EqualWeights {
  /// The weight of one draw.
  let weight: Double
  /// For each draw, the weight of the draws below it plus half of its weight.
  let middles: [Double]
  /// The weight of the first draws: of none, of one, and so on.
  private let totals: [Double]

  /// The weights of some draws, whose sum is 1.
  init(count: Int) {
    let weight = 1 / Double(count)
    let totals = [Double](unsafeUninitializedCapacity: count + 1) { totals, size in
      var total = 0.0
      for draw in 0..<count {
        totals[draw] = total
        total += weight
      }
      totals[count] = total
      size = count + 1
    }
    self.weight = weight
    self.totals = totals
    middles = totals.dropLast().map { $0 + 0.5 * weight }
  }

  /// The number of draws.
  var count: Int { middles.count }

  /// The weight of a number of draws.
  func total(of count: Int) -> Double { totals[count] }

  /// The share of a part's weight that is below a value; not a number for a part without draws.
  ///
  /// - Parameters:
  ///   - place: the number of the part's draws below the value.
  ///   - size: the number of the part's draws.
  func share(below place: Int, of size: Int) -> Double {
    guard place > 0 else { return 0 / totals[size] }
    return (place < size ? 0.5 * (middles[place - 1] + middles[place]) : totals[size]) / totals[size]
  }
}
