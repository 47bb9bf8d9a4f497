/// The result of a method for one target.
package struct MethodResult: Sendable {
  /// The method's name.
  package var method: String
  /// The position of the target among the problem's.
  package var target: Int
  /// An estimate for each index and factor (or pair), in the order of the method's indices, then of factors.
  package var estimates: [IndexEstimate]
  /// The noise floor of each index by name: an inert input's estimate is below it with a probability of 97.5 %.
  package var noiseFloors: [String: Double]
  /// The name of the method's first index, which ranks factors.
  package var main: String
  /// The evaluations, in words: `16,384 base points, 262,144 evaluations`.
  package var effort: String
  /// Remarks on the estimates.
  package var notes: [String]
  /// Number of draws or evaluations that were excluded because they were not finite.
  package var nonFinite: Int

  /// The remark on a target that does not vary.
  package static let constantNote = "the target is the same in every draw: there is nothing to explain"

  /// The estimates of an index, by factor.
  package func estimates(of index: String) -> [IndexEstimate] { estimates.filter { $0.index == index } }

  /// Positions in `estimates` of the main index, the largest magnitude first.
  package var ranking: [Int] {
    // NaN comes last; comparisons with NaN would leave the order undefined.
    func size(_ place: Int) -> Double { estimates[place].value.isNaN ? -1 : estimates[place].value.magnitude }
    return estimates.indices.filter { estimates[$0].index == main && estimates[$0].isSingle }
      .sorted { a, b in
        let (x, y) = (size(a), size(b))
        return x != y ? x > y : a < b
      }
  }

  /// The probability that an estimate's magnitude exceeds another's, from their joint bootstrap samples; nil without
  /// them.
  package func probabilityThat(_ a: Int, outranks b: Int) -> Double? {
    let (x, y) = (estimates[a].samples, estimates[b].samples)
    guard !x.isEmpty, x.count == y.count, (x + y).allSatisfy({ !$0.isNaN }) else { return nil }
    var wins = 0.0
    for (u, v) in zip(x, y) { wins += u.magnitude > v.magnitude ? 1 : u.magnitude == v.magnitude ? 0.5 : 0 }
    return wins / Double(x.count)
  }
}

/// An index of a factor, or of a pair of factors, with its interval.
package struct IndexEstimate: Sendable {
  /// The positions of the factor, or of the two factors, among the problem's.
  package var factors: [Int]
  /// The name of the factor or, more precisely, of the cell, or `a × b`.
  package var name: String
  /// The index's name: `S1`.
  package var index: String
  /// The estimate.
  package var value: Double
  /// The lower end of its 95 % interval; NaN if there is none.
  package var low: Double
  /// The upper end of its 95 % interval; NaN if there is none.
  package var high: Double
  /// Its standard error; NaN if there is none.
  package var error: Double
  /// Whether it is distinguishable from that of an inert input: above the noise floor, and with an interval that
  /// excludes zero. Nil if the value or its error is unknown: an unknown error is not evidence of no effect.
  package var distinguishable: Bool?
  /// The unit; empty for a pure number.
  package var unit: String
  /// Joint bootstrap samples of all estimates of a result; empty if there are none.
  var samples: [Double]

  /// Whether it is known to be distinguishable from that of an inert input.
  package var isDistinguishable: Bool { distinguishable == true }
  /// Whether it is known to be indistinguishable from that of an inert input; only then may it be omitted.
  package var isIndistinguishable: Bool { distinguishable == false }

  /// Whether it belongs to a single factor.
  package var isSingle: Bool { factors.count == 1 }

  /// Creates an estimate that is known exactly.
  init(exactly value: Double, _ index: String, of factors: [Int], named name: String, unit: String = "") {
    self.init(
      factors: factors, name: name, index: index, value: value, low: value, high: value,
      error: value.isFinite ? 0 : .nan,
      distinguishable: value.isFinite ? value != 0 : nil, unit: unit, samples: [])
  }

  /// Creates an estimate without an interval, which is only compared with the noise floor.
  init(withoutInterval value: Double, _ index: String, of factors: [Int], named name: String, floor: Double) {
    self.init(
      factors: factors, name: name, index: index, value: value, low: .nan, high: .nan, error: .nan,
      distinguishable: value.isFinite && floor.isFinite ? value > floor : nil, samples: [])
  }

  init(
    factors: [Int], name: String, index: String, value: Double, low: Double, high: Double, error: Double,
    distinguishable: Bool?, unit: String = "", samples: [Double]
  ) {
    self.factors = factors
    self.name = name
    self.index = index
    self.value = value
    self.low = low
    self.high = high
    self.error = error
    self.distinguishable = distinguishable
    self.unit = unit
    self.samples = samples
  }
}
