import Diagnostics
import Foundation
import Modeling
import VectorMath

/// Checks `correlations` against the inputs' cells, and groups dependent coordinates into components.
struct CorrelationChecker {
  let context: CheckContext
  let correlations: CheckedCorrelations

  /// The correlation structure of the whole section; impossible correlations are reported.
  func structure(
    stated: [QuantityID: CheckedInput], final: [QuantityID: CheckedInput], _ dimensions: DimensionAssignment
  ) -> CorrelationStructure.Result {
    // The tests are not short-circuited, so that the errors of every item are reported.
    let sound = correlations.items.map { check($0, stated) }
    let structure = sound.allSatisfy(\.self) ? components(stated: stated, final: final, dimensions) : .init()
    for item in correlations.items { warn(item, stated) }
    return structure
  }

  /// Whether the inputs are of a kind that can be correlated; others are reported.
  private func check(_ entry: CheckedCorrelations.Item, _ stated: [QuantityID: CheckedInput]) -> Bool {
    for id in entry.inputs {
      guard let checked = stated[id] else { return false }
      if checked.categories != nil {
        context.report(.correlatedLabels(context[id].name), at: entry.place)
        return false
      }
      if checked.holdsShares {
        context.report(.correlatedShares(context[id].name), at: entry.place)
        return false
      }
    }
    return true
  }

  /// Warns about correlations that have less effect than stated: of a constant, or of values with ties.
  ///
  /// Inputs that `check` rejects cause no warning.
  private func warn(_ entry: CheckedCorrelations.Item, _ stated: [QuantityID: CheckedInput]) {
    for id in entry.inputs {
      guard let checked = stated[id], checked.categories == nil, !checked.holdsShares else { continue }
      let name = context[id].name
      if !checked.supportPoints.contains(where: \.isUncertain) {
        context.report(.correlatedConstant(name, definedAt: context[id].place), at: entry.place)
      } else if checked.supportPoints.contains(where: { $0.isDiscrete }) {
        context.report(.correlatedTies(name), at: entry.place)
      }
    }
  }

  private func components(
    stated: [QuantityID: CheckedInput], final: [QuantityID: CheckedInput], _ dimensions: DimensionAssignment
  ) -> CorrelationStructure.Result {
    var blocks: [CorrelationStructure.InputBlock] = []
    for id in stated.keys.sorted() {
      guard let checked = stated[id], let last = final[id] else { continue }
      var known: Set<Int> = []
      var members: [CorrelationStructure.InputCoordinate] = []
      for member in checked.coordinates + last.coordinates {
        guard let coordinate = dimensions[member.address], known.insert(coordinate.position).inserted else { continue }
        members.append(
          CorrelationStructure.InputCoordinate(coordinate: coordinate, labels: member.labels, places: member.places))
      }
      guard !members.isEmpty else { continue }
      var dependence = checked.dependence.isEmpty ? last.dependence : checked.dependence
      // Shares are independent along the index that they sum over, so each part has its own coordinate.
      if checked.holdsShares || last.holdsShares {
        for index in checked.over where dependence[index] == nil { dependence[index] = .independent }
      }
      blocks.append(CorrelationStructure.InputBlock(quantity: id, coordinates: members, dependence: dependence))
      warnOfDistance(members, dependence, id)
    }
    guard areFew(blocks) else { return .init() }
    do throws(CorrelationStructure.Contradiction) {
      return try CorrelationStructure.structure(
        of: blocks, pairs: correlations.pairs.map(\.pair),
        pairDependences: correlations.pairDependences.map(\.pairDependence),
        copula: correlations.copula, isRepairable: correlations.isRepairable, coordinates: dimensions.coordinates,
        isNumeric: { context[$0].isNumeric })
    } catch {
      report(error, dimensions)
      return .init()
    }
  }

  /// The rank correlation applies to labels 1 apart. If that of an input's two nearest labels is less than this, a
  /// warning says so.
  private static let leastOfNeighbours = 0.25

