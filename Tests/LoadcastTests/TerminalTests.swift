import Foundation
import Testing

@Suite("A terminal gets colours and a bar, and nothing else does")
struct TerminalTests {
  /// A terminal that remembers what is written to it.
  struct Terminal {
    let master: Int32
    let path: String

    init() throws {
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
      try #require(master >= 0)
      #if os(Linux)
      // Linux, <asm-generic/ioctls.h>: TIOCSPTLCK and TIOCGPTN. Glibc hides `unlockpt` and `ptsname`.
      var number: Int32 = 0
      try #require(ioctl(master, 0x4004_5431, &number) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
      path = "/dev/pts/\(number)"
      #else
      try #require(grantpt(master) == 0 && unlockpt(master) == 0)
      path = String(cString: try #require(ptsname(master)))
      #endif
    }

    /// All that was written.
    var text: String {
      var all: [UInt8] = []
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      // A terminal hands out what it has piece by piece.
      while case let count = read(master, &bytes, bytes.count), count > 0 { all += bytes[..<count] }
      close(master)
      return String(decoding: all, as: UTF8.self)
    }
  }

  @Test("work of more than a second shows a bar with the time left, and wipes it at the end")
  func bar() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let terminal = try Terminal()
    _ = try program.run(
      "run", "s.yaml", "--draws", "100B", shell: "exec \"$0\" \"$@\" 2> \(terminal.path)",
      environment: ["TERM": "xterm"], signal: (SIGINT, after: 2))
    let drawn = terminal.text.components(separatedBy: "\r\u{1B}[K")
    try #require(drawn.count > 3)
    #expect(drawn[0] == "")
    #expect(drawn[1].wholeMatch(of: /\[=* *\]   0 %.* left/) != nil, "\(drawn[1])")
    #expect(drawn.last == "interrupted; no file was written\r\n")
  }

  @Test("a long run shows a table of its first draws on standard output, and erases it at the end")
  func earlyTable() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let terminal = try Terminal()
    _ = try program.run(
      "run", "s.yaml", "--draws", "100B", shell: "exec \"$0\" \"$@\" > \(terminal.path)",
      environment: ["TERM": "xterm"], signal: (SIGINT, after: 2))
    let text = terminal.text.replacingOccurrences(of: "\r\n", with: "\n")
    let table = try #require(text.firstMatch(of: /\u{1B}\[\?7l((?:\u{1B}\[K.*\n)+)\u{1B}\[\?7h/), "\(text)")
    let lines = table.1.split(separator: "\n").map { $0.replacingOccurrences(of: "\u{1B}[K", with: "") }
    #expect(lines.first == "Electricity of a small fleet")
    #expect(lines.contains("electricity, TWh/year") && lines.last == "first 16384 draws", "\(lines)")
    // Up by its own lines, and erased from there.
    #expect(text.hasSuffix("\u{1B}[J") && text.contains("\r\u{1B}[\(lines.count)A\u{1B}[J"), "\(text)")
    #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "results").path))
  }

  @Test(
    "with --json, --quiet or a dumb terminal there is no table of first draws", arguments: ["json", "quiet", "dumb"])
  func noEarlyTable(_ kind: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let terminal = try Terminal()
    _ = try program.run(
      "run", "s.yaml", "--draws", "100B", kind == "dumb" ? "--workers=1" : "--\(kind)",
      shell: "exec \"$0\" \"$@\" > \(terminal.path)", environment: ["TERM": kind == "dumb" ? "dumb" : "xterm"],
      signal: (SIGINT, after: 2))
    let text = terminal.text
    // With --json, the interruption is a diagnostic on standard output.
    #expect(kind == "json" ? !text.contains("\u{1B}") && !text.contains("first 16384") : text.isEmpty, "\(text)")
  }

  @Test("there is no bar off a terminal, on one that is dumb, nor with --quiet", arguments: ["pipe", "dumb", "quiet"])
  func noBar(_ kind: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let terminal = try Terminal()
    let target = kind == "pipe" ? "&1" : " " + terminal.path
    let outcome = try program.run(
      "run", "s.yaml", "--draws", "100B", kind == "quiet" ? "--quiet" : "--workers=1",
      shell: "exec \"$0\" \"$@\" 2>\(target)", environment: ["TERM": kind == "dumb" ? "dumb" : "xterm"],
      signal: (SIGINT, after: 2))
    let text = (outcome.output + terminal.text).replacingOccurrences(of: "\r", with: "")
    #expect(text == "interrupted; no file was written\n")
  }

  @Test("diagnostics are coloured on a terminal unless NO_COLOR is set", arguments: [nil, "1", ""])
  func colour(_ noColour: String?) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("nonsense: 1\n", to: "s.yaml")
    let terminal = try Terminal()
    let outcome = try program.run(
      "check", "s.yaml", shell: "\(noColour == nil ? "unset NO_COLOR;" : "") \"$0\" \"$@\" 2> \(terminal.path)",
      environment: ["TERM": "xterm"].merging(noColour.map { ["NO_COLOR": $0] } ?? [:]) { $1 })
    #expect(outcome.code == 65)
    let text = terminal.text
    #expect(text.contains("s.yaml:1:1: "))
    // An empty NO_COLOR says nothing (https://no-color.org).
    #expect(text.contains("\u{1B}") == (noColour != "1"))
  }
}
