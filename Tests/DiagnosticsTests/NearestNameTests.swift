import Diagnostics
import Testing

@Suite("The nearest right name is found")
struct NearestNameTests {
  @Test(
    "Slips of typing, of letter case, and beginnings",
    arguments: [
      ("trianglar", "triangular"), ("Normal", "normal"), ("noraml", "normal"), ("lognorm", "lognormal"),
      ("betta", "beta"),
      ("elecricity", "electricity"), ("PUE", "pue"), ("pues", "pue"),
    ])
  func near(name: String, expected: String) {
    let names = ["normal", "lognormal", "triangular", "beta", "pert", "electricity", "pue", "uniform"]
    #expect(NearestName.of(name, among: names) == expected)
  }

  @Test(
    "What is far has no neighbour",
    arguments: ["x", "zzzzzz", "", "gpu", "electron", String(repeating: "a", count: 5000)])
  func far(name: String) {
    #expect(NearestName.of(name, among: ["normal", "electricity", "y", String(repeating: "a", count: 5001)]) == nil)
  }

  @Test("The same letter case wins, then the first")
  func ties() {
    #expect(NearestName.of("ab1", among: ["AB2", "ab3", "ab4"]) == "ab3")
    #expect(NearestName.of("year", among: ["year"]) == nil)
  }
}
