import Diagnostics

/// An index's position in `Model.indexes`.
package struct IndexID: Hashable, Sendable, Comparable {
  /// The position.
  package var position: Int

  /// Creates an identifier from a position.
  package init(_ position: Int) { self.position = position }

  /// By position.
  package static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// A named set of labels that inputs and equations may run over: year, region, accelerator.
package struct Index: Sendable {
  /// The name.
  package var name: String
  /// The labels: in ascending order on a numeric index, otherwise as written.
  package var labels: [String]
  /// The labels' numbers, if all labels are numbers; such an index may be used in arithmetic.
  package var numbers: [Double]?
  /// Its name in words, for readers.
  package var title: String?
  /// The words for some labels, by position, for readers.
  package var words: [Int: String] = [:]
  /// The place of the definition.
  package var place: SourcePlace

  /// Creates an index; `numbers` has a number for each label, or is nil.
  package init(name: String, labels: [String], numbers: [Double]?, place: SourcePlace) {
    self.name = name
    self.labels = labels
    self.numbers = numbers
    self.place = place
  }

  /// Whether labels are numbers.
  package var isNumeric: Bool { numbers != nil }
}

/// The cells of a quantity: all combinations of its indexes' labels, row-major, the last index fastest.
///
/// The indexes are always in the order of their names, so that cells of two quantities over the same indexes match
/// one to one, and `name[2025,h100]` reads the same everywhere.
package struct CellSpace: Sendable, Equatable {
  /// The indexes, in the order of their names; empty for a scalar.
  package let indexes: [IndexID]
  /// The number of labels on each.
  package let extents: [Int]

  /// Creates the cells over indexes of a model.
  package init(_ indexes: [IndexID], in model: [Index]) {
    self.indexes = indexes.sorted { model[$0.position].name < model[$1.position].name }
    self.extents = self.indexes.map { model[$0.position].labels.count }
  }

  /// The number of cells; 1 for a scalar.
  package var count: Int { extents.reduce(1, *) }

  /// The label positions of a cell, one for each index.
  package func positions(ofCell cell: Int) -> [Int] {
    var rest = cell
    var positions = [Int](repeating: 0, count: extents.count)
    for axis in extents.indices.reversed() {
      positions[axis] = rest % extents[axis]
      rest /= extents[axis]
    }
    return positions
  }

  /// The cell at label positions, one for each index.
  package func cell(at positions: [Int]) -> Int {
    zip(positions, extents).reduce(0) { $0 * $1.1 + $1.0 }
  }
}
