import Modeling

/// Reads `correlations`, and makes components of correlated coordinates.
struct CorrelationChecker {
  let context: CheckContext

  /// A correlation as read.
  struct Entry {
    /// The quantities.
    var first: QuantityID, second: QuantityID
    /// The correlation of normal scores.
    var score: Double
    /// Where it is written.
    var place: SourcePlace
    /// As written, for reports.
    var text: String
  }

  // MARK: - Reading

  /// The entries; mistakes are reported.
  func read() -> [Entry] {
    var entries: [Entry] = []
    var seen: [Set<QuantityID>: SourcePlace] = [:]
    for node in context.draft.correlations {
      guard let entry = entry(node) else { continue }
      if let first = seen.updateValue(entry.place, forKey: [entry.first, entry.second]) {
        context.error(
          "`\(context[entry.first].name)` and `\(context[entry.second].name)` are correlated twice", at: entry.place,
          notes: [.init("first here", at: first)])
        continue
      }
      entries.append(entry)
    }
    return entries
  }

  private func entry(_ node: Node) -> Entry? {
    let usage = "`[a, b, 0.5]` (rank), `[a, b, kendall 0.5]` or `[a, b, normal 0.5]` (of normal scores)"
    guard case .sequence(let items) = node.kind else {
      if case .mapping = node.kind {
        context.error(
          "a correlation in the form of a mapping is not available in this version", at: node.place, expected: usage)
      } else {
        context.error("a correlation expected", at: node.place, expected: usage, found: node.kindInWords)
      }
      return nil
    }
    guard items.count == 3 else {
      context.error("a correlation has three parts, not \(items.count)", at: node.place, expected: usage)
      return nil
    }
    let names = (input(items[0]), input(items[1]))
    guard let score = score(items[2], usage) else { return nil }
    guard let first = names.0, let second = names.1 else { return nil }
    guard first != second else {
      context.error(
        "`\(context[first].name)` is correlated with itself", at: items[1].span,
        advice: "how its cells hang together is said by `across`")
      return nil
    }
    let text = items.compactMap(\.text).joined(separator: ", ")
    return Entry(first: first, second: second, score: score, place: node.place, text: text)
  }

  private func input(_ node: Node) -> QuantityID? {
    guard let name = node.text else {
      context.error("the name of an input expected", at: node.place, found: node.kindInWords)
      return nil
    }
    if let bracket = name.firstIndex(of: "["), let id = context.names.quantity(String(name[..<bracket])) {
      context.error(
        "single cells cannot be correlated", at: node.span, found: "`\(name)`",
        advice: "name the input, `\(context[id].name)`: like cells are tied on indexes that both have")
      return nil
    }
    guard let id = context.names.quantity(name), !context[id].isEquation else {
      guard !context.isUnreadable(name) else { return nil }
      let inputs = context.quantities.filter { !$0.isEquation }.map(\.name)
      let kind = context.names.kind(name)
      context.error(
        kind == nil ? "unknown input `\(name)`" : "only inputs are correlated", at: node.span,
        found: kind.map { "`\(name)` is \($0)" },
        suggestion: kind == nil ? context.nearest(to: name, among: inputs) : nil)
      return nil
    }
    return id
  }

  private func score(_ node: Node, _ usage: String) -> Double? {
    guard let text = node.text else {
      context.error("a correlation is a number", at: node.place, expected: usage, found: node.kindInWords)
      return nil
    }
    let words = text.split(separator: " ").map(String.init)
    let kind = words.count == 2 ? words[0] : "rank"
    guard ["rank", "normal", "kendall"].contains(kind), let last = words.last, words.count <= 2,
      let number = Double(last), number.isFinite
    else {
      context.error("this is no correlation", at: node.span, expected: usage, found: "`\(text)`")
      return nil
    }
    guard number > -1, number < 1 else {
      context.error(
        "a correlation lies between -1 and 1", at: node.span, found: text,
        advice: number.magnitude == 1 ? "inputs that move as one are one input" : nil)
      return nil
    }
    switch kind {
    case "normal": return number
    case "kendall": return Dependence.score(kendall: number)
    default: return Dependence.score(rank: number)
    }
  }

  // MARK: - Components

  /// Whether inputs are of a kind that can be correlated; others are reported.
  func check(_ entry: Entry, _ stated: [QuantityID: CheckedStated]) -> Bool {
    for id in [entry.first, entry.second] {
      guard let checked = stated[id] else { return false }
      if checked.outcomes != nil {
        context.error(
          "`\(context[id].name)` cannot be correlated: its values are labels, which have no order", at: entry.place)
        return false
      }
      if checked.holdsShares {
        context.error(
          "`\(context[id].name)` cannot be correlated: its shares are tied to each other by summing to 1",
          at: entry.place)
        return false
      }
    }
    return true
  }

  /// Warns of correlations that do less than they say: of a constant, or of values with ties.
  ///
  /// Nothing is said of an input that `check` refuses.
  func warn(_ entry: Entry, _ stated: [QuantityID: CheckedStated]) {
    for id in [entry.first, entry.second] {
      guard let checked = stated[id], checked.outcomes == nil, !checked.holdsShares else { continue }
      let name = context[id].name
      if !checked.sites.contains(where: \.isUncertain) {
        context.report(
          Diagnostic(
            .warning, "`\(name)` is constant, so that its correlation ties nothing", at: entry.place,
            notes: [.init("`\(name)` is given here", at: context[id].place)]))
      } else if checked.sites.contains(where: { $0.isDiscrete }) {
        context.report(
          Diagnostic(
            .warning, "the values of `\(name)` have ties, so that their rank correlation comes out weaker",
            at: entry.place, notes: [.init("the correlation holds between the probabilities of the two inputs")]))
      }
    }
  }

