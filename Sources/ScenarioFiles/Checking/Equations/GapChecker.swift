import Diagnostics
import Modeling
import Units

/// Warns about formulas that move along a numeric index whose labels are not one time step apart.
///
/// `previous`, `cumulative` and `stock` only see labels, so a rate times 1 year counts one year even if the next label
/// is three years later.
struct GapChecker {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// Warns about a formula once for each index and form.
  func check(_ formula: Expression, of name: String) {
    var found: [(form: String, along: IndexID)] = []
    collect(formula, into: &found)
    var known: Set<IndexID> = []
    for (form, along) in found where known.insert(along).inserted { warn(form, along, formula, name) }
  }

  private func collect(_ expression: Expression, into found: inout [(form: String, along: IndexID)]) {
    switch expression.kind {
    case .previous(_, _, let along): found.append(("previous", along))
    case .cumulative(_, let along): found.append(("cumulative", along))
    case .stock(_, _, let along, _, _): found.append(("stock", along))
    default: break
    }
    for operand in expression.operands { collect(operand, into: &found) }
  }

  private func warn(_ form: String, _ along: IndexID, _ formula: Expression, _ name: String) {
    guard let numbers = context[along].numbers, numbers.count > 1 else { return }
    let index = context[along].name
    let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
    let (least, most) = (steps.min() ?? 1, steps.max() ?? 1)
    // Labels are decimals, so equal steps can differ by rounding.
    if most - least > 1e-9 * most {
      guard let wide = steps.firstIndex(of: most), let narrow = steps.firstIndex(of: least) else { return }
      func pair(_ k: Int) -> String { "\(MessageText.number(numbers[k])) and \(MessageText.number(numbers[k + 1]))" }
      let found = "\(pair(wide)) are \(MessageText.number(most)) apart, \(pair(narrow)) \(MessageText.number(least))"
      context.report(
        .unevenSteps(form, equation: name, index: index, found: found, even: Self.evenLabels(index, numbers)),
        at: formula.place)
      return
    }
    guard least != 1, let unit = try? context.units.parse(index), unit.dimension == .time,
      let other = durations(formula).first(where: { ($0 / (least * unit.scale) - 1).magnitude > 1e-9 })
    else { return }
    context.report(
      .stepsOfOtherDuration(
        form, equation: name, index: index, counted: MessageText.number(MessageText.rounded(other / unit.scale)),
        distance: MessageText.number(least)),
      at: formula.place)
  }

  /// The definition of the index with labels at distance 1, if all distances are whole numbers.
  private static func evenLabels(_ index: String, _ numbers: [Double]) -> String {
    let isWhole = numbers.allSatisfy { ($0 - numbers[0]).rounded() == $0 - numbers[0] }
    let ends = (MessageText.number(numbers[0]), MessageText.number(numbers[numbers.count - 1]))
    return isWhole ? "`\(index): \(ends.0)..\(ends.1)`" : "evenly spaced labels"
  }

  /// The durations that a formula multiplies by or adds, such as `1 year`, in base units; those in a denominator, as in
  /// `15% / 1 year`, are the units of rates.
  private func durations(_ expression: Expression) -> [Double] {
    if case .constant(let number) = expression.kind, expression.dimension == .time, number > 0, number.isFinite {
      return [number]
    }
    if case .binary(.divide, let above, _) = expression.kind { return durations(above) }
    return expression.operands.flatMap(durations)
  }
}
