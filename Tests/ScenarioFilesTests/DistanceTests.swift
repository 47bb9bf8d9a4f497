import Foundation
import Modeling
import Testing

@Suite("Distances of labels")
struct DistanceTests {
  /// The correlation of two coordinates of the model's one component.
  private func correlation(_ model: Model, _ first: String, _ second: String) throws -> Double {
    let component = try #require(model.components.first)
    let names = component.coordinates.map { model.coordinates[$0.position].address.description }
    let a = try #require(names.firstIndex(of: first)), b = try #require(names.firstIndex(of: second))
    let size = names.count
    return (0..<size).reduce(0) { $0 + component.factor[a * size + $1] * component.factor[b * size + $1] }
  }

  @Test("Anchor points are correlated by their distance, so that one more leaves the others, uncertain or not")
  func anchorPoints() throws {
    let s = 2 * sin(Double.pi * 0.7 / 6)
    for middle in ["", "2022: 'normal(0,1)', ", "2022: 3, ", "2021: 3, 2022: 'normal(0,1)', "] {
      let model = try Checking.model(
        """
        title: anchors
        indexes: {year: 2019..2030}
        inputs:
          x: {over: year, value: {2019: "normal(0,1)", \(middle)2023: "normal(0,1)", 2030: "normal(0,1)"}, interpolate: linear, dependence: 0.7}
        outputs: {x: {}}
        """)
      for (a, b, distance) in [("2019", "2023", 4.0), ("2023", "2030", 7), ("2019", "2030", 11)] {
        let found = try correlation(model, "x[\(a)]", "x[\(b)]")
        #expect(abs(found - pow(s, distance)) < 1e-12, "\(middle) \(a) \(b)")
      }
      #expect(model.warnings.isEmpty)
    }
  }

  @Test("The rank correlation that a warning advises gives what was meant")
  func advisedCorrelation() throws {
    let text = """
      title: far
      indexes: {year: [2020, 2030, 2040]}
      inputs: {x: {over: year, value: 1 to 2, dependence: ACROSS}}
      outputs: {x: {}}
      """
    // The warning for 0.7 advises 0.964: `cells/rank-correlation-of-distant-labels`.
    let model = try Checking.model(text.replacingOccurrences(of: "ACROSS", with: "0.964"))
    #expect(model.warnings.isEmpty)
    let score = try correlation(model, "x[2020]", "x[2030]")
    #expect(abs(6 / .pi * asin(score / 2) - 0.7) < 0.01)
  }

  @Test("A matrix of a program's rounding is taken: a diagonal within 1e-9 of 1, and a singular one")
  func roundedMatrix() throws {
    // z = 0.6 x + 0.8 y, computed: the diagonal is off by 2^-53, and the smallest eigenvalue is 0.
    let text = """
      title: rounded
      inputs: {x: "normal(0,1)", y: "normal(0,1)", z: "normal(0,1)"}
      correlations: [{inputs: [x, y, z], matrix: m.csv, measure: normal}]
      outputs: {x: {}, y: {}, z: {}}
      """
    let table = "input,x,y,z\nx,1.0000000000000002,0,0.6\ny,0,1,0.8\nz,0.6000000000000001,0.8,0.9999999999999999\n"
    let model = try Checking.model(text, files: ["m.csv": table])
    let (first, second) = (try correlation(model, "x", "z"), try correlation(model, "y", "z"))
    #expect(abs(first - 0.6) < 1e-11 && abs(second - 0.8) < 1e-11)
  }
}
