import Modeling
import Simulation

/// What a reader of a run's figures must know: correlations that were mended, moments that do not settle, draws that were not finite, digits that mean
/// nothing.
struct RunNotes {
  /// Lines of one kind beyond this number are counted, not printed.
  static let limit = 10

  let result: RunResult

  /// One line a fact.
  var lines: [String] { repairs + unsettledMeans + failures + doubtfulDigits + borrowedErrors + tolerance }

  private var repairs: [String] {
    RepairDescription(model: result.model).lines(limit: 3, others: "record.json lists all")
  }

  private var unsettledMeans: [String] {
    result.outputs.compactMap { output in
      let warned = output.cells.indices.filter { output.cells[$0].momentWarning != nil }
      guard let first = warned.first, let reason = output.cells[first].momentWarning else { return nil }
      let name = result.model[output.output.quantity].name
      if output.cells.count == 1 { return "No mean of \(name) is shown: \(reason)" }
      let cell = result.model.cellName(output.output.quantity, cell: first)
      return "No mean of \(name) is shown in \(warned.count) of \(output.cells.count) cells; \(cell): \(reason)"
    }
  }

  private var failures: [String] {
    let lines = result.failures.map { failure in
      let were = failure.count == 1 ? "was" : "were"
      return
        "\(failure.count) of \(NumberText.count(result.draws)) draws of \(failure.cellName) \(were) not finite and "
        + "left out; in draw \(failure.firstDraw), the first, \(failure.culprit) was not finite"
    }
    return lines.count <= Self.limit
      ? lines : lines.prefix(Self.limit) + ["… and so on for \(lines.count - Self.limit) more cells"]
  }

  private var doubtfulDigits: [String] {
    let shown = result.outputs.flatMap(\.cells).flatMap(\.shownFigures)
    var lines: [String] = []
    if shown.contains(where: { NumberText.isMarked(NumberText.estimate($0)) }) {
      lines.append("~ marks figures whose Monte Carlo error is larger than their first digit: take more draws")
    }
    if shown.contains(where: { $0.error.isNaN && $0.value.isFinite }) {
      lines.append(
        "Some figures have no estimate of their Monte Carlo error, so digits may mean nothing: take more draws")
    }
    return lines
  }

  /// Why a run with a tolerance ended.
  private var tolerance: [String] {
    guard let outcome = result.tolerance else { return [] }
    let figure = outcome.tolerance.figure == .mean ? "mean" : "\(outcome.tolerance.figure)"
    let wanted = NumberText.significant(outcome.tolerance.share * 100) + " %"
    let known = NumberText.significant(outcome.worstShare * 100, digits: 2) + " %"
    if outcome.isMet {
      let scope = outcome.tolerance.output.map { "of \($0)" } ?? "of every output"
      return ["The \(figure) \(scope) is known to \(wanted): least well that of \(outcome.worstCell), to \(known)"]
    }
    let reason =
      outcome.worstShare.isNaN
      ? "has no estimate of its error or does not settle" : "is known to \(known), not to \(wanted)"
    return ["Ended at the most draws: the \(figure) of \(outcome.worstCell) \(reason); --draws allows more"]
  }

  private var borrowedErrors: [String] {
    guard result.hasErrorsOfIndependentDraws else { return [] }
    return [
      "Errors are those of as many independent draws: design \(result.model.settings.design) can tell its own, "
        + "which are mostly smaller, from \(NumberText.count(RunResult.drawsForOwnErrors)) draws on"
    ]
  }
}
