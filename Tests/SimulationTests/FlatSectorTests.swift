import Foundation
import Modeling
import Simulation
import Testing

@Suite("The flat-sector workload") struct FlatSectorTests {
  /// Output, figure, value and standard error by NumPy and SciPy; see Reference/flat_sector.py.
  private static func reference() throws -> [(output: String, figure: String, value: Double, error: Double)] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/flat_sector.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",").map(String.init)
      return (fields[0], fields[1], Double(fields[2]) ?? .nan, Double(fields[3]) ?? .nan)
    }
  }

  @Test("A million draws agree with NumPy and SciPy")
  func agreesWithSciPy() throws {
    let model = try FlatSector.model(draws: 1_000_000)
    let result = try Engine(model: model).run()
    var compared = 0
    for (name, figure, value, error) in try Self.reference() {
      let output = try #require(result.outputs.first { model[$0.output.quantity].name == name })
      let cell = output.cells[0]
      // Means of the first three outputs do not settle.
      if figure == "mean" && cell.momentWarning != nil { continue }
      let found = figure == "mean" ? cell.mean : try #require(Double(figure).flatMap { cell.quantile($0) })
      let allowed = 6 * (found.error * found.error + error * error).squareRoot()
      // Six standard errors: 47 figures at 2e-9 each.
      #expect(abs(found.value - value) < allowed, "\(name) \(figure): \(found.value), not \(value) +- \(error)")
      compared += 1
    }
    #expect(compared == 47)
  }

  @Test("Means that do not converge are reported")
  func momentWarnings() throws {
    let result = try Engine(model: try FlatSector.model(draws: 1_000_000)).run()
    #expect(result.outputs.map { $0.cells[0].momentWarning != nil } == [true, true, true, false, false])
  }
}
