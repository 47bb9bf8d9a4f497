import Sampling

/// The rule that assigns draws to bins by the known values of some columns.
///
/// The values of discrete columns divide the draws into strata (`ConditioningStrata`). Within a stratum, draws are divided
/// by the level of the only other column, or by a regression on several others. A level whose draws have the same value,
/// and which has as many draws as a bin, is a separate bin; between such levels bins have equal numbers of draws, as far as
/// levels allow. All this is found from the draws of a sample; further draws are assigned to the same bins.
struct ConditioningRule: Sendable {
  /// Bins of equal probability, of 1,024 draws each with the default draws; with fewer draws there are fewer bins.
  static let most = 96
  private static let leastDraws = 256
  /// Draws from which the levels of a regression are found.
  private static let sampled = 8192

  /// Kinds of bins: with one value of all known columns, or with a range of values.
  static let exact: UInt8 = 0
  static let range: UInt8 = 1

  /// The columns.
  let columns: [Int]
  /// The kind of each bin.
  private(set) var kinds: [UInt8] = []
  /// For each bin, the bin that joins it to its neighbour.
  private(set) var parents: [UInt16] = []
  /// The kinds of joined bins.
  private(set) var parentKinds: [UInt8] = []
  /// The fraction of the draws in strata that are too small to measure a width.
  let shareOfSmall: Double
  private let strata: ConditioningStrata
  /// By stratum, the regression on several columns that are not discrete, and the levels of its predictions.
  private var predictions: [(prediction: ScorePrediction, edges: LevelEdges)] = []
  /// The bin of each stratum and level.
  private var table: [UInt16] = []

  /// The rule of a target's draws given columns of a sample, and the bins of these draws.
  static func fitted(
    _ target: OrderedTarget, _ sample: LevelSample, _ levels: TargetLevels, _ moments: ScoreMoments,
    given columns: [Int]
  ) -> (rule: ConditioningRule, bins: [UInt16]) {
    var rule = ConditioningRule(target, sample, levels, given: columns)
    if rule.strata.others.count > 1 { rule.fit(target, sample, levels, moments) }
    let exact =
      rule.strata.others.count == 1
      ? [[Bool]](repeating: sample.reader.edges[columns[rule.strata.others[0]]].isExact, count: rule.strata.count)
      : rule.predictions.map(\.edges.isExact)
    let ids = rule.strata.ids
    let keys = rule.keys(ids, target.draws.count) { levels.measured[columns[$0]] }
    rule.divide(ids, keys, exact)
    return (rule, rule.bins(ids, keys))
  }

  private init(_ target: OrderedTarget, _ sample: LevelSample, _ levels: TargetLevels, given columns: [Int]) {
    self.columns = columns
    let strata = ConditioningStrata(target.draws.count, columns.map { sample.reader.edges[$0] }) {
      levels.measured[columns[$0]]
    }
    self.strata = strata
    shareOfSmall = strata.shareOfSmall
  }

  /// The rule of an inert input's draws.
  init(inertLevels keys: [UInt8]) {
    columns = []
    shareOfSmall = 0
    strata = ConditioningStrata(keys.count, []) { _ in [] }
    divide(strata.ids, keys, [LevelEdges.ofInert.isExact])
  }

  /// The bins of some draws, from the levels of each column in them.
  func bins(_ n: Int, _ levels: (_ place: Int) -> [UInt8]) -> [UInt16] {
    let ids = strata.divided(n, levels)
    return bins(ids, keys(ids, n, levels))
  }

  /// The bins of an inert input's draws.
  func bins(inertLevels keys: [UInt8]) -> [UInt16] { keys.map { table[Int($0)] } }

  private func bins(_ ids: [UInt16], _ keys: [UInt8]) -> [UInt16] {
    keys.isEmpty ? ids.map { table[Int($0) << 8] } : keys.indices.map { table[Int(ids[$0]) << 8 | Int(keys[$0])] }
  }

  // MARK: Keys

