import Foundation

/// Rows of `Reference/evidence.csv`, which SciPy made.
enum Reference {
  struct Row {
    var what: String
    var arguments: [Double]
    var value: Double
  }

  /// The rows of a kind.
  static func rows(_ what: String) throws -> [Row] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/evidence.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",")
      guard fields.count == 3, fields[0] == what, let value = Double(fields[2]) else { return nil }
      return Row(what: what, arguments: fields[1].split(separator: " ").compactMap { Double($0) }, value: value)
    }
  }
}

/// How far figures may lie from the truth by chance.
enum Chance {
  /// Standard errors here are spreads of 16 parts: a figure lies further than 8.1 of them from the truth with a probability
  /// of 7.5e-7 (Student's distribution of 15 degrees of freedom), and fewer than one test in a million fails by chance.
  static let errors = 8.1
}
