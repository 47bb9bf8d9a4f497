import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Merges the parts of a run.
struct Merge: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Merge the parts of a run, made by `run --shard` on one or more machines.",
    discussion: """
      Every file is the same, byte for byte, as that of the run in one process; record.json also lists the parts. The \
      scenario is read again from the path that the parts name. A part that occurs twice counts once; a missing one is \
      an error with the command that makes it.
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

  func run() throws {
    let set = try PartSet(at: PartSet.paths(parts)) { Sha256.hexadecimal(of: $0) }
    guard let first = set.files.first else {
      throw Diagnostics(.noParts(parts.map(TerminalText.path).joined(separator: ", ")), at: nil)
    }
    var run = try Run.parse(FoldedArguments.folded(first.head.command.arguments))
    (run.output, run.shown, run.memory, run.show) = (output, shown, memory, show)
    run.styling = styling
    try run.validate()
    // The files are those of this run, whatever made its parts.
    let interval = shown.interval.map { ["--interval=\($0.percent)%"] } ?? []
    RecordedArguments.note(["run", "--format=\(output.format)"] + interval + first.head.command.arguments)
    try run.write(parts: set)
  }
}
