import Foundation
import Sampling

/// A line of Reference/known-answers.txt, which make_known_answers.py wrote without the project's code.
struct KnownAnswer: CustomStringConvertible {
  var arguments: [String]
  var answers: [String]

  var description: String { arguments.joined(separator: " ") }

  /// The lines of one kind.
  static func lines(_ kind: String) throws -> [KnownAnswer] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/known-answers.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard words.first == kind, let equals = words.firstIndex(of: "=") else { return nil }
      return KnownAnswer(arguments: Array(words[1..<equals]), answers: Array(words[(equals + 1)...]))
    }
  }

  /// The address that arguments from a position on spell: name, then index and label by turns.
  func address(from position: Int) -> CoordinateAddress {
    let labels = stride(from: position + 1, to: arguments.count, by: 2).map {
      CoordinateAddress.Label(index: arguments[$0], label: arguments[$0 + 1])
    }
    return CoordinateAddress(name: arguments[position], labels: labels)
  }
}

extension SamplingDesign {
  /// One address block of a coordinate.
  func block(_ block: Int, ofCoordinate coordinate: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: AddressBlock.draws) { buffer, count in
      if let start = buffer.baseAddress { fill(coordinate: coordinate, block: block, into: start) }
      count = AddressBlock.draws
    }
  }

  /// Several blocks of a coordinate, one after another.
  func blocks(_ blocks: some Sequence<Int>, ofCoordinate coordinate: Int) -> [Double] {
    blocks.flatMap { block($0, ofCoordinate: coordinate) }
  }
}
