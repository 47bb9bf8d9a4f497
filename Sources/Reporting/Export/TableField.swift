import Modeling

/// A column of a table in a data package: type and meaning, in terms of the Frictionless Table Schema.
struct TableField: Sendable {
  /// The column types used here.
  enum Kind: String, Sendable {
    case string, integer, number
  }

  var name: String
  var kind: Kind
  var description: String

  /// The field of a column; nil for an unknown column name.
  ///
  /// - Parameter columns: the table's columns; an index with the same name as another column has the header
  ///   `index.NAME`.
  static func of(_ column: String, among columns: [String], in model: Model) -> TableField? {
    if let index = index(column, among: columns, in: model) {
      let isWhole = index.isNumeric && index.labels.allSatisfy { Int($0) != nil }
      return TableField(
        name: column, kind: isWhole ? .integer : .string,
        description: "Label of the index \(index.name); blank where the row's quantity does not have it.")
    }
    if column == "label", columns.first == "output" {
      return TableField(
        name: column, kind: .string, description: "The row's output and its labels in the scenario's words.")
    }
    return known[column].map { TableField(name: column, kind: $0.kind, description: $0.description) }
  }

  /// The index whose labels the column holds.
  static func index(_ column: String, among columns: [String], in model: Model) -> Index? {
    // A table of claims has no indexes, even if one is called `claim`; nor have those of latent totals.
    guard !columns.contains("index.\(column)"), columns != VerdictTable.columns, columns.first != "latent" else {
      return nil
    }
    let label = column.hasPrefix("index.") ? String(column.dropFirst(6)) : column
    return model.indexes.first { $0.name == label }
  }

  /// Every column of every table of a run except the indexes.
  private static let known: [String: (kind: Kind, description: String)] = {
    var all: [String: (kind: Kind, description: String)] = [
      "output": (.string, "Name of the output, as in the scenario."),
      "estimate": (.string, "Name of the quantity that several routes estimate."),
      "unit": (.string, "Unit of the row's values; 1 is a pure number."),
      "conditioning": (.string, "prior: without the observations; posterior: with them."),
      "mean": (.number, "Arithmetic mean of the finite draws."),
      "sd": (.number, "Standard deviation of the finite draws."),
      "mean_standard_error": (.number, "Monte Carlo standard error of the mean."),
      "min": (.number, "Smallest value of the draws."),
      "max": (.number, "Largest value of the draws."),
      "draws": (.integer, "Number of draws."),
      "non_finite": (.integer, "Number of draws that were not finite; statistics exclude them."),
      "probability": (
        .number,
        "Probability of at most the value; in a table of outcomes, of exactly the value; in one of claims, of the condition."
      ),
      "claim": (.string, "A published claim about the output, in one sentence."),
      "quote": (.string, "The words of the original."),
      "verdict": (.string, "The verdict on the claim, in the scenario's words."),
      "holds": (.string, "yes, no or undecided, by the probability of the claim's condition."),
      "source": (.string, "Source of the claim."),
      "url": (.string, "Address of the source."),
      "value": (.number, "The quantile; in a table of outcomes, the value whose probability the row gives."),
      "standard_error": (.number, "Monte Carlo standard error of the row's estimate."),
      "low": (.number, "Lower edge of the bin."),
      "high": (.number, "Upper edge of the bin."),
      "count": (.integer, "Number of draws in the bin."),
      "density": (.number, "Share of the finite draws in the bin divided by its width, in the inverse of the unit."),
      "reference": (.string, "The reference with which the output is compared, with its cell."),
      "ratio_p05": (.number, "5th percentile of the ratio, draw by draw."),
      "ratio_p50": (.number, "Median of the ratio, draw by draw."),
      "ratio_p95": (.number, "95th percentile of the ratio, draw by draw."),
      "probability_exceeds": (.number, "Share of the draws in which the first is greater than the second."),
      "observation": (.string, "The formula that was observed."),
      "p_value": (.number, "Two-sided probability of a difference at least this large if both are right."),
      "p_value_standard_error": (.number, "Monte Carlo standard error of the p-value."),
      "surprise_bits": (.number, "Surprise of the observation under the prior, in bits."),
      "surprise_standard_error": (.number, "Monte Carlo standard error of the surprise, in bits."),
      "kind": (.string, "route: one estimate; pool: a combination of all routes; otherwise the kind of figure."),
      "latent": (.string, "Name of the latent total."),
      "parameter": (.string, "Standard deviation of an error of readings, of logarithms."),
      "publisher": (.string, "Publisher of the figure; blank for a route."),
      "label": (.number, "Label of the index that the reading speaks of."),
      "formula": (.string, "Formula that is read."),
      "reading": (.number, "The published figure; blank for a route."),
      "percentile": (.number, "Probability of a smaller figure, given all other readings."),
      "curvature": (.number, "What the linear update misses of the formula's logarithm, in its standard deviations."),
      "name": (.string, "Name of the route or of the pool."),
      "weight": (.number, "Weight of the route in the linear and the logarithmic pool."),
      "first": (.string, "A route."),
      "second": (.string, "The route with which it is compared."),
      "z": (.number, "Distance of the two routes' logarithms in standard deviations of their difference."),
      "cochran_q": (.number, "Cochran's Q of the routes' logarithms."),
      "rank": (.integer, "Rank of the input by the size of its shift, the largest first."),
      "input": (.string, "Name of the input."),
      "standardised_shift": (
        .number,
        "Shift of the input's mean score given the observations, or for routes to agree, in prior standard deviations."
      ),
      "width_ratio": (.number, "Width of the posterior's 90 % interval over that of the prior's."),
      "bits": (
        .number, "Divergence of the input's posterior from its prior, in bits; blank where it cannot be estimated."
      ),
      "first_input": (.string, "Name of an input, with its cell."),
      "second_input": (.string, "Name of the input with which it is correlated, with its cell."),
      "prior_rank_correlation": (.number, "Spearman's rank correlation without the observations."),
      "posterior_rank_correlation": (.number, "Spearman's rank correlation with the observations."),
      "change": (.number, "Posterior minus prior rank correlation."),
      "posterior_sd_ratio": (.number, "Its standard deviation after the shift, as a share of that before."),
    ]
    for level in ["p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99"] {
      all[level] = (
        .number, "\(level == "p50" ? "Median" : "\(Int(level.dropFirst()) ?? 0)th percentile") of the draws."
      )
    }
    all["p01"]?.description = "1st percentile of the draws."
    for (version, meaning) in [
      ("observed", "of the observation"), ("prior", "of the formula or input without observations"),
      ("posterior", "of the formula or input with observations"),
      ("heterogeneity", "of the standard deviation between routes"),
      ("reconciled", "of the quantity if the routes agree"), ("predicted", "of the figure, given all other readings"),
    ] {
      for (level, words) in [("p05", "5th percentile"), ("p50", "Median"), ("p95", "95th percentile")] {
        all["\(version)_\(level)"] = (.number, "\(words) \(meaning).")
      }
    }
    return all
  }()
}
