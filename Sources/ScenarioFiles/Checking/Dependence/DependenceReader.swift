import Modeling

/// Reads `dependence`: how the cells of an input depend on each other along each of its indexes.
struct DependenceReader {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// Reads the key; a mode without an index applies to every index.
  func read(_ entry: Node.Entry?, into declaration: inout InputDeclaration) {
    guard let entry else { return }
    declaration.dependencePlace = entry.keyPlace
    if declaration.over.isEmpty {
      context.error(
        "`dependence` says how cells hang together, and `\(declaration.entry.name)` has one cell", at: entry.keyPlace,
        advice: "leave it out, or give an index with `over:`")
      return
    }
    guard case .mapping(let entries) = entry.value.kind else {
      declaration.dependenceEverywhere = mode(entry.value)
      return
    }
    for item in entries {
      guard let index = context.names.index(item.key) else {
        FormulaChecker(context: context, use: .constant).reportNoIndex(item.key, at: item.keyPlace)
        continue
      }
      guard declaration.over.contains(index) else {
        context.error(
          "`\(declaration.entry.name)` does not run over `\(item.key)`", at: item.keyPlace,
          expected: context.list(declaration.over)
        )
        continue
      }
      declaration.dependence[index] = mode(item.value)
    }
  }

  private func mode(_ node: Node) -> IndexDependence? {
    let text = node.text ?? ""
    switch text {
    case "shared": return .shared
    case "independent": return .independent
    default: break
    }
    let expected = "`shared`, `independent` or a rank correlation between -1 and 1"
    guard let number = Double(text), number.isFinite else {
      context.error(
        "this says not how cells hang together", at: node.span, expected: expected, found: node.kindInWords,
        suggestion: context.nearest(to: text, among: ["shared", "independent"]))
      return nil
    }
    guard number > -1, number < 1 else {
      context.error(
        "a rank correlation lies between -1 and 1", at: node.span, found: text,
        advice: number == 1 ? "`shared` is what 1 would mean" : nil)
      return nil
    }
    return number == 0 ? .independent : .rank(number)
  }

  /// The modes of an uncertain input along its indexes; indexes without one are reported.
  ///
  /// - Parameter exempt: the index along which shares sum to 1, which has no mode.
  func modes(of declaration: InputDeclaration, except exempt: Set<IndexID>) -> [IndexID: IndexDependence]? {
    for index in exempt.sorted() where declaration.dependence[index] != nil {
      context.error(
        "shares of `\(declaration.entry.name)` sum to 1 along `\(context[index].name)`, which takes no entry in `dependence`",
        at: declaration.dependencePlace)
      return nil
    }
    let needed = declaration.over.filter { !exempt.contains($0) }
    var modes = declaration.dependence
    if let everywhere = declaration.dependenceEverywhere { for index in needed { modes[index] = everywhere } }
    let lacking = needed.filter { modes[$0] == nil }
    guard !lacking.isEmpty else { return modes }
    let example =
      needed.count == 1
      ? "`dependence: shared`"
      : "`dependence: {\(lacking.map { "\(context[$0].name): shared" }.joined(separator: ", "))}`"
    context.error(
      declaration.dependencePlace == nil
        ? "`\(declaration.entry.name)` does not say how its cells hang together across \(context.list(lacking))"
        : "`dependence` of `\(declaration.entry.name)` says nothing about \(context.list(lacking))",
      at: declaration.dependencePlace ?? declaration.entry.namePlace, expected: example,
      notes: [
        .init("errors that are independent average out in sums, shared ones do not, so the answer depends on it"),
        .init("`shared`: one probability serves all cells, as for an error of method or of level"),
        .init("`independent`: each cell has its own; a number, as 0.8: a rank correlation"),
      ])
    return nil
  }
}
