import Reporting
import Testing

@testable import Benchmarks

@Suite("The page of results")
struct ResultsPageTests {
  @Test("A part that is measured again replaces its own section only")
  func replacesOneSection() {
    var page = ResultsPage()
    page.replace("Sector", with: ["first day", "", "| a |"])
    page.replace("Memory", with: ["first day"])
    var next = ResultsPage(page.text(order: ["Sector", "Memory"]))
    next.replace("Memory", with: ["second day"])
    let text = next.text(order: ["Sector", "Memory"])
    #expect(text.contains("## Sector\n\nfirst day\n\n| a |\n\n## Memory\n\nsecond day\n"))
    #expect(!text.contains("## Memory\n\nfirst day"))
  }

  @Test("Reading a page and writing it gives the same page")
  func roundTrip() {
    var page = ResultsPage()
    page.replace("Sector", with: ["a day", "", "| a |", "| --- |"])
    page.replace("Laws", with: ["another"])
    let order = ["Sector", "Years", "Laws"]
    let text = page.text(order: order)
    #expect(ResultsPage(text).text(order: order) == text)
    #expect(text.hasPrefix("# "))
  }

  @Test("Sections follow the given order, and one that no suite writes any more is dropped")
  func order() throws {
    var page = ResultsPage("## Gone\n\nold\n\n## B\n\nb\n")
    page.replace("A", with: ["a"])
    let text = page.text(order: ["A", "B"])
    let a = try #require(text.range(of: "## A"))
    let b = try #require(text.range(of: "## B"))
    #expect(a.lowerBound < b.lowerBound)
    #expect(!text.contains("Gone"))
  }

  @Test("Every suite has a name and a heading of its own")
  func namesAreUnique() {
    let suites = SuiteCatalogue.all
    #expect(Set(suites.map { $0.name }).count == suites.count)
    #expect(Set(suites.map { $0.title }).count == suites.count)
  }
}

@Suite("Figures and spreads")
struct FigureTests {
  @Test(
    "Numbers keep three digits, whatever their size",
    arguments: [
      (0.045123, "0.0451"), (4.5123, "4.51"), (45.123, "45.1"), (451.23, "451"), (12345, "12300"), (0, "0"),
      (-4.5123, "-4.51"), (Double.nan, "none"), (Double.infinity, "inf"),
    ])
  func threeDigits(value: Double, text: String) {
    #expect(NumberText.text(value) == text)
  }

  @Test(
    "Draws are told in the largest whole unit",
    arguments: [
      (1_000_000, "1M"), (65_536, "65536"), (100_000, "100k"), (2_000_000_000, "2B"), (0, "0"),
    ])
  func counts(number: Int, text: String) {
    #expect(NumberText.count(number) == text)
  }

  @Test("The median is the middle one, or the mean of the middle two")
  func median() {
    #expect(Spread([3, 1, 2]).median == 2)
    #expect(Spread([4, 1, 3, 2]).median == 2.5)
    #expect(Spread([7]).text == "7.00 (7.00 to 7.00)")
  }
}

@Suite("Running programs")
struct ProcessRunTests {
  @Test("A program's output and its time are known when it has ended")
  func output() throws {
    let run = try ProcessRun.run(["sh", "-c", "sleep 0.05; echo done"], keepsOutput: true)
    #expect(run.output == "done\n")
    #expect(run.seconds >= 0.05)
    #expect(run.peakBytes > 0)
  }

  @Test("A program that fails is an error that carries its status and its words")
  func failure() {
    #expect { try ProcessRun.run(["sh", "-c", "echo sorry >&2; exit 3"]) } throws: { error in
      guard case .failed(_, let status, let errors)? = error as? BenchmarkError else { return false }
      return status >> 8 == 3 && errors == "sorry\n"
    }
  }

  @Test("A program that is not there is an error")
  func absence() {
    #expect(throws: BenchmarkError.self) { try ProcessRun.run(["./no-such-program"]) }
  }
}
