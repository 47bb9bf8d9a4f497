import Evidence
import Modeling
import Simulation
import TextFormats

/// The human-readable results of a run: a table short enough for an e-mail, comparisons as sentences, notes on the
/// results, and the location of the files.
package struct RunScreen {
  /// The files of an earlier run in the folder.
  package struct EarlierFiles {
    /// Those that are still there.
    var left: [String]
    /// Those that this run has removed.
    var removed: [String]

    /// - Parameters:
    ///   - left: the names of those that are still there.
    ///   - removed: the names of those that this run has removed.
    package init(left: [String] = [], removed: [String] = []) {
      self.left = left
      self.removed = removed
    }
  }

  private let result: ScenarioResult
  private let folder: String?
  private let files: [String]
  private let earlierFiles: EarlierFiles
  private let selection: ScreenSelection

  /// The screen of a result whose files were written to a folder, which holds other files of an earlier run.
  package init(
    of result: ScenarioResult, folder: String?, files: [String], earlierFiles: EarlierFiles = .init(),
    showing selection: ScreenSelection = .headline
  ) {
    self.result = result
    self.folder = folder
    self.files = files
    self.earlierFiles = earlierFiles
    self.selection = selection
  }

  /// The screen, ended by a newline.
  package var text: String {
    var shown = result
    shown.outputs = selection.outputs(of: result)
    var lines = [result.model.title, ""]
    let isReplaced = result.evidence?.posterior?.replacement != nil
    let posterior = isReplaced ? nil : posteriorOutputs(of: shown)
    lines += OutputTables(result: shown, posterior: posterior, fullTable: pointer("summary.csv")).lines
    var compared = shown
    if let posterior { compared.outputs = posterior }
    lines +=
      ComparisonSentences(
        result: compared, given: posterior == nil ? "" : ", given the observations",
        fullTable: pointer("comparisons.csv")
      ).lines
    // A claim is of interest by itself, so a headline has the verdicts of all outputs.
    let judged = selection == .headline ? result.outputs : shown.outputs
    lines += VerdictLines(result: result).lines(among: Set(judged.map(\.output.quantity)))
    lines += OutputNotes(result: shown).lines
    if let evidence = result.evidence {
      lines +=
        EvidenceLines(
          evidence: evidence, result: result, selection: selection, pointer: pointer
        ).lines
    }
    let notes = RunNotes(result: shown).lines
    if !notes.isEmpty { lines += notes + [""] }
    lines += furtherOutputs(than: shown)
    if result.evidence?.posterior == nil { lines += result.model.conditioningLines }
    let settings = result.model.settings
    let workers = result.workers == 1 ? "1 worker" : "\(result.workers) workers"
    lines.append(
      "\(NumberText.draws(result.draws)), seed \(settings.seed), design \(settings.design): "
        + "\(NumberText.duration(result.seconds)) on \(workers)")
    lines += ScreenText.written(files, to: folder)
    if !earlierFiles.removed.isEmpty {
      lines.append("Removed, of an earlier run: \(Self.list(ScreenText.shortened(earlierFiles.removed)))")
    }
    if !earlierFiles.left.isEmpty { lines.append("Left from an earlier run: \(Self.list(earlierFiles.left))") }
    return ScreenText.of(lines)
  }

  private static func list(_ names: [String]) -> String {
    names.map(TerminalText.path).joined(separator: ", ")
  }

  /// The tables of the first draws of a run, for as long as it goes on; lines without their newlines.
  ///
  /// - Parameter isPrior: true if the run's own results will be given observations, which these are not.
  package func earlyLines(isPrior: Bool) -> [String] {
    var shown = result
    shown.outputs = selection.outputs(of: result)
    let draws = NumberText.draws(result.draws)
    let end = isPrior ? "first \(draws), before the observations are used" : "first \(draws)"
    let lines = [result.model.title, ""] + OutputTables(result: shown, posterior: nil, fullTable: nil).lines + [end]
    return ScreenText.of(lines).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// The same as JSON, ended by a newline.
  package var json: String {
    let written: JSON = .object(
      JSON.written(files, to: folder) + [
        ("earlier", .array(earlierFiles.left.map(JSON.string))),
        ("removed", .array(earlierFiles.removed.map(JSON.string))),
      ])
    let further: [(key: String, value: JSON)] = [
      ("workers", .integer(result.workers)), ("seconds", .number(result.seconds)), ("files", written),
    ]
    return JSON.object(JSONFormat.content(of: result) + further).text + "\n"
  }

  /// The shown outputs given the observations.
  private func posteriorOutputs(of shown: ScenarioResult) -> [OutputResult]? {
    result.evidence?.posterior.map { posterior in
      shown.outputs.compactMap { output in
        posterior.outputs.first { $0.output.quantity == output.output.quantity }
      }
    }
  }

  /// The outputs that are not shown, and the files that have them.
  private func furtherOutputs(than shown: ScenarioResult) -> [String] {
    let names = result.outputs.map { result.model[$0.output.quantity].name }
    let shownOutputs = Set(shown.outputs.map { result.model[$0.output.quantity].name })
    let routes = (result.evidence?.triangulations ?? []).map(\.triangulation.name)
    let further = names.filter { !shownOutputs.contains($0) } + routes.filter { !selection.shows($0) }
    if further.isEmpty { return [] }
    let place = pointer("summary.csv").map { "in \($0)" } ?? "not shown"
    return ScreenText.wrapped(
      "\(further.count) more \(further.count == 1 ? "output" : "outputs") \(place), or with --show NAME: "
        + further.joined(separator: " "))
      + [""]
  }

  /// The file with all rows to refer to: this one, or the JSON file, if it was written.
  private func pointer(_ name: String) -> String? { [name, "results.json"].first { files.contains($0) } }
}

/// The outputs that a screen prints.
package enum ScreenSelection: Sendable, Equatable {
  /// The first outputs, as many as fit a table short enough for an e-mail.
  case headline
  /// All outputs.
  case all
  /// The outputs with these names.
  case named([String])

  /// Maximum rows of a headline, unless the first output alone has more.
  static let rowBudget = 80

  /// True if routes to a quantity are printed.
  func shows(_ name: String) -> Bool { if case .named(let names) = self { names.contains(name) } else { true } }

  /// The outputs to print, in the model's order.
  func outputs(of result: ScenarioResult) -> [OutputResult] {
    switch self {
    case .all: return result.outputs
    case .named(let names): return result.outputs.filter { names.contains(result.model[$0.output.quantity].name) }
    case .headline:
      var rows = 0
      return Array(
        result.outputs.prefix { output in
          let isFirst = rows == 0
          rows += OutputTables.rowCount(of: output, in: result.model)
          return isFirst || rows <= Self.rowBudget
        })
    }
  }
}
