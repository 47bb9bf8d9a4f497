import Foundation

/// The machine of the measurements.
enum Machine {
  /// The processor's name as reported by the system.
  static var processor: String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = information.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
  }

  /// Cores that programs may use.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The load average of the last minute, this process included.
  static var load: Double {
    var averages = [0.0, 0.0, 0.0]
    return getloadavg(&averages, 3) > 0 ? averages[0] : .nan
  }

  /// Today, as `2026-11-23`.
  static var date: String { Date.now.formatted(.iso8601.year().month().day()) }
}
