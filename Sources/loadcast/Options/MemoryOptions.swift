import ArgumentParser
import Diagnostics
import Modeling
import Simulation

/// The limit of a run's memory.
struct MemoryOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Refuse a run that would need more memory, such as 512M or 4G (powers of 1024); by default three quarters of the "
        + "memory of the container or machine.",
      valueName: "size"),
    transform: MemorySize.init(parsing:))
  var memory: MemorySize?

  /// The limit in bytes, and where it comes from.
  var limit: (bytes: Int, origin: String) {
    if let memory { return (memory.bytes, "--memory") }
    let available = AvailableMemory.now
    return (available.bytes / 4 * 3, "three quarters of the memory of this \(available.owner)")
  }

  /// What a run needs.
  ///
  /// - Throws: `Diagnostics` if it needs more memory than the limit.
  func cost(of engine: Engine, workers: Int?) throws -> RunCost {
    let options = OutputOptions.engineOptions(workers: workers, nil)
    // The program of a scenario that is too large for any limit here is not even generated.
    let rough = engine.cost(options: options, isRough: true)
    if rough.memory > AvailableMemory.now.bytes { try require(rough) }
    let cost = engine.cost(options: options)
    try require(cost)
    return cost
  }

  /// Refuses a model whose plan and results alone need more memory than the limit, before it is planned.
  ///
  /// - Throws: `Diagnostics`.
  func requireRoom(toPlan model: Model, workers: Int?) throws {
    let (bytes, origin) = limit
    let cost = Engine.cost(ofUnplanned: model, options: OutputOptions.engineOptions(workers: workers, nil))
    guard !cost.isPlanSmall, cost.leastMemory > bytes else { return }
    guard cost.planningMemory > bytes, cost.planningMemory * 2 > cost.leastMemory else {
      throw Diagnostics(refusal(cost), at: place)
    }
    throw Diagnostics(
      .tooMuchPlanningMemory(
        MemorySize(cost.planningMemory).text, limit: MemorySize(bytes).text, origin: origin, cells: cost.plannedCells,
        mostCells: cost.plannedCells(fitting: bytes)), at: place)
  }

  private func require(_ cost: RunCost) throws {
    if cost.memory > limit.bytes { throw Diagnostics(refusal(cost), at: place) }
  }

  /// The place of the limit: the flag.
  private var place: SourcePlace {
    let text = memory.map(\.text) ?? ""
    return SourcePlace(
      file: SourceFile(path: "--memory", text: text), line: 1, column: 1, length: max(1, text.count))
  }

  private func refusal(_ cost: RunCost) -> Problem {
    let (bytes, origin) = limit
    return .tooMuchMemory(
      MemorySize(cost.memory).text, limit: MemorySize(bytes).text, origin: origin, cells: cost.cells,
      workers: cost.workers, fitting: cost.workers(fitting: bytes), mostCells: cost.cells(fitting: bytes),
      // In whole mebibytes, and one more, since the memory that the process uses at its start varies.
      least: MemorySize((cost.memory(workers: 1) >> 20 + 2) << 20).text)
  }
}

/// A number of bytes, written with a power of 1024.
struct MemorySize {
  private static let units: [(suffix: Character, bytes: Int)] = [
    ("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10),
  ]

  var bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  /// `512M`, `4G`, `1.5g`, `4GiB` or a number of bytes.
  init(parsing text: String) throws {
    var digits = Substring(text.uppercased())
    if digits.hasSuffix("IB") { digits.removeLast(2) } else if digits.hasSuffix("B") { digits.removeLast() }
    let unit = Self.units.first { $0.suffix == digits.last }
    if unit != nil { digits.removeLast() }
    let isNumber = !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
    guard isNumber, let number = Double(digits) else { throw UsageProblem.error(.notMemorySize(text)) }
    let bytes = number * Double(unit?.bytes ?? 1)
    // A petabyte is more than any machine has.
    guard bytes >= 1, bytes <= 0x1p50 else { throw UsageProblem.error(.notMemorySize(text)) }
    self.bytes = Int(bytes)
  }

  /// `2.1 GiB`, `512 MiB`, `3 KiB`, `12 bytes`.
  var text: String {
    guard let unit = Self.units.first(where: { bytes >= $0.bytes }) else {
      return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
    let tenths = (Double(bytes) / Double(unit.bytes) * 10).rounded() / 10
    let number = tenths < 10 && tenths != tenths.rounded() ? "\(tenths)" : "\(Int(tenths.rounded()))"
    return "\(number) \(unit.suffix)iB"
  }
}
