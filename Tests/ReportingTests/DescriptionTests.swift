import Foundation
import Modeling
import Testing

@testable import Reporting

@Suite("Descriptions for pages, tables and pictures")
struct DescriptionTests {
  let fixed = FixedResult()

  @Test("every file of Describe/Formats/ but the protocol and the catalogue is a line, and lines are in order")
  func folder() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Sources/Reporting/Describe/Formats").path
    ).filter { !$0.hasPrefix("DescriptionFormat") }
    #expect(Set(DescriptionFormatCatalogue.all.map { "\($0).swift" }) == Set(files))
    let names = DescriptionFormatCatalogue.all.map { $0.name }
    #expect(names == names.sorted() && Set(names).count == names.count)
    for format in DescriptionFormatCatalogue.all {
      #expect(DescriptionFormatCatalogue.format(named: format.name) == format)
    }
  }

  @Test(
    "a source's year is the latest that it names, outside parentheses if there is one",
    arguments: [
      ("Omdia 2023", 2023), ("IEA 2025 (415 in 2024, 945 in 2030), IEA 2026", 2026), ("Epoch AI (since 2021)", 2021),
      ("3,958 queries; 20234", nil), ("", nil), (")) 2019 ((", 2019), ("10.1109/MC.2022.3148714", 2022),
    ] as [(String, Int?)])
  func year(text: String, year: Int?) { #expect(EvidenceBasis.year(ofSource: text) == year) }

  @Test("judgement anywhere in source or quality decides")
  func evidenceBasis() {
    #expect(EvidenceBasis(Provenance(source: "Epoch AI; Judgement for cards")) == .judgement)
    #expect(EvidenceBasis(Provenance(source: "Epoch AI", quality: "judgment")) == .judgement)
    #expect(EvidenceBasis(Provenance(source: "Epoch AI", quality: "measured")) == .source)
    #expect(EvidenceBasis(Provenance(note: "no source")) == .unstated)
  }

  @Test("the register as a table: a row a value, with what it rests on")
  func csv() throws {
    let rows = try #require(records(ofCSV: CSVDescription.text(of: fixed.model)))
    #expect(
      rows.first == [
        "name", "kind", "unit", "year", "value", "basis", "source_year", "source", "note", "quality",
        "disclosable_by", "dependence", "scope", "origin",
      ])
    #expect(
      rows.dropFirst().first == [
        "load", "input", "GW", "", "1 GW to 2 GW", "judgement", "", "judgement, \"ours\"", "", "low", "", "", "",
        "scenarios/small.yaml:3",
      ])
    #expect(rows.filter { $0[0] == "growth" }.map { $0[3] } == ["2020", "2021"])
    #expect(rows.contains { $0[0] == "argentina" && $0[1] == "reference" && $0[6] == "2023" })
    #expect(rows.allSatisfy { $0.count == rows[0].count })
  }

  @Test("a row's own source comes before its input's")
  func rowSource() throws {
    var model = fixed.model
    var input = try #require(model.quantities[1].input)
    input.supportPoints[1].provenance = Provenance(source: "IEA 2019")
    model.quantities[1].kind = .input(input)
    model.quantities[1].provenance = Provenance(source: "IEA 2021")
    let sources = SourceList(of: AssumptionRegister(of: model))
    #expect(sources.entries.map(\.year) == [2019, 2021, 2023, nil])
    #expect(sources.entries[2].names == ["argentina", "bitcoin"])
    #expect(sources.unstated.isEmpty)
    #expect(SourceList(of: AssumptionRegister(of: fixed.model)).unstated == ["growth"])
  }

  @Test("pictures name every quantity once, with edges from what is used to what uses it")
  func graphs() {
    let mermaid = MermaidDescription.text(of: fixed.model)
    #expect(mermaid.hasPrefix("flowchart LR\n"))
    let dot = DOTDescription.text(of: fixed.model)
    #expect(dot.hasPrefix("digraph scenario {\n") && dot.hasSuffix("}\n"))
    let graph = QuantityGraph(of: fixed.model).connected
    #expect(Set(graph.nodes.map(\.name)).count == graph.nodes.count)
    for (number, node) in graph.nodes.enumerated() {
      #expect(mermaid.contains("  q\(number)") && dot.contains("q\(number) [label=\"\(node.lines[0])"))
    }
    let load = graph.nodes.firstIndex { $0.name == "load" }
    let electricity = graph.nodes.firstIndex { $0.name == "electricity" }
    #expect(graph.uses.contains { $0.from == load && $0.to == electricity })
  }

  @Test("what a scenario says is text, never markup")
  func hostile() {
    var model = fixed.model
    model.title = "a\"b\\\n<script>|`x`"
    model.quantities[0].provenance = Provenance(source: "x | y <b> `z` \r\n# 2020")
    let dot = DOTDescription.text(of: model)
    #expect(dot.contains("label=\"a\\\"b\\\\ <script>|`x`\""))
    let page = MarkdownDescription.text(of: model)
    #expect(page.contains("x \\| y &lt;b&gt; &#96;z&#96;  \\# 2020"))
    #expect(!MermaidDescription.text(of: model).contains("<script>"))
  }
}
