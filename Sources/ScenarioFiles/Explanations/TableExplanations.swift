import Diagnostics

extension TableCode: ExplainedSection {
  static let title = "Tables"

  /// A scenario that reads `weights.csv`.
  private static let weights = "indexes:\n  region: [us, eu]\ninputs:\n  weight: {over: region, table: weights.csv}"

  var explanation: Explanation {
    switch self {
    case .quotes:
      Explanation(
        """
        A quotation mark in a table is not closed, or it is inside a field that does not begin with one. A field \
        that contains a comma, a line break or a quotation mark is enclosed in quotation marks, and marks inside it \
        are doubled.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,\"0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,\"0.6\""]))
    case .separator:
      Explanation(
        """
        The columns of a table are separated by commas, and the decimal mark is a point. Spreadsheets with other \
        regional settings write semicolons or tabs.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region;value\nus;0.4\neu;0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .header:
      Explanation(
        """
        The first line of a table must contain the names of its columns. Titles, sources and other remarks belong \
        in a column `note`, or outside the table.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "Weights by region\nregion,value\nus,0.4\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .empty:
      Explanation(
        """
        The file has no line with column names. The export that wrote it may have failed.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": ""]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .fields:
      Explanation(
        """
        A row has more or fewer fields than the header. A frequent cause is a number with a thousands separator or a \
        decimal comma, which is read as two fields.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value\nus,0,4\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .repeatedColumn:
      Explanation(
        """
        Two columns of a table have the same name, so it is unclear which of them is meant.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value,value\nus,0.4,0.5\neu,0.6,0.5"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .unknownColumn:
      Explanation(
        """
        A table may have a column for each index of the input, `value` or `low` and `high`, `unit`, `source` and \
        `note`. Another column may be a misspelling, so it is refused. `columns:` in the input reads columns with \
        other names.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,vlaue\nus,0.4\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .missingColumn:
      Explanation(
        """
        A table needs a column for each index of the input, and either `value` or both `low` and `high`.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,low\nus,0.4\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .conflict:
      Explanation(
        """
        A table has either single values or intervals, and an input has one rule for the cells without a row: \
        `missing` or `interpolate`.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value,low,high\nus,0.4,0.3,0.5\neu,0.6,0.5,0.7"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .repeatedRow:
      Explanation(
        """
        Two rows of a table have the same labels, so a cell would have two values.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\nus,0.5\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .missingRow:
      Explanation(
        """
        A cell of the input has no row in the table. If cells without a row have a common value, it is given by \
        `missing:`; along a numeric index `interpolate:` computes them from their neighbours.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .missingValue:
      Explanation(
        """
        A row of a table has a blank field where a value is needed. Such rows are left out if the input has \
        `missing:` or `interpolate:`.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value\nus,\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .intervalEnd:
      Explanation(
        """
        The columns `low` and `high` contain constants, the ends of 90 % intervals. Distributions belong in a \
        column `value`.
        """,
        wrong: Example(
          """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, table: weights.csv, dependence: shared}
          """, files: ["weights.csv": "region,low,high\nus,\"normal(0.3, 0.1)\",0.5\neu,0.5,0.7"]),
        fixed: Example(
          """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, table: weights.csv, dependence: shared}
          """, files: ["weights.csv": "region,low,high\nus,0.3,0.5\neu,0.5,0.7"]))
    case .unverified:
      Explanation(
        """
        Rows of tables say `no` in the column `verified`: their figures were not seen at their source, for example because \
        they were remembered. `loadcast check` counts them; other commands do not repeat it. Look the figures up, and \
        write `yes`, with the address, the page and the date.
        """,
        wrong: Example(Self.weights, files: ["weights.csv": "region,value,verified\nus,0.4,yes\neu,0.6,no"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value,verified\nus,0.4,yes\neu,0.6,yes"]))
    }
  }
}
