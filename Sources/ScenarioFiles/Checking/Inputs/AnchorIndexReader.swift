import Modeling

/// Finds the index along which a value gives anchor points that cells are interpolated between.
struct AnchorIndexReader {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// The one numeric index that the value mentions; if it mentions several, the one on which labels are left out.
  func index(of declaration: InputDeclaration) -> IndexID? {
    index(of: declaration, mentioning: declaration.labelledValues.map(\.labels))
  }

  /// The same for values that have not been read yet, from their labels.
  func index(of declaration: InputDeclaration, mentioning labels: [[IndexID: Int]]) -> IndexID? {
    guard declaration.interpolation != nil, let place = declaration.interpolationPlace, !labels.isEmpty else {
      return nil
    }
    let mentioned = labels.reduce(into: Set<IndexID>()) { $0.formUnion($1.keys) }
    let numeric = context.sorted(mentioned.filter { context[$0].isNumeric })
    if numeric.count == 1 { return numeric[0] }
    guard !numeric.isEmpty else {
      context.report(.interpolationWithoutAnchors(declaration.entry.name), at: place)
      return nil
    }
    let incomplete = numeric.filter { index in
      let inside = Set(labels.compactMap { $0[index] }).filter { !context.isOutside($0, on: index) }
      return inside.count < context[index].labels.count
    }
    if incomplete.count == 1 { return incomplete[0] }
    if incomplete.isEmpty {
      let around = numeric.filter { index in labels.contains { context.isOutside($0[index] ?? 0, on: index) } }
      return around.count == 1 ? around[0] : numeric[0]
    }
    context.report(.interpolationAlongSeveral(found: context.list(incomplete)), at: place)
    return nil
  }
}
