import VectorMath

/// Adds the sums of consecutive groups of cells, in the groups of groups that `Graph.sum` makes of a long sum.
final class LoopGroups {
  private let memory: UnsafeMutablePointer<Double>
  private let tile: Int
  /// The number of columns on each level.
  private var counts: [Int]
  private var draws = 0
  private var distance = 0
  private let columns: UnsafeMutablePointer<Column>

  /// Columns for some levels.
  ///
  /// - Parameters:
  ///   - levels: the levels, the last of which is not filled.
  ///   - memory: `LoopRunner.group` columns of `tile` draws for each level.
  init(levels: Int, memory: UnsafeMutablePointer<Double>, tile: Int) {
    self.memory = memory
    self.tile = tile
    counts = [Int](repeating: 0, count: levels)
    columns = .allocate(capacity: LoopRunner.group)
  }

  deinit { columns.deallocate() }

  /// Begins the sums of some draws.
  func begin(draws: Int, distance: Int) {
    (self.draws, self.distance) = (draws, distance)
    for level in counts.indices { counts[level] = 0 }
  }

  private func column(_ level: Int, _ place: Int) -> UnsafeMutablePointer<Double> {
    memory + (level * LoopRunner.group * tile + place * distance)
  }

  /// The column for the sum of the next group.
  func next() -> UnsafeMutablePointer<Double> { column(0, counts[0]) }

  /// Counts the group whose sum has been written.
  func close(_ draws: Int) {
    counts[0] += 1
    var level = 0
    while counts[level] == LoopRunner.group, level + 1 < counts.count {
      lift(level)
      level += 1
    }
  }

  /// Adds the columns of a level to one column of the next.
  private func lift(_ level: Int) {
    total(of: level, into: column(level + 1, counts[level + 1]))
    counts[level + 1] += 1
    counts[level] = 0
  }

  private func total(of level: Int, into out: MutableColumn) {
    for place in 0..<counts[level] { columns[place] = Column(column(level, place)) }
    Self.sum(UnsafeBufferPointer(start: columns, count: counts[level]), into: out, count: draws)
  }

  /// Writes the sum of all groups.
  func finish(into out: MutableColumn) {
    let highest = counts.lastIndex { $0 > 0 } ?? 0
    for level in 0..<highest where counts[level] > 0 { lift(level) }
    // A level that the others have filled has one column more, or is full.
    let top = counts.lastIndex { $0 > 0 } ?? 0
    total(of: top, into: out)
  }

  /// The sum of columns, as the instruction for so many terms computes it.
  static func sum(_ x: UnsafeBufferPointer<Column>, into out: MutableColumn, count: Int) {
    switch x.count {
    case 1: out.update(from: x[0], count: count)
    case 2: Columns.apply(.add, x[0], x[1], into: out, count: count)
    default: Columns.sum(x, into: out, count: count)
    }
  }
}
