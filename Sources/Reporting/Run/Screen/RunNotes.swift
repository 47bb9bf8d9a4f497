import Evidence
import Modeling
import Simulation

/// Notes on the results of a run: repaired correlations, moments that are not stable, draws that were not finite,
/// digits that are not significant.
struct RunNotes {
  /// Lines of one kind beyond this number are counted, not printed.
  static let limit = 10

  let result: ScenarioResult

  /// One line per note.
  var lines: [String] { repairs + unstableMoments + failures + doubtfulDigits + borrowedErrors + tolerance }

  private var repairs: [String] {
    RepairDescription(model: result.model).lines(limit: 3, others: "record.json lists all")
  }

  private var unstableMoments: [String] {
    result.outputs.flatMap { output in
      let warned = output.cells.indices.filter { output.cells[$0].momentWarning != nil }
      let (means, others) = (
        warned.filter { !output.cells[$0].isMeanStable }, warned.filter { output.cells[$0].isMeanStable }
      )
      return note("The mean of %@ is not shown", means, of: output)
        + note("Standard deviation of %@", others, of: output)
    }
  }

  /// A note on some cells of an output, with the reason in the first of them; none without cells.
  private func note(_ text: String, _ cells: [Int], of output: OutputResult) -> [String] {
    guard let first = cells.first, let reason = output.cells[first].momentWarning else { return [] }
    let subject = text.replacing("%@", with: result.model[output.output.quantity].name)
    if output.cells.count == 1 { return ["\(subject): \(reason)"] }
    let cell = result.model.labelledName(output.output.quantity, cell: first)
    return ["\(subject) in \(cells.count) of \(output.cells.count) cells; \(cell): \(reason)"]
  }

  private var failures: [String] {
    let lines = FailureText(failures: result.failures, draws: result.draws).lines
    return lines.count <= Self.limit
      ? lines : lines.prefix(Self.limit) + ["… and \(lines.count - Self.limit) more causes"]
  }

  private var doubtfulDigits: [String] {
    let shown = result.outputs.flatMap(\.cells).flatMap { $0.shownEstimates(result.model.settings.interval) }
    var lines: [String] = []
    if shown.contains(where: { NumberText.isMarked(NumberText.estimate($0)) }) {
      lines.append("~ marks values whose Monte Carlo standard error exceeds their first digit: use more draws")
    }
    if shown.contains(where: { $0.error.isNaN && $0.value.isFinite }) {
      lines.append(
        "Some values have no Monte Carlo standard error, so their digits may not be significant: use more draws")
    }
    return lines
  }

  /// The reason why a run with a tolerance ended.
  private var tolerance: [String] {
    guard let outcome = result.tolerance else { return [] }
    let figure = outcome.tolerance.statistic == .mean ? "mean" : "\(outcome.tolerance.statistic)"
    let wanted = NumberText.significant(outcome.tolerance.share * 100) + " %"
    let known = NumberText.significant(outcome.worstShare * 100, digits: 2) + " %"
    let confidence = NumberText.significant(outcome.confidence * 100) + " %"
    if outcome.isMet {
      let scope = outcome.tolerance.output.map { "of \($0)" } ?? "of every output"
      return [
        "The \(figure) \(scope) is precise to \(wanted) with \(confidence) confidence; the least precise, that of \(outcome.worstCell), to \(known)"
      ]
    }
    let reason =
      outcome.worstShare.isNaN
      ? "has no error estimate or is not stable"
      : outcome.worstShare >= 1
        ? "may be 0 with \(confidence) confidence, so its relative precision is unknown"
        : "is precise to \(known), not \(wanted), with \(confidence) confidence"
    return [
      "Stopped at the maximum number of draws; tolerance not met: the \(figure) of \(outcome.worstCell) \(reason); "
        + "raise --draws"
    ]
  }

  private var borrowedErrors: [String] {
    guard result.hasErrorsOfIndependentDraws else { return [] }
    return [
      "Too few draws for replicate-based standard errors (fewer than \(NumberText.grouped(RunResult.drawsForOwnErrors))); "
        + "those shown assume independent draws and are usually too large"
    ]
  }
}

/// The scenario's remarks on its outputs, one per output: the meaning of a result, or a conclusion on the claim with
/// which it was compared.
struct OutputNotes {
  let result: ScenarioResult

  /// The remarks in the outputs' order, wrapped, under a heading; empty if no output has one.
  var lines: [String] {
    let noted = result.outputs.compactMap { output in
      output.output.note.map { "\(result.model[output.output.quantity].name): \($0)" }
    }
    if noted.isEmpty { return [] }
    return ["notes on outputs"] + noted.flatMap { ScreenText.wrapped($0, width: 98).map { "  " + $0 } } + [""]
  }
}
