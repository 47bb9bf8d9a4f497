import Foundation

/// A completed run of a program: elapsed time, processor time and memory.
struct ProcessRun {
  /// Elapsed time, from before the process is created until it has ended.
  var seconds: Double
  /// Processor time of all threads, user and system.
  var processorSeconds: Double
  /// Peak resident memory. Linux starts from the size of the parent at the time of the fork, so that this is never
  /// below this process's own peak.
  var peakBytes: Int
  /// Its standard output, if requested.
  var output: String

  /// Runs a command; the first word is a path, or a name to be found in PATH.
  ///
  /// - Parameter keepsOutput: true to keep standard output, false to discard it.
  static func run(_ command: [String], keepsOutput: Bool = false) throws(BenchmarkError) -> ProcessRun {
    let folder = FileManager.default.temporaryDirectory
    let name = "loadcast-benchmark-\(UUID().uuidString)"
    let outputFile = keepsOutput ? folder.appending(path: "\(name).out").path : "/dev/null"
    let errorFile = folder.appending(path: "\(name).err").path
    defer {
      try? FileManager.default.removeItem(atPath: errorFile)
      if keepsOutput { try? FileManager.default.removeItem(atPath: outputFile) }
    }

    let clock = ContinuousClock()
    let start = clock.now
    let child = try spawn(command, output: outputFile, errors: errorFile)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw .cannotRun(command, reason: String(cString: strerror(errno))) }
    }
    let elapsed: Double = clock.now - start
    let output = keepsOutput ? (try? String(contentsOfFile: outputFile, encoding: .utf8)) ?? "" : ""
    if status != 0 {
      let errors = (try? String(contentsOfFile: errorFile, encoding: .utf8)) ?? ""
      throw .failed(command, status: status, errors: errors)
    }
    return ProcessRun(
      seconds: elapsed, processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakBytes: bytes(ofPeak: usage), output: output)
  }

  /// Starts a process with empty input whose output goes to two files.
  private static func spawn(_ command: [String], output: String, errors: String) throws(BenchmarkError) -> pid_t {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    #else
    var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, path) in [(Int32(1), output), (2, errors)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    let arguments = command.map { strdup($0) } + [nil]
    let environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, command[0], &actions, nil, arguments, environment)
    guard failure == 0 else { throw .cannotRun(command, reason: String(cString: strerror(failure))) }
    return child
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }

  /// The peak resident memory of this process.
  static var ownPeakBytes: Int {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return bytes(ofPeak: usage)
  }

  /// Darwin counts bytes, Linux kibibytes.
  private static func bytes(ofPeak usage: rusage) -> Int {
    #if canImport(Darwin)
    usage.ru_maxrss
    #else
    usage.ru_maxrss * 1024
    #endif
  }
}

extension ContinuousClock.Instant {
  /// The seconds between two instants.
  static func - (end: Self, start: Self) -> Double {
    let (seconds, attoseconds) = start.duration(to: end).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
