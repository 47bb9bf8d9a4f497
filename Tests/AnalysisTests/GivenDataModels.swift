import Analysis
import Foundation

/// Four models whose indices are known: smooth with interactions, dependent, with a count, with a jump.
enum GivenDataModels {
  static let texts: [(name: String, text: String)] = [
    (
      "ishigami",
      """
      inputs: {x1: "uniform(-3.141592653589793, 3.141592653589793)", x2: "uniform(-3.141592653589793, 3.141592653589793)", \
      x3: "uniform(-3.141592653589793, 3.141592653589793)"}
      equations: {y: sin(x1) + 7 * sin(x2) ^ 2 + 0.1 * x3 ^ 4 * sin(x1)}
      outputs: {y: {}}
      """
    ),
    (
      "linear",
      """
      inputs: {x1: "normal(0, 1)", x2: "normal(0, 1)", x3: "normal(0, 2)"}
      correlations: [[x2, x3, normal 0.6]]
      equations: {y: x1 + x2 + x3}
      outputs: {y: {}}
      """
    ),
    (
      "count",
      """
      inputs: {d: "normal(0, 1)", e: bernoulli(0.3), w: "normal(0, 1)"}
      equations: {y: d + 3 * e + 0.6 * w}
      outputs: {y: {}}
      """
    ),
    (
      "jump",
      """
      inputs: {x1: "uniform(0, 1)", a: "normal(0, 1)", b: "normal(0, 1)"}
      equations: {y: (if x1 > 0.37 then 2 else 0) + 0.7 * a + 0.5 * b}
      outputs: {y: {}}
      """
    ),
  ]

  struct Key: Hashable {
    var model: String
    var input: String
    var index: String
  }

  /// The values of Reference/given_data.csv, which make_given_data.py made.
  static let truth: [Key: Double] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Reference/given_data.csv")
    var found: [Key: Double] = [:]
    for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      found[Key(model: fields[0], input: fields[1], index: fields[2])] = Double(fields[3])
    }
    return found
  }()

  /// A value with its 95 % interval.
  struct Interval {
    var key: Key
    var value: Double
    var low: Double
    var high: Double
    var error: Double
  }

  /// What every method of given data says of a model, whose draws have a seed and a design.
  static func intervals(_ model: (name: String, text: String), seed: UInt64, design: String) throws -> [Interval] {
    var options = SensitivityProblem.Options()
    options.draws = 16_384
    options.bootstraps = 200
    let problem = try Problems.text(
      model.text + "\nrun: {design: \(design)}\n", "y", seed: seed, options: options)
    let methods: [any SensitivityMethod.Type] = [GivenData.self, Delta.self, Pawn.self, ShapleyNeighbours.self]
    let estimates = try methods.flatMap { try $0.results(for: problem)[0].estimates }
    let disclosure = try DisclosureAnalysis.run(problem, questions: 0).results[0]
    return estimates.map { own in
      Interval(
        key: Key(model: model.name, input: own.name, index: own.index), value: own.value, low: own.low, high: own.high,
        error: own.error)
    }
      + disclosure.singles.map { own in
        Interval(
          key: Key(model: model.name, input: problem.factors[own.factors[0]].name, index: "gain"), value: own.gain,
          low: own.gain - own.reach, high: own.gain + own.reach, error: own.error)
      }
  }

  /// The name under which an index's truth is kept.
  static func truth(of key: Key) -> Double? {
    let names = ["S1_harmonic": "S1", "Sh_nn": "Sh"]
    return truth[Key(model: key.model, input: key.input, index: names[key.index] ?? key.index)]
  }
}
