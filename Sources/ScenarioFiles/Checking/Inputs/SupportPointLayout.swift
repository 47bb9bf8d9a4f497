import Distributions
import Modeling
import Sampling
import Units

/// The support points of an input, and the rules that compute its cells from them.
///
/// Support points differ along the indexes that the value mentions, along those that are not `shared` (each label has a
/// coordinate), along those of distributions' arguments and along the index of shares; on all others one support point
/// applies to every label. With anchor points, a branch has the anchor points given for it, or one support point if
/// there are none.
struct SupportPointLayout {
  /// The dependence of the cells; empty if nothing is uncertain.
  let dependence: [IndexID: IndexDependence]

  private let context: CheckContext
  private let declaration: InputDeclaration
  private let entries: [(labelledValue: LabelledValue, value: CheckedValue)]
  private let isCorrelated: Bool
  /// The indexes along which support points differ, except that of the anchor points.
  private let axes: [IndexID]
  /// The index of anchor points.
  private let anchorIndex: IndexID?

  /// The support points of checked values; nil if an error was reported.
  init?(
    _ context: CheckContext, _ declaration: InputDeclaration,
    _ entries: [(labelledValue: LabelledValue, value: CheckedValue)],
    isCorrelated: Bool
  ) {
    self.context = context
    self.declaration = declaration
    self.entries = entries
    self.isCorrelated = isCorrelated
    anchorIndex = declaration.anchorIndex
    let isUncertain = entries.contains(where: \.value.isUncertain)
    let sums = entries.compactMap { entry -> IndexID? in
      if case .shares(let along, _) = entry.value.kind { along } else { nil }
    }
    var dependence: [IndexID: IndexDependence] = [:]
    if !declaration.over.isEmpty, isUncertain || isCorrelated {
      guard let modes = DependenceReader(context).modes(of: declaration, except: Set(sums)) else { return nil }
      dependence = modes
    }
    self.dependence = dependence
    var axes = Set(sums)
    for entry in entries {
      axes.formUnion(entry.labelledValue.labels.keys)
      axes.formUnion(entry.value.indexes)
    }
    axes.formUnion(dependence.filter { $0.value != .shared }.keys)
    if let anchorIndex = declaration.anchorIndex { axes.remove(anchorIndex) }
    self.axes = context.sorted(axes)
  }

  // MARK: - Support points

