/// The JSON Schema (draft 2020-12) of `results.json` and of the output of `run --json`.
///
/// Later versions may add members; those named here remain.
public enum ResultsSchema {
  /// The schema, ended by a newline.
  public static var text: String { schema.text + "\n" }

  private static var schema: JSON {
    let whole: [Member] = [
      Member("title", of: "string", "The scenario's title."),
      Member("digest", of: "string", "SHA-256 over the scenario's files and the flags that change values."),
      Member("draws", of: "integer", "The number of draws."),
      Member("seed", of: "integer", "The seed, of 64 bits."),
      Member("design", of: "string", "The sampling design."),
      Member(
        "tolerance", optional: "object",
        "How well figures were to be known, and with what confidence; whether they are; which is known least. Null where "
          + "nothing was asked."),
      Member("exact_quantiles", of: "boolean", "Whether quantiles are order statistics, not a sketch's."),
      Member("outputs", list: "output", "The outputs, in the scenario's order."),
      Member("failures", list: "failure", "The first draw of each output cell that was not finite."),
      Member("evidence", of: "object", "What the scenario's evidence makes of it.", isRequired: false),
      Member("workers", of: "integer", "Threads; only of --json.", isRequired: false),
      Member("seconds", of: "number", "Wall time; only of --json.", isRequired: false),
      Member("files", of: "object", "The folder and names of files; only of --json.", isRequired: false),
    ]
    return .object(
      [
        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        ("title", .string("Loadcast results")),
      ] + object(whole) + [("$defs", .object(definitions.map { ($0.key, .object(object($0.value))) }))])
  }

  private static let definitions: [(key: String, value: [Member])] = [
    (
      "output",
      [
        Member("name", of: "string", "The input or equation that is reported."),
        Member("unit", of: "string", "The unit of all figures."),
        Member("indexes", words: "The names of its indexes, in the order of the names."),
        Member(
          "condition", of: "boolean",
          "Whether it is a condition: its value is 0 where it does not hold, else one, and its mean is a probability."),
        Member("scope", of: "object", "What it covers, by tag."),
        Member("note", optional: "string", "What the scenario remarks on it."),
        Member("cells", list: "cell", "One for each combination of labels."),
        Member("comparisons", list: "comparison", "What it is held against."),
      ]
    ),
    (
      "cell",
      [
        Member("labels", of: "object", "The label on each index."),
        Member("mean", "estimate", "The mean."),
        Member(
          "mean_warning", optional: "string", "Why the mean, or the standard deviation alone, is not stable, if so."),
        Member("sd", optional: "number", "The standard deviation."),
        Member("min", optional: "number", "The smallest value."),
        Member("max", optional: "number", "The largest value."),
        Member("draws", of: "integer", "Draws made."),
        Member("non_finite", of: "integer", "Draws that were not finite, and are left out of all figures."),
        Member("quantiles", list: "quantile", "By rising probability."),
        Member(
          "outcomes", list: "outcome",
          "The values that its draws take, ascending, where there are few (at most 24); empty where there are more."),
      ]
    ),
    (
      "outcome",
      [
        Member("value", of: "number", "The value, in the output's unit."),
        Member("probability", "estimate", "The share of the finite draws that take it."),
      ]
    ),
    (
      "quantile",
      [
        Member("probability", of: "number", "The probability of a value at or below."),
        Member("value", optional: "number", "The quantile; null where there was no finite draw."),
        Member(
          "standard_error", optional: "number", "Its Monte Carlo standard error; null where there is no estimate."),
      ]
    ),
    (
      "estimate",
      [
        Member("value", optional: "number", "The figure; null where there was no finite draw."),
        Member(
          "standard_error", optional: "number", "Its Monte Carlo standard error; null where there is no estimate."),
      ]
    ),
    (
      "comparison",
      [
        Member("reference", of: "string", "The reference as written."),
        Member("convert", optional: "string", "What the output was multiplied by first."),
        Member("not_stated", words: "Scope tags that one side does not state."),
        Member(
          "rows", list: "row", "One for each cell of the output and label of indexes that only the reference has."),
      ]
    ),
    (
      "row",
      [
        Member("labels", of: "object", "The output cell's labels."),
        Member("reference_labels", of: "object", "Labels of indexes that only the reference has."),
        Member("ratio", "ratio", "The output over the reference, draw by draw."),
        Member("probability_exceeds", "estimate", "The probability that the output is above the reference."),
        Member("non_finite", of: "integer", "Draws without a finite ratio."),
      ]
    ),
    (
      "ratio",
      [
        Member("p05", "estimate", "The 5th percentile."), Member("p50", "estimate", "The median."),
        Member("p95", "estimate", "The 95th percentile."),
      ]
    ),
    (
      "failure",
      [
        Member("cell", of: "string", "The output's cell."),
        Member("count", of: "integer", "How many of its draws were not finite."),
        Member("first_draw", of: "integer", "The number of the first of them."),
        Member("not_finite", of: "string", "The cell that was not finite first in that draw."),
        Member("operation", optional: "string", "The operation that made it so, with its operands; null if not known."),
        Member("formula", optional: "string", "The part of the cell's formula that it is; null if not known."),
      ]
    ),
  ]

  /// A member of an object.
  private struct Member: Sendable {
    var name: String
    var form: [(key: String, value: JSON)]
    var isRequired = true

    init(_ name: String, of type: String, _ description: String, isRequired: Bool = true) {
      (self.name, self.isRequired) = (name, isRequired)
      form = [("description", .string(description)), ("type", .string(type))]
    }

    init(_ name: String, optional type: String, _ description: String) {
      self.name = name
      form = [("description", .string(description)), ("type", .array([.string(type), .string("null")]))]
    }

    init(_ name: String, _ definition: String, _ description: String) {
      self.name = name
      form = [("description", .string(description)), ("$ref", .string("#/$defs/\(definition)"))]
    }

    init(_ name: String, list definition: String, _ description: String) {
      self.name = name
      let items = JSON.object([("$ref", .string("#/$defs/\(definition)"))])
      form = [("description", .string(description)), ("type", .string("array")), ("items", items)]
    }

    init(_ name: String, words description: String) {
      self.name = name
      let items = JSON.object([("type", .string("string"))])
      form = [("description", .string(description)), ("type", .string("array")), ("items", items)]
    }
  }

  private static func object(_ members: [Member]) -> [(key: String, value: JSON)] {
    [
      ("type", .string("object")),
      ("required", .array(members.filter(\.isRequired).map { .string($0.name) })),
      ("properties", .object(members.map { ($0.name, .object($0.form)) })),
    ]
  }
}
