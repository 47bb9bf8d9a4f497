import Evidence
import Modeling
import Simulation
import Testing

@testable import Reporting

@Suite("Names in words: where they are shown, and where names stay")
struct ReaderWordsTests {
  /// The small sector with words for an output, an index, a label and a reference.
  static func labelled() -> ScenarioResult {
    var fixed = FixedResult()
    fixed.model.quantities[2].label = "the electricity use of AI"
    fixed.model.quantities[5].label = "Argentina's electricity use"
    fixed.model.indexes[1].title = "part of the world"
    fixed.model.indexes[1].words = [0: "أمريكا", 1: "欧洲"]
    fixed.result.run.model = fixed.model
    return fixed.result
  }

  private static func text(_ file: ReportFile) throws -> String {
    let sink = TextBuffer()
    try file.write(sink)
    return sink.text
  }

  @Test("the screen has words with the name of the output, aligned, and right-to-left words in isolates")
  func screen() {
    let screen = RunScreen(of: Self.labelled(), folder: nil, files: []).text
    #expect(
      screen.hasPrefix(
        """
        A small sector

        The electricity use of AI (electricity), TWh/year
        part of the world  year  median  90 % interval  mean
        \u{2068}أمريكا\u{2069}             2020  10.0     5.5 to 14.5   10.4
                           2021  20.0    11.0 to 29.0   20.8
        欧洲               2020  30.0    16.5 to 43.5   31.2
                           2021  40.0    22.0 to 58.0   41.6

        """), "\(screen)")
    #expect(screen.contains("The electricity use of AI, compared draw by draw\n"))
    #expect(screen.contains("0.083 times Argentina's electricity use (90 %"))
    #expect(screen.contains("intensity  g/J"))
  }

  @Test("tables that people read end with a column of words; labels and names stay in the others")
  func tables() throws {
    let result = Self.labelled()
    let summary = try Self.text(OutputCellTable.summary.file(of: result)).split(separator: "\r\n")
    #expect(summary[0].hasPrefix("output,unit,region,year,mean,") && summary[0].hasSuffix(",non_finite,label"))
    #expect(summary[1].hasPrefix("electricity,TWh/year,us,2020,"))
    #expect(summary[1].hasSuffix(",\"the electricity use of AI, أمريكا, 2020\""))
    #expect(summary.contains { $0.hasPrefix("intensity,") && $0.hasSuffix(",intensity") })
    for table in [OutputCellTable.quantiles, .histogram(bins: 10)] {
      #expect(try !Self.text(table.file(of: result)).contains("label"))
    }
    let plain = try Self.text(OutputCellTable.summary.file(of: FixedResult().result))
    #expect(plain.split(separator: "\r\n")[0].hasSuffix(",non_finite"))
  }

  @Test("an index called `label` keeps its column")
  func indexOfThatName() throws {
    var result = Self.labelled()
    result.run.model.indexes[1].name = "label"
    let header = try Self.text(OutputCellTable.summary.file(of: result)).prefix { $0 != "\r\n" }
    #expect(header.hasPrefix("output,unit,index.label,year,") && header.hasSuffix(",label"))
  }

  @Test("the report's titles have words, and its anchors names")
  func page() {
    let page = ReportPage(result: Self.labelled()).html.text
    #expect(page.contains("<h3>The electricity use of AI <span class=\"unit\">TWh/year</span></h3>"))
    #expect(page.contains("id=\"output-electricity\"") && page.contains("href=\"#q-electricity\""))
    #expect(page.contains("its name in files and commands is <code>electricity</code>"))
    #expect(page.contains("\u{2068}أمريكا\u{2069}"))
    let headline = page.range(of: "<p class=\"headline\">"), contents = page.range(of: "<nav")
    #expect(headline.map { $0.lowerBound } ?? page.endIndex < contents.map { $0.lowerBound } ?? page.startIndex)
  }
}

@Suite("The sentence that can be quoted")
struct HeadlineSentenceTests {
  @Test("an output over years and regions, with the nearest reference")
  func compared() {
    var result = ReaderWordsTests.labelled()
    // The row of the default cell, region us and year 2021, exceeds by a factor of 0.083; make it a half.
    result.run.outputs[0].comparisons[0][result.model.defaultCell(of: QuantityID(2))].ratio = (0.3, 0.52, 0.9)
    #expect(
      HeadlineSentence(result.outputs[0], of: result).text
        == "A simulation puts the electricity use of AI (\u{2068}أمريكا\u{2069}) in 2021 at between 11.0 and 29.0 TWh a year "
        + "(90 % interval), about half of Argentina's electricity use.")
  }

  @Test("outputs without label, reference, index, unit or uncertainty")
  func others() {
    let result = FixedResult().result
    #expect(
      HeadlineSentence(result.outputs[1], of: result).text
        == "A simulation puts intensity at between 0.0025 and 0.0066 g/J (90 % interval).")
    #expect(HeadlineSentence(result.outputs[2], of: result).text == "A calculation puts constant at 2.5.")
  }

  @Test(
    "ratios in words",
    arguments: [
      (0.52, "about half of"), (0.24, "about a quarter of"), (0.17, "about 17 % of"), (1.04, "about as much as"),
      (1.3, "about 1.3 times"), (2.05, "about twice"), (17.4, "about 17 times"), (0.0004, "less than a thousandth of"),
      (0.004, "about 0.4 % of"),
    ])
  func phrases(_ ratio: Double, _ words: String) { #expect(HeadlineSentence.phrase(ratio) == words) }
}
