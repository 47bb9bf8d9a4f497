import Units

/// A small seeded generator for tests (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func element<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// A product of up to five bases or derived dimensions with small exponents, some of them fractions.
  mutating func dimension() -> Dimension {
    let parts: [Dimension] = [
      .power, .energy, .time, .init(.co2e), .init(.flop), .init(.usd), .init(.mass), .init(.length),
      .init(.counted("gpu")), .init(.counted("token")),
    ]
    var product = Dimension.dimensionless
    for _ in 0..<below(6) {
      guard let exponent = Rational(below(9) - 4, element([1, 1, 1, 2, 3])),
        let power = try? element(parts).raised(to: exponent), let next = try? product * power
      else { continue }
      product = next
    }
    return product
  }
}
