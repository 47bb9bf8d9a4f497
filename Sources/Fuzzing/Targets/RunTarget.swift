import Diagnostics
import Evidence
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats
import VectorMath

/// Runs of the inputs that are valid scenarios: a few draws with two instruction sets of the machine, and the files of
/// the results.
///
/// Descriptions are made for one input in four. A report page is made for one in 64, since its shares of the variance
/// need 16,384 draws, whatever those of the run.
struct RunTarget: FuzzTarget {
  static let name = "runs"
  /// Other edits leave few scenarios valid.
  static let wordEdits = 14

  /// Cells of all quantities beyond which a scenario is not run, so that an execution takes milliseconds.
  private static let mostCells = 1_000
  private static let draws = 96

  private let path: String

  /// The valid scenarios.
  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    let folder = NSTemporaryDirectory()
    return (corpus.scenarios.filter { $0.contains("outputs:") } + KernelScenarios.all).map { Array($0.utf8) }.filter {
      var options = Scenario.Options()
      options.given = GivenScenario(bytes: $0, as: "\(folder)/s.yaml")
      return (try? Scenario.unchecked(ofFileAt: GivenScenario.word, options: options)) != nil
    }
  }

  init(folder: String, corpus: SeedCorpus) throws {
    try corpus.writeTables(into: folder)
    path = "\(folder)/s.yaml"
  }

  /// Executes a run; it is accepted if the draws are made.
  func execute(_ input: [UInt8]) throws -> Bool {
    try Data(input).write(to: URL(fileURLWithPath: path))
    guard var model = try? Scenario.unchecked(ofFileAt: path, options: Scenario.Options()) else { return false }
    guard model.quantities.reduce(0, { $0 + $1.cells.count }) <= Self.mostCells else { return false }
    for format in DescriptionFormatCatalogue.all where InputDigest.isChosen(input, oneIn: 4) {
      try checkText(format.text(of: model), "describe as \(format.name)")
    }
    model.settings.draws = Self.draws
    model.settings.tolerance = nil
    let original = InstructionPath.current
    defer { InstructionPath.use(original) }
    // The newest instruction set against the oldest, or for every other input against the one between.
    let isMiddle = InputDigest.isChosen(input, oneIn: 2, salt: 1)
    let paths = isMiddle ? [InstructionPath.avx2, .plain] : [.avx512, .plain]
    let withPage = InputDigest.isChosen(input, oneIn: 64, salt: 2)
    var first: (path: InstructionPath, files: [String: [UInt8]])?
    for path in paths where InstructionPath.use(path) {
      guard let files = try self.files(of: model, withPage: withPage) else { return false }
      if let first, first.files != files {
        let names = files.keys.filter { first.files[$0] != files[$0] }.sorted()
        throw FuzzFinding(description: "\(names) differ between \(first.path) and \(path)")
      }
      first = first ?? (path, files)
    }
    return true
  }

  /// The files of a run; nil if it is refused.
  private func files(of model: Model, withPage: Bool) throws -> [String: [UInt8]]? {
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
    for format in OutputFormatCatalogue.all where withPage || format.name != "html" {
      for file in format.files(of: result) { files[file.name] = try bytes(of: file) }
    }
    try checkText(RunScreen(of: result, folder: nil, files: []).text, "the screen")
    return files
  }

  /// The bytes of a file, which must be well-formed.
  private func bytes(of file: ReportFile) throws -> [UInt8] {
    let buffer = TextBuffer()
    try file.write(buffer)
    if file.name.hasSuffix(".html") || file.name.hasSuffix(".json") { try checkText(buffer.text, file.name) }
    if file.name.hasSuffix(".json") { _ = try JSONSerialization.jsonObject(with: Data(buffer.bytes)) }
    if file.name.hasSuffix(".csv"), (try? CSVTokenizer.records(of: buffer.text)) == nil {
      throw FuzzFinding(description: "\(file.name) is not a table")
    }
    return buffer.bytes
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
