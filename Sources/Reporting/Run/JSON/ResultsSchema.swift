import TextFormats

/// The JSON Schema (draft 2020-12) of `results.json` and of the output of `run --json`.
///
/// Later versions may add members; those named here remain.
package enum ResultsSchema {
  /// The schema, ended by a newline.
  package static var text: String { schema.text + "\n" }

  private static var schema: JSON {
    let whole: [Member] = [
      Member("title", of: "string", "The scenario's title."),
      Member("digest", of: "string", "SHA-256 of the scenario's files and the flags that change values."),
      Member("draws", of: "integer", "The number of draws."),
      Member("seed", of: "integer", "The seed, of 64 bits."),
      Member("design", of: "string", "The sampling design."),
      Member(
        "tolerance", optional: "object",
        "The requested tolerance and confidence, whether they are met, and the least precise statistic; null if no "
          + "tolerance was requested."),
      Member("exact_quantiles", of: "boolean", "True if quantiles are order statistics, not a sketch's."),
      Member("outputs", list: "output", "The outputs, in the scenario's order."),
      Member("failures", list: "failure", "For each output cell with draws that were not finite, the first of them."),
      Member("verdicts", list: "verdict", "The verdicts on claims, in the outputs' order.", isRequired: false),
      Member("evidence", of: "object", "The results of the scenario's evidence.", isRequired: false),
      Member("workers", of: "integer", "Number of threads; only with --json.", isRequired: false),
      Member("seconds", of: "number", "Wall time; only with --json.", isRequired: false),
      Member("files", of: "object", "The folder and names of the files; only with --json.", isRequired: false),
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
        Member("label", of: "string", "Its name in words, if the scenario gives one.", isRequired: false),
        Member("unit", of: "string", "The unit of all values."),
        Member("indexes", words: "The names of its indexes, sorted by name."),
        Member(
          "condition", of: "boolean",
          "True if it is a condition: its value is one where it holds and 0 elsewhere, and its mean is a probability."),
        Member("scope", of: "object", "Its scope, by tag."),
        Member("note", optional: "string", "The scenario's note on it."),
        Member("cells", list: "cell", "One for each combination of labels."),
        Member("comparisons", list: "comparison", "Its comparisons with references."),
      ]
    ),
    (
      "cell",
      [
        Member("labels", of: "object", "The label on each index."),
        Member("mean", "estimate", "The mean."),
        Member(
          "mean_warning", optional: "string",
          "The reason why the mean or the standard deviation is not stable; null if both are."),
        Member("sd", optional: "number", "The standard deviation."),
        Member("min", optional: "number", "The smallest value."),
        Member("max", optional: "number", "The largest value."),
        Member("draws", of: "integer", "Number of draws."),
        Member("non_finite", of: "integer", "Number of draws that were not finite; all statistics exclude them."),
        Member("quantiles", list: "quantile", "Quantiles, by ascending probability."),
        Member(
          "outcomes", list: "outcome",
          "The values that the draws take, ascending, if there are at most 24; otherwise empty."),
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
        Member("value", optional: "number", "The quantile; null if no draw is finite."),
        Member(
          "standard_error", optional: "number", "Its Monte Carlo standard error; null if it cannot be estimated."),
      ]
    ),
    (
      "estimate",
      [
        Member("value", optional: "number", "The estimate; null if no draw is finite."),
        Member(
          "standard_error", optional: "number", "Its Monte Carlo standard error; null if it cannot be estimated."),
      ]
    ),
    (
      "comparison",
      [
        Member("reference", of: "string", "The reference as written."),
        Member("convert", optional: "string", "The quantity by which the output was multiplied before the comparison."),
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
      "verdict",
      [
        Member("output", of: "string", "The output that the claim is about."),
        Member("claim", of: "string", "The claim."),
        Member("quote", optional: "string", "The words of the original."),
        Member("verdict", of: "string", "The verdict in the scenario's words."),
        Member("holds", of: "string", "Whether the claim holds: yes, no or undecided."),
        Member("condition", of: "string", "The condition under which the claim holds."),
        Member(
          "probability", "estimate",
          "The share of the finite draws in which the condition holds; given the observations, if there are any."),
        Member("certainty", of: "number", "The probability from which the claim holds."),
        Member("non_finite", of: "integer", "Draws in which the condition is not a number."),
        Member("source", optional: "string", "The source of the claim."),
        Member("url", optional: "string", "The address of the source."),
      ]
    ),
    (
      "failure",
      [
        Member("cell", of: "string", "The output's cell."),
        Member("count", of: "integer", "The number of its draws that were not finite."),
        Member("first_draw", of: "integer", "The draw number of the first of them."),
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

    init(_ name: String, list definition: String, _ description: String, isRequired: Bool = true) {
      (self.name, self.isRequired) = (name, isRequired)
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
