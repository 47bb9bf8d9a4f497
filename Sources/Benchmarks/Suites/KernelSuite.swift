import Reporting
import VectorMath

/// Every block kernel on every instruction path of this machine.
enum KernelSuite: Suite {
  static let name = "kernels"
  static let title = "Kernels"

  static func lines(_ bench: Bench) throws -> [String] {
    let kernels = KernelColumns().kernels
    let before = InstructionPath.current
    defer { InstructionPath.use(before) }
    let paths = InstructionPath.allCases.filter { InstructionPath.use($0) }
    var table = Table(["kernel"] + paths.map { "\($0.rawValue), ns" } + ["relative to a product"])
    var times: [[Double]] = []
    for path in paths {
      InstructionPath.use(path)
      times.append(kernels.map { $0.nanoseconds(quick: bench.quick) })
    }
    guard let fastest = times.last, let product = kernels.firstIndex(where: { $0.name == "multiply" }) else {
      return []
    }
    for (position, kernel) in kernels.enumerated() {
      table.append(
        [kernel.name] + times.map { NumberText.text($0[position]) } + [
          NumberText.text(fastest[position] / fastest[product])
        ])
    }
    return [
      "Nanoseconds per value on one core: the minimum of several repeats on 1,024 values that stay in the cache. The last "
        + "column is relative to a product of two columns on the fastest path; it is more comparable between machines.",
      "",
    ] + table.lines
  }
}
