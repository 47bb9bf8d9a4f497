import Dispatch

/// The results of a function for 0 ..< count, in this order, computed concurrently.
///
/// - Parameter workers: with one worker everything is computed on the calling thread.
package func concurrentMap<Result>(_ count: Int, workers: Int, _ body: (Int) -> Result) -> [Result] {
  guard workers > 1, count > 1 else { return (0..<count).map(body) }
  return [Result](unsafeUninitializedCapacity: count) { results, initialised in
    nonisolated(unsafe) let results = results
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: count) { number in
        results.initializeElement(at: number, to: body(number))
      }
    }
    initialised = count
  }
}