  /// The components of all correlated coordinates; what is impossible is reported.
  func components(
    _ entries: [Entry], stated: [QuantityID: CheckedStated], final: [QuantityID: CheckedStated],
    _ dealing: CoordinateDealing
  ) -> [CopulaComponent] {
    var blocks: [Dependence.Block] = []
    for id in stated.keys.sorted() {
      guard let checked = stated[id], let last = final[id] else { continue }
      var known: Set<Int> = []
      var members: [Dependence.Member] = []
      for member in checked.members + last.members {
        guard let coordinate = dealing[member.address], known.insert(coordinate.position).inserted else { continue }
        members.append(Dependence.Member(coordinate: coordinate, labels: member.labels, ordinals: member.ordinals))
      }
      guard !members.isEmpty else { continue }
      var across = checked.across.isEmpty ? last.across : checked.across
      // Parts of shares are independent along the index that they sum over: a coordinate for each.
      if checked.holdsShares || last.holdsShares {
        for index in checked.over where across[index] == nil { across[index] = .independent }
      }
      blocks.append(Dependence.Block(quantity: id, members: members, across: across))
    }
    guard areFew(entries, blocks) else { return [] }
    let pairs = entries.map { Dependence.Pair($0.first, $0.second, score: $0.score) }
    do throws(Dependence.Problem) {
      return try Dependence.components(
        of: blocks, pairs: pairs, coordinates: dealing.coordinates, isNumeric: { context[$0].isNumeric })
    } catch {
      report(error, entries, dealing)
      return []
    }
  }

  /// Whether the coordinates of correlated inputs are few enough to be looked at in pairs; too many are reported.
  private func areFew(_ entries: [Entry], _ blocks: [Dependence.Block]) -> Bool {
    let counts = Dictionary(uniqueKeysWithValues: blocks.map { ($0.quantity, $0.members.count) })
    for block in blocks {
      let hasRank = block.across.values.contains { if case .rank = $0 { true } else { false } }
      guard hasRank, block.members.count > SizeLimit.pairs / max(1, block.members.count) else { continue }
      context.error(
        "`\(context[block.quantity].name)` has too many cells for a rank correlation between them",
        at: context[block.quantity].stated?.acrossPlace ?? context[block.quantity].place,
        found: "\(block.members.count) coordinates",
        advice: "`shared` or `independent` along an index needs no correlation matrix")
      return false
    }
    for entry in entries {
      let (first, second) = (counts[entry.first] ?? 0, counts[entry.second] ?? 0)
      guard first > SizeLimit.pairs / max(1, second) else { continue }
      context.error(
        "`\(context[entry.first].name)` and `\(context[entry.second].name)` have too many cells to be correlated",
        at: entry.place, found: "\(first) and \(second) coordinates")
      return false
    }
    return true
  }

  private func report(_ problem: Dependence.Problem, _ entries: [Entry], _ dealing: CoordinateDealing) {
    let firstRank = context.quantities.lazy.compactMap(\.stated).first { stated in
      (stated.acrossEverywhere.map { [$0] } ?? Array(stated.across.values)).contains { mode in
        if case .rank = mode { true } else { false }
      }
    }?.acrossPlace
    func place(_ pair: Dependence.Pair) -> SourcePlace? {
      entries.first { $0.first == pair.first && $0.second == pair.second }?.place
    }
    func names(_ pair: Dependence.Pair) -> String {
      "`\(context[pair.first].name)` and `\(context[pair.second].name)`"
    }
    switch problem {
    case .acrossDiffers(let pair, let index):
      context.error(
        "\(names(pair)) cannot be correlated: they hang together differently across `\(context[index].name)`",
        at: place(pair), expected: "the same `across` on the indexes that both have")
    case .labelsDiffer(let pair, let index):
      context.error(
        "\(names(pair)) cannot be correlated: their uncertain labels or knots on `\(context[index].name)` differ",
        at: place(pair), expected: "the same labels, which are tied one to one")
    case .tooLarge(let coordinates, let limit):
      context.error(
        "\(coordinates) coordinates hang together by correlations",
        at: entries.first?.place ?? firstRank ?? context.wholePlace,
        expected: "at most \(limit)",
        advice: "`shared` or `independent` along an index needs no correlation matrix")
    case .notPositiveDefinite(let smallest, let offending):
      let shown = offending.prefix(8).map { entry in
        let row = dealing.coordinates[entry.row.position].address
        let column = dealing.coordinates[entry.column.position].address
        return Diagnostic.Note("\(row) with \(column): \(Text.number((entry.score * 1e4).rounded() / 1e4))")
      }
      let quantities = Set(
        offending.flatMap { entry in
          [entry.row, entry.column].map { dealing.coordinates[$0.position].quantity }
        })
      let culprit = entries.last { quantities.contains($0.first) && quantities.contains($0.second) }
      let inside = quantities.count == 1 ? quantities.first.flatMap { context[$0].stated?.acrossPlace } : nil
      context.error(
        "no inputs can have these correlations together", at: culprit?.place ?? inside ?? context.wholePlace,
        expected: "a positive definite matrix of normal-score correlations",
        found: "its smallest eigenvalue is \(Text.number((smallest * 1e4).rounded() / 1e4))", notes: Array(shown))
    }
  }
}

extension CheckedStated.Site {
  /// Whether its law has values with a probability of their own.
  fileprivate var isDiscrete: Bool {
    if case .law(.fixed(let law)) = value { isUncertain && !law.atoms.isEmpty } else { false }
  }
}

extension CheckContext {
  /// The beginning of the scenario's own file, for problems of the whole.
  var wholePlace: SourcePlace { SourcePlace(file: draft.file, line: 1, column: 1) }
}
