import Sampling

/// Sums of `NeighbourVariance` over windows that slide along the sorted draws.
struct NeighbourWalk {
  /// The target's values and the replicates, in the input's order.
  let values: UnsafeBufferPointer<Double>
  let replicates: UnsafeBufferPointer<Int32>
  /// The lags of the inner window.
  let lags: Int

  /// One number for each replicate.
  private typealias ByReplicate = SIMD16<Double>

  /// Count, sum and sum of squares of the draws in a window, by replicate.
  private struct Window {
    let sums: UnsafeMutablePointer<Double>
    var range: Range<Int>

    init(at place: Int) {
      precondition(Replicates.count == ByReplicate.scalarCount)
      sums = .allocate(capacity: 3 * Replicates.count)
      sums.initialize(repeating: 0, count: 3 * Replicates.count)
      range = place..<place
    }

    func row(_ number: Int) -> ByReplicate {
      UnsafeRawPointer(sums + number * Replicates.count).loadUnaligned(as: ByReplicate.self)
    }

    mutating func move(to new: Range<Int>, _ walk: NeighbourWalk) {
      for place in range.lowerBound..<max(range.lowerBound, min(new.lowerBound, range.upperBound)) {
        add(walk.values[place], walk.replicates[place], -1)
      }
      for place in max(range.upperBound, new.lowerBound)..<max(new.upperBound, range.upperBound) {
        add(walk.values[place], walk.replicates[place], 1)
      }
      range = new
    }

    private func add(_ value: Double, _ replicate: Int32, _ sign: Double) {
      let place = Int(replicate)
      sums[place] += sign
      sums[Replicates.count + place] += sign * value
      sums[2 * Replicates.count + place] += sign * value * value
    }
  }

  /// Adds a range of the sorted draws, which is compared only within itself.
  func add(_ draws: Range<Int>, isRun: Bool, to result: inout PairStatistics) {
    guard draws.count > 1 else { return }
    var inner = Window(at: draws.lowerBound)
    var whole = Window(at: draws.lowerBound)
    defer {
      inner.sums.deallocate()
      whole.sums.deallocate()
    }
    let (near, far) = (Double(lags + 1) / 2, Double(4 * lags + 1) / 2)
    result.sums.withUnsafeMutableBytes { sums in
      result.weights.withUnsafeMutableBytes { weights in
        for place in draws {
          let value = values[place]
          let own = Int(replicates[place])
          inner.move(to: max(draws.lowerBound, place - lags)..<min(draws.upperBound, place + lags + 1), self)
          whole.move(to: max(draws.lowerBound, place - 3 * lags)..<min(draws.upperBound, place + 3 * lags + 1), self)
          let partners = Double(whole.range.count) - whole.sums[own]
          let close = Double(inner.range.count) - inner.sums[own]
          // The weights of a pair in the inner and in the outer window.
          let (first, second): (Double, Double)
          if isRun {
            guard partners > 0 else { continue }
            (first, second) = (1 / partners, 1 / partners)
          } else if close > 0, partners > close {
            (first, second) = (far / (far - near) / close, -near / (far - near) / (partners - close))
          } else {
            guard close > 0 else { continue }
            (first, second) = (1 / close, 0)
          }
          let rest = first - second
          let pairs = second * whole.row(0) + rest * inner.row(0)
          let sum = second * whole.row(1) + rest * inner.row(1)
          let square = second * whole.row(2) + rest * inner.row(2)
          let offset = own * MemoryLayout<ByReplicate>.size
          let half = (value * value * pairs - 2 * value * sum + square) * 0.5
          sums.storeBytes(
            of: sums.loadUnaligned(fromByteOffset: offset, as: ByReplicate.self) + half,
            toByteOffset: offset, as: ByReplicate.self)
          weights.storeBytes(
            of: weights.loadUnaligned(fromByteOffset: offset, as: ByReplicate.self) + pairs,
            toByteOffset: offset, as: ByReplicate.self)
        }
      }
    }
  }
}
