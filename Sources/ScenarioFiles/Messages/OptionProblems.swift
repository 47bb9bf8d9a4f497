import Diagnostics
import Modeling
import TextFormats

/// Commands and their flags.
enum OptionCode: String, DiagnosticSection {
  static let section = "options"

  case usage
  case unknownCode = "unknown-code"
  case unknownCommand = "unknown-command"
  case replaced
  case number
  case value
  case form
  case output
  case combination
  case sweep
  case method
  case fileExists = "file-exists"
}

extension Problem {
  /// An error of the command line for which there is no code of its own; the message is that of the parser.
  package static func usage(_ message: String) -> Problem { Problem(OptionCode.usage, message) }

  /// An option that a command does not have.
  package static func unknownOption(_ option: String, nearest: String?) -> Problem {
    Problem(OptionCode.usage, "unknown option `\(option)`", suggestion: nearest)
  }

  /// `loadcast explain CODE` with a code that does not exist.
  package static func unknownCode(_ code: String, nearest: String?) -> Problem {
    Problem(
      OptionCode.unknownCode, "there is no diagnostic code `\(code)`",
      expected: "a code that `loadcast explain` lists", suggestion: nearest)
  }

  /// A command that does not exist.
  package static func unknownCommand(_ name: String, commands: [String], nearest: String?) -> Problem {
    Problem(
      OptionCode.unknownCommand, "there is no command `\(name)`", expected: commands.joined(separator: ", "),
      suggestion: nearest)
  }

  /// A command line without a command.
  package static func missingCommand(_ commands: [String]) -> Problem {
    Problem(OptionCode.unknownCommand, "a command is missing", expected: commands.joined(separator: ", "))
  }

  /// A flag that has another name now.
  package static func replacedFlag(_ flag: String, by new: String) -> Problem {
    Problem(OptionCode.replaced, "the option `\(flag)` has been renamed", suggestion: new)
  }

  // MARK: Numbers

  /// `--draws` with a text that is not a whole number.
  package static func notDrawCount(_ text: String) -> Problem {
    Problem(
      OptionCode.number, "`\(text)` is not a number of draws", expected: "a whole number, such as 10k, 1M or 2.5M")
  }

  /// `--draws` with a number outside the limits.
  package static func drawCountOutside(_ text: String) -> Problem {
    Problem(OptionCode.number, "the number of draws must be from 1 to 1T, not `\(text)`")
  }

  /// `draw --number` with a text that is not the number of a draw.
  package static func notDrawNumber(_ text: String) -> Problem {
    Problem(
      OptionCode.number, "`\(text)` is not the number of a draw",
      expected: "a whole number below 1T; the first draw has the number 0")
  }

  /// `--seed` with a text that is not a seed.
  package static func notSeed(_ text: String) -> Problem {
    Problem(OptionCode.number, "a seed is a whole number from 0 to \(UInt64.max), not `\(text)`")
  }

  /// A whole number outside the range of its flag.
  package static func numberOutside(_ flag: String, _ range: ClosedRange<Int>, found: String) -> Problem {
    Problem(
      OptionCode.number,
      "\(flag) must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(found)`")
  }

  /// An odd number of levels.
  package static func oddLevels(_ range: ClosedRange<Int>, even: Int) -> Problem {
    Problem(
      OptionCode.number, "--levels must be an even number from \(range.lowerBound) to \(range.upperBound)",
      expected: "for example --levels \(even)")
  }

  /// `discover --density` with a text that is not a fraction.
  package static func notDensity(_ text: String) -> Problem {
    Problem(OptionCode.number, "--density must be between 0 % and 100 %, such as 80%, not `\(text)`")
  }

  /// `draw --near` with a text that is not a quantile.
  package static func notQuantile(_ text: String) -> Problem {
    Problem(OptionCode.number, "`\(text)` is not a quantile", expected: "p95, p5 or p99.9, for example")
  }

  /// More draws a case than a back-test can make.
  package static func tooManyDrawsPerCase(limit: String) -> Problem {
    Problem(OptionCode.number, "a back-test makes at most \(limit) draws for each case")
  }

