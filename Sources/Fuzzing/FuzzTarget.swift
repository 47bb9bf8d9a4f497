import Diagnostics
import TextFormats

/// Something in the program that reads what strangers wrote.
///
/// A new target is one file in `Targets/` and one line in `FuzzTargetCatalogue`.
protocol FuzzTarget {
  /// The name as written after `--only`.
  static var name: String { get }

  /// Of 16 edits of a seed, those that replace a number by a number or a name by a name.
  static var wordEdits: Int { get }

  /// Valid and invalid inputs to begin with.
  static func seeds(from corpus: SeedCorpus) -> [[UInt8]]

  /// Prepares what all executions share.
  ///
  /// - Parameters:
  ///   - folder: A folder for the target's own files.
  ///   - corpus: What the repository has.
  init(folder: String, corpus: SeedCorpus) throws

  /// Reads one input.
  ///
  /// - Returns: whether the input is accepted.
  /// - Throws: `FuzzFinding` if the result breaks a rule; refusing an input is correct.
  func execute(_ input: [UInt8]) throws -> Bool
}

extension FuzzTarget {
  /// By default half: enough inputs of a parser are valid then, and enough are refused at each of its places.
  static var wordEdits: Int { 8 }
}

/// The targets, in alphabetical order of their names.
enum FuzzTargetCatalogue {
  /// Every target that is run by default.
  static var all: [any FuzzTarget.Type] {
    [
      CasesTarget.self, CSVTarget.self, FlagsTarget.self, FormulaTarget.self, PartTarget.self, PosteriorTarget.self,
      RecordTarget.self, RunTarget.self, ScenarioTarget.self, UnitTarget.self, YAMLTarget.self,
    ]
  }

  /// The target with a given name, the one that proves the driver included.
  static func target(named name: String) -> (any FuzzTarget.Type)? {
    (all + [ProvingTarget.self]).first { $0.name == name }
  }
}

/// An input that breaks a rule.
struct FuzzFinding: Error, CustomStringConvertible {
  var description: String
}

extension FuzzFinding {
  /// Maximum size of what is printed for a refused input.
  private static let mostText = 1 << 20

  /// Checks what would be printed for a refused input: there is an error, its text is bounded and cannot control the
  /// terminal, and every place is in its file.
  static func check(_ diagnostics: [Diagnostic]) throws {
    guard diagnostics.contains(where: { $0.severity == .error }) else {
      throw FuzzFinding(description: "refused without an error")
    }
    for diagnostic in diagnostics {
      guard let place = diagnostic.place else { continue }
      guard place.line >= 1, place.line <= place.file.lines.count, place.column >= 1, place.length >= 1 else {
        throw FuzzFinding(description: "the place \(place) of \(diagnostic.code) is not in its file")
      }
    }
    let text = DiagnosticRenderer().text(of: diagnostics)
    guard text.utf8.count <= mostText else {
      throw FuzzFinding(description: "\(text.utf8.count) bytes of messages")
    }
    if TerminalText(escaping: text).text != text || text.utf8.contains(UInt8(ascii: "\r")) {
      throw FuzzFinding(description: "a message has control characters")
    }
  }
}
