import Distributions
import Foundation
import Reporting
import ScenarioFiles
import Simulation

/// Every distribution, as computed by the engine.
enum DistributionSuite: Suite {
  static let name = "distributions"
  static let title = "Distributions"

  /// Inputs of one distribution in the scenario that is timed.
  private static let copies = 16

  static func lines(_ bench: Bench) throws -> [String] {
    let uniform = try nanoseconds("uniform(0, 1)", bench)
    var table = Table(["distribution", "ns per value", "relative to uniform"])
    for distribution in distributions {
      do {
        let time = try nanoseconds(distribution, bench)
        table.append(["`\(distribution)`", NumberText.text(time), NumberText.text(time / uniform)])
      } catch {
        table.append([
          "`\(distribution)`", "not measured", "\(error)".split(separator: "\n").first.map(String.init) ?? "",
        ])
      }
    }
    return [
      "Nanoseconds per value on one core, from the probability to its addition to a sum of \(copies): the cost of further "
        + "draws, without tables and files. `uniform` is the cost of this alone.", "",
    ] + table.lines
  }

  /// Every family with valid arguments, and the distributions that take other kinds of arguments.
  private static var distributions: [String] {
    DistributionCatalogue.families.map(example) + [
      "discrete(1=30%, 2=50%, 4=20%)", "mixture(uniform(1, 2), normal(10, 1), weights=(0.3, 0.7))",
      "truncate(normal(450, 80), 200, 800)", "3 + 2 * beta(4, 6)",
    ]
  }

  /// An argument in the notation of scenario files.
  static func text(_ argument: Double) -> String {
    argument == argument.rounded() ? "\(Int(argument))" : "\(argument)"
  }

  /// A distribution of a family: arguments of the same role ascend, and the first valid list of arguments is used.
  private static func example(_ family: any DistributionFamily.Type) -> String {
    let parameters = family.parameterisations.first?.parameters ?? []
    for shapes in [[2.5, 4], [10, 20], [0.3, 0.6]] {
      let scales = [1.5, 3]
      var (locations, others) = ([1.0, 2, 5, 8], [ParameterRole: [Double]]())
      let arguments = parameters.map { parameter -> Double in
        if let value = parameter.defaultValue { return value }
        switch parameter.role {
        case .location: return locations.isEmpty ? 9 : locations.removeFirst()
        case .scale, .rate: return next(parameter.role, scales)
        case .shape: return next(parameter.role, shapes)
        case .probability: return next(parameter.role, [0.3, 0.6])
        }
        func next(_ role: ParameterRole, _ values: [Double]) -> Double {
          var left = others[role] ?? values
          defer { others[role] = left }
          return left.isEmpty ? 5 : left.removeFirst()
        }
      }
      if (try? family.distribution(arguments, parameterisation: 0)) != nil {
        let texts = arguments.map(text)
        return "\(family.name)(\(texts.joined(separator: ", ")))"
      }
    }
    return "\(family.name)()"
  }

  private static func nanoseconds(_ distribution: String, _ bench: Bench) throws -> Double {
    let names = (0..<copies).map { "x\($0)" }
    let lines =
      ["title: Timing of a distribution", "inputs:"] + names.map { "  \($0): \"\(distribution)\"" } + [
        "equations:", "  total: \(names.joined(separator: " + "))", "outputs:", "  total: {unit: \"1\"}",
        "run: {design: mc}",
      ]
    let path = bench.scratch + "/distribution.yaml"
    try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let (few, many) = bench.quick ? (10_240, 102_400) : (102_400, 512_000)
    func seconds(_ draws: Int) throws -> Double {
      let engine = try Engine(model: Scenario.model(ofFileAt: path, options: Scenario.Options(draws: draws)))
      return try (0..<(bench.quick ? 2 : 5)).map { _ in try engine.run(options: Engine.Options(workers: 1)).seconds }
        .min() ?? .nan
    }
    return (try seconds(many) - seconds(few)) / Double((many - few) * copies) * 1e9
  }
}
