import TextFormats

/// A piece of HTML or SVG.
typealias Markup = EscapedText<HTMLTarget>

/// Elements and quoted attributes of HTML, and of XML such as SVG.
enum HTMLTarget: EscapingTarget {
  /// Text with references for the characters of markup.
  ///
  /// Control characters, which neither HTML nor XML permits, and those that change the direction of writing beyond their
  /// own text become replacement characters.
  static func escaped(_ plain: String) -> String {
    let plain = TerminalText.replacingHarmful(in: plain) { scalar in
      let isNoCharacter = scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
      return isNoCharacter || TerminalText.isHarmful(scalar) && scalar != "\n" && scalar != "\t"
    }
    var out = ""
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension EscapedText where Target == HTMLTarget {
  /// A coordinate to a tenth: `12`, `-3.5`; 0 for NaN.
  static func coordinate(_ value: Double) -> String {
    guard value.magnitude < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let (whole, tenth) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return (tenths < 0 ? "-" : "") + (tenth == 0 ? "\(whole)" : "\(whole).\(tenth)")
  }
}

extension EscapedText.StringInterpolation where Target == HTMLTarget {
  /// A coordinate of a chart, to a tenth of its unit.
  mutating func appendInterpolation(_ coordinate: Double) { appendLiteral(Markup.coordinate(coordinate)) }
}
