import Evidence
import Modeling
import Simulation
import Units

/// The statistics of outputs as human-readable tables: median and interval, then the mean if it is stable.
struct OutputTables {
  /// Tables with more rows than this are cut to their first and last ones.
  static let rowLimit = 40
  /// Rows kept at either end of a table that is cut.
  static let rowsKept = 10

  let result: ScenarioResult
  /// The same outputs given the observations; nil if there are none.
  var posterior: [OutputResult]?
  /// The file with all rows, for tables that are cut.
  let fullTable: String?

  /// The lines of all tables; consecutive outputs without indexes share one. A condition has a probability instead of
  /// quantiles, and an output with few outcomes a table of them in addition to its quantiles.
  var lines: [String] {
    let model = result.model
    let tables = OutcomeTables(model: model, fullTable: fullTable.map { _ in "outcomes.csv" })
    var lines: [String] = []
    var scalars: [Int] = []
    func isCondition(_ position: Int) -> Bool { model.isCondition(result.outputs[position].output.quantity) }
    func finishScalars() {
      defer { scalars = [] }
      guard let first = scalars.first else { return }
      if isCondition(first) {
        lines +=
          tables.conditions(
            scalars.map { result.outputs[$0] }, given: posterior.map { all in scalars.map { all[$0] } }) + [""]
        return
      }
      lines += table(ofScalars: scalars) + [""]
      for position in scalars where result.outputs[position].hasOutcomeTable {
        lines += tables.outcomes(result.outputs[position], given: posterior?[position]) + [""]
      }
    }
    for (position, output) in result.outputs.enumerated() {
      if model[output.output.quantity].cells.indexes.isEmpty {
        if let last = scalars.last, isCondition(last) != isCondition(position) { finishScalars() }
        scalars.append(position)
        continue
      }
      finishScalars()
      if isCondition(position) {
        lines += tables.condition(output, given: posterior?[position]) + [""]
        continue
      }
      lines += table(of: position) + [""]
      if output.hasOutcomeTable { lines += tables.outcomes(output, given: posterior?[position]) + [""] }
    }
    finishScalars()
    return lines
  }

  /// The number of rows of an output on a screen, including the headings of separate tables.
  static func rowCount(of output: OutputResult, in model: Model) -> Int {
    let rows = Abbreviation(of: output.cells.count, limit: rowLimit, keeping: rowsKept).kept.count
    // A table has a heading, a line of column names and a blank line; an output without an index is a row of a table.
    let own = rows + (output.cells.count > 1 ? 3 : 0)
    guard output.hasOutcomeTable, !model.isCondition(output.output.quantity) else { return own }
    let outcomes = output.cells.count > 1 ? rows : OutcomeGroups(of: output.cells).groups.count
    return own + outcomes + 3
  }

  private func table(ofScalars positions: [Int]) -> [String] {
    let outputs = positions.map { result.outputs[$0] }
    var table = TextTable()
    table.add("output", outputs.map { result.model.heading($0.output.quantity) }, .left)
    table.add("unit", outputs.map(\.output.unit.shown), .left)
    addEstimates(
      of: outputs.compactMap(\.cells.first),
      given: posterior.map { all in positions.compactMap { all[$0].cells.first } },
      to: &table)
    return table.lines
  }

