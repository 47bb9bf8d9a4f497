import Foundation
import Testing
import VectorMath

@Suite("Functions read from tables")
struct TableTests {
  @Test("a cell's polynomial is exact for polynomials of its degree, and for constants to the bit")
  func polynomial() {
    let c = [0.3, -1.2, 0.7, 2.2, -0.4, 0.9, 1.5, -3]
    func f(_ s: Double) -> Double { c.reversed().reduce(0) { $0 * s + $1 } }
    let fitted = CellPolynomial.coefficients(through: CellPolynomial.nodes.map(f))
    for (a, b) in zip(c, fitted) { #expect(abs(a - b) < 1e-12) }
    let constant = CellPolynomial.coefficients(through: [Double](repeating: 0.1, count: 8))
    #expect(constant == [0.1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("the cells of a quantile table fill 2^-53 ... 1/2 on both sides without a gap", arguments: [0, 2, 3, 6])
  func cells(cellsLog2: Int) {
    let layout = QuantileTableLayout(cellsLog2: cellsLog2)
    for side in 0..<2 {
      var next = QuantileTableLayout.smallestTail
      for row in 0..<layout.rowsPerSide {
        let cell = layout.cell(ofRow: side * layout.rowsPerSide + row)
        #expect(cell.isUpper == (side == 1) && cell.low == next)
        next = cell.low + cell.width
        #expect(cell.tail(at: -0.5) == cell.low && abs(cell.tail(at: 0.5) - next) <= next.ulp)
      }
      #expect(next == 0.5)
    }
    #expect(layout.doubleCount == layout.rowCount * 8)
  }

  @Test("every probability finds its row and its place in it")
  func rows() {
    let layout = QuantileTableLayout(cellsLog2: 2)
    // A row's value names the row, its slope is 1/4: the result tells both.
    var rows = [Double](repeating: 0, count: layout.doubleCount)
    for row in 0..<layout.rowCount {
      rows[8 * row] = Double(row)
      rows[8 * row + 1] = 0.25
    }
    var probabilities: [Double] = [], expected: [Double] = []
    for row in 0..<layout.rowCount {
      let cell = layout.cell(ofRow: row)
      for position in cell.width == 0 ? [-0.5] : [-0.5, -0.25, 0, 0.4375] {
        let tail = cell.tail(at: position)
        // 1 - t of a short t needs no rounding; the row of 1/2 belongs to the lower side.
        if cell.isUpper && (1 - (1 - tail) != tail || tail == 0.5) { continue }
        probabilities.append(cell.isUpper ? 1 - tail : tail)
        expected.append(Double(row) + 0.25 * position)
      }
    }
    let found = Columns.array(probabilities.count) {
      Columns.lookUp(rows, layout, at: probabilities, into: $0, count: probabilities.count)
    }
    #expect(found == expected)
    #expect(expected.count > 1000)
  }

  /// The exponential distribution's quantile, -log(1 - u), is 0 at one end and infinite at the other.
  @Test("both tails of a tabulated quantile keep relative accuracy", arguments: [(2, 3e-11), (3, 2e-13)])
  func accuracy(cellsLog2: Int, bound: Double) {
    let layout = QuantileTableLayout(cellsLog2: cellsLog2)
    func quantile(_ tail: Double, _ isUpper: Bool) -> Double { isUpper ? -log(tail) : -log1p(-tail) }
    let rows = layout.rows(of: quantile)
    var u: [Double] = [], expected: [Double] = []
    for exponent in 1...52 {
      for step in 0..<37 {
        let tail = scalbn(1 + Double(step) / 37, -exponent - 1)
        u.append(tail)
        expected.append(quantile(tail, false))
        u.append(1 - tail)
        expected.append(quantile(1 - (1 - tail), true))
      }
    }
    let found = Columns.array(u.count) { Columns.lookUp(rows, layout, at: u, into: $0, count: u.count) }
    for i in u.indices { #expect(abs(found[i] - expected[i]) <= bound * abs(expected[i]), "\(u[i])") }
  }

  @Test("probabilities at and beyond the ends are held there, and not a number stays so")
  func ends() {
    let layout = QuantileTableLayout()
    let rows = layout.rows { tail, isUpper in isUpper ? 10 - tail : tail }
    let u = [0, -1, -.infinity, 1, 2, .infinity, .nan, 0.5]
    let found = Columns.array(8) { Columns.lookUp(rows, layout, at: u, into: $0, count: 8) }
    #expect(abs(found[0] - 0x1p-53) < 1e-14 * 0x1p-53 && found[1] == found[0] && found[2] == found[0])
    #expect(found[3] == 10 && found[4] == 10 && found[5] == 10 && found[6].isNaN && found[7] == 0.5)
  }

  @Test("a score table covers -8.25 ... 8.25, holds what is beyond and is accurate between")
  func scores() {
    let layout = ScoreTableLayout(cellsPerUnit: 16)
    let rows = layout.rows { exp($0 / 2) }
    #expect(rows.count == layout.doubleCount && layout.rowCount == 264)
    #expect(layout.score(ofRow: 0, at: -0.5) == -8.25 && layout.score(ofRow: 263, at: 0.5) == 8.25)
    let z = stride(from: -8.25, through: 8.25, by: 0.01171875).map { $0 } + [8.25, -0.0]
    let found = Columns.array(z.count) { Columns.lookUp(rows, layout, at: z, into: $0, count: z.count) }
    for (z, x) in zip(z, found) { #expect(abs(x / exp(z / 2) - 1) < 1e-14, "\(z)") }
    let beyond = Columns.array(5) {
      Columns.lookUp(rows, layout, at: [-9, -.infinity, 9, .infinity, .nan], into: $0, count: 5)
    }
    #expect(beyond[0] == found[0] && beyond[1] == found[0] && beyond[2] == beyond[3] && beyond[4].isNaN)
    #expect(abs(beyond[2] / exp(4.125) - 1) < 1e-14)
  }

  @Test("steps give the first outcome whose cumulative probability is not below u", arguments: [1, 2, 3, 24, 25, 100])
  func steps(outcomeCount: Int) {
    let outcomes = (0..<outcomeCount).map { Double($0) - 3 }
    let cumulative = (1..<outcomeCount).map { Double($0 * $0) / Double(outcomeCount * outcomeCount) }
    let u = (0..<500).map { (Double($0) + 0.5) / 500 } + cumulative + cumulative.map(\.nextUp)
    let found = Columns.array(u.count) { out in
      outcomes.withUnsafeBufferPointer { o in
        cumulative.withUnsafeBufferPointer {
          Columns.steps(outcomes: o, cumulative: $0, at: u, into: out, count: u.count)
        }
      }
    }
    #expect(found == u.map { p in outcomes[cumulative.firstIndex { $0 >= p } ?? outcomeCount - 1] })
  }
}
