import Diagnostics
import Modeling

/// Warns about entries without effect: inputs that nothing uses, and equations that no output needs.
struct UsageChecker {
  let context: CheckContext
  let graph: DependencyGraph
  let outputs: [Output]
  /// Quantities that evidence uses.
  let evidence: [QuantityID]
  let targets: [Target]

  /// Reports the warnings.
  func report() {
    guard !outputs.isEmpty || !targets.isEmpty || !evidence.isEmpty else {
      context.report(.noOutputs, at: context.wholePlace)
      return
    }
    let needed = graph.reach(
      of: evidence + targets.map(\.quantity)
        + outputs.flatMap {
          [$0.quantity] + $0.comparisons.flatMap { [$0.reference] + [$0.convert].compactMap(\.self) }
            + $0.verdicts.map(\.condition)
        })
    let named = Set(
      graph.edges.enumerated().flatMap { position, edges in
        edges.filter { $0.target.position != position }.map(\.target)
      })
    // Quantities after those of the graph are computed for evidence.
    for position in graph.edges.indices {
      let id = QuantityID(position)
      guard !needed.contains(id) else { continue }
      switch context[id].kind {
      case .equation: context.report(.unusedEquation(context[id].name), at: context[id].place)
      case .input where !named.contains(id): context.report(.unusedInput(context[id].name), at: context[id].place)
      case .input, .reference: break
      }
    }
  }
}