  /// More exported draws than the run has.
  package static func moreExportedDraws(_ exported: String, than draws: String) -> Problem {
    Problem(OptionCode.number, "--export-draws \(exported) is more than the \(draws) draws of the run")
  }

  /// `--memory` with a text that is not a size.
  package static func notMemorySize(_ text: String) -> Problem {
    Problem(
      OptionCode.number, "`\(text)` is not an amount of memory", expected: "a number of bytes, such as 512M, 4G or 1.5G"
    )
  }

  /// `--interval` with a text that is not the width of an interval whose ends are computed.
  package static func notIntervalWidth(_ text: String, available: [String]) -> Problem {
    Problem(
      OptionCode.number, "`\(text)` is not the width of an interval", expected: available.joined(separator: ", "))
  }

  // MARK: Names and forms

  /// What the flags name whose own names do not say it.
  private static let kinds = ["--without": "simplification rule", "--factors": "grouping of inputs"]

  /// A name that a flag does not have; the names are listed if they are few, or if none of them is near.
  package static func unknownValue(_ flag: String, _ text: String, among names: [String], nearest: String?) -> Problem {
    Problem(
      OptionCode.value, "unknown \(kinds[flag] ?? String(flag.dropFirst(2))) `\(text)`",
      expected: names.count <= 12 || nearest == nil ? names.joined(separator: ", ") : nil, suggestion: nearest)
  }

  /// `--pairing` with a text that is neither a pairing nor a table.
  package static func unknownPairing(_ text: String, pairings: [String], nearest: String?) -> Problem {
    Problem(
      OptionCode.value, "unknown pairing `\(text)`",
      expected: (pairings + ["a CSV file"]).joined(separator: ", "), suggestion: nearest)
  }

  /// `--group` with a name that is not an input.
  package static func unknownGroupInput(_ name: String, group: String, nearest: String?) -> Problem {
    Problem(OptionCode.value, "there is no input `\(name)`", found: "--group \(group)", suggestion: nearest)
  }

  /// An empty `--out`.
  package static let emptyFolder = Problem(OptionCode.form, "--out needs a folder")

  /// `--group` without a name or without inputs.
  package static func notGroup(_ text: String) -> Problem {
    Problem(OptionCode.form, "invalid --group `\(text)`", expected: "NAME=a,b")
  }

  /// `export --name` with a folder.
  package static let notFileName = Problem(
    OptionCode.form, "--name must be the name of a file, without a folder")

  /// `discover` without a condition.
  package static let missingCondition = Problem(
    OptionCode.form, "--when needs a condition", expected: "for example --when 'electricity[year=2030] > bitcoin'")

  // MARK: Outputs

  /// `--show` with a name that is not an output.
  package static func unknownShownOutput(_ name: String, nearest: String?) -> Problem {
    Problem(OptionCode.output, "the scenario has no output `\(name)`", suggestion: nearest)
  }

  /// `compare --show` with a name that is not an output of both scenarios.
  package static func unknownCommonOutput(_ name: String, nearest: String?) -> Problem {
    Problem(OptionCode.output, "the scenarios have no output `\(name)` in common", suggestion: nearest)
  }

  /// An analysis of a scenario without outputs.
  package static let nothingToExplain = Problem(
    OptionCode.output, "the scenario has no outputs to explain", expected: "a formula: --output FORMULA")

  /// `chart` for results without a table that another command writes.
  package static func missingChartTable(_ table: String, command: String) -> Problem {
    Problem(OptionCode.output, "the results have no \(table)", expected: "results of `loadcast \(command)`")
  }

  /// `chart` for results that have nothing of the kind.
  package static func nothingToDraw(_ needed: String) -> Problem {
    Problem(OptionCode.output, "the results have nothing to draw in this chart", expected: needed)
  }

  /// `chart --cell` with a text that is not INDEX=LABEL, or an index twice.
  package static func notCell(_ text: String) -> Problem {
    Problem(OptionCode.form, "`\(text)` is not a label of an index", expected: "INDEX=LABEL, each index once")
  }

