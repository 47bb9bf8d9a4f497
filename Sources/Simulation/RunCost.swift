import Foundation
import Modeling
import Sampling
import VectorMath

/// What a run needs, estimated before it begins.
package struct RunCost: Sendable {
  /// The number of draws.
  package var draws: Int
  /// The number of workers.
  package var workers: Int
  /// Cells of outputs and rows of comparisons, each of which has its own summary.
  package var cells: Int
  /// Values computed for each draw.
  package var values: Int
  /// Bytes of the result files in the format csv.
  package var fileBytes: Int
  /// Bytes of memory that do not depend on the number of cells, used so far or by the workers' columns.
  private let fixedBytes: Int
  private let workerBytes: Int
  /// Bytes of a cell in the totals, the results and the files, and in the summaries of one worker.
  private let cellBytes: Int
  private let cellBytesOfWorker: Int
  /// Cells of inputs and equations that are still to be planned, and the bytes that this takes; none after planning, which
  /// is part of the fixed bytes then.
  package private(set) var plannedCells = 0
  private var planBytes = 0

  /// Moments, counts at thresholds and lists of a cell besides its sketch, measured with 3,000 and 10,000 cells on one and
  /// two workers (9.3 and 9.8 KB a worker with 1,500 bins of 4 bytes).
  private static let summaryBytes = 3_500
  /// Statistics, histogram and rows of a cell until its files are written; measured likewise (41 KB on one worker).
  private static let resultBytes = 16_000
  /// The bytes of a cell in summary.csv, quantiles.csv and histogram.csv; measured likewise (15.9 and 16.0 KB).
  private static let fileBytesPerCell = 16_000
  /// Sketches use this share of their bins: between a half, where the number of bins per octave has just been halved, and
  /// all of them.
  private static let usedBins = 0.73

  /// The cost of summaries and, if it is known, of a program.
  fileprivate init(_ slots: Plan.SlotCounts, _ code: BlockProgram?, cells: Int, draws: Int, workers: Int) {
    self.draws = draws
    self.workers = workers
    let summaries = slots.summaries + slots.ratios
    self.cells = max(cells, summaries)
    values = code?.instructions ?? 0
    fileBytes = cells * Self.fileBytesPerCell
    fixedBytes = Self.residentBytes
    workerBytes = code?.workerBytes ?? 0
    let bins = Double(slots.limit) * Self.usedBins
    // Outputs that are multiples of others share their summaries.
    let share = self.cells > 0 ? Double(summaries) / Double(self.cells) : 0
    let (total, own) = (8 * bins + Double(Self.summaryBytes), 4 * bins + Double(Self.summaryBytes))
    cellBytes = Int(share * total) + Self.resultBytes
    cellBytesOfWorker = Int(share * own)
  }

  /// The cost of a model that has not been planned; every cell of an output is assumed to have its own summary.
  fileprivate init(unplanned model: Model, draws: Int, workers: Int) {
    let outputs = model.outputs + model.verdictConditions
    let cells = outputs.reduce(0) { $0 + model[$1.quantity].cells.count * (1 + $1.comparisons.count) }
    var slots = Plan.SlotCounts()
    slots.summaries = cells
    self.init(slots, nil, cells: cells, draws: draws, workers: workers)
    let random = Dependencies.dependents(
      of: Set(model.quantities.indices.map(QuantityID.init).filter { model[$0].hasCoordinates }), in: model)
    for id in Dependencies.closure(of: Engine.reported(by: outputs), in: model) {
      plannedCells += model[id].cells.count
      planBytes += model[id].cells.count * model[id].planBytesPerCell(isRandom: random.contains(id))
    }
  }

  /// The bytes of memory that a run takes in any case: for its plan, and for the results of its cells, also if they share
  /// their summaries.
  package var leastMemory: Int { planningMemory + cells * Self.resultBytes }

  /// Whether the plan takes so little memory that it can be made first, for the exact estimate.
  package var isPlanSmall: Bool { planBytes < 16 << 20 }

  /// The bytes of memory when the plan has been made.
  package var planningMemory: Int { fixedBytes + planBytes }

  /// The largest number of cells whose plan fits into some memory.
  ///
  /// Four mebibytes are left free, since the memory that a process uses at its start varies.
  package func plannedCells(fitting limit: Int) -> Int {
    max(0, (limit - fixedBytes - (4 << 20)) / max(1, planBytes / max(1, plannedCells)))
  }

  /// Bytes of memory on some number of workers, including those of the program itself.
  package func memory(workers: Int) -> Int {
    planningMemory + workers * (workerBytes + cells * cellBytesOfWorker) + cells * cellBytes
  }

  /// Bytes of memory, including those of the program itself.
  package var memory: Int { memory(workers: workers) }

  /// The largest number of workers, at most that of the run, that fits into some memory; nil if not even one does.
  package func workers(fitting limit: Int) -> Int? {
    (1...max(1, workers)).last { memory(workers: $0) <= limit }
  }

  /// The largest number of cells that fits into some memory with one worker.
  package func cells(fitting limit: Int) -> Int {
    max(
      0, (limit - fixedBytes - workerBytes) / max(1, cellBytes + cellBytesOfWorker + planBytes / max(1, cells)))
  }

  /// The memory of the process now: its resident pages or, without `/proc`, its largest number of them so far.
  private static var residentBytes: Int {
    if let file = fopen("/proc/self/statm", "r") {
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      if fgets(&line, Int32(line.count), file) != nil {
        // Two numbers of pages: of the address space, then of those that are resident.
        let fields = line.split(separator: 32).map { String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self) }
        if fields.count > 1, let pages = Int(fields[1]) { return pages * Int(sysconf(Int32(_SC_PAGESIZE))) }
      }
    }
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    return Int(usage.ru_maxrss)
    #elseif canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) * 1024
    #else
    getrusage(RUSAGE_SELF, &usage)
    return Int(usage.ru_maxrss) * 1024
    #endif
  }
}

