import Distributions
import Modeling
import Sampling
import Units

/// An input or reference with checked distributions. Its coordinates have addresses; they are numbered once all are
/// known.
struct CheckedInput {
  /// A cell or anchor point that has its own value.
  struct CheckedSupportPoint {
    /// Its value.
    var value: SupportPoint.Value
    /// The address of its coordinate, if it may have one.
    var address: CoordinateAddress?
    /// Whether it changes from draw to draw.
    var isUncertain: Bool
    /// The label positions.
    var labels: [IndexID: Int]
    /// The label of an anchor point outside its index.
    var outside: SupportPoint.OutsideLabel?
    /// The labelled value that it comes from.
    var labelledValue: LabelledValue
    /// The value as it would be written in a scenario.
    var text: String
  }

  /// Shares that sum to one.
  struct CheckedShareGroup {
    /// The Dirichlet parameters.
    var parameters: [Expression]
    /// The coordinates of all parts but the last.
    var addresses: [CoordinateAddress]
    /// The label positions on the other indexes.
    var labels: [IndexID: Int]
  }

  /// A coordinate with its position among those of the input.
  struct CheckedCoordinate {
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
  /// The support points.
  var supportPoints: [CheckedSupportPoint] = []
  /// The rules that compute cells from support points.
  var cells: [CellRule] = []
  /// The groups of shares.
  var groups: [CheckedShareGroup] = []
  /// The index whose labels are the values.
  var categories: IndexID?
  /// The dependence of cells along each index; empty if nothing is uncertain.
  var dependence: [IndexID: IndexDependence] = [:]
  /// The coordinates, in the order of cells, each once.
  var coordinates: [CheckedCoordinate] = []
  /// The addresses of `coordinates`.
  var known: Set<CoordinateAddress> = []
  /// Whether one of its distributions sums to one along an index.
  var holdsShares: Bool { !groups.isEmpty }
}

/// Checks the value of an input or reference: its distributions, their unit, and the assignment of cells to them.
struct InputChecker {
  let context: CheckContext
  let id: QuantityID
  let declaration: InputDeclaration
  /// Whether a correlation names the input, so that its constants have coordinates too.
  let isCorrelated: Bool

  /// A labelled value with its checked value.
  private struct Entry {
    var labelledValue: LabelledValue
    var value: CheckedValue
  }

  /// The checked input; nil if an error was reported.
  func check(_ labelledValues: [LabelledValue]) -> CheckedInput? {
    guard declaration.isSound, !labelledValues.isEmpty else { return nil }
    let (cells, overflow) = context.inputCells.addingReportingOverflow(context.cellCount(declaration.over))
    guard !overflow, cells <= SizeLimit.allCells else {
      context.report(
        .tooManyInputCells(cells, upTo: context[id].name, limit: SizeLimit.allCells), at: declaration.entry.namePlace)
      return nil
    }
    context.inputCells = cells
    let distributions = DistributionChecker(context: context, quantity: id, over: Set(declaration.over))
    var entries: [Entry] = []
    var isSound = true
    for labelledValue in labelledValues {
      if let value = distributions.check(labelledValue.syntax, unit: labelledValue.unit ?? declaration.unit) {
        entries.append(Entry(labelledValue: labelledValue, value: value))
      } else {
        isSound = false
      }
    }
    guard isSound, let dimension = dimension(of: entries), let categories = categories(of: entries) else { return nil }
    var result = CheckedInput(over: declaration.over, unit: unit(of: entries, dimension))
    result.categories = categories.index
    guard
      let space = SupportPointLayout(
        context, declaration, entries.map { ($0.labelledValue, $0.value) }, isCorrelated: isCorrelated)
    else { return nil }
    result.dependence = space.dependence
    guard space.fill(&result, name: context[id].name) else { return nil }
    return result
  }

  // MARK: - Unit

  /// The common dimension of all labelled values.
  private func dimension(of entries: [Entry]) -> Dimension? {
    var common: (dimensionality: Dimensionality, labelledValue: LabelledValue?) =
      (declaration.unit.map { .known($0.dimension) } ?? .free, nil)
    for entry in entries {
      guard let both = common.dimensionality.unified(with: entry.value.dimensionality) else {
        let distributions = DistributionChecker(context: context, quantity: id, over: [])
        let isBare = !entry.labelledValue.syntax.holdsUnit
        context.report(
          .valueUnit(
            context[id].name, expected: declaration.unit?.text ?? distributions.words(common.dimensionality),
            found: "`\(entry.labelledValue.syntax.text)`, \(distributions.words(entry.value.dimensionality))",
            isBare: isBare && declaration.unit == nil, first: common.labelledValue?.syntax.place),
          at: entry.labelledValue.syntax.place)
        return nil
      }
      if common.labelledValue == nil, declaration.unit == nil, case .known = both {
        common.labelledValue = entry.labelledValue
      }
      common.dimensionality = both
    }
    return common.dimensionality.dimension
  }

  /// The unit for reports: `unit:`, or else the first unit in the values that fits.
  private func unit(of entries: [Entry], _ dimension: Dimension) -> Unit {
    if let unit = declaration.unit { return unit }
    for entry in entries {
      if let unit = entry.labelledValue.unit, unit.dimension == dimension { return unit }
      for text in entry.labelledValue.syntax.units {
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

  /// The index whose labels are the values, if they are labels; labels and numbers must not be mixed.
  private func categories(of entries: [Entry]) -> (index: IndexID?, Void)? {
    var found: Set<IndexID> = []
    var hasNumbers = false
    for entry in entries {
      if case .categories(let index, _) = entry.value.kind { found.insert(index) } else { hasNumbers = true }
    }
    guard found.count <= 1, found.isEmpty || !hasNumbers else {
      context.report(.mixedLabels(context[id].name), at: declaration.entry.namePlace)
      return nil
    }
    if let index = found.first, declaration.unit != nil {
      context.report(.labelsWithUnit(context[index].name), at: declaration.entry.namePlace)
      return nil
    }
    if !found.isEmpty, let place = declaration.interpolationPlace, declaration.interpolation != .step {
      context.report(.interpolationOfLabels, at: place)
      return nil
    }
    return (found.first, ())
  }
}

extension CheckedValue {
  /// Whether it is a nonzero number without a percent sign.
  fileprivate var isPlainNumber: Bool {
    if case .constant(let number) = kind { return !isPercent && number != 0 }
    return !isPercent && dimensionality == .pure
  }
}

extension Syntax {
  /// The units in the expression, in order.
  var units: [UnitText] {
    if case .number(_, let unit?, _) = kind { return [unit] }
    return parts.flatMap(\.units)
  }
}