  // MARK: Combinations

  /// Flags that exclude each other.
  package static func exclusiveFlags(_ flags: [String]) -> Problem {
    Problem(OptionCode.combination, "\(MessageText.list(flags)) exclude each other")
  }

  /// `draw` with neither or both of its two forms.
  package static let drawForm = Problem(
    OptionCode.combination, "draw needs either --number, for one draw, or --near with --output, for many",
    expected: "--number 1, or --near p95 --output FORMULA")

  /// `--conditioning posterior` for a scenario without observations.
  package static let nothingObserved = Problem(
    OptionCode.combination, "--conditioning posterior needs observations, and the scenario has none",
    expected: "a scenario with `evidence:` and `observe:`, or with `latent:`")

  /// `--posterior` for a scenario without observations.
  package static let nothingToSave = Problem(
    OptionCode.combination, "--posterior needs observations, and the scenario has none",
    expected: "a scenario with `evidence:` and `observe:`")

  /// `--posterior` for a scenario with latent totals.
  package static let latentNotSaved = Problem(
    OptionCode.combination, "--posterior cannot save the posterior of latent totals",
    expected: "no --posterior: it is computed within seconds by every command")

  /// `backtest` with neither or both of its two forms.
  package static let backtestForm = Problem(
    OptionCode.combination, "backtest needs either --cases, or --leave-out for a scenario with latent totals",
    expected: "--cases FILE, or --leave-out observation")

  /// `backtest --leave-out` for a scenario without published figures.
  package static let nothingToLeaveOut = Problem(
    OptionCode.combination, "--leave-out needs published figures, and the scenario has none",
    expected: "a scenario with `latent:` and a table of totals or growths under `published:`")

  /// `backtest --leave-out later` for figures without dates, or of one year.
  package static let nothingPublishedLater = Problem(
    OptionCode.combination, "--leave-out later needs figures of different dates, and the scenario has none",
    expected:
      "the column `published`, with years or months (2024-05); at the end of a year up to `today`, a figure that was known, "
      + "and a total, not a forecast, that was published later")

  /// `--conditioning posterior` for methods that choose their own points.
  package static func unconditionedMethods(_ names: [String]) -> Problem {
    Problem(
      OptionCode.combination,
      "\(names.joined(separator: ", ")) cannot use the posterior: the method chooses its own points",
      expected: "--method given-data, delta, pawn or shapley-neighbours, or --conditioning prior")
  }

  /// A flag without another one that it needs.
  package static func flagNeeds(_ flag: String, _ other: String) -> Problem {
    Problem(OptionCode.combination, "\(flag) needs \(other)")
  }

  /// `--vary` with a table of variants.
  package static let variedTable = Problem(
    OptionCode.combination, "a table of variants determines what varies; omit --vary")

  /// `--pairing` with a sweep of the scenario.
  package static func pairedSweep(_ sweep: String) -> Problem {
    Problem(OptionCode.combination, "the scenario defines the pairing of the sweep `\(sweep)`; omit --pairing")
  }

  // MARK: Sweeps

  /// `--sweep` with a name that the scenario does not define.
  package static func unknownSweep(_ name: String, sweeps: [String], nearest: String?) -> Problem {
    Problem(
      OptionCode.sweep, "the scenario has no sweep `\(name)`",
      expected: sweeps.isEmpty ? "`sweeps:` in the scenario, which has none" : sweeps.joined(separator: ", "),
      suggestion: nearest)
  }

  /// `sweep` without anything that varies.
  package static let nothingVaries = Problem(
    OptionCode.sweep, "no variations given", expected: "--vary 'NAME=VALUE,VALUE', or `sweeps:` in the scenario")

  /// `sweep` without the name of one of several sweeps.
  package static func severalSweeps(_ sweeps: [String]) -> Problem {
    Problem(
      OptionCode.sweep, "the scenario has several sweeps; choose one with --sweep NAME",
      expected: sweeps.joined(separator: ", "))
  }

