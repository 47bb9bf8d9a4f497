import TextFormats

/// A piece of a Mermaid flowchart.
typealias MermaidText = EscapedText<MermaidTarget>

/// A quoted label of Mermaid: letters, digits, spaces and harmless signs as they are, every other ASCII character as an
/// entity code.
///
/// Besides quotation marks, Mermaid gives a meaning to HTML, to `` ` `` (Markdown), to `$$` (formulas) and to `%%{`
/// (configuration), inside quotation marks too. Source: Mermaid, "Flowcharts", "Entity codes to escape characters".
enum MermaidTarget: EscapingTarget {
  /// A label's text on one line.
  static func escaped(_ plain: String) -> String {
    var out = ""
    for scalar in TerminalText.withoutControls(ScreenText.onOneLine(plain)).unicodeScalars {
      let isHarmless =
        !scalar.isASCII || scalar.properties.isAlphabetic || " 0123456789.,:()[]/+-*_='".unicodeScalars.contains(scalar)
      if isHarmless { out.unicodeScalars.append(scalar) } else { out += "#\(scalar.value);" }
    }
    return out
  }
}

/// A piece of a graph in the DOT language.
typealias DOTText = EscapedText<DOTTarget>

/// A double-quoted string of DOT. Besides the escapes of the language, Graphviz reads character references in labels.
///
/// Source: Graphviz, "DOT Language"; "escString".
enum DOTTarget: EscapingTarget {
  /// A string's text on one line.
  static func escaped(_ plain: String) -> String {
    var out = ""
    for scalar in TerminalText.withoutControls(ScreenText.onOneLine(plain)).unicodeScalars {
      switch scalar {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "&": out += "&amp;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
