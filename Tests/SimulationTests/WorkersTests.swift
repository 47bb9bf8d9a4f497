import Foundation
import Simulation
import Testing

@Suite("Workers") struct WorkersTests {
  @Test("A map is computed by at most the given number of threads, in order, each place once", arguments: [1, 2, 3])
  func width(workers: Int) {
    let (busy, most, calls) = (Guarded(0), Guarded(0), Guarded(0))
    let results = concurrentMap(200, workers: workers) { number in
      let now = busy.update { $0 + 1 }
      _ = most.update { max($0, now) }
      _ = calls.update { $0 + 1 }
      usleep(200)
      _ = busy.update { $0 - 1 }
      return number * number
    }
    #expect(results == (0..<200).map { $0 * $0 })
    #expect(calls.update { $0 } == 200)
    #expect(most.update { $0 } <= workers)
  }

  @Test("One worker is the calling thread")
  func callingThread() {
    let own = pthread_self()
    let isOwn = concurrentMap(50, workers: 1) { _ in pthread_equal(pthread_self(), own) != 0 }
    #expect(!isOwn.contains(false))
    var calls = 0
    forEachWorker(1) { worker in calls += worker + 1 }
    #expect(calls == 1)
  }

  @Test("Nested loops share the workers")
  func nested() {
    for workers in 1...9 {
      for count in 0...12 {
        let widths = nestedWorkers(workers, outer: count)
        #expect(widths.outer >= 1 && widths.inner >= 1 && widths.outer * widths.inner <= workers)
        #expect(widths.outer == max(1, min(workers, count)))
      }
    }
  }
}
