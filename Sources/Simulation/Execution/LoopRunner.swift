import Modeling
import VectorMath

/// One thread's memory for a loop over cells, and its execution.
///
/// A loop takes some draws at a time: so few that the leaves' cells, packed next to each other, stay in the second-level
/// cache while all cells are computed from them. Nodes are computed for up to 64 cells of a row by one call of a kernel.
/// Values that do not vary along the row are computed once for it. Cells are added in the groups that instructions over
/// single cells would have, so that nothing is kept of a million cells but a group on each level.
final class LoopRunner {
  private let loop: CellLoop
  private let varying: [Bool]
  /// The numbers of constants.
  private let constants: [Double?]
  /// Draws at a time.
  private let tile: Int
  /// The factors of a cell, if it is a product of two that last as long as their group.
  private let pair: (first: Int, second: Int)?

  private let memory: CacheAlignedDoubles
  /// The cells of the leaves, packed.
  private let packed: UnsafeMutablePointer<Double>
  /// The column of each node: of a group's cells if it varies along the row, otherwise of one cell.
  private var outputs: [UnsafeMutablePointer<Double>]
  /// Copies of a value that does not vary along the row, for a group's cells; nil if no node needs it.
  private var copies: [UnsafeMutablePointer<Double>?]
  /// The column of each number for the cells being computed.
  private var current: [Column]
  private let terms, partners: UnsafeMutablePointer<Column>
  private let weights: UnsafeMutablePointer<Double>
  private let groups: LoopGroups
  private let lists: UnsafeMutablePointer<Column>

  /// Cells of a group: the operands of one instruction.
  static let group = Graph.maxOperands
  /// Bytes of the packed leaves, about half of a second-level cache.
  private static let packedBytes = 1 << 19
  /// Draws at a time: enough that calls cost little, few enough for the first-level cache.
  private static let tiles = 64...256

  /// Memory for a loop.
  init(_ loop: CellLoop) {
    self.loop = loop
    let leaves = loop.leaves.reduce(0) { $0 + $1.count }
    let tile = Self.tile(leaves)
    self.tile = tile
    varying = loop.varying
    constants =
      loop.leaves.map { _ in nil }
      + loop.nodes.map { node in
        if case .constant(let bits, _) = node { Double(bitPattern: bits) } else { nil }
      }
    pair = Self.pair(loop)
    memory = CacheAlignedDoubles(count: Self.doubles(loop))
    packed = memory.start
    var next = memory.start + leaves * tile
    func take(_ cells: Int) -> UnsafeMutablePointer<Double> {
      defer { next += cells * tile }
      return next
    }
    outputs = loop.nodes.indices.map { take(loop.isVarying($0) ? Self.group : 1) }
    let copied = loop.copied
    copies = copied.map { $0 ? take(Self.group) : nil }
    current = [Column](repeating: Column(memory.start), count: varying.count)
    groups = LoopGroups(levels: Self.levels(loop), memory: take(Self.levels(loop) * Self.group), tile: tile)
    terms = .allocate(capacity: Self.group)
    partners = .allocate(capacity: Self.group)
    weights = .allocate(capacity: Self.group)
    lists = .allocate(capacity: 2 * Self.group)
    var weight = 1.0
    if case .sum(let bits) = loop.reduction { weight = Double(bitPattern: bits) }
    weights.initialize(repeating: weight, count: Self.group)
    for (number, constant) in constants.enumerated() {
      guard let constant else { continue }
      outputs[number - loop.leaves.count].update(repeating: constant, count: tile)
      copies[number]?.update(repeating: constant, count: tile * Self.group)
    }
  }

  deinit {
    terms.deallocate()
    partners.deallocate()
    weights.deallocate()
    lists.deallocate()
  }

  private static func tile(_ leaves: Int) -> Int {
    let fitting = packedBytes / (8 * max(1, leaves)) / 64 * 64
    return min(max(fitting, tiles.lowerBound), tiles.upperBound)
  }

  private static func levels(_ loop: CellLoop) -> Int {
    var (levels, count) = (1, loop.cells)
    while count > group { (levels, count) = (levels + 1, (count + group - 1) / group) }
    return levels + 1
  }

  /// The doubles of a loop's memory.
  static func doubles(_ loop: CellLoop) -> Int {
    let leaves = loop.leaves.reduce(0) { $0 + $1.count }
    let nodes = loop.nodes.indices.reduce(0) { $0 + (loop.isVarying($1) ? group : 1) }
    let copies = loop.copied.count { $0 } * group
    return tile(leaves) * (leaves + nodes + copies + levels(loop) * group)
  }

