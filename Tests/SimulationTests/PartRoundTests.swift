import Foundation
import Modeling
import Testing

@testable import Simulation

@Suite("Exact quantiles of a run in parts") struct PartRoundTests {
  /// Merges all rounds of a run in parts, each part made by another engine.
  private static func rounds(
    _ engine: Engine, parts count: Int, make: (Engine, Range<Int>, [RunPart]) throws -> RunPart
  ) throws -> [RunPart] {
    let ranges = (1...count).map { engine.blocks(ofPart: $0, of: count) }.filter { !$0.isEmpty }
    var rounds: [RunPart] = []
    while true {
      let parts = try ranges.map { try make(Engine(model: engine.model), $0, rounds) }
      rounds.append(
        rounds.isEmpty
          ? try engine.merged(parts.count, 0..<engine.blockCount) { parts[$0] }
          : try engine.mergedTallies(parts.count, after: rounds) { parts[parts.count - 1 - $0] })
      if try engine.isFinished(after: rounds) { return rounds }
    }
  }

  private static func part(_ engine: Engine, _ blocks: Range<Int>, _ rounds: [RunPart]) throws -> RunPart {
    rounds.isEmpty
      ? try engine.part(blocks, every: 30) { _ in }
      : try engine.tallies(blocks, after: rounds, options: Engine.Options(workers: 2), every: 30) { _ in }
  }

  private static func engine(_ design: String, draws: Int) throws -> Engine {
    var model = try Samples.everything(draws: draws)
    model.settings.design = design
    model.settings.isExact = true
    return try Engine(model: model)
  }

  @Test("Rounds of parts give every figure of the single run, bit for bit", arguments: ["mc", "sobol", "lhs", "owen"])
  func equalsSingleRun(design: String) throws {
    let engine = try Self.engine(design, draws: 150_001)
    let single = RepeatabilityTests.bits(try engine.run())
    for count in [1, 3, 8] {
      let rounds = try Self.rounds(engine, parts: count, make: Self.part)
      #expect(rounds.count > 1)
      #expect(RepeatabilityTests.bits(try engine.result(ofRounds: rounds)) == single, "\(count) parts")
    }
  }

  @Test("A part of a round that is interrupted and continued, or saved along the way, has the same bytes")
  func interrupted() throws {
    let engine = try Self.engine("sobol", draws: 300_000)
    let blocks = engine.blocks(ofPart: 2, of: 2)
    let first = try engine.merged(1, 0..<engine.blockCount) { _ in try Self.part(engine, 0..<engine.blockCount, []) }
    var saved: [RunPart] = []
    let whole = try engine.tallies(blocks, after: [first], options: Engine.Options(workers: 1), every: 1e-9) {
      saved.append($0)
    }
    #expect(saved.count > 1)
    let continued = try engine.tallies(blocks, after: [first], continuing: saved.first, every: 30) { _ in }
    #expect(continued.summaries == whole.summaries)
    var made: RunPart?
    var attempts = 0
    while made?.blocks != blocks {
      let asked = ThreadCounter()
      let options = Engine.Options(workers: 2, isCancelled: { asked.next() > 40 })
      made = try engine.tallies(blocks, after: [first], continuing: made, options: options, every: 30) { _ in }
      attempts += 1
      try #require(attempts < 200)
    }
    #expect(attempts > 2)
    #expect(made?.summaries == whole.summaries)
  }

  @Test("Tallies that are cut, doubled or of another machine are refused")
  func unusable() throws {
    let engine = try Self.engine("mc", draws: 20_000)
    let first = try engine.merged(1, 0..<engine.blockCount) { _ in try Self.part(engine, 0..<engine.blockCount, []) }
    let part = try Self.part(engine, 0..<engine.blockCount, [first])
    for length in stride(from: 0, to: part.summaries.count, by: max(1, part.summaries.count / 200)) {
      var short = part
      short.summaries.removeLast(part.summaries.count - length)
      #expect(throws: UnusablePart.self) { _ = try engine.mergedTallies(1, after: [first]) { _ in short } }
    }
    #expect(throws: UnusablePart.self) { _ = try engine.mergedTallies(2, after: [first]) { _ in part } }
    var other = part
    other.fingerprint ^= 1
    #expect { _ = try engine.mergedTallies(1, after: [first]) { _ in other } } throws: {
      ($0 as? UnusablePart)?.reason == .differs
    }
  }

  @Test("Tallies of narrow intervals are counts, and their bytes are read back")
  func counts() throws {
    var tally = IntervalTally(counts: [0, 3, 0, 0, 5, 1, 0], shift: 4)
    var writer = PartWriter()
    tally.write(to: &writer)
    var empty = IntervalTally(counts: [Int](repeating: 0, count: 7), shift: 4)
    var reader = PartReader(writer.bytes[...])
    try empty.read(from: &reader)
    #expect(reader.isAtEnd && empty.counts == tally.counts)
    tally.add(empty)
    #expect(tally.draws == 18)
    // A place beyond the interval.
    var short = IntervalTally(counts: [0, 0, 0], shift: 4)
    var again = PartReader(writer.bytes[...])
    #expect(throws: PartDamage.self) { try short.read(from: &again) }
  }
}
