import Evidence
import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing
import TextFormats

@testable import Reporting

@Suite("The report is one page that needs nothing else, whatever a scenario says")
struct ReportPageTests {
  /// A page as a value whose failed expectations do not print all of it.
  private struct Page {
    var text: String
    func contains(_ part: String) -> Bool { text.contains(part) }
    func components(separatedBy separator: String) -> [String] { text.components(separatedBy: separator) }
  }

  private static func page(_ result: ScenarioResult) -> Page { Page(text: ReportPage(result: result).html.text) }

  @Test("the format writes one file, with every part that there is something to say in")
  func parts() throws {
    let files = HTMLFormat.files(of: FixedResult().result)
    #expect(files.map(\.name) == ["report.html"])
    let sink = TextBuffer()
    try files[0].write(sink)
    for part in ["result", "outputs", "comparisons", "register", "equations", "accuracy", "reproduction"] {
      #expect(sink.text.contains("<section id=\"\(part)\""))
      #expect(sink.text.contains("<a href=\"#\(part)\""))
    }
    for output in ["electricity", "intensity", "constant"] {
      #expect(sink.text.contains("<details class=\"part\" id=\"output-\(output)\""))
    }
  }

  @Test("figures have the digits that their errors leave, and probabilities are as on the screen")
  func figures() {
    let page = Self.page(FixedResult().result)
    #expect(page.contains("<strong>20.0 TWh/year</strong>"))
    #expect(page.contains("<strong>11.0 to 29.0</strong>"))
    #expect(page.contains("<td class=\"n\">12 %</td>"))
    #expect(page.contains("below 0.001 %"))
    #expect(page.contains("The mean of intensity is not shown: its tail is heavy"))
    #expect(page.contains("17 of 1M draws of intensity were not finite"))
    #expect(page.contains("electricity has sector ai; argentina states none"))
    #expect(page.contains("argentina has boundary facility; electricity states none"))
  }

  @Test("no text of a scenario becomes markup, in elements, attributes or pictures")
  func hostile() {
    let hostile = "</title></script></style>\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u{7}]]>"
    var fixed = FixedResult()
    fixed.model.title = hostile
    fixed.model.about = hostile
    fixed.model.indexes[1].title = hostile
    fixed.model.indexes[1].words = [1: hostile]
    for position in fixed.model.quantities.indices { fixed.model.quantities[position].label = hostile }
    fixed.model.indexes[1].labels = [hostile, "eu"]
    fixed.model.correlations = [hostile]
    fixed.model.digest = hostile
    fixed.model.invocation = [hostile]
    fixed.model.files = [(hostile, hostile)]
    for position in fixed.model.quantities.indices {
      fixed.model.quantities[position].provenance = Provenance(
        source: hostile, note: hostile, quality: hostile, disclosableBy: hostile)
      fixed.model.quantities[position].formula = hostile
      fixed.model.quantities[position].scope = ["sector": hostile]
    }
    fixed.result.model = fixed.model
    for output in fixed.result.outputs.indices {
      fixed.result.outputs[output].output.scope = ["sector": hostile]
      for comparison in fixed.result.outputs[output].output.comparisons.indices {
        fixed.result.outputs[output].output.comparisons[comparison].text = hostile
      }
    }
    let page = Self.page(fixed.result)
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("\u{7}"))
    #expect(page.components(separatedBy: "<script>").count == 2)
    #expect(page.components(separatedBy: "</title>").count == 2 + Self.titles(in: page))
    // Charts that can be saved are separate, complete SVG files.
    for data in page.components(separatedBy: "base64,").dropFirst() {
      let text = data.prefix { $0 != "\"" }
      let decoded = Data(base64Encoded: String(text)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      #expect(decoded.hasPrefix("<svg xmlns=") && decoded.hasSuffix("</svg>"))
      #expect(!decoded.contains("<script") && !decoded.contains("<img"))
    }
  }

  /// Tooltips of pictures are `title` elements too.
  private static func titles(in page: Page) -> Int { page.components(separatedBy: "class=\"hit\"><title>").count - 1 }

