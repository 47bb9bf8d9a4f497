import Foundation
import Testing

/// `--posterior FOLDER`: a posterior is sampled once and read by later commands.
@Suite("A posterior is saved and read again", .serialized)
struct SavedPosteriorTests {
  private static let scenario = """
    title: Observed
    indexes: {year: [2024, 2025]}
    inputs:
      x: {over: year, dependence: 0.5, table: x.csv}
      y: normal(0, 1)
      z: normal(5, 1)
    equations:
      w: "x[year=2025] + z"
    outputs:
      w: {}
      y: {}
    evidence:
      - {observe: "x[year=2025] + y", measured: "normal(30, 1)"}

    """

  private func program() throws -> Program {
    let program = try Program()
    try program.write(Self.scenario, to: "s.yaml")
    try program.write("year,value\n2024,\"normal(10, 2)\"\n2025,\"normal(11, 2)\"\n", to: "x.csv")
    try program.write("case,z,observed.w\na,5,29\nb,6,30\nc,4,28\n", to: "cases.csv")
    return program
  }

  private func run(_ program: Program, _ arguments: [String]) throws -> Program.Outcome {
    try program.run(shell: (["exec \"$0\""] + arguments.map { "'\($0)'" }).joined(separator: " "))
  }

  private func bytes(_ program: Program, _ name: String) throws -> Data {
    try Data(contentsOf: program.folder.appending(path: name))
  }

