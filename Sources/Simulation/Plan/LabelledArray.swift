import Modeling

/// Values over the cells of some indexes, row-major, the last index fastest.
struct LabelledArray {
  /// The indexes, in the order of their names.
  var axes: [IndexID]
  /// The number of labels on each.
  var extents: [Int]
  /// A value for each cell.
  var values: [ValueID]

  /// A value without indexes.
  init(_ value: ValueID) {
    axes = []
    extents = []
    values = [value]
  }

  /// Values over cells.
  init(axes: [IndexID], extents: [Int], values: [ValueID]) {
    self.axes = axes
    self.extents = extents
    self.values = values
  }

  /// The stride of each index.
  var strides: [Int] {
    var strides = [Int](repeating: 1, count: extents.count)
    for axis in extents.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * extents[axis + 1] }
    return strides
  }

  /// The stride of an index; 0 if the array does not have it.
  func stride(along index: IndexID) -> Int {
    axes.firstIndex(of: index).map { strides[$0] } ?? 0
  }

  /// The number of labels on an index; 1 if the array does not have it.
  func extent(along index: IndexID) -> Int { axes.firstIndex(of: index).map { extents[$0] } ?? 1 }

  /// The values at some labels of an index that the array has, in their order.
  func picking(_ labels: [Int], on index: IndexID) -> LabelledArray {
    guard let axis = axes.firstIndex(of: index), labels != Array(0..<extents[axis]) else { return self }
    let (stride, extent) = (strides[axis], extents[axis])
    var picked = self
    picked.extents[axis] = labels.count
    picked.values.removeAll(keepingCapacity: true)
    for start in Swift.stride(from: 0, to: values.count, by: max(1, extent * stride)) {
      for label in labels { picked.values += values[(start + label * stride)..<(start + (label + 1) * stride)] }
    }
    return picked
  }

  /// The values along some indexes, from an offset on: row-major, one for each combination of their labels.
  func values(from offset: Int, along indexes: [IndexID]) -> [ValueID] {
    var offsets = [offset]
    for index in axes where indexes.contains(index) {
      let (stride, extent) = (self.stride(along: index), self.extent(along: index))
      offsets = offsets.flatMap { from in (0..<extent).map { from + $0 * stride } }
    }
    return offsets.map { values[$0] }
  }

  /// The values at a label of an index, without that index.
  func at(_ position: Int, on index: IndexID) -> LabelledArray {
    guard let axis = axes.firstIndex(of: index) else { return self }
    let stride = strides[axis]
    let extent = extents[axis]
    var picked: [ValueID] = []
    picked.reserveCapacity(values.count / max(extent, 1))
    var start = position * stride
    while start < values.count {
      picked += values[start..<(start + stride)]
      start += extent * stride
    }
    var (axes, extents) = (axes, extents)
    axes.remove(at: axis)
    extents.remove(at: axis)
    return LabelledArray(axes: axes, extents: extents, values: picked)
  }
}

/// Iterates over the cells of a space and maintains the corresponding offsets in several operands.
struct CellIterator {
  private let extents: [Int]
  /// For each axis, the stride in each operand.
  private let strides: [[Int]]
  private var positions: [Int]
  /// The offset of the current cell in each operand.
  private(set) var offsets: [Int]

  /// An iteration over axes; an operand without one of them has the same cell at each of its labels.
  init(axes: [IndexID], extents: [Int], operands: [LabelledArray]) {
    self.extents = extents
    self.strides = axes.map { axis in operands.map { $0.stride(along: axis) } }
    self.positions = [Int](repeating: 0, count: axes.count)
    self.offsets = [Int](repeating: 0, count: operands.count)
  }

  /// The label position on each axis.
  var labels: [Int] { positions }

  /// Moves to the next cell.
  mutating func advance() {
    for axis in extents.indices.reversed() {
      positions[axis] += 1
      let isBack = positions[axis] == extents[axis]
      let steps = isBack ? 1 - extents[axis] : 1
      for operand in offsets.indices { offsets[operand] += steps * strides[axis][operand] }
      if !isBack { return }
      positions[axis] = 0
    }
  }
}
