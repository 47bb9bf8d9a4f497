import Modeling

/// The order of a quantity's cells on a screen: labelled indexes outside, numeric ones inside, so that years run down;
/// labels repeated from the row above are omitted.
struct RowOrder {
  /// The indexes, outer ones first.
  let indexes: [IndexID]
  /// The cells in their order.
  let cells: [Int]
  private let space: CellSpace
  private let model: Model

  init(of space: CellSpace, in model: Model) {
    self.space = space
    self.model = model
    let axes = space.indexes.indices.sorted { a, b in
      let isNumeric = (model[space.indexes[a]].isNumeric, model[space.indexes[b]].isNumeric)
      return isNumeric.0 == isNumeric.1 ? a < b : isNumeric.1
    }
    indexes = axes.map { space.indexes[$0] }
    if axes == Array(space.indexes.indices) {
      cells = Array(0..<space.count)
    } else {
      let keys = (0..<space.count).map { cell in
        let positions = space.positions(ofCell: cell)
        return (axes.map { positions[$0] }, cell)
      }
      cells = keys.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }
  }

  /// Adds a column for each index to a table of some of the cells.
  ///
  /// - Parameter resumption: the first row after omitted rows, which shows all its labels.
  func addColumns(for cells: [Int], resumingAt resumption: Int? = nil, to table: inout TextTable) {
    let positions = cells.map { space.positions(ofCell: $0) }
    var outer: [Int] = []
    for index in indexes {
      guard let axis = space.indexes.firstIndex(of: index) else { continue }
      let isInnermost = index == indexes.last
      let labels = cells.indices.map { row in
        let isRepeated =
          row > 0 && row != resumption && (outer + [axis]).allSatisfy { positions[row][$0] == positions[row - 1][$0] }
          && !isInnermost
        return isRepeated ? "" : model.words(index, at: positions[row][axis])
      }
      table.add(model.words(index), labels, model[index].isNumeric ? .right : .left)
      outer.append(axis)
    }
  }
}

/// A long list cut to its first and last items.
struct Abbreviation {
  /// The first items, all of them if the list is short.
  let head: Range<Int>
  /// The last items; empty if the list is short.
  let tail: Range<Int>

  init(of count: Int, limit: Int, keeping kept: Int) {
    let isShort = count <= limit
    head = 0..<(isShort ? count : kept)
    tail = isShort ? count..<count : (count - kept)..<count
  }

  /// The number of omitted items.
  var omitted: Int { tail.lowerBound - head.upperBound }

  /// The positions of the items that are kept.
  var kept: [Int] { Array(head) + Array(tail) }
}
