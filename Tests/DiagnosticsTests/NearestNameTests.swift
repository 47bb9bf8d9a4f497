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

  @Test("Of many candidates, none that is nearer than the one found is passed over")
  func quickRejection() {
    let letters = "abcdefghijklmnopqrstuvwxyz_0123456789"
    var generator = SystemRandomNumberGenerator()
    let names = (0..<300).map { _ in
      String((0..<9).map { _ in letters.randomElement(using: &generator) ?? "a" })
    }
    let candidates = NameCandidates(names)
    for name in names.prefix(100) {
      // Three edits are a third of nine letters.
      for edits in 1...3 {
        var misspelt = Array(name)
        for place in 0..<edits { misspelt[3 * place] = "!" }
        #expect(candidates.nearest(to: String(misspelt)) != nil, "\(name), \(String(misspelt))")
        if edits == 1 { #expect(candidates.nearest(to: String(misspelt)) == name) }
      }
    }
  }

  @Test("The same letter case wins, then the first")
  func ties() {
    #expect(NearestName.of("ab1", among: ["AB2", "ab3", "ab4"]) == "ab3")
    #expect(NearestName.of("year", among: ["year"]) == nil)
  }
}
