import Foundation
import Testing
import VectorMath

/// The lines of a file in Reference that begin with a word, without it.
func referenceLines(_ file: String, _ word: String) throws -> [[String]] {
  let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Reference/\(file)")
  return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ").map(String.init)
    return words.first == word ? Array(words.dropFirst()) : nil
  }
}

/// A value that an exact calculation gave: a double and what it lacks.
struct ExactValue {
  var arguments: [Double]
  var nearest: Double
  var rest: Double

  /// The lines of a function in a file of Reference.
  static func all(_ function: String, in file: String = "elementary.txt") throws -> [ExactValue] {
    try referenceLines(file, function).map { words in
      let numbers = words.compactMap(Double.init)
      try #require(numbers.count == words.count && numbers.count >= 3)
      return ExactValue(
        arguments: Array(numbers.dropLast(2)), nearest: numbers[numbers.count - 2], rest: numbers[numbers.count - 1])
    }
  }

  /// How far a result is from the exact value.
  func error(of result: Double) -> Double {
    result == nearest ? abs(rest) : abs((result - nearest) - rest)
  }

  /// The same in units of the last place of the nearest double.
  func ulps(of result: Double) -> Double { error(of: result) / nearest.ulp }
}

extension Columns {
  /// An operation on arrays.
  static func apply(_ operation: UnaryOperation, _ x: [Double]) -> [Double] {
    array(x.count) { apply(operation, x, into: $0, count: x.count) }
  }

  /// An operation on arrays.
  static func apply(_ operation: BinaryOperation, _ a: [Double], _ b: [Double]) -> [Double] {
    array(a.count) { apply(operation, a, b, into: $0, count: a.count) }
  }

  /// An array that a kernel fills.
  static func array(_ count: Int, _ fill: (MutableColumn) -> Void) -> [Double] {
    var out = [Double](repeating: .nan, count: count)
    out.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { fill(start) } }
    return out
  }
}

/// The same bits; any NaN equals any other, whose sign and payload the hardware decides.
func identical(_ a: Double, _ b: Double) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }

/// The same bits throughout.
func identical(_ a: [Double], _ b: [Double]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { identical($0, $1) }
}
