import Analysis
import Evidence
import Modeling
import Simulation

/// Drivers of the first uncertain output, from the run's draws: first-order shares of the variance (for an input with
/// several cells, those of all its cells together, `InputShares`) and rank correlations (`GivenData`).
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
      !problem.factors.isEmpty, let results = try? GivenData.results(for: problem),
      let whole = try? InputShares.estimates(for: problem)
    else { return nil }
    let tables = results.map { found in
      Drivers(
        found: found, whole: whole[found.target], problem: problem,
        hasVariance: output.cells[cells[found.target]].momentWarning == nil
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
  /// First-order shares and rank correlations of single coordinates.
  let found: MethodResult
  /// First-order shares of inputs with several coordinates.
  let whole: [IndexEstimate]
  let problem: SensitivityProblem
  /// True if the variance is stable, so that shares of it exist.
  let hasVariance: Bool

  private static let mostRows = 12

  /// An input.
  private struct Row {
    var name: String
    var share: IndexEstimate?
    /// The rank correlation with the largest magnitude among its cells, and whether it has several.
    var rank: IndexEstimate?
    var hasCells: Bool

    func size(_ hasVariance: Bool) -> Double {
      let size = hasVariance ? share?.value ?? 0 : (rank?.value ?? 0).magnitude
      return size.isFinite ? size : 0
    }

    /// An estimate with unknown error is shown; one that cannot be distinguished from that of an inert input is not.
    func isClear(_ hasVariance: Bool) -> Bool { (hasVariance ? share : rank)?.isIndistinguishable == false }
  }

  private var rows: [Row] {
    let (shares, ranks) = (found.estimates(of: "S1"), found.estimates(of: "rank_correlation"))
    return problem.factors.indices.compactMap { factor in
      let own = ranks.filter { $0.factors == [factor] }
      let single = shares.filter { $0.factors == [factor] }
      guard problem.needs(found.target, factor), !single.isEmpty else { return nil }
      return Row(
        name: problem.factors[factor].name,
        share: whole.first { $0.factors == [factor] } ?? (single.count == 1 ? single[0] : nil),
        rank: own.filter { $0.value.isFinite }.max { $0.value.magnitude < $1.value.magnitude },
        hasCells: own.count > 1)
    }
  }

  var markup: Markup {
    let all = rows
    let clear = all.filter { $0.isClear(hasVariance) }.sorted { a, b in
      let (x, y) = (a.size(hasVariance), b.size(hasVariance))
      return x == y ? a.name < b.name : x > y
    }
    let shown = clear.prefix(Self.mostRows)
    let rows = shown.map { row -> [Markup] in
      let share =
        hasVariance
        ? row.share.map { [percent($0.value), "\(percent(max(0, $0.low))) to \(percent(min(1, $0.high)))"] } ?? [
          "", "",
        ]
        : ["not stable", ""]
      return ([row.name] + share + [rank(row)]).map { Markup(escaping: $0) }
    }
    let name = problem.targets[found.target].labelledName(in: problem.model)
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
  private func rank(_ row: Row) -> String {
    guard let rank = row.rank else { return "" }
    let text = NumberText.estimate(Estimate(rank.value, error: rank.error), digits: 2)
    return row.hasCells ? "\(text), \(rank.name)" : text
  }

  private func percent(_ share: Double) -> String { NumberText.significant(100 * share, digits: 2) }
}
