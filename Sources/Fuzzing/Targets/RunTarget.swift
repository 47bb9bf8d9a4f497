import Diagnostics
import Evidence
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats
import VectorMath

/// Runs of the inputs that are valid scenarios: every description, a few draws with every instruction set of the machine,
/// and every file of the results.
struct RunTarget: FuzzTarget {
  static let name = "runs"

  /// Cells of all quantities beyond which a scenario is not run, so that an execution takes milliseconds.
  private static let mostCells = 1_000
  private static let draws = 96

  private let path: String

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    corpus.scenarios.filter { $0.contains("outputs:") }.map { Array($0.utf8) }
  }

  init(folder: String) { path = "\(folder)/s.yaml" }

  func execute(_ input: [UInt8]) throws {
    try Data(input).write(to: URL(fileURLWithPath: path))
    guard var model = try? Scenario.model(ofFileAt: path) else { return }
    guard model.quantities.reduce(0, { $0 + $1.cells.count }) <= Self.mostCells else { return }
    for format in DescriptionFormatCatalogue.all { try checkText(format.text(of: model), "describe as \(format.name)") }
    model.settings.draws = Self.draws
    model.settings.tolerance = nil
    let original = InstructionPath.current
    defer { InstructionPath.use(original) }
    var first: [String: [UInt8]]?
    for path in InstructionPath.allCases where InstructionPath.use(path) {
      let files = try self.files(of: model)
      if let first, let files, first != files {
        let names = files.keys.filter { first[$0] != files[$0] }.sorted()
        throw FuzzFinding(description: "\(names) differ between \(InstructionPath.plain) and \(path)")
      }
      first = first ?? files
    }
  }

  /// The files of a run; nil if it is refused.
  private func files(of model: Model) throws -> [String: [UInt8]]? {
    let options = Engine.Options(workers: 1)
    var result: ScenarioResult
    do {
      result = ScenarioResult(try Engine(model: model).run(options: options))
      result.evidence = try EvidenceAnalysis(of: model, usesObservations: false)?.result(
        draws: Self.draws, options: options)
    } catch let refusal as Diagnostics {
      try FuzzFinding.check(refusal.all)
      return nil
    }
    result.seconds = 0
    var files: [String: [UInt8]] = [:]
    for file in OutputFormatCatalogue.all.flatMap({ $0.files(of: result) }) {
      let buffer = TextBuffer()
      try file.write(buffer)
      files[file.name] = buffer.bytes
      if file.name.hasSuffix(".html") || file.name.hasSuffix(".json") { try checkText(buffer.text, file.name) }
      if file.name.hasSuffix(".json") { _ = try JSONSerialization.jsonObject(with: Data(buffer.bytes)) }
      if file.name.hasSuffix(".csv"), (try? CSVTokenizer.records(of: buffer.text)) == nil {
        throw FuzzFinding(description: "\(file.name) is not a table")
      }
    }
    try checkText(RunScreen(of: result, folder: nil, files: []).text, "the screen")
    return files
  }

  /// Checks that a text has no character that controls a terminal or the direction of writing.
  private func checkText(_ text: String, _ name: String) throws {
    func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
      TerminalText.isHarmful(scalar) && !"\n\t\r".unicodeScalars.contains(scalar)
    }
    let plain = TerminalText.replacingHarmful(in: text, where: isHarmful)
    let harmful = zip(text.unicodeScalars, plain.unicodeScalars).first { $0 != $1 }?.0
    if let harmful {
      throw FuzzFinding(description: "\(name) has the control character U+\(String(harmful.value, radix: 16))")
    }
  }
}
