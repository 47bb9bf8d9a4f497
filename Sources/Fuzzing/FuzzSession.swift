import Foundation

/// The executions of one target.
final class FuzzSession {
  /// The longest time of an execution, after which it is considered endless; the signal's default action ends the
  /// process, so that the input stays. The machine may do other things meanwhile.
  private static let patience: UInt32 = 600
  /// The longest processor time of an execution, in seconds.
  private static let mostSeconds = 60.0
  /// Executions between looks at the clock.
  private static let batch = 16

  private let type: any FuzzTarget.Type
  private let target: any FuzzTarget
  private let seeds: [[UInt8]]
  private let file: FileHandle
  /// The file with the current input.
  let path: String
  /// The longest processor time of an execution, in seconds.
  private var slowest = 0.0
  private var accepted = 0

  init(_ type: any FuzzTarget.Type, corpus: SeedCorpus, folder: String) throws {
    self.type = type
    path = "\(folder)/\(type.name).input"
    let own = "\(folder)/\(type.name)"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    target = try type.init(folder: own, corpus: corpus)
    seeds = type.seeds(from: corpus)
    guard !seeds.isEmpty else { throw FuzzFinding(description: "the target \(type.name) has no seeds") }
    try Data().write(to: URL(fileURLWithPath: path))
    file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
  }

  /// Executes all seeds and then mutations of them, for a time or a number of executions.
  ///
  /// - Returns: a line about what was done.
  func run(seed: UInt64, seconds: Double, executions: Int?) throws -> String {
    var mutator = InputMutator(seed: seed, name: type.name, seeds: seeds, wordEdits: type.wordEdits)
    let (start, used) = (ContinuousClock.now, clock())
    var count = 0
    func isDone() -> Bool {
      if let executions { return count >= executions }
      return count.isMultiple(of: Self.batch) && (ContinuousClock.now - start) / .seconds(1) >= seconds
    }
    while !isDone() {
      try execute(count < seeds.count ? seeds[count] : mutator.next())
      count += 1
    }
    let time = Double(clock() - used) / Double(CLOCKS_PER_SEC)
    let rate = Int((Double(count) / max(time, 1e-9)).rounded())
    let worst = Int((slowest * 1000).rounded())
    return "\(type.name): \(count) executions from \(seeds.count) seeds, \(accepted) accepted, in "
      + "\(String(format: "%.1f", time)) s of processor time, \(rate) a second, the slowest \(worst) ms; nothing found"
  }

  /// Executes one input, which is in the file meanwhile. The slowest one is kept in `TARGET.slowest`.
  func execute(_ input: [UInt8]) throws {
    let descriptor = file.fileDescriptor
    guard pwrite(descriptor, input, input.count, 0) == input.count, ftruncate(descriptor, off_t(input.count)) == 0
    else {
      throw FuzzFinding(description: "\(path) cannot be written")
    }
    // Processor time does not depend on what else the machine does.
    let start = clock()
    alarm(Self.patience)
    defer { alarm(0) }
    if try target.execute(input) { accepted += 1 }
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    guard seconds < Self.mostSeconds else {
      throw FuzzFinding(description: "an execution took \(Int(seconds)) s of processor time")
    }
    guard seconds > slowest else { return }
    slowest = seconds
    try Data(input).write(to: URL(fileURLWithPath: path.replacing(/input$/, with: "slowest")))
  }
}
