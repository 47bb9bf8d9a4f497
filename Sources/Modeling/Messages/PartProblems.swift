import Diagnostics

/// Parts of a run.
extension Problem {
  /// A file that is not a part, or whose bytes have changed.
  package static func damagedPart(_ path: String, reason: String) -> Problem {
    Problem(
      RunCode.damagedPart, "the part `\(path)` cannot be used: \(reason)",
      expected: "a file that --shard has written",
      advice: "delete it, and make the part again with the command that made it")
  }

  /// A part of another run than the first.
  ///
  /// - Parameter difference: a clause: `its seed is 2, not 1`.
  package static func otherPart(_ path: String, than other: String, difference: String) -> Problem {
    Problem(
      RunCode.otherPart, "`\(path)` is not a part of the same run as `\(other)`: \(difference)",
      expected:
        "parts of one version, scenario, seed, design and number of draws, made by machines that compute the same",
      advice: "merge the parts of each run on their own")
  }

  /// A part whose scenario has changed since it was run.
  package static func changedScenario(_ path: String) -> Problem {
    Problem(
      RunCode.otherPart, "`\(path)` is not the scenario of the parts: it, or a table that it reads, has changed since",
      expected: "the files with which the parts were made", advice: "restore them, or make the parts again")
  }

  /// Two parts with the same blocks and different summaries.
  package static func differentParts(_ one: String, _ other: String) -> Problem {
    Problem(
      RunCode.otherPart, "\(one) and \(other) have the same draws and different summaries",
      expected: "the same summaries from the same draws",
      advice: "one of the machines is faulty: make both parts again on a third one")
  }

  /// Two parts with some blocks in common.
  package static func overlappingParts(_ one: String, _ other: String) -> Problem {
    Problem(
      RunCode.otherPart, "\(one) and \(other) have some draws in common and others not",
      expected: "parts of one division of the run",
      advice: "merge parts with the same number after the slash of --shard")
  }

  /// A file or a folder without parts.
  package static func noParts(_ path: String) -> Problem {
    Problem(
      RunCode.missingPart, "`\(path)` has no part of a run",
      expected: "a file that --shard has written, or a folder with such files")
  }

  /// Parts that do not follow each other, where they are to become one part.
  package static let partsWithGaps = Problem(
    RunCode.missingPart, "the parts do not follow each other, or are of several rounds",
    expected: "parts of one round, each of which begins where the one before ends")

  /// A name for a merged part that a folder of parts would not have.
  package static func notPartName(_ path: String) -> Problem {
    Problem(
      RunCode.otherPart, "`\(path)` is not the name of a part", expected: "a file name that ends in .part",
      found: path, advice: "--into \(path).part")
  }

  /// A file that a merged part would replace.
  package static func foreignTarget(_ path: String) -> Problem {
    Problem(
      RunCode.otherPart, "`\(path)` is there and is not a part, so it is not replaced",
      expected: "the name of a new file, or of a part", advice: "choose another name for --into")
  }

  /// Parts that are missing.
  ///
  /// - Parameters:
  ///   - numbers: their numbers.
  ///   - count: the number of parts.
  ///   - commands: the commands that make the first of them.
  package static func missingParts(_ numbers: [Int], of count: Int, commands: [String]) -> Problem {
    let shown = numbers.prefix(100).map(String.init).joined(separator: ",") + (numbers.count > 100 ? ",…" : "")
    return Problem(
      RunCode.missingPart,
      numbers.count == 1 ? "a part of \(count) is missing" : "\(numbers.count) parts of \(count) are missing",
      expected: "all parts", found: "all but number \(shown)",
      advice:
        "make them: \(commands.map { "`\($0)`" }.joined(separator: ", "))\(numbers.count > commands.count ? " and so on" : "")"
    )
  }

  /// Parts of which another round is needed.
  ///
  /// - Parameters:
  ///   - round: the number of the round.
  ///   - path: what the parts of the round before were merged to.
  ///   - commands: the commands that make the first parts of the round.
  package static func furtherRound(_ round: Int, after path: String, commands: [String]) -> Problem {
    Problem(
      RunCode.missingPart,
      "the exact quantiles need round \(round), which reads \(path): make all parts again, by the same commands, and merge again",
      expected: "all parts of round \(round)",
      advice: "\(commands.map { "`\($0)`" }.joined(separator: ", ")) and so on"
    )
  }

  /// A run that cannot be divided.
  ///
  /// - Parameter reason: a clause: `a latent total is sampled as a whole`.
  package static func undivided(_ reason: String, advice: String) -> Problem {
    Problem(
      RunCode.undivided, "this run cannot be divided into parts: \(reason)",
      expected: "a run whose draws are made independently of each other", advice: advice)
  }
}