extension BlockProgram {
  /// Instructions for a draw: about the number of its values.
  fileprivate var instructions: Int { prologue.count + body.count + epilogue.count }

  /// Bytes of a worker's columns and of its copy of the program.
  fileprivate var workerBytes: Int {
    8 * (wideCount * Self.wideStride + narrowCount * narrowStride + weights.count)
      + instructions * MemoryLayout<Instruction>.stride + 4 * operands.count
      + conditionals.count * MemoryLayout<ConditionalQuantile>.stride
  }
}

extension Quantity {
  /// Whether the quantity has random values of its own.
  fileprivate var hasCoordinates: Bool {
    switch kind {
    case .equation: false
    case .input(let input), .reference(let input): input.supportPoints.contains { $0.coordinate != nil }
    }
  }

  /// Bytes of a cell in the graph: an instruction with its operands, or a constant, or only the position of either.
  ///
  /// Measured with 10^6 cells of `x * a + y * b`, `exp(x * a) + (y * b)^2`, `if x > a + b then y else x * a` and
  /// `x ^ (1 + a * b)`, where x and y are random and a and b are indexes (440, 410, 300 and 240 bytes), and of `a * b` (40
  /// bytes).
  fileprivate func planBytesPerCell(isRandom: Bool) -> Int {
    guard case .equation(let formula) = kind else { return 4 }
    switch formula.kind {
    case .quantity, .constant: return 4
    default: return isRandom ? 300 : 40
    }
  }
}

extension Engine {
  /// What a run of a model needs, estimated from the numbers of its cells: the model is not planned, which takes memory
  /// itself.
  package static func cost(ofUnplanned model: Model, options: Options = Options()) -> RunCost {
    let draws = max(0, model.settings.draws)
    return RunCost(unplanned: model, draws: draws, workers: PlanRun.workers(options, draws: draws))
  }

  /// What a run with some options needs; nothing is drawn.
  ///
  /// - Parameters:
  ///   - options: the options of the run.
  ///   - isRough: true to leave out the program, whose generation itself takes memory.
  package func cost(options: Options = Options(), isRough: Bool = false) -> RunCost {
    let draws = max(0, model.settings.draws)
    return RunCost(
      summarySlots, isRough ? nil : plan(options).code, cells: summarisedCells, draws: draws,
      workers: PlanRun.workers(options, draws: draws))
  }

  /// The seconds that a run takes to compute on idle cores, estimated from the processor time of a few blocks of it;
  /// evidence and files are not included.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func pilotSeconds(options: Options = Options()) throws(CancellationError) -> Double {
    let draws = max(1, model.settings.draws)
    let blocks = AddressBlock.count(ofDraws: draws)
    var alone = options
    (alone.workers, alone.progress) = (1, nil)
    let plan = plan(options)
    let run = PlanRun(plan, most: draws, options: alone)
    defer { withExtendedLifetime(run) {} }
    var clock = PilotClock()
    let head = min(draws, AddressBlock.draws)
    let totals = try run.extend(to: head)
    // The first block is computed twice, to calibrate the summaries.
    let first = clock.lap()
    var block = first / 2
    summarise(totals, draws: head)
    let rest = clock.lap()
    if first < Self.longPilot, draws >= 25 * AddressBlock.draws {
      _ = try run.extend(to: 9 * AddressBlock.draws)
      let eight = clock.lap()
      _ = try run.extend(to: 25 * AddressBlock.draws)
      // Memory for summaries is allocated in both stages.
      let difference = clock.lap() - eight
      block = difference > 0 ? difference / 8 : block
    }
    let cores = min(PlanRun.workers(options, draws: draws), ThreadSupply.processors)
    let times = model.settings.isExact ? 2.0 : 1
    return first + rest / Double(cores) + times * Double(max(0, blocks - 1)) * block / Double(cores)
  }

  /// A first block that takes this many seconds is the whole pilot.
  private static let longPilot = 0.1
}

/// Processor seconds of this process between calls: those of the pilot, which runs on one worker.
///
/// Elapsed time would include that of other processes: with ten busy processes on two cores, `loadcast check
/// scenarios/ai-sector.yaml` estimated up to 10 min 42 s by elapsed time; it is 5.3 s on idle cores.
private struct PilotClock {
  private var last = Self.seconds

  mutating func lap() -> Double {
    let now = Self.seconds
    defer { last = now }
    return now - last
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
