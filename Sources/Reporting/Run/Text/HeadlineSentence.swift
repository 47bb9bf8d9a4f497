import Evidence
import Modeling
import Simulation

/// An output cell in a sentence that can be quoted without its context: what it is, its interval, and how it compares
/// with the reference closest to it.
///
/// `A simulation puts the electricity use of the world's AI in 2025 at between 59 and 116 TWh a year (90 % interval),
/// about half of Argentina's electricity use.`
///
/// It has no verb that would have to agree with the scenario's words, singular or plural.
struct HeadlineSentence {
  let result: ScenarioResult
  let output: OutputResult
  let cell: Int

  /// The sentence of the default cell of an output.
  init(_ output: OutputResult, of result: ScenarioResult) {
    self.result = result
    self.output = output
    cell = result.model.defaultCell(of: output.output.quantity)
  }

  private var model: Model { result.model }
  private var id: QuantityID { output.output.quantity }

  /// The sentence as parts: the statistics, which may be emphasised, and the words between them.
  var parts: [(text: String, isFigure: Bool)] {
    let summary = output.cells[cell]
    let given = result.evidence?.posterior == nil ? "" : ", given the observations"
    if model.isCondition(id) {
      return [
        ("A simulation puts the probability of \(model.phrase(id, cell: cell)) at ", false),
        (summary.conditionText(in: output.output.unit), true), (given + ".", false),
      ]
    }
    let figures = CellText(cell: summary, model.settings.interval)
    guard summary.quantile(0.5)?.value.isFinite == true else {
      return [("The simulation gives no finite value of \(model.phrase(id, cell: cell)).", false)]
    }
    if figures.isConstant {
      return [
        ("A calculation puts \(model.phrase(id, cell: cell)) at ", false), (withUnit(figures.median), true),
        (tail + ".", false),
      ]
    }
    return [
      ("A simulation puts \(model.phrase(id, cell: cell)) at ", false), (withUnit(range(figures)), true),
      (" (\(model.settings.interval.text) interval\(given))\(tail).", false),
    ]
  }

  /// The whole sentence.
  var text: String { parts.map(\.text).joined() }

  /// `between 59 and 116`; one number if both ends look alike.
  private func range(_ figures: CellText) -> String {
    let (low, high) = figures.ends
    return low == high ? "about \(low)" : "between \(low) and \(high)"
  }

  /// A value with its unit as a newspaper writes it: `85 TWh a year`, `31 %`.
  private func withUnit(_ figure: String) -> String {
    let unit = output.output.unit.shown
    if unit == "percent" { return "\(figure) %" }
    guard !unit.isEmpty else { return figure }
    for (suffix, words) in [("/year", " a year"), ("/day", " a day"), ("/h", " an hour"), ("/month", " a month")]
    where unit.hasSuffix(suffix) && !unit.dropLast(suffix.count).contains("/") && unit.count > suffix.count {
      return "\(figure) \(unit.dropLast(suffix.count))\(words)"
    }
    return "\(figure) \(unit)"
  }

  /// `, about half of Argentina's electricity use`: the reference whose ratio is closest to one; empty without any.
  private var tail: String {
    var nearest: (distance: Double, text: String)?
    for (comparison, rows) in zip(output.output.comparisons, output.comparisons) where comparison.convert == nil {
      for row in rows where row.cell == cell && row.ratio.p50 > 0 && row.ratio.p50.isFinite {
        let distance = max(row.ratio.p50, 1 / row.ratio.p50)
        if distance < nearest?.distance ?? .infinity {
          let name = ComparisonText.reference(comparison, row.referenceLabels, in: model)
          nearest = (distance, ", \(Self.phrase(row.ratio.p50)) \(name)")
        }
      }
    }
    return nearest?.text ?? ""
  }

  /// The ratios that have names, each for ratios within a tenth of it.
  private static let named: [(ratio: Double, phrase: String)] = [
    (0.25, "about a quarter of"), (1.0 / 3, "about a third of"), (0.5, "about half of"),
    (2.0 / 3, "about two thirds of"), (0.75, "about three quarters of"), (1, "about as much as"), (2, "about twice"),
    (3, "about three times"), (4, "about four times"), (5, "about five times"),
  ]

  /// A ratio in words: `about half of`, `about 17 % of`, `about 2.4 times`.
  static func phrase(_ ratio: Double) -> String {
    let closest = named.min { abs($0.ratio / ratio - 1) < abs($1.ratio / ratio - 1) }
    if let closest, abs(closest.ratio / ratio - 1) <= 0.1 { return closest.phrase }
    if ratio > 1 { return "about \(NumberText.significant(ratio, digits: 2)) times" }
    return ratio < 0.001 ? "less than a thousandth of" : "about \(NumberText.significant(100 * ratio, digits: 2)) % of"
  }
}

extension Model {
  /// `the electricity use of the world's AI in 2025`, `electricity_region (region United States) in 2030`.
  func phrase(_ id: QuantityID, cell: Int) -> String {
    let space = self[id].cells
    var places: [String] = []
    var years = ""
    for (index, position) in zip(space.indexes, space.positions(ofCell: cell)) {
      let label = words(index, at: position)
      if let numbers = self[index].numbers {
        if numbers.allSatisfy({ (1500...2500).contains($0) && $0 == $0.rounded() }) {
          years += " in \(label)"
        } else {
          places.append("\(words(index)) \(label)")
        }
      } else {
        places.append(self[index].words[position] == nil ? "\(words(index)) \(label)" : label)
      }
    }
    return words(id) + (places.isEmpty ? "" : " (\(places.joined(separator: ", ")))") + years
  }
}
