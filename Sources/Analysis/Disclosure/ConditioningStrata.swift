/// The draws by the values of the discrete columns among several known ones.
///
/// A column is discrete if each of its values has a level, and nearly all draws have a value that many others share. Its
/// values are conditioned on exactly: a regression or a bin would mix distributions that differ by the distance of two
/// values.
struct ConditioningStrata: Sendable {
  /// The stratum of each measured draw.
  private(set) var ids: [UInt16]
  /// The number of strata.
  private(set) var count = 1
  /// The positions of the columns that are not discrete.
  let others: [Int]
  /// The fraction of the measured draws in strata that are too small to measure a width.
  let shareOfSmall: Double
  /// The divisions, in order: the column, and by stratum and level the finer stratum.
  private var divisions: [(column: Int, strata: [Int32])] = []

  /// The minimum number of draws of a stratum, so that its 5th and 95th percentiles are between its extremes.
  private static let leastDraws = 64
  /// The fraction of the draws that smaller strata may have.
  private static let mostInSmall = 0.02
  /// Maximum number of strata: with the bins of all strata they are numbered by 16 bits.
  private static let most = 1 << 14

  /// The strata of a number of draws.
  ///
  /// Columns are taken as discrete in their order, as long as nearly all draws are in strata that are large enough.
  ///
  /// - Parameters:
  ///   - edges: by column, the edges of its levels.
  ///   - levels: the levels of a column in the draws.
  init(_ n: Int, _ edges: [LevelEdges], _ levels: (_ column: Int) -> [UInt8]) {
    ids = [UInt16](repeating: 0, count: n)
    var others: [Int] = []
    var small = 0
    for position in edges.indices {
      guard edges[position].isDiscrete, edges[position].count <= n / Self.leastDraws else {
        others.append(position)
        continue
      }
      let own = levels(position)
      var counts = [Int](repeating: 0, count: count << 8)
      for (id, level) in zip(ids, own) { counts[Int(id) << 8 | Int(level)] += 1 }
      let few = counts.reduce(0) { $0 + ($1 < Self.leastDraws ? $1 : 0) }
      guard Double(few) <= Self.mostInSmall * Double(n), counts.count(where: { $0 > 0 }) <= Self.most else {
        others.append(position)
        continue
      }
      small = few
      var finer = [Int32](repeating: -1, count: counts.count)
      count = 0
      for place in counts.indices where counts[place] > 0 {
        finer[place] = Int32(count)
        count += 1
      }
      for draw in ids.indices { ids[draw] = UInt16(finer[Int(ids[draw]) << 8 | Int(own[draw])]) }
      divisions.append((position, finer))
    }
    self.others = others
    shareOfSmall = Double(small) / Double(max(1, n))
  }

  /// The strata of other draws; those whose values no stratum has are assigned to the first.
  ///
  /// - Parameters:
  ///   - n: their number.
  ///   - levels: the levels of a column in them.
  func divided(_ n: Int, _ levels: (_ column: Int) -> [UInt8]) -> [UInt16] {
    var ids = [UInt16](repeating: 0, count: n)
    for (column, finer) in divisions {
      let own = levels(column)
      for draw in ids.indices { ids[draw] = UInt16(max(0, finer[Int(ids[draw]) << 8 | Int(own[draw])])) }
    }
    return ids
  }
}