  private static func pair(_ loop: CellLoop) -> (first: Int, second: Int)? {
    let leaves = loop.leaves.count
    guard case .sum = loop.reduction, case .product(let scale, let factors, let denominators) = loop.nodes.last,
      scale == 1.0.bitPattern, factors.count == 2, denominators.isEmpty,
      loop.root.index == leaves + loop.nodes.count - 1
    else { return nil }
    // The column of a node that does not vary along the row is overwritten in the next row.
    let varying = loop.varying
    guard factors.allSatisfy({ $0.index < leaves || varying[$0.index] }) else { return nil }
    return (factors[0].index, factors[1].index)
  }

  // MARK: Execution

  /// Computes the reduction.
  ///
  /// - Parameters:
  ///   - operands: the columns of the leaves' cells.
  ///   - out: the result.
  ///   - count: draws.
  /// - Returns: false if `isCancelled` returned true meanwhile.
  func run(
    _ operands: UnsafeBufferPointer<Column>, into out: MutableColumn, count: Int, isCancelled: () -> Bool
  ) -> Bool {
    for start in stride(from: 0, to: count, by: tile) {
      if start > 0, isCancelled() { return false }
      let draws = min(tile, count - start)
      // Columns of a few draws, such as the one draw of an explanation, are packed without gaps.
      let distance = min(tile, (draws + 7) / 8 * 8)
      for (cell, column) in operands.enumerated() {
        (packed + cell * distance).update(from: column + start, count: draws)
      }
      cells(draws, distance, into: out + start)
    }
    return true
  }

  /// Computes the cells of some draws and combines them.
  private func cells(_ draws: Int, _ distance: Int, into out: MutableColumn) {
    groups.begin(draws: draws, distance: distance)
    let leaves = loop.leaves
    let length = loop.extents.last ?? 1
    var rows = loop.extents.dropLast().reduce(1, *)
    var labels = [Int](repeating: 0, count: max(loop.extents.count - 1, 0))
    var filled = 0
    var isFirst = true
    while rows > 0 {
      for (number, leaf) in leaves.enumerated() {
        let offset = zip(labels, leaf.strides).reduce(leaf.first) { $0 + $1.0 * $1.1 }
        current[number] = Column(packed + offset * distance)
      }
      let starts = Array(current[0..<leaves.count])
      beginRow(distance)
      var first = 0
      while first < length {
        let some = min(length - first, Self.group - filled)
        for number in leaves.indices where varying[number] { current[number] = starts[number] + first * distance }
        compute(some, from: filled, distance)
        switch loop.reduction {
        case .sum:
          list(some, from: filled, distance)
          filled += some
          if filled == Self.group {
            reduce(filled, draws)
            filled = 0
          }
        case .extreme(let operation):
          let root = current[loop.root.index]
          for cell in 0..<some {
            let value = root + cell * distance
            if isFirst {
              out.update(from: value, count: draws)
            } else {
              Columns.apply(operation, Column(out), value, into: out, count: draws)
            }
            isFirst = false
          }
        }
        first += some
      }
      rows -= 1
      for axis in labels.indices.reversed() {
        labels[axis] += 1
        if labels[axis] < loop.extents[axis] { break }
        labels[axis] = 0
      }
    }
    guard case .sum = loop.reduction else { return }
    if filled > 0 { reduce(filled, draws) }
    groups.finish(into: out)
  }

  /// Computes the nodes that do not vary along the row, and copies what nodes that do read.
  private func beginRow(_ distance: Int) {
    let leaves = loop.leaves.count
    for (place, node) in loop.nodes.enumerated() where !varying[leaves + place] {
      current[leaves + place] = Column(outputs[place])
      if constants[leaves + place] == nil { compute(node, into: outputs[place], distance, operandsOfRow: true) }
    }
    let cells = min(Self.group, loop.extents.last ?? 1)
    for (number, copy) in copies.enumerated() where constants[number] == nil {
      guard let copy else { continue }
      for cell in 0..<cells { (copy + cell * distance).update(from: current[number], count: distance) }
    }
  }

  /// Computes the nodes that vary along the row for some of its cells.
  private func compute(_ cells: Int, from filled: Int, _ distance: Int) {
    let leaves = loop.leaves.count
    let last = pair == nil ? loop.nodes.count : loop.nodes.count - 1
    for place in 0..<last where varying[leaves + place] {
      let out = outputs[place] + filled * distance
      compute(loop.nodes[place], into: out, cells * distance, operandsOfRow: false)
      current[leaves + place] = Column(out)
    }
  }

  /// The columns of the terms of some cells.
  private func list(_ cells: Int, from filled: Int, _ distance: Int) {
    func list(_ number: Int, into columns: UnsafeMutablePointer<Column>) {
      let (first, step) = (current[number], varying[number] ? distance : 0)
      for cell in 0..<cells { columns[filled + cell] = first + cell * step }
    }
    if let pair {
      list(pair.first, into: terms)
      list(pair.second, into: partners)
    } else {
      list(loop.root.index, into: terms)
    }
  }

