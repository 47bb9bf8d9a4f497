import Modeling
import Simulation
import Units

/// The figures of outputs as tables for people: median and 90 % interval first, then the mean where it settles.
struct OutputTables {
  /// Tables with more rows than this are cut to their first and last ones.
  static let rowLimit = 40
  /// Rows kept at either end of a table that is cut.
  static let rowsKept = 10

  let result: RunResult
  /// The same outputs given what was observed; nil where nothing was.
  var posterior: [OutputResult]?
  /// The file that has all rows, for tables that are cut.
  let fullTable: String?

  /// The lines of all tables; consecutive outputs without indexes share one.
  var lines: [String] {
    var lines: [String] = []
    var scalars: [Int] = []
    func finishScalars() {
      if !scalars.isEmpty { lines += table(ofScalars: scalars) + [""] }
      scalars = []
    }
    for position in result.outputs.indices {
      if result.model[result.outputs[position].output.quantity].cells.indexes.isEmpty {
        scalars.append(position)
      } else {
        finishScalars()
        lines += table(of: position) + [""]
      }
    }
    finishScalars()
    return lines
  }

  private func table(ofScalars positions: [Int]) -> [String] {
    let outputs = positions.map { result.outputs[$0] }
    var table = TextTable()
    table.add("output", outputs.map { result.model[$0.output.quantity].name }, .left)
    table.add("unit", outputs.map(\.output.unit.shown), .left)
    addFigures(
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
    addFigures(
      of: cells.map { output.cells[$0] }, given: posterior.map { all in cells.map { all[position].cells[$0] } },
      to: &table)
    var lines = table.lines
    if shown.omitted > 0 {
      let pointer = fullTable.map { ": see \($0)" } ?? ""
      lines.insert("… \(shown.omitted) more rows\(pointer)", at: 1 + shown.head.count)
    }
    let unit = output.output.unit.shown
    return [quantity.name + (unit.isEmpty ? "" : ", \(unit)")] + lines
  }

  /// Adds medians and intervals, then means; where something was observed, the figures given it instead of means.
  private func addFigures(of cells: [CellSummary], given posterior: [CellSummary]?, to table: inout TextTable) {
    Self.addQuantiles(of: cells, to: &table)
    if let posterior {
      Self.addQuantiles(of: posterior, median: "posterior median", to: &table)
      return
    }
    table.add(
      "mean",
      cells.map { cell in
        cell.shownMean.map { NumberText.estimate($0, digits: cell.shownDigits) } ?? "does not settle"
      }, .decimal)
  }

  /// Adds medians, under a heading, and 90 % intervals.
  static func addQuantiles(of cells: [CellSummary], median heading: String = "median", to table: inout TextTable) {
    func quantiles(_ probability: Double) -> [String] {
      TextTable.alignedAtPoint(
        cells.map { cell in
          cell.shownQuantile(probability).map { NumberText.estimate($0, digits: cell.shownDigits) } ?? ""
        })
    }
    table.add(heading, quantiles(0.5), .left)
    table.add("90 % interval", zip(quantiles(0.05), quantiles(0.95)).map { "\($0) to \($1)" }, .left)
  }
}

extension CellSummary {
  /// Whether all finite draws are one value, so that no figure has an error; of a single draw that says nothing.
  private var isConstant: Bool { min == max && draws - nonFinite > 1 }

  /// Significant digits in tables: as many as the first digit of the 90 % interval's width needs, where its ends would
  /// else look alike: 2026 to 2029, not 2030 to 2030. An interval without width takes that of all draws, as for a year
  /// that nearly all of them name; what no draw made uncertain has one digit more than an estimate: 1287, not 1290.
  var shownDigits: Int {
    if isConstant { return NumberText.digits + 1 }
    guard var low = quantile(0.05)?.value, var high = quantile(0.95)?.value else { return NumberText.digits }
    if low == high { (low, high) = (min, max) }
    guard high > low, let width = DecimalDigits(high - low),
      let size = DecimalDigits(Swift.max(low.magnitude, high.magnitude))
    else { return NumberText.digits }
    return Swift.min(Swift.max(NumberText.digits, size.leadingPlace - width.leadingPlace + 1), 15)
  }

  /// A quantile as tables show it.
  func shownQuantile(_ probability: Double) -> Estimate? {
    quantile(probability).map { isConstant ? Estimate($0.value, error: 0) : $0 }
  }

  /// The mean as tables show it; nil where it does not settle.
  var shownMean: Estimate? {
    if isConstant { return Estimate(mean.value, error: 0) }
    return momentWarning == nil ? mean : nil
  }

  /// Every figure that tables show.
  var shownFigures: [Estimate] { [0.05, 0.5, 0.95].compactMap(shownQuantile) + (shownMean.map { [$0] } ?? []) }
}

extension Unit {
  /// The unit as screens show it: nothing for pure numbers.
  var shown: String { text == Unit.one.text ? "" : text }
}