  /// Warns about a rank correlation along a numeric index that is almost 0 between any two of the input's labels.
  private func warnOfDistance(
    _ members: [CorrelationStructure.InputCoordinate], _ dependence: [IndexID: IndexDependence], _ id: QuantityID
  ) {
    for index in context.sorted(dependence.keys) where context[index].isNumeric {
      guard case .rank(let rank)? = dependence[index] else { continue }
      let places = Set(members.compactMap { $0.places[index] }).sorted()
      guard let (low, high) = zip(places, places.dropFirst()).min(by: { $0.1 - $0.0 < $1.1 - $1.0 }), high - low > 1
      else { continue }
      func rankOf(_ score: Double) -> Double { 6 / .pi * PortableMath.asin(score / 2) }
      let score = Correlation(.rank, rank.magnitude).score(under: .normal)
      let left = rankOf(PortableMath.pow(score, high - low))
      guard left < Self.leastOfNeighbours else { continue }
      let meant = MessageText.number((rankOf(PortableMath.pow(score, 1 / (high - low))) * 1000).rounded() / 1000)
      context.report(
        .rankOverDistance(
          MessageText.number(rank), input: context[id].name, index: context[index].name,
          low: MessageText.number(low), high: MessageText.number(high),
          left: MessageText.number((left * 1000).rounded() / 1000), meant: rank > 0 ? meant : nil),
        at: context[id].inputDeclaration?.dependencePlace ?? context[id].place)
    }
  }

  /// Whether the number of pairs of correlated coordinates is within the limit; an excess is reported.
  private func areFew(_ blocks: [CorrelationStructure.InputBlock]) -> Bool {
    let counts = Dictionary(uniqueKeysWithValues: blocks.map { ($0.quantity, $0.coordinates.count) })
    for block in blocks {
      let hasRank = block.dependence.values.contains { if case .rank = $0 { true } else { false } }
      guard hasRank, block.coordinates.count > SizeLimit.pairs / max(1, block.coordinates.count),
        CorrelationStructure.sequences(
          of: block, pairs: correlations.pairs.map(\.pair),
          pairDependences: correlations.pairDependences.map(\.pairDependence)) == nil
      else { continue }
      context.report(
        .tooManyRankedCells(context[block.quantity].name, coordinates: block.coordinates.count),
        at: context[block.quantity].inputDeclaration?.dependencePlace ?? context[block.quantity].place)
      return false
    }
    let named =
      correlations.pairs.map { ($0.pair.first, $0.pair.second) }
      + correlations.pairDependences.map { ($0.pairDependence.first, $0.pairDependence.second) }
    for (a, b) in named {
      let (first, second) = (counts[a] ?? 0, counts[b] ?? 0)
      guard first > SizeLimit.pairs / max(1, second) else { continue }
      context.report(
        .tooManyCorrelatedCells(context[a].name, context[b].name, coordinates: (first, second)),
        at: correlations.place(a, b))
      return false
    }
    return true
  }

  private func report(_ problem: CorrelationStructure.Contradiction, _ dimensions: DimensionAssignment) {
    switch problem {
    case .fractionalDistance(let id, let index):
      context.report(
        .negativeRankAtFractions(context[index].name),
        at: context[id].inputDeclaration?.dependencePlace ?? context[id].place)
    case .indexDependenceDiffers(let first, let second, let index):
      context.report(
        .dependencesDiffer(context[first].name, context[second].name, index: context[index].name),
        at: correlations.place(first, second))
    case .labelsDiffer(let first, let second, let index):
      context.report(
        .uncertainLabelsDiffer(context[first].name, context[second].name, index: context[index].name),
        at: correlations.place(first, second))
    case .tooLarge(let coordinates, let limit):
      let firstRank = context.quantities.lazy.compactMap(\.inputDeclaration).first { stated in
        (stated.dependenceEverywhere.map { [$0] } ?? Array(stated.dependence.values)).contains { mode in
          if case .rank = mode { true } else { false }
        }
      }?.dependencePlace
      context.report(
        .tooManyCorrelated(coordinates, limit: limit),
        at: correlations.pairs.first?.place ?? firstRank ?? context.wholePlace)
    case .copulasDiffer(let first, let second):
      let copulas = [first, second].compactMap(\.copula).map(CorrelationReader.text)
      context.report(
        .copulasDiffer(copulas, otherAt: correlations.place(first.first, first.second)),
        at: correlations.place(second.first, second.second))
    case .pairCopulaAlongRank(let pairDependence, let id, let index):
      context.report(
        .pairCopulaAlongRank(
          (context[pairDependence.first].name, context[pairDependence.second].name), input: context[id].name,
          index: context[index].name),
        at: correlations.place(pairDependence.first, pairDependence.second))
    case .pairCopulaSpreads(let pairDependence, let id, let index):
      let other = id == pairDependence.first ? pairDependence.second : pairDependence.first
      context.report(
        .pairCopulaSpreads(
          (context[pairDependence.first].name, context[pairDependence.second].name), input: context[id].name,
          other: context[other].name, index: context[index].name),
        at: correlations.place(pairDependence.first, pairDependence.second))
    case .pairCopulaNotAlone(let pairDependence, let id):
      let further =
        (correlations.pairs.map { ($0.pair.first, $0.pair.second, $0.place) }
        + correlations.pairDependences.map { ($0.pairDependence.first, $0.pairDependence.second, $0.place) })
        .first { ($0.0 == id || $0.1 == id) && Set([$0.0, $0.1]) != [pairDependence.first, pairDependence.second] }
      context.report(
        .pairCopulaNotAlone(context[id].name, otherAt: further?.2),
        at: correlations.place(pairDependence.first, pairDependence.second))
    case .notPositiveDefinite(let smallest, let offending):
      report(smallestEigenvalue: smallest, offending, dimensions)
    }
  }

