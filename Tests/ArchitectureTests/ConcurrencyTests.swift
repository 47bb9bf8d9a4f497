import Foundation
import Testing

/// One file starts threads, so that one option bounds their number.
@Suite("Concurrency")
struct ConcurrencyTests {
  /// The files in which a text occurs outside comments, relative to `Sources`.
  private static func files(with text: String) throws -> Set<String> {
    var found: Set<String> = []
    for target in try FileManager.default.contentsOfDirectory(atPath: ImportGraphTests.sources.path) {
      for file in try PortableFunctionsTests.files(target, [".swift"]) {
        let code = file.text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
        if code.contains(where: { $0.contains(text) }) { found.insert(file.path) }
      }
    }
    return found
  }

  @Test("concurrentPerform is called in one file, which receives the number of workers from its callers")
  func oneFile() throws {
    #expect(try Self.files(with: "concurrentPerform") == ["Simulation/Execution/Workers.swift"])
  }

  @Test("The default number of workers is in one file; the benchmarks state the number of cores")
  func oneDefault() throws {
    #expect(
      try Self.files(with: "rocessorCount") == ["Simulation/Engine.swift", "Benchmarks/Measuring/Machine.swift"])
  }

  @Test(
    "Nothing else starts threads, but for the probe that counts those that the system grants",
    arguments: [
      "pthread_create", "Thread.detach", "Thread(", "Task {", "Task.detached", "OperationQueue", ".async",
      "withTaskGroup",
    ])
  func otherThreads(form: String) throws {
    let files = try Self.files(with: form)
    #expect(files == (form == "pthread_create" ? ["Simulation/Execution/ThreadSupply.swift"] : []))
  }
}
