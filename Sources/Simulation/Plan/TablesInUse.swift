import Distributions
import Foundation

/// The tables that a plan's instructions read, made when they are first asked for: an estimate of what a run needs makes no
/// draws, and each table that is not known yet takes a millisecond or more.
final class TablesInUse: @unchecked Sendable {
  /// Tables over probabilities and over scores, by the number of the distribution; nil for those that no instruction
  /// reads.
  struct Tables: Sendable {
    var quantile: [QuantileTable?]
    var score: [ScoreTable?]
  }

  private let pool: DistributionPool
  private let kinds: [(quantile: Bool, score: Bool)]
  private let workers: Int
  private let lock = NSLock()
  private var made: Tables?

  /// The tables for a schedule.
  ///
  /// - Parameters:
  ///   - pool: the distributions.
  ///   - schedule: the instructions.
  ///   - workers: the number of threads that build tables.
  init(of pool: DistributionPool, in schedule: Schedule, workers: Int) {
    self.pool = pool
    self.workers = workers
    var kinds = [(quantile: Bool, score: Bool)](repeating: (false, false), count: pool.tabulated.count)
    for step in schedule.steps {
      if case .quantileTable(let table, _) = step.node { kinds[table].quantile = true }
      if case .scoreTable(let table, _) = step.node { kinds[table].score = true }
    }
    self.kinds = kinds
  }

  /// The tables.
  var tables: Tables {
    lock.withLock {
      if let made { return made }
      let shared = SharedTables.ofProcess
      let tables = concurrentMap(pool.tabulated.count, workers: workers) { number in
        let (distribution, key) = (pool.tabulated[number], pool.tableKeys[number])
        return (
          quantile: kinds[number].quantile ? shared.quantileTable(of: distribution, key) : nil,
          score: kinds[number].score ? shared.scoreTable(of: distribution, key) : nil
        )
      }
      let all = Tables(quantile: tables.map(\.quantile), score: tables.map(\.score))
      made = all
      return all
    }
  }
}
