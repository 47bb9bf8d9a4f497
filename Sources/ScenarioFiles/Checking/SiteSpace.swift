import Distributions
import Modeling
import Sampling
import Units

/// The places of an input that have a value of their own, and how its cells come from them.
///
/// Sites differ along the indexes that the value mentions, along those that are not `shared` (each label has a
/// coordinate), along those of laws' arguments and along the index of shares; on all others one site serves every
/// label. With knots, a branch has the knots that it gives, or one site if it gives none.
struct SiteSpace {
  /// How the cells hang together; empty if nothing is uncertain.
  let across: [IndexID: Across]

  private let context: CheckContext
  private let draft: StatedDraft
  private let entries: [(leaf: ValueLeaf, value: CheckedValue)]
  private let isCorrelated: Bool
  /// The indexes along which sites differ, but for the knots'.
  private let axes: [IndexID]
  /// The index of knots.
  private let knots: IndexID?

  /// The sites of checked leaves; nil if a mistake was reported.
  init?(
    _ context: CheckContext, _ draft: StatedDraft, _ entries: [(leaf: ValueLeaf, value: CheckedValue)],
    isCorrelated: Bool
  ) {
    self.context = context
    self.draft = draft
    self.entries = entries
    self.isCorrelated = isCorrelated
    knots = draft.knots
    let isUncertain = entries.contains(where: \.value.isUncertain)
    let sums = entries.compactMap { entry -> IndexID? in
      if case .shares(let along, _) = entry.value.kind { along } else { nil }
    }
    var across: [IndexID: Across] = [:]
    if !draft.over.isEmpty, isUncertain || isCorrelated {
      guard let modes = AcrossReading(context).modes(of: draft, except: Set(sums)) else { return nil }
      across = modes
    }
    self.across = across
    var axes = Set(sums)
    for entry in entries {
      axes.formUnion(entry.leaf.labels.keys)
      axes.formUnion(entry.value.indexes)
    }
    axes.formUnion(across.filter { $0.value != .shared }.keys)
    if let knots = draft.knots { axes.remove(knots) }
    self.axes = context.sorted(axes)
  }

  // MARK: - Sites

