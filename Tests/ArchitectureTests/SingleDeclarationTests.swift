import Foundation
import Testing

/// Each idea is written once, and a name denotes one type.
@Suite("Single declarations")
struct SingleDeclarationTests {
  /// A type declaration: its name, and whether it is inside another.
  struct Declaration {
    var name: String
    var file: String
    var isNested: Bool
  }

  /// The types that a Swift text declares.
  static func declarations(in text: String, of file: String) throws -> [Declaration] {
    let pattern = try Regex(
      #"(?m)^(?<indent> *)(?:@\w+(?:\([^)\n]*\))? )*(?:(?:public|package|private|fileprivate|final|indirect) )*"#
        + #"(?:struct|class|enum|protocol|actor|typealias) (?<name>\w+)"#)
    return text.matches(of: pattern).map { match in
      Declaration(
        name: match["name"]?.substring.map(String.init) ?? "", file: file,
        isNested: match["indent"]?.substring?.isEmpty == false)
    }
  }

  static func all() throws -> [(path: String, text: String)] {
    try FileManager.default.contentsOfDirectory(atPath: ImportGraphTests.sources.path).flatMap {
      try PortableFunctionsTests.files($0, [".swift"])
    }
  }

  @Test("A name denotes one type outside others, and no type inside another has it")
  func namesAreUnique() throws {
    let found = try Self.all().flatMap { try Self.declarations(in: $0.text, of: $0.path) }
    #expect(found.count > 500)
    let outer = Dictionary(grouping: found.filter { !$0.isNested }, by: \.name)
    for (name, places) in outer { #expect(places.count == 1, "\(name) is declared in \(places.map(\.file).sorted())") }
    for inner in found where inner.isNested {
      if let other = outer[inner.name]?.first {
        Issue.record("\(inner.name) in \(inner.file) has the name of the type in \(other.file)")
      }
    }
    // The test reads what it says.
    let sample = "struct A {\n  private enum B { case c }\n}\n@frozen public final class C<T>: D {}\n// struct E\n"
    #expect(
      try Self.declarations(in: sample, of: "").map { "\($0.name) \($0.isNested)" } == ["A false", "B true", "C false"])
  }

  @Test(
    "What several modules need is written in one file",
    arguments: [
      (["func editDistance("], "TextFormats/EditDistance.swift"),
      // Escapes of JSON strings.
      (["\\\\u00"], "TextFormats/JSON.swift"),
      // The shortest decimal without `.0`.
      (["hasSuffix(\".0\")"], "TextFormats/ExactNumber.swift"),
      // Bisection of a sorted list.
      (["middle + 1", "after: middle"], "VectorMath/Partition.swift"),
      // The children of a formula.
      (["var operands: [Expression]"], "Modeling/Expression+Operands.swift"),
      // The digests in records.
      (["\"scenario_files\""], "Reporting/Shared/Records/RecordContent.swift"),
    ])
  func onePlace(_ texts: [String], _ file: String) throws {
    let found = try Self.all().filter { source in texts.contains { source.text.contains($0) } }.map(\.path)
    #expect(found == [file])
  }
}
