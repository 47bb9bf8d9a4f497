import Foundation
import LinearAlgebra

/// The memory that the process may use at most: that of the machine, or less if a limit is set.
package struct AvailableMemory {
  /// The number of bytes.
  package var bytes: Int
  /// The owner of the limit: `machine`, `container` (a control group) or `process` (`ulimit -v`).
  package var owner: String

  /// The smallest of the limits.
  package static var now: AvailableMemory {
    var smallest = AvailableMemory(
      bytes: Int(clamping: ProcessInfo.processInfo.physicalMemory), owner: "machine")
    func consider(_ bytes: Int?, _ owner: String) {
      if let bytes, bytes > 0, bytes < smallest.bytes { smallest = AvailableMemory(bytes: bytes, owner: owner) }
    }
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    for path in ControlGroups.limitFiles(of: groups) {
      consider((try? String(contentsOfFile: path, encoding: .utf8)).flatMap(ControlGroups.limit), "container")
    }
    consider(AddressSpace().limit, "process")
    return smallest
  }
}

/// The memory limits of Linux control groups, of version 1 (`memory.limit_in_bytes`) and version 2 (`memory.max`).
enum ControlGroups {
  private static let root = "/sys/fs/cgroup"

  /// The files that may limit a process, for the text of its `/proc/self/cgroup`: those of its group and of every group
  /// that contains it.
  ///
  /// In a container the path may be that on the host, of which only the root is visible.
  static func limitFiles(of text: String) -> [String] {
    text.split(separator: "\n").flatMap { line -> [String] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let isUnified = fields[0] == "0" && fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { return [] }
      let (folder, file) = isUnified ? (root, "memory.max") : (root + "/memory", "memory.limit_in_bytes")
      var names = fields[2].split(separator: "/").filter { $0 != ".." }
      var files: [String] = []
      while true {
        files.append(([folder] + names.map(String.init) + [file]).joined(separator: "/"))
        if names.isEmpty { return files }
        names.removeLast()
      }
    }
  }

  /// The limit in a file; nil for `max`, which is none.
  static func limit(_ text: String) -> Int? {
    Int(text.trimmingCharacters(in: .whitespacesAndNewlines)).flatMap { $0 < 1 << 60 ? $0 : nil }
  }
}
