import Diagnostics
import Modeling
import Simulation

extension Engine.Options {
  /// Refuses a method that uses its own design if its sums do not fit into memory.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the sums, in proportion to the number of base points.
  ///   - base: the number of base points, a power of two.
  ///   - factors: the number of factors.
  ///   - targets: the number of target cells.
  /// - Throws: `Diagnostics` with the largest number of base points that fits or, if none does, of target cells.
  func require(sums bytes: Double, base: Int, factors: Int, _ targets: Int) throws(Diagnostics) {
    try memory?.require(
      bytes, for: "\(base) base points, \(factors) factors and \(targets) target \(targets == 1 ? "cell" : "cells")"
    ) { free in
      var (most, needed) = (base, bytes)
      while most > SensitivityProblem.leastBase, needed > free { (most, needed) = (most / 2, needed / 2) }
      if needed <= free { return "at most --base-samples \(most)" }
      let fewer = Int(free / (needed / Double(targets)))
      return fewer > 0 ? "at most \(fewer) target \(fewer == 1 ? "cell" : "cells"), with --base-samples \(most)" : nil
    }
  }
}
