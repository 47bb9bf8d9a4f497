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
    let scores = try scores(of: table.cases.indices, draws: draws, options: options)
    return result(of: scores, draws: draws, seconds: Date().timeIntervalSince(start))
  }

  /// How some cases came out: the scores of each, in the order of its observed values.
  ///
  /// - Throws: as `result(draws:options:)`.
  package func scores(
    of cases: Range<Int>, draws: Int, options: Engine.Options = .init()
  ) throws -> [[CaseScore]] {
    let draws = min(draws, Self.mostDraws)
    // The column of a case, twice while it is collected, and its sorted copy.
    try options.memory?.require(
      Double(draws) * 24,
      for: "\(draws) \(draws == 1 ? "draw of a case, which is" : "draws of a case, which are") kept in memory"
    ) { free in
      free > 24 ? "at most --draws \(Int(free / 24))" : nil
    }
    return try cases.map { position in
      let one = table.cases[position]
      let applied = model.applying(one.settings)
      let requests = one.observed.map { ColumnRequest.cell(model.outputs[$0.output].quantity, $0.cell) }
      // One after the other, so that only one column is kept.
      let scores = try zip(one.observed, requests).map { observed, request in
        let column = try Evaluator(model: applied, requests: [request])
          .columns(draws: draws, options: options.withoutProgress)[0]
        return CaseScore(
          name: one.name, group: one.group, cell: cellName(of: observed), observed: observed.value, draws: column,
          scale: model.outputs[observed.output].unit.reportScale)
      }
      options.progress?(Double(position - cases.lowerBound + 1) / Double(cases.count))
      return scores
    }
  }

  /// The observed cell as written in reports.
  func cellName(of observed: CaseTable.Observed) -> String {
    model.cellName(model.outputs[observed.output].quantity, cell: observed.cell)
  }

  /// What the scores of all cases say.
  ///
  /// - Parameters:
  ///   - scores: those of `scores(of:draws:options:)`, of all cases.
  ///   - draws: the draws of each case.
  ///   - seconds: the time that they took.
  package func result(of scores: [[CaseScore]], draws: Int, seconds: Double) -> BacktestResult {
    var byOutput: [[CaseScore]] = model.outputs.map { _ in [] }
    for (one, own) in zip(table.cases, scores) {
      for (observed, score) in zip(one.observed, own) { byOutput[observed.output].append(score) }
    }
    let outputs = zip(model.outputs, byOutput).filter { !$0.1.isEmpty }.map { OutputScore(output: $0.0, cases: $0.1) }
    return BacktestResult(
      model: model, table: table, draws: min(draws, Self.mostDraws), seconds: seconds, outputs: outputs)
  }
}

extension BacktestAnalysis {
  /// The scores of some cases as bytes, in the order of the cases.
  package static func bytes(of scores: [[CaseScore]]) -> [UInt8] {
    var writer = PartWriter()
    for score in scores.joined() {
      for number in score.numbers { writer.add(number) }
      writer.add(score.nonFinite)
    }
    return writer.bytes
  }

  /// The scores of some cases from their bytes.
  ///
  /// - Throws: `PartDamage` if the bytes are not those of the cases.
  package func scores(of cases: Range<Int>, in bytes: [UInt8]) throws(PartDamage) -> [[CaseScore]] {
    guard cases.upperBound <= table.cases.count else { throw PartDamage("it has more cases than the table") }
    var reader = PartReader(bytes[...])
    var all: [[CaseScore]] = []
    for one in table.cases[cases] {
      var own: [CaseScore] = []
      for observed in one.observed {
        var numbers: [Double] = []
        for _ in 0..<CaseScore.numberCount { numbers.append(try reader.number()) }
        own.append(
          CaseScore(
            name: one.name, group: one.group, cell: cellName(of: observed), numbers: numbers,
            nonFinite: try reader.count(upTo: Self.mostDraws)))
      }
      all.append(own)
    }
    guard reader.isAtEnd else { throw PartDamage("it has more bytes than its scores") }
    return all
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
