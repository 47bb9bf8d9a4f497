extension Model {
  /// The rule of `defaultCell` in words, for help.
  package static let defaultCellRule = "the last label of each numeric index and the first label of every other"

  /// The cell that represents a quantity where a screen or page has room for only one: the last label of every numeric
  /// index (the latest year) and the first label of every other index.
  ///
  /// All commands use this rule, and print the cell with its labels (`labelledName`). A scalar has one cell, 0.
  package func defaultCell(of id: QuantityID) -> Int { defaultCell(of: self[id].cells) }

  /// The cell of a space by the same rule; `fixed` gives the label positions that are already chosen.
  package func defaultCell(of space: CellSpace, fixed: [IndexID: Int] = [:]) -> Int {
    space.cell(
      at: zip(space.indexes, space.extents).map { index, extent in
        fixed[index] ?? (self[index].isNumeric ? max(0, extent - 1) : 0)
      })
  }

  /// A cell with the name of each index, as formulas and `--output` write it: `electricity_region[region=us, year=2030]`;
  /// the name alone for a scalar.
  package func labelledName(_ id: QuantityID, cell: Int) -> String {
    let text = labelText(ofCell: cell, in: self[id].cells)
    return text.isEmpty ? self[id].name : "\(self[id].name)[\(text)]"
  }

  /// The labels of a cell with the names of their indexes: `region=us, year=2030`; empty for a scalar.
  package func labelText(ofCell cell: Int, in space: CellSpace) -> String {
    zip(space.indexes, labels(ofCell: cell, in: space)).map { "\(self[$0].name)=\($1)" }.joined(separator: ", ")
  }
}