  private func table(of position: Int) -> [String] {
    let output = result.outputs[position]
    let quantity = result.model[output.output.quantity]
    let order = RowOrder(of: quantity.cells, in: result.model)
    let shown = Abbreviation(of: order.cells.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let cells = shown.kept.map { order.cells[$0] }
    var table = TextTable()
    order.addColumns(for: cells, resumingAt: shown.omitted > 0 ? shown.head.count : nil, to: &table)
    addEstimates(
      of: cells.map { output.cells[$0] }, given: posterior.map { all in cells.map { all[position].cells[$0] } },
      to: &table)
    var lines = table.lines
    if shown.omitted > 0 {
      let pointer = fullTable.map { ": see \($0)" } ?? ""
      lines.insert("… \(shown.omitted) more rows\(pointer)", at: 1 + shown.head.count)
    }
    let unit = output.output.unit.shown
    return [result.model.heading(output.output.quantity) + (unit.isEmpty ? "" : ", \(unit)")] + lines
  }

  /// Adds medians and intervals, then means; if there are observations, posterior statistics instead of means.
  private func addEstimates(of cells: [CellSummary], given posterior: [CellSummary]?, to table: inout TextTable) {
    let interval = result.model.settings.interval
    let style = NumberStyle(of: (cells + (posterior ?? [])).flatMap { $0.shownEstimates(interval) })
    if posterior == nil, cells.allSatisfy(\.isConstant) {
      Self.addQuantiles(of: cells, median: "value", interval, style: style, to: &table)
      return
    }
    Self.addQuantiles(of: cells, interval, style: style, to: &table)
    if let posterior {
      Self.addQuantiles(of: posterior, median: "posterior median", interval, style: style, to: &table)
      return
    }
    table.add(
      "mean",
      cells.map { cell in
        cell.shownMean.map { NumberText.estimate($0, digits: cell.shownDigits(interval), style: style) } ?? "not stable"
      }, .decimal)
  }

  /// Adds medians, under a heading, and intervals of a width; for a constant only the value.
  ///
  /// - Parameter style: the notation of all numbers of the table; by default the one that suits these cells.
  static func addQuantiles(
    of cells: [CellSummary], median heading: String = "median", _ interval: IntervalWidth, style: NumberStyle? = nil,
    to table: inout TextTable
  ) {
    let style = style ?? NumberStyle(of: cells.flatMap { $0.shownEstimates(interval) })
    func quantiles(_ probability: Double, ofConstants: Bool) -> [String] {
      TextTable.alignedAtPoint(
        cells.map { cell in
          cell.isConstant && !ofConstants
            ? ""
            : cell.shownQuantile(probability).map {
              NumberText.estimate($0, digits: cell.shownDigits(interval), style: style)
            } ?? ""
        })
    }
    table.add(heading, quantiles(0.5, ofConstants: true), .left)
    guard !cells.allSatisfy(\.isConstant) else { return }
    let (low, high) = interval.probabilities
    let ends = zip(quantiles(low, ofConstants: false), quantiles(high, ofConstants: false))
    table.add(
      "\(interval.text) interval",
      zip(cells, ends).map { cell, ends in cell.isConstant ? "constant" : "\(ends.0) to \(ends.1)" },
      .left)
  }
}

extension CellSummary {
  /// True if all finite draws have the same value, so that no statistic has an error; false for a single draw, which
  /// cannot show this.
  var isConstant: Bool { min == max && draws - nonFinite > 1 }

  /// Significant digits in tables. If the ends of the interval would look alike, there are enough for the first
  /// digit of its width: 2026 to 2029, not 2030 to 2030. If the interval has no width, that of all draws is used, for
  /// example for a year that nearly all draws have in common. A constant has one digit more than an estimate: 1287, not
  /// 1290.
  func shownDigits(_ interval: IntervalWidth) -> Int {
    if isConstant { return NumberText.digits + 1 }
    let ends = interval.probabilities
    guard var low = quantile(ends.low)?.value, var high = quantile(ends.high)?.value else { return NumberText.digits }
    if low == high { (low, high) = (min, max) }
    guard high > low, let width = DecimalDigits(high - low),
      let size = DecimalDigits(Swift.max(low.magnitude, high.magnitude))
    else { return NumberText.digits }
    return Swift.min(Swift.max(NumberText.digits, size.leadingPlace - width.leadingPlace + 1), 15)
  }

  /// A quantile as shown in tables.
  func shownQuantile(_ probability: Double) -> Estimate? {
    quantile(probability).map { isConstant ? Estimate($0.value, error: 0) : $0 }
  }

  /// The mean as shown in tables; nil if it is not stable.
  var shownMean: Estimate? {
    if isConstant { return Estimate(mean.value, error: 0) }
    return isMeanStable ? mean : nil
  }

  /// Every statistic shown in tables.
  func shownEstimates(_ interval: IntervalWidth) -> [Estimate] {
    [interval.probabilities.low, 0.5, interval.probabilities.high].compactMap(shownQuantile)
      + (shownMean.map { [$0] } ?? [])
  }
}

extension Unit {
  /// The unit as shown on screens: empty for pure numbers.
  var shown: String { text == Unit.one.text ? "" : text }
}
