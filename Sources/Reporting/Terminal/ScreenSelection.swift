import Modeling
import Simulation

/// Which outputs a screen prints.
public enum ScreenSelection: Sendable, Equatable {
  /// The first outputs, as many as make a table that one would paste into a mail.
  case headline
  /// All of them.
  case all
  /// Those of these names.
  case named([String])

  /// Rows that a headline has at the most, unless the first output alone has more.
  static let rowBudget = 80

  /// Whether routes to a quantity are printed.
  func shows(_ name: String) -> Bool { if case .named(let names) = self { names.contains(name) } else { true } }

  /// The outputs to print, in the model's order.
  func outputs(of result: RunResult) -> [OutputResult] {
    switch self {
    case .all: return result.outputs
    case .named(let names): return result.outputs.filter { names.contains(result.model[$0.output.quantity].name) }
    case .headline:
      var rows = 0
      return Array(
        result.outputs.prefix { output in
          let isFirst = rows == 0
          rows += OutputTables.rowCount(of: output, in: result.model)
          return isFirst || rows <= Self.rowBudget
        })
    }
  }
}
