import CBlockKernels

extension Columns {
  /// A discrete quantile function: out = the first outcome whose cumulative probability is not below u, else the last.
  ///
  /// - Parameters:
  ///   - u: the probabilities.
  ///   - out: the results.
  ///   - count: the number of values.
  ///   - outcomes: at least one.
  ///   - cumulative: one fewer than `outcomes`, ascending; that of the last outcome is 1 and is omitted.
  package static func steps(
    outcomes: UnsafeBufferPointer<Double>, cumulative: UnsafeBufferPointer<Double>, at u: Column,
    into out: MutableColumn, count: Int
  ) {
    guard let values = outcomes.baseAddress else { preconditionFailure("A discrete distribution has an outcome.") }
    precondition(cumulative.count == outcomes.count - 1, "Each outcome but the last has a cumulative probability.")
    // Without a threshold the address is not read.
    lc_steps(cumulative.baseAddress ?? values, values, outcomes.count, u, out, count)
  }
}
