/// Replaces the characters that YAML reserves for anchors, aliases, tags and future use by private-use characters.
///
/// `&`, `*`, `!`, `@`, `%` and the grave accent have a meaning (or are forbidden) only at the beginning of a node;
/// anywhere else they are text. So an escaped document has the same structure, without anchors, aliases and tags.
struct IndicatorEscaping {
  /// The characters (YAML 1.2.2, section 5.3: indicators that no plain scalar may begin with).
  static let indicators: [Unicode.Scalar] = ["&", "*", "!", "@", "%", "`"]
  /// Maximum number of duplicate keys that are reported in one file.
  private static let mostRenamedKeys = 20

  /// The first private-use character; nil until a text is escaped.
  private var base: UInt32?
  /// The original characters of those after the indicators.
  private var renamed: [Unicode.Scalar] = []

  /// The escaped text, or nil if the text leaves no range of private-use characters free.
  mutating func text(for text: String) -> String? {
    var used: Set<UInt32> = []
    for scalar in text.unicodeScalars where (0xE000...0xF8FF).contains(scalar.value) {
      used.insert(scalar.value / 0x20)
    }
    guard let row = (UInt32(0xE000) / 0x20..<0xF900 / 0x20).first(where: { !used.contains($0) }) else { return nil }
    base = row * 0x20
    let escapes = Self.indicators.indices.compactMap { escape($0) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let index = Self.indicators.firstIndex(of: scalar) {
        result.append(escapes[index])
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private func escape(_ index: Int) -> Unicode.Scalar? { base.flatMap { Unicode.Scalar($0 + UInt32(index)) } }

  private func original(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard let base, scalar.value >= base, scalar.value < base + 0x20 else { return nil }
    let index = Int(scalar.value - base)
    if index < Self.indicators.count { return Self.indicators[index] }
    return index - Self.indicators.count < renamed.count ? renamed[index - Self.indicators.count] : nil
  }

  /// The original form of a text of the escaped document.
  func unescaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { original($0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(original(scalar) ?? scalar) }
    return String(result)
  }

  /// The indicator at the beginning of an escaped plain scalar.
  func indicator(beginning text: String) -> Unicode.Scalar? {
    guard let base, let first = text.unicodeScalars.first, first.value >= base,
      first.value < base + UInt32(Self.indicators.count)
    else { return nil }
    return original(first)
  }

  /// The text with the key at a place (both from 0) changed to be unique; nil if there were too many.
  mutating func renamingKey(atLine line: Int, scalar column: Int, of text: String) -> String? {
    guard renamed.count < Self.mostRenamedKeys, let escape = escape(Self.indicators.count + renamed.count) else {
      return nil
    }
    var scalars = text.unicodeScalars
    var index = scalars.startIndex
    var remaining = line
    while remaining > 0, index < scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      if scalar == "\r", index < scalars.endIndex, scalars[index] == "\n" { index = scalars.index(after: index) }
      if scalar == "\n" || scalar == "\r" { remaining -= 1 }
    }
    guard var start = scalars.index(index, offsetBy: column, limitedBy: scalars.endIndex), start < scalars.endIndex
    else { return nil }
    if scalars[start] == "\"" || scalars[start] == "'" { start = scalars.index(after: start) }
    guard start < scalars.endIndex, scalars[start] != "\"", scalars[start] != "'", scalars[start] != "\n" else {
      return nil
    }
    renamed.append(original(scalars[start]) ?? scalars[start])
    scalars.replaceSubrange(start..<scalars.index(after: start), with: CollectionOfOne(escape))
    return String(scalars)
  }
}
