import Diagnostics
import Foundation
import Modeling
import Reporting
import TextFormats

/// The log of `--log FILE`: one JSON object a line, with the members `time` (universal time), `level` (`info`, `warning` or
/// `error`), `code`, `message`, `place` (`PATH:LINE:COLUMN`, or null) and `process`.
///
/// Warnings and errors have the codes of diagnostics, which `loadcast explain CODE` explains. The codes of `info` are
/// `log.started`, with the command line; `log.written`, with a folder of results; and `log.finished`, with the exit code and
/// the seconds. A process that is killed leaves no `log.finished`.
enum CommandLog {
  private static let state = State()

  private final class State: @unchecked Sendable {
    let lock = NSLock()
    var file: AppendedFile?
    var start = ContinuousClock.now
    var seen: Set<String> = []
  }

  /// Opens the log, and notes the start of a command.
  ///
  /// - Throws: `FileError`.
  static func open(_ path: String, arguments: [String]) throws {
    let file = try AppendedFile(path: path, beginning: "{\"time\": \"")
    state.lock.withLock {
      state.file = file
      state.start = ContinuousClock.now
    }
    let words = (["loadcast"] + arguments).joined(separator: " ")
    add("info", "log.started", "\(words) (version \(EngineVersion.current))", place: nil)
  }

  /// Opens the log that arguments name which are otherwise not usable, unless it is open; without one, the message is
  /// printed as always.
  static func open(ofUnusable arguments: [String]) {
    guard state.lock.withLock({ state.file == nil }),
      CommandCatalogue.type(named: arguments.first) is any LoggingCommand.Type
    else { return }
    let words = arguments.prefix { $0 != "--" }
    for (word, next) in zip(words, words.dropFirst() + [""]) {
      let path = word == "--log" ? next : word.hasPrefix("--log=") ? String(word.dropFirst(6)) : ""
      if !path.isEmpty { return (try? open(path, arguments: arguments)) ?? () }
    }
  }

  /// Notes diagnostics, each once.
  static func add(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let (level, code) = (diagnostic.severity == .error ? "error" : "warning", "\(diagnostic.code)")
      let place = diagnostic.place.map(\.description)
      let isNew = state.lock.withLock {
        state.seen.insert("\(level) \(code) \(diagnostic.message) \(place ?? "")").inserted
      }
      if isNew { add(level, code, diagnostic.message, place: place) }
    }
  }

  /// Notes the end of the command.
  static func finish(code: Int32) {
    for folder in PublishedFolders.paths { add("info", "log.written", "results written", place: folder) }
    let seconds = state.lock.withLock { (ContinuousClock.now - state.start) / .seconds(1) }
    add(
      code == 0 ? "info" : "error", "log.finished",
      "exit code \(code) after \(NumberText.significant(seconds, digits: 3)) s", place: nil)
  }

  private static func add(_ level: String, _ code: String, _ message: String, place: String?) {
    guard let file = state.lock.withLock({ state.file }) else { return }
    let line = JSON.object([
      ("time", .string(Date.now.formatted(.iso8601))), ("level", .string(level)), ("code", .string(code)),
      ("message", .string(message)), ("place", .optional(place)),
      ("process", .integer(Int(getpid()))),
    ])
    do {
      try file.append(line.text(lineWidth: .max))
    } catch {
      // The work goes on without its log.
      state.lock.withLock { state.file = nil }
      try? StandardStream.error.write("note: \(error.description)\n")
    }
  }
}
