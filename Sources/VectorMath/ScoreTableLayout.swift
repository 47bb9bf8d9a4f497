import CBlockKernels

/// How a function of a normal score z is tabulated: equal cells over -8.25 ... 8.25.
///
/// That covers every score a probability of 2^-53 ... 1 - 2^-53 can have; scores beyond are held at the ends. A row is
/// a `CellPolynomial` in the position of z within its cell.
public struct ScoreTableLayout: Sendable, Hashable {
  /// Cells to the unit of z.
  public let cellsPerUnit: Int

  /// A layout with a number of cells to the unit, a multiple of 4; by default 16.
  public init(cellsPerUnit: Int = 16) {
    precondition(
      cellsPerUnit > 0 && cellsPerUnit <= 1024 && cellsPerUnit % 4 == 0, "A unit of z has 4, 8, … 1024 cells.")
    self.cellsPerUnit = cellsPerUnit
  }

  /// The scores covered.
  public static let range = -8.25...8.25

  /// Rows in all.
  public var rowCount: Int { cellsPerUnit * 33 / 2 }

  /// Doubles in all.
  public var doubleCount: Int { rowCount * CellPolynomial.coefficientCount }

  /// The score at a position -1/2 ... 1/2 within a row's cell.
  public func score(ofRow row: Int, at position: Double) -> Double {
    Self.range.lowerBound + (Double(row) + 0.5 + position) / Double(cellsPerUnit)
  }

  /// A table's rows, from a function of the score, which is asked for `CellPolynomial.nodes` of every cell.
  public func rows(of function: (_ score: Double) -> Double) -> [Double] {
    (0..<rowCount).flatMap { row in
      CellPolynomial.coefficients(through: CellPolynomial.nodes.map { function(score(ofRow: row, at: $0)) })
    }
  }
}

extension Columns {
  /// out = the tabulated function of z; not a number where z is not.
  ///
  /// - Parameters:
  ///   - layout: the table.
  ///   - out: room for the results.
  ///   - z: the normal scores.
  ///   - count: how many values there are.
  ///   - rows: `layout.doubleCount` doubles.
  /// - Returns: whether every result is a number.
  @discardableResult
  public static func lookUp(
    _ rows: UnsafePointer<Double>, _ layout: ScoreTableLayout, at z: Column, into out: MutableColumn, count: Int
  ) -> Bool {
    lc_even_table(
      rows, layout.rowCount, ScoreTableLayout.range.lowerBound, Double(layout.cellsPerUnit), z, out, count) == 0
  }
}
