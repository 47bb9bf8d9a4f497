/// A factor written directly before a unit's name: the common SI prefixes, and `B` for a billion of money.
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

  /// The power of ten (The International System of Units, 9th edition 2019, table 7).
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
