import ArgumentParser
import Foundation

/// Measures `loadcast` and other programs on the same work, and writes the page of results.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Compare loadcast with its peers and write scenarios/benchmarks/RESULTS.md.",
    discussion: "Parts: \(SuiteCatalogue.all.map { $0.name }.joined(separator: ", ")). Run it in the root of the "
      + "repository with a release build; scenarios/benchmarks/run does both.",
    subcommands: [DesignStudy.self, WordStream.self])

  @Option(help: ArgumentHelp("Measure only these parts, comma-separated.", valueName: "names"))
  var only: String?

  @Option(help: ArgumentHelp("Number of pairs of runs per comparison.", valueName: "n"))
  var pairs = 5

  @Flag(help: "Use few draws and repeats, to test that everything works; print the results without writing the page.")
  var quick = false

  @Flag(name: .customLong("print"), help: "Print the results without writing the page.")
  var printsOnly = false

  @Option(help: ArgumentHelp("The program to measure; by default the one in the same folder.", valueName: "path"))
  var loadcast: String?

  @Option(help: ArgumentHelp("An older loadcast to compare with on every workload.", valueName: "path"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "A version of the AI sector that the older loadcast can read, if it cannot read today's.", valueName: "path"))
  var baselineScenario: String?

  @Option(help: ArgumentHelp("The peers' script.", valueName: "path"))
  var peers = "Tests/Peers/run"

  @Option(
    help: ArgumentHelp("Another peer of the script, with arguments if it needs any. Repeatable.", valueName: "peer"))
  var also: [String] = []

  static let page = "scenarios/benchmarks/RESULTS.md"

  func validate() throws {
    if !(1...1000).contains(pairs) { throw ValidationError("--pairs must be a number from 1 to 1000") }
  }

  func run() throws {
    let suites = try chosenSuites()
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "loadcast-benchmarks-\(ProcessInfo.processInfo.processIdentifier)").path
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let bench = Bench(
      loadcast: try program(), baseline: baseline, baselineScenario: baselineScenario,
      peers: try existing(peers, "run this in the root of the repository"),
      furtherPeers: also.map { $0.split(separator: " ").map(String.init) }, pairs: quick ? 1 : pairs, quick: quick,
      scratch: scratch)

    var page = ResultsPage((try? String(contentsOfFile: Self.page, encoding: .utf8)) ?? "")
    for suite in suites {
      bench.note("\(suite.name) …")
      let load = Machine.load
      let lines = try suite.lines(bench)
      let section = [bench.provenance(loadBefore: load), ""] + lines
      print((["## \(suite.title)", ""] + section + [""]).joined(separator: "\n"))
      page.replace(suite.title, with: section)
      guard !quick, !printsOnly else { continue }
      let text = page.text(order: SuiteCatalogue.all.map { $0.title })
      try text.write(toFile: Self.page, atomically: true, encoding: .utf8)
    }
  }

  private func chosenSuites() throws -> [any Suite.Type] {
    guard let only else { return SuiteCatalogue.all }
    let known = SuiteCatalogue.all.map { $0.name }
    let names = only.split(separator: ",").map(String.init)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw BenchmarkError.unknownSuite(unknown, known: known)
    }
    return SuiteCatalogue.all.filter { names.contains($0.name) }
  }

  /// The program to measure: the one next to this one, built by the same command.
  private func program() throws -> String {
    if let loadcast { return try existing(loadcast, "give the path of a release build") }
    guard let own = Bundle.main.executableURL else {
      throw BenchmarkError.missing("loadcast", remedy: "give its path with --loadcast")
    }
    return try existing(
      own.deletingLastPathComponent().appending(path: "loadcast").path, "build it with `swift build -c release`")
  }

  private func existing(_ path: String, _ remedy: String) throws -> String {
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw BenchmarkError.missing(path, remedy: remedy)
    }
    return path.contains("/") ? path : "./\(path)"
  }
}
