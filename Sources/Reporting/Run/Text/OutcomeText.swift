import Modeling
import Simulation
import Units

extension OutputResult {
  /// True if the output has few outcomes in every cell, and more than one in some cell: its distribution is then shown
  /// as a table of values with their probabilities.
  var hasOutcomeTable: Bool {
    cells.contains { $0.outcomes.count > 1 } && cells.allSatisfy { !$0.outcomes.isEmpty || $0.draws == $0.nonFinite }
  }
}

extension CellSummary {
  /// The probability that a condition holds, for a cell of an output that is a condition, in a unit.
  ///
  /// The values are 0 and one (100 in percent), so the mean is the probability if values were not counted.
  func conditionProbability(in unit: Unit) -> Estimate {
    if outcomes.isEmpty { return Estimate(mean.value * unit.scale, error: mean.error * unit.scale) }
    if let holds = outcomes.first(where: { $0.value != 0 }) { return holds.probability }
    return Estimate(0, error: outcomes[0].probability.error)
  }

  /// The two outcomes of a condition, in a unit, false first; none without a finite draw.
  func conditionOutcomes(in unit: Unit) -> [Outcome] {
    let holds = conditionProbability(in: unit)
    guard holds.value.isFinite else { return [] }
    return [
      Outcome(0, probability: Estimate(1 - holds.value, error: holds.error)),
      Outcome(1 / unit, probability: holds),
    ]
  }

  /// A probability in this cell's draws: `33.3 %`, `below 0.001 %`; 0 % or 100 % if nothing in it is random.
  func probabilityText(_ probability: Estimate) -> String {
    if probability.error == 0, probability.value == 0 || probability.value == 1 {
      return probability.value == 0 ? "0 %" : "100 %"
    }
    return NumberText.probability(probability, digits: NumberText.digits, draws: draws - nonFinite)
  }

  /// The probability that a condition holds, as text.
  func conditionText(in unit: Unit) -> String { probabilityText(conditionProbability(in: unit)) }
}

/// The outcomes of some cells of one output, as the columns or rows of a table. If there are more than `limit`, the
/// outermost are merged, starting at the less probable end: `12 or more`.
struct OutcomeGroups {
  /// Values that share a row or column of a table.
  struct Group {
    /// `7`, `3 or less`, `12 or more`.
    var text: String
    /// Their positions among all values.
    var members: Range<Int>
  }

  /// Maximum number of groups in a table.
  static let limit = 12

  /// Ascending.
  let groups: [Group]
  private let values: [Double]

  /// The groups of all values that occur in any of the cells.
  init(of cells: [CellSummary], limit: Int = limit) {
    let values = Set(cells.flatMap { $0.outcomes.map(\.value) }).sorted()
    self.values = values
    var kept = values.indices
    func most(_ position: Int) -> Double {
      cells.reduce(0) { most, cell in
        max(most, cell.outcomes.first { $0.value == values[position] }?.probability.value ?? 0)
      }
    }
    var ends = (low: 0.0, high: 0.0)
    while kept.count > limit - (kept.lowerBound > 0 ? 1 : 0) - (kept.upperBound < values.count ? 1 : 0) {
      let next = (low: ends.low + most(kept.lowerBound), high: ends.high + most(kept.upperBound - 1))
      if next.low < next.high {
        (ends.low, kept) = (next.low, kept.dropFirst())
      } else {
        (ends.high, kept) = (next.high, kept.dropLast())
      }
    }
    // The value at which an end group begins belongs to that group.
    let texts = NumberText.column(values, digits: 6)
    let isYears = values.allSatisfy { (1500...2500).contains($0) && $0 == $0.rounded() }
    var groups = kept.map { Group(text: texts[$0], members: $0..<$0 + 1) }
    if kept.lowerBound > 0 {
      groups.insert(
        Group(text: "\(texts[kept.lowerBound - 1]) or \(isYears ? "earlier" : "less")", members: 0..<kept.lowerBound),
        at: 0)
    }
    if kept.upperBound < values.count {
      groups.append(
        Group(
          text: "\(texts[kept.upperBound]) or \(isYears ? "later" : "more")", members: kept.upperBound..<values.count))
    }
    self.groups = groups
  }

  /// The probability of a group in a cell. The standard error of the sum is at most the root of the sum of squared
  /// errors, since shares of the same draws are negatively correlated.
  func probability(_ group: Group, in cell: CellSummary) -> Estimate {
    let members = cell.outcomes.filter { outcome in values[group.members].contains(outcome.value) }
    if members.count == 1 { return members[0].probability }
    if members.isEmpty {
      return Estimate(0, error: cell.outcomes.map(\.probability.error).min() ?? .nan)
    }
    return Estimate(
      members.reduce(0) { $0 + $1.probability.value },
      error: members.reduce(0) { $0 + $1.probability.error * $1.probability.error }.squareRoot())
  }

  /// The probability as a table field, in percent without the percent sign: `33.3`, `<0.001`, `>99.9`.
  func text(_ group: Group, in cell: CellSummary) -> String {
    cell.probabilityText(probability(group, in: cell)).replacing("below ", with: "<").replacing("above ", with: ">")
      .replacing(" %", with: "")
  }
}
