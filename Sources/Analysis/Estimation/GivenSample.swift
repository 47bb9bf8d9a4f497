import Diagnostics
import Distributions
import Modeling
import Sampling
import Simulation
import VectorMath

/// An observable scalar of a draw: an input's cell, or the probability of its coordinate.
struct ScalarColumn: Sendable {
  /// The name: the input's or the cell's.
  var name: String
  /// The factor that it belongs to.
  var factor: Int
  /// The source of its values.
  var request: ColumnRequest
  /// The standard deviation of the error with which the logarithm is read.
  var error = 0.0

  /// The observable columns of each factor of a problem.
  ///
  /// A coordinate is observed as a cell that it determines. If a distribution's arguments are uncertain too, the value
  /// carries more information than the coordinate, and the coordinate is observed as its own probability. Shares are
  /// observed as shares.
  ///
  /// - Parameter asValues: whether values are always observed, because values are what is published.
  static func all(of problem: SensitivityProblem, asValues: Bool = false) -> [ScalarColumn] {
    let model = problem.model
    let correlated = Set(model.components.flatMap(\.coordinates))
    return problem.factors.enumerated().flatMap { place, factor -> [ScalarColumn] in
      var columns: [ScalarColumn] = []
      var seen: Set<CoordinateID> = []
      for id in factor.quantities {
        guard let input = model[id].input else { continue }
        for (cell, rule) in input.cells.enumerated() {
          guard case .supportPoint(let number) = rule.unscaled else { continue }
          let supportPoint = input.supportPoints[number]
          switch supportPoint.value {
          case .constant: continue
          case .share(let group, _):
            guard input.shareGroups[group].coordinates.contains(where: factor.needed.contains) else { continue }
            columns.append(
              ScalarColumn(name: model.cellName(id, cell: cell), factor: place, request: .cell(id, cell)))
          case .distribution(let term):
            guard let coordinate = supportPoint.coordinate, factor.needed.contains(coordinate),
              seen.insert(coordinate).inserted
            else { continue }
            let name = model.reportedName(of: coordinate)
            let isOwn = asValues || correlated.contains(coordinate) || term.isFixed
            columns.append(
              ScalarColumn(name: name, factor: place, request: isOwn ? .cell(id, cell) : .coordinate(coordinate)))
          }
        }
      }
      for position in factor.publishables {
        let reading = model.publishables[position]
        columns.append(
          ScalarColumn(
            name: reading.name, factor: place, request: .cell(reading.quantity, 0), error: reading.error))
      }
      return columns
    }
  }
}

extension CellRule {
  /// The rule without a factor that all draws are multiplied by.
  fileprivate var unscaled: CellRule {
    if case .scaled(let rule, _) = self { rule.unscaled } else { self }
  }
}

extension DistributionExpression {
  /// Whether it is the same distribution in every draw.
  fileprivate var isFixed: Bool {
    switch self {
    case .fixed: true
    case .affine(let base, _, _): base.isFixed
    default: false
    }
  }
}

/// Draws of a run as columns, the data of given-data methods.
///
/// Draws belong to 16 groups, as blocks do to replicates, so that sums can be resampled by group.
struct GivenSample: Sendable {
  /// The observable columns.
  let columns: [ScalarColumn]
  /// The columns' values, then those of inert inputs.
  let inputs: [RankedColumn]
  /// The targets' values.
  let targets: [RankedColumn]
  /// Number of draws: a multiple of 16 blocks.
  let count: Int
  /// For each target, the number of draws in which it is not finite.
  let lost: [Int]
  /// The number of threads of computations on the sample.
  let workers: Int

  /// Number of inert inputs, which estimate the noise.
  static let inertCount = 16

  /// Evaluates the first draws of the problem's run, or takes those of a method before.
  ///
  /// - Throws: `Diagnostics` if the draws do not fit into the memory of the options; `CancellationError`.
  static func draw(_ problem: SensitivityProblem) throws -> GivenSample {
    try problem.samples?.sample(of: problem) { try made(problem) } ?? made(problem)
  }

