/// A predefined unit: its canonical name, other accepted spellings, and the prefixes that it accepts.
package struct KnownUnit: Sendable {
  /// The canonical name, `h`.
  package let name: String

  /// Other accepted spellings, `hour`.
  package let synonyms: [String]

  /// The prefixes that the canonical name accepts, smallest first.
  package let prefixes: [String]

  /// A short description.
  package let summary: String

  /// The dimension.
  package var dimension: Dimension { measure.dimension }

  /// The size in coherent base units.
  package var scale: Double { measure.magnitude.value }

  let measure: UnitMeaning
  private let prefixPower: Rational

  private init(
    _ name: String, _ summary: String, _ dimension: Dimension, _ magnitude: ExactScale = .one,
    synonyms: [String] = [], prefixes: [Prefix] = [], prefixPower: Rational = 1
  ) {
    self.name = name
    self.synonyms = synonyms
    self.prefixes = prefixes.map(\.rawValue)
    self.summary = summary
    measure = UnitMeaning(dimension: dimension, magnitude: magnitude)
    self.prefixPower = prefixPower
  }

  /// All accepted spellings with their meanings, canonical name and synonyms first.
  var spellings: [(name: String, measure: UnitMeaning)] {
    let bare = ([name] + synonyms).map { ($0, measure) }
    return bare
      + prefixes.compactMap { symbol in
        guard let prefix = Prefix(rawValue: symbol),
          let exponent = try? prefix.exponent * prefixPower,
          let magnitude = try? ExactScale.powerOfTen(exponent) * measure.magnitude
        else { return nil }
        return (symbol + name, UnitMeaning(dimension: measure.dimension, magnitude: magnitude))
      }
  }
}

extension KnownUnit {
  /// The table of units, by subject.
  ///
  /// Symbols and values are those of the SI and of the non-SI units accepted with it (The International System of
  /// Units, 9th edition 2019, tables 2, 4 and 8), except that the year is 365 days. Synonyms are deliberately few: each
  /// reserves a name that counted things could use, and for plurals and abbreviations (`years`, `yr`, `FLOPS`) an error
  /// that names the right spelling is better. `m2`, `m3` and `mm2` are names because areas are commonly written so; a
  /// prefix belongs to the metre that is squared. Money takes the suffixes of numbers, k M B T, because GUSD is not in
  /// use.
  static let all: [KnownUnit] = [
    KnownUnit("W", "watt, power", .power, prefixes: nanoToExa),
    KnownUnit("J", "joule, energy", .energy, prefixes: nanoToExa),
    KnownUnit("Wh", "watt hour, energy: 3600 J", .energy, ExactScale(3600), prefixes: nanoToExa),

    KnownUnit("gCO2e", "gram of CO2 equivalents", .init(.co2e), ExactScale(1, 1000), prefixes: gram),
    KnownUnit("tCO2e", "tonne of CO2 equivalents", .init(.co2e), ExactScale(1000), prefixes: tonne),

    KnownUnit(
      "FLOP", "floating-point operation", .init(.flop),
      prefixes: [
        .kilo, .mega, .giga, .tera, .peta, .exa, .zetta, .yotta,
      ]),
    KnownUnit("USD", "US dollar", .init(.usd), prefixes: [.kilo, .mega, .billion, .tera]),

    KnownUnit("g", "gram, mass", .init(.mass), ExactScale(1, 1000), prefixes: gram),
    KnownUnit("t", "tonne, mass: 1000 kg", .init(.mass), ExactScale(1000), prefixes: tonne),

    KnownUnit("m", "metre, length", .init(.length), prefixes: [.nano, .micro, .milli, .centi, .kilo]),
    KnownUnit("m2", "square metre, area", .init([.length: 2]), prefixes: [.milli, .centi, .kilo], prefixPower: 2),
    KnownUnit("m3", "cubic metre, volume", .init([.length: 3])),
    KnownUnit(
      "L", "litre, volume: 1/1000 m3", .init([.length: 3]), ExactScale(1, 1000),
      prefixes: [
        .milli, .kilo, .mega, .giga,
      ]),

    KnownUnit("s", "second, time", .time, synonyms: ["second"], prefixes: [.nano, .micro, .milli]),
    KnownUnit("min", "minute, time: 60 s", .time, ExactScale(60), synonyms: ["minute"]),
    KnownUnit("h", "hour, time: 3600 s", .time, ExactScale(3600), synonyms: ["hour"]),
    KnownUnit("day", "day, time: 24 h", .time, ExactScale(24 * 3600)),
    KnownUnit("week", "week, time: 7 days", .time, ExactScale(7 * 24 * 3600)),
    KnownUnit("year", "year, time: 365 days, 8760 h", .time, ExactScale(365 * 24 * 3600)),

    KnownUnit("percent", "one hundredth, a pure number", .dimensionless, ExactScale(1, 100), synonyms: ["%"]),
  ]

  private static let nanoToExa: [Prefix] = [.nano, .micro, .milli, .kilo, .mega, .giga, .tera, .peta, .exa]
  private static let gram: [Prefix] = [.micro, .milli, .kilo, .mega, .giga, .tera, .peta]
  private static let tonne: [Prefix] = [.kilo, .mega, .giga]

  /// All accepted spellings in the order of the table.
  static let names = all.flatMap { $0.spellings.map(\.name) }

  /// The meanings of all accepted spellings.
  static let measures = Dictionary(
    all.flatMap { $0.spellings.map { ($0.name, $0.measure) } }, uniquingKeysWith: { first, _ in first })

  /// The unit of each spelling, with or without prefix.
  static let bySpelling = Dictionary(
    all.flatMap { unit in unit.spellings.map { ($0.name, unit) } }, uniquingKeysWith: { first, _ in first })
}
