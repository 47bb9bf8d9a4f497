/// The colours of charts: those of Okabe and Ito, distinguishable with any kind of colour vision.
///
/// No distinction relies on colour alone: lines of different colours have different dashes and are labelled with names.
/// Source: M. Okabe, K. Ito (2008), "Color Universal Design (CUD): How to make figures and presentations that are
/// friendly to colorblind people". The two lightest are darkened on white, for a contrast of three to one (WCAG 2.2,
/// criterion 1.4.11).
enum Palette {
  /// The colours of the parts of a chart.
  struct Colours {
    var paper: String
    var ink: String
    var muted: String
    var line: String
    var series: String
    var references: [String]
  }

  static let light = Colours(
    paper: "#ffffff", ink: "#1b1b1b", muted: "#575757", line: "#d4d4d0", series: "#0072b2",
    references: ["#d55e00", "#007d5b", "#b0578a", "#9a6a00", "#1b1b1b", "#2a7fb0"])

  static let dark = Colours(
    paper: "#15181b", ink: "#e9e7e3", muted: "#aaa9a6", line: "#3c4146", series: "#56b4e9",
    references: ["#f08a4b", "#2cc796", "#e29bc4", "#e6b800", "#e9e7e3", "#8ccdf2"])

  /// The dashes of reference lines; the first is solid.
  static let dashes = ["none", "7 3", "2 3", "9 3 2 3", "4 2", "12 4"]

  /// The number of distinct looks of references; further references repeat them.
  static var referenceLooks: Int { dashes.count }

  /// The style rules for the parts of charts, in a set of colours.
  ///
  /// - Parameter scope: the prefix of each selector; empty in a separate chart file.
  static func rules(_ colours: Colours, scope: String = "") -> String {
    var rules = """
      \(scope)text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
      font-size:12px;fill:\(colours.ink);stroke:\(colours.paper);stroke-width:3px;paint-order:stroke;\
      stroke-linejoin:round}
      \(scope).m{fill:\(colours.muted)}
      \(scope).b{font-weight:600}
      \(scope).e{text-anchor:end}
      \(scope).c{text-anchor:middle}
      \(scope).grid{stroke:\(colours.line);fill:none}
      \(scope).base{stroke:\(colours.muted);fill:none}
      \(scope).wide-band{fill:\(colours.series);fill-opacity:.2;stroke:none}
      \(scope).narrow-band{fill:\(colours.series);fill-opacity:.35;stroke:none}
      \(scope).fill{fill:\(colours.series);stroke:none}
      \(scope).line{fill:none;stroke:\(colours.series);stroke-width:2;stroke-linejoin:round}
      \(scope).thin{fill:none;stroke:\(colours.series);stroke-width:1}
      \(scope).hit{fill:transparent;stroke:none}
      \(scope).edge{fill:none;stroke:\(colours.muted);stroke-opacity:.55}
      \(scope).back{fill:none;stroke:\(colours.references[0]);stroke-dasharray:4 3}
      \(scope).node{fill:\(colours.paper);stroke:\(colours.muted)}
      \(scope).node.out{stroke:\(colours.series);stroke-width:2}
      \(scope).node.in{stroke-dasharray:3 2}

      """
    for (look, (colour, dash)) in zip(colours.references, dashes).enumerated() {
      rules += "\(scope).r\(look){stroke:\(colour);fill:none;stroke-width:2;stroke-dasharray:\(dash)}\n"
      rules += "\(scope).f\(look){fill:\(colour);fill-opacity:.16;stroke:none}\n"
      rules += "\(scope).d\(look){fill:\(colour);stroke:none}\n"
    }
    return rules
  }
}
