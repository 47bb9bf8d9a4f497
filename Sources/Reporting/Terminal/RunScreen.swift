import Modeling
import Simulation

/// What a run prints for people: a table that one would paste into a mail, comparisons as sentences, what to know about
/// the figures, and where the files are.
public struct RunScreen {
  private let result: RunResult
  private let folder: String?
  private let files: [String]

  /// The screen of a result whose files were written to a folder.
  public init(of result: RunResult, folder: String?, files: [String]) {
    self.result = result
    self.folder = folder
    self.files = files
  }

  /// The screen, ended by a line end.
  public var text: String {
    var lines = [result.model.title, ""]
    lines += OutputTables(result: result, fullTable: pointer("summary.csv")).lines
    lines += ComparisonSentences(result: result, fullTable: pointer("comparisons.csv")).lines
    let notes = RunNotes(result: result).lines
    if !notes.isEmpty { lines += notes + [""] }
    let settings = result.model.settings
    let workers = result.workers == 1 ? "1 worker" : "\(result.workers) workers"
    lines.append(
      "\(NumberText.count(result.draws)) draws, seed \(settings.seed), design \(settings.design): "
        + "\(NumberText.duration(result.seconds)) on \(workers)")
    if let folder, !files.isEmpty { lines.append("\(folder): \(files.joined(separator: ", "))") }
    return ScreenText.of(lines)
  }

  /// The same for programs, ended by a line end.
  public var json: String {
    let written: JSON = .object([("folder", .optional(folder)), ("names", .array(files.map(JSON.string)))])
    let further: [(key: String, value: JSON)] = [
      ("workers", .integer(result.workers)), ("seconds", .number(result.seconds)), ("files", written),
    ]
    return JSON.object(JSONFormat.content(of: result) + further).text + "\n"
  }

  /// A file to point at for all rows: this one, or the one for programs, if it was written.
  private func pointer(_ name: String) -> String? { [name, "results.json"].first { files.contains($0) } }
}
