import Evidence
import Modeling
import Simulation

/// The comparison of an output cell with a reference, as text.
struct ComparisonVerdict {
  /// Significant digits of ratios; constant ratios have one more.
  static let digits = 2

  let row: ComparisonRow
  let comparison: Comparison
  let output: OutputResult
  let result: ScenarioResult

  /// The median of the ratio, or `none`.
  var ratio: String { text(row.ratio.p50, row.ratioErrors.p50) }

  /// True if the ratio is a constant, since neither side varies: it has no interval and no probability.
  var isCertain: Bool { row.ratio.p05 == row.ratio.p95 && row.ratioErrors.p05 == 0 && row.ratioErrors.p95 == 0 }

  /// The 90 % interval of the ratio: `1.4 to 7.0`.
  var interval: String { "\(text(row.ratio.p05, row.ratioErrors.p05)) to \(text(row.ratio.p95, row.ratioErrors.p95))" }

  /// True if there is a finite ratio.
  var hasRatio: Bool { !row.ratio.p50.isNaN }

  /// The probability that the output exceeds the reference: `99.12 %`.
  var probability: String {
    let cell = output.cells.indices.contains(row.cell) ? output.cells[row.cell] : nil
    return NumberText.probability(row.exceeds, draws: cell.map { $0.draws - $0.nonFinite } ?? result.draws)
  }

  /// The reference as written, with the labels of indexes that only it has.
  var reference: String { ComparisonText.reference(comparison, row.referenceLabels, in: result.model) }

  /// `3.2 times bitcoin (90 %: 1.4 to 7.0); probability of exceeding it 99.12 %`
  var sentence: String {
    sentence(ratio: ratio)
  }

  /// The sentence with the ratio as formatted in a column.
  func sentence(ratio: String) -> String {
    if isCertain { return "\(ratio) times \(reference)" }
    let text = hasRatio ? "\(ratio) times \(reference) (90 %: \(interval))" : "no finite ratio to \(reference)"
    let chance = probability
    return chance == "unknown"
      ? "\(text); too few draws to estimate the probability of exceeding it"
      : "\(text); probability of exceeding it \(chance)"
  }

  private func text(_ value: Double, _ error: Double) -> String {
    NumberText.estimate(Estimate(value, error: error), digits: isCertain ? Self.digits + 1 : Self.digits)
  }
}

/// The notation of references.
enum ComparisonText {
  /// The reference as written, with the labels of indexes that only it has: `bitcoin[edition=revised_2023]`; in words, if
  /// it has any: `bitcoin mining, as revised in 2023`.
  static func reference(_ comparison: Comparison, _ labels: [IndexID: Int], in model: Model) -> String {
    guard model[comparison.reference].label == nil else {
      let chosen = labels.merging(comparison.labels) { $1 }.sorted { model[$0.key].name < model[$1.key].name }
        .map { model.words($0.key, at: $0.value) }
      return ([model.words(comparison.reference)] + chosen).joined(separator: ", ")
    }
    let further = labels.map { (name: model[$0.key].name, label: model[$0.key].labels[$0.value]) }
      .sorted { $0.name < $1.name }.map { "\($0.name)=\($0.label)" }.joined(separator: ",")
    if further.isEmpty { return comparison.text }
    return comparison.text.hasSuffix("]")
      ? "\(comparison.text.dropLast()),\(further)]" : "\(comparison.text)[\(further)]"
  }
}

/// Remarks on a comparison: conversions, scope tags that one side does not state, draws that were excluded.
struct ComparisonRemarks {
  let comparison: Comparison
  let rows: [ComparisonRow]
  let output: OutputResult
  let model: Model

  /// One line per remark.
  var lines: [String] {
    let name = model.words(output.output.quantity)
    let reference = model[comparison.reference]
    let referenceName = ComparisonText.reference(comparison, [:], in: model)
    var remarks: [String] = []
    if let convert = comparison.convert {
      remarks.append("\(name) was multiplied by \(model.words(convert)) before the comparison with \(referenceName)")
    }
    for tag in comparison.unstatedTags {
      let sides = [(name, output.output.scope[tag]), (referenceName, reference.scope[tag])]
      let stated = sides.filter { $0.1 != nil }.map { "\($0.0) has \(tag) \($0.1 ?? "")" }
      let others = sides.filter { $0.1 == nil }.map { "\($0.0) states none" }
      remarks.append("scope not fully comparable: " + (stated + others).joined(separator: "; "))
    }
    let left = rows.reduce(0) { $0 + $1.nonFinite }
    if left > 0 {
      let draws = left == 1 ? "1 draw without a finite ratio is" : "\(left) draws without a finite ratio are"
      remarks.append("\(draws) excluded from the ratios to \(referenceName)")
    }
    return remarks
  }
}