  private func report(
    smallestEigenvalue smallest: Double, _ offending: [CorrelationStructure.Entry], _ dimensions: DimensionAssignment
  ) {
    func address(_ id: CoordinateID) -> String { "\(dimensions.coordinates[id.position].address)" }
    // Nonzero correlations come before zeros.
    let ordered = offending.filter { $0.score != 0 } + offending.filter { $0.score == 0 }
    var notes = ordered.prefix(8).map { entry in
      Problem.matrixEntry(
        address(entry.row), address(entry.column), score: MessageText.number((entry.score * 1e4).rounded() / 1e4))
    }
    if ordered.count > 8 { notes.append(Problem.furtherEntries(ordered.count - 8)) }
    let quantities = Set(
      offending.flatMap { entry in [entry.row, entry.column].map { dimensions.coordinates[$0.position].quantity } })
    let culprit = correlations.pairs.last { quantities.contains($0.pair.first) && quantities.contains($0.pair.second) }
    if let range = Self.possible(of: ordered, last: culprit?.pair, dimensions) {
      notes.append(
        Problem.possibleEntry(
          address(range.entry.row), address(range.entry.column), low: MessageText.number(range.low),
          high: MessageText.number(range.high)))
    }
    let inside =
      quantities.count == 1 ? quantities.first.flatMap { context[$0].inputDeclaration?.dependencePlace } : nil
    context.report(
      .impossibleCorrelations(
        smallestEigenvalue: MessageText.number((smallest * 1e4).rounded() / 1e4), notes: notes),
      at: culprit?.place ?? inside ?? context.wholePlace)
  }

  /// The possible range of one of three correlations given the other two: the unstated one, or else the last.
  ///
  /// With the others r and s it is r s ± √((1 - r²)(1 - s²)), rounded inwards to two digits.
  private static func possible(
    of entries: [CorrelationStructure.Entry], last: CorrelationStructure.PairCorrelation?,
    _ dimensions: DimensionAssignment
  ) -> (entry: CorrelationStructure.Entry, low: Double, high: Double)? {
    guard entries.count == 3 else { return nil }
    let position =
      entries.firstIndex { $0.score == 0 }
      ?? entries.firstIndex { entry in
        Set([entry.row, entry.column].map { dimensions.coordinates[$0.position].quantity })
          == Set([last?.first, last?.second].compactMap(\.self))
      } ?? 2
    let others = entries.indices.filter { $0 != position }.map { entries[$0].score }
    let (middle, half) = (
      others[0] * others[1], ((1 - others[0] * others[0]) * (1 - others[1] * others[1])).squareRoot()
    )
    guard half > 0.02 else { return nil }
    return (entries[position], ((middle - half) * 100).rounded(.up) / 100, ((middle + half) * 100).rounded(.down) / 100)
  }
}

extension CheckedInput.CheckedSupportPoint {
  /// Whether single values of its distribution have positive probability.
  fileprivate var isDiscrete: Bool {
    if case .distribution(.fixed(let distribution)) = value {
      isUncertain && !distribution.atoms.isEmpty
    } else {
      false
    }
  }
}

extension CheckContext {
  /// The beginning of the scenario's own file, for problems that concern the whole scenario.
  var wholePlace: SourcePlace { SourcePlace(file: parsed.file, line: 1, column: 1) }
}
