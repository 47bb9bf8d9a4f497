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
}
