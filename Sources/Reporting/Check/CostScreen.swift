import Modeling
import Simulation
import TextFormats

/// What a run would need, as `check` prints it.
package struct CostScreen {
  private let cost: RunCost
  private let time: RunTime?
  private let size: (Int) -> String
  private let leavesOutEvidence: Bool

  /// The screen of an estimate.
  ///
  /// - Parameters:
  ///   - cost: the estimate.
  ///   - time: the estimated time; nil if it is not printed.
  ///   - leavesOutEvidence: whether the scenario has evidence whose time is not included.
  ///   - size: the text of a number of bytes.
  package init(_ cost: RunCost, time: RunTime?, leavesOutEvidence: Bool, size: @escaping (Int) -> String) {
    self.cost = cost
    self.time = time
    self.leavesOutEvidence = leavesOutEvidence
    self.size = size
  }

  /// `a run of 1M draws: 8 cells of outputs, 25 values a draw; about 27 MiB of memory, …`, ended by a newline.
  package var text: String {
    let evidence = leavesOutEvidence ? " without its evidence" : ""
    return "a run of \(NumberText.draws(cost.draws)): "
      + "\(cost.cells) \(cost.cells == 1 ? "cell" : "cells") of outputs, "
      + "\(cost.values) \(cost.values == 1 ? "value" : "values") a draw; about \(size(cost.memory)) of memory, "
      + "\(size(cost.fileBytes)) of results and \(NumberText.duration(time?.elapsed ?? .nan))\(evidence) "
      + "on \(cost.workers) \(cost.workers == 1 ? "worker" : "workers")\n"
  }

  /// The same numbers as JSON.
  package func json(limit: Int) -> JSON {
    .object([
      ("draws", .integer(cost.draws)), ("workers", .integer(cost.workers)), ("cells", .integer(cost.cells)),
      ("values_per_draw", .integer(cost.values)), ("memory_bytes", .integer(cost.memory)),
      ("memory_limit_bytes", .integer(limit)), ("result_bytes", .integer(cost.fileBytes)),
      ("seconds", .number(time?.elapsed ?? .nan)), ("processor_seconds", .number(time?.processor ?? .nan)),
      ("includes_evidence", .bool(!leavesOutEvidence)),
    ])
  }
}
