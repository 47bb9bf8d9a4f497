import Distributions
import Foundation

/// A stream of random numbers that is the same in every run (SplitMix64; Steele, Lea & Flood 2014,
/// doi:10.1145/2660193.2660195).
struct RandomNumbers {
  private var state: UInt64

  /// A separate stream for each name.
  init(_ name: String) {
    state = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// A number between 0 and 1, neither included.
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  /// A power of ten between two.
  mutating func power(_ low: Double, _ high: Double) -> Double { pow(10, low + (high - low) * uniform()) }

  /// One of a list.
  mutating func element<Element>(_ list: [Element]) -> Element { list[Int(uniform() * Double(list.count))] }
}

/// Random arguments of any family, made from what its parameters declare.
struct RandomArguments {
  let family: any DistributionFamily.Type

  var parameters: [Parameter] { family.parameterisations[0].parameters }

  /// Canonical arguments over the family's range: shapes log-uniform over their declared domain, where it has no end from
  /// 1e-3 to 1e8; scales from 1e-100 to 1e100; locations up to a million scales from 0.
  func next(_ random: inout RandomNumbers) -> [Double] {
    let scale = random.power(-100, 100)
    var values = parameters.map { parameter -> Double in
      switch parameter.role {
      case .location: return scale * random.power(-6, 6) * (random.uniform() < 0.5 ? -1 : 1)
      case .scale: return scale * random.power(-1, 1)
      case .rate: return random.power(-1, 1) / scale
      case .probability:
        return parameter.domain.low + (parameter.domain.high - parameter.domain.low) * random.uniform()
      case .shape:
        if parameter.domain.low < 0 { return random.power(-3, 3) * (random.uniform() < 0.5 ? -1 : 1) }
        // A little inside a limit, which rounding of quantiles would otherwise move arguments across.
        let high = parameter.domain.high.isFinite ? 0.9 * parameter.domain.high : 1e8
        let low = max(1.1 * parameter.domain.low, 1e-3)
        let value = random.power(log10(low), log10(high))
        return parameter.domain.isWhole ? value.rounded(.up) : value
      }
    }
    for order in family.parameterisations[0].orders {
      let places = order.names.compactMap { name in parameters.firstIndex { $0.name == name } }
      let start = values[places[0]]
      let isPositive = parameters[places[0]].domain.low == 0
      let width = isPositive ? start * random.power(-6, 6) : scale * random.power(-1, 1)
      var parts = places.dropFirst().map { _ in random.uniform() }
      if order.allowsEqual, random.uniform() < 0.1 { parts[0] = random.uniform() < 0.5 ? 0 : 1 }
      parts[parts.count - 1] = 1
      for (place, part) in zip(places.dropFirst(), parts) { values[place] = start + width * part }
    }
    return values
  }
}
