import Foundation
import Testing

@testable import Simulation

@Suite("The memory of the container or machine")
struct AvailableMemoryTests {
  @Test("Version 2 of control groups: the group and those that contain it")
  func unified() {
    #expect(
      ControlGroups.limitFiles(of: "0::/user.slice/a.scope\n") == [
        "/sys/fs/cgroup/user.slice/a.scope/memory.max", "/sys/fs/cgroup/user.slice/memory.max",
        "/sys/fs/cgroup/memory.max",
      ])
    // The path of a group outside the namespace begins with `..`.
    #expect(ControlGroups.limitFiles(of: "0::/../../a\n").last == "/sys/fs/cgroup/memory.max")
  }

  @Test("Version 1: the hierarchy of the memory controller alone")
  func legacy() {
    #expect(
      ControlGroups.limitFiles(of: "12:cpu,cpuacct:/docker/x\n5:memory:/docker/x\n1:name=systemd:/y\n") == [
        "/sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes", "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      ])
    #expect(ControlGroups.limitFiles(of: "") == [] && ControlGroups.limitFiles(of: "nonsense") == [])
  }

  @Test("A limit is a number of bytes; `max` and the largest number of pages are none")
  func limits() {
    #expect(ControlGroups.limit("4294967296\n") == 4_294_967_296)
    #expect(ControlGroups.limit("max\n") == nil && ControlGroups.limit("9223372036854771712\n") == nil)
  }

  @Test("There is some memory, and at most that of the machine")
  func now() {
    let now = AvailableMemory.now
    #expect(now.bytes > 1 << 20 && now.bytes <= Int(clamping: ProcessInfo.processInfo.physicalMemory))
  }
}
