/// The estimated width of text in a chart, independent of the reader's font.
enum TextMeasure {
  /// The mean advance of a character relative to the font size: that of wide sans-serif faces (DejaVu Sans, Verdana),
  /// so that narrower ones fit too.
  private static let advance = 0.6

  /// The width of text at a size.
  static func width(_ text: String, size: Double = 12) -> Double { Double(text.count) * advance * size }

  /// The text, cut with an ellipsis if it would be wider.
  static func fitted(_ text: String, into width: Double, size: Double = 12) -> String {
    let most = max(1, Int(width / (advance * size)))
    return text.count <= most ? text : String(text.prefix(most - 1)) + "…"
  }
}