  @Test("Every command reads what the first one saved, and writes the same bytes as without it")
  func commands() throws {
    let program = try program()
    defer { program.remove() }
    let first = try program.run("run", "s.yaml", "--draws", "20k", "--posterior", "saved", "--out", "one", "--quiet")
    #expect(first.code == 0, "\(first.error)")
    #expect(try program.names(in: "saved") == ["posterior.json", "posterior.npy"])
    let (json, matrix) = (try bytes(program, "saved/posterior.json"), try bytes(program, "saved/posterior.npy"))
    #expect(matrix.starts(with: [0x93] + Array("NUMPY".utf8)))
    // Another number of draws is another run on the same posterior.
    for (name, arguments) in ConditioningOptionTests.cases {
      let own = arguments.map { $0 == "x" ? "w" : $0 == "w > 20" ? "w > 29" : $0 }
      let plain = try run(program, own + (name == "draw" ? [] : ["--out", "plain"]))
      let again = try run(program, own + ["--posterior", "saved"] + (name == "draw" ? [] : ["--out", "again"]))
      #expect(plain.code == 0 && again.code == 0, "\(name): \(plain.error)\(again.error)")
      if name == "draw" { #expect(plain.output == again.output) }
    }
    let manager = FileManager.default
    let written = try #require(manager.enumerator(atPath: program.folder.appending(path: "plain").path))
    var compared = 0
    for case let file as String in written where file.hasSuffix(".csv") || file.hasSuffix(".ipynb") {
      let (one, two) = (try bytes(program, "plain/\(file)"), try bytes(program, "again/\(file)"))
      #expect(one == two, "\(file)")
      compared += 1
    }
    #expect(compared > 20)
    #expect(try bytes(program, "saved/posterior.json") == json)
    #expect(try bytes(program, "saved/posterior.npy") == matrix)
  }

  @Test("A posterior of anything else is refused and kept")
  func others() throws {
    let program = try program()
    defer { program.remove() }
    _ = try program.run("run", "s.yaml", "--draws", "16k", "--posterior", "saved", "--out", "o", "--quiet")
    let matrix = try bytes(program, "saved/posterior.npy")
    func refused(_ words: String..., because reason: String) throws {
      let outcome = try run(
        program, ["run"] + words + ["--draws", "16k", "--posterior", "saved", "--out", "o", "--quiet"])
      #expect(outcome.code == 66 && outcome.error.contains("error[run.other-posterior]"), "\(words) \(outcome.error)")
      #expect(outcome.error.contains(reason), "\(outcome.error)")
    }
    try refused("s.yaml", "--seed", "2", because: "its seed is 1")
    try refused("s.yaml", "--design", "mc", because: "its design is sobol")
    try refused("s.yaml", "--set", "y=normal(0, 2)", because: "flags that replace values")
    try program.write(Self.scenario.replacing("normal(30, 1)", with: "normal(30, 2)"), to: "t.yaml")
    try refused("t.yaml", because: "the scenario, its tables")
    try program.write("year,value\n2024,\"normal(10, 2)\"\n2025,\"normal(11, 3)\"\n", to: "x.csv")
    try refused("s.yaml", because: "the scenario, its tables")
    #expect(try bytes(program, "saved/posterior.npy") == matrix)
  }

  @Test("Damage of any kind is an error with a code; nothing is overwritten")
  func damage() throws {
    let program = try program()
    defer { program.remove() }
    func run() throws -> (code: Int32, error: String) {
      let outcome = try program.run("run", "s.yaml", "--draws", "16k", "--posterior", "saved", "--out", "o", "--quiet")
      return (outcome.code, outcome.error)
    }
    #expect(try run().code == 0)
    let names = ["posterior.json", "posterior.npy"]
    let whole = try names.map { try bytes(program, "saved/\($0)") }
    func write(_ file: Int, _ data: Data?) throws {
      let path = program.folder.appending(path: "saved/\(names[file])")
      if let data { try data.write(to: path) } else { try FileManager.default.removeItem(at: path) }
    }
    func flipped(_ data: Data, at place: Int) -> Data {
      var data = data
      data[place] ^= 1
      return data
    }
    let text = String(decoding: whole[0], as: UTF8.self)
    let json: [Data?] = [
      nil, Data(), Data("{}".utf8), whole[0].dropLast(20), Data([0xFF, 0x00]), whole[0] + Data(" ".utf8),
      Data(text.replacing(#""draws": 32768"#, with: #""draws": 16384"#).utf8),
      Data(text.replacing(#""draws": 32768"#, with: #""draws": 9223372036854775807"#).utf8),
      Data(text.replacing(#""draws": 32768"#, with: #""draws": -1"#).utf8),
      Data(text.replacing(#""moves": "#, with: #""moves": 1"#).utf8),
      Data(text.replacing("Observed", with: "Other").utf8),
    ]
    let matrix: [Data?] = [
      nil, Data(), whole[1].dropLast(8), whole[1] + Data([0]), flipped(whole[1], at: 3), flipped(whole[1], at: 70),
      flipped(whole[1], at: whole[1].count - 1), flipped(whole[1], at: whole[1].count / 2),
    ]
    for (file, damaged) in json.map({ (0, $0) }) + matrix.map({ (1, $0) }) {
      try write(file, damaged)
      let outcome = try run()
      #expect(
        outcome.code == 66 && outcome.error.contains("error[run.damaged-posterior]"),
        "\(names[file]) of \(damaged?.count ?? -1) bytes: \(outcome.code) \(outcome.error)")
      #expect((try? bytes(program, "saved/\(names[file])")) == damaged)
      try write(file, whole[file])
    }
    #expect(try run().code == 0)
  }

  @Test("The flag needs observations, and the posterior")
  func refusals() throws {
    let program = try program()
    defer { program.remove() }
    try program.write("inputs: {x: 1 to 2}\noutputs: {x: {}}\n", to: "plain.yaml")
    let plain = try program.run("run", "plain.yaml", "--posterior", "saved", "--out", "o")
    #expect(plain.code == 64 && plain.error.contains("--posterior needs observations"), "\(plain.error)")
    let prior = try program.run("run", "s.yaml", "--posterior", "saved", "--conditioning", "prior", "--out", "o")
    #expect(prior.code == 64 && prior.error.contains("exclude each other"), "\(prior.error)")
    #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "saved").path))
    let taken = try program.run("run", "s.yaml", "--draws", "16k", "--posterior", "s.yaml/saved", "--out", "o")
    #expect(taken.code == 74, "\(taken.error)")
  }
}
