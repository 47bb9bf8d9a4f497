import Distributions
import Modeling
import ScenarioFiles
import Testing

@Suite("Distributions from quantiles and from data in a scenario")
struct CheckingQuantiles {
  @Test("are in the unit of the value")
  func models() throws {
    let model = try Checking.model(
      #"""
      inputs:
        a: {value: "quantiles(10%=10, 50%=20, 90%=45, low=0)", unit: kW}
        b: {value: "empirical('t.csv', column='load')", unit: kW}
        c: {value: "empirical('t.csv', column='load', shape=linear) * 2", unit: kW}
        d: {value: "poisson(3)", unit: kW}
        e: {value: "inverse_gaussian(2, 500 W)", unit: kW}
      outputs: {a: {unit: kW}, b: {unit: kW}, c: {unit: kW}, d: {unit: kW}, e: {unit: kW}}

      """#, files: ["t.csv": "hour,load\n1,10\n2,30\n3,20\n"])
    func distribution(_ name: String) throws -> any Distribution {
      guard case .distribution(.fixed(let distribution)) = try model.input(name).supportPoints[0].value else {
        throw DistributionError.impossible(name)
      }
      return distribution
    }
    #expect(abs(try distribution("a").quantile(0.9) / 45_000 - 1) < 1e-12)
    #expect(try distribution("a").quantile(0) == 0)
    #expect(try distribution("b").mean == 20_000)
    #expect(try distribution("c").quantile(0.25) == 30_000)
    #expect(try distribution("d").mean == 3000)
    #expect(try distribution("e").mean == 2000)
  }

  @Test("say what is wrong with them")
  func mistakes() throws {
    let screen = try Checking.screen(
      #"""
      inputs:
        a: "quantiles(10%=10, 50%=40, 90%=45)"
        b: "quantiles(10%=10, 50%=5)"
        c: "quantiles(10%=10, 50%=20, low=11)"
        d: "quantiles(10%=10, 50%=20, lo=1)"
        e: "empirical('t.csv', column='lead')"
        f: "empirical('t.csv', column='load', shape=smooth)"
        g: "empirical('t.csv', column='load')"
        h: binomial(2.5, 50%)
      outputs: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}}

      """#, files: ["t.csv": "hour,load\n1,10\n2,none\n"])
    #expect(
      screen == #"""
        s.yaml:2:7: error: no `quantiles` distribution has all these quantiles
        2 |   a: "quantiles(10%=10, 50%=40, 90%=45)"
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: its quantile function would fall between 83.8% and 97.8%
          note: leave out 10% or 50% or 90%, or give it an end with `low=` or `high=`, or move one

        s.yaml:3:7: error: the values of `quantiles` do not rise with their probabilities
        3 |   b: "quantiles(10%=10, 50%=5)"
          |       ^^^^^^^^^^^^^^^^^^^^^^^^
          found: 10%=10, 50%=5

        s.yaml:4:7: error: `low` of `quantiles` lies among its values
        4 |   c: "quantiles(10%=10, 50%=20, low=11)"
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: low=11, 10%=10

        s.yaml:5:33: error: `quantiles` has no argument `lo`
        5 |   d: "quantiles(10%=10, 50%=20, lo=1)"
          |                                 ^^
          expected: quantiles(10%=10, 50%=20, 90%=45, low=0)
          did you mean: low

        s.yaml:6:33: error: the table has no column `lead`
        6 |   e: "empirical('t.csv', column='lead')"
          |                                 ^^^^^^
          expected: hour, load
          did you mean: load

        s.yaml:7:47: error: `empirical` has no shape `smooth`
        7 |   f: "empirical('t.csv', column='load', shape=smooth)"
          |                                               ^^^^^^
          expected: step, linear, kernel

        s.yaml:9:15: error: `n` of `binomial` is out of range
        9 |   h: binomial(2.5, 50%)
          |               ^^^
          expected: a whole number from 0 to 100000000
          found: 2.5

        t.csv:3:3: error: no value here: `none`
        3 | 2,none
          |   ^^^^
          expected: a number
          note: rows without a value are to be left out of the table

        8 errors

        """#)
  }
}
