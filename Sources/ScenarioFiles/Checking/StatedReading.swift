import Modeling
import Units

/// An input or reference as read: its keys, and its value as leaves at labels.
struct StatedDraft {
  /// The entry in the file.
  var entry: Draft.Entry
  /// Its indexes.
  var over: [IndexID] = []
  /// The unit of its bare numbers and of its reports.
  var unit: Unit?
  /// How it hangs together along each index, as far as that is said.
  var across: [IndexID: Across] = [:]
  /// Where that is said; nil if it is not said at all.
  var acrossPlace: SourcePlace?
  /// A mode for every index, from `dependence: shared`.
  var acrossEverywhere: Across?
  /// How cells between knots come about.
  var between: Interpolation?
  /// Where that is said.
  var betweenPlace: SourcePlace?
  /// Whether the outer knots hold beyond them.
  var holdsBeyond = false
  /// What is said at which labels; none if the value could not be read.
  var leaves: [ValueLeaf] = []
  /// The same after `--set`, if that changes it.
  var assigned: [ValueLeaf]?
  /// The index of knots, if there are any.
  var knots: IndexID?
  /// A reference's scope tags.
  var scope: [String: String] = [:]
  /// Where it comes from.
  var provenance = Provenance()
  /// Whether every key could be read.
  var isSound = true

  /// The ways to fill the cells between knots.
  enum Interpolation: String, CaseIterable {
    /// Straight lines, of values or of their logarithms, or the last knot.
    case linear, log, step
  }
}

/// A text of a value with the labels at which it stands.
struct ValueLeaf {
  /// The text, parsed.
  var syntax: Syntax
  /// The labels that lead to it, on the indexes that the value mentions.
  var labels: [IndexID: Int] = [:]
  /// The unit of its bare numbers, where a table's row gives one.
  var unit: Unit?
  /// Where it is written.
  var origin: Origin
  /// Statements of a table's row.
  var provenance = Provenance()
}

/// Reads inputs and references: their keys, and their values as leaves at labels.
struct StatedReading {
  let context: CheckContext

  /// What an entry says.
  func read(_ entry: Draft.Entry, isReference: Bool) -> StatedDraft {
    var draft = StatedDraft(entry: entry)
    let (_, isSound) = context.attempt { read(entry, isReference: isReference, into: &draft) }
    draft.isSound = draft.isSound && isSound
    return draft
  }

  private func read(_ entry: Draft.Entry, isReference: Bool, into draft: inout StatedDraft) {
    guard case .mapping(let entries) = entry.value.kind else {
      draft.leaves = leaf(entry.value).map { [$0] } ?? []
      return
    }
    let fields = Fields(entries, isReference ? Keys.reference : Keys.input, context)
    draft.provenance = fields.provenance
    if let unit = fields["unit"] { draft.unit = UnitReading(context).unit(unit.value) }
    if let over = fields["over"] {
      // Without its indexes nothing can be said of a value's labels.
      guard let indexes = indexes(over.value) else {
        draft.isSound = false
        return
      }
      draft.over = indexes
    }
    if let scope = fields["scope"] { draft.scope = ScopeReading(context).tags(scope.value) }
    AcrossReading(context).read(fields["dependence"], into: &draft)
    readBetween(fields, into: &draft)
    switch (fields["value"], fields["table"]) {
    case (let value?, nil):
      for key in ["columns", "missing"] {
        if let stray = fields[key] {
          context.error("`\(key)` belongs to a `table`", at: stray.keyPlace)
        }
      }
      draft.leaves = MappingReading(context, draft).leaves(value.value)
    case (nil, let table?):
      draft.leaves = TableReading(context, draft).leaves(table, columns: fields["columns"], missing: fields["missing"])
    case (let value?, .some):
      context.error(
        "`\(entry.name)` has a `value` as well as a `table`", at: value.keyPlace, expected: "one of them")
    case (nil, nil):
      context.error(
        "`\(entry.name)` has no value", at: entry.namePlace, expected: "`value:` or `table:`")
    }
    draft.knots = KnotReading(context).index(of: draft)
    draft.leaves = AnchorSelection(context: context, draft: draft, along: draft.knots).selected(draft.leaves)
  }

  /// The leaf of a scalar.
  func leaf(_ node: Node) -> ValueLeaf? {
    guard let syntax = context.value(of: node, "a value") else { return nil }
    return ValueLeaf(syntax: syntax, origin: .file(node.span))
  }

  /// The indexes of `over`, each once.
  private func indexes(_ node: Node) -> [IndexID]? {
    let items: [Node]
    switch node.kind {
    case .sequence(let nodes): items = nodes
    default: items = [node]
    }
    var found: [IndexID] = []
    var isSound = true
    for item in items {
      guard let name = item.text else {
        context.error("the name of an index expected", at: item.place, found: item.kindInWords)
        isSound = false
        continue
      }
      guard let index = context.names.index(name) else {
        FormulaChecker(context: context, use: .constant).reportNoIndex(name, at: item.span)
        isSound = false
        continue
      }
      if found.contains(index) {
        context.error("the index `\(name)` is named twice", at: item.span)
      } else {
        found.append(index)
      }
    }
    if context.cellCount(found) > SizeLimit.cells {
      context.error(
        "this has \(context.cellCount(found)) cells, over \(context.list(found))", at: node.place,
        expected: "at most \(SizeLimit.cells)")
      return nil
    }
    return isSound ? found : nil
  }

  private func readBetween(_ fields: Fields, into draft: inout StatedDraft) {
    if let entry = fields["interpolate"] {
      draft.betweenPlace = entry.value.span
      let text = entry.value.text ?? ""
      draft.between = StatedDraft.Interpolation(rawValue: text)
      if draft.between == nil {
        let known = StatedDraft.Interpolation.allCases.map(\.rawValue)
        context.error(
          "`interpolate` is \(known.dropLast().joined(separator: ", ")) or \(known.last ?? "")", at: entry.value.span,
          found: entry.value.kindInWords,
          suggestion: context.nearest(to: text, among: known))
      }
    }
    if let entry = fields["extrapolate"] {
      if entry.value.text != "hold" {
        context.error(
          "`extrapolate` is `hold`: the outer anchor points hold beyond them", at: entry.value.span,
          found: entry.value.kindInWords)
      } else if fields["interpolate"] == nil {
        context.error("`extrapolate` belongs to anchor points, which have `interpolate`", at: entry.keyPlace)
      }
      draft.holdsBeyond = true
    }
  }
}

extension CheckContext {
  /// The parse of a scalar that is a value; reported if it is none.
  func value(of node: Node, _ what: String) -> Syntax? {
    guard case .scalar(let scalar) = node.kind else {
      error("\(what) expected", at: node.place, found: node.kindInWords)
      return nil
    }
    return value(of: scalar)
  }

  /// The parse of a scalar; reported if it is none.
  func syntax(of node: Node, _ what: String) -> Syntax? {
    guard case .scalar(let scalar) = node.kind else {
      error("\(what) expected", at: node.place, found: node.kindInWords)
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
