import Diagnostics
import Modeling
import TextFormats
import Units

/// Formats numbers and kinds of nodes for messages.
enum MessageText {
  /// The shortest text that reads back as the same number, without a needless `.0`.
  static func number(_ value: Double) -> String { value.exactText }

  /// A value in base units as it would be written in a unit, to the digits that remain exact after conversion.
  static func value(_ value: Double, in unit: Unit) -> String {
    let shown = value / unit.scale
    let text = number(rounded(shown))
    return unit == .one ? text : "\(text) \(unit.text)"
  }

  /// A number at twelve significant digits, since converting to base units and back costs the last ones.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var scale = 1.0
    var exponent = 0
    while value.magnitude * scale < 1e11, exponent < 300 { (scale, exponent) = (scale * 10, exponent + 1) }
    while value.magnitude * scale >= 1e12, exponent > -300 { (scale, exponent) = (scale / 10, exponent - 1) }
    let whole = (value * scale).rounded()
    return whole.isFinite && exponent > -16 && exponent < 22 ? whole / scale : value
  }

  /// A number at three significant digits.
  static func short(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return number(value) }
    var scale = 1.0
    while value.magnitude * scale < 100, scale < 1e12 { scale *= 10 }
    return number((value * scale).rounded() / scale)
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Node {
  /// The kind of node, in words.
  var kindInWords: String {
    switch kind {
    case .scalar(let scalar): scalar.text.isEmpty ? "nothing" : "`\(scalar.text.prefix(60))`"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The place of a scalar's whole text; for other nodes, the beginning.
  var span: SourcePlace {
    guard case .scalar(let scalar) = kind else { return place }
    return scalar.place(offset: 0, length: scalar.text.count)
  }

  /// The scalar's text, if it is one.
  var text: String? {
    if case .scalar(let scalar) = kind { scalar.text } else { nil }
  }
}
