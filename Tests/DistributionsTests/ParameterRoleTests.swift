import Distributions
import Foundation
import Testing

/// The declared roles of arguments, which determine their units, compared with the quantiles: if a value is measured in
/// another unit, or from another zero, its arguments change as their roles say.
@Suite("Roles of the arguments of every family")
struct ParameterRoleTests {
  private static let probabilities = [0.05, 0.3, 0.5, 0.8, 0.99]

  /// Whether changed arguments give these quantiles; false if they are refused.
  private static func gives(
    _ arguments: [Double], _ family: any DistributionFamily.Type, _ way: Int, _ quantiles: [Double]
  ) -> Bool {
    guard let changed = try? family.distribution(arguments, parameterisation: way) else { return false }
    let size = quantiles.map(\.magnitude).max() ?? 0
    return zip(probabilities, quantiles).allSatisfy { abs(changed.quantile($0) - $1) <= 1e-9 * size }
  }

  /// All lists of a length whose elements are among some choices.
  private static func lists<Choice>(of choices: [Choice], count: Int) -> [[Choice]] {
    (0..<count).reduce([[]]) { lists, _ in lists.flatMap { list in choices.map { list + [$0] } } }
  }

  /// The power of the value's unit in that of an argument.
  private static func exponent(_ role: ParameterRole) -> Int {
    switch role {
    case .location, .scale: 1
    case .rate: -1
    case .shape, .probability: 0
    }
  }

  @Test(
    "A value in a unit 1.7 times as small has locations and scales 1.7 times as large, and other arguments as before")
  func units() {
    let factor = 1.7
    for family in DistributionCatalogue.families {
      for (number, way) in family.parameterisations.enumerated() {
        let declared = way.parameters.map { Self.exponent($0.role) }
        for list in EveryDistributionTests.arguments(way) {
          guard let distribution = try? family.distribution(list, parameterisation: number) else { continue }
          // Counts have no unit.
          let quantiles = Self.probabilities.map { factor * distribution.quantile($0) }
          let possible =
            !distribution.atoms.isEmpty
            ? []
            : Self.lists(of: [0, 1, -1], count: list.count).filter { powers in
              Self.gives(zip(list, powers).map { $0 * pow(factor, Double($1)) }, family, number, quantiles)
            }
          let isRight = possible.isEmpty ? declared.allSatisfy { $0 == 0 } : possible.contains(declared)
          #expect(
            isRight,
            "roles of \(family.name)(\(way.parameters.map(\.name))) say the powers \(declared) of the unit, not \(possible)"
          )
        }
      }
    }
  }

  @Test("A value measured from another zero has all its locations shifted, and no other argument")
  func locations() {
    let shift = 0.75
    for family in DistributionCatalogue.families {
      for (number, way) in family.parameterisations.enumerated() {
        let declared = way.parameters.map { $0.role == .location }
        for list in EveryDistributionTests.arguments(way) {
          guard let distribution = try? family.distribution(list, parameterisation: number) else { continue }
          let quantiles = Self.probabilities.map { distribution.quantile($0) + shift }
          let possible =
            !distribution.atoms.isEmpty
            ? []
            : Self.lists(of: [false, true], count: list.count).filter { shifted in
              Self.gives(zip(list, shifted).map { $1 ? $0 + shift : $0 }, family, number, quantiles)
            }
          let isRight = possible.isEmpty ? declared.allSatisfy { !$0 } : possible.contains(declared)
          #expect(
            isRight, "\(family.name)(\(way.parameters.map(\.name))) has locations \(declared), not \(possible)")
        }
      }
    }
  }

  @Test("Arguments from 0 to 1 are probabilities, and no other")
  func probabilityArguments() {
    for family in DistributionCatalogue.families {
      for parameter in family.parameterisations.flatMap(\.parameters) {
        let isWithin = parameter.domain.low >= 0 && parameter.domain.high <= 1
        #expect(isWithin == (parameter.role == .probability), "\(parameter.name) of \(family.name)")
      }
    }
  }
}
