import CBlockKernels

extension Columns {
  /// A discrete quantile function: out = the first outcome whose cumulative probability is not below u, else the last.
  ///
  /// - Parameters:
  ///   - u: the probabilities.
  ///   - out: room for the results.
  ///   - count: how many values there are.
  ///   - outcomes: at least one.
  ///   - cumulative: one less than outcomes, ascending; the last outcome's is 1 and is not given.
  public static func steps(
    outcomes: UnsafeBufferPointer<Double>, cumulative: UnsafeBufferPointer<Double>, at u: Column,
    into out: MutableColumn, count: Int
  ) {
    guard let values = outcomes.baseAddress else { preconditionFailure("A discrete distribution has an outcome.") }
    precondition(cumulative.count == outcomes.count - 1, "Each outcome but the last has a cumulative probability.")
    // Without a threshold the address is not read.
    lc_steps(cumulative.baseAddress ?? values, values, outcomes.count, u, out, count)
  }
}
