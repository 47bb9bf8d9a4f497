import Simulation

extension OutputCellTable {
  /// `histogram.csv`: a row for each output cell and bin; the density is the share of the finite draws divided by the
  /// width.
  ///
  /// A bin of zero width, such as that of a constant, has no density.
  static let histogram = OutputCellTable(
    name: "histogram.csv", columns: ["low", "high", "count", "density"]
  ) { output, _, row in
    for (position, cell) in output.cells.enumerated() {
      let finite = Double(cell.draws - cell.nonFinite)
      for bin in cell.histogram {
        let density = Double(bin.count) / (finite * (bin.high - bin.low))
        let fields = [
          CSVRow.number(bin.low), CSVRow.number(bin.high), "\(bin.count)",
          density.isFinite ? CSVRow.number(density) : "",
        ]
        try row(position, [:], fields)
      }
    }
  }
}
