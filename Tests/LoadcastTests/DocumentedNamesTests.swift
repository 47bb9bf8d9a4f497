import Analysis
import Distributions
import Foundation
import Modeling
import Reporting
import Sampling
import Testing

@testable import ScenarioFiles

/// The tables of the documents have a row for every entry of a catalogue, and no other row.
@Suite("Tables of the documents and the catalogues")
struct DocumentedNamesTests {
  private static let language = "scenarios/README.md"

  /// The rows of a page's table by the names in their first cells; a name in two rows is reported.
  private func names(_ page: String, _ table: String) throws -> [String] {
    let found = try #require(
      try DocumentTables(ofPageAt: page).table(of: table), "\(page) has no table with the first column `\(table)`")
    return found.names.flatMap { $0 }
  }

  /// Compares the names of a table with a catalogue's; the failure names those that are missing and those left over.
  private func compare(_ documented: [String], with catalogue: [String], _ page: String) {
    let (rows, known) = (Set(documented), Set(catalogue))
    #expect(known.subtracting(rows).sorted() == [], "\(page) has no row for these")
    #expect(rows.subtracting(known).sorted() == [], "\(page) has rows that no catalogue knows")
    #expect(rows.count == documented.count, "\(page) has two rows for one name")
  }

  @Test("README lists the commands that help lists")
  func commands() throws {
    let program = try Program()
    defer { program.remove() }
    let rows = try names("README.md", "command")
    // Further texts in backticks are variants of a command's call.
    let commands = rows.filter { $0.hasPrefix("loadcast ") }.map { String($0.split(separator: " ")[1]) }
    compare(commands, with: try program.commands(), "README.md")
  }

  @Test("README lists the output formats")
  func formats() throws {
    compare(try names("README.md", "format"), with: OutputFormatCatalogue.all.map { $0.name }, "README.md")
    let tables = try DocumentTables(ofPageAt: "README.md")
    let describe = try #require(tables.table(of: "command")?.rows.first { $0.hasPrefix("| `loadcast describe") })
    for format in DescriptionFormatCatalogue.all.map({ $0.name }) where format != "text" {
      #expect(
        describe.contains("`\(format)`") || describe.contains("`--format \(format)`"), "\(format) of `describe`")
    }
  }

  @Test("The language page and METHODS.md list the designs")
  func designs() throws {
    for page in [Self.language, "scenarios/METHODS.md"] {
      compare(try names(page, "design"), with: SamplingDesignCatalogue.all.map { $0.name }, page)
    }
  }

  @Test("The language page lists the copulas")
  func copulas() throws {
    let rows = try names(Self.language, "copula").filter { $0 != "df" && $0 != "kendall" }
    compare(rows, with: CopulaCatalogue.names, Self.language)
  }

  @Test("The language page lists the sections of a scenario")
  func sections() throws {
    let page = try String(contentsOf: DocumentBlocks.root.appending(path: Self.language), encoding: .utf8)
    let list = try #require(page.firstRange(of: "Sections:\n")).upperBound
    let sentence = page[list...].prefix { $0 != "." }
    let words = sentence.split { " \n`,".contains($0) }.map(String.init)
    compare(words, with: ScenarioSchema.scenario.names, Self.language)
  }

  /// `clamp(x, low, high)`, `max(x, y, …)`
  private static func call(of function: BuiltInFunction) -> String {
    "\(function.name)(\((function.parameters + (function.isVariadic ? ["…"] : [])).joined(separator: ", ")))"
  }

  @Test("The language page lists the functions, with their arguments and their catalogue's summary")
  func functions() throws {
    let table = try #require(try DocumentTables(ofPageAt: Self.language).table(of: "function"))
    for function in BuiltInFunctionCatalogue.functions {
      let row = "| `\(Self.call(of: function))` | \(function.summary) |"
      #expect(table.rows.contains(row), "\(Self.language) lacks the row \(row)")
    }
    let rows = table.names.flatMap { $0 }.map { String($0.prefix { $0 != "(" }) }
    // `min` and `max` are functions of values and reductions over an index.
    let twice = Set(BuiltInFunctionCatalogue.names).intersection(NameTable.formulaForms)
    let once = Set(rows)
    #expect(rows.count == once.count + twice.count, "\(Self.language) has two rows for one function")
    compare(
      once.sorted(), with: Array(NameTable.formulaForms.union(BuiltInFunctionCatalogue.names)), Self.language)
    let page = try String(contentsOf: DocumentBlocks.root.appending(path: Self.language), encoding: .utf8)
    let tutorial = try #require(page.firstMatch(of: /\nFunctions: `([a-z0-9_ ]+)`/)).output.1
    compare(tutorial.split(separator: " ").map(String.init), with: BuiltInFunctionCatalogue.names, Self.language)
  }

  /// A distribution's row as its declared arguments determine it.
  static func row(of family: any DistributionFamily.Type) -> String {
    let ways = family.parameterisations.enumerated().map { number, way in
      let parameters = way.parameters.map { parameter in
        let value = parameter.defaultValue.map { String(format: "%g", $0) }
        return parameter.name + (value.map { "=\($0)" } ?? (number == 0 ? "" : "="))
      }
      return "`\(parameters.joined(separator: ", "))`"
    }
    return "| `\(family.name)` | \(ways.joined(separator: " · ")) |"
  }

  @Test("The language page lists the distributions, with their arguments")
  func distributions() throws {
    let table = try #require(try DocumentTables(ofPageAt: Self.language).table(of: "distribution"))
    for family in DistributionCatalogue.families {
      let row = Self.row(of: family)
      #expect(table.rows.contains(row), "\(Self.language) lacks the row \(row)")
    }
    compare(table.names.flatMap { $0 }, with: DistributionCatalogue.names, Self.language)
  }
}
