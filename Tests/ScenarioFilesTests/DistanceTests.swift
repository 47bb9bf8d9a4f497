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

  @Test("A correlation that leaves nothing between any two labels is warned of, with the number that was meant")
  func practicallyIndependent() throws {
    let text = """
      title: far
      indexes: {year: [2020, 2030, 2040]}
      inputs: {x: {over: year, value: 1 to 2, dependence: ACROSS}}
      outputs: {x: {}}
      """
    let screen = try Checking.screen(text.replacingOccurrences(of: "ACROSS", with: "0.7"))
    #expect(screen.contains("labels of `year` 1 apart"), "\(screen)")
    #expect(screen.contains("for 0.7 between those two, write 0.964"), "\(screen)")
    // What is advised gives what was meant, and no warning.
    let model = try Checking.model(text.replacingOccurrences(of: "ACROSS", with: "0.964"))
    #expect(model.warnings.isEmpty)
    let score = try correlation(model, "x[2020]", "x[2030]")
    #expect(abs(6 / .pi * asin(score / 2) - 0.7) < 0.01)
    let negative = try Checking.screen(
      text.replacingOccurrences(of: "ACROSS", with: "-0.5").replacingOccurrences(of: "2030", with: "2030.5"))
    #expect(negative.contains("needs labels at whole distances"), "\(negative)")
  }

  @Test(
    "Forms that go from label to label are warned of where labels are not at one distance",
    arguments: [
      "cumulative(g * 1 year)", "previous(x, initial=0 TWh) + g * 1 year", "stock(g * 1 year, survival=kept, at=end)",
    ])
  func gaps(formula: String) throws {
    func screen(_ labels: String, _ formula: String) throws -> String {
      try Checking.screen(
        """
        title: gaps
        indexes: {year: \(labels), age: 0..40}
        inputs: {g: {over: year, value: 1 TWh/year to 2 TWh/year, dependence: shared}, kept: {over: age, value: 1}}
        equations: {x: "\(formula)"}
        outputs: {x: {unit: TWh}, kept: {}}
        """)
    }
    let gap = try screen("[2020, 2022, 2025]", formula)
    #expect(gap.contains("2022 and 2025 are 3 apart, 2020 and 2022 2"), "\(gap)")
    #expect(gap.contains("give the index `year: 2020..2025`"), "\(gap)")
    #expect(try screen("2020..2025", formula) == "")
    let five = try screen("[2020, 2025, 2030]", formula)
    #expect(five.contains("counts 1 year a label, and the labels of `year` are 5 apart"), "\(five)")
    #expect(try screen("[2020, 2025, 2030]", formula.replacingOccurrences(of: "1 year", with: "5 year")) == "")
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
    func table(_ diagonal: String, _ mirrored: String) -> String {
      "input,x,y,z\nx,1.0000000000000002,0,0.6\ny,0,\(diagonal),0.8\nz,\(mirrored),0.8,0.9999999999999999\n"
    }
    let model = try Checking.model(text, files: ["m.csv": table("1", "0.6000000000000001")])
    let (first, second) = (try correlation(model, "x", "z"), try correlation(model, "y", "z"))
    #expect(abs(first - 0.6) < 1e-11 && abs(second - 0.8) < 1e-11)
    #expect(try Checking.screen(text, files: ["m.csv": table("0.99", "0.6")]).contains("diagonal"))
    #expect(try Checking.screen(text, files: ["m.csv": table("1", "0.61")]).contains("not symmetric"))
  }

  @Test("Kernels of positive data stay positive, within bounds that are given")
  func kernels() throws {
    let column = "x\n0.1\n0.4\n1\n1.3\n2\n"
    func screen(_ arguments: String, _ unit: String = "kW") throws -> String {
      try Checking.screen(
        """
        title: kernels
        inputs: {x: {value: "empirical('t.csv', column='x', \(arguments))", unit: \(unit)}}
        outputs: {x: {unit: \(unit)}}
        """, files: ["t.csv": column])
    }
    for arguments in ["shape=kernel", "shape=kernel, low=50 W, high=3", "shape=kernel, low=none", "shape=linear"] {
      #expect(try screen(arguments) == "", "\(arguments)")
    }
    #expect(try screen("shape=step, low=0").contains("bounds the kernels of `shape=kernel`"))
    #expect(try screen("shape=kernel, low=1 kg").contains("another unit than the column"))
    #expect(try screen("shape=kernel, low=0.3").contains("error"))
  }
}
