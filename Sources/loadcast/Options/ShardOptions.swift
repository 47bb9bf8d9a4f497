import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles

/// A part of a run that one of several machines makes.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make only part k of n, for `loadcast merge`; interrupted, it keeps what is done, and the same command goes on.",
      valueName: "k/n"),
    transform: Shard.init(parsing:))
  var shard: Shard?
}

/// Part `number` of `count`, from 1.
struct Shard: Sendable, CustomStringConvertible {
  var number: Int
  var count: Int

  /// Part `number` of `count`.
  init(_ number: Int, of count: Int) { (self.number, self.count) = (number, count) }

  /// `7/500`.
  init(parsing text: String) throws {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    guard words.count == 2, let number = Int(words[0]), let count = Int(words[1]),
      (1...PartFile.mostParts).contains(count), (1...count).contains(number)
    else { throw UsageProblem.error(.notShard(text, most: PartFile.mostParts)) }
    (self.number, self.count) = (number, count)
  }

  var description: String { "\(number)/\(count)" }

  /// The name of the part's file: with as many digits as the number of parts, so that names sort by number.
  func fileName(_ scenario: String) -> String {
    let digits = String(number)
    return "\(scenario).\(String(repeating: "0", count: String(count).count - digits.count))\(digits)-of-\(count).part"
  }
}
