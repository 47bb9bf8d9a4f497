import Foundation
import Testing

/// The outputs that README shows are what its commands print. `.ci/document_commands.py` also runs every command as written.
@Suite("The front page tells the truth")
struct FrontPageTests {
  /// The arguments of a command line that calls the program, by its name or by its path.
  static func arguments(of line: Substring) -> [String]? {
    let words = line.split(separator: " ").map { $0.trimmingCharacters(in: ["'"]) }
    return words.lastIndex { $0.split(separator: "/").last == "loadcast" }.map { Array(words[($0 + 1)...]) }
  }

  /// A screen without the seconds that a run took and the number of cores, the two things that differ by machine.
  static func withoutTime(_ screen: String) -> String {
    screen.replacing(/: [0-9.]+ (ms|s|min) on [0-9]+ workers?/, with: "")
  }

  /// What the commands that are followed by their output print, run once for all tests, which read their files too.
  struct Runs {
    var program: Program
    var outcomes: [(line: Int, shown: String, outcome: Program.Outcome)] = []

    /// The runs, or the error that prevented them.
    static let all = Result { try Runs() }

    private init() throws {
      let blocks = try DocumentBlocks(ofPageAt: "README.md").blocks
      program = try Program()
      try FileManager.default.createSymbolicLink(
        at: program.folder.appending(path: "scenarios"),
        withDestinationURL: DocumentBlocks.root.appending(path: "scenarios"))
      for (block, next) in zip(blocks, blocks.dropFirst()) where block.info == ["sh"] && next.info == ["text"] {
        let arguments = try #require(block.text.split(separator: "\n").compactMap(FrontPageTests.arguments).last)
        let command = arguments.map { "'\($0)'" }.joined(separator: " ")
        let outcome = try program.run(shell: "exec \"$0\" \(command)", timeout: 300)
        outcomes.append((block.line, next.text, outcome))
      }
      atexit { (try? Runs.all.get())?.program.remove() }
    }
  }

  @Test("The chart is what the commands below it draw")
  func chart() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createSymbolicLink(
      at: program.folder.appending(path: "scenarios"),
      withDestinationURL: DocumentBlocks.root.appending(path: "scenarios"))
    let ran = try program.run(
      shell: "exec \"$0\" run scenarios/ai-sector.yaml --format csv,vega --quiet", timeout: 300)
    #expect(ran.code == 0, "\(ran.error)")
    let drawn = try program.run("chart", "results/ai-sector", "--output", "electricity", "--svg", "electricity.svg")
    #expect(drawn.code == 0, "\(drawn.error)")
    let stored = try String(
      contentsOf: DocumentBlocks.root.appending(path: ".github/electricity.svg"), encoding: .utf8)
    #expect(try program.read("electricity.svg") == stored, "run the commands of README that draw it again")
  }

  @Test("Each command that is followed by its output prints just that")
  func commands() throws {
    let outcomes = try Runs.all.get().outcomes
    for (line, shown, outcome) in outcomes {
      #expect(Self.withoutTime(outcome.output) == Self.withoutTime(shown), "line \(line)")
    }
    #expect(outcomes.count >= 2)
  }
}
