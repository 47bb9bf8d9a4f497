import Foundation
import Modeling
import Testing

@testable import Simulation

@Suite("A run divided into parts") struct PartTests {
  private static func model(_ design: String, draws: Int) throws -> Model {
    var model = try Samples.everything(draws: draws)
    model.settings.design = design
    return model
  }

  /// The result of parts that are made separately and written as bytes.
  private static func merged(_ engine: Engine, _ parts: [RunPart]) throws -> [UInt64] {
    RepeatabilityTests.bits(try engine.result(ofParts: parts.count) { parts[$0] })
  }

  @Test("Merged parts give every figure of the single run, bit for bit", arguments: ["mc", "sobol", "lhs", "owen"])
  func equalsSingleRun(design: String) throws {
    let engine = try Engine(model: try Self.model(design, draws: 150_001))
    let single = RepeatabilityTests.bits(try engine.run())
    for count in [1, 2, 3, 7, 40] {
      let parts = try (1...count).map { number in
        // Another engine, as on another machine.
        try Engine(model: engine.model).part(
          engine.blocks(ofPart: number, of: count), options: Engine.Options(workers: 1 + number % 3), every: 30
        ) { _ in }
      }
      #expect(try Self.merged(engine, parts.filter { !$0.blocks.isEmpty }) == single, "\(count) parts")
    }
  }

  @Test("A part that is interrupted after every stage, and continued each time, has the same bytes")
  func interrupted() throws {
    let engine = try Engine(model: try Self.model("sobol", draws: 300_000))
    let blocks = engine.blocks(ofPart: 2, of: 2)
    let whole = try engine.part(blocks, every: 30) { _ in }
    var made: RunPart?
    var attempts = 0
    while made?.blocks != blocks {
      // Cancelled at the fourth question: some ranges have been made by then.
      let asked = ThreadCounter()
      let options = Engine.Options(workers: 2, isCancelled: { asked.next() > 3 })
      made = try engine.part(blocks, continuing: made, options: options, every: 30) { _ in }
      attempts += 1
    }
    #expect(attempts > 2)
    #expect(made?.summaries == whole.summaries)
  }

  @Test("What is saved along the way can be continued")
  func saved() throws {
    let engine = try Engine(model: try Self.model("mc", draws: 300_000))
    let blocks = engine.blocks(ofPart: 1, of: 1)
    var saved: [RunPart] = []
    let whole = try engine.part(blocks, every: 1e-9) { saved.append($0) }
    #expect(saved.count > 2)
    for part in [saved.first, saved.last] {
      let rest = try engine.part(blocks, continuing: part, every: 30) { _ in }
      #expect(rest.summaries == whole.summaries)
    }
  }

  @Test("A run that is ended and started again has the figures of one without a pause", arguments: ["mc", "sobol"])
  func checkpoint(design: String) throws {
    let engine = try Engine(model: try Self.model(design, draws: 200_001))
    let single = RepeatabilityTests.bits(try engine.run())
    let kept = Kept()
    func options(endingAfter questions: Int) -> Engine.Options {
      let asked = ThreadCounter()
      var options = Engine.Options(workers: 2, isCancelled: { asked.next() > questions })
      options.checkpoint = Checkpoint(every: 1e-9, load: { kept.part }, save: { kept.part = $0 })
      return options
    }
    #expect(throws: CancellationError.self) { try engine.run(options: options(endingAfter: 100)) }
    let first = try #require(kept.part)
    #expect(!first.blocks.isEmpty && first.blocks.count < engine.blockCount)
    #expect(RepeatabilityTests.bits(try engine.run(options: options(endingAfter: .max))) == single)
    // With results shown meanwhile, and one that cannot be used.
    kept.part = first
    var shown = options(endingAfter: .max)
    shown.early = EarlyResults(leastSeconds: 0) { _ in }
    #expect(RepeatabilityTests.bits(try engine.run(options: shown)) == single)
    kept.part = first
    kept.part?.fingerprint ^= 1
    #expect(RepeatabilityTests.bits(try engine.run(options: options(endingAfter: .max))) == single)
  }

  @Test("Parts cover the blocks once, in order, and differ little in length")
  func ranges() {
    for (draws, count) in [(1, 3), (1000, 1), (1_000_000, 12), (10_000_000, 7), (1_000_000_000_000, 1_000_000)] {
      let blocks = (draws + 1023) / 1024
      var next = 0
      var lengths: [Int] = []
      for number in Set([1, 2, count / 2, count - 1, count]).filter({ $0 >= 1 && $0 <= count }).sorted() {
        let range = PartRange.blocks(ofPart: number, of: count, draws: draws, replicates: 16)
        if number > 1 {
          next = PartRange.blocks(ofPart: number - 1, of: count, draws: draws, replicates: 16).upperBound
        }
        #expect(range.lowerBound == next && (range.lowerBound % 16 == 0 || range.lowerBound == blocks))
        lengths.append(range.count)
      }
      #expect(PartRange.blocks(ofPart: count, of: count, draws: draws, replicates: 16).upperBound == blocks)
      if let shortest = lengths.dropLast().min(), let longest = lengths.max(), blocks > 32 * 16 * count {
        #expect(Double(longest - shortest) <= Double(longest) / 32 + 16)
      }
    }
  }

  @Test("A part of another machine's values, or with other bytes, is refused")
  func unusable() throws {
    let engine = try Engine(model: try Self.model("mc", draws: 5000))
    let part = try engine.part(engine.blocks(ofPart: 1, of: 1), every: 30) { _ in }
    var other = part
    other.fingerprint ^= 1
    #expect { _ = try Self.merged(engine, [other]) } throws: { ($0 as? UnusablePart)?.reason == .differs }
    // Every truncation, and bytes after the end.
    for length in stride(from: 0, to: part.summaries.count, by: max(1, part.summaries.count / 300)) {
      var short = part
      short.summaries.removeLast(part.summaries.count - length)
      #expect(throws: UnusablePart.self) { _ = try Self.merged(engine, [short]) }
    }
    other = part
    other.summaries.append(0)
    #expect(throws: UnusablePart.self) { _ = try Self.merged(engine, [other]) }
  }
}

/// What a checkpoint has saved; used by one thread at a time.
private final class Kept: @unchecked Sendable {
  var part: RunPart?
}
