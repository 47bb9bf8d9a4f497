import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Simulation

/// The limit of the memory of a command.
struct MemoryOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Refuse work that would need more memory, such as 512M or 4G (powers of 1024); by default three quarters of the "
        + "memory of the container or machine.",
      valueName: "size"),
    transform: MemorySize.init(parsing:))
  var memory: MemorySize?

  /// The limit, and where it comes from.
  var limit: MemoryLimit {
    let text = memory.map(\.text) ?? ""
    let place = SourcePlace(
      file: SourceFile(path: "--memory", text: text), line: 1, column: 1, length: max(1, text.count))
    if let memory { return MemoryLimit(bytes: memory.bytes, origin: "--memory", place: place) }
    let available = AvailableMemory.now
    return MemoryLimit(
      bytes: available.bytes / 4 * 3, origin: "three quarters of the memory of this \(available.owner)", place: place)
  }

  /// What a run needs, or runs at the same time.
  ///
  /// - Throws: `Diagnostics` if it needs more memory than the limit.
  @discardableResult
  func cost(
    of engine: Engine, with other: Engine? = nil, evidence: EvidenceAnalysis? = nil, workers: Int?
  ) throws -> RunCost {
    let options = OutputOptions.engineOptions(workers: workers, nil)
    func both(_ cost: (Engine) -> RunCost) -> RunCost {
      other.map { cost(engine).adding(cost($0)) } ?? cost(engine)
    }
    // The program of a scenario that is too large for any limit here is not even generated.
    let rough = both { $0.cost(options: options, isRough: true) }
    if rough.memory > AvailableMemory.now.bytes { try require(rough) }
    var cost = both { $0.cost(options: options) }
    cost.evidenceBytes = Int(try evidence?.bytes(draws: cost.draws, workers: cost.workers) ?? 0)
    try require(cost)
    return cost
  }

  /// Refuses a model whose plan and results alone need more memory than the limit, before it is planned.
  ///
  /// - Throws: `Diagnostics`.
  func requireRoom(toPlan model: Model, workers: Int?) throws {
    let bytes = limit.bytes
    let cost = Engine.cost(ofUnplanned: model, options: OutputOptions.engineOptions(workers: workers, nil))
    guard !cost.isPlanSmall, cost.leastMemory > bytes else { return }
    guard cost.planningMemory > bytes, cost.planningMemory * 2 > cost.leastMemory else {
      throw Diagnostics(refusal(cost), at: limit.place)
    }
    throw Diagnostics(planRefusal(cost), at: limit.place)
  }

  /// Refuses a model whose plan of the targets alone needs more memory than the limit, before it is planned.
  ///
  /// - Throws: `Diagnostics`.
  func requireRoom(toPlanTargetsOf model: Model, workers: Int?) throws {
    var targeted = model
    targeted.outputs = []
    let cost = Engine.cost(ofUnplanned: targeted, options: OutputOptions.engineOptions(workers: workers, nil))
    guard !cost.isPlanSmall, cost.planningMemory > limit.bytes else { return }
    throw Diagnostics(planRefusal(cost), at: limit.place)
  }

  /// Refuses a model of which not even a single draw fits.
  ///
  /// - Throws: `Diagnostics`.
  func requireRoom(toDrawFrom engine: Engine) throws {
    let cost = engine.cost(options: OutputOptions.engineOptions(workers: 1, nil))
    try require(cost.drawMemory, for: "\(cost.values) \(cost.values == 1 ? "value" : "values") of a draw")
  }

  /// Refuses a posterior that does not fit, before it is sampled.
  ///
  /// - Throws: `Diagnostics`.
  func requireRoom(toCondition model: Model, workers: Int?) throws {
    guard let evidence = EvidenceAnalysis(of: model) else { return }
    let count = OutputOptions.engineOptions(workers: workers, nil).width
    let bytes = try evidence.bytes(draws: model.settings.draws, workers: count)
    try limit.require(bytes, for: "the posterior of the scenario") { _ in nil }
  }

  /// Refuses an analysis that needs more bytes, those of the program included, than the limit.
  private func require(_ bytes: Int, for size: String) throws {
    try limit.require(Double(bytes - limit.bytes) + limit.free, for: size) { _ in nil }
  }

  private func planRefusal(_ cost: RunCost) -> Problem {
    .tooMuchPlanningMemory(
      MemorySize(cost.planningMemory).text, limit: MemorySize(limit.bytes).text, origin: limit.origin,
      cells: cost.plannedCells, mostCells: cost.plannedCells(fitting: limit.bytes),
      least: MemorySize.limit(above: cost.memory(workers: 1)))
  }

  private func require(_ cost: RunCost) throws {
    if cost.memory > limit.bytes { throw Diagnostics(refusal(cost), at: limit.place) }
  }

  private func refusal(_ cost: RunCost) -> Problem {
    let (bytes, origin) = (limit.bytes, limit.origin)
    return .tooMuchMemory(
      MemorySize(cost.memory).text, limit: MemorySize(bytes).text, origin: origin, cells: cost.cells,
      workers: cost.workers, fitting: cost.workers(fitting: bytes), mostCells: cost.cells(fitting: bytes),
      least: MemorySize.limit(above: cost.memory))
  }
}

extension MemorySize {
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
    self.init(Int(bytes))
  }
}
