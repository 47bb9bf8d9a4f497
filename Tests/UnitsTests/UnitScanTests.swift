import Testing
import Units

@Suite("A unit in a formula reaches to the next space, comma or bracket")
struct UnitScanTests {
  /// Formulas from the place where a unit may begin; `|` marks its end.
  @Test(
    "The end of the unit",
    arguments: [
      "model| * y", "W/gpu*x|", "m^2|", "m^-2| + 3", "m^(1/2)|, 4", "W/gpu|, x)", "W|)", "W*(x|",
      "gpu/(year*model)|) * 2",
      "year|]", "|[", "|", "W|", "|then 5 else 6", "|to 6 W", "|within 80%", "|in 10", "|* x", "|/ 1 year", "|- 3 W",
      "|+ 3", "|(x)", "|3", "1/year|)", "|1", "|1 W", "|10/year", "%| * 2", "percent|", "thenW|", "to/year|",
      "W|=30%", "W|<x", "W|>=x", "W|==x", "W|!=x", "W|+x", "W|-x", "W*(x|-y)", "W/gpu|\n* y", "W|\t", "W|{",
      "W|[year=2023]",
      "kw·h|", "W(x)|", "m^(-1/2)| ", "W((a|", "µs| ", "W/(a*b|, c",
    ])
  func ends(marked: String) throws {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let formula = "5 " + parts.joined()
    let text = formula.dropFirst(2)
    let unit = UnitTable.scan(text)
    #expect(unit == parts[0])
    #expect(unit.startIndex == text.startIndex)
  }

  @Test("Every unit that parses is scanned whole, but for one that begins with a parenthesis or is 1")
  func unitsAreWhole() throws {
    for text in compoundUnitValues.map(\.text) + rootUnitValues.map(\.text) where !text.hasPrefix("(") {
      for rest in ["", " * x", ")", ", 3", "]"] { #expect(UnitTable.scan((text + rest)[...]) == text) }
    }
  }
}
