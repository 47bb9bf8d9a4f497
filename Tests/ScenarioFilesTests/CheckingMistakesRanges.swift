import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in intervals and percentages")
struct CheckingMistakesRanges {
  @Test("A misspelt distribution of an interval")
  func aMisspeltDistributionOfAnInterval() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: bta(25% to 62%)}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: unknown distribution `bta`
        1 | inputs: {x: bta(25% to 62%)}
          |             ^^^
          did you mean: beta

        1 error

        """#)
  }

  @Test("Low above high in an interval")
  func lowAboveHighInAnInterval() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 5 to 2}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: the interval ends below its beginning
        1 | inputs: {x: 5 to 2}
          |             ^^^^^^
          expected: low to high
          did you mean: 2 to 5

        1 error

        """#)
  }

  @Test("A percent sign on one end")
  func aPercentSignOnOneEnd() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 10 to 20%}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: the interval ends below its beginning
        1 | inputs: {x: 10 to 20%}
          |             ^^^^^^^^^
          expected: low to high
          did you mean: 10% to 20%

        1 error

        """#)
  }

  @Test("An end that is 0")
  func anEndThatIs0() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 0 to 5}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: an end of an interval is 0, which neither a lognormal nor a normal distribution can mean
        1 | inputs: {x: 0 to 5}
          |             ^^^^^^
          did you mean: "uniform(0, 5)", or "truncate(normal(0 to 5), low=0)"
          note: or give it a low end above 0

        1 error

        """#)
  }

  @Test("A width that is no probability")
  func aWidthThatIsNoProbability() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 5 within 80}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:27: error: the width of an interval is a probability between 0 and 1
        1 | inputs: {x: 1 to 5 within 80}
          |                           ^^
          found: `80`
          did you mean: 80%

        1 error

        """#)
  }

  @Test("An interval of other inputs")
  func anIntervalOfOtherInputs() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, x: a to 2 * a}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:24: error: an end of an interval is a constant
        1 | inputs: {a: 1 to 2, x: a to 2 * a}
          |                        ^
          found: the name `a`
          note: a distribution with arguments can depend on other inputs, as in `normal(a, …)`

        s.yaml:1:33: error: an end of an interval is a constant
        1 | inputs: {a: 1 to 2, x: a to 2 * a}
          |                                 ^
          found: the name `a`
          note: a distribution with arguments can depend on other inputs, as in `normal(a, …)`

        2 errors

        """#)
  }

  @Test("A distribution that no interval fits")
  func aDistributionThatNoIntervalFits() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "pert(1 to 3)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:19: error: `pert` cannot be fitted to an interval
        1 | inputs: {x: "pert(1 to 3)"}
          |                   ^^^^^^
          expected: a distribution with exactly two free arguments
          found: free: low, mode, high

        1 error

        """#)
  }

  @Test("A percentage that leaves 0 to 100 % is a warning")
  func aPercentageThatLeaves0To100Is() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {part: 40% to 88%}
      outputs: {part: {unit: percent}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:16: warning: this percentage leaves 0 to 100 % in 1.5 % of the draws
        1 | inputs: {part: 40% to 88%}
          |                ^^^^^^^^^^
          found: values above 100 %
          did you mean: beta(40% to 88%)

        1 warning

        """#)
  }

  @Test("A range written as a difference is an error, inside a distribution a warning")
  func aRangeWrittenAsADifference() throws {
    let screen = try Checking.screen(
      #"""
      inputs:
        years: 3-5
        power: 1 GW - 2 GW
        parts: 30-50%
      outputs: {years: {}, power: {unit: GW}, parts: {unit: percent}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:10: error: this is a range, which is written `low to high`
        2 |   years: 3-5
          |          ^^^
          found: `3-5`
          did you mean: 3 to 5

        s.yaml:3:10: error: this is a range, which is written `low to high`
        3 |   power: 1 GW - 2 GW
          |          ^^^^^^^^^^^
          found: `1 GW - 2 GW`
          did you mean: 1 GW to 2 GW

        s.yaml:4:10: error: this is a range, which is written `low to high`
        4 |   parts: 30-50%
          |          ^^^^^^
          found: `30-50%`
          did you mean: 30% to 50%

        3 errors

        """#)
    let inside = try Checking.screen("inputs: {delay: \"normal(2-4, 1)\"}\noutputs: {delay: {}}\n")
    #expect(
      inside == #"""
        s.yaml:1:25: warning: this is a difference, not a range
        1 | inputs: {delay: "normal(2-4, 1)"}
          |                         ^^^

        1 warning

        """#)
  }

  @Test(
    "Differences that no range looks like are none",
    arguments: ["1 - 5%", "2030 - 5", "0.8 - 30%", "2 GW - 1 GW", "1 GW - 2 MW"])
  func differences(value: String) throws {
    #expect(!(try Checking.screen("inputs: {x: \(value)}\noutputs: {x: {}}\n")).contains("not a range"))
  }
}
