import Modeling
import Simulation

/// The outputs that a screen prints.
public enum ScreenSelection: Sendable, Equatable {
  /// The first outputs, as many as fit a table short enough for an e-mail.
  case headline
  /// All outputs.
  case all
  /// The outputs with these names.
  case named([String])

  /// Maximum rows of a headline, unless the first output alone has more.
  static let rowBudget = 80

  /// True if routes to a quantity are printed.
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
