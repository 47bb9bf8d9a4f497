import Analysis
import Evidence
import Modeling
import Simulation

/// Drivers of the first uncertain output, from the run's draws: first-order shares of the variance and rank correlations.
struct DriversSection {
  let result: ScenarioResult

  /// Maximum number of draws used: those with which `JumpCoverageTests` test the intervals. Eight times as many made
  /// `run scenarios/benchmarks/ai-sector-2026-11/ai-sector.yaml --draws 1M --format html` take 4.3 times the processor
  /// time of the same run without a page.
  private static let draws = 1 << 14

  var section: PageSection? {
    let model = result.model
    // The prior of a latent total says nothing about what drives it.
    guard !model.coordinates.isEmpty, model.latents.isEmpty,
      let output = result.outputs.first(where: { $0.cells.contains { $0.sd > 0 || !$0.sd.isFinite } })
    else { return nil }
    // If there are many cells: the default cell, and before it the middle one along the same index.
    let cells = Array(OutputLayout(of: output, in: model).focus.suffix(2))
    var options = SensitivityProblem.Options()
    options.draws = min(Self.draws, result.draws)
    options.engine = Engine.Options(workers: result.workers)
    let targets = cells.map { TargetCell(output.output.quantity, cell: $0, of: model) }
    guard let problem = try? SensitivityProblem(model: model, targets: targets, options: options),
      !problem.factors.isEmpty, let found = try? InputDrivers.all(of: problem)
    else { return nil }
    let tables = targets.indices.map { target in
      Drivers(
        all: found[target], target: target, problem: problem,
        hasVariance: output.cells[cells[target]].momentWarning == nil
      ).markup
    }
    let conditioned: Markup =
      model.observations.isEmpty ? .none : "<p>The values refer to the prior distributions of the inputs.</p>\n"
    return PageSection(
      id: "drivers", title: "What drives the outputs",
      content: """
        <p>The first-order share is the expected reduction of the variance if the input, with all its cells, were known. \
        Shares of uncorrelated inputs add up to at most 100 %; the remainder is due to interactions. If inputs are \
        correlated, a share includes what the input reveals about the others. The interval is the 95 % confidence interval \
        of the Monte Carlo estimate. <code>loadcast sensitivity</code> has total effects and further methods.</p>
        \(conditioned)\(tables)
        """)
  }
}

/// The drivers of one cell, as a table: a row for each input with a detectable effect, in descending order of its
/// share.
private struct Drivers {
  let all: [InputDrivers]
  /// The position of the target among the problem's.
  let target: Int
  let problem: SensitivityProblem
  /// True if the variance is stable, so that shares of it exist.
  let hasVariance: Bool

  private static let mostRows = 12

  /// The size by which inputs are ordered.
  private func size(_ driver: InputDrivers) -> Double {
    let size = hasVariance ? driver.share?.value ?? 0 : (driver.rank?.value ?? 0).magnitude
    return size.isFinite ? size : 0
  }

  /// An estimate with unknown error is shown; one that cannot be distinguished from that of an inert input is not.
  private func isClear(_ driver: InputDrivers) -> Bool {
    (hasVariance ? driver.share : driver.rank)?.isIndistinguishable == false
  }

  private func inputName(_ driver: InputDrivers) -> String { problem.factors[driver.factor].name }

  var markup: Markup {
    let clear = all.filter(isClear).sorted { a, b in
      let (x, y) = (size(a), size(b))
      return x == y ? inputName(a) < inputName(b) : x > y
    }
    let shown = clear.prefix(Self.mostRows)
    let rows = shown.map { row -> [Markup] in
      let share =
        hasVariance
        ? row.share.map { [percent($0.value), "\(percent(max(0, $0.low))) to \(percent(min(1, $0.high)))"] } ?? [
          "", "",
        ]
        : ["not stable", ""]
      return ([inputName(row)] + share + [rank(row)]).map { Markup(escaping: $0) }
    }
    let name = problem.targets[target].labelledName(in: problem.model)
    let table = PageTable(
      caption: "What drives \(name)",
      columns: [
        ("input", false), ("first-order share, %", true), ("95 % interval", true), ("rank correlation", true),
      ], rows: rows)
    let rest = all.count - shown.count
    let have = rest == 1 ? "input has" : "inputs have"
    let more: Markup =
      rest > 0 ? "<p>\(rest) further \(have) a smaller share or one not distinguishable from zero.</p>\n" : .none
    return "<section class=\"block\"><h3>\(name)</h3>\n\(table.markup)\(more)</section>\n"
  }

  /// `0.61`; for an input with several cells `0.61, sales[car,2035]`, the cell with the largest magnitude.
  private func rank(_ row: InputDrivers) -> String {
    guard let rank = row.rank else { return "" }
    let text = NumberText.estimate(Estimate(rank.value, error: rank.error), digits: 2)
    return row.hasCells ? "\(text), \(rank.name)" : text
  }

  private func percent(_ share: Double) -> String { NumberText.significant(100 * share, digits: 2) }
}
