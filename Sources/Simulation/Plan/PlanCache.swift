import Foundation

/// The plan of an evaluator for the execution block that was last asked for.
final class PlanCache: @unchecked Sendable {
  private let lock = NSLock()
  private var last: (executionBlock: Int, plan: Plan)?

  func plan(executionBlock: Int, _ make: () -> Plan) -> Plan {
    lock.withLock {
      if let last, last.executionBlock == executionBlock { return last.plan }
      let plan = make()
      last = (executionBlock, plan)
      return plan
    }
  }
}
