import Foundation
import TextFormats

/// A chart of a page: drawn for narrow and wide viewports, described in words, and downloadable as a file.
struct PageChart {
  /// A drawing and its size in CSS pixels.
  struct Drawing {
    var width: Double
    var height: Double
    var body: Markup
  }

  /// The width of charts in wide viewports and on paper.
  static let wide = 640.0
  /// The width of charts in narrow viewports.
  static let narrow = 328.0

  /// The file name without extension.
  var name: String
  /// The description for readers who cannot see the chart; a table next to it has the values.
  var description: String
  /// The text below the chart.
  var caption: Markup
  /// Draws it at a width.
  var drawing: (_ width: Double) -> Drawing

  /// The chart as part of a page.
  var figure: Markup {
    let wide = drawing(Self.wide)
    return """
      <figure>\(inline(wide, "wide"))\(inline(drawing(Self.narrow), "narrow"))
      <figcaption>\(caption) \(link(to: wide))</figcaption></figure>

      """
  }

  /// A link to save the chart; the file is embedded in the page, so nothing is downloaded from the network.
  func link(to drawing: Drawing) -> Markup {
    let data = Data(file(drawing).text.utf8).base64EncodedString()
    let address = Markup(trusted: "data:image/svg+xml;base64,\(data)")
    return "<a class=\"save\" download=\"\(name).svg\" href=\"\(address)\">Save as SVG</a>"
  }

  private func inline(_ drawing: Drawing, _ kind: Markup) -> Markup {
    """
    <svg class="\(kind)" viewBox="0 0 \(drawing.width) \(drawing.height)" width="\(drawing.width)" \
    height="\(drawing.height)" role="img" aria-label="\(description)">\(drawing.body)</svg>
    """
  }

  /// The chart as a separate file, in light colours on white.
  private func file(_ drawing: Drawing) -> Markup {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 \(drawing.width + 16) \(drawing.height + 16)" \
    width="\(drawing.width + 16)" height="\(drawing.height + 16)"><title>\(description)</title>\
    <style>\(Markup(trusted: Palette.rules(Palette.light)))</style>\
    <rect x="-8" y="-8" width="100%" height="100%" fill="#fff"/>\(drawing.body)</svg>
    """
  }
}

/// SVG path data of a line through points, interrupted at missing points.
struct PathData {
  private(set) var markup: Markup = .none
  private var isOpen = false

  /// The line through points; nil interrupts it.
  init(through points: some Sequence<(x: Double, y: Double)?>) {
    for point in points {
      guard let point, point.x.isFinite, point.y.isFinite else {
        isOpen = false
        continue
      }
      markup += "\(isOpen ? "L" : "M")\(point.x) \(point.y)"
      isOpen = true
    }
  }

  /// The area between an upper and a lower line over the same positions, without gaps.
  init(between upper: [(x: Double, y: Double)], and lower: [(x: Double, y: Double)]) {
    self.init(through: (upper + lower.reversed()).map { $0 })
    markup += "Z"
  }
}

/// The estimated width of text in a chart, independent of the reader's font.
enum TextMeasure {
  /// The mean advance of a character relative to the font size: that of wide sans-serif faces (DejaVu Sans, Verdana),
  /// so that narrower ones fit too.
  private static let advance = 0.6

  /// The width of text at a size.
  static func width(_ text: String, size: Double = 12) -> Double {
    Double(DirectionalText.columns(of: text)) * advance * size
  }

  /// The text, cut with an ellipsis if it would be wider.
  static func fitted(_ text: String, into width: Double, size: Double = 12) -> String {
    let most = max(1, Int(width / (advance * size)))
    guard DirectionalText.columns(of: text) > most else { return text }
    var (kept, used) = ("", 0)
    for character in text {
      let columns = DirectionalText.columns(of: String(character))
      guard used + columns < most else { break }
      kept.append(character)
      used += columns
    }
    return DirectionalText.closed(kept) + "…"
  }
}
