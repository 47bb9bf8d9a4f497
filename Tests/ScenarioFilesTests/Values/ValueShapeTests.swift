import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

/// Texts found in place of values in real data: each is an error that names it, and every suggestion is a value.
@Suite("Texts that are something else than a value")
struct ValueShapeTests {
  /// The problems of a value.
  private func problems(_ text: String) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try AssignmentParser.assignment(from: "x=\(text)")
      return []
    } catch {
      return error.all
    }
  }

  /// What a problem offers, as the screen shows it.
  private func offer(_ problem: Diagnostic?) -> String? {
    guard let problem, !problem.readings.isEmpty else { return problem?.suggestion }
    return problem.readings.map { $0.text + ($0.meaning.map { " (\($0))" } ?? "") }.joined(separator: ", or ")
  }

  @Test(
    "Dates and times are named and never computed",
    arguments: [
      ("2023-04-01", "this is a date, not a value"), ("2023-4-1", "this is a date, not a value"),
      ("01-04-2023", "this is a date, not a value"), ("2023/04/01", "this is a date, not a value"),
      ("01/04/2023", "this is a date, not a value"), ("1/4/23", "this is a date, not a value"),
      ("1.4.2023", "this is a date, not a value"), ("2023.04.01", "this is a date, not a value"),
      ("01/04", "this is a date, not a value"), ("14 March 2024", "this is a date, not a value"),
      ("Mar-24", "this is a date, not a value"), ("March 14, 2024", "this is a date, not a value"),
      ("2023-04-01T12:30:00Z", "this is a date and time, not a value"),
      ("2023-04-01 12:30", "this is a date and time, not a value"),
      ("2023-04", "this is a year and month, not a value"),
      ("2023/12", "this is a year and month, not a value"), ("2023/24", "this is a fiscal year, not a value"),
      ("2023-24", "this is a span of years, not a value"), ("Q1 2024", "this is a quarter, not a value"),
      ("2024-Q1", "this is a quarter, not a value"), ("2024Q1", "this is a quarter, not a value"),
      ("FY 2024", "this is a fiscal year, not a value"), ("2023-W14", "this is a week, not a value"),
      ("12:30", "this is a time of day or a ratio, not a value"),
      ("3:1", "this is a time of day or a ratio, not a value"),
      ("12:30:15", "this is a time, not a value"), ("2023-01-01 to 2024-01-01", "this is a date, not a value"),
    ])
  func dates(text: String, message: String) {
    let found = problems(text)
    #expect(found.map(\.message) == [message], "\(text)")
  }

  @Test(
    "Ranges with a dash are no differences",
    arguments: [
      ("10-20", "10 to 20"), ("10 - 20", "10 to 20"), ("10\u{2013}20", "10 to 20"), ("10 \u{2013} 20", "10 to 20"),
      ("10\u{2014}20", "10 to 20"), ("10\u{2011}20", "10 to 20"), ("10-20 W", "10 to 20 W"),
      ("10 W-20 W", "10 W to 20 W"), ("10\u{2013}20 W", "10 to 20 W"), ("10W-20W", "10 W to 20 W"),
      ("10%-20%", "10% to 20%"), ("10-20%", "10% to 20%"), ("10\u{2013}20%", "10% to 20%"), ("-5-10", "-5 to 10"),
      ("-10--5", "-10 to -5"), ("1M-2M", "1M to 2M"), ("1e-5-1e-4", "1e-5 to 1e-4"), ("10~20", "10 to 20"),
      ("1-2M", "1M to 2M (both in M), or 1 to 2M (from 1)"),
      ("20-10", "10 to 20 (a range), or 20 - 10 (a difference)"),
      ("1-5%", "1% to 5% (a range), or 1 - 5% (a difference)"),
      ("10 and 20", "10 to 20"), ("between 10 and 20", "10 to 20"), ("10 bis 20", "10 to 20"),
    ])
  func ranges(text: String, suggestion: String) {
    let found = problems(text)
    #expect(found.count == 1 && found.first?.message.contains("range") == true, "\(text): \(found.map(\.message))")
    #expect(offer(found.first) == suggestion, "\(text)")
  }

  @Test(
    "Numbers in other spellings are named with all that they may mean",
    arguments: [
      ("(4.1)", "-4.1"), ("((4.1))", "-4.1"), ("(4.1%)", "-4.1%"), ("(4.1 W)", "-4.1 W"), ("(4.1) W", "-4.1 W"),
      ("($4.1)", "-4.1 USD"), ("(1,234)", "-1_234 (thousands), or -1.234 (a decimal comma)"), ("4.1-", "-4.1"),
      ("1,234", "1_234 (thousands), or 1.234 (a decimal comma)"), ("3,5", "3.5"), ("0,123", "0.123"),
      ("3,5 W", "3.5 W"),
      ("1,234,567", "1_234_567"), ("1,234.5", "1_234.5"), ("1.234,56", "1_234.56"), ("1.234.567", "1_234_567"),
      ("1 234", "1_234"), ("1\u{00A0}234", "1_234"), ("1\u{2009}234\u{2009}567", "1_234_567"), ("1'234", "1_234"),
      ("1\u{2019}234 W", "1_234 W"), ("12,34,567", "12_34_567"), ("$5", "5 USD"), ("US$ 5M", "5M USD"),
      ("\u{20AC}5", "5 EUR"), ("5 \u{00A3}", "5 GBP"), ("USD 5", "5 USD"), ("~5", "5"), ("ca. 5 W", "5 W"),
      ("5 \u{00B1} 2", "normal(5, 2) (if it is a standard deviation), or 3 to 7 (if 90 % lie inside)"),
      ("5 +/- 2 W", "normal(5 W, 2 W) (if it is a standard deviation), or 3 W to 7 W (if 90 % lie inside)"),
      ("1\u{00D7}10^6", "1e6"), ("1 x 10^6 W", "1e6 W"), ("1.5\u{00B7}10\u{2076}", "1.5e6"),
      ("10\u{207B}\u{00B3}", "1e-3"), ("1e 6", "1e6"), ("1\u{00D7}106", "1e6 (a power of ten), or 1 * 106 (a product)"),
      ("\u{FF11}\u{FF12}", "12"), ("\u{0661}\u{0662}", "12"), ("1\u{00BD}", "1.5"), ("\u{2212}5", "-5"),
      ("\u{2013}5", "-5"), ("+5", "5"), ("5*", "5"), ("5[1]", "5"), ("5\u{00B9}", "5"), ("5 (e)", "5"), ("5 W*", "5 W"),
      ("5%%", "5%"), ("%5", "5%"), ("=5", "5"), ("'5", "5"), ("5\u{200B}", "5"), ("\u{FEFF}5", "5"),
    ])
  func spellings(text: String, suggestion: String) {
    let found = problems(text)
    #expect(found.count == 1, "\(text): \(found.map(\.message))")
    #expect(offer(found.first) == suggestion, "\(text)")
  }

  @Test(
    "Bounds, formulas and marks of missing values are named",
    arguments: [
      ("<5", "this is a bound, not a value"), (">3", "this is a bound, not a value"),
      ("\u{2264}5", "this is a bound, not a value"), ("5+", "this is a bound, not a value"),
      ("=A1*2", "this is a spreadsheet formula, not a value"),
      ("#N/A", "missing value: `#N/A`"), ("..", "missing value: `..`"), ("\u{2013}", "missing value: `\u{2013}`"),
      ("?", "missing value: `?`"), ("n.a.", "missing value: `n.a.`"),
    ])
  func others(text: String, message: String) { #expect(problems(text).map(\.message) == [message], "\(text)") }

  @Test(
    "Values stay values",
    arguments: [
      "5", "-5", "1e5", "1.5E+06", ".5", "1_000", "5%", "5 W", "0.3 / 2", "1/2", "1 / 3", "20 - 10", "1 - 5%",
      "0.8 - 30%",
      "2 * (3 + 4)", "(2 + 3) * 4", "-(2 + 3)", "(1 - 0.2) * 5 W", "10 to 20", "-2 to 5", "10 to 20 within 50%", "2^10",
      "normal(5, 2)", "(normal(5, 2))", "400 W * beta(4, 6)", "1.2 / 1.1 to 3", "175 * 1e9", "exp(0.5)", "1 GW/year",
      "mixture(uniform(1, 2), normal(10, 1), weights=(0.3, 0.7))",
    ])
  func values(text: String) { #expect(problems(text).map(\.message) == [], "\(text)") }

  @Test("What is suggested is itself a value")
  func suggestionsWork() {
    var count = 0
    for text in [
      "10\u{2013}20 GW/year", "(1.234,5)", "1\u{00A0}234\u{00A0}567 W", "5 \u{00B1} 10%", "5k \u{00B1} 2k W",
    ] {
      let found = problems(text)
      #expect(found.count == 1, "\(text)")
      let offers = found.flatMap { [$0.suggestion].compactMap(\.self) + $0.readings.map(\.text) }
      for offer in offers { #expect(problems(offer).isEmpty, "\(offer)") }
      count += offers.count
    }
    #expect(count >= 5)
  }

  @Test("An end of an interval that is something else is named")
  func ends() {
    for (text, advice) in [
      ("10 to 20-30", "`20-30` may mean 20 to 30"), ("(4.1) to (2.0)", "`4.1` may mean -4.1"),
    ] {
      let found = problems(text)
      #expect(
        found.count == 1 && offer(found.first) == nil && found.first?.notes.map(\.message) == [advice], "\(text)")
    }
  }

  @Test("Random texts of such pieces never trap, and never take long")
  func soup() {
    var generator = SeededGenerator(state: 17)
    let pieces = [
      "1", "20", "2023", "-", "/", ".", ",", ":", "(", ")", " ", "%", "W", "to", "e", "N/A", "Mar", "Q", "\u{2013}",
      "\u{00A0}",
      "\u{200B}", "\u{00D7}", "10", "^", "\u{00B2}", "*", "$", "~", "<", "+", "\u{00B1}", "[", "]", "'", "=", "#", "k",
      "M",
      "\u{FF11}", "\u{00BD}", "x",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...8, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
      }
      .joined()
      _ = problems(text)
    }
  }
}
