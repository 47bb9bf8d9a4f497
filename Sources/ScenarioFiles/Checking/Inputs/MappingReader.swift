import Diagnostics
import Modeling

/// Reads a value that may be a mapping by labels, nested in any order.
///
/// The keys of each mapping are labels of one index of the input; the labels identify the index.
struct MappingReader {
  let context: CheckContext
  let declaration: InputDeclaration

  init(_ context: CheckContext, _ declaration: InputDeclaration) {
    self.context = context
    self.declaration = declaration
  }

  /// The labelled values of a value.
  func labelledValues(_ node: Node) -> [LabelledValue] { labelledValues(node, at: [:]) }

  private func labelledValues(_ node: Node, at labels: [IndexID: Int]) -> [LabelledValue] {
    guard case .mapping(let entries) = node.kind else {
      var labelledValue = InputReader(context: context).labelledValue(node)
      labelledValue?.labels = labels
      return labelledValue.map { [$0] } ?? []
    }
    let free = declaration.over.filter { labels[$0] == nil }
    guard !free.isEmpty else {
      context.error(
        declaration.over.isEmpty
          ? "`\(declaration.entry.name)` has values by label, but no `over:`"
          : "there is no index left for these labels",
        at: entries.first?.keyPlace ?? node.place,
        expected: declaration.over.isEmpty ? "`over:` with the index of the labels" : nil)
      return []
    }
    guard !free.contains(where: context.brokenIndexes.contains) else { return [] }
    guard let index = index(of: entries, among: free) else { return [] }
    var seen: [Int: SourcePlace] = [:]
    var hasStrangers = false
    var result: [LabelledValue] = []
    for entry in entries {
      guard let position = position(of: entry.key, on: index) else {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(entry.key, on: index, at: entry.keyPlace)
        hasStrangers = true
        continue
      }
      if let first = seen.updateValue(entry.keyPlace, forKey: position) {
        context.error(
          "the label `\(entry.key)` is given twice", at: entry.keyPlace, notes: [.init("first here", at: first)])
        continue
      }
      var inner = labels
      inner[index] = position
      result += labelledValues(entry.value, at: inner)
    }
    // A misspelt label explains the missing one.
    if !hasStrangers { reportLacking(seen, on: index, node) }
    return result
  }

  /// The position of a key: that of a label, or of an anchor point outside the index that labels are interpolated from.
  private func position(of key: String, on index: IndexID) -> Int? {
    if let position = context.position(ofLabel: key, on: index) { return position }
    guard declaration.interpolation != nil, context[index].isNumeric, let number = IndexChecker.number(key) else {
      return nil
    }
    return context.anchorPosition(ofNumber: number, on: index)
  }

  /// The index whose labels the keys are: all keys, or at least most, so that the others can be reported as errors.
  private func index(of entries: [Node.Entry], among free: [IndexID]) -> IndexID? {
    let counts = free.map { index in entries.filter { context.position(ofLabel: $0.key, on: index) != nil }.count }
    let most = counts.max() ?? 0
    let best = zip(free, counts).filter { $0.1 == most }.map(\.0)
    if best.count == 1 { return best[0] }
    guard most > 0 else {
      if let index = indexOfOutsideKeys(entries, among: free) { return index }
      context.error(
        "`\(entries.first?.key ?? "")` is no label of \(context.list(free))",
        at: entries.first?.keyPlace,
        suggestion: entries.first.flatMap { entry in
          context.nearest(to: entry.key, among: free.flatMap { context[$0].labels })
        })
      return nil
    }
    context.error(
      "these labels belong to several indexes of `\(declaration.entry.name)`: \(context.list(best))",
      at: entries.first?.keyPlace, advice: "a table, whose columns name their indexes, can tell them apart")
    return nil
  }

  /// The one numeric index of keys that are all numbers and not labels: anchor points around the labels.
  private func indexOfOutsideKeys(_ entries: [Node.Entry], among free: [IndexID]) -> IndexID? {
    let numeric = free.filter { context[$0].isNumeric }
    guard declaration.interpolation != nil, numeric.count == 1,
      entries.allSatisfy({ IndexChecker.number($0.key) != nil })
    else {
      return nil
    }
    return numeric[0]
  }

  /// Reports labels without a value, unless `interpolate` fills them.
  private func reportLacking(_ seen: [Int: SourcePlace], on index: IndexID, _ node: Node) {
    if declaration.interpolationPlace != nil, context[index].isNumeric { return }
    let lacking = context[index].labels.indices.filter { seen[$0] == nil }.map { context[index].labels[$0] }
    guard !lacking.isEmpty, !seen.isEmpty else { return }
    let shown = lacking.prefix(8).joined(separator: ", ") + (lacking.count > 8 ? " … (\(lacking.count))" : "")
    context.error(
      "\(lacking.count == 1 ? "a label" : "labels") of `\(context[index].name)` without a value: \(shown)",
      at: node.place,
      advice: context[index].isNumeric ? "`interpolate: linear` fills the cells between anchor points" : nil)
  }
}