  /// Adds the terms of a group.
  private func reduce(_ count: Int, _ draws: Int) {
    let out = groups.next()
    let x = UnsafeBufferPointer(start: terms, count: count)
    let weight = weights[0]
    if pair != nil {
      let y = UnsafeBufferPointer(start: partners, count: count)
      Columns.dot(weights: weights, x, y, into: out, count: draws)
    } else if weight == 1 {
      LoopGroups.sum(x, into: out, count: draws)
    } else {
      Columns.weightedSum(weights: weights, x, into: out, count: draws)
    }
    groups.close(draws)
  }

  // MARK: Nodes

  private func column(_ id: ValueID, _ ofRow: Bool) -> Column {
    ofRow || varying[id.index] ? current[id.index] : Column(copies[id.index] ?? outputs[0])
  }

  private func list(_ ids: [ValueID], _ ofRow: Bool, at place: Int = 0) -> UnsafeBufferPointer<Column> {
    for (k, id) in ids.enumerated() { lists[place + k] = column(id, ofRow) }
    return UnsafeBufferPointer(start: lists + place, count: ids.count)
  }

  /// Computes a node as the instruction of a single cell would be, see `BlockProgram`.
  private func compute(
    _ node: GraphNode, into out: MutableColumn, _ count: Int, operandsOfRow ofRow: Bool
  ) {
    switch node {
    case .unary(let operation, let a): Columns.apply(operation, column(a, ofRow), into: out, count: count)
    case .wholePower(let a, let exponent): Columns.wholePower(column(a, ofRow), exponent, into: out, count: count)
    case .binary(let operation, let a, let b):
      if let number = constants[b.index] {
        Columns.apply(operation, column(a, ofRow), number, into: out, count: count)
      } else if let number = constants[a.index] {
        Columns.apply(operation, number, column(b, ofRow), into: out, count: count)
      } else {
        Columns.apply(operation, column(a, ofRow), column(b, ofRow), into: out, count: count)
      }
    case .product(let bits, let numerators, let denominators):
      let scale = Double(bitPattern: bits)
      switch (numerators.count, denominators.count) {
      case (1, 0): Columns.apply(.multiply, column(numerators[0], ofRow), scale, into: out, count: count)
      case (0, 1): Columns.apply(.divide, scale, column(denominators[0], ofRow), into: out, count: count)
      case (2, 0) where scale == 1:
        Columns.apply(.multiply, column(numerators[0], ofRow), column(numerators[1], ofRow), into: out, count: count)
      case (1, 1) where scale == 1:
        Columns.apply(.divide, column(numerators[0], ofRow), column(denominators[0], ofRow), into: out, count: count)
      default:
        let x = list(numerators, ofRow), y = list(denominators, ofRow, at: Self.group)
        Columns.product(scale: scale, x, over: y, into: out, count: count)
      }
    case .linear(let bits, let weightBits, let terms):
      let (shift, weights) = (Double(bitPattern: bits), weightBits.map { Double(bitPattern: $0) })
      if terms.count == 1 {
        Columns.affine(scale: weights[0], column(terms[0], ofRow), shift: shift, into: out, count: count)
      } else if terms.count == 2, shift == 0, weights == [1, 1] || weights == [1, -1] {
        Columns.apply(
          weights[1] == 1 ? .add : .subtract, column(terms[0], ofRow), column(terms[1], ofRow), into: out,
          count: count)
      } else if weights.allSatisfy({ $0 == 1 }) {
        Columns.sum(shift: shift, list(terms, ofRow), into: out, count: count)
      } else {
        Columns.weightedSum(shift: shift, weights: weights, list(terms, ofRow), into: out, count: count)
      }
    case .select(let condition, let then, let otherwise):
      Columns.select(
        column(condition, ofRow), then: column(then, ofRow), else: column(otherwise, ofRow), into: out, count: count)
    case .constant, .uniform, .score, .dot, .quantileTable, .scoreTable, .steps, .conditional, .varyingDistribution,
      .call, .loop:
      preconditionFailure("A loop has no such node, see `GraphNode.replacingOperands`.")
    }
  }
}

extension CellLoop {
  /// Whether a node's values differ along the last axis.
  func isVarying(_ node: Int) -> Bool { varying[leaves.count + node] }

  /// The numbers that do not vary along the last axis, and that a node reads that does.
  var copied: [Bool] {
    let varying = self.varying
    var copied = [Bool](repeating: false, count: varying.count)
    for (place, node) in nodes.enumerated() where varying[leaves.count + place] {
      node.forEachOperand { if !varying[$0.index] { copied[$0.index] = true } }
    }
    return copied
  }
}
