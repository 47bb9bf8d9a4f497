import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Merges the parts of a run, sweep, back-test or sensitivity analysis.
struct Merge: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Merge the parts of a run, sweep, back-test or sensitivity analysis, made by --shard on one or more machines.",
    discussion: """
      Every file is the same, byte for byte, as that of the command in one process; its record also lists the parts. The \
      scenario is read again from the path that the parts name. A part that occurs twice counts once; a missing one is \
      an error with the command that makes it. With --exact-quantiles, the first merge writes what the next round of parts \
      reads, next to them, and exits with 75: make all parts again, by the same commands, and merge again, until it \
      exits with 0.
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("The parts: files, or folders with files that end in .part.", valueName: "parts"),
    completion: .file(extensions: ["part"]))
  var parts: [String]

  @OptionGroup var output: OutputOptions
  @OptionGroup var shown: IntervalOptions
  @OptionGroup var styling: StyleOptions
  @OptionGroup var memory: MemoryOptions
  @OptionGroup var logging: LogOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Print this output, or 'all'; by default the first outputs. Repeatable.", valueName: "output"))
  var show: [String] = []

  @Option(
    help: ArgumentHelp(
      "Merge neighbouring parts into one part instead, in this file, which ends in .part: a node of a tree of merges.",
      valueName: "file"))
  var into: String?

  func validate() throws {
    if let into, !into.hasSuffix(".part") { throw UsageProblem.error(.notPartName(into)) }
    if into != nil, output.out != nil { throw UsageProblem.error(.exclusiveFlags(["--into", "--out"])) }
  }

  func run() throws {
    let set = try PartSet(at: PartSet.paths(parts), digest: PartInMaking.digest)
    guard let first = set.files.first else {
      throw Diagnostics(.noParts(parts.map(TerminalText.path).joined(separator: ", ")), at: nil)
    }
    let command = first.head.command
    if let into { return try merge(set, into: into) }
    // The files are those of this command, whatever made its parts.
    func note(_ name: String, _ flags: [String] = []) { RecordedArguments.note([name] + flags + command.arguments) }
    switch command.name {
    case "sweep":
      try requireTables(of: "a sweep")
      var sweep = try Sweep.parse(FoldedArguments.folded(command.arguments))
      (sweep.work.out, sweep.work.workers) = (output.out, output.workers)
      (sweep.work.json, sweep.work.quiet, sweep.work.memory, sweep.show) = (output.json, output.quiet, memory, show)
      note("sweep")
      try sweep.write(parts: set)
    case "backtest":
      try requireTables(of: "a back-test")
      if !show.isEmpty { throw UsageProblem.error(.exclusiveFlags(["--show", "parts of a back-test"])) }
      var backtest = try Backtest.parse(FoldedArguments.folded(command.arguments))
      (backtest.out, backtest.workers, backtest.memory) = (output.out, output.workers, memory)
      (backtest.json, backtest.quiet) = (output.json, output.quiet)
      note("backtest")
      try backtest.write(parts: set)
    case "sensitivity":
      try requireTables(of: "an analysis")
      if !show.isEmpty { throw UsageProblem.error(.exclusiveFlags(["--show", "parts of an analysis"])) }
      var sensitivity = try Sensitivity.parse(FoldedArguments.folded(command.arguments))
      (sensitivity.work.out, sensitivity.work.workers) = (output.out, output.workers)
      (sensitivity.work.json, sensitivity.work.quiet, sensitivity.work.memory) = (output.json, output.quiet, memory)
      note("sensitivity")
      try sensitivity.write(parts: set)
    default:
      var run = try self.run(of: command)
      (run.shown, run.show, run.styling) = (shown, show, styling)
      try run.validate()
      note("run", ["--format=\(output.format)"] + (shown.interval.map { ["--interval=\($0.percent)%"] } ?? []))
      try run.write(parts: set)
    }
  }

  private func run(of command: PartFile.Command) throws -> Run {
    var run = try Run.parse(FoldedArguments.folded(command.arguments))
    (run.output, run.memory) = (output, memory)
    return run
  }

  /// - Throws: a usage error for flags that concern the files of a run, with parts of something else.
  private func requireTables(of what: String) throws {
    let others = [
      (output.format.description == "csv", "--format"), (output.exportDraws == nil, "--export-draws"),
      (shown.interval == nil, "--interval"), (styling.style == nil, "--style"),
    ]
    for (isAbsent, flag) in others where !isAbsent {
      throw UsageProblem.error(.exclusiveFlags([flag, "parts of \(what)"]))
    }
  }

  /// Merges neighbouring parts into a part.
  private func merge(_ set: PartSet, into path: String) throws {
    guard let blocks = set.neighbours, let first = set.files.first else { throw Diagnostics(.partsWithGaps, at: nil) }
    // Nothing but a part is replaced.
    do {
      _ = try PartFile(at: path, digest: PartInMaking.digest)
    } catch is Diagnostics {
      throw Diagnostics(.foreignTarget(TerminalText.path(path)), at: nil)
    }
    let part: RunPart
    if first.head.command.name == nil {
      part = try run(of: first.head.command).merged(set, blocks)
    } else {
      var summaries: [UInt8] = []
      for position in set.files.indices { summaries += try set.part(position).summaries }
      part = RunPart(blocks: blocks, fingerprint: try set.part(0).fingerprint, summaries: summaries)
    }
    var head = first.head
    head.seconds = set.files.reduce(0) { $0 + $1.head.seconds }
    try PartFile.write(head, part, to: path, digest: PartInMaking.digest)
    if output.json {
      try StandardStream.output.write(
        JSON.object([("part", .string(path)), ("parts", .integer(set.files.count))]).text + "\n")
    } else if !output.quiet {
      let parts = "\(set.files.count) \(set.files.count == 1 ? "part" : "parts")"
      try StandardStream.output.write("\(parts) merged\n\(TerminalText.path(path))\n")
    }
  }
}
