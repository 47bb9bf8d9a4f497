import Foundation
import LinearAlgebra
import Testing

/// A correlation matrix with SciPy's answers, from Reference/matrices.txt.
struct KnownMatrix: CustomStringConvertible, Sendable {
  var matrix: SymmetricMatrix
  var factor: [Double]
  var eigenvalues: [Double]

  var description: String { "\(matrix.size) x \(matrix.size), smallest eigenvalue \(eigenvalues[0])" }

  static func all() throws -> [KnownMatrix] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/matrices.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return try stride(from: 0, to: lines.count, by: 4).map { start in
      let size = try #require(lines[start].split(separator: " ").last.flatMap { Int($0) })
      let rows = lines[(start + 1)...(start + 3)].map { $0.split(separator: " ").compactMap { Double($0) } }
      try #require(rows[0].count == size * size && rows[1].count == size * size && rows[2].count == size)
      var matrix = SymmetricMatrix(identityOfSize: size)
      for row in 0..<size { for column in 0...row { matrix[row, column] = rows[0][row * size + column] } }
      return KnownMatrix(matrix: matrix, factor: rows[1], eigenvalues: rows[2])
    }
  }
}
