import Distributions
import Foundation

/// The tables of distributions that plans of this process have needed, so that a distribution is tabulated once: by a run,
/// the evaluators of its evidence, and the variants of a sweep or a family alike.
///
/// A table depends on the distribution alone, so sharing changes no result.
final class SharedTables: @unchecked Sendable {
  /// Those of the process.
  static let ofProcess = SharedTables()

  /// Maximum number of tables kept, of some 50 KB each. All are forgotten when there are more: plans own those that they
  /// use.
  private static let most = 512

  private let lock = NSLock()
  private var quantileTables: [String: QuantileTable] = [:]
  private var scoreTables: [String: ScoreTable] = [:]

  /// The table over probabilities.
  ///
  /// - Parameter key: what identifies the distribution, see `DistributionPool.key`.
  func quantileTable(of distribution: any Distribution, _ key: String) -> QuantileTable {
    if let known = lock.withLock({ quantileTables[key] }) { return known }
    let table = QuantileTable(distribution)
    lock.withLock { Self.add(table, key, to: &quantileTables) }
    return table
  }

  /// The table over scores.
  ///
  /// - Parameter key: what identifies the distribution, see `DistributionPool.key`.
  func scoreTable(of distribution: any Distribution, _ key: String) -> ScoreTable {
    if let known = lock.withLock({ scoreTables[key] }) { return known }
    let table = ScoreTable(distribution)
    lock.withLock { Self.add(table, key, to: &scoreTables) }
    return table
  }

  private static func add<Table>(_ table: Table, _ key: String, to tables: inout [String: Table]) {
    if tables.count >= most { tables.removeAll() }
    tables[key] = table
  }
}
