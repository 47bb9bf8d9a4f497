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
      context.report(.dependenceOfOneCell(declaration.entry.name), at: entry.keyPlace)
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
        context.report(
          .dependenceAlongOtherIndex(
            declaration.entry.name, index: item.key, over: context.list(declaration.over)),
          at: item.keyPlace)
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
    guard let number = Double(text), number.isFinite else {
      context.report(
        .unknownDependence(
          found: node.kindInWords, nearest: context.nearest(to: text, among: ["shared", "independent"])),
        at: node.span)
      return nil
    }
    guard number > -1, number < 1 else {
      context.report(.dependenceRank(text, isOne: number == 1), at: node.span)
      return nil
    }
    return number == 0 ? .independent : .rank(number)
  }

  /// The modes of an uncertain input along its indexes; indexes without one are reported.
  ///
  /// - Parameter exempt: the index along which shares sum to 1, which has no mode.
  func modes(of declaration: InputDeclaration, except exempt: Set<IndexID>) -> [IndexID: IndexDependence]? {
    for index in exempt.sorted() where declaration.dependence[index] != nil {
      context.report(
        .dependenceOfShares(declaration.entry.name, index: context[index].name), at: declaration.dependencePlace)
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
    context.report(
      .missingDependence(
        declaration.entry.name, along: context.list(lacking), isPartial: declaration.dependencePlace != nil,
        example: example),
      at: declaration.dependencePlace ?? declaration.entry.namePlace)
    return nil
  }
}
