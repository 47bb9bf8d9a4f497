import Units

/// The source of a request's statistics.
struct EnsembleRequest {
  enum Statistics {
    /// The value is the same in every draw.
    case constant(Double)
    /// A summary's, times a positive factor.
    case summary(Int, factor: Double)
    /// Those of moments only, times a positive factor.
    case moments(Int, factor: Double)

    /// The slot to be read; none for constants.
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
  /// The unit of the statistics in base units.
  var scale: ReportScale
}

/// The sinks of an ensemble, without duplicates.
struct EnsembleSlots {
  private struct Summarised: Hashable {
    var value: ValueID
    var limit: Int
  }

  private(set) var sinks: [(value: ValueID, sink: Sink)] = []
  /// Maximum number of bins of each summary's sketch.
  private(set) var limits: [Int] = []
  private var summaries: [Summarised: Int] = [:]
  private var plain: [ValueID: Int] = [:]

  /// The slot of a value's summary with a sketch of at most `limit` bins.
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
  /// The statistics of requests that share a slot.
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

  /// The statistics of a value that has moments only.
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
