import Distributions
import Foundation
import Modeling
import Testing

@testable import ScenarioFiles

/// Results of one version are byte-identical; a change of any digit needs another version and a line in the changelog.
@Suite("Results change only with the version")
struct GoldenDigestTests {
  private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1"

  /// The sections of the changelog by their first word, a version, in order; each with its lines.
  static func changelog() throws -> [(version: String, lines: [Substring])] {
    let text = try String(contentsOf: DocumentBlocks.root.appending(path: ".github/CHANGELOG.md"), encoding: .utf8)
    var sections: [(version: String, lines: [Substring])] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") {
        sections.append((String(line.dropFirst(3).prefix { $0 != " " }), []))
      } else if !sections.isEmpty {
        sections[sections.count - 1].lines.append(line)
      }
    }
    return sections
  }

  /// Whether a section has an entry under "Last digits moved".
  static func movesDigits(_ lines: [Substring]) -> Bool {
    lines.drop { $0 != "### Last digits moved" }.dropFirst().prefix { !$0.hasPrefix("###") }
      .contains { $0.hasPrefix("- ") }
  }

  /// Three numbers joined by dots; nil for any other text.
  static func parts(_ version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    return parts.count == 3 && parts.allSatisfy { $0 >= 0 } ? parts : nil
  }

  /// The reason why stored digests may not remain beside the present ones; nil if they are equal.
  ///
  /// - Parameter movesDigits: whether the changelog has an entry under "Last digits moved" for the present version.
  static func problem(stored: GoldenDigests, present: GoldenDigests, movesDigits: Bool, isUpdating: Bool) -> String? {
    let changed = Set(stored.digests.keys).union(present.digests.keys).sorted()
      .filter { stored.digests[$0] != present.digests[$0] }
    let edited = Set(changed.filter { $0.hasSuffix(" scenario") }.map { $0.split(separator: " ")[0] })
    let moved = changed.filter { name in !edited.contains(name.split(separator: " ")[0]) }
    let update = "run: UPDATE_EXPECTED=1 swift test --filter GoldenDigestTests"
    guard let old = parts(stored.version), let new = parts(present.version), !new.lexicographicallyPrecedes(old) else {
      return "version \(present.version) does not follow \(stored.version), the version of the stored digests"
    }
    if !moved.isEmpty, old == new {
      return """
        version \(present.version) writes other bytes than before: \(moved.joined(separator: ", "))
        If this was not intended, it is a fault. If it was:
        1. raise the right part of EngineVersion.current, or the middle part if columns, members or files are new;
        2. begin a section `## VERSION` in .github/CHANGELOG.md, and say under `### Last digits moved` what changed;
        3. \(update)
        """
    }
    if !moved.isEmpty, old[0] == new[0], old[1] == new[1], !movesDigits {
      return "the section \(present.version) of .github/CHANGELOG.md has no line under `### Last digits moved`"
    }
    if isUpdating || (changed.isEmpty && old == new) { return nil }
    return "the digests are of version \(stored.version) or of other scenario files; \(update)"
  }

  @Test("The result files of four scenarios are those of the stored digests, on every processor")
  func digests() throws {
    let program = try Program()
    defer { program.remove() }
    let present = try GoldenDigests(of: program)
    #expect(present.digests.count > 40)
    if let stored = try GoldenDigests(storedIn: GoldenDigests.file) {
      let section = try Self.changelog().first { $0.version == present.version }
      let problem = Self.problem(
        stored: stored, present: present, movesDigits: section.map { Self.movesDigits($0.lines) } ?? false,
        isUpdating: Self.isUpdating)
      if let problem {
        Issue.record("\(problem)")
        return
      }
      if stored == present { return }
    }
    try #require(Self.isUpdating, "there are no stored digests: UPDATE_EXPECTED=1 writes them")
    try present.text.write(to: GoldenDigests.file, atomically: true, encoding: .utf8)
  }

  @Test("A scenario of the digests has every distribution, pair copula and function, so that none moves unnoticed")
  func everything() throws {
    let text = try String(contentsOf: DocumentBlocks.root.appending(path: ".ci/same_bytes.yaml"), encoding: .utf8)
    let called = Set(text.matches(of: /([a-z_0-9]+)\(/).map { String($0.output.1) })
    let functions = NameTable.formulaForms.union(BuiltInFunctionCatalogue.names)
    let missing = functions.union(DistributionCatalogue.names).subtracting(called).sorted()
    #expect(missing == [], ".ci/same_bytes.yaml uses none of these")
    for copula in CopulaCatalogue.pairs.map({ $0.name }) {
      #expect(text.contains("copula: \(copula)"), ".ci/same_bytes.yaml has no copula \(copula)")
    }
  }

  @Test("The changelog begins with the program's version, which the citation file also has")
  func version() throws {
    let program = try Program()
    defer { program.remove() }
    let version = try program.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(Self.parts(version) != nil, "\(version)")
    let sections = try Self.changelog()
    #expect(sections.first?.version == version, "the first section of .github/CHANGELOG.md is that of \(version)")
    let versions = sections.compactMap { Self.parts($0.version) }
    #expect(versions.count == sections.count, "every section begins with a version")
    for (newer, older) in zip(versions, versions.dropFirst()) { #expect(older.lexicographicallyPrecedes(newer)) }
    let citation = try String(contentsOf: DocumentBlocks.root.appending(path: "CITATION.cff"), encoding: .utf8)
    #expect(citation.contains("\nversion: \(version)\n"))
  }

  @Test("A moved digit needs a raised version and a line in the changelog; an edited scenario needs neither")
  func rule() throws {
    var stored = try #require(try GoldenDigests(storedIn: GoldenDigests.file))
    stored.version = "1.4.2"
    var present = stored
    func problem(movesDigits: Bool = true, isUpdating: Bool = true) -> String? {
      Self.problem(stored: stored, present: present, movesDigits: movesDigits, isUpdating: isUpdating)
    }
    #expect(problem(isUpdating: false) == nil)
    present.digests["scenarios/first-steps.yaml summary.csv"] = "moved"
    let advice = try #require(problem())
    for word in ["first-steps.yaml summary.csv", "right part", "Last digits moved", "UPDATE_EXPECTED=1"] {
      #expect(advice.contains(word), "\(word)")
    }
    present.version = "1.4.3"
    #expect(problem(movesDigits: false)?.contains("Last digits moved") == true)
    #expect(problem() == nil && problem(isUpdating: false)?.contains("UPDATE_EXPECTED=1") == true)
    present.version = "1.5.0"
    #expect(problem(movesDigits: false) == nil)
    present.version = "1.4.1"
    #expect(problem()?.contains("does not follow") == true)
    present.version = stored.version
    present.digests["scenarios/first-steps.yaml scenario"] = "edited"
    #expect(problem() == nil && problem(isUpdating: false)?.contains("UPDATE_EXPECTED=1") == true)
    present.digests["scenarios/ai-sector.yaml results.json"] = "moved"
    #expect(problem()?.contains("ai-sector.yaml results.json") == true)
  }

  @Test("A stored file reads back as what was written")
  func readsBack() throws {
    let stored = try #require(try GoldenDigests(storedIn: GoldenDigests.file))
    let copy = FileManager.default.temporaryDirectory.appending(path: "digests-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: copy) }
    try stored.text.write(to: copy, atomically: true, encoding: .utf8)
    #expect(try GoldenDigests(storedIn: copy) == stored)
    #expect(stored.digests.count > 40)
  }
}
