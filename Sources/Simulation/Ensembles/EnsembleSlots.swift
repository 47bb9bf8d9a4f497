import Units

/// Where the figures of a request come from.
struct EnsembleRequest {
  enum Statistics {
    /// The value is the same in every draw.
    case constant(Double)
    /// A summary's, times a positive number.
    case summary(Int, factor: Double)
    /// Those of moments alone, times a positive number.
    case moments(Int, factor: Double)

    /// What has to be looked at; constants nothing.
    var slot: Slot {
      switch self {
      case .constant: .none
      case .summary(let slot, _): .summary(slot)
      case .moments(let slot, _): .moments(slot)
      }
    }
  }

  enum Slot: Hashable {
    case none, summary(Int), moments(Int)
  }

  var figures: Statistics
  /// Base units in the unit of the figures.
  var scale: ReportScale
}

/// The sinks of an ensemble, each value once.
struct EnsembleSlots {
  private struct Summarised: Hashable {
    var value: ValueID
    var limit: Int
  }

  private(set) var sinks: [(value: ValueID, sink: Sink)] = []
  /// The most bins of each summary's sketch.
  private(set) var limits: [Int] = []
  private var summaries: [Summarised: Int] = [:]
  private var plain: [ValueID: Int] = [:]

  /// The slot of a value's summary with a sketch of at most so many bins.
  mutating func summary(of value: ValueID, limit: Int) -> Int {
    let key = Summarised(value: value, limit: limit)
    if let slot = summaries[key] { return slot }
    let slot = limits.count
    summaries[key] = slot
    limits.append(limit)
    sinks.append((value, .summary(slot: slot)))
    return slot
  }

  /// The slot of a value's moments.
  mutating func moments(of value: ValueID) -> Int {
    if let slot = plain[value] { return slot }
    let slot = plain.count
    plain[value] = slot
    sinks.append((value, .moments(slot: slot)))
    return slot
  }
}

extension SummaryTotals {
  /// The figures of requests that all look at one slot.
  func figures(of requests: [EnsembleRequest], draws: Int) -> [CellSummary] {
    var drawn: SampleStatistics?
    return requests.map { request in
      switch request.figures {
      case .constant(let number): return CellSummary(constant: number / request.scale, draws: draws)
      case .summary(let slot, let factor):
        let figures = drawn ?? drawnFigures(ofSummary: slot)
        drawn = figures
        return CellSummary(figures, scale: request.scale / factor, hasHistogram: false)
      case .moments(let slot, let factor): return plainFigures(slot, scale: request.scale / factor)
      }
    }
  }

  /// The figures of a value that has moments alone.
  private func plainFigures(_ slot: Int, scale: ReportScale) -> CellSummary {
    let place = cells.count + slot
    let moments = moments(slot: place)
    let error = MeanError(
      moments: moments, replicates: replicateMoments(slot: place), range: ranges.moments[slot]
    ).value
    let hasDraws = moments.count > 0
    return CellSummary(
      draws: moments.count + plainNonFinite[slot], nonFinite: plainNonFinite[slot],
      mean: Estimate(hasDraws ? moments.mean / scale : .nan, error: error / scale), momentWarning: nil,
      sd: moments.sd / scale, min: hasDraws ? moments.minimum / scale : .nan,
      max: hasDraws ? moments.maximum / scale : .nan,
      quantiles: CellSummary.probabilities.map { _ in Estimate(.nan, error: .nan) }, histogram: [])
  }
}
