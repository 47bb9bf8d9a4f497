import Modeling
import Simulation
import TextFormats
import Units

/// The human-readable results of a sweep: a table of the variants for each output cell that is shown.
package struct SweepScreen {
  private let table: SweepTable
  private let shown: [String]
  private var rows: [String: [SweepTable.Row]] = [:]
  private let variants: Int
  private let resumed: Int

  /// The screen of a sweep.
  ///
  /// - Parameters:
  ///   - table: the rows.
  ///   - shown: names of output cells, such as `electricity[2025]`.
  ///   - variants: the number of variants, and how many of them an earlier run had finished.
  ///   - pieces: passes on the stored rows, in order.
  package init(
    of table: SweepTable, showing shown: [String], variants: (all: Int, resumed: Int),
    _ pieces: ((String) throws -> Void) throws -> Void
  ) rethrows {
    self.table = table
    self.shown = shown
    self.variants = variants.all
    resumed = variants.resumed
    var found: [String: [SweepTable.Row]] = [:]
    let wanted = Set(shown)
    try pieces { text in
      for row in try table.rows(in: text) where wanted.contains(row.cellName) {
        found[row.cellName, default: []].append(row)
      }
    }
    rows = found
  }

  /// The names of all output cells of a model, in the order of tables.
  package static func cellNames(of model: Model) -> [String] {
    model.outputs.flatMap { output in
      (0..<model[output.quantity].cells.count).map { model.cellName(output.quantity, cell: $0) }
    }
  }

  /// The labelled names of all output cells by those of `cellNames`: `electricity[year=2025]`.
  package static func labelledNames(of model: Model) -> [String: String] {
    let names = model.outputs.flatMap { output in
      (0..<model[output.quantity].cells.count).map {
        (model.cellName(output.quantity, cell: $0), model.labelledName(output.quantity, cell: $0))
      }
    }
    return Dictionary(names) { first, _ in first }
  }

  /// The headings of all output cells by the names of `cellNames`.
  private static func headings(of model: Model) -> [String: String] {
    let names = model.outputs.flatMap { output in
      (0..<model[output.quantity].cells.count).map {
        (model.cellName(output.quantity, cell: $0), model.heading(output.quantity, cell: $0))
      }
    }
    return Dictionary(names) { first, _ in first }
  }

  /// The screen, ended by a newline.
  package func text(seconds: Double, workers: Int, folder: String, files: [String]) -> String {
    let model = table.model
    var lines = [model.title, ""]
    var notes: [String] = []
    let names = Self.headings(of: model)
    for name in shown {
      guard let rows = rows[name], let first = rows.first else { continue }
      let output = model.outputs.first { model[$0.quantity].name == first.output }
      if let output, model.isCondition(output.quantity) {
        lines.append("\(names[name] ?? name), probability")
        lines += probabilities(rows, in: output.unit)
      } else {
        lines.append((names[name] ?? name) + (first.unit == "1" ? "" : ", \(first.unit)"))
        lines += body(rows, &notes)
      }
      lines.append("")
    }
    let unseen = Self.cellNames(of: model).count - shown.count
    if unseen > 0 {
      lines.append(
        "\(unseen) more output \(unseen == 1 ? "cell" : "cells") in sweep.csv, or with --show NAME or --show 'NAME[LABEL]'"
      )
    }
    let failed = rows.values.joined().filter { $0.nonFinite > 0 }
    if let worst = failed.max(by: { $0.nonFinite < $1.nonFinite }) {
      notes.append(
        "\(failed.count) of the rows shown \(failed.count == 1 ? "excludes" : "exclude") draws that were not finite, at most \(worst.nonFinite) of "
          + "\(NumberText.count(worst.draws)) (variant \(worst.variant))")
    }
    notes.append("differences of means from the base scenario, on the same draws")
    let settings = table.columns.filter { ["run.draws", "run.seed", "run.design"].contains($0) }
    if !settings.isEmpty {
      notes.append(
        settings.count == table.columns.count
          ? "variants with other draws, seeds or designs are compared as independent runs"
          : "the base scenario has the draws, seed and design of each variant")
    }
    lines += notes + [""]
    let run = model.settings
    lines += model.conditioningLines
    let kept = resumed > 0 ? ", \(resumed) of them kept from an interrupted run" : ""
    lines.append(
      "\(variants) \(variants == 1 ? "variant" : "variants")\(kept), \(NumberText.draws(run.draws)), seed "
        + "\(run.seed), design \(run.design): \(NumberText.duration(seconds)) on "
        + (workers == 1 ? "1 worker" : "\(workers) workers"))
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  /// The variants' columns of a table.
  private func variantColumns(_ rows: [SweepTable.Row]) -> TextTable {
    var result = TextTable()
    result.add("variant", rows.map(\.variant), .right)
    for (position, column) in table.columns.enumerated() {
      let values = rows.map { $0.variant == "0" ? "base" : Array($0.values)[position] }
      result.add(column, values.map(Self.shown), .decimal)
    }
    return result
  }

  /// The probability of a condition by variant, and its difference from the base scenario.
  private func probabilities(_ rows: [SweepTable.Row], in unit: Unit) -> [String] {
    let cut = Abbreviation(of: rows.count, limit: OutputTables.rowLimit, keeping: OutputTables.rowsKept)
    let kept = cut.kept.map { rows[$0] }
    var result = variantColumns(kept)
    result.add(
      "probability",
      kept.map { row in
        NumberText.probability(
          Estimate(row.mean.value * unit.scale, error: row.mean.error * unit.scale), digits: NumberText.digits,
          draws: row.draws - row.nonFinite)
      }, .right)
    result.add(
      "difference, percentage points",
      kept.map { row in
        row.variant == "0"
          ? ""
          : Self.signed(
            Estimate(100 * row.difference.value * unit.scale, error: 100 * row.difference.error * unit.scale))
      }, .decimal)
    return lines(of: result, cut)
  }

  private func lines(of table: TextTable, _ cut: Abbreviation) -> [String] {
    var lines = table.lines
    if cut.omitted > 0 { lines.insert("… \(cut.omitted) more rows: see sweep.csv", at: 1 + cut.head.count) }
    return lines
  }

  private func body(_ rows: [SweepTable.Row], _ notes: inout [String]) -> [String] {
    let cut = Abbreviation(of: rows.count, limit: OutputTables.rowLimit, keeping: OutputTables.rowsKept)
    let kept = cut.kept.map { rows[$0] }
    var result = variantColumns(kept)
    let style = NumberStyle(
      of: kept.flatMap { $0.quantiles + ($0.meanWarning.isEmpty ? [$0.mean, $0.difference] : []) })
    func text(_ estimate: Estimate, _ row: SweepTable.Row) -> String {
      NumberText.estimate(row.isConstant ? Estimate(estimate.value, error: 0) : estimate, style: style)
    }
    let quantiles = (0..<3).map { k in TextTable.alignedAtPoint(kept.map { text($0.quantiles[k], $0) }) }
    result.add("median", quantiles[1], .left)
    result.add(
      "90 % interval",
      kept.indices.map { kept[$0].isConstant ? "constant" : "\(quantiles[0][$0]) to \(quantiles[2][$0])" }, .left)
    result.add("mean", kept.map { $0.meanWarning.isEmpty ? text($0.mean, $0) : "not stable" }, .decimal)
    result.add(
      "difference",
      kept.map { row in
        row.variant == "0"
          ? "" : row.meanWarning.isEmpty ? Self.signed(row.difference, style: style) : "not stable"
      }, .decimal)
    if let warned = rows.first(where: { !$0.meanWarning.isEmpty }), let cell = shown.first {
      notes.append(
        "Means that are not stable are not shown; \(Self.labelledNames(of: table.model)[cell] ?? cell), variant \(warned.variant): \(warned.meanWarning)"
      )
    }
    return lines(of: result, cut)
  }

  /// A value from a range, rounded to readable digits.
  private static func shown(_ value: String) -> String {
    guard value.count > 8, let number = Double(value) else { return value }
    return NumberText.significant(number, digits: 6)
  }

  /// A difference with its sign.
  static func signed(_ estimate: Estimate, style: NumberStyle?) -> String {
    let text = NumberText.estimate(estimate, style: style)
    guard estimate.value > 0, text.first?.isNumber == true else { return text }
    return "+" + text
  }

  /// A single difference with its sign.
  static func signed(_ estimate: Estimate) -> String { signed(estimate, style: nil) }

  /// The same as JSON, ended by a newline: every row of the cells that are shown.
  package func json(seconds: Double, workers: Int, folder: String, files: [String]) -> String {
    let model = table.model
    return JSON.object([
      ("title", .string(model.title)), ("digest", .string(model.digest)), ("draws", .integer(model.settings.draws)),
      ("seed", .unsigned(model.settings.seed)), ("design", .string(model.settings.design)), model.conditioningJSON,
      ("varied", .array(table.columns.map(JSON.string))), ("variants", .integer(variants)),
      ("rows", .array(shown.flatMap { rows[$0] ?? [] }.map(table.json))), ("workers", .integer(workers)),
      ("seconds", .number(seconds)),
      ("files", .object(JSON.written(files, to: folder))),
    ]).text + "\n"
  }
}
