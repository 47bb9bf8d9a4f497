import Analysis
import Foundation
import Modeling
import Simulation
import TextFormats
import Units
import VectorMath

/// The screen of `compare`: outputs of both scenarios side by side with their difference and ratio, the changes between
/// the scenarios, and their contributions.
package struct ComparisonScreen {
  private let report: ComparisonReport
  private let folder: String
  private let files: [String]
  /// The names of the outputs shown; nil for the first.
  private let shown: [String]

  /// The screen of a comparison whose files were written to a folder.
  package init(of report: ComparisonReport, folder: String, files: [String], showing shown: [String]) {
    self.report = report
    self.folder = folder
    self.files = files
    self.shown = shown
  }

  /// The screen, ended by a newline.
  package var text: String {
    let (a, b) = (report.comparison.a, report.comparison.b)
    var lines = [
      "A: \(a.title) (\(TerminalText.path(report.names.a)))", "B: \(b.title) (\(TerminalText.path(report.names.b)))",
      "",
    ]
    var notes: [String] = []
    for name in shown { lines += table(ofOutput: name, &notes) }
    let common = Set(report.cells.map { a[report.output($0.a.output).quantity].name })
    let further = common.count - shown.filter(common.contains).count
    if further > 0 {
      lines.append("\(further) more common \(further == 1 ? "output" : "outputs") in compare.csv, or with --show NAME")
    }
    let (onlyA, onlyB) = report.comparison.unmatched
    for (side, names) in [("A", onlyA), ("B", onlyB)] where !names.isEmpty {
      let cut = Abbreviation(of: names.count, limit: 12, keeping: 5)
      let listed = cut.kept.map { names[$0] }
      lines += ScreenText.wrapped(
        "only in \(side): " + listed.joined(separator: " ") + (cut.omitted > 0 ? " and \(cut.omitted) more" : ""))
    }
    if lines.last != "" { lines.append("") }
    lines += differences + notes + (notes.isEmpty ? [] : [""])
    let settings = a.settings
    lines += a.conditioningLines
    lines.append(
      "\(NumberText.draws(settings.draws, "paired ")), seed \(settings.seed), design \(settings.design): "
        + "\(NumberText.duration(report.seconds)) on "
        + (report.workers == 1 ? "1 worker" : "\(report.workers) workers"))
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  private func table(ofOutput name: String, _ notes: inout [String]) -> [String] {
    let model = report.model
    let cells = report.cells.filter { model[report.output($0.a.output).quantity].name == name }
    guard let first = cells.first else { return [] }
    let output = report.output(first.a.output)
    let cut = Abbreviation(of: cells.count, limit: OutputTables.rowLimit, keeping: OutputTables.rowsKept)
    let kept = cut.kept.map { cells[$0] }
    var table = TextTable()
    let space = model[output.quantity].cells
    for (axis, index) in space.indexes.enumerated() {
      table.add(
        model.words(index), kept.map { model.words(index, at: space.positions(ofCell: $0.a.cell)[axis]) },
        model[index].isNumeric ? .right : .left)
    }
    let isCondition = model.isCondition(output.quantity)
    if isCondition { addProbabilities(kept, in: output.unit, to: &table) } else { addEstimates(kept, to: &table) }
    for cell in kept where cell.difference.nonFinite > 0 {
      notes.append(
        "\(cell.difference.nonFinite) of \(NumberText.count(cell.difference.draws)) draws of "
          + "\(report.cellName(cell.a.output, cell.a.cell)) were not finite in A or B and were excluded")
    }
    if !isCondition, let cell = kept.first(where: { !$0.difference.isMeanStable }),
      let why = cell.difference.momentWarning
    {
      notes.append("The mean difference of \(report.cellName(cell.a.output, cell.a.cell)) is not shown: \(why)")
    }
    var lines = table.lines
    if cut.omitted > 0 { lines.insert("… \(cut.omitted) more rows: see compare.csv", at: 1 + cut.head.count) }
    let unit = isCondition ? "probability" : output.unit.shown
    return [model.heading(output.quantity) + (unit.isEmpty ? "" : ", \(unit)")] + lines + [""]
  }

  /// The columns of conditions: their probabilities, and the difference of these in percentage points.
  private func addProbabilities(_ cells: [ModelComparison.Cell], in unit: Units.Unit, to table: inout TextTable) {
    table.add("A", cells.map { $0.inA.conditionText(in: unit) }, .right)
    table.add("B", cells.map { $0.inB.conditionText(in: unit) }, .right)
    table.add(
      "B - A, percentage points",
      cells.map { cell in
        let mean = cell.difference.mean
        return SweepScreen.signed(
          Estimate(100 * mean.value * unit.scale, error: 100 * mean.error * unit.scale))
      }, .decimal)
  }

  /// The columns of statistics: one notation for amounts, one for ratios.
  private func addEstimates(_ cells: [ModelComparison.Cell], to table: inout TextTable) {
    let interval = report.model.settings.interval
    let (low, high) = interval.probabilities
    func quantiles(_ summaries: [CellSummary]) -> [Estimate] {
      summaries.flatMap { summary in [low, 0.5, high].compactMap(summary.shownQuantile) }
    }
    let style = NumberStyle(
      of: cells.compactMap { $0.inA.shownQuantile(0.5) } + cells.compactMap { $0.inB.shownQuantile(0.5) }
        + quantiles(cells.map(\.difference)) + cells.compactMap(\.difference.shownMean))
    let ratios = NumberStyle(of: quantiles(cells.map(\.ratio)))
    func shown(_ summary: CellSummary, _ probability: Double, _ write: (Estimate) -> String) -> String {
      summary.shownQuantile(probability).map(write) ?? ""
    }
    func ends(_ summary: CellSummary, _ write: (Estimate) -> String) -> String {
      summary.isConstant ? "constant" : "\(shown(summary, low, write)) to \(shown(summary, high, write))"
    }
    let plain = { (estimate: Estimate) in NumberText.estimate(estimate, style: style) }
    let signed = { (estimate: Estimate) in SweepScreen.signed(estimate, style: style) }
    let ratio = { (estimate: Estimate) in NumberText.estimate(estimate, style: ratios) }
    table.add("A median", cells.map { shown($0.inA, 0.5, plain) }, .decimal)
    table.add("B median", cells.map { shown($0.inB, 0.5, plain) }, .decimal)
    table.add("B - A median", cells.map { shown($0.difference, 0.5, signed) }, .decimal)
    table.add("\(interval.text) interval", cells.map { ends($0.difference, signed) }, .left)
    table.add("mean", cells.map { $0.difference.shownMean.map(signed) ?? "not stable" }, .decimal)
    table.add("B / A median", cells.map { shown($0.ratio, 0.5, ratio) }, .decimal)
    table.add("\(interval.text) interval", cells.map { ends($0.ratio, ratio) }, .left)
    table.add(
      "B above A",
      cells.map { NumberText.probability($0.exceeds, draws: $0.difference.draws - $0.difference.nonFinite) }, .right)
  }

  /// The changes, and their contributions.
  private var differences: [String] {
    if report.parts.isEmpty { return ["The scenarios do not differ in anything that affects the results.", ""] }
    var lines: [String] = []
    if let problem = report.attributionProblem { lines += ["The difference could not be attributed: \(problem)", ""] }
    if report.attributions.isEmpty {
      let names = report.parts.map(\.text)
      let count = "\(names.count) \(names.count == 1 ? "change" : "changes"): "
      return lines + ScreenText.wrapped(count + names.joined(separator: ", ")) + [""]
    }
    // One cell per output: the default cell, or the last that both scenarios have.
    var shownOutputs: [Int: ModelComparison.Attribution] = [:]
    for attribution in report.attributions {
      let standing = report.model.defaultCell(of: report.output(attribution.output).quantity)
      if shownOutputs[attribution.output]?.cell != standing { shownOutputs[attribution.output] = attribution }
    }
    for (output, attribution) in shownOutputs.sorted(by: { $0.key < $1.key }) {
      let unit = report.output(output).unit.shown
      let name = report.model.mention(report.output(output).quantity, cell: attribution.cell)
      let cell = report.cells.first { $0.a == (attribution.output, attribution.cell) }
      let isStable = cell?.difference.isMeanStable != false
      let ratio = attribution.ratio.map { "ratio of geometric means \(NumberText.estimate($0))" }
      let difference =
        "difference of means of \(name), \(SweepScreen.signed(attribution.total))\(unit.isEmpty ? "" : " \(unit)")"
      if isStable {
        lines.append("Contributions to the \(difference)\(ratio.map { " (\($0))" } ?? "")")
      } else if let ratio {
        lines.append("Contributions to \(name), \(ratio), as factors (the mean is not stable)")
      } else {
        lines += ["The difference of \(name) is not attributed: the mean is not stable", ""]
        continue
      }
      let factors = Dictionary(uniqueKeysWithValues: attribution.factors.map { ($0.part, $0.value) })
      func size(_ contribution: ModelComparison.Contribution) -> Double {
        isStable ? contribution.value.value.magnitude : abs(PortableMath.log(factors[contribution.part]?.value ?? 1))
      }
      let sorted = attribution.contributions.sorted { size($0) > size($1) }
      let cut = sorted.prefix(20)
      var table = TextTable()
      table.add("  change", cut.map { "  " + Self.short(report.parts[$0.part].text) }, .left)
      table.add("kind", cut.map { report.parts[$0.part].kind }, .left)
      if isStable {
        table.add(unit.isEmpty ? "contribution" : unit, cut.map { SweepScreen.signed($0.value) }, .decimal)
        table.add(
          "share",
          cut.map { contribution in
            let share = contribution.value.value / attribution.total.value
            return share.isFinite && attribution.total.value.magnitude > 3 * attribution.total.error
              ? NumberText.significant(share * 100, digits: 2) + " %" : ""
          }, .decimal)
      }
      if !factors.isEmpty {
        table.add("factor", cut.map { factors[$0.part].map { NumberText.estimate($0) } ?? "" }, .decimal)
      }
      lines += table.lines
      if sorted.count > cut.count { lines.append("  … \(sorted.count - cut.count) more in attribution.csv") }
      let way =
        attribution.sampledOrders.map { "Shapley values over \($0) sampled orders; the errors include this sampling" }
        ?? "Shapley values: averages over all orders of the changes; contributions add, factors multiply"
      lines += ["  \(way)", ""]
    }
    return lines
  }

  /// The first of many entries that change together; all are in `attribution.csv`.
  private static func short(_ part: String) -> String {
    let names = part.split(separator: " + ")
    return names.count <= 3 ? part : "\(names[0]) and \(names.count - 1) other changes"
  }

  /// The same as JSON, ended by a newline.
  package var json: String {
    let (a, b) = (report.comparison.a, report.comparison.b)
    let model = report.model
    func estimate(_ estimate: Estimate) -> JSON {
      .object([("value", .number(estimate.value)), ("standard_error", .number(estimate.error))])
    }
    func summary(_ summary: CellSummary) -> JSON {
      .object(
        [
          ("mean", estimate(summary.mean)), ("sd", .number(summary.sd)),
          ("mean_warning", .optional(summary.momentWarning)),
        ]
          + [0.05, 0.25, 0.5, 0.75, 0.95].map { p in
            ("p\(p < 0.1 ? "0" : "")\(Int((p * 100).rounded()))", summary.quantile(p).map(estimate) ?? .null)
          } + [("draws", .integer(summary.draws)), ("non_finite", .integer(summary.nonFinite))])
    }
    return JSON.object([
      ("a", .object([("path", .string(report.names.a)), ("title", .string(a.title)), ("digest", .string(a.digest))])),
      ("b", .object([("path", .string(report.names.b)), ("title", .string(b.title)), ("digest", .string(b.digest))])),
      a.conditioningJSON,
      ("draws", .integer(a.settings.draws)), ("seed", .unsigned(a.settings.seed)),
      ("design", .string(a.settings.design)),
      (
        "cells",
        .array(
          report.cells.map { cell in
            .object([
              ("output", .string(report.cellName(cell.a.output, cell.a.cell))),
              ("unit", .string(report.output(cell.a.output).unit.text)), ("a", summary(cell.inA)),
              ("b", summary(cell.inB)), ("difference", summary(cell.difference)), ("ratio", summary(cell.ratio)),
              ("b_exceeds_a", estimate(cell.exceeds)),
            ])
          })
      ),
      ("only_in_a", .array(report.comparison.unmatched.a.map(JSON.string))),
      ("only_in_b", .array(report.comparison.unmatched.b.map(JSON.string))),
      ("differs", .array(report.parts.map { .object([("part", .string($0.text)), ("kind", .string($0.kind))]) })),
      ("attribution_problem", .optional(report.attributionProblem)),
      (
        "attributions",
        .array(
          report.attributions.map { attribution in
            .object([
              ("output", .string(report.cellName(attribution.output, attribution.cell))),
              ("unit", .string(model.outputs[attribution.output].unit.text)), ("total", estimate(attribution.total)),
              ("sampled_orders", attribution.sampledOrders.map(JSON.integer) ?? .null),
              (
                "contributions",
                .array(
                  attribution.contributions.map { contribution in
                    .object([
                      ("part", .string(report.parts[contribution.part].text)),
                      ("value", .number(contribution.value.value)),
                      ("standard_error", .number(contribution.value.error)),
                      (
                        "factor",
                        attribution.factors.first { $0.part == contribution.part }.map { estimate($0.value) } ?? .null
                      ),
                    ])
                  })
              ),
              ("ratio_of_geometric_means", attribution.ratio.map(estimate) ?? .null),
            ])
          })
      ),
      ("workers", .integer(report.workers)), ("seconds", .number(report.seconds)),
      ("files", .object(JSON.written(files, to: folder))),
    ]).text + "\n"
  }
}