  /// A part that was interrupted.
  ///
  /// - Parameters:
  ///   - path: its file.
  ///   - done: how much of it is made.
  ///   - all: how much it is to have.
  ///   - unit: what is counted: `blocks`.
  package static func interruptedPart(_ path: String, done: Int, of all: Int, _ unit: String) -> Problem {
    Problem(
      RunCode.interrupted,
      done == 0
        ? "interrupted before the first \(unit) of \(path) were made; the same command begins again"
        : "interrupted; \(done) of \(all) \(unit) of the part are in \(path), and the same command goes on from there")
  }

  /// A run that was interrupted after some of it had been saved; numbers of blocks.
  package static func interruptedRun(blocks: Int, of all: Int, folder: String) -> Problem {
    Problem(
      RunCode.interrupted,
      "interrupted; \(blocks) of \(all) blocks are kept in \(TerminalText.path(folder)), and the same command goes on from there"
    )
  }

  /// A text that is not `k/n`.
  package static func notShard(_ text: String, most: Int) -> Problem {
    Problem(
      OptionCode.form, "`\(text)` is not a part of a run",
      expected: "--shard k/n: part k of n, from 1/n to n/n, n at most \(most)")
  }

  /// `submit --go` without a shell.
  package static func noShell(_ reason: String) -> Problem {
    Problem(
      RunCode.submission, "the shell cannot be started: \(reason)", expected: "/bin/bash",
      advice: "submit the scripts by hand: without --go, the commands are printed")
  }

  /// `submit --go` whose commands have failed.
  package static func notSubmitted(_ scheduler: String, code: Int) -> Problem {
    Problem(
      RunCode.submission, "\(scheduler) has not taken the scripts: its command has ended with \(code)",
      expected: "a machine from which jobs are submitted", advice: "without --go, the commands are printed")
  }

  /// A recorded command that would take longer than `verify --again` may take.
  package static func longRepetition(_ record: String, seconds: Double, minutes: Int) -> Problem {
    // Twice the estimate, which other work on the machine can exceed.
    let enough = min(seconds / 30, 1e15).rounded(.up)
    let advice = enough <= 100_000 ? nil : "no number of --minutes allows it: at most 100000"
    return Problem(
      OptionCode.value, "running the command of `\(record)` again takes about \(Int(min(seconds / 60, 1e15))) minutes",
      expected: enough <= 100_000 ? "--minutes \(Int(enough))" : "at most \(minutes) minutes",
      found: "--minutes \(minutes)",
      advice: advice ?? "without --again, files are compared with their digests only")
  }

  /// A recorded command that has taken longer than `verify --again` may take.
  package static func unfinishedRepetition(_ record: String, minutes: Int) -> Problem {
    Problem(
      OptionCode.value,
      "the command of `\(record)` has not ended after \(minutes) \(minutes == 1 ? "minute" : "minutes")",
      expected: "a larger number of --minutes", advice: "without --again, files are compared with their digests only")
  }

  /// A name that is not text in a scheduler's script, which is.
  package static func notScriptName(_ name: String) -> Problem {
    Problem(
      OptionCode.value, "a script cannot have the name `\(name)`, which is not UTF-8", expected: "a name in UTF-8",
      advice: "give the file a second name with `ln -s`, and use that")
  }

  /// A sweep that the user ended; finished variants are kept.
  package static func interruptedSweep(finished: Int, of variants: Int, folder: String) -> Problem {
    Problem(
      RunCode.interrupted,
      "interrupted; \(finished) of \(variants) variants are kept in \(TerminalText.path(folder)), and the same command continues from there"
    )
  }

  // MARK: Methods and files

  /// A sensitivity method that cannot be applied; the reason ends with an alternative.
  package static func inapplicableMethod(_ method: String, reason: String) -> Problem {
    Problem(OptionCode.method, "method \(method): \(reason)")
  }

  /// `init` with a file that exists.
  package static func fileExists(_ path: String) -> Problem {
    Problem(OptionCode.fileExists, "\(path) already exists and was not changed", expected: "the name of a new file")
  }
}
