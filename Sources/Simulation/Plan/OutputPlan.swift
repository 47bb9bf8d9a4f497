import Modeling

/// The sinks from which an output's statistics are computed.
struct OutputPlan {
  /// The source of a value's statistics.
  enum Statistics {
    /// The value is the same in every draw.
    case constant(Double)
    /// A separate slot.
    case slot(Int)
    /// A summary's, times a positive factor.
    case multiple(Double, ofSummary: Int)
  }

  /// A row of a comparison.
  struct Row {
    var cell: Int
    var referenceLabels: [IndexID: Int]
    var ratio: Statistics
    var excess: Statistics
  }

  var output: Output
  var cells: [Statistics]
  var comparisons: [[Row]]

  /// The plan of at most a number of cells and rows of each comparison.
  func prefix(_ most: Int) -> OutputPlan {
    OutputPlan(
      output: output, cells: Array(cells.prefix(most)), comparisons: comparisons.map { Array($0.prefix(most)) })
  }

  /// The outputs of a model with their sinks, in an order that keeps live ranges short: cell by cell over all outputs,
  /// because outputs of one year share more than years of one output.
  static func make(_ lowering: Lowering) -> (outputs: [OutputPlan], sinks: [(value: ValueID, sink: Sink)]) {
    let model = lowering.model
    var slots = Plan.SlotCounts()
    var sinks: [(place: Double, value: ValueID, sink: Sink)] = []
    var summaries: [ValueID: Int] = [:]
    // Values that differ by a positive factor have the same draws up to the factor, and are summarised once.
    func summary(_ value: ValueID, place: Double) -> Statistics {
      if let number = lowering.graph.constant(value) { return .constant(number) }
      let (bare, factor) = lowering.graph.summarised(value)
      if let slot = summaries[bare] { return .multiple(factor, ofSummary: slot) }
      summaries[bare] = slots.summaries
      sinks.append((place, bare, .summary(slot: slots.summaries)))
      slots.summaries += 1
      return .multiple(factor, ofSummary: slots.summaries - 1)
    }
    func figures(_ value: ValueID, place: Double, _ slot: WritableKeyPath<Plan.SlotCounts, Int>, _ sink: (Int) -> Sink)
      -> Statistics
    {
      if let number = lowering.graph.constant(value) { return .constant(number) }
      sinks.append((place, value, sink(slots[keyPath: slot])))
      slots[keyPath: slot] += 1
      return .slot(slots[keyPath: slot] - 1)
    }
    var plans: [OutputPlan] = []
    for output in model.outputs {
      let values = lowering.roots(of: output.quantity)
      let places = values.indices.map { Double($0) / Double(values.count) }
      let cells = values.indices.map { cell in
        summary(values[cell], place: places[cell])
      }
      var comparisons: [[Row]] = []
      for comparison in output.comparisons {
        let pairs = pairs(of: comparison, output: output, in: model)
        let references = lowering.roots(of: comparison.reference)
        let conversions = comparison.convert.map(lowering.roots)
        comparisons.append(
          pairs.map { pair in
            var factors = [values[pair.cell]]
            if let conversions, let cell = pair.conversion { factors.append(conversions[cell]) }
            let held = lowering.graph.product(scale: 1, numerators: factors, denominators: [])
            let reference = references[pair.reference]
            let ratio = lowering.graph.product(scale: 1, numerators: [held], denominators: [reference])
            let difference = lowering.graph.linear(shift: 0, [(1, held), (-1, reference)])
            let place = places[pair.cell]
            var ratioFigures: Statistics?
            if lowering.graph.rules.contains(.multiples),
              case .multiple(let factor, let slot) = cells[pair.cell], held == values[pair.cell],
              let number = lowering.graph.constant(reference), number > 0, number < .infinity
            {
              ratioFigures = .multiple(factor / number, ofSummary: slot)
            }
            return Row(
              cell: pair.cell, referenceLabels: pair.labels,
              ratio: ratioFigures ?? figures(ratio, place: place, \.ratios) { .ratio(slot: $0) },
              excess: figures(difference, place: place, \.positives) { .positive(slot: $0) })
          })
      }
      plans.append(OutputPlan(output: output, cells: cells, comparisons: comparisons))
    }
    let ordered = sinks.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
    return (plans, ordered.map { ($0.element.value, $0.element.sink) })
  }

  /// A comparison of an output cell with a reference cell.
  private struct Pair {
    var cell: Int
    var reference: Int
    var conversion: Int?
    var labels: [IndexID: Int]
  }

  /// The cells of an output paired with the cells of a reference that have their labels; one pair for each label of an
  /// index that only the reference has.
  private static func pairs(of comparison: Comparison, output: Output, in model: Model) -> [Pair] {
    let space = model[output.quantity].cells
    let reference = model[comparison.reference].cells
    let own = reference.indexes.filter { !space.indexes.contains($0) && comparison.labels[$0] == nil }
    var extra: [[IndexID: Int]] = [[:]]
    for index in own {
      extra = extra.flatMap { labels in
        model[index].labels.indices.map { labels.merging([index: $0]) { $1 } }
      }
    }
    let conversion = comparison.convert.map { model[$0].cells }
    var pairs: [Pair] = []
    for cell in 0..<space.count {
      let labels = Dictionary(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell)))
      for further in extra {
        // A label selected in the comparison has precedence over the output's own.
        let all = labels.merging(further) { $1 }.merging(comparison.labels) { $1 }
        pairs.append(
          Pair(
            cell: cell, reference: reference.cell(at: reference.indexes.map { all[$0] ?? 0 }),
            conversion: conversion.map { space in space.cell(at: space.indexes.map { labels[$0] ?? 0 }) },
            labels: further))
      }
    }
    return pairs
  }
}

extension SummaryTotals {
  /// Whether a value that is summarised as a multiple of another one overflows in some draw in which the other does not.
  ///
  /// Such draws must be counted as not finite, which a factor applied to statistics cannot do.
  func overflow(_ outputs: [OutputPlan]) -> Bool {
    func overflows(_ figures: OutputPlan.Statistics) -> Bool {
      guard case .multiple(let factor, let slot) = figures, factor > 1 else { return false }
      let moments = moments(slot: slot)
      return moments.count > 0 && !((moments.minimum * factor).isFinite && (moments.maximum * factor).isFinite)
    }
    return outputs.contains { output in
      output.cells.contains(where: overflows) || output.comparisons.contains { $0.contains { overflows($0.ratio) } }
    }
  }
}
