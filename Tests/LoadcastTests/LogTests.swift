import Foundation
import Testing

@Suite("--log appends what a command does")
struct LogTests {
  private func lines(_ program: Program, _ name: String = "log") throws -> [[String: Any]] {
    let text = try program.read(name)
    #expect(text.hasSuffix("\n"))
    return try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test("Every command that computes has a log of its start, results and end; a second command appends")
  func commands() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write("case,observed.per_gpu W/gpu\na,250\nb,300\n", to: "cases.csv")
    var count = 0
    for words in [
      "run s.yaml --draws 2k --out o", "sweep s.yaml --draws 2k --vary run.seed=1,2 --out o",
      "sensitivity s.yaml --draws 2k --out o",
      "compare s.yaml s.yaml --draws 2k --out o", "disclosure s.yaml --draws 2k --out o",
      "discover s.yaml --when 'per_gpu > 250 W/gpu' --draws 2k --out o",
      "backtest s.yaml --cases cases.csv --draws 2k --out o",
      "draw s.yaml --number 3", "export notebook s.yaml --draws 2k --out n", "check s.yaml", "verify o",
    ] {
      let outcome = try program.run(shell: "exec \"$0\" \(words) --log log")
      #expect(outcome.code == 0, "\(words): \(outcome.error)")
      let all = try lines(program)
      let own = all.dropFirst(count)
      count = all.count
      #expect(
        own.first?["code"] as? String == "log.started" && own.last?["code"] as? String == "log.finished", "\(words)")
      #expect((own.first?["message"] as? String)?.hasPrefix("loadcast \(words.prefix { $0 != " " })") == true)
      #expect((own.last?["message"] as? String)?.hasPrefix("exit code 0 after ") == true)
      for line in own { #expect(Set(line.keys) == ["time", "level", "code", "message", "place", "process"]) }
      if words.contains("--out") {
        let written = own.first { $0["code"] as? String == "log.written" }
        #expect(written?["place"] as? String == (words.hasPrefix("export") ? "n" : "o"), "\(words)")
      }
    }
  }

  @Test("Usage errors are logged, help is not")
  func usage() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    for (number, words) in [
      ["run", "s.yaml", "--drawz", "5", "--log", "log"], ["run", "s.yaml", "--draws", "5x", "--log=log"],
    ].enumerated() {
      let outcome = try program.run(shell: "exec \"$0\" \(words.joined(separator: " "))")
      #expect(outcome.code == 64)
      let own = Array(try lines(program).dropFirst(3 * number))
      #expect(
        own.map { $0["code"] as? String } == [
          "log.started", number == 0 ? "options.usage" : "options.number", "log.finished",
        ])
      #expect((own.last?["message"] as? String)?.hasPrefix("exit code 64 after ") == true)
    }
    #expect(try program.run("run", "--help", "--log", "none").code == 0)
    #expect(try program.names() == ["log", "s.yaml"])
  }

  @Test("A log is not created at the end of a link; an existing one is followed")
  func link() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let dangling = try program.run(shell: "ln -s elsewhere log && exec \"$0\" check s.yaml --log log")
    #expect(dangling.code == 74 && dangling.error.contains("it is a link to a file that does not exist"))
    #expect(try program.names() == ["log", "s.yaml"])
    #expect(try program.run(shell: "touch elsewhere && exec \"$0\" check s.yaml --log log").code == 0)
    #expect(try lines(program, "elsewhere").count == 2)
  }

  @Test("Warnings and errors have their code and place, also with --quiet and --json")
  func problems() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario.replacingOccurrences(of: "fleet * power", with: "fleet * pwer"), to: "s.yaml")
    for flag in ["", "--json", "--quiet"] {
      #expect(try program.run(shell: "exec \"$0\" run s.yaml \(flag) --log log").code == 65)
    }
    let errors = try lines(program).filter { $0["code"] as? String == "names.unknown" }
    #expect(errors.count == 3)
    for error in errors { #expect(error["level"] as? String == "error" && error["place"] as? String == "s.yaml:19:24") }
    let ends = try lines(program).filter { $0["code"] as? String == "log.finished" }
    #expect(
      ends.allSatisfy {
        ($0["message"] as? String)?.hasPrefix("exit code 65 ") == true && $0["level"] as? String == "error"
      })
  }

  @Test("What is not a log is not opened, before any work")
  func refusals() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let setup = "mkdir -p d; mkfifo p; "
    for (path, reason) in [
      ("d", "Is a directory"), ("p", "it is not a regular file"), ("/dev/null", "it is not a regular file"),
      ("s.yaml", "it exists and is not a log of this program"), ("no/log", "No such file or directory"),
    ] {
      let outcome = try program.run(
        shell: "\(path == "d" ? setup : "")exec timeout 20 \"$0\" run s.yaml --draws 2k --log \(path)")
      #expect(outcome.code == 74, "\(path): \(outcome.error)")
      #expect(outcome.error.hasPrefix("error[files.unwritable]: cannot write \(path): \(reason)"), "\(outcome.error)")
    }
    #expect(try program.names() == ["d", "p", "s.yaml"])
    #expect(try program.read("s.yaml") == smallScenario)
    #expect(try program.run("run", "s.yaml", "--log", "").code == 64)
  }

  @Test("Lines of processes at the same time are whole")
  func concurrent() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let shell = "for i in 1 2 3 4 5 6; do \"$0\" check s.yaml --quiet --log log & done; wait"
    #expect(try program.run(shell: shell).code == 0)
    #expect(try lines(program).count == 12)
  }
}
