import Diagnostics

extension FileCode: ExplainedSection {
  static let title = "Files"

  /// A scenario that reads a table.
  private static func table(_ path: String) -> String {
    "indexes:\n  region: [us, eu]\ninputs:\n  weight: {over: region, table: \(path)}"
  }
  private static let weights = table("weights.csv")
  private static let misspelt = table("wieghts.csv")
  private static let folder = table("data")
  private static let blank = table("\"\"")
  private static let outsidePath = table("../weights.csv")

  var explanation: Explanation {
    switch self {
    case .unwritable:
      Explanation(
        """
        A result cannot be written. The folder given by `--out` may be below a file, permissions may be missing, or the \
        disk may be full. The files of a result are published together: the folder keeps those of the earlier result.
        """,
        wrong: Example("inputs:\n  pue: 1.1 to 1.5", "run", "scenario.yaml", "--draws=1k", "--out=scenario.yaml/x"),
        fixed: Example("inputs:\n  pue: 1.1 to 1.5", "run", "scenario.yaml", "--draws=1k", "--out=results"))
    case .missing:
      Explanation(
        """
        A file named on the command line or in a scenario does not exist. Paths in a scenario are relative to the \
        file that contains them.
        """,
        wrong: Example(Self.misspelt, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .unreadable:
      Explanation(
        """
        A file exists but cannot be read: it is a folder, a pipe or a device, it is too large, permissions are missing, \
        or the disk fails: then it may be whole, and nothing is written in its place. A scenario has at most 8 MB, a table 64 MB and 2,000,000 rows.
        """,
        wrong: Example(Self.folder, files: ["data/weights.csv": "region,value\nus,0.4\neu,0.6"]),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .path:
      Explanation(
        """
        A path is empty, contains a NUL character, or is the address of a page. Only files on this machine are read: \
        download the file, and keep its address in a column `url` or in `source`.
        """,
        wrong: Example(Self.blank),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .outside:
      Explanation(
        """
        All files of a scenario must be in the folder of the scenario or below it, so that the scenario can be \
        copied and cannot read other files. The flag `--root` sets a larger folder.
        """,
        wrong: Example(Self.outsidePath),
        fixed: Example(Self.weights, files: ["weights.csv": "region,value\nus,0.4\neu,0.6"]))
    case .chain:
      Explanation(
        """
        A file extends or includes itself, directly or by way of other files, or more than 64 files extend or \
        include one another.
        """,
        wrong: """
          extends: scenario.yaml
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: Example(
          """
          extends: base.yaml
          inputs:
            pue: 1.1 to 1.5
          """, files: ["base.yaml": "inputs:\n  pue: 1.1 to 1.3"]))
    case .fragment:
      Explanation(
        """
        An included file may contain only entries. `title`, `extends` and `run` belong in the scenario.
        """,
        wrong: Example(
          """
          include: part.yaml
          inputs:
            pue: 1.1 to 1.5
          """, files: ["part.yaml": "title: Part"]),
        fixed: Example(
          """
          include: part.yaml
          inputs:
            pue: 1.1 to 1.5
          """, files: ["part.yaml": "about: Part"]))
    case .removal:
      Explanation(
        """
        The value `none` removes an entry of the scenario that a file extends. That scenario has no such entry, or \
        the file does not extend another.
        """,
        wrong: Example(
          """
          extends: base.yaml
          inputs:
            pu: none
            load: 0.4 to 0.6
          """, files: ["base.yaml": "inputs:\n  pue: 1.1 to 1.5"]),
        fixed: Example(
          """
          extends: base.yaml
          inputs:
            pue: none
            load: 0.4 to 0.6
          """, files: ["base.yaml": "inputs:\n  pue: 1.1 to 1.5"]))
    case .encoding:
      Explanation(
        withoutExample: """
          A file is not UTF-8 text. Spreadsheets and editors may write UTF-16, Latin-1 or Windows-1252; they have an option \
          to save a file as UTF-8. A spreadsheet, a Parquet file or an archive is not text at all: save a sheet or a table as \
          CSV. There is no example, because it could not be displayed as text.
          """)
    }
  }
}
