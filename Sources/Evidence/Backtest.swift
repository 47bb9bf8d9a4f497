import Foundation
import Modeling
import Sampling
import Simulation
import Units

/// Scores of a model on cases with observed outputs.
///
/// Every case has the same draws: what a case knows replaces quantile functions and nothing else. A case's figures are
/// exact for its draws, which are kept while it is looked at.
package struct BacktestAnalysis {
  /// Draws of a case where no flag says otherwise, and the scenario does not ask for fewer: a percentile is then known to
  /// 0.14 percentage points.
  package static let usualDraws = 128 * AddressBlock.draws
  /// Maximum draws of a case: all of them are stored for each observed value.
  package static let mostDraws = 1 << 24

  private let model: Model
  private let table: CaseTable

  /// A model and its cases.
  package init(model: Model, cases table: CaseTable) {
    self.model = model
    self.table = table
  }

  /// How each case came out, and what all of them say.
  ///
  /// - Throws: `CancellationError`; `Diagnostics` where the model cannot be run.
  package func result(draws: Int, options: Engine.Options = .init()) throws -> BacktestResult {
    let start = Date()
    let draws = min(draws, Self.mostDraws)
    // The column of a case, twice while it is collected, and its sorted copy.
    try options.memory?.require(
      Double(draws) * 24,
      for: "\(draws) \(draws == 1 ? "draw of a case, which is" : "draws of a case, which are") kept in memory"
    ) { free in
      free > 24 ? "at most --draws \(Int(free / 24))" : nil
    }
    var scores: [[CaseScore]] = model.outputs.map { _ in [] }
    for (position, one) in table.cases.enumerated() {
      let applied = model.applying(one.settings)
      let requests = one.observed.map { ColumnRequest.cell(model.outputs[$0.output].quantity, $0.cell) }
      // One after the other, so that only one column is kept.
      for (observed, request) in zip(one.observed, requests) {
        let column = try Evaluator(model: applied, requests: [request])
          .columns(draws: draws, options: options.withoutProgress)[0]
        let output = model.outputs[observed.output]
        scores[observed.output].append(
          CaseScore(
            name: one.name, group: one.group, cell: model.cellName(output.quantity, cell: observed.cell),
            observed: observed.value, draws: column, scale: output.unit.reportScale))
      }
      options.progress?(Double(position + 1) / Double(table.cases.count))
    }
    let outputs = zip(model.outputs, scores).filter { !$0.1.isEmpty }.map { OutputScore(output: $0.0, cases: $0.1) }
    return BacktestResult(
      model: model, table: table, draws: draws, seconds: Date().timeIntervalSince(start), outputs: outputs)
  }
}

/// How a model came out against its cases.
package struct BacktestResult: Sendable {
  /// The model.
  package var model: Model
  /// Its cases.
  package var table: CaseTable
  /// Draws of each case.
  package var draws: Int
  /// Seconds of wall time.
  package var seconds: Double
  /// One for each output that was observed in any case, in the model's order.
  package var outputs: [OutputScore]
}
