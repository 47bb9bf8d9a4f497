import Foundation
import Testing
import Units

@Suite("Any unit that the grammar can write means what its parts mean")
struct GeneratedUnitTests {
  @Test("Dimension and scale agree with floating-point arithmetic on the parts")
  func generatedUnits() throws {
    var units = UnitTable.standard
    try units.declare("gpu")
    var random = SplitMix(seed: 3)
    for _ in 0..<2000 {
      let written = WrittenUnit.product(&random, depth: 2)
      let unit = try units.parse(written.text)
      var found: [String: Double] = [:]
      for (base, exponent) in unit.dimension.exponents { found[base.symbol] = exponent.value }
      for base in Set(found.keys).union(written.exponents.keys) {
        let difference = found[base, default: 0] - written.exponents[base, default: 0]
        #expect(abs(difference) < 1e-9, "\(base) in \(written.text)")
      }
      #expect(abs(log10(unit.scale) - written.logarithm) < 1e-9, "\(written.text)")
    }
  }
}

/// A unit's text with its meaning, reckoned apart from the parser: exponents of base units and log10 of the scale.
private struct WrittenUnit {
  var text: String
  var exponents: [String: Double]
  var logarithm: Double

  static func product(_ random: inout SplitMix, depth: Int) -> WrittenUnit {
    var result = factor(&random, depth: depth)
    for _ in 0..<random.below(4) {
      let next = factor(&random, depth: depth)
      let divides = random.below(2) == 0
      result.text += (divides ? "/" : "*") + next.text
      result.exponents.merge(next.exponents.mapValues { divides ? -$0 : $0 }, uniquingKeysWith: +)
      result.logarithm += divides ? -next.logarithm : next.logarithm
    }
    return result
  }

  private static func factor(_ random: inout SplitMix, depth: Int) -> WrittenUnit {
    var result = primary(&random, depth: depth)
    let powers = [("^2", 2), ("^-1", -1), ("^(1/2)", 0.5), ("^(-2/3)", -2.0 / 3), ("^(-1)", -1), ("^0", 0)]
    guard random.below(3) == 0 else { return result }
    let (text, power) = random.element(powers)
    result.text += text
    result.exponents = result.exponents.mapValues { $0 * power }
    result.logarithm *= power
    return result
  }

  private static func primary(_ random: inout SplitMix, depth: Int) -> WrittenUnit {
    if depth > 0, random.below(4) == 0 {
      var inner = product(&random, depth: depth - 1)
      inner.text = "(\(inner.text))"
      return inner
    }
    switch random.below(12) {
    case 0: return WrittenUnit(text: "1", exponents: [:], logarithm: 0)
    case 1: return WrittenUnit(text: "gpu", exponents: ["gpu": 1], logarithm: 0)
    default:
      let (name, scale, exponents) = random.element(knownUnitValues)
      return WrittenUnit(text: name, exponents: exponents.mapValues(Double.init), logarithm: log10(scale))
    }
  }
}