  /// Creates support points, groups, coordinates and cells; false if an error was reported.
  func fill(_ result: inout CheckedInput, name: String) -> Bool {
    guard haveArgumentsInside() else { return false }
    var branches: [[Int]: [(anchor: Int?, supportPoint: Int)]] = [:]
    for entry in entries {
      for labels in expansion(of: entry) {
        guard result.supportPoints.count < SizeLimit.supportPoints else { return tooMany() }
        add(entry, at: labels, to: &result, &branches, name: name)
      }
    }
    guard haveSameAnchors(branches) else { return false }
    let order = context.sorted(declaration.over)
    // Sorting by number puts anchor points outside an index in order.
    func key(_ member: CheckedInput.CheckedCoordinate) -> [Double] {
      order.map { index in
        member.labels[index].map { context.number(at: $0, on: index) ?? Double($0) } ?? -.infinity
      }
    }
    let keyed = result.coordinates.map { (key: key($0), member: $0) }
    result.coordinates = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.member)
    return fillCells(&result, branches)
  }

  private func tooMany() -> Bool {
    context.report(
      .tooManySupportPoints(declaration.entry.name, limit: SizeLimit.supportPoints), at: declaration.entry.namePlace)
    return false
  }

  /// The labels at which an entry creates support points; on the axes that it does not mention, every label.
  private func expansion(of entry: (labelledValue: LabelledValue, value: CheckedValue)) -> [[IndexID: Int]] {
    var along: IndexID?
    if case .shares(let index, _) = entry.value.kind { along = index }
    var open = axes.filter { entry.labelledValue.labels[$0] == nil && $0 != along }
    if let anchorIndex, entry.labelledValue.labels[anchorIndex] == nil {
      let differs = dependence[anchorIndex].map { $0 != .shared } ?? false
      if entry.value.indexes.contains(anchorIndex) || (differs && entry.value.isUncertain) { open.append(anchorIndex) }
    }
    var all = [entry.labelledValue.labels]
    for index in open {
      guard all.count * context[index].labels.count <= SizeLimit.supportPoints else {
        // One more than allowed, so that the excess is reported.
        return Array(repeating: entry.labelledValue.labels, count: SizeLimit.supportPoints + 1)
      }
      all = all.flatMap { labels in
        context[index].labels.indices.map { position in labels.merging([index: position]) { $1 } }
      }
    }
    return all
  }

  private func add(
    _ entry: (labelledValue: LabelledValue, value: CheckedValue), at labels: [IndexID: Int],
    to result: inout CheckedInput,
    _ branches: inout [[Int]: [(anchor: Int?, supportPoint: Int)]], name: String
  ) {
    let text = SupportPointText.text(of: entry.labelledValue, unit: entry.labelledValue.unit ?? declaration.unit)
    func append(_ value: SupportPoint.Value, _ address: CoordinateAddress?, _ labels: [IndexID: Int]) {
      let key = axes.map { labels[$0] ?? 0 }
      branches[key, default: []].append((anchorIndex.flatMap { labels[$0] }, result.supportPoints.count))
      result.supportPoints.append(
        CheckedInput.CheckedSupportPoint(
          value: value, address: address, isUncertain: entry.value.isUncertain, labels: inside(labels),
          outside: outside(labels), labelledValue: entry.labelledValue, text: text))
    }
    switch entry.value.kind {
    case .constant(let number):
      append(.constant(number), member(of: labels, name, &result, isKept: isCorrelated), labels)
    case .distribution(let term), .categories(_, let term):
      append(.distribution(term), member(of: labels, name, &result, isKept: true), labels)
    case .shares(let along, let parameters):
      var addresses: [CoordinateAddress] = []
      for position in context[along].labels.indices.dropLast() {
        var own = labels
        own[along] = position
        if let address = member(of: own, name, &result, isKept: true) { addresses.append(address) }
      }
      let group = result.groups.count
      result.groups.append(
        CheckedInput.CheckedShareGroup(parameters: parameters, addresses: addresses, labels: inside(labels)))
      for position in context[along].labels.indices {
        var own = labels
        own[along] = position
        append(.share(group: group, part: position), nil, own)
      }
    }
  }

  /// The labels that belong to the index.
  private func inside(_ labels: [IndexID: Int]) -> [IndexID: Int] {
    labels.filter { !context.isOutside($0.value, on: $0.key) }
  }

  /// The label of an anchor point outside its index.
  private func outside(_ labels: [IndexID: Int]) -> SupportPoint.OutsideLabel? {
    labels.first { context.isOutside($0.value, on: $0.key) }
      .map { SupportPoint.OutsideLabel(index: $0.key, label: context.label(at: $0.value, on: $0.key)) }
  }

  /// Whether no value outside the index has arguments over it, since they have no value there; others are reported.
  private func haveArgumentsInside() -> Bool {
    for entry in entries {
      for index in context.sorted(entry.value.indexes) {
        guard let position = entry.labelledValue.labels[index], context.isOutside(position, on: index) else { continue }
        context.report(
          .argumentOutsideIndex(
            context.label(at: position, on: index), index: context[index].name,
            found: entry.labelledValue.syntax.text),
          at: entry.labelledValue.syntax.place)
        return false
      }
    }
    return true
  }

  /// The address of a support point's coordinate; if `isKept`, the coordinate is added to those of the input.
  private func member(
    of labels: [IndexID: Int], _ name: String, _ result: inout CheckedInput, isKept: Bool
  ) -> CoordinateAddress? {
    let unsharedLabels = labels.filter { dependence[$0.key] != .shared }
    let address = CoordinateAddress(
      name: name,
      labels: unsharedLabels.map { .init(index: context[$0.key].name, label: context.label(at: $0.value, on: $0.key)) })
    guard isKept else { return dependence.isEmpty && !declaration.over.isEmpty ? nil : address }
    if !result.known.contains(address) {
      result.known.insert(address)
      result.coordinates.append(
        CheckedInput.CheckedCoordinate(
          address: address, labels: unsharedLabels, places: context.places(of: unsharedLabels)))
    }
    return address
  }

  // MARK: - Anchor points

  /// Whether all branches have the same anchor points, which is required if anchor points are not shared; a difference
  /// is reported.
  private func haveSameAnchors(_ branches: [[Int]: [(anchor: Int?, supportPoint: Int)]]) -> Bool {
    guard let anchorIndex, let mode = dependence[anchorIndex], mode != .shared else { return true }
    let sets = Set(branches.values.map { Set($0.compactMap(\.anchor)) }.filter { !$0.isEmpty })
    guard sets.count > 1 else { return true }
    context.report(
      .anchorsDiffer(declaration.entry.name, index: context[anchorIndex].name), at: declaration.interpolationPlace)
    return false
  }

  // MARK: - Cells

  private func fillCells(
    _ result: inout CheckedInput, _ branches: [[Int]: [(anchor: Int?, supportPoint: Int)]]
  ) -> Bool {
    let space = CellSpace(declaration.over, in: context.indexes)
    let positions = axes.compactMap { space.indexes.firstIndex(of: $0) }
    let anchorAxis = anchorIndex.flatMap { space.indexes.firstIndex(of: $0) }
    let sorted = branches.mapValues { supportPoints in
      supportPoints.sorted {
        Self.number($0.anchor, on: anchorIndex, context) < Self.number($1.anchor, on: anchorIndex, context)
      }
    }
    let known = sorted.map { labels, supportPoints in
      (
        labels, supportPoints,
        AnchorPoints(numbers: supportPoints.map { Self.number($0.anchor, on: anchorIndex, context) })
      )
    }
    var branch = BranchNumber(of: space, along: positions)
    let branches = branch.table(of: known.map(\.0))
    var lacking: [Int: Int] = [:]
    var isSound = true
    result.cells.reserveCapacity(space.count)
    for _ in 0..<space.count {
      defer { branch.advance() }
      guard let place = branches[branch.number], let first = known[place].1.first else {
        context.report(.cellsWithoutValue(declaration.entry.name), at: declaration.entry.namePlace)
        return false
      }
      guard let anchorAxis, let anchorIndex, first.anchor != nil else {
        result.cells.append(.supportPoint(first.supportPoint))
        continue
      }
      let position = branch.labels[anchorAxis]
      if let rule = rule(at: position, known[place].1, known[place].2, on: anchorIndex) {
        result.cells.append(rule)
      } else {
        lacking[position, default: 0] += 1
        result.cells.append(.supportPoint(first.supportPoint))
      }
    }
    if !lacking.isEmpty, let anchorIndex {
      let labels = lacking.keys.sorted().map { context[anchorIndex].labels[$0] }
      context.report(
        .labelsOutsideAnchors(labels, input: declaration.entry.name, index: context[anchorIndex].name),
        at: declaration.interpolationPlace)
      isSound = false
    }
    return isSound && suitsInterpolation(result)
  }

  /// The rule of a cell among the anchor points of its branch; nil outside their range, unless the outer ones hold.
  private func rule(
    at position: Int, _ supportPoints: [(anchor: Int?, supportPoint: Int)], _ points: AnchorPoints, on index: IndexID
  ) -> CellRule? {
    guard let number = context.number(at: position, on: index) else { return nil }
    let used = points.used(at: number, declaration.interpolation, holdsOuterAnchors: declaration.holdsOuterAnchors)
    guard let from = used.first, let to = used.last else { return nil }
    if from == to { return .supportPoint(supportPoints[from].supportPoint) }
    let fraction = (number - points.numbers[from]) / (points.numbers[to] - points.numbers[from])
    return .interpolated(
      from: supportPoints[from].supportPoint, to: supportPoints[to].supportPoint, fraction: fraction,
      logarithmic: declaration.interpolation == .log)
  }

  /// The number of an anchor point; 0 if there is none.
  private static func number(_ anchor: Int?, on index: IndexID?, _ context: CheckContext) -> Double {
    guard let anchor, let index else { return 0 }
    return context.number(at: anchor, on: index) ?? 0
  }

  /// Whether values are valid for the interpolation: logarithms need values above 0, and shares allow no logarithms.
  private func suitsInterpolation(_ result: CheckedInput) -> Bool {
    guard declaration.interpolation == .log, let place = declaration.interpolationPlace else { return true }
    for supportPoint in result.supportPoints {
      let isPositive: Bool
      switch supportPoint.value {
      case .constant(let number): isPositive = number > 0
      case .distribution(.fixed(let distribution)): isPositive = distribution.cdf(0) == 0
      case .distribution: isPositive = true
      case .share:
        context.report(.interpolationOfShares, at: place)
        return false
      }
      guard isPositive else {
        let syntax = supportPoint.labelledValue.syntax
        context.report(.logarithmOfNonpositive(syntax.text, interpolationAt: place), at: syntax.place)
        return false
      }
    }
    return true
  }
}

/// Formats the value of a support point.
enum SupportPointText {
  /// The text as written, with the unit of its bare numbers.
  static func text(of labelledValue: LabelledValue, unit: Unit?) -> String {
    let text = labelledValue.syntax.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let unit, !labelledValue.syntax.holdsUnit, unit != .one, labelledValue.syntax.numberIsNotFree else {
      return text
    }
    return "\(text) \(unit.text)"
  }
}
