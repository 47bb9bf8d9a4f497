import Distributions
import Modeling
import Sampling
import Units

/// An input or reference with its laws checked; coordinates have addresses, and get their numbers when all are known.
struct CheckedStated {
  /// A cell or knot with a value of its own.
  struct Site {
    /// What stands there.
    var value: Modeling.Site.Value
    /// The coordinate, if it may have one.
    var address: CoordinateAddress?
    /// Whether it changes from draw to draw.
    var isUncertain: Bool
    /// The label positions.
    var labels: [IndexID: Int]
    /// The label of an anchor point outside its index.
    var outside: Modeling.Site.OutsideLabel?
    /// The leaf that says so.
    var leaf: ValueLeaf
    /// The value as a reader would write it.
    var text: String
  }

  /// Shares that sum to one.
  struct Group {
    /// The Dirichlet parameters.
    var parameters: [Expression]
    /// The coordinates of all parts but the last.
    var addresses: [CoordinateAddress]
    /// The label positions on the other indexes.
    var labels: [IndexID: Int]
  }

  /// A coordinate with its place among the others of the input.
  struct Member {
    /// The address.
    var address: CoordinateAddress
    /// Label positions along indexes that are not shared.
    var labels: [IndexID: Int]
    /// The labels' numbers on numeric indexes, their positions on others.
    var places: [IndexID: Double]
  }

  /// The indexes.
  var over: [IndexID]
  /// The unit in which it is reported.
  var unit: Unit
  /// The sites.
  var sites: [Site] = []
  /// How each cell comes from sites.
  var cells: [CellRule] = []
  /// The groups of shares.
  var groups: [Group] = []
  /// The index whose labels are the values.
  var outcomes: IndexID?
  /// How cells hang together; empty if nothing is uncertain.
  var across: [IndexID: Across] = [:]
  /// The coordinates, in the order of cells, each once.
  var members: [Member] = []
  /// The addresses of `members`.
  var known: Set<CoordinateAddress> = []
  /// Whether a law of it sums to one along an index.
  var holdsShares: Bool { !groups.isEmpty }
}

/// Checks the value of an input or reference: its laws, their unit, and which cells take which.
struct StatedChecker {
  let context: CheckContext
  let id: QuantityID
  let draft: StatedDraft
  /// Whether a correlation names it, so that constants have coordinates too.
  let isCorrelated: Bool

  /// A leaf with its value.
  private struct Entry {
    var leaf: ValueLeaf
    var value: CheckedValue
  }

  /// The checked value; nil if a mistake was reported.
  func check(_ leaves: [ValueLeaf]) -> CheckedStated? {
    guard draft.isSound, !leaves.isEmpty else { return nil }
    let (cells, overflow) = context.statedCells.addingReportingOverflow(context.cellCount(draft.over))
    guard !overflow, cells <= SizeLimit.allCells else {
      context.error(
        "the inputs have too many cells together", at: draft.entry.namePlace,
        expected: "at most \(SizeLimit.allCells)", found: "\(cells) up to `\(context[id].name)`")
      return nil
    }
    context.statedCells = cells
    let laws = LawChecker(context: context, quantity: id, over: Set(draft.over))
    var entries: [Entry] = []
    var isSound = true
    for leaf in leaves {
      if let value = laws.check(leaf.syntax, unit: leaf.unit ?? draft.unit) {
        entries.append(Entry(leaf: leaf, value: value))
      } else {
        isSound = false
      }
    }
    guard isSound, let dimension = dimension(of: entries), let outcomes = outcomes(of: entries) else { return nil }
    var result = CheckedStated(over: draft.over, unit: unit(of: entries, dimension))
    result.outcomes = outcomes.index
    guard let space = SiteSpace(context, draft, entries.map { ($0.leaf, $0.value) }, isCorrelated: isCorrelated)
    else { return nil }
    result.across = space.across
    guard space.fill(&result, name: context[id].name) else { return nil }
    return result
  }

  // MARK: - Unit

  /// The one dimension of all leaves.
  private func dimension(of entries: [Entry]) -> Dimension? {
    var common: (dimensionality: Dimensionality, leaf: ValueLeaf?) =
      (draft.unit.map { .known($0.dimension) } ?? .free, nil)
    for entry in entries {
      guard let both = common.dimensionality.unified(with: entry.value.dimensionality) else {
        let laws = LawChecker(context: context, quantity: id, over: [])
        let isBare = !entry.leaf.syntax.holdsUnit
        context.error(
          common.leaf == nil
            ? "the value of `\(context[id].name)` is not in its unit"
            : "the values of `\(context[id].name)` have different units",
          at: entry.leaf.syntax.place, expected: draft.unit?.text ?? laws.words(common.dimensionality),
          found: "`\(entry.leaf.syntax.text)`, \(laws.words(entry.value.dimensionality))",
          advice: isBare && draft.unit == nil ? "say `unit: …` for bare numbers" : nil,
          notes: common.leaf.map { [.init("the first unit is here", at: $0.syntax.place)] } ?? [])
        return nil
      }
      if common.leaf == nil, draft.unit == nil, case .known = both { common.leaf = entry.leaf }
      common.dimensionality = both
    }
    return common.dimensionality.dimension
  }

  /// The unit of reports: `unit:`, else the first one written that fits.
  private func unit(of entries: [Entry], _ dimension: Dimension) -> Unit {
    if let unit = draft.unit { return unit }
    for entry in entries {
      if let unit = entry.leaf.unit, unit.dimension == dimension { return unit }
      for text in entry.leaf.syntax.units {
        guard let unit = try? context.units.parse(text.text) else { continue }
        if unit.dimension == dimension { return unit }
        if unit.dimension.inverse == dimension { return unit.inverse }
      }
    }
    if dimension.isDimensionless {
      let isPercent = entries.contains(where: \.value.isPercent) && !entries.contains { $0.value.isPlainNumber }
      return isPercent ? (try? context.units.parse("%")) ?? .one : .one
    }
    return Unit(coherent: dimension)
  }

  /// The index whose labels are the values, if they are; labels and numbers do not mix.
  private func outcomes(of entries: [Entry]) -> (index: IndexID?, Void)? {
    var found: Set<IndexID> = []
    var hasNumbers = false
    for entry in entries {
      if case .outcomes(let index, _) = entry.value.kind { found.insert(index) } else { hasNumbers = true }
    }
    guard found.count <= 1, found.isEmpty || !hasNumbers else {
      context.error(
        "the values of `\(context[id].name)` are not all labels of one index", at: draft.entry.namePlace)
      return nil
    }
    if let index = found.first, draft.unit != nil {
      context.error("labels of `\(context[index].name)` have no unit", at: draft.entry.namePlace)
      return nil
    }
    if !found.isEmpty, let place = draft.betweenPlace, draft.between != .step {
      context.error(
        "between labels there is nothing; only `step` fills cells between anchor points of labels", at: place)
      return nil
    }
    return (found.first, ())
  }
}

extension CheckedValue {
  /// Whether it is a number that is not written in percent and not 0.
  fileprivate var isPlainNumber: Bool {
    if case .constant(let number) = kind { return !isPercent && number != 0 }
    return !isPercent && dimensionality == .pure
  }
}

extension Syntax {
  /// The units that are written inside, in order.
  var units: [UnitText] {
    if case .number(_, let unit?, _) = kind { return [unit] }
    return parts.flatMap(\.units)
  }
}
