import Modeling
import Sensitivity
import Simulation

/// What drives the first uncertain output, from the run's own draws: shares of the variance and rank correlations, by `GivenData`.
struct DriversSection {
  let result: RunResult

  /// Draws that are looked at, at most, and inputs that are shown of a cell.
  private static let draws = 1 << 17
  private static let mostRows = 12

  var section: PageSection? {
    let model = result.model
    guard !model.coordinates.isEmpty,
      let output = result.outputs.first(where: { $0.cells.contains { $0.sd > 0 || !$0.sd.isFinite } })
    else { return nil }
    let count = model[output.output.quantity].cells.count
    // Of many cells the middle and the last.
    let cells = count > 1 ? [count / 2, count - 1] : [0]
    var options = SensitivityProblem.Options()
    options.draws = min(Self.draws, result.draws)
    let targets = cells.map { TargetCell(output.output.quantity, cell: $0, of: model) }
    guard let problem = try? SensitivityProblem(model: model, targets: targets, options: options),
      !problem.factors.isEmpty, let results = try? GivenData.results(for: problem)
    else { return nil }
    let tables = results.map { table($0, problem, hasVariance: output.cells[cells[$0.target]].momentWarning == nil) }
    let conditioned: Markup =
      model.observations.isEmpty ? .none : "<p>The figures are of the inputs before any observation.</p>\n"
    return PageSection(
      id: "drivers", title: "What drives it",
      content: """
        <p>The first-order share is the part of the variance that would vanish, on average, once this input were known; where \
        inputs are correlated it includes what the input tells of the others, so that shares may add up to more than all. \
        The interval covers 95 % of the Monte Carlo error. <code>loadcast sensitivity</code> has total effects, and further methods.</p>
        \(conditioned)\(tables)
        """)
  }

  private func table(_ found: MethodResult, _ problem: SensitivityProblem, hasVariance: Bool) -> Markup {
    let shares = found.estimates(of: "S1")
    let ranks = Dictionary(
      found.estimates(of: "rank_correlation").map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
    func size(_ estimate: IndexEstimate) -> Double {
      hasVariance ? estimate.value : (ranks[estimate.name]?.value ?? 0).magnitude
    }
    let clear = shares.filter { hasVariance ? $0.isDistinguishable : ranks[$0.name]?.isDistinguishable == true }
      .sorted { (size($0), $1.name) > (size($1), $0.name) }
    let rows = clear.prefix(Self.mostRows).map { share -> [Markup] in
      let shown =
        hasVariance
        ? [percent(share.value), "\(percent(max(0, share.low))) to \(percent(share.high))"] : ["does not settle", ""]
      let rank = ranks[share.name].map { NumberText.estimate(Estimate($0.value, error: $0.error), digits: 2) } ?? ""
      return ([share.name] + shown + [rank]).map { Markup(escaping: $0) }
    }
    let name = problem.targets[found.target].name
    let table = PageTable(
      caption: "What drives \(name)",
      columns: [
        ("input", false), ("first-order share, %", true), ("95 % interval", true), ("rank correlation", true),
      ], rows: Array(rows))
    let rest = shares.count - rows.count
    let have = rest == 1 ? "input has" : "inputs have"
    let more: Markup =
      rest > 0 ? "<p>\(rest) further \(have) less, or cannot be told from an inert one.</p>\n" : .none
    return "<section class=\"block\"><h3>\(name)</h3>\n\(table.markup)\(more)</section>\n"
  }

  private func percent(_ share: Double) -> String { NumberText.significant(100 * share, digits: 2) }
}
