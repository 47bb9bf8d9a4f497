import Dispatch

/// Calls `body` with the numbers 0 ..< `workers`, on at most this many threads, and returns when all calls have.
///
/// All parallel code of the engine uses this function, or `concurrentMap`, and receives the number of workers from its
/// caller, who has it from `Engine.Options`: `--workers 1` keeps one core busy, whatever a command computes. With one
/// worker the body runs on the calling thread. If the system does not grant as many threads, fewer of them make all
/// calls.
package func forEachWorker(_ workers: Int, _ body: (_ worker: Int) -> Void) {
  forEachWorker(workers, threads: ThreadSupply.available(workers), body)
}

/// Calls `body` with the numbers 0 ..< `workers` on a number of threads.
func forEachWorker(_ workers: Int, threads: Int, _ body: (_ worker: Int) -> Void) {
  guard threads > 1, workers > 1 else { return (0..<max(1, workers)).forEach(body) }
  // The pool has no more threads than processors, and distributes the others itself.
  let width = threads < ThreadSupply.processors ? min(threads, workers) : workers
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: width) { thread in
      for worker in stride(from: thread, to: workers, by: width) { body(worker) }
    }
  }
}

/// The results of a function for 0 ..< count, in this order, computed by at most `workers` threads.
///
/// The result does not depend on the number of workers if `body` depends on its argument alone.
package func concurrentMap<Result>(_ count: Int, workers: Int, _ body: (Int) -> Result) -> [Result] {
  let width = min(workers, count)
  guard width > 1 else { return (0..<count).map(body) }
  let counter = BlockCounter(blocks: count, options: Engine.Options(workers: width))
  return [Result](unsafeUninitializedCapacity: count) { results, initialised in
    let results = results
    forEachWorker(width) { _ in
      while let number = counter.next() { results.initializeElement(at: number, to: body(number)) }
    }
    initialised = count
  }
}

/// The workers of two nested loops, whose product is at most `workers`: as many as possible for the outer loop of
/// `count` iterations, the rest for the loop within each iteration.
package func nestedWorkers(_ workers: Int, outer count: Int) -> (outer: Int, inner: Int) {
  let outer = max(1, min(workers, count))
  return (outer, max(1, workers / outer))
}
