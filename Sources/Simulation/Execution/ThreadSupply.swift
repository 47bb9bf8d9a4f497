import Dispatch
import Foundation

/// The threads that the system grants.
///
/// The threads of `DispatchQueue.concurrentPerform` belong to the system's pool. If one of them cannot be started, for
/// want of memory or because of a limit on processes, the pool tries again every second for ever, and its caller waits.
/// Therefore as many threads as are needed are started and ended here before the pool is used: those that the system
/// refuses are done without, and the results are the same.
package enum ThreadSupply {
  /// A number of threads that was needed, and the smaller one that could be used; both count the calling thread.
  package struct Shortage: Sendable, Equatable {
    package var needed: Int
    package var started: Int
  }

  /// The threads of a probe have this much more address space than those of the pool, so that memory allocated between
  /// the probe and the start of the pool does not matter.
  private static let reserve = 16 << 20
  /// The time for which a probe remains valid. The pool keeps idle threads for five seconds.
  private static let validity: UInt64 = 1_000_000_000

  /// The number of processors, and of threads of the pool.
  static let processors = Engine.Options().width

  private static let state = State()

  /// The greatest shortage since the program began, if any.
  package static var shortage: Shortage? { state.lock.withLock { state.shortage } }

  /// The number of workers that worked at the same time, of some number: fewer if the system has refused threads.
  package static func working(_ workers: Int) -> Int { min(workers, shortage?.started ?? workers) }

  /// The number of threads, at most `wanted` and at least 1, that can work at the same time, the calling thread included.
  ///
  /// The pool has no more threads than the machine has processors, so that no more are tried.
  static func available(_ wanted: Int) -> Int {
    let width = min(wanted, processors)
    guard width > 1 else { return 1 }
    return state.lock.withLock {
      let now = DispatchTime.now().uptimeNanoseconds
      // Less than the idle time after the probe, the threads that were used then still exist.
      if width <= state.width, now - state.probed < validity { return width }
      let started = 1 + ThreadSupply.started(width - 1)
      (state.width, state.probed) = (started, now)
      if started < width, started < state.shortage?.started ?? .max {
        state.shortage = Shortage(needed: width, started: started)
      }
      return started
    }
  }

  /// The number of threads, at most `count`, that the system starts so that all exist at the same time.
  static func started(_ count: Int) -> Int {
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(gate, nil)
    pthread_mutex_lock(gate)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    var size = 0
    if pthread_attr_getstacksize(&attributes, &size) == 0 {
      pthread_attr_setstacksize(&attributes, size.addingReportingOverflow(reserve).partialValue)
    }
    var threads: [pthread_t] = []
    for _ in 0..<count {
      guard let thread = start(&attributes, gate) else { break }
      threads.append(thread)
    }
    pthread_mutex_unlock(gate)
    for thread in threads { pthread_join(thread, nil) }
    pthread_attr_destroy(&attributes)
    pthread_mutex_destroy(gate)
    gate.deallocate()
    return threads.count
  }

  /// A thread that ends as soon as the gate is unlocked; nil if the system refuses it.
  private static func start(
    _ attributes: UnsafePointer<pthread_attr_t>, _ gate: UnsafeMutablePointer<pthread_mutex_t>
  ) -> pthread_t? {
    #if canImport(Darwin)
    var thread: pthread_t?
    #else
    var thread = pthread_t()
    #endif
    let code = pthread_create(&thread, attributes, { ThreadSupply.waitAtGate($0) }, gate)
    return code == 0 ? thread : nil
  }

  /// The whole work of a thread of a probe.
  private static func waitAtGate(_ gate: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
    pthread_mutex_lock(gate)
    pthread_mutex_unlock(gate)
    return nil
  }

  private final class State: @unchecked Sendable {
    let lock = NSLock()
    /// The result of the last probe, and its time.
    var width = 0
    var probed: UInt64 = 0
    var shortage: Shortage?
  }
}
