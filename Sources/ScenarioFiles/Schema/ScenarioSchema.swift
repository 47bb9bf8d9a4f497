import Distributions
import Modeling

/// A key that a mapping of a scenario file may have.
package struct SchemaKey: Sendable {
  /// The key as written.
  package var name: String
  /// One or two sentences, shown by editors as hover text.
  package var summary: String
  /// The type of its value.
  package var valueType: ValueType

  /// The type of a key's value, as far as a schema can describe it.
  package indirect enum ValueType: Sendable {
    /// Any text.
    case text
    /// The name of an index, input, equation, output or reference.
    case name
    /// A number, distribution, interval or formula.
    case value
    /// A whole number above 0, with a magnitude suffix if wanted.
    case count
    /// One of some words.
    case choice([String])
    /// A list.
    case list(ValueType)
    /// A mapping from names to values of a type.
    case entries(ValueType)
    /// A mapping from labels, or other keys that are not names, to values of a type.
    case labels(ValueType)
    /// A value, or a mapping from labels to nested values, with one level per index.
    case nested
    /// A mapping with a known set of keys.
    case keys(SchemaMapping)
    /// Any of several types.
    case either([ValueType])
    /// A version of the language.
    case version
  }

  /// Creates a key.
  package init(_ name: String, _ summary: String, _ valueType: ValueType) {
    self.name = name
    self.summary = summary
    self.valueType = valueType
  }
}

/// The keys of one kind of mapping.
package struct SchemaMapping: Sendable {
  /// The name of the mapping, for messages: `an input`.
  package var subject: String
  /// The keys in the preferred order.
  package var keys: [SchemaKey]
  /// The required keys.
  package var required: [String]

  /// Creates a mapping schema.
  package init(_ subject: String, _ keys: [SchemaKey], required: [String] = []) {
    self.subject = subject
    self.keys = keys
    self.required = required
  }

  /// The keys' names.
  package var names: [String] { keys.map(\.name) }
}

