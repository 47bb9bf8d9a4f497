import Modeling
import TextFormats

/// A chart as data: what it shows, in words and as a table. Pictures and Vega-Lite specifications are made from it.
package struct ChartData: Sendable {
  /// The kinds of charts.
  package enum Kind: String, CaseIterable, Sendable {
    /// Median and intervals of an output along a numeric index.
    case fan
    /// The density of one cell of an output.
    case density
    /// An output over each of its references.
    case comparison
    /// The routes to an estimate, and their pools.
    case routes
    /// Shares of the variance by input.
    case drivers
    /// An output over the variants of a sweep.
    case sweep
    /// An output with each input at its 5th and its 95th percentile.
    case tornado
  }

  /// A row of the chart.
  package struct Row: Sendable {
    /// The scenario, or `prior` or `posterior`, or the reference.
    var series: String
    /// True for references, which are drawn as lines behind the output.
    var isReference = false
    /// The position along a numeric axis; not a number where rows have names only.
    var x = Double.nan
    /// The row's name: a year, an input, a route.
    var label: String
    /// The lower end, lower quartile, median, upper quartile and upper end; a density has its bin's edges at the ends,
    /// and its height as the median.
    var low = Double.nan, q25 = Double.nan, median = Double.nan, q75 = Double.nan, high = Double.nan
  }

  package var kind: Kind
  /// The name of its files.
  package var name: String
  package var title: String
  package var subtitle: String
  /// The unit of the values; blank for a pure number.
  var unit: String
  /// The title of the axis of `x`.
  var along: String
  var rows: [Row]
  /// The width of the outer interval.
  var interval: IntervalWidth
  /// The alternative text.
  package var description: String
  /// The line below the chart.
  var sourceLine: String
  var citation: String
  var evidenceYear: Int?

  /// Ratio of the largest to the smallest value above which the axis of values is logarithmic.
  static let ratioLimit = 30.0

  /// Whether the axis of values is logarithmic: all values are positive and span more than a factor of 30.
  ///
  /// A density has a linear axis: the height of its bins refers to it. Ratios are always logarithmic.
  var isLogarithmic: Bool {
    let values = rows.flatMap { [$0.low, $0.median, $0.high] }.filter(\.isFinite)
    guard let least = values.min(), let most = values.max(), least > 0 else { return false }
    if kind == .comparison { return true }
    return kind != .density && most / least > Self.ratioLimit
  }

  /// The names of its series, in order of appearance.
  var series: [String] {
    var seen: Set<String> = []
    return rows.map(\.series).filter { seen.insert($0).inserted }
  }
}

extension ChartData {
  /// The chart's data as CSV.
  package var csv: ReportFile {
    ReportFile(name: "\(name).csv") { sink in
      let columns =
        kind == .density
        ? ["series", "low", "high", "density"] : ["series", "label", "x", "low", "q25", "median", "q75", "high"]
      try sink.write(CSVRow.text(columns))
      for row in rows {
        let numbers =
          kind == .density
          ? [row.low, row.high, row.median] : [row.x, row.low, row.q25, row.median, row.q75, row.high]
        let texts = kind == .density ? [row.series] : [row.series, row.label]
        try sink.write(CSVRow.text(texts + numbers.map(CSVRow.number)))
      }
    }
  }

  /// The chart's description as JSON: what it shows, its unit, source, date of evidence, citation and alternative text.
  package var metadata: ReportFile {
    ReportFile(
      name: "\(name).json",
      text: {
        JSON.object([
          ("kind", .string(kind.rawValue)), ("title", .string(title)), ("subtitle", .string(subtitle)),
          ("unit", .string(unit)), ("series", .array(series.map(JSON.string))),
          ("interval", .string(interval.text)), ("logarithmic", .bool(isLogarithmic)),
          ("source", .string(sourceLine)), ("evidence_up_to", evidenceYear.map(JSON.integer) ?? .null),
          ("cite_as", .string(citation)), ("alternative_text", .string(description)),
          ("data", .string("\(name).csv")), ("specification", .string("\(name).vl.json")),
        ]).text + "\n"
      })
  }
}
