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

  /// The place of the flag, for messages.
  static let place = SourcePlace(file: SourceFile(path: "--shard", text: ""), line: 1, column: 1, length: 1)
}

/// The same flag where work is not divided: it is not in the help, and its use is an error with the reason.
struct UndividedOptions: ParsableArguments {
  @Option(help: .hidden) var shard: String?

  /// - Throws: `Diagnostics` if the flag is given.
  func refuse(_ reason: String, advice: String) throws(Diagnostics) {
    if shard != nil { throw Diagnostics(.undivided(reason, advice: advice), at: ShardOptions.place) }
  }
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
  func fileName(_ scenario: String, round: Int = 1) -> String {
    let digits = String(number)
    let place = "\(String(repeating: "0", count: String(count).count - digits.count))\(digits)-of-\(count)"
    return "\(scenario).\(place)\(round > 1 ? ".round-\(round)" : "").part"
  }

  /// The name of the file with the merged parts of a round.
  static func mergedName(_ scenario: String, round: Int) -> String { "\(scenario).round-\(round).all.part" }

  /// This part's share of some pieces of work, such as variants or cases: neighbours.
  func share(of pieces: Int) -> Range<Int> {
    func edge(_ part: Int) -> Int {
      let (high, low) = pieces.multipliedFullWidth(by: part)
      return self.count.dividingFullWidth((high, low)).quotient
    }
    return edge(number - 1)..<edge(number)
  }
}
