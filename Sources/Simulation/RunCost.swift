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
  /// Bytes of other runs at the same time.
  private var further = 0
  /// Bytes of what evidence keeps after the run, when the summaries of its workers are gone.
  package var evidenceBytes = 0

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
  fileprivate init(
    _ slots: Plan.SlotCounts, _ code: BlockProgram?, loops: [CellLoop] = [], cells: Int, draws: Int, workers: Int
  ) {
    self.draws = draws
    self.workers = workers
    let summaries = slots.summaries + slots.ratios
    self.cells = max(cells, summaries)
    values = (code?.instructions ?? 0) + loops.reduce(0) { $0 + $1.values }
    fileBytes = cells * Self.fileBytesPerCell
    fixedBytes = Self.residentBytes
    workerBytes = (code?.workerBytes ?? 0) + loops.reduce(0) { $0 + 8 * LoopRunner.doubles($1) }
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
    let reported = Engine.reported(by: outputs) + model.targets.map(\.quantity)
    let inLoops = LoopLeaves(model).onlyInLoops(of: reported)
    for id in Dependencies.closure(of: reported, in: model) where !inLoops.contains(id) {
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

  /// Bytes of memory while single draws are evaluated, without summaries, on one worker.
  package var drawMemory: Int { planningMemory + workerBytes }

  /// Bytes of memory on some number of workers, including those of the program itself.
  package func memory(workers: Int) -> Int {
    let run = workers * (workerBytes + cells * cellBytesOfWorker) + cells * cellBytes
    return planningMemory + further + max(run, evidenceBytes + (evidenceBytes > 0 ? cells * Self.resultBytes : 0))
  }

  /// Bytes of memory, including those of the program itself.
  package var memory: Int { memory(workers: workers) }

  /// The largest number of workers, at most that of the run, that fits into some memory; nil if not even one does.
  package func workers(fitting limit: Int) -> Int? {
    (1...max(1, workers)).last { memory(workers: $0) <= limit }
  }

  /// The largest number of runs like this one that fit into some memory together, at least 1.
  package func runs(fitting limit: Int) -> Int {
    max(1, (limit - fixedBytes) / max(1, memory - fixedBytes))
  }

  /// The cost of this run together with that of another one.
  package func adding(_ other: RunCost) -> RunCost {
    var both = self
    both.further = further + other.memory - other.fixedBytes
    return both
  }

  /// The largest number of cells, fewer than those of the run, that fits into some memory with one worker; 0 if none does,
  /// as when evidence alone needs more.
  package func cells(fitting limit: Int) -> Int {
    let free = limit - fixedBytes - further
    let run = (free - workerBytes) / max(1, cellBytes + cellBytesOfWorker + planBytes / max(1, cells))
    // What evidence keeps does not depend on the number of cells.
    let evidence = evidenceBytes > 0 ? (free - planBytes - evidenceBytes) / Self.resultBytes : .max
    return max(0, min(run, evidence, cells - 1))
  }

  /// The memory of the process now: its resident pages or, without `/proc`, its largest number of them so far.
  static var residentBytes: Int {
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
    let plan = isRough ? nil : plan(options)
    return RunCost(
      summarySlots, plan?.code, loops: plan?.usedLoops ?? [], cells: summarisedCells, draws: draws,
      workers: PlanRun.workers(options, draws: draws))
  }

  /// The time that a run takes, estimated from the processor time of a few blocks of it; evidence is not included, see
  /// `EvidenceAnalysis.pilotSeconds` for it.
  ///
  /// - Parameters:
  ///   - options: the options of the run.
  ///   - write: writes the files of a result, for the time that this takes; its result has some cells of each output.
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func pilotTime(
    options: Options = Options(), writing write: (RunResult) -> Void
  ) throws(CancellationError) -> RunTime {
    let draws = max(1, model.settings.draws)
    let blocks = AddressBlock.count(ofDraws: draws)
    var alone = options
    (alone.workers, alone.progress) = (1, nil)
    let plan = plan(options)
    let run = PlanRun(plan, most: draws, options: alone)
    defer { withExtendedLifetime(run) {} }
    // Tables belong to what is done before the first block.
    _ = plan.tables
    // What the process has used by now, to start, to read the scenario and to plan it, the run uses, too.
    var clock = PilotClock()
    let before = clock.sofar
    // A block of a large loop takes longer than what else is done here: a part of it is enough.
    let isLong = plan.usedLoops.reduce(0) { $0 + $1.values } > Self.longLoops
    let head = min(draws, isLong ? Self.fewDraws : AddressBlock.draws)
    let totals = try run.extend(to: head)
    // The first block is computed twice, to calibrate the summaries.
    let first = clock.lap()
    var block = first / 2 * Double(min(draws, AddressBlock.draws)) / Double(head)
    let (some, share) = summarised(totals, draws: head, cells: max(2, Self.fewCells / max(1, model.outputs.count)))
    let rest = clock.lap() / share
    write(some)
    let writing = clock.lap() / share
    var done = 1
    var (stage, last) = (block < Self.shortStage ? min(8, max(1, Int(Self.shortStage / block))) : 1, 0.0)
    // Memory for summaries is allocated in every stage, which the difference of two stages does not include. Stages
    // double until the second or a later one is long enough for the clock.
    for number in 1... {
      guard !isLong, done + stage <= blocks else { break }
      _ = try run.extend(to: min(draws, (done + stage) * AddressBlock.draws))
      let lap = clock.lap()
      block = number > 1 && lap > last ? (lap - last) / Double(stage / 2) : min(block, lap / Double(stage))
      (done, stage, last) = (done + stage, 2 * stage, lap)
      if number > 1, lap >= Self.shortStage { break }
    }
    let cores = Double(min(PlanRun.workers(options, draws: draws), ThreadSupply.processors))
    let times = model.settings.isExact ? 2.0 : 1
    let blockSeconds = times * Double(max(0, blocks - 1)) * block
    return RunTime(
      elapsed: first + rest / cores + blockSeconds / cores + writing,
      processor: before + first + rest + blockSeconds + writing)
  }

  /// The values of a draw in loops from which on the pilot makes a few draws only: about 10 ms for a block.
  private static let longLoops = 100_000
  /// The draws of such a pilot, which a loop takes at a time.
  private static let fewDraws = 256
  /// A stage of the pilot that takes this many seconds is the last one: thousands of times the resolution of the clock.
  private static let shortStage = 0.004
  /// The cells of all outputs whose figures the pilot computes and writes, two of each at least, for the time that a cell
  /// takes: so many that what does not depend on their number is little.
  private static let fewCells = 128
}

/// The time that a run takes.
package struct RunTime: Sendable {
  /// Seconds to compute on idle cores, and to write the files.
  package var elapsed: Double
  /// Processor seconds of the whole command: those to start, read and plan, to compute and to write.
  package var processor: Double

  /// Adds work that is divided among some workers.
  package mutating func add(_ seconds: Double, workers: Int) {
    elapsed += seconds / Double(min(workers, ThreadSupply.processors))
    processor += seconds
  }
}

/// Processor seconds of this process between calls: those of the pilot, which runs on one worker.
///
/// Elapsed time would include that of other processes: with ten busy processes on two cores, `loadcast check
/// scenarios/ai-sector.yaml` estimated up to 10 min 42 s by elapsed time; it is 5.3 s on idle cores.
package struct PilotClock {
  private var last = Self.seconds

  /// A clock of which the first lap begins now.
  package init() {}

  /// The seconds since the last lap.
  package mutating func lap() -> Double {
    let now = Self.seconds
    defer { last = now }
    return now - last
  }

  /// The seconds until the last lap.
  var sofar: Double { last }

  /// The seconds that the process has used.
  package static var seconds: Double { seconds(of: CLOCK_PROCESS_CPUTIME_ID) }

  /// The seconds that this thread has used.
  package static var secondsOfThread: Double { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
