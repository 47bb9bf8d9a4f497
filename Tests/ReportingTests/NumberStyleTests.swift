import Simulation
import Testing

@testable import Reporting

@Suite("The numbers of a column share one notation")
struct NumberStyleTests {
  @Test(
    "plain while all are short, a suffix where one suits all, plain to ten digits, else an exponent",
    arguments: [
      ([0.00012, 6_200_000], ["0.00012", "6200000"]), ([6_200_000, 68_500_000], ["6.2M", "68.5M"]),
      ([950_000, 12_000_000, 0], ["0.95M", "12M", "0"]), ([20_000, 12_000_000], ["20000", "12000000"]),
      ([0.5, 300_000_000], ["0.5", "300000000"]), ([3e9, 5e12], ["3B", "5000B"]), ([4e13], ["40T"]),
      ([2e-9, 10.8], ["2e-9", "1.08e1"]), ([1e20, 5], ["1e20", "5e0"]),
      ([-6_200_000, -68_500_000], ["-6.2M", "-68.5M"]),
      ([.nan, 68_500_000, 6_200_000], ["nan", "68.5M", "6.2M"]), ([0, 0], ["0", "0"]), ([], []),
    ] as [([Double], [String])])
  func columns(_ values: [Double], _ texts: [String]) {
    #expect(NumberText.column(values) == texts)
  }

  @Test("digits are those that errors leave, whatever the notation; noise about zero decides nothing")
  func errors() {
    func column(_ pairs: [(Double, Double)]) -> [String] {
      NumberText.column(pairs.map { Estimate($0.0, error: $0.1) })
    }
    #expect(column([(6_234_567, 9000), (68_512_345, 90_000)]) == ["6.23M", "68.5M"])
    #expect(column([(6_234_567, 90_000), (68_512_345, 2_000_000)]) == ["6.2M", "70M"])
    #expect(column([(6_234_567, 7_000_000), (68_512_345, 9e4)]) == ["~6M", "68.5M"])
    #expect(column([(1e-9, 1e-6), (1.64, 1e-3)])[1] == "1.64")
  }

  @Test("a table takes one notation for medians, intervals and means")
  func table() {
    var result = FixedResult(through: 2023).result
    result.outputs = [result.outputs[0]]
    for place in result.outputs[0].cells.indices {
      result.outputs[0].cells[place] = FixedResult.cell(median: 3e6 * Double(place + 1), error: 1e3)
    }
    let text = RunScreen(of: result, folder: nil, files: []).text
    #expect(!text.contains("e7") && !text.contains("000000"), "\(text)")
    #expect(text.contains("3.00M   1.65M to  4.35M   3.12M"), "\(text)")
  }
}