  /// Makes sites, groups, coordinates and cells; false if a mistake was reported.
  func fill(_ result: inout CheckedStated, name: String) -> Bool {
    guard haveArgumentsInside() else { return false }
    var branches: [[Int]: [(knot: Int?, site: Int)]] = [:]
    for entry in entries {
      for labels in expansion(of: entry) {
        guard result.sites.count < SizeLimit.sites else { return tooMany() }
        add(entry, at: labels, to: &result, &branches, name: name)
      }
    }
    guard haveLikeKnots(branches) else { return false }
    let order = context.sorted(draft.over)
    // By number, so that anchor points outside an index come in their order.
    func key(_ member: CheckedStated.Member) -> [Double] {
      order.map { index in
        member.labels[index].map { context.number(at: $0, on: index) ?? Double($0) } ?? -.infinity
      }
    }
    let keyed = result.members.map { (key: key($0), member: $0) }
    result.members = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.member)
    return fillCells(&result, branches)
  }

  private func tooMany() -> Bool {
    context.error(
      "`\(draft.entry.name)` has more than \(SizeLimit.sites) cells with a value of their own",
      at: draft.entry.namePlace)
    return false
  }

  /// The labels at which an entry makes sites: on the axes that it does not mention, every label.
  private func expansion(of entry: (leaf: ValueLeaf, value: CheckedValue)) -> [[IndexID: Int]] {
    var along: IndexID?
    if case .shares(let index, _) = entry.value.kind { along = index }
    var open = axes.filter { entry.leaf.labels[$0] == nil && $0 != along }
    if let knots, entry.leaf.labels[knots] == nil {
      let differs = across[knots].map { $0 != .shared } ?? false
      if entry.value.indexes.contains(knots) || (differs && entry.value.isUncertain) { open.append(knots) }
    }
    var all = [entry.leaf.labels]
    for index in open {
      guard all.count * context[index].labels.count <= SizeLimit.sites else {
        // One more than allowed, so that the limit is met and reported.
        return Array(repeating: entry.leaf.labels, count: SizeLimit.sites + 1)
      }
      all = all.flatMap { labels in
        context[index].labels.indices.map { position in labels.merging([index: position]) { $1 } }
      }
    }
    return all
  }

  private func add(
    _ entry: (leaf: ValueLeaf, value: CheckedValue), at labels: [IndexID: Int], to result: inout CheckedStated,
    _ branches: inout [[Int]: [(knot: Int?, site: Int)]], name: String
  ) {
    let text = SiteText.text(of: entry.leaf, unit: entry.leaf.unit ?? draft.unit)
    func append(_ value: Site.Value, _ address: CoordinateAddress?, _ labels: [IndexID: Int]) {
      let key = axes.map { labels[$0] ?? 0 }
      branches[key, default: []].append((knots.flatMap { labels[$0] }, result.sites.count))
      result.sites.append(
        CheckedStated.Site(
          value: value, address: address, isUncertain: entry.value.isUncertain, labels: inside(labels),
          outside: outside(labels), leaf: entry.leaf, text: text))
    }
    switch entry.value.kind {
    case .constant(let number):
      append(.constant(number), member(of: labels, name, &result, isKept: isCorrelated), labels)
    case .law(let term), .outcomes(_, let term):
      append(.law(term), member(of: labels, name, &result, isKept: true), labels)
    case .shares(let along, let parameters):
      var addresses: [CoordinateAddress] = []
      for position in context[along].labels.indices.dropLast() {
        var own = labels
        own[along] = position
        if let address = member(of: own, name, &result, isKept: true) { addresses.append(address) }
      }
      let group = result.groups.count
      result.groups.append(CheckedStated.Group(parameters: parameters, addresses: addresses, labels: inside(labels)))
      for position in context[along].labels.indices {
        var own = labels
        own[along] = position
        append(.share(group: group, part: position), nil, own)
      }
    }
  }

  /// The labels that are the index's own.
  private func inside(_ labels: [IndexID: Int]) -> [IndexID: Int] {
    labels.filter { !context.isOutside($0.value, on: $0.key) }
  }

  /// The label of an anchor point outside its index.
  private func outside(_ labels: [IndexID: Int]) -> Site.OutsideLabel? {
    labels.first { context.isOutside($0.value, on: $0.key) }
      .map { Site.OutsideLabel(index: $0.key, label: context.label(at: $0.value, on: $0.key)) }
  }

  /// Whether no value outside the index has arguments over it, which have no value there; one that has is reported.
  private func haveArgumentsInside() -> Bool {
    for entry in entries {
      for index in context.sorted(entry.value.indexes) {
        guard let position = entry.leaf.labels[index], context.isOutside(position, on: index) else { continue }
        context.error(
          "at \(context.label(at: position, on: index)), outside `\(context[index].name)`, an argument over "
            + "`\(context[index].name)` has no value",
          at: entry.leaf.syntax.place, found: "`\(entry.leaf.syntax.text)`",
          advice: "an anchor point outside an index is a constant, or a distribution of constants and of other indexes")
        return false
      }
    }
    return true
  }

  /// The coordinate of a site, noted among the input's; the address of it even where none is kept.
  private func member(
    of labels: [IndexID: Int], _ name: String, _ result: inout CheckedStated, isKept: Bool
  ) -> CoordinateAddress? {
    let told = labels.filter { across[$0.key] != .shared }
    let address = CoordinateAddress(
      name: name,
      labels: told.map { .init(index: context[$0.key].name, label: context.label(at: $0.value, on: $0.key)) })
    guard isKept else { return across.isEmpty && !draft.over.isEmpty ? nil : address }
    if !result.known.contains(address) {
      result.known.insert(address)
      result.members.append(CheckedStated.Member(address: address, labels: told, places: context.places(of: told)))
    }
    return address
  }

  // MARK: - Knots

  /// Whether branches have the same knots where the knots are not shared, as their order is then told apart.
  private func haveLikeKnots(_ branches: [[Int]: [(knot: Int?, site: Int)]]) -> Bool {
    guard let knots, let mode = across[knots], mode != .shared else { return true }
    let sets = Set(branches.values.map { Set($0.compactMap(\.knot)) }.filter { !$0.isEmpty })
    guard sets.count > 1 else { return true }
    context.error(
      "branches of `\(draft.entry.name)` have different anchor points on `\(context[knots].name)`, which is not shared",
      at: draft.betweenPlace,
      expected: "the same anchor points in every branch, or `dependence: {\(context[knots].name): shared}`")
    return false
  }

  // MARK: - Cells

  private func fillCells(
    _ result: inout CheckedStated, _ branches: [[Int]: [(knot: Int?, site: Int)]]
  ) -> Bool {
    let space = CellSpace(draft.over, in: context.indexes)
    let positions = axes.compactMap { space.indexes.firstIndex(of: $0) }
    let knotAxis = knots.flatMap { space.indexes.firstIndex(of: $0) }
    let sorted = branches.mapValues { sites in
      sites.sorted { Self.number($0.knot, on: knots, context) < Self.number($1.knot, on: knots, context) }
    }
    let anchors = sorted.mapValues { sites in
      AnchorPoints(numbers: sites.map { Self.number($0.knot, on: knots, context) })
    }
    var lacking: [Int: Int] = [:]
    var isSound = true
    result.cells.reserveCapacity(space.count)
    for cell in 0..<space.count {
      let labels = space.positions(ofCell: cell)
      let branch = positions.map { labels[$0] }
      guard let sites = sorted[branch], let first = sites.first, let points = anchors[branch] else {
        context.error("`\(draft.entry.name)` has cells without a value", at: draft.entry.namePlace)
        return false
      }
      guard let knotAxis, let knots, first.knot != nil else {
        result.cells.append(.site(first.site))
        continue
      }
      let position = labels[knotAxis]
      if let rule = rule(at: position, sites, points, on: knots) {
        result.cells.append(rule)
      } else {
        lacking[position, default: 0] += 1
        result.cells.append(.site(first.site))
      }
    }
    if !lacking.isEmpty, let knots {
      let labels = lacking.keys.sorted().map { context[knots].labels[$0] }
      context.error(
        "labels of `\(context[knots].name)` lie outside the anchor points of `\(draft.entry.name)`: \(labels.prefix(8).joined(separator: ", "))\(labels.count > 8 ? " …" : "")",
        at: draft.betweenPlace, advice: "give anchor points there, or `extrapolate: hold`")
      isSound = false
    }
    return isSound && suitsInterpolation(result)
  }

  /// The rule of a cell among its branch's knots; nil outside them, unless they hold.
  private func rule(
    at position: Int, _ sites: [(knot: Int?, site: Int)], _ points: AnchorPoints, on index: IndexID
  ) -> CellRule? {
    guard let number = context.number(at: position, on: index) else { return nil }
    let used = points.used(at: number, draft.between, holdsBeyond: draft.holdsBeyond)
    guard let from = used.first, let to = used.last else { return nil }
    if from == to { return .site(sites[from].site) }
    let fraction = (number - points.numbers[from]) / (points.numbers[to] - points.numbers[from])
    return .between(
      from: sites[from].site, to: sites[to].site, fraction: fraction, logarithmic: draft.between == .log)
  }

  /// The number of a knot; 0 where there is none.
  private static func number(_ knot: Int?, on index: IndexID?, _ context: CheckContext) -> Double {
    guard let knot, let index else { return 0 }
    return context.number(at: knot, on: index) ?? 0
  }

  /// Whether values suit the way between them: logarithms need values above 0, shares no logarithms.
  private func suitsInterpolation(_ result: CheckedStated) -> Bool {
    guard draft.between == .log, let place = draft.betweenPlace else { return true }
    for site in result.sites {
      let isPositive: Bool
      switch site.value {
      case .constant(let number): isPositive = number > 0
      case .law(.fixed(let law)): isPositive = law.cdf(0) == 0
      case .law: isPositive = true
      case .share:
        context.error("between anchor points of shares, `interpolate` is `linear` or `step`", at: place)
        return false
      }
      guard isPositive else {
        context.error(
          "`interpolate: log` needs values above 0", at: site.leaf.syntax.place, found: "`\(site.leaf.syntax.text)`",
          notes: [.init("logarithms are taken here", at: place)])
        return false
      }
    }
    return true
  }
}

/// How a site's value is shown.
enum SiteText {
  /// The text as written, with the unit of its bare numbers.
  static func text(of leaf: ValueLeaf, unit: Unit?) -> String {
    let text = leaf.syntax.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let unit, !leaf.syntax.holdsUnit, unit != .one, leaf.syntax.numberIsNotFree else { return text }
    return "\(text) \(unit.text)"
  }
}
