import Foundation
import Testing

/// The built program, which is in the folder of the test bundle.
struct Program {
  /// What a run of the program left behind.
  struct Outcome {
    var code: Int32
    var output: String
    var error: String
    /// Seconds of wall time, from the signal on if there was one.
    var seconds: Double
  }

  /// A new temporary folder in which the program runs.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("loadcast-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  static var executable: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let start = bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return start.deletingLastPathComponent().appendingPathComponent("loadcast")
  }

  func write(_ text: String, to name: String) throws {
    try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
  }

  func read(_ name: String, encoding: String.Encoding = .utf8) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: encoding)
  }

  /// A record's text without the members that differ from run to run or from machine to machine.
  static func withoutWork(_ record: String, _ members: [String] = ["arguments", "system", "time", "workers"]) -> String
  {
    var kept: [Substring] = []
    var isLeftOut = false
    for line in record.split(separator: "\n", omittingEmptySubsequences: false) {
      // The lines of a member that is broken are indented further, except the last, which closes it.
      if line.hasPrefix("  \"") { isLeftOut = members.contains { line.hasPrefix("  \"\($0)\": ") } }
      if !isLeftOut || line.hasPrefix("}") { kept.append(line) }
    }
    return kept.joined(separator: "\n")
  }

  func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(name).path).sorted()
  }

  /// The commands that its help lists, in that order.
  func commands() throws -> [String] {
    try run("--help").output.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .prefix { $0.hasPrefix("  ") }.filter { !$0.hasPrefix("   ") && !$0.contains("See '") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  /// Runs the program with arguments, by way of a shell command in which `$0` is the program and `$@` its arguments.
  ///
  /// A program that has not ended after the timeout is killed, and its code is then 137. The shell should `exec` the
  /// program, so that signals reach it.
  ///
  /// - Parameter signal: a signal to send, and after how many seconds.
  func run(
    _ arguments: String..., shell: String = "exec \"$0\" \"$@\"", environment: [String: String] = [:],
    signal: (number: Int32, after: Double)? = nil, timeout: Double = 60
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", shell, Self.executable.path] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let streams = ["stdout", "stderr"].map { folder.appendingPathComponent(".\($0)") }
    for stream in streams { try Data().write(to: stream) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    let pid = process.processIdentifier
    let ended = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      if ended.wait(timeout: .now() + timeout) == .timedOut { kill(pid, SIGKILL) }
    }
    if let signal {
      Thread.sleep(forTimeInterval: signal.after)
      if process.isRunning { kill(pid, signal.number) }
    }
    let start = Date()
    process.waitUntilExit()
    ended.signal()
    let seconds = Date().timeIntervalSince(start)
    let texts = try streams.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    for stream in streams { try FileManager.default.removeItem(at: stream) }
    let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Outcome(code: code, output: texts[0], error: texts[1], seconds: seconds)
  }
}
