import Modeling
import Sampling
import Units

extension Engine {
  /// Explains one draw: the values of all quantities in evaluation order, computed from the draw's address alone.
  ///
  /// The values are those of the run, bit for bit. The number may be any from 0 on, also beyond the run.
  package func draw(number: Int, options: Options = Options()) throws -> DrawExplanation {
    let number = max(0, number)
    let all = Set(model.quantities.indices.map(QuantityID.init))
    return try DrawValues(model, all, source: source, workers: options.width, without: withoutRules).explanation(
      ofDraw: number)
  }

  /// The report unit of a quantity in base units; 1 for labels, whose values are positions.
  private func scale(of id: QuantityID) -> ReportScale { model.reportedScale(of: id) }

  /// Calls `body` with tables of the first draws, one address block at a time: all input cells that have a probability,
  /// then all output cells. An output that is an input appears once, in the output's unit.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true; errors of `body`; `Diagnostics` if the
  ///   inputs alone exceed the size limit of a plan.
  package func drawTables(rows: Int, options: Options = Options(), body: (DrawTable) throws -> Void) throws {
    let lowering = Lowering(model, without: withoutRules)
    let reported = Set(model.outputs.map(\.quantity))
    let inputs = model.quantities.indices.map(QuantityID.init).filter { id in
      if model.latentTotal(hiddenIn: id) != nil { return false }
      return if case .input(let input) = model[id].kind { !reported.contains(id) && input.isUncertain } else { false }
    }
    try lowering.lower(inputs + model.outputs.map(\.quantity))
    var kept = KeptValues()
    var columns: [(name: String, unit: String)] = []
    var places: [(slot: Int, scale: ReportScale)] = []
    for id in inputs {
      guard let input = model[id].input else { continue }
      for (cell, value) in lowering.roots(of: id).enumerated() where input.isUncertain(cell: cell) {
        let isLabel = input.categories != nil
        columns.append((model.cellName(id, cell: cell), isLabel ? "" : model[id].unit.text))
        places.append((kept.slot(of: value, lowering.graph), scale(of: id)))
      }
    }
    for output in model.outputs {
      for (cell, value) in lowering.roots(of: output.quantity).enumerated() {
        columns.append((model.cellName(output.quantity, cell: cell), output.unit.text))
        places.append((kept.slot(of: value, lowering.graph), output.unit.reportScale))
      }
    }
    let plan = Plan(lowering, sinks: kept.sinks, source: source, executionBlock: options.block, workers: options.width)
    let memory = KeptColumns(kept)
    let worker = Worker(plan, kept: memory.start)
    let isCancelled = { options.isCancelled?() ?? false }
    for block in 0..<AddressBlock.count(ofDraws: rows) {
      let first = block * AddressBlock.draws
      let count = min(AddressBlock.draws, rows - first)
      guard !isCancelled(), worker.run(block: block, count: count, isCancelled: isCancelled) else {
        throw CancellationError()
      }
      let values = places.map { place in
        (0..<count).map { memory.value(place.slot, $0) / place.scale }
      }
      try body(DrawTable(columns: columns, values: values, firstDraw: first))
      options.progress?(Double(first + count) / Double(rows))
    }
  }
}

extension Model {
  /// The report unit of a quantity in base units; 1 for labels, whose values are positions.
  package func reportedScale(of id: QuantityID) -> ReportScale {
    self[id].input?.categories == nil ? self[id].unit.reportScale : .one
  }
}

extension Input {
  /// Whether any cell is random.
  fileprivate var isUncertain: Bool { cells.indices.contains { isUncertain(cell: $0) } }

  /// Whether a cell depends on a support point that is not a constant.
  package func isUncertain(cell: Int) -> Bool {
    func isUncertain(_ rule: CellRule) -> Bool {
      switch rule {
      case .supportPoint(let supportPoint): isUncertain(supportPoint)
      case .interpolated(let from, let to, _, _): isUncertain(from) || isUncertain(to)
      case .scaled(let rule, _): isUncertain(rule)
      }
    }
    func isUncertain(_ supportPoint: Int) -> Bool {
      if case .constant = supportPoints[supportPoint].value { false } else { true }
    }
    return isUncertain(cells[cell])
  }
}
