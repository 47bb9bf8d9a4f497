import Foundation

/// A CSV file of `Reference`, whose first line names the columns; the Python program of the same name writes it.
struct ReferenceTable {
  /// The rows' fields by column name.
  let rows: [[String: String]]

  /// Reads a file of the folder.
  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    // Fields may be empty, and keep their places.
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }
}

/// The difference in units of the reference's relative rounding, 2^-52.
func ulps(_ value: Double, from reference: Double) -> Double {
  if value == reference { return 0 }
  let scale = max(reference.magnitude, .leastNormalMagnitude)
  let difference = (value - reference).magnitude / scale / Double.ulpOfOne
  return difference.isNaN ? .infinity : difference
}
