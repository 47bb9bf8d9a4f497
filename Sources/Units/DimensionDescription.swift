extension Dimension: CustomStringConvertible {
  /// The coherent base unit in compact form, in the unit grammar: `W`, `kgCO2e/J`, `FLOP/gpu/s`, `1/s`, `m^(1/2)`, `1`.
  ///
  /// Candidates are the spellings with W, with J and with base units alone; the one with the fewest factors is chosen,
  /// then the one with the smallest numbers in its exponents. Factors with positive exponents come first. Within each
  /// group, factors follow the order of `Base` (so that times come last), with W and J after CO2e.
  package var description: String {
    var best = powers.factors.map { (symbol: $0.base.symbol, exponent: $0.exponent) }
    for candidate in derivedSpellings where Self.isShorter(candidate, than: best) { best = candidate }
    return Self.joined(best)
  }

  private typealias Spelling = [(symbol: String, exponent: Rational)]

  /// Spellings with a power of W or J: the one without mass, or the one without length.
  private var derivedSpellings: [Spelling] {
    let mass = exponent(of: .mass)
    let halfLength = Rational(1, 2).flatMap { try? exponent(of: .length) * $0 } ?? .zero
    var spellings: [Spelling] = []
    for (symbol, derived) in [("W", Dimension.power), ("J", Dimension.energy)] {
      for exponent in [mass, halfLength] where exponent != .zero {
        guard let part = try? derived.raised(to: exponent), let rest = try? self / part else { continue }
        let others = rest.powers.factors
        let leading = others.prefix { $0.base == .co2e }
        spellings.append(
          leading.map { ($0.base.symbol, $0.exponent) } + [(symbol, exponent)]
            + others.dropFirst(leading.count).map { ($0.base.symbol, $0.exponent) })
      }
    }
    return spellings
  }

  private static func isShorter(_ a: Spelling, than b: Spelling) -> Bool {
    guard a.count == b.count else { return a.count < b.count }
    func total(_ spelling: Spelling) -> Int {
      spelling.reduce(0) { $0 + $1.exponent.magnitude.numerator + $1.exponent.denominator - 1 }
    }
    return total(a) < total(b)
  }

  private static func joined(_ spelling: Spelling) -> String {
    func power(_ symbol: String, _ exponent: Rational) -> String {
      if exponent == .one { return symbol }
      return exponent.denominator == 1 ? "\(symbol)^\(exponent)" : "\(symbol)^(\(exponent))"
    }
    let above = spelling.filter { !$0.exponent.isNegative }.map { power($0.symbol, $0.exponent) }
    let below = spelling.filter { $0.exponent.isNegative }.map { "/" + power($0.symbol, -$0.exponent) }
    return (above.isEmpty ? "1" : above.joined(separator: "*")) + below.joined()
  }
}

extension Dimension.Base {
  /// The coherent unit of the base dimension.
  package var symbol: String {
    switch self {
    case .co2e: "kgCO2e"
    case .flop: "FLOP"
    case .usd: "USD"
    case .mass: "kg"
    case .length: "m"
    case .counted(let name): name
    case .time: "s"
    }
  }
}
