import Simulation
import Testing

@testable import Reporting

@Suite("Sentences on draws that are not finite")
struct FailureTextTests {
  private func failure(
    _ cell: String, _ count: Int, culprit: String? = nil, _ formula: String? = "b / b",
    _ operation: FailedOperation? = nil
  ) -> Failure {
    Failure(
      output: "y", cellName: cell, count: count, firstDraw: 6, culprit: culprit ?? cell, formula: formula,
      operation: operation
        ?? FailedOperation(name: "/", isInfix: true, operands: [.init(value: 0), .init(value: 0)]))
  }

  @Test("One line for the cells of an output that fail in the same place")
  func groups() {
    let text = FailureText(
      failures: [failure("y[2023]", 20), failure("y[2024]", 31), failure("y[2025]", 31)], draws: 262_144)
    #expect(
      text.lines == [
        "31 of 262144 draws of y[2024] were not finite and are excluded, and at most as many of 2 other cells of y; "
          + "first in draw 6: 0 / 0 in `b / b`"
      ])
  }

  @Test("The cell where it began, and the operation with its operands")
  func causes() {
    #expect(
      FailureText(failures: [failure("y", 1, culprit: "x[us]")], draws: 1000).lines == [
        "1 of 1k draws of y was not finite and is excluded; first in draw 6: x[us] was not finite: 0 / 0 in `b / b`"
      ])
    func cause(_ formula: String?, _ operation: FailedOperation) -> String {
      FailureText.cause(of: failure("y", 1, formula, operation))
    }
    #expect(
      cause("log(x)", FailedOperation(name: "log", operands: [.init(value: -0.5)])) == "log(-0.5) in `log(x)`")
    #expect(
      cause(
        "load / hours",
        FailedOperation(
          name: "/", isInfix: true, operands: [.init(value: -2, unit: "TWh"), .init(value: 0, unit: "h")]))
        == "(-2 TWh) / 0 in `load / hours`")
    #expect(cause("inf", FailedOperation(name: "inf", operands: [])) == "inf")
    #expect(
      cause(
        nil, FailedOperation(name: "sum", operands: [FailedOperation.Operand](repeating: .init(value: 1e308), count: 9))
      )
        == "sum of 9 values")
    let unknown = Failure(output: "y", cellName: "y", count: 3, firstDraw: 1, culprit: "x")
    #expect(
      FailureText(failures: [unknown], draws: 10).lines == [
        "3 of 10 draws of y were not finite and are excluded; first in draw 1: x was not finite"
      ])
  }
}
