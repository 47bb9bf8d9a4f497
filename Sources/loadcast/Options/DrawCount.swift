import ArgumentParser
import Modeling
import ScenarioFiles

/// Whole numbers on the command line, with the magnitude suffixes of scenario files: `10k`, `1M`, `2.5M`, `1_000`.
enum DrawCount {
  /// The limit; more draws would take months.
  private static let maximum = 1_000_000_000_000

  /// A number of draws, at least 1.
  static func draws(_ text: String) throws -> Int {
    guard let number = number(text) ?? negative(text) else {
      throw UsageProblem.error(.notDrawCount(text))
    }
    guard (1...maximum).contains(number) else {
      throw UsageProblem.error(.drawCountOutside(text))
    }
    return number
  }

  /// The number of a draw, counted from 0.
  static func drawNumber(_ text: String) throws -> Int {
    guard let number = number(text), (0..<maximum).contains(number) else {
      throw UsageProblem.error(.notDrawNumber(text))
    }
    return number
  }

  /// A seed: any unsigned 64-bit integer.
  static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw UsageProblem.error(.notSeed(text))
    }
    return seed
  }

  /// A number of threads; larger numbers are assumed to be typing errors.
  static func workers(_ text: String) throws -> Int { try whole(text, "--workers", threads) }

  /// The possible numbers of threads.
  static let threads = 1...1024

  /// A whole number within a range, for a flag.
  static func whole(_ text: String, _ flag: String, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = number(text), range.contains(number) else {
      throw UsageProblem.error(.numberOutside(flag, range, found: text))
    }
    return number
  }

  /// A negative whole number; no flag accepts it, but the message about it states the range.
  private static func negative(_ text: String) -> Int? {
    text.first == "-" ? number(String(text.dropFirst())).map { -$0 } : nil
  }

  /// The whole number that a text means; nil if it is not a whole number or exceeds 64 bits.
  static func number(_ text: String) -> Int? {
    let suffixes: [Character: Int] = ["k": 3, "M": 6, "B": 9, "T": 12]
    var digits = Substring(text.filter { $0 != "_" })
    var places = 0
    if let last = digits.last, let zeros = suffixes[last] {
      places = zeros
      digits.removeLast()
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
    let fraction = parts.count == 2 ? String(parts[1].reversed().drop { $0 == "0" }.reversed()) : ""
    guard fraction.count <= places else { return nil }
    return Int(parts[0] + fraction + String(repeating: "0", count: places - fraction.count))
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
