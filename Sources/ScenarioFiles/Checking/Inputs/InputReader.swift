import Diagnostics
import Modeling
import Units

/// An input or reference as read: its keys, and its value as labelled values.
struct InputDeclaration {
  /// The entry in the file.
  var entry: ParsedScenario.Entry
  /// Its name in words.
  var label: String?
  /// Its indexes.
  var over: [IndexID] = []
  /// The unit of its bare numbers and of reports.
  var unit: Unit?
  /// Its dependence along each index, as far as it is stated.
  var dependence: [IndexID: IndexDependence] = [:]
  /// The place of that statement; nil if there is none.
  var dependencePlace: SourcePlace?
  /// A mode for every index, from `dependence: shared`.
  var dependenceEverywhere: IndexDependence?
  /// The interpolation between anchor points.
  var interpolation: Interpolation?
  /// The place of that statement.
  var interpolationPlace: SourcePlace?
  /// Whether the outer anchor points also apply outside their range.
  var holdsOuterAnchors = false
  /// The values with their labels; empty if the value could not be read.
  var labelledValues: [LabelledValue] = []
  /// The same after `--set`, if that changes it.
  var assigned: [LabelledValue]?
  /// The index of anchor points, if there are any.
  var anchorIndex: IndexID?
  /// A reference's scope tags.
  var scope: [String: String] = [:]
  /// Its source.
  var provenance = Provenance()
  /// Whether every key could be read.
  var isSound = true

  /// The ways to fill the cells between anchor points.
  enum Interpolation: String, CaseIterable {
    /// Straight lines, of values or of their logarithms, or the last anchor point.
    case linear, log, step
  }
}

/// A text of a value, with the labels it applies to.
struct LabelledValue {
  /// The parsed text.
  var syntax: Syntax
  /// The labels that lead to it, on the indexes that the value mentions.
  var labels: [IndexID: Int] = [:]
  /// The unit of its bare numbers, if a table's row gives one.
  var unit: Unit?
  /// Its place.
  var origin: Origin
  /// Statements of a table's row.
  var provenance = Provenance()
}

/// Reads inputs and references: their keys, and their values as labelled values.
struct InputReader {
  let context: CheckContext

  /// The declaration of an entry.
  func read(_ entry: ParsedScenario.Entry, isReference: Bool) -> InputDeclaration {
    var declaration = InputDeclaration(entry: entry)
    let (_, isSound) = context.attempt { read(entry, isReference: isReference, into: &declaration) }
    declaration.isSound = declaration.isSound && isSound
    return declaration
  }

  private func read(_ entry: ParsedScenario.Entry, isReference: Bool, into declaration: inout InputDeclaration) {
    guard case .mapping(let entries) = entry.value.kind else {
      declaration.labelledValues = labelledValue(entry.value).map { [$0] } ?? []
      return
    }
    let fields = Fields(entries, isReference ? ScenarioSchema.reference : ScenarioSchema.input, context)
    declaration.provenance = fields.provenance
    declaration.label = fields.label
    if let unit = fields["unit"] { declaration.unit = UnitReader(context).unit(unit.value) }
    if let over = fields["over"] {
      // Without the indexes, the labels of a value cannot be checked.
      guard let indexes = indexes(over.value) else {
        declaration.isSound = false
        return
      }
      declaration.over = indexes
    }
    if let scope = fields["scope"] { declaration.scope = ScopeReader(context).tags(scope.value) }
    DependenceReader(context).read(fields["dependence"], into: &declaration)
    readInterpolation(fields, into: &declaration)
    switch (fields["value"], fields["table"]) {
    case (let value?, nil):
      for key in ["columns", "missing"] {
        if let stray = fields[key] {
          context.report(.keyOfTable(key), at: stray.keyPlace)
        }
      }
      declaration.labelledValues = MappingReader(context, declaration).labelledValues(value.value)
    case (nil, let table?):
      declaration.labelledValues = TableReader(context, declaration).labelledValues(
        table, columns: fields["columns"], missing: fields["missing"])
    case (let value?, .some):
      context.report(.valueAndTable(entry.name), at: value.keyPlace)
    case (nil, nil):
      context.report(.missingInputValue(entry.name), at: entry.namePlace)
    }
    declaration.anchorIndex = AnchorIndexReader(context).index(of: declaration)
    declaration.labelledValues = AnchorSelection(
      context: context, declaration: declaration, along: declaration.anchorIndex
    ).selected(declaration.labelledValues)
  }

  /// The labelled value of a scalar.
  func labelledValue(_ node: Node) -> LabelledValue? {
    guard let syntax = context.value(of: node, "a value") else { return nil }
    return LabelledValue(syntax: syntax, origin: .file(node.span))
  }

  /// The indexes of `over`, each once.
  func indexes(_ node: Node) -> [IndexID]? {
    let items: [Node]
    switch node.kind {
    case .sequence(let nodes): items = nodes
    default: items = [node]
    }
    var found: [IndexID] = []
    var isSound = true
    for item in items {
      guard let name = item.text else {
        context.report(.indexNameExpected(found: item.kindInWords), at: item.place)
        isSound = false
        continue
      }
      guard let index = context.names.index(name) else {
        FormulaChecker(context: context, use: .constant).reportNoIndex(name, at: item.span)
        isSound = false
        continue
      }
      if found.contains(index) {
        context.report(.repeatedOver(name), at: item.span)
      } else {
        found.append(index)
      }
    }
    if context.cellCount(found) > SizeLimit.cells {
      context.report(
        .tooManyCells(context.cellCount(found), over: context.list(found), limit: SizeLimit.cells), at: node.place)
      return nil
    }
    return isSound ? found : nil
  }

  private func readInterpolation(_ fields: Fields, into declaration: inout InputDeclaration) {
    if let entry = fields["interpolate"] {
      declaration.interpolationPlace = entry.value.span
      let text = entry.value.text ?? ""
      declaration.interpolation = InputDeclaration.Interpolation(rawValue: text)
      if declaration.interpolation == nil {
        let known = InputDeclaration.Interpolation.allCases.map(\.rawValue)
        context.report(
          .unknownInterpolation(
            found: entry.value.kindInWords, known: known, nearest: context.nearest(to: text, among: known)),
          at: entry.value.span)
      }
    }
    if let entry = fields["extrapolate"] {
      if entry.value.text != "hold" {
        context.report(.unknownExtrapolation(found: entry.value.kindInWords), at: entry.value.span)
      } else if fields["interpolate"] == nil {
        context.report(.extrapolationAlone, at: entry.keyPlace)
      }
      declaration.holdsOuterAnchors = true
    }
  }
}

extension CheckContext {
  /// The parsed value of a scalar; reported if it is not a value.
  func value(of node: Node, _ what: String) -> Syntax? {
    guard case .scalar(let scalar) = node.kind else {
      report(.scalarExpected(what, found: node.kindInWords), at: node.place)
      return nil
    }
    return value(of: scalar)
  }

  /// The parsed text of a scalar; reported if it cannot be parsed.
  func syntax(of node: Node, _ what: String) -> Syntax? {
    guard case .scalar(let scalar) = node.kind else {
      report(.scalarExpected(what, found: node.kindInWords), at: node.place)
      return nil
    }
    do throws(Diagnostics) {
      return try FormulaParser.syntax(of: scalar)
    } catch {
      report(error)
      return nil
    }
  }
}