  /// Fits the regressions of all strata.
  private mutating func fit(
    _ target: OrderedTarget, _ sample: LevelSample, _ levels: TargetLevels, _ moments: ScoreMoments
  ) {
    let known = strata.others.map { columns[$0] }
    let scores = known.map { sample.scores[$0] }
    let all = known.map { levels.measured[$0] }
    func add(_ prediction: ScorePrediction, _ count: Int, _ draw: (Int) -> Int) {
      let stride = max(1, count / Self.sampled)
      let taken = Swift.stride(from: stride / 2, to: count, by: stride).map(draw)
      let sampled = prediction.predictions { place in taken.map { all[place][$0] } }
      predictions.append((prediction, LevelEdges(sample: sampled)))
    }
    guard strata.count > 1 else {
      let prediction =
        ScorePrediction(scores: scores, known, moments)
        ?? ScorePrediction(scores: scores, levels: known.map { levels.fit[$0] }, wanted: target.fitScores)
      add(prediction, target.draws.count) { $0 }
      return
    }
    let ids = strata.divided(target.fit.count) { levels.fit[columns[$0]] }
    let fit = grouped(ids)
    let draws = grouped(strata.ids)
    for stratum in 0..<strata.count {
      let own = fit[stratum]
      let prediction = ScorePrediction(
        scores: scores, levels: known.map { column in own.map { levels.fit[column][$0] } },
        wanted: own.map { target.fitScores[$0] })
      add(prediction, draws[stratum].count) { draws[stratum][$0] }
    }
  }

  /// The places of each stratum, in their order.
  private func grouped(_ ids: [UInt16]) -> [[Int]] {
    var groups = [[Int]](repeating: [], count: strata.count)
    for (place, id) in ids.enumerated() { groups[Int(id)].append(place) }
    return groups
  }

  /// The keys of draws within their strata; empty if all columns are discrete.
  private func keys(_ ids: [UInt16], _ n: Int, _ levels: (_ place: Int) -> [UInt8]) -> [UInt8] {
    let others = strata.others
    if others.count <= 1 { return others.first.map(levels) ?? [] }
    if predictions.count == 1 {
      return predictions[0].edges.levels(predictions[0].prediction.predictions { levels(others[$0]) })
    }
    let all = others.map(levels)
    var keys = [UInt8](repeating: 0, count: n)
    for (id, draws) in Dictionary(grouping: ids.indices, by: { Int(ids[$0]) }) {
      let (prediction, edges) = predictions[id]
      let found = edges.levels(prediction.predictions { place in draws.map { all[place][$0] } })
      for (place, draw) in draws.enumerated() { keys[draw] = found[place] }
    }
    return keys
  }

  // MARK: Bins

  /// Divides each stratum by the levels of the keys.
  private mutating func divide(_ ids: [UInt16], _ keys: [UInt8], _ exact: [[Bool]]) {
    var counts = [Int](repeating: 0, count: strata.count << 8)
    for draw in keys.indices { counts[Int(ids[draw]) << 8 | Int(keys[draw])] += 1 }
    table = [UInt16](repeating: 0, count: counts.count)
    for stratum in 0..<strata.count {
      guard !keys.isEmpty else {
        table[stratum << 8] = add(Self.exact)
        continue
      }
      let own = Array(counts[stratum << 8..<(stratum + 1) << 8])
      let size = max(Self.leastDraws, own.reduce(0, +) / Self.most)
      var first = 0
      for level in 0..<256 {
        let isSingle = level == Int(LevelEdges.unknown) || (level < exact[stratum].count && exact[stratum][level])
        guard isSingle, own[level] >= size else { continue }
        add(first..<level, own, size, at: stratum << 8)
        table[stratum << 8 | level] = add(Self.exact)
        first = level + 1
      }
      add(first..<256, own, size, at: stratum << 8)
    }
  }

  /// Adds the bins of a range of levels: an even number of them, or one.
  private mutating func add(_ levels: Range<Int>, _ counts: [Int], _ size: Int, at start: Int) {
    let total = counts[levels].reduce(0, +)
    guard !levels.isEmpty else { return }
    guard total > 0 else {
      // No draw of the sample: the nearest bin.
      for level in levels { table[start | level] = UInt16(max(0, kinds.count - 1)) }
      return
    }
    let pairs = total / (2 * size)
    let count = pairs > 0 ? 2 * pairs : 1
    let (bin, parent) = (kinds.count, parentKinds.count)
    var below = 0
    for level in levels {
      table[start | level] = UInt16(bin + (2 * below + counts[level]) * count / (2 * total + 1))
      below += counts[level]
    }
    kinds += [UInt8](repeating: Self.range, count: count)
    parents += (0..<count).map { UInt16(parent + $0 / 2) }
    parentKinds += [UInt8](repeating: Self.range, count: max(1, pairs))
  }

  /// Adds a bin, and returns its number.
  private mutating func add(_ kind: UInt8) -> UInt16 {
    kinds.append(kind)
    parents.append(UInt16(parentKinds.count))
    parentKinds.append(kind)
    return UInt16(kinds.count - 1)
  }
}
