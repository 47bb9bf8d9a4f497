import Modeling
import Sampling

extension Engine {
  /// Explains one draw: every quantity in evaluation order, computed from the draw's address alone.
  ///
  /// The values are those of the run, in every bit. Any number from 0 on may be asked for, also beyond the run.
  public func draw(number: Int) throws -> DrawExplanation {
    let number = max(0, number)
    let lowering = Lowering(model)
    let ordered = model.order.flatMap { group in
      Needs.order(of: group.quantities, in: model, along: group.along)
    }
    try lowering.lower(ordered)
    var kept = KeptValues()
    var places: [(cells: [Int], probabilities: [Int?])] = []
    for id in ordered {
      let cells = lowering.roots(of: id).map { kept.slot(of: $0, lowering.graph) }
      let probabilities = lowering.probabilities[id.position].map { $0.map { kept.slot(of: $0, lowering.graph) } }
      places.append((cells, probabilities))
    }
    let plan = Plan(lowering, sinks: kept.sinks, source: source, executionBlock: 1)
    let columns = KeptColumns(kept)
    let (block, draw) = number.quotientAndRemainder(dividingBy: AddressBlock.draws)
    Worker(plan, kept: columns.start).run(block: block, draw: draw)
    func value(_ slot: Int) -> Double { columns.value(slot, draw) }
    let values = zip(ordered, places).map { id, place in
      DrawExplanation.Value(
        quantity: id, cells: place.cells.map { value($0) / scale(of: id) },
        probabilities: place.probabilities.map { $0.map(value) })
    }
    return DrawExplanation(number: number, values: values)
  }

  /// How many base units one of a quantity's unit is; 1 for labels, whose values are positions.
  private func scale(of id: QuantityID) -> Double {
    model[id].input?.outcomes == nil ? model[id].unit.scale : 1
  }

  /// Hands out the first draws, an address block at a time: every input cell that has a probability, then every output
  /// cell. An output that is an input is given once, in the output's unit.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` said so; what `body` throws; `Diagnostics` where the
  ///   inputs alone make more values than a plan may have.
  public func drawTables(rows: Int, options: Options = Options(), body: (DrawTable) throws -> Void) throws {
    let lowering = Lowering(model)
    let reported = Set(model.outputs.map(\.quantity))
    let inputs = model.quantities.indices.map(QuantityID.init).filter { id in
      if case .input(let input) = model[id].kind { !reported.contains(id) && input.isUncertain } else { false }
    }
    try lowering.lower(inputs + model.outputs.map(\.quantity))
    var kept = KeptValues()
    var columns: [(name: String, unit: String)] = []
    var places: [(slot: Int, scale: Double)] = []
    for id in inputs {
      guard let input = model[id].input else { continue }
      for (cell, value) in lowering.roots(of: id).enumerated() where input.isUncertain(cell: cell) {
        let isLabel = input.outcomes != nil
        columns.append((model.cellName(id, cell: cell), isLabel ? "" : model[id].unit.text))
        places.append((kept.slot(of: value, lowering.graph), scale(of: id)))
      }
    }
    for output in model.outputs {
      for (cell, value) in lowering.roots(of: output.quantity).enumerated() {
        columns.append((model.cellName(output.quantity, cell: cell), output.unit.text))
        places.append((kept.slot(of: value, lowering.graph), output.unit.scale))
      }
    }
    let plan = Plan(lowering, sinks: kept.sinks, source: source, executionBlock: options.block)
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

extension Input {
  /// Whether any cell has a probability.
  fileprivate var isUncertain: Bool { cells.indices.contains { isUncertain(cell: $0) } }

  /// Whether a cell comes from a site that is no constant.
  fileprivate func isUncertain(cell: Int) -> Bool {
    func isUncertain(_ rule: CellRule) -> Bool {
      switch rule {
      case .site(let site): isUncertain(site)
      case .between(let from, let to, _, _): isUncertain(from) || isUncertain(to)
      case .scaled(let rule, _): isUncertain(rule)
      }
    }
    func isUncertain(_ site: Int) -> Bool {
      if case .constant = sites[site].value { false } else { true }
    }
    return isUncertain(cells[cell])
  }
}
