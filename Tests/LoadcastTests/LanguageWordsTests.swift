import Distributions
import Foundation
import Modeling
import Reporting
import Testing
import Units

@testable import ScenarioFiles

/// The words of the language, compared with `Tests/Reference/language.csv`, which records since when each exists.
///
/// `since` is 1 for words of the first list of language version 1, and else the program's version that added the word.
/// Units and reserved words are added only with a version of the language, because they may break a scenario that
/// declares a thing of the same name.
@Suite("Words of the language and its versions")
struct LanguageWordsTests {
  private static let page = "Tests/Reference/language.csv"

  /// `kind,where,name` of every word of the program.
  private static func words() -> Set<String> {
    var words: Set<String> = []
    var seen: Set<String> = []
    func add(_ valueType: SchemaKey.ValueType, of place: String) {
      switch valueType {
      case .choice(let choices): words.formUnion(choices.map { "choice,\(place),\($0)" })
      case .list(let inner), .entries(let inner), .labels(let inner): add(inner, of: place)
      case .either(let forms): for form in forms { add(form, of: place) }
      case .keys(let mapping): addKeys(of: mapping)
      case .text, .name, .value, .count, .nested, .version: break
      }
    }
    func addKeys(of mapping: SchemaMapping) {
      guard seen.insert(mapping.subject).inserted else { return }
      for key in mapping.keys {
        words.insert("key,\(mapping.subject),\(key.name)")
        add(key.valueType, of: "\(mapping.subject): \(key.name)")
      }
    }
    addKeys(of: ScenarioSchema.scenario)
    words.formUnion(NameTable.formulaForms.union(BuiltInFunctionCatalogue.names).map { "function,,\($0)" })
    words.formUnion(DistributionCatalogue.names.map { "distribution,,\($0)" })
    words.formUnion(NameTable.grammarWords.union(["pi"]).map { "reserved,,\($0)" })
    words.formUnion(UnitTable.standard.names.map { "unit,,\($0)" })
    return words
  }

  /// The recorded words, `kind,where,name`, and since when they exist.
  private static func recorded() throws -> [(word: String, since: String)] {
    let text = try String(contentsOf: DocumentBlocks.root.appending(path: page), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().compactMap { line in
      line.lastIndex(of: ",").map { (word: String(line[..<$0]), since: String(line[line.index(after: $0)...])) }
    }
  }

  @Test("Every word is recorded, and every recorded word exists")
  func record() throws {
    let recorded = try Self.recorded()
    let known = Set(recorded.map { $0.word })
    #expect(known.count == recorded.count, "\(Self.page) has a word twice")
    let words = Self.words()
    #expect(
      words.subtracting(known).sorted() == [],
      "add these to \(Self.page) with the next minor version, and to that version's section of the changelog")
    #expect(
      known.subtracting(words).sorted() == [],
      "scenarios may use these: removing or renaming one needs a new version of the language")
  }

  @Test("Words added later have a minor version whose section of the changelog names them")
  func additions() throws {
    let recorded = try Self.recorded()
    let current = try #require(GoldenDigestTests.parts(EngineVersion.current))
    let sections = try GoldenDigestTests.changelog()
    for (word, since) in recorded where Int(since) == nil {
      let parts = try #require(GoldenDigestTests.parts(since), "\(word): `\(since)` is not a version")
      #expect(parts[2] == 0 && !current.lexicographicallyPrecedes(parts), "\(word) since \(since)")
      let name = word.split(separator: ",").last ?? ""
      let lines = sections.first { $0.version == since }?.lines ?? []
      #expect(
        lines.contains { $0.contains("`\(name)") }, "the section \(since) of the changelog does not name `\(name)`")
      #expect(
        !word.hasPrefix("unit,") && !word.hasPrefix("reserved,"),
        "\(word): units and reserved words are added only in a new version of the language")
    }
  }

  @Test("The first list of a version of the language is closed")
  func firstLists() throws {
    let versions = try Self.recorded().compactMap { Int($0.since) }
    let counts = Dictionary(grouping: versions) { $0 }.mapValues(\.count)
    #expect(counts == [1: 297], "record a new word with the version of the program that adds it")
    #expect(counts.keys.sorted() == LanguageVersion.supported)
  }
}
