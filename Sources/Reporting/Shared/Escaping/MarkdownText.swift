import TextFormats

/// A piece of a Markdown page: GitHub Flavored Markdown, Jupyter's and Quarto's.
typealias MarkdownText = EscapedText<MarkdownTarget>

/// Markdown, whose readers also run code: knitr evaluates `` `r …` `` wherever it stands, escaped or not, also in the
/// header of a document, and Quarto expands `{{< … >}}` before it reads Markdown.
///
/// Backticks, angle brackets and backslashes therefore become character references, which are text in every dialect; the
/// other characters with a meaning get a backslash. Sources: CommonMark 0.31, sections 2.4 and 2.5; Pandoc User's Guide,
/// "Backslash escapes"; knitr, `all_patterns`; Quarto, "Shortcodes".
enum MarkdownTarget: EscapingTarget {
  /// Text on one line.
  static func escaped(_ plain: String) -> String {
    let scalars = Array(TerminalText.withoutControls(spaced(ScreenText.onOneLine(plain))).unicodeScalars)
    let start = scalars.firstIndex { $0 != " " } ?? scalars.count
    var out = String.UnicodeScalarView()
    for (position, scalar) in scalars.enumerated() {
      switch scalar {
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "`": out.append(contentsOf: "&#96;".unicodeScalars)
      // Jupyter reads two backslashes before a bracket as the beginning of a formula.
      case "\\": out.append(contentsOf: "&#92;".unicodeScalars)
      default:
        if special.contains(scalar) || beginsBlock(scalars[start...], position) { out.append("\\") }
        out.append(scalar)
      }
    }
    return String(out)
  }

  private static let special = Set("*_{}[]#|~^$@".unicodeScalars)

  /// Tabs as spaces.
  private static func spaced(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\t" ? " " : $0 }))
  }

  /// Whether a character would begin a list, a rule, a block of metadata or another block at the beginning of a line.
  ///
  /// - Parameters:
  ///   - line: the line without the spaces before its first character.
  ///   - position: the character's index.
  private static func beginsBlock(_ line: ArraySlice<Unicode.Scalar>, _ position: Int) -> Bool {
    guard position >= line.startIndex else { return false }
    let next = position + 1 < line.endIndex ? line[position + 1] : " "
    let before = line[..<position]
    switch line[position] {
    case "-", "+": return before.isEmpty && !next.properties.isAlphabetic && !isDigit(next)
    case "=", ":", "%": return before.isEmpty
    case ".", ")": return before.isEmpty || (next == " " && isOrdinal(before))
    default: return false
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether these characters number an item of a list: digits, a letter or a Roman numeral.
  private static func isOrdinal(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let isRoman = scalars.allSatisfy { "ivxlcdmIVXLCDM".unicodeScalars.contains($0) }
    let isLetter = scalars.count == 1 && scalars.allSatisfy(\.properties.isAlphabetic)
    return !scalars.isEmpty && (scalars.allSatisfy(isDigit) || isLetter || isRoman)
  }
}

extension EscapedText where Target == MarkdownTarget {
  /// Text of several lines, each of them escaped, without the margins that would make them code.
  static func lines(_ plain: String) -> Self {
    let lines = plain.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return Self(separated: lines.map { Self(escaping: String($0.trimmingPrefix(while: \.isWhitespace))) }, by: "\n")
  }

  /// Code within a line.
  ///
  /// A span of code in which a reader could find code to run, or the end of the span or of a table's field, is an HTML
  /// element with escaped text.
  static func code(_ plain: String) -> Self {
    let line = ScreenText.onOneLine(plain)
    return isInertCode(line) ? Self(trusted: "`\(line)`") : "<code>\(line)</code>"
  }

  /// A line of code on its own.
  static func codeBlock(_ plain: String) -> Self {
    if isInertCode(plain) { return Self(trusted: "    " + plain) }
    // Nothing but references is interpreted inside this element.
    var text = ""
    for scalar in HTMLTarget.escaped(plain).unicodeScalars {
      switch scalar {
      case "`": text += "&#96;"
      case "{": text += "&#123;"
      case "\n": text += "&#10;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return Self(trusted: "<pre><code>\(text)</code></pre>")
  }

  /// A fenced block, whose fence is longer than any in its content.
  static func fenced(_ language: Self, _ content: String) -> Self {
    let longest = content.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return Self(trusted: "\(fence)\(language.text)\n\(content)\(fence)")
  }

  /// Whether a line can be code as it is.
  private static func isInertCode(_ line: String) -> Bool {
    guard let first = line.first, let last = line.last, first != " ", last != " " else { return false }
    let isPlain = !line.unicodeScalars.contains { "`<{|".unicodeScalars.contains($0) || TerminalText.isHarmful($0) }
    // `r x` in backticks is code of R for knitr.
    return isPlain && !line.hasPrefix("r ") && !line.hasPrefix("r#")
  }
}
