import Foundation
import Testing

/// Comments and documents that name a test or a file of the repository name one that exists.
@Suite("Named tests and files")
struct NamedFilesTests {
  /// The lines of a file in which names are checked: comments, or the text of a Markdown page outside its fenced blocks.
  static func statements(_ path: String) throws -> [(number: Int, text: Substring)] {
    switch (path as NSString).pathExtension {
    case "swift", "c", "h": return try Repository.commentLines(path)
    case "md":
      var isFenced = false
      return try Repository.lines(path).enumerated().compactMap { offset, line in
        if line.hasPrefix("```") { isFenced.toggle() }
        return isFenced ? nil : (offset + 1, line)
      }
    case "py", "":
      guard path.hasSuffix(".py") || path.hasPrefix(".ci/") else { return [] }
      return try Repository.lines(path).enumerated().map { ($0.offset + 1, $0.element) }.filter { $0.1.hasPrefix("#") }
    default: return []
    }
  }

  /// The files that a line names: source files, scripts and pages by any part of their path, and anything below a folder
  /// of the repository.
  ///
  /// Tables and scenarios without a folder are those of a reader, or files that the program writes. Placeholders such as
  /// `NAME.swift`, patterns, addresses on the web and system headers in angle brackets are not names of files.
  static func files(in line: Substring, folders: Set<String>) -> [String] {
    line.split { " \t`\"'()[],;|".contains($0) }.flatMap { word -> [String] in
      guard word.contains("."), !word.contains("://"), !word.hasPrefix("<"), !word.contains("*") else { return [] }
      return word.matches(of: /[A-Za-z0-9_.+\/-]+\.(swift|py|c|h|md|csv|yaml|txt|json|svg)(?![A-Za-z0-9])/).compactMap {
        var name = String($0.output.0)
        while name.hasPrefix("../") { name.removeFirst(3) }
        let parts = name.split(separator: "/")
        let isBelow = parts.count > 1 && (folders.contains(String(parts[0])) || parts[0] == "Reference")
        let isSource = ["swift", "py", "c", "h", "md"].contains(String($0.output.1))
        let isPlaceholder = $0.output.1 != "md" && parts[parts.count - 1].contains(/^[A-Z]+\./)
        return (isBelow || isSource) && !isPlaceholder ? name : nil
      }
    }
  }

  /// The tests that a line names: types whose names end in "Tests", and the patterns after `--filter`.
  static func tests(in line: Substring) -> (names: [String], patterns: [String]) {
    let names = line.split { !$0.isLetter && !$0.isNumber }
      .filter { $0.hasSuffix("Tests") && $0.count > 5 && $0.first?.isUppercase == true }.map(String.init)
    guard line.split(separator: " ").contains(where: { $0.hasSuffix("--filter") }) else { return (names, []) }
    let patterns = line.matches(of: /--filter '?([A-Za-z0-9_|]+)/)
      .flatMap { $0.output.1.split(separator: "|").map(String.init) }
    return (names, patterns)
  }

  /// The types that test files declare, and the test targets.
  static func declaredTests() throws -> Set<String> {
    var found: Set<String> = []
    for path in Repository.paths where path.hasPrefix("Tests/") && path.hasSuffix(".swift") {
      found.insert(String(path.split(separator: "/")[1]))
      for line in try Repository.lines(path) {
        let words = line.split(separator: " ")
        for (keyword, name) in zip(words, words.dropFirst()) where ["struct", "enum", "class"].contains(keyword) {
          found.insert(String(name.prefix { $0.isLetter || $0.isNumber }))
        }
      }
    }
    return found
  }

  @Test("Every test and file that a comment or a document names exists")
  func namesExist() throws {
    // Every path, and every part of it after a slash.
    let known = Set(
      Repository.paths.flatMap { path -> [String] in
        let parts = path.split(separator: "/")
        return parts.indices.map { parts[$0...].joined(separator: "/") }
      })
    let folders = Set(Repository.paths.filter { $0.contains("/") }.map { String($0.split(separator: "/")[0]) })
    let declared = try Self.declaredTests()
    var seen = (files: 0, tests: 0)
    for path in Repository.paths {
      for (number, line) in try Self.statements(path) {
        for file in Self.files(in: line, folders: folders) {
          seen.files += 1
          let isKnown = known.contains(file)
          #expect(isKnown, "\(path):\(number) names \(file), which does not exist")
        }
        let tests = Self.tests(in: line)
        for name in tests.names {
          seen.tests += 1
          let isDeclared = declared.contains(name)
          #expect(isDeclared, "\(path):\(number) names \(name), which does not exist")
        }
        for pattern in tests.patterns {
          #expect(
            declared.contains { $0.contains(pattern) }, "\(path):\(number): `--filter \(pattern)` selects no test")
        }
      }
    }
    #expect(seen.files > 100 && seen.tests > 20)
  }

  @Test("Names are recognised in comments, and placeholders and addresses are not")
  func recognises() {
    let line: Substring =
      "// See Folding.swift, `Tests/Reference/a.csv`, NAME.swift, https://a.org/b.md, <fcntl.h>, x.csv and a/*.swift: OneTests."
    #expect(Self.files(in: line, folders: ["Tests"]) == ["Folding.swift", "Tests/Reference/a.csv"])
    #expect(Self.tests(in: line).names == ["OneTests"])
    #expect(Self.tests(in: "swift test --filter 'A|BTests'").patterns == ["A", "BTests"])
  }
}
