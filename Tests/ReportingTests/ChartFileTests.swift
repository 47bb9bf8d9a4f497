import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("Charts as files: data, specifications, pictures")
struct ChartFileTests {
  private static func source(_ result: ScenarioResult = FixedResult().result) throws -> ChartSource {
    try ChartSource(of: result)
  }

  private static func chart(
    _ kind: ChartData.Kind, _ output: String = "electricity", _ sources: ChartSource...,
    at labels: [String: String] = [:],
    interval: IntervalWidth = .usual
  ) throws -> ChartData {
    try ChartBuilder(sources, interval: interval, chosen: labels).chart(kind, of: output)
  }

  private static func text(_ file: ReportFile) throws -> String {
    let sink = TextBuffer()
    try file.write(sink)
    return sink.text
  }

  /// The elements of an XML text and its attributes.
  private final class Elements: NSObject, XMLParserDelegate {
    var names: Set<String> = []
    var attributes: Set<String> = []
    var texts = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      names.insert(name)
      self.attributes.formUnion(attributes.keys)
    }
    func parser(_ parser: XMLParser, foundCharacters text: String) { texts += text }
  }

  private static func elements(of svg: String) throws -> Elements {
    let elements = Elements()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = elements
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return elements
  }

  @Test("a fan has the percentiles of the chosen cells, and the references beside it")
  func fan() throws {
    let chart = try Self.chart(.fan, "electricity", Self.source(), at: ["region": "eu, uk"])
    let own = chart.rows.filter { !$0.isReference }
    #expect(own.map(\.label) == ["2020", "2021"] && own.map(\.median) == [30, 40])
    #expect(own.map(\.low) == [16.5, 22] && own.map(\.high) == [43.5, 58])
    let narrow = try Self.chart(
      .fan, "electricity", Self.source(), at: ["region": "eu, uk"], interval: try #require(IntervalWidth(share: 0.8)))
    #expect(narrow.rows.filter { !$0.isReference }.map(\.low) == [18, 24])
    #expect(chart.unit == "TWh/year" && chart.description.contains("median, 50 % and 90 % interval by year"))
    #expect(chart.sourceLine.hasPrefix("Source: A small sector; loadcast ") && chart.evidenceYear == 2023)
    let csv = try Self.text(chart.csv).split(separator: "\r\n")
    #expect(csv[0] == "series,label,x,low,q25,median,q75,high" && csv.count == chart.rows.count + 1)
    let metadata = try JSONSerialization.jsonObject(with: Data(Self.text(chart.metadata).utf8)) as? [String: Any]
    #expect(
      (metadata?["cite_as"] as? String)?.contains("0123abcd") == true && metadata?["evidence_up_to"] as? Int == 2023)
  }

  @Test("positive values that span more than a factor of 30 have a logarithmic axis, and ratios always")
  func logarithmic() throws {
    func chart(_ kind: ChartData.Kind, _ values: [Double]) throws -> ChartData {
      var chart = try Self.chart(.fan, "electricity", Self.source())
      chart.kind = kind
      chart.rows = values.map { ChartData.Row(series: "", x: $0, label: "", low: $0, median: $0, high: $0) }
      return chart
    }
    #expect(try chart(.fan, [1, 30]).isLogarithmic == false && chart(.fan, [1, 31]).isLogarithmic)
    #expect(try chart(.fan, [0, 31]).isLogarithmic == false && chart(.fan, [-1, 31]).isLogarithmic == false)
    #expect(try chart(.density, [1, 31]).isLogarithmic == false && chart(.comparison, [1, 2]).isLogarithmic)
  }

  @Test("two scenarios are two series of one chart")
  func scenarios() throws {
    var other = FixedResult()
    other.model.title = "Another sector"
    other.result.run.model = other.model
    for kind in [ChartData.Kind.fan, .comparison] {
      let chart = try Self.chart(kind, "electricity", Self.source(), Self.source(other.result))
      #expect(chart.series.prefix(2) == ["A small sector", "Another sector"])
      #expect(ChartFile(chart).svg.contains("Another sector"))
    }
  }

  @Test("a chart that cannot be drawn says why", arguments: ChartData.Kind.allCases)
  func gaps(_ kind: ChartData.Kind) throws {
    #expect(throws: ChartBuilder.Gap.self) { try Self.chart(kind, "electricty", Self.source()) }
    #expect(throws: ChartBuilder.Gap.self) { try Self.chart(kind, "constant", Self.source()) }
    #expect(throws: ChartBuilder.Gap.unknownLabel("region=mars", ["us", "eu, uk"])) {
      try Self.chart(.fan, "electricity", Self.source(), at: ["region": "mars"])
    }
  }

  @Test("no text of a scenario acts in a picture or a specification")
  func hostile() throws {
    var fixed = FixedResult()
    for text in EscapingTests.hostile {
      fixed.model.title = text
      for position in fixed.model.quantities.indices { fixed.model.quantities[position].label = text }
      fixed.model.indexes[1].words = [0: text]
      fixed.model.indexes[2].title = text
      fixed.result.run.model = fixed.model
      for kind in [ChartData.Kind.fan, .density, .comparison] {
        let chart = try Self.chart(kind, "electricity", Self.source(fixed.result))
        let found = try Self.elements(of: ChartFile(chart).svg)
        #expect(found.names.isSubset(of: ["svg", "title", "desc", "style", "rect", "text", "g", "path", "circle"]))
        #expect(!found.attributes.contains { $0.hasPrefix("on") || $0.contains("href") })
        let specification = chart.specification(style: nil)
        let json = try JSONSerialization.jsonObject(with: Data(specification.utf8)) as? [String: Any]
        #expect((json?["$schema"] as? String)?.hasSuffix("/vega-lite/v5.json") == true)
        // Vega evaluates only expressions, in `expr`, `calculate` and texts of `test` and `filter`.
        #expect(!specification.contains("\"expr\"") && !specification.contains("\"calculate\""))
      }
    }
  }

  @Test("a style replaces the usual one, and only a JSON object is a style")
  func style() throws {
    let chart = try Self.chart(.fan, "electricity", Self.source())
    let styled = chart.specification(style: #"{"font": "Georgia", "axis": {"grid": false, "tickCount": 3}}"#)
    let json = try JSONSerialization.jsonObject(with: Data(styled.utf8)) as? [String: Any]
    let config = try #require(json?["config"] as? [String: Any])
    #expect(config["font"] as? String == "Georgia" && config.count == 2)
    #expect((config["axis"] as? [String: Any])?["grid"] as? Bool == false)
    for text in ["", "[]", "3", "{", "\"x\""] { #expect(!ChartData.isStyle(text)) }
  }
}
