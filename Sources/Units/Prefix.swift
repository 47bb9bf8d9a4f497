/// A factor written close before a unit's name: the SI prefixes that people use, and `B` for a billion of money.
enum Prefix: String, Sendable {
  case nano = "n"
  case micro = "u"
  case milli = "m"
  case centi = "c"
  case kilo = "k"
  case mega = "M"
  case giga = "G"
  case billion = "B"
  case tera = "T"
  case peta = "P"
  case exa = "E"
  case zetta = "Z"
  case yotta = "Y"

  /// n, where the prefix stands for 10^n (The International System of Units, 9th edition 2019, table 7).
  var exponent: Rational {
    switch self {
    case .nano: -9
    case .micro: -6
    case .milli: -3
    case .centi: -2
    case .kilo: 3
    case .mega: 6
    case .giga, .billion: 9
    case .tera: 12
    case .peta: 15
    case .exa: 18
    case .zetta: 21
    case .yotta: 24
    }
  }
}
