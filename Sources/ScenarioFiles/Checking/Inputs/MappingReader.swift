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
      context.report(
        declaration.over.isEmpty ? .labelsWithoutIndex(declaration.entry.name) : .labelsWithoutFreeIndex,
        at: entries.first?.keyPlace ?? node.place)
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
        context.report(.repeatedValueLabel(entry.key, firstAt: first), at: entry.keyPlace)
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
      context.report(
        .notALabel(
          entries.first?.key ?? "", of: context.list(free),
          nearest: entries.first.flatMap { entry in
            context.nearest(to: entry.key, among: free.flatMap { context[$0].labels })
          }),
        at: entries.first?.keyPlace)
      return nil
    }
    context.report(
      .ambiguousLabels(declaration.entry.name, indexes: context.list(best)), at: entries.first?.keyPlace)
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
    context.report(
      .labelsWithoutValue(
        lacking, of: declaration.entry.name, index: context[index].name, isNumeric: context[index].isNumeric),
      at: node.place)
  }
}
