import Foundation
import Modeling
import Simulation
import Testing

/// Results in the order in which a run shows them, all from its own thread.
private final class Seen: @unchecked Sendable {
  var results: [RunResult] = []
}

@Suite("Results do not depend on how they were computed") struct RepeatabilityTests {
  /// All figures of a run, bit by bit.
  static func bits(_ result: RunResult) -> [UInt64] {
    var bits: [UInt64] = []
    func add(_ x: Double) { bits.append(x.isNaN ? 1 : x.bitPattern) }
    for output in result.outputs {
      for cell in output.cells {
        bits += [UInt64(cell.draws), UInt64(cell.nonFinite)]
        for x in [cell.mean.value, cell.mean.error, cell.sd, cell.min, cell.max] { add(x) }
        for quantile in cell.quantiles {
          add(quantile.value)
          add(quantile.error)
        }
        for bin in cell.histogram {
          add(bin.low)
          add(bin.high)
          bits.append(UInt64(bin.count))
        }
      }
      for row in output.comparisons.flatMap({ $0 }) {
        for x in [row.ratio.p05, row.ratio.p50, row.ratio.p95, row.exceeds.value, row.exceeds.error] { add(x) }
        bits.append(UInt64(row.nonFinite))
      }
    }
    for failure in result.failures { bits += [UInt64(failure.count), UInt64(failure.firstDraw)] }
    return bits
  }

  @Test("Byte-identical for any number of workers and any execution block")
  func workersAndBlocks() throws {
    let model = try Samples.everything(draws: 20_001)
    let engine = try Engine(model: model)
    let reference = Self.bits(try engine.run(options: Engine.Options(workers: 1)))
    for workers in [1, 2, 3, 7] {
      for block in [7, 64, 1000, 1024] {
        let found = Self.bits(try engine.run(options: Engine.Options(workers: workers, executionBlock: block)))
        #expect(found == reference, "\(workers) workers, \(block) draws at once")
      }
    }
    #expect(Self.bits(try Engine(model: model).run()) == reference, "made anew")
  }

  @Test("Byte-identical for one draw executed at a time")
  func singleDraws() throws {
    let engine = try Engine(model: try Samples.everything(draws: 2500))
    let reference = Self.bits(try engine.run(options: Engine.Options(workers: 2)))
    #expect(Self.bits(try engine.run(options: Engine.Options(workers: 3, executionBlock: 1))) == reference)
  }

  @Test("Byte-identical with results shown early, which are those of shorter runs", arguments: ["mc", "sobol", "lhs"])
  func earlyResults(design: String) throws {
    func model(draws: Int) throws -> Model {
      var model = try Samples.everything(draws: draws)
      model.settings.design = design
      return model
    }
    let draws = (1 << 17) + 333
    let seen = Seen()
    var options = Engine.Options(workers: 2)
    options.early = EarlyResults(leastSeconds: 0) { seen.results.append($0) }
    let found = Self.bits(try Engine(model: try model(draws: draws)).run(options: options))
    #expect(found == Self.bits(try Engine(model: try model(draws: draws)).run()))
    let early = seen.results
    #expect(early.map(\.draws) == [1 << 14])
    // The strata of the Latin hypercube depend on the number of draws.
    if design != "lhs" {
      let short = try Engine(model: try model(draws: 1 << 14)).run()
      #expect(early.map(Self.bits) == [Self.bits(short).dropLast(2 * short.failures.count)])
    }

    options.early = EarlyResults(leastSeconds: 1e9) { _ in Issue.record("a run of less than 1e9 seconds") }
    #expect(Self.bits(try Engine(model: try model(draws: draws)).run(options: options)) == found)
  }

  @Test("A longer run begins with the shorter one's draws")
  func longerRuns() throws {
    var (short, long): ([[Double]], [[Double]]) = ([], [])
    try Engine(model: try Samples.everything(draws: 1000)).drawTables(rows: 1000) { short = $0.values }
    try Engine(model: try Samples.everything(draws: 5000)).drawTables(rows: 5000) {
      if $0.firstDraw == 0 { long = $0.values }
    }
    #expect(short.count == long.count)
    for (a, b) in zip(short, long) { #expect(a.map(\.bitPattern) == b.prefix(1000).map(\.bitPattern)) }
  }

  @Test("An input added leaves the others' draws as they were")
  func addedInput() throws {
    func tables(_ names: [String]) throws -> [String: [Double]] {
      var maker = ModelMaker()
      for name in names { maker.output(try maker.uniform(name, 0, 1)) }
      var found: [String: [Double]] = [:]
      try Engine(model: maker.model(draws: 100)).drawTables(rows: 100) { table in
        for (column, values) in zip(table.columns, table.values) { found[column.name] = values }
      }
      return found
    }
    let (before, after) = (try tables(["a", "b"]), try tables(["c", "b", "a"]))
    #expect(before["a"] == after["a"] && before["b"] == after["b"] && after["c"] != after["a"])
  }

  @Test("Cancelling ends a long run at once, with CancellationError")
  func cancelling() throws {
    let engine = try Engine(model: try Samples.everything(draws: 1_000_000_000_000))
    let asked = Guarded(0)
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(throws: CancellationError.self) {
        try engine.run(
          options: Engine.Options(workers: 2, isCancelled: { asked.update { $0 + 1 } > 50 }))
      }
    }
    #expect(time < .seconds(2))
  }

  @Test("Progress runs from 0 to 1")
  func progress() throws {
    let engine = try Engine(model: try Samples.everything(draws: 300_000))
    let highest = Guarded(0.0)
    _ = try engine.run(
      options: Engine.Options(workers: 2, progress: { share in highest.update { max($0, share) } }))
    #expect(highest.update { $0 } == 1)
  }
}

/// A value that several threads change.
final class Guarded<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }

  /// Changes the value and gives the new one.
  @discardableResult
  func update(_ change: (Value) -> Value) -> Value {
    lock.withLock {
      value = change(value)
      return value
    }
  }
}
