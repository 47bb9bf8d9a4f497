/// Places the nodes of a directed graph in columns, so that edges run from left to right with few crossings.
///
/// The steps are those of Sugiyama, Tagawa & Toda (1981), "Methods for visual understanding of hierarchical system
/// structures", doi:10.1109/TSMC.1981.4308636: columns by the longest path, long edges with a separate place in each
/// column between their ends, orders by barycentres, and heights by least squares.
struct LayeredGraph {
  /// A node's place: its column, and the height of its middle.
  struct Place {
    var column: Int
    var height: Double
  }

  /// The places of the nodes.
  private(set) var places: [Place] = []
  /// The heights of each edge in the columns between its ends.
  private(set) var bends: [[Double]] = []
  /// The number of columns.
  private(set) var columnCount = 0
  /// The total height.
  private(set) var height = 0.0

  /// Number of sweeps over the columns, back and forth; further sweeps hardly reduce crossings.
  private static let sweeps = 24
  /// Vertical room for a node, and for an edge that passes through a column.
  private static let nodeRoom = 30.0
  private static let bendRoom = 10.0

  /// The places of nodes 0 to `nodes - 1`; edges must not make a cycle.
  init(nodes: Int, edges: [(from: Int, to: Int)]) {
    let columns = Self.columns(nodes: nodes, edges: edges)
    columnCount = (columns.max() ?? -1) + 1
    guard columnCount > 0 else { return }

    // Bends are nodes too: each connects the segments of an edge in a column between its ends.
    var column = columns
    var pieces: [(from: Int, to: Int)] = []
    var ways: [[Int]] = []
    for edge in edges {
      var way: [Int] = []
      var last = edge.from
      for between in (columns[edge.from] + 1)..<max(columns[edge.to], columns[edge.from] + 1) {
        way.append(column.count)
        column.append(between)
        pieces.append((last, column.count - 1))
        last = column.count - 1
      }
      pieces.append((last, edge.to))
      ways.append(way)
    }
    var before = [[Int]](repeating: [], count: column.count)
    var after = before
    for piece in pieces {
      before[piece.to].append(piece.from)
      after[piece.from].append(piece.to)
    }

    var orders = [[Int]](repeating: [], count: columnCount)
    for node in column.indices { orders[column[node]].append(node) }
    orders = Self.ordered(orders, before, after, pieces)
    let heights = Self.heights(orders, before, after) { $0 < nodes ? Self.nodeRoom : Self.bendRoom }
    height = (heights.max() ?? 0) + Self.nodeRoom / 2
    places = (0..<nodes).map { Place(column: columns[$0], height: heights[$0]) }
    bends = ways.map { $0.map { heights[$0] } }
  }

  /// The length of the longest path to each node; nodes without incoming edges are placed directly before their first
  /// user.
  private static func columns(nodes: Int, edges: [(from: Int, to: Int)]) -> [Int] {
    var columns = [Int](repeating: 0, count: nodes)
    // Without a cycle, paths have fewer edges than there are nodes.
    for _ in 0..<nodes {
      var changed = false
      for edge in edges where columns[edge.to] < columns[edge.from] + 1 && columns[edge.from] + 1 < nodes {
        columns[edge.to] = columns[edge.from] + 1
        changed = true
      }
      if !changed { break }
    }
    let targets = Set(edges.map(\.to))
    for node in 0..<nodes where !targets.contains(node) {
      if let first = edges.filter({ $0.from == node }).map({ columns[$0.to] }).min() {
        columns[node] = max(0, first - 1)
      }
    }
    return columns
  }

  /// The columns in the best order found, each node moved towards the mean position of its neighbours.
  private static func ordered(
    _ start: [[Int]], _ before: [[Int]], _ after: [[Int]], _ pieces: [(from: Int, to: Int)]
  ) -> [[Int]] {
    var orders = start
    var place = [Double](repeating: 0, count: before.count)
    func number(_ column: [Int]) { for (position, node) in column.enumerated() { place[node] = Double(position) } }
    orders.forEach(number)
    var best = orders
    var fewest = exceedancePeriods(orders, after, place)
    for sweep in 0..<sweeps where fewest > 0 {
      let isForth = sweep % 2 == 0
      for column in isForth ? Array(orders.indices) : orders.indices.reversed() {
        let neighbours = isForth ? before : after
        let keys = orders[column].map { node -> Double in
          let near = neighbours[node]
          return near.isEmpty ? place[node] : near.reduce(0) { $0 + place[$1] } / Double(near.count)
        }
        orders[column] = zip(keys, orders[column]).enumerated()
          .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
        number(orders[column])
      }
      let count = exceedancePeriods(orders, after, place)
      if count < fewest { (best, fewest) = (orders, count) }
    }
    return best
  }

  private static func exceedancePeriods(_ orders: [[Int]], _ after: [[Int]], _ place: [Double]) -> Int {
    var count = 0
    for column in orders {
      let ends = column.map { node in after[node].map { place[$0] }.sorted() }
      for (position, upper) in ends.enumerated() {
        for lower in ends[(position + 1)...] {
          for end in upper { count += lower.prefix { $0 < end }.count }
        }
      }
    }
    return count
  }

  /// Heights close to those of the neighbours, respecting the columns' orders and the room of each node.
  private static func heights(
    _ orders: [[Int]], _ before: [[Int]], _ after: [[Int]], room: (Int) -> Double
  ) -> [Double] {
    var heights = [Double](repeating: 0, count: before.count)
    for column in orders {
      var next = 0.0
      for node in column {
        heights[node] = next + room(node) / 2
        next += room(node)
      }
    }
    for sweep in 0..<sweeps {
      for column in sweep % 2 == 0 ? orders : orders.reversed() {
        let wanted = column.map { node -> Double in
          let near = before[node] + after[node]
          return near.isEmpty ? heights[node] : near.reduce(0) { $0 + heights[$1] } / Double(near.count)
        }
        var offsets: [Double] = []
        var offset = 0.0
        for (position, node) in column.enumerated() {
          if position > 0 { offset += (room(column[position - 1]) + room(node)) / 2 }
          offsets.append(offset)
        }
        let rising = nearestRising(zip(wanted, offsets).map { $0 - $1 })
        for (position, node) in column.enumerated() { heights[node] = rising[position] + offsets[position] }
      }
    }
    let least = heights.indices.map { heights[$0] - room($0) / 2 }.min() ?? 0
    return heights.map { $0 - least }
  }

  /// The nondecreasing sequence closest to the given numbers in least squares, by pooling adjacent violators.
  ///
  /// Source: Ayer et al. (1955), doi:10.1214/aoms/1177728423.
  static func nearestRising(_ values: [Double]) -> [Double] {
    var pools: [(sum: Double, count: Int)] = []
    for value in values {
      pools.append((value, 1))
      while pools.count > 1 {
        let (last, previous) = (pools[pools.count - 1], pools[pools.count - 2])
        guard previous.sum * Double(last.count) > last.sum * Double(previous.count) else { break }
        pools.removeLast()
        pools[pools.count - 1] = (previous.sum + last.sum, previous.count + last.count)
      }
    }
    return pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
  }
}