  private static func made(_ problem: SensitivityProblem) throws -> GivenSample {
    let unit = Self.unit
    let count = max(1, (problem.options.draws + unit - 1) / unit) * unit
    let columns = ScalarColumn.all(of: problem)
    let requests =
      columns.map(\.request) + problem.targets.map { ColumnRequest.cell($0.quantity, $0.cell) }
    try requireMemory(draws: count, columns: requests.count + inertCount, problem.options.engine)
    let evaluator = try Evaluator(model: problem.model, requests: requests)
    var values = try evaluator.columns(draws: count, options: problem.options.engine)
    let noise = InputNoise(problem, columns, inert: inertCount)
    let blocks = count / AddressBlock.draws
    for position in columns.indices where columns[position].error > 0 {
      values[position].withUnsafeMutableBufferPointer { column in
        guard let start = column.baseAddress else { return }
        for block in 0..<blocks {
          noise.disturb(column: position, block: block, start + block * AddressBlock.draws)
        }
      }
    }
    let inert = (0..<inertCount).map { number in (0..<blocks).flatMap { noise.inert(number, block: $0) } }
    values.insert(contentsOf: inert, at: columns.count)
    let workers = problem.options.engine.width
    let ranked = concurrentMap(values.count, workers: workers) { RankedColumn(values[$0]) }
    let targets = Array(ranked[(columns.count + inertCount)...])
    return GivenSample(
      columns: columns, inputs: Array(ranked[..<(columns.count + inertCount)]), targets: targets, count: count,
      lost: targets.map { column in column.values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) } }, workers: workers)
  }

  /// The draws of which a sample has a multiple.
  private static let unit = AddressBlock.draws * Replicates.count

  /// Bytes of a draw in a column: its value, its rank, its position in the order, and the beginning of its run.
  private static let valueBytes = 24.0
  /// Bytes of a draw for each worker: a pair of value and number while a column is sorted, and statistics of a column.
  private static let workerBytes = 48.0

  /// Throws if the sample would exceed the memory limit.
  private static func requireMemory(draws: Int, columns: Int, _ options: Engine.Options) throws(Diagnostics) {
    let drawBytes = valueBytes * Double(columns) + workerBytes * Double(min(options.width, columns))
    // Ranks have 32 bits.
    let needed = Double(draws) * drawBytes
    let isNumbered = draws <= Int(Int32.max)
    try options.memory?.require(
      isNumbered || needed > options.memory?.free ?? 0 ? needed : .infinity,
      for: "\(draws) draws of \(columns) \(columns == 1 ? "column" : "columns"), which are kept in memory"
    ) { free in
      let most = min(Int(max(0, free / drawBytes)), Int(Int32.max)) / unit * unit
      return most > 0 ? "at most --draws \(most)" : nil
    }
  }

  /// The inputs with ranks among the draws in which a target is finite; the other values are NaN.
  ///
  /// Statistics of a target use only draws in which it is finite, and bins, ranks and cosines of an input must be
  /// equally probable among these: a condition on the target is also a condition on its inputs.
  func inputs(for target: Int) -> [RankedColumn] {
    guard lost[target] > 0 else { return inputs }
    let y = targets[target].values
    return concurrentMap(inputs.count, workers: workers) { [inputs] number in
      RankedColumn(zip(inputs[number].values, y).map { $1.isFinite ? $0 : .nan })
    }
  }

  /// The reason why nothing can be estimated for a target: some replicate has too few finite values, or they are all
  /// equal; otherwise nil.
  func refusal(of target: Int) -> String? {
    var counts = [Int](repeating: 0, count: Replicates.count)
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for (draw, value) in targets[target].values.enumerated() where value.isFinite {
      counts[draw / AddressBlock.draws % Replicates.count] += 1
      (least, greatest) = (min(least, value), max(greatest, value))
    }
    if (counts.min() ?? 0) < Self.leastPerReplicate {
      return "the target is finite in too few of \(count) draws to estimate anything"
    }
    return least == greatest ? MethodResult.constantNote : nil
  }

  /// Minimum number of finite draws in a replicate.
  private static let leastPerReplicate = 64

  /// The possible effect of excluded draws on an estimate between 0 and 1.
  func lossNote(of target: Int) -> String? {
    lost[target] > 0 ? Self.lossNote(lost: lost[target], of: count) : nil
  }

  /// The possible effect of excluded draws on an estimate between 0 and 1.
  static func lossNote(lost: Int, of count: Int) -> String {
    let share = Double(lost) / Double(count)
    let text = ((min(1, 2 * share) * 10_000).rounded(.up)) / 10_000
    return "\(lost) of \(count) draws are excluded because the target was not finite; whatever their values, "
      + "no distance between distributions or rank correlation would change by more than about \(text)"
  }

  /// `131072 draws of the run (design sobol)`
  func effort(_ problem: SensitivityProblem) -> String {
    "\(count) draws of the run, design \(problem.model.settings.design)"
  }
}
