import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

@Suite("What a sweep varies") struct SweepPlanTests {
  @Test(
    "Values are listed or written out of ranges, as their author would write them",
    arguments: [
      ("a=1,2, 3", ["1", "2", "3"]),
      ("a=0.3..0.6 by 0.1", ["0.3", "0.4", "0.5", "0.6"]),
      ("a=1.1..1.5 in 5", ["1.1", "1.2", "1.3", "1.4", "1.5"]),
      ("a=30%..60% by 10%", ["30%", "40%", "50%", "60%"]),
      ("a=400..700 W in 4", ["400 W", "500 W", "600 W", "700 W"]),
      ("a=1M..3M", ["1000000", "1000001"]),
      ("a=1..3, 7", ["1", "2", "3", "7"]),
      ("a=-1..1 by 0.5", ["-1", "-0.5", "0", "0.5", "1"]),
      ("a=1,10 to 20,0.3 / 2,uniform(1, 2)", ["1", "10 to 20", "0.3 / 2", "uniform(1, 2)"]),
      ("a=1 to 2,beta(4, 6),discrete(1=50%, 2=50%)", ["1 to 2", "beta(4, 6)", "discrete(1=50%, 2=50%)"]),
    ])
  func values(text: String, expected: [String]) throws {
    guard text != "a=1M..3M" else {
      // Too long to be meant.
      #expect(throws: Diagnostics.self) { try Variation(parsing: text) }
      return
    }
    #expect(try Variation(parsing: text).values.map { $0 ?? "" } == expected)
  }

  @Test("Ends are reached exactly, and inner values are even to the last digit that matters")
  func even() throws {
    let values = try Variation(parsing: "pue.mode=1.10..1.50 in 10").values.compactMap { $0.flatMap(Double.init) }
    #expect(values.count == 10 && values.first == 1.1 && values.last == 1.5)
    for (k, value) in values.enumerated() { #expect(abs(value - (1.1 + 0.4 * Double(k) / 9)) <= 4 * 1.5.ulp) }
  }

  @Test("Targets end at the first = outside brackets")
  func targets() throws {
    #expect(try Variation(parsing: "pue[2025]=1,2").target == "pue[2025]")
    #expect(try Variation(parsing: "gpus *= 0.5,2").target == "gpus*")
    #expect(try Variation(parsing: "a = discrete(1=50%, 2=50%)").target == "a")
  }

  @Test("A grid has every combination, the last variation fastest; one at a time leaves the others")
  func pairings() throws {
    let variations = [try Variation(parsing: "a=1,2"), try Variation(parsing: "b=3,4,5")]
    let grid = try SweepPlan(variations, pairing: .grid)
    #expect(grid.columns == ["a", "b"] && grid.variants.count == 6)
    #expect(grid.variants[1].values == ["1", "4"] && grid.variants[3].values == ["2", "3"])
    let single = try SweepPlan(variations, pairing: .oneAtATime)
    #expect(single.variants.map(\.values) == [["1", nil], ["2", nil], [nil, "3"], [nil, "4"], [nil, "5"]])
    #expect(throws: Diagnostics.self) { try SweepPlan(variations + variations, pairing: .grid) }
    #expect(throws: Diagnostics.self) { try SweepPlan([], pairing: .grid) }
    let many = try (0..<5).map { try Variation(parsing: "a\($0)=1..20") }
    #expect(throws: Diagnostics.self) { try SweepPlan(many, pairing: .grid) }
  }

  @Test("The section sweeps: named sweeps by ranges, lists and tables")
  func section() throws {
    let head = "title: t\ninputs: {a: 1 to 2, b: 3}\nequations: {c: a * b}\noutputs: {c: {unit: '1'}}\n"
    let folder = try TemporaryFolder([
      "main.yaml": head + """
        sweeps:
          first: {vary: {a.low: 0.5..1 in 2, "b*": [1, 2]}, pairing: one-at-a-time}
          second: {about: from a file, table: list.csv}
        """,
      "list.csv": "variant,a,b\nlow,1,\nhigh,,4\n",
    ])
    let family = try VariantFactory(fileAt: folder.path + "/main.yaml")
    #expect(family.sweeps.map(\.name) == ["first", "second"])
    #expect(family.sweeps[0].plan.variants.map(\.values) == [["0.5", nil], ["1", nil], [nil, "1"], [nil, "2"]])
    #expect(family.sweeps[1].plan.variants.map(\.name) == ["low", "high"])
    #expect(family.sweeps[1].plan.variants.map(\.values) == [["1", nil], [nil, "4"]])
  }

  @Test("Files are read once, however many variants are checked, and a changed table changes the digest")
  func readOnce() throws {
    let text = """
      title: t
      indexes: {year: 2020..2022}
      inputs: {a: {over: year, table: a.csv, dependence: shared}, b: 2}
      equations: {c: a * b}
      outputs: {c: {unit: "1"}}
      """
    let folder = try TemporaryFolder(["main.yaml": text, "a.csv": "year,low,high\n2020,1,2\n2021,1,2\n2022,1,3\n"])
    let family = try VariantFactory(fileAt: folder.path + "/main.yaml")
    try folder.write(Data("year,low,high\n2020,1,2\n2021,1,2\n2022,1,4\n".utf8), to: "a.csv")
    // A constant that gets a distribution is checked with the whole scenario, from the table as it was.
    let whole = try family.variant(["b"], ["1 to 2"])
    #expect(whole.changed == nil)
    #expect(
      whole.model.quantities[0].input?.supportPoints[2].text == family.base.quantities[0].input?.supportPoints[2].text)
    #expect(try VariantFactory(fileAt: folder.path + "/main.yaml").base.digest != family.base.digest)
  }
}
