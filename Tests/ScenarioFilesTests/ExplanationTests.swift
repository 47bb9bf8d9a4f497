import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

/// The examples that `loadcast check` shows; those of other commands are run in LoadcastTests.
@Suite("Explanations of diagnostic codes")
struct ExplanationTests {
  private static let entries = ExplanationCatalogue.entries

  /// Codes that no scenario and no flag can cause; `run.design` is reported to programs that use the library, because
  /// designs of scenarios are checked before. A file that is not text, `files.encoding`, cannot be printed.
  private static let withoutExample = [
    "run.interrupted", "run.internal-error", "run.design", "run.threads", "run.submission", "files.encoding",
  ]

  @Test("Codes are unique, and a section and a kind in lower case")
  func codes() {
    let codes = Self.entries.map(\.code.description)
    #expect(Set(codes).count == codes.count)
    for code in codes { #expect(code.wholeMatch(of: /[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*/) != nil, "\(code)") }
    let sections = ExplanationCatalogue.sections
    #expect(Set(sections.map(\.name)).count == sections.count)
    for section in sections {
      #expect(!section.entries.isEmpty && section.entries.allSatisfy { $0.code.section == section.name })
    }
  }

  @Test("Every section of codes in the sources is in the catalogue")
  func sections() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var names: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(
        of:
          /enum \w+: String, DiagnosticSection \{\s*(?:\/\/\/[^\n]*\s*)*(?:public |package )?static let section = "([a-z-]+)"/
      ) {
        names.insert(String(match.1))
      }
    }
    #expect(names.count > 20)
    #expect(names == Set(ExplanationCatalogue.sections.map(\.name)))
  }

  @Test("Messages begin in lower case, and have no full stop at the end")
  func style() throws {
    for entry in Self.entries {
      guard let wrong = entry.explanation.wrong, wrong.arguments == ["check", Example.scenarioName] else { continue }
      for diagnostic in try Self.diagnostics(wrong) {
        #expect(!diagnostic.message.hasSuffix("."), "\(diagnostic.message)")
        #expect(diagnostic.message.first?.isUppercase != true, "\(diagnostic.message)")
      }
    }
  }

  @Test("Every code has an explanation in sentences, and an example with its correction")
  func explanations() {
    for entry in Self.entries {
      let (code, explanation) = (entry.code.description, entry.explanation)
      #expect(explanation.meaning.wholeMatch(of: /[A-Z`][^\n]+\./) != nil, "\(code): \(explanation.meaning)")
      #expect((explanation.wrong == nil) == Self.withoutExample.contains(code), "\(code)")
      #expect((explanation.wrong == nil) == (explanation.fixed == nil), "\(code)")
    }
  }

  @Test(
    "A wrong example yields its code and no other, and its correction nothing",
    arguments: entries.filter { $0.explanation.wrong?.arguments == ["check", Example.scenarioName] }
      .map { $0.code.description })
  func examples(code: String) throws {
    let explanation = try #require(ExplanationCatalogue.entry(of: code)).explanation
    let wrong = try Self.diagnostics(try #require(explanation.wrong))
    #expect(
      Set(wrong.map { $0.code.description }) == [code],
      "\(code):\n\(DiagnosticRenderer().text(of: wrong))")
    let fixed = try Self.diagnostics(try #require(explanation.fixed))
    #expect(fixed.isEmpty, "\(code), corrected:\n\(DiagnosticRenderer().text(of: fixed))")
  }

  /// The errors and warnings of an example.
  private static func diagnostics(_ example: Example) throws -> [Diagnostic] {
    let folder = try TemporaryFolder(
      example.files.merging([Example.scenarioName: example.scenario]) { first, _ in first })
    do throws(Diagnostics) {
      return try Scenario.model(ofFileAt: "\(folder.path)/\(Example.scenarioName)").warnings
    } catch {
      return error.all
    }
  }
}
