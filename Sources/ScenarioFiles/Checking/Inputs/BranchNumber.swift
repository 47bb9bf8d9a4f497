import Modeling

/// The number of the branch that a cell belongs to, counted on from cell to cell: finding the labels of each of a
/// million cells, and the branch by its labels, takes many times as long.
///
/// A branch has one label on each of some axes of a space of cells; the branches are numbered with the last axis fastest.
struct BranchNumber {
  /// The positions of the cell's labels, one for each index of the space.
  private(set) var labels: [Int]
  /// The number of the cell's branch.
  private(set) var number = 0
  private let extents: [Int]
  private let axes: [Int]
  /// What a step along each axis of the space adds to the number; 0 along those on which branches do not differ.
  private var strides: [Int]
  /// The number of branches.
  private let count: Int

  /// The first cell of a space, whose branches differ along some of its axes.
  init(of space: CellSpace, along axes: [Int]) {
    extents = space.extents
    self.axes = axes
    labels = [Int](repeating: 0, count: extents.count)
    strides = labels
    var count = 1
    for axis in axes.reversed() {
      strides[axis] = count
      count *= extents[axis]
    }
    self.count = count
  }

  /// Goes on to the next cell of the space; after the last one comes the first.
  mutating func advance() {
    for axis in extents.indices.reversed() {
      labels[axis] += 1
      number += strides[axis]
      if labels[axis] < extents[axis] { return }
      number -= strides[axis] * extents[axis]
      labels[axis] = 0
    }
  }

  /// For each branch, the position of its labels in a list; nil if they are not there. Labels outside the space are of no
  /// branch.
  func table(of known: [[Int]]) -> [Int?] {
    var table = [Int?](repeating: nil, count: count)
    for (place, labels) in known.enumerated() where labels.count == axes.count {
      guard zip(labels, axes).allSatisfy({ extents[$1] > $0 }) else { continue }
      table[zip(labels, axes).reduce(0) { $0 + $1.0 * strides[$1.1] }] = place
    }
    return table
  }
}