/// The catalogue of all keys of a scenario file; messages about unknown keys and the JSON Schema are derived from it.
package enum ScenarioSchema {
  /// Sections of a scenario file.
  package static let scenario = SchemaMapping(
    "a scenario",
    [
      SchemaKey(
        "loadcast", "The version of the language that the file is written in; by default \(LanguageVersion.current).",
        .version),
      SchemaKey("title", "What the scenario is about, in one line.", .text),
      SchemaKey("about", "A longer description.", .text),
      SchemaKey(
        "publication", "How the results are published: licence, creators and coverage, for data packages.",
        .keys(publication)),
      SchemaKey(
        "extends",
        "A scenario file that this one changes: entries replace those of the same name, `NAME: none` removes one.",
        .text),
      SchemaKey(
        "include", "Fragments whose sections are added to this file's: paths relative to this file, each read once.",
        .either([.text, .list(.text)])),
      SchemaKey(
        "indexes",
        "Named dimensions with their labels: `year: 2019..2027`, `region: [us, eu]`, `region: {labels: {us: United States}}`.",
        .entries(.either([.text, .list(.text), .keys(index)]))),
      SchemaKey(
        "units", "Counted things that are units of this scenario: `[gpu, model, token]`.",
        .either([.text, .list(.text)])),
      SchemaKey(
        "inputs", "Uncertain or constant quantities: a value, or a mapping with its value, unit and source.",
        .entries(.either([.value, .keys(input)]))),
      SchemaKey(
        "latent",
        "Quantities over a numeric index that nobody measures: a wide prior, and the routes and published figures that read them.",
        .entries(.either([.keys(latent), .choice(["none"])]))),
      SchemaKey(
        "equations", "Formulas of inputs and of other equations, in any order.",
        .entries(.either([.value, .keys(equation)]))),
      SchemaKey(
        "outputs", "Inputs or equations that are reported, with their unit and what to compare them with.",
        .entries(.either([.keys(output), .choice(["none"])]))),
      SchemaKey(
        "references", "Quantities with which outputs are compared; written like inputs.",
        .entries(.either([.value, .keys(reference)]))),
      SchemaKey(
        "correlations",
        "Dependence between inputs: `[a, b, 0.4]` (rank), `[a, b, normal 0.5]`, `{inputs: [a, b, c], matrix: m.csv}`.",
        .list(.either([.list(.value), .keys(correlation)]))),
      SchemaKey(
        "evidence",
        "Evidence on results: observations that weight the draws, and routes to one quantity that are compared and pooled.",
        .either([.list(.either([.keys(observation), .keys(triangulation), .keys(publishable)])), .choice(["none"])])),
      SchemaKey(
        "sweeps", "Named sweeps: the inputs that vary, their values, and how these are combined.",
        .entries(.keys(sweep))),
      SchemaKey("run", "The settings of a run; flags take precedence.", .keys(run)),
    ])

  /// Sections that a file read by `include` must not have.
  package static let notInFragments = ["title", "extends", "publication", "run"]

  /// Keys of an index in its long form.
  package static let index = SchemaMapping(
    "an index",
    [
      SchemaKey("label", readerLabel, .text),
      SchemaKey(
        "labels", "The labels: a range, a list, or a mapping from each label to its words for readers.",
        .either([.text, .list(.text), .labels(.text)])),
    ], required: ["labels"])

  private static let readerLabel =
    "Its name in words, in any script, for screens, reports and charts: `the electricity use of data centres`."

  /// Keys of an input.
  package static let input = SchemaMapping("an input", inputKeys)

  private static let inputKeys = [
    SchemaKey(
      "value",
      "A number, distribution, interval `a to b` (5th to 95th percentile), or a mapping from labels to these.",
      .nested),
    SchemaKey("table", "A CSV file with a column for each index and `value`, or `low` and `high`.", .text),
    SchemaKey("columns", "Other names of the table's columns: `{low: lo90, high: hi90}`.", .labels(.text)),
    SchemaKey("missing", "The value of cells without a row in the table; without it they are errors.", .value),
    SchemaKey(
      "over", "The index or indexes for whose labels the input has values.", .either([.name, .list(.name)])),
    SchemaKey(
      "dependence",
      "Dependence between cells: `shared`, `independent` or a rank correlation; for all indexes, or by index.",
      .either([.value, .entries(.value)])),
    SchemaKey(
      "interpolate", "Interpolation between the given labels of a numeric index, draw by draw.",
      .choice(["linear", "log", "step"])),
    SchemaKey("extrapolate", "`hold`: the outermost given values are used beyond them.", .choice(["hold"])),
    SchemaKey("unit", "The unit of bare numbers, and the unit in which the quantity is reported.", .text),
    SchemaKey("label", readerLabel, .text),
    SchemaKey("source", "The source of the value.", .text),
    SchemaKey("note", "A note for readers.", .text),
    SchemaKey("quality", "The quality of the value, in your own words: `measured`, `guess`.", .text),
    SchemaKey("disclosable_by", "Who could publish the value.", .text),
  ]

  /// Keys of a latent total.
  package static let latent = SchemaMapping(
    "a latent total",
    [
      SchemaKey("over", "The numeric index.", .name),
      SchemaKey("unit", "The unit of bare numbers, and the unit in which it is reported.", .text),
      SchemaKey("start", "The prior at the first label: an interval of positive numbers, `1 to 36`.", .value),
      SchemaKey("growth", "The prior of the first growth, as a factor per unit of the index: `0.7 to 2.6`.", .value),
      SchemaKey(
        "change",
        "The standard deviation of the change of the growth's logarithm per unit of the index; by default 0.3.",
        .value),
      SchemaKey("routes", "Formulas of inputs that estimate it, by name; each over the index.", .entries(.value)),
      SchemaKey(
        "published",
        "CSV files of published figures: the index, `publisher`, `value` or `low` and `high`, and what each reads; or `none`.",
        .either([.text, .list(.text)])),
      SchemaKey(
        "priors", "Scales of the half-normal priors of the standard deviations of errors, of logarithms.",
        .entries(.value)),
      SchemaKey(
        "year_error", "The standard deviation of a route's error at one label and at no other; by default 0.1.", .value),
      SchemaKey("today", "The label beyond which nobody can know it.", .value),
      SchemaKey(
        "future", "The standard deviation of what is unknown beyond today, per root of a unit; by default 0.15.", .value
      ),
      SchemaKey("label", readerLabel, .text),
      SchemaKey("source", "The source of the prior.", .text),
      SchemaKey("note", "A note for readers.", .text),
    ], required: ["over", "unit", "start", "growth"])

  /// Keys of an equation in its long form.
  package static let equation = SchemaMapping(
    "an equation",
    [
      SchemaKey("formula", "The formula.", .value),
      SchemaKey("unit", "The unit, if it cannot be inferred from the formula.", .text),
      SchemaKey("label", readerLabel, .text),
      SchemaKey("source", "The source of the formula.", .text),
      SchemaKey("note", "A note for readers.", .text),
    ], required: ["formula"])

  /// Keys of an output.
  package static let output = SchemaMapping(
    "an output",
    [
      SchemaKey("unit", "The unit in which it is reported; needed if it has a dimension.", .text),
      SchemaKey("scope", "The scope of the quantity; comparisons of differing tags are refused.", .keys(scope)),
      SchemaKey(
        "compare", "References that it is compared with.",
        .either([.text, .list(.either([.text, .keys(comparison)]))])),
      SchemaKey("label", readerLabel, .text),
      SchemaKey(
        "note", "A note that is printed with the result, such as a conclusion on the comparison.", .text),
      SchemaKey(
        "verdict", "A published claim about the output, or several, each decided by the probability of a condition.",
        .either([.keys(verdict), .list(.keys(verdict))])),
    ])

  /// Keys of a verdict.
  package static let verdict = SchemaMapping(
    "a verdict",
    [
      SchemaKey("claim", "The claim, in one sentence of your own.", .text),
      SchemaKey("quote", "The words of the original.", .text),
      SchemaKey(
        "if", "The condition under which the claim holds: a formula such as `electricity[year=2025] > 100 TWh/year`.",
        .value),
      SchemaKey("then", "The verdict if the claim holds.", .text),
      SchemaKey("else", "The verdict if it does not hold.", .text),
      SchemaKey(
        "undecided",
        "The verdict if the probability of the condition is in between; by default `\(Verdict.defaultUndecided)`.",
        .text),
      SchemaKey(
        "certainty",
        "The probability of the condition from which the claim holds; 90% by default. It does not hold at 10% or less.",
        .value),
      SchemaKey("source", "The source of the claim.", .text),
      SchemaKey("url", "The address of the source.", .text),
    ], required: ["claim", "if", "then", "else"])

  /// Keys of a reference.
  package static let reference = SchemaMapping(
    "a reference",
    inputKeys + [
      SchemaKey("scope", "The scope of the quantity; comparisons of differing tags are refused.", .keys(scope))
    ])

  /// Tags of a `scope`.
  package static let scope = SchemaMapping(
    "a scope",
    [
      SchemaKey("boundary", "The boundary of the electricity.", .choice(["chip", "server", "it", "facility"])),
      SchemaKey("sector", "The activity that is counted.", .text),
      SchemaKey("region", "The part of the world that is counted.", .text),
      SchemaKey("basis", "The basis on which emissions are attributed.", .choice(["location", "market"])),
    ])

  /// Keys of an item of `compare` in its long form.
  package static let comparison = SchemaMapping(
    "a comparison",
    [
      SchemaKey("reference", "The reference.", .text),
      SchemaKey(
        "convert", "A dimensionless input or equation by which the output is multiplied before the comparison.", .name),
    ], required: ["reference"])

  /// Keys of an item of `correlations` in its long form.
  package static let correlation = SchemaMapping(
    "a correlation",
    [
      SchemaKey("inputs", "The correlated inputs; without it, the entry applies to all correlations.", .list(.name)),
      SchemaKey("matrix", "A CSV file with the inputs' correlation matrix: their names in the header.", .text),
      SchemaKey(
        "measure", "The kind of correlation in the matrix; by default `rank` (Spearman).",
        .choice(Correlation.Measure.allCases.map(\.rawValue))),
      SchemaKey("rank", "Spearman's rank correlation of two inputs.", .value),
      SchemaKey("kendall", "Kendall's rank correlation of two inputs.", .value),
      SchemaKey("normal", "The correlation of two inputs' normal scores.", .value),
      SchemaKey(
        "copula",
        "Their copula; `gaussian` and `student` for any number of inputs, the others for two. `none` removes it.",
        .choice(CopulaCatalogue.names + ["none"])),
      SchemaKey("theta", "The parameter of a copula of two inputs, instead of `kendall`.", .value),
      SchemaKey(
        "rotation", "The rotation of a copula of two inputs, in degrees.",
        .choice(RotatedCopula.turns.map(String.init))),
      SchemaKey("df", "Degrees of freedom of a student copula.", .value),
      SchemaKey(
        "repair", "`nearest`: a contradictory matrix is replaced by the nearest valid one.", .choice(["nearest"])),
    ])

  /// Keys of an observation in `evidence`.
  package static let observation = SchemaMapping(
    "an observation",
    [
      SchemaKey(
        "observe",
        "A formula, `electricity[year=2023]`, with `measured:`; or a condition that holds, `ai < data_centres`.", .value
      ),
      SchemaKey(
        "measured",
        "The measured value: a number that is certain, or a distribution, whose arguments may be formulas; a mapping from labels with `over`.",
        .nested),
      SchemaKey(
        "over", "The index or indexes of the formula, for each of whose labels there is a reading.",
        .either([.name, .list(.name)])),
      SchemaKey("probability", "The probability that a condition holds; 100% by default.", .value),
      SchemaKey("unit", "The unit of bare numbers, and the unit in which it is reported.", .text),
      SchemaKey("source", "The source of the value.", .text),
      SchemaKey("note", "A note for readers.", .text),
    ], required: ["observe"])

  /// Keys of an estimate by several routes in `evidence`.
  package static let triangulation = SchemaMapping(
    "a triangulation",
    [
      SchemaKey("estimate", "A name for the quantity that the routes estimate.", .name),
      SchemaKey(
        "routes",
        "The routes: a mapping from names to formulas, or one formula over the index of routes.",
        .either([.value, .entries(.value)])),
      SchemaKey("over", "The index whose labels are the routes, if `routes` is one formula.", .name),
      SchemaKey(
        "weights", "The weights of the routes in pools, which sum to 1; by default equal.",
        .either([.value, .labels(.value)])),
      SchemaKey(
        "pool", "The kinds of pools of the routes; by default all three.",
        .either([.choice(pools), .list(.choice(pools))])),
      SchemaKey(
        "heterogeneity",
        "The scale of the half-normal prior of the standard deviation between routes, of logarithms; by default 0.5.",
        .value),
      SchemaKey("unit", "The unit in which it is reported; needed if it has a dimension.", .text),
      SchemaKey("source", "The source of the weights.", .text),
      SchemaKey("note", "A note for readers.", .text),
    ], required: ["estimate", "routes"])

  /// Keys of a figure in `evidence` that could be published.
  package static let publishable = SchemaMapping(
    "a figure that could be published",
    [
      SchemaKey("publishable", "A formula, a single number: `electricity[year=2025] * share[owner=google]`.", .value),
      SchemaKey("name", "The name of the figure; by default its formula.", .text),
      SchemaKey(
        "error", "The standard deviation that the figure would have, relative to it: `5%`.", .value),
      SchemaKey("disclosable_by", "Who could publish it.", .text),
      SchemaKey("source", "The source of the error.", .text),
      SchemaKey("note", "A note for readers.", .text),
    ], required: ["publishable", "error"])

  private static let pools = Triangulation.Pool.allCases.map(\.rawValue)

  /// Keys of an entry of `sweeps`.
  package static let sweep = SchemaMapping(
    "a sweep",
    [
      SchemaKey("about", "The purpose of the sweep.", .text),
      SchemaKey(
        "vary",
        "The values that vary: `pue`, `pue.mode`, `pue[2025]` or `gpus*`, each with a list of values or a range: "
          + "`1.1..1.5 in 5`, `0.3..0.6 by 0.1`.",
        .labels(.either([.value, .list(.value)]))),
      SchemaKey(
        "pairing", "`grid` (the default): every combination; `one-at-a-time`: the others as in the scenario.",
        .choice(["grid", "one-at-a-time"])),
      SchemaKey("table", "A CSV file instead of `vary`: one row per variant, one column per varied quantity.", .text),
    ])

  /// How results are published.
  package static let publication = SchemaMapping(
    "the publication",
    [
      SchemaKey("licence", "The licence's SPDX identifier: `CC-BY-4.0`.", .text),
      SchemaKey("creators", "The persons or organisations to cite.", .either([.text, .list(.text)])),
      SchemaKey("keywords", "Subjects, for search.", .either([.text, .list(.text)])),
      SchemaKey("period", "The years that the results are about: `2019..2030`.", .text),
      SchemaKey("place", "The place that the results are about: `World`.", .text),
      SchemaKey("date", "The date of publication: `2026-11-30`.", .text),
      SchemaKey("version", "The version of the results.", .text),
    ])

  /// Keys of `run`.
  package static let run = SchemaMapping(
    "the run",
    [
      SchemaKey("draws", "The number of joint draws: `1M`.", .count),
      SchemaKey("seed", "The seed of all randomness: a whole number.", .value),
      SchemaKey("design", "The sampling design.", .choice(["sobol", "lhs", "mc", "owen"])),
      SchemaKey(
        "tolerance",
        "The tolerance at which the run may end: `0.5%` (the mean of every output), `p95=1%`, `electricity.p95=1%`.",
        .value),
      SchemaKey("exact_quantiles", "Whether quantiles are exact order statistics.", .choice(["true", "false"])),
    ])
}