  @Test("nothing is fetched: the only addresses are parts of the page and pictures within it")
  func selfContained() throws {
    let page = Self.page(FixedResult().result)
    for attribute in ["href=\"", "src=\"", "url("] {
      for value in page.components(separatedBy: attribute).dropFirst() {
        #expect(
          value.hasPrefix("#") || value.hasPrefix("data:image/svg+xml;base64,"), "\(attribute)\(value.prefix(40))")
      }
    }
    #expect(page.contains("default-src &#39;none&#39;"))
  }

  @Test("the page's policy lets its own script run, by its digest")
  func policy() throws {
    let hexadecimal = Array(Sha256.hexadecimal(of: Array(PageScript.text.utf8)))
    let bytes = stride(from: 0, to: hexadecimal.count, by: 2).compactMap {
      UInt8(String(hexadecimal[$0...($0 + 1)]), radix: 16)
    }
    #expect(PageScript.digest == "sha256-\(Data(bytes).base64EncodedString())")
    #expect(Self.page(FixedResult().result).contains("<script>\(PageScript.text)</script>"))
  }

  @Test("the command is what a shell takes for the same words")
  func command() throws {
    let words = ["plain", "with space", "it's", "$HOME `x` \"y\" \\", "", "a\nb", "*?[x]"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf '%s|' " + words.map(ReproducingCommand.quoted).joined(separator: " ")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output == words.map { $0 + "|" }.joined())
  }

  @Test("whole numbers are centred in bins, and their probabilities rise in steps")
  func wholeNumbers() throws {
    var result = FixedResult().result
    let output = try #require(result.outputs.firstIndex { $0.cells.count == 1 })
    let counts = [2024: 100_000, 2025: 500_000, 2026: 300_000, 2027: 100_000]
    var cell = result.outputs[output].cells[0]
    (cell.min, cell.max) = (2024, 2027)
    cell.quantiles = CellSummary.probabilities.map {
      Estimate($0 <= 0.1 ? 2024 : $0 <= 0.6 ? 2025 : $0 <= 0.9 ? 2026 : 2027, error: 0)
    }
    cell.histogram = counts.keys.sorted().map {
      CellSummary.Bin(low: Double($0) - 0.5, high: Double($0) + 0.5, count: counts[$0] ?? 0)
    }
    result.outputs[output].cells[0] = cell
    // Four steps up, once in the wide picture and once in the narrow one.
    let curve = /d="M[0-9. ]+(?:L([0-9.]+) [0-9.]+L\1 [0-9.]+){4}L[0-9. ]+"/
    #expect(Self.page(result).text.matches(of: curve).count == 2)
    #expect(Self.page(FixedResult().result).text.matches(of: curve).isEmpty)
    // The central half, 2025 and 2026, is both years' bars: as wide as the way from one step to the next but one.
    for chart in Self.page(result).text.matches(of: curve) {
      let years = chart.0.matches(of: /L([0-9.]+) [0-9.]+L\1\ /).compactMap { Double($0.1) }
      let bands = Self.page(result).text[..<chart.range.lowerBound]
        .matches(of: /d="M([0-9.]+) [0-9.VH]+?H([0-9.]+)V[0-9.]+Z" class="wide-band"/)
      let middle = try #require(bands.last)
      let (from, to) = try (#require(Double(middle.1)), #require(Double(middle.2)))
      #expect(abs(to - from - (years[3] - years[1])) < 0.2)
    }
  }

  @Test("outputs that nothing can be drawn of still have their figures")
  func nothingToDraw() {
    var result = FixedResult().result
    for cell in result.outputs[0].cells.indices {
      result.outputs[0].cells[cell].quantiles = CellSummary.probabilities.map { _ in Estimate(.nan, error: .nan) }
      result.outputs[0].cells[cell].histogram = []
      result.outputs[0].cells[cell].nonFinite = result.draws
    }
    #expect(Self.page(result).contains("<td class=\"n\">none</td>"))
    result.outputs = []
    #expect(!Self.page(result).contains("id=\"outputs\""))
  }
}
