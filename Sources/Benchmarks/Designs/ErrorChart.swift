import Foundation
import Reporting

/// An SVG chart of errors against numbers of draws on logarithmic axes, where a power law is a straight line.
struct ErrorChart {
  /// The title.
  let title: String
  /// Numbers of draws.
  let sizes: [Int]
  /// By name, an error for each number of draws.
  let series: [(name: String, errors: [Double], slope: Double)]

  private static let width = 640.0, height = 420.0
  private static let left = 70.0, right = 150.0, top = 40.0, bottom = 50.0
  /// Okabe & Ito's colours, distinguishable with any kind of colour vision (2008, "Color Universal Design").
  private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]

  /// The chart.
  var svg: String {
    let errors = series.flatMap(\.errors).filter { $0 > 0 && $0.isFinite }
    let low = floor(log10(errors.min() ?? 1e-6)), high = ceil(log10(errors.max() ?? 1))
    let first = log2(Double(sizes.first ?? 1)), last = log2(Double(sizes.last ?? 2))
    func x(_ size: Int) -> Double {
      Self.left + (log2(Double(size)) - first) / (last - first) * (Self.width - Self.left - Self.right)
    }
    func y(_ error: Double) -> Double {
      Self.top + (high - log10(error)) / (high - low) * (Self.height - Self.top - Self.bottom)
    }
    func text(_ x: Double, _ y: Double, _ content: String, _ anchor: String = "middle", _ more: String = "") -> String {
      "<text x=\"\(Int(x))\" y=\"\(Int(y))\" text-anchor=\"\(anchor)\" \(more)>\(content)</text>"
    }
    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
      "<line x1=\"\(Int(x1))\" y1=\"\(Int(y1))\" x2=\"\(Int(x2))\" y2=\"\(Int(y2))\" stroke=\"#cccccc\"/>"
    }
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\""
        + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222222\">",
      "<title>\(title)</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
      text(Self.left, 24, title, "start", "font-size=\"15\" font-weight=\"bold\""),
    ]
    for size in sizes {
      parts.append(line(x(size), Self.top, x(size), Self.height - Self.bottom))
      parts.append(
        text(x(size), Self.height - Self.bottom + 18, size < 1 << 20 ? "\(size / 1024)Ki" : "\(size >> 20)Mi"))
    }
    for power in Int(low)...Int(high) {
      parts.append(line(Self.left, y(pow(10, Double(power))), Self.width - Self.right, y(pow(10, Double(power)))))
      parts.append(text(Self.left - 8, y(pow(10, Double(power))) + 4, "1e\(power)", "end"))
    }
    parts.append(text((Self.left + Self.width - Self.right) / 2, Self.height - 12, "draws"))
    // Names are placed next to the ends of the lines, and moved apart if they overlap.
    var taken: [Double] = []
    for (number, one) in series.enumerated().sorted(by: { $0.element.errors.last ?? 0 > $1.element.errors.last ?? 0 }) {
      let colour = Self.colours[number % Self.colours.count]
      let points = zip(sizes, one.errors).map { String(format: "%.1f,%.1f", x($0), y($1)) }
      parts.append(
        "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
      var place = y(one.errors.last ?? 1) + 4
      while let near = taken.first(where: { abs($0 - place) < 16 }) { place = near + 16 }
      taken.append(place)
      parts.append(
        text(
          Self.width - Self.right + 8, place, "\(one.name), slope \(NumberText.text(one.slope))", "start",
          "fill=\"\(colour)\""))
    }
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }
}
