import Foundation
import Testing

@testable import Simulation

@Suite("Fewer threads than workers make all calls")
struct ThreadSupplyTests {
  @Test("Every worker's number is called once", arguments: [0, 1, 2, 3, 7, 64], [1, 2, 3, 64])
  func everyNumber(workers: Int, threads: Int) {
    let lock = NSLock()
    nonisolated(unsafe) var calls: [Int] = []
    forEachWorker(workers, threads: threads) { number in lock.withLock { calls.append(number) } }
    // Without workers the calling thread is one.
    #expect(calls.sorted() == Array(0..<max(1, workers)))
  }

  @Test("Threads that the system grants are counted, and at least the calling thread can work")
  func available() {
    #expect(ThreadSupply.started(0) == 0)
    #expect(ThreadSupply.started(3) == 3)
    #expect(ThreadSupply.available(1) == 1)
    #expect(ThreadSupply.available(1 << 20) == ProcessInfo.processInfo.activeProcessorCount)
  }
}
