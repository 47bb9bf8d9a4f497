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

/// The accepted deviation of estimates from reference values, in standard errors.
enum Chance {
  /// Standard errors are estimated from 16 replicates. By Student's distribution with 15 degrees of freedom, the
  /// probability of a deviation of more than 8.1 standard errors is 7.5e-7, so that a test fails by chance less than once
  /// in a million runs.
  static let errors = 8.1
}
