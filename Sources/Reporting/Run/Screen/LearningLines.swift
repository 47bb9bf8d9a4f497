import Evidence
import Modeling
import Simulation

/// What the observations reveal about the inputs, human-readable: those about which most was learned, and the
/// correlations that the observations created.
struct LearningLines {
  let learning: Learning
  let model: Model

  /// Maximum number of inputs and of correlations that are printed.
  private static let shown = (inputs: 8, correlations: 3)

  /// The headings of the table.
  static let columns = ["input", "unit", "prior", "posterior", "shift", "width", "learned"]

  /// The inputs whose marginal distribution moved by more than the error, or beyond all prior draws.
  private var moved: [Learning.Row] { learning.rows.filter { $0.isDetected || $0.bits.value.isNaN } }

  /// The rows of the table, at most `limit`.
  func rows(limit: Int = Self.shown.inputs) -> [[String]] {
    moved.prefix(limit).map { row in
      [
        model.name(of: row.input), unit(of: row.input),
        Self.interval(row.prior), Self.interval(row.posterior), Self.shift(row.standardisedShift),
        row.widthRatio.isNaN ? "-" : NumberText.significant(row.widthRatio, digits: 2),
        row.bits.value.isNaN ? "beyond all draws" : Self.bits(row.bits),
      ]
    }
  }

  /// The number of inputs that moved among all, the meaning of the columns, and the changed correlations.
  var sentences: [String] {
    let (all, moved) = (learning.rows.count, moved.count)
    var sentences = [
      "The observations changed the distributions of \(moved) of \(all) uncertain input \(all == 1 ? "cell" : "cells"). "
        + "Prior and posterior are medians and 90 % intervals; the shift is in prior standard deviations, the width is "
        + "that of the interval relative to the prior's, and what was learned is the divergence of the posterior from the "
        + "prior in bits."
    ]
    let shown = learning.correlations.prefix(Self.shown.correlations).map { row in
      let text = NumberText.estimate(Estimate(row.posterior, error: row.change.error), digits: 2)
      let before = row.prior == 0 ? "" : ", before \(NumberText.significant(row.prior, digits: 2))"
      return "\(model.name(of: row.first)) and \(model.name(of: row.second)) (\(text)\(before))"
    }
    if !shown.isEmpty {
      let count = learning.correlations.count
      let more = count > shown.count ? ", and \(count - shown.count) more" : ""
      sentences.append(
        "Rank correlations that the observations created or changed: \(shown.joined(separator: ", "))\(more).")
    }
    return sentences
  }

  /// The table with its title and sentences, followed by an empty line.
  ///
  /// - Parameter pointer: the file that has every row, if it was written.
  func lines(_ pointer: (String) -> String?) -> [String] {
    var lines = ["What was learned about the inputs"]
    let rows = rows()
    if !rows.isEmpty {
      var table = TextTable()
      for (position, name) in Self.columns.enumerated() {
        table.add(name, rows.map { $0[position] }, position < 4 ? .left : .right)
      }
      lines += table.lines
    }
    let more = moved.count - rows.count
    if more > 0 { lines.append("… \(more) more\(pointer(LearningTables.names[0]).map { ": see \($0)" } ?? "")") }
    return lines + sentences.flatMap { ScreenText.wrapped($0) } + [""]
  }

  private func unit(of input: Learning.InputCell) -> String {
    model[input.quantity].input?.categories == nil ? model[input.quantity].unit.shown : ""
  }

  private static func interval(_ values: (p05: Double, p50: Double, p95: Double)) -> String {
    guard !values.p50.isNaN else { return "-" }
    let text = NumberText.significant(values.p50)
    return values.p05 == values.p95
      ? text : "\(text) (\(NumberText.significant(values.p05)) to \(NumberText.significant(values.p95)))"
  }

  private static func shift(_ value: Double) -> String {
    guard !value.isNaN else { return "-" }
    return "\(value > 0 ? "+" : "")\(NumberText.significant((value * 100).rounded() / 100, digits: 2))"
  }

  private static func bits(_ estimate: Estimate) -> String {
    let text = NumberText.estimate(estimate, digits: estimate.value < 1 ? 1 : 2)
    return "\(text) \(text == "1" ? "bit" : "bits")"
  }
}
